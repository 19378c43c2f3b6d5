"""What in a row under review contradicts itself or its document, and whether a person has answered it.

A doubt is answered by changing what it is about, or by saying that the document has it as written; until then the
document is not published. Nothing is corrected for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from mingze.documents.decomposition import Commitment, Deadline, Indicator, Relative
from mingze.documents.doubts import Doubt, doubts
from mingze.store.document_rows import ReviewRow

ABOUT: Final[Mapping[str, tuple[str, ...]]] = {
    "two-leads": ("lead_office", "supporting_offices"),
    "deadline-before": (),
    "share-above": ("indicator",),
    "range-reversed": ("indicator",),
    "no-such-day": ("deadline_on",),
}
"""The parts of a row each doubt is about: a person who changed one of them has answered it. A deadline that was moved
is looked at again, so nothing but a day that is not too early answers that one."""

_SIGNS: Final = {">=": "≥", "<=": "≤", "=": "", "+": "+", "-": "-", "rank": "", "range": ""}


@dataclass(frozen=True)
class RowDoubt:
    """A contradiction in a row: `as_written` says that a person has looked and leaves it as the document has it."""

    doubt: Doubt
    as_written: bool


def indicator_words(indicators: Sequence[Mapping[str, Any]]) -> str:
    """Indicators as people write them: name, sign, value, unit."""
    return "；".join(_words(one) for one in indicators)


def _words(indicator: Mapping[str, Any]) -> str:
    value = indicator.get("value")
    if isinstance(value, list | tuple):
        value = "-".join(str(one) for one in value)
    sign = _SIGNS.get(indicator.get("op") or "", "")
    told = "" if value is None else f"{sign}{value}{indicator.get('unit') or ''}"
    return " ".join(part for part in (str(indicator.get("name") or ""), told) if part)


def commitment_of(row: ReviewRow) -> Commitment:
    """A row as the core reads promises: with what people said of it in place of what the machine read."""
    told = row.row
    read = told.get("indicators") or ()
    stated = str(told.get("indicator") or "")
    indicators = tuple(_indicator(one) for one in read)
    if stated != indicator_words(read):  # a person's own words
        indicators = (Indicator(stated, "=", stated),) if stated else ()
    due, words = str(told.get("deadline_on") or ""), str(told.get("deadline_words") or "")
    return Commitment(
        id=row.row_id,
        path=tuple(told.get("path") or ()),
        quote=row.quote,
        start=row.start,
        end=row.end,
        kind=str(told.get("kind") or "continuing"),
        lead=tuple(told.get("lead") or ()),
        supporting=tuple(told.get("supporting") or ()),
        lead_source=str(told.get("lead_source") or "none"),
        indicators=indicators,
        deadline=_deadline(told.get("deadline") or {}, due, words),
        measurable=bool(told.get("measurable")),
        negated=bool(told.get("negated")),
        excluded_topic=row.excluded_topic,
    )


def _indicator(found: Mapping[str, Any]) -> Indicator:
    value = found.get("value")
    pair: Any = tuple(value) if isinstance(value, list) else value
    return Indicator(
        str(found.get("name") or ""), str(found.get("op") or "="), pair, found.get("unit"), found.get("bound"),
        found.get("ref"),
    )  # fmt: skip


def _deadline(found: Mapping[str, Any], due: str, words: str) -> Deadline | None:
    if not (due or words):
        return None
    if str(found.get("iso_date") or "") not in ("", due) or not found:  # the day was given by a person
        return Deadline(words or due, iso_date=due or None)
    relative = found.get("relative")
    period = Relative(relative["amount"], relative["unit"], relative.get("from")) if relative else None
    return Deadline(words, due or None, found.get("recurring"), period, bool(found.get("continuous")))


def doubts_of(row: ReviewRow, dated_on: str) -> tuple[RowDoubt, ...]:
    """What of a row still contradicts itself or the day its document states as its own (ISO, "" if it states none)."""
    if row.state not in ("proposed", "accepted"):
        return ()
    day = date.fromisoformat(dated_on) if len(dated_on) == 10 and not dated_on.startswith("-") else None
    said = set(row.row.get("as_written") or ())
    return tuple(
        RowDoubt(one, one.code in said) for one in doubts(commitment_of(row), day) if not _changed(row, ABOUT[one.code])
    )


def _changed(row: ReviewRow, parts: Sequence[str]) -> bool:
    return bool(row.machine) and any(name in parts for name, _, _ in row.differences)


def open_doubts(row: ReviewRow, dated_on: str) -> tuple[Doubt, ...]:
    """The doubts of a row nobody has answered."""
    return tuple(one.doubt for one in doubts_of(row, dated_on) if not one.as_written)
