"""How long matters take, with the open ones counted in: a case not yet answered has taken at least as long as it has
been open.

Taking only finished cases makes an office look fast exactly when it leaves the hard ones lying. The Kaplan-Meier
estimator uses both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Duration:
    """Days from the start of a matter to its answer, or to the day of counting if it is still `open`."""

    days: int
    open: bool


@dataclass(frozen=True, slots=True)
class Quantile:
    """By how many days this share of matters was answered; `days` is None when too many are still open to say."""

    share: float
    days: int | None
    n: int
    open: int


def survival(durations: Sequence[Duration]) -> list[tuple[int, float]]:
    """The Kaplan-Meier estimate: after so many days, what share is still unanswered. Steps only where something was
    answered.

    Source: E. L. Kaplan, P. Meier, "Nonparametric estimation from incomplete observations", JASA 53 (1958).

    >>> survival([Duration(2, False), Duration(4, False), Duration(4, True), Duration(9, False)])
    [(2, 0.75), (4, 0.5), (9, 0.0)]
    """
    at_risk = len(durations)
    left = 1.0
    steps: list[tuple[int, float]] = []
    answered: dict[int, int] = {}
    gone: dict[int, int] = {}
    for duration in durations:
        gone[duration.days] = gone.get(duration.days, 0) + 1
        if not duration.open:
            answered[duration.days] = answered.get(duration.days, 0) + 1
    for day in sorted(gone):
        done = answered.get(day, 0)
        if done:
            left *= 1 - done / at_risk
            steps.append((day, left))
        at_risk -= gone[day]
    return steps


def quantile(durations: Sequence[Duration], share: float) -> Quantile:
    """By how many days `share` of the matters was answered, open ones counted in.

    Raises: ValueError for a share outside 0…1.
    """
    if not 0 < share < 1:
        raise ValueError(f"share {share}")
    days = next((day for day, left in survival(durations) if left <= 1 - share + 1e-12), None)
    return Quantile(share, days, len(durations), sum(duration.open for duration in durations))
