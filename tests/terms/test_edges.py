"""The edges of suspensions, rolls and coverage, each with a date worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from mingze.resources import calendar_texts, load_calendar
from mingze.terms import SHANGHAI, Calendar, Extend, Restart, Rule, Suspend, compute, read_calendar_year

CALENDAR = load_calendar()
GAP_YEAR = Calendar(
    [read_calendar_year(text, file) for file, text in calendar_texts().items() if "2023" in file or "2025" in file]
)
"""2023 and 2025 are decided, 2024 is not."""


@pytest.mark.parametrize("running", [Suspend(date(2026, 11, 29)), Suspend(date(2026, 11, 30))])
def test_a_roll_that_reaches_a_running_suspension_has_no_date_yet(running: Suspend) -> None:
    """Saturday is the last day and would roll to Monday; the suspension that begins before then has no end."""
    due = compute(date(2026, 11, 23), Rule(5, "calendar_day", roll="forward"), CALENDAR, [running])
    assert due.due_on is None
    assert (due.started_on, due.raw_on, due.suspended_since_on, due.calendar) == (
        date(2026, 11, 23),
        date(2026, 11, 28),
        running.from_on,
        CALENDAR.version,
    )
    assert (due.provisional, due.rolled_provisional) == (False, False)


def test_a_last_day_that_does_not_roll_needs_no_day_after_it() -> None:
    """An office's limit ends on its Saturday though the period stands still from Sunday on: nothing is known of where it
    would have rolled to, and only undecided working days counted before make the date provisional.
    """
    start, sunday = date(2026, 11, 23), date(2026, 11, 29)
    plain = compute(start, Rule(5, "calendar_day"), CALENDAR).to_json()
    stopped = compute(start, Rule(5, "calendar_day"), CALENDAR, [Suspend(sunday)])
    assert stopped.to_json() == {**plain, "rolled_on": None} and stopped.due_on == date(2026, 11, 28)
    assert stopped.to_json()["provisional"] is False
    undecided = [Extend(1, "calendar_day"), Suspend(date(2027, 1, 10))]
    later = compute(date(2026, 12, 28), Rule(9, "working_day"), CALENDAR, undecided)
    assert (later.due_on, later.rolled_on, later.provisional) == (date(2027, 1, 9), None, True)


def test_a_roll_ends_the_day_before_a_running_suspension() -> None:
    """Monday is there to act on, though from Tuesday on the period stands still."""
    due = compute(date(2026, 11, 23), Rule(5, "calendar_day", roll="forward"), CALENDAR, [Suspend(date(2026, 12, 1))])
    assert due.due_on == date(2026, 11, 30)


def test_a_period_of_nought_ends_on_its_day_whatever_follows() -> None:
    """Nought days from Monday is Monday, also when the period stands still from Tuesday on."""
    start = date(2026, 11, 23)
    for after in (Suspend(date(2026, 11, 24)), Suspend(date(2026, 11, 24), date(2026, 11, 26))):
        assert compute(start, Rule(0, "calendar_day"), CALENDAR, [after]).due_on == start
        assert compute(start, Rule(0, "working_day"), CALENDAR, [after]).due_on == start


def test_working_days_counted_back_leave_suspended_days_out() -> None:
    """Five working days before Monday the 23rd, Wednesday and Thursday suspended: Fri, Tue, Mon, Fri, Thu the 12th."""
    event, away = date(2026, 11, 23), Suspend(date(2026, 11, 18), date(2026, 11, 19))
    assert compute(event, Rule(5, "working_day", "backward"), CALENDAR, [away]).due_on == date(2026, 11, 12)
    weekend = Suspend(date(2026, 11, 14), date(2026, 11, 18))
    assert compute(event, Rule(5, "working_day", "backward"), CALENDAR, [weekend]).due_on == date(2026, 11, 11)


def test_undecided_days_that_are_left_out_make_no_date_provisional() -> None:
    """With the whole of the undecided year 2024 suspended, nothing depends on it: neither forward, back, nor a roll."""
    away = Suspend(date(2024, 1, 1), date(2024, 12, 31))
    forward = compute(date(2023, 12, 28), Rule(2, "working_day"), GAP_YEAR, [away])
    assert (forward.due_on, forward.provisional) == (date(2025, 1, 2), False)
    back = compute(date(2025, 1, 3), Rule(2, "working_day", "backward"), GAP_YEAR, [away])
    assert (back.due_on, back.provisional) == (date(2023, 12, 29), False)
    rolled = compute(date(2023, 12, 28), Rule(3, "calendar_day", roll="forward"), GAP_YEAR, [away])
    assert (rolled.raw_on, rolled.due_on, rolled.provisional) == (date(2023, 12, 31), date(2025, 1, 2), False)
    assert compute(date(2023, 12, 28), Rule(2, "working_day"), GAP_YEAR).provisional


def test_a_roll_against_the_count_looks_at_suspended_days() -> None:
    """The last day is New Year's Day 2025 and rolls back; the day before is undecided, suspended or not."""
    away = Suspend(date(2024, 12, 31), date(2024, 12, 31))
    due = compute(date(2024, 12, 30), Rule(1, "calendar_day", roll="back"), GAP_YEAR, [away])
    assert (due.raw_on, due.due_on, due.provisional) == (date(2025, 1, 1), date(2024, 12, 31), True)


def test_days_suspended_twice_are_left_out_once() -> None:
    """Two suspensions that share a day leave out their union; the one undecided day that is left makes the date
    provisional."""
    twice = [Suspend(date(2027, 1, 1), date(2027, 1, 4)), Suspend(date(2027, 1, 4), date(2027, 1, 5))]
    once = [Suspend(date(2027, 1, 1), date(2027, 1, 5))]
    rule = Rule(2, "working_day")
    assert compute(date(2026, 12, 30), rule, CALENDAR, twice) == compute(date(2026, 12, 30), rule, CALENDAR, once)
    assert compute(date(2026, 12, 30), rule, CALENDAR, twice).provisional


def test_on_one_day_what_was_recorded_later_stands() -> None:
    """Where days are counted the hour does not matter: an extension recorded after the restart stands, though it names
    an earlier hour of the same day."""
    ten = datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)
    nine = ten - timedelta(hours=1)
    start, rule = date(2026, 11, 16), Rule(10, "calendar_day")
    assert compute(start, rule, CALENDAR, [Restart(ten), Extend(5, "calendar_day", nine)]).due_on == date(2026, 12, 8)
    assert compute(start, rule, CALENDAR, [Extend(5, "calendar_day", nine), Restart(ten)]).due_on == date(2026, 12, 3)


def test_an_extension_that_names_a_day_is_compared_with_a_restart_that_names_an_hour() -> None:
    """In a period of hours a day means its beginning: the extension of the day before fell away, the next day's
    stands."""
    ten, rule = datetime(2026, 11, 23, 10, tzinfo=SHANGHAI), Rule(24, "hour")
    start, day = ten - timedelta(days=3), timedelta(days=1)
    before, after = Extend(12, "hour", ten.date() - day), Extend(12, "hour", ten.date() + day)
    assert compute(start, rule, CALENDAR, [Restart(ten), before]).due_at == ten + day
    assert compute(start, rule, CALENDAR, [Restart(ten), after]).due_at == ten + day * 1.5


def test_nobody_is_free_to_act_from_a_day_that_is_not_known() -> None:
    """A minimum that stands still has no first day after it; one that runs has."""
    start, rule = date(2026, 11, 23), Rule(5, "calendar_day")
    assert compute(start, rule, CALENDAR, [Suspend(date(2026, 11, 25))]).free_from_on is None
    assert compute(start, rule, CALENDAR).free_from_on == date(2026, 11, 29)


def test_the_first_day_of_a_calendar_can_be_a_working_day() -> None:
    """A year without a holiday on its first day works on it, if it is no week-end."""
    years = [read_calendar_year(text, file) for file, text in calendar_texts().items() if "2025" in file]
    plain = Calendar([replace(years[0], rest=(), makeup=())])
    assert plain.works(date(2025, 1, 1)) and plain.works(date(2025, 12, 31))
    assert not plain.works(date(2025, 1, 4))


def test_a_suspension_of_the_day_of_the_restart_still_stands() -> None:
    """What begins on the day of the restart and has no end stops the new period; what began before it fell away."""
    start, again = date(2026, 11, 16), date(2026, 11, 23)
    rule = Rule(5, "calendar_day")
    assert compute(start, rule, CALENDAR, [Suspend(again), Restart(again)]).due_on is None
    before = Suspend(again - timedelta(days=1))
    assert compute(start, rule, CALENDAR, [before, Restart(again)]).due_on == date(2026, 11, 28)


def test_a_day_between_two_suspensions_counts() -> None:
    """Suspended on Wednesday and on Friday, Thursday is a day of the period."""
    start, rule = date(2026, 11, 23), Rule(3, "calendar_day")
    away = [Suspend(date(2026, 11, 25), date(2026, 11, 25)), Suspend(date(2026, 11, 27), date(2026, 11, 27))]
    assert compute(start, rule, CALENDAR, away).due_on == date(2026, 11, 28)


def test_counted_back_only_a_suspension_from_before_the_event_hides_the_day() -> None:
    """A suspension that begins on the day of the event itself leaves out nothing before it."""
    event, rule = date(2026, 11, 23), Rule(5, "calendar_day", "backward")
    assert compute(event, rule, CALENDAR, [Suspend(event)]).due_on == date(2026, 11, 18)
    assert compute(event, rule, CALENDAR, [Suspend(event - timedelta(days=1))]).due_on is None


def test_hours_that_end_as_a_suspension_begins_have_ended() -> None:
    """Fourteen hours from ten on Friday end at midnight; the suspended Saturday takes nothing from them."""
    friday = datetime(2026, 11, 20, 10, tzinfo=SHANGHAI)
    for away in (Suspend(date(2026, 11, 21), date(2026, 11, 22)), Suspend(date(2026, 11, 21))):
        assert compute(friday, Rule(14, "hour"), CALENDAR, [away]).due_at == friday + timedelta(hours=14)


def test_an_extension_without_a_day_stands_in_the_order_it_was_recorded() -> None:
    """Recorded after the restart it counts, recorded before it fell away."""
    start, again, more = date(2026, 11, 16), Restart(date(2026, 11, 23)), Extend(3, "calendar_day")
    assert compute(start, Rule(5, "calendar_day"), CALENDAR, [again, more]).due_on == date(2026, 12, 1)
    assert compute(start, Rule(5, "calendar_day"), CALENDAR, [more, again]).due_on == date(2026, 11, 28)
