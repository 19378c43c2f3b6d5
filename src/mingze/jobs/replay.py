"""The whole log replayed from storage alone: nothing that a serving process holds in memory is believed.

    leaf rows ──► leaf hashes ──► nodes ──► root   = every root that was signed, and the published checkpoint
       ▲
    event rows ──► opened ──► commitment           each event opens its leaf, each leaf has its event
                     │
                     └──► case, n, previous        each case is a chain without a gap, and its row says so
    governance rows ──► commitment                 each public leaf is opened, in one chain without a gap

Reads one moment of the database. It opens events (to see that they are the ones committed to) and shows none of them; no
sealed text is opened. Units: indices count leaves from 0, `n` counts a case's events from 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from mingze.casework import decode
from mingze.casework.event import EnvelopeError
from mingze.jobs.static_log import Fault
from mingze.ledger import (
    Edge,
    Governance,
    LedgerError,
    Policy,
    VerifierKey,
    check_governance,
    encode_commitment,
    event_commitment,
    leaf_bytes,
    leaf_hash,
    parse_checkpoint,
)
from mingze.store import Register
from mingze.store.recording import open_event
from mingze.vault import SealBroken

_ROWS: Final = 4_096


@dataclass(frozen=True)
class Replayed:
    """What a replay found: sizes of the log, of the last signature, numbers of events and cases, every fault."""

    leaves: int
    signed: int
    events: int
    cases: int
    root: bytes
    faults: tuple[Fault, ...]


class Replay:
    """One replay of one register's storage."""

    def __init__(self, register: Register, keys: Policy | VerifierKey) -> None:
        """`keys` says by which key the log is signed; after a change of key, by which and up to which size each."""
        self._register = register
        self._authority = register.authority
        self._keys = keys if isinstance(keys, Policy) else Policy.of_log(keys)
        self._faults: list[Fault] = []
        self._signed = self._events = self._cases = 0

    def run(self) -> Replayed:
        """Replay everything. Raises Unavailable when the database cannot be read."""
        with self._register.readers() as connection:
            edge = self._tree(connection)
            self._chains(connection)
            self._orphans(connection)
            self._governance(connection)
        return Replayed(edge.size, self._signed, self._events, self._cases, edge.root(), tuple(self._faults))

    def _say(self, code: str, **values: str | int) -> None:
        self._faults.append(Fault(code, values))

    def _tree(self, connection: Any) -> Edge:
        heads = self._heads(connection)
        edge = Edge()
        waiting: list[tuple[bytes, bytes]] = []

        def grow() -> None:
            nonlocal edge
            base = edge.size
            edge, complete = edge.append([hashed for hashed, _ in waiting])
            nodes: list[list[bytes]] = [[] for _ in waiting]
            for level, index, value in complete:
                nodes[((index + 1) << level) - 1 - base].append(value)
            for at, (_, stored) in enumerate(waiting):
                if b"".join(nodes[at]) != stored:
                    self._say("leaf_nodes", index=base + at)
            waiting.clear()

        for index, kind, commitment, stored in self._leaves(connection):
            place = edge.size + len(waiting)
            if index != place:
                self._say("leaf_gap", index=place, found=index)
                break
            try:
                waiting.append((leaf_hash(leaf_bytes(commitment, kind)), stored))
            except LedgerError:
                self._say("leaf_malformed", index=index)
                break
            if place + 1 in heads or len(waiting) == _ROWS:
                grow()
                for root in heads.pop(edge.size, ()):
                    if root != edge.root():
                        self._say("root_differs", size=edge.size)
        if waiting:
            grow()
        if heads:
            self._say("log_shorter", found=edge.size, signed=max(heads))
        return edge

    def _leaves(self, connection: Any) -> Iterator[tuple[int, Any, bytes, bytes]]:
        sql = (
            "SELECT leaf_index, kind, commitment, nodes FROM leaf WHERE authority = ? AND leaf_index >= ?"
            f" ORDER BY leaf_index LIMIT {_ROWS}"
        )
        after = 0
        while rows := connection.execute(sql, (self._authority, after)).fetchall():
            for index, kind, commitment, nodes in rows:
                yield index, kind, bytes(commitment), bytes(nodes)
            after = rows[-1][0] + 1

    def _heads(self, connection: Any) -> dict[int, set[bytes]]:
        """Every size that was signed, with its roots; the signatures are checked here."""
        heads: dict[int, set[bytes]] = {}
        sql = "SELECT size, root, note FROM checkpoint WHERE authority = ? ORDER BY size"
        for size, root, note in connection.execute(sql, (self._authority,)).fetchall():
            heads.setdefault(size, set()).add(bytes(root))
            self._signed = max(self._signed, size)
            try:
                signed = parse_checkpoint(bytes(note))
                head = signed.checkpoint
                if (head.size, head.root) != (size, bytes(root)):
                    self._say("checkpoint_row", size=size)
                elif head.origin != self._register.origin:
                    continue  # of the log before this one, whose key we no longer hold; its root is checked all the same
                elif not self._keys.log_signers(head.origin, size, signed.note):
                    self._say("unsigned", size=size, name=head.origin)
            except LedgerError as problem:
                said = problem.code in ("signature_bad", "key_out_of_span")
                self._say(problem.code if said else "checkpoint_unreadable", size=size, problem=problem.code)
        sql = "SELECT size, root FROM log_head WHERE authority = ?"
        last = connection.execute(sql, (self._authority,)).fetchone()
        if (last[0] if last else 0) != self._signed or (last and bytes(last[1]) not in heads.get(last[0], set())):
            self._say("head_differs", size=last[0] if last else 0, signed=self._signed)
        heads.pop(0, None)
        return heads

    def _chains(self, connection: Any) -> None:
        """Every event opens its leaf, and every case is a chain from its first event to the one its row names."""
        case_id, n, previous, last_index = "", 0, "", -1
        ends: dict[str, tuple[int, str]] = {}
        vault = self._register.vault
        for case, number, index, key_id, sealed, kind, commitment in self._event_rows(connection):
            self._events += 1
            if case != case_id:
                case_id, n, previous, last_index = case, 0, "", -1
            if number != n + 1:
                self._say("case_gap", case=case, n=n + 1, found=number)
                previous = ""
            if index <= last_index:
                self._say("case_order", case=case, n=number)
            where = {"case": case, "n": number, "index": index}
            leaf = None
            if kind is None:
                self._say("event_without_leaf", **where)
            else:
                leaf = encode_commitment(leaf_hash(leaf_bytes(bytes(commitment), kind)))
            try:
                nonce, data = open_event(vault, case, number, key_id, bytes(sealed))
                event = decode(data)
            except (SealBroken, EnvelopeError):
                self._say("event_unopenable", **where)
            else:
                if kind is not None and event_commitment(nonce, data) != bytes(commitment):
                    self._say("event_not_committed", **where)
                if (event.authority, event.case, event.n) != (self._authority, case, number):
                    self._say("event_misplaced", **where)
                if (event.previous or "") != previous and (previous or number == 1):
                    self._say("chain_broken", **where)
                self._slots(connection, case, number, {mention["slot"] for mention in event.sealed})
            n, previous, last_index = number, leaf or "", index
            ends[case] = (number, previous)
        sql = "SELECT case_id, n, last_leaf FROM case_file WHERE authority = ? ORDER BY case_id"
        for case, count, last_leaf in connection.execute(sql, (self._authority,)).fetchall():
            self._cases += 1
            found = ends.pop(case, (0, ""))
            if found[0] != count or (found[1] and found[1] != last_leaf):
                self._say("case_row", case=case, n=count, found=found[0])

    def _event_rows(self, connection: Any) -> Iterator[Any]:
        sql = (
            "SELECT e.case_id, e.n, e.leaf_index, e.key_id, e.sealed, l.kind, l.commitment FROM event e"
            " LEFT JOIN leaf l ON l.authority = e.authority AND l.leaf_index = e.leaf_index"
            f" WHERE e.authority = ? AND (e.case_id, e.n) > (?, ?) ORDER BY e.case_id, e.n LIMIT {_ROWS}"
        )
        after: tuple[str, int] = ("", 0)
        while rows := connection.execute(sql, (self._authority, *after)).fetchall():
            yield from rows
            after = (rows[-1][0], rows[-1][1])

    def _slots(self, connection: Any, case: str, n: int, mentioned: set[str]) -> None:
        sql = "SELECT slot, digest FROM slot WHERE authority = ? AND case_id = ? AND n = ?"
        if not mentioned:
            return
        rows = connection.execute(sql, (self._authority, case, n)).fetchall()
        for slot in sorted(mentioned ^ {row[0] for row in rows}):
            self._say("slot_missing", case=case, n=n, slot=slot)

    def _governance(self, connection: Any) -> None:
        """Every public leaf is opened by a governance record, in one chain."""
        sql = "SELECT leaf_index, kind, commitment FROM leaf WHERE authority = ? AND kind <> 'e' ORDER BY leaf_index"
        rows = connection.execute(sql, (self._authority,)).fetchall()
        leaves = {index: leaf_bytes(bytes(commitment), kind) for index, kind, commitment in rows}
        sql = "SELECT leaf_index, nonce, event FROM governance WHERE authority = ? ORDER BY n"
        rows = connection.execute(sql, (self._authority,)).fetchall()
        records = [Governance(index, bytes(nonce), bytes(event)) for index, nonce, event in rows]
        for problem in check_governance(records, leaves, 1 << 62):
            self._say(problem.code, **problem.values)

    def _orphans(self, connection: Any) -> None:
        """Leaves of kind "e" that belong to no event: a record was taken out of the database."""
        sql = (
            "SELECT leaf_index FROM leaf WHERE authority = ? AND kind = 'e'"
            " EXCEPT SELECT leaf_index FROM event WHERE authority = ? ORDER BY leaf_index"
        )
        for (index,) in connection.execute(sql, (self._authority, self._authority)).fetchall():
            self._say("leaf_without_event", index=index)
