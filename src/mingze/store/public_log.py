"""The public log of a register: governance records, checkpoints, proofs and tiles."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal

from mingze.casework import (
    Actor,
    Refused,
)
from mingze.ledger import (
    GOVERNANCE,
    Opening,
    Tile,
    format_proof,
    inclusion_nodes,
    inclusion_proof,
    parse_checkpoint,
    tile_bytes,
)
from mingze.store.answers import (
    GovernanceRecorded,
    GovernedEvent,
)
from mingze.store.publishing import Publisher
from mingze.store.reading import Reading
from mingze.store.recording import Draft, Known
from mingze.store.tree import fetch_entries, fetch_governance, fetch_nodes


class PublicLog(Reading):
    """What is public of every event, and what shows that it is there."""

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

    def signed_size(self) -> int:
        """How many records that checkpoint covers; 0 while nothing has been recorded."""
        note = self.checkpoint()
        return parse_checkpoint(note).checkpoint.size if note else 0

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
