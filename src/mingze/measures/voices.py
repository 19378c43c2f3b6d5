"""What those affected say of a promise: a few words to choose from, one voice for each code, told in groups.

A code is a slip of paper that an office handed out; using it spends it, and what it said is only added to a count, so
that not even the register can tell which slip said what. Counts are told each time `GROUP` more voices have come: one
voice alone is never visible, and nobody can be asked why they said it. Voices without a code stand apart, because
anybody can speak there, as far as they can see, and more than once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

type Says = Literal["yes", "partly", "no", "cannot_tell"]
type Way = Literal["code", "open"]

SAYS: Final[tuple[Says, ...]] = ("yes", "partly", "no", "cannot_tell")
WAYS: Final[tuple[Way, ...]] = ("code", "open")

GROUP: Final = 5
"""Voices that are told together."""

CODES_MOST: Final = 2_000
"""Codes of one promise; who needs more asks for a survey, which is another thing."""

OPEN_MOST: Final = 500
"""Voices without a code that are counted for one promise; beyond that a count says nothing more."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What was said up to the last full group; `given` is how many codes there are (0 for the open way)."""

    way: Way
    counts: Mapping[str, int]
    given: int = 0

    @property
    def voices(self) -> int:
        """How many spoke."""
        return sum(self.counts.values())


def full_group(voices: int) -> bool:
    """Whether this many voices end a group, so that the count is told.

    >>> full_group(4), full_group(5), full_group(12)
    (False, True, False)
    """
    return voices > 0 and voices % GROUP == 0


def confirmed(tally: Tally | None) -> Literal["yes", "no", "open"]:
    """What those who spoke by code say as a whole: `yes` or `no` where more than half of them do, else `open`.

    >>> confirmed(Tally("code", {"yes": 4, "no": 1})), confirmed(Tally("code", {"yes": 2, "partly": 3})), confirmed(None)
    ('yes', 'open', 'open')
    """
    if tally is None or not tally.voices:
        return "open"
    if 2 * tally.counts.get("yes", 0) > tally.voices:
        return "yes"
    return "no" if 2 * tally.counts.get("no", 0) > tally.voices else "open"
