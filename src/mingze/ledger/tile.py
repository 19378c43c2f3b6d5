"""Tiles: the log as static files that anybody may copy and any C2SP client can read (C2SP tlog-tiles).

    tile/0/x001/x234/067        256 hashes of 32 bytes: leaves 1234067*256 and following
    tile/1/000.p/17             a partial tile: the first 17 of 256
    tile/entries/000.p/17       the first 17 leaves themselves, each after its length as two bytes

A tile at level L holds nodes of tree level 8*L. Full tiles never change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from mingze.ledger.errors import LedgerError
from mingze.ledger.tree import Node

WIDTH: Final = 256
ENTRY_LIMIT: Final = 65_535
"""Bytes in the longest entry a bundle can hold; leaves have 65."""

_PATH: Final = re.compile(r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


@dataclass(frozen=True, slots=True)
class Tile:
    """Which tile: its level (or "entries"), its number within the level, how many of its 256 places are filled."""

    level: int | Literal["entries"]
    index: int
    width: int = WIDTH

    def path(self) -> str:
        """Where the tile is served, relative to the log's address.

        >>> Tile(0, 1234067).path()
        'tile/0/x001/x234/067'
        """
        if self.index < 0 or not 1 <= self.width <= WIDTH or (self.level != "entries" and not 0 <= self.level <= 63):
            raise LedgerError("tile_range", level=str(self.level), index=self.index, width=self.width)
        groups = []
        rest = self.index
        while rest >= 1000 or not groups:
            groups.append(f"{rest % 1000:03}")
            rest //= 1000
        if rest:
            groups.append(f"{rest:03}")
        *upper, last = reversed(groups)
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return "/".join(["tile", str(self.level), *(f"x{group}" for group in upper), last]) + partial

    def nodes(self) -> list[tuple[int, int]]:
        """The stored tree nodes (level, index) whose hashes make up this tile, in order; for entries, the leaves."""
        level = 0 if self.level == "entries" else 8 * self.level
        first = self.index * WIDTH
        return [(level, first + place) for place in range(self.width)]


def parse_tile_path(path: str) -> Tile:
    """Read a tile's path; only the one canonical spelling names a tile.

    Raises LedgerError `tile_path`.
    """
    match = _PATH.fullmatch(path)
    if match:
        level, groups, width = match.groups()
        number = int(groups.replace("x", "").replace("/", ""))
        tile = Tile("entries" if level == "entries" else int(level), number, int(width or WIDTH))
        if tile.width <= WIDTH and (level == "entries" or int(level) <= 63) and tile.path() == path:
            return tile
    raise LedgerError("tile_path", found=path[:120])


def tiles_between(old: int, new: int) -> Iterator[Tile]:
    """The hash tiles to write when a log grows from `old` to `new` leaves: each full one once, then the partial one.

    Entry bundles have the same numbers and widths as the tiles of level 0.
    """
    for level in range(8):
        before, after = old >> 8 * level, new >> 8 * level
        if after == 0:
            return
        for index in range(before // WIDTH, after // WIDTH):
            yield Tile(level, index)
        if after % WIDTH and after != before:
            yield Tile(level, after // WIDTH, after % WIDTH)


def tiles_of(size: int) -> list[Tile]:
    """Every hash tile of a tree of this size."""
    return list(tiles_between(0, size))


def tile_bytes(tile: Tile, node: Node) -> bytes:
    """The content of a hash tile, 32 bytes for each place."""
    return b"".join(node(*place) for place in tile.nodes())


def entry_bundle(entries: Sequence[bytes]) -> bytes:
    """Up to 256 leaves as one file, each after its length as two bytes, big-endian.

    Raises LedgerError `bundle_size`, `entry_size`.
    """
    if not 1 <= len(entries) <= WIDTH:
        raise LedgerError("bundle_size", expected=WIDTH, found=len(entries))
    for entry in entries:
        if len(entry) > ENTRY_LIMIT:
            raise LedgerError("entry_size", expected=ENTRY_LIMIT, found=len(entry))
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def parse_entry_bundle(data: bytes) -> list[bytes]:
    """Read an entry bundle.

    Raises LedgerError `bundle_malformed` when it ends inside an entry, `bundle_size`.
    """
    entries, at = [], 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if at + 2 > len(data) or end > len(data):
            raise LedgerError("bundle_malformed", at=at)
        entries.append(data[at + 2 : end])
        at = end
    if not 1 <= len(entries) <= WIDTH:
        raise LedgerError("bundle_size", expected=WIDTH, found=len(entries))
    return entries
