"""An outside witness: it remembers the last tree of each log it watches and cosigns only what continues it.

    request ──► rule (C2SP tlog-witness) ──► store the new tree, durably ──► sign ──► answer

Reading the last tree, ruling and storing are one step under a lock, in this process and against others. If we crash here:
before storing, nothing was signed; after it, the tree is remembered though nobody got the signature, and the log asks
again from there. A state that cannot be read stops the witness: it never begins anew with a log it has known.

Formats: C2SP tlog-witness, tlog-cosignature. Surprising case: two trees of one size are kept as evidence
(``conflict-….checkpoint``), because they prove that the log shows different people different things.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import threading
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from mingze.ledger import (
    COSIGNATURE,
    AddCheckpoint,
    LedgerError,
    Seen,
    VerifierKey,
    cosign,
    format_note,
    parse_add_checkpoint,
    parse_checkpoint,
    parse_vkey,
    rule,
    vkey,
)
from mingze.ledger.witness import SIZE_MEDIA_TYPE
from mingze.store.evidence import durable_write

TEXT = "text/plain; charset=utf-8"


class WitnessStateBroken(Exception):
    """What a witness remembers cannot be read; it stops rather than forget. `code` is worded as ``witness-<code>``."""

    def __init__(self, code: str, file: str) -> None:
        super().__init__(f"{code}: {file}")
        self.code = code
        self.values = {"file": file}


@dataclass(frozen=True)
class Answer:
    """What to answer over HTTP."""

    status: int
    body: bytes = b""
    media_type: str = TEXT


def origin_hash(origin: str) -> str:
    """The name of a log in a path: SHA-256 of its origin, in hexadecimal."""
    return sha256(origin.encode()).hexdigest()


def keep_seed(folder: Path) -> bytes:
    """The witness's secret seed, made at first use; readable by its owner only."""
    path = folder / "witness.key"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
        return path.read_bytes()


class Witness:
    """One witness with its key, its memory and the logs it watches. Threads share it; processes exclude each other."""

    def __init__(self, folder: Path, name: str, logs: Iterable[VerifierKey], seconds: Callable[[], int]) -> None:
        """`seconds` gives the time since 1970. Raises WitnessStateBroken; LedgerError for a bad name."""
        self._folder = folder
        self._name = name
        self._seed = keep_seed(folder)
        self._logs = tuple(logs)
        self._seconds = seconds
        self._lock = threading.Lock()
        self.key = parse_vkey(vkey(name, self._seed, COSIGNATURE))
        for log in self._logs:
            self._last(log.name)

    def add(self, body: bytes) -> Answer:
        """Answer ``POST /add-checkpoint``. Raises Unavailable when the tree could not be stored: nothing was signed."""
        try:
            request = parse_add_checkpoint(body)
        except LedgerError:
            return Answer(400, b"not an add-checkpoint request\n")
        with self._alone():
            return self._ruled(request)

    def _ruled(self, request: AddCheckpoint) -> Answer:
        try:
            origin = parse_checkpoint(request.checkpoint).checkpoint.origin
        except LedgerError:
            return Answer(400, b"not a checkpoint\n")
        seen, last_time = self._last(origin)
        ruling = rule(request, seen, self._logs)
        if ruling.status == 409 and ruling.size is not None:
            return Answer(409, b"%d\n" % ruling.size, SIZE_MEDIA_TYPE)
        if ruling.signed is None:
            if ruling.code in ("other_tree", "inconsistent"):
                name = f"conflict-{sha256(request.checkpoint).hexdigest()[:16]}.checkpoint"
                durable_write(self._folder / name, request.checkpoint)
            return Answer(ruling.status, ruling.code.encode() + b"\n")
        note = ruling.signed.note
        line = cosign(note.text, self._name, self._seed, max(self._seconds(), last_time))
        ours = (self._name, self.key.id)
        others = [it for it in note.signatures if (it.name, it.key_id) != ours][:60]
        durable_write(self._place(origin), format_note(note.text, [*others, line]))
        return Answer(200, line.line().encode())

    def checkpoint(self, name: str) -> bytes | None:
        """The last tree cosigned for the log of this origin hash, with the signature; for monitors."""
        known = {origin_hash(log.name) for log in self._logs}
        try:
            return (self._folder / f"{name}.checkpoint").read_bytes() if name in known else None
        except FileNotFoundError:
            return None

    def _place(self, origin: str) -> Path:
        return self._folder / f"{origin_hash(origin)}.checkpoint"

    def _last(self, origin: str) -> tuple[Seen, int]:
        """The last tree of a log and the second at which it was signed; the empty tree for one never seen."""
        path = self._place(origin)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return Seen(), 0
        try:
            signed = parse_checkpoint(data)
            at = signed.note.signers([self.key])[self.key].timestamp
        except (LedgerError, KeyError):
            raise WitnessStateBroken("state_broken", str(path)) from None
        return Seen(signed.checkpoint.size, signed.checkpoint.root), at

    @contextmanager
    def _alone(self):
        with self._lock, open(self._folder / "lock", "a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
