"""What a reviewer can ask for on one row: each verb, what it does in the store, and which row stands open afterwards."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from mingze.casework import Actor
from mingze.desk.review_rows import live_rows, next_pending
from mingze.store import ReviewRefused

FIELDS = ("title", "lead_office", "indicator", "deadline_on", "deadline_words", "evidence_rule")
"""What a reviewer's form says of a row, besides the supporting offices and the words themselves."""


@dataclass(frozen=True)
class Asked:
    """What a reviewer asks for: the row as they saw it and what they typed; `own` are the posts they hold."""

    documents: Any
    document: Any
    row: Any
    actor: Actor
    own: Collection[str]
    n: int
    typed: Mapping[str, Any]

    @property
    def place(self) -> tuple[str, str]:
        """Document and row, as the register takes them."""
        return self.document.head.document_id, self.row.row_id

    def next(self) -> str:
        """The row to go to after this one."""
        rows = live_rows(self.documents.rows(self.place[0]))
        return next_pending(rows, self.row.row_id, self.own)


def typed_in(post: Any) -> dict[str, Any]:
    """What the form sent; line ends are those of the text."""
    typed: dict[str, Any] = {
        name: post[name].replace("\r\n", "\n")
        for name in (*FIELDS, "words", "reason", "back_reason", "note", "at", "with", "doubt")
        if name in post
    }
    if "title" in post:
        typed["supporting_offices"] = post.getlist("supporting_offices")
    return typed


def place_of(text: str, words: str, near: int) -> tuple[int, int]:
    """Where words stand in a text, nearest to an offset. Raises ReviewRefused `not_in_text`."""
    found: list[int] = []
    at = text.find(words) if words else -1
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    if not found:
        raise ReviewRefused("not_in_text")
    start = min(found, key=lambda place: abs(place - near))
    return start, start + len(words)


def _saved(asked: Asked) -> int:
    """Save what was changed in the form; returns the row's number of changes after it."""
    n, told = asked.n, asked.row.row
    words = asked.typed.get("words")
    if isinstance(words, str) and words.strip() != asked.document.text[asked.row.start : asked.row.end].strip():
        start, end = place_of(asked.document.text, words.strip(), asked.row.start)
        n = asked.documents.move(*asked.place, start, end, asked.actor, expected_n=n).n
    changes = {
        name: asked.typed[name]
        for name in FIELDS
        if name in asked.typed and asked.typed[name] != (told.get(name) or "")
    }
    if "supporting_offices" in asked.typed and list(asked.typed["supporting_offices"]) != list(
        told.get("supporting_offices") or ()
    ):
        changes["supporting_offices"] = asked.typed["supporting_offices"]
    if changes:
        n = asked.documents.edit_row(*asked.place, changes, asked.actor, expected_n=n).n
    return n


def _edit(asked: Asked) -> str:
    _saved(asked)
    return asked.row.row_id


def _accept(asked: Asked) -> str:
    if asked.row.state == "excluded" or asked.row.excluded_topic:
        raise ReviewRefused("excluded_never", row=asked.row.row_id)
    asked.documents.accept(*asked.place, asked.actor, expected_n=_saved(asked))
    return asked.next()


def _reject(asked: Asked) -> str:
    asked.documents.reject(*asked.place, asked.actor, expected_n=asked.n, reason=asked.typed.get("reason", ""))
    return asked.next()


def _exclude(asked: Asked) -> str:
    asked.documents.exclude(*asked.place, asked.actor, expected_n=asked.n, reason=asked.typed.get("reason", ""))
    return asked.next()


def _annotate(asked: Asked) -> str:
    asked.documents.annotate(*asked.place, asked.typed.get("note", ""), asked.actor, expected_n=asked.n)
    return asked.row.row_id


def _as_written(asked: Asked) -> str:
    codes = [asked.typed.get("doubt", "")]
    asked.documents.as_written(*asked.place, codes, asked.actor, expected_n=_saved(asked))
    return asked.row.row_id


def _split(asked: Asked) -> str:
    at = str(asked.typed.get("at", ""))
    cuts = [int(at)] if at.isdigit() else []
    return asked.documents.split(*asked.place, cuts, asked.actor, expected_n=asked.n)[0].row_id


def _merge(asked: Asked) -> str:
    other, _, n = str(asked.typed.get("with", "")).rpartition(":")
    rows = live_rows(asked.document.rows)
    order = [one.row_id for one in rows]
    here = order.index(asked.row.row_id)
    if not other or here + 1 >= len(order) or order[here + 1] != other or rows[here + 1].excluded_topic:
        raise ReviewRefused("not_adjacent", row=asked.row.row_id)
    expected = {asked.row.row_id: asked.n, other: int(n) if n.isdigit() else -1}
    ids = [asked.row.row_id, other]
    return asked.documents.merge(asked.place[0], ids, asked.actor, expected_n=expected).row_id


def _confirm(asked: Asked) -> str:
    rows = {asked.row.row_id: asked.n}
    try:
        asked.documents.confirm(asked.place[0], rows, asked.actor, held=asked.own)
    except ReviewRefused as refused:
        raise getattr(refused, "refusals", ((None, refused),))[0][1] from None
    return asked.next()


def _send_back(asked: Asked) -> str:
    reason = asked.typed.get("back_reason", "")
    asked.documents.send_back(*asked.place, asked.actor, expected_n=asked.n, reason=reason, held=asked.own)
    return asked.next()


VERBS: Mapping[str, Callable[[Asked], str]] = {
    "accept": _accept,
    "reject": _reject,
    "edit": _edit,
    "split": _split,
    "merge": _merge,
    "exclude": _exclude,
    "annotate": _annotate,
    "as_written": _as_written,
    "confirm": _confirm,
    "send_back": _send_back,
}
"""Every step a reviewer may take on a row; each returns the row that stands open afterwards."""
