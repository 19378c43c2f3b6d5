"""Reading a case without any key: by its code, its number, its id, and the cases linked to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from mingze.casework import (
    Actor,
    Event,
    decode,
    shown,
)
from mingze.ledger import (
    event_commitment,
    leaf_bytes,
    leaf_hash,
)
from mingze.store import pages
from mingze.store.answers import (
    CaseFile,
    CaseLink,
    Holder,
    StoredEvent,
)
from mingze.store.codes import code_digest, read_code
from mingze.store.opened import Opened
from mingze.store.recording import open_event
from mingze.terms import local_day

_BRACKETS = str.maketrans(
    {"[": "〔", "]": "〕", "(": "〔", ")": "〕", "（": "〔", "）": "〕", "【": "〔", "】": "〕", "﹝": "〔", "﹞": "〕"}
)


class Reading(Opened):
    """What is read of cases without opening anything."""

    def by_code(self, code: str) -> str | None:
        """The case of a receipt code, however it was typed. A code that cannot be one is looked up like any other."""
        found = self.holder(code)
        return found.case_id if found else None

    def holder(self, code: str) -> Holder | None:
        """The case of a receipt code and the party whose it is: each party of a case has a code of their own."""
        digest = code_digest(read_code(code))
        sql = "SELECT case_id, party FROM receipt_code WHERE authority = ? AND digest = ?"
        with self.readers() as connection:
            row = connection.execute(sql, (self.authority, digest)).fetchone()
        if row is None:
            return None
        case_id, party = row
        return Holder(case_id, party or next(iter(self._procedure_of(case_id).parties), ""))

    def by_number(self, number: str, viewer: Actor | None = None) -> str | None:
        """The case of a public number; brackets and blanks may be typed as anybody types them. For a `viewer` who is
        barred from a case it is not there.
        """
        clean = "".join(number.split()).translate(_BRACKETS)
        barred, mine = pages.not_barred(viewer)
        sql = f"SELECT c.case_id FROM case_file c WHERE c.authority = ? AND c.number IN (?, ?) AND {barred}"
        with self.readers() as connection:
            row = connection.execute(sql, (self.authority, clean, clean + "号", *mine)).fetchone()
        return None if row is None else row[0]

    search = by_number

    def case(self, case_id: str, viewer: Actor | None = None) -> CaseFile | None:
        """A case with all its events, of one moment; None when there is no such case, or none for this `viewer`: an
        office the matter is about and a post that stands aside cannot tell it from one that is not there.

        To a party a record of access that is lawfully deferred is not shown yet (`casework.shown`).
        """
        if self.hidden(case_id, viewer):
            return None
        sql = f"SELECT c.language, c.channel, {pages.COLUMNS}, c.procedure_hash FROM case_file c WHERE c.authority = ? AND c.case_id = ?"
        with self.readers() as connection:
            row = connection.execute(sql, (self.authority, case_id)).fetchone()
            if row is None:
                return None
            events = [
                StoredEvent(event, index, hashed) for event, index, hashed, _, _ in self._stored(connection, case_id)
            ]
        listed = pages.read_row(row[2:-1])
        procedure = self.procedure_version(listed.procedure, row[-1])
        if viewer is not None and viewer.kind == "party":
            seen = {event.n for event in shown((stored.event for stored in events), local_day(self.clock.now()))}
            events = [stored for stored in events if stored.event.n in seen]
        return CaseFile(listed.case, procedure, listed.number, tuple(events), listed, row[0], row[1])

    def _stored(
        self, connection: Any, case_id: str, n: int | None = None
    ) -> list[tuple[Event, int, bytes, bytes, bytes]]:
        """(event, leaf index, leaf hash, nonce, bytes) of a case's events, or of one."""
        sql = "SELECT n, leaf_index, key_id, sealed FROM event WHERE authority = ? AND case_id = ?"
        values: list[Any] = [self.authority, case_id]
        if n is not None:
            sql += " AND n = ?"
            values.append(n)
        out = []
        for number, index, key_id, sealed in connection.execute(sql + " ORDER BY n", values).fetchall():
            nonce, data = open_event(self.vault, case_id, number, key_id, bytes(sealed))
            out.append((decode(data), index, leaf_hash(leaf_bytes(event_commitment(nonce, data))), nonce, data))
        return out

    def links(self, case_id: str, viewer: Actor | None = None) -> list[CaseLink]:
        """The cases linked to one, the one it was opened from first; those the `viewer` is barred from left out, and
        for a party those that another party opened.
        """
        found = self.case(case_id, viewer)
        if found is None:
            return []
        follows = found.case.follows
        named: list[tuple[Mapping[str, Any], Literal["parent", "child"]]] = [(follows, "parent")] if follows else []
        others = {
            stored.event.n
            for stored in found.events
            if viewer is not None and viewer.kind == "party" and stored.event.actor.get("kind") == "party"
            and stored.event.actor.get("party") != viewer.party
        }  # fmt: skip
        for link in found.case.links:
            if link["n"] not in others:
                named.append((link, "child"))
        out = []
        for link, way in named:
            other = self.case(link["case"], viewer)
            if other is not None:
                out.append(CaseLink(link["case"], other.number, link["procedure"], link["action"], link["n"], way))
        return out
