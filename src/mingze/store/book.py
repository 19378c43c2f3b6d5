"""What the writer remembers between transactions, and what one transaction collects.

`Book` is the memory: the right edge of the tree, the cases lately written, the counters, and the rows that are durable
in the journal and not in their tables yet (`ahead`). `Batch` is one transaction; it sees the book and whatever its own
commands have written before.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from mingze.casework import Case
from mingze.ledger import encode_commitment, leaf_bytes, leaf_hash
from mingze.procedure import Procedure
from mingze.store.case_row import CHANGING, LAST_LEAF, STATE, Held, Known, projection
from mingze.store.connection import WriteConflict
from mingze.store.journal import MERGED, Journal, rows_of
from mingze.store.recording import Draft
from mingze.store.rows import Governed, Rows, Tables, for_tables
from mingze.store.tree import Frontier, load_frontier
from mingze.vault.keys import Vault

_HELD: Final = 4_096
"""Cases kept in memory, the least used going first."""

_LEAF_INDEX: Final = 3
"""Where the row of an event has its place in the log."""

_CASE_COLUMNS: Final = f"case_id, number, language, channel, reach, {', '.join(CHANGING)}"


class TablesBehind(Exception):
    """A command needs the tables themselves, and something durable is not in them yet: bring them up to date, then do
    it again.
    """


class Book:
    """What the writer remembers. Only the thread whose turn it is touches it."""

    def __init__(self, authority: str, mark: str, vault: Vault, procedures: Mapping[str, Procedure]) -> None:
        self.authority = authority
        self.mark = mark
        self.vault = vault
        self.procedures = procedures
        self.frontier: Frontier | None = None
        self.cases: OrderedDict[str, Held] = OrderedDict()
        self.counters: dict[tuple[int, str], int] = {}
        self.governed: Governed | None = None
        self.journal: Journal | None = None
        self.ahead = Rows()
        """Durable in the journal, not in the tables."""
        self._version = 0

    @property
    def behind(self) -> bool:
        """Whether the tables may lack something that is durable."""
        return self.frontier is None or bool(self.ahead.events)

    def forget(self) -> None:
        """Read everything again, the journal included: what is in memory may not be what is in the database."""
        self.frontier = None
        self.journal = None
        self.governed = None
        self.ahead = Rows()
        self.cases.clear()
        self.counters.clear()

    def trust(self, connection: Any) -> None:
        """Inside a transaction: load what is not in memory, and forget what somebody else may have changed.

        Raises TablesBehind when the journal has something that the tables lack and memory does not know.
        """
        if connection.kind == "sqlite":
            version = connection.execute("PRAGMA data_version").fetchone()[0]
            if version != self._version:
                if self.ahead.events:
                    raise TablesBehind
                self.forget()
                self._version = version
        if self.frontier is None:
            if connection.kind == "sqlite":
                self.journal = Journal(connection, self.authority)
                self._remember(self.journal.pending(connection), connection)
            else:
                self.frontier = load_frontier(connection, self.authority)

    def _remember(self, bodies: list[Any], connection: Any) -> None:
        """What an earlier process, or one that lost its memory, has made durable and not put into the tables."""
        self.frontier = load_frontier(connection, self.authority)
        for body in bodies:
            batch = Batch(self, connection)
            self.ahead.take(rows_of(body, batch.held))
            self.cases.clear()
        if bodies:
            raise TablesBehind

    def batch(self, connection: Any) -> Batch:
        """A new transaction's collection."""
        self.trust(connection)
        return Batch(self, connection)

    def tables(self, rows: Rows) -> Tables:
        """These rows for the tables."""
        assert self.frontier is not None
        return for_tables(rows, self.authority, self.frontier, self.row_of)

    def row_of(self, held: Held) -> tuple[Any, ...]:
        """The part of a case's row that its events change."""
        return projection(self.procedures[held.case.procedure_hash], held)

    def merge(self, connection: Any) -> None:
        """Inside a transaction: write what is ahead into the tables, and commit."""
        tables, moved = self.write_ahead(connection)
        connection.commit()
        self.in_tables(tables, Rows())
        if moved:
            assert self.journal is not None
            self.journal.emptied()
            self.ahead = Rows()

    def write_ahead(self, connection: Any) -> tuple[Tables, bool]:
        """Inside a transaction: what is ahead, written into the tables and not committed."""
        try:
            self.trust(connection)
        except TablesBehind:
            if self.frontier is None:
                raise
        assert self.frontier is not None
        if self.ahead.events and self.ahead.events[0][_LEAF_INDEX] != self.frontier.size:
            raise WriteConflict("the log has leaves that the journal does not know")
        tables = self.tables(self.ahead)
        connection.write_all(tables.writes)
        if self.journal is not None:
            connection.write_all([(MERGED, [(self.authority, self.journal.seq)], False)])
        return tables, self.journal is not None

    def blank(self, connection: Any) -> None:
        """Leave nothing in the journal of a register that is closed: what is in the tables need not lie twice."""
        if self.journal is not None and self.journal.seq:
            connection.begin()
            connection.write_and_commit([self.journal.blank()])

    def in_tables(self, tables: Tables, rows: Rows) -> None:
        """A transaction that wrote tables is durable: keep what it has left."""
        self.frontier = tables.frontier
        self._keep(tables.cases, rows)

    def in_journal(self, rows: Rows) -> None:
        """A transaction that wrote the journal is durable."""
        self.ahead.take(rows)
        self._keep(rows.cases, rows)

    def _keep(self, changed: Mapping[str, Held], rows: Rows) -> None:
        self.governed = rows.governed or self.governed
        self.counters.update(rows.counters)
        cases = self.cases
        for case_id, held in changed.items():
            cases[case_id] = held
            cases.move_to_end(case_id)
        while len(cases) > _HELD:
            cases.popitem(last=False)


class Batch:
    """One transaction: what its commands have written so far, and how all of it reaches the database."""

    def __init__(self, book: Book, connection: Any) -> None:
        assert book.frontier is not None
        self.book = book
        self.rows = Rows()
        self.next_index = book.frontier.size + len(book.ahead.leaves)
        self._connection = connection
        self._found: dict[str, Known] = {}
        self._absent: set[str] = set()
        self._tables: Tables | None = None
        self._slots: list[tuple[Any, ...]] | None = None

    def tables(self) -> Any:
        """The connection, for whoever asks the tables themselves. Raises TablesBehind."""
        if self.book.ahead.events:
            raise TablesBehind
        return self._connection

    def prepare(self, tasks: Iterable[Any]) -> None:
        """Read what the commands will ask for in two queries instead of two for each."""
        book = self.book
        filings = list({task.key: None for task in tasks if task.key and not task.case_id})
        if filings:
            sql = "SELECT key, case_id, n, leaf_index FROM idempotency WHERE authority = ? AND key "
            for key, *known in self._rows(sql, filings):
                self._found[key] = Known(*known)
            self._absent.update(key for key in filings if key not in self._found)
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
            return self._connection.execute(f"{sql}= ?", (self.book.authority, wanted[0])).fetchall()
        size = 1 << (len(wanted) - 1).bit_length()
        marks = ", ".join("?" * size)
        padded = (*wanted, *([wanted[-1]] * (size - len(wanted))))
        return self._connection.execute(f"{sql}IN ({marks})", (self.book.authority, *padded)).fetchall()

    def held(self, case_id: str) -> Held | None:
        """A case as this batch has left it, else as it was before."""
        book = self.book
        found = self.rows.cases.get(case_id) or book.ahead.cases.get(case_id) or book.cases.get(case_id)
        if found is None:
            self._load([case_id])
            found = book.cases.get(case_id)
        return found

    def known(self, key: str) -> Known | None:
        """The first answer to the idempotency key of a filing."""
        found = self.rows.keys.get(key) or self.book.ahead.keys.get(key) or self._found.get(key)
        if found is None and key not in self._absent:
            sql = "SELECT case_id, n, leaf_index FROM idempotency WHERE authority = ? AND key = ?"
            row = self._connection.execute(sql, (self.book.authority, key)).fetchone()
            if row is None:
                self._absent.add(key)
                return None
            found = self._found[key] = Known(*row)
        return found

    def counter(self, place_: tuple[int, str]) -> int:
        """The last number given in a year to a kind of matter."""
        book = self.book
        found = self.rows.counters.get(place_) or book.ahead.counters.get(place_) or book.counters.get(place_)
        if found is None:
            sql = "SELECT last FROM number_counter WHERE authority = ? AND year = ? AND mark = ?"
            row = self._connection.execute(sql, (self.book.authority, *place_)).fetchone()
            found = self.book.counters[place_] = row[0] if row else 0
        return found

    def governance(self) -> Governed:
        """The end of the governance chain as this batch has left it."""
        found = self.rows.governed or self.book.governed
        if found is None:
            sql = (
                "SELECT g.n, l.kind, l.commitment, g.recorded_at FROM governance g"
                " JOIN leaf l ON l.authority = g.authority AND l.leaf_index = g.leaf_index"
                " WHERE g.authority = ? ORDER BY g.n DESC LIMIT 1"
            )
            row = self._connection.execute(sql, (self.book.authority,)).fetchone()
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
        if self.rows.empty:
            self.rows = draft
        else:
            self.rows.take(draft)
        self.next_index += len(draft.leaves)
        return result

    def flush(self) -> None:
        """Make all of it durable. The keys of the vault are so before anything that was sealed under them is.

        Raises TablesBehind when it belongs in the tables and something before it is not there yet.
        """
        book, rows = self.book, self.rows
        slots = book.journal.slots_for(rows) if book.journal is not None else None
        if slots is None and book.ahead.events and not rows.empty:
            raise TablesBehind
        if rows.data_keys:
            book.vault.store(rows.data_keys, rows.events[0][6] if rows.events else "")
        if slots is not None:
            self._slots = slots
            self._connection.write_and_commit([Journal.write(slots)])
        else:
            self._tables = book.tables(rows)
            self._connection.write_and_commit(self._tables.writes)

    def settled(self) -> None:
        """The transaction is durable: keep what it has left."""
        if self._slots is not None:
            assert self.book.journal is not None
            self.book.journal.written(self._slots)
            self.book.in_journal(self.rows)
        elif self._tables is not None:
            self.book.in_tables(self._tables, self.rows)
