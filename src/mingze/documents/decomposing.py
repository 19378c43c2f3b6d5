"""Decomposing: the document read once from top to bottom, every character given one state.

The reader keeps the open sections with what they pass on (office, deadline, topic), reads each block into pieces, asks the verdicts
what a piece is not, joins the clauses of what remains into commitments, and writes the ledger of all of it. It is pure: equal
texts give equal results, and nothing outside the arguments is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence

from mingze.documents.clauses import Group
from mingze.documents.decomposition import (
    Block,
    Commitment,
    Decomposition,
)
from mingze.documents.drafts import without_times
from mingze.documents.exclusion import excluded_by
from mingze.documents.kinds import kind_of, measurable
from mingze.documents.layout import blocks_of, bounded, tabled
from mingze.documents.recording import PROHIBITION
from mingze.documents.tables import Tables
from mingze.documents.view import View


def decompose(
    text: str, blocks: Sequence[Block] | None = None, name: str = "text", year: int | None = None
) -> Decomposition:
    """The commitments of a text, each with its exact words, and the ledger in which every character has one state.

    `blocks` is the structure a file reader found; without it lines, numbering and drawn tables are read from the text itself.
    `year` overrides the year the document states. The digest is that of the text in UTF-8 unless a reader names the file's own.
    """
    structure = list(blocks) if blocks is not None else blocks_of(text)
    return _Reading(text, tabled(text, bounded(text, structure)), name, year).run()


class _Reading(Tables):
    """One pass over one document."""

    def run(self) -> Decomposition:
        index = 0
        while index < len(self.blocks):
            self.index = index
            block = self.blocks[index]
            if block.table is not None:
                stop = index
                while stop < len(self.blocks) and self.blocks[stop].table == block.table:
                    stop += 1
                self._table(index, stop)
                index = stop
                continue
            self._paragraph(index)
            index += 1
        return self._result()


def reread(text: str, view: View, group: Group, year: int | None) -> Commitment:
    """The fields a span states by itself, for a row whose boundaries a reviewer has moved."""
    reading = _Reading(text[view.start_of(0) : view.end], [], "span", year)
    reading.text = text
    reading.year = year
    lead, supporting, source, lead_rule = reading._lead(group, None, (), view.text)
    deadline, _, date_rules = reading._deadline(view, group, None)
    found = reading._indicators(view, group)
    conditional = any(c.role == "condition" and c.text.endswith("的") for c in group.clauses)
    words = without_times(group)
    kind, rule = kind_of(words, found, deadline, conditional, bool(PROHIBITION.match(words)))
    excluded = excluded_by(view.text)
    rules = [r for r in (*(i.rule for i in found), *date_rules, lead_rule, excluded or "", rule) if r]
    start, end = view.start_of(0), view.end
    return Commitment(
        "",
        (),
        text[start:end],
        start,
        end,
        kind,
        lead,
        supporting,
        source if lead else "none",
        tuple(found),
        deadline,
        measurable(kind, found, deadline),
        False,
        1,
        excluded is not None,
        tuple(dict.fromkeys(rules)),
    )
