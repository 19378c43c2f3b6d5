"""Showing the person later who has read their case: only on a basis the procedure declares, up to a day, and recorded.

The law lets telling wait where it would hinder the duty, and no longer. While a deferral runs, the records of access made
under it (and the deferral itself) are not shown; after its last day they appear by themselves, each with the reason. Nothing
else hides a record: `shown` is the one place where one is left out.

Law: 个人信息保护法 18, 35. Units: withheld up to and with the last day, of the day of the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from mingze.casework.case import Case
from mingze.casework.command import Actor, Refused
from mingze.casework.deciding import make_event, names_actor
from mingze.casework.event import Event
from mingze.casework.reading import refuse_barred
from mingze.casework.unsealing import REASON_LENGTH, told
from mingze.procedure.model import Procedure
from mingze.terms import Calendar, Rule, compute, local_day

OF_ACCESS: Final = ("read", "asked", "approved", "refused", "deferred")
"""The events that say who has read, or asked to: the only ones a deferral holds back."""


def defer(
    procedure: Procedure,
    case: Case,
    actor: Actor,
    basis: str,
    until: date,
    now: datetime,
    calendar: Calendar,
    *,
    reason: str,
    authority: str,
    previous: str | None,
    idempotency: str = "",
) -> Event:
    """The event from which on, up to a day, the person is not shown who reads their case.

    Raises: Refused `not_your_case`, `recused`, `unknown_deferral`, `not_yours`, `deferral_used` (once for each basis),
    `deferral_too_long` and `deferral_past` with the days allowed, `reason_needed`.
    """
    refuse_barred(case, actor)
    row = procedure.reading.deferrals.get(basis)
    if row is None:
        raise Refused("unknown_deferral", basis=basis)
    if not any(names_actor(procedure, case.offices, by, actor) for by in row.by):
        raise Refused("not_yours", action="defer", role="", office="", function="")
    if any(one["basis"] == basis for one in case.deferred):
        raise Refused("deferral_used", basis=basis)
    today = local_day(now)
    last = last_day_of(procedure, basis, today, calendar)
    if until > last:
        raise Refused("deferral_too_long", until=last.isoformat())
    if until < today:
        raise Refused("deferral_past", until=until.isoformat())
    if not reason.strip() or len(reason.strip()) > REASON_LENGTH:
        raise Refused("reason_needed", most=REASON_LENGTH)
    facts = {"basis": basis, "cite": row.cite, "until": until.isoformat(), "reason": reason.strip()}
    return make_event(
        procedure, case, actor, now, calendar, authority, case.id, previous,
        type="deferred", action="", occurred_at=now, facts=facts, offices={}, clocks=(), sealed=(),
        stages=case.stages, tell=told(procedure, case), idempotency=idempotency,
    )  # fmt: skip


def may_defer(procedure: Procedure, case: Case, actor: Actor) -> tuple[str, ...]:
    """The bases a post could defer on now."""
    used = {one["basis"] for one in case.deferred}
    return tuple(
        name
        for name, row in procedure.reading.deferrals.items()
        if name not in used and any(names_actor(procedure, case.offices, by, actor) for by in row.by)
    )


def last_day_of(procedure: Procedure, basis: str, on: date, calendar: Calendar) -> date:
    """The last day to which showing may be deferred from a day on."""
    number = procedure.parameter_on(procedure.reading.deferrals[basis].longest, on)
    due = compute(on, Rule(number.value, number.unit), calendar).due
    return local_day(due) if isinstance(due, datetime) else due or on


def withheld_until(events: Iterable[Event]) -> dict[int, tuple[date, Event]]:
    """For each record of access made under a deferral, by its number: the last day it is withheld, and the deferral."""
    out: dict[int, tuple[date, Event]] = {}
    running: list[tuple[date, Event]] = []
    for event in events:
        if event.type not in OF_ACCESS:
            continue
        if event.type == "deferred":
            running.append((date.fromisoformat(event.facts["until"]), event))
        covering = [one for one in running if local_day(event.recorded_at) <= one[0]]
        if covering:
            out[event.n] = max(covering, key=lambda one: one[0])
    return out


def shown(events: Iterable[Event], on: date) -> tuple[Event, ...]:
    """The events the person is shown on a day: all of them, but for records of access that a deferral withholds still."""
    listed = tuple(events)
    withheld = withheld_until(listed)
    return tuple(event for event in listed if event.n not in withheld or withheld[event.n][0] < on)


def held_back_until(deferred: Iterable[Mapping[str, Any]], event: Event) -> date | None:
    """The last day on which the person is not told of an event, by the deferrals of its case; None for now."""
    if event.type not in OF_ACCESS:
        return None
    days = [date.fromisoformat(one["until"]) for one in deferred]
    return max((day for day in days if local_day(event.recorded_at) <= day), default=None)
