"""Why a period ends on that day: every day of it, what it counted for, and which rule said so.

Portal, desk, letters, API and command line show this one object. It holds codes and values; the words stand in the
catalogue (`terms.ftl`) and `mingze.words.terms` puts them together.

`days` is in the order of the count: from the start on, or, for a backward period, from the event back. `rows` are the
same days grouped for a table. The last day of `days` is the due date whenever there is one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from mingze.terms.calendar import Calendar, DayKind, DayType, Name, Notice
from mingze.terms.course import Course, Due, Gap, corresponding_day, walk
from mingze.terms.rule import Event, Extend, Rule, Unit

type Kind = Literal["start", "counted", "makeup", "extension", "rest", "holiday", "suspended", "due"]
type Mark = Literal["start", "raw_end", "roll", "rolled", "suspended", "today"]

POLICY_LAW: Mapping[str, str] = {
    "start_day_not_counted": "civil-code-201",
    "hours_run_from_the_moment": "civil-code-201",
    "counted_back_from_event": "",
    "restart_begins_anew": "",
    "every_day_counts": "civil-code-200",
    "working_days_only": "",
    "makeup_day_counts": "holiday-notice",
    "corresponding_day": "civil-code-202",
    "month_end_without_corresponding_day": "civil-code-202",
    "suspension_days_left_out": "",
    "suspension_still_runs": "",
    "extension_added_to_raw_end": "",
    "office_limit_does_not_roll": "",
    "last_day_kept": "",
    "person_right_rolls": "civil-code-203",
    "limit_rolls_by_law": "civil-procedure-85",
    "last_day_rolls_forward": "civil-code-203",
    "last_day_rolls_back": "",
    "makeup_day_is_no_rest_day": "holiday-notice",
    "hours_do_not_roll": "civil-code-203",
    "minimum_passes_fully": "",
    "counted_from_stated_day": "",
    "silence_none": "",
    "silence_deemed_refused": "",
    "silence_deemed_granted": "",
    "silence_may_turn_elsewhere": "",
    "local_period": "",
    "provisional_beyond_calendar": "",
}
"""Every policy an explanation can name, with the code of the law it rests on (worded by `terms-law-<code>`); empty
where the law is silent and a reading page speaks."""

_ROLLS_FORWARD: Mapping[str, str] = {
    "person": "person_right_rolls",
    "office": "limit_rolls_by_law",
    "outside": "limit_rolls_by_law",
}
_KEPT: Mapping[str, str] = {"office": "office_limit_does_not_roll", "outside": "office_limit_does_not_roll"}


@dataclass(frozen=True, slots=True)
class Basis:
    """What a period rests on, as its procedure declares it; all of it only for showing.

    `article` is the citation in both languages, `parameter` the name of the number, `borne_by` whose clock it is,
    `kind` limit, minimum or backward, `local` whether the number is the authority's own because the law gives none.
    `counts_from` is what the stated day is that the period is counted from (or, backward, up to), in both languages;
    `silence` what follows if nothing is done by then: its `effect`, its words in both languages and its `article`.
    """

    article: Name | None = None
    parameter: str = ""
    borne_by: Literal["", "office", "person", "outside"] = ""
    kind: Literal["", "limit", "minimum", "backward"] = ""
    local: bool = False
    procedure: str = ""
    clock: str = ""
    counts_from: Name | None = None
    silence: Mapping[str, object] | None = None

    def to_json(self) -> dict[str, object]:
        """The basis as plain data; what only some periods have stands in it only where they do."""
        more: dict[str, object] = {}
        if self.counts_from is not None:
            more["counts_from"] = dict(self.counts_from)
        if self.silence is not None:
            more["silence"] = dict(self.silence)
        return {
            "article": None if self.article is None else dict(self.article),
            "parameter": self.parameter,
            "borne_by": self.borne_by,
            "kind": self.kind,
            "local": self.local,
            "procedure": self.procedure,
            "clock": self.clock,
            **more,
        }


class Day(NamedTuple):
    """One day of a period.

    * `kind`: what it did: `start` (never counted), `counted`, `makeup` (a weekend day worked, counted in working
      days), `extension` (counted, in an extension), `rest` or `holiday` or `suspended` (left out), `due` (the last).
    * `calendar`: what day it is, whatever it did: working, weekend, holiday, makeup.
    * `ordinal`: the how-manieth day counted; runs on through extensions of the same unit.
    * `part`: 0 for the period itself, 1 for the first extension, …
    * `provisional`: the count looked at this day and no official calendar covers it.
    * `marks`: `raw_end` where the count ended before a roll, `roll` on days the roll passed, `rolled` on a due day it
      reached.
    """

    on: date
    kind: Kind
    calendar: DayType
    ordinal: int | None
    part: int
    festival: Name | None
    provisional: bool
    marks: tuple[Mark, ...] = ()

    @property
    def weekday(self) -> int:
        """1 Monday … 7 Sunday."""
        return self.on.isoweekday()

    def to_json(self) -> dict[str, object]:
        """The day as plain data."""
        return {
            "on": self.on.isoformat(),
            "weekday": self.on.isoweekday(),
            "kind": self.kind,
            "calendar": self.calendar,
            "ordinal": self.ordinal,
            "part": self.part,
            "festival": None if self.festival is None else dict(self.festival),
            "provisional": self.provisional,
            "marks": list(self.marks),
        }


class Row(NamedTuple):
    """Days in a row that did the same, for one line of a table. `from_on` comes first in the order of the count."""

    from_on: date
    to_on: date
    days: int
    kind: Kind
    calendar: DayType | None
    first_ordinal: int | None
    last_ordinal: int | None
    part: int
    festival: Name | None
    provisional: bool
    marks: tuple[Mark, ...]

    def to_json(self) -> dict[str, object]:
        """The row as plain data."""
        return {
            "from_on": self.from_on.isoformat(),
            "to_on": self.to_on.isoformat(),
            "days": self.days,
            "kind": self.kind,
            "calendar": self.calendar,
            "first_ordinal": self.first_ordinal,
            "last_ordinal": self.last_ordinal,
            "part": self.part,
            "festival": None if self.festival is None else dict(self.festival),
            "provisional": self.provisional,
            "marks": list(self.marks),
        }


class Policy(NamedTuple):
    """One rule of counting that was applied, and the code of its law (`POLICY_LAW`; empty where the law is silent)."""

    code: str
    law: str

    def to_json(self) -> dict[str, str]:
        """The policy as plain data."""
        return {"code": self.code, "law": self.law}


class Totals(NamedTuple):
    """How many days lie between start and end, and what they did.

    `days` = `counted` + `rest` + `suspended` + `rolled`; `makeup` are among the counted, `rolled` are the days a roll
    added.
    """

    days: int
    counted: int
    makeup: int
    rest: int
    suspended: int
    rolled: int


class Progress(NamedTuple):
    """Where a day stands in the period: the `ordinal`-th of `of` counted days, so many `left`; `days_left` in
    calendar days.

    Once the due date has passed `overdue_days` counts the calendar days since and `days_left` is 0.
    """

    on: date
    ordinal: int
    of: int
    left: int
    days_left: int | None
    overdue_days: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """A due date with its reasons; `days` gives every day and `rows` the same, grouped.

    `events` are all that were given; `standing_extensions` those that still count after the last restart. `units` is
    the unit of each part, as `Day.part` numbers them.
    """

    rule: Rule
    basis: Basis
    due: Due
    events: tuple[Event, ...]
    days: tuple[Day, ...]
    policy: tuple[Policy, ...]
    calendar_digest: str
    notices: tuple[Notice, ...]
    covered_until_on: date | None
    units: tuple[Unit, ...]
    standing_extensions: tuple[Extend, ...] = ()
    today_on: date | None = None

    @property
    def rows(self) -> tuple[Row, ...]:
        """The days grouped: the start, the due day and today stand alone, the rest by what they did and why."""
        return tuple(_grouped(self.days))

    @property
    def chronological(self) -> tuple[Day, ...]:
        """The days with the earliest first, as a strip shows them."""
        return self.days if self.rule.direction == "forward" else self.days[::-1]

    @property
    def totals(self) -> Totals:
        """What the days between start and end did."""
        after = self.days[1:]
        counted = sum(day.ordinal is not None for day in after)
        suspended = sum(day.kind == "suspended" and "roll" not in day.marks for day in after)
        rolled = sum("roll" in day.marks or "rolled" in day.marks for day in after)
        rest = sum(day.kind in ("rest", "holiday") and "roll" not in day.marks for day in after)
        makeup = sum(day.ordinal is not None and day.calendar == "makeup" for day in after)
        return Totals(len(after), counted, makeup, rest, suspended, rolled)

    def progress(self, on: date) -> Progress:
        """Where a day stands in the period.

        Surprising: the start day is day 0, and a rest day has the ordinal of the last day counted before it.
        """
        ordinals = [day.ordinal for day in self.days if day.ordinal is not None]
        of = ordinals[-1] if ordinals else 0
        forward = self.rule.direction == "forward"
        reached = [
            day.ordinal for day in self.days if day.ordinal is not None and (day.on <= on if forward else day.on >= on)
        ]
        last = self.due.last_on
        ordinal = reached[-1] if reached else 0
        left_days = None if last is None else max(0, (last - on).days)
        overdue = 0 if last is None else max(0, (on - last).days)
        return Progress(on, ordinal, of, of - ordinal, left_days, overdue)

    def to_json(self) -> dict[str, object]:
        """The explanation as plain data: equal inputs give equal bytes once it is serialised."""
        today = None if self.today_on is None else self.progress(self.today_on)
        return {
            "due": None if self.due.due is None else self.due.due.isoformat(),
            "provisional": self.due.provisional,
            "dates": self.due.to_json(),
            "rule": self.rule.to_json(),
            "basis": self.basis.to_json(),
            "events": [event.to_json() for event in self.events],
            "calendar": {
                "version": self.due.calendar,
                "digest": self.calendar_digest,
                "covered_until_on": None if self.covered_until_on is None else self.covered_until_on.isoformat(),
                "notices": [notice.to_json() for notice in self.notices],
            },
            "policy": [policy.to_json() for policy in self.policy],
            "totals": self.totals._asdict(),
            "today": None if today is None else {**today._asdict(), "on": today.on.isoformat()},
            "rows": [row.to_json() for row in self.rows],
            "days": [day.to_json() for day in self.days],
        }


def explain(
    start: date | datetime,
    rule: Rule,
    calendar: Calendar,
    events: Sequence[Event] = (),
    *,
    basis: Basis = Basis(),
    today_on: date | None = None,
) -> Explanation:
    """The result of `compute` with every day of it, and with the day `today_on` marked if it is given.

    Surprising: while a suspension runs there is no due date; the days then end with the suspension's first day, or
    with today.

    Raises: as `compute`.
    """
    course = walk(start, rule, calendar, events)
    days = tuple(_marked(_days(course, rule, calendar, today_on), today_on))
    return Explanation(
        rule=rule,
        basis=basis,
        due=course.due,
        events=tuple(events),
        days=days,
        policy=tuple(Policy(code, POLICY_LAW[code]) for code in _policy(course, rule, basis, days, calendar)),
        calendar_digest=calendar.digest,
        notices=_notices(course, rule, days, calendar),
        covered_until_on=calendar.covered_until_on,
        units=tuple(leg.unit for leg in course.legs),
        standing_extensions=course.extensions,
        today_on=today_on,
    )


# ---------------------------------------------------------------------------- the days


def _days(course: Course, rule: Rule, calendar: Calendar, today_on: date | None) -> list[Day]:
    """Every day from the start to the end in the order of the count."""
    due, sign = course.due, course.sign
    start = due.started_on
    left_out: tuple[Mark, ...] = ("suspended",) if _in_gap(start.toordinal(), course.gaps) else ()
    days = [Day(start, "start", calendar.kind(start).type, None, 0, calendar.kind(start).festival, False, left_out)]
    ordinal = 0
    family = ""
    for leg in course.legs:
        working, hours = leg.unit == "working_day", leg.unit == "hour"
        if family != (family := "working" if working else "hours" if hours else "calendar"):
            ordinal = 0
        for at in _ordinals(leg.from_, leg.to, course, today_on):
            kind = calendar.kind(day := date.fromordinal(at))
            if _in_gap(at, course.gaps):
                days.append(Day(day, "suspended", kind.type, None, leg.part, kind.festival, False))
                continue
            provisional = working and calendar.uncovered_days(at, at) > 0
            if working and not kind.works:
                days.append(_passed(day, kind, leg.part, provisional))
                continue
            ordinal += 1
            did: Kind = "extension" if leg.part else "makeup" if working and kind.type == "makeup" else "counted"
            days.append(Day(day, did, kind.type, None if hours else ordinal, leg.part, kind.festival, provisional))
    if due.last_on is not None:
        _end(days, due, sign, rule, course, calendar)
    return days


def _end(days: list[Day], due: Due, sign: int, rule: Rule, course: Course, calendar: Calendar) -> None:
    """Marks the raw end, walks the roll and marks the last day."""
    looked = due.due_at is None and rule.roll != "none"
    if looked:
        raw = days[-1]
        days[-1] = raw._replace(provisional=raw.provisional or not calendar.covers(raw.on))
    if looked and due.due_on != due.raw_on and due.due_on is not None:
        days[-1] = days[-1]._replace(marks=(*days[-1].marks, "raw_end"))
        _roll(days, due, course, calendar, 1 if rule.roll == "forward" else -1)
    last = days[-1]
    marks: tuple[Mark, ...] = (*last.marks, "start") if last.kind == "start" else last.marks
    days[-1] = last._replace(kind="due", marks=marks)


def _roll(days: list[Day], due: Due, course: Course, calendar: Calendar, roll_sign: int) -> None:
    """The days a roll passed, and the one it reached."""
    assert due.due_on is not None and due.raw_on is not None
    gaps = course.gaps if roll_sign == course.sign else ()
    for at in range(due.raw_on.toordinal() + roll_sign, due.due_on.toordinal() + roll_sign, roll_sign):
        kind = calendar.kind(day := date.fromordinal(at))
        part = days[-1].part
        if _in_gap(at, gaps):
            days.append(Day(day, "suspended", kind.type, None, part, kind.festival, False, ("roll",)))
        elif day == due.due_on:
            days.append(Day(day, "due", kind.type, None, part, kind.festival, not calendar.covers(day), ("rolled",)))
        else:
            days.append(_passed(day, kind, part, not calendar.covers(day), ("roll",)))


def _passed(day: date, kind: DayKind, part: int, provisional: bool, marks: tuple[Mark, ...] = ()) -> Day:
    """A rest day that was not counted."""
    did: Kind = "holiday" if kind.type == "holiday" else "rest"
    return Day(day, did, kind.type, None, part, kind.festival, provisional, marks)


def _ordinals(from_: int, to: int | None, course: Course, today_on: date | None) -> range:
    """The days of a leg; one that a running suspension stops is shown to the suspension's first day, or to today."""
    sign = course.sign
    if to is None:
        since = course.due.suspended_since_on
        assert since is not None
        to = since.toordinal()
        if sign > 0 and today_on is not None:
            to = max(to, today_on.toordinal())
        to = max(to, from_) if sign > 0 else min(to, from_)
    return range(from_ + sign, to + sign, sign)


def _in_gap(at: int, gaps: tuple[Gap, ...]) -> bool:
    for near, far in gaps:
        if far is None:
            if at >= near:
                return True
        elif min(near, far) <= at <= max(near, far):
            return True
    return False


def _marked(days: list[Day], today_on: date | None) -> Iterator[Day]:
    for day in days:
        yield day._replace(marks=(*day.marks, "today")) if day.on == today_on else day


def _grouped(days: Sequence[Day]) -> Iterator[Row]:
    """Rows of days in a row that did the same for the same reason."""
    run: list[Day] = []
    for day in days:
        if run and not _same(run[-1], day):
            yield _row(run)
            run = []
        run.append(day)
    if run:
        yield _row(run)


_ALONE = ("start", "due")


def _same(one: Day, other: Day) -> bool:
    return (
        one.kind == other.kind
        and one.kind not in _ALONE
        and one.marks == other.marks
        and "today" not in one.marks
        and one.part == other.part
        and one.provisional == other.provisional
        and (one.kind not in ("holiday", "makeup") or one.festival == other.festival)
    )


def _row(run: list[Day]) -> Row:
    first, last = run[0], run[-1]
    calendar = first.calendar if all(day.calendar == first.calendar for day in run) else None
    festival = first.festival if all(day.festival == first.festival for day in run) else None
    return Row(
        from_on=first.on,
        to_on=last.on,
        days=len(run),
        kind=first.kind,
        calendar=calendar,
        first_ordinal=first.ordinal,
        last_ordinal=last.ordinal,
        part=first.part,
        festival=festival,
        provisional=first.provisional,
        marks=first.marks,
    )


# ---------------------------------------------------------------------------- why


def _policy(course: Course, rule: Rule, basis: Basis, days: Sequence[Day], calendar: Calendar) -> Iterator[str]:
    """The rules of counting that decided this result, in the order in which they were applied."""
    due = course.due
    units = {leg.unit for leg in course.legs}
    if rule.direction == "backward":
        yield "counted_back_from_event"
    else:
        yield "hours_run_from_the_moment" if rule.unit == "hour" else "start_day_not_counted"
    if basis.counts_from is not None:
        yield "counted_from_stated_day"
    if course.restarted:
        yield "restart_begins_anew"
    if "working_day" in units:
        yield "working_days_only"
        if any(day.calendar == "makeup" and day.ordinal is not None for day in days):
            yield "makeup_day_counts"
    if "calendar_day" in units:
        yield "every_day_counts"
    if units & {"month", "year"}:
        yield "month_end_without_corresponding_day" if _clipped(course) else "corresponding_day"
    if any(day.kind == "suspended" for day in days):
        yield "suspension_days_left_out"
    if due.suspended_since_on is not None:
        yield "suspension_still_runs"
    if course.extensions:
        yield "extension_added_to_raw_end"
    yield from _roll_policy(due, rule, basis, calendar)
    if basis.kind == "minimum":
        yield "minimum_passes_fully"
    if basis.local:
        yield "local_period"
    if basis.silence is not None:
        yield f"silence_{basis.silence['effect']}"
    if due.provisional:
        yield "provisional_beyond_calendar"


def _roll_policy(due: Due, rule: Rule, basis: Basis, calendar: Calendar) -> Iterator[str]:
    if rule.unit == "hour":
        if rule.roll != "none":
            yield "hours_do_not_roll"
        return
    if due.raw_on is None:
        return
    if calendar.kind(due.raw_on).type == "makeup":
        yield "makeup_day_is_no_rest_day"
    if due.rolled_on is None:
        return
    if rule.roll == "none":
        yield _KEPT.get(basis.borne_by, "last_day_kept")
    elif rule.roll == "forward":
        yield _ROLLS_FORWARD.get(basis.borne_by, "last_day_rolls_forward")
    else:
        yield "last_day_rolls_back"


def _clipped(course: Course) -> bool:
    """Whether a month that has no corresponding day was met, so that its last day was taken."""
    for leg in course.legs:
        if leg.unit in ("month", "year"):
            months = course.sign * leg.amount * (12 if leg.unit == "year" else 1)
            day = date.fromordinal(leg.from_)
            if corresponding_day(day, months).day != day.day:
                return True
    return False


def _notices(course: Course, rule: Rule, days: Sequence[Day], calendar: Calendar) -> tuple[Notice, ...]:
    """The notices the result rests on, or its information does: none for a period that never asked what a day is."""
    due = course.due
    asked = [date.fromordinal(leg.from_ + course.sign) for leg in course.legs if leg.unit == "working_day"]
    asked += [date.fromordinal(leg.to) for leg in course.legs if leg.unit == "working_day" and leg.to is not None]
    if any(leg.unit == "working_day" and leg.to is None for leg in course.legs):
        asked.append(days[-1].on)
    if rule.unit != "hour" and due.raw_on is not None and (rule.roll != "none" or due.rolled_on is not None):
        asked += [due.raw_on, due.rolled_on or due.raw_on]
    return calendar.notices(min(asked), max(asked)) if asked else ()
