"""A checkpoint: the authority's signed statement that its log holds so many records and has exactly this root.

    log.mingyuan.example/mingze/1
    20852163
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

    — log.mingyuan.example/mingze/1 Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+…

C2SP tlog-checkpoint, without extension lines: no monitor can audit them, so none are written and a checkpoint that has
some is not read as one of ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from mingze.ledger.errors import LedgerError
from mingze.ledger.note import Note, decode_base64, encode_base64, format_note, parse_note, sign
from mingze.ledger.tree import EMPTY_ROOT

SIZE_LIMIT: Final = 1 << 63
"""One more than the largest tree size that is read."""

_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree head: which log (origin), how many leaves, which root."""

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        if not self.origin or re.search(r"[\x00-\x1f]", self.origin):
            raise LedgerError("checkpoint_origin", found=self.origin[:80])
        if not 0 <= self.size < SIZE_LIMIT:
            raise LedgerError("checkpoint_size", found=str(self.size)[:24])
        if len(self.root) != 32 or (self.size == 0 and self.root != EMPTY_ROOT):
            raise LedgerError("checkpoint_root", found=self.root.hex()[:64])

    def text(self) -> bytes:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{encode_base64(self.root)}\n".encode()


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint as read, with the note it came in; nothing is verified until the note's signers are."""

    checkpoint: Checkpoint
    note: Note


def sign_checkpoint(checkpoint: Checkpoint, *seeds: bytes) -> bytes:
    """The checkpoint as a signed note, by one key or, while a key is being changed, by both.

    The key's name is the origin; Ed25519 (RFC 8032) gives equal bytes every time.

    Whether this tree continues the last one signed is for the caller to check before calling.
    """
    text = checkpoint.text()
    return format_note(text, [sign(text, checkpoint.origin, seed) for seed in seeds])


def parse_checkpoint(note: bytes) -> SignedCheckpoint:
    """Read a signed checkpoint; the signatures are not yet verified.

    Raises LedgerError: what `parse_note` raises, `checkpoint_malformed` (not three lines), `checkpoint_extension`
    (a fourth line), `checkpoint_size`, `checkpoint_root`.
    """
    read = parse_note(note)
    return SignedCheckpoint(parse_checkpoint_text(read.text), read)


def parse_checkpoint_text(text: bytes) -> Checkpoint:
    """Read the text of a checkpoint without its signatures. Raises as `parse_checkpoint`."""
    lines = text.decode("utf-8").split("\n")
    if len(lines) > 4:
        raise LedgerError("checkpoint_extension", found=lines[3][:80])
    if len(lines) < 4 or lines[3]:
        raise LedgerError("checkpoint_malformed", expected=3, found=len(lines) - 1)
    origin, size, root, _ = lines
    if not _SIZE.fullmatch(size):
        raise LedgerError("checkpoint_size", found=size[:24])
    try:
        return Checkpoint(origin, int(size), decode_base64(root, size=32))
    except LedgerError as problem:
        if problem.code.startswith("base64"):
            raise LedgerError("checkpoint_root", found=root[:64]) from None
        raise
