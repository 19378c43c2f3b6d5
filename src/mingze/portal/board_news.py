"""What is new on the board, as items of a feed and lines of a letter: one for each record of a promise, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mingze.accounts.offices import Offices
from mingze.portal.case_events import timeline
from mingze.store import Register
from mingze.store.board_news import newest
from mingze.store.pages import CaseRow

ITEMS = 50
"""Records in a feed; a program that asks once a day misses none."""


@dataclass(frozen=True, slots=True)
class News:
    """One record of a promise: what happened, in one line and in more words, and where to read it."""

    uid: str
    leaf_index: int
    number: str
    promise: str
    title: str
    words: str
    at: datetime
    path: str


def news(
    register: Register,
    offices: Offices,
    now: datetime,
    lang: str,
    document: str = "",
    office: str = "",
    number: str = "",
    since: str = "",
    limit: int = ITEMS,
) -> list[News]:
    """The newest records, the newest first; see `mingze.store.board_news.newest` for what narrows them.

    Surprising: with `since`, older records of a promise that changed since are among them; `leaf_index` tells them apart.
    """
    with register.readers() as connection:
        rows = newest(connection, register.authority, limit, document, office, number, since)
    found = [item for row in rows for item in _of_case(register, row, offices, now, lang)]
    return sorted(found, key=lambda item: item.leaf_index, reverse=True)[:limit]


def _of_case(register: Register, row: CaseRow, offices: Offices, now: datetime, lang: str) -> Iterable[News]:
    case = register.case(row.case_id)
    if case is None or not register.may(None, "see", row.case_id):
        return
    events = [stored.event for stored in case.events]
    told = timeline(case.procedure, case.case, events, {}, None, None, offices, now, lang, public=True)
    leaves = [stored.leaf_index for stored in case.events]
    for event, leaf, entry in zip(events, leaves, told, strict=True):
        yield News(
            f"{row.case_id}/{event.n}", leaf, row.number, row.title, entry.title, _sentence(entry.text, entry.lines),
            event.recorded_at, f"/board/{row.number}/#events",
        )  # fmt: skip


def _sentence(text: str, lines: Sequence[str]) -> str:
    return "\n".join(part for part in (text, *lines) if part)
