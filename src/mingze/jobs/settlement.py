"""The passes after a new calendar: provisional dates become final, and a correction is noted where it would change one.

A calendar never rewrites a date silently. What was provisional is settled by a recorded event with the old and the new
date; what was final stays as it was told, and the case gets a record of the date the corrected calendar would give.
The person is told of both.
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


def note_corrections(register: Register) -> int:
    """Compare every running date with the register's calendar, once for each calendar; returns how many cases got a
    record that it would give another date.

    Raises Unavailable: what was recorded before stays, and the next pass goes on without recording it twice.
    """
    calendar = register.calendar
    if register.compared_with(calendar):
        return 0
    recorded, after = 0, ""
    while cases := register.open_cases(after, CHUNK):
        recorded += register.note_each(cases, calendar)
        after = cases[-1]
    register.set_compared_with(calendar)
    return recorded
