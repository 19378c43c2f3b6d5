"""A small procedure written in a test, and the steps of a case under it, so that a test says only what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from mingze.casework import Actor, Case, Command, Event, Sealed, decide, evolve
from mingze.procedure import Procedure, read_procedure
from mingze.resources import load_calendar
from mingze.terms import SHANGHAI

CALENDAR = load_calendar()
HEAD = """
procedure: {name}
mark: 试
in_force: 2026-01-01
title: {{zh: 试写的程序, en: Draft procedure}}
about: {{zh: 试写。, en: A draft.}}
sources:
  law:   {{zh: 样板法, en: Model Law, in_force: 2020-01-01}}
  local: {{zh: 本区规则, en: District rules, local: true}}
"""


def drafted(tables: str, numbers: Mapping[str, tuple[int, str]], name: str = "draft") -> Procedure:
    """A procedure of its tables (YAML) and its numbers (value, unit)."""
    parameters = "".join(
        f"{key}:\n  - {{from: 2020-01-01, value: {value}, unit: {unit}, cite: law 1}}\n"
        for key, (value, unit) in numbers.items()
    )
    return read_procedure({"procedure.yaml": HEAD.format(name=name) + tables, "parameters.yaml": parameters})


def at(day: str, hour: int = 10) -> datetime:
    """An hour of a day in Shanghai."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), SHANGHAI) + timedelta(hours=hour)


def post(office: str, function: str = "handler") -> Actor:
    """A post of an office, by its function."""
    return Actor("post", post=f"{office}.{function}", office=office, functions=(function,))


def party(name: str) -> Actor:
    """A party by the receipt's code."""
    return Actor("party", party=name)


def sealed(*slots: str, party: str = "person") -> tuple[Sealed, ...]:
    """Sealed parts, with commitments nobody looks at."""
    return tuple(Sealed(slot, party, "A" * 43) for slot in slots)


def did(procedure: Procedure, case: Case | None, command: Command, day: str, **more: Any) -> Event:
    """The event a command becomes at ten o'clock of a day."""
    return decide(procedure, case, command, at(day), CALENDAR, authority="t", case_id="c1", **more)


def after(procedure: Procedure, case: Case | None, command: Command, day: str, **more: Any) -> Case:
    """The case after a command."""
    return evolve(procedure, case, did(procedure, case, command, day, **more))
