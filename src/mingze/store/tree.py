"""The public log as it stands in the database: each leaf's row holds the tree nodes that this leaf completed.

Node (level, index) became complete with leaf ((index + 1) << level) - 1, so its 32 bytes stand in that leaf's row at
offset 32 * level. A proof of any size is one query for at most two rows a level.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import batched
from typing import Any, Final

from mingze.ledger import Edge, Governance, Tile, entry_bundle, format_governance, leaf_bytes, node_hash

type Node = Callable[[int, int], bytes]


class Frontier:
    """The right edge of the log while it is being written: one leaf at a time, with the nodes each leaf completes.

    What `Edge` is as a value, kept ready to append to. A leaf completes its own node, and one more for each trailing 1 in
    the binary writing of its index. Copy it before a transaction, keep the copy when the transaction is durable.
    """

    __slots__ = ("_peaks", "size")

    def __init__(self, size: int, peaks: list[bytes]) -> None:
        self.size = size
        self._peaks = peaks

    @classmethod
    def of(cls, edge: Edge) -> Frontier:
        """The frontier of an edge; unused levels hold nothing that is read."""
        peaks = [b""] * edge.size.bit_length()
        held = [bit for bit in range(edge.size.bit_length() - 1, -1, -1) if edge.size >> bit & 1]
        for level, value in zip(held, edge.hashes, strict=True):
            peaks[level] = value
        return cls(edge.size, peaks)

    def copy(self) -> Frontier:
        """A frontier of its own with the same leaves."""
        return Frontier(self.size, list(self._peaks))

    def append(self, leaf_hash: bytes) -> bytes:
        """Add a leaf; the hashes of the nodes it completes, its own first, as its row stores them."""
        peaks, value, nodes, level, rest = self._peaks, leaf_hash, leaf_hash, 0, self.size
        while rest & 1:
            value = node_hash(peaks[level], value)
            nodes += value
            level += 1
            rest >>= 1
        if level == len(peaks):
            peaks.append(value)
        else:
            peaks[level] = value
        self.size += 1
        return nodes


def log_size(connection: Any, authority: str) -> int:
    """How many leaves are durable."""
    sql = "SELECT leaf_index FROM leaf WHERE authority = ? ORDER BY leaf_index DESC LIMIT 1"
    row = connection.execute(sql, (authority,)).fetchone()
    return row[0] + 1 if row else 0


def load_frontier(connection: Any, authority: str) -> Frontier:
    """The right edge of the log, from its stored nodes: where the writer goes on."""
    return Frontier.of(edge_of(connection, authority, log_size(connection, authority)))


def edge_of(connection: Any, authority: str, size: int) -> Edge:
    """The right edge of the first `size` leaves."""
    places = [(bit, (size >> bit) - 1) for bit in range(size.bit_length() - 1, -1, -1) if size >> bit & 1]
    return Edge.of_size(size, fetch_nodes(connection, authority, places))


class UpperNodes:
    """The nodes that proofs ask for again and again, in memory: all complete ones from the ninth level up, and the edge.

    One node for 256 leaves, and as many again for all levels above: 2.5 MB at ten million leaves. Whoever publishes lets
    it grow; what it does not hold is read from the database, which is at most one node for each of the lowest eight
    levels. Complete nodes never change. Only for making proofs, which whoever gets them checks; what is to be signed is
    read anew.
    """

    LEVEL: Final = 8
    LIMIT: Final = 1 << 20
    """Nodes of the lowest level kept, at most: of 268 million leaves, 64 MB with the levels above."""

    def __init__(self) -> None:
        self._levels: list[bytearray] = [bytearray()]
        self._edge: dict[tuple[int, int], bytes] = {}
        self._growing = threading.Lock()

    def size_bytes(self) -> int:
        """What is kept of the upper levels, in bytes."""
        return sum(map(len, self._levels))

    def among(self, places: Iterable[tuple[int, int]]) -> tuple[dict[tuple[int, int], bytes], list[tuple[int, int]]]:
        """Those of these nodes that are kept, and the places of the others."""
        levels, edge, lowest = self._levels, self._edge, self.LEVEL
        kept: dict[tuple[int, int], bytes] = {}
        others = []
        for place in places:
            level, index = place
            if lowest <= level < lowest + len(levels):
                value = bytes(levels[level - lowest][32 * index : 32 * index + 32])
            else:
                value = edge.get(place)
            if value:
                kept[place] = value
            else:
                others.append(place)
        return kept, others

    def grow(self, connection: Any, authority: str, size: int) -> None:
        """Keep the upper nodes of the first `size` leaves, as far as the limit allows, and the edge of that size."""
        wanted = min(size >> self.LEVEL, self.LIMIT)
        with self._growing:
            for start in range(len(self._levels[0]) // 32, wanted, 256):
                indices = range(start, min(start + 256, wanted))
                rows = _rows(connection, authority, [((index + 1) << self.LEVEL) - 1 for index in indices])
                for number in sorted(rows):
                    for level, value in enumerate(batched(rows[number][32 * self.LEVEL :], 32, strict=True)):
                        if level == len(self._levels):
                            self._levels.append(bytearray())
                        self._levels[level] += bytes(value)
            low = [(bit, (size >> bit) - 1) for bit in range(self.LEVEL) if size >> bit & 1]
            node = fetch_nodes(connection, authority, low)
            self._edge = {place: node(*place) for place in low}


def fetch_nodes(
    connection: Any, authority: str, places: Iterable[tuple[int, int]], upper: UpperNodes | None = None
) -> Node:
    """A reader of these complete nodes, fetched at once. Asking it for another raises KeyError."""
    nodes, others = upper.among(places) if upper is not None else ({}, list(places))
    rows = _rows(connection, authority, sorted({((index + 1) << level) - 1 for level, index in others}))
    for level, index in others:
        nodes[level, index] = rows[((index + 1) << level) - 1][32 * level : 32 * level + 32]
    return lambda level, index: nodes[level, index]


def _rows(connection: Any, authority: str, numbers: Sequence[int]) -> dict[int, bytes]:
    """The nodes that these leaves completed, 256 leaves a query; many in steps of powers of two, so that few statements
    are prepared."""
    rows: dict[int, bytes] = {}
    for at in range(0, len(numbers), 256):
        part = tuple(numbers[at : at + 256])
        if len(part) > 16:
            part += (part[-1],) * ((1 << (len(part) - 1).bit_length()) - len(part))
        found = connection.execute(_by_numbers(len(part)), (authority, *part)).fetchall()
        rows.update((number, bytes(nodes)) for number, nodes in found)
    return rows


@cache
def _by_numbers(size: int) -> str:
    marks = ", ".join("?" * size)
    return f"SELECT leaf_index, nodes FROM leaf WHERE authority = ? AND leaf_index IN ({marks})"


def fetch_entries(connection: Any, authority: str, tile: Tile) -> bytes:
    """An entry bundle: the leaves themselves."""
    first = tile.index * 256
    sql = "SELECT commitment, kind FROM leaf WHERE authority = ? AND leaf_index >= ? AND leaf_index < ? ORDER BY leaf_index"
    rows = connection.execute(sql, (authority, first, first + tile.width)).fetchall()
    return entry_bundle([leaf_bytes(bytes(commitment), kind) for commitment, kind in rows])


def fetch_governance(connection: Any, authority: str, size: int) -> bytes:
    """The openings of all governance leaves among the first `size`, as the file that is published."""
    sql = "SELECT leaf_index, nonce, event FROM governance WHERE authority = ? AND leaf_index < ? ORDER BY n"
    rows = connection.execute(sql, (authority, size)).fetchall()
    return format_governance(Governance(index, bytes(nonce), bytes(event)) for index, nonce, event in rows)
