"""The pass that makes provisional dates final once an official calendar covers the days they depend on.

A new year's calendar never rewrites a date silently: the old and the new date stand in a recorded event that the person
is told of.
"""

from __future__ import annotations

from datetime import datetime

from mingze.casework import Case, Event, settle
from mingze.procedure import Procedure
from mingze.store import Register

CHUNK = 100
"""Cases in one transaction."""


def settle_dates(register: Register) -> int:
    """Settle every provisional date that the register's calendar now covers; returns how many events were recorded.

    Raises Unavailable: what was recorded before stays, and the next pass goes on.
    """

    def step(procedure: Procedure, case: Case, now: datetime, previous: str) -> Event | None:
        return settle(procedure, case, now, register.calendar, authority=register.authority, previous=previous)

    recorded, after = 0, ""
    while cases := register.provisional_cases(after, CHUNK):
        recorded += register.pass_over(cases, step)
        after = cases[-1]
    return recorded
