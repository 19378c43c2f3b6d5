"""The tree is the one of RFC 6962, for every size, by an arithmetic that shares nothing with the one under test."""

from __future__ import annotations

import random
from functools import cache
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingze.ledger import (
    EMPTY_ROOT,
    Edge,
    LedgerError,
    consistency_nodes,
    consistency_proof,
    inclusion_nodes,
    inclusion_proof,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)
from mingze.store.tree import Frontier

PUBLISHED_LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
"""The eight leaves of the Certificate Transparency reference tests, with their published roots and proofs."""
PUBLISHED_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
A, B, C, D, E, F = (
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
)
PUBLISHED_INCLUSION = [
    (0, 8, [A, B, C]),
    (5, 8, [D, E, PUBLISHED_ROOTS[4]]),
    (2, 3, [PUBLISHED_ROOTS[2]]),
    (1, 5, [PUBLISHED_ROOTS[1], B, D]),
]
PUBLISHED_CONSISTENCY = [(1, 1, []), (1, 8, [A, B, C]), (6, 8, [F, E, PUBLISHED_ROOTS[4]]), (2, 5, [B, D])]

LARGEST = 1100
LEAVES = [leaf_hash(b"%d" % n) for n in range(LARGEST)]


@cache
def naive_root(start: int, end: int) -> bytes:
    """MTH(D[start:end]), as RFC 6962 §2.1 defines it: by halving, from the top."""
    if start == end:
        return sha256(b"").digest()
    if end - start == 1:
        return LEAVES[start]
    half = naive_split(end - start)
    return sha256(b"\x01" + naive_root(start, start + half) + naive_root(start + half, end)).digest()


def naive_split(count: int) -> int:
    half = 1
    while half * 2 < count:
        half *= 2
    return half


def naive_path(index: int, start: int, end: int) -> list[bytes]:
    """PATH(m, D[start:end]), RFC 6962 §2.1.1."""
    if end - start == 1:
        return []
    middle = start + naive_split(end - start)
    if start + index < middle:
        return [*naive_path(index, start, middle), naive_root(middle, end)]
    return [*naive_path(index - (middle - start), middle, end), naive_root(start, middle)]


def naive_subproof(old: int, start: int, end: int, whole: bool) -> list[bytes]:
    """SUBPROOF(m, D[start:end], b), RFC 6962 §2.1.2."""
    if old == end - start:
        return [] if whole else [naive_root(start, end)]
    half = naive_split(end - start)
    if old <= half:
        return [*naive_subproof(old, start, start + half, whole), naive_root(start + half, end)]
    return [*naive_subproof(old - half, start + half, end, False), naive_root(start, start + half)]


@pytest.fixture(scope="module")
def nodes() -> dict[tuple[int, int], bytes]:
    """The stored nodes of the largest tree; those of a smaller tree are among them."""
    return {(level, index): value for level, index, value in Edge().append(LEAVES)[1]}


def node_of(leaves: list[bytes]) -> dict[tuple[int, int], bytes]:
    return {(level, index): value for level, index, value in Edge().append(leaves)[1]}


def test_the_published_roots_are_reached() -> None:
    """The roots of the reference tests' trees of nought to eight leaves are ours."""
    hashes = [leaf_hash(leaf) for leaf in PUBLISHED_LEAVES]
    assert [Edge().append(hashes[:size])[0].root().hex() for size in range(9)] == PUBLISHED_ROOTS


@pytest.mark.parametrize(("index", "size", "proof"), PUBLISHED_INCLUSION)
def test_the_published_inclusion_proofs_are_ours(index: int, size: int, proof: list[str]) -> None:
    """The inclusion proofs of the reference tests are made and accepted."""
    hashes = [leaf_hash(leaf) for leaf in PUBLISHED_LEAVES]
    stored = node_of(hashes)
    made = inclusion_proof(index, size, lambda level, at: stored[level, at])
    assert [value.hex() for value in made] == proof
    assert verify_inclusion(hashes[index], index, size, made, bytes.fromhex(PUBLISHED_ROOTS[size]))


@pytest.mark.parametrize(("old", "new", "proof"), PUBLISHED_CONSISTENCY)
def test_the_published_consistency_proofs_are_ours(old: int, new: int, proof: list[str]) -> None:
    """The consistency proofs of the reference tests are made and accepted."""
    stored = node_of([leaf_hash(leaf) for leaf in PUBLISHED_LEAVES])
    made = consistency_proof(old, new, lambda level, at: stored[level, at])
    assert [value.hex() for value in made] == proof
    roots = [bytes.fromhex(root) for root in PUBLISHED_ROOTS]
    assert verify_consistency(old, new, roots[old], roots[new], made)


def test_every_root_to_eleven_hundred_leaves_is_the_defined_one() -> None:
    """Appending one leaf at a time, the root is at every size the one RFC 6962 defines."""
    edge = Edge()
    assert edge.root() == EMPTY_ROOT == naive_root(0, 0)
    for size, leaf in enumerate(LEAVES, 1):
        edge, _ = edge.append([leaf])
        assert edge.root() == naive_root(0, size)


def test_every_inclusion_proof_to_three_hundred_leaves_is_the_defined_one(nodes: dict) -> None:
    """For every leaf of every tree of up to 300 leaves the proof is RFC 6962's, is short enough, and is accepted."""
    for size in range(1, 301):
        for index in range(size):
            proof = inclusion_proof(index, size, lambda level, at: nodes[level, at])
            assert proof == naive_path(index, 0, size)
            assert len(proof) <= (size - 1).bit_length()
            assert verify_inclusion(LEAVES[index], index, size, proof, naive_root(0, size))


def test_every_consistency_proof_to_three_hundred_leaves_is_the_defined_one(nodes: dict) -> None:
    """Between every two sizes up to 300 the proof is RFC 6962's, and is accepted; from the empty tree it is empty."""
    for new in range(301):
        for old in range(new + 1):
            proof = consistency_proof(old, new, lambda level, at: nodes[level, at])
            assert proof == (naive_subproof(old, 0, new, True) if old else [])
            assert verify_consistency(old, new, naive_root(0, old), naive_root(0, new), proof)


def test_proofs_of_larger_trees_are_the_defined_ones(nodes: dict) -> None:
    """Between 300 and 1,100 leaves a sample of 3,000 proofs of each kind is RFC 6962's, and is accepted."""
    chosen = random.Random(6962)
    for _ in range(3000):
        size = chosen.randint(301, LARGEST)
        index, old = chosen.randrange(size), chosen.randint(1, size)
        inclusion = inclusion_proof(index, size, lambda level, at: nodes[level, at])
        consistency = consistency_proof(old, size, lambda level, at: nodes[level, at])
        assert inclusion == naive_path(index, 0, size)
        assert consistency == naive_subproof(old, 0, size, True)
        assert verify_inclusion(LEAVES[index], index, size, inclusion, naive_root(0, size))
        assert verify_consistency(old, size, naive_root(0, old), naive_root(0, size), consistency)


def test_proofs_of_trees_up_to_a_million_leaves_are_the_defined_ones() -> None:
    """At random sizes up to 1,000,000 roots and proofs of both kinds are RFC 6962's, computed by halving from the top."""
    million = 1_000_000
    hashes = [sha256(b"%d" % n).digest() for n in range(million)]
    frontier, rows = Frontier(0, []), []
    for value in hashes:
        rows.append(frontier.append(value))  # the nodes each leaf completes, as the register stores them

    def stored(level: int, index: int) -> bytes:
        return rows[((index + 1) << level) - 1][32 * level : 32 * level + 32]

    large: dict[tuple[int, int], bytes] = {}

    def root(start: int, end: int) -> bytes:
        if end - start == 1:
            return hashes[start]
        if (start, end) in large:
            return large[start, end]
        half = naive_split(end - start)
        value = sha256(b"\x01" + root(start, start + half) + root(start + half, end)).digest()
        if half >= 2048:
            large[start, end] = value
        return value

    def path(index: int, start: int, end: int) -> list[bytes]:
        if end - start == 1:
            return []
        middle = start + naive_split(end - start)
        if index < middle:
            return [*path(index, start, middle), root(middle, end)]
        return [*path(index, middle, end), root(start, middle)]

    def subproof(old: int, start: int, end: int, whole: bool) -> list[bytes]:
        if old == end:
            return [] if whole else [root(start, end)]
        middle = start + naive_split(end - start)
        if old <= middle:
            return [*subproof(old, start, middle, whole), root(middle, end)]
        return [*subproof(old, middle, end, False), root(start, middle)]

    chosen = random.Random(9162)
    for size in (million, *(chosen.randint(LARGEST, million) for _ in range(40))):
        assert Edge.of_size(size, stored).root() == root(0, size)
        index, old = chosen.randrange(size), chosen.randint(1, size)
        inclusion, consistency = inclusion_proof(index, size, stored), consistency_proof(old, size, stored)
        assert inclusion == path(index, 0, size) and len(inclusion) <= (size - 1).bit_length()
        assert consistency == subproof(old, 0, size, True)
        assert verify_inclusion(hashes[index], index, size, inclusion, root(0, size))
        assert verify_consistency(old, size, root(0, old), root(0, size), consistency)


@given(st.lists(st.integers(0, 70), max_size=12))
def test_a_batch_is_the_same_as_its_leaves_one_by_one(batches: list[int]) -> None:
    """However arrivals fall into batches, the edge and the set of complete nodes are the same, each node once."""
    at, edge, singly, stored = 0, Edge(), Edge(), []
    for count in batches:
        edge, fresh = edge.append(LEAVES[at : at + count])
        assert [(level, index) for level, index, _ in fresh] == sorted((level, index) for level, index, _ in fresh)
        stored += fresh
        at += count
    apart = []
    for leaf in LEAVES[:at]:
        singly, fresh = singly.append([leaf])
        apart += fresh
    assert edge == singly
    assert sorted(stored) == sorted(apart)
    assert len({(level, index) for level, index, _ in stored}) == len(stored) == 2 * at - at.bit_count()


@given(st.integers(0, LARGEST))
def test_an_edge_survives_storing_and_can_be_found_again(size: int) -> None:
    """A stored edge reads back equal, and the edge of any size is found again from the stored nodes."""
    edge, fresh = Edge().append(LEAVES[:size])
    stored = {(level, index): value for level, index, value in fresh}
    assert Edge.from_bytes(edge.to_bytes()) == edge
    assert Edge.of_size(size, lambda level, index: stored[level, index]) == edge


@given(st.data())
def test_nodes_announced_are_the_nodes_asked_for(data: st.DataObject) -> None:
    """The places named beforehand, for one query, are those the proof then reads, and all are complete nodes."""
    size = data.draw(st.integers(1, 10**6))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))
    asked: list[tuple[int, int]] = []

    def node(level: int, at: int) -> bytes:
        asked.append((level, at))
        return bytes(32)

    inclusion_proof(index, size, node)
    assert asked == inclusion_nodes(index, size)
    assert all((at + 1) << level <= size for level, at in asked)
    assert len(asked) <= 2 * size.bit_length()
    asked.clear()
    consistency_proof(old, size, node)
    assert asked == consistency_nodes(old, size)
    assert all((at + 1) << level <= size for level, at in asked)


@given(st.data())
def test_a_changed_inclusion_proof_is_refused(data: st.DataObject) -> None:
    """One bit changed in the leaf, the root or a hash, another index, a hash more or one less: refused."""
    size = data.draw(st.integers(2, LARGEST))
    index = data.draw(st.integers(0, size - 1))
    proof, root = naive_path(index, 0, size), naive_root(0, size)
    other = data.draw(st.integers(0, size - 1).filter(lambda it: it != index))
    assert not verify_inclusion(LEAVES[index], other, size, proof, root)
    assert not verify_inclusion(LEAVES[index], index, size, proof[:-1], root)
    assert not verify_inclusion(LEAVES[index], index, size, [*proof, proof[0]], root)
    place, bit = data.draw(st.integers(-2, len(proof) - 1)), data.draw(st.integers(0, 255))
    parts = [LEAVES[index], root, *proof]
    parts[place + 2] = (int.from_bytes(parts[place + 2], "big") ^ 1 << bit).to_bytes(32, "big")
    assert not verify_inclusion(parts[0], index, size, parts[2:], parts[1])


@given(st.data())
def test_a_changed_consistency_proof_is_refused(data: st.DataObject) -> None:
    """One bit changed in either root or a hash, a hash more or one less, the sizes swapped: refused."""
    new = data.draw(st.integers(2, LARGEST))
    old = data.draw(st.integers(1, new - 1))
    proof, roots = naive_subproof(old, 0, new, True), (naive_root(0, old), naive_root(0, new))
    assert verify_consistency(old, new, *roots, proof)
    assert not verify_consistency(new, old, *roots, proof)
    assert not verify_consistency(old, new, *roots, proof[:-1])
    assert not verify_consistency(old, new, *roots, [*proof, proof[0]])
    place, bit = data.draw(st.integers(-2, len(proof) - 1)), data.draw(st.integers(0, 255))
    parts = [*roots, *proof]
    parts[place + 2] = (int.from_bytes(parts[place + 2], "big") ^ 1 << bit).to_bytes(32, "big")
    assert not verify_consistency(old, new, parts[0], parts[1], parts[2:])


def test_rewritten_history_is_inconsistent() -> None:
    """A log that changed its third record cannot be shown to continue the tree that somebody kept."""
    rewritten = [*LEAVES[:2], leaf_hash(b"another third"), *LEAVES[3:200]]
    stored = node_of(rewritten)
    grown = Edge().append(rewritten)[0]
    for kept in range(3, 200):
        proof = consistency_proof(kept, 200, lambda level, at: stored[level, at])
        assert not verify_consistency(kept, 200, naive_root(0, kept), grown.root(), proof)


def test_the_empty_tree_is_the_beginning_of_every_tree_by_its_own_root_only() -> None:
    """From size nought only the root of nothing and an empty proof are accepted."""
    root = naive_root(0, 5)
    assert verify_consistency(0, 5, EMPTY_ROOT, root, [])
    assert verify_consistency(0, 0, EMPTY_ROOT, EMPTY_ROOT, [])
    assert not verify_consistency(0, 5, bytes(32), root, [])
    assert not verify_consistency(0, 5, EMPTY_ROOT, root, [root])
    assert not verify_consistency(0, 0, EMPTY_ROOT, root, [])
    assert not verify_consistency(4, 4, naive_root(0, 4), root, [])
    assert not verify_consistency(-1, 4, EMPTY_ROOT, root, [])


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 3), (3, 3), (7, 3)])
def test_a_leaf_outside_the_tree_has_no_proof(index: int, size: int) -> None:
    """Asking for a leaf the tree does not have is refused with both numbers, and verifying one is false."""
    with pytest.raises(LedgerError) as refused:
        inclusion_proof(index, size, lambda level, at: bytes(32))
    assert (refused.value.code, refused.value.values) == ("index_out_of_range", {"index": index, "size": size})
    assert not verify_inclusion(bytes(32), index, size, [], bytes(32))


def test_sizes_out_of_order_have_no_consistency_proof() -> None:
    """A log cannot be shown to continue a larger one."""
    with pytest.raises(LedgerError) as refused:
        consistency_proof(5, 4, lambda level, at: bytes(32))
    assert refused.value.code == "size_out_of_range"


@pytest.mark.parametrize("stored", [b"", bytes(7), bytes(8) + bytes(32), (1).to_bytes(8, "big"), bytes(41)])
def test_a_damaged_edge_is_not_read(stored: bytes) -> None:
    """An edge whose hashes do not fit its size is refused before anything is appended to it."""
    with pytest.raises(LedgerError) as refused:
        Edge.from_bytes(stored)
    assert refused.value.code == "edge_malformed"
