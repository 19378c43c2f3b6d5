"""Doubts: what in a row contradicts itself or its document, for a reviewer to settle. Nothing is corrected or dropped for it.

A document that gives a task two leads, a deadline before its own date, a share above the whole, a range upside down or a day that no
calendar has is read as it stands; the row carries the doubt, and the words of each are `documents-doubt-<code>`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mingze.documents.decomposition import Commitment, Indicator

DOUBTS = ("two-leads", "deadline-before", "share-above", "range-reversed", "no-such-day")

_SHARE = re.compile(r"(?:率|比例|占比|比重|覆盖面|满意度|份额)$")
_DAY = re.compile(r"(?:(?P<y>(?:19|20)\d\d)年)?(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})[日号])?")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A contradiction and the values its words need."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)


def doubts(row: Commitment, dated_on: date | None = None) -> tuple[Doubt, ...]:
    """The contradictions of a row; `dated_on` is the document's own date, without which no deadline is too early."""
    found: list[Doubt] = []
    if len(row.lead) > 1:
        found.append(Doubt("two-leads", {"first": row.lead[0], "count": str(len(row.lead))}))
    due = row.deadline.iso_date if row.deadline else None
    if due and dated_on and not due.startswith("--") and date.fromisoformat(due) < dated_on:
        found.append(Doubt("deadline-before", {"deadline": due, "dated": dated_on.isoformat()}))
    found += [
        Doubt(code, {"value": str(i.value if code == "share-above" else _range(i))})
        for i in row.indicators
        for code in _numbers(i)
    ]
    found += [Doubt("no-such-day", {"words": m[0]}) for m in _DAY.finditer(row.quote) if not _exists(m)]
    return tuple(found)


def _numbers(indicator: Indicator) -> list[str]:
    value = indicator.value
    if isinstance(value, tuple):
        return ["range-reversed"] if value[0] > value[1] else []
    whole = indicator.unit == "%" and indicator.op in (">=", "<=", "=") and isinstance(value, int | float)
    return ["share-above"] if whole and value > 100 and _SHARE.search(indicator.name) else []  # pyright: ignore[reportOperatorIssue]


def _range(indicator: Indicator) -> str:
    value = indicator.value
    return f"{value[0]}–{value[1]}" if isinstance(value, tuple) else str(value)


def _exists(found: re.Match[str]) -> bool:
    month = int(found["m"])
    if not 1 <= month <= 12:
        return False
    last = calendar.monthrange(int(found["y"] or 2024), month)[1]
    return not found["d"] or 1 <= int(found["d"]) <= last
