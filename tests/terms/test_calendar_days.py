"""Counting in tables of working days gives what looking at each day gives, in calendars made anew for each test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mingze.resources import calendar_texts
from mingze.terms import Calendar, CalendarErrors, CalendarYear, Rule, compute, read_calendar_year

DAY = timedelta(days=1)


def years(*wanted: int) -> list[CalendarYear]:
    """The official years, read from their files."""
    read = [read_calendar_year(text, file) for file, text in calendar_texts().items()]
    return [year for year in read if not wanted or year.year in wanted]


def declared(loaded: list[CalendarYear], day: date) -> str:
    """What a day is by reading the notices row by row."""
    for year in loaded:
        if any(part.from_on <= day <= part.to_on for part in year.rest):
            return "holiday"
        if any(made_up.on == day for made_up in year.makeup):
            return "makeup"
    return "working" if day.isoweekday() <= 5 else "weekend"


def decided(loaded: list[CalendarYear], day: date) -> bool:
    """Whether one of the notices decides the day: its own year's, or one that names it."""
    return any(year.year == day.year for year in loaded) or declared(loaded, day) in ("holiday", "makeup")


@pytest.mark.parametrize("wanted", [(), (2023, 2024), (2023, 2025), (2026,), (1999,)])
def test_every_day_and_every_count_is_what_walking_finds(wanted: tuple[int, ...]) -> None:
    """For each day from two months before to two months after: its kind, its coverage, and the working days 1, 5 and 40
    on and back are those that walking day by day finds; also with a year missing in between, and with no year at all."""
    loaded = years(*wanted)
    calendar = Calendar(loaded)
    first = date(min((year.year for year in loaded), default=2025), 1, 1) - 60 * DAY
    last = date(max((year.year for year in loaded), default=2025), 12, 31) + 60 * DAY
    days = [first + offset * DAY for offset in range((last - first).days + 1)]
    kinds = [declared(loaded, day) for day in days]
    assert [calendar.kind(day).type for day in days] == kinds
    assert [calendar.works(day) for day in days] == [kind in ("working", "makeup") for kind in kinds]
    assert [calendar.covers(day) for day in days] == [decided(loaded, day) for day in days]
    working = [day.toordinal() for day, kind in zip(days, kinds, strict=True) if kind in ("working", "makeup")]
    for day in days[60:-60]:
        on = [each for each in working if each > day.toordinal()][:40]
        back = [each for each in reversed(working) if each < day.toordinal()][:40]
        assert calendar.working_days_from(day.toordinal(), 0) == day.toordinal()
        for count in (1, 5, 40):
            if len(on) >= count:
                assert calendar.working_days_from(day.toordinal(), count) == on[count - 1]
            if len(back) >= count:
                assert calendar.working_days_from(day.toordinal(), -count) == back[count - 1]
    uncovered = [not decided(loaded, day) for day in days]
    for start in range(0, len(days) - 200, 37):
        span = days[start].toordinal(), days[start + 199].toordinal()
        assert calendar.uncovered_days(*span) == sum(uncovered[start : start + 200])
    assert calendar.uncovered_days(last.toordinal(), last.toordinal() - 1) == 0


def test_a_calendar_says_which_it_is() -> None:
    """Its name, years, last decided day and version; each correction of a year raises the version by one."""
    loaded = years()
    calendar = Calendar(reversed(loaded))
    assert (calendar.id, calendar.years, calendar.version) == ("cn", tuple(loaded), "cn-2026.1")
    assert calendar.covered_until_on == date(2026, 12, 31)
    corrected = [replace(loaded[0], version=3), *loaded[1:3], replace(loaded[3], version=2)]
    assert Calendar(corrected).version == "cn-2026.4"
    assert Calendar(corrected).digest != calendar.digest
    empty = Calendar([])
    assert (empty.version, empty.covered_until_on, empty.years) == ("cn-0.0", None, ())
    assert empty.digest != calendar.digest
    assert Calendar(years()).digest == calendar.digest


def test_whatever_decides_a_date_is_in_the_digest() -> None:
    """A day off more, a made-up day less, another number, another year: each gives another digest."""
    (year,) = years(2026)
    rest, makeup = year.rest, year.makeup
    others = [
        replace(year, rest=rest[:-1]),
        replace(year, rest=(*rest[:2], replace(rest[2], to_on=rest[2].to_on + DAY), *rest[3:])),
        replace(year, rest=(*rest[:2], replace(rest[2], from_on=rest[2].from_on - DAY), *rest[3:])),
        replace(year, makeup=makeup[:-1]),
        replace(year, version=year.version + 1),
        replace(year, notice=replace(year.notice, number="another")),
    ]
    digests = {Calendar([each]).digest for each in [year, *others]}
    assert len(digests) == len(others) + 1
    assert all(digest.startswith("sha256:") and len(digest) == 71 for digest in digests)


def test_a_notice_decides_its_year_and_the_december_days_it_names() -> None:
    """31 December 2022 is off by the notice for 2023, which decides no other day of 2022."""
    calendar = Calendar(years())
    (year,) = years(2023)
    assert calendar.notice_for(date(2022, 12, 31)) == year.notice
    assert calendar.notice_for(date(2022, 12, 30)) is None
    assert calendar.notice_for(date(2023, 12, 31)) == year.notice
    assert calendar.notice_for(date(2027, 1, 1)) is None
    (last,) = [replace(each, rest=(*each.rest, december(each))) for each in years(2025)]
    both = Calendar([years(2024)[0], replace(last, rest=last.rest)])
    assert both.notice_for(date(2024, 12, 30)) == last.notice
    assert both.notice_for(date(2024, 12, 31)) == last.notice
    assert both.notice_for(date(2024, 12, 29)) == years(2024)[0].notice
    assert [notice.number for notice in calendar.notices(date(2024, 12, 31), date(2025, 1, 1))] == [
        years(2024)[0].notice.number,
        years(2025)[0].notice.number,
    ]


def december(year: CalendarYear):
    """Two days off at the end of the year before, as a notice may give them."""
    return replace(year.rest[0], from_on=date(year.year - 1, 12, 30), to_on=date(year.year - 1, 12, 31))


def problems(loaded: list[CalendarYear], id: str = "cn") -> list[tuple[str, int, int, str, str, str]]:
    """What is wrong with years put together: file, line, column, code, expected, found."""
    with pytest.raises(CalendarErrors) as refused:
        Calendar(loaded, id)
    return [
        (each.file, each.line, each.column, each.code, each.expected, each.found) for each in refused.value.problems
    ]


def test_a_day_off_and_a_day_worked_for_it_know_their_festival() -> None:
    """Each day a notice names keeps the festival the notice gives it; other days have none."""
    loaded = years(2026)
    calendar = Calendar(loaded)
    for part in loaded[0].rest:
        assert calendar.kind(part.from_on) == ("holiday", part.festival)
        assert calendar.kind(part.to_on) == ("holiday", part.festival)
    for day in loaded[0].makeup:
        assert calendar.kind(day.on) == ("makeup", day.festival)
    assert calendar.kind(date(2026, 9, 21)) == ("working", None)


def test_a_named_day_with_an_undecided_day_beside_it_leaves_that_day_undecided() -> None:
    """A notice that names 30 December but not the 31st of the year before decides the one and not the other."""
    (year,) = years(2026)
    alone = replace(year.rest[0], from_on=date(2025, 12, 30), to_on=date(2025, 12, 30))
    calendar = Calendar([replace(year, rest=(*year.rest[1:], alone))])
    assert [calendar.covers(date(2025, 12, day)) for day in (29, 30, 31)] == [False, True, False]
    assert calendar.covers(date(2026, 1, 1))
    start = date(2022, 12, 30)
    assert not compute(start, Rule(1, "working_day"), Calendar(years())).provisional


def test_years_that_do_not_fit_together_are_refused_at_their_line() -> None:
    """A year given twice, a year of another country, and two notices that contradict each other about one day."""
    (this,) = years(2026)
    (before,) = years(2025)
    this, before = replace(this, file="this.yaml"), replace(before, file="before.yaml")
    assert problems([this, this]) == [("this.yaml", 1, 1, "year_twice", "one file a year", "2026")]
    assert problems([this], "xx") == [("this.yaml", 1, 1, "other_calendar", "xx", "cn")]
    made_up = replace(this.makeup[0], on=date(2025, 10, 1), line=7)
    other = replace(this, makeup=(*this.makeup, made_up))
    assert problems([before, other]) == [("this.yaml", 7, 1, "years_contradict", "holiday", "2025-10-01 makeup")]
    off = replace(this.rest[0], from_on=date(2025, 10, 11), to_on=date(2025, 10, 11), line=9)
    assert problems([before, replace(this, rest=(*this.rest, off))]) == [
        ("this.yaml", 9, 1, "years_contradict", "makeup", "2025-10-11 holiday")
    ]
    found = problems([this, this, replace(before, calendar="zz")])
    assert [each[3] for each in found] == ["other_calendar", "year_twice"]
    agreeing = replace(this.rest[0], from_on=date(2025, 10, 1), to_on=date(2025, 10, 1))
    assert Calendar([before, replace(this, rest=(*this.rest, agreeing))]).kind(date(2025, 10, 1)).type == "holiday"
