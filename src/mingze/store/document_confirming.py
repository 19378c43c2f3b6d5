"""A second pair of eyes: every decision on a row is confirmed by another post, and so by another person, or sent back.

What was confirmed and then changed has to be confirmed again. Somebody who holds two posts is still one person: the
posts they hold are an argument, nothing is kept of the person. An authority can declare that it does without
(``[review] second_eyes`` in its settings); then the page of a published document says so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from mingze.casework import Actor
from mingze.documents.exclusion import excluded_by
from mingze.store.document_bulk import DocumentBulk
from mingze.store.document_rows import DROPPED, ReviewRow
from mingze.store.document_tables import reason_of
from mingze.store.errors import ReviewRefused
from mingze.store.recording import Draft


class DocumentConfirming(DocumentBulk):
    """Steps of the second post."""

    second_eyes: bool = True
    """Whether nothing is published before a second post has confirmed it."""

    def confirm(
        self, document_id: str, rows: Mapping[str, int], actor: Actor, *, held: Collection[str] = ()
    ) -> tuple[ReviewRow, ...]:
        """Confirm decisions, each with the number of changes that was seen; one step. `held` are the other posts of
        the same person.

        Raises BulkRefused: for each row that refuses `same_reviewer` (this person decided on it),
        `nothing_to_confirm`, `row_moved_on`; ReviewRefused as `assign`.
        """
        own = {actor.post, *held}

        def change(row: ReviewRow) -> ReviewRow:
            _decided_by_another(row, own)
            told = {name: value for name, value in row.row.items() if name != "sent_back"}
            return replace(row, confirmed_by=actor.post, row=told)

        return self._several(document_id, rows, "confirm", actor, change, decides=False)

    def confirm_all(self, document_id: str, actor: Actor, *, held: Collection[str] = ()) -> tuple[ReviewRow, ...]:
        """Confirm every decision that waits for a second post and was not taken by this person; none is no error."""
        own = {actor.post, *held}
        with self._register.readers() as connection:
            waiting = [row for row in self._rows(connection, document_id) if row.waits_for_second]
        rows = {row.row_id: row.n for row in waiting if row.decided_by not in own}
        return self.confirm(document_id, rows, actor, held=held) if rows else ()

    def send_back(
        self, document_id: str, row_id: str, actor: Actor, *, expected_n: int, reason: str, held: Collection[str] = ()
    ) -> ReviewRow:
        """Do not confirm a decision: the row is open again and says why. Raises also `reason_missing`."""
        words, own = reason_of(reason), {actor.post, *held}

        def work(draft: Draft) -> tuple[ReviewRow, ...]:
            self._for_change(draft, document_id)
            row = self._unchanged_row(draft, document_id, row_id, expected_n)
            _decided_by_another(row, own)
            if row.state == "excluded" and excluded_by(row.quote) is not None:
                raise ReviewRefused("excluded_never", row=row_id)
            told = {**row.row, "sent_back": {"reason": words, "post": actor.post}}
            state = "withdrawn" if row.state == DROPPED else "proposed"
            back = replace(
                row, state=state, excluded_topic=False, reason="", row=told, decided_by="", confirmed_by=""
            )  # fmt: skip
            return self._record(draft, document_id, row_id, "send_back", actor, [back], [], decides=False)

        return self._register.submit(work, alone=True)[0]


def _decided_by_another(row: ReviewRow, own: Collection[str]) -> None:
    """Raises ReviewRefused unless a decision waits that somebody else has taken."""
    if not row.waits_for_second:
        raise ReviewRefused("nothing_to_confirm", row=row.row_id, state=row.state)
    if row.decided_by in own:
        raise ReviewRefused("same_reviewer", row=row.row_id, post=row.decided_by)
