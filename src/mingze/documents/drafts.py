"""Drafts: a row, a stretch of the ledger and a sentence in the making, while later words may still say more."""

from __future__ import annotations

from dataclasses import dataclass, field

from mingze.documents.clauses import Group
from mingze.documents.decomposition import (
    Deadline,
    Indicator,
)


@dataclass(slots=True)
class Draft:
    """A commitment while later brackets and lines may still name its office or date."""

    start: int
    end: int
    path: tuple[str, ...]
    kind_text: str
    lead: tuple[str, ...]
    supporting: tuple[str, ...]
    lead_source: str
    indicators: list[Indicator]
    deadline: Deadline | None
    negated: bool
    conditional: bool
    excluded: str | None
    rules: list[str]
    own_date: bool = False
    own_lead: bool = False


@dataclass(slots=True)
class Segment:
    start: int
    end: int
    state: str
    reason: str


@dataclass(slots=True)
class Unit:
    """A sentence or cell for the review desk, in the making."""

    start: int
    end: int
    state: str
    reason: str
    path: tuple[str, ...]
    block: int
    drafts: list[int] = field(default_factory=list)


def without_times(group: Group) -> str:
    """The words of a group without its dates, which would look like acts (自印发之日起)."""
    words = "，".join(c.text for c in group.clauses)[group.clauses[0].body :]
    for clause in group.clauses:
        for expression in clause.times:
            if expression.deadline is not None:
                words = words.replace(expression.deadline.text, "", 1)
    return words
