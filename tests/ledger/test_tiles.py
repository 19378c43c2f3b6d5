"""The log as files is laid out as C2SP tlog-tiles says, so that any client can copy and replay it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingze.ledger import (
    Edge,
    LedgerError,
    Tile,
    entry_bundle,
    leaf_bytes,
    leaf_hash,
    node_hash,
    parse_entry_bundle,
    parse_tile_path,
    tile_bytes,
    tiles_between,
    tiles_of,
)

PATHS = {
    "tile/0/x001/x234/067": Tile(0, 1234067),
    "tile/0/000": Tile(0, 0),
    "tile/63/999.p/1": Tile(63, 999, 1),
    "tile/1/x001/000": Tile(1, 1000),
    "tile/entries/x123/456.p/255": Tile("entries", 123456, 255),
}


@pytest.mark.parametrize("path", PATHS)
def test_paths_group_their_digits_by_three(path: str) -> None:
    """A tile's path is the specification's, and reads back to the same tile."""
    assert PATHS[path].path() == path
    assert parse_tile_path(path) == PATHS[path]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0/0",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/x000/001",
        "tile/0/001/000",
        "tile/0/x001/x000",
        "tile/0/000.p/256",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "tile/0/000.p/999",
        "tile/data/000",
        "tile/0/../000",
        "/tile/0/000",
        "tile/0/000\n",
        "tile/0/０００",
    ],
)
def test_only_the_canonical_path_names_a_tile(path: str) -> None:
    """A second spelling, a wrong width or a way out of the folder is refused."""
    with pytest.raises(LedgerError) as refused:
        parse_tile_path(path)
    assert refused.value.code == "tile_path"


@given(st.integers(0, 10**12), st.integers(1, 256), st.integers(0, 63))
def test_every_tile_has_a_path_of_its_own(index: int, width: int, level: int) -> None:
    """Path and tile are each other's."""
    tile = Tile(level, index, width)
    assert parse_tile_path(tile.path()) == tile


def test_the_specifications_examples_are_the_tiles_made() -> None:
    """70,000 leaves: 273 full tiles and a partial one below, one full and one partial above, one of width 1 on top."""
    by_level = {level: [tile for tile in tiles_of(70_000) if tile.level == level] for level in range(4)}
    assert [len(by_level[level]) for level in range(4)] == [274, 2, 1, 0]
    assert [by_level[level][-1].width for level in range(3)] == [112, 17, 1]
    assert tiles_of(256) == [Tile(0, 0), Tile(1, 0, 1)]
    assert tiles_of(0) == []


@given(st.integers(0, 200_000), st.integers(0, 3_000))
def test_growing_writes_what_is_new_and_only_that(old: int, more: int) -> None:
    """The tiles of the larger log are those of the smaller, whose partial ones are replaced, and the new ones."""
    new = old + more
    fresh = list(tiles_between(old, new))
    assert len(set(fresh)) == len(fresh)
    assert set(tiles_of(new)) - set(tiles_of(old)) == set(fresh)


def test_tiles_hold_the_stored_nodes_and_lead_to_the_root() -> None:
    """From the files alone, a client computes the same root as the writer's edge."""
    size = 1_000
    leaves = [leaf_hash(b"%d" % n) for n in range(size)]
    edge, fresh = Edge().append(leaves)
    stored = {(level, index): value for level, index, value in fresh}
    files = {tile.path(): tile_bytes(tile, lambda level, index: stored[level, index]) for tile in tiles_of(size)}
    assert set(files) == {"tile/0/000", "tile/0/001", "tile/0/002", "tile/0/003.p/232", "tile/1/000.p/3"}
    assert b"".join(files[path] for path in sorted(files) if path.startswith("tile/0")) == b"".join(leaves)

    def root(hashes: list[bytes]) -> bytes:
        if len(hashes) == 1:
            return hashes[0]
        half = 1 << (len(hashes) - 1).bit_length() - 1
        return node_hash(root(hashes[:half]), root(hashes[half:]))

    above = files["tile/1/000.p/3"]
    assert above[:32] == root(leaves[:256])
    assert root(leaves) == edge.root()


@given(st.lists(st.binary(max_size=80), min_size=1, max_size=256))
def test_entry_bundles_read_back(entries: list[bytes]) -> None:
    """A bundle gives back its entries, whatever they hold."""
    assert parse_entry_bundle(entry_bundle(entries)) == entries


def test_a_bundle_of_leaves_has_67_bytes_for_each() -> None:
    """Two bytes of length, big-endian, before each leaf of 65."""
    assert entry_bundle([leaf_bytes(bytes(32))] * 3) == (b"\x00\x41" + leaf_bytes(bytes(32))) * 3


@pytest.mark.parametrize("data", [b"", b"\x00", b"\x00\x02a", b"\x00\x01ab", b"\x00\x00" * 257])
def test_a_damaged_bundle_is_not_read(data: bytes) -> None:
    """A bundle that ends inside an entry, is empty, or holds more than 256 entries is refused."""
    with pytest.raises(LedgerError) as refused:
        parse_entry_bundle(data)
    assert refused.value.code in ("bundle_malformed", "bundle_size")


@pytest.mark.parametrize("entries", [[], [b""] * 257, [bytes(65_536)]])
def test_an_impossible_bundle_is_not_written(entries: list[bytes]) -> None:
    """No entries, too many, or one too long for its two bytes of length."""
    with pytest.raises(LedgerError):
        entry_bundle(entries)


@pytest.mark.parametrize("tile", [Tile(0, -1), Tile(64, 0), Tile(0, 0, 0), Tile(0, 0, 257), Tile("entries", -1)])
def test_an_impossible_tile_has_no_path(tile: Tile) -> None:
    """A tile outside the format is refused before a file is named after it."""
    with pytest.raises(LedgerError) as refused:
        tile.path()
    assert refused.value.code == "tile_range"
