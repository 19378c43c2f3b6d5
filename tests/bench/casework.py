"""Commands a second in memory, one core: decide, encode and evolve a suggestion's whole life, beside a bare dictionary step."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from mingze.casework import decide, encode, evolve
from mingze.casework.scenario import plain_command
from mingze.resources import load_calendar, load_procedures
from mingze.terms import SHANGHAI

COURSE = ("file", "accept", "ask_extension", "extend", "answer", "say_unsolved", "send_back", "answer", "say_solved")


def bench_casework(cases: int = 400) -> dict[str, float]:
    """`commands_per_second` of the engine, and `json_per_second`: how fast this machine makes one event's JSON, in the same run."""
    procedure, calendar = load_procedures()["suggestion"], load_calendar()
    start = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
    commands = []
    case = None
    for step, name in enumerate(COURSE):
        at = start + timedelta(days=step)
        command = plain_command(procedure, case, name, procedure.actions[name], {}, at)
        event = decide(procedure, case, command, at, calendar, authority="t", case_id="c")
        case = evolve(procedure, case, event)
        commands.append((command, at, event))
    begun = time.perf_counter()
    for _ in range(cases):
        case = None
        for command, at, _event in commands:
            event = decide(procedure, case, command, at, calendar, authority="t", case_id="c")
            encode(event)
            case = evolve(procedure, case, event)
    took = time.perf_counter() - begun
    begun = time.perf_counter()
    for _ in range(cases):
        for _command, _at, event in commands:
            encode(event)
    raw = time.perf_counter() - begun
    count = cases * len(COURSE)
    return {"commands_per_second": count / took, "json_per_second": count / raw, "ratio": raw / took}
