"""Reading a register that another process writes: wait until what was acknowledged stands in the tables.

The process that writes puts its journal into the tables as soon as it is idle, or the journal is full. Where no process
writes any more, because it was killed, whoever reads next does what that process's next start would have done.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from mingze.store.connection import (
    DATABASE_ERRORS,
    Database,
    Readers,
    WriteConflict,
    is_duplicate,
    roll_back,
    unavailable,
)
from mingze.store.errors import Unavailable
from mingze.store.journal import waits
from mingze.store.turn import LOCK_FILE, hold_lock
from mingze.store.writer import Memory, contradiction

WAIT_SECONDS: Final = 5.0
"""How long a reader waits for another process before it says `busy`."""


class Follower:
    """What is done before each read of a register opened for reading."""

    def __init__(self, database: Database, readers: Readers, authority: str, book: Callable[[], Memory]) -> None:
        """`book` makes the memory that puts a dead process's journal into the tables."""
        self._database = database
        self._readers = readers
        self._authority = authority
        self._book = book
        self._merging = False

    def up_to_date(self) -> bool:
        """Wait, or do it. Raises Unavailable `busy`, and what opening for writing raises where nobody else writes."""
        until = time.monotonic() + WAIT_SECONDS
        while not self._merging and self._waits():
            try:
                lock = hold_lock(self._database.folder / LOCK_FILE)
            except Unavailable as refused:
                if refused.code != "second_writer":
                    raise
                if time.monotonic() > until:
                    raise Unavailable("busy", "the journal is not in the tables yet") from None
                time.sleep(0.005)
                continue
            with lock:
                self._merge()
        return True

    def _waits(self) -> bool:
        with self._readers.lagging() as connection:
            return waits(connection, self._authority)

    def _merge(self) -> None:
        connection: Any = self._database.connect(write=True)
        self._merging = True
        try:
            connection.begin()
            self._book().merge(connection)
        except (WriteConflict, *DATABASE_ERRORS) as error:
            roll_back(connection)
            if isinstance(error, WriteConflict) or is_duplicate(error):
                raise contradiction() from error
            raise unavailable(error) from error
        finally:
            self._merging = False
            connection.close()
