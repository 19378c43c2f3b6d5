"""Periods as the statutes word them, each with the last day in time and the first day too late.

A weekday stands beside every date and is checked. The readings these rows pin are explained in `docs/readings/`.
"""

from datetime import date, datetime, timedelta

import pytest

from mingze.terms import SHANGHAI, Calendar, Event, Extend, Restart, Rule, Suspend, TermError, compute, explain


def on(text: str) -> date:
    """A date with its weekday, which must be right: "2025-10-07 Tue"."""
    day, weekday = text.split()
    assert date.fromisoformat(day).strftime("%a") == weekday, text
    return date.fromisoformat(day)


DAYS, WORKING, MONTHS, YEARS = "calendar_day", "working_day", "month", "year"

SCENARIOS: dict[str, tuple[str, Rule, list[Event], str, str | None, bool]] = {
    # sentence: start, rule, what happened, last day, where an office's limit would have rolled to, provisional
    "A petition accepted on 8 August 2025 is decided by its sixtieth day, a holiday: an office's limit does not roll": (
        "2025-08-08 Fri", Rule(60, DAYS), [], "2025-10-07 Tue", "2025-10-09 Thu", False,
    ),
    "Extended by thirty days, the sixty days go on from the raw end, not from the day they would have rolled to": (
        "2025-08-08 Fri", Rule(60, DAYS), [Extend(30, DAYS)], "2025-11-06 Thu", None, False,
    ),
    "Fifteen working days across Mid-Autumn and National Day 2026 count the two make-up weekend days": (
        "2026-09-18 Fri", Rule(15, WORKING), [], "2026-10-15 Thu", None, False,
    ),
    "Five working days for a wrongly addressed organ to object, over a plain weekend": (
        "2026-11-18 Wed", Rule(5, WORKING), [], "2026-11-25 Wed", None, False,
    ),
    "Five working days from the last working day before the Spring Festival 2026 end after its make-up Saturday": (
        "2026-02-14 Sat", Rule(5, WORKING), [], "2026-02-28 Sat", None, False,
    ),
    "The right to review within thirty days, ending on a Saturday, rolls to the Monday": (
        "2026-10-15 Thu", Rule(30, DAYS, roll="forward"), [], "2026-11-16 Mon", "2026-11-16 Mon", False,
    ),
    "The right to review ending in National Day rolls over the whole holiday": (
        "2025-09-01 Mon", Rule(30, DAYS, roll="forward"), [Suspend(date(2025, 9, 10), date(2025, 9, 12))], "2025-10-09 Thu", "2025-10-09 Thu", False,
    ),
    "Sixty days to apply for reconsideration end on a working day and do not move": (
        "2026-10-09 Fri", Rule(60, DAYS, roll="forward"), [], "2026-12-08 Tue", None, False,
    ),
    "Six months to sue end on the corresponding day of 2027, provisional because the roll looked at an uncovered day": (
        "2026-10-09 Fri", Rule(6, MONTHS, roll="forward"), [], "2027-04-09 Fri", None, True,
    ),
    "An office's ninety days that end in 2027 without rolling are not provisional": (
        "2026-11-22 Sun", Rule(90, DAYS), [], "2027-02-20 Sat", "2027-02-22 Mon", False,
    ),
    "Thirty working days from late November 2026 reach 2027 and are provisional": (
        "2026-11-22 Sun", Rule(30, WORKING), [], "2027-01-01 Fri", None, True,
    ),
    "Twenty-nine working days from the same day end within the calendar and are not": (
        "2026-11-22 Sun", Rule(29, WORKING), [], "2026-12-31 Thu", None, False,
    ),
    "A last day on a make-up Saturday is a working day and does not roll": (
        "2026-09-10 Thu", Rule(30, DAYS, roll="forward"), [], "2026-10-10 Sat", None, False,
    ),
    "Notice at least seven days before a hearing on 9 October 2026 rolls back to before the holiday": (
        "2026-10-09 Fri", Rule(7, DAYS, "backward", "back"), [], "2026-09-30 Wed", "2026-09-30 Wed", False,
    ),
    "Seven working days before a legality review are counted back over the holiday": (
        "2026-10-12 Mon", Rule(7, WORKING, "backward", "back"), [], "2026-09-24 Thu", None, False,
    ),
    "A month from 31 January ends on the last day of February": (
        "2026-01-31 Sat", Rule(1, MONTHS), [], "2026-02-28 Sat", None, False,
    ),
    "A month from 31 January of a leap year ends on 29 February": (
        "2024-01-31 Wed", Rule(1, MONTHS), [], "2024-02-29 Thu", None, False,
    ),
    "A month from 28 February ends on 28 March: the corresponding day, not the month's end": (
        "2026-02-28 Sat", Rule(1, MONTHS), [], "2026-03-28 Sat", "2026-03-30 Mon", False,
    ),
    "A year from 29 February ends on 28 February": (
        "2024-02-29 Thu", Rule(1, YEARS), [], "2025-02-28 Fri", None, False,
    ),
    "A suspension of three days leaves three days out, both its ends among them": (
        "2026-11-02 Mon", Rule(10, DAYS), [Suspend(date(2026, 11, 5), date(2026, 11, 7))], "2026-11-15 Sun", "2026-11-16 Mon", False,
    ),
    "A suspension of a single day leaves that day out": (
        "2026-11-02 Mon", Rule(10, DAYS), [Suspend(date(2026, 11, 5), date(2026, 11, 5))], "2026-11-13 Fri", None, False,
    ),
    "A suspension that begins on the last day pushes the last day past it": (
        "2026-11-02 Mon", Rule(10, DAYS), [Suspend(date(2026, 11, 12), date(2026, 11, 12))], "2026-11-13 Fri", None, False,
    ),
    "A suspension that begins the day after the last day changes nothing": (
        "2026-11-02 Mon", Rule(10, DAYS), [Suspend(date(2026, 11, 13), date(2026, 11, 20))], "2026-11-12 Thu", None, False,
    ),
    "Of two suspensions that overlap no day is left out twice": (
        "2026-11-02 Mon", Rule(10, DAYS), [Suspend(date(2026, 11, 5), date(2026, 11, 8)), Suspend(date(2026, 11, 7), date(2026, 11, 10))], "2026-11-18 Wed", None, False,
    ),
    "A suspension within a month adds as many days to its corresponding day": (
        "2026-10-12 Mon", Rule(1, MONTHS), [Suspend(date(2026, 10, 20), date(2026, 10, 24))], "2026-11-17 Tue", None, False,
    ),
    "Days left out beyond the calendar decide nothing, so the date is not provisional for them": (
        "2022-12-20 Tue", Rule(3, WORKING), [Suspend(date(2022, 12, 21), date(2022, 12, 31))], "2023-01-05 Thu", None, False,
    ),
    "A hearing put off begins its backward period anew from the new day": (
        "2026-11-20 Fri", Rule(7, DAYS, "backward", "back"), [Restart(date(2026, 12, 4))], "2026-11-27 Fri", None, False,
    ),
    "A hand-back that restarts the clock drops the extension granted before it": (
        "2026-11-02 Mon", Rule(15, WORKING), [Extend(10, WORKING, date(2026, 11, 5)), Restart(date(2026, 11, 9))], "2026-11-30 Mon", None, False,
    ),
    "An extension granted after the restart stands": (
        "2026-11-02 Mon", Rule(15, WORKING), [Restart(date(2026, 11, 9)), Extend(10, WORKING, date(2026, 11, 10))], "2026-12-14 Mon", None, False,
    ),
    "Working days added to a period in calendar days are counted from its raw end": (
        "2026-09-01 Tue", Rule(30, DAYS), [Extend(5, WORKING)], "2026-10-13 Tue", None, False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("sentence", SCENARIOS)
def test_the_last_day_is_in_time_and_the_next_is_late(calendar: Calendar, sentence: str) -> None:
    """Each statute-like sentence gives its last day; an act on that day is in time and one a day later is not."""
    start, rule, events, last, rolled, provisional = SCENARIOS[sentence]
    due = compute(on(start), rule, calendar, events)
    assert due.due_on == on(last)
    assert due.rolled_on == (on(rolled) if rolled else None)
    assert due.provisional is provisional
    assert due.calendar == "cn-2026.1"
    explanation = explain(on(start), rule, calendar, events)
    assert explanation.progress(on(last)).overdue_days == 0
    assert explanation.progress(on(last) + timedelta(days=1)).overdue_days == 1


def test_the_start_day_is_the_local_day_of_the_instant(calendar: Calendar) -> None:
    """Something filed at 16:30 UTC on the 17th was filed on the 18th in Beijing, and the 18th is not counted."""
    filed = datetime.fromisoformat("2026-09-17T16:30:00+00:00")
    assert compute(filed, Rule(15, WORKING), calendar).due_on == on("2026-10-15 Thu")
    earlier = datetime.fromisoformat("2026-09-17T15:59:59+00:00")
    assert compute(earlier, Rule(15, WORKING), calendar).due_on == on("2026-10-14 Wed")


def test_hours_run_through_nights_and_holidays_to_the_minute(calendar: Calendar) -> None:
    """A duty to report within 24 hours, met at the last minute, is in time; a minute later it is late. The holiday
    does not help."""
    seen = datetime(2026, 9, 30, 17, 40, tzinfo=SHANGHAI)
    due = compute(seen, Rule(24, "hour", roll="forward"), calendar)
    assert due.due_at == datetime(2026, 10, 1, 17, 40, tzinfo=SHANGHAI)
    assert (due.due_on, due.rolled_on, due.provisional) == (None, None, False)
    assert due.due_at is not None and due.due_at.utcoffset() == timedelta(hours=8)


def test_hours_of_a_suspended_day_are_left_out_whole(calendar: Calendar) -> None:
    """48 hours from Friday 10:00 with the whole Saturday suspended end on Monday at 10:00."""
    start = datetime(2026, 11, 20, 10, tzinfo=SHANGHAI)
    due = compute(start, Rule(48, "hour"), calendar, [Suspend(on("2026-11-21 Sat"), on("2026-11-21 Sat"))])
    assert due.due_at == datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)


def test_a_period_in_hours_can_be_extended_in_hours_and_in_working_days(calendar: Calendar) -> None:
    """Hours are added to the moment; working days move the day and keep the time of day."""
    start = datetime(2026, 9, 30, 9, tzinfo=SHANGHAI)
    assert compute(start, Rule(24, "hour"), calendar, [Extend(12, "hour")]).due_at == datetime(
        2026, 10, 1, 21, tzinfo=SHANGHAI
    )
    later = compute(start, Rule(24, "hour"), calendar, [Extend(1, WORKING)])
    assert later.due_at == datetime(2026, 10, 8, 9, tzinfo=SHANGHAI)


def test_while_a_suspension_runs_there_is_no_due_date(calendar: Calendar) -> None:
    """A running suspension leaves the date open; it names its first day, and once it ends the left-out days are
    added."""
    rule, start = Rule(15, WORKING), on("2026-09-18 Fri")
    running = compute(start, rule, calendar, [Suspend(on("2026-09-28 Mon"))])
    assert (running.due, running.suspended_since_on) == (None, on("2026-09-28 Mon"))
    ended = compute(start, rule, calendar, [Suspend(on("2026-09-28 Mon"), on("2026-09-30 Wed"))])
    assert ended.due_on == on("2026-10-20 Tue")


def test_a_running_suspension_that_begins_after_the_last_day_stops_nothing(calendar: Calendar) -> None:
    """A suspension from the day after the last day cannot take the due date away."""
    start = on("2026-11-02 Mon")
    assert compute(start, Rule(10, DAYS), calendar, [Suspend(on("2026-11-13 Fri"))]).due_on == on("2026-11-12 Thu")
    assert compute(start, Rule(10, DAYS), calendar, [Suspend(on("2026-11-12 Thu"))]).due_on is None


def test_a_right_whose_rolled_day_is_suspended_waits_for_the_suspension(calendar: Calendar) -> None:
    """The count ends on a Saturday; the Monday it would roll to is suspended, so the right runs to the first free
    working day."""
    rule, start = Rule(10, DAYS, roll="forward"), on("2026-11-11 Wed")
    assert compute(start, rule, calendar).due_on == on("2026-11-23 Mon")
    suspended = [Suspend(on("2026-11-23 Mon"), on("2026-11-24 Tue"))]
    assert compute(start, rule, calendar, suspended).due_on == on("2026-11-25 Wed")
    assert compute(start, rule, calendar, [Suspend(on("2026-11-23 Mon"))]).due_on is None


def test_a_right_rolled_onto_the_single_last_day_of_a_suspension_goes_one_further(calendar: Calendar) -> None:
    """The Monday it would roll to is suspended alone, so the right runs to the Tuesday."""
    rule, start, monday = Rule(10, DAYS, roll="forward"), on("2026-11-11 Wed"), on("2026-11-23 Mon")
    assert compute(start, rule, calendar, [Suspend(monday, monday)]).due_on == on("2026-11-24 Tue")


def test_a_roll_against_the_count_does_not_skip_suspended_days(calendar: Calendar) -> None:
    """A forward period that moves back to a suspended Friday stays there; to skip it would shorten the period."""
    rule, start, friday = Rule(9, DAYS, roll="back"), on("2026-11-11 Wed"), on("2026-11-20 Fri")
    assert compute(start, rule, calendar, [Suspend(friday, friday)]).due_on == friday


def test_hours_that_end_at_midnight_end_before_the_suspended_day(calendar: Calendar) -> None:
    """Twenty-four hours from the first minute of Friday are over when the suspended Saturday begins, even if that has no end."""
    start, rule = datetime(2026, 11, 20, tzinfo=SHANGHAI), Rule(24, "hour")
    saturday = on("2026-11-21 Sat")
    for suspension in (Suspend(saturday, saturday), Suspend(saturday)):
        assert compute(start, rule, calendar, [suspension]).due_at == datetime(2026, 11, 21, tzinfo=SHANGHAI)
    assert compute(start, Rule(25, "hour"), calendar, [Suspend(saturday)]).due_at is None


def test_hours_counted_back_leave_suspended_days_out_too(calendar: Calendar) -> None:
    """Forty-eight hours before Monday 10:00 with Sunday suspended is Friday 10:00; a running suspension from Monday leaves no date."""
    hearing, rule = datetime(2026, 11, 23, 10, tzinfo=SHANGHAI), Rule(48, "hour", "backward")
    sunday, monday = on("2026-11-22 Sun"), on("2026-11-23 Mon")
    assert compute(hearing, rule, calendar).due_at == datetime(2026, 11, 21, 10, tzinfo=SHANGHAI)
    assert compute(hearing, rule, calendar, [Suspend(sunday, sunday)]).due_at == datetime(
        2026, 11, 20, 10, tzinfo=SHANGHAI
    )
    assert compute(hearing, rule, calendar, [Suspend(monday)]).due_at is None
    assert compute(hearing, rule, calendar, [Suspend(on("2026-11-24 Tue"))]).due_at == datetime(
        2026, 11, 21, 10, tzinfo=SHANGHAI
    )


def test_a_minimum_period_has_to_pass_whole(calendar: Calendar) -> None:
    """Thirty days of publication from 1 November: the act may be done on the day after the thirtieth, not on it."""
    due = compute(on("2026-11-01 Sun"), Rule(30, DAYS), calendar)
    assert due.due_on == on("2026-12-01 Tue")
    assert due.free_from_on == on("2026-12-02 Wed")


def test_a_new_calendar_settles_a_provisional_date(calendar: Calendar) -> None:
    """The same period is provisional while its year has no notice and settled once it has one, here on another day."""
    start, rule = on("2025-01-20 Mon"), Rule(10, WORKING)
    without = Calendar([year for year in calendar.years if year.year < 2025])
    before, after = compute(start, rule, without), compute(start, rule, calendar)
    assert (before.provisional, before.due_on, before.calendar) == (True, on("2025-02-03 Mon"), "cn-2024.1")
    assert (after.provisional, after.due_on, after.calendar) == (False, on("2025-02-08 Sat"), "cn-2026.1")


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("amount_wrong", lambda: Rule(-1, DAYS)),
        ("amount_wrong", lambda: Rule(True, DAYS)),
        ("amount_wrong", lambda: Rule(1.5, DAYS)),  # type: ignore[arg-type]
        ("amount_too_long", lambda: Rule(1_000_000, DAYS)),
        ("unit_unknown", lambda: Rule(1, "week")),  # type: ignore[arg-type]
        ("direction_unknown", lambda: Rule(1, DAYS, "sideways")),  # type: ignore[arg-type]
        ("roll_unknown", lambda: Rule(1, DAYS, "forward", "up")),  # type: ignore[arg-type]
        ("suspension_ends_before_it_begins", lambda: Suspend(date(2026, 1, 2), date(2026, 1, 1))),
        ("hours_need_an_instant", lambda: compute(date(2026, 1, 1), Rule(1, "hour"), Calendar([]))),
        ("extension_unit", lambda: compute(date(2026, 1, 1), Rule(1, DAYS), Calendar([]), [Extend(1, "hour")])),
        ("instant_without_offset", lambda: compute(datetime(2026, 1, 1, 9), Rule(1, DAYS), Calendar([]))),
        ("out_of_range", lambda: compute(date(9999, 12, 1), Rule(60, DAYS), Calendar([]))),
        ("out_of_range", lambda: compute(date(1, 1, 5), Rule(60, WORKING, "backward"), Calendar([]))),
        ("out_of_range", lambda: compute(date(9999, 12, 1), Rule(2, MONTHS), Calendar([]), [Extend(1, DAYS)])),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_refused_with_a_code(code: str, act) -> None:
    """A period that makes no sense is refused with a stable code that has words in both languages."""
    from mingze.words.terms import term_error_words

    with pytest.raises(TermError) as caught:
        act()
    assert caught.value.code == code
    assert term_error_words(caught.value, "en") and term_error_words(caught.value, "zh-Hans")
