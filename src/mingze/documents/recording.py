"""Recording: what has been read of a document, and the ledger in which every character gets one state."""

from __future__ import annotations

import hashlib
import re

from mingze.documents.clauses import Clause, read_clauses
from mingze.documents.decomposition import (
    Block,
    Commitment,
    CoverageEntry,
    Decomposition,
    Sentence,
)
from mingze.documents.drafts import Draft, Segment, Unit
from mingze.documents.facts import Facts, facts
from mingze.documents.kinds import kind_of, measurable
from mingze.documents.outline import Mark, Outline, Section
from mingze.documents.passages import Piece
from mingze.documents.view import View, fold

PROHIBITION = re.compile(r"^(?:.{0,24}?)(?:严禁|禁止|不得|不准|不许|原则上不|杜绝|不能|严格禁止)")


class Recording:
    """One document as it is read: its views and facts, what has been found so far, and what became of every character."""

    def __init__(self, text: str, blocks: list[Block], name: str, year: int | None) -> None:
        self.text = text
        self.blocks = blocks
        self.name = name
        self.views: list[View] = [fold(text, b.start, b.end) for b in blocks]
        self.facts: Facts = facts(
            [
                v.text
                for v, b in zip(self.views, blocks, strict=True)
                if b.kind != "furniture" and (b.table is None or b.row == 0)
            ],
            year,
        )
        self.year = self.facts.year
        self.outline = Outline()
        self.drafts: list[Draft] = []
        self.segments: list[Segment] = []
        self.units: list[Unit] = []
        self.floor = 0
        self.parent_floor = 0
        """Where the section that holds the numbered items began."""
        self.carry: tuple[str, ...] = ()
        self.body_started = False
        self.index = 0
        self.clauses_read: dict[tuple[int, int], list[Clause]] = {}
        self.reporting = self.facts.genre in ("speech", "bulletin", "minutes", "other")
        self.default_lead = (self.facts.addressee,) if self.facts.addressee else ()

    def _next(self, index: int) -> tuple[View, Block] | None:
        for later in range(index + 1, len(self.blocks)):
            if self.views[later].text and self.blocks[later].kind != "furniture":
                return self.views[later], self.blocks[later]
        return None

    def _read(self, view: View, start: int, stop: int, signed: int | None = None) -> list[Clause]:
        """The clauses of a piece, read once however often they are asked for."""
        key = (view.start_of(start), view.end_of(stop))
        if key not in self.clauses_read:
            self.clauses_read = {key: read_clauses(view.text, start, stop, self.year, signed)}
        return self.clauses_read[key]

    def _open(self, mark: Mark) -> None:
        self.outline.open(Section(mark.level, mark.name))

    def _whole(self, view: View, block: Block, state: str, reason: str) -> None:
        if not view.text:
            return
        start, end = view.start_of(0), view.end_of(len(view.text))
        self.segments.append(Segment(start, end, state, reason))
        self.units.append(Unit(start, end, state, reason, self.outline.path, self.index))

    def _segment(self, view: View, start: int, end: int, state: str, reason: str) -> None:
        if end > start:
            self.segments.append(Segment(view.start_of(start), view.end_of(end), state, reason))

    def _note(self, view: View, piece: Piece, state: str, reason: str) -> None:
        self._segment(view, piece.start, piece.end, state, reason)
        self.units.append(
            Unit(view.start_of(piece.start), view.end_of(piece.end), state, reason, self.outline.path, self.index)
        )

    def _extend(self, view: View, piece: Piece) -> None:
        """Marks and stray signs belong to what stands before them, or, alone, to the page."""
        start, end = view.start_of(piece.start), view.end_of(piece.end)
        if self.segments and self.segments[-1].end <= start and not self.text[self.segments[-1].end : start].strip():
            self.segments[-1].end = end
        else:
            self.segments.append(Segment(start, end, "furniture", "L0"))

    def _result(self) -> Decomposition:
        commitments: list[Commitment] = []
        counted: dict[str, tuple[int, int]] = {}
        for number, draft in enumerate(self.drafts, 1):
            quote = self.text[draft.start : draft.end]
            kind, rule = kind_of(
                draft.kind_text,
                draft.indicators,
                draft.deadline,
                draft.conditional or draft.negated,
                bool(PROHIBITION.match(draft.kind_text)),
            )
            occurrence, _ = counted[quote] = _occurrence(self.text, quote, draft.start, counted.get(quote, (0, 0)))
            commitments.append(
                Commitment(
                    f"c{number:03d}",
                    draft.path,
                    quote,
                    draft.start,
                    draft.end,
                    kind,
                    draft.lead,
                    draft.supporting,
                    draft.lead_source if draft.lead else "none",
                    tuple(draft.indicators),
                    draft.deadline,
                    measurable(kind, draft.indicators, draft.deadline),
                    draft.negated,
                    occurrence,
                    draft.excluded is not None,
                    (*draft.rules, rule),
                )
            )
        return Decomposition(
            self.name,
            hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest(),
            self.year,
            tuple(commitments),
            tuple(self._coverage()),
            tuple(
                Sentence(
                    n,
                    u.start,
                    u.end,
                    self.text[u.start : u.end],
                    u.state,
                    u.reason,
                    u.path,
                    tuple(f"c{d + 1:03d}" for d in u.drafts),
                    u.block,
                )
                for n, u in enumerate(self.units, 1)
            ),
            self.facts.title,
            self.facts.genre,
            dated=self.facts.dated,
        )

    def _coverage(self) -> list[CoverageEntry]:
        entries: list[CoverageEntry] = []
        at = 0
        text = self.text

        def claim(start: int, end: int, state: str, reason: str) -> None:
            words = text[start:end].lstrip()
            start = end - len(words)
            words = words.rstrip()
            if words:
                entries.append(CoverageEntry(start, start + len(words), words, state, reason))

        for segment in sorted(self.segments, key=lambda s: (s.start, s.end)):
            start = max(segment.start, at)
            if start > at:
                claim(at, start, "furniture", "L0")
            if segment.end > start:
                claim(start, segment.end, segment.state, segment.reason)
                at = segment.end
        claim(at, len(text), "furniture", "L0")
        return entries


def _occurrence(text: str, quote: str, start: int, before: tuple[int, int]) -> tuple[int, int]:
    """Which occurrence of its words a quotation at `start` is, and where to look on, given the same of the one before."""
    count, at = before
    at = text.find(quote, at)
    while 0 <= at <= start:
        count += 1
        at = text.find(quote, at + 1)
    return max(1, count), at if at >= 0 else len(text)
