"""The register of cases: what may be asked of it, and the only way by which an event comes to be.

    file, act ──► check the form ──► seal (this thread) ──► writer: decide, record, commit ──► answer
    read      ──► the access record is committed first ──► then, and only then, the text is opened

Whoever repeats a command with its key gets the first answer. Whoever acts on a case that has moved on is told what
happened instead. Reading needs no lock; each answer is of one moment.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, Protocol

from mingze.accounts.offices import Offices
from mingze.casework import (
    Actor,
    Case,
    Command,
    Event,
    Following,
    Refused,
    Sealed,
    circle_of,
    decide,
    decide_linked,
    decode,
    excluded_offices,
    is_barred,
    note_correction,
    opener,
    passed_on,
    record_read,
    shown,
)
from mingze.ledger import (
    GOVERNANCE,
    Opening,
    Policy,
    Tile,
    event_commitment,
    format_proof,
    inclusion_nodes,
    inclusion_proof,
    leaf_bytes,
    leaf_hash,
    tile_bytes,
)
from mingze.measures import CaseFact, CaseStatistics, case_statistics
from mingze.procedure import Action, Procedure
from mingze.signing import FOLDER as SIGNER_FOLDER
from mingze.signing import FileSigner, NoSigner, Signer
from mingze.store import pages, standing
from mingze.store.book import Book
from mingze.store.codes import code_digest, linked_code, party_code, read_code, receipt_code
from mingze.store.connection import Database
from mingze.store.documents import CommitmentRow, Documents
from mingze.store.erasing import Erasing
from mingze.store.errors import Unavailable
from mingze.store.evidence import Evidence
from mingze.store.fields import Entered, Upload, check_form
from mingze.store.following import Follower
from mingze.store.library import Library, read_stored
from mingze.store.lots import Lots
from mingze.store.opening import carried, find_offices, keeper, opening_party, superiors
from mingze.store.outbox import Outbox
from mingze.store.pages import CaseFilter, CaseRow, Page
from mingze.store.promises import PROCEDURE as PROMISE
from mingze.store.promises import Promises
from mingze.store.publishing import Publisher
from mingze.store.recording import Draft, Held, Known, open_event
from mingze.store.schema import require_current
from mingze.store.sealing import SealedSlot, open_file, open_slot, seal_file, seal_slot
from mingze.store.tree import fetch_entries, fetch_governance, fetch_nodes
from mingze.store.values import Values
from mingze.store.voices import Voices
from mingze.store.unsealing import Unsealing
from mingze.store.writer import Writer
from mingze.terms import Calendar, local_day
from mingze.vault.keeping import Keeper
from mingze.vault.keys import DataKey, KeyDestroyed, Vault

RECORD_PARTY = "record"
"""Whose key seals what belongs to a case without parties: the authority's own record of it."""


BESIDE = ("read", "settled", "asked", "approved", "refused", "deferred")
"""Events after which a case has not moved on for whoever acts in it."""


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime: ...


@dataclass(frozen=True)
class Keys:
    """The secrets the register needs, 32 bytes each: for receipt codes, and the key-encryption key of the vault or
    whoever keeps it."""

    receipt: bytes = field(repr=False)
    kek: Keeper | bytes = field(repr=False)


@dataclass(frozen=True)
class Filed:
    """What the person keeps. A repeated filing has the same case and code, and says that it was `repeated`."""

    case_id: str
    number: str
    code: str
    n: int
    leaf_index: int
    repeated: bool


@dataclass(frozen=True)
class Invited:
    """A party who did not open the case, and the code that is theirs: to be handed over, and shown this once."""

    party: str
    code: str


@dataclass(frozen=True)
class Acted:
    """An action that is durable: which event of the case it became, and its place in the log.

    `opened` is the linked case it opened, with its number and code; `invited` the party it gave a code. Repeated with
    the same key, both are the same again.
    """

    case_id: str
    n: int
    leaf_index: int
    repeated: bool
    opened: Filed | None = None
    invited: Invited | None = None


@dataclass(frozen=True)
class Holder:
    """Who holds a receipt code: the party of one case."""

    case_id: str
    party: str


@dataclass(frozen=True)
class CaseLink:
    """A case linked to another: opened from it (`child`), or the one it was opened from (`parent`)."""

    case_id: str
    number: str
    procedure: str
    action: str
    n: int
    way: Literal["parent", "child"]


@dataclass(frozen=True)
class GovernanceRecorded:
    """A governance record that is durable: which of its chain, and its place in the log."""

    n: int
    leaf_index: int
    repeated: bool


@dataclass(frozen=True)
class StoredEvent:
    """An event as it was recorded, with its place in the log."""

    event: Event
    leaf_index: int
    leaf_hash: bytes


@dataclass(frozen=True)
class GovernedEvent:
    """A governance record as it is published: its number in the chain, its place in the log, and what it says."""

    n: int
    leaf_index: int
    kind: str
    event: Mapping[str, Any]
    nonce: bytes
    bytes: bytes

    @property
    def facts(self) -> Mapping[str, Any]:
        """What is said."""
        return self.event["facts"]

    @property
    def recorded_at(self) -> datetime:
        """When it was written."""
        return datetime.fromisoformat(self.event["recorded_at"])


@dataclass(frozen=True)
class CaseFile:
    """Everything of a case that needs no key: its present state, its events, and its row in the lists."""

    case: Case
    procedure: Procedure
    number: str
    events: tuple[StoredEvent, ...]
    row: CaseRow
    language: str
    channel: str

    @property
    def title(self) -> str:
        """The public title; "" where the narrative is sealed, because a title would tell it."""
        return self.row.title

    @property
    def reads(self) -> tuple[StoredEvent, ...]:
        """The access records: who opened which sealed part, when, and for what."""
        return tuple(stored for stored in self.events if stored.event.type == "read")


@dataclass(frozen=True)
class OpenedFile:
    """A file that came with a matter, opened: to be offered as a download, never shown in the page."""

    name: str
    type: str
    data: bytes


class Register:
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
            follower = Follower(database, self.readers, authority, lambda: Book(authority, mark, self.vault, self._by_hash))
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

    # -- writing -------------------------------------------------------------------------------------------------

    def govern(
        self, kind: str, facts: Mapping[str, Any], actor: Actor | None = None, *, idempotency: str = ""
    ) -> GovernanceRecorded:
        """Record publicly how the register is run: a key, a procedure put in force, a calendar, a release, a statement.

        The facts are published word for word, so they hold no person: who did it is a post. The same key is recorded
        once.

        Raises LedgerError `governance_kind`; Unavailable.
        """

        def work(draft: Draft) -> tuple[Known, bool]:
            known = draft.known(f"{GOVERNANCE}/{idempotency}") if idempotency else None
            if known is not None:
                return known, True
            return draft.govern(kind, facts, actor, self.clock.now(), idempotency), False

        known, repeated = self.submit(work)
        return GovernanceRecorded(known.n, known.leaf_index, repeated)

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

    def file(
        self,
        procedure_name: str,
        fields: Mapping[str, Any],
        files: Sequence[Upload] = (),
        *,
        form_key: str,
        actor: Actor | None = None,
        offices: Mapping[str, str] | None = None,
        language: str = "zh-Hans",
        channel: str = "web",
        occurred_at: datetime | None = None,
    ) -> Filed:
        """Open a case. The receipt is given after the commit; the same form key gets the same case and code.

        Raises:
            Invalid: what was entered does not fit the form; every problem is listed.
            Refused: the procedure does not allow it (`unknown_procedure`, `no_office_yet` where the authority has
                nobody for a part of the procedure, and the codes of `decide`).
            Unavailable: nothing was written, or it is not known and repeating it tells.
        """
        procedure = self.procedures.get(procedure_name)
        if procedure is None:
            raise Refused("unknown_procedure", procedure=procedure_name)
        key = "file/" + _digest(form_key)
        holder = keeper(procedure, actor)
        code = receipt_code(self._receipt_key, form_key) if holder else ""
        known = self._known(key)
        if known is not None:
            return self._filed(known, code)
        party = self._party(procedure, actor)
        actor = actor or Actor("party", party=party)
        entered = check_form(procedure, procedure.opening, fields, files, self.offices)
        case_id = secrets.token_hex(16)
        data_key = self.vault.new_key(case_id, party) if entered.slots or entered.files else None
        slots = self._seal(case_id, entered, data_key)
        command = self._command(procedure.opening_name, actor, entered, slots, offices, key, occurred_at, None)
        opening = {"language": language, "channel": channel, "reach": entered.reach}

        def work(draft: Draft) -> tuple[Known, bool]:
            known = draft.known(key)
            if known is not None:
                return known, True
            if data_key is not None:
                draft.data_keys.append(data_key)
            return self.open_case(draft, procedure, command, case_id, code, slots, opening, holder), False

        known, repeated = self.submit(work, key=key)
        if data_key is not None and not repeated:
            self.vault.hold(data_key)
        return replace(self._filed(known, code), repeated=repeated)

    def open_case(
        self,
        draft: Draft,
        procedure: Procedure,
        command: Command,
        case_id: str,
        code: str = "",
        slots: Sequence[SealedSlot] = (),
        opening: Mapping[str, str] | None = None,
        holder: str = "",
    ) -> Known:
        """Inside the writer: decide the opening command of a new case and record it; its code is the `holder`'s.

        Raises Refused.
        """
        now = self.clock.now()
        excluded = excluded_offices(procedure, command.facts, self._superiors) if procedure.excluded else ()
        command = replace(command, offices=find_offices(procedure, command.offices, self.offices, excluded))
        event = decide(
            procedure, None, command, now, self.calendar, authority=self.authority, case_id=case_id,
            superiors=self._superiors, circle=circle_of(procedure, command.offices, self.posts(), command.actor),
        )  # fmt: skip
        number = draft.next_number(procedure, local_day(now).year)
        known = draft.record(procedure, None, event, slots, {"number": number, **(opening or {})})
        if code:
            draft.codes.append((self.authority, code_digest(code), case_id, holder))
        if command.idempotency:
            draft.remember(command.idempotency, known)
        return known

    def act(
        self,
        case_id: str,
        action: str,
        actor: Actor,
        fields: Mapping[str, Any] | None = None,
        files: Sequence[Upload] = (),
        *,
        offices: Mapping[str, str] | None = None,
        idempotency: str,
        expected_n: int | None = None,
        occurred_at: datetime | None = None,
    ) -> Acted:
        """Take an action in a case.

        `expected_n` is the number of events the actor had seen. Access records and settled dates among the ones
        since do not count as the case having moved on.

        Raises:
            Refused: the procedure does not allow it here and now; `case_moved_on` says which action came first
                (`first_action`), by which office and post (`first_office`, `first_post`) and when (`first_at`);
                `unknown_case`; `erased` when the party's data was erased.
            Invalid, Unavailable: as for `file`.
        """
        procedure = self._procedure_of(case_id)
        if self.hidden(case_id, actor):
            raise Refused("unknown_case")
        if action not in procedure.actions:
            raise Refused("unknown_action", action=action)
        declared = procedure.actions[action]
        entered = check_form(procedure, declared, fields or {}, files, self.offices)
        data_key = self._data_key(case_id, procedure, actor) if entered.slots or entered.files else None
        slots = self._seal(case_id, entered, data_key)
        key = f"{case_id}/{_digest(idempotency)}"
        command = self._command(action, actor, entered, slots, offices, key, occurred_at, expected_n)
        next_case = self._next_case(case_id, key, procedure, declared, entered, actor) if declared.opens else None
        watched = procedure.name == PROMISE
        alone = watched and self.promises.concerns(procedure, action, entered)

        def work(draft: Draft) -> tuple[Known, bool]:
            held = draft.held(case_id)
            if held is None:
                raise Refused("unknown_case")
            known = held.answers.get(key)
            if known is not None:
                return known, True
            if held.case.procedure_hash != procedure.hash:  # moved to a new version since the form was drawn
                raise Refused(
                    "case_moved_on", action=action, expected_n=expected_n, n=held.case.n, stage=held.case.stage
                )
            asked = command
            if expected_n is not None and expected_n != held.case.n:
                asked = replace(command, expected_n=self._seen(draft, held, action, expected_n))
            beside = self.promises.before(draft, procedure, held, asked, entered) if watched else None
            if next_case is not None:
                return self.act_and_open(draft, procedure, held, asked, slots, next_case), False
            event = decide(
                procedure, held.case, asked, self.now_of(held.case), self.calendar,
                authority=self.authority, case_id=case_id, previous=held.last_leaf, superiors=self._superiors,
            )  # fmt: skip
            known = draft.record(procedure, held, event, slots)
            if beside is not None:
                draft.after += beside(known.n)
            if declared.invites:
                digest = code_digest(party_code(self._receipt_key, case_id, declared.invites))
                draft.codes.append((self.authority, digest, case_id, declared.invites))
            return known, False

        known, repeated = self.submit(work, key=key, case_id=case_id, alone=alone)
        opened = self._opened(known, next_case) if next_case is not None else None
        invited = None
        if declared.invites:
            invited = Invited(declared.invites, party_code(self._receipt_key, case_id, declared.invites))
        return Acted(known.case_id, known.n, known.leaf_index, repeated, opened, invited)

    def _next_case(
        self, case_id: str, key: str, procedure: Procedure, declared: Action, entered: Entered, actor: Actor
    ) -> NextCase:
        """What can be made ready of a linked case before the writer's turn: its keys, its sealed parts, its code."""
        child = self.procedures.get(declared.opens)
        if child is None:
            raise Refused("unknown_procedure", procedure=declared.opens)
        first = opener(child, actor)
        holder = keeper(child, first)
        given = carried(entered, procedure, child)
        child_id = secrets.token_hex(16)
        data_key = self.vault.new_key(child_id, self._party(child, first)) if given.slots or given.files else None
        code = linked_code(self._receipt_key, key) if holder else ""
        return NextCase(child, child_id, given, data_key, self._seal(child_id, given, data_key), holder, code)

    def act_and_open(
        self,
        draft: Draft,
        procedure: Procedure,
        held: Held,
        command: Command,
        slots: Sequence[SealedSlot],
        next_case: NextCase,
    ) -> Known:
        """Inside the writer: the event of the action and the first event of the case it opens, both or none."""
        child, now = next_case.procedure, self.now_of(held.case)
        facts, given_offices = passed_on(procedure, held.case, command.action, command.facts, child)
        excluded = (*held.case.excluded, *excluded_offices(child, facts, self._superiors))
        following = Following(
            child,
            next_case.case_id,
            tuple(slot.mention for slot in next_case.slots),
            find_offices(child, given_offices, self.offices, excluded),
        )
        event, first = decide_linked(
            procedure, held.case, command, now, self.calendar, authority=self.authority, following=following,
            previous=held.last_leaf, superiors=self._superiors,
        )  # fmt: skip
        known = draft.record(procedure, held, event, slots)
        number = draft.next_number(child, local_day(now).year)
        reach = next_case.given.reach
        opening = {"number": number, "language": held.language, "channel": held.channel, "reach": reach}
        if next_case.data_key is not None:
            draft.data_keys.append(next_case.data_key)
        draft.record(child, None, first, next_case.slots, opening)
        if next_case.code:
            draft.codes.append((self.authority, code_digest(next_case.code), next_case.case_id, next_case.holder))
        return known

    def _opened(self, known: Known, next_case: NextCase) -> Filed:
        """The linked case that an action opened the first time it was sent, with the code of then."""
        found = self.case(known.case_id)
        assert found is not None
        child_id = next(link["case"] for link in found.case.links if link["n"] == known.n)
        if next_case.data_key is not None and child_id == next_case.case_id:
            self.vault.hold(next_case.data_key)
        opened = self.case(child_id)
        assert opened is not None
        first = opened.events[0]
        return Filed(child_id, opened.number, next_case.code, 1, first.leaf_index, child_id != next_case.case_id)

    def pass_over(self, case_ids: Sequence[str], step: Any) -> int:
        """For the jobs: let `step(procedure, case, now, previous)` make events of these cases until it answers None,
        all in one transaction; returns how many were recorded. A case whose step is refused is left as it is.

        Raises Unavailable.
        """

        def work(draft: Draft) -> int:
            recorded = 0
            for case_id in case_ids:
                for _ in range(8):  # no case has more clocks that can run out at once
                    held = draft.held(case_id)
                    if held is None:
                        break
                    procedure = self.procedure_version(held.case.procedure, held.case.procedure_hash)
                    try:
                        event = step(procedure, held.case, self.now_of(held.case), held.last_leaf)
                    except Refused:
                        break
                    if event is None:
                        draft.look_again(case_id)
                        break
                    draft.record(procedure, held, event)
                    recorded += 1
            return recorded

        return self.submit(work)

    def lapsed_cases(self, after: str, limit: int, by: datetime | None = None) -> list[str]:
        """Open cases with a period that has run out (by now, or by a moment) and is not marked yet, by id."""
        now = by or self.clock.now()
        sql = (
            "SELECT case_id FROM case_file WHERE authority = ? AND is_open = 1 AND next_lapse < ?"
            " AND (length(next_lapse) > 10 OR next_lapse < ?) AND case_id > ? ORDER BY case_id LIMIT ?"
        )
        values = (self.authority, now.isoformat(), local_day(now).isoformat(), after, limit)
        with self.readers() as connection:
            return [row[0] for row in connection.execute(sql, values).fetchall()]

    def provisional_cases(self, after: str, limit: int) -> list[str]:
        """Open cases with a date that depends on a day no calendar covered, by id."""
        sql = (
            "SELECT case_id FROM case_file WHERE authority = ? AND is_open = 1 AND provisional = 1 AND case_id > ?"
            " ORDER BY case_id LIMIT ?"
        )
        with self.readers() as connection:
            return [row[0] for row in connection.execute(sql, (self.authority, after, limit)).fetchall()]

    def open_cases(self, after: str, limit: int) -> list[str]:
        """Open cases by id."""
        sql = (
            "SELECT case_id FROM case_file WHERE authority = ? AND is_open = 1 AND case_id > ? ORDER BY case_id LIMIT ?"
        )
        with self.readers() as connection:
            return [row[0] for row in connection.execute(sql, (self.authority, after, limit)).fetchall()]

    def note_each(self, case_ids: Sequence[str], calendar: Calendar) -> int:
        """For the jobs: record for each of these cases that a calendar would give another date, once a calendar."""

        def work(draft: Draft) -> int:
            recorded = 0
            for case_id in case_ids:
                held, key = draft.held(case_id), f"{case_id}/calendar/{calendar.digest}"
                if held is None or key in held.answers:
                    continue
                procedure = self.procedure_version(held.case.procedure, held.case.procedure_hash)
                event = note_correction(
                    procedure, held.case, self.now_of(held.case), calendar,
                    authority=self.authority, previous=held.last_leaf, idempotency=key,
                )  # fmt: skip
                if event is not None:
                    draft.record(procedure, held, event)
                    recorded += 1
            return recorded

        return self.submit(work)

    def compared_with(self, calendar: Calendar) -> bool:
        """Whether every running date has been compared with this calendar."""
        sql = "SELECT 1 FROM calendar_pass WHERE authority = ? AND digest = ?"
        with self.readers() as connection:
            return connection.execute(sql, (self.authority, calendar.digest)).fetchone() is not None

    def set_compared_with(self, calendar: Calendar) -> None:
        """Every running date has been compared with this calendar."""
        sql = (
            "INSERT INTO calendar_pass (authority, digest, version, passed_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING"
        )
        row = (self.authority, calendar.digest, calendar.version, self.clock.now().isoformat())
        self.submit(lambda draft: draft.connection.write_all([(sql, [row], False)]), alone=True)

    def _seen(self, draft: Draft, held: Held, action: str, expected_n: int) -> int:
        """The present n, when only readings (with what belongs to them) and settled dates came since; else tell what came
        first.
        """
        since = [row for row in draft.events_after(held.case.id, expected_n) if row[1] not in BESIDE]
        if not since and expected_n < held.case.n:
            return held.case.n
        values: dict[str, Any] = {}
        if since:
            n, _, _, sealed, key_id = since[0]
            first = decode(open_event(self.vault, held.case.id, n, key_id, bytes(sealed))[1])
            values = {
                "first_action": first.action or first.type,
                "first_office": first.office,
                "first_post": first.post,
                "first_at": first.recorded_at,
            }
        raise Refused(
            "case_moved_on", action=action, expected_n=expected_n, n=held.case.n, stage=held.case.stage, **values
        )

    def posts(self) -> list[tuple[str, tuple[str, ...]]]:
        """The posts of all offices with their functions, in the order of the register of competences."""
        return [(post.id, post.functions) for office in self.offices for post in self.offices.posts_of(office.id)]

    def now_of(self, case: Case) -> datetime:
        """The time, never before the case's last event: a clock set back must not stop the work."""
        return max(self.clock.now(), datetime.fromisoformat(case.last_at))

    def _command(
        self,
        action: str,
        actor: Actor,
        entered: Entered,
        slots: Sequence[SealedSlot],
        offices: Mapping[str, str] | None,
        key: str,
        occurred_at: datetime | None,
        expected_n: int | None,
    ) -> Command:
        mentions: tuple[Sealed, ...] = tuple(slot.mention for slot in slots)
        return Command(action, actor, entered.facts, mentions, dict(offices or {}), key, occurred_at, expected_n)

    def _seal(self, case_id: str, entered: Entered, key: DataKey | None) -> list[SealedSlot]:
        if key is None:
            return []
        slots = [seal_slot(self.authority, key, slot, content) for slot, content in entered.slots.items()]
        for count, file in enumerate(entered.files, 1):
            slot_id = secrets.token_hex(8)
            digest = self.evidence.keep(seal_file(self.authority, key, slot_id, file.data))
            content = {
                "field": file.field,
                "name": file.name,
                "type": file.type,
                "size": len(file.data),
                "sha256": sha256(file.data).hexdigest(),
            }
            slots.append(seal_slot(self.authority, key, f"attachment:{count}", content, digest, slot_id))
        return slots

    def _data_key(self, case_id: str, procedure: Procedure, actor: Actor) -> DataKey:
        try:
            return self.vault.ensure(case_id, self._party(procedure, actor), self.clock.now().isoformat())
        except KeyDestroyed as error:
            raise Refused("erased", **error.values) from error

    @staticmethod
    def _party(procedure: Procedure, actor: Actor | None) -> str:
        """Under whose key something is sealed: the party who acts, else the party the case is about."""
        if actor is not None and actor.kind == "party":
            return actor.party
        return opening_party(procedure) or next(iter(procedure.parties), RECORD_PARTY)

    def may(self, actor: Actor | None, verb: str, case_id: str = "", *, number: str = "", field: str = "") -> bool:
        """Whether the table of rights lets somebody do this with a case, by its id or its number; False for one that
        is not there. One query, whatever the answer.
        """
        return standing.may(self, actor, verb, case_id, number=number, field=field)

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

    def _known(self, key: str) -> Known | None:
        known = self._book.ahead.keys.get(key)
        if known is not None:
            return known
        sql = "SELECT case_id, n, leaf_index FROM idempotency WHERE authority = ? AND key = ?"
        with self.readers.lagging() as connection:
            row = connection.execute(sql, (self.authority, key)).fetchone()
        return Known(*row) if row else None

    def _filed(self, known: Known, code: str) -> Filed:
        sql = "SELECT number FROM case_file WHERE authority = ? AND case_id = ?"
        held = self._book.cases.get(known.case_id)
        if held is not None:
            return Filed(known.case_id, held.number, code, known.n, known.leaf_index, True)
        with self.readers() as connection:
            number = connection.execute(sql, (self.authority, known.case_id)).fetchone()[0]
        return Filed(known.case_id, number, code, known.n, known.leaf_index, True)

    # -- reading -------------------------------------------------------------------------------------------------

    def by_code(self, code: str) -> str | None:
        """The case of a receipt code, however it was typed. A code that cannot be one is looked up like any other."""
        found = self.holder(code)
        return found.case_id if found else None

    def holder(self, code: str) -> Holder | None:
        """The case of a receipt code and the party whose it is: each party of a case has a code of their own."""
        digest = code_digest(read_code(code))
        sql = "SELECT case_id, party FROM receipt_code WHERE authority = ? AND digest = ?"
        with self.readers() as connection:
            row = connection.execute(sql, (self.authority, digest)).fetchone()
        if row is None:
            return None
        case_id, party = row
        return Holder(case_id, party or next(iter(self._procedure_of(case_id).parties), ""))

    def by_number(self, number: str, viewer: Actor | None = None) -> str | None:
        """The case of a public number; brackets and blanks may be typed as anybody types them. For a `viewer` who is
        barred from a case it is not there.
        """
        clean = "".join(number.split()).translate(_BRACKETS)
        barred, mine = pages.not_barred(viewer)
        sql = f"SELECT c.case_id FROM case_file c WHERE c.authority = ? AND c.number IN (?, ?) AND {barred}"
        with self.readers() as connection:
            row = connection.execute(sql, (self.authority, clean, clean + "号", *mine)).fetchone()
        return None if row is None else row[0]

    search = by_number

    def case(self, case_id: str, viewer: Actor | None = None) -> CaseFile | None:
        """A case with all its events, of one moment; None when there is no such case, or none for this `viewer`: an
        office the matter is about and a post that stands aside cannot tell it from one that is not there.

        To a party a record of access that is lawfully deferred is not shown yet (`casework.shown`).
        """
        if self.hidden(case_id, viewer):
            return None
        sql = f"SELECT c.language, c.channel, {pages.COLUMNS}, c.procedure_hash FROM case_file c WHERE c.authority = ? AND c.case_id = ?"
        with self.readers() as connection:
            row = connection.execute(sql, (self.authority, case_id)).fetchone()
            if row is None:
                return None
            events = [
                StoredEvent(event, index, hashed) for event, index, hashed, _, _ in self._stored(connection, case_id)
            ]
        listed = pages.read_row(row[2:-1])
        procedure = self.procedure_version(listed.procedure, row[-1])
        if viewer is not None and viewer.kind == "party":
            seen = {event.n for event in shown((stored.event for stored in events), local_day(self.clock.now()))}
            events = [stored for stored in events if stored.event.n in seen]
        return CaseFile(listed.case, procedure, listed.number, tuple(events), listed, row[0], row[1])

    def _stored(
        self, connection: Any, case_id: str, n: int | None = None
    ) -> list[tuple[Event, int, bytes, bytes, bytes]]:
        """(event, leaf index, leaf hash, nonce, bytes) of a case's events, or of one."""
        sql = "SELECT n, leaf_index, key_id, sealed FROM event WHERE authority = ? AND case_id = ?"
        values: list[Any] = [self.authority, case_id]
        if n is not None:
            sql += " AND n = ?"
            values.append(n)
        out = []
        for number, index, key_id, sealed in connection.execute(sql + " ORDER BY n", values).fetchall():
            nonce, data = open_event(self.vault, case_id, number, key_id, bytes(sealed))
            out.append((decode(data), index, leaf_hash(leaf_bytes(event_commitment(nonce, data))), nonce, data))
        return out

    def open_slots(
        self,
        case_id: str,
        n: int | None = None,
        actor: Actor | None = None,
        purpose: str = "",
        slots: Sequence[str] | None = None,
        of: str = "",
    ) -> dict[tuple[int, str], Any]:
        """The sealed content of a case, by event number and slot; None for what has been erased.

        For staff the access record is committed before anything is opened: no record, no plaintext. A party reads what
        is sealed under its own key without a record, and what an office wrote in an event told to it; and so does
        everybody in a case of an open procedure. `of` narrows it to what one party gave.
        Content is a mapping of field to value; an attachment's is its name, type, size and SHA-256.

        Raises:
            Refused: `unknown_case`; `not_yours` for an office that has no part in the case; `purpose_missing`.
            Unavailable: the record could not be written, so nothing was opened.
        """
        return {place_: content for place_, content, _ in self._open(case_id, n, actor, purpose, slots, of)}

    def open_file(self, case_id: str, n: int, slot: str, actor: Actor | None = None, purpose: str = "") -> OpenedFile:
        """One attachment, opened under the same rules as `open_slots`. Raises also Refused `unknown_file`, `erased`."""
        for _, content, row in self._open(case_id, n, actor, purpose, [slot]):
            if content is None:
                raise Refused("erased", destroyed_at="")
            _, _, slot_id, party, _, _, digest = row
            if digest:
                key = self.vault.key(case_id, party)
                data = open_file(self.authority, key, slot_id, self.evidence.read(digest))
                return OpenedFile(content["name"], content["type"], data)
        raise Refused("unknown_file")

    def _open(
        self,
        case_id: str,
        n: int | None,
        actor: Actor | None,
        purpose: str,
        wanted: Sequence[str] | None,
        of: str = "",
    ) -> list[tuple[tuple[int, str], Any, tuple[Any, ...]]]:
        sql = (
            "SELECT n, slot, slot_id, party, key_id, sealed, digest FROM slot WHERE authority = ? AND case_id = ?"
            " ORDER BY n, slot"
        )
        if actor is not None and actor.kind == "party":  # on its way while the events are read; for staff only after the record
            self.vault.expect(case_id, {actor.party})
        procedure = self._procedure_of(case_id)
        if self.hidden(case_id, actor):
            raise Refused("unknown_case")
        with self.readers() as connection:
            rows = [tuple(row) for row in connection.execute(sql, (self.authority, case_id)).fetchall()]
            events = {event.n: event for event, *_ in self._stored(connection, case_id)}
        erased = {e.facts["party"]: e.recorded_at.isoformat() for e in events.values() if e.type == "erased"}
        unused = {event.facts["party"] for event in events.values() if event.type in ("erased", "stopped")}
        rows = [r for r in rows if (n is None or r[0] == n) and (wanted is None or r[1] in wanted) and of in ("", r[3])]
        if actor is not None and actor.kind == "party":
            rows = [row for row in rows if standing.party_reads(actor.party, events, row[0], row[1], row[3])]
        elif actor is not None and actor.kind == "system":
            rows = [row for row in rows if row[3] not in unused]
        if not procedure.open_record and rows and (actor is None or actor.kind != "party"):
            parts = [f"{row[0]}/{row[1]}" for row in rows]
            self._record_read(case_id, actor, purpose, parts, {row[3] for row in rows})
        self.vault.expect(case_id, {row[3] for row in rows} - erased.keys())
        out = []
        for row in rows:
            number, slot, slot_id, party, key_id, sealed, _ = row
            mention = next(m for m in events[number].sealed if m["slot"] == slot)
            try:
                if party in erased:  # the event says so, even where a crash has kept the key from being destroyed yet
                    raise KeyDestroyed(case_id, party, erased[party])
                key = self.vault.key(case_id, party)
            except KeyDestroyed:
                out.append(((number, slot), None, row))
                continue
            content = open_slot(self.authority, key, slot, slot_id, key_id, bytes(sealed), mention["commitment"])
            out.append(((number, slot), content, row))
        return out

    def _record_read(
        self, case_id: str, actor: Actor | None, purpose: str, slots: list[str], parties: set[str]
    ) -> None:
        if actor is None or actor.kind not in ("post", "system"):
            raise Refused("not_yours", action="read", role="", office="", function="")
        if not purpose.strip():
            raise Refused("purpose_missing")

        def work(draft: Draft) -> Known:
            held = draft.held(case_id)
            if held is None:
                raise Refused("unknown_case")
            procedure = self.procedure_version(held.case.procedure, held.case.procedure_hash)
            asked = {slot.rpartition("/")[2].partition(":")[0] for slot in slots}
            if actor.kind == "post" and not all(
                standing.may_in(held.case, procedure.open_record, actor, self.offices, "read", kind) for kind in asked
            ):
                raise Refused("not_yours", action="read", role="", office="", function="")
            kept = [until for party, until in held.case.stopped.items() if party in parties - set(held.case.erased)]
            if kept:
                raise Refused("use_stopped", until=max(kept))
            event = record_read(
                procedure, held.case, actor, self.now_of(held.case), self.calendar,
                slots=tuple(slots), purpose=purpose, authority=self.authority, previous=held.last_leaf,
            )  # fmt: skip
            return draft.record(procedure, held, event)

        self.submit(work, case_id=case_id)

    def inbox(
        self,
        office: str,
        functions: Sequence[str] = (),
        filter: CaseFilter | None = None,
        after: str | None = None,
        limit: int = 50,
        viewer: Actor | None = None,
    ) -> Page[CaseRow]:
        """One page of an office's cases, what is due first at the top; the office cannot change the order.

        `functions` are those of the post that looks; every post of an office sees the same list (need-to-know is about
        sealed content, and that leaves a record).
        """
        viewer = viewer or Actor("post", office=office)
        return self.cases(filter or CaseFilter(), after, limit, office=office, viewer=viewer)

    def cases(
        self,
        filter: CaseFilter | None = None,
        after: str | None = None,
        limit: int = 50,
        *,
        office: str = "",
        viewer: Actor | None = None,
    ) -> Page[CaseRow]:
        """One page of cases; without an office, of the whole authority. A case the `viewer` is barred from is not in
        it.
        """
        with self.readers() as connection:
            return pages.list_cases(
                connection, self.authority, office, filter or CaseFilter("open"), self.clock.now(), after, limit, viewer
            )

    def links(self, case_id: str, viewer: Actor | None = None) -> list[CaseLink]:
        """The cases linked to one, the one it was opened from first; those the `viewer` is barred from left out, and
        for a party those that another party opened.
        """
        found = self.case(case_id, viewer)
        if found is None:
            return []
        follows = found.case.follows
        named: list[tuple[Mapping[str, Any], Literal["parent", "child"]]] = [(follows, "parent")] if follows else []
        others = {
            stored.event.n
            for stored in found.events
            if viewer is not None and viewer.kind == "party" and stored.event.actor.get("kind") == "party"
            and stored.event.actor.get("party") != viewer.party
        }  # fmt: skip
        for link in found.case.links:
            if link["n"] not in others:
                named.append((link, "child"))
        out = []
        for link, way in named:
            other = self.case(link["case"], viewer)
            if other is not None:
                out.append(CaseLink(link["case"], other.number, link["procedure"], link["action"], link["n"], way))
        return out

    def counts(self, office: str, viewer: Actor | None = None) -> dict[str, int]:
        """How many of an office's cases each list of the inbox holds; counting stops at 1,000."""
        barred, mine = pages.not_barred(viewer or Actor("post", office=office))
        now = self.clock.now()
        today, at = local_day(now).isoformat(), now.isoformat()
        turn = "FROM case_file c WHERE c.authority = ? AND c.is_open = 1 AND c.duty_office = ?"
        queries: dict[str, tuple[str, tuple[Any, ...]]] = {
            "turn": (turn, (self.authority, office)),
            "today": (turn + " AND due_on >= ? AND due_on < ?", (self.authority, office, today, today + "~")),
            "overdue": (
                turn + " AND due_on < ? AND (length(due_on) > 10 OR due_on < ?)",
                (self.authority, office, at, today),
            ),
            "waiting": (
                "FROM case_file c WHERE c.authority = ? AND c.is_open = 1 AND c.duty_office <> ? AND EXISTS (SELECT 1"
                " FROM case_office o WHERE o.authority = c.authority AND o.office = ? AND o.case_id = c.case_id)",
                (self.authority, office, office),
            ),
        }
        with self.readers() as connection:
            return {
                name: connection.execute(
                    f"SELECT count(*) FROM (SELECT 1 {sql} AND {barred} LIMIT 1000) AS counted", (*values, *mine)
                ).fetchone()[0]
                for name, (sql, values) in queries.items()
            }

    def commitments(
        self, show: str = "all", document_id: str = "", office: str = "", after: str | None = None, limit: int = 50
    ) -> Page[CommitmentRow]:
        """One page of the public board; see `Documents.board`."""
        return self.documents.board(show, document_id, office, after, limit)

    def statistics(
        self, from_on: date, to_on: date, procedure: str = "", viewer: Actor | None = None
    ) -> CaseStatistics:
        """What can honestly be said of the matters opened from one day to another (both included), open ones
        counted; for a `viewer` without those they are barred from, so that nobody finds them by subtraction.
        """
        where = " AND c.procedure = ?" if procedure else ""
        barred, mine = pages.not_barred(viewer)
        sql = (
            "SELECT c.state FROM case_file c WHERE c.authority = ? AND c.opened_at >= ? AND c.opened_at < ?"
            f"{where} AND {barred}"
        )
        values = (
            self.authority, from_on.isoformat(), to_on.isoformat() + "~", *([procedure] if procedure else []), *mine,
        )  # fmt: skip
        with self.readers() as connection:
            states = [row[0] for row in connection.execute(sql, values).fetchall()]
        facts = [self.fact(Case.from_bytes(state)) for state in states]
        return case_statistics(facts, from_on, to_on, local_day(self.clock.now()))

    def fact(self, case: Case) -> CaseFact:
        """What a statistic may know of a case; the clock that counts is the one an answer (or a report) meets."""
        procedure = self.procedure_version(case.procedure, case.procedure_hash)
        answering = {name for name, action in procedure.actions.items() if action.means in ("answered", "done")}
        clocks = [
            state for name, state in case.clocks.items() if answering & set(procedure.clocks[name].met_by) and state.due
        ]
        answered_at = case.answered_at or case.done_at
        due = max((state.due or "" for state in clocks), default="")
        return CaseFact(
            opened_on=local_day(datetime.fromisoformat(case.opened_at)),
            answered_on=local_day(datetime.fromisoformat(answered_at)) if answered_at else None,
            due_on=date.fromisoformat(due[:10]) if due else None,
            answered_late=any(state.late for state in clocks),
            outcome=case.outcome,
            open=case.open,
        )

    # -- the public log ------------------------------------------------------------------------------------------

    def publish(self) -> int:
        """Sign and publish every durable leaf; returns the size signed. Raises PublishRefused, Unavailable."""
        return self._publisher.publish(self.clock.now())

    @property
    def publisher(self) -> Publisher:
        """What signs and publishes the log, for whoever asks the witnesses."""
        return self._publisher

    def checkpoint(self) -> bytes:
        """The last signed checkpoint, or the one that is published while witnesses are being asked about it.

        b"" while nothing has been recorded.
        """
        shown = self._publisher.shown_note()
        if shown:
            return shown
        latest = self._publisher.latest()
        if latest is None and self._writer is not None:
            self.publish()
            latest = self._publisher.latest()
        return latest[1] if latest else b""

    def proof(self, case_id: str, n: int) -> bytes:
        """The proof file (tlog-proof@v1) of one event: its opening, its way to the root, the signed root.

        If no checkpoint covers the leaf yet, one is signed first.

        Raises Refused `unknown_event`; PublishRefused, Unavailable.
        """
        with self.readers() as connection:
            stored = self._stored(connection, case_id, n)
        if not stored:
            raise Refused("unknown_event")
        _, index, _, nonce, data = stored[0]
        return self._proof_file(index, nonce, data)

    def _proof_file(self, index: int, nonce: bytes, data: bytes) -> bytes:
        latest = self._publisher.covering(index)
        if latest is None:
            self.publish()
            latest = self._publisher.covering(index)
        if latest is None:
            raise Refused("unknown_event")
        size, note = latest
        with self.readers() as connection:
            node = fetch_nodes(connection, self.authority, inclusion_nodes(index, size), self._publisher.upper)
        return format_proof(index, inclusion_proof(index, size, node), note, Opening.join(nonce, data))

    def governed(self, kind: str = "", after: int = 0, limit: int = 50) -> list[GovernedEvent]:
        """Governance records, newest first; `after` is the `n` of the last one of the page before."""
        sql = "SELECT n, leaf_index, kind, nonce, event FROM governance WHERE authority = ?"
        values: list[Any] = [self.authority]
        for condition, value in (("kind = ?", kind), ("n < ?", after)):
            if value:
                sql += f" AND {condition}"
                values.append(value)
        with self.readers() as connection:
            rows = connection.execute(f"{sql} ORDER BY n DESC LIMIT ?", (*values, limit)).fetchall()
        return [
            GovernedEvent(n, index, name, json.loads(bytes(data)), bytes(nonce), bytes(data))
            for n, index, name, nonce, data in rows
        ]

    def governance_proof(self, n: int) -> bytes:
        """The proof file of one governance record. Raises as `proof`."""
        with self.readers() as connection:
            sql = "SELECT leaf_index, nonce, event FROM governance WHERE authority = ? AND n = ?"
            row = connection.execute(sql, (self.authority, n)).fetchone()
        if row is None:
            raise Refused("unknown_event")
        return self._proof_file(row[0], bytes(row[1]), bytes(row[2]))

    def governance_file(self) -> bytes:
        """The public file that opens every governance leaf of the signed log."""
        latest = self._publisher.latest()
        with self.readers() as connection:
            return fetch_governance(connection, self.authority, latest[0] if latest else 0)

    def tile(self, level: int | Literal["entries"], index: int, width: int = 256) -> bytes | None:
        """A tile of the public log, from the database; None when the signed log has no such tile."""
        latest = self._publisher.latest()
        size = latest[0] if latest else 0
        tile = Tile(level, index, width)
        leaves = (index * 256 + width) << (0 if level == "entries" else 8 * level)
        if leaves > size or index < 0:
            return None
        with self.readers() as connection:
            if level == "entries":
                return fetch_entries(connection, self.authority, tile)
            return tile_bytes(tile, fetch_nodes(connection, self.authority, tile.nodes()))

    def entries(self, index: int, width: int = 256) -> bytes | None:
        """An entry bundle of the public log."""
        return self.tile("entries", index, width)

    def wait_for_leaves(self, seconds: float) -> bool:
        """Wait until something was recorded since the last call, at most so long; for whoever publishes."""
        if self._writer is None:
            return False
        grown = self._writer.grown.wait(seconds)
        self._writer.grown.clear()
        return grown

    def close(self) -> None:
        """Finish what was accepted and let go of the database."""
        if self._writer is not None:
            self._writer.close()
        self.vault.close()
        self.readers.close()


@dataclass(frozen=True)
class NextCase:
    """A linked case made ready before the writer's turn; it exists only if its first event is recorded."""

    procedure: Procedure
    case_id: str
    given: Entered
    data_key: DataKey | None
    slots: Sequence[SealedSlot]
    holder: str
    code: str


class Versions(dict[str, Procedure]):
    """Procedures by hash; one that is not in memory yet is read from the stored copies."""

    def __init__(self, load: Callable[[str, str], Procedure]) -> None:
        super().__init__()
        self._load = load

    def __missing__(self, digest: str) -> Procedure:
        return self._load("", digest)


def _digest(key: str) -> str:
    return sha256(b"mingze/idempotency/v1\x00" + key.encode()).hexdigest()[:40]


_BRACKETS = str.maketrans(
    {"[": "〔", "]": "〕", "(": "〔", ")": "〕", "（": "〔", "）": "〕", "【": "〔", "】": "〕", "﹝": "〔", "﹞": "〕"}
)
