"""Two versions of a document side by side: what became of each promise, the old words beside the new, and why.

The public page and the desk's show the same lines; the desk's can be answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mingze.accounts.offices import Offices
from mingze.portal.case_words import office_words
from mingze.store.document_rows import ReviewRow
from mingze.store.documents import VersionChange
from mingze.words import date_words, say

ORDER = ("changed", "dropped", "new", "moved", "kept")
"""Groups of the page: what needs reading first."""

_PARTS = ("indicator", "deadline_on", "lead_office", "supporting_offices")


@dataclass(frozen=True)
class Part:
    """One thing that reads otherwise in the new version."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class ChangeLine:
    """One promise over two versions. `number` is its case; `ended` says that the case is over."""

    key: str
    group: str
    tags: tuple[str, ...]
    title: str
    old_words: str
    new_words: str
    parts: tuple[Part, ...]
    number: str
    case_id: str
    ended: bool
    reason: str
    waits: bool
    old_row: str
    new_row: str
    new_n: int
    answer: str
    dropped_row: str = ""
    dropped_n: int = 0
    dropped_by: str = ""


@dataclass(frozen=True)
class Group:
    """Lines of one kind, under one heading."""

    name: str
    title: str
    lines: tuple[ChangeLine, ...]


def _told(row: ReviewRow, part: str, offices: Offices, lang: str) -> str:
    value = row.row.get(part)
    if part == "deadline_on":
        words = str(row.row.get("deadline_words") or "")
        return date_words(date.fromisoformat(str(value)), lang, weekday=False) if value else words
    if part == "lead_office":
        return office_words(offices, str(value), lang) if value else ""
    if part == "supporting_offices":
        return ("、" if lang == "zh-Hans" else ", ").join(office_words(offices, str(one), lang) for one in value or ())
    return str(value or "")


def _parts(change: VersionChange, offices: Offices, lang: str) -> tuple[Part, ...]:
    """What reads otherwise, part by part; nothing for a promise that has only one side."""
    if change.old is None or change.new is None:
        return ()
    pairs = ((part, _told(change.old, part, offices, lang), _told(change.new, part, offices, lang)) for part in _PARTS)
    none = say("portal-change-none", lang)
    return tuple(
        Part(say(f"portal-change-part-{part}", lang), old or none, new or none)
        for part, old, new in pairs
        if old != new
    )


def change_line(change: VersionChange, offices: Offices, lang: str) -> ChangeLine:
    """One promise over two versions, in words."""
    shown = change.new or change.old
    assert shown is not None
    kind = change.kinds[0]
    return ChangeLine(
        key=f"v-{shown.row_id}",
        group=kind if kind in ORDER else "changed",
        tags=tuple(say(f"documents-change-{one}", lang) for one in change.kinds),
        title=str(shown.row.get("title") or shown.quote),
        old_words=change.old.quote if change.old else "",
        new_words=change.new.quote if change.new else "",
        parts=_parts(change, offices, lang),
        number=change.number,
        case_id=change.case.id if change.case else "",
        ended=change.case is not None and not change.case.open,
        reason=change.reason,
        waits=change.waits,
        old_row=change.old.row_id if change.old else "",
        new_row=change.new.row_id if change.new else "",
        new_n=change.new.n if change.new else 0,
        answer=change.answer,
        dropped_row=change.dropped.row_id if change.dropped and change.dropped.waits_for_second else "",
        dropped_n=change.dropped.n if change.dropped else 0,
        dropped_by=change.dropped.decided_by if change.dropped else "",
    )


def change_groups(changes: Sequence[VersionChange], offices: Offices, lang: str) -> tuple[Group, ...]:
    """The promises of two versions, those first that read otherwise."""
    lines = [change_line(change, offices, lang) for change in changes]
    return tuple(
        Group(
            name,
            say(f"portal-change-group-{name}", lang, count=len(found)),
            found,
        )
        for name in ORDER
        if (found := tuple(line for line in lines if line.group == name))
    )
