"""A slow, separate way to find the last day of a period: walk it day by day and ask of each day what it is.

It shares nothing with `mingze.terms` but the words of a rule: which days are worked comes from the package
`chinesecalendar`, months from its own arithmetic, and nothing is ever computed by table or sum. Tests compare the
two.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Literal

import chinese_calendar

BEIJING = timezone(timedelta(hours=8))
ONE = timedelta(days=1)
COVERED = range(2023, 2027)

type Sort = Literal["extend", "suspend", "restart"]


def covered(day: date) -> bool:
    """Whether the notices for 2023 to 2026 decide this day."""
    return day.year in COVERED or day == date(2022, 12, 31)


def worked(day: date) -> bool:
    """Whether offices work: by the other package where the notices reach, else by weekends alone."""
    return chinese_calendar.is_workday(day) if covered(day) else day.isoweekday() <= 5


@dataclass
class End:
    """Where a walk ended: no `due` if a running suspension stopped it."""

    due: date | None
    raw: date | None
    provisional: bool


def months_on(day: date, months: int) -> date:
    """The corresponding day, found by stepping month by month and then back from the 31st until the day exists."""
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        elif month == 0:
            year, month = year - 1, 12
    number = day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


def walk(start: date, rule: dict, events: list[dict]) -> End:
    """Walks a period given in the JSON form of the batch command, with whole days only."""
    restarts = [(event["at"], place) for place, event in enumerate(events) if event["type"] == "restart"]
    since, place = max(restarts, default=(None, -1))
    begun = since or start
    extensions = [
        event
        for position, event in enumerate(events)
        if event["type"] == "extend" and (since is None or (event["at"], position) > (since, place))
    ]
    closed: list[tuple[date, date]] = []
    open_from: list[date] = []
    for event in events:
        if event["type"] == "suspend":
            if event["to"] is not None:
                closed.append((event["from"], event["to"]))
            elif since is None or event["from"] >= since:
                open_from.append(event["from"])
    forward = rule["direction"] == "forward"
    step = ONE if forward else -ONE

    def out(day: date) -> bool:
        return any(first <= day <= last for first, last in closed)

    def stopped(day: date) -> bool:
        return any(day >= first for first in open_from)

    if not forward and any(first < begun for first in open_from):
        return End(None, None, False)

    here, looked = begun, []
    legs = [(rule["amount"], rule["unit"]), *((event["amount"], event["unit"]) for event in extensions)]
    for amount, unit in legs:
        left = amount
        if unit in ("month", "year"):
            months = amount * (12 if unit == "year" else 1)
            left = abs((months_on(here, months if forward else -months) - here).days)
        while left:
            here += step
            if forward and stopped(here):
                return End(None, None, False)
            if out(here):
                continue
            if unit == "working_day":
                looked.append(here)
                left -= worked(here)
            else:
                left -= 1
    raw = here
    if rule["roll"] != "none":
        looked.append(raw)
        roll = ONE if rule["roll"] == "forward" else -ONE
        with_count = roll == step
        if not worked(here):
            while not worked(here) or (with_count and here != raw and out(here)):
                here += roll
                if with_count and forward and stopped(here) and worked(here):
                    return End(None, raw, False)
                if not (with_count and out(here)):
                    looked.append(here)
    return End(here, raw, any(not covered(day) for day in looked))


def walk_hours(start: datetime, hours: int, closed: list[tuple[date, date]]) -> datetime:
    """A period in hours, walked in steps of a quarter of an hour; a step that begins in a suspended day does not
    count."""
    here, left = start, hours * 4
    while left:
        day = here.astimezone(BEIJING).date()
        left -= not any(first <= day <= last for first, last in closed)
        here += timedelta(minutes=15)
    return here
