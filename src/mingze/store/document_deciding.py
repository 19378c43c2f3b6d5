"""Deciding on a row: taken as a commitment, not taken up and why, kept as text; corrected, noted; and taken back."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from mingze.casework import Actor
from mingze.store.document_doubts import open_doubts
from mingze.store.document_rows import ReviewRow, Step
from mingze.store.document_tables import DocumentTables, reason_of
from mingze.store.errors import ReviewRefused
from mingze.store.fields import clean_text
from mingze.store.recording import Draft

PROCEDURE: Final = "commitment"
OPEN_STATES: Final = ("proposed", "accepted", "rejected")
"""States a reviewer can still change; `excluded`, `split`, `merged` and `withdrawn` only undoing changes."""

EDITABLE: Final = (
    "title", "kind", "lead", "supporting", "lead_office", "supporting_offices",
    "indicators", "indicator", "deadline", "deadline_on", "deadline_words", "evidence_rule",
)  # fmt: skip
"""What a reviewer may change of a row. Its words are those of the document: only splitting and merging move their
ends.
"""


class DocumentDeciding(DocumentTables):
    """Steps on one row."""

    def accept(self, document_id: str, row_id: str, actor: Actor, *, expected_n: int) -> ReviewRow:
        """Take a row as a commitment. Raises ReviewRefused `excluded_never`, `row_moved_on`, `wrong_state`,
        `published_already`, `unknown_row`."""
        return self._change(
            document_id, row_id, "accept", actor, expected_n, lambda row: replace(row, state="accepted", reason="")
        )

    def reject(self, document_id: str, row_id: str, actor: Actor, *, expected_n: int, reason: str) -> ReviewRow:
        """Say that a row is no commitment, and why; the words stay visible with the reason. Raises also
        `reason_missing`.
        """
        words = reason_of(reason)
        return self._change(
            document_id, row_id, "reject", actor, expected_n, lambda row: replace(row, state="rejected", reason=words)
        )

    def exclude(self, document_id: str, row_id: str, actor: Actor, *, expected_n: int, reason: str = "") -> ReviewRow:
        """Mark a row as a task that would profile or control people: it stays text and opens no case."""
        words = reason_of(reason) if reason else ""
        return self._change(
            document_id, row_id, "exclude", actor, expected_n,
            lambda row: replace(row, state="excluded", excluded_topic=True, reason=words),
        )  # fmt: skip

    def edit_row(
        self, document_id: str, row_id: str, changes: Mapping[str, Any], actor: Actor, *, expected_n: int
    ) -> ReviewRow:
        """Correct what a row says (title, offices, indicator, deadline …), never its words.

        Raises ReviewRefused `not_editable` (which part), `lead_not_an_office`, `bad_date`, and as `accept`.
        """
        clean = self._checked(row_id, changes)
        return self._change(
            document_id, row_id, "edit", actor, expected_n, lambda row: replace(row, row={**row.row, **clean})
        )

    def as_written(
        self, document_id: str, row_id: str, codes: Collection[str], actor: Actor, *, expected_n: int
    ) -> ReviewRow:
        """Say of doubts about a row (their codes) that the document has it as written: they are answered.

        Raises ReviewRefused `no_such_doubt`, and as `accept`.
        """

        def work(draft: Draft) -> tuple[ReviewRow, ...]:
            document = self._for_change(draft, document_id)
            row = self._open_row(draft, document_id, row_id, expected_n, "as_written")
            asked = {one.code for one in open_doubts(row, document["dated_on"])} & set(codes)
            if not asked:
                raise ReviewRefused("no_such_doubt", row=row_id)
            told = {**row.row, "as_written": sorted({*(row.row.get("as_written") or ()), *asked})}
            return self._record(draft, document_id, row_id, "as_written", actor, [replace(row, row=told)], [])

        return self._register.submit(work, alone=True)[0]

    def annotate(self, document_id: str, row_id: str, note: str, actor: Actor, *, expected_n: int) -> ReviewRow:
        """Put a note beside a row, also beside one that must stay text: its state and its words do not change.

        Raises ReviewRefused `row_moved_on`, `published_already`, `control_character`.
        """
        words = self._checked(row_id, {"evidence_rule": note})["evidence_rule"]

        def work(draft: Draft) -> tuple[ReviewRow, ...]:
            self._for_change(draft, document_id)
            row = self._unchanged_row(draft, document_id, row_id, expected_n)
            noted = replace(row, row={**row.row, "note": words})
            return self._record(draft, document_id, row_id, "annotate", actor, [noted], [], decides=False)

        return self._register.submit(work, alone=True)[0]

    def undo(self, document_id: str, actor: Actor, expected_step: int | None = None) -> Step:
        """Take back the last step that has not been taken back; undoing is a step as well.

        `expected_step` is the step the reviewer saw as the last one; another one since is not taken back unseen.

        Raises ReviewRefused `nothing_to_undo`, `step_moved_on`, `published_already`.
        """

        def work(draft: Draft) -> Step:
            self._for_change(draft, document_id)
            last = self._last_step(draft.connection, document_id)
            if last is None:
                raise ReviewRefused("nothing_to_undo")
            step, row_id = last.step, last.row_id
            if expected_step is not None and step != expected_step:
                raise ReviewRefused(
                    "step_moved_on", step=step, row=row_id, verb=last.verb, post=last.post, taken_at=last.taken_at
                )
            sql = "SELECT before_rows, after_rows FROM review_step WHERE authority = ? AND document_id = ? AND step = ?"
            before, after = draft.connection.execute(sql, (self._authority, document_id, step)).fetchone()
            back = {row["row_id"]: ReviewRow.from_json(row) for row in json.loads(before)}
            changed = []
            present = self._rows_named(draft.connection, document_id, [row["row_id"] for row in json.loads(after)])
            for now in present.values():
                old = back.get(now.row_id)
                changed.append(replace(old, n=now.n) if old else replace(now, state="withdrawn"))
            self._record(draft, document_id, row_id, "undo", actor, changed, [], undoes=step, decides=False)
            return Step(step, row_id, "undo", actor.post, actor.office, self._register.clock.now(), step)

        return self._register.submit(work, alone=True)

    def _checked(self, row_id: str, changes: Mapping[str, Any]) -> dict[str, Any]:
        clean: dict[str, Any] = {}
        for name, value in changes.items():
            if name not in EDITABLE:
                raise ReviewRefused("not_editable", part=name)
            if name in ("lead_office", "supporting_offices"):
                for office in [value] if isinstance(value, str) else value:
                    if office and office not in self._register.offices:
                        raise ReviewRefused("lead_not_an_office", row=row_id, office=office)
            elif name == "deadline_on" and value:
                try:
                    value = date.fromisoformat(value).isoformat()
                except (TypeError, ValueError):
                    raise ReviewRefused("bad_date", found=str(value)[:40]) from None
            elif isinstance(value, str):
                try:
                    value = clean_text(value)[:1000]
                except ValueError as error:
                    raise ReviewRefused("control_character", part=name, position=error.args[0]) from None
            clean[name] = value
        return clean
