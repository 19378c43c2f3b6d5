"""Every row of a procedure rests on a source that is in force, and every number is one the law or the office gave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mingze.procedure.finding import PARAMETERS, PROCEDURE, Finding
from mingze.procedure.model import DatedNumber, Procedure


def source_faults(procedure: Procedure) -> Iterator[Finding]:
    rows: list[tuple[str, str, str]] = []
    rows += [("actions", name, action.cite) for name, action in procedure.actions.items()]
    rows += [("clocks", name, clock.cite) for name, clock in procedure.clocks.items()]
    rows += [("remedies", name, remedy.cite) for name, remedy in procedure.remedies.items()]
    rows += [("excluded", name, exclusion.cite) for name, exclusion in procedure.excluded.items()]
    rows += [("publication", name, row.cite) for name, row in procedure.publication.items()]
    for table, name, cite in rows:
        yield from cite_faults(procedure, PROCEDURE, (table, name), cite)


def cite_faults(
    procedure: Procedure,
    file: str,
    at: tuple[str, ...],
    cite: str,
    on: date | None = None,
    until: date | None = None,
) -> Iterator[Finding]:
    """A citation names declared sources in force on the day (of the procedure, or of a number), and still so later."""
    on = on or procedure.in_force
    until = until or on
    if not cite.strip():
        yield Finding("without_source", file, at, {"name": at[-1]})
        return
    for part in cite.split(";"):
        source_name = part.strip().partition(" ")[0]
        source = procedure.sources.get(source_name)
        if source is None:
            yield Finding("unknown_source", file, at, {"name": at[-1], "source": source_name})
        elif not source.local and (source.in_force is None or source.in_force > on):
            yield Finding(
                "source_not_in_force",
                file,
                at,
                {"source": source_name, "in_force": str(source.in_force or "-"), "on": str(on)},
            )
        elif source.ended and source.ended <= until:
            yield Finding("source_ended", file, at, {"source": source_name, "ended": str(source.ended)})


SHOWN = frozenset({"old_after_days"})
"""Numbers that no clock counts with, because pages show by them: after how long without news a thing is not known."""


def number_faults(procedure: Procedure) -> Iterator[Finding]:
    used = {
        reference[1:]
        for clock in procedure.clocks.values()
        for reference in (clock.limit, clock.minimum, clock.backward, clock.otherwise, *clock.extended_by.values())
        if reference and reference.startswith("$")
    } | {remedy.limit[1:] for remedy in procedure.remedies.values() if remedy.limit}
    used |= {reference[1:] for reference in procedure.reading.parameters}
    for name, rows in procedure.parameters.items():
        at = (name,)
        if name not in used and name not in SHOWN:
            yield Finding("number_unused", PARAMETERS, at, {"parameter": name})
        if min(row.from_ for row in rows) > procedure.in_force:
            yield Finding(
                "number_too_late",
                PARAMETERS,
                at,
                {"parameter": name, "from": str(min(row.from_ for row in rows)), "in_force": str(procedure.in_force)},
            )
        for row in rows:
            later = min((other.from_ for other in rows if other.from_ > row.from_), default=None)
            # A number that still holds when the procedure begins must then have a source that still does.
            holds = later is None or later > procedure.in_force
            on = max(row.from_, procedure.in_force) if holds else row.from_
            yield from _one_number_faults(procedure, name, row, on)


def _one_number_faults(procedure: Procedure, name: str, row: DatedNumber, on: date) -> Iterator[Finding]:
    at = (name,)
    if row.local or row.pending_text:
        if row.why is None:
            yield Finding("local_without_why", PARAMETERS, at, {"parameter": name})
        return
    yield from cite_faults(procedure, PARAMETERS, at, row.cite, row.from_, on)
    for source, _ in procedure.words_of_cite(row.cite):
        if source.local or source.pending_text:
            code = "local_as_law" if source.local else "pending_as_law"
            yield Finding(code, PARAMETERS, at, {"parameter": name, "source": source.en})


def reason_faults(procedure: Procedure) -> Iterator[Finding]:
    """A reason that takes a remedy away, or lets a field be asked, names a declared source by which it does."""
    for name, action in procedure.actions.items():
        if action.no_remedy and head(action.no_remedy) in procedure.sources:
            yield from cite_faults(procedure, PROCEDURE, ("actions", name), head(action.no_remedy))
    for name, field in procedure.fields.items():
        if any(cited and head(cited) not in procedure.sources for cited in (field.basis, field.kept_by)):
            yield Finding("basis_without_source", PROCEDURE, ("fields", name), {"field": name})


def head(text: str) -> str:
    """The source that a reason begins with, as `law` of `law 9: a new application is open`."""
    return text.replace(":", " ").replace(";", " ").split(" ")[0]
