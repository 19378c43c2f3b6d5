"""What the authority says publicly in its own log: one chain, opened for everybody, bound to its leaves."""

from __future__ import annotations

import pytest

from mingze.ledger import (
    LedgerError,
    Policy,
    check_governance,
    governance_bytes,
    parse_entry_bundle,
    parse_governance,
    parse_vkey,
    public_leaves,
    read_leaf,
    verify_receipt,
    vkey,
)
from mingze.store import Register
from tests.store.conftest import sqlite_town as sqlite_town
from tests.store.town import HEAD, ORIGIN, SEED, Town

POLICY = Policy.of_log(parse_vkey(vkey(ORIGIN, SEED)))
FACTS = {"name": "suggestion", "hash": "sha256:" + "ab" * 32, "approved_by": "zjj.head"}


def written(town: Town) -> Register:
    """A log with cases and governance records between them."""
    register = town.open()
    town.file(register)
    register.govern("procedure", FACTS, HEAD, idempotency="procedure/ab")
    town.file(register)
    register.govern("calendar", {"version": "cn-2026.1"})
    register.govern("statement", {"on": "2026-09-13", "received": 0})
    register.publish()
    return register


def problems(data: bytes, register: Register, size: int = 5) -> list[str]:
    leaves = parse_entry_bundle(register.entries(0, size) or b"")
    return [problem.code for problem in check_governance(parse_governance(data), public_leaves(leaves), size)]


def test_records_are_leaves_of_their_own_kind_and_open_for_everybody(sqlite_town: Town) -> None:
    """Governance is `g`, a day's statement `s`, cases `e`; the published file opens exactly the public ones."""
    register = written(sqlite_town)
    leaves = parse_entry_bundle(register.entries(0, 5) or b"")
    assert [read_leaf(leaf).kind for leaf in leaves] == ["e", "g", "e", "g", "s"]
    published = (sqlite_town.folder / "ledger" / "governance").read_bytes()
    assert published == register.governance_file()
    records = list(parse_governance(published))
    assert [record.index for record in records] == [1, 3, 4]
    assert [record.event["action"] for record in records] == ["procedure", "calendar", "statement"]
    assert records[0].event["facts"] == FACTS and records[0].event["post"] == "zjj.head"
    assert problems(published, register) == []


def test_one_key_is_recorded_once(sqlite_town: Town) -> None:
    """Whoever repeats a governance record with its key gets the first answer, also after a restart."""
    register = written(sqlite_town)
    again = register.govern("procedure", FACTS, HEAD, idempotency="procedure/ab")
    assert (again.n, again.leaf_index, again.repeated) == (1, 1, True)
    sqlite_town.close()
    register = sqlite_town.open()
    assert register.govern("procedure", FACTS, HEAD, idempotency="procedure/ab").repeated
    assert register.govern("release", {"version": "1"}).n == 4
    assert [row.n for row in register.governed()] == [4, 3, 2, 1]
    assert [row.kind for row in register.governed("calendar")] == ["calendar"]
    with pytest.raises(LedgerError, match="governance_kind"):
        register.govern("secret", {})


def test_a_governance_record_is_verified_like_a_receipt(sqlite_town: Town) -> None:
    """The proof of a governance record is a receipt file, and says in its statement what was decided."""
    register = written(sqlite_town)
    for n, kind in ((1, "governed"), (3, "stated")):
        found = verify_receipt(register.governance_proof(n), POLICY)
        assert found.outcome == "verified" and found.statement
        assert found.statement.event["type"] == kind
    proof = register.governance_proof(1)
    extra = proof.split(b"\n")[1]
    other = register.governance_proof(2).split(b"\n")[1]
    assert verify_receipt(proof.replace(extra, other), POLICY).outcome == "refused"


def test_no_record_can_be_left_out_changed_or_slipped_in(sqlite_town: Town) -> None:
    """The entries say how many public records there are, and the chain says in which order."""
    register = written(sqlite_town)
    one, two, three = (line + b"\n" for line in register.governance_file().splitlines())
    assert problems(one + three, register) == ["governance_chain", "governance_missing"]
    assert problems(one + two, register) == ["governance_missing"]
    assert problems(one.replace(b"zjj.head", b"zjj.hand") + two + three, register)[0] == "governance_leaf"
    assert problems(one + two + three + three.replace(b"4 ", b"9 ", 1), register) == []  # of a later checkpoint
    assert (
        problems(one + two + three.replace(b'"type":"stated"', b'"type":"governed"'), register)[0] == "governance_leaf"
    )
    forged = governance_bytes("mingyuan", 4, "key", {}, "2026-09-14T10:00:00+08:00", "")
    slipped = one + b"2 " + one.split(b" ")[1] + b" " + forged + b"\n" + two + three
    assert "governance_leaf" in problems(slipped, register)
    for broken in (three + one, one[:-1], one + b"x\n", b"1 " + one):
        with pytest.raises(LedgerError, match="governance_line"):
            problems(broken, register)
