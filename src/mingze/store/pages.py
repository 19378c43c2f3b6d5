"""Lists of cases, a page at a time: each page says where the next one starts, and none counts what it does not show.

A page starts after the last row of the one before (its due date and id), so new cases never push a row out of sight or
show it twice, and page one thousand costs what page one does. Nothing here can be asked for a person: lists are by
office, procedure, state and number.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from mingze.casework import Actor, Case
from mingze.store.case_row import NEVER
from mingze.terms import local_day

type Show = Literal["turn", "today", "overdue", "waiting", "open", "closed", "all"]
"""turn: it is this office's turn; today, overdue: of these, due today or past; waiting: the office is in it and
somebody else must act; open, closed, all: every case the office is in (or, for a list without office, every case)."""


@dataclass(frozen=True)
class CaseFilter:
    """Which cases a list shows. An empty part filters nothing; `acted` asks for one of these actions ever taken."""

    show: Show = "turn"
    procedure: str = ""
    stage: str = ""
    number: str = ""
    acted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page[T]:
    """Some rows, and the words to ask for the next page with (None when this was the last)."""

    rows: tuple[T, ...]
    next: str | None


@dataclass(frozen=True)
class CaseRow:
    """One case as a list shows it: whose turn, until when. `due` is an ISO day or instant, or "" where no period
    runs.
    """

    case_id: str
    number: str
    procedure: str
    stage: str
    open: bool
    n: int
    title: str
    duty_role: str
    duty_office: str
    duty_party: str
    due_clock: str
    due: str
    provisional: bool
    marked_overdue: bool
    opened_at: str
    changed_at: str
    closed_at: str
    state: str

    @property
    def case(self) -> Case:
        """The whole present state of the case."""
        return Case.from_bytes(self.state)

    def overdue_at(self, now: datetime) -> bool:
        """Whether the period that now runs has run out."""
        return self.open and bool(self.due) and is_past(self.due, now)


COLUMNS: Final = (
    "c.case_id, c.number, c.procedure, c.stage, c.is_open, c.n, c.title, c.duty_role, c.duty_office, c.duty_party,"
    " c.due_clock, c.due_on, c.due_provisional, c.overdue, c.opened_at, c.changed_at, c.closed_at, c.state"
)


def read_row(row: Sequence[Any]) -> CaseRow:
    """A row of `COLUMNS`."""
    (case_id, number, procedure, stage, is_open, n, title, role, office, party, clock, due, provisional, overdue,
     opened_at, changed_at, closed_at, state) = row  # fmt: skip
    return CaseRow(
        case_id, number, procedure, stage, bool(is_open), n, title, role, office, party, clock,
        "" if due == NEVER else due, bool(provisional), bool(overdue), opened_at, changed_at, closed_at, state,
    )  # fmt: skip


def is_past(due: str, now: datetime) -> bool:
    """Whether a last day (or last instant) lies behind."""
    return due < now.isoformat() if len(due) > 10 else due < local_day(now).isoformat()


def write_mark(*values: Any) -> str:
    """Where a page ended, to be handed back for the next one."""
    return urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def read_mark(mark: str | None, length: int) -> list[Any] | None:
    """Where a page ended; a mark nobody wrote means the first page."""
    if not mark or len(mark) > 400:
        return None
    try:
        values = json.loads(urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    except ValueError:
        return None
    fits = isinstance(values, list) and len(values) == length and all(isinstance(value, str | int) for value in values)
    return values if fits else None


def page_of[T](rows: list[T], limit: int, mark: Callable[[T], str]) -> Page[T]:
    """The first `limit` of the rows; one row more says that there is a next page."""
    return Page(tuple(rows[:limit]), mark(rows[limit - 1]) if len(rows) > limit else None)


def not_barred(viewer: Actor | None) -> tuple[str, tuple[str, ...]]:
    """A condition on `c` (with its values) that leaves out the cases a viewer's office is excluded from, those their post
    stands aside from, and those that only other posts know of. It holds for everybody who is no post.
    """
    if viewer is None or viewer.kind != "post":
        return "1 = 1", ()
    return (
        "NOT EXISTS (SELECT 1 FROM case_excluded x WHERE x.authority = c.authority AND x.office = ?"
        " AND x.case_id = c.case_id AND x.post IN ('', ?))"
        " AND (NOT EXISTS (SELECT 1 FROM case_circle k WHERE k.authority = c.authority AND k.case_id = c.case_id)"
        " OR EXISTS (SELECT 1 FROM case_circle k WHERE k.authority = c.authority AND k.case_id = c.case_id"
        " AND k.post = ?))",
        (viewer.office, viewer.post, viewer.post),
    )


def list_cases(
    connection: Any,
    authority: str,
    office: str,
    wanted: CaseFilter,
    now: datetime,
    after: str | None,
    limit: int,
    viewer: Actor | None = None,
) -> Page[CaseRow]:
    """One page of cases; open ones by what is due first, closed ones and all of them newest first."""
    limit = max(1, min(limit, 200))
    barred, mine = not_barred(viewer)
    conditions, values = ["c.authority = ?", barred], [authority, *mine]
    for column, value in (("procedure", wanted.procedure), ("stage", wanted.stage), ("number", wanted.number)):
        if value:
            conditions.append(f"c.{column} = ?")
            values.append(value)
    if wanted.acted:
        conditions.append(
            "EXISTS (SELECT 1 FROM event e WHERE e.authority = c.authority AND e.case_id = c.case_id"
            f" AND e.action IN ({', '.join('?' * len(wanted.acted))}))"
        )
        values += wanted.acted
    today = local_day(now).isoformat()
    by_due = wanted.show not in ("closed", "all")
    if by_due:
        conditions.append("c.is_open = 1")
    elif wanted.show == "closed":
        conditions.append("c.is_open = 0")
    if office and wanted.show in ("turn", "today", "overdue"):
        conditions.append("c.duty_office = ?")
        values.append(office)
    elif office:
        conditions.append(
            "EXISTS (SELECT 1 FROM case_office o WHERE o.authority = c.authority AND o.office = ? AND o.case_id = c.case_id)"
        )
        values.append(office)
        if wanted.show == "waiting":
            conditions.append("c.duty_office <> ?")
            values.append(office)
    elif wanted.show == "waiting":
        conditions.append("c.duty_party <> ''")
    if wanted.show == "today":
        conditions.append("c.due_on >= ? AND c.due_on < ?")
        values += [today, today + "~"]
    elif wanted.show == "overdue":
        conditions.append("c.due_on < ? AND (length(c.due_on) > 10 OR c.due_on < ?)")
        values += [now.isoformat(), today]
    mark = read_mark(after, 2)
    if mark:
        conditions.append("(c.due_on, c.case_id) > (?, ?)" if by_due else "(c.opened_at, c.case_id) < (?, ?)")
        values += mark
    order = "c.due_on, c.case_id" if by_due else "c.opened_at DESC, c.case_id DESC"
    sql = f"SELECT {COLUMNS} FROM case_file c WHERE {' AND '.join(conditions)} ORDER BY {order} LIMIT ?"
    rows = [read_row(row) for row in connection.execute(sql, (*values, limit + 1)).fetchall()]
    return page_of(rows, limit, lambda row: write_mark((row.due or NEVER) if by_due else row.opened_at, row.case_id))
