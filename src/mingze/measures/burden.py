"""The burden meter: what each office asks of the others, month by month.

It counts acts of offices: a request for data, a report, a meeting, once for each office that was asked. It counts no
person, no hour and no sheet, and it ranks nobody: the rows stand in the order of the offices. What was answered from a
number that was there already was never asked of anybody, and is counted as spared.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

type Ask = Literal["data", "report", "meeting"]

ASKS: Final[tuple[Ask, ...]] = ("data", "report", "meeting")


@dataclass(frozen=True, slots=True)
class Asked:
    """One office asked one other for one thing on a day; `spared` where a number that existed answered it at once."""

    kind: Ask
    asked_by: str
    asked_of: str
    asked_on: date
    spared: bool = False


@dataclass(frozen=True, slots=True)
class Burden:
    """What one office asked in one month: by kind, of how many different offices, and what was spared."""

    office: str
    month: str
    data: int = 0
    report: int = 0
    meeting: int = 0
    offices_asked: int = 0
    spared: int = 0

    @property
    def asked(self) -> int:
        """Everything that somebody had to answer."""
        return self.data + self.report + self.meeting


def burden(asks: Iterable[Asked]) -> tuple[Burden, ...]:
    """The meter: one row for each office and month in which it asked, months newest first, offices by their id.

    >>> day = date(2026, 3, 2)
    >>> one, = burden([Asked("data", "tjj", "zjj", day), Asked("meeting", "tjj", "zjj", day), Asked("data", "tjj", "jyj", day, True)])
    >>> one.data, one.meeting, one.offices_asked, one.spared, one.asked
    (1, 1, 1, 1, 2)
    """
    rows: dict[tuple[str, str], list[Asked]] = {}
    for ask in asks:
        rows.setdefault((f"{ask.asked_on:%Y-%m}", ask.asked_by), []).append(ask)
    months = sorted({month for month, _ in rows}, reverse=True)
    return tuple(
        _row(office, month, rows[month, office])
        for month in months
        for office in sorted(office for at, office in rows if at == month)
    )


def _row(office: str, month: str, asks: list[Asked]) -> Burden:
    weighing = [ask for ask in asks if not ask.spared]
    counts = {kind: sum(ask.kind == kind for ask in weighing) for kind in ASKS}
    return Burden(
        office,
        month,
        counts["data"],
        counts["report"],
        counts["meeting"],
        len({ask.asked_of for ask in weighing}),
        len(asks) - len(weighing),
    )
