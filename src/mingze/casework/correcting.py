"""A corrected calendar: dates that people were told stay, and a record says what they would be now.

An official calendar can be corrected after dates were computed with it. Nothing is counted again: whoever was told a
last day keeps it. Reading: `docs/readings/provisional-dates.md`.
"""

from __future__ import annotations

from datetime import datetime

from mingze.casework.case import Case
from mingze.casework.clocks import recomputed
from mingze.casework.command import Actor
from mingze.casework.deciding import make_event
from mingze.casework.event import Event
from mingze.procedure.model import Procedure
from mingze.terms import Calendar


def note_correction(
    procedure: Procedure,
    case: Case,
    now: datetime,
    calendar: Calendar,
    *,
    authority: str,
    previous: str | None,
    idempotency: str = "",
) -> Event | None:
    """The record that a calendar gives another date than the one told for a running period; None where all agree.

    Surprising: it has no clock effect. `facts.dates` holds for each such period the date told, which stands, and the
    date the corrected calendar would give. Provisional dates are none of these: `settle` makes them final.
    """
    if not case.open:
        return None
    dates = {}
    for name, state in case.clocks.items():
        if not state.running or state.provisional or state.due is None:
            continue
        again = recomputed(state, calendar)
        if again != state.due:
            dates[name] = {"told": state.due, "corrected": again}
    if not dates:
        return None
    return make_event(
        procedure, case, Actor("system"), now, calendar, authority, case.id, previous,
        type="settled", action="", occurred_at=now, facts={"dates": dates}, offices={}, clocks=(), sealed=(),
        stages=case.stages, tell=tuple(procedure.parties), idempotency=idempotency,
    )  # fmt: skip
