"""How long a case can take: each wait to its last day, working days at their longest, the law and local rules apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from mingze.procedure import Leg, Procedure, check, durations, read_procedure, survey
from mingze.procedure.durations import KEPT, _Course, _kept, longest_days
from mingze.procedure.walking import Walk
from mingze.resources import load_calendar, procedure_texts
from mingze.terms import Calendar, Rule, compute
from tests.procedure.spoiling import VARIATIONS, texts_of

CALENDAR = load_calendar()
FILES = dict(procedure_texts(Path(__file__).parent / "procedures-bad" / "good"))


def changed(file: str, right: str, wrong: str) -> Procedure:
    """The right procedure with one thing written otherwise."""
    assert FILES[file].count(right) == 1
    return read_procedure({**FILES, file: FILES[file].replace(right, wrong)})


@pytest.mark.parametrize("value", [1, 5, 15, 30])
def test_a_working_day_period_is_taken_at_its_longest(value: int):
    """No start day of the official years gives a longer period, and some day gives just this one."""
    rule = Rule(value, "working_day")
    starts = (date(2023, 1, 1) + timedelta(days=day) for day in range(4 * 365))
    dues = ((start, compute(start, rule, CALENDAR)) for start in starts)
    seen = [(due.due_on - start).days for start, due in dues if due.due_on and not due.provisional]
    assert longest_days(value, "working_day", False, CALENDAR) == max(seen)


@pytest.mark.parametrize(
    ("value", "unit", "days"),
    [(15, "calendar_day", 15), (36, "hour", 2), (1, "month", 31), (2, "month", 62), (1, "year", 366)],
)
def test_other_periods_are_taken_at_their_longest(value: int, unit: str, days: int):
    """Months at thirty-one days, a year with its leap day, hours as begun days."""
    assert longest_days(value, unit, False, CALENDAR) == days


@pytest.mark.parametrize(
    ("value", "unit", "rolls", "days"),
    [(24, "hour", False, 1), (25, "hour", True, 2), (2, "year", False, 731), (13, "month", False, 397)],
)
def test_the_longest_of_hours_and_of_more_than_a_year(value: int, unit: str, rolls: bool, days: int):
    """A begun day counts and hours never roll; thirteen months may hold a leap day and nine months of thirty-one days."""
    assert longest_days(value, unit, rolls, CALENDAR) == days


@pytest.mark.parametrize(("value", "days"), [(1, 1 * 7 // 5 + 31), (5, 38), (7, 40), (2000, 2831)])
def test_working_days_beyond_the_official_calendar_are_taken_generously(value: int, days: int):
    """Where no stretch of so many working days is known: seven days for five, and a month of festivals."""
    assert longest_days(value, "working_day", False, Calendar([])) == days


def test_as_many_working_days_as_are_known_reach_from_none_to_none():
    """The longest stretch that is known goes from the first working day to the last; one more is not known."""
    first = date(CALENDAR.years[0].year, 1, 1)
    known = (first + timedelta(days=day) for day in range(365 * 3 + 366))
    worked = [day for day in known if CALENDAR.works(day)]
    longest = len(worked) - 1
    assert longest_days(longest, "working_day", False, CALENDAR) == (worked[-1] - worked[0]).days
    assert longest_days(longest + 1, "working_day", False, CALENDAR) == (longest + 1) * 7 // 5 + 31


def test_the_longest_rest_is_counted_from_its_own_first_day():
    """A year that begins with a week-end and has no holidays has rests of two days, not of three."""
    plain = replace(CALENDAR.years[0], year=2028, rest=(), makeup=())
    assert longest_days(1, "calendar_day", True, Calendar([plain])) == 1 + 2


def test_of_many_courses_to_one_state_the_longest_are_followed_on():
    """As many as are kept, the longest first; one that another outlasts in every period is dropped, as is its equal."""
    apart = [_Course(day, {"a": day, "b": -day}, None, None) for day in range(KEPT + 6)]
    assert [course.day for course in _kept(apart)] == list(range(KEPT + 5, 5, -1))
    alike = [_Course(day, {"a": 5, "b": 5}, None, None) for day in (1, 3, 3, 2)]
    assert _kept(alike) == [alike[1]]


def test_a_wait_without_a_period_takes_no_time():
    """A procedure that is refused can still be asked: what nothing ends is put down to the office, with no days."""
    found = durations(read_procedure(texts_of(VARIATIONS / "nothing-runs.yaml")), CALENDAR)
    assert found.legs == (Leg("received", "tell", "", 0, False, "office"),)


def test_a_period_that_rolls_may_end_after_the_longest_holiday():
    """A person's last day in a nine-day holiday moves to the first working day after it."""
    assert longest_days(15, "calendar_day", True, CALENDAR) == 15 + 9


def test_the_longest_course_is_told_wait_by_wait():
    """The waits add up, follow one another, and each names the period that ends it."""
    found = durations(read_procedure(FILES), CALENDAR)
    assert found.days == sum(leg.days for leg in found.legs) == found.part(law=True) + found.part(law=False)
    assert found.legs[0].clock == "admit" and found.legs[0].days == longest_days(5, "working_day", False, CALENDAR)
    assert [leg.action for leg in found.legs].count("hand_back") == 2
    assert found.repeats == () and found.overruns == ()


def test_a_suspended_period_has_afterwards_what_it_had_left():
    """While papers are completed the time to decide stands still: ten days more for them are ten days more in all."""
    before = durations(read_procedure(FILES), CALENDAR)
    longer = changed(
        "parameters.yaml", "value: 15, unit: calendar_day, cite: law 9", "value: 25, unit: calendar_day, cite: law 9"
    )
    assert before.part(borne_by="person") == longest_days(15, "calendar_day", True, CALENDAR)
    assert durations(longer, CALENDAR).days == before.days + 10


def test_the_law_is_compared_with_local_waits_in_ordinary_days():
    """Local waits that together outlast a period of the law refuse the procedure, with the way there; a festival does not."""
    slow = changed(
        "parameters.yaml", "value: 2, unit: working_day, local: true", "value: 9, unit: working_day, local: true"
    )
    finding = next(iter(survey(slow, CALENDAR).findings))
    assert finding.code == "local_outlasts_law" and finding.values["clock"] == "decide"
    assert [found.code for found in check(slow, CALENDAR)] == ["local_outlasts_law"] and check(slow) == []
    assert "hand_back" in finding.path and int(finding.values["days"]) >= 1


def test_a_circle_without_a_count_is_named():
    """A case that can go round without a count has its longest course once round, and says by which action."""
    text = FILES["procedure.yaml"].replace("at_most: 1, tell: applicant, cite: law 9}", "tell: applicant, cite: law 9}")
    assert text != FILES["procedure.yaml"]
    free = read_procedure(
        {
            **FILES,
            "procedure.yaml": text.replace(
                "met_by: [announce, hand_back], suspended_by: ask_more, resumed_by: supply",
                "met_by: [announce, hand_back]",
            ),
        }
    )
    assert durations(free, CALENDAR).repeats and not durations(read_procedure(FILES), CALENDAR).repeats


def test_the_walk_keeps_counters_apart_and_ends():
    """Each hand-back more is a state of its own, up to the number allowed, and the walk stays small."""
    walk = Walk(read_procedure(FILES))
    counts = {state.counts[walk.place("hand_back")] for state in walk.paths if state.counts}
    assert counts == {0, 1, 2} and len(walk.paths) < 1000
    used_up = [s for s in walk.paths if s.counts and s.counts[walk.place("hand_back")] == 2]
    assert used_up and all("hand_back" not in {name for name, _ in walk.steps[s]} for s in used_up)
