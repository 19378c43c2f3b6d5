"""Taking a document in: its text as read, with what the machine proposes, waits for review."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from mingze.casework import Actor
from mingze.store.document_rows import INSERT_ROW, ReviewRow, as_json, values_of
from mingze.store.document_tables import DocumentTables
from mingze.store.document_versions import inherited
from mingze.store.errors import ReviewRefused
from mingze.store.fields import clean_text
from mingze.store.recording import Draft


class DocumentAdding(DocumentTables):
    """Adding documents."""

    def add(
        self,
        text: str,
        title: str,
        year: int | None,
        actor: Actor,
        *,
        decomposition: Any = None,
        blocks: Sequence[Any] = (),
        replaces: str = "",
        idempotency: str = "",
    ) -> str:
        """Keep a document's text as it was read, with what the machine proposes, for review; returns its id.

        `decomposition` is a `mingze.documents.Decomposition`; without one the text is read now. Added twice with one
        idempotency key, it is one document.

        `replaces` is the published document that this one is a new version of; what its promises go on from keeps
        their offices where the new words name none.

        Raises Unavailable; ReviewRefused `title_missing`, `replaces_unpublished`, `replaced_already`, `unknown_document`.
        """
        register = self._register
        try:
            title = clean_text(title).replace("\n", " ")[:300]
        except ValueError:
            title = ""
        if not title:
            raise ReviewRefused("title_missing")
        if decomposition is None:
            from mingze.documents.decomposing import decompose

            decomposition = decompose(text, blocks or None, title, year)
        machine = decomposition.to_json()
        known_year = year or decomposition.year or register.clock.now().year
        document_id = _document_id(idempotency)
        digest = machine.get("sha256") or sha256(text.encode()).hexdigest()
        at = register.clock.now().isoformat()

        def work(draft: Draft) -> str:
            there = draft.connection.execute(
                "SELECT 1 FROM document WHERE authority = ? AND document_id = ?", (self._authority, document_id)
            ).fetchone()
            if there:
                return document_id
            version = 1
            proposed = [self._proposed(found, decomposition.dated) for found in machine["commitments"]]
            if replaces:
                before = self._replaced(draft, replaces)
                version = before["version"] + 1
                old_rows = [row for row in self._rows(draft.connection, replaces) if row.case_id]
                proposed = inherited(before["body"], old_rows, text, proposed)
            draft.connection.execute(
                "INSERT INTO document (authority, document_id, title, year, version, replaces, sha256, body, blocks,"
                " machine, state, n, added_at, added_by, published_at, published_by, dated_on)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'review', 0, ?, ?, '', '', ?)",
                (self._authority, document_id, title, known_year, version, replaces, digest, text,
                 as_json([_plain(block) for block in blocks]), as_json(machine), at, actor.post, decomposition.dated or ""),
            )  # fmt: skip
            sentences = [
                (self._authority, document_id, at_, s.start, s.end, s.state, s.reason)
                for at_, s in enumerate(decomposition.sentences, 1)
            ]
            writes = [
                (
                    "INSERT INTO document_sentence (authority, document_id, position, start_char, end_char, state, reason)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    sentences,
                    False,
                ),
                (INSERT_ROW, [values_of(self._authority, document_id, row) for row in proposed], False),
            ]
            draft.connection.write_all([write for write in writes if write[1]])
            return document_id

        return register.submit(work, alone=True)

    def _replaced(self, draft: Draft, document_id: str) -> Mapping[str, Any]:
        """The version a new one takes the place of: published, and replaced by no other."""
        found = self._get(draft.connection, document_id)
        if found["state"] != "published":
            raise ReviewRefused("replaces_unpublished")
        sql = "SELECT 1 FROM document WHERE authority = ? AND replaces = ?"
        if draft.connection.execute(sql, (self._authority, document_id)).fetchone():
            raise ReviewRefused("replaced_already")
        return found

    def _proposed(self, found: Mapping[str, Any], dated: str | None) -> ReviewRow:
        """The machine's row, with the names it read resolved to offices where the register of competences knows
        them.
        """
        machine = self._read(found, dated)
        excluded = bool(found.get("excluded_topic"))
        state = "excluded" if excluded else "proposed"
        return ReviewRow(
            str(found["id"]), int(found["start"]), int(found["end"]), 0, state, excluded, "", machine, machine, (), None
        )


def _document_id(idempotency: str) -> str:
    if idempotency:
        return sha256(b"mingze/document/v1\x00" + idempotency.encode()).hexdigest()[:16]
    return secrets.token_hex(8)


def _plain(block: Any) -> Any:
    slots = getattr(block, "__slots__", None)
    return {name: getattr(block, name) for name in slots} if slots else block
