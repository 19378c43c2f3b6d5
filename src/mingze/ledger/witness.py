"""Whether a new checkpoint may be signed: the one rule of witnesses, and of the log's own signer (C2SP tlog-witness).

    old 20852014
    PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
    …

    log.mingyuan.example/mingze/1
    20852163
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

    — log.mingyuan.example/mingze/1 Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+…

A tree is signed only if it continues, leaf for leaf, the last tree this signer has signed; so nobody who signs can be
made to bless a rewritten or shortened log, not even by an operator who restored an old backup.
What is decided here must be stored before it is answered, and reading the last tree, deciding and storing must be one
atomic step: that is the caller's part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from mingze.ledger.checkpoint import Checkpoint, SignedCheckpoint, parse_checkpoint
from mingze.ledger.errors import LedgerError
from mingze.ledger.note import NOTE_LIMIT, VerifierKey, decode_base64, encode_base64
from mingze.ledger.tree import EMPTY_ROOT, verify_consistency

PROOF_LINE_LIMIT: Final = 63
SIZE_MEDIA_TYPE: Final = "text/x.tlog.size"
"""Media type of the body of a 409: the size of the last signed tree, in decimal, and a newline."""

_OLD: Final = re.compile(r"old (0|[1-9][0-9]{0,18})")

type Status = Literal[200, 400, 403, 404, 409, 422]


@dataclass(frozen=True, slots=True)
class Seen:
    """The last tree a signer has signed for one log; at first the empty one."""

    size: int = 0
    root: bytes = EMPTY_ROOT


@dataclass(frozen=True, slots=True)
class AddCheckpoint:
    """A request to sign: the size from which consistency is shown, the proof, the checkpoint as a signed note."""

    old: int
    proof: tuple[bytes, ...]
    checkpoint: bytes

    def to_bytes(self) -> bytes:
        """The request's body."""
        lines = [f"old {self.old}", *(encode_base64(value) for value in self.proof)]
        return "\n".join([*lines, "", ""]).encode("ascii") + self.checkpoint


@dataclass(frozen=True, slots=True)
class Ruling:
    """What to answer, as an HTTP status, and why. On 200 `signed` is what to store and then to sign.

    A 409 for another size carries in `size` the size of the last signed tree, for the body of the answer; a 409 without
    it means two different trees of one size: proof of misconduct, worth keeping.
    """

    status: Status
    code: str
    signed: SignedCheckpoint | None = None
    size: int | None = None


def parse_add_checkpoint(data: bytes) -> AddCheckpoint:
    """Read a request. Raises LedgerError `request_malformed` with the line."""
    head, blank, checkpoint = data.partition(b"\n\n")
    if len(data) > NOTE_LIMIT or not blank:
        raise LedgerError("request_malformed", line=1)
    lines = head.decode("utf-8", "replace").split("\n")
    old = _OLD.fullmatch(lines[0])
    if old is None or len(lines) > 1 + PROOF_LINE_LIMIT:
        raise LedgerError("request_malformed", line=1 if old is None else 2 + PROOF_LINE_LIMIT)
    proof = []
    for number, line in enumerate(lines[1:], 2):
        try:
            proof.append(decode_base64(line, size=32))
        except LedgerError:
            raise LedgerError("request_malformed", line=number) from None
    return AddCheckpoint(int(old[1]), tuple(proof), checkpoint)


def rule(request: AddCheckpoint, seen: Seen, keys: Iterable[VerifierKey]) -> Ruling:
    """Whether to sign, given the last tree signed for this log and the logs' keys one accepts.

    The order of the questions is the specification's: known log, its signature, sizes in order, the size one remembers,
    the same tree if the same size, and the proof. A checkpoint with extension lines is malformed here.
    """
    try:
        signed = parse_checkpoint(request.checkpoint)
    except LedgerError:
        return Ruling(400, "checkpoint_malformed")
    head = signed.checkpoint
    known = [key for key in keys if key.name == head.origin]
    if not known:
        return Ruling(404, "log_unknown")
    try:
        if not signed.note.signers(known):
            return Ruling(403, "signature_missing")
    except LedgerError:
        return Ruling(403, "signature_bad")
    return _continues(request.old, request.proof, head, seen, signed)


def _continues(old: int, proof: Sequence[bytes], head: Checkpoint, seen: Seen, signed: SignedCheckpoint) -> Ruling:
    if old > head.size:
        return Ruling(400, "old_larger")
    if old != seen.size:
        return Ruling(409, "other_size", size=seen.size)
    if old == head.size and head.root != seen.root:
        return Ruling(409, "other_tree")
    if not verify_consistency(seen.size, head.size, seen.root, head.root, proof):
        return Ruling(422, "inconsistent")
    return Ruling(200, "continues", signed=signed)
