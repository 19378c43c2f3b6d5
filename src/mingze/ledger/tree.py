"""The Merkle tree of RFC 6962: what makes a record in the log impossible to change, drop or slip in unseen.

Every *complete* node (one whose 2**level leaves all exist) has one value for ever, and is stored once under
(level, index); level 0 holds the leaf hashes. All else is computed from those: the root from the right edge of the tree
(`Edge`: at most one node per level), a proof from at most two stored nodes per level.

           root of 7 leaves = H(a, H(b, c))
               ┌────────┴────────┐
             a=(2,0)          ┌──┴──┐          Edge(7) = a, b, c
          ┌─────┴─────┐     b=(1,2) │          stored: levels 0 (7 nodes), 1 (3 nodes), 2 (1 node)
        (1,0)       (1,1)   ┌─┴─┐   │
        ┌─┴─┐       ┌─┴─┐   │   │   │
        0   1       2   3   4   5   c=6

Hashes are 32 bytes: SHA-256(0x00 || leaf) for a leaf, SHA-256(0x01 || left || right) for a node, SHA-256("") for the
empty tree. Sizes and indices are counted in leaves. RFC 6962 §2.1; the verifying loops are RFC 9162 §2.1.3.2, §2.1.4.2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Final

from mingze.ledger.errors import LedgerError

EMPTY_ROOT: Final = sha256(b"").digest()
"""The root of a log in which nothing has been recorded yet."""

type Node = Callable[[int, int], bytes]
"""Where the stored complete nodes are: (level, index) to 32 bytes."""


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side: SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Edge:
    """The right edge of a tree: all that is needed to append to a log and to state its root, however large it is.

    `hashes` are the roots of the complete subtrees the tree falls into, left (largest) to right: one for each 1 in the
    binary writing of `size`. An edge is a value; appending makes a new one, so a failed transaction leaves the old.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.hashes) != self.size.bit_count() or any(len(h) != 32 for h in self.hashes):
            raise LedgerError("edge_malformed", size=self.size, expected=max(self.size, 0).bit_count())

    def root(self) -> bytes:
        """The root of the whole tree."""
        return _fold(self.hashes) if self.hashes else EMPTY_ROOT

    def append(self, leaf_hashes: Sequence[bytes]) -> tuple[Edge, list[tuple[int, int, bytes]]]:
        """The edge after these leaves, and every node (level, index, hash) that has become complete, leaves included.

        The nodes come level by level from the leaves up, each level in the order of its indices. Appending in one
        batch or one by one gives the same nodes and the same edge.
        """
        hash_of, size, peaks = sha256, self.size, self._peaks()
        complete: list[tuple[int, int, bytes]] = []
        fresh, level, grown = list(leaf_hashes), 0, size + len(leaf_hashes)
        while fresh:
            first = size >> level
            complete.extend([(level, index, value) for index, value in enumerate(fresh, first)])
            if first & 1:  # the first new node closes a pair whose left half was the peak of this level
                fresh.insert(0, peaks[level])
            if (grown >> level) & 1:
                peaks[level] = fresh[-1]
            halves = iter(fresh)
            fresh = [hash_of(b"\x01" + left + right).digest() for left, right in zip(halves, halves, strict=False)]
            level += 1
        held = [bit for bit in range(grown.bit_length() - 1, -1, -1) if grown >> bit & 1]
        return Edge(grown, tuple(peaks[bit] for bit in held)), complete

    def _peaks(self) -> dict[int, bytes]:
        bits = [bit for bit in range(self.size.bit_length() - 1, -1, -1) if self.size >> bit & 1]
        return dict(zip(bits, self.hashes, strict=True))

    def to_bytes(self) -> bytes:
        """The edge for storing: the size as eight bytes, big-endian, then the hashes."""
        return self.size.to_bytes(8, "big") + b"".join(self.hashes)

    @classmethod
    def from_bytes(cls, data: bytes) -> Edge:
        """Read a stored edge. Raises LedgerError `edge_malformed`."""
        if len(data) < 8 or (len(data) - 8) % 32:
            raise LedgerError("edge_malformed", size=len(data), expected=8)
        hashes = tuple(data[at : at + 32] for at in range(8, len(data), 32))
        return cls(int.from_bytes(data[:8], "big"), hashes)

    @classmethod
    def of_size(cls, size: int, node: Node) -> Edge:
        """The edge of the tree's first `size` leaves, from its stored nodes; how a writer finds its place again."""
        return cls(size, tuple(node(*place) for place in _cover(0, size)))


def _fold(hashes: Iterable[bytes]) -> bytes:
    """The root over complete subtrees given left to right, the smaller hanging under the right arm of the larger."""
    from_the_right = iter(tuple(hashes)[::-1])
    root = next(from_the_right)
    for left in from_the_right:
        root = node_hash(left, root)
    return root


def _cover(start: int, end: int) -> list[tuple[int, int]]:
    """The complete nodes that cover the leaves start to end, left to right; `start` is a multiple of their sizes."""
    places, at = [], start
    while at < end:
        level = (end - at).bit_length() - 1
        places.append((level, at >> level))
        at += 1 << level
    return places


def _split(start: int, end: int) -> int:
    """Where RFC 6962 divides a range of at least two leaves: after the largest power of two smaller than its length."""
    return start + (1 << (end - start - 1).bit_length() - 1)


@lru_cache(maxsize=64)  # asked twice for one proof: which nodes to fetch, and how they are put together
def _inclusion_plan(index: int, size: int) -> list[list[tuple[int, int]]]:
    """For each level from the leaf up, where there is one, the sibling: a complete node, or the edge that covers it."""
    if not 0 <= index < size:
        raise LedgerError("index_out_of_range", index=index, size=size)
    plan: list[list[tuple[int, int]]] = []
    for level in range((size - 1).bit_length()):
        sibling = index >> level ^ 1
        if sibling + 1 << level <= size:
            plan.append([(level, sibling)])
        elif sibling << level < size:
            plan.append(_cover(sibling << level, size))
    return plan


def _consistency_plan(old: int, new: int) -> list[list[tuple[int, int]]]:
    if not 0 <= old <= new:
        raise LedgerError("size_out_of_range", old=old, new=new)
    if old == 0:
        return []
    plan, start, end = [], 0, new
    while end != old:
        middle = _split(start, end)
        if old <= middle:
            plan.append(_cover(middle, end))
            end = middle
        else:
            plan.append(_cover(start, middle))
            start = middle
    if start:  # else the old root itself is this node, and the verifier holds it already
        plan.append(_cover(start, end))
    return plan[::-1]


def inclusion_nodes(index: int, size: int) -> list[tuple[int, int]]:
    """The stored nodes an inclusion proof will ask for, so that they can be fetched in one query."""
    return [place for places in _inclusion_plan(index, size) for place in places]


def consistency_nodes(old: int, new: int) -> list[tuple[int, int]]:
    """The stored nodes a consistency proof will ask for, so that they can be fetched in one query."""
    return [place for places in _consistency_plan(old, new) for place in places]


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """The hashes that tie leaf `index` to the root of the first `size` leaves, from the leaf's sibling upwards.

    RFC 6962 §2.1.1. At most 32 * ceil(log2 size) bytes.

    Raises LedgerError `index_out_of_range` when the log of that size has no such leaf.
    """
    return [
        node(*places[0]) if len(places) == 1 else _fold(node(*place) for place in places)
        for places in _inclusion_plan(index, size)
    ]


def consistency_proof(old: int, new: int, node: Node) -> list[bytes]:
    """The hashes that show the first `old` leaves to be still there, unchanged and in order, among the first `new`.

    RFC 6962 §2.1.2. From the empty tree, and from a size to itself, the proof is empty.

    Raises LedgerError `size_out_of_range` when old is negative or larger than new.
    """
    return [_fold(node(*place) for place in places) for places in _consistency_plan(old, new)]


def inclusion_root(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """The root that a leaf at this index and its proof lead to; to be compared with the one the log signed.

    Raises LedgerError `index_out_of_range`, or `proof_length` when a proof for this place must be longer or shorter.
    """
    if not 0 <= index < size:
        raise LedgerError("index_out_of_range", index=index, size=size)
    place, last, root = index, size - 1, leaf_hash
    for sibling in proof:
        if last == 0:
            raise LedgerError("proof_length", expected=len(_inclusion_plan(index, size)), found=len(proof))
        if place & 1 or place == last:
            root = node_hash(sibling, root)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            root = node_hash(root, sibling)
        place, last = place >> 1, last >> 1
    if last:
        raise LedgerError("proof_length", expected=len(_inclusion_plan(index, size)), found=len(proof))
    return root


def verify_inclusion(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the leaf stands at this index of the tree with this size and root. RFC 9162 §2.1.3.2."""
    try:
        return inclusion_root(leaf_hash, index, size, proof) == root
    except LedgerError:
        return False


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the tree (new, new_root) begins with every leaf of the tree (old, old_root). RFC 9162 §2.1.4.2.

    The empty tree is the beginning of every tree, given its own root and an empty proof.
    """
    if not 0 <= old <= new:
        return False
    if old == 0:
        return not proof and old_root == EMPTY_ROOT and (new > 0 or new_root == EMPTY_ROOT)
    if old == new:
        return not proof and old_root == new_root
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    from_old = from_new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            from_old, from_new = node_hash(sibling, from_old), node_hash(sibling, from_new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            from_new = node_hash(from_new, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and from_old == old_root and from_new == new_root
