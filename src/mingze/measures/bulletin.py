"""A month of an authority's promises, from what had happened by its last day: counted, listed, never ranked.

    promises as they stood ──► Bulletin: the totals, a line for each office, and what was late, extended, is due next

Each figure has its denominator beside it. Reported done, verified and closed stay apart. Offices stand in the order of
the register: an order by figures would be a ranking, and so few promises cannot carry one.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Extended:
    """More time that was granted: on which day, until when, why, and which office granted it."""

    on: date
    until_on: date | None
    reason: str
    office: str


@dataclass(frozen=True, slots=True)
class Standing:
    """One promise as it stood at the end of a day.

    `deadline` is the one of that day, extensions included; `last_on` is the day of the last news; `state` one of
    `open`, `reported`, `verified`, `closed`, `withdrawn`, `unfulfilled`.
    """

    number: str
    title: str
    lead_office: str
    document: str
    state: str
    assigned_on: date
    first_deadline: date | None
    deadline: date | None
    reported_on: date | None
    verified_on: date | None
    ended_on: date | None
    last_on: date
    extended: tuple[Extended, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """The promises of one office (or of all): how many there are, and how many of them stand where.

    `ended_before` had ended before the month and are not among `of`. `late` and `silent` are parts of `open`; `withdrawn` and
    `unfulfilled` ended in the month.
    """

    office: str
    of: int
    open: int
    reported: int
    verified: int
    closed: int
    withdrawn: int
    unfulfilled: int
    late: int
    silent: int
    ended_before: int


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One month, up to `as_of` (its last day, or today while it runs).

    `new`, `reported`, `verified`, `closed`, `extended` happened in the month; `late`, `silent` stood so at its end;
    `due_next` fall due in the month after.
    """

    from_on: date
    as_of: date
    finished: bool
    total: Line
    offices: tuple[Line, ...]
    new: tuple[Standing, ...]
    reported: tuple[Standing, ...]
    verified: tuple[Standing, ...]
    closed: tuple[Standing, ...]
    late: tuple[Standing, ...]
    silent: tuple[Standing, ...]
    extended: tuple[tuple[Standing, Extended], ...]
    due_next: tuple[Standing, ...]


_ENDS = ("closed", "withdrawn", "unfulfilled")


def last_day(month: date) -> date:
    """The last day of a day's month."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def bulletin(
    promises: Iterable[Standing], month: date, today: date, offices: Sequence[str], silent_after_days: int
) -> Bulletin:
    """The bulletin of the month that `month` lies in; `promises` as they stood at its end (or now, while it runs).

    Args:
        offices: ids in the order of the register; only those with a promise get a line.
        silent_after_days: calendar days without any news after which the state of an open promise is not known.

    Raises: ValueError for a month that has not begun.
    """
    first = month.replace(day=1)
    if first > today:
        raise ValueError(f"{first:%Y-%m} has not begun")
    as_of = min(last_day(first), today)
    all_ = sorted(promises, key=lambda one: (one.deadline or date.max, one.number))
    here = [one for one in all_ if one.ended_on is None or one.ended_on >= first]
    next_first = last_day(first) + timedelta(days=1)
    places = {office: at for at, office in enumerate(offices)}
    with_line = sorted({one.lead_office for one in here}, key=lambda office: (places.get(office, len(places)), office))

    def in_month(day: date | None) -> bool:
        return day is not None and first <= day <= as_of

    def line(office: str, of: Sequence[Standing]) -> Line:
        mine = [one for one in of if one in here_set]
        return Line(
            office=office,
            of=len(mine),
            open=sum(one.state == "open" for one in mine),
            reported=sum(one.state == "reported" for one in mine),
            verified=sum(one.state == "verified" for one in mine),
            closed=sum(one.state == "closed" for one in mine),
            withdrawn=sum(one.state == "withdrawn" for one in mine),
            unfulfilled=sum(one.state == "unfulfilled" for one in mine),
            late=sum(_late(one, as_of) for one in mine),
            silent=sum(_silent(one, as_of, silent_after_days) for one in mine),
            ended_before=len(of) - len(mine),
        )

    here_set = set(here)
    return Bulletin(
        from_on=first,
        as_of=as_of,
        finished=today > last_day(first),
        total=line("", all_),
        offices=tuple(line(office, [one for one in all_ if one.lead_office == office]) for office in with_line),
        new=tuple(one for one in here if in_month(one.assigned_on)),
        reported=tuple(one for one in here if in_month(one.reported_on)),
        verified=tuple(one for one in here if in_month(one.verified_on)),
        closed=tuple(one for one in here if one.state in _ENDS and in_month(one.ended_on)),
        late=tuple(one for one in here if _late(one, as_of)),
        silent=tuple(one for one in here if _silent(one, as_of, silent_after_days)),
        extended=tuple((one, more) for one in here for more in one.extended if in_month(more.on)),
        due_next=tuple(
            one
            for one in here
            if one.state == "open" and one.deadline is not None and next_first <= one.deadline <= last_day(next_first)
        ),
    )


def _late(one: Standing, as_of: date) -> bool:
    """Open, and its deadline lies behind: the deadline's own day is still in time."""
    return one.state == "open" and one.deadline is not None and one.deadline < as_of


def _silent(one: Standing, as_of: date, days: int) -> bool:
    return one.state == "open" and (as_of - one.last_on).days > days
