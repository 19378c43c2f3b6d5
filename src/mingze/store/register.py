"""The register of cases: what may be asked of it, and the only way by which an event comes to be.

    file, act ──► check the form ──► seal (this thread) ──► writer: decide, record, commit ──► answer
    read      ──► the access record is committed first ──► then, and only then, the text is opened

Whoever repeats a command with its key gets the first answer. Whoever acts on a case that has moved on is told what
happened instead. Reading needs no lock; each answer is of one moment.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mingze.accounts.offices import Offices
from mingze.casework import (
    Actor,
)
from mingze.ledger import (
    Policy,
)
from mingze.procedure import Procedure
from mingze.signing import FOLDER as SIGNER_FOLDER
from mingze.signing import FileSigner, NoSigner, Signer
from mingze.store import standing
from mingze.store.acting import Acting, NextCase
from mingze.store.answers import (
    Acted,
    CaseFile,
    CaseLink,
    Filed,
    GovernanceRecorded,
    GovernedEvent,
    Holder,
    Invited,
    OpenedFile,
    StoredEvent,
)
from mingze.store.book import Book
from mingze.store.connection import Database
from mingze.store.documents import Documents
from mingze.store.erasing import Erasing
from mingze.store.errors import Unavailable
from mingze.store.evidence import Evidence
from mingze.store.filing import RECORD_PARTY
from mingze.store.following import Follower
from mingze.store.library import Library
from mingze.store.listing import Listing
from mingze.store.lots import Lots
from mingze.store.opened import Clock, Keys, Versions
from mingze.store.opening import superiors
from mingze.store.outbox import Outbox
from mingze.store.passes import Passes
from mingze.store.promises import Promises
from mingze.store.public_log import PublicLog
from mingze.store.publishing import Publisher
from mingze.store.reading_sealed import ReadingSealed
from mingze.store.schema import require_current
from mingze.store.unsealing import Unsealing
from mingze.store.values import Values
from mingze.store.voices import Voices
from mingze.store.writer import Writer
from mingze.terms import Calendar
from mingze.vault.keys import Vault

__all__ = [
    "Acted",
    "CaseFile",
    "CaseLink",
    "Clock",
    "Filed",
    "GovernanceRecorded",
    "GovernedEvent",
    "Holder",
    "Invited",
    "Keys",
    "NextCase",
    "OpenedFile",
    "RECORD_PARTY",
    "Register",
    "StoredEvent",
]


class Register(Acting, ReadingSealed, Listing, Passes, PublicLog):
    """One authority's cases. Threads share it; `close` it when the process ends."""

    def __init__(
        self,
        place: str | os.PathLike[str],
        authority: str,
        mark: str,
        keys: Keys,
        clock: Clock,
        procedures: Mapping[str, Procedure],
        calendar: Calendar,
        offices: Offices,
        origin: str,
        signer: Signer,
        write: bool,
        folder: Path,
        policy: Policy | None = None,
    ) -> None:
        self.authority = authority
        self.clock = clock
        self.given = procedures
        self.calendar = calendar
        self.offices = offices
        self._superiors = superiors(offices)
        self.origin = origin
        self._by_hash = Versions(self.procedure_version)
        self._by_hash.update({procedure.hash: procedure for procedure in procedures.values()})
        self._receipt_key = keys.receipt
        database = Database(place, "register")
        vault_database = Database(place, "vault")
        for part in (database, vault_database):
            if not part.exists():
                raise Unavailable("gone", part.path.name)
            connection = part.connect(write=False)
            try:
                require_current(connection)
            finally:
                connection.close()
        self.readers = database.readers()
        self.vault = Vault(vault_database, authority, keys.kek, write=write)
        self.evidence = Evidence(folder / "evidence")
        self._book = Book(authority, mark, self.vault, self._by_hash)
        self._writer: Writer | None = None
        self.library = Library(self)
        if write:
            try:
                self._writer = Writer(database, self._book, authority)
                if not database.postgres:
                    self.readers.up_to_date, self.readers.ahead = self._writer.catch_up, self._writer.ahead
                if not self.library.versions():  # new, or made before versions were put in force by name
                    self.library.install(self.given.values())
            except BaseException:
                self.close()
                raise
        elif not database.postgres:
            follower = Follower(
                database, self.readers, authority, lambda: Book(authority, mark, self.vault, self._by_hash)
            )
            self.readers.up_to_date = follower.up_to_date
        self._publisher = Publisher(folder / "ledger", authority, origin, signer, self.readers, self.submit, policy)
        self.documents = Documents(self)
        self.outbox = Outbox(self)
        self.values = Values(self)
        self.promises = Promises(self)
        self.voices = Voices(self, keys.receipt)
        self.lots = Lots(self)
        self.erasing = Erasing(self)
        self.unsealing = Unsealing(self, keys.receipt)

    @classmethod
    def open(
        cls,
        place: str | os.PathLike[str],
        authority: Any,
        *,
        keys: Keys,
        clock: Clock,
        procedures: Mapping[str, Procedure],
        calendar: Calendar,
        offices: Offices,
        origin: str,
        log_seed: bytes = b"",
        signer: Signer | None = None,
        policy: Policy | None = None,
        write: bool = True,
        mark: str = "",
        folder: str | os.PathLike[str] | None = None,
    ) -> Register:
        """The register in a folder (SQLite) or at a PostgreSQL URL.

        `signer` signs the log; with a `log_seed` instead, one in this process does, and without either nothing is
        signed. `policy` names the witnesses whose cosignatures are asked for.

        `authority` is its id, or the instance's Authority, whose `mark` begins every case number. `folder` is where
        `evidence/` and `ledger/` are kept; for SQLite it is the database's own.

        Raises:
            OtherVersion: the database needs `mingze upgrade`, or a newer program.
            Unavailable: `gone`, `read_only`, `second_writer` (another process writes it already).
        """
        name = authority if isinstance(authority, str) else authority.id
        sign = mark or getattr(authority, "mark", "")
        home = Path(folder) if folder is not None else Database(place).folder
        if signer is None and log_seed:
            signer = FileSigner(home / SIGNER_FOLDER, origin, log_seed, home / "ledger" / "checkpoint")
        return cls(
            place, name, sign, keys, clock, procedures, calendar, offices, origin, signer or NoSigner(), write, home,
            policy,
        )  # fmt: skip

    def may(self, actor: Actor | None, verb: str, case_id: str = "", *, number: str = "", field: str = "") -> bool:
        """Whether the table of rights lets somebody do this with a case, by its id or its number; False for one that
        is not there. One query, whatever the answer.
        """
        return standing.may(self, actor, verb, case_id, number=number, field=field)

    def close(self) -> None:
        """Finish what was accepted and let go of the database."""
        if self._writer is not None:
            self._writer.close()
        self.vault.close()
        self.readers.close()
