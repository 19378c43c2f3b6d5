"""The driver of `just mutate`: a change is noticed by what asks for it, and by nothing else; nothing stays changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mingze.terms import calendar, instants
from tests.mutation import results
from tests.mutation.changing import Change
from tests.mutation.questions import Question
from tests.mutation.results import Outcomes, Reason, tally, write_record
from tests.mutation.trying import outcomes, reaches

RIGHT = "def _nth_weekday(n: int) -> int:\n    weeks, rest = divmod(n - 1, 5)\n    return 7 * weeks + rest + 1\n"
LATE = Change("mingze.terms.calendar", "_nth_weekday", RIGHT, RIGHT.replace("rest + 1", "rest + 2"), 1)
SAME = Change("mingze.terms.calendar", "_nth_weekday", RIGHT, RIGHT.replace("7 * weeks", "weeks * 7"), 2)
ENDLESS = Change("mingze.terms.calendar", "_nth_weekday", RIGHT, "def _nth_weekday(n):\n    while True: pass\n", 3)
METHOD = Change(
    "mingze.terms.calendar",
    "DayKind.works",
    "class DayKind:\n    def works(self) -> bool:\n        return self.type in ('working', 'makeup')\n",
    "class DayKind:\n    def works(self) -> bool:\n        return self.type not in ('working', 'makeup')\n",
    1,
)
MONDAY = Question("the sixth weekday is a Monday", lambda: calendar._nth_weekday(6) == 8)
WORKING = Question("a make-up day is worked", lambda: calendar.DayKind("makeup").works)
ELSEWHERE = Question("a day is a day", lambda: instants.local_day(date(2026, 1, 1)) == date(2026, 1, 1))


def test_a_change_is_noticed_by_the_question_that_reaches_it():
    """A wrong day and a property turned round are noticed, another way to say the same is not; then all is as before."""
    known = reaches([ELSEWHERE, WORKING, MONDAY])
    assert dict(outcomes([LATE, SAME, METHOD], known, jobs=2)) == {
        LATE: MONDAY.name,
        SAME: None,
        METHOD: WORKING.name,
    }
    assert MONDAY.as_wanted() and WORKING.as_wanted()


def test_a_change_without_end_is_noticed():
    """What runs on and on is stopped by the processor's clock and counts as noticed, as a test's limit of time would."""
    assert list(outcomes([ENDLESS], reaches([MONDAY]), jobs=1)) == [(ENDLESS, "no end")]


def test_what_is_wrong_without_a_change_is_no_question():
    """Nothing could be learned from a test that fails anyway."""
    with pytest.raises(RuntimeError, match="never so"):
        reaches([Question("never so", lambda: False)])


def test_outcomes_are_remembered_until_the_function_is_edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A later run knows them; a reason explains one change for each time it is listed; a whole run is recorded, and
    counts while the function's text is the same."""
    monkeypatch.setattr(results, "RECORD", tmp_path / "record.tsv")
    first = Outcomes(tmp_path / "outcomes.jsonl")
    for change, noticed_by in ((LATE, MONDAY.name), (SAME, None)):
        first.remember(change, noticed_by)
    again = Outcomes(tmp_path / "outcomes.jsonl")
    gone, came = SAME.lines
    reasons = [Reason(SAME.where, gone, [came], "To multiply in another order is the same.")]
    assert tally([LATE, SAME], again, []).left == [SAME]
    found = tally([LATE, SAME], again, reasons)
    assert (found.noticed, found.explained, found.left, found.untried) == (1, 1, [], []) and not reasons[0].idle
    write_record(found.record)
    nothing_tried = Outcomes(tmp_path / "none.jsonl")
    assert (tally([LATE, SAME], nothing_tried, []).noticed, tally([LATE, SAME], nothing_tried, []).explained) == (1, 1)
    edited = [Change(each.module, each.function, RIGHT + "\n", each.after, each.number) for each in (LATE, SAME)]
    assert tally(edited, nothing_tried, []).untried == edited
