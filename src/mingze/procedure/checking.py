"""Checking a procedure before it runs: no case waits without a clock, and no wait without a bearer.

The check walks every state a case can get into (its stage and the clocks then running; counters and earlier actions
are taken as free, so that nothing lawful is missed) and refuses the procedure with the path that leads to the fault.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mingze.procedure.model import Action, DatedNumber, Procedure

SENSITIVE = re.compile(
    r"宗教|信仰|民族|种族|政治面貌|党派|家庭|婚姻|子女|健康|病史|残疾|生物识别|指纹|人脸"
    r"|\breligio|\bfaith\b|\bethnic|\brace\b|\bpolitical|\bparty member|\bfamily|\bmarital"
    r"|\bhealth|\bmedical|\bdisabilit|\bbiometric",
    re.IGNORECASE,
)
"""What no field may ask about without a declared basis, purpose and retention (PIPL 28; the design's never-list)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A reason to refuse a procedure: where it stands (`at`, keys into the file), and for a fault of the run the
    `path` of actions to it.
    """

    code: str
    file: str
    at: tuple[str, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _State:
    stages: tuple[str, ...]
    running: frozenset[str]


def check(procedure: Procedure) -> list[Finding]:
    """Every reason to refuse the procedure; none means that it may run."""
    return [
        *_run_faults(procedure),
        *_adverse_faults(procedure),
        *_source_faults(procedure),
        *_number_faults(procedure),
        *_field_faults(procedure),
    ]


def _possible(state: _State, action: Action) -> bool:
    """Whether the stages allow an action; guards and counters are taken as free."""
    wanted = set(action.from_)
    return wanted <= set(state.stages) if action.all_of else not wanted.isdisjoint(state.stages)


def _after(procedure: Procedure, state: _State | None, name: str, action: Action) -> _State:
    """The state an action leads to: its stage, and the clocks it meets and starts."""
    stages = tuple(sorted(procedure.stages_after(state.stages if state else (), name)))
    running = set(state.running if state else ())
    for clock_name in procedure.clocks_touched_by(name):
        clock = procedure.clocks[clock_name]
        if name in clock.met_by:
            running.discard(clock_name)
        if name in clock.starts or name in clock.reopened_by:
            running.add(clock_name)
    if all(procedure.stages[stage].end for stage in stages):
        running.clear()
    return _State(stages, frozenset(running))


def states(procedure: Procedure) -> dict[_State, tuple[str, ...]]:
    """Every state a case can get into, with the shortest path of actions to it."""
    first = _after(procedure, None, procedure.opening_name, procedure.opening)
    found: dict[_State, tuple[str, ...]] = {first: (procedure.opening_name,)}
    queue = deque([first])
    while queue:
        state = queue.popleft()
        for name, action in procedure.actions.items():
            if not _possible(state, action):
                continue
            clocks = [by[6:] for by in action.by if by.startswith("clock ")]
            if clocks and not any(clock in state.running for clock in clocks):
                continue
            to = _after(procedure, state, name, action)
            if to not in found:
                found[to] = (*found[state], name)
                queue.append(to)
    return found


def _run_faults(procedure: Procedure) -> Iterator[Finding]:
    found = states(procedure)
    reached = {stage for state in found for stage in state.stages}
    for name, stage in procedure.stages.items():
        at = ("stages", name)
        if name not in reached:
            yield Finding("stage_unreachable", "procedure.yaml", at, {"stage": name})
        if stage.end and stage.bearer:
            yield Finding("end_with_bearer", "procedure.yaml", at, {"stage": name})
        if not stage.end and not stage.bearer:
            yield Finding("stage_without_bearer", "procedure.yaml", at, {"stage": name}, _path_to(found, name))
    stuck = set(found) - _ending(procedure, found)
    for name in sorted({stage for state in stuck for stage in state.stages}):
        path = min((found[state] for state in stuck if name in state.stages), key=len)
        yield Finding("no_end_from_here", "procedure.yaml", ("stages", name), {"stage": name}, path)
    told: set[str] = set()
    for state, path in found.items():
        for name in state.stages:
            if procedure.stages[name].end or name in told or _clocks_ending(procedure, state, name):
                continue
            told.add(name)
            running = ", ".join(sorted(state.running)) or "-"
            yield Finding(
                "wait_without_clock", "procedure.yaml", ("stages", name), {"stage": name, "running": running}, path
            )
    for name, role in procedure.offices.items():
        binders = [action for action in procedure.actions.values() if name in action.binds]
        if not role.found_by and not binders:
            yield Finding("office_never_bound", "procedure.yaml", ("offices", name), {"office": name})


def _clocks_ending(procedure: Procedure, state: _State, stage: str) -> list[str]:
    """The running clocks that end the wait at a stage: an action there meets them, or runs when they run out."""
    here = {name for name, action in procedure.actions.items() if stage in action.from_}
    return [
        clock
        for clock in state.running
        if not procedure.clocks[clock].minimum
        and (here & set(procedure.clocks[clock].met_by) or procedure.clock_actions.get(clock) in here)
    ]


def _ending(procedure: Procedure, found: Mapping[_State, tuple[str, ...]]) -> set[_State]:
    """The states from which some course of actions reaches an end."""
    before: dict[_State, set[_State]] = {state: set() for state in found}
    for state in found:
        for name, action in procedure.actions.items():
            if _possible(state, action) and (to := _after(procedure, state, name, action)) in before:
                before[to].add(state)
    good = {state for state in found if all(procedure.stages[stage].end for stage in state.stages)}
    queue = deque(good)
    while queue:
        for earlier in before[queue.popleft()] - good:
            good.add(earlier)
            queue.append(earlier)
    return good


def _path_to(found: Mapping[_State, tuple[str, ...]], stage: str) -> tuple[str, ...]:
    return min((path for state, path in found.items() if stage in state.stages), key=len, default=())


def _adverse_faults(procedure: Procedure) -> Iterator[Finding]:
    for name, action in procedure.actions.items():
        if not action.adverse:
            continue
        at = ("actions", name)
        if not action.tell:
            yield Finding("adverse_without_notice", "procedure.yaml", at, {"action": name})
        if not action.remedies and not action.no_remedy:
            yield Finding("adverse_without_remedy", "procedure.yaml", at, {"action": name})


def _source_faults(procedure: Procedure) -> Iterator[Finding]:
    rows: list[tuple[str, str, str]] = []
    rows += [("actions", name, action.cite) for name, action in procedure.actions.items()]
    rows += [("clocks", name, clock.cite) for name, clock in procedure.clocks.items()]
    rows += [("remedies", name, remedy.cite) for name, remedy in procedure.remedies.items()]
    for table, name, cite in rows:
        yield from _cite_faults(procedure, "procedure.yaml", (table, name), cite)


def _cite_faults(procedure: Procedure, file: str, at: tuple[str, ...], cite: str) -> Iterator[Finding]:
    if not cite.strip():
        yield Finding("without_source", file, at, {"name": at[-1]})
        return
    for part in cite.split(";"):
        source_name = part.strip().partition(" ")[0]
        source = procedure.sources.get(source_name)
        if source is None:
            yield Finding("unknown_source", file, at, {"name": at[-1], "source": source_name})
        elif not source.local and (source.in_force is None or source.in_force > procedure.in_force):
            yield Finding(
                "source_not_in_force",
                file,
                at,
                {"source": source_name, "in_force": str(source.in_force or "-"), "on": str(procedure.in_force)},
            )
        elif source.ended and source.ended <= procedure.in_force:
            yield Finding("source_ended", file, at, {"source": source_name, "ended": str(source.ended)})


def _number_faults(procedure: Procedure) -> Iterator[Finding]:
    used = {
        reference[1:]
        for clock in procedure.clocks.values()
        for reference in (clock.limit, clock.minimum, clock.backward, clock.otherwise, *clock.extended_by.values())
        if reference and reference.startswith("$")
    } | {remedy.limit[1:] for remedy in procedure.remedies.values() if remedy.limit}
    for name, rows in procedure.parameters.items():
        at = (name,)
        if name not in used:
            yield Finding("number_unused", "parameters.yaml", at, {"parameter": name})
        if min(row.from_ for row in rows) > procedure.in_force:
            yield Finding(
                "number_too_late",
                "parameters.yaml",
                at,
                {"parameter": name, "from": str(min(row.from_ for row in rows)), "in_force": str(procedure.in_force)},
            )
        for row in rows:
            yield from _one_number_faults(procedure, name, row)


def _one_number_faults(procedure: Procedure, name: str, row: DatedNumber) -> Iterator[Finding]:
    if row.local or row.pending_text:
        if row.why is None:
            yield Finding("local_without_why", "parameters.yaml", (name,), {"parameter": name})
    else:
        yield from _cite_faults(procedure, "parameters.yaml", (name,), row.cite)


def _field_faults(procedure: Procedure) -> Iterator[Finding]:
    for name, field_ in procedure.fields.items():
        words = " ".join((name.replace("_", " "), field_.zh, field_.en))
        match = SENSITIVE.search(words)
        if match and not (field_.basis and field_.purpose and field_.retention_months):
            yield Finding(
                "sensitive_field", "procedure.yaml", ("fields", name), {"field": name, "found": match.group(0)}
            )
