"""The two databases a register can live in, SQLite and PostgreSQL, behind one small set of words.

SQL is written once, with `?` for a value; PostgreSQL gets it with `%s`. What differs (how to open, what must be
switched on, how an error is called) is here and nowhere else. There is no object mapping: rows are tuples.

SQLite runs WAL with `synchronous=FULL`: with NORMAL, 1,186 of 79,780 acknowledged rows were lost in simulated power
cuts. PostgreSQL is refused with `fsync`, `synchronous_commit` or `full_page_writes` off, for the same reason.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

import psycopg

from mingze.store.errors import Unavailable
from mingze.store.statements import joined, many_rows, numbered, part_of, stopping

SQLITE_REGISTER: Final = "register.sqlite3"
SQLITE_VAULT: Final = "vault.sqlite3"
BUSY_MS: Final = 5_000
"""Milliseconds a SQLite connection waits for another process before it gives up."""

CHECKPOINT_PAGES: Final = 4_000
"""Pages (16 MB) in SQLite's write-ahead log before they are moved into the database file; until then a page that is
written many times is moved once."""

POSTGRES_MINIMUM: Final = 150_000

type Row = tuple[Any, ...]
type Write = tuple[str, Sequence[Sequence[Any]], bool]
"""A statement, its rows, and whether each row must change exactly one row of the table."""


class WriteConflict(Exception):
    """A row that had to change was no longer as it was read: somebody else wrote in between."""


class DuplicateRow(Exception):
    """A row that may exist once exists already."""


class Connection(Protocol):
    """A connection to either database: what the store needs of it."""

    kind: str

    def execute(self, sql: str, values: Sequence[Any] = ..., /) -> Any: ...
    def write_all(self, writes: Sequence[Write]) -> None: ...
    def write_and_commit(self, writes: Sequence[Write]) -> None: ...
    def begin(self) -> None: ...
    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def present(self) -> bool: ...
    def close(self) -> None: ...


@contextmanager
def transaction(connection: Connection) -> Iterator[Connection]:
    """One transaction: all of it or none. Raises Unavailable for what the database says."""
    try:
        connection.begin()
        yield connection
        connection.commit()
    except BaseException as error:
        roll_back(connection)
        if isinstance(error, DATABASE_ERRORS):
            raise unavailable(error) from error
        raise


def roll_back(connection: Connection) -> None:
    """Undo what was begun; a connection that cannot even do that is closed, and `present` says so."""
    try:
        connection.rollback()
    except DATABASE_ERRORS:
        connection.close()


class SqliteConnection:
    """One SQLite connection with the settings that make an acknowledged row survive a power cut, checked when
    opened.
    """

    kind = "sqlite"

    def __init__(self, path: Path, *, write: bool, create: bool = False, secure_delete: bool = False) -> None:
        if not create and not path.exists():
            raise Unavailable("gone", path.name)
        mode = "rwc" if create else "rw" if write or os.access(path, os.W_OK) else _reading_mode(path)
        try:
            raw = sqlite3.connect(
                f"file:{_uri_path(path)}?mode={mode}",
                uri=True,
                isolation_level=None,
                check_same_thread=False,
                cached_statements=512,
                timeout=BUSY_MS / 1000,
            )
            raw.execute(f"PRAGMA busy_timeout={BUSY_MS}")
            raw.execute("PRAGMA foreign_keys=ON")
            if write:
                raw.execute("PRAGMA journal_mode=WAL")
                raw.execute("PRAGMA synchronous=FULL")
                raw.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
                if secure_delete:
                    raw.execute("PRAGMA secure_delete=ON")
                self._assert(raw, "journal_mode", "wal")
                self._assert(raw, "synchronous", 2)
            else:
                raw.execute("PRAGMA query_only=ON")
            self._assert(raw, "foreign_keys", 1)
        except sqlite3.Error as error:
            raise unavailable(error) from error
        self.raw = raw
        self.path = path
        self.execute = raw.execute
        self._name = str(path)
        self._inode = _inode(self._name)
        self._closed = False

    @staticmethod
    def _assert(raw: sqlite3.Connection, pragma: str, wanted: object) -> None:
        found = raw.execute(f"PRAGMA {pragma}").fetchone()[0]
        if found != wanted:
            raise Unavailable("read_only" if pragma == "journal_mode" else "gone", f"{pragma} is {found}, not {wanted}")

    def present(self) -> bool:
        """Whether the file this connection writes is still the one under its name.

        SQLite goes on writing to a file that was deleted or replaced; what it acknowledged then would be lost.
        """
        return not self._closed and _inode(self._name) == self._inode

    def transaction(self) -> AbstractContextManager[Connection]:
        """One transaction on this connection."""
        return transaction(self)

    def begin(self) -> None:
        self.execute("BEGIN IMMEDIATE")

    def write_all(self, writes: Sequence[Write]) -> None:
        for sql, rows, exactly in writes:
            if len(rows) == 1:
                changed = self.execute(sql, rows[0]).rowcount
            else:
                changed = self.raw.executemany(sql, rows).rowcount
            if exactly and changed != len(rows):
                raise WriteConflict(sql)

    def write_and_commit(self, writes: Sequence[Write]) -> None:
        """The last rows of a transaction, and its commit."""
        self.write_all(writes)
        self.commit()

    @contextmanager
    def unflushed(self) -> Iterator[None]:
        """Commits in here become durable with the next flush, not with their own; after a power cut either all of one is
        there or nothing. For what can be made again from what is durable, and nothing else.
        """
        before = self.execute("PRAGMA synchronous").fetchone()[0]
        self.execute("PRAGMA synchronous=NORMAL")
        try:
            yield
        finally:
            if not self._closed:
                if self.raw.in_transaction:  # the setting cannot change inside one
                    self.raw.execute("ROLLBACK")
                self.execute(f"PRAGMA synchronous={before}")
                self._assert(self.raw, "synchronous", before)

    def commit(self) -> None:
        self.execute("COMMIT")
        if not self.present():
            raise Unavailable("gone", self.path.name)

    def rollback(self) -> None:
        if not self._closed and self.raw.in_transaction:
            self.execute("ROLLBACK")

    def close(self) -> None:
        self._closed = True
        self.raw.close()


class PostgresConnection:
    """One PostgreSQL connection, refused when the server could forget what it has acknowledged."""

    kind = "postgres"

    def __init__(self, url: str, schema: str, *, write: bool) -> None:
        try:
            raw = psycopg.connect(url, autocommit=True, connect_timeout=10, application_name="mingze")
            raw.execute(f"SET search_path TO {schema}".encode())
            raw.execute("SET TIME ZONE 'Asia/Shanghai'")
            if raw.info.server_version < POSTGRES_MINIMUM:
                raise Unavailable("gone", f"PostgreSQL {raw.info.server_version // 10_000} is older than 15")
            if write:
                for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                    found = raw.execute(f"SHOW {setting}").fetchone()
                    if found is None or found[0] == "off":
                        raise Unavailable(
                            "gone", f"PostgreSQL runs with {setting}=off and could lose what it acknowledged"
                        )
            else:
                raw.execute("SET default_transaction_read_only = on")
        except psycopg.Error as error:
            raise unavailable(error) from error
        self.raw = raw
        self._to_begin = False
        """A transaction was asked for; BEGIN travels with its first statement."""

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Any:
        self._begin_now()
        return self.raw.execute(numbered(sql), values)  # type: ignore[arg-type]

    def present(self) -> bool:
        """Whether the connection is open."""
        return not self.raw.closed

    def transaction(self) -> AbstractContextManager[Connection]:
        """One transaction on this connection."""
        return transaction(self)

    def begin(self) -> None:
        self._to_begin = True

    @contextmanager
    def unflushed(self) -> Iterator[None]:
        """PostgreSQL has no journal of ours: its commits are flushed like any other."""
        yield

    def _begin_now(self) -> None:
        if self._to_begin:
            self._to_begin = False
            self.raw.execute("BEGIN")

    def write_and_commit(self, writes: Sequence[Write]) -> None:
        """The last rows of a transaction and its commit in one round trip; where nothing came before them, in one
        statement.

        A row that had to change and did not must stop the commit behind it, so the server itself divides by whether as
        many rows changed as should.
        """
        if not writes:
            self.commit()
            return
        parts = [part_of(sql, rows, exactly) for sql, rows, exactly in writes]
        try:
            if self._to_begin and all(parts):
                self._to_begin = False
                kinds = tuple(part[0] for part in parts if part)
                values = [value for part in parts if part for value in part[1]]
                values += [len(rows) for _, rows, exactly in writes if exactly]
                self.raw.execute(joined(kinds), values)  # type: ignore[arg-type]
                return
            with self.raw.pipeline():
                self._begin_now()
                for sql, rows, exactly in writes:
                    self._write(stopping(sql) if exactly else sql, rows)
                self.raw.execute("COMMIT")
        except psycopg.errors.DivisionByZero as error:
            raise WriteConflict("a row had changed") from error

    def _write(self, sql: str, rows: Sequence[Sequence[Any]]) -> Any:
        cursor = self.raw.cursor()
        if len(rows) == 1:
            cursor.execute(numbered(sql), rows[0])  # type: ignore[arg-type]
        elif part := part_of(sql, rows, exactly=False):
            (_, types, _), columns = part
            cursor.execute(numbered(many_rows(sql, types)), columns)  # type: ignore[arg-type]
        else:
            cursor.executemany(numbered(sql), rows)  # type: ignore[arg-type]
        return cursor

    def write_all(self, writes: Sequence[Write]) -> None:
        checks = []
        with self.raw.pipeline():
            self._begin_now()
            for sql, rows, exactly in writes:
                cursor = self._write(sql, rows)
                if exactly:
                    checks.append((cursor, len(rows), sql))
        for cursor, wanted, sql in checks:
            if cursor.rowcount != wanted:
                raise WriteConflict(sql)

    def commit(self) -> None:
        if not self._to_begin:
            self.raw.execute("COMMIT")
        self._to_begin = False

    def rollback(self) -> None:
        self._to_begin = False
        if not self.raw.closed:
            # Not a statement of our own: a statement behind one that failed was never prepared, and only `rollback`
            # lets psycopg forget that it thinks so.
            self.raw.rollback()

    def close(self) -> None:
        self.raw.close()


def _reading_mode(path: Path) -> str:
    """How to open a file we may not write. SQLite itself wants to write beside it, unless told that nobody does:
    true of a folder we cannot write in where no write-ahead log lies."""
    beside = path.with_name(path.name + "-wal").exists() or os.access(path.parent, os.W_OK)
    return "ro" if beside else "ro&immutable=1"


def _uri_path(path: Path) -> str:
    return str(path.resolve()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _inode(path: str) -> tuple[int, int]:
    try:
        found = os.stat(path)
    except OSError:
        return (-1, -1)
    return (found.st_dev, found.st_ino)


class Database:
    """Where a register (or its vault) lives: a folder with SQLite files, or a PostgreSQL URL with a schema of its
    own.
    """

    def __init__(self, place: str | os.PathLike[str], part: str = "register") -> None:
        text = os.fspath(place)
        self.postgres = text.startswith(("postgres://", "postgresql://"))
        self.part = part
        self.url = text
        self.folder = Path(".") if self.postgres else Path(text)
        self.path = self.folder / {"register": SQLITE_REGISTER, "vault": SQLITE_VAULT}[part]

    def connect(self, *, write: bool, create: bool = False) -> Any:
        """A new connection. Raises Unavailable: `gone`, `read_only`, `busy`."""
        if self.postgres:
            return PostgresConnection(self.url, self.part, write=write)
        return SqliteConnection(self.path, write=write, create=create, secure_delete=self.part == "vault")

    def readers(self) -> Readers:
        """Connections for reading this database."""
        return Readers(self)

    def exists(self) -> bool:
        """Whether there is something to open (a PostgreSQL server is asked only when connecting)."""
        return self.postgres or self.path.exists()


class Readers:
    """Connections for reading, handed to one thread at a time and kept for the next."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._idle: list[Any] = []
        self._lock = threading.Lock()
        self._closed = False
        self.up_to_date: Callable[[], bool] = lambda: True
        """Called before each read: makes what was acknowledged readable. False when it cannot be written into the tables
        now."""
        self.ahead: Callable[[], AbstractContextManager[Any]] | None = None
        """Where to read from then."""

    @contextmanager
    def __call__(self) -> Iterator[Any]:
        """A connection inside one read transaction: everything read in it is of one moment, and everything that was
        acknowledged before is in it.

        Raises:
            Unavailable: the database is gone, or cannot be read now.
        """
        if not self.up_to_date() and self.ahead is not None:
            with self.ahead() as connection:
                yield connection
            return
        with self.lagging() as connection:
            yield connection

    @contextmanager
    def lagging(self) -> Iterator[Any]:
        """The same without what is only in the journal. Raises Unavailable."""
        connection = self._take()
        try:
            if connection.kind == "postgres":
                connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            else:
                connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")
        except DATABASE_ERRORS as error:
            roll_back(connection)
            connection.close()
            raise unavailable(error) from error
        except BaseException:
            roll_back(connection)
            self._give(connection)
            raise
        self._give(connection)

    def _take(self) -> Any:
        with self._lock:
            while self._idle:
                connection = self._idle.pop()
                if connection.present():
                    return connection
                connection.close()
        return self._database.connect(write=False)

    def _give(self, connection: Any) -> None:
        with self._lock:
            if not self._closed and len(self._idle) < 16 and connection.present():
                self._idle.append(connection)
                return
        connection.close()

    def close(self) -> None:
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()


DATABASE_ERRORS: Final = (sqlite3.Error, psycopg.Error)

_SQLITE_REASONS: Final[dict[int, Any]] = {
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_PERM: "read_only",
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_CANTOPEN: "gone",
    sqlite3.SQLITE_NOTADB: "gone",
    sqlite3.SQLITE_CORRUPT: "gone",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
}

_POSTGRES_REASONS: Final[dict[str, Any]] = {
    "25006": "read_only",
    "42501": "read_only",
    "53100": "disk_full",
    "55P03": "busy",
    "40001": "busy",
    "40P01": "busy",
}


def unavailable(error: Exception) -> Exception:
    """The reason behind a database's own error; a failed flush is `stopped`, a broken connection `gone`.

    A statement that is wrong in itself is a fault of ours and comes back as it is.
    """
    if isinstance(error, Unavailable):
        return error
    if isinstance(error, sqlite3.Error):
        extended = getattr(error, "sqlite_errorcode", None) or 0
        if extended & 0xFF in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH):
            return error
        if extended == sqlite3.SQLITE_IOERR_WRITE:  # a limit on the file's size shows as this, not as SQLITE_FULL
            return Unavailable("disk_full", type(error).__name__)
        if extended & 0xFF == sqlite3.SQLITE_IOERR:
            return Unavailable("stopped", getattr(error, "sqlite_errorname", "") or "")
        return Unavailable(_SQLITE_REASONS.get(extended & 0xFF, "gone"), getattr(error, "sqlite_errorname", "") or "")
    state = getattr(error, "sqlstate", None) or ""
    if state[:2] in ("22", "23", "42") and state not in _POSTGRES_REASONS:
        return error
    return Unavailable(_POSTGRES_REASONS.get(state, "gone"), state)


def is_duplicate(error: Exception) -> bool:
    """Whether a database refused a row because it exists already."""
    if isinstance(error, sqlite3.IntegrityError):
        return "UNIQUE" in str(error)
    return isinstance(error, psycopg.errors.UniqueViolation)
