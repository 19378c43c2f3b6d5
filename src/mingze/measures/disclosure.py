"""Small cells are not published, nor can they be recovered by subtracting the others from the total.

First suppression hides every cell below the threshold; if exactly one cell of a total would be hidden, the smallest
other cell is hidden with it, because otherwise the total minus the rest gives it away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SMALLEST_CELL = 10
"""Below this a count could point at somebody."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A published count, or a hidden one (`count` None) with the reason `small` or `to_protect`."""

    count: int | None
    why: str = ""


def suppressed(cells: Mapping[str, int], threshold: int = SMALLEST_CELL) -> dict[str, Cell]:
    """One row of a table whose total is published, with small cells hidden so that none can be worked out.

    Surprising: a zero is published (nobody is there to be found), unless hiding it is what protects another cell.

    >>> {name: cell.count for name, cell in suppressed({"a": 40, "b": 3, "c": 25}).items()}
    {'a': 40, 'b': None, 'c': None}
    """
    hidden = {name: "small" for name, count in cells.items() if 0 < count < threshold}
    if hidden and (len(hidden) == 1 or sum(cells[name] for name in hidden) < threshold):
        others = sorted((count, name) for name, count in cells.items() if name not in hidden and count > 0)
        others = others or sorted((count, name) for name, count in cells.items() if name not in hidden)
        if others:
            hidden[others[0][1]] = "to_protect"
    return {name: Cell(None, hidden[name]) if name in hidden else Cell(count) for name, count in cells.items()}
