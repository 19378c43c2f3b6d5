"""Reading what is sealed: the access record is committed first; then, and only then, the text is opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mingze.casework import (
    Actor,
    Refused,
    record_read,
)
from mingze.store import standing
from mingze.store.answers import (
    OpenedFile,
)
from mingze.store.reading import Reading
from mingze.store.recording import Draft, Known
from mingze.store.sealing import open_file, open_slot
from mingze.vault.keys import KeyDestroyed


class ReadingSealed(Reading):
    """What is read of cases with a key."""

    def open_slots(
        self,
        case_id: str,
        n: int | None = None,
        actor: Actor | None = None,
        purpose: str = "",
        slots: Sequence[str] | None = None,
        of: str = "",
    ) -> dict[tuple[int, str], Any]:
        """The sealed content of a case, by event number and slot; None for what has been erased.

        For staff the access record is committed before anything is opened: no record, no plaintext. A party reads what
        is sealed under its own key without a record, and what an office wrote in an event told to it; and so does
        everybody in a case of an open procedure. `of` narrows it to what one party gave.
        Content is a mapping of field to value; an attachment's is its name, type, size and SHA-256.

        Raises:
            Refused: `unknown_case`; `not_yours` for an office that has no part in the case; `purpose_missing`.
            Unavailable: the record could not be written, so nothing was opened.
        """
        return {place_: content for place_, content, _ in self._open(case_id, n, actor, purpose, slots, of)}

    def open_file(self, case_id: str, n: int, slot: str, actor: Actor | None = None, purpose: str = "") -> OpenedFile:
        """One attachment, opened under the same rules as `open_slots`. Raises also Refused `unknown_file`, `erased`."""
        for _, content, row in self._open(case_id, n, actor, purpose, [slot]):
            if content is None:
                raise Refused("erased", destroyed_at="")
            _, _, slot_id, party, _, _, digest = row
            if digest:
                key = self.vault.key(case_id, party)
                data = open_file(self.authority, key, slot_id, self.evidence.read(digest))
                return OpenedFile(content["name"], content["type"], data)
        raise Refused("unknown_file")

    def _open(
        self,
        case_id: str,
        n: int | None,
        actor: Actor | None,
        purpose: str,
        wanted: Sequence[str] | None,
        of: str = "",
    ) -> list[tuple[tuple[int, str], Any, tuple[Any, ...]]]:
        sql = (
            "SELECT n, slot, slot_id, party, key_id, sealed, digest FROM slot WHERE authority = ? AND case_id = ?"
            " ORDER BY n, slot"
        )
        if (
            actor is not None and actor.kind == "party"
        ):  # on its way while the events are read; for staff only after the record
            self.vault.expect(case_id, {actor.party})
        procedure = self._procedure_of(case_id)
        if self.hidden(case_id, actor):
            raise Refused("unknown_case")
        with self.readers() as connection:
            rows = [tuple(row) for row in connection.execute(sql, (self.authority, case_id)).fetchall()]
            events = {event.n: event for event, *_ in self._stored(connection, case_id)}
        erased = {e.facts["party"]: e.recorded_at.isoformat() for e in events.values() if e.type == "erased"}
        unused = {event.facts["party"] for event in events.values() if event.type in ("erased", "stopped")}
        rows = [r for r in rows if (n is None or r[0] == n) and (wanted is None or r[1] in wanted) and of in ("", r[3])]
        if actor is not None and actor.kind == "party":
            rows = [row for row in rows if standing.party_reads(actor.party, events, row[0], row[1], row[3])]
        elif actor is not None and actor.kind == "system":
            rows = [row for row in rows if row[3] not in unused]
        if not procedure.open_record and rows and (actor is None or actor.kind != "party"):
            parts = [f"{row[0]}/{row[1]}" for row in rows]
            self._record_read(case_id, actor, purpose, parts, {row[3] for row in rows})
        self.vault.expect(case_id, {row[3] for row in rows} - erased.keys())
        out = []
        for row in rows:
            number, slot, slot_id, party, key_id, sealed, _ = row
            mention = next(m for m in events[number].sealed if m["slot"] == slot)
            try:
                if party in erased:  # the event says so, even where a crash has kept the key from being destroyed yet
                    raise KeyDestroyed(case_id, party, erased[party])
                key = self.vault.key(case_id, party)
            except KeyDestroyed:
                out.append(((number, slot), None, row))
                continue
            content = open_slot(self.authority, key, slot, slot_id, key_id, bytes(sealed), mention["commitment"])
            out.append(((number, slot), content, row))
        return out

    def _record_read(
        self, case_id: str, actor: Actor | None, purpose: str, slots: list[str], parties: set[str]
    ) -> None:
        if actor is None or actor.kind not in ("post", "system"):
            raise Refused("not_yours", action="read", role="", office="", function="")
        if not purpose.strip():
            raise Refused("purpose_missing")

        def work(draft: Draft) -> Known:
            held = draft.held(case_id)
            if held is None:
                raise Refused("unknown_case")
            procedure = self.procedure_version(held.case.procedure, held.case.procedure_hash)
            asked = {slot.rpartition("/")[2].partition(":")[0] for slot in slots}
            if actor.kind == "post" and not all(
                standing.may_in(held.case, procedure.open_record, actor, self.offices, "read", kind) for kind in asked
            ):
                raise Refused("not_yours", action="read", role="", office="", function="")
            kept = [until for party, until in held.case.stopped.items() if party in parties - set(held.case.erased)]
            if kept:
                raise Refused("use_stopped", until=max(kept))
            event = record_read(
                procedure, held.case, actor, self.now_of(held.case), self.calendar,
                slots=tuple(slots), purpose=purpose, authority=self.authority, previous=held.last_leaf,
            )  # fmt: skip
            return draft.record(procedure, held, event)

        self.submit(work, case_id=case_id)
