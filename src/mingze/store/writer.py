"""The one writer: a queue, one thread, and one transaction for whatever arrived while the last one was being flushed.

    request threads ──► queue ──► drain ──► BEGIN · decide each · write all rows · COMMIT (one flush) ──► answer each

Nothing waits on purpose: an idle register answers after one flush, a busy one shares each flush among up to 512
commands. A command that finds nobody writing and nobody waiting is written at once by the thread that brought it (the
turn is a lock, so there is still one writer at any time), which saves two changes of thread.
A command is decided against the state the ones before it in the same batch have left; one that is refused leaves
nothing and answers alone. If the database itself objects to the batch as a whole, it is rolled back and its commands
are done again one by one, so that again only the one at fault fails.

If we crash here:
    before COMMIT     nothing of the batch exists; nobody was answered; a repeated command is a first one
    after COMMIT      everything exists; nobody was answered; a repeated command gets the first answer (idempotency)
    after a failed flush    the page cache can no longer be trusted, so the writer takes nothing more and says `stopped`
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import queue
import sys
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Final, Protocol

from mingze.store.connection import (
    DATABASE_ERRORS,
    Database,
    WriteConflict,
    is_duplicate,
    roll_back,
    unavailable,
)
from mingze.store.errors import Unavailable

BATCH: Final = 512
"""Commands in one transaction, at most."""

LOCK_FILE: Final = "register.lock"

SWITCH_SECONDS: Final = 0.0005
"""How long a thread that wants the interpreter waits before it is given up to it. Each step of a database call gives it
away; with Python's own 5 ms the writer and the publisher stood in line behind every request after every row."""


class Batch(Protocol):
    """What one transaction collects; `recording.Ledger` makes them."""

    def prepare(self, tasks: list[Task]) -> None: ...
    def attempt(self, work: Callable[[Any], Any]) -> Any: ...
    def flush(self) -> None: ...
    def settled(self) -> None: ...


class Task:
    """A command on its way: what to do, whether it must have a transaction to itself, and the answer."""

    __slots__ = ("_gate", "alone", "case_id", "error", "key", "result", "work")

    def __init__(self, work: Callable[[Any], Any], alone: bool, key: str, case_id: str) -> None:
        self.work = work
        self.alone = alone
        self.key = key
        self.case_id = case_id
        self.result: Any = None
        self.error: BaseException | None = None
        self._gate = threading.Lock()
        self._gate.acquire()

    def answer(self) -> None:
        """Let the waiting thread go on."""
        self._gate.release()

    def wait(self) -> Any:
        """The result, or the refusal raised in the thread that asked."""
        self._gate.acquire()
        if self.error is not None:
            raise self.error
        return self.result


class Writer:
    """Owns the only connection that writes; everything that is to be written passes through `submit`."""

    def __init__(self, database: Database, make_batch: Callable[[Any], Batch], lock_key: str) -> None:
        """Open for writing. Raises Unavailable `second_writer`, `read_only`, `gone`."""
        self._database = database
        self._make_batch = make_batch
        self._lock_key = lock_key
        self._lock_file = None if database.postgres else hold_lock(database.folder / LOCK_FILE)
        try:
            self._connection: Any = self._connect()
        except BaseException:
            self._release()
            raise
        self._queue: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._stopped: Unavailable | None = None
        self.reconnected: Callable[[], None] = lambda: None
        """Called when what is remembered of the database may no longer be so."""
        self.grown = threading.Event()
        """Set after a commit; whoever publishes the log waits for it."""
        self._turn = threading.Lock()
        self._door = threading.Lock()  # nobody comes in after the last look for who is still waiting
        self._pending = False
        self._closing = False
        sys.setswitchinterval(min(sys.getswitchinterval(), SWITCH_SECONDS))
        self._thread = threading.Thread(target=self._run, name="register-writer", daemon=True)
        self._thread.start()

    @property
    def stopped(self) -> Unavailable | None:
        """Why the writer takes nothing any more, or None."""
        return self._stopped

    def submit(self, work: Callable[[Any], Any], *, alone: bool = False, key: str = "", case_id: str = "") -> Any:
        """Do this in a transaction and answer when it is durable; `alone` gives it one of its own.

        `key` and `case_id` say which idempotency key and case the work will ask for, so that a batch reads them at
        once.

        Raises:
            Unavailable: the database would not take it; nothing was written, or (`gone`, while committing) it is not
                known, and repeating it with the same idempotency key tells.
            Whatever the work raises: then nothing of it was written.
        """
        if self._stopped is not None:
            raise Unavailable(self._stopped.code, self._stopped.detail)
        task = Task(work, alone, key, case_id)
        if not self._pending and self._queue.empty() and self._turn.acquire(blocking=False):
            try:
                self._perform([task])
            finally:
                self._turn.release()
        else:
            with self._door:
                if self._stopped is not None:
                    raise Unavailable(self._stopped.code, self._stopped.detail)
                self._queue.put(task)
        return task.wait()

    def close(self) -> None:
        """Finish what was accepted, then close the connection and give up the lock."""
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()
        with self._turn:
            self._stopped = self._stopped or Unavailable("gone", "closed")
            self._connection.close()
            self._release()

    def _run(self) -> None:
        """Take commands until told to close; whatever happens, nobody is left waiting for an answer."""
        waiting: deque[Task] = deque()
        try:
            while waiting or self._take(waiting):
                self._pending = True  # whoever comes now queues up instead of overtaking
                with self._turn:
                    self._pending = False
                    self._drain(waiting)
                    tasks = [waiting.popleft()]
                    while waiting and not tasks[0].alone and not waiting[0].alone:
                        tasks.append(waiting.popleft())
                    self._perform(tasks)
        finally:
            with self._door:
                self._stopped = self._stopped or Unavailable("gone", "closed")
            while not self._queue.empty():
                self._drain(waiting)
            for task in waiting:
                task.error = self._stopped
                task.answer()

    def _take(self, waiting: deque[Task]) -> bool:
        """Wait for the next command; False when there will be none."""
        if self._closing:
            return False
        task = self._queue.get()
        if task is None:
            return False
        waiting.append(task)
        return True

    def _drain(self, waiting: deque[Task]) -> None:
        """Whatever has arrived meanwhile, as much as fits one transaction."""
        while len(waiting) < BATCH:
            try:
                task = self._queue.get_nowait()
            except queue.Empty:
                return
            if task is None:
                self._closing = True
            else:
                waiting.append(task)

    def _perform(self, tasks: list[Task]) -> None:
        try:
            self._commit(tasks)
        except _Retry:
            self.reconnected()  # what is in memory was not what is in the database
            for task in tasks:
                task.result = task.error = None
                try:
                    self._commit([task])
                except _Retry as retry:
                    task.error = retry.reason
                except Exception as error:  # noqa: BLE001 - raised again in the thread that asked
                    task.error = self._why(error)
                finally:
                    task.answer()
            return
        except Exception as error:  # noqa: BLE001 - raised again in the threads that asked
            reason = self._why(error)
            for task in tasks:
                task.error = task.error or reason
        for task in tasks:
            task.answer()

    def _commit(self, tasks: list[Task]) -> None:
        if self._stopped is not None:
            raise Unavailable(self._stopped.code, self._stopped.detail)
        if not self._connection.present():
            self._reconnect()
        connection = self._connection
        try:
            connection.begin()
            batch = self._make_batch(connection)
            batch.prepare(tasks)
            done = 0
            for task in tasks:
                try:
                    task.result = batch.attempt(task.work)
                    done += 1
                except DATABASE_ERRORS:
                    raise
                except Exception as refusal:  # noqa: BLE001 - raised again in the thread that asked
                    task.error = refusal
            if not done:
                connection.rollback()
                return
            batch.flush()
        except DATABASE_ERRORS as error:
            roll_back(connection)
            if is_duplicate(error):
                raise _Retry(Unavailable("busy", "written twice")) from error
            raise
        except WriteConflict as error:
            roll_back(connection)
            raise _Retry(Unavailable("busy", "changed meanwhile")) from error
        except BaseException:
            roll_back(connection)
            raise
        batch.settled()
        if not self.grown.is_set():
            self.grown.set()

    def _why(self, error: Exception) -> BaseException:
        if isinstance(error, DATABASE_ERRORS):
            reason = unavailable(error)
            if isinstance(reason, Unavailable) and reason.code == "stopped":
                self._stopped = reason
            return reason
        return error

    def _connect(self) -> Any:
        connection = self._database.connect(write=True)
        if connection.kind == "postgres":
            try:
                sql = "SELECT pg_try_advisory_lock(hashtext(?))"
                held = connection.execute(sql, (f"mingze writer {self._lock_key}",)).fetchone()[0]
            except DATABASE_ERRORS as error:
                connection.close()
                raise unavailable(error) from error
            if not held:
                connection.close()
                raise Unavailable("second_writer")
        return connection

    def _reconnect(self) -> None:
        if not self._database.exists():
            raise Unavailable("gone", "the database is not there")
        if not self._database.postgres:  # the file is another one now: what we hold in memory is of the old one
            raise Unavailable("gone", "the database was replaced while it was open")
        self._connection = self._connect()
        self.reconnected()

    def _release(self) -> None:
        if self._lock_file is not None:
            self._lock_file.close()
            self._lock_file = None


class _Retry(Exception):
    """The batch was refused as a whole; each command gets a transaction of its own."""

    def __init__(self, reason: Unavailable) -> None:
        super().__init__(reason.detail)
        self.reason = reason


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
