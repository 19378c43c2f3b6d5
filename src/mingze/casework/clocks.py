"""What an action does to the clocks of its case, with the dates it gives people.

Each effect is computed once, when the action is decided, and stands in the event; nobody recomputes a date that was
told. Days are counted by `terms`; which number applies is the procedure's dated parameter on the day the period starts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from mingze.casework.case import Case, ClockState, open_suspension, with_happened
from mingze.casework.command import Refused
from mingze.procedure.model import Clock, Procedure
from mingze.procedure.walking import only_clocks
from mingze.terms import (
    Basis,
    Calendar,
    Due,
    Explanation,
    Rule,
    compute,
    event_from_json,
    explain,
    local_day,
    when_from_json,
)


@lru_cache(maxsize=512)
def _rule(amount: int, unit: Any, direction: Any, roll: Any) -> Rule:
    return Rule(amount, unit, direction, roll)


def rule_of(procedure: Procedure, name: str, on: date) -> tuple[Rule, str]:
    """The rule of a declared clock as it stands on a day, and the parameter it comes from.

    Raises: LookupError if the clock's parameter had no value on that day; a `due` clock's rule is its `otherwise`.
    """
    clock = procedure.clocks[name]
    reference = clock.limit or clock.minimum or clock.backward or clock.otherwise
    if reference is None:
        raise LookupError(name)
    number = procedure.parameter_on(reference, on)
    direction = "backward" if clock.backward else "forward"
    return _rule(number.value, number.unit, direction, "none" if number.unit == "hour" else clock.rolls), reference[1:]


def _dates(
    start: date | datetime, rule: Mapping[str, Any], events: tuple[Any, ...], calendar: Calendar
) -> dict[str, Any]:
    """The dates of a period as they stand in an event."""
    counted = _rule(rule["amount"], rule["unit"], rule["direction"], rule["roll"])
    if not events and not isinstance(start, datetime):
        return dict(_plain_dates(start, counted, calendar))
    return _told(compute(start, counted, calendar, [event_from_json(event) for event in events]))


@lru_cache(maxsize=4096)
def _plain_dates(start: date, rule: Rule, calendar: Calendar) -> dict[str, Any]:
    """The dates of a period nothing has happened to: the same for every matter that came on the same day."""
    return _told(compute(start, rule, calendar, []))


def _told(due: Due) -> dict[str, Any]:
    last = due.due
    return {
        "due": None if last is None else last.isoformat(),
        "raw": None if due.raw_on is None else due.raw_on.isoformat(),
        "rolled": None if due.rolled_on is None else due.rolled_on.isoformat(),
        "provisional": due.provisional,
    }


def _fixed(start: date, due_on: date) -> dict[str, Any]:
    """A date the matter itself states, kept as calendar days from the start so that it can be drawn and extended like
    any other.
    """
    return {"amount": max((due_on - start).days, 0), "unit": "calendar_day", "direction": "forward", "roll": "none"}


def _started(
    procedure: Procedure, name: str, clock: Clock, facts: Mapping[str, Any], at: datetime, calendar: Calendar
) -> dict[str, Any]:
    on = local_day(at)
    stated = facts.get(clock.due) if clock.due else None
    counted_from = _stated_day(name, clock, facts) if clock.counts_from else None
    if stated:
        due_on = date.fromisoformat(stated)
        rule: Mapping[str, Any] = _fixed(on, due_on)
        dates = {"due": stated, "raw": stated, "rolled": None, "provisional": False}
        parameter = f"fact {clock.due}"
    else:
        declared, parameter = rule_of(procedure, name, counted_from or on)
        rule = declared.to_json()
        dates = _dates(counted_from or (at if declared.unit == "hour" else on), rule, (), calendar)
    if counted_from is not None:
        _in_time_for(name, clock, counted_from, dates, on)
    start = at.isoformat() if rule["unit"] == "hour" and counted_from is None else (counted_from or on).isoformat()
    effect = {
        "name": name,
        "op": "start",
        "borne_by": clock.borne_by,
        "on": start,
        "rule": rule,
        "parameter": parameter,
        **dates,
    }
    return {**effect, "counts_from": clock.counts_from} if counted_from is not None else effect


def _stated_day(name: str, clock: Clock, facts: Mapping[str, Any]) -> date:
    """The day a period is counted from (or, backward, up to), as the matter states it."""
    stated = facts.get(clock.counts_from)
    if not stated:
        raise Refused("date_not_stated", clock=name, field=clock.counts_from)
    return date.fromisoformat(stated)


def _in_time_for(name: str, clock: Clock, stated: date, dates: Mapping[str, Any], on: date) -> None:
    """A day so near that what must come before it cannot be in time any more is refused when it is stated, not when
    it has come.
    """
    if clock.backward and clock.holds and dates["due"] < on.isoformat():
        raise Refused("date_too_soon", clock=name, field=clock.counts_from, on=stated.isoformat(), until=dates["due"])


def _extended(
    procedure: Procedure, state: ClockState, amount: str, facts: Mapping[str, Any], at: datetime, calendar: Calendar
):
    on = local_day(at)
    if not amount.startswith("$"):
        until = date.fromisoformat(facts[amount.removeprefix("fact ")])
        present = date.fromisoformat(state.raw or state.started_on[:10])
        # A document may state a day that was past when its case opened; the drawn period then ends on its first day.
        drawn = max(present, state.started)
        if until <= drawn:
            raise Refused("extension_not_later", clock=state.name, until=until.isoformat(), due=present.isoformat())
        happened = {"type": "extend", "at": on.isoformat(), "amount": (until - drawn).days, "unit": "calendar_day"}
    else:
        number = procedure.parameter_on(amount, on)
        happened = {"type": "extend", "at": on.isoformat(), "amount": number.value, "unit": number.unit}
    start = when_from_json(state.started_on)
    dates = _dates(start, state.rule, (*state.events, happened), calendar)
    return {"name": state.name, "op": "extend", "event": happened, "was": state.due, **dates}


def _redated(state: ClockState, op: str, happened: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    events = with_happened(state.events, op, happened)
    dates = _dates(when_from_json(state.started_on), state.rule, events, calendar)
    return {"name": state.name, "op": op, "event": happened, "was": state.due, **dates}


def counted_from_on(state: ClockState) -> date:
    """The day a period is counted from, or up to if it is backward: the one stated last."""
    restarts = [event["at"] for event in state.events if event["type"] == "restart"]
    return local_day(when_from_json(restarts[-1])) if restarts else state.started


def _begins_anew(clock: Clock, action: str, facts: Mapping[str, Any]) -> bool:
    """Whether an action begins a running period anew: it restarts it, or states again the day it is counted from."""
    return action in clock.restarted_by or bool(
        clock.counts_from and action in clock.starts and facts.get(clock.counts_from)
    )


def _restarted(
    state: ClockState, clock: Clock, facts: Mapping[str, Any], on: date, calendar: Calendar
) -> dict[str, Any]:
    stated = facts.get(clock.counts_from) if clock.counts_from else None
    begins = date.fromisoformat(stated) if stated else on
    effect = _redated(state, "restart", {"type": "restart", "at": begins.isoformat()}, calendar)
    if stated:
        _in_time_for(state.name, clock, begins, effect, on)
    return effect


def is_late(state: ClockState, at: datetime) -> bool:
    """Whether an act at this instant is after the period's end; a period counted in days lasts to the end of its last
    day.
    """
    if state.due is None:
        return False
    due = when_from_json(state.due)
    return at > due if isinstance(due, datetime) else local_day(at) > due


def _happens(
    procedure: Procedure,
    clock: Clock,
    state: ClockState,
    action: str,
    facts: Mapping[str, Any],
    at: datetime,
    calendar: Calendar,
    ends: bool,
) -> dict[str, Any] | None:
    """What an action does to a clock the case has: it meets, extends, suspends, resumes, restarts or reopens it.

    Surprising: what does not stand still is not suspended twice, and what runs is not resumed. What happens by itself
    when a person's period has run out is not late: they were free to let it pass. An office's is: it owed the act.
    """
    if not state.running:
        reopens = action in clock.reopened_by and not ends
        return {"name": state.name, "op": "reopen", "due": state.due} if reopens else None
    if action in clock.met_by:
        ran_out = procedure.clock_actions.get(state.name) == action and only_clocks(procedure.actions[action])
        let_pass = ran_out and clock.borne_by == "person"
        return {"name": state.name, "op": "meet", "at": at.isoformat(), "late": not let_pass and is_late(state, at)}
    if action in clock.extended_by:
        return _extended(procedure, state, clock.extended_by[action], facts, at, calendar)
    on = local_day(at)
    if action in clock.suspended_by or action in clock.resumed_by:
        opened = open_suspension(state.events)
        if opened is None and action in clock.suspended_by:
            return _redated(state, "suspend", {"type": "suspend", "from": on.isoformat(), "to": None}, calendar)
        if opened is not None and action in clock.resumed_by:
            return _redated(state, "resume", {**state.events[opened], "to": on.isoformat()}, calendar)
    return _restarted(state, clock, facts, on, calendar) if _begins_anew(clock, action, facts) else None


def effects_of(
    procedure: Procedure,
    case: Case | None,
    action: str,
    facts: Mapping[str, Any],
    at: datetime,
    calendar: Calendar,
    ends: bool,
) -> list[dict[str, Any]]:
    """The clock effects of an action, in the procedure's table order; `ends` says that the action closes the case.

    Raises: Refused `extension_not_later`; LookupError where a needed number had no value on the day.
    """
    states: Mapping[str, ClockState] = case.clocks if case is not None else {}
    out: list[dict[str, Any]] = []
    for name in procedure.clocks_touched_by(action):
        clock = procedure.clocks[name]
        state = states.get(name)
        running = False
        starts = action in clock.starts
        if state is not None:
            effect = _happens(procedure, clock, state, action, facts, at, calendar, ends)
            if effect is not None:
                out.append(effect)
            running = state.running and (effect is None or effect["op"] != "meet")
            starts = starts or (clock.backward is not None and _begins_anew(clock, action, facts))
        if starts and not running and not ends:
            known = {**(case.facts if case is not None else {}), **facts}
            out.append(_started(procedure, name, clock, known, at, calendar))
    if ends:
        touched = {effect["name"] for effect in out}
        out += [{"name": name, "op": "stop"} for name, state in states.items() if state.running and name not in touched]
    return out


def explanation(procedure: Procedure, state: ClockState, calendar: Calendar, today: date | None = None) -> Explanation:
    """How a case's date came about, day by day: the one object portal, desk, letters and command line all show.

    Surprising: it is built from the rule and the events kept in the case, not from the procedure as it stands today.
    """
    clock = procedure.clocks[state.name]
    basis = Basis(
        article=procedure.cite_text(clock.cite),
        parameter=state.parameter,
        borne_by=clock.borne_by,
        kind="limit" if clock.kind == "due" else clock.kind,
        local=is_local(procedure, state),
        procedure=procedure.name,
        clock=state.name,
        counts_from=procedure.fields[clock.counts_from].text if clock.counts_from else None,
        silence=silence_of(procedure, state.name),
    )
    return explain(
        when_from_json(state.started_on),
        _rule(state.rule["amount"], state.rule["unit"], state.rule["direction"], state.rule["roll"]),
        calendar,
        [event_from_json(event) for event in state.events],
        basis=basis,
        today_on=today,
    )


def silence_of(procedure: Procedure, name: str) -> dict[str, Any] | None:
    """What follows by law when a clock ends without an act: `effect`, the words `zh` and `en`, the `article`, and the
    `remedies` (rows of the procedure) a person may turn to; None where the procedure says nothing.
    """
    silence = procedure.clocks[name].silence
    if silence is None:
        return None
    article = procedure.cite_text(silence.cite) if silence.cite else None
    return {"effect": silence.effect, **silence.text, "article": article, "remedies": list(silence.remedies)}


def is_local(procedure: Procedure, state: ClockState) -> bool:
    """Whether the number behind a running clock is the office's own rule, which no page may show as statute."""
    if state.parameter.startswith("fact "):
        return False
    try:
        return procedure.parameter_on(state.parameter, state.started).local
    except LookupError:
        return True


def settled(state: ClockState, calendar: Calendar) -> dict[str, Any] | None:
    """The effect that makes a provisional date final once the calendar covers its days; None while it does not."""
    if not state.provisional or not state.running:
        return None
    dates = _dates(when_from_json(state.started_on), state.rule, state.events, calendar)
    if dates["provisional"]:
        return None
    return {"name": state.name, "op": "settle", "was": state.due, **dates}


def recomputed(state: ClockState, calendar: Calendar) -> str | None:
    """The last day that a calendar gives for a period, beside the one that was told."""
    return _dates(when_from_json(state.started_on), state.rule, state.events, calendar)["due"]
