"""When a period ends: the arithmetic that turns a start, a rule and what happened into a last day.

The same course is walked for the bare date (`compute`) and for its explanation (`explain`), so the two cannot disagree.

How it goes:

1. The period begins at its start, or at its last restart. That day is never day one (民法典 201); hours run from the
   moment.
2. It is counted in *legs*: the period itself, then each extension, which begins where the leg before it ended,
   unrolled.
3. Days of a suspension are left out of every leg. Months and years first find their corresponding day or the month's
   end (民法典 202); then as many days are added as were left out.
4. The last day is rolled if the rule says so (民法典 203). If it does not, where it would have rolled to is kept as
   information.
5. The result is provisional only if it depends on a day no official calendar covers: a working-day leg that walked over
   one, or a roll that looked at one. Suspended days decide nothing and so make nothing provisional.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from mingze.terms.calendar import Calendar
from mingze.terms.instants import SHANGHAI, day_begins_at, local_day, local_instant
from mingze.terms.refusal import TermError
from mingze.terms.rule import Event, Extend, Restart, Rule, Suspend, Unit


class Due(NamedTuple):
    """When a period ends.

    * `started_on`: the day it is counted from (after the last restart); `started_at` too for a period in hours.
    * `due_on`: the last day, which lasts until 24:00 or until the office closes (民法典 203); None for hours and
      while suspended.
    * `due_at`: the last moment of a period in hours.
    * `raw_on`: the last day before any roll.
    * `rolled_on`: if `raw_on` is a rest day, the working day it rolls to; `due_on` if the rule rolls, else
      information only.
    * `provisional`: the result depends on a day no official calendar covers yet; `rolled_provisional` says so of
      `rolled_on`.
    * `suspended_since_on`: set while a suspension runs that stops this period; then there is no due date.
    * `calendar`: version of the calendar used.
    """

    started_on: date
    due_on: date | None
    due_at: datetime | None
    raw_on: date | None
    rolled_on: date | None
    provisional: bool
    rolled_provisional: bool
    suspended_since_on: date | None
    calendar: str
    started_at: datetime | None = None

    @property
    def due(self) -> date | datetime | None:
        """The last day, or the last moment of a period in hours; None while the period is suspended."""
        return self.due_on if self.due_at is None else self.due_at

    @property
    def last_on(self) -> date | None:
        """The local day on which the period ends, in whatever unit it was counted."""
        return self.due_on if self.due_at is None else self.due_at.date()

    @property
    def free_from_on(self) -> date | None:
        """For a minimum period: the first day on which the act may be done, the day after the last day has fully
        passed."""
        last = self.last_on
        return None if last is None else last + timedelta(days=1)

    def to_json(self) -> dict[str, object]:
        """The result as plain data."""
        return {
            "started_on": self.started_on.isoformat(),
            "started_at": _iso(self.started_at),
            "due_on": _iso(self.due_on),
            "due_at": _iso(self.due_at),
            "raw_on": _iso(self.raw_on),
            "rolled_on": _iso(self.rolled_on),
            "provisional": self.provisional,
            "rolled_provisional": self.rolled_provisional,
            "suspended_since_on": _iso(self.suspended_since_on),
            "calendar": self.calendar,
        }


class Gap(NamedTuple):
    """Days left out, as ordinals in the order they are met: `near` first; `far` None if no end is known."""

    near: int
    far: int | None


class Leg(NamedTuple):
    """One stretch of counting: from (not counted) to (counted) as ordinals; `to` None if a running suspension stops
    it."""

    from_: int
    to: int | None
    unit: Unit
    amount: int
    part: int


@dataclass(frozen=True, slots=True)
class Course:
    """A period walked to its end: what `compute` and `explain` both read."""

    sign: int
    legs: tuple[Leg, ...]
    gaps: tuple[Gap, ...]
    extensions: tuple[Extend, ...]
    restarted: bool
    due: Due


def compute(start: date | datetime, rule: Rule, calendar: Calendar, events: Sequence[Event] = ()) -> Due:
    """When the period ends that began with `start` under `rule`, after `events`.

    Surprising: an office's limit whose rule does not roll may end on a holiday; `rolled_on` then tells the working
    day after it, as information. While a suspension without an end runs there is no due date at all.

    Units: a period in days takes the Asia/Shanghai day of an instant; a period in hours needs the instant.
    Law: 民法典 200-204 and the reading pages of `docs/readings/`.
    Raises: `TermError` `hours_need_an_instant`, `extension_unit`, `out_of_range`, `instant_without_offset`.

    >>> from datetime import date
    >>> compute(date(2026, 9, 18), Rule(60, "calendar_day"), Calendar([])).due_on
    datetime.date(2026, 11, 17)
    """
    if not events and rule.unit != "hour":
        return _plain(local_day(start), rule, calendar)
    return walk(start, rule, calendar, events).due


def walk(start: date | datetime, rule: Rule, calendar: Calendar, events: Sequence[Event] = ()) -> Course:
    """The whole course of a period, leg by leg. Raises as `compute`."""
    if rule.unit == "hour":
        return _walk_hours(start, rule, calendar, events)
    begun, restarted, extensions, suspensions = _standing(start, events, by_instant=False)
    sign = 1 if rule.direction == "forward" else -1
    origin = local_day(begun)
    here = origin.toordinal()
    gaps, unknowable = _gaps(suspensions, sign, here)
    legs: list[Leg] = []
    uncertain = False
    try:
        steps: list[tuple[int, Unit]] = [
            (rule.amount, rule.unit),
            *((extension.amount, extension.unit) for extension in extensions),
        ]
        for part, (amount, unit) in enumerate(steps):
            if unit == "hour":
                raise TermError("extension_unit", unit=rule.unit, found="hour")
            to = None if unknowable else _leg_end(here, amount, unit, sign, gaps, calendar)
            legs.append(Leg(here, to, unit, amount, part))
            if to is None:
                break
            uncertain = uncertain or (unit == "working_day" and _depends(here + sign, to, sign, gaps, calendar))
            here = to
        due = _last_day(origin, None if legs[-1].to is None else here, uncertain, rule, sign, gaps, calendar)
    except (ValueError, OverflowError) as error:
        if isinstance(error, TermError):
            raise
        raise TermError("out_of_range", start=origin.isoformat()) from error
    return Course(sign, tuple(legs), gaps, extensions, restarted, due)


# ---------------------------------------------------------------------------- days


def _plain(origin: date, rule: Rule, calendar: Calendar) -> Due:
    """The fast way for a period nothing happened to: one leg, no days left out."""
    here, amount, unit = origin.toordinal(), rule.amount, rule.unit
    sign = 1 if rule.direction == "forward" else -1
    try:
        uncertain = False
        if unit == "working_day":
            here = calendar.working_days_from(here, sign * amount)
            uncertain = _depends(origin.toordinal() + sign, here, sign, (), calendar)
        elif unit == "calendar_day":
            here += sign * amount
        else:
            here = corresponding_day(origin, sign * amount * (12 if unit == "year" else 1)).toordinal()
        return _last_day(origin, here, uncertain, rule, sign, (), calendar)
    except (ValueError, OverflowError) as error:
        raise TermError("out_of_range", start=origin.isoformat()) from error


def corresponding_day(day: date, months: int) -> date:
    """The same day of the month so many months on (or back), or that month's last day if it has none (民法典 202).

    >>> corresponding_day(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= 28:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _leg_end(here: int, amount: int, unit: Unit, sign: int, gaps: tuple[Gap, ...], calendar: Calendar) -> int | None:
    """The day on which so much has been counted, days of gaps left out; None if a gap without end is reached."""
    working = unit == "working_day"
    if unit in ("month", "year"):
        months = amount * (12 if unit == "year" else 1)
        amount = abs(corresponding_day(date.fromordinal(here), sign * months).toordinal() - here)
    if amount == 0:
        return here
    for near, far in gaps:
        if (near - here) * sign > 0:
            target = calendar.working_days_from(here, sign * amount) if working else here + sign * amount
            if (target - near) * sign < 0:
                return target
            amount -= _counted_before(near, here, working, sign, calendar)
        if far is None:
            return None
        if (far - here) * sign > 0:
            here = far
    return calendar.working_days_from(here, sign * amount) if working else here + sign * amount


def _counted_before(near: int, here: int, working: bool, sign: int, calendar: Calendar) -> int:
    """How many days count strictly between `here` and the gap that begins at `near`."""
    if not working:
        return abs(near - here) - 1
    low, high = (here, near - 1) if sign > 0 else (near, here - 1)
    return calendar.rank(high) - calendar.rank(low)


def _last_day(
    origin: date, raw: int | None, uncertain: bool, rule: Rule, sign: int, gaps: tuple[Gap, ...], calendar: Calendar
) -> Due:
    """Rolls the raw end, or keeps it and says where it would have rolled to."""
    if raw is None:
        since = _stopped_since(gaps, sign, origin)
        return Due(origin, None, None, None, None, False, False, since, calendar.version)
    raw_on = date.fromordinal(raw)
    roll_sign = sign if rule.roll == "none" else (1 if rule.roll == "forward" else -1)
    rolls = rule.roll != "none"
    if calendar.works_at(raw):
        looked_at_uncovered = rolls and calendar.uncovered_days(raw, raw) > 0
        return Due(origin, raw_on, None, raw_on, None, uncertain or looked_at_uncovered, False, None, calendar.version)
    rolled = _rolled(raw, roll_sign, gaps if roll_sign == sign else (), calendar)
    if rolled is None:
        # The last day would be the first working day after a suspension that still runs.
        since = _stopped_since(gaps, sign, raw_on)
        if rolls:
            return Due(origin, None, None, raw_on, None, False, False, since, calendar.version)
        return Due(origin, raw_on, None, raw_on, None, uncertain, False, None, calendar.version)
    unsure = uncertain or _depends(raw, rolled, roll_sign, gaps if roll_sign == sign else (), calendar)
    rolled_on = date.fromordinal(rolled)
    due_on = rolled_on if rolls else raw_on
    return Due(origin, due_on, None, raw_on, rolled_on, unsure if rolls else uncertain, unsure, None, calendar.version)


def _rolled(raw: int, sign: int, gaps: tuple[Gap, ...], calendar: Calendar) -> int | None:
    """The next working day in one direction that no suspension leaves out; None if a suspension without end is reached.

    Rolled in the direction of the count a period passes over suspended days too: a day that is left out cannot be its
    last. Rolled against it they are not skipped, or a suspension could shorten the period.
    """
    day = calendar.working_days_from(raw, sign)
    for near, far in gaps:
        if (near - day) * sign > 0:
            break
        if far is None:
            return None
        if (far - day) * sign >= 0:
            day = calendar.working_days_from(far, sign)
    return day


def _depends(first: int, last: int, sign: int, gaps: tuple[Gap, ...], calendar: Calendar) -> bool:
    """Whether one of the days first … last (in the order of the count) is decided by no notice and not left out."""
    low, high = (first, last) if sign > 0 else (last, first)
    uncovered = calendar.uncovered_days(low, high)
    if not uncovered:
        return False
    for near, far in gaps:
        if far is not None:
            begin, end = (near, far) if sign > 0 else (far, near)
            uncovered -= calendar.uncovered_days(max(low, begin), min(high, end))
    return uncovered > 0


# ---------------------------------------------------------------------------- what happened


def _standing(
    start: date | datetime, events: Sequence[Event], by_instant: bool
) -> tuple[date | datetime, bool, tuple[Extend, ...], list[Suspend]]:
    """The start that counts, whether it is a restart, and the extensions and suspensions that still stand after it.

    What happened on one local day happened in the order it was recorded; an extension that does not say when it was
    granted stands in that order too.
    """
    suspensions = [event for event in events if isinstance(event, Suspend)]
    restarts = [
        (_when(event.at, by_instant), place) for place, event in enumerate(events) if isinstance(event, Restart)
    ]
    if not restarts:
        return start, False, tuple(event for event in events if isinstance(event, Extend)), suspensions
    when, place = max(restarts)
    restart = events[place]
    assert isinstance(restart, Restart)
    kept = tuple(
        event
        for position, event in enumerate(events)
        if isinstance(event, Extend)
        and (when if event.at is None else _when(event.at, by_instant), position) > (when, place)
    )
    restart_on = local_day(restart.at)
    suspensions = [event for event in suspensions if event.to is not None or event.from_on >= restart_on]
    return restart.at, True, kept, suspensions


def _when(at: date | datetime, by_instant: bool) -> datetime:
    """When something happened: to the day, or to the instant where hours are counted."""
    if by_instant and isinstance(at, datetime):
        return local_instant(at)
    return day_begins_at(local_day(at))


def _gaps(suspensions: list[Suspend], sign: int, origin: int) -> tuple[tuple[Gap, ...], bool]:
    """The days left out, merged, in the order they are met; and whether a running suspension makes a backward end
    unknowable."""
    closed = sorted((event.from_on.toordinal(), event.to_on.toordinal()) for event in suspensions if event.to_on)
    open_from = min((event.from_on.toordinal() for event in suspensions if event.to_on is None), default=None)
    merged: list[tuple[int, int]] = []
    for low, high in closed:
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    if sign < 0:
        # Counting back from an event: a suspension that still runs and began before the event leaves out an unknown
        # number of days.
        backward = tuple(Gap(high, low) for low, high in reversed(merged))
        if open_from is not None and open_from < origin:
            return (Gap(open_from, None), *backward), True
        return backward, False
    forward = tuple(Gap(low, high) for low, high in merged if open_from is None or low < open_from)
    return (forward if open_from is None else (*forward, Gap(open_from, None))), False


def _stopped_since(gaps: tuple[Gap, ...], sign: int, fallback: date) -> date:
    """The first day of the suspension that still runs."""
    for near, far in gaps:
        if far is None:
            return date.fromordinal(near)
    return fallback


# ---------------------------------------------------------------------------- hours


def _walk_hours(start: date | datetime, rule: Rule, calendar: Calendar, events: Sequence[Event]) -> Course:
    """A period in hours: it runs from the moment, through nights and rest days, and stands still on whole suspended
    days."""
    begun, restarted, extensions, suspensions = _standing(start, events, by_instant=True)
    if not isinstance(begun, datetime):
        raise TermError("hours_need_an_instant", found=begun.isoformat())
    at = local_instant(begun)
    sign = 1 if rule.direction == "forward" else -1
    origin = at.date()
    gaps, unknowable = _gaps(suspensions, sign, origin.toordinal() + (1 if sign < 0 else 0))
    here: datetime | None = at
    legs: list[Leg] = []
    uncertain = False
    try:
        steps: list[tuple[int, Unit]] = [
            (rule.amount, "hour"),
            *((extension.amount, extension.unit) for extension in extensions),
        ]
        for part, (amount, unit) in enumerate(steps):
            day = here.toordinal()
            if unit == "hour":
                here = None if unknowable else _hours_on(here, amount, sign, gaps)
            else:
                to = None if unknowable else _leg_end(day, amount, unit, sign, gaps, calendar)
                uncertain = uncertain or (
                    to is not None and unit == "working_day" and _depends(day + sign, to, sign, gaps, calendar)
                )
                here = None if to is None else here + timedelta(days=to - day)
            legs.append(Leg(day, None if here is None else here.toordinal(), unit, amount, part))
            if here is None:
                break
    except (ValueError, OverflowError) as error:
        if isinstance(error, TermError):
            raise
        raise TermError("out_of_range", start=at.isoformat()) from error
    if here is None:
        since = _stopped_since(gaps, sign, origin)
        due = Due(origin, None, None, None, None, False, False, since, calendar.version, at)
    else:
        due = Due(origin, None, here, here.date(), None, uncertain, False, None, calendar.version, at)
    return Course(sign, tuple(legs), gaps, extensions, restarted, due)


def _hours_on(here: datetime, hours: int, sign: int, gaps: tuple[Gap, ...]) -> datetime | None:
    """The instant so many hours on (or back), the hours of suspended days left out; None if a suspension without end
    is reached."""
    left = timedelta(hours=hours)
    for near, far in gaps:
        # The gap as two instants in the order they are met.
        first = _midnight(near if sign > 0 else near + 1)
        last = None if far is None else _midnight(far + 1 if sign > 0 else far)
        if last is not None and (last - here) * sign <= timedelta(0):
            continue
        free = (first - here) * sign
        if free > timedelta(0):
            if left <= free:
                return here + left * sign
            left -= free
        elif left == timedelta(0):
            return here
        if last is None:
            return None
        here = last
    return here + left * sign


def _midnight(ordinal: int) -> datetime:
    day = date.fromordinal(ordinal)
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


def _iso(when: date | datetime | None) -> str | None:
    return None if when is None else when.isoformat()
