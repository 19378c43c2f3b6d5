"""Signs: which words stand in a passage, found in one pass, so that most patterns need not be tried on it at all.

Every pattern made `Guarded` names at import the words one of which each of its matches holds (`不得` for `不得|严禁`), shortened to
two characters. `signature` looks at the characters and pairs of a passage once and says, a bit for each pattern, which of them can
match there. A guarded pattern finds exactly what the bare one finds: the signature only spares the tries that must fail.
"""

from __future__ import annotations

import re
from functools import reduce
from operator import add, or_
from re import _constants, _parser  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType]
from typing import Any

_FREQUENT = (
    "1区、02年　5局不分（政一）6%3.人工的位月上要前单个4率|全到成8于日建以实务公：作办9三每各镇生民度查任时府在7次点县完底安“”内项村报"
    "责改业部乡少发头道新开水管会行通大老合和事达二增保牵用中期下数法资对重定城提动有级理化清小标场进．室设第街目入服家件过同至农制"
    "收学现案住万高督门议面市委低关源育长出展持为四施方"
)
"""The characters of official texts by how many clauses hold them, the commonest first."""
_RANK = {sign: 1 / (at + 8) for at, sign in enumerate(_FREQUENT)}
_RARE = 1 / 400

_DIGITS = "0123456789"
"""A view holds no others (`view.fold`)."""

_BITS: dict[str, int] = {}
_bits_of = _BITS.__getitem__
_KNOWN: set[str] = set()
_count = 0

ANY = -1
"""The signature of a passage nothing is known about: every pattern is tried."""


def signs_of(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """Words one of which every match holds; `None` if there is no such set."""
    if pattern.flags & re.IGNORECASE:
        return None
    return _of_sequence(list(_parser.parse(pattern.pattern, pattern.flags)))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]


def signature(text: str) -> int:
    """Which guarded patterns can match in the text, or in any part of it: a bit for each."""
    keys = set(map(add, text, text[1:]))
    keys.update(text)
    return reduce(or_, map(_bits_of, keys & _KNOWN), 1)


def _likely(sign: str) -> float:
    """About how often a clause holds the sign."""
    likely = 1.0
    for character in sign:
        likely *= _RANK.get(character, _RARE)
    return likely


def _key(sign: str) -> str:
    """The pair of neighbours within the sign that is seen least often; a single character is itself."""
    return min((sign[i : i + 2] for i in range(len(sign) - 1)), key=_likely, default=sign)


def _of_sequence(items: list[tuple[Any, Any]]) -> frozenset[str] | None:
    candidates: list[frozenset[str]] = []
    run = ""
    counted = False
    """Whether a digit stands directly before the run."""
    for kind, value in [*items, (None, None)]:
        if kind is _constants.LITERAL:
            run += chr(value)
            continue
        if run:
            candidates.append(frozenset(digit + run for digit in _DIGITS) if counted else frozenset((run,)))
            run = ""
        counted = _is_digits(kind, value)
        inner = _of_item(kind, value)
        if inner:
            candidates.append(inner)
    return min(candidates, key=lambda c: sum(_likely(_key(s)) for s in c), default=None)


def _is_digits(kind: Any, value: Any) -> bool:
    if kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT) and value[0] >= 1 and len(value[2]) == 1:
        kind, value = next(iter(value[2]))
    return kind is _constants.IN and value == [(_constants.CATEGORY, _constants.CATEGORY_DIGIT)]


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
    """A pattern tried only where one of its signs stands; `bit` is its place in a signature."""

    __slots__ = ("_match", "_search", "bit", "pattern")

    def __init__(self, pattern: str | re.Pattern[str]) -> None:
        global _count
        self.pattern = re.compile(pattern)
        self._search = self.pattern.search
        self._match = self.pattern.match
        signs = signs_of(self.pattern)
        if signs is None:
            self.bit = 1
            return
        _count += 1
        self.bit = 1 << _count
        for key in {_key(sign) for sign in signs}:
            _BITS[key] = _BITS.get(key, 0) | self.bit
            _KNOWN.add(key)

    def search(self, text: str, signature: int = ANY) -> re.Match[str] | None:
        """What `pattern.search` finds in a text of that signature, or in a part of one."""
        return self._search(text) if signature & self.bit else None

    def match(self, text: str, signature: int = ANY) -> re.Match[str] | None:
        """What `pattern.match` finds in a text of that signature, or in a part of one."""
        return self._match(text) if signature & self.bit else None
