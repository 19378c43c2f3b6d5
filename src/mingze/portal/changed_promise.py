"""What a new version of its document made of a promise: what it said first beside what it says now, never instead.

The case keeps the first words, indicator and date as the facts it opened with, and what a later version says under
names of their own; this puts the two beside each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mingze.accounts.offices import Offices
from mingze.casework import Case
from mingze.portal.case_words import office_words
from mingze.portal.version_comparison import Part
from mingze.words import date_words, say

AMENDING = ("amend", "amend_later")
DROPPING = "mark_dropped"


@dataclass(frozen=True)
class ChangedPromise:
    """The sentence that leads, and each part that reads otherwise."""

    lead: str
    parts: tuple[Part, ...]
    dropped: str


def changed_promise(case: Case, offices: Offices, lang: str) -> ChangedPromise | None:
    """What later versions changed of a promise; None where none did."""
    amended, dropped = any(name in case.seen for name in AMENDING), DROPPING in case.seen
    if not (amended or dropped):
        return None
    document = str(case.facts.get("new_document") or "")
    return ChangedPromise(
        say("portal-promise-amended", lang, document=document) if amended else "",
        _parts(case.facts, offices, lang) if amended else (),
        say("portal-promise-dropped", lang, document=document) if dropped else "",
    )


def _parts(facts: Mapping[str, Any], offices: Offices, lang: str) -> tuple[Part, ...]:
    none = say("portal-change-none", lang)

    def listed(value: Any) -> str:
        return ("、" if lang == "zh-Hans" else ", ").join(
            office_words(offices, str(each), lang) for each in value or ()
        )

    pairs = (
        ("words", facts.get("words"), facts.get("new_words")),
        ("indicator", facts.get("indicator"), facts.get("new_indicator")),
        (
            "deadline_on",
            _when(facts, "deadline", lang),
            _when(facts, "new_deadline", lang) or _day(facts, "new_until", lang),
        ),
        ("lead_office", "", listed([facts["new_lead"]]) if facts.get("new_lead") else ""),
        ("supporting_offices", listed(facts.get("supporting")), listed(facts.get("new_supporting"))),
    )
    return tuple(
        Part(say(f"portal-change-part-{part}", lang), str(old or none), str(new)) for part, old, new in pairs if new
    )


def _day(facts: Mapping[str, Any], name: str, lang: str) -> str:
    value = facts.get(name)
    return date_words(date.fromisoformat(value), lang, weekday=False) if isinstance(value, str) and value else ""


def _when(facts: Mapping[str, Any], name: str, lang: str) -> str:
    """The day, else the words of the deadline."""
    return _day(facts, name, lang) or str(facts.get(f"{name}_words") or "")
