"""What the public log holds of an event: a salted commitment of one size, and nothing that says whom it concerns.

    {"c":"xSgFpl6kGkLvBYxI0lW_bTLp7EkEDdcdF6XfcvXsnvw","k":"e","v":1}

`c` is HMAC-SHA-256 under a 32-byte random nonce over the exact bytes of the event. Who holds nonce and bytes (the
person, in the receipt) can open the leaf; who holds only the log learns nothing, not even by guessing phone numbers.
Inside the event, what is personal appears only as slot commitments of the same kind with nonces of their own, so that a
narrative can be destroyed while "received then, under this procedure, answered in time" stays provable.

Law: 个人信息保护法 art. 47 (erasure). Formats: RFC 2104 (HMAC), RFC 4648 §5 (base64url), RFC 6962 §2.1 (leaf hash).
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import Final, Literal, NamedTuple

from mingze.ledger.errors import LedgerError

NONCE_SIZE: Final = 32
"""Bytes in a nonce. HMAC pads short keys with zeros, so a nonce of any other length is refused, not stretched."""

EVENT_DOMAIN: Final = b"mingze/event/v1\x00"
SLOT_DOMAIN: Final = b"mingze/slot/v1\x00"

type Kind = Literal["e", "s", "g"]
KINDS: Final = ("e", "s", "g")
"""e: anything that belongs to a case, readings and chaff included; s: a statement; g: governance (keys, procedures)."""

_KIND_OF_TYPE: Final[dict[str, Kind]] = {"governed": "g", "stated": "s"}

LEAF_SIZE: Final = 65
"""Bytes in every leaf, whatever it commits to."""


def kind_of_type(event_type: object) -> Kind:
    """The kind of leaf an event of this type is: `g` for "governed", `s` for "stated", `e` for everything else."""
    return _KIND_OF_TYPE.get(event_type, "e") if isinstance(event_type, str) else "e"


class Leaf(NamedTuple):
    """A leaf as read: the 32-byte commitment and the kind of record it stands for."""

    commitment: bytes
    kind: Kind


def event_commitment(nonce: bytes, event_bytes: bytes) -> bytes:
    """The 32 bytes that stand for an event in the log.

    The event bytes are taken as they were stored; re-serialising them would break every receipt.

    Raises LedgerError `nonce_size` when the nonce has not exactly 32 bytes.
    """
    return _commit(nonce, EVENT_DOMAIN + event_bytes)


def slot_commitment(nonce: bytes, slot: str, plaintext: bytes) -> bytes:
    """The 32 bytes that stand, inside an event, for one sealed text, attachment or decision.

    The name of the slot is part of what is committed to: an identity cannot be passed off as a narrative.

    Raises LedgerError `nonce_size`; `slot_name` when the name is empty or contains U+0000.
    """
    if not slot or "\x00" in slot:
        raise LedgerError("slot_name", found=slot)
    return _commit(nonce, SLOT_DOMAIN + slot.encode() + b"\x00" + plaintext)


def _commit(nonce: bytes, message: bytes) -> bytes:
    if len(nonce) != NONCE_SIZE:
        raise LedgerError("nonce_size", expected=NONCE_SIZE, found=len(nonce))
    return hmac.digest(nonce, message, "sha256")


def leaf_bytes(commitment: bytes, kind: Kind = "e") -> bytes:
    """The leaf as published: canonical ASCII JSON, 65 bytes, keys in alphabetical order, no spaces.

    >>> leaf_bytes(bytes(32))
    b'{"c":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","k":"e","v":1}'

    Raises LedgerError `commitment_size`, `leaf_kind`.
    """
    if kind not in KINDS:
        raise LedgerError("leaf_kind", expected=" ".join(KINDS), found=kind)
    if len(commitment) != 32:
        raise LedgerError("commitment_size", expected=32, found=len(commitment))
    return b'{"c":"%b","k":"%b","v":1}' % (urlsafe_b64encode(commitment)[:43], kind.encode())


def read_leaf(data: bytes) -> Leaf:
    """Read a published leaf; only the one canonical spelling is a leaf.

    Raises LedgerError `leaf_malformed`.
    """
    kinds: dict[bytes, Kind] = {b"e": "e", b"s": "s", b"g": "g"}
    kind = kinds.get(data[56:57])
    try:
        if kind is not None:
            leaf = Leaf(decode_commitment(data[6:49].decode("ascii")), kind)
            if leaf_bytes(*leaf) == data:
                return leaf
    except (UnicodeDecodeError, LedgerError):
        pass  # told apart from other malformed leaves by nobody
    raise LedgerError("leaf_malformed", expected=LEAF_SIZE, found=len(data))


def leaf_hash(leaf: bytes) -> bytes:
    """The Merkle tree hash of one leaf: SHA-256(0x00 || leaf), RFC 6962 §2.1."""
    return sha256(b"\x00" + leaf).digest()


def encode_commitment(commitment: bytes) -> str:
    """A commitment (or a leaf hash) as 43 characters of base64url without padding.

    Raises LedgerError `commitment_size`.
    """
    if len(commitment) != 32:
        raise LedgerError("commitment_size", expected=32, found=len(commitment))
    return urlsafe_b64encode(commitment)[:43].decode("ascii")


def decode_commitment(text: str) -> bytes:
    """Read the 43 characters back; a second spelling of the same bytes is refused.

    Raises LedgerError `commitment_malformed`.
    """
    try:
        commitment = urlsafe_b64decode(text + "=") if len(text) == 43 else b""
    except ValueError:
        commitment = b""
    if len(commitment) != 32 or encode_commitment(commitment) != text:
        raise LedgerError("commitment_malformed", expected=43, found=text[:64])
    return commitment
