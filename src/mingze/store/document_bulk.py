"""Deciding on several rows in one step that is undone in one step: all of them, or none and why for each.

Nothing is half done: if one row refuses, no row is written, and each refusal is told with its row, so that the
reviewer can leave those out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from mingze.casework import Actor
from mingze.store.document_rows import ReviewRow
from mingze.store.document_tables import DocumentTables
from mingze.store.errors import ReviewRefused
from mingze.store.recording import Draft


class BulkRefused(ReviewRefused):
    """Nothing was written: `refusals` says for each row that refuses why."""

    def __init__(self, refusals: Sequence[tuple[str, ReviewRefused]]) -> None:
        super().__init__("bulk_refused", count=len(refusals))
        self.refusals = tuple(refusals)


class DocumentBulk(DocumentTables):
    """Steps on several rows."""

    def assign(
        self,
        document_id: str,
        rows: Mapping[str, int],
        actor: Actor,
        *,
        lead_office: str = "",
        supporting_offices: Sequence[str] = (),
        accept: bool = False,
    ) -> tuple[ReviewRow, ...]:
        """Give rows a lead office, add supporting ones, accept them; returns the rows that changed.

        `rows` says of each how many changes the reviewer had seen. What a row says already changes nothing; a row that
        was turned down is not taken up again in passing.

        Raises:
            ReviewRefused: `nothing_chosen`, `nothing_to_do`, `lead_not_an_office`, `published_already`.
            BulkRefused: for each row that refuses `row_moved_on`, `excluded_never`, `rejected_before`, `wrong_state`.
        """
        for office in (lead_office, *supporting_offices):
            if office and office not in self._register.offices:
                raise ReviewRefused("lead_not_an_office", row="", office=office)
        if not (lead_office or supporting_offices or accept):
            raise ReviewRefused("nothing_to_do")

        def change(row: ReviewRow) -> ReviewRow:
            if accept and row.state == "rejected":
                raise ReviewRefused("rejected_before", row=row.row_id)
            told: dict[str, Any] = {**row.row}
            told["lead_office"] = lead = lead_office or str(told.get("lead_office") or "")
            named = dict.fromkeys((*(told.get("supporting_offices") or ()), *supporting_offices))
            told["supporting_offices"] = [office for office in named if office != lead]
            return replace(row, row=told, state="accepted" if accept else row.state)

        return self._several(document_id, rows, "bulk", actor, change)

    def _several(
        self, document_id: str, rows: Mapping[str, int], verb: str, actor: Actor, change: Any, *, decides: bool = True
    ) -> tuple[ReviewRow, ...]:
        """One step on several rows, or none and the refusal of each. Rows that would stay as they are are left out."""
        if not rows:
            raise ReviewRefused("nothing_chosen")

        def work(draft: Draft) -> tuple[ReviewRow, ...]:
            self._for_change(draft, document_id)
            known = self._rows_named(draft.connection, document_id, rows)
            changed: list[ReviewRow] = []
            refusals: list[tuple[str, ReviewRefused]] = []
            for row_id, expected_n in rows.items():
                try:
                    row = known[row_id]
                    if row.n != expected_n:
                        row = self._unchanged_row(draft, document_id, row_id, expected_n)
                    after = change(self._may_change(row, verb) if decides else row)
                    if after != row:
                        changed.append(after)
                except ReviewRefused as refused:
                    refusals.append((row_id, refused))
            if refusals:
                raise BulkRefused(refusals)
            if not changed:
                return ()
            one = changed[0].row_id if len(changed) == 1 else ""
            return self._record(draft, document_id, one, verb, actor, changed, [], decides=decides)

        return self._register.submit(work, alone=True)
