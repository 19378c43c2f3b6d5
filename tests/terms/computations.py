"""A table of computed periods: every kind of rule from starts beside weekends, festivals, leap days and the end of the
official calendar, after nothing and after each thing that may happen to a period.

`golden/computations.json` keeps each date with a digest of its explanation; `python -m tests.terms.computations`
writes it anew after a change that was meant. That the dates are right is shown elsewhere, by hand and by walking; this
file holds all of them still.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from mingze.resources import calendar_texts
from mingze.terms import (
    SHANGHAI,
    Calendar,
    Event,
    Extend,
    Restart,
    Rule,
    Suspend,
    TermError,
    compute,
    explain,
    read_calendar_year,
)

KEPT = Path(__file__).parent / "golden" / "computations.json"
STARTS = (
    date(2026, 9, 18),  # a Friday before Mid-Autumn and National Day
    date(2026, 10, 10),  # a make-up Saturday
    date(2025, 9, 28),  # a make-up Sunday
    date(2026, 2, 13),  # the day before the longest Spring Festival
    date(2024, 2, 29),
    date(2024, 1, 31),
    date(2026, 12, 28),  # the official calendar ends
    date(2022, 12, 29),  # the notice of 2023 decides 31 December 2022
)
RULES = (
    Rule(0, "calendar_day", roll="forward"),
    Rule(8, "calendar_day"),
    Rule(15, "calendar_day", roll="forward"),
    Rule(9, "calendar_day", roll="back"),
    *(Rule(amount, "working_day") for amount in (0, 1, 5, 20)),
    Rule(5, "calendar_day", "backward"),
    Rule(7, "calendar_day", "backward", "back"),
    Rule(12, "calendar_day", "backward", "forward"),
    Rule(5, "working_day", "backward"),
    Rule(1, "month"),
    Rule(1, "month", roll="forward"),
    Rule(2, "month", "backward", "back"),
    Rule(1, "year", roll="back"),
    *(Rule(hours, "hour") for hours in (0, 36, 120)),
    *(Rule(hours, "hour", "backward") for hours in (0, 36, 120)),
)


def happenings(start: date, sign: int) -> Iterator[tuple[str, list[Event]]]:
    """What may happen to a period, named; the days lie on the side to which it is counted."""

    def on(days: int) -> date:
        return start + timedelta(days=sign * days)

    def away(first: int, last: int) -> Suspend:
        return Suspend(*sorted((on(first), on(last))))

    yield "nothing", []
    yield "extended", [Extend(3, "calendar_day")]
    yield "extended in working days", [Extend(4, "working_day", on(2))]
    yield "extended by a month, twice", [Extend(1, "month"), Extend(2, "calendar_day")]
    yield "suspended", [away(2, 4)]
    yield "suspended from the start", [away(0, 1)]
    yield "suspended four times", [away(3, 5), away(6, 8), away(5, 7), away(11, 11)]
    yield "suspended and extended", [away(4, 6), Extend(2, "working_day", on(3))]
    yield "still suspended", [Suspend(on(4))]
    yield "still suspended after a suspension", [away(1, 2), Suspend(on(9))]
    yield "restarted", [Extend(3, "calendar_day", on(1)), Restart(on(2)), Extend(1, "calendar_day", on(3))]
    yield "restarted while suspended", [Suspend(on(1)), Restart(on(3)), away(4, 5)]


@cache
def calendars() -> dict[str, Calendar]:
    """The official calendar, one with a gap, and one without any year."""
    years = [read_calendar_year(text, file) for file, text in calendar_texts().items()]
    return {
        "all years": Calendar(years),
        "without 2024": Calendar([year for year in years if year.year != 2024]),
        "no year": Calendar([]),
    }


def computations() -> Iterator[tuple[str, list[str]]]:
    """Each rule from each start by name, with a line for each thing that may happen."""
    for name, calendar in calendars().items():
        for start in STARTS if name == "all years" else STARTS[3:6]:
            for rule in RULES:
                begins = start
                if rule.unit == "hour":
                    begins = datetime(start.year, start.month, start.day, 16, 30, tzinfo=SHANGHAI)
                kind = " ".join(map(str, rule.to_json().values()))
                lines = [
                    f"{what}: {_result(begins, rule, calendar, events)}"
                    for what, events in happenings(start, 1 if rule.direction == "forward" else -1)
                ]
                yield f"{name}, {start}, {kind}", lines


def _result(start: date, rule: Rule, calendar: Calendar, events: list[Event]) -> str:
    """The last day or moment, or the code of a refusal, and a digest of all that is said of it."""
    try:
        due = compute(start, rule, calendar, events)
        said = [due.to_json(), explain(start, rule, calendar, events).to_json()]
    except TermError as error:
        return f"{error.code} {error.values}"
    return f"{due.due} {hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:8]}"


@cache
def kept() -> dict[str, list[str]]:
    """The computations as they were last meant."""
    return json.loads(KEPT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    rows = (f"{json.dumps(name)}: {json.dumps(lines)}" for name, lines in computations())
    KEPT.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
