"""A proof that one record is in the log, in a file that needs nothing else (C2SP tlog-proof@v1).

    c2sp.org/tlog-proof@v1
    extra <base64 of the opening: 32-byte nonce, then the event's bytes>
    index 3
    <base64 hash>                                one line for each step from the leaf up to the root
    <base64 hash>

    log.mingyuan.example/mingze/1
    4
    …

The `extra` line is not covered by any signature. That is harmless because nothing in it is believed: the leaf is
computed anew from it, and only the right opening leads to the signed root.
The file's bytes are not unique (a witness may add a signature later): never use their hash as an identifier.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mingze.ledger.errors import LedgerError
from mingze.ledger.leaf import NONCE_SIZE
from mingze.ledger.note import decode_base64, encode_base64

MAGIC: Final = "c2sp.org/tlog-proof@v1"
SUFFIX: Final = ".tlog-proof"
MEDIA_TYPE: Final = "application/octet-stream"
"""Served as bytes: a program that converts line endings breaks the signature."""

PROOF_LIMIT: Final = 1 << 20
"""Bytes in the largest proof file that is read."""

_INDEX: Final = re.compile(r"index (0|[1-9][0-9]{0,18})")


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof file as read: where the leaf stands, the hashes up to the root, and the signed checkpoint."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None


class Opening:
    """What opens a leaf: the nonce and the exact bytes of the event."""

    @staticmethod
    def join(nonce: bytes, event_bytes: bytes) -> bytes:
        """Nonce and event as they stand in the `extra` line. Raises LedgerError `nonce_size`."""
        if len(nonce) != NONCE_SIZE:
            raise LedgerError("nonce_size", expected=NONCE_SIZE, found=len(nonce))
        return nonce + event_bytes

    @staticmethod
    def split(extra: bytes) -> tuple[bytes, bytes]:
        """Nonce and event bytes. Raises LedgerError `opening_short` when there is no event after the nonce."""
        if len(extra) <= NONCE_SIZE:
            raise LedgerError("opening_short", expected=NONCE_SIZE + 2, found=len(extra))
        return extra[:NONCE_SIZE], extra[NONCE_SIZE:]


def format_proof(index: int, hashes: Sequence[bytes], checkpoint: bytes, extra: bytes | None = None) -> bytes:
    """The proof as a file; `checkpoint` is the signed note, verbatim.

    Raises what `parse_proof` raises when the outcome would not be a proof.
    """
    lines = [MAGIC, *([] if extra is None else [f"extra {encode_base64(extra)}"]), f"index {index}"]
    lines += [encode_base64(value) for value in hashes]
    data = "\n".join([*lines, "", ""]).encode("ascii") + checkpoint
    parse_proof(data)
    return data


def parse_proof(data: bytes) -> Proof:
    """Read a proof file; nothing is verified yet.

    Raises LedgerError `proof_too_large`, `proof_line_endings` (a program converted them on the way), `proof_magic`
    (not a proof file of this version), `proof_extra`, `proof_index`, `proof_hash` (with the line), `proof_unfinished`.
    """
    if len(data) > PROOF_LIMIT:
        raise LedgerError("proof_too_large", expected=PROOF_LIMIT, found=len(data))
    if b"\r" in data:
        raise LedgerError("proof_line_endings")
    magic, _, rest = data.partition(b"\n")
    if magic != MAGIC.encode():
        raise LedgerError("proof_magic", expected=MAGIC, found=magic[:40].decode("utf-8", "replace"))
    head, blank, checkpoint = rest.partition(b"\n\n")
    if not blank:
        raise LedgerError("proof_unfinished")
    lines = head.decode("utf-8", "replace").split("\n")
    extra = None
    if lines[0].startswith("extra "):
        try:
            extra = decode_base64(lines.pop(0)[6:])
        except LedgerError:
            raise LedgerError("proof_extra") from None
    index = _INDEX.fullmatch(lines[0]) if lines else None
    if index is None:
        raise LedgerError("proof_index", found=lines[0][:40] if lines else "")
    hashes = []
    for number, line in enumerate(lines[1:], 3 if extra is None else 4):
        try:
            hashes.append(decode_base64(line, size=32))
        except LedgerError:
            raise LedgerError("proof_hash", line=number, found=line[:80]) from None
    return Proof(int(index[1]), tuple(hashes), checkpoint, extra)
