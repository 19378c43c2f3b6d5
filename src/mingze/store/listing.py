"""Lists of cases and what is counted of them; a case somebody is barred from is in none of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from mingze.casework import (
    Actor,
    Case,
)
from mingze.measures import CaseFact, CaseStatistics, case_statistics
from mingze.store import pages
from mingze.store.documents import CommitmentRow
from mingze.store.opened import Opened
from mingze.store.pages import CaseFilter, CaseRow, Page
from mingze.terms import local_day


class Listing(Opened):
    """Lists and figures."""

    def inbox(
        self,
        office: str,
        functions: Sequence[str] = (),
        filter: CaseFilter | None = None,
        after: str | None = None,
        limit: int = 50,
        viewer: Actor | None = None,
    ) -> Page[CaseRow]:
        """One page of an office's cases, what is due first at the top; the office cannot change the order.

        `functions` are those of the post that looks; every post of an office sees the same list (need-to-know is about
        sealed content, and that leaves a record).
        """
        viewer = viewer or Actor("post", office=office)
        return self.cases(filter or CaseFilter(), after, limit, office=office, viewer=viewer)

    def cases(
        self,
        filter: CaseFilter | None = None,
        after: str | None = None,
        limit: int = 50,
        *,
        office: str = "",
        viewer: Actor | None = None,
    ) -> Page[CaseRow]:
        """One page of cases; without an office, of the whole authority. A case the `viewer` is barred from is not in
        it.
        """
        with self.readers() as connection:
            return pages.list_cases(
                connection, self.authority, office, filter or CaseFilter("open"), self.clock.now(), after, limit, viewer
            )

    def counts(self, office: str, viewer: Actor | None = None) -> dict[str, int]:
        """How many of an office's cases each list of the inbox holds; counting stops at 1,000."""
        barred, mine = pages.not_barred(viewer or Actor("post", office=office))
        now = self.clock.now()
        today, at = local_day(now).isoformat(), now.isoformat()
        turn = "FROM case_file c WHERE c.authority = ? AND c.is_open = 1 AND c.duty_office = ?"
        queries: dict[str, tuple[str, tuple[Any, ...]]] = {
            "turn": (turn, (self.authority, office)),
            "today": (turn + " AND due_on >= ? AND due_on < ?", (self.authority, office, today, today + "~")),
            "overdue": (
                turn + " AND due_on < ? AND (length(due_on) > 10 OR due_on < ?)",
                (self.authority, office, at, today),
            ),
            "waiting": (
                "FROM case_file c WHERE c.authority = ? AND c.is_open = 1 AND c.duty_office <> ? AND EXISTS (SELECT 1"
                " FROM case_office o WHERE o.authority = c.authority AND o.office = ? AND o.case_id = c.case_id)",
                (self.authority, office, office),
            ),
        }
        with self.readers() as connection:
            return {
                name: connection.execute(
                    f"SELECT count(*) FROM (SELECT 1 {sql} AND {barred} LIMIT 1000) AS counted", (*values, *mine)
                ).fetchone()[0]
                for name, (sql, values) in queries.items()
            }

    def commitments(
        self, show: str = "all", document_id: str = "", office: str = "", after: str | None = None, limit: int = 50
    ) -> Page[CommitmentRow]:
        """One page of the public board; see `Documents.board`."""
        return self.documents.board(show, document_id, office, after, limit)

    def statistics(
        self, from_on: date, to_on: date, procedure: str = "", viewer: Actor | None = None
    ) -> CaseStatistics:
        """What can honestly be said of the matters opened from one day to another (both included), open ones
        counted; for a `viewer` without those they are barred from, so that nobody finds them by subtraction.
        """
        where = " AND c.procedure = ?" if procedure else ""
        barred, mine = pages.not_barred(viewer)
        sql = (
            "SELECT c.state FROM case_file c WHERE c.authority = ? AND c.opened_at >= ? AND c.opened_at < ?"
            f"{where} AND {barred}"
        )
        values = (
            self.authority, from_on.isoformat(), to_on.isoformat() + "~", *([procedure] if procedure else []), *mine,
        )  # fmt: skip
        with self.readers() as connection:
            states = [row[0] for row in connection.execute(sql, values).fetchall()]
        facts = [self.fact(Case.from_bytes(state)) for state in states]
        return case_statistics(facts, from_on, to_on, local_day(self.clock.now()))

    def fact(self, case: Case) -> CaseFact:
        """What a statistic may know of a case; the clock that counts is the one an answer (or a report) meets."""
        procedure = self.procedure_version(case.procedure, case.procedure_hash)
        answering = {name for name, action in procedure.actions.items() if action.means in ("answered", "done")}
        clocks = [
            state for name, state in case.clocks.items() if answering & set(procedure.clocks[name].met_by) and state.due
        ]
        answered_at = case.answered_at or case.done_at
        due = max((state.due or "" for state in clocks), default="")
        return CaseFact(
            opened_on=local_day(datetime.fromisoformat(case.opened_at)),
            answered_on=local_day(datetime.fromisoformat(answered_at)) if answered_at else None,
            due_on=date.fromisoformat(due[:10]) if due else None,
            answered_late=any(state.late for state in clocks),
            outcome=case.outcome,
            open=case.open,
        )
