"""Signs: the literal words one of which a pattern needs, looked for first because most sentences hold none of them.

A guarded pattern finds exactly what the bare one finds. Alternations of forty phrases cost ten microseconds a sentence; the signs,
being plain literals, cost one.
"""

from __future__ import annotations

import re
from re import _constants, _parser  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType]
from typing import Any

_MOST = 120
"""More signs than these are no cheaper than the pattern."""


def signs_of(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """Words one of which every match holds; `None` if there is no such set or it would not be worth looking for."""
    if pattern.flags & re.IGNORECASE:
        return None
    found = _of_sequence(list(_parser.parse(pattern.pattern, pattern.flags)))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    return found if found and len(found) <= _MOST else None


def _of_sequence(items: list[tuple[Any, Any]]) -> frozenset[str] | None:
    candidates: list[frozenset[str]] = []
    run = ""
    for kind, value in items:
        if kind is _constants.LITERAL:
            run += chr(value)
            continue
        if run:
            candidates.append(frozenset((run,)))
            run = ""
        inner = _of_item(kind, value)
        if inner:
            candidates.append(inner)
    if run:
        candidates.append(frozenset((run,)))
    return max(candidates, key=lambda c: (min(len(s) for s in c), -len(c)), default=None)


def _of_item(kind: Any, value: Any) -> frozenset[str] | None:
    if kind is _constants.SUBPATTERN:
        return _of_sequence(list(value[3]))
    if kind is _constants.BRANCH:
        branches = [_of_sequence(list(branch)) for branch in value[1]]
        known = [b for b in branches if b]
        return frozenset().union(*known) if len(known) == len(branches) else None
    if kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT) and value[0] >= 1:
        return _of_sequence(list(value[2]))
    if kind is _constants.IN and all(k is _constants.LITERAL for k, _ in value):
        return frozenset(chr(v) for _, v in value)
    return None


class Guarded:
    """A pattern searched only where one of its signs stands."""

    __slots__ = ("_search", "_sign", "pattern")

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        self._search = pattern.search
        signs = signs_of(pattern)
        self._sign = re.compile("|".join(re.escape(s) for s in sorted(signs))).search if signs else None

    def search(self, text: str) -> re.Match[str] | None:
        """What `pattern.search` finds."""
        return self._search(text) if self._sign is None or self._sign(text) else None
