"""The list of documents: how far the review of each is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mingze.accounts.offices import Offices
from mingze.desk.clock_words import Cell
from mingze.desk.refusals import post_words
from mingze.words import instant_words, say


@dataclass(frozen=True)
class DocumentLine:
    """A document in the list, with how far its review is."""

    document_id: str
    title: str
    year: int
    state: str
    published: bool
    decided: int
    total: int
    cells: tuple[Cell, ...]
    width: int
    progress: str
    added: str
    added_by: str


def document_line(head: Any, counts: Mapping[str, int], offices: Offices, lang: str) -> DocumentLine:
    """A document of the list; `counts` is how many rows stand in each state."""
    total = sum(counts.get(state, 0) for state in ("proposed", "accepted", "rejected"))
    decided = total - counts.get("proposed", 0)
    per = max(1, -(-total // 40))
    cells = tuple(Cell(10 * index, "on" if (index + 1) * per <= decided else "") for index in range(-(-total // per)))
    published = head.state == "published"
    return DocumentLine(
        document_id=head.document_id,
        title=head.title,
        year=head.year,
        state=say(f"desk-doc-{'published' if published else 'done' if total and decided == total else 'review'}", lang),
        published=published,
        decided=decided,
        total=total,
        cells=cells,
        width=10 * max(len(cells), 1),
        progress=say("desk-progress", lang, decided=decided, total=total) if total else say("desk-progress-none", lang),
        added=instant_words(head.added_at, lang),
        added_by=post_words(offices, head.added_by, lang),
    )
