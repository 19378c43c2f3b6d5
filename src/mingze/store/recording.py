"""How an event becomes rows: its bytes made once, its leaf, its tree nodes, and the case it leaves behind.

`Book` is what the writer keeps in memory between transactions (the right edge of the tree, the cases lately written,
the counters); `Batch` is one transaction; `Draft` is what one command would add to it. A draft is merged only when its
command has succeeded, and the book only when the transaction is durable, so nothing ever has to be taken back.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from mingze.casework import Actor, Case, Event, encode, evolve
from mingze.ledger import (
    GOVERNANCE,
    NONCE_SIZE,
    encode_commitment,
    event_commitment,
    governance_bytes,
    leaf_bytes,
    leaf_hash,
)
from mingze.ledger.leaf import Kind, kind_of_type
from mingze.procedure import Procedure
from mingze.store.case_row import CHANGING, LAST_LEAF, NEXT_LAPSE, STATE, Held, Known, projection, update_case, watched
from mingze.store.codes import case_number
from mingze.store.connection import Write
from mingze.store.sealing import SealedSlot
from mingze.store.tree import Frontier, load_frontier
from mingze.vault.keys import DataKey, Vault
from mingze.vault.sealing import open_sealed, place, seal

_HELD: Final = 4_096
"""Cases kept in memory, the least used going first."""


class Governed(NamedTuple):
    """The end of the governance chain: how many records it has, its last leaf, and when that was recorded."""

    n: int = 0
    last_leaf: str = ""
    recorded_at: str = ""


class Book:
    """What the writer remembers. Only its thread touches it."""

    def __init__(self, authority: str, mark: str, vault: Vault, procedures: Mapping[str, Procedure]) -> None:
        self.authority = authority
        self.mark = mark
        self.vault = vault
        self.procedures = procedures
        self.frontier: Frontier | None = None
        self.cases: OrderedDict[str, Held] = OrderedDict()
        self.counters: dict[tuple[int, str], int] = {}
        self.governed: Governed | None = None

    def forget(self) -> None:
        """Read everything again: another process may have written while the connection was gone."""
        self.frontier = None
        self.governed = None
        self.cases.clear()
        self.counters.clear()

    def batch(self, connection: Any) -> Batch:
        """A new transaction's collection."""
        if self.frontier is None:
            self.frontier = load_frontier(connection, self.authority)
        return Batch(self, connection, self.frontier)


_CASE_COLUMNS: Final = f"case_id, number, language, channel, reach, {', '.join(CHANGING)}"

_INSERT_CASE: Final = (
    "INSERT INTO case_file (stage, is_open, n, title, duty_role, duty_office, duty_party, due_clock, due_on,"
    " due_provisional, overdue, provisional, next_lapse, changed_at, closed_at, last_leaf, state, authority, case_id,"
    " number, procedure, procedure_hash, opened_at, language, channel, reach)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_OFFICE: Final = (
    "INSERT INTO case_office (authority, office, case_id, role) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
_DELETE_OFFICE: Final = "DELETE FROM case_office WHERE authority = ? AND case_id = ? AND role = ? AND office <> ?"
"""An office whose part another has taken over is in none of the case's lists any more."""

_INSERT_LEAF: Final = "INSERT INTO leaf (authority, leaf_index, kind, commitment, nodes) VALUES (?, ?, ?, ?, ?)"
_INSERT_EVENT: Final = (
    "INSERT INTO event (authority, case_id, n, leaf_index, type, action, recorded_at, idempotency, key_id, sealed)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_SLOT: Final = (
    "INSERT INTO slot (authority, case_id, n, slot, slot_id, party, key_id, sealed, digest)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_KEY: Final = "INSERT INTO idempotency (authority, key, case_id, n, leaf_index) VALUES (?, ?, ?, ?, ?)"
_INSERT_CODE: Final = (
    "INSERT INTO receipt_code (authority, digest, case_id, party) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
_INSERT_EXCLUDED: Final = (
    "INSERT INTO case_excluded (authority, office, case_id, post) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
_INSERT_GOVERNANCE: Final = (
    "INSERT INTO governance (authority, n, leaf_index, kind, recorded_at, nonce, event) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_NOTICE: Final = (
    "INSERT INTO notice (authority, notice_id, case_id, n, party, action, language, state, attempts, next_at, settled_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', 0, ?, '')"
)
_UPSERT_COUNTER: Final = (
    "INSERT INTO number_counter (authority, year, mark, last) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (authority, year, mark) DO UPDATE SET last = excluded.last"
)


class Draft:
    """What one command would write. It sees the drafts before it in the batch, and nothing sees it until it
    succeeds.
    """

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self.connection = batch.connection
        self.authority = batch.book.authority
        self.cases: dict[str, Held] = {}
        self.first_n: dict[str, int] = {}
        self.counters: dict[tuple[int, str], int] = {}
        self.keys: dict[str, Known] = {}
        self.data_keys: list[DataKey] = []
        self.commitments: list[tuple[Kind, bytes]] = []
        self.leaves: list[bytes] = []
        self.governed: Governed | None = None
        self.offices: list[tuple[Any, ...]] = []
        self.events: list[tuple[Any, ...]] = []
        self.slots: list[tuple[Any, ...]] = []
        self.codes: list[tuple[Any, ...]] = []
        self.notices: list[tuple[Any, ...]] = []
        self.after: list[Write] = []
        """Statements to run after the rows of the events, in the same transaction."""

    def held(self, case_id: str) -> Held | None:
        """The case as the commands before this one have left it."""
        return self.cases.get(case_id) or self._batch.held(case_id)

    def known(self, key: str) -> Known | None:
        """The first answer to the idempotency key of a filing, if there was one; an action's is in `Held.answers`."""
        return self.keys.get(key) or self._batch.known(key)

    def remember(self, key: str, known: Known) -> None:
        """Answer the key of a filing, for which there is no case to look in, with the same from now on."""
        self.keys[key] = known

    def next_number(self, procedure: Procedure, year: int) -> str:
        """The next case number of a year; taken only if the command succeeds, so there are no gaps."""
        place_ = (year, procedure.mark)
        count = self.counters.get(place_)
        if count is None:
            count = self._batch.counter(place_)
        self.counters[place_] = count + 1
        return case_number(self._batch.book.mark, procedure.mark, year, count + 1)

    def events_after(self, case_id: str, n: int) -> list[tuple[Any, ...]]:
        """(n, type, action, sealed, …) of the events of a case after the n-th, those of this batch included."""
        sql = (
            "SELECT n, type, action, sealed, key_id FROM event WHERE authority = ? AND case_id = ? AND n > ? ORDER BY n"
        )
        rows = [tuple(row) for row in self.connection.execute(sql, (self.authority, case_id, n)).fetchall()]
        for row in (*self._batch.events, *self.events):
            if row[1] == case_id and row[2] > n:
                rows.append((row[2], row[4], row[5], row[9], row[8]))
        return rows

    def record(
        self,
        procedure: Procedure,
        held: Held | None,
        event: Event,
        slots: Iterable[SealedSlot] = (),
        opening: Mapping[str, str] | None = None,
    ) -> Known:
        """Add an event: bytes, leaf, the case it makes, notices. `opening` gives number, language, channel and
        reach.
        """
        book, case_id, n = self._batch.book, event.case, event.n
        data = encode(event)
        nonce = secrets.token_bytes(NONCE_SIZE)
        commitment = event_commitment(nonce, data)
        hashed = leaf_hash(leaf_bytes(commitment))
        index = self._batch.next_index + len(self.leaves)
        case = evolve(procedure, held.case if held else None, event)
        known = Known(case_id, n, index)
        last_leaf = encode_commitment(hashed)
        answers = {event.idempotency: known} if event.idempotency else {}
        if held is None:
            held = Held.opened(case, last_leaf, answers, opening or {})
            self.first_n[case_id] = 0
        else:
            self.first_n.setdefault(case_id, held.case.n)
            known_answers = {**held.answers, **answers} if answers else held.answers
            held = replace(held, case=case, last_leaf=last_leaf, answers=known_answers)
        self.cases[case_id] = held
        self.commitments.append(("e", commitment))
        self.leaves.append(hashed)
        vault = book.vault
        sealed = seal(
            vault.record_key(case_id), nonce + data, event_place(self.authority, case_id, n, vault.record_key_id)
        )
        at = event.recorded_at.isoformat()
        self.events.append(
            (
                self.authority,
                case_id,
                n,
                index,
                event.type,
                event.action,
                at,
                event.idempotency,
                vault.record_key_id,
                sealed,
            )
        )
        for slot in slots:
            mention = slot.mention
            self.slots.append(
                (
                    self.authority,
                    case_id,
                    n,
                    mention.slot,
                    slot.slot_id,
                    mention.party,
                    slot.key_id,
                    slot.sealed,
                    slot.digest,
                )
            )
        for role, office in event.offices.items():
            if office:
                self.offices.append((self.authority, office, case_id, role))
        barred = [(office, "") for office in event.excluded]
        if event.recused:
            barred.append((event.recused.rpartition(".")[0], event.recused))
        if barred:
            rows = [(self.authority, office, case_id, post) for office, post in barred]
            self.after.append((_INSERT_EXCLUDED, rows, False))
        if held.reach == "email":
            for party in event.tell:
                if party in procedure.parties:
                    told = event.action or event.type
                    self.notices.append(
                        (self.authority, secrets.token_hex(16), case_id, n, party, told, held.language, at)
                    )
        return known

    def look_again(self, case_id: str) -> None:
        """The pass over periods has looked at a case: say when it must look next. See `watched`."""
        held = self.held(case_id)
        if held is None or held.row is None or case_id in self.first_n:
            return
        book = self._batch.book
        row = projection(book.procedures[held.case.procedure_hash], held)
        if row[NEXT_LAPSE] != held.row[NEXT_LAPSE]:
            self.cases[case_id] = replace(held, row=row)
            values = (row[NEXT_LAPSE], self.authority, case_id, held.case.n)
            self.after.append((update_case((NEXT_LAPSE,)), [values], False))

    def govern(
        self, kind: str, facts: Mapping[str, Any], actor: Actor | None, now: datetime, idempotency: str = ""
    ) -> Known:
        """Add a public record of how the authority runs its register; the same key is recorded once.

        Nothing in it is sealed: its opening is published beside the log. Raises LedgerError `governance_kind`.
        """
        key = f"{GOVERNANCE}/{idempotency}"
        known = self.known(key) if idempotency else None
        if known is not None:
            return known
        last = self.governed or self._batch.governance()
        actor = actor or Actor("system")
        at = max(now.isoformat(), last.recorded_at)
        data = governance_bytes(
            self.authority, last.n + 1, kind, facts, at, last.last_leaf, actor=actor.kind, post=actor.post,
            office=actor.office,
        )  # fmt: skip
        nonce = secrets.token_bytes(NONCE_SIZE)
        leaf_kind = kind_of_type("stated" if kind == "statement" else "governed")
        commitment = event_commitment(nonce, data)
        hashed = leaf_hash(leaf_bytes(commitment, leaf_kind))
        index = self._batch.next_index + len(self.leaves)
        self.commitments.append((leaf_kind, commitment))
        self.leaves.append(hashed)
        self.governed = Governed(last.n + 1, encode_commitment(hashed), at)
        known = Known(GOVERNANCE, last.n + 1, index)
        row = (self.authority, last.n + 1, index, kind, at, nonce, data)
        self.after.append((_INSERT_GOVERNANCE, [row], False))
        if idempotency:
            self.remember(key, known)
        return known


def event_place(authority: str, case_id: str, n: int, key_id: str) -> bytes:
    """The place an event's sealed bytes are bound to."""
    return place("event", f"{authority}/{case_id}/{n}", "sealed", key_id)


def open_event(vault: Vault, case_id: str, n: int, key_id: str, sealed: bytes) -> tuple[bytes, bytes]:
    """The nonce and the exact bytes of a stored event. Raises SealBroken."""
    opened = open_sealed(vault.record_key(case_id), sealed, event_place(vault.authority, case_id, n, key_id))
    return opened[:NONCE_SIZE], opened[NONCE_SIZE:]


class Batch:
    """One transaction: what its commands have written so far, and how all of it reaches the database."""

    def __init__(self, book: Book, connection: Any, frontier: Frontier) -> None:
        self.book = book
        self.connection = connection
        self.frontier = frontier.copy()
        self.next_index = frontier.size
        self.events: list[tuple[Any, ...]] = []
        self._cases: dict[str, Held] = {}
        self._first_n: dict[str, int] = {}
        self._counters: dict[tuple[int, str], int] = {}
        self._keys: dict[str, Known] = {}
        self._new_keys: dict[str, Known] = {}
        self._absent: set[str] = set()
        self._data_keys: list[DataKey] = []
        self._commitments: list[tuple[Kind, bytes]] = []
        self._governed: Governed | None = None
        self._leaves: list[bytes] = []
        self._offices: list[tuple[Any, ...]] = []
        self._slots: list[tuple[Any, ...]] = []
        self._codes: list[tuple[Any, ...]] = []
        self._notices: list[tuple[Any, ...]] = []
        self._after: list[Write] = []

    def prepare(self, tasks: Iterable[Any]) -> None:
        """Read what the commands will ask for in two queries instead of two for each."""
        book = self.book
        filings = list({task.key: None for task in tasks if task.key and not task.case_id})
        if filings:
            sql = "SELECT key, case_id, n, leaf_index FROM idempotency WHERE authority = ? AND key "
            for key, *known in self._rows(sql, filings):
                self._keys[key] = Known(*known)
            self._absent.update(key for key in filings if key not in self._keys)
        wanted = list({t.case_id: None for t in tasks if t.case_id and t.case_id not in book.cases})
        if wanted:
            self._load(wanted)

    def _load(self, case_ids: list[str]) -> None:
        """Cases as they are in the database, with the keys their actions came with."""
        answers: dict[str, dict[str, Known]] = {case_id: {} for case_id in case_ids}
        sql = "SELECT idempotency, case_id, n, leaf_index FROM event WHERE authority = ? AND case_id "
        for key, *known in self._rows(sql, case_ids):
            if key:
                answers[known[0]][key] = Known(*known)
        sql = f"SELECT {_CASE_COLUMNS} FROM case_file WHERE authority = ? AND case_id "
        for case_id, number, language, channel, reach, *changing in self._rows(sql, case_ids):
            row = tuple(changing)
            case, last_leaf = Case.from_bytes(row[STATE]), row[LAST_LEAF]
            self.book.cases[case_id] = Held(case, number, last_leaf, language, channel, reach, answers[case_id], row)

    def _rows(self, sql: str, wanted: list[str]) -> list[tuple[Any, ...]]:
        """Rows of any of these; the number of marks is rounded up, so that few statements have to be prepared."""
        if len(wanted) == 1:
            return self.connection.execute(f"{sql}= ?", (self.book.authority, wanted[0])).fetchall()
        size = 1 << (len(wanted) - 1).bit_length()
        marks = ", ".join("?" * size)
        padded = (*wanted, *([wanted[-1]] * (size - len(wanted))))
        return self.connection.execute(f"{sql}IN ({marks})", (self.book.authority, *padded)).fetchall()

    def held(self, case_id: str) -> Held | None:
        """A case as this batch has left it, else as it was before."""
        found = self._cases.get(case_id) or self.book.cases.get(case_id)
        if found is None:
            self._load([case_id])
            found = self.book.cases.get(case_id)
        return found

    def known(self, key: str) -> Known | None:
        """The first answer to the idempotency key of a filing."""
        found = self._keys.get(key)
        if found is None and key not in self._absent:
            sql = "SELECT case_id, n, leaf_index FROM idempotency WHERE authority = ? AND key = ?"
            row = self.connection.execute(sql, (self.book.authority, key)).fetchone()
            if row is None:
                self._absent.add(key)
                return None
            found = self._keys[key] = Known(*row)
        return found

    def counter(self, place_: tuple[int, str]) -> int:
        """The last number given in a year to a kind of matter."""
        found = self._counters.get(place_, self.book.counters.get(place_))
        if found is None:
            sql = "SELECT last FROM number_counter WHERE authority = ? AND year = ? AND mark = ?"
            row = self.connection.execute(sql, (self.book.authority, *place_)).fetchone()
            found = self.book.counters[place_] = row[0] if row else 0
        return found

    def governance(self) -> Governed:
        """The end of the governance chain as this batch has left it."""
        found = self._governed or self.book.governed
        if found is None:
            sql = (
                "SELECT g.n, l.kind, l.commitment, g.recorded_at FROM governance g"
                " JOIN leaf l ON l.authority = g.authority AND l.leaf_index = g.leaf_index"
                " WHERE g.authority = ? ORDER BY g.n DESC LIMIT 1"
            )
            row = self.connection.execute(sql, (self.book.authority,)).fetchone()
            found = Governed()
            if row is not None:
                n, kind, commitment, at = row
                found = Governed(n, encode_commitment(leaf_hash(leaf_bytes(bytes(commitment), kind))), at)
            self.book.governed = found
        return found

    def attempt(self, work: Callable[[Draft], Any]) -> Any:
        """Let one command write; when it refuses, nothing of it stays."""
        draft = Draft(self)
        result = work(draft)
        for case_id, first in draft.first_n.items():
            self._first_n.setdefault(case_id, first)
        self._cases.update(draft.cases)
        self._counters.update(draft.counters)
        self._keys.update(draft.keys)
        self._new_keys.update(draft.keys)
        self._data_keys += draft.data_keys
        self._commitments += draft.commitments
        self._leaves += draft.leaves
        self._offices += draft.offices
        self.events += draft.events
        self._slots += draft.slots
        self._codes += draft.codes
        self._notices += draft.notices
        self._after += draft.after
        self._governed = draft.governed or self._governed
        self.next_index += len(draft.leaves)
        return result

    def flush(self) -> None:
        """Write all rows and commit. The keys of the vault are durable before anything that was sealed under them is."""
        authority = self.book.authority
        if self._data_keys:
            self.book.vault.store(self._data_keys, self.events[0][6] if self.events else "")
        append, base = self.frontier.append, self.frontier.size
        leaves = [
            (authority, index, kind, commitment, append(hashed))
            for index, ((kind, commitment), hashed) in enumerate(
                zip(self._commitments, self._leaves, strict=True), base
            )
        ]
        new: list[tuple[Any, ...]] = []
        opened = set[str]()
        changed: dict[tuple[int, ...], list[tuple[Any, ...]]] = {}
        for case_id, first in self._first_n.items():
            held = self._cases[case_id]
            row = self.book_row(held)
            if held.row is not None:
                row = watched(held.row, row, held.case.last_at)
                columns = tuple(at for at, value in enumerate(row) if value != held.row[at])
                values = (*[row[at] for at in columns], authority, case_id, first)
                changed.setdefault(columns, []).append(values)
            self._cases[case_id] = replace(held, row=row)
            if held.row is None:
                case = held.case
                opened.add(case_id)
                new.append(
                    (*row, authority, case_id, held.number, case.procedure, case.procedure_hash, case.opened_at,
                     held.language, held.channel, held.reach)
                )  # fmt: skip
        keys = [(authority, key, *known) for key, known in self._new_keys.items()]
        counters = [(authority, *place_, last) for place_, last in self._counters.items()]
        bound = [row for row in self._offices if self._cases[row[2]].case.offices.get(row[3]) == row[1]]
        passed_on = [(authority, case_id, role, office) for _, office, case_id, role in bound if case_id not in opened]
        writes = (
            (_INSERT_CASE, new, False),
            *((update_case(columns), rows, True) for columns, rows in changed.items()),
            (_INSERT_OFFICE, bound, False),
            (_DELETE_OFFICE, passed_on, False),
            (_INSERT_LEAF, leaves, False),
            (_INSERT_EVENT, self.events, False),
            (_INSERT_SLOT, self._slots, False),
            (_INSERT_KEY, keys, False),
            (_INSERT_CODE, self._codes, False),
            (_INSERT_NOTICE, self._notices, False),
            (_UPSERT_COUNTER, counters, False),
            *self._after,
        )
        self.connection.write_and_commit([write for write in writes if write[1]])

    def book_row(self, held: Held) -> tuple[Any, ...]:
        """The part of a case's row that its events change."""
        return projection(self.book.procedures[held.case.procedure_hash], held)

    def settled(self) -> None:
        """The transaction is durable: keep what it has left."""
        book = self.book
        book.frontier = self.frontier
        book.governed = self._governed or book.governed
        book.counters.update(self._counters)
        cases = book.cases
        for case_id, held in self._cases.items():
            cases[case_id] = held
            cases.move_to_end(case_id)
        while len(cases) > _HELD:
            cases.popitem(last=False)
