"""The first case statistics: how many matters came, where they stand, and how long an answer takes, open ones included.

`answered` (the office says so), `solved` and `unsolved` (the person says so) stay apart; a lawful refusal is an
answer like any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mingze.measures.durations import Duration, Quantile, quantile
from mingze.measures.uncertainty import Share, wilson


@dataclass(frozen=True, slots=True)
class CaseFact:
    """What a statistic may know of a case: dates and outcomes, nothing that leads to a person."""

    opened_on: date
    answered_on: date | None
    due_on: date | None
    answered_late: bool
    outcome: str | None
    open: bool


@dataclass(frozen=True, slots=True)
class CaseStatistics:
    """Figures of one period, each with its denominator; `asked` counts answered matters whose person could say
    something.
    """

    from_on: date
    to_on: date
    n: int
    answered: int
    waiting: int
    overdue: int
    in_time: Share
    solved: int
    unsolved: int
    asked: int
    median: Quantile
    ninety: Quantile


def case_statistics(cases: Iterable[CaseFact], from_on: date, to_on: date, today: date) -> CaseStatistics:
    """Matters opened from `from_on` to `to_on` (both included) as they stand on `today`.

    Surprising: `in_time` counts overdue open matters as not in time; leaving them out would reward not answering.
    """
    facts = [case for case in cases if from_on <= case.opened_on <= to_on]
    answered = [case for case in facts if case.answered_on is not None]
    waiting = [case for case in facts if case.answered_on is None and case.open]
    overdue = [case for case in waiting if case.due_on is not None and case.due_on < today]
    durations = [
        Duration(max(((case.answered_on or today) - case.opened_on).days, 0), case.answered_on is None)
        for case in facts
        if case.answered_on is not None or case.open
    ]
    judged = [case for case in answered if case.due_on is not None or case.answered_late is not None]
    return CaseStatistics(
        from_on=from_on,
        to_on=to_on,
        n=len(facts),
        answered=len(answered),
        waiting=len(waiting),
        overdue=len(overdue),
        in_time=wilson(sum(not case.answered_late for case in judged), len(judged) + len(overdue)),
        solved=sum(case.outcome == "solved" for case in facts),
        unsolved=sum(case.outcome == "unsolved" for case in facts),
        asked=len(answered),
        median=quantile(durations, 0.5),
        ninety=quantile(durations, 0.9),
    )
