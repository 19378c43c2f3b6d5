"""What changed last on the public board: the promises whose newest record is newest, for feeds and letters to followers."""

from __future__ import annotations

from typing import Any

from mingze.store.pages import COLUMNS, CaseRow, read_row

PROCEDURE = "commitment"


def newest(
    connection: Any,
    authority: str,
    limit: int,
    document_id: str = "",
    office: str = "",
    number: str = "",
    since: str = "",
) -> list[CaseRow]:
    """Promises by their newest record, the newest first.

    Args:
        document_id, office: only promises of this document, led by this office; "" for any.
        number: only the promise of this number.
        since: an instant; only what changed after it.
    """
    conditions, values = ["c.authority = ?", "c.procedure = ?"], [authority, PROCEDURE]
    if document_id:
        conditions.append(
            "EXISTS (SELECT 1 FROM review_row r WHERE r.authority = c.authority AND r.case_id = c.case_id"
            " AND r.document_id = ?)"
        )
        values.append(document_id)
    if office:
        conditions.append(
            "EXISTS (SELECT 1 FROM case_office o WHERE o.authority = c.authority AND o.office = ?"
            " AND o.case_id = c.case_id AND o.role = 'lead_office')"
        )
        values.append(office)
    if number:
        conditions.append("c.number = ?")
        values.append(number)
    if since:
        conditions.append("c.changed_at > ?")
        values.append(since)
    sql = (
        f"SELECT {COLUMNS} FROM case_file c WHERE {' AND '.join(conditions)}"
        " ORDER BY c.changed_at DESC, c.case_id DESC LIMIT ?"
    )
    return [read_row(row) for row in connection.execute(sql, (*values, limit)).fetchall()]
