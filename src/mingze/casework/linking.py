"""Linked cases: an action of one case opens another under its own procedure, and the two name each other.

A review is not a stage of the matter reviewed: it has its own bearer, its own clocks, and its own receipt. Both events
are decided before either is written, and the shell writes them in one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mingze.casework.case import Case
from mingze.casework.command import Actor, Command, Refused, Sealed
from mingze.casework.deciding import decide
from mingze.casework.event import Event
from mingze.procedure.model import Procedure
from mingze.terms import Calendar


@dataclass(frozen=True, slots=True)
class Following:
    """The case that is to be opened, as the shell has prepared it: its id, what was sealed again under its own keys,
    and the offices the register of competences finds for its roles; see `passed_on` for an action that `passes`.
    """

    procedure: Procedure
    case_id: str
    sealed: tuple[Sealed, ...] = ()
    offices: Mapping[str, str] = field(default_factory=dict)
    idempotency: str = ""


def decide_linked(
    procedure: Procedure,
    case: Case,
    command: Command,
    now: datetime,
    calendar: Calendar,
    *,
    authority: str,
    following: Following,
    previous: str | None = None,
    superiors: Mapping[str, str | None] | None = None,
) -> tuple[Event, Event]:
    """The event of an action that opens a case, and the first event of that case: both or none.

    Surprising: the offices excluded from the first case are excluded from the second, whatever its own procedure
    says.

    Raises: Refused as `decide` for either case; `other_procedure` when the case prepared is not of the procedure that
    the action opens.
    """
    action = procedure.actions.get(command.action)
    if action is not None and action.opens != following.procedure.name:
        raise Refused("other_procedure", action=command.action, name=following.procedure.name)
    event = decide(
        procedure, case, command, now, calendar, authority=authority, case_id=case.id, previous=previous,
        opens=following.case_id, superiors=superiors,
    )  # fmt: skip
    facts, offices = passed_on(procedure, case, command.action, command.facts, following.procedure)
    first = Command(
        following.procedure.opening_name,
        opener(following.procedure, command.actor),
        facts,
        following.sealed,
        {**following.offices, **offices},
        following.idempotency,
        command.occurred_at,
    )
    opened = decide(
        following.procedure, None, first, now, calendar, authority=authority, case_id=following.case_id,
        superiors=superiors, excluded=case.excluded,
        follows={"procedure": procedure.name, "case": case.id, "n": event.n, "action": command.action},
    )  # fmt: skip
    return event, opened


def passed_on(
    procedure: Procedure, case: Case, action: str, given: Mapping[str, Any], other: Procedure
) -> tuple[dict[str, Any], dict[str, str]]:
    """The public facts and the offices that a case gets of the act that opens it: what the two procedures call by one
    name, unless the action `passes` things on under other names; then those alone.
    """
    passes = procedure.actions[action].passes
    if not passes:
        return {name: value for name, value in given.items() if name in other.opening.takes}, {}
    found = {
        name: next((value for each in sources.split() if (value := given.get(each, case.facts.get(each)))), None)
        for name, sources in passes.items()
    }
    stated = {name: value for name, value in found.items() if value is not None}
    return (
        {name: value for name, value in stated.items() if name in other.opening.takes},
        {role: str(value) for role, value in stated.items() if role in other.offices},
    )


def opener(procedure: Procedure, actor: Actor) -> Actor:
    """Who opens the linked case: the same post, or the same person under the name their part has there."""
    if actor.kind != "party":
        return actor
    parts = [by for by in procedure.opening.by if by in procedure.parties]
    return Actor("party", party=actor.party if actor.party in parts or not parts else parts[0])
