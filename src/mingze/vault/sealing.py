"""How a text is sealed: one suite byte, a random nonce, AES-256-GCM, and a binding to the place it belongs to.

    01 | 12 bytes nonce | ciphertext and 16-byte tag        sealed = 29 bytes more than the text

The place (table, row, column, key id, suite) is authenticated but not stored: a sealed text moved to another row, or
opened with another key's name, does not open. The first byte leaves room for a second suite (SM4-GCM with SM3 where a
commercial-cryptography assessment asks for it); a reader that does not know a suite says so and opens nothing.

Units: bytes. Standards: NIST SP 800-38D (GCM), RFC 5869 (HKDF).
"""

from __future__ import annotations

import hmac
import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SUITE: Final = 1
"""AES-256-GCM with a 96-bit random nonce. One key seals the few texts of one party in one case."""

KEY_SIZE: Final = 32
OVERHEAD: Final = 1 + 12 + 16


class SealBroken(Exception):
    """A sealed text does not open in this place with this key: it was altered, moved, or belongs to another key."""

    def __init__(self, code: str, place: str) -> None:
        super().__init__(f"{code}: {place}")
        self.code = code
        self.place = place
        self.values = {"place": place}


def place(table: str, row: str, column: str, key_id: str) -> bytes:
    """The place a sealed text is bound to, as the bytes that are authenticated with it."""
    return f"{table}|{row}|{column}|{key_id}|{SUITE}".encode()


def seal(key: AESGCM, text: bytes, where: bytes) -> bytes:
    """The text, readable only with the key and only in this place."""
    nonce = secrets.token_bytes(12)
    return b"\x01" + nonce + key.encrypt(nonce, text, where)


def open_sealed(key: AESGCM, sealed: bytes, where: bytes) -> bytes:
    """The text again.

    Raises:
        SealBroken: `suite_unknown` when a suite this version does not have sealed it; `seal_broken` when a bit of it,
            its place or its key is not what it was.
    """
    if len(sealed) < OVERHEAD or sealed[0] != SUITE:
        raise SealBroken("suite_unknown", where.decode())
    try:
        return key.decrypt(sealed[1:13], sealed[13:], where)
    except InvalidTag:
        raise SealBroken("seal_broken", where.decode()) from None


def derive(root: bytes, purpose: bytes) -> bytes:
    """A 32-byte key for one purpose from a root key (HKDF-SHA-256 with one block of output, RFC 5869 §2)."""
    extracted = hmac.digest(b"mingze/hkdf/v1", root, "sha256")
    return hmac.digest(extracted, purpose + b"\x01", "sha256")
