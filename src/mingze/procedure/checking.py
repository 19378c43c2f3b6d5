"""Checking a procedure before it runs: no case waits without a clock, and no wait without a bearer.

The check walks every state a case can get into (`walking`) and refuses the procedure with the path that leads to the
fault. Guards are taken as free: whatever a condition says, the procedure must hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mingze.procedure.citing import head, number_faults, reason_faults, source_faults
from mingze.procedure.durations import Durations, durations
from mingze.procedure.finding import PROCEDURE, Finding
from mingze.procedure.minimums import minimum_end_faults, minimum_faults
from mingze.procedure.model import Procedure
from mingze.procedure.parts import (
    clock_action_needs,
    exclusion_faults,
    invitation_faults,
    link_faults,
    recusal_faults,
)
from mingze.procedure.privacy import privacy_faults
from mingze.procedure.reading_checks import reading_faults
from mingze.procedure.skeleton import PLACEHOLDER
from mingze.procedure.stated_days import missed_faults, silence_faults, silence_notes, stated_day_faults
from mingze.procedure.walking import LARGEST_WALK, State, Walk
from mingze.terms import Calendar


@dataclass(frozen=True, slots=True)
class Survey:
    """What checking found: reasons to refuse (`findings`), things a jurist should see (`notes`), and how long a case
    can take (`durations`; None without a calendar, or where a fault makes the question idle).
    """

    findings: tuple[Finding, ...]
    notes: tuple[Finding, ...] = ()
    durations: Durations | None = None
    states: int = 0


Others = Mapping[str, Procedure | None]
"""Procedures by name that a procedure may open cases under; None where it is known that there is none."""


def check(procedure: Procedure, calendar: Calendar | None = None, others: Others | None = None) -> list[Finding]:
    """Every reason to refuse the procedure; none means that it may run. With a calendar its waits are also compared
    with the periods of the law, in days; with `others` the cases it opens with what they need.
    """
    return list(survey(procedure, calendar, others).findings)


def survey(procedure: Procedure, calendar: Calendar | None = None, others: Others | None = None) -> Survey:
    """All that can be proved of a procedure before it runs."""
    walk = Walk(procedure)
    tables = [
        *_clock_action_faults(procedure),
        *_extension_faults(procedure),
        *_adverse_faults(procedure),
        *_unused(procedure),
        *_guard_faults(procedure),
        *source_faults(procedure),
        *number_faults(procedure),
        *reason_faults(procedure),
        *privacy_faults(procedure),
        *reading_faults(procedure),
        *exclusion_faults(procedure),
        *recusal_faults(procedure),
        *link_faults(procedure, others or {}),
        *silence_faults(procedure),
        *minimum_end_faults(procedure),
        *_placeholders(procedure.table.model_dump(exclude_defaults=True), ()),
    ]
    # A later question is idle where an earlier one fails: what never resumes makes every stage behind it wait.
    findings: list[Finding] = []
    for questions in (
        (_size, _suspension_pairs),
        (_run_faults, _bearer_faults, _suspension_faults, minimum_faults, _circle_faults, _condition_faults),
        (_hand_back_faults, _never, invitation_faults, stated_day_faults, missed_faults),
    ):
        if not findings:
            findings = [fault for question in questions for fault in question(walk)]
    findings += tables
    if findings or calendar is None:
        return Survey(tuple(findings), tuple(_notes(walk, ())), None, len(walk.paths))
    found = durations(procedure, calendar, walk)
    findings += [
        Finding(
            "local_outlasts_law",
            PROCEDURE,
            ("clocks", over.clock),
            {"clock": over.clock, "stage": over.stage, "days": str(over.days)},
            over.path,
        )
        for over in found.overruns
    ]
    return Survey(tuple(findings), tuple(_notes(walk, found.repeats)), found, len(walk.paths))


def _notes(walk: Walk, repeats: tuple[str, ...]) -> Iterator[Finding]:
    """What is lawful and should still be seen: bodies outside the authority, and actions without a count."""
    procedure = walk.procedure
    for name, stage in procedure.stages.items():
        role = procedure.offices.get(stage.bearer)
        if role is not None and role.outside:
            yield Finding("outside_bearer", PROCEDURE, ("stages", name), {"stage": name, "office": stage.bearer})
    yield from _all_conditional(walk)
    yield from silence_notes(procedure)
    for name in repeats:
        yield Finding("repeats_uncounted", PROCEDURE, ("actions", name), {"action": name})


def _size(walk: Walk) -> Iterator[Finding]:
    """A walk broken off proves nothing, so nothing else is asked of its states."""
    if walk.too_large:
        yield Finding("too_large", PROCEDURE, ("stages",), {"most": str(LARGEST_WALK)})


def _run_faults(walk: Walk) -> Iterator[Finding]:
    procedure, found = walk.procedure, walk.paths
    reached = {stage for state in found for stage in state.stages}
    for name, stage in procedure.stages.items():
        at = ("stages", name)
        if name not in reached:
            yield Finding("stage_unreachable", PROCEDURE, at, {"stage": name})
        if stage.end and stage.bearer:
            yield Finding("end_with_bearer", PROCEDURE, at, {"stage": name})
        if not stage.end and not stage.bearer:
            yield Finding("stage_without_bearer", PROCEDURE, at, {"stage": name}, _path_to(walk, name))
    told: set[str] = set()
    for state, path in found.items():
        if walk.over(state):
            continue
        ends_here = state in walk.ending
        for name in state.stages:
            if not ends_here and name not in told:
                told.add(name)
                yield Finding("no_end_from_here", PROCEDURE, ("stages", name), {"stage": name}, path)
    for name, role in procedure.offices.items():
        binders = [action for action in procedure.actions.values() if name in action.binds]
        if not role.found_by and not binders:
            yield Finding("office_never_bound", PROCEDURE, ("offices", name), {"office": name})


def _condition_faults(walk: Walk) -> Iterator[Finding]:
    """A condition may fail to hold: it must not be the only way on, nor the only way to an end. Two different ones are
    taken to fill each other in.
    """
    procedure = walk.procedure
    told: set[str] = set()
    for state, steps in walk.steps.items():
        ways = {name for name, to in steps if to != state}
        guards = [procedure.actions[name].when for name in ways]
        if ways and None not in guards and len({guard.cel for guard in guards if guard}) == 1:
            name = min(ways)
            if name not in told:
                told.add(name)
                path = walk.paths[state]
                yield Finding("only_way_conditional", PROCEDURE, ("actions", name), {"action": name}, path)
    if told:
        return
    by_guard: dict[str, list[str]] = {}
    for name, action in procedure.actions.items():
        if action.when is not None:
            by_guard.setdefault(action.when.cel, []).append(name)
    for names in by_guard.values():
        ending = walk.ending_without(frozenset(names))
        stuck = next((state for state in walk.paths if state in walk.ending and state not in ending), None)
        if stuck is not None:
            name = names[0]
            path = walk.paths[stuck]
            yield Finding("only_way_conditional", PROCEDURE, ("actions", name), {"action": name}, path)


def _all_conditional(walk: Walk) -> Iterator[Finding]:
    """Stages that are left only on one of several conditions: the check cannot know that one of them always holds."""
    procedure = walk.procedure
    told: set[str] = set()
    for state, steps in walk.steps.items():
        ways = {name for name, to in steps if to != state}
        if len(ways) > 1 and all(procedure.actions[name].when for name in ways):
            stage = next((stage for stage in state.stages if stage not in told), None)
            if stage is not None:
                told.add(stage)
                names = ", ".join(name for name in procedure.actions if name in ways)
                values = {"stage": stage, "actions": names}
                yield Finding("all_conditional", PROCEDURE, ("stages", stage), values, walk.paths[state])


_NAMED_IN_GUARD = re.compile(r"\b(facts|counts)\.(\w+)|\b(facts|counts)\[['\"](\w+)['\"]\]")


def _guard_faults(procedure: Procedure) -> Iterator[Finding]:
    """A condition asks only what a case knows: a name nobody declared would never hold, and nobody would see why."""
    public = {name for name, field in procedure.fields.items() if field.public}
    for name, action in procedure.actions.items():
        for match in _NAMED_IN_GUARD.finditer(action.when.cel if action.when else ""):
            table, asked = match[1] or match[3], match[2] or match[4]
            if asked not in (public if table == "facts" else procedure.actions):
                values = {"action": name, "found": f"{table}.{asked}"}
                yield Finding("guard_asks_unknown", PROCEDURE, ("actions", name), values)


def _path_to(walk: Walk, stage: str) -> tuple[str, ...]:
    return next((path for state, path in walk.paths.items() if stage in state.stages), ())


def _resting(walk: Walk) -> Iterator[tuple[State, str, tuple[str, ...]]]:
    """Wherever an open case can rest: the state, one of its stages, and the shortest way there."""
    for state, path in walk.paths.items():
        if not walk.over(state):
            for stage in state.stages:
                if not walk.procedure.stages[stage].end:
                    yield state, stage, path


def _roles(walk: Walk, actions: Iterable[str]) -> set[str]:
    """Who can take one of some actions: roles and parties, without their functions."""
    by = (by for name in actions for by in walk.procedure.actions[name].by)
    return {each.partition(".")[0] for each in by if not each.startswith("clock ")}


def _bearer_faults(walk: Walk) -> Iterator[Finding]:
    """In each branch exactly one bearer, known by then, and a period that ends the wait."""
    procedure = walk.procedure
    bound_later = {name for name, role in procedure.offices.items() if not role.found_by}
    told: set[tuple[str, str]] = set()

    def once(code: str, at: tuple[str, ...], values: dict[str, str], path: tuple[str, ...]) -> Iterator[Finding]:
        if (code, at[-1]) not in told:
            told.add((code, at[-1]))
            yield Finding(code, PROCEDURE, at, values, path)

    for state, stage, path in _resting(walk):
        at, bearer = ("stages", stage), procedure.stages[stage].bearer
        waits = walk.waits(state, stage)
        if not waits:
            paused = next(iter(sorted(state.suspended)), None)
            if paused is not None:
                yield from once("suspension_without_limit", ("clocks", paused), {"clock": paused, "stage": stage}, path)
            else:
                running = ", ".join(sorted(state.running - state.suspended)) or "-"
                yield from once("wait_without_clock", at, {"stage": stage, "running": running}, path)
        if not bearer:
            continue
        if bearer in bound_later and bearer not in state.bound:
            yield from once("bearer_not_bound", at, {"stage": stage, "office": bearer}, path)
        for clock_name in waits:
            clock = procedure.clocks[clock_name]
            roles = _roles(walk, walk.meeting(clock_name, stage))
            if clock.borne_by != "person" and roles and bearer not in roles:
                values = {"stage": stage, "bearer": bearer, "other": min(roles), "clock": clock_name}
                yield from once("two_bearers", at, values, path)
            outside = bearer in procedure.offices and procedure.offices[bearer].outside
            if bearer in roles and (clock.borne_by == "outside") != outside and bearer in procedure.offices:
                values = {"clock": clock_name, "stage": stage, "office": bearer}
                yield from once("outside_not_said", ("clocks", clock_name), values, path)


def _suspension_pairs(walk: Walk) -> Iterator[Finding]:
    """What is suspended can be resumed, and what is resumed can be suspended."""
    for name, clock in walk.procedure.clocks.items():
        if bool(clock.suspended_by) != bool(clock.resumed_by):
            code = "never_resumed" if clock.suspended_by else "never_suspended"
            yield Finding(code, PROCEDURE, ("clocks", name), {"clock": name})


def _suspension_faults(walk: Walk) -> Iterator[Finding]:
    """Nothing suspends what stands still, nothing resumes what runs, and who waits is told."""
    procedure = walk.procedure
    for name, clock in procedure.clocks.items():
        if not clock.suspended_by:
            continue
        at = ("clocks", name)
        for action in clock.suspended_by:
            if not procedure.actions[action].tell:
                yield Finding("suspension_not_told", PROCEDURE, ("actions", action), {"clock": name, "action": action})
        told: set[str] = set()
        for state, steps in walk.steps.items():
            if name not in state.running:
                continue
            code, actions = (
                ("suspended_twice", clock.suspended_by)
                if name in state.suspended
                else ("resumed_unsuspended", clock.resumed_by)
            )
            if code in told:
                continue
            action = next((action for action, _ in steps if action in actions and action not in clock.met_by), None)
            if action is not None:
                told.add(code)
                yield Finding(code, PROCEDURE, at, {"clock": name, "action": action}, (*walk.paths[state], action))


def _circle_faults(walk: Walk) -> Iterator[Finding]:
    """A case that can go round and round is held by a counter, or by a period that going round does not renew."""
    procedure = walk.procedure
    told: set[frozenset[str]] = set()
    for circle in walk.circles:
        inside = [
            (state, name, to) for state in circle for name, to in walk.steps[state] if to in circle and to != state
        ]
        actions = frozenset(name for _, name, _ in inside)
        if actions in told:
            continue
        told.add(actions)
        holding = [
            name
            for name, clock in procedure.clocks.items()
            if not clock.minimum
            and clock.borne_by != "person"
            and any(name in state.running for state in circle)
            and actions.isdisjoint((*clock.starts, *clock.extended_by, *clock.restarted_by, *clock.suspended_by))
        ]
        if not holding:
            start = min(circle, key=lambda state: (len(walk.paths[state]), state.stages))
            names = ", ".join(name for name in procedure.actions if name in actions)
            stage = start.stages[0]
            yield Finding(
                "unbounded_circle", PROCEDURE, ("stages", stage), {"stage": stage, "actions": names}, walk.paths[start]
            )


def _hand_back_faults(walk: Walk) -> Iterator[Finding]:
    """Handing back is counted, somebody named arbitrates once it is used up, and a period runs on meanwhile."""
    procedure = walk.procedure
    arbiters: dict[str, list[str]] = {}
    for name, action in procedure.actions.items():
        for other in action.arbitrates:
            arbiters.setdefault(other, []).append(name)
            if not procedure.actions[other].hand_back:
                values = {"action": name, "other": other}
                yield Finding("arbitrates_nothing", PROCEDURE, ("actions", name), values)
    for name, action in procedure.actions.items():
        if not action.hand_back:
            continue
        at = ("actions", name)
        if action.at_most is None:
            yield Finding("hand_back_uncounted", PROCEDURE, at, {"action": name})
        if name not in arbiters:
            yield Finding("hand_back_without_arbiter", PROCEDURE, at, {"action": name})
            continue
        own = _roles(walk, [name])
        for arbiter in arbiters[name]:
            by = procedure.actions[arbiter].by
            if not all("." in each and each.partition(".")[0] not in own for each in by):
                yield Finding("arbiter_not_a_post", PROCEDURE, ("actions", arbiter), {"action": arbiter})
        for state, to in ((state, to) for state, steps in walk.steps.items() for step, to in steps if step == name):
            path = (*walk.paths[state], name)
            used_up = action.at_most is not None and to.counts[walk.place(name)] >= walk.most[name]
            if used_up and not any(step in arbiters[name] for step, _ in walk.steps[to]):
                yield Finding("arbiter_not_there", PROCEDURE, at, {"action": name}, path)
                break
            if not any(not procedure.clocks[clock].minimum for clock in (state.running & to.running) - to.suspended):
                yield Finding("hand_back_stops_time", PROCEDURE, at, {"action": name}, path)
                break


def _clock_action_faults(procedure: Procedure) -> Iterator[Finding]:
    """What happens when a period runs out must be possible without anybody: it asks for nothing and waits for nothing."""
    for name, action in procedure.actions.items():
        if not any(by.startswith("clock ") for by in action.by):
            continue
        needs = [field for field in action.takes if procedure.fields[field].required]
        needs += list(action.binds)
        needs += [key for key in ("when", "after", "at_most", "all_of") if getattr(action, key)]
        needs += clock_action_needs(action)
        if needs:
            values = {"action": name, "needs": ", ".join("all" if need == "all_of" else need for need in needs)}
            yield Finding("clock_action_asks", PROCEDURE, ("actions", name), values)


def _extension_faults(procedure: Procedure) -> Iterator[Finding]:
    """A period is extended a counted number of times, not by those whose own period it is, and they are told who wait."""
    for name, clock in procedure.clocks.items():
        meets = {by for action in clock.met_by for by in procedure.actions[action].by}
        for action_name in dict.fromkeys((*clock.extended_by, *clock.restarted_by)):
            action, at = procedure.actions[action_name], ("actions", action_name)
            values = {"action": action_name, "clock": name}
            if action.at_most is None:
                yield Finding("extension_uncounted", PROCEDURE, at, values)
            if not action.tell:
                yield Finding("extension_not_told", PROCEDURE, at, values)
            if action_name in clock.extended_by and not _reasoned(procedure, action_name):
                yield Finding("extension_without_reason", PROCEDURE, at, values)
            own = [
                by
                for by in action.by
                if any(by == other or by.partition(".")[0] == other or other.partition(".")[0] == by for other in meets)
            ]
            if own and action_name in clock.extended_by:
                yield Finding("extends_own_period", PROCEDURE, at, {**values, "by": own[0]})


def _reasoned(procedure: Procedure, action_name: str) -> bool:
    """Whether an act, or the one it comes after, states reasons in words; what the parties agree needs none."""
    if any(
        by in procedure.parties for name in procedure.actions[action_name].after for by in procedure.actions[name].by
    ):
        return True
    names = (action_name, *procedure.actions[action_name].after)
    return any(
        procedure.fields[field].type in ("text", "line", "choice") and procedure.fields[field].required
        for name in names
        for field in procedure.actions[name].takes
    )


def _adverse_faults(procedure: Procedure) -> Iterator[Finding]:
    for name, action in procedure.actions.items():
        if not action.adverse:
            continue
        at = ("actions", name)
        if not action.tell:
            yield Finding("adverse_without_notice", PROCEDURE, at, {"action": name})
        elif procedure.parties and not set(action.tell) & set(procedure.parties):
            yield Finding("adverse_tells_no_party", PROCEDURE, at, {"action": name})
        if not action.remedies and not action.no_remedy:
            yield Finding("adverse_without_remedy", PROCEDURE, at, {"action": name})
        elif action.no_remedy and head(action.no_remedy) not in procedure.sources:
            yield Finding("no_remedy_without_source", PROCEDURE, at, {"action": name})


def _unused(procedure: Procedure) -> Iterator[Finding]:
    """Words of the tables that no case ever meets: a field or a remedy named by nothing, an action out of an end."""
    for name, action in procedure.actions.items():
        ends = [stage for stage in action.from_ if procedure.stages[stage].end]
        if ends:
            yield Finding("action_from_end", PROCEDURE, ("actions", name), {"action": name, "stage": ends[0]})
    taking = {field for action in procedure.actions.values() for field in action.takes}
    for name in procedure.fields:
        if name not in taking:
            yield Finding("field_unused", PROCEDURE, ("fields", name), {"field": name})
    named = {remedy for action in procedure.actions.values() for remedy in action.remedies}
    named |= {remedy for clock in procedure.clocks.values() if clock.silence for remedy in clock.silence.remedies}
    for name in procedure.remedies:
        if name not in named:
            yield Finding("remedy_unused", PROCEDURE, ("remedies", name), {"remedy": name})


def _never(walk: Walk) -> Iterator[Finding]:
    """What the tables offer and no case ever has: an action never possible, a period that never runs."""
    procedure = walk.procedure
    taken = {name for steps in walk.steps.values() for name, _ in steps} | {procedure.opening_name}
    for name, action in procedure.actions.items():
        if name not in taken and not any(procedure.stages[stage].end for stage in action.from_):
            yield Finding("action_never_possible", PROCEDURE, ("actions", name), {"action": name})
    running = {clock for state in walk.paths for clock in state.running}
    for name, clock in procedure.clocks.items():
        if name not in running and taken.issuperset(clock.starts):
            yield Finding("clock_never_starts", PROCEDURE, ("clocks", name), {"clock": name})


def _placeholders(part: Any, at: tuple[str, ...]) -> Iterator[Finding]:
    """Texts of the skeleton that the author has not written yet."""
    if isinstance(part, str):
        if PLACEHOLDER in part:
            yield Finding("still_to_write", PROCEDURE, at, {"what": ".".join(at)})
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield from _placeholders(value, (*at, str(key)))
