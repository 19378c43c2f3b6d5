"""The way a matter usually takes, with the latest date of each step: what a person wants to know before they file.

The shortest way through the procedure's tables from the opening to an answer (or, where a procedure has no answer, to an end) by
acts that are neither adverse nor a hand-back, each office using its whole time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from heapq import heappop, heappush
from itertools import count

from mingze.casework import rule_of
from mingze.procedure.model import Action, Procedure
from mingze.terms import Calendar, TermError, compute

_ANSWERS = {"answered", "done"}


@dataclass(frozen=True)
class Milestone:
    """One step of the usual way: the act, where it is done and by whom, the clock that says until when.

    `due_on` is None where no period is counted from an act on this way (a date the matter itself states).
    """

    action: str
    stage: str
    by: str
    clock: str
    due_on: date | None
    provisional: bool


def usual_way(procedure: Procedure, today: date, calendar: Calendar) -> list[Milestone]:
    """The steps to an answer if a case is opened today and each office uses its whole time.

    Surprising: a later date is counted from the last day of the step before, so it is the latest an unextended answer can come.
    """
    out: list[Milestone] = []
    started: dict[str, tuple[date, bool]] = {}
    on, provisional = today, False
    _start(procedure, procedure.opening_name, on, provisional, started)
    for action_name, stage in _shortest(procedure):
        clock, due = _due(procedure, action_name, started, calendar)
        if due is not None:
            on, provisional = max(on, due[0]), provisional or due[1]
        by = procedure.actions[action_name].by[0].partition(".")[0]
        out.append(
            Milestone(action_name, stage, by, clock, due[0] if due else None, bool(due and (due[1] or provisional)))
        )
        for name in procedure.clocks_touched_by(action_name):
            if action_name in procedure.clocks[name].met_by:
                started.pop(name, None)
        _start(procedure, action_name, on, provisional, started)
    return out


def _start(
    procedure: Procedure, action: str, on: date, provisional: bool, started: dict[str, tuple[date, bool]]
) -> None:
    for name, clock in procedure.clocks.items():
        if action in clock.starts and not clock.counts_from:
            started[name] = (on, provisional)


def _due(
    procedure: Procedure, action: str, started: dict[str, tuple[date, bool]], calendar: Calendar
) -> tuple[str, tuple[date, bool] | None]:
    """The clock an act meets, and its last day; ("", None) where none that was started on the way can be counted."""
    for name, (since, provisional) in started.items():
        clock = procedure.clocks[name]
        if action not in clock.met_by or clock.kind == "minimum" or clock.backward:
            continue
        try:
            rule, _ = rule_of(procedure, name, since)
            due = compute(since, rule, calendar) if rule.unit != "hour" else None
        except (LookupError, TermError):
            continue
        if due is not None and due.due_on is not None:
            return name, (due.due_on, due.provisional or provisional)
    return "", None


def _shortest(procedure: Procedure) -> list[tuple[str, str]]:
    """The acts of the shortest way after the opening, each with the stage it is done at."""
    answers = any(action.means in _ANSWERS and _usual(action) for action in procedure.actions.values())
    first = procedure.stages_after((), procedure.opening_name)
    tie = count()
    queue: list[tuple[int, int, tuple[str, ...], tuple[tuple[str, str], ...]]] = [(0, next(tie), first, ())]
    seen: set[tuple[str, ...]] = set()
    while queue:
        cost, _, stages, way = heappop(queue)
        last = procedure.actions[way[-1][0]] if way else None
        ended = all(procedure.stages[stage].end for stage in stages)
        if (last is not None and last.means in _ANSWERS) or (ended and not answers):
            return list(way)
        if ended or stages in seen:
            continue
        seen.add(stages)
        for name, stage in _steps(procedure, stages):
            action = procedure.actions[name]
            extra = 1 if action.by[0].partition(".")[0] == procedure.stages[stage].bearer else 2
            if not procedure.clocks_touched_by(name):
                extra += 1  # an act no clock waits for is beside the usual way
            heappush(queue, (cost + extra, next(tie), procedure.stages_after(stages, name), (*way, (name, stage))))
    return []


def _steps(procedure: Procedure, stages: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name, action in procedure.actions.items():
        here = [stage for stage in stages if stage in action.from_]
        if (
            here
            and _usual(action)
            and (action.into or action.fork)
            and not (action.all_of and len(here) < len(action.from_))
        ):
            yield name, here[0]


def _usual(action: Action) -> bool:
    return not action.adverse and not action.hand_back and not all(by.startswith("clock ") for by in action.by)
