"""The left side of the review desk: every sentence of the document with its one visible state, and the picture of all.

Nothing is dropped in silence: every sentence says whether it is a commitment (and which), a heading, background, not
taken up and why, or kept as text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingze.desk.review_rows import Row
from mingze.words import has, say

STATES = {
    "commitment": ("s-promise", "on"),
    "heading": ("s-head", "hd"),
    "background": ("s-back", "bg"),
    "rejected": ("s-out", "out"),
    "excluded": ("s-text", "unk"),
    "furniture": ("s-furn", "bg"),
}
"""For each state of a sentence the class of its line and of its cell in the strip."""

KEY = (
    ("commitment", "k-past"),
    ("heading", "k-head"),
    ("background", "k-back"),
    ("rejected", "k-out"),
    ("excluded", "k-text"),
    ("furniture", "k-furn"),
)

ROW = 120
"""So many cells stand in one row of the coverage picture."""

_RULE = re.compile(r"[A-Z]{1,2}\d{1,3}[a-z]?")


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence: the words of one row, or words of none."""

    text: str
    row_id: str = ""


@dataclass(frozen=True)
class RowLink:
    """A row as a sentence points to it."""

    row_id: str
    number: int


@dataclass(frozen=True)
class SentenceLine:
    """One sentence with its one state."""

    position: int
    pieces: tuple[Piece, ...]
    state: str
    shape: str
    label: str
    why: str
    links: tuple[RowLink, ...]
    now: bool
    level: str = ""


@dataclass(frozen=True)
class CoverCell:
    """One cell of the coverage picture."""

    x: int
    y: int
    state: str
    position: int


def reason_words(reason: str, lang: str) -> str:
    """Why a sentence has its state: the rules the program gave in words, or a person's own words as they are."""
    parts = [part for part in re.split(r"[\s,;+/]+", reason) if part]
    if parts and all(_RULE.fullmatch(part) and has(f"documents-rule-{part}", lang) for part in parts):
        return ("；" if lang == "zh-Hans" else "; ").join(say(f"documents-rule-{part}", lang) for part in parts)
    word = f"documents-rule-{reason}"
    return say(word, lang) if reason and _RULE.fullmatch(reason) and has(word, lang) else reason


def _pieces(text: str, start: int, rows: Sequence[Row]) -> tuple[Piece, ...]:
    """A sentence cut where the words of its rows begin and end; what overlaps goes to the earlier row."""
    out: list[Piece] = []
    at, end = start, start + len(text)
    for row in rows:
        first, last = max(row.start, at), min(row.end, end)
        if first >= last:
            continue
        if first > at:
            out.append(Piece(text[at - start : first - start]))
        out.append(Piece(text[first - start : last - start], row.row_id))
        at = last
    if at < end:
        out.append(Piece(text[at - start :]))
    return tuple(out)


def sentence_lines(
    document: Any,
    rows: Sequence[Row],
    numbers: Mapping[str, int],
    focus: str,
    lang: str,
    of_rows: Collection[str] | None = None,
) -> list[SentenceLine]:
    """Every sentence with its one visible state, or only those that words of some rows stand in.

    One pass over sentences and rows, both in reading order.
    """
    lines: list[SentenceLine] = []
    first = 0
    by_id = {row.row_id: row for row in rows}
    for sentence in document.sentences:
        while first < len(rows) and rows[first].end <= sentence.start:
            first += 1
        here: list[Row] = []
        for row in rows[first:]:
            if row.start >= sentence.end:
                break
            if row.end > sentence.start:
                here.append(row)
        if of_rows is not None and not any(row.row_id in of_rows for row in here):
            continue
        live = [row for row in here if row.state in ("proposed", "accepted")]
        links = tuple(RowLink(row.row_id, numbers[row.row_id]) for row in (live or here))
        shape, _ = STATES.get(sentence.state, ("s-back", "bg"))
        label = say(f"desk-state-{sentence.state}", lang)
        why = reason_words(sentence.reason, lang) if sentence.state in ("rejected", "excluded", "background") else ""
        if sentence.state == "excluded":
            held = next((row for row in here if row.state == "excluded"), None)
            why = (held.reason if held else "") or (why or say("desk-excluded-why", lang))
            links = tuple(RowLink(row.row_id, numbers[row.row_id]) for row in here if row.state == "excluded") or links
        why = joined([why, *_mixed(sentence.state, here, numbers, lang)], lang)
        lines.append(
            SentenceLine(
                position=sentence.position,
                pieces=_pieces(sentence.text, sentence.start, here),
                state=sentence.state,
                shape=shape + (" s-long" if why and sentence.state in ("rejected", "excluded") else ""),
                label=label,
                why=why,
                links=links,
                now=bool(focus) and focus in by_id and any(row.row_id == focus for row in here),
            )
        )
    return lines


def _mixed(state: str, here: Sequence[Row], numbers: Mapping[str, int], lang: str) -> Iterable[str]:
    """What became of the other rows of a sentence whose state one row decides, so that none of them drops out of sight."""
    if state == "commitment":
        for row in here:
            if row.state == "rejected":
                yield say("desk-mixed-rejected", lang, row=numbers[row.row_id], reason=row.reason)
    live = [numbers[row.row_id] for row in here if row.state in ("proposed", "accepted")]
    if state == "excluded" and live:
        yield say("desk-mixed-live", lang, rows=live)


def joined(parts: Iterable[str], lang: str) -> str:
    return ("；" if lang == "zh-Hans" else "; ").join(part for part in parts if part)


def cover_cells(states: Sequence[tuple[int, str]]) -> tuple[CoverCell, ...]:
    """The coverage picture: one cell a sentence, in rows as one reads."""
    columns = cover_columns(len(states))
    return tuple(
        CoverCell(10 * (index % columns), 12 * (index // columns), STATES.get(state, ("", "bg"))[1], position)
        for index, (position, state) in enumerate(states)
    )


def cover_columns(count: int) -> int:
    """How many cells stand in one row of the picture; a short document does not stretch its few."""
    return min(ROW, max(48, count))
