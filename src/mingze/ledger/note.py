"""Signed notes: a text with signature lines under it, by whichever keys a reader chooses to trust (C2SP signed-note).

    Ognuno sta solo sul cuor della terra
    trafitto da un raggio di sole:

    ed è subito sera.

    — quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3Ze…

Two kinds of Ed25519 key are known here: 0x01 signs the text itself (a log), 0x04 signs it with the time it was seen (a
witness; C2SP tlog-cosignature). Signatures by keys the reader does not know are ignored, as the specification demands,
so that keys can be added and rotated. Stricter than the specification in one point: base64 has one spelling only.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from mingze.ledger.errors import LedgerError

ED25519: Final = 0x01
COSIGNATURE: Final = 0x04
KEY_TYPES: Final = (ED25519, COSIGNATURE)

NOTE_LIMIT: Final = 1 << 20
"""Bytes in the largest note that is read."""

SIGNATURE_LIMIT: Final = 64
"""Signature lines in the largest note that is read; the specification asks for at least 16."""

_NAME: Final = re.compile(r"[^\s+\x00-\x20\x7f]+")


def encode_base64(data: bytes) -> str:
    """Standard base64 with padding (RFC 4648 §4)."""
    return b64encode(data).decode("ascii")


def decode_base64(text: str, *, size: int | None = None) -> bytes:
    """Read standard base64; spaces, missing padding and stray low bits are refused, so bytes have one spelling.

    Raises LedgerError `base64_malformed`, or `base64_size` when `size` bytes were expected.
    """
    try:
        data = b64decode(text, validate=True)
    except ValueError:
        raise LedgerError("base64_malformed", found=text[:64]) from None
    if encode_base64(data) != text:
        raise LedgerError("base64_malformed", found=text[:64])
    if size is not None and len(data) != size:
        raise LedgerError("base64_size", expected=size, found=len(data))
    return data


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with the name it signs under and what its signatures say (0x01: the text; 0x04: the text, seen at).

    Its text form, `name+key id+base64(type || key)`, is what is printed on a receipt and handed from person to person.
    """

    name: str
    type: int
    public: bytes

    def __post_init__(self) -> None:
        _check_name(self.name)
        if self.type not in KEY_TYPES:
            raise LedgerError("key_type", found=self.type)
        if len(self.public) != 32:
            raise LedgerError("key_size", expected=32, found=len(self.public))

    @property
    def id(self) -> bytes:
        """Four bytes that, with the name, say which key signed. An identifier, not a fingerprint."""
        return sha256(self.name.encode() + b"\n" + bytes([self.type]) + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{encode_base64(bytes([self.type]) + self.public)}"

    def signs(self, signature: Signature, text: bytes) -> bool:
        """Whether this signature over this text is by this key."""
        if (signature.name, signature.key_id) != (self.name, self.id):
            return False
        message, ed25519 = text, signature.body
        if self.type == COSIGNATURE:
            if len(signature.body) != 72 or signature.body[0] & 0x80:
                return False
            message, ed25519 = cosigned_message(signature.timestamp, text), signature.body[8:]
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(ed25519, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: who is said to have signed, with which key, and the signature's own bytes."""

    name: str
    key_id: bytes
    body: bytes

    @property
    def timestamp(self) -> int:
        """For a witness's signature: when it saw the text, in seconds since 1970-01-01T00:00Z."""
        return int.from_bytes(self.body[:8], "big")

    def line(self) -> str:
        """The line as it stands in the note, newline included."""
        return f"— {self.name} {encode_base64(self.key_id + self.body)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A note as read. Its text must not be believed before `signers` has found a trusted key."""

    text: bytes
    signatures: tuple[Signature, ...]

    def signers(self, keys: Iterable[VerifierKey]) -> dict[VerifierKey, Signature]:
        """Those of these keys that signed, with their signatures; lines by other keys are ignored.

        Raises LedgerError `signature_bad` when a line claims one of these keys and does not verify: such a note has
        been tampered with, and none of it is to be used.
        """
        found: dict[VerifierKey, Signature] = {}
        known = {(key.name, key.id): key for key in keys}
        for signature in self.signatures:
            key = known.get((signature.name, signature.key_id))
            if key is None:
                continue
            if not key.signs(signature, self.text):
                raise LedgerError("signature_bad", name=key.name, key_id=key.id.hex())
            found.setdefault(key, signature)
        return found

    def to_bytes(self) -> bytes:
        """The note as a file."""
        return self.text + b"\n" + "".join(signature.line() for signature in self.signatures).encode()


def parse_note(data: bytes) -> Note:
    """Read a signed note.

    Raises LedgerError `note_too_large`, `note_encoding` (not UTF-8, or a control character), `note_malformed` (no
    final newline, no blank line, no signature), `signature_line` (the line number and what is there).
    """
    if len(data) > NOTE_LIMIT:
        raise LedgerError("note_too_large", expected=NOTE_LIMIT, found=len(data))
    try:
        content = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise LedgerError("note_encoding", at=problem.start) from None
    control = re.search(r"[\x00-\x09\x0b-\x1f]", content)
    if control:
        raise LedgerError("note_encoding", at=len(content[: control.start()].encode()))
    text, blank, lines = content.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        raise LedgerError("note_malformed")
    signatures = []
    for number, line in enumerate(lines[:-1].split("\n"), text.count("\n") + 3):
        signatures.append(_parse_signature(line, number))
        if len(signatures) > SIGNATURE_LIMIT:
            raise LedgerError("too_many_signatures", expected=SIGNATURE_LIMIT)
    return Note((text + "\n").encode(), tuple(signatures))


def _parse_signature(line: str, number: int) -> Signature:
    dash, name, encoded = [*line.split(" "), "", ""][:3]
    try:
        _check_name(name)
        body = decode_base64(encoded)
    except LedgerError:
        body = b""
    if dash != "—" or line.count(" ") != 2 or len(body) <= 4:
        raise LedgerError("signature_line", line=number, found=line[:80])
    return Signature(name, body[:4], body[4:])


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise LedgerError("key_name", found=name[:80])


def format_note(text: bytes, signatures: Iterable[Signature]) -> bytes:
    """Put signatures under a text. Raises what `parse_note` raises when the outcome would not be a note."""
    note = text + b"\n" + "".join(signature.line() for signature in signatures).encode()
    if parse_note(note).text != text:
        raise LedgerError("note_malformed")
    return note


def public_key(seed: bytes) -> bytes:
    """The 32-byte Ed25519 public key of a 32-byte seed (RFC 8032)."""
    return _private(seed).public_key().public_bytes_raw()


def _private(seed: bytes) -> Ed25519PrivateKey:
    if len(seed) != 32:
        raise LedgerError("key_size", expected=32, found=len(seed))
    return Ed25519PrivateKey.from_private_bytes(seed)


def vkey(name: str, seed: bytes, key_type: int = ED25519) -> str:
    """The public key of a seed as a line to print and to hand on; made from the seed, but it does not contain it."""
    return str(VerifierKey(name, key_type, public_key(seed)))


def parse_vkey(text: str) -> VerifierKey:
    """Read a verifier key. The key id in the middle must be the one the name and the key give.

    Raises LedgerError `vkey_malformed`, `key_type`, `key_id_mismatch` (expected and found).
    """
    name, *rest = text.split("+", 2)
    if len(rest) != 2:
        raise LedgerError("vkey_malformed", found=text[:120])
    try:
        _check_name(name)
        material = decode_base64(rest[1])
    except LedgerError:
        raise LedgerError("vkey_malformed", found=text[:120]) from None
    if len(material) != 33:
        raise LedgerError("key_type" if material[:1] not in (b"\x01", b"\x04") else "vkey_malformed", found=text[:120])
    key = VerifierKey(name, material[0], material[1:])
    if rest[0] != key.id.hex():
        raise LedgerError("key_id_mismatch", expected=key.id.hex(), found=rest[0][:16])
    return key


def sign(text: bytes, name: str, seed: bytes) -> Signature:
    """An Ed25519 signature (0x01) over a note's text."""
    return Signature(name, VerifierKey(name, ED25519, public_key(seed)).id, _private(seed).sign(text))


def cosign(text: bytes, name: str, seed: bytes, timestamp: int) -> Signature:
    """A witness's signature (0x04): the tree in this checkpoint is the largest it had seen at this second, and whole.

    `timestamp` counts seconds since 1970-01-01T00:00Z. C2SP tlog-cosignature, cosignature/v1.
    """
    if not 0 <= timestamp < 1 << 63:
        raise LedgerError("timestamp_range", found=timestamp)
    key = VerifierKey(name, COSIGNATURE, public_key(seed))
    return Signature(
        name, key.id, timestamp.to_bytes(8, "big") + _private(seed).sign(cosigned_message(timestamp, text))
    )


def cosigned_message(timestamp: int, text: bytes) -> bytes:
    """What a witness signs: a fixed line, the time, and the whole text of the checkpoint."""
    return b"cosignature/v1\ntime %d\n" % timestamp + text
