"""Periods that hang on a day the matter states, and what follows when a period ends without an act.

A day that a period is counted from must be stated by then on every way a case can take; what a backward period leads
up to must leave another way on when it was missed.
"""

from __future__ import annotations

from collections.abc import Iterator

from mingze.procedure.citing import cite_faults
from mingze.procedure.finding import PROCEDURE, Finding
from mingze.procedure.model import Clock, Procedure
from mingze.procedure.walking import State, Walk


def stated_day_faults(walk: Walk) -> Iterator[Finding]:
    """A day that is counted from, due on or extended to is a public date that has been stated by then."""
    procedure = walk.procedure
    stated: dict[str, str] = {}
    for name, clock in procedure.clocks.items():
        at = ("clocks", name)
        if clock.backward and not clock.counts_from:
            yield Finding("backward_without_day", PROCEDURE, at, {"clock": name})
        for field in (clock.counts_from, clock.due or ""):
            if field and not _is_date(procedure, field):
                yield Finding("not_a_date_field", PROCEDURE, at, {"clock": name, "field": field})
        if clock.counts_from and _in_hours(procedure, clock):
            yield Finding("stated_day_in_hours", PROCEDURE, at, {"clock": name, "field": clock.counts_from})
        day = clock.counts_from or (None if clock.otherwise else clock.due)
        if day:
            stated[name] = day
        for action, amount in clock.extended_by.items():
            field = amount.removeprefix("fact ")
            if amount.startswith("$"):
                continue
            if not _is_date(procedure, field):
                yield Finding("not_a_date_field", PROCEDURE, at, {"clock": name, "field": field})
            elif not _gives(procedure, action, field):
                values = {"clock": name, "field": field, "action": action}
                yield Finding("date_not_given", PROCEDURE, at, values)
        for action in clock.restarted_by:
            if clock.backward and clock.counts_from and not _gives(procedure, action, clock.counts_from):
                values = {"clock": name, "field": clock.counts_from, "action": action}
                yield Finding("date_not_given", PROCEDURE, at, values)
    yield from _not_stated_by_then(walk, stated)


def _not_stated_by_then(walk: Walk, stated: dict[str, str]) -> Iterator[Finding]:
    """A way a case can take on which a period would begin and its day is not stated."""
    procedure = walk.procedure
    if not stated:
        return
    bits = {field: 1 << place for place, field in enumerate(dict.fromkeys(stated.values()))}
    gives = {
        name: sum(bit for field, bit in bits.items() if _gives(procedure, name, field)) for name in procedure.actions
    }
    known = walk.certain(gives)
    told: set[str] = set()

    def missing(state: State | None, action: str, path: tuple[str, ...]) -> Iterator[Finding]:
        have = (known[state] if state is not None else 0) | gives[action]
        for name, field in stated.items():
            if name not in told and action in procedure.clocks[name].starts and not have & bits[field]:
                told.add(name)
                values = {"clock": name, "field": field, "action": action}
                yield Finding("date_not_given", PROCEDURE, ("clocks", name), values, path)

    yield from missing(None, procedure.opening_name, (procedure.opening_name,))
    for state, steps in walk.steps.items():
        for action, _ in steps:
            yield from missing(state, action, (*walk.paths[state], action))


def _gives(procedure: Procedure, action: str, field: str) -> bool:
    return field in procedure.actions[action].takes and procedure.fields[field].required


def _is_date(procedure: Procedure, field: str) -> bool:
    return procedure.fields[field].type == "date" and procedure.fields[field].public


def _in_hours(procedure: Procedure, clock: Clock) -> bool:
    reference = clock.limit or clock.minimum or clock.backward or clock.otherwise
    return reference is not None and any(row.unit == "hour" for row in procedure.parameters[reference[1:]])


def missed_faults(walk: Walk) -> Iterator[Finding]:
    """Where what had to come first came too late there is another way on than the act that is then refused."""
    procedure = walk.procedure
    for name, clock in procedure.clocks.items():
        if not clock.backward or not clock.holds:
            continue
        renewing = {*clock.restarted_by, *(start for start in clock.starts if _restates(procedure, clock, start))}
        for state, steps in walk.steps.items():
            held = [action for action, _ in steps if action in clock.holds]
            others = [
                action
                for action, to in steps
                if action not in clock.holds and (action in renewing or to.stages != state.stages)
            ]
            if held and not others:
                values = {"clock": name, "action": held[0]}
                yield Finding("missed_and_stuck", PROCEDURE, ("clocks", name), values, walk.paths[state])
                break


def _restates(procedure: Procedure, clock: Clock, action: str) -> bool:
    return clock.counts_from in procedure.actions[action].takes


def silence_faults(procedure: Procedure) -> Iterator[Finding]:
    """What silence is taken for is the law's to say, and whoever may turn elsewhere is told where."""
    for name, clock in procedure.clocks.items():
        silence, at = clock.silence, ("clocks", name)
        if silence is None:
            continue
        if silence.effect.startswith("deemed_"):
            if not silence.cite.strip():
                yield Finding("silence_without_source", PROCEDURE, at, {"clock": name})
            elif all(source.local for source, _ in procedure.words_of_cite(silence.cite)):
                yield Finding("silence_by_local_rule", PROCEDURE, at, {"clock": name})
        if silence.cite.strip():
            yield from cite_faults(procedure, PROCEDURE, at, silence.cite)
        if silence.effect == "may_turn_elsewhere" and not silence.remedies:
            yield Finding("silence_without_remedy", PROCEDURE, at, {"clock": name})


def silence_notes(procedure: Procedure) -> Iterator[Finding]:
    """Periods an office owes a person, of which nothing says what their end without an act means."""
    for name, clock in procedure.clocks.items():
        told = {party for action in clock.met_by for party in procedure.actions[action].tell}
        if clock.borne_by == "office" and clock.silence is None and told & set(procedure.parties):
            yield Finding("silence_not_stated", PROCEDURE, ("clocks", name), {"clock": name})
