"""How an event becomes rows: its bytes made once, its leaf, its tree nodes, and the case it leaves behind.

`Draft` is what one command would add to its batch (`book.Batch`). A draft is taken over only when its command has
succeeded, and the book only when the transaction is durable, so nothing ever has to be taken back.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from mingze.casework import Actor, Case, Event, encode, evolve
from mingze.casework.deferring import held_back_until
from mingze.ledger import (
    GOVERNANCE,
    NONCE_SIZE,
    encode_commitment,
    event_commitment,
    governance_bytes,
    leaf_bytes,
    leaf_hash,
)
from mingze.ledger.leaf import kind_of_type
from mingze.procedure import Procedure
from mingze.store.case_row import NEXT_LAPSE, Held, Known, projection, update_case
from mingze.store.codes import case_number
from mingze.store.rows import Governed, Rows
from mingze.store.sealing import SealedSlot
from mingze.terms import day_begins_at
from mingze.vault.keys import Vault
from mingze.vault.sealing import open_sealed, place, seal

if TYPE_CHECKING:
    from mingze.store.book import Batch

__all__ = ["Draft", "Governed", "Held", "Known", "event_place", "open_event"]

_INSERT_EXCLUDED: Final = (
    "INSERT INTO case_excluded (authority, office, case_id, post) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
_INSERT_CIRCLE: Final = "INSERT INTO case_circle (authority, case_id, post) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_INSERT_APPROVAL: Final = (
    "INSERT INTO approval (authority, case_id, n, office, post, stage, until_on) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_DELETE_APPROVAL: Final = "DELETE FROM approval WHERE authority = ? AND case_id = ? AND n = ?"
"""A request that was answered waits for nobody; one that ran out is found by nobody any more."""

_INSERT_GOVERNANCE: Final = (
    "INSERT INTO governance (authority, n, leaf_index, kind, recorded_at, nonce, event) VALUES (?, ?, ?, ?, ?, ?, ?)"
)


class Draft(Rows):
    """What one command would write. It sees the drafts before it in the batch, and nothing sees it until it
    succeeds.
    """

    def __init__(self, batch: Batch) -> None:
        super().__init__()
        self._batch = batch
        self.authority = batch.book.authority

    @property
    def connection(self) -> Any:
        """The tables themselves, inside this transaction, with everything in them that was acknowledged."""
        return self._batch.tables()

    def held(self, case_id: str) -> Held | None:
        """The case as the commands before this one have left it."""
        return self.cases.get(case_id) or self._batch.held(case_id)

    def known(self, key: str) -> Known | None:
        """The first answer to the idempotency key of a filing, if there was one; an action's is in `Held.answers`."""
        return self.keys.get(key) or self._batch.known(key)

    def remember(self, key: str, known: Known) -> None:
        """Answer the key of a filing, for which there is no case to look in, with the same from now on."""
        self.keys[key] = known

    def next_number(self, procedure: Procedure, year: int) -> str:
        """The next case number of a year; taken only if the command succeeds, so there are no gaps."""
        place_ = (year, procedure.mark)
        count = self.counters.get(place_)
        if count is None:
            count = self._batch.counter(place_)
        self.counters[place_] = count + 1
        return case_number(self._batch.book.mark, procedure.mark, year, count + 1)

    def events_after(self, case_id: str, n: int) -> list[tuple[Any, ...]]:
        """(n, type, action, sealed, …) of the events of a case after the n-th, those of this batch included."""
        sql = (
            "SELECT n, type, action, sealed, key_id FROM event WHERE authority = ? AND case_id = ? AND n > ? ORDER BY n"
        )
        rows = [tuple(row) for row in self.connection.execute(sql, (self.authority, case_id, n)).fetchall()]
        for row in (*self._batch.rows.events, *self.events):
            if row[1] == case_id and row[2] > n:
                rows.append((row[2], row[4], row[5], row[9], row[8]))
        return rows

    def record(
        self,
        procedure: Procedure,
        held: Held | None,
        event: Event,
        slots: Iterable[SealedSlot] = (),
        opening: Mapping[str, str] | None = None,
    ) -> Known:
        """Add an event: bytes, leaf, the case it makes, notices. `opening` gives number, language, channel and
        reach.
        """
        book, case_id, n = self._batch.book, event.case, event.n
        data = encode(event)
        nonce = secrets.token_bytes(NONCE_SIZE)
        commitment = event_commitment(nonce, data)
        hashed = leaf_hash(leaf_bytes(commitment))
        index = self._batch.next_index + len(self.leaves)
        bound = held.case.offices if held else {}
        case = evolve(procedure, held.case if held else None, event)
        known = Known(case_id, n, index)
        last_leaf = encode_commitment(hashed)
        answers = {event.idempotency: known} if event.idempotency else {}
        if held is None:
            held = Held.opened(case, last_leaf, answers, opening or {})
            self.first_n[case_id] = 0
        else:
            self.first_n.setdefault(case_id, held.case.n)
            known_answers = {**held.answers, **answers} if answers else held.answers
            held = replace(held, case=case, last_leaf=last_leaf, answers=known_answers)
        self.cases[case_id] = held
        self.commitments.append(("e", commitment))
        self.leaves.append(hashed)
        vault = book.vault
        sealed = seal(
            vault.record_key(case_id), nonce + data, event_place(self.authority, case_id, n, vault.record_key_id)
        )
        at = event.recorded_at.isoformat()
        self.events.append(
            (
                self.authority,
                case_id,
                n,
                index,
                event.type,
                event.action,
                at,
                event.idempotency,
                vault.record_key_id,
                sealed,
            )
        )
        for slot in slots:
            mention = slot.mention
            self.slots.append(
                (
                    self.authority,
                    case_id,
                    n,
                    mention.slot,
                    slot.slot_id,
                    mention.party,
                    slot.key_id,
                    slot.sealed,
                    slot.digest,
                )
            )
        for role, office in event.offices.items():
            if office:
                self.offices.append((self.authority, office, case_id, role))
            if (before := bound.get(role)) and before != office:
                self.passed_on.append((self.authority, before, case_id, role))
        barred = [(office, "") for office in event.excluded]
        if event.recused:
            barred.append((event.recused.rpartition(".")[0], event.recused))
        if barred:
            rows = [(self.authority, office, case_id, post) for office, post in barred]
            self.after.append((_INSERT_EXCLUDED, rows, False))
        at = self._reading_rows(case, event) or at
        if held.reach == "email":
            for party in event.tell:
                if party in procedure.parties:
                    told = event.action or event.type
                    self.notices.append(
                        (self.authority, secrets.token_hex(16), case_id, n, party, told, held.language, at)
                    )
        return known

    def _reading_rows(self, case: Case, event: Event) -> str:
        """What lists need of who may know of a case and of requests to open it; and from when on the person is told of
        this event, where a deferral lets that wait ("" for at once).
        """
        place_ = (self.authority, event.case)
        if event.circle:
            self.after.append((_INSERT_CIRCLE, [(*place_, post) for post in event.circle.values()], False))
        facts = event.facts
        if event.type == "asked":
            row = (*place_, event.n, facts["to"], facts.get("to_post", ""), facts["stage"], facts["until"])
            self.after.append((_INSERT_APPROVAL, [row], False))
        elif event.type in ("approved", "refused"):
            self.after.append((_DELETE_APPROVAL, [(*place_, facts["asked"])], False))
        withheld = held_back_until(case.deferred, event)
        return day_begins_at(withheld + timedelta(days=1)).isoformat() if withheld else ""

    def look_again(self, case_id: str) -> None:
        """The pass over periods has looked at a case: say when it must look next. See `watched`."""
        held = self.held(case_id)
        if held is None or held.row is None or case_id in self.first_n:
            return
        book = self._batch.book
        row = projection(book.procedures[held.case.procedure_hash], held)
        if row[NEXT_LAPSE] != held.row[NEXT_LAPSE]:
            self.cases[case_id] = replace(held, row=row)
            values = (row[NEXT_LAPSE], self.authority, case_id, held.case.n)
            self.after.append((update_case((NEXT_LAPSE,)), [values], False))

    def govern(
        self, kind: str, facts: Mapping[str, Any], actor: Actor | None, now: datetime, idempotency: str = ""
    ) -> Known:
        """Add a public record of how the authority runs its register; the same key is recorded once.

        Nothing in it is sealed: its opening is published beside the log. Raises LedgerError `governance_kind`.
        """
        key = f"{GOVERNANCE}/{idempotency}"
        known = self.known(key) if idempotency else None
        if known is not None:
            return known
        last = self.governed or self._batch.governance()
        actor = actor or Actor("system")
        at = max(now.isoformat(), last.recorded_at)
        data = governance_bytes(
            self.authority, last.n + 1, kind, facts, at, last.last_leaf, actor=actor.kind, post=actor.post,
            office=actor.office,
        )  # fmt: skip
        nonce = secrets.token_bytes(NONCE_SIZE)
        leaf_kind = kind_of_type("stated" if kind == "statement" else "governed")
        commitment = event_commitment(nonce, data)
        hashed = leaf_hash(leaf_bytes(commitment, leaf_kind))
        index = self._batch.next_index + len(self.leaves)
        self.commitments.append((leaf_kind, commitment))
        self.leaves.append(hashed)
        self.governed = Governed(last.n + 1, encode_commitment(hashed), at)
        known = Known(GOVERNANCE, last.n + 1, index)
        row = (self.authority, last.n + 1, index, kind, at, nonce, data)
        self.after.append((_INSERT_GOVERNANCE, [row], False))
        if idempotency:
            self.remember(key, known)
        return known


def event_place(authority: str, case_id: str, n: int, key_id: str) -> bytes:
    """The place an event's sealed bytes are bound to."""
    return place("event", f"{authority}/{case_id}/{n}", "sealed", key_id)


def open_event(vault: Vault, case_id: str, n: int, key_id: str, sealed: bytes) -> tuple[bytes, bytes]:
    """The nonce and the exact bytes of a stored event. Raises SealBroken."""
    opened = open_sealed(vault.record_key(case_id), sealed, event_place(vault.authority, case_id, n, key_id))
    return opened[:NONCE_SIZE], opened[NONCE_SIZE:]
