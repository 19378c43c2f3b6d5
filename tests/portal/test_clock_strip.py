"""The clock strip shows every day of a period as the engine counted it, and says the same in words."""

from __future__ import annotations

from datetime import date

from mingze.portal.clock_strip import LONGEST, clock_strip
from mingze.terms import Rule, Suspend, explain
from tests.portal.matters import CALENDAR

START = date(2026, 9, 18)
FIFTEEN = Rule(15, "working_day")


def test_a_cell_stands_for_every_day_with_holidays_and_make_up_days() -> None:
    """Fifteen working days over the autumn holidays are 28 cells; the due cell is the last and carries the number 15."""
    today = date(2026, 10, 10)
    picture = clock_strip(explain(START, FIFTEEN, CALENDAR, today_on=today), "zh-Hans", today)
    assert len(picture.cells) == 28
    assert picture.cells[0].classes == "from" and picture.cells[0].top == "9月"
    assert picture.cells[2].top == "班" and picture.cells[2].box == "1", "Sunday 20 September is worked"
    assert [cell.box for cell in picture.cells[7:10]] == ["休", "休", "休"]
    assert picture.cells[22].classes == "work past now" and picture.cells[22].flag == "今天"
    assert (
        picture.cells[-1].classes == "work due" and picture.cells[-1].box == "15" and picture.cells[-1].flag == "到期"
    )
    assert {"班", "k-now", "k-due", "k-past", "k-rest"} <= {entry.mark or entry.shape for entry in picture.key}
    assert picture.rows[-1].classes == "is-due" and picture.rows[-1].count == "15"


def test_an_overdue_period_goes_on_in_red_cells_and_says_so_aloud() -> None:
    """Each day after the last one is a cell of its own, counted +1, +2 …; the picture's words and the table say overdue too."""
    today = date(2026, 10, 18)
    picture = clock_strip(explain(START, FIFTEEN, CALENDAR, today_on=today), "en", today)
    assert [cell.box for cell in picture.cells[-3:]] == ["+1", "+2", "+3"]
    assert picture.cells[-4].classes == "work due missed"
    assert picture.cells[-1].classes == "over now"
    assert "3 days overdue" in picture.spoken
    assert picture.rows[-1].classes == "is-over" and picture.rows[-1].how.startswith("3 days overdue")


def test_a_period_that_was_met_ends_there_and_has_no_today() -> None:
    """Once the act is done nothing is overdue and no cell is today, however late one looks."""
    picture = clock_strip(explain(START, FIFTEEN, CALENDAR), "zh-Hans", date(2026, 11, 30), met_on=date(2026, 10, 9))
    assert len(picture.cells) == 28
    assert [cell.flag for cell in picture.cells if "met" in cell.classes] == ["办了"]
    assert not any("now" in cell.classes.split() or "over" in cell.classes.split() for cell in picture.cells)


def test_days_beyond_the_calendar_are_dashed_and_the_date_is_provisional() -> None:
    """Working days of a year without a holiday notice are `maybe`; the last one says provisional instead of due."""
    picture = clock_strip(explain(date(2026, 12, 18), Rule(12, "working_day"), CALENDAR), "zh-Hans", date(2026, 12, 23))
    assert picture.provisional
    assert picture.cells[-1].classes == "work maybe due" and picture.cells[-1].flag == "暂定"
    assert [cell.top for cell in picture.cells if cell.date == "1"] == ["1月"]


def test_suspended_days_are_shown_and_not_counted() -> None:
    """A suspension has its own cells and its own sign in the key."""
    told = explain(
        date(2026, 11, 2), Rule(10, "working_day"), CALENDAR, [Suspend(date(2026, 11, 9), date(2026, 11, 12))]
    )
    picture = clock_strip(told, "en", date(2026, 11, 10))
    assert sum("paused" in cell.classes for cell in picture.cells) == 4
    assert "k-paused" in {entry.shape for entry in picture.key}


def test_a_running_suspension_has_no_due_cell() -> None:
    """While a suspension runs nobody can know the last day, so none is drawn."""
    picture = clock_strip(
        explain(date(2026, 11, 2), Rule(10, "working_day"), CALENDAR, [Suspend(date(2026, 11, 9))]),
        "en",
        date(2026, 11, 12),
    )
    assert not any("due" in cell.classes for cell in picture.cells)
    assert picture.total is None


def test_a_long_period_leaves_out_days_in_the_strip_and_never_in_the_table() -> None:
    """A year is shortened to its ends and today; the gaps say how many days they hold and the table counts all of them."""
    today = date(2026, 6, 1)
    picture = clock_strip(
        explain(date(2026, 1, 5), Rule(300, "calendar_day"), CALENDAR, today_on=today), "zh-Hans", today
    )
    gaps = [cell for cell in picture.cells if cell.classes == "gap"]
    left_out = sum(int("".join(letter for letter in cell.date if letter.isdigit())) for cell in gaps)
    assert len(picture.cells) <= LONGEST and len(gaps) == 2
    assert len(picture.cells) - len(gaps) + left_out == 301
    assert picture.total is not None and picture.total[2] == "300"


def test_english_flags_do_not_run_into_each_other() -> None:
    """Where today is the day after the start the English start flag gives way; the circle already says it."""
    today = date(2026, 9, 19)
    picture = clock_strip(explain(START, FIFTEEN, CALENDAR, today_on=today), "en", today)
    assert picture.cells[0].flag == "" and picture.cells[1].flag == "today"
