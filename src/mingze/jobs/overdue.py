"""The pass that finds periods that have run out, and records what then follows by law or by the procedure.

A lapse is recorded when it is found, never back-dated; the day that ran out stands in the event. Where the procedure
ties an action to the clock ("clock say": the time to reply has run), that action is what is recorded. Cost follows the
number of cases that are overdue and unmarked, not the number that are open.
"""

from __future__ import annotations

from datetime import datetime

from mingze.casework import Case, Event, mark_lapsed
from mingze.procedure import Procedure
from mingze.store import Register

CHUNK = 100
"""Cases in one transaction."""


def mark_overdue(register: Register) -> int:
    """Record every period that has run out by now; returns how many events were recorded.

    Raises Unavailable: what was recorded before stays, and the next pass goes on.
    """

    def step(procedure: Procedure, case: Case, now: datetime, previous: str) -> Event | None:
        return mark_lapsed(procedure, case, now, register.calendar, authority=register.authority, previous=previous)

    recorded, after = 0, ""
    while cases := register.lapsed_cases(after, CHUNK):
        recorded += register.pass_over(cases, step)
        after = cases[-1]
    return recorded
