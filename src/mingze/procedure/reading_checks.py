"""Whether a procedure says lawfully who may open what: two people of two offices, or an article for the step that needs it.

Law: 信访工作条例 art 30; 个人信息保护法 arts 6 (least), 18 and 35 (deferral), 51; OWASP ASVS 5.0 2.3.5.
Not covered: whether an authority has an office with the function named; `mingze doctor` and asking itself say that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mingze.procedure.citing import cite_faults
from mingze.procedure.finding import PARAMETERS, PROCEDURE, Finding
from mingze.procedure.model import Procedure

LONGEST: Final = {"calendar_day": 183, "working_day": 130, "hour": 4392, "month": 6, "year": 0}
"""At most half a year, in whatever unit: until then at the latest the person sees who has read their case."""

SHORT: Final = {"calendar_day": 14, "working_day": 10, "hour": 336, "month": 0, "year": 0}
"""An approval is short: at most two weeks."""


def reading_faults(procedure: Procedure) -> Iterator[Finding]:
    """What stands against the `reading` part, and against its absence where who it is can be opened."""
    yield from _identity_faults(procedure)
    yield from _need_faults(procedure)
    yield from _circle_faults(procedure)
    yield from _deferral_faults(procedure)


def _identity_faults(procedure: Procedure) -> Iterator[Finding]:
    reading = procedure.reading
    held = [name for name, field in procedure.fields.items() if field.seals == "identity"]
    at = ("reading", "identity")
    if held and reading.identity is None and not reading.needed:
        yield Finding("identity_without_reader", PROCEDURE, ("fields", held[0]), {"field": held[0]})
    if not held and (reading.identity or reading.needed):
        yield Finding("reading_of_nothing", PROCEDURE, ("reading",), {})
    if reading.identity is None:
        return
    row = reading.identity
    yield from cite_faults(procedure, PROCEDURE, at, row.cite)
    yield from _too_long(procedure, row.lasts, SHORT, "approval_too_long")
    found_by = {role.found_by for role in procedure.offices.values() if role.found_by}
    if row.approved_by in found_by and (not row.otherwise or row.otherwise == row.approved_by):
        yield Finding("approves_own_asking", PROCEDURE, at, {"function": row.approved_by})
    for name in held:
        if procedure.fields[name].type == "files":
            yield Finding("identity_in_files", PROCEDURE, ("fields", name), {"field": name})


def _need_faults(procedure: Procedure) -> Iterator[Finding]:
    for name, need in procedure.reading.needed.items():
        at = ("reading", "needed", name)
        yield from cite_faults(procedure, PROCEDURE, at, need.cite)
        for stage in need.at:
            declared = procedure.stages[stage]
            if declared.end or declared.bearer not in procedure.offices:
                yield Finding("need_without_office", PROCEDURE, at, {"need": name, "stage": stage})


def _circle_faults(procedure: Procedure) -> Iterator[Finding]:
    circle = procedure.reading.circle
    if circle is None:
        return
    at = ("reading", "circle")
    yield from cite_faults(procedure, PROCEDURE, at, circle.cite)
    yield from _too_long(procedure, circle.lasts, SHORT, "approval_too_long")
    if circle.at_once:
        yield from cite_faults(procedure, PROCEDURE, at, circle.at_once_cite)
    if not procedure.offices[circle.office].found_by:
        yield Finding("circle_not_at_once", PROCEDURE, at, {"office": circle.office})
    if circle.handler == circle.approver:
        yield Finding("circle_of_one", PROCEDURE, at, {"function": circle.handler})
    others = {name: role for name, role in procedure.offices.items() if name != circle.office and not role.outside}
    for stage, declared in procedure.stages.items():
        if declared.bearer in others:
            yield Finding("circle_too_wide", PROCEDURE, ("stages", stage), {"stage": stage, "office": declared.bearer})


def _deferral_faults(procedure: Procedure) -> Iterator[Finding]:
    for name, deferral in procedure.reading.deferrals.items():
        at = ("reading", "deferrals", name)
        yield from cite_faults(procedure, PROCEDURE, at, deferral.cite)
        yield from _too_long(procedure, deferral.longest, LONGEST, "deferral_too_long")


def _too_long(procedure: Procedure, reference: str, most: dict[str, int], code: str) -> Iterator[Finding]:
    name = reference[1:]
    for row in procedure.parameters[name]:
        if not 0 < row.value <= most[row.unit]:
            values = {"parameter": name, "found": str(row.value)}
            yield Finding(code, PARAMETERS, (name,), values)
