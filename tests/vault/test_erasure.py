"""Erasing what a person gave: when it is refused, what stays, and that no restart or older backup undoes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from mingze import resources
from mingze.casework import Actor, Case, Refused, keeping
from mingze.casework.erasing import Keeping
from mingze.instance import Instance
from mingze.jobs.backup import back_up, restore
from mingze.jobs.replay import Replay
from mingze.jobs.retention import due_now, erase_due
from mingze.ledger import parse_vkey, vkey
from mingze.procedure import read_procedure
from mingze.store import Filed, Register
from tests.store import test_linked_and_excluded as linked
from tests.store.town import CLERK, HANDLER, ORIGIN, PROPOSER, SEED, Town

SYSTEM = Actor("system")
WORDS = {"matter": "河边第三盏灯", "contact": "someone@example.org"}


def closed(town: Town, register: Register, procedure: str = "suggestion", **fields: str) -> Filed:
    """A case that has been declined, and so is closed."""
    filed = register.file(procedure, {**WORDS, **fields}, form_key=f"closed-{next(town._keys)}")
    register.act(filed.case_id, "decline", CLERK, {"reason": "不属本区"}, idempotency=f"no-{filed.case_id}")
    return filed


def kept_by_law() -> dict[str, object]:
    """The suggestion procedure, but a law has its narrative kept for the 36 months."""
    folder = resources.data_root() / "procedures" / "suggestion"
    files = {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()
    }
    text = files["procedure.yaml"]
    files["procedure.yaml"] = text.replace("retention_months: 36\n", "retention_months: 36\n    kept_by: pipl 19\n", 1)
    assert files["procedure.yaml"] != text
    return {**resources.load_procedures(), "suggestion": read_procedure(files)}


def test_a_person_erases_what_they_gave_when_the_case_is_closed(town: Town) -> None:
    """Nobody reads it any more, the event says what and why, and that the matter was answered stays provable."""
    register = town.open()
    filed = closed(town, register)
    other = closed(town, register)
    done = register.erasing.erase(filed.case_id, "proposer", PROPOSER)
    assert done.done
    assert set(register.open_slots(filed.case_id, actor=PROPOSER).values()) == {None}
    parts = ["narrative", "decision"]
    assert set(register.open_slots(filed.case_id, None, CLERK, "look", parts).values()) == {None}
    assert register.open_slots(filed.case_id, actor=SYSTEM, purpose="notice") == {}
    assert register.open_slots(other.case_id, 1, PROPOSER)[1, "narrative"] == {"matter": WORDS["matter"]}
    found = register.case(filed.case_id)
    assert found is not None and found.case.erased == ("proposer",)
    event = next(stored.event for stored in found.events if stored.event.type == "erased")
    assert event.facts == {
        "party": "proposer", "parts": ["1/identity", "1/narrative", "2/decision"], "reason": "request",
        "cite": "个人信息保护法 47",
    }  # fmt: skip
    assert event.schema == 3 and list(event.tell) == ["proposer"]
    assert register.proof(filed.case_id, 1) and register.by_code(filed.code) == filed.case_id
    assert Replay(register, parse_vkey(vkey(ORIGIN, SEED))).run().faults == ()
    with pytest.raises(Refused, match="erased"):
        register.erasing.erase(filed.case_id, "proposer", PROPOSER)


def test_it_is_refused_while_the_case_runs_and_to_everybody_else(sqlite_town: Town) -> None:
    """An undecided case keeps what it needs; no office and no other party erases anything."""
    register = sqlite_town.open()
    filed = sqlite_town.file(register)
    with pytest.raises(Refused, match="undecided"):
        register.erasing.erase(filed.case_id, "proposer", PROPOSER)
    done = closed(sqlite_town, register)
    for actor in (HANDLER, CLERK, Actor("party", party="somebody")):
        with pytest.raises(Refused, match="not_yours"):
            register.erasing.erase(done.case_id, "proposer", actor)
    with pytest.raises(Refused, match="unknown_party"):
        register.erasing.erase(done.case_id, "somebody", Actor("party", party="somebody"))
    with pytest.raises(Refused, match="still_kept"):
        register.erasing.erase(done.case_id, "proposer", SYSTEM, "retention")
    assert register.open_slots(done.case_id, 1, PROPOSER)[1, "narrative"] == {"matter": WORDS["matter"]}


def test_a_linked_case_that_runs_keeps_it(sqlite_town: Town) -> None:
    """A claim whose review runs is not erased, not even years later; when both have ended, each is."""
    register = sqlite_town.open(procedures=linked.procedures())
    filed = linked.answered(register)
    review = linked.ask_review(register, filed.case_id).opened
    with pytest.raises(Refused, match="undecided"):
        register.erasing.erase(filed.case_id, "claimant", linked.CLAIMANT)
    sqlite_town.clock.advance(days=365 * 2)
    assert erase_due(register) == 0
    register.act(review.case_id, "close", linked.post("dcs.supervisor"), {"words": "维持"}, idempotency="end")
    assert erase_due(register) == 1
    sqlite_town.clock.advance(days=366)
    assert erase_due(register) == 1


def test_what_a_law_has_kept_is_stored_and_not_used_until_its_day(sqlite_town: Town) -> None:
    """Asked to erase, the register stops its use: no post reads it, the person does; after the day it erases itself."""
    register = sqlite_town.open(procedures=kept_by_law())
    filed = closed(sqlite_town, register)
    done = register.erasing.erase(filed.case_id, "proposer", PROPOSER)
    assert (done.done, done.until, done.cite) == (False, "2029-09-14", "pipl 19")
    with pytest.raises(Refused, match="use_stopped"):
        register.open_slots(filed.case_id, actor=CLERK, purpose="look")
    found = register.case(filed.case_id)
    assert found is not None and found.reads == ()
    assert register.open_slots(filed.case_id, actor=SYSTEM, purpose="notice") == {}
    assert register.open_slots(filed.case_id, 1, PROPOSER)[1, "narrative"] == {"matter": WORDS["matter"]}
    with pytest.raises(Refused, match="kept_by_law"):
        register.erasing.erase(filed.case_id, "proposer", PROPOSER)
    sqlite_town.clock.at = dt.datetime(2029, 9, 14, 23, 0, tzinfo=sqlite_town.clock.at.tzinfo)
    assert erase_due(register) == 0
    sqlite_town.clock.advance(hours=2)
    assert erase_due(register) == 1
    assert set(register.open_slots(filed.case_id, actor=PROPOSER).values()) == {None}


def test_what_was_kept_as_long_as_told_is_erased_by_itself(town: Town) -> None:
    """The pass erases on the day after the last, once, and never what an open case needs; a dry run changes nothing."""
    register = town.open()
    filed, running = closed(town, register), town.file(register)
    town.clock.at = dt.datetime(2029, 9, 14, 12, 0, tzinfo=town.clock.at.tzinfo)
    assert list(due_now(register)) == [] and erase_due(register) == 0
    town.clock.advance(days=1)
    [due] = due_now(register)
    assert (due.case_id, due.party, due.on) == (filed.case_id, "proposer", dt.date(2029, 9, 14))
    assert due.number == filed.number
    assert [it.case_id for it in due_now(register)] == [filed.case_id]
    assert erase_due(register) == 1 and erase_due(register) == 0
    assert set(register.open_slots(filed.case_id, actor=PROPOSER).values()) == {None}
    assert register.open_slots(running.case_id, 1, PROPOSER)[1, "narrative"] is not None
    found = register.case(filed.case_id)
    assert found is not None and found.events[-1].event.facts["reason"] == "retention"


def test_a_crash_before_the_key_is_destroyed_gives_nothing_away(
    sqlite_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the commit on nobody reads it, and the next pass destroys the key that was left."""
    register = sqlite_town.open()
    filed = closed(sqlite_town, register)
    with monkeypatch.context() as crash:
        crash.setattr(register.vault, "destroy", lambda *given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            register.erasing.erase(filed.case_id, "proposer", PROPOSER)
    assert (filed.case_id, "proposer") in register.vault.living()
    assert set(register.open_slots(filed.case_id, actor=PROPOSER).values()) == {None}
    assert erase_due(register) == 1
    assert (filed.case_id, "proposer") not in register.vault.living()


def test_a_restore_of_an_older_vault_erases_again(make_instance: Callable[..., Instance], tmp_path: Path) -> None:
    """The keys of an archive made before an erasure are destroyed again, so that reading gives nothing."""
    instance = make_instance()
    register = instance.register()
    filed = register.file("suggestion", WORDS, form_key="one")
    register.act(filed.case_id, "decline", CLERK, {"reason": "不属本区"}, idempotency="no")
    older = back_up(instance, tmp_path / "older")
    register.erasing.erase(filed.case_id, "proposer", PROPOSER)
    newer = back_up(instance, tmp_path / "newer")
    instance.close()
    done = restore(newer.register, older.vault, instance.dir, None)
    assert done.erased == 1
    again = Instance.open(instance.dir).register(write=False)
    assert set(again.open_slots(filed.case_id, actor=PROPOSER).values()) == {None}
    again.close()


@pytest.mark.parametrize(
    ("ended", "parts", "until"),
    [
        ("2026-09-14T10:00:00+08:00", ("narrative",), "2029-09-14"),
        ("2024-02-29T10:00:00+08:00", ("attachment:2", "identity"), "2027-02-28"),
        ("2026-12-31T23:59:00+08:00", ("decision",), "2029-12-31"),
        ("2026-12-31T17:00:00+00:00", ("never-heard-of",), "2030-01-01"),
    ],
)
def test_months_are_counted_from_the_day_the_case_ended(ended: str, parts: tuple[str, ...], until: str) -> None:
    """The same day of the month, or its last; the day is that of China."""
    procedure = resources.load_procedures()["suggestion"]
    case = Case("a", "c", "suggestion", procedure.hash, ("closed",), 2, False, ended, ended, closed_at=ended)
    assert keeping(procedure, case, "proposer", parts) == Keeping(dt.date.fromisoformat(until))
    assert keeping(procedure, replace(case, open=True), "proposer", parts) is None
