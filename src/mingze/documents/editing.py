"""Editing rows at the review desk: split, merge and move boundaries, with the fields read again from the new words.

The machine's original stays where it is kept; these functions only say what the changed span is and what it says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from mingze.documents.clauses import Group, read_clauses
from mingze.documents.decomposing import reread
from mingze.documents.decomposition import Commitment
from mingze.documents.view import fold

Span = tuple[int, int]
_EDGE = "，、；。：！？,;:.!? \t\r\n\u3000\xa0\u200b\ufeff"


class EditError(Exception):
    """The edit cannot be made. `code` is `split-outside`, `merge-apart` or `span-outside` (words: `documents-edit-<code>`)."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without spaces and punctuation at its edges, as commitments are quoted. Raises `EditError` `span-outside`."""
    if not 0 <= start < end <= len(text):
        raise EditError("span-outside", start=start, end=end)
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    if end <= start:
        raise EditError("span-outside", start=start, end=end)
    return start, end


def split_row(text: str, start: int, end: int, at: int) -> tuple[Span, Span]:
    """The two spans of a row cut at offset `at`; signs at the cut belong to neither. Raises `EditError` `split-outside`."""
    if not start < at < end:
        raise EditError("split-outside", at=at)
    try:
        return trimmed(text, start, at), trimmed(text, at, end)
    except EditError as error:
        raise EditError("split-outside", at=at) from error


def merge_rows(text: str, first: Span, second: Span, others: Sequence[Span] = ()) -> Span:
    """One span from the start of the earlier row to the end of the later.

    `others` are the remaining rows of the document. Raises `EditError` `merge-apart` if one of them lies between or a line ends there.
    """
    (start, inner), (outer, end) = sorted((first, second))
    if outer < inner:
        start, end = min(first[0], second[0]), max(first[1], second[1])
    elif "\n" in text[inner:outer].strip(" ") or any(a < outer and b > inner for a, b in others):
        raise EditError("merge-apart", start=start, end=end)
    return trimmed(text, start, end)


def split_points(text: str, start: int, end: int) -> list[int]:
    """Where a row may sensibly be split: the first character after each comma, semicolon and enumeration comma."""
    found = []
    for offset in range(start + 1, end - 1):
        if text[offset] in "，,；;、。" and text[offset + 1 : end].strip(_EDGE) and text[start:offset].strip(_EDGE):
            found.append(offset + 1)
    return found


def read_span(
    text: str, start: int, end: int, context: Commitment | None = None, year: int | None = None
) -> Commitment:
    """The fields of an edited span, read from its own words.

    Kind, indicators, deadline and flag come from the span; office, path and a deadline that the span does not state come from `context`,
    the row it was cut from. A flag of the context stays unless the span is shorter and no longer says what was flagged; the reviewer
    can mark it again. Raises `EditError` `span-outside`.
    """
    start, end = trimmed(text, start, end)
    view = fold(text, start, end)
    clauses = read_clauses(view.text, 0, len(view.text), year)
    if not clauses:
        raise EditError("span-outside", start=start, end=end)
    clauses[0].body = 0
    fresh = reread(text, view, Group(clauses), year)
    if context is None:
        return replace(fresh, quote=text[start:end], start=start, end=end)
    lead_known = fresh.lead_source == "explicit"
    return replace(
        fresh,
        id=context.id,
        path=context.path,
        quote=text[start:end],
        start=start,
        end=end,
        lead=fresh.lead if lead_known else context.lead,
        supporting=fresh.supporting or (() if lead_known and fresh.lead != context.lead else context.supporting),
        lead_source="explicit" if lead_known else context.lead_source,
        deadline=fresh.deadline
        or (context.deadline if context.deadline and context.deadline.text not in context.quote else None),
        negated=context.negated,
        occurrence=max(1, text.count(text[start:end], 0, end)),
        excluded_topic=fresh.excluded_topic
        or (context.excluded_topic and (start, end) == (context.start, context.end)),
    )
