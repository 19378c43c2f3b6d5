"""The right to write: of one thread in a process, and of one process on the files of a register."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import threading
from pathlib import Path
from typing import IO, Final

from mingze.store.errors import Unavailable

LOCK_FILE: Final = "register.lock"


class Turn:
    """The right to write, one thread at a time; it knows whether it is held by whoever asks."""

    __slots__ = ("_holder", "_lock")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holder = 0

    @property
    def mine(self) -> bool:
        """Whether this thread has it."""
        return self._holder == threading.get_ident()

    def take(self, blocking: bool = False) -> bool:
        """Take it if it is free, or wait for it."""
        if not self._lock.acquire(blocking):
            return False
        self._holder = threading.get_ident()
        return True

    def give(self) -> None:
        """Let somebody else have it."""
        self._holder = 0
        self._lock.release()

    def __enter__(self) -> None:
        self.take(True)

    def __exit__(self, *_: object) -> None:
        self.give()


def hold_lock(path: Path) -> IO[str]:
    """Hold the right to write a register kept in files, for as long as the returned file is open.

    Raises Unavailable: `second_writer` when another process has it, `read_only`, `gone`, `disk_full`, `stopped`.
    """
    try:
        lock = open(path, "a+", encoding="ascii")  # noqa: SIM115 - it stays open as long as the writer lives
    except FileNotFoundError:
        raise Unavailable("gone", path.name) from None
    except OSError as error:
        raise Unavailable("read_only", path.name) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise Unavailable("second_writer", path.name) from error
    try:
        lock.seek(0)
        lock.truncate()
        lock.write(str(os.getpid()))
        lock.flush()
    except OSError as error:
        with contextlib.suppress(OSError):
            lock.close()
        raise Unavailable("disk_full" if error.errno == errno.ENOSPC else "stopped", path.name) from error
    return lock
