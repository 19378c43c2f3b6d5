"""Proofs from a stored log: the nodes that are kept in memory are those of the database, and no more of them than allowed."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from mingze.ledger import inclusion_nodes, inclusion_proof, leaf_bytes, leaf_hash, verify_inclusion
from mingze.store import migrate
from mingze.store.connection import Database, Readers
from mingze.store.tree import Frontier, UpperNodes, edge_of, fetch_nodes

LEAVES = 66_000
AUTHORITY = "mingyuan"


def commitment(index: int) -> bytes:
    return sha256(b"%d" % index).digest()


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory):
    """A log of 66,000 leaves, so that its tree has a node on every level to the sixteenth."""
    folder: Path = tmp_path_factory.mktemp("log")
    migrate(folder)
    frontier, rows = Frontier(0, []), []
    for index in range(LEAVES):
        nodes = frontier.append(leaf_hash(leaf_bytes(commitment(index))))
        rows.append((AUTHORITY, index, commitment(index), nodes))
    database = Database(folder, "register")
    connection = database.connect(write=True)
    connection.begin()
    insert = "INSERT INTO leaf (authority, leaf_index, kind, commitment, nodes) VALUES (?, ?, 'e', ?, ?)"
    connection.write_all([(insert, rows, False)])
    connection.commit()
    connection.close()
    opened = database.readers()
    yield opened
    opened.close()


def grown(readers: Readers, *sizes: int) -> UpperNodes:
    kept = UpperNodes()
    with readers() as connection:
        for size in sizes:
            kept.grow(connection, AUTHORITY, size)
    return kept


@pytest.mark.parametrize("steps", [(LEAVES,), (1, 255, 256, 257, 65_535, 65_536, LEAVES), (65_536,), ()])
def test_proofs_with_kept_nodes_are_those_from_the_database_alone(readers: Readers, steps: tuple[int, ...]) -> None:
    """However far the kept nodes have grown, and in which steps, a proof has the same hashes and leads to the root."""
    kept = grown(readers, *steps)
    with readers() as connection:
        for size in (1, 255, 256, 257, 4_097, 65_535, 65_536, 65_537, LEAVES):
            root = edge_of(connection, AUTHORITY, size).root()
            for index in {0, size // 3, size - 1, max(size - 200, 0)}:
                places = inclusion_nodes(index, size)
                proof = inclusion_proof(index, size, fetch_nodes(connection, AUTHORITY, places, kept))
                alone = inclusion_proof(index, size, fetch_nodes(connection, AUTHORITY, places))
                assert proof == alone
                assert len(proof) <= (size - 1).bit_length()
                assert verify_inclusion(leaf_hash(leaf_bytes(commitment(index))), index, size, proof, root)


def test_a_proof_reads_at_most_one_row_for_each_of_the_lowest_eight_levels(readers: Readers) -> None:
    """Once the kept nodes have grown, what a proof still reads lies within 256 leaves of the one proved."""
    kept = grown(readers, LEAVES)
    for index in range(0, LEAVES, 997):
        _, others = kept.among(inclusion_nodes(index, LEAVES))
        assert len(others) <= 8
        assert all(((place + 1) << level) - 1 >> 8 == index >> 8 for level, place in others)


def test_no_more_nodes_are_kept_than_the_limit_allows(readers: Readers, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the limit nodes are read from the database, and proofs stay right."""
    monkeypatch.setattr(UpperNodes, "LIMIT", 100)
    kept = grown(readers, LEAVES)
    assert kept.size_bytes() <= 2 * 100 * 32
    with readers() as connection:
        root = edge_of(connection, AUTHORITY, LEAVES).root()
        node = fetch_nodes(connection, AUTHORITY, inclusion_nodes(65_000, LEAVES), kept)
    proof = inclusion_proof(65_000, LEAVES, node)
    assert verify_inclusion(leaf_hash(leaf_bytes(commitment(65_000))), 65_000, LEAVES, proof, root)
