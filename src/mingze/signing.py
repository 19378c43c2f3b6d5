"""The signer of the log: a process of its own that holds the key and signs only what continues what it has signed.

    publisher ──old size, consistency proof, new tree head──► signer ──► is it ours? a continuation? ──► store ──► answer

It keeps, for each log it signs, the last tree head it signed as a signed note in a folder of its own, which no backup of
the database turns back. Reading it, ruling, storing and answering are one step under a lock, also against another
process. If we crash here: before storing, nothing was signed; after it, the head is signed though nobody has it, and
whoever asks for the same head again gets the same note.

The door is a Unix socket that only its account (or one group) may open: `seen`, `sign`, one request a connection. The
process imports neither the database nor the web framework. RFC 6962 §2.1.2; the rule is that of witnesses (C2SP
tlog-witness). Run it under another account, and whoever breaks into the web server can still not rewrite the log.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import socket
import threading
import tomllib
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Protocol

from mingze.beside import Taken, listening, live_as_child, reachable
from mingze.durable import write_durably
from mingze.ledger import (
    AddCheckpoint,
    LedgerError,
    Seen,
    VerifierKey,
    parse_add_checkpoint,
    parse_checkpoint,
    parse_checkpoint_text,
    parse_vkey,
    sign_checkpoint,
    verify_consistency,
    vkey,
)

SOCKET: Final = "signer.sock"
NEXT: Final = ".next"
"""What the name of a key's file ends in while the key is announced and the one before it still signs."""

FOLDER: Final = "signer"
_SECONDS: Final = 10
_LIMIT: Final = 1 << 20


class PublishRefused(Exception):
    """The log is not signed or not published; the code says why.

    `log_shorter` (than what was signed: a backup was restored), `log_forked` (it does not continue what was signed),
    `tile_differs` (a published file was changed), `standby_forgets` (an asynchronous standby could lose what is signed),
    `signer_down`, `signer_other_log`, `signer_state` (what the signer
    remembers cannot be read), `signer_unwritable`.
    """

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(f"{code}: {values}")
        self.code = code
        self.values = values


class Signer(Protocol):
    """Whoever signs tree heads."""

    def seen(self) -> Seen:
        """The last tree head signed for this log. Raises PublishRefused."""
        ...

    def sign(self, request: AddCheckpoint) -> bytes:
        """The signed note of the tree head in the request (its text, unsigned).

        Raises PublishRefused `signer_moved` (with `size`: show consistency from there) and its other codes.
        """
        ...


class NoSigner:
    """No signer can be had: for whoever only reads."""

    def seen(self) -> Seen:
        """Refuses."""
        raise PublishRefused("signer_down", why="none")

    def sign(self, request: AddCheckpoint) -> bytes:
        """Refuses."""
        raise PublishRefused("signer_down", why="none")


class FileSigner:
    """A signer in this process, with its memory in a folder."""

    def __init__(
        self, folder: Path, origin: str, seeds: bytes | Callable[[], Sequence[bytes]], published: Path | None = None
    ) -> None:
        """`seeds` is the secret seed, or what reads the seeds that sign now, the log's own first, anew for each request.

        `published` is a checkpoint that an earlier version, which had no signer, has published.
        """
        self._folder = folder
        self._origin = origin
        self._seeds = (lambda: (seeds,)) if isinstance(seeds, bytes) else seeds
        self._published = published
        self._threads = threading.Lock()
        self.key = parse_vkey(vkey(origin, self._seeds()[0]))

    @property
    def place(self) -> Path:
        """The file that holds the last head signed for this log."""
        return self._folder / f"{sha256(self._origin.encode()).hexdigest()}.checkpoint"

    def seen(self) -> Seen:
        """The last tree head signed for this log."""
        with self._alone():
            return self._last()[0]

    def sign(self, request: AddCheckpoint) -> bytes:
        """Rule, store, sign. The same head again gets the same note again."""
        try:
            head = parse_checkpoint_text(request.checkpoint)
        except LedgerError as problem:
            raise PublishRefused("signer_other_log", found=problem.code, expected=self._origin) from None
        if head.origin != self._origin:
            raise PublishRefused("signer_other_log", found=head.origin, expected=self._origin)
        with self._alone():
            last, note = self._last()
            if head.size < last.size:
                raise PublishRefused("log_shorter", found=head.size, signed=last.size)
            if head.size == last.size and note:
                if head.root != last.root:
                    raise PublishRefused("log_forked", found=head.size, signed=last.size)
                return note
            if request.old != last.size:
                raise PublishRefused("signer_moved", size=last.size)
            if not verify_consistency(last.size, head.size, last.root, head.root, request.proof):
                raise PublishRefused("log_forked", found=head.size, signed=last.size)
            signed = sign_checkpoint(head, *self._signing_seeds())
            try:
                write_durably(self.place, signed, 0o600)  # only what is remembered may leave this process
            except OSError as error:
                raise PublishRefused("signer_unwritable", why=error.strerror or type(error).__name__) from error
            return signed

    def _signing_seeds(self) -> Sequence[bytes]:
        try:
            return self._seeds()
        except OSError as error:
            raise PublishRefused("signer_state", file=error.filename or "", why=type(error).__name__) from error

    def _keys(self) -> list[VerifierKey]:
        return [parse_vkey(vkey(self._origin, seed)) for seed in self._signing_seeds()]

    def _last(self) -> tuple[Seen, bytes]:
        """The larger of what we remember and what we once published: either alone might have been put back."""
        found = [(Seen(), b"")]
        for path in (self.place, self._published):
            try:
                note = path.read_bytes() if path else b""
            except FileNotFoundError:
                continue
            except OSError as error:
                raise PublishRefused("signer_state", file=str(path), why=type(error).__name__) from error
            if not note:
                continue
            try:
                signed = parse_checkpoint(note)
                head = signed.checkpoint
                if head.origin != self._origin and path != self.place:
                    continue  # what is published is still the log before this one
                if head.origin != self._origin or not signed.note.signers(self._keys()):
                    raise LedgerError("unsigned")
            except LedgerError as problem:
                raise PublishRefused("signer_state", file=str(path), why=problem.code) from None
            found.append((Seen(head.size, head.root), note))
        return max(found, key=lambda it: it[0].size)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        with self._threads:
            try:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                lock = open(self._folder / "signing.lock", "a", encoding="ascii")  # noqa: SIM115 - closed below
            except OSError as error:
                raise PublishRefused("signer_unwritable", why=error.strerror or type(error).__name__) from error
            with lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield


class SocketSigner:
    """The signer of another process; where none listens, `without` may give one of our own."""

    def __init__(self, path: Path, without: Callable[[], Signer] | None = None) -> None:
        self._path = path
        self._without = without
        self._own: Signer | None = None

    def seen(self) -> Seen:
        """The last tree head signed for this log."""
        return self._ask(lambda signer: signer.seen(), b"seen\n", _read_seen)

    def sign(self, request: AddCheckpoint) -> bytes:
        """The signed note of a tree head."""
        return self._ask(lambda signer: signer.sign(request), b"sign\n" + request.to_bytes(), bytes)

    def _ask[T](self, own: Callable[[Signer], T], request: bytes, read: Callable[[bytes], T]) -> T:
        try:
            answer = _exchange(self._path, request)
        except OSError as error:
            if self._without is None:
                raise PublishRefused("signer_down", why=error.strerror or type(error).__name__) from error
            self._own = self._own or self._without()
            return own(self._own)
        status, _, body = answer.partition(b"\n")
        if status == b"ok":
            return read(body)
        code, *pairs = body.decode("utf-8", "replace").splitlines() or ["signer_down"]
        values = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
        raise PublishRefused(code, **{name: int(it) if it.isdigit() else it for name, it in values.items()})


def _read_seen(body: bytes) -> Seen:
    size, _, root = body.decode("ascii").partition(" ")
    return Seen(int(size), bytes.fromhex(root))


def listens(path: Path) -> bool:
    """Whether a signer answers at this socket."""
    try:
        return _exchange(path, b"seen\n").startswith((b"ok\n", b"no\n"))
    except OSError:
        return False


def _exchange(path: Path, request: bytes) -> bytes:
    with reachable(path) as address, socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.settimeout(_SECONDS)
        door.connect(address)
        door.sendall(request)
        door.shutdown(socket.SHUT_WR)
        answer = _read_all(door)
    if not answer:
        raise ConnectionResetError("the signer ended")
    return answer


def _read_all(door: socket.socket) -> bytes:
    parts, size = [], 0
    while size <= _LIMIT and (part := door.recv(1 << 16)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def serve(signer: FileSigner, path: Path, ready: Callable[[], None], group: str = "") -> None:
    """Answer at a socket until the process ends. One signer for one memory: a second is refused.

    Raises Taken; OSError when the socket cannot be made.
    """
    with listening(path, group) as door:
        ready()
        while True:
            visitor, _ = door.accept()
            with visitor, contextlib.suppress(OSError):
                visitor.settimeout(_SECONDS)
                visitor.sendall(_answer(signer, _read_all(visitor)))


def _answer(signer: FileSigner, request: bytes) -> bytes:
    verb, _, body = request.partition(b"\n")
    try:
        if verb == b"seen":
            last = signer.seen()
            return b"ok\n%d %b" % (last.size, last.root.hex().encode())
        if verb == b"sign":
            return b"ok\n" + signer.sign(parse_add_checkpoint(body))
        raise PublishRefused("signer_other_log", found=verb[:40].decode("utf-8", "replace"), expected="sign")
    except PublishRefused as refused:
        pairs = [f"{name}={value}".replace("\n", " ") for name, value in refused.values.items()]
        return "\n".join(["no", refused.code, *pairs]).encode()
    except LedgerError as problem:
        return f"no\nsigner_other_log\nfound={problem.code}\nexpected=request".encode()


def of_folder(folder: Path, key: Path | None = None, state: Path | None = None) -> FileSigner:
    """The signer of an instance folder, with its key and memory there or elsewhere.

    Raises OSError when the settings or the key cannot be read, LedgerError `key_size`, ValueError for bad settings.
    """
    settings = tomllib.loads((folder / "mingze.toml").read_text(encoding="utf-8"))
    seeds = seeds_in(key or folder / "secrets" / "log.key")
    return FileSigner(state or folder / FOLDER, settings["log"]["origin"], seeds, folder / "ledger" / "checkpoint")


def seeds_in(key: Path) -> Callable[[], tuple[bytes, ...]]:
    """What reads the key's file and, while the key is being changed, the next one beside it (``log.key.next``).

    A file that is taken away while the signer runs goes on being the key it was.
    """
    held: tuple[bytes, ...] = ()

    def read() -> tuple[bytes, ...]:
        nonlocal held
        following = key.with_name(key.name + NEXT)
        try:
            now = key.read_bytes()[:32]
            then = following.read_bytes()[:32] if following.exists() else now
        except OSError:
            if not held:
                raise
            return held
        held = (now,) if then == now else (now, then)
        return held

    return read


def public_key_of(signer: FileSigner, folder: Path) -> VerifierKey:
    """Leave the public key where the web process reads it, and return it."""
    path = folder / "ledger" / "log.vkey"
    line = f"{signer.key}\n".encode()
    if not path.exists() or path.read_bytes() != line:
        with contextlib.suppress(OSError):  # under an account that may not write there, the operator puts it there
            write_durably(path, line)
    return signer.key


def main() -> None:
    """`python -m mingze.signing DIR`: what `mingze serve` starts beside itself; it ends when its input ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    live_as_child()
    signer = of_folder(folder)
    public_key_of(signer, folder)
    try:
        serve(signer, folder / FOLDER / SOCKET, lambda: None)
    except Taken:
        raise SystemExit(0) from None


if __name__ == "__main__":
    main()
