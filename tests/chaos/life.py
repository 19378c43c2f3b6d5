"""A process that lives the life of a server, tells what it has acknowledged, and is made to suffer.

    child ──► "here" ──► waits for "go" ──► opens, files, accepts, answers, publishes ──► journal, line by line
                 ▲
                 strace takes hold of it, if it shall

Children are forked from a process that has already read procedures and calendar, so a life of a few matters takes a
tenth of a second and every call it makes of the kernel is one that writing makes. A line of the journal is in the file
when the caller of a real server would have its answer; a file survives its writer.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from mingze import resources
from mingze.store import PublishRefused, Unavailable
from tests.store.town import Town, writer_of

resources.load_procedures()
resources.load_calendar()

_ANYBODY_MAY_TRACE: Final = (0x59616D61, ctypes.c_ulong(-1))
_FORKS: Final = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([__name__])


class Life:
    """A child process: let it `go`, wait for its `end`, or `kill` it."""

    def __init__(self, process: Any, gate: Any) -> None:
        self._process = process
        self._gate = gate
        self.pid: int = process.pid

    def go(self) -> None:
        """Let it begin."""
        self._gate.send("go")

    def end(self, seconds: float = 60) -> int:
        """Wait until it has ended; its exit code, negative for a signal."""
        self._process.join(seconds)
        assert self._process.exitcode is not None, "the process still runs"
        return self._process.exitcode

    def kill(self) -> None:
        """kill -9."""
        os.kill(self.pid, signal.SIGKILL)
        self.end()


@contextmanager
def life(town: Town, journal: Path, run: str, **how: Any) -> Iterator[Life]:
    """A process that is ready to write this town's register; `how` are the arguments of `live`."""
    here, there = _FORKS.Pipe()
    process = _FORKS.Process(target=_born, args=(there, town.place, str(town.folder), str(journal), run, how))
    process.start()
    there.close()
    assert here.recv() == "here"
    try:
        yield Life(process, here)
    finally:
        if process.is_alive():
            process.kill()
        process.join()
        here.close()


def _born(gate: Any, place: str, folder: str, journal: str, run: str, how: dict[str, Any]) -> None:
    ctypes.CDLL(None).prctl(*_ANYBODY_MAY_TRACE, 0, 0, 0)
    gate.send("here")
    gate.recv()
    file = os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    live(Town(place, Path(folder)), lambda line: os.write(file, line.encode() + b"\n"), run, **how)


def live(
    town: Town, tell: Any, run: str, *, matters: int, threads: int = 1, safe: bool = True, leave: bool = False
) -> None:
    """File matters and act on them, telling each request before and each answer after; publish now and then.

    Without `safe`, SQLite runs with `synchronous=NORMAL`. With `leave` the process ends at once without closing
    anything, as if it had been killed.
    """
    try:
        register = town.open()
        if not safe:
            for connection in (writer_of(register)._connection, register.vault._writer):
                connection.execute("PRAGMA synchronous=NORMAL")
        one_at_a_time = threading.Lock()

        def work(number: int) -> None:
            key = f"{run}-{number}"
            try:
                tell(f"asked {key}")
                filed = town.file(register, f"words of {key}", form_key=key, fields={"contact": "13800000000"})
                tell(f"filed {key} {filed.case_id} {filed.number} {filed.code}")
                acted = town.accept(register, filed.case_id, idempotency=key)
                tell(f"acted {key} {filed.case_id} {acted.n} {acted.leaf_index}")
                if number % 10 == 1 and one_at_a_time.acquire(blocking=False):
                    try:
                        tell(f"signed {run} {register.publish()}")
                    finally:
                        one_at_a_time.release()
            except (Unavailable, PublishRefused) as refused:
                tell(f"refused {key} {refused.code}")
                time.sleep(0.02)

        with ThreadPoolExecutor(threads) if threads > 1 else _HereAndNow() as pool:
            list(pool.map(work, range(matters)))
        if leave:
            os._exit(0)
        town.close()
    except Unavailable as refused:
        tell(f"refused {run} {refused.code}")


class _HereAndNow:
    """The calling thread as a pool of one, so that the kernel sees all calls in one order."""

    def __enter__(self) -> _HereAndNow:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing was kept."""

    @staticmethod
    def map(work: Any, numbers: Any) -> Any:
        return map(work, numbers)
