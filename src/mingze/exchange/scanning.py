"""Asking a virus scanner (clamd) about a file from outside before anybody but its sender gets it. Off unless it is set.

    [files]
    clamd = "unix:/run/clamav/clamd.ctl"        # or "tcp:127.0.0.1:3310"

A filing never waits for the scanner: the file is sealed as it came, because it is evidence. It is held "not yet scanned"
until the scanner has answered: asked each time somebody would be given it, so that what was learned since counts. No answer,
an error, or a file larger than the scanner takes is no "clean". What was clean a short while ago is not asked again.

Protocol: clamd(8), `zINSTREAM`: chunks of a 4-byte length and so many bytes, a length of zero at the end; the answer is
`stream: OK`, `stream: <name> FOUND` or `… ERROR`, each with a NUL.
"""

from __future__ import annotations

import socket
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from typing import Final

from mingze.casework import Refused

ADDRESS: Final = r"^(|unix:/[^\s]+|tcp:[A-Za-z0-9.-]+:[0-9]{1,5})$"
"""How the setting may read; empty is off."""

_CHUNK: Final = 1 << 16
_SECONDS: Final = 20.0
_CLEAN_FOR: Final = 3600.0
_REMEMBERED: Final = 4096


class Scanner:
    """One clamd; threads may share it."""

    def __init__(self, address: str, now: Callable[[], float] = time.monotonic) -> None:
        self._address = address
        self._now = now
        self._lock = threading.Lock()
        self._clean: OrderedDict[bytes, float] = OrderedDict()

    def require_clean(self, name: str, data: bytes) -> None:
        """Nothing, if the scanner says that a file is clean.

        Raises Refused `not_scanned` (no answer yet: try again later) and `virus_found`, each with the file's `name`.
        """
        digest = sha256(data).digest()
        with self._lock:
            known = self._clean.get(digest, float("-inf"))
        if self._now() - known <= _CLEAN_FOR:
            return
        try:
            said = self._ask(b"zINSTREAM\0", data)
        except OSError:
            raise Refused("not_scanned", name=name) from None
        if said == "stream: OK":
            with self._lock:
                self._clean[digest] = self._now()
                while len(self._clean) > _REMEMBERED:
                    self._clean.popitem(last=False)
            return
        raise Refused("virus_found" if said.endswith(" FOUND") else "not_scanned", name=name)

    def answers(self) -> bool:
        """Whether a scanner is there."""
        try:
            return self._ask(b"zPING\0", None) == "PONG"
        except OSError:
            return False

    def _ask(self, command: bytes, data: bytes | None) -> str:
        """One question on a connection of its own. Raises OSError."""
        with self._door() as door:
            door.settimeout(_SECONDS)
            door.sendall(command)
            if data is not None:
                for at in range(0, len(data), _CHUNK):
                    part = data[at : at + _CHUNK]
                    door.sendall(len(part).to_bytes(4, "big") + part)
                door.sendall(bytes(4))
            answer = b""
            while b"\0" not in answer and len(answer) < _CHUNK:
                part = door.recv(4096)
                if not part:
                    break
                answer += part
        return answer.partition(b"\0")[0].decode("utf-8", "replace").strip()

    def _door(self) -> socket.socket:
        kind, _, where = self._address.partition(":")
        if kind == "tcp":
            host, _, port = where.rpartition(":")
            return socket.create_connection((host, int(port)), timeout=_SECONDS)
        door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            door.settimeout(_SECONDS)
            door.connect(where)
        except OSError:
            door.close()
            raise
        return door
