"""Which rows the right side shows: by state, section, office and words; what is shown can be handled in one step."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from mingze.accounts.offices import Offices
from mingze.desk.refusals import office_words
from mingze.store.document_rows import ReviewRow as Row
from mingze.words import say

VIEWS = ("all", "pending", "without_lead", "doubts", "second", "accepted", "rejected")
"""Which states the right side shows; the document on the left always stands whole. `second` waits for this person."""

UNNAMED = "-"
"""The choice of rows without an office."""


@dataclass(frozen=True)
class Choice:
    """One choice of a filter."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Filter:
    """What was asked for: a state, the heading of a section, an office (resolved), words."""

    view: str = "all"
    section: str = ""
    office: str = ""
    words: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, Any]) -> Filter:
        """The filter of an address or a form; what is none is left out."""
        view = str(asked.get("view", ""))
        return cls(
            view if view in VIEWS else "all",
            str(asked.get("section", ""))[:200],
            str(asked.get("office", ""))[:64],
            str(asked.get("words_in", "")).strip()[:60],
        )

    @property
    def narrowed(self) -> bool:
        """Whether more than the state was asked for."""
        return bool(self.section or self.office or self.words)

    @property
    def query(self) -> str:
        """The filter as the end of an address, without its view."""
        told = {"section": self.section, "office": self.office, "words_in": self.words}
        return urlencode({name: value for name, value in told.items() if value})

    def pairs(self) -> dict[str, str]:
        """The filter as fields of a form or an address; what asks for everything is left out."""
        told = {"view": self.view, "section": self.section, "office": self.office, "words_in": self.words}
        return {name: value for name, value in told.items() if value and value != "all"}

    def keeps(self, row: Row, own: Collection[str], doubtful: Collection[str]) -> bool:
        """Whether a row is shown; `doubtful` are the rows with doubts nobody has answered."""
        if self.section and section_of(row) != self.section:
            return False
        lead = str(row.row.get("lead_office") or "")
        if self.office and ((lead or UNNAMED) != self.office or row.state == "excluded"):
            return False
        if self.words and self.words not in row.quote and self.words not in str(row.row.get("title") or ""):
            return False
        return _IN_VIEW[self.view](row, own, doubtful)


def _in_second(row: Row, own: Collection[str], doubtful: Collection[str]) -> bool:
    return row.waits_for_second and row.decided_by not in own


_IN_VIEW = {
    "all": lambda row, own, doubtful: True,
    "pending": lambda row, own, doubtful: row.state == "proposed",
    "without_lead": lambda row, own, doubtful: row.state in ("proposed", "accepted") and not row.row.get("lead_office"),
    "doubts": lambda row, own, doubtful: row.row_id in doubtful,
    "second": _in_second,
    "accepted": lambda row, own, doubtful: row.state == "accepted",
    "rejected": lambda row, own, doubtful: row.state == "rejected",
}


def section_of(row: Row) -> str:
    """The section of a row: the heading right under the document's title."""
    path = [str(step) for step in row.row.get("path") or ()]
    return path[0][:200] if path else ""


@dataclass(frozen=True)
class FilterForm:
    """The filter as the page offers it."""

    now: Filter
    sections: tuple[Choice, ...]
    offices: tuple[Choice, ...]
    query: str


def filter_form(rows: Sequence[Row], wanted: Filter, offices: Offices, lang: str) -> FilterForm:
    """What can be filtered by in this document: only sections and offices that some row has."""
    sections = dict.fromkeys(section for section in (*map(section_of, rows), wanted.section) if section)
    leads = dict.fromkeys(str(row.row.get("lead_office") or UNNAMED) for row in rows if row.state != "excluded")
    if wanted.office:  # what was asked for stands in the list, also when no row is left of it
        leads.setdefault(wanted.office)
    named = [(lead, office_words(offices, lead, lang)) for lead in leads if lead != UNNAMED]
    if UNNAMED in leads:
        named.append((UNNAMED, say("desk-filter-no-office", lang)))
    return FilterForm(
        wanted,
        tuple(Choice(section, section, section == wanted.section) for section in sections),
        tuple(Choice(lead, words, lead == wanted.office) for lead, words in named),
        wanted.query,
    )
