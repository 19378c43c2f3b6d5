"""What reading a document gives: commitments with exact spans, and a ledger in which every character has one state.

Offsets are code points into the text as read, end exclusive; `text[start:end] == quote` always.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

STATES = ("commitment", "excluded", "heading", "background", "rejected", "furniture")
"""The states of the coverage ledger.

`commitment` becomes a proposed row; `excluded` is kept as text and can never become a work item; `heading` announces
what its elaboration promises; `background` is report, problem, quotation or a row's own field; `rejected` has the form of
a duty but is none (bonus rules, requests upwards, agenda); `furniture` is what the page carries besides the document.
"""

KINDS = ("target", "deliverable", "continuing", "exhortation")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item, heading or table cell of the text as read.

    For a cell, `table`, `row` and `column` number it from 0 and `columns` counts the columns it spans; `rows` counts the
    rows a merged cell stands for; `header` says that it belongs to a header row. `marker` is a list number that the file
    carries in its formatting and the text therefore begins with.
    """

    start: int
    end: int
    kind: str = "paragraph"
    level: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    rows: int = 1
    columns: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Relative:
    """A period counted from an event: amount, unit (minute hour day workday week month year), and the event if named."""

    amount: float | int
    unit: str
    origin: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {"amount": self.amount, "unit": self.unit, "from": self.origin}


@dataclass(frozen=True, slots=True)
class Deadline:
    """When: the words as they stand and what they mean. A year the document does not state is written `--MM-DD`."""

    text: str
    iso_date: str | None = None
    recurring: str | None = None
    relative: Relative | None = None
    continuous: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "iso_date": self.iso_date,
            "recurring": self.recurring,
            "relative": self.relative.to_json() if self.relative else None,
            "continuous": self.continuous,
        }


@dataclass(frozen=True, slots=True)
class Indicator:
    """How much: `op` is one of `>= <= = + - rank range`; a value of `None` is a direction or a comparison with `ref`."""

    name: str
    op: str
    value: float | int | str | tuple[float | int, float | int] | None
    unit: str | None = None
    bound: str | None = None
    ref: str | None = None
    rule: str = "I3"

    def to_json(self) -> dict[str, Any]:
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        return {
            "name": self.name,
            "op": self.op,
            "value": value,
            "unit": self.unit,
            "bound": self.bound,
            "ref": self.ref,
        }


@dataclass(frozen=True, slots=True)
class Commitment:
    """The smallest passage that one lead office could report on and close.

    `lead` and `supporting` are surface names, never expanded or guessed; `lead_source` says whether the quote or what
    covers it names them. `excluded_topic` means that the passage would profile or control people: it stays text.
    """

    id: str
    path: tuple[str, ...]
    quote: str
    start: int
    end: int
    kind: str
    lead: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    lead_source: str = "none"
    indicators: tuple[Indicator, ...] = ()
    deadline: Deadline | None = None
    measurable: bool = False
    negated: bool = False
    occurrence: int = 1
    excluded_topic: bool = False
    rules: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "path": list(self.path),
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "kind": self.kind,
            "lead": list(self.lead),
            "supporting": list(self.supporting),
            "lead_source": self.lead_source,
            "indicators": [i.to_json() for i in self.indicators],
            "deadline": self.deadline.to_json() if self.deadline else None,
            "measurable": self.measurable,
            "negated": self.negated,
            "occurrence": self.occurrence,
            "excluded_topic": self.excluded_topic,
            "rules": list(self.rules),
        }


@dataclass(frozen=True, slots=True)
class CoverageEntry:
    """A stretch of the text, its one state, and the code of the reason (worded in the catalogue as `documents-rule-<code>`)."""

    start: int
    end: int
    text: str
    state: str
    reason: str

    def to_json(self) -> dict[str, Any]:
        return {"start": self.start, "end": self.end, "text": self.text, "state": self.state, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or table cell as the review desk shows it: one visible state, the reason, and the rows cut from it."""

    n: int
    start: int
    end: int
    text: str
    state: str
    reason: str
    path: tuple[str, ...]
    commitments: tuple[str, ...] = ()
    block: int = 0

    def to_json(self) -> dict[str, Any]:
        return {
            "n": self.n,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "state": self.state,
            "reason": self.reason,
            "path": list(self.path),
            "commitments": list(self.commitments),
            "block": self.block,
        }


@dataclass(frozen=True, slots=True)
class Decomposition:
    """A document read: its commitments in reading order, its sentences, and the coverage ledger."""

    file: str
    sha256: str
    year: int | None
    commitments: tuple[Commitment, ...] = ()
    coverage: tuple[CoverageEntry, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    title: str = ""
    genre: str = "other"
    counts: Mapping[str, int] = field(default_factory=dict)
    dated: str | None = None
    """The day the document states as its own, ISO; `None` if it states none."""

    def to_json(self) -> dict[str, Any]:
        """The object `mingze decompose --json` prints."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "year": self.year,
            "commitments": [c.to_json() for c in self.commitments],
            "coverage": [c.to_json() for c in self.coverage],
        }

    def with_sha256(self, sha256: str) -> Decomposition:
        """The same decomposition naming the digest of the file that was read."""
        return replace(self, sha256=sha256)
