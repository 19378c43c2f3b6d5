"""The public log as it stands in the database: each leaf's row holds the tree nodes that this leaf completed.

Node (level, index) became complete with leaf ((index + 1) << level) - 1, so its 32 bytes stand in that leaf's row at
offset 32 * level. A proof of any size is one query for at most two rows a level.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from mingze.ledger import Edge, Tile, entry_bundle, leaf_bytes

type Node = Callable[[int, int], bytes]


def log_size(connection: Any, authority: str) -> int:
    """How many leaves are durable."""
    sql = "SELECT leaf_index FROM leaf WHERE authority = ? ORDER BY leaf_index DESC LIMIT 1"
    row = connection.execute(sql, (authority,)).fetchone()
    return row[0] + 1 if row else 0


def load_edge(connection: Any, authority: str) -> Edge:
    """The right edge of the log, from its stored nodes: where the writer goes on."""
    size = log_size(connection, authority)
    return edge_of(connection, authority, size)


def edge_of(connection: Any, authority: str, size: int) -> Edge:
    """The right edge of the first `size` leaves."""
    places = [(bit, (size >> bit) - 1) for bit in range(size.bit_length() - 1, -1, -1) if size >> bit & 1]
    return Edge.of_size(size, fetch_nodes(connection, authority, places))


def fetch_nodes(connection: Any, authority: str, places: Iterable[tuple[int, int]]) -> Node:
    """A reader of these complete nodes, fetched at once. Asking it for another raises KeyError."""
    wanted = list(places)
    rows: dict[int, bytes] = {}
    numbers = sorted({((index + 1) << level) - 1 for level, index in wanted})
    for at in range(0, len(numbers), 256):
        part = numbers[at : at + 256]
        size = 1 << (len(part) - 1).bit_length()
        marks = ", ".join("?" * size)
        sql = f"SELECT leaf_index, nodes FROM leaf WHERE authority = ? AND leaf_index IN ({marks})"
        padded = (*part, *([part[-1]] * (size - len(part))))
        rows.update((row[0], bytes(row[1])) for row in connection.execute(sql, (authority, *padded)).fetchall())
    nodes = {(level, index): rows[((index + 1) << level) - 1][32 * level : 32 * level + 32] for level, index in wanted}
    return lambda level, index: nodes[level, index]


def fetch_entries(connection: Any, authority: str, tile: Tile) -> bytes:
    """An entry bundle: the leaves themselves."""
    first = tile.index * 256
    sql = "SELECT commitment, kind FROM leaf WHERE authority = ? AND leaf_index >= ? AND leaf_index < ? ORDER BY leaf_index"
    rows = connection.execute(sql, (authority, first, first + tile.width)).fetchall()
    return entry_bundle([leaf_bytes(bytes(commitment), kind) for commitment, kind in rows])
