"""What every part of an open register shares: its databases, its writer, its procedures, and who may know of a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from mingze.accounts.offices import Offices
from mingze.casework import (
    Actor,
    Case,
    Refused,
    is_barred,
)
from mingze.procedure import Procedure
from mingze.store.book import Book
from mingze.store.connection import Readers
from mingze.store.errors import Unavailable
from mingze.store.evidence import Evidence
from mingze.store.library import Library, read_stored
from mingze.store.publishing import Publisher
from mingze.store.writer import Writer
from mingze.terms import Calendar
from mingze.vault.keeping import Keeper
from mingze.vault.keys import Vault

if TYPE_CHECKING:
    from mingze.store.documents import Documents
    from mingze.store.promises import Promises


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime: ...


@dataclass(frozen=True)
class Keys:
    """The secrets the register needs, 32 bytes each: for receipt codes, and the key-encryption key of the vault or
    whoever keeps it."""

    receipt: bytes = field(repr=False)
    kek: Keeper | bytes = field(repr=False)


class Versions(dict[str, Procedure]):
    """Procedures by hash; one that is not in memory yet is read from the stored copies."""

    def __init__(self, load: Callable[[str, str], Procedure]) -> None:
        super().__init__()
        self._load = load

    def __missing__(self, digest: str) -> Procedure:
        return self._load("", digest)


class Opened:
    """The ground of a `Register`, which sets all of this when it is opened."""

    authority: str
    clock: Clock
    calendar: Calendar
    offices: Offices
    readers: Readers
    vault: Vault
    evidence: Evidence
    library: Library
    documents: Documents
    promises: Promises
    _book: Book
    _by_hash: Versions
    _publisher: Publisher
    _receipt_key: bytes
    _superiors: Mapping[str, str | None]
    _writer: Writer | None

    def submit(self, work: Any, *, alone: bool = False, key: str = "", case_id: str = "") -> Any:
        """Hand work to the one writer and wait until it is durable. Raises what the work raises, or Unavailable."""
        if self._writer is None:
            raise Unavailable("read_only", "opened for reading")
        return self._writer.submit(work, alone=alone, key=key, case_id=case_id)

    @property
    def procedures(self) -> Mapping[str, Procedure]:
        """The procedures in force, by name: the stored copies that two persons (or the installer) put in force."""
        return self.library.active

    @property
    def writes(self) -> bool:
        """Whether it was opened for writing."""
        return self._writer is not None

    @property
    def writable(self) -> Unavailable | None:
        """Why nothing can be written now (for the health page); None when the writer takes commands."""
        if self._writer is None:
            return Unavailable("read_only", "opened for reading")
        return self._writer.stopped

    def posts(self) -> list[tuple[str, tuple[str, ...]]]:
        """The posts of all offices with their functions, in the order of the register of competences."""
        return [(post.id, post.functions) for office in self.offices for post in self.offices.posts_of(office.id)]

    def now_of(self, case: Case) -> datetime:
        """The time, never before the case's last event: a clock set back must not stop the work."""
        return max(self.clock.now(), datetime.fromisoformat(case.last_at))

    def hidden(self, case_id: str, actor: Actor | None) -> bool:
        """Whether a case is, for this actor, not there at all: their office is excluded from it, their post stands aside,
        or only other posts know of it.
        """
        if actor is None or actor.kind != "post":
            return False
        held = self._book.cases.get(case_id)
        if held is not None:
            return is_barred(held.case, actor)
        sql = (
            "SELECT 1 FROM case_excluded WHERE authority = ? AND office = ? AND case_id = ? AND post IN ('', ?)"
            " UNION ALL SELECT 1 FROM case_circle WHERE authority = ? AND case_id = ?"
            " AND NOT EXISTS (SELECT 1 FROM case_circle WHERE authority = ? AND case_id = ? AND post = ?)"
        )
        here = (self.authority, case_id)
        values = (self.authority, actor.office, case_id, actor.post, *here, *here, actor.post)
        with self.readers() as connection:
            return connection.execute(sql, values).fetchone() is not None

    def _procedure_of(self, case_id: str) -> Procedure:
        held = self._book.cases.get(case_id)
        if held is not None:
            return self._by_hash[held.case.procedure_hash]
        sql = "SELECT procedure, procedure_hash FROM case_file WHERE authority = ? AND case_id = ?"
        with self.readers() as connection:
            row = connection.execute(sql, (self.authority, case_id)).fetchone()
        if row is None:
            raise Refused("unknown_case")
        return self.procedure_version(*row)

    def procedure_version(self, name: str, digest: str) -> Procedure:
        """The version of a procedure that a case is pinned to, also when the files have changed since.

        Raises Refused `procedure_version_missing`.
        """
        found = self._by_hash.get(digest)
        if found is None:
            sql = "SELECT texts FROM procedure_version WHERE authority = ? AND hash = ?"
            with self.readers() as connection:
                row = connection.execute(sql, (self.authority, digest)).fetchone()
            found = read_stored(row[0]) if row else None
            if found is None or found.hash != digest:
                raise Refused("procedure_version_missing", procedure=name, hash=digest)
            self._by_hash[digest] = found
        return found
