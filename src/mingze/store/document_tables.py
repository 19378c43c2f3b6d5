"""Inside the writer's turn: how rows of a review are read and changed, each change as a step that can be undone.

Every change goes through `_record`: the rows before and after stand in the step, and a row is changed only if nobody
changed it since it was read. A changed row has lost its confirmation; whoever changed it has decided on it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from mingze.casework import Actor
from mingze.documents import EditError, read_span
from mingze.documents.exclusion import excluded_by
from mingze.store.document_doubts import commitment_of, indicator_words
from mingze.store.document_rows import (
    FORM,
    HEAD,
    INSERT_ROW,
    INSERT_STEP,
    OPEN_STATES,
    ROW,
    UPDATE_ROW,
    Document,
    ReviewRow,
    Step,
    as_json,
    head_of,
    review_row_of,
    sentences_of,
    title_of,
    values_of,
)
from mingze.store.errors import ReviewRefused
from mingze.store.fields import clean_text
from mingze.store.recording import Draft

if TYPE_CHECKING:
    from mingze.store.register import Register


class DocumentTables:
    """The tables of documents of one register; what the rooms of a review have in common."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._authority = register.authority

    # -- changing ------------------------------------------------------------------------------------------------

    def _change(
        self,
        document_id: str,
        row_id: str,
        verb: str,
        actor: Actor,
        expected_n: int,
        change: Callable[[ReviewRow], ReviewRow],
    ) -> ReviewRow:
        def work(draft: Draft) -> tuple[ReviewRow, ...]:
            self._for_change(draft, document_id)
            row = self._open_row(draft, document_id, row_id, expected_n, verb)
            return self._record(draft, document_id, row_id, verb, actor, [change(row)], [])

        return self._register.submit(work, alone=True)[0]

    def _for_change(self, draft: Draft, document_id: str) -> Mapping[str, Any]:
        document = self._get(draft.connection, document_id)
        if document["state"] == "published":
            raise ReviewRefused("published_already")
        return document

    def _open_row(self, draft: Draft, document_id: str, row_id: str, expected_n: int, doing: str) -> ReviewRow:
        """A row as the reviewer saw it that may still be decided on."""
        return self._may_change(self._unchanged_row(draft, document_id, row_id, expected_n), doing)

    def _may_change(self, row: ReviewRow, doing: str) -> ReviewRow:
        """The row, if it may still be decided on."""
        if row.excluded_topic:
            raise ReviewRefused("excluded_never", row=row.row_id)
        if row.state not in OPEN_STATES:
            raise ReviewRefused("wrong_state", row=row.row_id, state=row.state, verb=doing)
        return row

    def _unchanged_row(self, draft: Draft, document_id: str, row_id: str, expected_n: int) -> ReviewRow:
        """A row as the reviewer saw it; who changed it since is told."""
        row = self._row(draft.connection, document_id, row_id)
        if row.n != expected_n:
            sql = (
                "SELECT verb, post, office, taken_at FROM review_step WHERE authority = ? AND document_id = ?"
                " AND (row_id = ? OR after_rows LIKE ?) ORDER BY step DESC LIMIT 1"
            )
            last = draft.connection.execute(
                sql, (self._authority, document_id, row_id, f'%"row_id":"{row_id}"%')
            ).fetchone()
            verb, post, office, taken_at = last or ("", "", "", "")
            at = datetime.fromisoformat(taken_at) if taken_at else None
            raise ReviewRefused("row_moved_on", row=row_id, verb=verb, post=post, office=office, taken_at=at)
        return row

    def _keep_clear(self, draft: Draft, document_id: str, start: int, end: int, own: set[str]) -> None:
        """No new row may take in words of another row, least of all of one that must stay text."""
        for row in self._rows(draft.connection, document_id):
            live = row.row_id not in own and row.state in (*OPEN_STATES, "excluded")
            if live and row.start < end and start < row.end:
                raise ReviewRefused("excluded_never" if row.excluded_topic else "bad_span", row=row.row_id)

    def _record(
        self,
        draft: Draft,
        document_id: str,
        row_id: str,
        verb: str,
        actor: Actor,
        changed: Sequence[ReviewRow],
        made: Sequence[ReviewRow],
        undoes: int = 0,
        *,
        decides: bool = True,
    ) -> tuple[ReviewRow, ...]:
        """Write rows and the step; each changed row only if nobody changed it since it was read.

        Without `decides` who decided on the rows and who confirmed it stays as the rows say.
        """
        before = self._rows_named(draft.connection, document_id, [row.row_id for row in changed])
        if decides:
            changed = [replace(row, decided_by=actor.post, confirmed_by="") for row in changed]
            made = [replace(row, decided_by=actor.post, confirmed_by="") for row in made]
        after = [replace(row, n=row.n + 1) for row in changed]
        last = draft.connection.execute(
            "SELECT max(step) FROM review_step WHERE authority = ? AND document_id = ?", (self._authority, document_id)
        ).fetchone()[0]
        step = (
            self._authority, document_id, (last or 0) + 1, row_id, verb, actor.post, actor.office,
            self._register.clock.now().isoformat(), as_json([before[row.row_id].to_json() for row in changed]),
            as_json([row.to_json() for row in (*after, *made)]), undoes,
        )  # fmt: skip
        updates = [
            (row.start, row.end, row.n, row.state, int(row.excluded_topic), row.reason, as_json(row.row),
             row.decided_by, row.confirmed_by, self._authority, document_id, row.row_id, row.n - 1)
            for row in after
        ]  # fmt: skip
        writes = [
            (UPDATE_ROW, updates, True),
            (INSERT_ROW, [values_of(self._authority, document_id, row) for row in made], False),
            (INSERT_STEP, [step], False),
        ]
        draft.connection.write_all([write for write in writes if write[1]])
        return tuple(made) if made else tuple(after)

    def _made(
        self, parent: ReviewRow, document: Mapping[str, Any], start: int, end: int, from_rows: tuple[str, ...]
    ) -> ReviewRow:
        """A row of other words than its parent's: read anew from them, with what a person said of the parent kept."""
        text = document["body"]
        quote, row_id = text[start:end], f"r-{secrets.token_hex(5)}"
        row = {**parent.row, "quote": quote, "start": start, "end": end, "title": title_of(quote)}
        with suppress(EditError):  # a part without a verb says nothing of its own
            context = commitment_of(parent) if parent.row_id else None
            found = read_span(text, start, end, context, document["year"]).to_json()
            said = self._read(parent.row, document["dated_on"]) if parent.row_id else {}
            edited = {name: parent.row[name] for name in FORM if name in said and said[name] != parent.row.get(name)}
            row |= {**self._read(found, document["dated_on"]), **edited, "title": title_of(quote)}
        excluded = excluded_by(quote) is not None  # what the machine must not propose, people cannot propose either
        row |= {"id": row_id, "quote": quote, "start": start, "end": end, "excluded_topic": excluded}
        state = "excluded" if excluded else "proposed"
        return ReviewRow(row_id, start, end, 0, state, excluded, "", None, row, from_rows, None)

    def _read(self, found: Mapping[str, Any], dated: str | None) -> dict[str, Any]:
        """What the core read of a promise, as a row says it: the names it read resolved to offices where the register of
        competences knows them.
        """
        leads, others = tuple(found.get("lead") or ()), tuple(found.get("supporting") or ())
        on = date.fromisoformat(dated) if dated else None
        known = [one.office for one in self._register.offices.resolve((*leads, *others), on)]
        lead = [office for office in known[: len(leads)] if office]
        supporting = [office for office in known[len(leads) :] if office and office not in lead]
        deadline = found.get("deadline") or {}
        due = str(deadline.get("iso_date") or "")
        return {
            **found,
            "title": title_of(str(found["quote"])),
            "lead_office": lead[0] if lead else "",
            "supporting_offices": [*lead[1:], *supporting],
            "deadline_on": due if len(due) == 10 and not due.startswith("-") else "",
            "deadline_words": str(deadline.get("text") or ""),
            "indicator": indicator_words(found.get("indicators") or ()),
            "evidence_rule": "",
        }

    def _last_step(self, connection: Any, document_id: str) -> Step | None:
        """The last step that has not been taken back, whoever took it."""
        sql = (
            "SELECT s.step, s.row_id, s.verb, s.post, s.office, s.taken_at FROM review_step s"
            " WHERE s.authority = ? AND s.document_id = ? AND s.undoes = 0 AND NOT EXISTS (SELECT 1 FROM review_step u"
            " WHERE u.authority = s.authority AND u.document_id = s.document_id AND u.undoes = s.step)"
            " ORDER BY s.step DESC LIMIT 1"
        )
        found = connection.execute(sql, (self._authority, document_id)).fetchone()
        if found is None:
            return None
        step, row_id, verb, post, office, taken_at = found
        return Step(step, row_id, verb, post, office, datetime.fromisoformat(taken_at), 0)

    # -- reading -------------------------------------------------------------------------------------------------

    def _get(self, connection: Any, document_id: str) -> dict[str, Any]:
        names = ("title", "state", "body", "sha256", "blocks", "machine", "year", "version", "replaces", "dated_on")
        sql = f"SELECT {', '.join(names)} FROM document WHERE authority = ? AND document_id = ?"
        row = connection.execute(sql, (self._authority, document_id)).fetchone()
        if row is None:
            raise ReviewRefused("unknown_document")
        return dict(zip(names, row, strict=True))

    def _row(self, connection: Any, document_id: str, row_id: str) -> ReviewRow:
        sql = f"SELECT {ROW} FROM review_row WHERE authority = ? AND document_id = ? AND row_id = ?"
        row = connection.execute(sql, (self._authority, document_id, row_id)).fetchone()
        if row is None:
            raise ReviewRefused("unknown_row", row=row_id)
        return review_row_of(row)

    def _rows_named(self, connection: Any, document_id: str, row_ids: Iterable[str]) -> dict[str, ReviewRow]:
        """Some rows by their ids; of many, all rows of the document are read in one query."""
        wanted = list(row_ids)
        if len(wanted) < 4:
            return {row_id: self._row(connection, document_id, row_id) for row_id in wanted}
        known = {row.row_id: row for row in self._rows(connection, document_id)}
        for row_id in wanted:
            if row_id not in known:
                raise ReviewRefused("unknown_row", row=row_id)
        return {row_id: known[row_id] for row_id in wanted}

    def _rows(self, connection: Any, document_id: str) -> tuple[ReviewRow, ...]:
        sql = f"SELECT {ROW} FROM review_row WHERE authority = ? AND document_id = ? ORDER BY start_char, end_char, row_id"
        return tuple(review_row_of(row) for row in connection.execute(sql, (self._authority, document_id)).fetchall())

    def _document(self, connection: Any, document_id: str) -> Document | None:
        sql = f"SELECT {HEAD}, body, sha256, blocks, machine FROM document WHERE authority = ? AND document_id = ?"
        found = connection.execute(sql, (self._authority, document_id)).fetchone()
        if found is None:
            return None
        text, digest, blocks, machine = found[-4:]
        rows = self._rows(connection, document_id)
        sql = (
            "SELECT position, start_char, end_char, state, reason FROM document_sentence"
            " WHERE authority = ? AND document_id = ? ORDER BY position"
        )
        kept = connection.execute(sql, (self._authority, document_id)).fetchall()
        sql = (
            "SELECT step, row_id, verb, post, office, taken_at, undoes FROM review_step"
            " WHERE authority = ? AND document_id = ? ORDER BY step"
        )
        steps = tuple(
            Step(step, row_id, verb, post, office, datetime.fromisoformat(at), undoes)
            for step, row_id, verb, post, office, at, undoes in connection.execute(
                sql, (self._authority, document_id)
            ).fetchall()
        )
        sentences = sentences_of(text, kept, rows)
        head = head_of(found[:-4])
        return Document(head, text, digest, json.loads(blocks), json.loads(machine), sentences, rows, steps)


def reason_of(reason: str) -> str:
    """A reason as it is kept. Raises ReviewRefused `reason_missing`, `control_character`."""
    try:
        words = clean_text(reason)[:1000]
    except ValueError as error:
        raise ReviewRefused("control_character", part="reason", position=error.args[0]) from None
    if not words:
        raise ReviewRefused("reason_missing")
    return words
