"""Comparing: what became of each promise when a document appears in a new version.

Rows are matched by their words: equal words first, then the most alike. A row whose words stand elsewhere has moved and is anchored
anew; changed words, targets and dates are shown as changes beside the old row, never over it; a promise that is gone is dropped and stays
listed. Pure: equal versions give only `kept`.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from mingze.documents.decomposition import Commitment, Deadline, Indicator

CHANGES = ("kept", "moved", "words", "target", "date", "offices", "dropped", "new")

_ALIKE = 0.6
"""The share of two-character pairs two rows must have in common to be the same promise; below it one was dropped and one is new."""
_FIGURES = re.compile(r"\d+(?:\.\d+)?[万亿]?")
_NUMBER = re.compile(r"\d+(?:\.\d+)*|（\d+）|[①-⑳]|[一二三四五六七八九十]{1,2}[是要]|首先|其次|再次|最后")
_CANDIDATES = 12


@dataclass(frozen=True, slots=True)
class Change:
    """One promise over two versions. `kinds` says all that changed, in the order of `CHANGES`; `kept` and `moved` stand alone.

    `old` is None for a new promise, `new` for a dropped one. The new row carries the offsets into the new text.
    """

    kinds: tuple[str, ...]
    old: Commitment | None
    new: Commitment | None


def compare(
    old_text: str, old_rows: Sequence[Commitment], new_text: str, new_rows: Sequence[Commitment]
) -> tuple[Change, ...]:
    """Every old and every new row exactly once: matched ones in the order of the new document, dropped ones last.

    `moved` means the same words under another heading or in another order among those kept, not merely at another offset.
    Raises ValueError if a row's words do not stand at its offsets: it belongs to another version.
    """
    for text, rows in ((old_text, old_rows), (new_text, new_rows)):
        for row in rows:
            if text[row.start : row.end] != row.quote:
                raise ValueError(f"row {row.id} does not belong to this text")
    pairs = _paired(old_rows, new_rows)
    steady = _steady([pairs[j] for j in sorted(pairs)])
    found: list[Change] = []
    for index, row in enumerate(new_rows):
        if index not in pairs:
            found.append(Change(("new",), None, row))
            continue
        before = old_rows[pairs[index]]
        kinds = _changed(before, row)
        if not kinds:
            kinds = ("kept",) if pairs[index] in steady and _headings(before) == _headings(row) else ("moved",)
        found.append(Change(kinds, before, row))
    matched = set(pairs.values())
    found += [Change(("dropped",), row, None) for at, row in enumerate(old_rows) if at not in matched]
    return tuple(found)


def kinds_between(old: Commitment, new: Commitment) -> tuple[str, ...]:
    """What changed of one promise that a person says is the same in both versions; `moved` means under another heading."""
    return _changed(old, new) or (("kept",) if _headings(old) == _headings(new) else ("moved",))


def _paired(old_rows: Sequence[Commitment], new_rows: Sequence[Commitment]) -> dict[int, int]:
    """New row number to old row number: equal words in order of appearance, then the best pairs of the rest."""
    waiting: defaultdict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(old_rows):
        waiting[_bare(row.quote)].append(at)
    pairs: dict[int, int] = {}
    for index, row in enumerate(new_rows):
        same = waiting[_bare(row.quote)]
        if same:
            here = next((at for at in same if old_rows[at].path == row.path), same[0])
            same.remove(here)
            pairs[index] = here
    left = sorted(at for rest in waiting.values() for at in rest)
    holding: defaultdict[str, list[int]] = defaultdict(list)
    grams = {at: _grams(old_rows[at].quote) for at in left}
    for at in left:
        for gram in grams[at]:
            holding[gram].append(at)
    scored: list[tuple[float, int, int]] = []
    for index, row in enumerate(new_rows):
        if index in pairs:
            continue
        mine = _grams(row.quote)
        shared = Counter(at for gram in mine for at in holding[gram])
        for at, _ in shared.most_common(_CANDIDATES):
            common = sum((mine & grams[at]).values())
            likeness = 2 * common / max(1, mine.total() + grams[at].total())
            if likeness >= _ALIKE:
                scored.append((-likeness - 0.05 * (old_rows[at].path == row.path), index, at))
    taken: set[int] = set()
    for _, index, at in sorted(scored):
        if index not in pairs and at not in taken:
            pairs[index] = at
            taken.add(at)
    return pairs


def _steady(order: list[int]) -> frozenset[int]:
    """The old numbers that keep their order: the longest run of them that rises."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for at in order:
        place = bisect.bisect_left(ends, at)
        before[at] = ends[place - 1] if place else None
        ends[place : place + 1] = [at]
    run: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        run.add(last)
        last = before[last]
    return frozenset(run)


def _headings(row: Commitment) -> tuple[str, ...]:
    """The headings a row stands under; that its own number became another one is no move."""
    return row.path[:-1] if row.path and _NUMBER.fullmatch(row.path[-1]) else row.path


def _changed(old: Commitment, new: Commitment) -> tuple[str, ...]:
    found = {
        "words": _bare(old.quote, figures=False) != _bare(new.quote, figures=False),
        "target": _targets(old.indicators) != _targets(new.indicators),
        "date": _due(old.deadline) != _due(new.deadline),
        "offices": (old.lead, old.supporting) != (new.lead, new.supporting),
    }
    if _bare(old.quote) != _bare(new.quote) and not any(found.values()):
        found["words"] = True
    return tuple(kind for kind in CHANGES if found.get(kind))


def _bare(quote: str, *, figures: bool = True) -> str:
    words = re.sub(r"\s", "", quote)
    return words if figures else _FIGURES.sub("#", words)


def _grams(quote: str) -> Counter[str]:
    words = _bare(quote)
    return Counter(words[i : i + 2] for i in range(max(1, len(words) - 1)))


def _targets(indicators: Sequence[Indicator]) -> list[tuple[str, str, str]]:
    return sorted((i.op, str(i.value), i.unit or "") for i in indicators)


def _due(deadline: Deadline | None) -> tuple[object, ...]:
    if deadline is None:
        return ()
    running = deadline.relative and (deadline.relative.amount, deadline.relative.unit)
    stated = (deadline.iso_date, deadline.recurring, running, deadline.continuous)
    return stated if any(stated) else (deadline.text,)
