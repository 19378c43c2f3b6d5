"""A new version of a published document: which promise went on, moved or changed, which one is gone, which is new.

Promises are matched by their words; a person can say otherwise before anything is published. A promise that changed
is answered with a reason, one that is gone likewise; the case of either goes on, with what it said first kept beside.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from mingze.casework import Actor, Case
from mingze.documents.comparing import compare, kinds_between
from mingze.documents.decomposition import Commitment
from mingze.store import pages
from mingze.store.document_doubts import commitment_of
from mingze.store.document_rows import DROPPED, ReviewRow
from mingze.store.document_tables import DocumentTables, reason_of
from mingze.store.errors import ReviewRefused
from mingze.store.pages import CaseRow
from mingze.store.recording import Draft

UNCHANGED: Final = frozenset({"kept", "moved"})
INHERITED: Final = ("lead_office", "supporting_offices", "evidence_rule")
"""What a promise that goes on takes over where the new version does not say it."""


@dataclass(frozen=True)
class VersionChange:
    """One promise over two versions: `kinds` as `mingze.documents.CHANGES`; `old` or `new` is None where it has none.

    `case` is the old promise's. `answer` is what a person said: `same`, `apart` (this is another promise), `dropped`,
    or "" while nobody did. `answered_by` said so.
    """

    kinds: tuple[str, ...]
    old: ReviewRow | None
    new: ReviewRow | None
    case: Case | None = None
    number: str = ""
    answer: str = ""
    reason: str = ""
    dropped: ReviewRow | None = None

    @property
    def waits(self) -> bool:
        """Whether the running case of this promise needs somebody to say what became of it."""
        return self.case is not None and self.case.open and not self.answer and not UNCHANGED.issuperset(self.kinds)

    @property
    def goes_on(self) -> bool:
        """Whether the new words belong to the old case: a promise whose case has ended goes on only unchanged."""
        pair = self.old is not None and self.new is not None
        return pair and self.case is not None and (self.case.open or UNCHANGED.issuperset(self.kinds))


class DocumentVersions(DocumentTables):
    """What is read and said of a new version."""

    def changes(self, document_id: str) -> tuple[VersionChange, ...]:
        """Every promise of the version before and of this one once; dropped ones last. Nothing for a first version."""
        with self._register.readers() as connection:
            return self._changes(connection, self._get(connection, document_id), document_id)

    def newer(self, document_id: str) -> str:
        """The published version that replaces this one; "" while it is the newest."""
        sql = "SELECT document_id FROM document WHERE authority = ? AND replaces = ? AND state = 'published'"
        with self._register.readers() as connection:
            found = connection.execute(sql, (self._authority, document_id)).fetchone()
        return found[0] if found else ""

    def continues(
        self, document_id: str, row_id: str, old_row_id: str, actor: Actor, *, expected_n: int, reason: str = ""
    ) -> ReviewRow:
        """Say that a row is a promise of the version before, changed for this reason; with "" that it is another one.

        Raises ReviewRefused `unknown_row`, `continued_twice`, `reason_missing` where the promise has changed, and as
        `accept`.
        """

        def work(draft: Draft) -> tuple[ReviewRow, ...]:
            document = self._for_change(draft, document_id)
            row = self._open_row(draft, document_id, row_id, expected_n, "continues")
            told: dict[str, Any] = {**row.row, "continues": old_row_id, "change_reason": ""}
            if old_row_id:
                old = self._row(draft.connection, document["replaces"], old_row_id)
                if old.case_id is None:
                    raise ReviewRefused("unknown_row", row=old_row_id)
                others = (one for one in self._rows(draft.connection, document_id) if one.row_id != row_id)
                if any(_continues(one) == old_row_id or _drops(one) == old_row_id for one in others):
                    raise ReviewRefused("continued_twice", row=row_id)
                if not UNCHANGED.issuperset(_kinds(old, row)):
                    told["change_reason"] = reason_of(reason)
            verb = "continues" if old_row_id else "apart"
            return self._record(draft, document_id, row_id, verb, actor, [replace(row, row=told)], [])

        return self._register.submit(work, alone=True)[0]

    def drop(self, document_id: str, old_row_id: str, actor: Actor, *, reason: str) -> ReviewRow:
        """Say that this version no longer makes a promise of the one before, and why; its case will say so and go on.

        Raises ReviewRefused `reason_missing`, `unknown_row`, `continued_twice`, `published_already`.
        """
        words = reason_of(reason)

        def work(draft: Draft) -> tuple[ReviewRow, ...]:
            document = self._for_change(draft, document_id)
            old = self._row(draft.connection, document["replaces"], old_row_id)
            rows = self._rows(draft.connection, document_id)
            if old.case_id is None:
                raise ReviewRefused("unknown_row", row=old_row_id)
            if any(_continues(one) == old_row_id or _drops(one) == old_row_id for one in rows):
                raise ReviewRefused("continued_twice", row=old_row_id)
            made = ReviewRow(
                f"r-{secrets.token_hex(5)}", 0, 0, 0, DROPPED, False, words, None, dict(old.row), (old_row_id,), None
            )
            return self._record(draft, document_id, made.row_id, "drop", actor, [], [made])

        return self._register.submit(work, alone=True)[0]

    # -- inside a transaction ------------------------------------------------------------------------------------

    def _changes(self, connection: Any, document: Any, document_id: str) -> tuple[VersionChange, ...]:
        before = document["replaces"]
        if not before:
            return ()
        old_text = self._get(connection, before)["body"]
        rows = self._rows(connection, document_id)
        old_rows = {
            row.row_id: row for row in self._rows(connection, before) if row.case_id and row.state == "accepted"
        }
        new_rows = {row.row_id: row for row in rows if row.state in ("proposed", "accepted")}
        cases = self._cases(connection, old_rows.values())
        out: list[VersionChange] = []
        dropped = {row.from_rows[0]: row for row in rows if row.state == DROPPED}
        said = {
            row_id: _continues(row)
            for row_id, row in new_rows.items()
            if _continues(row) is not None and _continues(row) not in dropped
        }
        free_old = [row for row_id, row in old_rows.items() if row_id not in dropped and row_id not in said.values()]
        free_new = [row for row_id, row in new_rows.items() if row_id not in said]
        for change in compare(
            old_text, [_comparable(row) for row in free_old], document["body"], [_comparable(row) for row in free_new]
        ):
            old = old_rows[change.old.id] if change.old else None
            new = new_rows[change.new.id] if change.new else None
            kinds = _filtered(change.kinds, old, new) if old and new else change.kinds
            out.append(VersionChange(kinds, old, new, *_case_of(old, cases)))
        for row_id, old_id in said.items():
            new, old = new_rows[row_id], old_rows.get(old_id or "")
            if old is None:
                out.append(VersionChange(("new",), None, new, answer="apart"))
                continue
            kinds = tuple(new.row.get("change") or ()) or _kinds(old, new)
            reason = str(new.row.get("change_reason") or "")
            answer = "same" if reason or UNCHANGED.issuperset(kinds) else ""
            out.append(VersionChange(kinds, old, new, *_case_of(old, cases), answer, reason))
        for old_id, row in dropped.items():
            old = old_rows.get(old_id)
            if old is not None:
                out.append(VersionChange(("dropped",), old, None, *_case_of(old, cases), "dropped", row.reason, row))
        return tuple(sorted(out, key=lambda one: (one.new is None, (one.new or one.old or _NOWHERE).start)))

    def _cases(self, connection: Any, rows: Iterable[ReviewRow]) -> dict[str, CaseRow]:
        """The cases of some rows, by id."""
        ids = [row.case_id for row in rows]
        out: dict[str, CaseRow] = {}
        for at in range(0, len(ids), 200):
            part = ids[at : at + 200]
            marks = ", ".join("?" for _ in part)
            sql = f"SELECT {pages.COLUMNS} FROM case_file c WHERE c.authority = ? AND c.case_id IN ({marks})"
            for found in connection.execute(sql, (self._authority, *part)).fetchall():
                row = pages.read_row(found)
                out[row.case_id] = row
        return out


def _case_of(row: ReviewRow | None, cases: Mapping[str, CaseRow]) -> tuple[Case | None, str]:
    found = cases.get(row.case_id or "") if row is not None else None
    return (found.case, found.number) if found is not None else (None, "")


_NOWHERE: Final = ReviewRow("", 0, 0, 0, "", False, "", None, {}, (), None)


def _continues(row: ReviewRow) -> str | None:
    """The old row that a person said a row goes on from; "" for none of them; None while nobody said."""
    said = row.row.get("continues") if row.state in ("proposed", "accepted") else None
    return None if said is None else str(said)


def _drops(row: ReviewRow) -> str | None:
    return row.from_rows[0] if row.state == DROPPED else None


def _comparable(row: ReviewRow) -> Commitment:
    """A row as two versions are compared: by the offices it was resolved to."""
    lead = str(row.row.get("lead_office") or "")
    supporting = tuple(sorted(row.row.get("supporting_offices") or ()))
    return replace(commitment_of(row), lead=(lead,) if lead else (), supporting=supporting)


def _filtered(kinds: Sequence[str], old: ReviewRow, new: ReviewRow) -> tuple[str, ...]:
    """Without what reads the same on both sides: a person may have written what the machine read on the other."""
    same = {
        "target": old.row.get("indicator") == new.row.get("indicator"),
        "date": (old.row.get("deadline_on"), old.row.get("deadline_words"))
        == (new.row.get("deadline_on"), new.row.get("deadline_words")),
    }
    left = tuple(kind for kind in kinds if not same.get(kind))
    return left or ("kept",)


def _kinds(old: ReviewRow, new: ReviewRow) -> tuple[str, ...]:
    return _filtered(kinds_between(_comparable(old), _comparable(new)), old, new)


def inherited(
    old_text: str, old_rows: Sequence[ReviewRow], new_text: str, new_rows: Sequence[ReviewRow]
) -> list[ReviewRow]:
    """The new rows, each with what its promise in the version before said and this one leaves out."""
    standing = [row for row in new_rows if row.state == "proposed"]
    before = {row.row_id: row for row in old_rows}
    given: dict[str, ReviewRow] = {}
    for change in compare(
        old_text, [_comparable(row) for row in old_rows], new_text, [_comparable(row) for row in standing]
    ):
        if change.old and change.new:
            given[change.new.id] = before[change.old.id]
    out: list[ReviewRow] = []
    for row in new_rows:
        old = given.get(row.row_id)
        more = {name: old.row[name] for name in INHERITED if not row.row.get(name) and old.row.get(name)} if old else {}
        out.append(replace(row, row={**row.row, **more}) if more else row)
    return out
