"""The journal: one page that makes a command durable, so that its commit touches little and its tables follow later.

    command ──► body (rows as MessagePack, CRC-32) ──► slot of the ring ──► COMMIT, one flush ──► answer
                                                            │
                        idle, ring full, or somebody reads ─┴─► rows into their tables, `journal_merged` moves on

A batch takes one slot or a few, each a row that fills a page of its own, so that writing it again touches that page and
nothing else. A batch is in the tables when `journal_merged` has its number; until then its slots are not written again.
SQLite only: PostgreSQL writes a whole batch as one statement anyway.

If we crash here:
    before COMMIT                    nothing of the batch exists
    after COMMIT, before the tables  the next opening reads the ring and goes on (`pending`), before anybody reads a table
    while the tables are written     that transaction is undone; the ring still has everything
    tables written, not yet flushed  the same: the next commit's flush covers both, because they are one write-ahead log
"""

from __future__ import annotations

from typing import Any, Final
from zlib import crc32

import msgspec

from mingze.casework import Case
from mingze.store.case_row import Held, Known
from mingze.store.errors import Unavailable
from mingze.store.rows import Rows, hash_leaves

SLOT_BYTES: Final = 4_000
"""The body of one slot: with its other columns it fills a page of 4,096 bytes and never needs a second."""

SLOTS: Final = 64
"""Slots of the ring: how much can wait for its tables."""

BATCH_SLOTS: Final = 4
"""A batch that would take more goes to the tables at once: it shares their pages by itself."""

FORMAT: Final = 1

_WRITE: Final = (
    "INSERT INTO journal (slot, authority, seq, part, parts, crc, body) VALUES (?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (slot) DO UPDATE SET seq = excluded.seq, part = excluded.part, parts = excluded.parts,"
    " crc = excluded.crc, body = excluded.body"
)
_BLANK: Final = "UPDATE journal SET body = zeroblob(?) WHERE authority = ? AND seq <= ?"
MERGED: Final = (
    "INSERT INTO journal_merged (authority, seq) VALUES (?, ?) ON CONFLICT (authority) DO UPDATE SET seq = excluded.seq"
)
_WAITING: Final = (
    "SELECT 1 FROM journal WHERE authority = ? AND seq >"
    " coalesce((SELECT m.seq FROM journal_merged m WHERE m.authority = journal.authority), 0) LIMIT 1"
)
_PENDING: Final = "SELECT seq, part, parts, crc, body FROM journal WHERE authority = ? AND seq > ? ORDER BY seq, part"

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder().decode


class Journal:
    """The ring of one authority, as the writer keeps it in mind."""

    def __init__(self, connection: Any, authority: str) -> None:
        self._authority = authority
        mine = connection.execute("SELECT slot FROM journal WHERE authority = ? ORDER BY slot", (authority,)).fetchall()
        last = connection.execute("SELECT coalesce(max(slot), -1) FROM journal").fetchone()[0]
        self._slots: list[int] = [slot for (slot,) in mine]
        self._slots += range(last + 1, last + 1 + SLOTS - len(self._slots))
        self.merged: int = _merged(connection, authority)
        self.seq = self.merged
        """The number of the last batch that is durable."""
        self._used = 0
        self._at = 0

    def slots_for(self, rows: Rows) -> list[tuple[Any, ...]] | None:
        """The rows of the ring that make this batch durable; None where it belongs in the tables at once: it has
        statements of its own, is large, or there is no room.
        """
        if rows.after or rows.governed or not rows.events:
            return None
        body = to_body(rows)
        parts = -(-len(body) // SLOT_BYTES)
        if parts > BATCH_SLOTS or self._used + parts > SLOTS:
            return None
        crc, seq = crc32(body), self.seq + 1
        body += bytes(parts * SLOT_BYTES - len(body))
        return [
            (
                self._slots[(self._at + part) % SLOTS], self._authority, seq, part, parts, crc,
                body[part * SLOT_BYTES : (part + 1) * SLOT_BYTES],
            )
            for part in range(parts)
        ]  # fmt: skip

    @staticmethod
    def write(slots: list[tuple[Any, ...]]) -> tuple[str, list[tuple[Any, ...]], bool]:
        """The statement that writes them."""
        return _WRITE, slots, False

    def blank(self) -> tuple[str, list[tuple[Any, ...]], bool]:
        """The statement that empties all slots of what is in the tables."""
        return _BLANK, [(SLOT_BYTES, self._authority, self.merged)], False

    def written(self, slots: list[tuple[Any, ...]]) -> None:
        """They are durable."""
        self.seq += 1
        self._used += len(slots)
        self._at = (self._at + len(slots)) % SLOTS

    def emptied(self) -> None:
        """All of it is in the tables."""
        self.merged = self.seq
        self._used = 0

    def pending(self, connection: Any) -> list[list[Any]]:
        """The bodies of the batches that are durable and not in the tables, oldest first.

        Raises Unavailable `stopped` when one is not as it was written.
        """
        found: dict[int, list[tuple[Any, ...]]] = {}
        for row in connection.execute(_PENDING, (self._authority, self.merged)).fetchall():
            found.setdefault(row[0], []).append(row)
        bodies = []
        for seq, parts in found.items():
            if seq != self.seq + 1 or len(parts) != parts[0][2]:
                raise Unavailable("stopped", f"the journal has no whole batch {self.seq + 1}")
            bodies.append(_body(b"".join(bytes(part[4]) for part in parts), parts[0][3]))
            self.seq = seq
        return bodies


def waits(connection: Any, authority: str) -> bool:
    """Whether something durable is not in the tables yet."""
    return connection.execute(_WAITING, (authority,)).fetchone() is not None


def _merged(connection: Any, authority: str) -> int:
    row = connection.execute("SELECT seq FROM journal_merged WHERE authority = ?", (authority,)).fetchone()
    return row[0] if row else 0


def _body(padded: bytes, crc: int) -> list[Any]:
    size = 4 + int.from_bytes(padded[:4])
    if crc32(padded[:size]) != crc:
        raise Unavailable("stopped", "a slot of the journal was altered")
    content = _decode(padded[4:size])
    if content[0] != FORMAT:
        raise Unavailable("stopped", f"the journal is of format {content[0]}")
    return content


def to_body(rows: Rows) -> bytes:
    """A batch as the ring keeps it: its length in four bytes, then MessagePack."""
    cases = [
        (case_id, held.number, held.language, held.channel, held.reach, held.last_leaf, held.case.to_bytes())
        for case_id, held in rows.cases.items()
    ]
    keys = [(key, *known) for key, known in rows.keys.items()]
    counters = [(*place, last) for place, last in rows.counters.items()]
    content = _encode(
        (
            FORMAT, cases, keys, counters, rows.commitments, rows.offices, rows.passed_on, rows.events, rows.slots, rows.codes,
            rows.notices,
        )
    )  # fmt: skip
    return len(content).to_bytes(4) + content


def rows_of(body: list[Any], held: Any) -> Rows:
    """The rows of a batch again; `held(case_id)` gives a case as it was before, or None."""
    _, cases, keys, counters, commitments, offices, passed_on, events, slots, codes, notices = body
    rows = Rows()
    answers: dict[str, dict[str, Known]] = {}
    for _, case_id, n, leaf_index, _, _, _, key, *_ in events:
        if key:
            answers.setdefault(case_id, {})[key] = Known(case_id, n, leaf_index)
    for case_id, number, language, channel, reach, last_leaf, state in cases:
        before: Held | None = held(case_id)
        rows.first_n[case_id] = before.case.n if before else 0
        case = Case.from_bytes(state)
        answered = {**(before.answers if before else {}), **answers.get(case_id, {})}
        row = before.row if before else None
        rows.cases[case_id] = Held(case, number, last_leaf, language, channel, reach, answered, row)
    rows.keys = {key: Known(*known) for key, *known in keys}
    rows.counters = {(year, mark): last for year, mark, last in counters}
    rows.commitments = [(kind, commitment) for kind, commitment in commitments]
    rows.leaves = hash_leaves(rows.commitments)
    for mine, found in (
        (rows.offices, offices), (rows.passed_on, passed_on), (rows.events, events), (rows.slots, slots), (rows.codes, codes),
        (rows.notices, notices),
    ):  # fmt: skip
        mine += [tuple(row) for row in found]
    return rows
