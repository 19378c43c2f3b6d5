"""The log asks outside witnesses: over HTTP, with one that is away and one that lags, and without ever waiting for them."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from mingze.instance import Instance, WitnessAddress
from mingze.jobs.cosigning import Cosigning
from mingze.jobs.monitor import fetch_from, visit
from mingze.jobs.witness import Witness
from mingze.ledger import COSIGNATURE, AddCheckpoint, Policy, parse_checkpoint, parse_policy, parse_vkey, vkey
from mingze.ledger import verify_receipt as verify
from mingze.ledger.policy import Group
from mingze.store import publishing
from tests.ledger_tools.test_witness_and_monitor import post, witnessing
from tests.outside import free_port, serving
from tests.store.conftest import sqlite_town as sqlite_town
from tests.store.town import ORIGIN, SEED, Town

LOG = parse_vkey(vkey(ORIGIN, SEED))


def with_witnesses(instance: Instance, quorum: int, *named: tuple[str, str, str]) -> Instance:
    """The same instance, with these witnesses in its settings."""
    path = instance.dir / "mingze.toml"
    text = path.read_text(encoding="utf-8").replace("quorum = 0 ", f"quorum = {quorum} ", 1)
    head, mark, tail = text.partition("[database]")
    tables = "".join(f'[[log.witnesses]]\nname = "{n}"\nvkey = "{key}"\nurl = "{url}"\n\n' for n, key, url in named)
    path.write_text(head + tables + mark + tail, encoding="utf-8")
    instance.close()
    return Instance.open(instance.dir)


def test_a_served_log_is_cosigned_by_those_who_answer(make_instance: Callable[..., Instance], tmp_path: Path) -> None:
    """Three witnesses, one away and one that has an older tree: two sign, the quorum of two is met, in public and in
    receipts, and policy.txt says whom to ask."""
    instance = make_instance(demo=True, at=None)
    register = instance.register()
    case = register.file("suggestion", {"matter": "灯不亮"}, form_key="one").case_id
    register.publish()
    first = register.checkpoint()
    with (
        witnessing(tmp_path / "a", instance.log_key) as (up, _, up_key),
        witnessing(tmp_path / "b", instance.log_key) as (old, _, old_key),
    ):
        assert post(old, AddCheckpoint(0, (), first).to_bytes())[0] == 200  # it has seen the log of one record
        away = vkey("witness.away.example/w", bytes(32), COSIGNATURE)
        nowhere = f"http://127.0.0.1:{free_port()}"
        named = (("up", str(up_key), up), ("old", str(old_key), old), ("away", away, nowhere))
        instance = with_witnesses(instance, 2, *named)
        with serving(instance, frozen=False) as server:
            for _ in range(100):
                with urllib.request.urlopen(f"{server.url}/ledger/checkpoint") as answer:
                    signed = parse_checkpoint(answer.read())
                if len(signed.note.signers([up_key, old_key])) == 2:
                    break
                time.sleep(0.1)
            with urllib.request.urlopen(f"{server.url}/ledger/policy.txt") as answer:
                policy = parse_policy(answer.read())
            assert policy == instance.log_policy and policy.quorum == "outside"
            (tmp_path / "state").mkdir()
            found = visit(fetch_from(f"{server.url}/ledger"), policy, tmp_path / "state", int(time.time()))
            assert found.faults == () and found.cosigned_seconds is not None
            server.stop()
        verified = verify(instance.register(write=False).proof(case, 1), policy)
        assert verified.outcome == "verified" and verified.place and len(verified.place.witnesses) == 2
        assert verify(first, policy).outcome == "unreadable"
        instance.close()


class Outside:
    """Witnesses in this process, behind the real exchange of bytes."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
        self.down: set[str] = set()
        self.now = 1_789_351_300
        self.witnesses = {n: Witness(folder / n, f"{n}.example/w", [LOG], lambda: self.now) for n in names}
        self.asked = 0
        monkeypatch.setattr("mingze.jobs.cosigning._post", self.post)
        group = {"outside": Group(len(names) // 2 + 1, names)}
        self.policy = Policy((LOG,), {n: it.key for n, it in self.witnesses.items()}, group, "outside")
        self.addresses = [WitnessAddress(n, str(it.key), f"http://{n}") for n, it in self.witnesses.items()]

    def post(self, url: str, body: bytes) -> tuple[int, str, bytes]:
        name = url.removeprefix("http://")
        self.asked += 1
        if name in self.down:
            raise OSError("away")
        answer = self.witnesses[name].add(body)
        return answer.status, answer.media_type, answer.body


def shown(town: Town) -> tuple[int, int]:
    """How large the published log is, and how many signature lines are under it."""
    signed = parse_checkpoint((town.folder / "ledger" / "checkpoint").read_bytes())
    return signed.checkpoint.size, len(signed.note.signatures)


def test_publication_waits_for_witnesses_only_so_long(
    sqlite_town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While enough witnesses may still answer, the last cosigned checkpoint stays; after that the log goes on alone."""
    outside = Outside(tmp_path / "w", monkeypatch, "one", "two", "three")
    register = sqlite_town.open(policy=outside.policy)
    cosigning = Cosigning.of(register.publisher, outside.addresses)
    filed = sqlite_town.file(register)
    assert register.publish() == 1 and shown(sqlite_town) == (1, 1)  # the first one has nothing to wait behind
    assert cosigning.ask() == 3 and shown(sqlite_town) == (1, 4)
    assert cosigning.ask() == 0 and outside.asked == 3
    outside.down = {"one", "two"}
    sqlite_town.file(register)
    assert register.publish() == 2 and shown(sqlite_town) == (1, 4)  # held, not lost
    assert cosigning.ask() == 1 and shown(sqlite_town) == (1, 4)
    assert cosigning.trouble == {"one": "witness_down", "two": "witness_down"}
    assert verify(register.proof(filed.case_id, 1), outside.policy).outcome == "verified"
    monkeypatch.setattr(publishing, "HOLD_SECONDS", 0.0)
    assert register.publish() == 2 and shown(sqlite_town) == (2, 2)
    outside.down = set()
    for it in cosigning.witnesses:
        it.rest_until = 0.0
    assert cosigning.ask() == 2 and shown(sqlite_town) == (2, 4) and cosigning.trouble == {}


def test_a_witness_is_believed_only_as_far_as_its_key_signed(
    sqlite_town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another key's line, nonsense, a larger size than ours: nothing of it stands under the checkpoint."""
    outside = Outside(tmp_path / "w", monkeypatch, "one")
    register = sqlite_town.open(policy=outside.policy)
    sqlite_town.file(register)
    register.publish()
    other = Witness(tmp_path / "other", "one.example/w", [LOG], lambda: 1_789_351_300)
    answers = {
        "witness_refused": [(403, "text/plain", b"no\n"), (409, "text/x.tlog.size", b"77\n")],
        "witness_unreadable": [(200, "text/plain", b"hello\n"), (409, "text/x.tlog.size", b"x\n")],
    }
    for why, given in answers.items():
        for answer in given:
            monkeypatch.setattr("mingze.jobs.cosigning._post", lambda url, body, answer=answer: answer)
            cosigning = Cosigning.of(register.publisher, outside.addresses)
            assert cosigning.ask() == 0 and cosigning.trouble == {"one": why}, answer
    forged = lambda url, body: (200, "text/plain", other.add(body).body)  # noqa: E731
    monkeypatch.setattr("mingze.jobs.cosigning._post", forged)
    assert Cosigning.of(register.publisher, outside.addresses).ask() == 0
    assert shown(sqlite_town) == (1, 1)
