"""The calendar files say what the notices say: compared with two other packages on every day, and with the law's own
table."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from mingze.resources import calendar_texts
from mingze.terms import Calendar, CalendarErrors, read_calendar_year

DAYS = [date(2023, 1, 1) + timedelta(days=offset) for offset in range(1461)]


def test_every_day_of_2023_to_2026_agrees_with_chinesecalendar(calendar: Calendar) -> None:
    """Each of the 1,461 days is a working day for us exactly when `chinesecalendar` says so."""
    assert DAYS[-1] == date(2026, 12, 31)
    assert [day for day in DAYS if calendar.works(day) != chinese_calendar.is_workday(day)] == []


def test_every_day_of_2023_to_2026_agrees_with_holidays(calendar: Calendar) -> None:
    """Each of the 1,461 days is a working day for us exactly when `holidays` says so."""
    china = holidays.country_holidays("CN", years=range(2023, 2027))
    assert [day for day in DAYS if calendar.works(day) != china.is_working_day(day)] == []


def test_a_weekday_holiday_and_a_make_up_day_know_their_festival(calendar: Calendar) -> None:
    """A day off names its festival and so does the weekend day worked in exchange."""
    assert calendar.kind(date(2026, 10, 1)).festival == {"zh": "国庆节", "en": "National Day"}
    assert calendar.kind(date(2026, 9, 20)) == ("makeup", {"zh": "国庆节", "en": "National Day"})
    assert calendar.kind(date(2026, 9, 19)).type == "weekend"
    assert calendar.kind(date(2026, 9, 21)).type == "working"


def test_the_notices_give_26_make_up_days(calendar: Calendar) -> None:
    """Over the four years 26 weekend days are worked; the idiom "weekday and not a holiday" is wrong on each of
    them."""
    made_up = [day for day in DAYS if calendar.kind(day).type == "makeup"]
    assert len(made_up) == 26
    assert all(day.isoweekday() >= 6 and calendar.works(day) for day in made_up)


def test_the_eve_of_the_2024_spring_festival_is_a_working_day(calendar: Calendar) -> None:
    """The notice for 2024 only encouraged leave on 9 February; it gave no day off."""
    assert calendar.works(date(2024, 2, 9))
    assert not calendar.works(date(2024, 2, 10))


@pytest.mark.parametrize(
    ("year", "number", "issued_on"),
    [
        (2023, "国办发明电〔2022〕16号", date(2022, 12, 8)),
        (2024, "国办发明电〔2023〕7号", date(2023, 10, 25)),
        (2025, "国办发明电〔2024〕12号", date(2024, 11, 12)),
        (2026, "国办发明电〔2025〕7号", date(2025, 11, 4)),
    ],
)
def test_each_year_cites_its_notice(calendar: Calendar, year: int, number: str, issued_on: date) -> None:
    """Every covered day leads to the notice that decides it, by number and date of issue."""
    notice = calendar.notice_for(date(year, 6, 1))
    assert notice is not None
    assert (notice.number, notice.issued_on) == (number, issued_on)
    assert str(year) in notice.title["zh"] and str(year) in notice.title["en"]


def test_days_beyond_the_notices_are_answered_by_weekends_and_said_to_be_uncovered(calendar: Calendar) -> None:
    """2027 has no notice yet: New Year's Day, a Friday, looks like a working day, and `covers` says not to trust it."""
    assert calendar.covered_until_on == date(2026, 12, 31)
    assert calendar.covers(date(2026, 12, 31)) and not calendar.covers(date(2027, 1, 1))
    assert calendar.works(date(2027, 1, 1)) and not calendar.works(date(2027, 1, 2))
    assert calendar.notice_for(date(2027, 1, 1)) is None


def test_a_day_of_december_named_by_the_next_notice_is_covered(calendar: Calendar) -> None:
    """31 December 2022 is decided by the notice for 2023, the day before it by nobody."""
    assert calendar.covers(date(2022, 12, 31)) and not calendar.covers(date(2022, 12, 30))
    assert calendar.kind(date(2022, 12, 31)).type == "holiday"
    notice = calendar.notice_for(date(2022, 12, 31))
    assert notice is not None and notice.number == "国办发明电〔2022〕16号"


def test_counting_working_days_by_table_equals_stepping(calendar: Calendar) -> None:
    """The n-th working day after and before a date is the same by arithmetic and by stepping, across all edges of the
    table."""
    edges = [
        date(2022, 12, 20),
        date(2022, 12, 31),
        date(2023, 1, 1),
        date(2024, 9, 13),
        date(2026, 12, 25),
        date(2027, 2, 1),
    ]
    for edge in edges:
        for sign in (1, -1):
            day, count = edge, 0
            while count < 40:
                day += timedelta(days=sign)
                if calendar.works(day):
                    count += 1
                    assert date.fromordinal(calendar.working_days_from(edge.toordinal(), sign * count)) == day


# ---------------------------------------------------------------------------- versions


def _years(**replaced: str) -> Calendar:
    texts = dict(calendar_texts())
    for name, text in replaced.items():
        texts[name.removeprefix("y") + ".yaml"] = text
    return Calendar(read_calendar_year(text, name) for name, text in texts.items())


def test_the_version_names_the_last_year_and_rises_with_every_correction(calendar: Calendar) -> None:
    """The shipped calendar is cn-2026.1; correcting an earlier year raises it, and the digest changes with the
    content."""
    assert calendar.version == "cn-2026.1"
    corrected = _years(y2024=calendar_texts()["2024.yaml"].replace("version: 1", "version: 2"))
    assert corrected.version == "cn-2026.2"
    assert corrected.digest != calendar.digest
    assert calendar.digest == _years().digest


def test_the_order_in_which_years_are_given_changes_nothing(calendar: Calendar) -> None:
    """The same years in another order are the same calendar."""
    again = Calendar(reversed(calendar.years))
    assert (again.version, again.digest) == (calendar.version, calendar.digest)


def test_a_missing_year_between_two_others_is_uncovered() -> None:
    """With 2023 and 2025 alone, 2024 is answered by weekends and said to be uncovered."""
    texts = calendar_texts()
    gapped = Calendar([read_calendar_year(texts["2023.yaml"]), read_calendar_year(texts["2025.yaml"])])
    assert gapped.covers(date(2023, 12, 31)) and gapped.covers(date(2025, 1, 1))
    assert not gapped.covers(date(2024, 2, 12))
    assert gapped.works(date(2024, 2, 12))


def test_a_calendar_that_begins_with_a_day_off_or_with_a_working_day_counts_from_its_first_day() -> None:
    """With 2025 alone New Year's Day, a Wednesday, is off; in a year whose notice names no day it is worked."""
    texts = calendar_texts()
    alone = Calendar([read_calendar_year(texts["2025.yaml"])])
    assert date.fromordinal(alone.working_days_from(date(2024, 12, 31).toordinal(), 1)) == date(2025, 1, 2)
    assert date.fromordinal(alone.working_days_from(date(2025, 1, 1).toordinal(), 1)) == date(2025, 1, 2)
    head = texts["2025.yaml"].partition("rest:")[0]
    plain = Calendar([read_calendar_year(head + "rest: []\nmakeup: []\n")])
    assert plain.works(date(2025, 1, 1))
    assert date.fromordinal(plain.working_days_from(date(2024, 12, 31).toordinal(), 1)) == date(2025, 1, 1)


def test_a_calendar_without_years_knows_weekends_and_covers_nothing() -> None:
    """Before any notice is loaded every result is one of weekends alone."""
    empty = Calendar([])
    assert empty.covered_until_on is None
    assert empty.works(date(2026, 10, 1)) and not empty.covers(date(2026, 10, 1))
    assert date.fromordinal(empty.working_days_from(date(2026, 9, 30).toordinal(), 5)) == date(2026, 10, 7)


def test_two_notices_that_contradict_each_other_are_refused(calendar: Calendar) -> None:
    """A December day off in one year's file and worked in the year before it is an error with its line, not a guess."""
    texts = calendar_texts()
    before = texts["2025.yaml"] + "  - {on: 2025-12-28 Sun, festival: {zh: 元旦, en: New Year's Day}}\n"
    after = texts["2026.yaml"].replace(
        "rest:\n", "rest:\n  - {from: 2025-12-26 Fri, to: 2025-12-28 Sun, festival: {zh: 元旦, en: New Year's Day}}\n"
    )
    with pytest.raises(CalendarErrors) as caught:
        Calendar([read_calendar_year(before, "2025.yaml"), read_calendar_year(after, "2026.yaml")])
    assert [(problem.file, problem.code) for problem in caught.value.problems] == [("2026.yaml", "years_contradict")]
    assert caught.value.problems[0].line > 1


def test_one_year_given_twice_is_refused(calendar: Calendar) -> None:
    """Two files for one year would leave open which of them decides."""
    with pytest.raises(CalendarErrors) as caught:
        Calendar([*calendar.years, calendar.years[0]])
    assert caught.value.problems[0].code == "year_twice"
