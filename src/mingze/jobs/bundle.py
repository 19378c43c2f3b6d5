"""What a person takes away of their case: the bundle of every record, with openings, proofs and the dates explained.

Only who holds the receipt code gets it. Sealed parts are opened with the keys of that party in that case; who they are is
left out unless they ask for it, so that a bundle can be shown to others. What was erased stays closed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mingze.casework import explanation, withheld_until
from mingze.ledger import inclusion_nodes, inclusion_proof, parse_checkpoint
from mingze.ledger.bundle import Bundle, PartOpened, Record
from mingze.ledger.leaf import NONCE_SIZE
from mingze.store import Register
from mingze.store.recording import open_event
from mingze.store.standing import party_reads
from mingze.store.tree import fetch_nodes
from mingze.terms import TermError, local_day
from mingze.vault import KeyDestroyed, open_sealed
from mingze.vault.sealing import place

IDENTITY = "identity"


class NotYetSigned(Exception):
    """The newest record of the case is not covered by a signed checkpoint yet; a running server signs within a second."""


def bundle_of(register: Register, case_id: str, now: datetime, *, identity: bool = False, party: str = "") -> Bundle:
    """The bundle of a case for one of its parties (else the first), all of one moment, proved against the newest
    checkpoint. It opens what that party gave and what an office wrote for it; never what another party said. While a record
    of access is lawfully deferred it ends before that record: nothing between two records can be left out unseen.

    Raises NotYetSigned; LookupError when there is no such case; Unavailable.
    """
    found = register.case(case_id)
    if found is None:
        raise LookupError(case_id)
    note = register.checkpoint()
    size = parse_checkpoint(note).checkpoint.size if note else 0
    if found.events[-1].leaf_index >= size:
        raise NotYetSigned
    authority, vault, records = register.authority, register.vault, []
    sql = "SELECT n, leaf_index, key_id, sealed FROM event WHERE authority = ? AND case_id = ? AND n <= ? ORDER BY n"
    slots = (
        "SELECT n, slot, slot_id, party, key_id, sealed FROM slot WHERE authority = ? AND case_id = ? ORDER BY n, slot"
    )
    withheld = withheld_until(stored.event for stored in found.events)
    hidden = [n for n, (until, _) in withheld.items() if local_day(now) <= until]
    last = min(hidden) - 1 if hidden else found.events[-1].event.n
    with register.readers() as connection:
        for n, index, key_id, sealed in connection.execute(sql, (authority, case_id, last)).fetchall():
            nonce, data = open_event(vault, case_id, n, key_id, bytes(sealed))
            node = fetch_nodes(connection, authority, inclusion_nodes(index, size), register.publisher.upper)
            records.append(Record(n, index, nonce, data, tuple(inclusion_proof(index, size, node))))
        rows = connection.execute(slots, (authority, case_id)).fetchall()
    party = party or next(iter(found.procedure.parties), "")
    events = {stored.event.n: stored.event for stored in found.events}
    parts = []
    for n, slot, slot_id, owner, key_id, sealed in rows:
        open_to_all = found.procedure.open_record
        if (
            n > last
            or not (open_to_all or party_reads(party, events, n, slot, owner))
            or (slot == IDENTITY and not identity)
        ):
            continue
        try:
            key = vault.key(case_id, owner)
        except KeyDestroyed:
            continue
        where = place("slot", f"{authority}/{case_id}/{slot_id}", "sealed", key_id)
        opened = open_sealed(key.key, bytes(sealed), where)
        parts.append(PartOpened(n, slot, opened[:NONCE_SIZE], opened[NONCE_SIZE:]))
    explained = list(_explanations(register, found, now))
    return Bundle(case_id, found.number, note, tuple(records), tuple(parts), explained)


def _explanations(register: Register, found: Any, now: datetime) -> Any:
    for name, state in found.case.clocks.items():
        try:
            told = explanation(found.procedure, state, register.calendar, local_day(now))
        except (TermError, LookupError):
            continue  # a clock whose period cannot be counted has no strip on the case page either
        yield {"clock": name, "due": state.due, "provisional": state.provisional, "explanation": told.to_json()}
