"""The rows of commands, collected before they are written: one command's, one transaction's, or those of many
transactions whose journal is written and whose tables are not.

A case that several commands changed becomes one row; a leaf's tree nodes are made when its row is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from mingze.ledger import leaf_bytes, leaf_hash
from mingze.ledger.leaf import Kind
from mingze.store.case_row import Held, Known, update_case, watched
from mingze.store.connection import Write
from mingze.store.tree import Frontier
from mingze.vault.keys import DataKey


class Governed(NamedTuple):
    """The end of the governance chain: how many records it has, its last leaf, and when that was recorded."""

    n: int = 0
    last_leaf: str = ""
    recorded_at: str = ""


_INSERT_CASE: Final = (
    "INSERT INTO case_file (stage, is_open, n, title, duty_role, duty_office, duty_party, due_clock, due_on,"
    " due_provisional, overdue, provisional, next_lapse, changed_at, closed_at, last_leaf, state, authority, case_id,"
    " number, procedure, procedure_hash, opened_at, language, channel, reach)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_OFFICE: Final = (
    "INSERT INTO case_office (authority, office, case_id, role) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
_DELETE_OFFICE: Final = "DELETE FROM case_office WHERE authority = ? AND office = ? AND case_id = ? AND role = ?"
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
_INSERT_NOTICE: Final = (
    "INSERT INTO notice (authority, notice_id, case_id, n, party, action, language, state, attempts, next_at, settled_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', 0, ?, '')"
)
_UPSERT_COUNTER: Final = (
    "INSERT INTO number_counter (authority, year, mark, last) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (authority, year, mark) DO UPDATE SET last = excluded.last"
)

type Row = tuple[Any, ...]


class Rows:
    """What commands would write. `first_n` says how many events the tables have of each case that changed."""

    def __init__(self) -> None:
        self.cases: dict[str, Held] = {}
        self.first_n: dict[str, int] = {}
        self.counters: dict[tuple[int, str], int] = {}
        self.keys: dict[str, Known] = {}
        self.data_keys: list[DataKey] = []
        self.commitments: list[tuple[Kind, bytes]] = []
        self.leaves: list[bytes] = []
        self.governed: Governed | None = None
        self.offices: list[Row] = []
        self.passed_on: list[Row] = []
        self.events: list[Row] = []
        self.slots: list[Row] = []
        self.codes: list[Row] = []
        self.notices: list[Row] = []
        self.after: list[Write] = []
        """Statements to run after the rows of the events, in the same transaction."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.events or self.after or self.leaves)

    def take(self, other: Rows) -> None:
        """These rows and, after them, the others."""
        for case_id, first in other.first_n.items():
            self.first_n.setdefault(case_id, first)
        self.cases.update(other.cases)
        self.counters.update(other.counters)
        self.keys.update(other.keys)
        self.data_keys += other.data_keys
        self.commitments += other.commitments
        self.leaves += other.leaves
        self.offices += other.offices
        self.passed_on += other.passed_on
        self.events += other.events
        self.slots += other.slots
        self.codes += other.codes
        self.notices += other.notices
        self.after += other.after
        self.governed = other.governed or self.governed


class Tables(NamedTuple):
    """Rows ready for the tables: the statements, and what the writer remembers once they are durable."""

    writes: list[Write]
    cases: dict[str, Held]
    frontier: Frontier


def for_tables(rows: Rows, authority: str, frontier: Frontier, project: Callable[[Held], Row]) -> Tables:
    """The statements that write these rows, parents before what refers to them; nothing given is changed."""
    frontier = frontier.copy()
    append, base = frontier.append, frontier.size
    leaves = [
        (authority, index, kind, commitment, append(hashed))
        for index, ((kind, commitment), hashed) in enumerate(zip(rows.commitments, rows.leaves, strict=True), base)
    ]
    new: list[Row] = []
    changed: dict[tuple[int, ...], list[Row]] = {}
    cases = dict(rows.cases)
    for case_id, first in rows.first_n.items():
        held = cases[case_id]
        row = project(held)
        if held.row is not None:
            row = watched(held.row, row, held.case.last_at)
            columns = tuple(at for at, value in enumerate(row) if value != held.row[at])
            values = (*[row[at] for at in columns], authority, case_id, first)
            changed.setdefault(columns, []).append(values)
        else:
            case = held.case
            new.append(
                (*row, authority, case_id, held.number, case.procedure, case.procedure_hash, case.opened_at,
                 held.language, held.channel, held.reach)
            )  # fmt: skip
        cases[case_id] = replace(held, row=row)
    keys = [(authority, key, *known) for key, known in rows.keys.items()]
    counters = [(authority, *place_, last) for place_, last in rows.counters.items()]
    bound = [row for row in rows.offices if cases[row[2]].case.offices.get(row[3]) == row[1]]
    passed_on = [row for row in rows.passed_on if cases[row[2]].case.offices.get(row[3]) != row[1]]
    writes: tuple[Write, ...] = (
        (_INSERT_CASE, new, False),
        *((update_case(columns), values, True) for columns, values in changed.items()),
        (_INSERT_OFFICE, bound, False),
        (_DELETE_OFFICE, passed_on, False),
        (_INSERT_LEAF, leaves, False),
        (_INSERT_EVENT, rows.events, False),
        (_INSERT_SLOT, rows.slots, False),
        (_INSERT_KEY, keys, False),
        (_INSERT_CODE, rows.codes, False),
        (_INSERT_NOTICE, rows.notices, False),
        (_UPSERT_COUNTER, counters, False),
        *rows.after,
    )
    return Tables([write for write in writes if write[1]], cases, frontier)


def hash_leaves(commitments: list[tuple[Kind, bytes]]) -> list[bytes]:
    """The leaf hashes of commitments as the log has them."""
    return [leaf_hash(leaf_bytes(commitment, kind)) for kind, commitment in commitments]
