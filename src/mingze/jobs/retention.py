"""The pass that erases what has been kept as long as people were told, and no longer.

It goes through the keys that still live, not through all cases: what was erased once is never looked at again. A case
that runs, or that a running case is linked to, is left alone; where a law has something kept longer, the pass waits for
that day. It also finishes an erasure that a crash left half done. Every erasure is an event of its case.

Law: 个人信息保护法 19, 47(1).1. Cost: two short queries for 500 living keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mingze.casework import Actor, Refused, keeping
from mingze.store import Register
from mingze.terms import local_day

CHUNK = 500


@dataclass(frozen=True)
class Due:
    """What one party gave in a case, kept as long as was told: since `on` it is due to be erased."""

    case_id: str
    number: str
    procedure: str
    party: str
    on: date


def erase_due(register: Register) -> int:
    """Erase what is due, and finish what a crash left; returns how many keys were destroyed.

    Raises Unavailable: what was erased stays erased, and the next pass goes on.
    """
    done = 0
    for keys in _pages(register):
        cases = register.erasing.ended(list({case_id for case_id, _ in keys}))
        done += register.erasing.finish(cases, keys)
        for due in _due_of(register, keys):
            try:
                done += register.erasing.erase(due.case_id, due.party, Actor("system"), "retention").done
            except Refused:  # a linked case has been opened meanwhile, or the person was faster
                continue
    return done


def due_now(register: Register) -> Iterator[Due]:
    """What `erase_due` would erase now, by case. Raises Unavailable."""
    for keys in _pages(register):
        yield from _due_of(register, keys)


def _pages(register: Register) -> Iterator[list[tuple[str, str]]]:
    page = register.vault.living(limit=CHUNK)
    while page:
        yield page
        page = register.vault.living(page[-1], CHUNK)


def _due_of(register: Register, keys: list[tuple[str, str]]) -> Iterator[Due]:
    today = local_day(register.clock.now())
    cases = register.erasing.ended(list({case_id for case_id, _ in keys}))
    for case_id, party in keys:
        case = cases.get(case_id)
        if case is None or party in case.erased:
            continue
        procedure = register.erasing.procedure(case)
        if party not in procedure.parties:
            continue
        parts = (part.partition("/")[2] for part in register.erasing.parts(case_id, party))
        held = keeping(procedure, case, party, parts)
        if held is None or today <= max(held.until_on, held.by_law_on or held.until_on):
            continue
        if register.erasing.undecided(case_id):
            continue
        found = register.case(case_id)
        yield Due(case_id, found.number if found else "", case.procedure, party, held.until_on)
