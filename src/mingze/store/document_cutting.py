"""Cutting the text into rows: split, merged, moved ends, and rows the machine did not find."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mingze.casework import Actor
from mingze.store.document_rows import ReviewRow, trimmed
from mingze.store.document_tables import DocumentTables
from mingze.store.errors import ReviewRefused
from mingze.store.recording import Draft


class DocumentCutting(DocumentTables):
    """Steps that change where rows begin and end."""

    def split(
        self, document_id: str, row_id: str, at: Sequence[int], actor: Actor, *, expected_n: int
    ) -> tuple[ReviewRow, ...]:
        """Cut a row at these places of the text (code points) into two or more, each proposed anew.

        Raises ReviewRefused `bad_split`, and as `accept`.
        """

        def work(draft: Draft) -> tuple[ReviewRow, ...]:
            document = self._for_change(draft, document_id)
            row = self._open_row(draft, document_id, row_id, expected_n, "split")
            cuts = sorted(set(at))
            if not cuts or cuts[0] <= row.start or cuts[-1] >= row.end:
                raise ReviewRefused("bad_split", row=row_id)
            text = document["body"]
            ends = list(zip([row.start, *cuts], [*cuts, row.end], strict=True))
            parts = [part for part in (trimmed(text, start, end) for start, end in ends) if part[0] < part[1]]
            if len(parts) < 2:
                raise ReviewRefused("bad_split", row=row_id)
            made = [self._made(row, document, start, end, (row_id,)) for start, end in parts]
            return self._record(draft, document_id, row_id, "split", actor, [replace(row, state="split")], made)

        return self._register.submit(work, alone=True)

    def merge(
        self, document_id: str, row_ids: Sequence[str], actor: Actor, *, expected_n: Mapping[str, int]
    ) -> ReviewRow:
        """Join rows into one that spans them, proposed anew. Raises ReviewRefused `not_adjacent`, `bad_span`,
        `excluded_never` when words of an excluded row lie between, and as `accept`."""

        def work(draft: Draft) -> tuple[ReviewRow, ...]:
            document = self._for_change(draft, document_id)
            rows = [
                self._open_row(draft, document_id, row_id, expected_n[row_id], "merge")
                for row_id in dict.fromkeys(row_ids)
            ]
            if len(rows) < 2:
                raise ReviewRefused("not_adjacent", row=row_ids[0] if row_ids else "")
            rows.sort(key=lambda row: row.start)
            start, end = rows[0].start, max(row.end for row in rows)
            self._keep_clear(draft, document_id, start, end, {row.row_id for row in rows})
            made = self._made(rows[0], document, start, end, tuple(row.row_id for row in rows))
            whole = {**made.row}
            for key in ("indicators", "supporting", "supporting_offices"):
                whole[key] = [value for row in rows for value in row.row.get(key) or ()]
            whole["indicator"] = "；".join(row.row["indicator"] for row in rows if row.row.get("indicator"))
            whole["supporting_offices"] = list(dict.fromkeys(whole["supporting_offices"]))
            made = replace(made, row=whole)
            before = [replace(row, state="merged") for row in rows]
            return self._record(draft, document_id, rows[0].row_id, "merge", actor, before, [made])

        return self._register.submit(work, alone=True)[0]

    def add_row(self, document_id: str, start: int, end: int, actor: Actor) -> ReviewRow:
        """Propose a row the machine did not find, from a stretch of the text. Raises ReviewRefused `bad_span`,
        `excluded_never`."""

        def work(draft: Draft) -> tuple[ReviewRow, ...]:
            document = self._for_change(draft, document_id)
            text = document["body"]
            if not 0 <= start < end <= len(text):
                raise ReviewRefused("bad_span")
            first, last = trimmed(text, start, end)
            if first >= last:
                raise ReviewRefused("bad_span")
            self._keep_clear(draft, document_id, first, last, set())
            blank = ReviewRow(
                "", first, last, 0, "proposed", False, "", None, {"kind": "continuing", "path": []}, (), None
            )
            return self._record(
                draft, document_id, "", "add", actor, [], [self._made(blank, document, first, last, ())]
            )

        return self._register.submit(work, alone=True)[0]

    def move(self, document_id: str, row_id: str, start: int, end: int, actor: Actor, *, expected_n: int) -> ReviewRow:
        """Give a row other ends in the text; what it says besides its words stays.

        Raises ReviewRefused `bad_span`, `excluded_never` where the new words would profile or control people or
        belong to a row that must stay text, and as `accept`.
        """
        from mingze.documents import EditError, read_span

        def work(draft: Draft) -> tuple[ReviewRow, ...]:
            text = self._for_change(draft, document_id)["body"]
            row = self._open_row(draft, document_id, row_id, expected_n, "move")
            try:
                found = read_span(text, start, end)
            except EditError:
                raise ReviewRefused("bad_span") from None
            if found.excluded_topic:
                raise ReviewRefused("excluded_never", row=row_id)
            self._keep_clear(draft, document_id, found.start, found.end, {row_id})
            told = {**row.row, "quote": found.quote, "start": found.start, "end": found.end}
            moved = replace(row, start=found.start, end=found.end, row=told)
            return self._record(draft, document_id, row_id, "move", actor, [moved], [])

        return self._register.submit(work, alone=True)[0]
