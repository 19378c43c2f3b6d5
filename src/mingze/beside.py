"""A process beside the server that holds what the server must not: how it is started, found and left.

    server ──starts, watches──► child ──one Unix socket, for its own account (or one group)──► whoever may ask

The signer of the log and the keeper of the vault's keys are such processes. Each has a lock beside its socket, so that
there is never a second one; as a child it ends when the server and its worker have ended, however they went.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path


class Taken(Exception):
    """Another process already serves at this socket."""


@contextlib.contextmanager
def reachable(path: Path) -> Iterator[str]:
    """The socket's address; a long one is reached through its folder, because an address has at most 107 bytes."""
    if len(os.fsencode(path)) < 100 or sys.platform != "linux":
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


@contextlib.contextmanager
def listening(path: Path, group: str = "") -> Iterator[socket.socket]:
    """A socket that only this account, or one group, may open (0600 or 0660), held alone.

    Raises Taken; OSError when the socket cannot be made.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(path.with_name(path.name + ".lock"), "a+", encoding="ascii") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Taken from None
        held.truncate(0)
        held.write(str(os.getpid()))
        held.flush()
        path.unlink(missing_ok=True)  # of one that was killed: the lock says that it is gone
        with reachable(path) as address, socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
            before = os.umask(0o117 if group else 0o177)
            try:
                door.bind(address)
            finally:
                os.umask(before)
            if group:
                shutil.chown(path, group=group)
            door.listen(64)
            yield door


class Beside:
    """A module run as a child of the server: started again when it dies, ended when the server and its worker have."""

    def __init__(self, module: str, folder: Path) -> None:
        self._command = [sys.executable, "-m", module, str(folder)]
        self._name = module
        self._stopping = threading.Event()
        self._child = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        # Its input is a pipe that only this process and the forked worker hold: it ends when both have gone.
        return subprocess.Popen(self._command, stdin=subprocess.PIPE)

    def watch(self) -> None:
        """Start it again whenever it dies, in a thread, until `stop`."""
        threading.Thread(target=self._watch, name=self._name, daemon=True).start()

    def _watch(self) -> None:
        while True:
            self._child.wait()
            if self._stopping.wait(1):
                return
            self._child = self._start()

    def stop(self) -> None:
        """End it and wait."""
        self._stopping.set()
        self._child.terminate()
        self._child.wait()


def live_as_child() -> None:
    """In such a child: leave the terminal's signals to the server, and end when the server that started us has gone."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_until_alone, daemon=True).start()


def _until_alone() -> None:
    while os.read(0, 1):
        pass
    os._exit(0)
