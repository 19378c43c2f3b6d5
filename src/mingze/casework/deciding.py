"""Deciding: a command against a case's procedure becomes an event, or is refused with the reason.

One list of conditions, in the order in which a person would want to hear of them, serves both `decide` (which
refuses) and `offers` (which says beforehand what is possible and why the rest is not), so that a face can never offer
what would be refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isfinite
from typing import Any

from mingze.casework.case import Case, ClockState
from mingze.casework.clocks import counted_from_on, effects_of, is_late, settled
from mingze.casework.command import Actor, Command, Refused
from mingze.casework.event import Event, lowest_schema
from mingze.casework.standing import excluded_offices, has_part, is_barred
from mingze.procedure.model import Action, Procedure
from mingze.terms import Calendar, TermError, local_day


@dataclass(frozen=True, slots=True)
class Offer:
    """One action of the procedure as it stands for an actor now: possible, or `why` not."""

    name: str
    action: Action
    why: Refused | None

    @property
    def allowed(self) -> bool:
        """Whether the actor may do it now."""
        return self.why is None


def names_actor(procedure: Procedure, offices: Mapping[str, str], by: str, actor: Actor) -> bool:
    """Whether one entry of an action's `by` means this actor in this case."""
    if by.startswith("clock "):
        return actor.kind == "clock" and actor.clock == by[6:]
    role, _, function = by.partition(".")
    if role in procedure.parties:
        return actor.kind == "party" and actor.party == role
    if actor.kind != "post" or not actor.office or offices.get(role) != actor.office:
        return False
    return not function or function in actor.functions


def _who_may(procedure: Procedure, offices: Mapping[str, str], action: Action) -> dict[str, Any]:
    """The bearer an action belongs to, in values a face can word: role, bound office, function."""
    by = next((by for by in action.by if not by.startswith("clock ")), action.by[0])
    role, _, function = by.partition(".")
    return {"role": role, "office": offices.get(role, ""), "function": function}


def _refusal(
    procedure: Procedure, case: Case | None, name: str, actor: Actor, offices: Mapping[str, str], at: datetime
) -> Refused | None:
    """The first reason why this actor may not take this action now, or None."""
    action = procedure.actions.get(name)
    if action is None:
        return Refused("unknown_action", action=name)
    if case is not None and is_barred(case, actor):
        return _barred(procedure, case, name, actor)
    if case is not None and not case.open:
        return Refused("case_closed", action=name, stage=case.stage, closed_at=case.closed_at)
    if (case is None) != (not action.from_):
        return Refused("already_open" if case is not None else "not_open", action=name)
    if not any(names_actor(procedure, offices, by, actor) for by in action.by):
        return Refused("not_yours", action=name, **_who_may(procedure, offices, action))
    if case is None:
        return None
    if procedure.invitations and actor.kind == "party" and not has_part(procedure, case, actor.party):
        return Refused("not_invited", action=name, role=actor.party)
    if not any(stage in action.from_ for stage in case.stages):
        return Refused("not_from_here", action=name, stage=case.stage, stages=list(action.from_))
    if action.all_of and not set(action.from_) <= set(case.stages):
        waiting = [stage for stage in action.from_ if stage not in case.stages]
        return Refused("not_all_there", action=name, stage=case.stage, stages=waiting)
    if action.when is not None and not procedure.guard_holds(name, case.facts, case.counts):
        return Refused("not_met", action=name)
    if action.at_most is not None and case.counts.get(name, 0) >= action.at_most:
        return Refused("too_often", action=name, at_most=action.at_most)
    for before in action.after:
        if case.seen.get(before, 0) <= case.seen.get(name, 0):
            return Refused("something_first", action=name, first=before)
    for clock_name in procedure.clocks_holding(name):
        state = case.clocks.get(clock_name)
        if procedure.clocks[clock_name].backward:
            refused = _not_served(name, clock_name, state, at)
            if refused is not None:
                return refused
        elif state is not None and not is_late(state, at):
            return Refused("not_yet", action=name, clock=clock_name, until=state.due)
    return None


def _barred(procedure: Procedure, case: Case, name: str, actor: Actor) -> Refused:
    """Why a post has no part in the case. To an excluded office, and outside the smallest circle, it looks like anybody
    else's: not even the bearer is named.
    """
    if actor.office in case.excluded or actor.post not in case.recused:
        who = _who_may(procedure, {}, procedure.actions[name]) if name in procedure.actions else {"role": ""}
        return Refused("not_yours", **{"action": name, "office": "", "function": "", **who})
    return Refused("recused", action=name, post=actor.post)


def _not_served(name: str, clock: str, state: ClockState | None, at: datetime) -> Refused | None:
    """Why what a backward period leads up to cannot be done: what had to come before it did not, or its day has not
    come.

    Law: e.g. 重大行政决策程序暂行条例 16(3) (hearing papers are served seven days before the hearing).
    """
    if state is None or (state.met_at is None and not is_late(state, at)):
        return Refused("not_served", action=name, clock=clock)
    if state.met_at is None or state.late:
        return Refused("not_in_time", action=name, clock=clock, until=state.due)
    stated = counted_from_on(state)
    if local_day(at) < stated:
        return Refused("not_yet", action=name, clock=clock, until=(stated - timedelta(days=1)).isoformat())
    return None


def offers(procedure: Procedure, case: Case, actor: Actor, now: datetime) -> list[Offer]:
    """Every action that parties or posts can take in an open case, in table order, with the reason where it is not
    possible now.

    Opening and clock-driven actions are left out: nobody can be offered them.
    """
    return [
        Offer(name, action, _refusal(procedure, case, name, actor, case.offices, now))
        for name, action in procedure.actions.items()
        if action.from_ and not all(by.startswith("clock ") for by in action.by)
    ]


def _bound(
    procedure: Procedure, case: Case | None, name: str, action: Action, command: Command, excluded: tuple[str, ...]
) -> dict[str, str]:
    """The offices this action binds, with those the register of competences fills at the opening; never an excluded
    one.
    """
    fillable = set(action.binds)
    if case is None:
        fillable |= {role for role, declared in procedure.offices.items() if declared.found_by}
    for role in command.offices:
        if role not in fillable:
            raise Refused("office_not_bindable", action=name, role=role)
    for role in fillable:
        if not command.offices.get(role):
            raise Refused("office_missing", action=name, role=role)
    if excluded:
        for role, office in command.offices.items():
            if office in excluded:
                code = "excluded_office" if role in action.binds else "office_excluded"
                raise Refused(code, action=name, role=role, office=office)
    bound = {**(case.offices if case is not None else {}), **command.offices}
    for first, second in procedure.apart:
        if bound.get(first) and bound.get(first) == bound.get(second):
            raise Refused("must_differ", action=name, role=first, other=second, office=bound[first])
    return dict(command.offices)


def _checked_facts(procedure: Procedure, name: str, action: Action, command: Command) -> dict[str, Any]:
    """The public facts the action takes, nothing more; sealed fields must come as commitments."""
    facts: dict[str, Any] = {}
    slots = {sealed.slot.partition(":")[0] for sealed in command.sealed}
    for field_name in action.takes:
        field = procedure.fields[field_name]
        value = command.facts.get(field_name)
        if field.public:
            if value in (None, "", []):
                if field.required:
                    raise Refused("field_missing", action=name, field=field_name)
                continue
            if isinstance(value, float) and not isfinite(value):
                raise Refused("field_missing", action=name, field=field_name)
            facts[field_name] = value
        elif field.required and field.seals not in slots:
            raise Refused("field_missing", action=name, field=field_name)
    for given in command.facts:
        if given not in action.takes:
            raise Refused("field_not_taken", action=name, field=given)
    return facts


def decide(
    procedure: Procedure,
    case: Case | None,
    command: Command,
    now: datetime,
    calendar: Calendar,
    *,
    authority: str,
    case_id: str,
    previous: str | None = None,
    opens: str = "",
    superiors: Mapping[str, str | None] | None = None,
    excluded: tuple[str, ...] = (),
    follows: Mapping[str, Any] | None = None,
    circle: Mapping[str, str] | None = None,
) -> Event:
    """The event that a command becomes, or a refusal; a refused command changes nothing.

    `now` is the recording time; the thing may have occurred earlier (`command.occurred_at`), never later, and never
    before the case's last event. `previous` is the leaf hash of the case's last event, so that the case is a chain of
    its own. `opens` is the id of the case an action with `opens` opens beside this one (`decide_linked` makes both
    events); `superiors` gives the office above each, which only a procedure that excludes a whole line asks for;
    `excluded` and `follows` are what a case opened from another takes over from it. `circle` are the only posts that will
    know of the case, which a procedure with the smallest circle asks for.

    Raises: Refused with one of the codes `unknown_action`, `already_open`, `not_open`, `case_closed`,
    `case_moved_on`, `not_yours`,
    `not_from_here`, `too_often`, `something_first`, `not_yet`, `office_missing`, `office_not_bindable`, `must_differ`,
    `excluded_office`, `office_excluded`, `superiors_unknown`, `circle_unnamed`, `recused`, `not_invited`, `opens_a_case`,
    `field_missing`, `field_not_taken`, `extension_not_later`, `not_served`, `not_in_time`, `date_not_stated`, `date_too_soon`,
    `in_the_future`, `before_the_last`, `no_number_in_force`, `no_date`.
    """
    name = command.action
    at = command.occurred_at or now
    if case is not None and is_barred(case, command.actor):
        raise _barred(procedure, case, name, command.actor)
    if case is not None and command.expected_n is not None and command.expected_n != case.n:
        raise Refused("case_moved_on", action=name, expected_n=command.expected_n, n=case.n, stage=case.stage)
    if at > now:
        raise Refused("in_the_future", occurred_at=at.isoformat(), now=now.isoformat())
    if case is not None and at < datetime.fromisoformat(case.last_at):
        raise Refused("before_the_last", occurred_at=at.isoformat(), last_at=case.last_at)
    seen_offices = case.offices if case is not None else command.offices
    refused = _refusal(procedure, case, name, command.actor, seen_offices, at)
    if refused is not None:
        raise refused
    action = procedure.actions[name]
    if action.opens and not opens:
        raise Refused("opens_a_case", action=name, procedure=action.opens)
    facts = _checked_facts(procedure, name, action, command)
    if procedure.excluded and case is None:
        excluded = tuple(dict.fromkeys((*excluded, *excluded_offices(procedure, facts, superiors))))
    if case is None and procedure.reading.circle and not circle:
        raise Refused("circle_unnamed", role=procedure.reading.circle.office, function="")
    bound = _bound(procedure, case, name, action, command, case.excluded if case is not None else excluded)
    stages = procedure.stages_after(case.stages if case is not None else (), name)
    ends = all(procedure.stages[stage].end for stage in stages)
    try:
        clocks = effects_of(procedure, case, name, facts, at, calendar, ends)
    except LookupError as error:
        raise Refused(
            "no_number_in_force", action=name, parameter=str(error.args[0]), on=local_day(at).isoformat()
        ) from error
    except (TermError, ValueError) as error:
        raise Refused("no_date", action=name, detail=str(error)) from error
    return make_event(
        procedure, case, command.actor, now, calendar, authority, case_id, previous,
        type="acted", action=name, occurred_at=at, facts=facts, offices=bound, clocks=clocks,
        sealed=tuple(sealed.to_json() for sealed in command.sealed), stages=stages, tell=action.tell,
        idempotency=command.idempotency,
        opens={"procedure": action.opens, "case": opens} if action.opens else None,
        follows=follows, excluded=excluded,
        recused=facts[action.recuses] if action.recuses else "",
        invites=action.invites, circle=circle if case is None else None,
    )  # fmt: skip


def make_event(
    procedure: Procedure,
    case: Case | None,
    actor: Actor,
    now: datetime,
    calendar: Calendar,
    authority: str,
    case_id: str,
    previous: str | None,
    **rest: Any,
) -> Event:
    """The event of what has been decided, as the next one of the case; `rest` is what this kind of event says."""
    return Event(
        authority=authority,
        case=case_id,
        n=1 if case is None else case.n + 1,
        recorded_at=now,
        actor={
            "kind": actor.kind,
            **({"party": actor.party} if actor.party else {}),
            **({"clock": actor.clock} if actor.clock else {}),
            **({"as": "deputy"} if actor.deputy else {}),
        },
        post=actor.post,
        office=actor.office,
        procedure={"name": procedure.name, "hash": procedure.hash},
        calendar=calendar.version,
        previous=previous,
        schema=lowest_schema(rest["type"], rest, deputy=actor.deputy),
        **rest,
    )


def next_lapse(procedure: Procedure, case: Case, now: datetime) -> str | None:
    """The running clock that has run out unmarked by now, earliest first; None if there is none."""
    out = [
        (state.due or "", name)
        for name, state in case.clocks.items()
        if state.running and state.lapsed_on is None and is_late(state, now) and not procedure.clocks[name].minimum
    ]
    return min(out)[1] if out else None


def mark_lapsed(
    procedure: Procedure,
    case: Case,
    now: datetime,
    calendar: Calendar,
    *,
    authority: str,
    previous: str | None,
    idempotency: str = "",
) -> Event | None:
    """What follows when a clock has run out: the action the procedure ties to it, or the bare fact that it is overdue.

    Surprising: the event occurs when the pass finds it, never back-dated to midnight of the last day; the date that
    ran out stands in it, with what the law says of silence (`silence`, and the `remedies` open now) where it says so.
    """
    name = next_lapse(procedure, case, now) if case.open else None
    if name is None:
        return None
    tied = procedure.clock_actions.get(name)
    actor = Actor("clock", clock=name)
    if tied is not None and any(stage in procedure.actions[tied].from_ for stage in case.stages):
        command = Command(tied, actor, idempotency=idempotency)
        return decide(procedure, case, command, now, calendar, authority=authority, case_id=case.id, previous=previous)
    state = case.clocks[name]
    tell = tuple(procedure.parties) if procedure.parties else ()
    facts: dict[str, Any] = {"clock": name, "due": state.due}
    silence = procedure.clocks[name].silence
    if silence is not None:
        facts |= {"silence": silence.effect, "remedies": list(silence.remedies)}
    return make_event(
        procedure, case, actor, now, calendar, authority, case.id, previous,
        type="lapsed", action="", occurred_at=now, facts=facts, offices={},
        clocks=[{"name": name, "op": "lapse", "on": local_day(now).isoformat(), "due": state.due}],
        sealed=(), stages=case.stages, tell=tell, idempotency=idempotency,
    )  # fmt: skip


def settle(
    procedure: Procedure,
    case: Case,
    now: datetime,
    calendar: Calendar,
    *,
    authority: str,
    previous: str | None,
    idempotency: str = "",
) -> Event | None:
    """The recorded event that makes provisional dates final once an official calendar covers their days; None if
    there is none.

    A new calendar never silently rewrites a date: the old one and the new one both stand in the event.
    """
    if not case.open:
        return None
    effects = [effect for state in case.clocks.values() if (effect := settled(state, calendar)) is not None]
    if not effects:
        return None
    return make_event(
        procedure, case, Actor("system"), now, calendar, authority, case.id, previous,
        type="settled", action="", occurred_at=now, facts={}, offices={}, clocks=effects, sealed=(),
        stages=case.stages, tell=tuple(procedure.parties), idempotency=idempotency,
    )  # fmt: skip
