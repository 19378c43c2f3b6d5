"""The one writer: a queue, one thread, and one transaction for whatever arrived while the last one was being flushed.

    request threads ──► queue ──► drain ──► BEGIN · decide each · write · COMMIT (one flush) ──► answer each

What is written is a page of the journal for a command or a few, which the merger puts into the tables behind the answers
(`journal`), and all rows of a large batch.

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
import queue
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, Final, Protocol

from mingze.store.book import TablesBehind
from mingze.store.connection import (
    DATABASE_ERRORS,
    Database,
    WriteConflict,
    is_duplicate,
    roll_back,
    unavailable,
)
from mingze.store.errors import Unavailable
from mingze.store.turn import LOCK_FILE, Turn, hold_lock

BATCH: Final = 512
"""Commands in one transaction, at most."""

SWITCH_SECONDS: Final = 0.0005
"""How long a thread that wants the interpreter waits before it is given up to it. Each step of a database call gives it
away; with Python's own 5 ms the writer and the publisher stood in line behind every request after every row."""


MERGE_SECONDS: Final = 0.02
"""How long nobody writes before what is only in the journal is put into its tables."""


class Batch(Protocol):
    """What one transaction collects."""

    def prepare(self, tasks: list[Task]) -> None: ...
    def attempt(self, work: Callable[[Any], Any]) -> Any: ...
    def flush(self) -> None: ...
    def settled(self) -> None: ...


class Memory(Protocol):
    """What the writer remembers between transactions; see `book.Book`."""

    @property
    def behind(self) -> bool: ...
    def batch(self, connection: Any) -> Batch: ...
    def forget(self) -> None: ...
    def merge(self, connection: Any) -> None: ...
    def write_ahead(self, connection: Any) -> Any: ...
    def blank(self, connection: Any) -> None: ...


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

    def __init__(self, database: Database, book: Memory, lock_key: str) -> None:
        """Open for writing. Raises Unavailable `second_writer`, `read_only`, `gone`."""
        self._database = database
        self._book = book
        self._lock_key = lock_key
        self._lock_file = None if database.postgres else hold_lock(database.folder / LOCK_FILE)
        try:
            self._connection: Any = self._connect()
        except BaseException:
            self._release()
            raise
        self._queue: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._stopped: Unavailable | None = None
        self.grown = threading.Event()
        """Set after a commit; whoever publishes the log waits for it."""
        self._turn = Turn()
        self._door = threading.Lock()  # nobody comes in after the last look for who is still waiting
        self._pending = False
        self._closing = False
        self._merging = False
        self._written = 0
        sys.setswitchinterval(min(sys.getswitchinterval(), SWITCH_SECONDS))
        self._ahead = threading.Event()
        self._thread = threading.Thread(target=self._run, name="register-writer", daemon=True)
        self._thread.start()
        self._merger = threading.Thread(target=self._merge_when_idle, name="register-merger", daemon=True)
        if not database.postgres:
            self._merger.start()

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
        if not self._pending and self._queue.empty() and self._turn.take():
            try:
                self._perform([task])
            finally:
                self._turn.give()
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
            if self._stopped is None or self._stopped.detail == "closed":
                with contextlib.suppress(Unavailable, *DATABASE_ERRORS):  # else the next opening does it
                    self._merge()
                    with self._connection.unflushed():
                        self._book.blank(self._connection)
            self._stopped = self._stopped or Unavailable("gone", "closed")
            self._ahead.set()
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

    def catch_up(self) -> bool:
        """Before a table is read: put into the tables what is only in the journal. False when that cannot be done now,
        and `ahead` has to be read instead.

        Raises TablesBehind inside a command: it is done again after the tables are up to date.
        """
        if self._turn.mine:
            if self._book.behind and not self._merging:
                raise TablesBehind
            return True
        if not self._book.behind:
            return True
        with self._turn:
            try:
                self._merge()
            except (Unavailable, *DATABASE_ERRORS) as error:
                reason = self._why(error)
                if not isinstance(reason, Unavailable) or reason.code not in ("disk_full", "stopped", "busy"):
                    raise reason from error
                return False
        return True

    @contextlib.contextmanager
    def ahead(self) -> Iterator[Any]:
        """A connection to read from while nothing can be written: the tables as they will be, in this process alone."""
        with self._turn:
            connection = self._connection
            self._merging = True
            try:
                connection.begin()
                self._book.write_ahead(connection)
                yield connection
            except WriteConflict as error:
                raise contradiction() from error
            except DATABASE_ERRORS as error:
                raise unavailable(error) from error
            finally:
                self._merging = False
                roll_back(connection)

    def _merge(self) -> None:
        """With the turn: bring the tables up to what was acknowledged. Raises Unavailable, and what the database says."""
        if not self._book.behind:
            return
        if self._stopped is not None and self._stopped.code == "stopped":
            raise Unavailable("stopped", self._stopped.detail)
        if not self._connection.present():
            self._reconnect()
        try:
            try:
                self._merge_once()
            except (WriteConflict, *DATABASE_ERRORS) as error:
                if not isinstance(error, WriteConflict) and not is_duplicate(error):
                    raise
                self._merge_once()  # what is in memory was not what is in the database: from the journal again
        except (WriteConflict, *DATABASE_ERRORS) as error:
            if not isinstance(error, WriteConflict) and not is_duplicate(error):
                raise
            self._stopped = contradiction()
            raise self._stopped from error

    def _merge_once(self) -> None:
        self._merging = True
        try:
            with self._connection.unflushed():
                self._connection.begin()
                self._book.merge(self._connection)
        except BaseException:
            roll_back(self._connection)
            self._book.forget()
            raise
        finally:
            self._merging = False

    def _merge_when_idle(self) -> None:
        """Put what is only in the journal into its tables as soon as nobody writes."""
        while True:
            self._ahead.wait()
            seen = -1
            while seen != self._written:
                seen = self._written
                time.sleep(MERGE_SECONDS)
            with self._turn:
                self._ahead.clear()
                if self._stopped is not None:
                    return
                with contextlib.suppress(Exception):  # said to whoever writes or reads next
                    self._merge()

    def _perform(self, tasks: list[Task]) -> None:
        try:
            try:
                self._commit(tasks)
            except TablesBehind:
                self._merge()
                for task in tasks:
                    task.result = task.error = None
                self._commit(tasks)
        except _Retry:
            self._book.forget()  # what is in memory was not what is in the database
            for task in tasks:
                task.result = task.error = None
                try:
                    self._merge()
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
            batch = self._book.batch(connection)
            batch.prepare(tasks)
            done = 0
            for task in tasks:
                try:
                    task.result = batch.attempt(task.work)
                    done += 1
                except (TablesBehind, *DATABASE_ERRORS):
                    raise
                except Exception as refusal:  # noqa: BLE001 - raised again in the thread that asked
                    task.error = refusal
            if not done:
                connection.rollback()
                return
            try:
                batch.flush()
            except TablesBehind:
                raise
            except BaseException:
                self._book.forget()  # it may be durable all the same: what is in the journal will tell
                raise
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
        self._written += 1
        if not self._ahead.is_set() and self._book.behind:
            self._ahead.set()
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
        self._book.forget()

    def _release(self) -> None:
        if self._lock_file is not None:
            self._lock_file.close()
            self._lock_file = None


class _Retry(Exception):
    """The batch was refused as a whole; each command gets a transaction of its own."""

    def __init__(self, reason: Unavailable) -> None:
        super().__init__(reason.detail)
        self.reason = reason


def contradiction() -> Unavailable:
    """Somebody else has written what the journal has for the tables: nobody here can say which of the two is right."""
    return Unavailable("stopped", "the tables contradict the journal")
