"""Who holds the key-encryption keys, and what they do with them: wrap and unwrap, and never give one out.

    secrets/vault.kek          the key that wraps now: 32 random bytes
    secrets/vault-1a2b3c4d.kek a key that wrapped before a rotation; needed while a vault archive of that time is kept

`FolderKeys` reads them in this process; `SocketKeys` asks the process of `mingze.vault.serving`, so that the web process
never has them. A wrapped key is `suite | nonce | ciphertext` and opens only in its own row, under its own name, with the
key-encryption key whose name stands beside it. A changed `vault.kek` is noticed at the next request.

    request   4 bytes length, MessagePack [verb, [item, …]]     wrap [where, secret] · unwrap, rewrap [kek, where, wrapped]
    answer    4 bytes length, MessagePack ["ok", kek, [bytes, …]] or ["no", code, [detail]]

Standards: NIST SP 800-38D (AES-256-GCM); RFC 5869 (HKDF). ASVS 5.0 11.1.1, 13.3.3.
"""

from __future__ import annotations

import os
import socket
import stat
import struct
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Protocol

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mingze.beside import reachable
from mingze.vault.sealing import KEY_SIZE, SealBroken, derive, open_sealed, seal

FOLDER: Final = "keys"
SOCKET: Final = "keys.sock"
CURRENT: Final = "vault.kek"
FRAME_LIMIT: Final = 1 << 22
_SECONDS: Final = 10.0
_PATIENCE: Final = 4.0
"""Seconds to wait for a keeper that is being started again, before it is said to be gone."""

_REQUEST: Final = msgspec.msgpack.Decoder(tuple[str, list[list[bytes]]])
_ANSWER: Final = msgspec.msgpack.Decoder(tuple[str, str, list[bytes]])


class KeysRefused(Exception):
    """The keys cannot be used: `keys_down` (nobody answers), `secret_missing`, `secret_open` (others may read the file),
    `secret_short`, `kek_unknown` (wrapped with a key that is not here), `bad_request`."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail
        self.values = {"file": detail, "found": 0, "expected": KEY_SIZE}


class Keeper(Protocol):
    """Whoever holds the key-encryption keys. Each method raises KeysRefused; opening raises SealBroken."""

    def kek_id(self) -> str:
        """The name of the key that wraps now."""
        ...

    def retired(self) -> list[str]:
        """The names of the keys that only unwrap."""
        ...

    def wrap(self, items: Sequence[tuple[bytes, bytes]]) -> tuple[str, list[bytes]]:
        """Secrets with the places they belong to, wrapped; and the name of the key that wrapped them."""
        ...

    def unwrap(self, kek: str, where: bytes, wrapped: bytes) -> bytes:
        """One secret again."""
        ...

    def unwrap_ahead(self, items: Sequence[tuple[str, bytes, bytes]]) -> Callable[[], list[bytes] | None]:
        """Ask for several secrets now and take them later, in the same thread; None where they have to be asked for
        again one by one, which then tells what is wrong."""
        ...

    def rewrap(self, items: Sequence[tuple[str, bytes, bytes]]) -> tuple[str, list[bytes]]:
        """The same secrets, wrapped with the key that wraps now."""
        ...

    def root(self) -> bytes:
        """The root of the record keys as the first version derived it from the key-encryption key."""
        ...


@dataclass(frozen=True)
class _Kek:
    """One key-encryption key, made ready."""

    name: str
    wrap: AESGCM
    root: bytes

    def __repr__(self) -> str:
        return f"<Kek {self.name}>"


def _kek(secret: bytes) -> _Kek:
    if len(secret) != KEY_SIZE:
        raise ValueError(f"the key-encryption key has {len(secret)} bytes, not {KEY_SIZE}")
    name = kek_name(secret)
    return _Kek(name, AESGCM(derive(secret, b"mingze/wrap/v1")), derive(secret, b"mingze/record/v1"))


def kek_name(secret: bytes) -> str:
    """What a key-encryption key is called in rows and records: it tells nothing of the key."""
    return sha256(b"mingze/kek/v1\x00" + secret).hexdigest()[:8]


class HeldKeys:
    """Key-encryption keys held in this process, the one that wraps first."""

    def __init__(self, *secrets_: bytes) -> None:
        self._held = [_kek(secret) for secret in secrets_]

    def _keks(self) -> list[_Kek]:
        return self._held

    def kek_id(self) -> str:
        """The name of the key that wraps now."""
        return self._keks()[0].name

    def retired(self) -> list[str]:
        """The names of the keys that only unwrap."""
        return [kek.name for kek in self._keks()[1:]]

    def wrap(self, items: Sequence[tuple[bytes, bytes]]) -> tuple[str, list[bytes]]:
        """Secrets wrapped for their places."""
        kek = self._keks()[0]
        return kek.name, [seal(kek.wrap, secret, where) for where, secret in items]

    def unwrap(self, kek: str, where: bytes, wrapped: bytes) -> bytes:
        """One secret again. Raises KeysRefused `kek_unknown`, SealBroken."""
        for held in self._keks():
            if held.name == kek:
                return open_sealed(held.wrap, wrapped, where)
        raise KeysRefused("kek_unknown", kek)

    def unwrap_ahead(self, items: Sequence[tuple[str, bytes, bytes]]) -> Callable[[], list[bytes] | None]:
        """Nothing is gained by asking oneself early."""
        return lambda: None

    def rewrap(self, items: Sequence[tuple[str, bytes, bytes]]) -> tuple[str, list[bytes]]:
        """The same secrets under the key that wraps now."""
        return self.wrap([(where, self.unwrap(kek, where, wrapped)) for kek, where, wrapped in items])

    def root(self) -> bytes:
        """The root of the record keys, derived from the key that wraps now."""
        return self._keks()[0].root


class FolderKeys(HeldKeys):
    """The keys of a folder of secrets; read again when `vault.kek` is another file than before."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder, self._current = str(folder), str(folder / CURRENT)
        self._seen: tuple[int, ...] = ()
        self._lock = threading.Lock()

    def _keks(self) -> list[_Kek]:
        try:
            now, around = os.stat(self._current), os.stat(self._folder)
            # The folder's own time changes with each file that is added to it or taken away.
            seen = (now.st_ino, now.st_mtime_ns, now.st_mode, around.st_ino, around.st_mtime_ns)
        except OSError:
            raise KeysRefused("secret_missing", CURRENT) from None
        with self._lock:
            if seen != self._seen:
                paths = [Path(self._current), *sorted(Path(self._folder).glob("vault-*.kek"))]
                keks = {kek.name: kek for kek in map(_kek, map(read_kek, paths))}
                self._held, self._seen = list(keks.values()), seen
            return self._held


def read_kek(path: Path) -> bytes:
    """A key-encryption key from its file.

    Raises KeysRefused `secret_missing`, `secret_open` when anybody but its owner may read it, `secret_short`.
    """
    try:
        mode = path.stat().st_mode
        secret = path.read_bytes()
    except OSError:
        raise KeysRefused("secret_missing", path.name) from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeysRefused("secret_open", path.name)
    if len(secret) < KEY_SIZE:
        raise KeysRefused("secret_short", path.name)
    return secret[:KEY_SIZE]


class SocketKeys:
    """The keys of another process; where none listens, `without` may give those of a folder.

    Each thread keeps its connection. A keeper that is being started again is waited for, a few seconds.
    """

    def __init__(self, path: Path, without: Callable[[], Keeper] | None = None) -> None:
        self._path = path
        self._without = without
        self._own: Keeper | None = None
        self._mine = threading.local()

    def kek_id(self) -> str:
        """The name of the key that wraps now."""
        return self._ask(lambda own: own.kek_id(), "name", [], lambda kek, _: kek)

    def retired(self) -> list[str]:
        """The names of the keys that only unwrap."""
        return self._ask(lambda own: own.retired(), "name", [], lambda _, found: [it.decode() for it in found])

    def wrap(self, items: Sequence[tuple[bytes, bytes]]) -> tuple[str, list[bytes]]:
        """Secrets wrapped for their places."""
        return self._ask(lambda own: own.wrap(items), "wrap", items, lambda kek, found: (kek, found))

    def unwrap(self, kek: str, where: bytes, wrapped: bytes) -> bytes:
        """One secret again."""
        items = [(kek.encode(), where, wrapped)]
        return self._ask(lambda own: own.unwrap(kek, where, wrapped), "unwrap", items, lambda _, found: found[0])

    def unwrap_ahead(self, items: Sequence[tuple[str, bytes, bytes]]) -> Callable[[], list[bytes] | None]:
        """The request is sent and the answer read when it is taken, or when this thread asks for something else."""
        request = frame(["unwrap", [(kek.encode(), where, wrapped) for kek, where, wrapped in items]])
        ahead = _Ahead(self._settle)
        try:
            frames = self._frames()
            self._settle()
            frames.send(request)
        except OSError:
            self._drop()
            return lambda: None
        self._mine.ahead = ahead
        return ahead

    def rewrap(self, items: Sequence[tuple[str, bytes, bytes]]) -> tuple[str, list[bytes]]:
        """The same secrets under the key that wraps now."""
        sent = [(kek.encode(), where, wrapped) for kek, where, wrapped in items]
        return self._ask(lambda own: own.rewrap(items), "rewrap", sent, lambda kek, found: (kek, found))

    def root(self) -> bytes:
        """The root of the record keys of the first version."""
        return self._ask(lambda own: own.root(), "root", [], lambda _, found: found[0])

    def _ask[T](
        self,
        own: Callable[[Keeper], T],
        verb: str,
        items: Sequence[tuple[bytes, ...]],
        read: Callable[[str, list[bytes]], T],
    ) -> T:
        request = frame([verb, items])
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                status, word, found = _ANSWER.decode(self._exchange(request))
                break
            except (OSError, msgspec.DecodeError) as error:
                self._drop()
                if self._without is not None:
                    self._own = self._own or self._without()
                    return own(self._own)
                if time.monotonic() >= until:
                    raise KeysRefused("keys_down", type(error).__name__) from error
                time.sleep(0.05)
        if status == "ok":
            return read(word, found)
        detail = found[0].decode("utf-8", "replace") if found else ""
        if word in ("seal_broken", "suite_unknown"):
            raise SealBroken(word, detail)
        raise KeysRefused(word, detail)

    def _exchange(self, request: bytes) -> bytes:
        frames = self._frames()
        self._settle()
        frames.send(request)
        answer = frames.next()
        if answer is None:
            raise ConnectionResetError("the keeper ended")
        return answer

    def _frames(self) -> Frames:
        """This thread's connection; one opened before a fork belongs to the other process."""
        if getattr(self._mine, "process", 0) != os.getpid():
            door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                patient(door)
                with reachable(self._path) as address:
                    door.connect(address)
            except OSError:
                door.close()
                raise
            self._mine.frames, self._mine.process, self._mine.ahead = Frames(door), os.getpid(), None
        return self._mine.frames

    def _settle(self) -> None:
        """Read the answer that this thread asked for ahead and has not taken yet: answers come in the order of requests."""
        ahead: _Ahead | None = getattr(self._mine, "ahead", None)
        if ahead is None or self._mine.process != os.getpid():
            return
        self._mine.ahead = None
        answer = self._mine.frames.next()
        if answer is None:
            raise ConnectionResetError("the keeper ended")
        ahead.answer = answer

    def _drop(self) -> None:
        if getattr(self._mine, "process", 0) == os.getpid():
            self._mine.frames.close()
        self._mine.process = 0
        self._mine.ahead = None


class _Ahead:
    """Secrets that were asked for and whose answer may still be on its way."""

    def __init__(self, settle: Callable[[], None]) -> None:
        self._settle = settle
        self.answer: bytes | None = None

    def __call__(self) -> list[bytes] | None:
        """The secrets; None when the keeper refused one of them or has gone."""
        try:
            if self.answer is None:
                self._settle()
            if self.answer is None:
                return None
            status, _, found = _ANSWER.decode(self.answer)
        except (OSError, msgspec.DecodeError):
            return None
        return found if status == "ok" else None


def frame(content: Any) -> bytes:
    """One message as it goes over the socket."""
    body = msgspec.msgpack.encode(content)
    return len(body).to_bytes(4, "big") + body


def patient(door: socket.socket) -> None:
    """Let the kernel watch how long a message may take: asking it before each read and write would cost as much again."""
    limit = struct.pack("@ll", int(_SECONDS), 0)
    for side in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        door.setsockopt(socket.SOL_SOCKET, side, limit)


class Frames:
    """Messages over one connection, each usually one read."""

    def __init__(self, door: socket.socket) -> None:
        self._door = door
        self._rest = b""

    def send(self, message: bytes) -> None:
        """Send one message that `frame` made. Raises OSError."""
        self._door.sendall(message)

    def next(self) -> bytes | None:
        """The next message; None when the other side has ended. Raises OSError, also for one that is too long."""
        held = self._rest
        while True:
            if len(held) >= 4:
                end = 4 + int.from_bytes(held[:4], "big")
                if end > FRAME_LIMIT + 4:
                    raise OSError("message too long")
                if len(held) >= end:
                    self._rest = held[end:]
                    return held[4:end]
            part = self._door.recv(1 << 16)
            if not part:
                return None
            held += part

    def close(self) -> None:
        """Close the connection."""
        self._door.close()


def answer(keys: HeldKeys, request: bytes) -> bytes:
    """What the keeper answers to one request."""
    try:
        verb, items = _REQUEST.decode(request)
        kek, found = _done(keys, verb, items)
        return frame(("ok", kek, found))
    except (KeysRefused, SealBroken) as refused:
        detail = refused.place if isinstance(refused, SealBroken) else refused.detail
        return frame(("no", refused.code, [detail.encode()]))
    except (msgspec.DecodeError, msgspec.ValidationError, ValueError, UnicodeDecodeError, IndexError):
        return frame(("no", "bad_request", []))


def _done(keys: HeldKeys, verb: str, items: list[list[bytes]]) -> tuple[str, Iterable[bytes]]:
    if verb == "wrap":
        return keys.wrap([(where, secret) for where, secret in items])
    if verb == "unwrap":
        return keys.kek_id(), [keys.unwrap(kek.decode(), where, wrapped) for kek, where, wrapped in items]
    if verb == "rewrap":
        return keys.rewrap([(kek.decode(), where, wrapped) for kek, where, wrapped in items])
    if verb == "root":
        return keys.kek_id(), [keys.root()]
    if verb == "name":
        return keys.kek_id(), [name.encode() for name in keys.retired()]
    raise KeysRefused("bad_request", verb[:40])


def listens(path: Path) -> bool:
    """Whether a keeper answers at this socket, whatever it answers."""
    try:
        with reachable(path) as address, socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
            patient(door)
            door.connect(address)
            frames = Frames(door)
            frames.send(frame(["name", []]))
            return frames.next() is not None
    except OSError:
        return False
