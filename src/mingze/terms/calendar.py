"""Which days are working days, by whose notice, and how far the official calendar reaches.

A `Calendar` is composed of years, each taken from one State Council notice. Days no year covers are answered on
weekends alone and `covers` says False, so that a result that depends on them can be marked provisional.

Counting is arithmetic: a table holds, for every day from the first to the last the notices speak of, how many working
days came before it; outside the table weeks of five working days are computed. So the n-th working day after a date
takes the same time for n = 5 and n = 5,000.

Law: the yearly notice of the General Office of the State Council on 节假日安排, which rests on
全国年节及纪念日放假办法 (2024) 2, 6, 7. A make-up weekend day (调休上班) is a working day;
`docs/readings/makeup-days.md` states the footing.
"""

import hashlib
import json
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from mingze.terms.refusal import CalendarErrors, CalendarProblem

type DayType = Literal["working", "weekend", "holiday", "makeup"]
type Name = Mapping[str, str]
"""A name in both languages: {"zh": …, "en": …}."""


class DayKind(NamedTuple):
    """What a day is: `working`, `weekend`, a `holiday` or a `makeup` working day with the festival it belongs to."""

    type: DayType
    festival: Name | None = None

    @property
    def works(self) -> bool:
        """Whether offices work on that day."""
        return self.type in ("working", "makeup")


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice a year of the calendar is taken from."""

    number: str
    title: Name
    issued_on: date

    def to_json(self) -> dict[str, object]:
        """The notice as plain data."""
        return {"number": self.number, "title": dict(self.title), "issued_on": self.issued_on.isoformat()}


@dataclass(frozen=True, slots=True)
class RestRange:
    """Days off for one festival, both ends included, and the line of the file that says so."""

    from_on: date
    to_on: date
    festival: Name
    line: int = 0


@dataclass(frozen=True, slots=True)
class MakeupDay:
    """A weekend day on which offices work because of one festival, and the line of the file that says so."""

    on: date
    festival: Name
    line: int = 0


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year as one notice sets it. `version` rises when the file is corrected."""

    calendar: str
    year: int
    version: int
    notice: Notice
    rest: tuple[RestRange, ...]
    makeup: tuple[MakeupDay, ...]
    file: str = ""


WORKING = DayKind("working")
WEEKEND = DayKind("weekend")


def _weekdays_up_to(ordinal: int) -> int:
    """How many Mondays to Fridays lie in the days 1 … ordinal (day 1 of the proleptic calendar is a Monday)."""
    weeks, rest = divmod(ordinal, 7)
    return 5 * weeks + (rest if rest < 5 else 5)


def _nth_weekday(n: int) -> int:
    """The ordinal of the n-th Monday-to-Friday day, counted from day 1."""
    weeks, rest = divmod(n - 1, 5)
    return 7 * weeks + rest + 1


class Calendar:
    """The working days of one country over the years that are loaded; never changes once made.

    `version` looks like ``cn-2026.1``: the last year covered, and 1 more than all corrections to the years loaded.
    `digest` is the SHA-256 of everything that decides a date, so two calendars with equal digests give equal dates.

    Raises: `CalendarErrors` when two years contradict each other, or one year is given twice.
    """

    __slots__ = (
        "_covered",
        "_first",
        "_kinds",
        "_last",
        "_low_rank",
        "_nth",
        "_rank",
        "_shift",
        "digest",
        "id",
        "version",
        "years",
    )

    def __init__(self, years: Iterable[CalendarYear], id: str = "cn") -> None:
        ordered = sorted(years, key=lambda year: year.year)
        self.id = id
        self.years = tuple(ordered)
        self._kinds = _declared(ordered, id)
        self._covered = _covered(ordered, self._kinds)
        last = ordered[-1].year if ordered else 0
        self.version = f"{id}-{last}.{1 + sum(year.version - 1 for year in ordered)}" if ordered else f"{id}-0.0"
        self.digest = _digest(id, ordered)
        self._first, self._last = (self._covered[0][0], self._covered[-1][1]) if self._covered else (1, 0)
        self._low_rank = _weekdays_up_to(self._first - 1)
        rank, nth, count = array("l"), array("l"), self._low_rank
        for ordinal in range(self._first, self._last + 1):
            if self._kind(ordinal).works:
                count += 1
                nth.append(ordinal)
            rank.append(count)
        self._rank, self._nth = rank, nth
        self._shift = count - _weekdays_up_to(self._last)

    # ------------------------------------------------------------------ what a day is

    def covers(self, day: date) -> bool:
        """Whether an official notice that is loaded decides this day."""
        return not self.uncovered_days(ordinal := day.toordinal(), ordinal)

    def kind(self, day: date) -> DayKind:
        """What the day is; beyond coverage by weekends alone (ask `covers`)."""
        return self._kind(day.toordinal())

    def works(self, day: date) -> bool:
        """Whether offices work on that day; beyond coverage by weekends alone."""
        return self.works_at(day.toordinal())

    def notice_for(self, day: date) -> Notice | None:
        """The notice that decides this day, None beyond coverage.

        The notice of a year may speak of the last days of December before it; then it decides them.
        """
        for year in reversed(self.years):
            if year.year == day.year or (
                year.year == day.year + 1 and any(part.from_on <= day <= part.to_on for part in year.rest)
            ):
                return year.notice
        return None

    def notices(self, from_on: date, to_on: date) -> tuple[Notice, ...]:
        """The notices of the years a span touches, in order."""
        return tuple(year.notice for year in self.years if from_on.year <= year.year <= to_on.year)

    @property
    def covered_until_on(self) -> date | None:
        """The last day an official notice decides, None for a calendar without years."""
        return date.fromordinal(self._last) if self._covered else None

    # ------------------------------------------------------------------ arithmetic on ordinals

    def works_at(self, ordinal: int) -> bool:
        """`works` for a day given as its proleptic Gregorian ordinal."""
        offset = ordinal - self._first
        if 0 < offset < len(self._rank):
            return self._rank[offset] > self._rank[offset - 1]
        return self._kind(ordinal).works

    def rank(self, ordinal: int) -> int:
        """How many working days there are up to and with this day, from an arbitrary but fixed beginning."""
        if ordinal > self._last:
            return _weekdays_up_to(ordinal) + self._shift
        if ordinal < self._first:
            return _weekdays_up_to(ordinal)
        return self._rank[ordinal - self._first]

    def at_rank(self, rank: int) -> int:
        """The working day (as ordinal) whose `rank` this is."""
        index = rank - self._low_rank - 1
        if index < 0:
            return _nth_weekday(rank)
        if index < len(self._nth):
            return self._nth[index]
        return _nth_weekday(rank - self._shift)

    def working_days_from(self, ordinal: int, count: int) -> int:
        """The ordinal of the count-th working day after a day (count > 0) or before it (count < 0); 0 gives the day."""
        if count > 0:
            return self.at_rank(self.rank(ordinal) + count)
        if count < 0:
            return self.at_rank(self.rank(ordinal - 1) + 1 + count)
        return ordinal

    def uncovered_days(self, first: int, last: int) -> int:
        """How many of the days first … last (ordinals, both included) no notice decides."""
        if first > last:
            return 0
        days = last - first + 1
        for low, high in self._covered:
            overlap = min(last, high) - max(first, low) + 1
            if overlap > 0:
                days -= overlap
        return days

    def _kind(self, ordinal: int) -> DayKind:
        declared = self._kinds.get(ordinal)
        if declared is not None:
            return declared
        return WORKING if (ordinal - 1) % 7 < 5 else WEEKEND

    def __repr__(self) -> str:
        return f"Calendar({self.version!r})"


def _declared(years: list[CalendarYear], id: str) -> dict[int, DayKind]:
    """Every day a notice names, with what it is; contradictions are refused."""
    kinds: dict[int, DayKind] = {}
    problems: list[CalendarProblem] = []
    seen: set[int] = set()
    for year in years:
        if year.calendar != id:
            problems.append(CalendarProblem(year.file, 1, 1, "other_calendar", id, year.calendar))
        if year.year in seen:
            problems.append(CalendarProblem(year.file, 1, 1, "year_twice", "one file a year", str(year.year)))
        seen.add(year.year)
        rows = [
            (ordinal, part.line, DayKind("holiday", part.festival))
            for part in year.rest
            for ordinal in range(part.from_on.toordinal(), part.to_on.toordinal() + 1)
        ]
        rows += [(day.on.toordinal(), day.line, DayKind("makeup", day.festival)) for day in year.makeup]
        for ordinal, line, kind in rows:
            if kinds.setdefault(ordinal, kind).type != kind.type:
                found = f"{date.fromordinal(ordinal).isoformat()} {kind.type}"
                problems.append(CalendarProblem(year.file, line, 1, "years_contradict", kinds[ordinal].type, found))
    if problems:
        raise CalendarErrors(problems)
    return kinds


def _covered(years: list[CalendarYear], kinds: Mapping[int, DayKind]) -> tuple[tuple[int, int], ...]:
    """The spans of days that are decided: the loaded years, and days outside them that a notice names."""
    spans = [(date(year.year, 1, 1).toordinal(), date(year.year, 12, 31).toordinal()) for year in years]
    spans += [(ordinal, ordinal) for ordinal in kinds]
    merged: list[tuple[int, int]] = []
    for low, high in sorted(spans):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return tuple(merged)


def _digest(id: str, years: list[CalendarYear]) -> str:
    content = [
        id,
        [
            [
                year.year,
                year.version,
                year.notice.number,
                [[part.from_on.isoformat(), part.to_on.isoformat()] for part in year.rest],
                [day.on.isoformat() for day in year.makeup],
            ]
            for year in years
        ],
    ]
    return (
        "sha256:" + hashlib.sha256(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
    )
