"""Periods in hours: forward and back, with suspensions, extensions in any unit, restarts and days no notice covers.

Statute: 民法典 201 (hours run from the moment); 12.3 of the counting policy (suspended days are whole days).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingze.resources import load_calendar
from mingze.terms import SHANGHAI, Calendar, Extend, Restart, Rule, Suspend, TermError, compute, explain

CALENDAR = load_calendar()
QUARTER = timedelta(minutes=15)
FRIDAY = datetime(2026, 11, 20, 10, tzinfo=SHANGHAI)
instants = st.datetimes(datetime(2026, 9, 1), datetime(2026, 12, 1)).map(
    lambda at: at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0, tzinfo=SHANGHAI)
)
gaps = st.lists(st.tuples(st.integers(-6, 6), st.integers(0, 3)), max_size=3)


def walked(start: datetime, hours: int, sign: int, closed: list[tuple[date, date]]) -> datetime:
    """The end of a period in hours by steps of a quarter; a quarter that lies in a suspended day does not count."""
    here, left = start, hours * 4
    while left:
        begins = here if sign > 0 else here - QUARTER
        left -= not any(first <= begins.date() <= last for first, last in closed)
        here += QUARTER * sign
    return here


@settings(max_examples=150, deadline=None)
@given(instants, st.integers(0, 120), st.sampled_from([1, -1]), gaps)
def test_hours_in_either_direction_are_hours_by_walking(
    start: datetime, hours: int, sign: int, away: list[tuple[int, int]]
) -> None:
    """Forward and back alike, the end is the instant that walking quarter by quarter finds."""
    closed = [
        (start.date() + timedelta(days=offset), start.date() + timedelta(days=offset + length))
        for offset, length in away
    ]
    rule = Rule(hours, "hour", "forward" if sign > 0 else "backward")
    assert compute(start, rule, CALENDAR, [Suspend(*days) for days in closed]).due_at == walked(
        start, hours, sign, closed
    )


@settings(max_examples=100, deadline=None)
@given(instants, st.integers(0, 60), st.sampled_from(["calendar_day", "working_day"]), st.integers(1, 12), gaps)
def test_days_added_to_hours_are_counted_from_the_day_the_hours_end(
    start: datetime, hours: int, unit: Any, amount: int, away: list[tuple[int, int]]
) -> None:
    """An extension in days keeps the time of day and moves the day as a period in days from there would."""
    closed = [
        Suspend(start.date() + timedelta(days=offset), start.date() + timedelta(days=offset + length))
        for offset, length in away
    ]
    first = compute(start, Rule(hours, "hour"), CALENDAR, closed).due_at
    both = compute(start, Rule(hours, "hour"), CALENDAR, [*closed, Extend(amount, unit)]).due_at
    assert first is not None and both is not None
    assert both.time() == first.time()
    assert both.date() == compute(first.date(), Rule(amount, unit), CALENDAR, closed).due_on


def test_an_extension_granted_before_a_restart_no_longer_counts_to_the_minute() -> None:
    """Where hours are counted, what happened at nine is before what happened at ten of the same day."""
    rule, ten = Rule(24, "hour"), FRIDAY
    nine, eleven = ten - timedelta(hours=1), ten + timedelta(hours=1)
    start = ten - timedelta(hours=5)
    day = timedelta(days=1)
    assert compute(start, rule, CALENDAR, [Extend(12, "hour", nine), Restart(ten)]).due_at == ten + day
    assert compute(start, rule, CALENDAR, [Restart(ten), Extend(12, "hour", eleven)]).due_at == ten + day * 1.5
    assert compute(start, rule, CALENDAR, [Restart(eleven), Restart(ten)]).due_at == eleven + day


def test_a_restarted_period_says_so() -> None:
    """The explanation of a restarted period in hours begins with the restart, that of another does not."""
    start = FRIDAY - timedelta(hours=5)
    restarted = explain(start, Rule(24, "hour"), CALENDAR, [Restart(FRIDAY)])
    plain = explain(start, Rule(24, "hour"), CALENDAR)
    assert restarted.to_json() != plain.to_json()
    assert restarted.days[0].on == FRIDAY.date()
    assert ("restart" in str(restarted.policy)) != ("restart" in str(plain.policy))


def test_a_running_suspension_leaves_the_start_and_the_day_it_stopped() -> None:
    """While nothing ends the suspension there is no date; what is known stays known."""
    rule, saturday = Rule(48, "hour"), date(2026, 11, 21)
    due = compute(FRIDAY, rule, CALENDAR, [Suspend(saturday)])
    assert due.to_json() == {
        **compute(FRIDAY, rule, CALENDAR).to_json(),
        "due_at": None,
        "due_on": None,
        "raw_on": None,
        "suspended_since_on": "2026-11-21",
    }
    assert (due.started_on, due.suspended_since_on, due.provisional, due.rolled_provisional) == (
        FRIDAY.date(),
        saturday,
        False,
        False,
    )
    assert due.calendar == CALENDAR.version


def test_hours_back_from_a_running_suspension_have_no_date_in_any_unit() -> None:
    """Counted back, a suspension that still runs hides how many days will be left out: no date, in hours or in days."""
    rule, running = Rule(4, "hour", "backward"), Suspend(FRIDAY.date())
    assert compute(FRIDAY, rule, CALENDAR, [running]).due_at is None
    assert compute(FRIDAY, rule, CALENDAR, [Extend(1, "calendar_day"), running]).due_at is None
    assert compute(FRIDAY, rule, CALENDAR, [running]).suspended_since_on == FRIDAY.date()
    wednesday = Suspend(FRIDAY.date() - timedelta(days=2))
    assert compute(FRIDAY, rule, CALENDAR, [wednesday]).due_at is None
    assert compute(FRIDAY, rule, CALENDAR, [Extend(1, "calendar_day"), wednesday]).due_at is None
    later = Suspend(FRIDAY.date() + timedelta(days=1))
    assert compute(FRIDAY, rule, CALENDAR, [later]).due_at == FRIDAY - timedelta(hours=4)


def test_an_extension_in_days_that_reaches_a_running_suspension_has_no_date() -> None:
    """The hours end on Friday; the day added to them would be the suspended Saturday, whose end nobody knows."""
    rule, running = Rule(4, "hour"), Suspend(FRIDAY.date() + timedelta(days=1))
    assert compute(FRIDAY, rule, CALENDAR, [running]).due_at == FRIDAY + timedelta(hours=4)
    extended = compute(FRIDAY, rule, CALENDAR, [Extend(1, "calendar_day"), running])
    assert (extended.due_at, extended.suspended_since_on) == (None, running.from_on)


def test_only_working_days_of_a_year_without_a_notice_make_hours_provisional() -> None:
    """Hours and calendar days are certain in any year; working days of 2027 are not, nor anything counted after them."""
    newyear = datetime(2026, 12, 31, 12, tzinfo=SHANGHAI)
    rule = Rule(24, "hour")
    assert not compute(newyear, rule, CALENDAR).provisional
    assert not compute(newyear, rule, CALENDAR, [Extend(3, "calendar_day")]).provisional
    assert compute(newyear, rule, CALENDAR, [Extend(3, "working_day")]).provisional
    assert compute(newyear, rule, CALENDAR, [Extend(3, "working_day"), Extend(1, "calendar_day")]).provisional
    assert not compute(FRIDAY, rule, CALENDAR, [Extend(3, "working_day")]).provisional
    before = datetime(2022, 12, 30, 12, tzinfo=SHANGHAI)
    begun = compute(before, Rule(0, "hour"), CALENDAR, [Extend(1, "working_day")])
    assert (begun.due_at, begun.provisional) == (datetime(2023, 1, 3, 12, tzinfo=SHANGHAI), False)
    left_out = Suspend(date(2027, 1, 1), date(2027, 1, 3))
    inside = compute(newyear - timedelta(days=2), rule, CALENDAR, [left_out, Extend(1, "working_day")])
    assert inside.due_at == datetime(2026, 12, 31, 12, tzinfo=SHANGHAI)
    assert not inside.provisional


@pytest.mark.parametrize("code", ["hours_need_an_instant"])
def test_hours_from_a_bare_day_are_refused_with_the_day(code: str) -> None:
    """The refusal names what was given."""
    with pytest.raises(TermError) as refused:
        compute(date(2026, 1, 1), Rule(1, "hour"), Calendar([]))
    assert (refused.value.code, refused.value.values) == (code, {"found": "2026-01-01"})


def test_months_added_to_hours_are_explained_day_by_day() -> None:
    """The explanation of hours extended by a month ends on the corresponding day of the next month."""
    explained = explain(FRIDAY, Rule(24, "hour"), CALENDAR, [Extend(1, "month")])
    assert explained.due.due_at == datetime(2026, 12, 21, 10, tzinfo=SHANGHAI)
    assert explained.days[-1].on == date(2026, 12, 21)
