"""The public log as it stands in the database: each leaf's row holds the tree nodes that this leaf completed.

Node (level, index) became complete with leaf ((index + 1) << level) - 1, so its 32 bytes stand in that leaf's row at
offset 32 * level. A proof of any size is one query for at most two rows a level.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
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
    """The nodes from the ninth level up, kept once they were read, because nearly every proof asks for them again.

    A complete node never changes, and there is one such node for 256 leaves. Only for making proofs, which whoever gets
    them checks; what is to be signed is read anew.
    """

    LEVEL: Final = 8
    LIMIT: Final = 1 << 17
    """Nodes kept, at most: those of 16 million leaves, about 20 MB."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, int], bytes] = {}

    def known(self, places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
        """Those of these nodes that are kept."""
        kept = self._kept
        return {place: kept[place] for place in places if place in kept}

    def keep(self, nodes: Mapping[tuple[int, int], bytes]) -> None:
        """Keep the upper ones of these nodes."""
        if len(self._kept) >= self.LIMIT:
            self._kept = {}
        self._kept.update((place, value) for place, value in nodes.items() if place[0] >= self.LEVEL)


def fetch_nodes(
    connection: Any, authority: str, places: Iterable[tuple[int, int]], upper: UpperNodes | None = None
) -> Node:
    """A reader of these complete nodes, fetched at once. Asking it for another raises KeyError."""
    asked = list(places)
    known = upper.known(asked) if upper is not None else {}
    wanted = [place for place in asked if place not in known] if known else asked
    rows: dict[int, bytes] = {}
    numbers = sorted({((index + 1) << level) - 1 for level, index in wanted})
    for at in range(0, len(numbers), 256):
        part = numbers[at : at + 256]
        size = 1 << (len(part) - 1).bit_length()
        padded = (*part, *([part[-1]] * (size - len(part))))
        rows.update(
            (row[0], bytes(row[1])) for row in connection.execute(_by_numbers(size), (authority, *padded)).fetchall()
        )
    nodes = {(level, index): rows[((index + 1) << level) - 1][32 * level : 32 * level + 32] for level, index in wanted}
    if upper is not None:
        upper.keep(nodes)
        nodes |= known
    return lambda level, index: nodes[level, index]


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
