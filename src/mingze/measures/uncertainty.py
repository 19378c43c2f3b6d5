"""A share with its denominator and its uncertainty; a percentage alone is never shown."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z_95 = 1.959963984540054
"""Two-sided 95 % point of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `of`, and the interval in which the underlying share lies with 95 % confidence (None where `of` is
    0).
    """

    count: int
    of: int
    low: float | None
    high: float | None


def wilson(count: int, of: int, z: float = Z_95) -> Share:
    """The share `count`/`of` with the Wilson score interval, which stays inside 0…1 and is honest for small numbers.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
    Raises: ValueError when the count does not lie in 0…of.

    >>> share = wilson(8, 10)
    >>> round(share.low, 3), round(share.high, 3)
    (0.49, 0.943)
    """
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of}")
    if of == 0:
        return Share(0, 0, None, None)
    share = count / of
    denominator = 1 + z * z / of
    centre = (share + z * z / (2 * of)) / denominator
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / denominator
    low = 0.0 if count == 0 else max(0.0, centre - half)
    high = 1.0 if count == of else min(1.0, centre + half)
    return Share(count, of, low, high)
