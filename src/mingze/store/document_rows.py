"""What a document under review is made of: its text, each sentence's state, the rows cut from it, and the steps taken.

Rows of the tables become these values and go back; nothing is decided here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from msgspec.json import decode

from mingze.store.pages import CaseRow

OPEN_STATES: Final = ("proposed", "accepted", "rejected")
"""States a reviewer can still change; `excluded`, `split`, `merged` and `withdrawn` only undoing changes."""

DROPPED: Final = "dropped"
"""The state of a row that stands for a promise of the version before which this version no longer makes."""

FORM: Final = (
    "title", "lead_office", "supporting_offices", "indicator", "deadline_on", "deadline_words", "evidence_rule",
)  # fmt: skip
"""What a row says beside its words, and what of it a person may have said otherwise than the machine."""


@dataclass(frozen=True)
class Sentence:
    """One sentence (or table cell) and its one visible state, with the reason."""

    position: int
    start: int
    end: int
    text: str
    state: str
    reason: str


@dataclass(frozen=True)
class ReviewRow:
    """A proposed promise: `machine` is what the program found, `row` what it says now, `edited` whether they differ.

    `decided_by` is the post that decided on it or changed it last, `confirmed_by` the other post that confirmed that;
    a row of a version that a newer one has taken over is `superseded`.
    """

    row_id: str
    start: int
    end: int
    n: int
    state: str
    excluded_topic: bool
    reason: str
    machine: Mapping[str, Any] | None
    row: Mapping[str, Any]
    from_rows: tuple[str, ...]
    case_id: str | None
    decided_by: str = ""
    confirmed_by: str = ""
    superseded: bool = False

    @property
    def quote(self) -> str:
        """The exact words."""
        return str(self.row.get("quote", ""))

    @property
    def edited(self) -> bool:
        """Whether a person changed what the program proposed."""
        return bool(self.differences) or (
            self.machine is not None and (self.machine["start"], self.machine["end"]) != (self.start, self.end)
        )

    @property
    def differences(self) -> tuple[tuple[str, Any, Any], ...]:
        """What a person says otherwise than the machine did: the part, the machine's, the present one."""
        if self.machine is None:
            return ()
        pairs = ((name, self.machine.get(name) or "", self.row.get(name) or "") for name in ("quote", *FORM))
        return tuple(
            (name, old, new)
            for name, old, new in pairs
            if (list(old) if isinstance(old, tuple) else old) != (list(new) if isinstance(new, tuple) else new)
        )

    @property
    def waits_for_second(self) -> bool:
        """Whether a decision stands that nobody but who took it has looked at."""
        if self.confirmed_by:
            return False
        if self.excluded_topic:  # what the machine keeps as text needs nobody; what a person does, needs a second one
            return self.state == "excluded" and bool(self.decided_by)
        return self.state in ("accepted", "rejected", DROPPED)

    def to_json(self) -> dict[str, Any]:
        """The row as a step remembers it."""
        return {
            "row_id": self.row_id, "start": self.start, "end": self.end, "n": self.n, "state": self.state,
            "excluded_topic": self.excluded_topic, "reason": self.reason, "machine": self.machine, "row": dict(self.row),
            "from_rows": list(self.from_rows), "case_id": self.case_id,
            "decided_by": self.decided_by, "confirmed_by": self.confirmed_by,
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ReviewRow:
        """The row a step remembers; a step of before two pairs of eyes knows of no second one."""
        return cls(**{**data, "from_rows": tuple(data["from_rows"])})


@dataclass(frozen=True)
class Step:
    """One thing a reviewer did: the post and office, and when. `row_id` is empty where it was done to several rows."""

    step: int
    row_id: str
    verb: str
    post: str
    office: str
    taken_at: datetime
    undoes: int


@dataclass(frozen=True)
class DocumentHead:
    """A document in a list. `replaces` is the version before this one, `dated_on` the day it states as its own."""

    document_id: str
    title: str
    year: int
    version: int
    state: str
    added_at: datetime
    added_by: str
    published_at: str
    replaces: str = ""
    dated_on: str = ""


@dataclass(frozen=True)
class Document:
    """A document with its text as read, every sentence's state, and the rows under review in reading order."""

    head: DocumentHead
    text: str
    sha256: str
    blocks: Sequence[Any]
    machine: Mapping[str, Any]
    sentences: tuple[Sentence, ...]
    rows: tuple[ReviewRow, ...]
    steps: tuple[Step, ...]

    @property
    def pending(self) -> tuple[ReviewRow, ...]:
        """Rows nobody has decided on yet; the document cannot be published while there are any."""
        return tuple(row for row in self.rows if row.state == "proposed")

    @property
    def without_lead(self) -> tuple[ReviewRow, ...]:
        """Accepted rows that no office answers for yet."""
        return tuple(row for row in self.rows if row.state == "accepted" and not row.row.get("lead_office"))

    @property
    def unconfirmed(self) -> tuple[ReviewRow, ...]:
        """Decided rows that no second post has confirmed yet."""
        return tuple(row for row in self.rows if row.waits_for_second)


@dataclass(frozen=True)
class CommitmentRow:
    """One promise on the public board: its words in their document, and the case that shows what became of it.

    `deadline` is the promise's own (with extensions granted), "" where it has none; the row's `due` is whatever period
    runs now, such as the one for accepting it.
    """

    row: CaseRow
    document_id: str
    document_title: str
    start: int
    end: int
    words: str
    lead_office: str
    supporting_offices: tuple[str, ...]
    deadline: str


HEAD: Final = "document_id, title, year, version, state, added_at, added_by, published_at, replaces, dated_on"
ROW: Final = (
    "row_id, start_char, end_char, n, state, excluded_topic, reason, machine, current_row, from_rows, case_id,"
    " decided_by, confirmed_by, superseded"
)
INSERT_ROW: Final = (
    "INSERT INTO review_row (authority, document_id, row_id, start_char, end_char, n, state, excluded_topic, reason,"
    " machine, current_row, from_rows, case_id, decided_by, confirmed_by)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
UPDATE_ROW: Final = (
    "UPDATE review_row SET start_char = ?, end_char = ?, n = ?, state = ?, excluded_topic = ?, reason = ?,"
    " current_row = ?, decided_by = ?, confirmed_by = ?"
    " WHERE authority = ? AND document_id = ? AND row_id = ? AND n = ?"
)
INSERT_STEP: Final = (
    "INSERT INTO review_step (authority, document_id, step, row_id, verb, post, office, taken_at, before_rows,"
    " after_rows, undoes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_STATES_OF: Final = {"proposed": "commitment", "accepted": "commitment", "rejected": "rejected", "excluded": "excluded"}


def head_of(row: Sequence[Any]) -> DocumentHead:
    """A document's head from the columns of `HEAD`."""
    document_id, title, year, version, state, added_at, *rest = row
    return DocumentHead(document_id, title, year, version, state, datetime.fromisoformat(added_at), *rest)


def review_row_of(row: Sequence[Any]) -> ReviewRow:
    """A row from the columns of `ROW`."""
    row_id, start, end, n, state, excluded, reason, machine, current, from_rows, case_id, by, second, over = row
    return ReviewRow(
        row_id, start, end, n, state, bool(excluded), reason, decode(machine), decode(current),
        tuple(decode(from_rows)), case_id, by, second, bool(over),
    )  # fmt: skip


def values_of(authority: str, document_id: str, row: ReviewRow) -> tuple[Any, ...]:
    """The values of `INSERT_ROW`."""
    return (
        authority, document_id, row.row_id, row.start, row.end, row.n, row.state, int(row.excluded_topic),
        row.reason, as_json(row.machine), as_json(row.row), as_json(row.from_rows), row.case_id,
        row.decided_by, row.confirmed_by,
    )  # fmt: skip


def sentences_of(
    text: str, kept: Sequence[tuple[int, int, int, str, str]], rows: Sequence[ReviewRow]
) -> tuple[Sentence, ...]:
    """Every sentence with its one visible state: what people decided of the rows in it, else what the machine said.

    One pass over sentences and rows, both in reading order.
    """
    out: list[Sentence] = []
    standing = [row for row in rows if row.state in _STATES_OF]
    first = 0
    for position, start, end, state, reason in kept:
        while first < len(standing) and standing[first].end <= start:
            first += 1
        states: dict[str, ReviewRow] = {}
        for row in standing[first:]:
            if row.start >= end:
                break
            if row.end > start:
                states[_STATES_OF[row.state]] = row
        told = next((name for name in ("excluded", "commitment", "rejected") if name in states), "")
        if told:
            words = states[told].reason if told == "rejected" else reason if told == state else ""
            out.append(Sentence(position, start, end, text[start:end], told, words))
        else:
            out.append(Sentence(position, start, end, text[start:end], state, reason))
    return tuple(out)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the blanks and the punctuation at its ends that belong to neither side of a cut."""
    while start < end and (text[start].isspace() or text[start] in "，,；;。、"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in "，,；;。、"):
        end -= 1
    return start, end


def title_of(quote: str) -> str:
    """A short name for a row: its words, cut at a comma where they run long."""
    words = " ".join(quote.split())
    if len(words) <= 60:
        return words
    cut = max((words.rfind(mark, 20, 60) for mark in "，、；,"), default=-1)
    return words[: cut if cut > 0 else 59] + "…"
