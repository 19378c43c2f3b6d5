"""A draw that anybody can do again: fixed before its seed exists, drawn by a published function, from a public seed.

    announce   these items, so many of them, from the root of the log at tree size N, which is still to come
    seed       SHA-256("mingze/draw/v1" ‖ 0 ‖ root of the first N leaves (32 bytes) ‖ 0 ‖ lot ‖ 0 ‖ outside word)
    draw       order the items by SHA-256(seed ‖ 0 ‖ item); the first `size` are drawn

The list and N stand in the log before leaf N is there, and the root of a size is one value that everybody can compute
from the tiles. Whoever writes the last leaves could still try many: where that matters the announcement names an
`outside` number that nobody here makes (the result of a public lottery on a later day), and its word goes into the seed.

Not covered: strata and weights; every item has the same chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

_SEED = b"mingze/draw/v1\x00"


def listed(items: Iterable[str]) -> tuple[str, ...]:
    """The items in the one order in which they are announced: sorted, each once.

    Raises ValueError for an item that is empty or holds a line break.
    """
    out = tuple(sorted(set(items)))
    if any(not item.strip() or "\n" in item or "\x00" in item for item in out):
        raise ValueError("item")
    return out


def items_digest(items: Sequence[str]) -> str:
    """What the announcement says of its list: SHA-256, in hexadecimal, over the items, each with a line feed.

    >>> items_digest(["a", "b"])[:8]
    '911169dd'
    """
    return sha256("".join(f"{item}\n" for item in items).encode()).hexdigest()


def seed_of(root: bytes, lot: str, outside_word: str = "") -> str:
    """The seed, in hexadecimal. Raises ValueError unless the root has 32 bytes."""
    if len(root) != 32:
        raise ValueError("root")
    return sha256(_SEED + root + b"\x00" + lot.encode() + b"\x00" + outside_word.encode()).hexdigest()


def draw(seed: str, items: Sequence[str], size: int) -> tuple[str, ...]:
    """The items drawn, in the order drawn. The order in which they are given does not matter.

    Raises ValueError for a seed that is not 32 bytes of hexadecimal, or a size outside 1 … number of items.

    >>> draw("00" * 32, ["a", "b", "c", "d"], 2)
    ('c', 'a')
    """
    raw, items = bytes.fromhex(seed), listed(items)
    if len(raw) != 32:
        raise ValueError("seed")
    if not 1 <= size <= len(items):
        raise ValueError("size")
    return tuple(sorted(items, key=lambda item: (sha256(raw + b"\x00" + item.encode()).digest(), item))[:size])
