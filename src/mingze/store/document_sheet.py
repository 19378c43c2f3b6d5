"""Taking in a table of responsibilities that came back: all its changes in one step, undone in one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mingze.casework import Actor
from mingze.store.document_bulk import DocumentBulk
from mingze.store.document_deciding import DocumentDeciding
from mingze.store.document_rows import ReviewRow


class DocumentSheet(DocumentDeciding, DocumentBulk):
    """Steps a sheet takes."""

    def take_sheet(
        self, document_id: str, rows: Mapping[str, tuple[int, Mapping[str, Any]]], actor: Actor
    ) -> tuple[ReviewRow, ...]:
        """Change rows as a sheet says; returns those that changed. All of them, or none and why for each.

        `rows`: by row id, how many changes of it the sheet was made from, and what it says otherwise.

        Raises: ReviewRefused and BulkRefused as `edit_row` and `assign`.
        """
        clean = {row_id: self._checked(row_id, changes) for row_id, (_, changes) in rows.items()}

        def change(row: ReviewRow) -> ReviewRow:
            return replace(row, row={**row.row, **clean[row.row_id]})

        return self._several(document_id, {row_id: n for row_id, (n, _) in rows.items()}, "sheet", actor, change)
