"""How long a case can take if everybody acts on the last day allowed, and how much of that the law sets.

Each wait of the longest course is put down to the period that ends it: set by a source of law, or by a local rule;
borne by an office, by the person, or by a body outside. A date that the matter itself states is not counted beyond
what the procedure gives where none is stated.

Units: calendar days. A period in working days counts as the longest stretch it covers in the official calendar.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from mingze.procedure.model import DatedNumber, Procedure
from mingze.procedure.walking import State, Walk
from mingze.terms import Calendar

KEPT = 24
"""How many different courses to one state are followed on; the longest come first."""


@lru_cache(maxsize=64)
def _stretches(calendar: Calendar) -> tuple[tuple[int, ...], int]:
    """The working days of the official years as day numbers, and the longest run of rest days."""
    working: list[int] = []
    rest = longest = 0
    for year in calendar.years:
        for day in range(date(year.year, 1, 1).toordinal(), date(year.year + 1, 1, 1).toordinal()):
            if calendar.works_at(day):
                working.append(day)
                rest = 0
            else:
                rest += 1
                longest = max(longest, rest)
    return tuple(working), longest


@lru_cache(maxsize=4096)
def longest_days(value: int, unit: str, rolls: bool, calendar: Calendar) -> int:
    """The most calendar days a period can last, whenever it starts.

    A working-day period longer than the official calendar is taken as seven days for five and a month of festivals.
    """
    working, rest = _stretches(calendar)
    match unit:
        case "working_day" if value < len(working):
            days = max(late - early for early, late in zip(working, working[value:], strict=False))
        case "working_day":
            days = value * 7 // 5 + 31
        case "hour":
            return -(-value // 24)
        case "month" | "year":
            months = value * (12 if unit == "year" else 1)
            starts = [(2023 + at // 12, at % 12 + 1) for at in range(48)]
            ends = [(year + (month - 1 + months) // 12, (month - 1 + months) % 12 + 1) for year, month in starts]
            days = max((date(*end, 1) - date(*start, 1)).days for start, end in zip(starts, ends, strict=True))
        case _:
            days = value
    return days + (rest if rolls else 0)


@dataclass(frozen=True, slots=True)
class Leg:
    """One wait of the longest course: at `stage`, for `days`, until `clock` ends it with `action`."""

    stage: str
    action: str
    clock: str
    days: int
    law: bool
    borne_by: str

    def to_json(self) -> dict[str, object]:
        """Plain data."""
        return {
            "stage": self.stage,
            "action": self.action,
            "clock": self.clock,
            "days": self.days,
            "law": self.law,
            "borne_by": self.borne_by,
        }


@dataclass(frozen=True, slots=True)
class Overrun:
    """A way to act in time at every step and still let a period of the law run out."""

    clock: str
    stage: str
    tenths: int
    path: tuple[str, ...]

    @property
    def days(self) -> int:
        """By how many ordinary days the wait outlasts the period."""
        return -(-self.tenths // 10)


@dataclass(frozen=True, slots=True)
class Durations:
    """The longest course of a procedure. `repeats`: actions a case can take again and again, counted once here."""

    legs: tuple[Leg, ...] = ()
    repeats: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    overruns: tuple[Overrun, ...] = field(default=())

    @property
    def days(self) -> int:
        """The whole course."""
        return sum(leg.days for leg in self.legs)

    def part(self, *, law: bool | None = None, borne_by: str | None = None) -> int:
        """The days of the course that rest on the law (or on local rules), or that one kind of bearer may take."""
        return sum(
            leg.days
            for leg in self.legs
            if (law is None or leg.law == law) and (borne_by is None or leg.borne_by == borne_by)
        )

    def to_json(self) -> dict[str, object]:
        """Plain data for `mingze check --json`."""
        return {
            "worst_days": self.days,
            "bounded": not self.repeats,
            "by_law_days": self.part(law=True),
            "by_local_rule_days": self.part(law=False),
            "office_days": self.part(borne_by="office"),
            "person_days": self.part(borne_by="person"),
            "outside_days": self.part(borne_by="outside"),
            "repeats": list(self.repeats),
            "stated_by_the_matter": list(self.stated),
            "course": [leg.to_json() for leg in self.legs if leg.days],
        }


class _Lengths(NamedTuple):
    """How long each period can last, what each extension adds, and which periods are set by law."""

    whole: Mapping[str, int]
    added: Mapping[tuple[str, str], int]
    law: frozenset[str]


class _Course(NamedTuple):
    """A course so far: days gone, the day each running period ends (of a suspended one: the days it has left)."""

    day: int
    ends: Mapping[str, int]
    before: _Course | None
    leg: Leg | None


def _number(procedure: Procedure, reference: str | None) -> DatedNumber | None:
    return max(procedure.parameters[reference[1:]], key=lambda row: row.from_) if reference else None


_TENTHS = {"calendar_day": 10, "working_day": 14, "hour": 10 / 24, "month": 304, "year": 3652}
"""A period in tenths of ordinary days, without festivals: waits are compared so, lest one festival count twice."""


def _lengths(procedure: Procedure, measure: Callable[[DatedNumber, bool], int]) -> _Lengths:
    """How long each period can last and each extension adds, and which periods the law sets."""
    whole: dict[str, int] = {}
    added: dict[tuple[str, str], int] = {}
    law: set[str] = set()
    for name, clock in procedure.clocks.items():
        number = _number(procedure, clock.limit or clock.minimum or clock.backward or clock.otherwise)
        # A backward period ends before the day it leads up to, which the matter states.
        whole[name] = 0 if number is None or clock.backward else measure(number, clock.rolls == "forward")
        if number and not (number.local or number.pending_text):
            law.add(name)
        for action, amount in clock.extended_by.items():
            more = _number(procedure, amount) if amount.startswith("$") else None
            if more is not None:
                added[name, action] = measure(more, False)
    return _Lengths(whole, added, frozenset(law))


def once_counted(procedure: Procedure, walk: Walk | None = None) -> tuple[Walk, tuple[str, ...]]:
    """The walk in which a case goes round each circle once, and the actions that close the circles."""
    walk = walk or Walk(procedure)
    closing = _closing(walk)
    return Walk(procedure, frozenset(closing)) if closing else walk, tuple(closing)


def _closing(walk: Walk) -> list[str]:
    """The actions that lead back in the circles of a walk, so many that without them no circle is left. None of them is
    counted by the procedure: what is counted never leads back to the same state.
    """
    closing: list[str] = []
    circles = walk.circles
    while circles:
        group = min(circles, key=lambda states: min(len(walk.paths[state]) for state in states))
        backs = [
            (len(walk.paths[to]) - len(walk.paths[state]), name)
            for state in group
            for name, to in walk.steps[state]
            if to in group and to != state and name not in closing
        ]
        closing.append(min(backs)[1])
        circles = walk.circles_without(frozenset(closing))
    return closing


def durations(procedure: Procedure, calendar: Calendar, walk: Walk | None = None) -> Durations:
    """The longest lawful course from opening to an end, and the periods of the law that local waits outlast; `walk`
    saves walking a procedure that was walked already.
    """
    walk, repeats = once_counted(procedure, walk)
    lengths = _lengths(procedure, lambda number, rolls: longest_days(number.value, number.unit, rolls, calendar))
    longest, _ = _longest(walk, lengths)
    overruns: dict[str, Overrun] = {}
    if lengths.law:
        tenths = _lengths(procedure, lambda number, rolls: round(number.value * _TENTHS[number.unit]))
        _, overruns = _longest(walk, tenths)
    stated = tuple(
        name
        for name, clock in procedure.clocks.items()
        if clock.due or clock.counts_from or any(amount.startswith("fact ") for amount in clock.extended_by.values())
    )
    legs: list[Leg] = []
    while longest is not None and longest.leg is not None:
        legs.append(longest.leg)
        longest = longest.before
    return Durations(tuple(reversed(legs)), repeats, stated, tuple(overruns.values()))


def _longest(walk: Walk, lengths: _Lengths) -> tuple[_Course | None, dict[str, Overrun]]:
    """The longest course to an end, acting at each step on the last day allowed, in whatever unit `lengths` has."""
    procedure = walk.procedure
    first = next(iter(walk.paths))
    courses: dict[State, list[_Course]] = {
        first: [_Course(0, {name: lengths.whole[name] for name in first.running}, None, None)]
    }
    overruns: dict[str, Overrun] = {}
    longest: _Course | None = None
    for state in walk.order:
        for course in _kept(courses.pop(state)):
            if walk.over(state):
                if longest is None or course.day > longest.day:
                    longest = course
                continue
            waits = [(course.ends[clock], clock, stage) for stage in state.stages for clock in walk.waits(state, stage)]
            until, clock, stage = min(waits, default=(course.day, "", state.stages[0]))
            day = max(course.day, until)
            _note_overruns(procedure, state, course, day, lengths, overruns)
            for name, to in walk.steps[state]:
                if to == state:
                    continue
                then = max([day, *(course.ends[held] for held in _held(procedure, state, name))])
                borne = procedure.clocks[clock].borne_by if clock else "office"
                leg = Leg(stage, name, clock, then - course.day, clock in lengths.law, borne)
                ends = _ends_after(procedure, state, to, name, course.ends, then, lengths)
                courses.setdefault(to, []).append(_Course(then, ends, course, leg))
    return longest, overruns


def _held(procedure: Procedure, state: State, name: str) -> list[str]:
    """The minimums that hold an action back in a state."""
    return [
        clock for clock in state.running if procedure.clocks[clock].minimum and name in procedure.clocks[clock].holds
    ]


def _kept(courses: list[_Course]) -> list[_Course]:
    """The courses that no other one outlasts in every period: acting later never makes a later date earlier."""
    kept: list[_Course] = []
    for course in sorted(courses, key=lambda each: -each.day):
        if len(kept) == KEPT:
            break
        if not any(all(other.ends[name] >= end for name, end in course.ends.items()) for other in kept):
            kept.append(course)
    return kept


def _ends_after(
    procedure: Procedure,
    state: State,
    to: State,
    name: str,
    ends: Mapping[str, int],
    day: int,
    lengths: _Lengths,
) -> dict[str, int]:
    """When each period ends after an action on a day."""
    out: dict[str, int] = {}
    for clock_name in to.running:
        clock = procedure.clocks[clock_name]
        running = clock_name in state.running
        met = running and name in clock.met_by and not clock.minimum
        if name in clock.restarted_by or (name in clock.starts and (met or not running)):
            out[clock_name] = day + lengths.whole[clock_name]
            continue
        end = ends.get(clock_name, day) + lengths.added.get((clock_name, name), 0)
        if clock_name in to.suspended and clock_name not in state.suspended:
            end -= day
        elif clock_name in state.suspended and clock_name not in to.suspended:
            end += day
        out[clock_name] = end
    return out


def _note_overruns(
    procedure: Procedure,
    state: State,
    course: _Course,
    day: int,
    lengths: _Lengths,
    overruns: dict[str, Overrun],
) -> None:
    """A period of the law that ends, by another than the person, before the wait of the state does."""
    for name in sorted(state.running - state.suspended):
        clock = procedure.clocks[name]
        late = day - course.ends[name]
        if late <= 0 or clock.minimum or clock.backward or clock.borne_by == "person" or name not in lengths.law:
            continue
        if name not in overruns or overruns[name].tenths < late:
            path = []
            at: _Course | None = course
            while at is not None and at.leg is not None:
                path.append(at.leg.action)
                at = at.before
            way = (procedure.opening_name, *reversed(path))
            overruns[name] = Overrun(name, state.stages[0], late, way)
