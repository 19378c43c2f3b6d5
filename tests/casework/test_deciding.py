"""Deciding one command at a time: who may, when, with what, and what the refusal says."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from mingze.casework import (
    Actor,
    Case,
    Command,
    Refused,
    Sealed,
    decide,
    duty,
    evolve,
    explanation,
    mark_lapsed,
    record_read,
    settle,
)
from mingze.procedure import Procedure
from mingze.resources import calendar_texts, load_calendar, load_procedures
from mingze.terms import SHANGHAI, Calendar, read_calendar_year

SUGGESTION = load_procedures()["suggestion"]
CALENDAR = load_calendar()
AT = datetime(2026, 9, 3, 21, 6, tzinfo=SHANGHAI)
MATTER = Sealed("narrative", "proposer", "A" * 43)
CLERK = Actor("post", post="zwzx.clerk", office="zwzx", functions=("clerk",))
OFFICES = {"intake_office": "zwzx", "supervision_office": "dcs"}


def filed(procedure: Procedure = SUGGESTION, at: datetime = AT, calendar: Calendar = CALENDAR) -> Case:
    """A suggestion filed by its proposer."""
    command = Command("file", Actor("party", party="proposer"), sealed=(MATTER,), offices=OFFICES)
    return evolve(procedure, None, decide(procedure, None, command, at, calendar, authority="mingyuan", case_id="c1"))


def refusal(case: Case | None, command: Command, now: datetime = AT + timedelta(days=1)) -> Refused:
    """The refusal of a command that must be refused."""
    with pytest.raises(Refused) as caught:
        decide(SUGGESTION, case, command, now, CALENDAR, authority="mingyuan", case_id="c1")
    return caught.value


def test_the_clock_runs_from_the_filing_not_from_the_registration():
    """The fifteen days count from the day the suggestion was filed, a Thursday evening."""
    case = filed()
    clock = case.clocks["accept"]
    assert (clock.started_on, clock.due) == ("2026-09-03", "2026-09-18")
    now = duty(SUGGESTION, case)
    assert now is not None and (now.office, now.clock) == ("zwzx", "accept")


def test_two_clerks_one_wins_and_the_other_is_told_that_the_case_moved_on():
    """A clerk who had seen one event is refused when there are two; the refusal says where the case now stands."""
    case = filed()
    accept = Command("accept", CLERK, offices={"competent_office": "zjj"}, expected_n=1)
    moved = evolve(
        SUGGESTION,
        case,
        decide(SUGGESTION, case, accept, AT + timedelta(hours=1), CALENDAR, authority="mingyuan", case_id="c1"),
    )
    refused = refusal(moved, accept)
    assert (refused.code, refused.values["n"], refused.values["stage"]) == ("case_moved_on", 2, "handling")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (
            Command(
                "accept",
                Actor("post", post="zjj.clerk", office="zjj", functions=("clerk",)),
                offices={"competent_office": "zjj"},
            ),
            "not_yours",
        ),
        (
            Command(
                "accept",
                Actor("post", post="zwzx.head", office="zwzx", functions=("head",)),
                offices={"competent_office": "zjj"},
            ),
            "not_yours",
        ),
        (Command("accept", CLERK), "office_missing"),
        (Command("accept", CLERK, offices={"competent_office": "zjj", "intake_office": "zjj"}), "office_not_bindable"),
        (Command("decline", CLERK), "field_missing"),
        (Command("accept", CLERK, {"colour": "red"}, offices={"competent_office": "zjj"}), "field_not_taken"),
        (Command("answer", Actor("post", post="zjj.handler", office="zjj", functions=("handler",))), "not_yours"),
        (Command("file", Actor("party", party="proposer"), sealed=(MATTER,)), "already_open"),
        (Command("fly", CLERK), "unknown_action"),
        (
            Command("accept", CLERK, offices={"competent_office": "zjj"}, occurred_at=AT + timedelta(days=30)),
            "in_the_future",
        ),
        (
            Command("accept", CLERK, offices={"competent_office": "zjj"}, occurred_at=AT - timedelta(days=1)),
            "before_the_last",
        ),
    ],
)
def test_refusals_have_their_own_code(command: Command, code: str):
    """Each way in which an action is not lawful now has its own stable code."""
    assert refusal(filed(), command).code == code


def test_nothing_is_filed_without_its_words():
    """A filing without the matter itself is refused."""
    assert refusal(None, Command("file", Actor("party", party="proposer"), offices=OFFICES)).code == "field_missing"


def test_a_filing_before_the_procedure_had_a_number_is_an_error():
    """Entry into force belongs to the number: before it nobody guesses a period."""
    with pytest.raises(Refused) as caught:
        filed(at=datetime(2020, 1, 2, tzinfo=SHANGHAI))
    assert caught.value.code == "no_number_in_force"


def test_a_paper_filing_counts_from_the_day_it_was_handed_in():
    """What is recorded later keeps the day it occurred, and the clock counts from there; both times stand in the event."""
    command = Command("file", CLERK, sealed=(MATTER,), offices=OFFICES, occurred_at=AT - timedelta(days=2))
    event = decide(SUGGESTION, None, command, AT, CALENDAR, authority="mingyuan", case_id="c1")
    assert (event.occurred_at, event.recorded_at) == (AT - timedelta(days=2), AT)
    assert event.clocks[0]["due"] == "2026-09-16"


def test_an_overdue_mark_is_made_once():
    """The daily look marks a clock that has run out once, and finds nothing the second time."""
    case = filed()
    late = AT + timedelta(days=16)
    event = mark_lapsed(SUGGESTION, case, late, CALENDAR, authority="mingyuan", previous=None)
    assert event is not None and event.type == "lapsed"
    assert (event.facts["clock"], event.facts["due"]) == ("accept", "2026-09-18")
    marked = evolve(SUGGESTION, case, event)
    assert marked.overdue
    assert (
        mark_lapsed(SUGGESTION, marked, late + timedelta(days=1), CALENDAR, authority="mingyuan", previous=None) is None
    )


def test_an_access_record_changes_nothing_but_the_count():
    """Reading sealed content is an event of the case; the matter itself stands where it stood."""
    case = filed()
    event = record_read(
        SUGGESTION,
        case,
        CLERK,
        AT,
        CALENDAR,
        slots=("narrative",),
        purpose="route",
        authority="mingyuan",
        previous=None,
    )
    after = evolve(SUGGESTION, case, event)
    assert (after.n, after.stage, after.clocks) == (2, case.stage, case.clocks)
    assert event.facts == {"slots": ["narrative"], "purpose": "route"}


def test_a_provisional_date_is_settled_by_an_event_when_the_calendar_comes():
    """A date that ran into a year without a calendar is final only by a recorded event, with the old date beside the new."""
    until_2025 = Calendar(
        [read_calendar_year(text, file) for file, text in calendar_texts().items() if "2026" not in file]
    )
    case = filed(at=datetime(2025, 12, 1, 10, tzinfo=SHANGHAI), calendar=until_2025)
    accept = Command("accept", CLERK, offices={"competent_office": "zjj"})
    at = datetime(2025, 12, 2, 10, tzinfo=SHANGHAI)
    case = evolve(
        SUGGESTION, case, decide(SUGGESTION, case, accept, at, until_2025, authority="mingyuan", case_id="c1")
    )
    before = case.clocks["answer"]
    assert before.provisional
    later = at + timedelta(days=3)
    assert settle(SUGGESTION, case, later, until_2025, authority="mingyuan", previous=None) is None
    event = settle(SUGGESTION, case, later, CALENDAR, authority="mingyuan", previous=None)
    assert event is not None and event.type == "settled"
    effect = event.clocks[0]
    after = evolve(SUGGESTION, case, event).clocks["answer"]
    assert not after.provisional and effect["was"] == before.due and after.due == effect["due"]


def test_the_explanation_ends_on_the_date_the_case_was_given():
    """The day-by-day explanation shown to people ends on the date that stands in the event, and says on which rule."""
    case = filed()
    accept = Command("accept", CLERK, offices={"competent_office": "zjj"})
    case = evolve(
        SUGGESTION,
        case,
        decide(
            SUGGESTION,
            case,
            accept,
            datetime(2026, 9, 18, 10, tzinfo=SHANGHAI),
            CALENDAR,
            authority="mingyuan",
            case_id="c1",
        ),
    )
    told = explanation(SUGGESTION, case.clocks["answer"], CALENDAR, date(2026, 10, 10))
    assert told.days[-1].on.isoformat() == case.clocks["answer"].due == "2026-11-05"
    assert told.basis.local and told.basis.article == {"zh": "本区办理规则", "en": "District handling rules"}
