"""Due dates a second on one core: bare dates by arithmetic, whole explanations, and lines of `mingze due --batch`.

Run by itself it prints the numbers: ``python -m tests.bench.terms``.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from mingze.cli.due import answers
from mingze.resources import load_calendar
from mingze.terms import Event, Extend, Rule, Suspend, compute, explain

type Period = tuple[date, Rule, tuple[Event, ...]]


def periods(count: int, eventful: bool) -> list[Period]:
    """Periods as offices have them, always the same: working days, calendar days and months over 2023 to 2026."""
    draw = random.Random(20260918)
    rules = [
        Rule(15, "working_day"),
        Rule(5, "working_day"),
        Rule(60, "calendar_day"),
        Rule(30, "calendar_day", roll="forward"),
        Rule(6, "month", roll="forward"),
        Rule(7, "calendar_day", "backward", "back"),
    ]
    made: list[Period] = []
    for _ in range(count):
        start = date(2023, 1, 1) + timedelta(days=draw.randrange(1461))
        first = start + timedelta(days=draw.randrange(1, 8))
        events: tuple[Event, ...] = ()
        if eventful:
            events = (Suspend(first, first + timedelta(days=draw.randrange(10))), Extend(10, "working_day"))
        made.append((start, draw.choice(rules), events))
    return made


def _per_second(count: int, work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return count / (time.perf_counter() - begun)


def bench_terms(count: int = 20_000) -> dict[str, float]:
    """How many due dates, eventful due dates, explanations and batch lines one core gives in a second.

    `json_lines_per_second` is how fast this machine reads and writes the same lines without counting anything, in the same run, so
    that the batch can be told as a ratio.
    """
    calendar = load_calendar()
    plain, eventful = periods(count, eventful=False), periods(count, eventful=True)
    lines = [
        json.dumps({"id": number, "start": start.isoformat(), "rule": rule.to_json(), "events": []}).encode()
        for number, (start, rule, _events) in enumerate(plain)
    ]
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    few = max(1, count // 20)

    def dates(given: list[Period]) -> Callable[[], None]:
        def work() -> None:
            for start, rule, events in given:
                compute(start, rule, calendar, events)

        return work

    def explanations() -> None:
        for start, rule, events in eventful[:few]:
            explain(start, rule, calendar, events)

    def batch() -> None:
        for answer in answers(lines, calendar, "en", brief=True):
            encode(answer.to_json())

    def raw_json() -> None:
        for text in lines:
            data: Any = json.loads(text)
            encode({"id": data["id"], "due": data["start"], "provisional": False})

    return {
        "due_dates_per_second": _per_second(count, dates(plain)),
        "eventful_due_dates_per_second": _per_second(count, dates(eventful)),
        "explanations_per_second": _per_second(few, explanations),
        "batch_lines_per_second": _per_second(count, batch),
        "json_lines_per_second": _per_second(count, raw_json),
    }


if __name__ == "__main__":
    for name, value in bench_terms().items():
        print(f"{name}: {value:,.0f}")
