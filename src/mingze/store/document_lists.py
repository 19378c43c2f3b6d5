"""What is read of documents: the list, one with its review, the promises of the public board."""

from __future__ import annotations

import json
from collections.abc import Sequence

from mingze.store import pages
from mingze.store.case_row import NEVER
from mingze.store.document_rows import HEAD, CommitmentRow, Document, DocumentHead, ReviewRow, head_of
from mingze.store.document_tables import DocumentTables
from mingze.store.pages import Page
from mingze.terms import local_day


class DocumentLists(DocumentTables):
    """Reading documents."""

    def list(self, after: str | None = None, limit: int = 50, published: bool = False) -> Page[DocumentHead]:
        """Documents, the newest first."""
        mark = pages.read_mark(after, 2)
        where = " AND state = 'published'" if published else ""
        where += " AND (added_at, document_id) < (?, ?)" if mark else ""
        sql = f"SELECT {HEAD} FROM document WHERE authority = ?{where} ORDER BY added_at DESC, document_id DESC LIMIT ?"
        with self._register.readers() as connection:
            rows = connection.execute(sql, (self._authority, *(mark or ()), limit + 1)).fetchall()
        heads = [head_of(row) for row in rows]
        return pages.page_of(heads, limit, lambda head: pages.write_mark(head.added_at.isoformat(), head.document_id))

    def replaceable(self, limit: int = 200) -> tuple[DocumentHead, ...]:
        """Published documents that have no newer version yet, the newest first."""
        sql = (
            f"SELECT {HEAD} FROM document WHERE authority = ? AND state = 'published' AND document_id NOT IN"
            " (SELECT replaces FROM document WHERE authority = ?) ORDER BY added_at DESC, document_id DESC LIMIT ?"
        )
        with self._register.readers() as connection:
            found = connection.execute(sql, (self._authority, self._authority, limit)).fetchall()
        return tuple(head_of(row) for row in found)

    def get(self, document_id: str) -> Document | None:
        """A document with everything about its review, of one moment; None when there is none."""
        with self._register.readers() as connection:
            return self._document(connection, document_id)

    def head(self, document_id: str) -> DocumentHead | None:
        """A document as it stands in a list; None when there is none."""
        sql = f"SELECT {HEAD} FROM document WHERE authority = ? AND document_id = ?"
        with self._register.readers() as connection:
            found = connection.execute(sql, (self._authority, document_id)).fetchone()
        return head_of(found) if found else None

    def rows(self, document_id: str) -> tuple[ReviewRow, ...]:
        """The rows of a document in reading order, replaced ones included."""
        with self._register.readers() as connection:
            return self._rows(connection, document_id)

    def counts(self, document_ids: Sequence[str]) -> dict[str, dict[str, int]]:
        """How many rows of each document stand in each state, for a list of documents, in one query."""
        if not document_ids:
            return {}
        marks = ", ".join("?" for _ in document_ids)
        sql = (
            "SELECT document_id, state, count(*) FROM review_row WHERE authority = ?"
            f" AND document_id IN ({marks}) GROUP BY document_id, state"
        )
        out: dict[str, dict[str, int]] = {}
        with self._register.readers() as connection:
            for document_id, state, count in connection.execute(sql, (self._authority, *document_ids)).fetchall():
                out.setdefault(document_id, {})[state] = count
        return out

    def of_case(self, case_id: str) -> tuple[DocumentHead, ReviewRow] | None:
        """The newest document that makes a commitment and the row of it: where its words stand now."""
        sql = (
            "SELECT r.document_id, r.row_id FROM review_row r JOIN document d"
            " ON d.authority = r.authority AND d.document_id = r.document_id"
            " WHERE r.authority = ? AND r.case_id = ? ORDER BY d.version DESC LIMIT 1"
        )
        with self._register.readers() as connection:
            found = connection.execute(sql, (self._authority, case_id)).fetchone()
            if found is None:
                return None
            head = connection.execute(
                f"SELECT {HEAD} FROM document WHERE authority = ? AND document_id = ?", (self._authority, found[0])
            ).fetchone()
            return head_of(head), self._row(connection, found[0], found[1])

    def board(
        self, show: str = "all", document_id: str = "", office: str = "", after: str | None = None, limit: int = 50
    ) -> Page[CommitmentRow]:
        """The public board: promises with their documents, what is due first at the top, closed ones last.

        `show`: all, open, closed, overdue. `office` is the lead office.
        """
        now = self._register.clock.now()
        conditions, values = ["c.authority = ?"], [self._authority]
        if show in ("open", "overdue"):
            conditions.append("c.is_open = 1")
        elif show == "closed":
            conditions.append("c.is_open = 0")
        if show == "overdue":
            conditions.append("(c.overdue = 1 OR c.due_on < ?)")
            values.append(local_day(now).isoformat())
        if document_id:
            conditions.append("r.document_id = ?")
            values.append(document_id)
        else:  # a promise that several versions make stands once on the board, with its newest words
            conditions.append("r.superseded = 0")
        if office:
            conditions.append(
                "EXISTS (SELECT 1 FROM case_office o WHERE o.authority = c.authority AND o.office = ?"
                " AND o.case_id = c.case_id AND o.role = 'lead_office')"
            )
            values.append(office)
        mark = pages.read_mark(after, 2)
        if mark:
            conditions.append("(c.due_on, c.case_id) > (?, ?)")
            values += mark
        sql = (
            f"SELECT r.document_id, d.title, r.start_char, r.end_char, r.current_row, {pages.COLUMNS}"
            " FROM review_row r JOIN document d ON d.authority = r.authority AND d.document_id = r.document_id"
            " JOIN case_file c ON c.authority = r.authority AND c.case_id = r.case_id"
            f" WHERE {' AND '.join(conditions)} ORDER BY c.due_on, c.case_id LIMIT ?"
        )
        with self._register.readers() as connection:
            found = connection.execute(sql, (*values, limit + 1)).fetchall()
        rows = []
        for doc, title, start, end, current, *case in found:
            row, told = pages.read_row(case), json.loads(current)
            state = row.case
            own = next((clock.due for clock in state.clocks.values() if clock.parameter == "fact deadline"), None)
            rows.append(
                CommitmentRow(
                    row, doc, title, start, end, told.get("quote", ""), state.offices.get("lead_office", ""),
                    tuple(told.get("supporting_offices") or ()), own or "",
                )
            )  # fmt: skip
        return pages.page_of(rows, limit, lambda r: pages.write_mark(r.row.due or NEVER, r.row.case_id))
