"""What anyone may read of a case under a procedure that publishes: the facts its own table names, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mingze.accounts.offices import Offices
from mingze.casework import Case, Event, published
from mingze.portal.case_words import fact_words
from mingze.portal.citations import cite_words
from mingze.portal.clock_cards import action_names
from mingze.portal.filing_form import label_of
from mingze.procedure.model import Procedure
from mingze.words import local, say


@dataclass(frozen=True)
class PublishedPart:
    """One row of a procedure's publication as it stands for a case."""

    title: str
    at: datetime | None
    facts: tuple[tuple[str, str], ...]
    cite: str
    until: str


@dataclass(frozen=True)
class PublishedCase:
    """A case as anyone may read it."""

    number: str
    procedure: str
    procedure_name: str
    parts: tuple[PublishedPart, ...]


@dataclass(frozen=True)
class PublishedLine:
    """A case in the list."""

    number: str
    title: str
    parts: str


def published_case(
    procedure: Procedure, case: Case, number: str, events: Sequence[Event], offices: Offices, lang: str
) -> PublishedCase | None:
    """What is public of a case now; None where nothing is."""
    parts = tuple(_parts(procedure, case, events, offices, lang))
    if not parts:
        return None
    return PublishedCase(number, local(procedure.title, lang), procedure.name, parts)


def _parts(
    procedure: Procedure, case: Case, events: Sequence[Event], offices: Offices, lang: str
) -> Iterable[PublishedPart]:
    for name, facts in published(procedure, case):
        row = procedure.publication[name]
        since = max((case.seen.get(action, 0) for action in row.on), default=0)
        at = next((event.occurred_at for event in events if event.n == since), None)
        yield PublishedPart(
            local(row.text, lang),
            at,
            tuple(
                (label_of(procedure.fields[field], lang), fact_words(procedure.fields[field], value, offices, lang))
                for field, value in facts.items()
            ),
            cite_words(procedure, row.cite, lang),
            action_names(procedure, row.until, lang),
        )


def published_line(procedure: Procedure, case: Case, number: str, lang: str) -> PublishedLine | None:
    """A case in the list; None where nothing of it is public."""
    rows = [name for name, _ in published(procedure, case)]
    if not rows:
        return None
    titles = [local(procedure.publication[name].text, lang) for name in rows]
    title = case.facts.get("title")
    return PublishedLine(
        number,
        title if isinstance(title, str) and any("title" in procedure.publication[name].shows for name in rows) else "",
        say("portal-list-comma", lang).join(titles),
    )
