"""Requests, answers, deferrals and the smallest circle as rows of either database: found by whom they concern, and a replay
of the events gives the same case."""

from __future__ import annotations

import datetime as dt
from typing import Any

from mingze import resources
from mingze.casework import Actor, replay
from mingze.procedure import read_procedure
from mingze.store import CaseFilter, Register
from mingze.store.moving import move_case
from tests.store.town import HANDLER, SUPERVISOR, Town

HEAD = Actor("post", post="mzj.head", office="mzj", functions=("head",))
PROTECTOR = Actor("post", post="mzj.handler", office="mzj", functions=("handler",))
CLERK = Actor("post", post="mzj.clerk", office="mzj", functions=("clerk", "handler"))
REPORTER = Actor("party", party="reporter")


def ask(register: Any, case_id: str, actor: Actor, kinds: list[str], stage: str, key: str) -> int:
    """Ask for somebody's word."""
    return register.unsealing.ask(
        case_id, actor, kinds, purpose="contact", stage=stage, reason="补页", account="1", idempotency=key
    )


def test_a_request_waits_in_the_list_of_whoever_is_asked_and_nowhere_else(town: Town) -> None:
    """It is listed until it is answered or its time is over; the same key asks once; the case adds up from its events."""
    register = town.open()
    case_id = town.file(register, fields={"name": "某某某"}).case_id
    town.accept(register, case_id)
    n = ask(register, case_id, HANDLER, ["identity"], "handling", "one")
    assert ask(register, case_id, HANDLER, ["identity"], "handling", "one") == n
    for actor, count in ((SUPERVISOR, 1), (HANDLER, 0), (HEAD, 0)):
        assert register.unsealing.count(actor) == len(register.unsealing.waiting(actor)) == count
        assert register.may(actor, "approve", case_id) is bool(count)
    town.clock.advance(days=10)
    assert register.unsealing.count(SUPERVISOR) == 0 and register.unsealing.request(case_id, n, SUPERVISOR) is None
    n = ask(register, case_id, HANDLER, ["identity"], "handling", "two")
    register.unsealing.answer(case_id, n, SUPERVISOR, True, reason="", account="2", idempotency="yes")
    assert register.unsealing.count(SUPERVISOR) == 0
    assert register.open_slots(case_id, None, HANDLER, "contact", ["identity"])[1, "identity"] == {"name": "某某某"}
    found = register.case(case_id)
    assert found is not None and found.case == replay(found.procedure, [stored.event for stored in found.events])
    town.close()
    again = town.open()
    assert again.case(case_id).case == found.case  # type: ignore[union-attr]
    assert again.open_slots(case_id, None, HANDLER, "contact", ["identity"])


def test_a_case_of_the_smallest_circle_is_in_the_lists_of_two_posts(town: Town) -> None:
    """Rows found by the two posts named; for a third post of the office, with the register opened anew too, there is none."""
    register = town.open()
    filed = register.file("minor-protection", {"matter": "孩子身上有伤"}, form_key="a report 123456")
    for again in (register, None):
        if again is None:
            town.close()
            again = town.open()
        for actor, there in ((PROTECTOR, True), (HEAD, True), (CLERK, False), (SUPERVISOR, False)):
            rows = again.inbox("mzj", filter=CaseFilter("all"), viewer=actor).rows
            assert bool(rows) is there and again.hidden(filed.case_id, actor) is not there
            assert (again.by_number(filed.number, actor) is not None) is there
            assert again.may(actor, "see", filed.case_id) is there
    found = again.case(filed.case_id)
    assert found is not None
    assert found.case == replay(found.procedure, [stored.event for stored in found.events])


def types_seen(register: Register, case_id: str) -> list[str]:
    """What the person is told of, record by record."""
    found = register.case(case_id, REPORTER)
    assert found is not None
    return [stored.event.type for stored in found.events]


def test_a_deferral_withholds_until_its_day_in_either_database(town: Town) -> None:
    """The person's view ends and resumes by the calendar; nothing has to run for that."""
    register = town.open()
    case_id = register.file("minor-protection", {"matter": "孩子身上有伤"}, form_key="a report 123456").case_id
    until = town.clock.now().date() + dt.timedelta(days=5)
    register.unsealing.defer(case_id, HEAD, "inquiry", until, reason="取证", idempotency="d")
    register.open_slots(case_id, 1, PROTECTOR, "handle", ["narrative"])
    assert types_seen(register, case_id) == ["acted"]
    town.clock.advance(days=6)
    assert types_seen(register, case_id) == ["acted", "deferred", "read"]


def test_a_case_moved_to_a_version_with_a_circle_gets_one(sqlite_town: Town) -> None:
    """From the move on two posts know of it, and every other post of the office does not any more."""
    now = resources.load_procedures()
    folder = resources.data_root() / "procedures" / "minor-protection"
    files = {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()
    }
    lines = files["procedure.yaml"].split("\n")
    files["procedure.yaml"] = "\n".join(line for line in lines if not line.startswith("  circle: "))
    older = read_procedure(files)
    register = sqlite_town.open(procedures={**now, "minor-protection": older})
    case_id = register.file("minor-protection", {"matter": "孩子身上有伤"}, form_key="a report 123456").case_id
    assert not register.hidden(case_id, CLERK)
    register.library.install([now["minor-protection"]])
    decider = Actor("post", post="dcs.supervisor", office="dcs", functions=("supervisor",))
    move_case(register, case_id, now["minor-protection"], decider, "新版本只让两个岗位知道")
    assert register.hidden(case_id, CLERK) and not register.hidden(case_id, PROTECTOR)
    found = register.case(case_id)
    assert found is not None and found.case.circle == {"handler": "mzj.handler", "approver": "mzj.head"}
