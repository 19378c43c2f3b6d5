"""Personal text on its way into the vault: what an event says of it, and what is stored of it.

The event holds the slot's name and a commitment with a nonce of its own; the store holds nonce and text, sealed under
the key of one party in one case and bound to its place. Opening checks both: the seal, and that the text is the one the
event committed to. A slot's text is one JSON object: the names of the fields that seal into it, with what was entered.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Any

import msgspec

from mingze.casework import Sealed
from mingze.ledger import NONCE_SIZE, encode_commitment, slot_commitment
from mingze.vault.keys import DataKey
from mingze.vault.sealing import SealBroken, open_sealed, place, seal

_encode = msgspec.json.Encoder(order="sorted").encode


@dataclass(frozen=True, slots=True)
class SealedSlot:
    """One sealed text as it will be stored, with what the event says of it."""

    mention: Sealed
    slot_id: str
    key_id: str
    sealed: bytes
    digest: str = ""


def slot_text(content: Any) -> bytes:
    """The bytes of a slot: JSON, made once."""
    return _encode(content)


def seal_slot(authority: str, key: DataKey, slot: str, content: Any, digest: str = "", slot_id: str = "") -> SealedSlot:
    """Seal one slot of a case under a party's key; `digest` names its file in the evidence folder, if it has one."""
    slot_id = slot_id or secrets.token_hex(8)
    text = slot_text(content)
    nonce = secrets.token_bytes(NONCE_SIZE)
    mention = Sealed(slot, key.party, encode_commitment(slot_commitment(nonce, slot, text)))
    where = _where(authority, key.case_id, slot_id, key.key_id)
    return SealedSlot(mention, slot_id, key.key_id, seal(key.key, nonce + text, where), digest)


def open_slot(
    authority: str, key: DataKey, slot: str, slot_id: str, key_id: str, sealed: bytes, commitment: str
) -> Any:
    """The content of a slot again.

    Raises SealBroken when it was altered or moved, or is not the text the event committed to (`not_committed`).
    """
    where = _where(authority, key.case_id, slot_id, key_id)
    opened = open_sealed(key.key, sealed, where)
    nonce, text = opened[:NONCE_SIZE], opened[NONCE_SIZE:]
    if encode_commitment(slot_commitment(nonce, slot, text)) != commitment:
        raise SealBroken("not_committed", where.decode())
    return json.loads(text)


def seal_file(authority: str, key: DataKey, slot_id: str, content: bytes) -> bytes:
    """A file's bytes sealed for the evidence folder."""
    return seal(key.key, content, place("evidence", f"{authority}/{key.case_id}/{slot_id}", "content", key.key_id))


def open_file(authority: str, key: DataKey, slot_id: str, sealed: bytes) -> bytes:
    """A file's bytes again. Raises SealBroken."""
    return open_sealed(
        key.key, sealed, place("evidence", f"{authority}/{key.case_id}/{slot_id}", "content", key.key_id)
    )


def _where(authority: str, case_id: str, slot_id: str, key_id: str) -> bytes:
    return place("slot", f"{authority}/{case_id}/{slot_id}", "sealed", key_id)
