"""What a table of responsibilities says of the rows under review, and what one that came back would change.

rows under review ──► lines of the table ──► (passed round, edited) ──► lines ──► Proposal: changes, and what cannot be read
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingze.accounts.offices import Offices
from mingze.desk.review_rows import live_rows, numbers_of
from mingze.exchange.task_sheet import Line, day_in, names_in
from mingze.store.document_rows import ReviewRow
from mingze.words import LANGUAGES, local, say


@dataclass(frozen=True)
class Changed:
    """One cell that says something else: the item's number, the part, what stood there and what the sheet says."""

    number: int
    title: str
    part: str
    before: str
    after: str


@dataclass(frozen=True)
class Wrong:
    """A line that cannot be taken in, and why, in words."""

    at: int
    words: str


@dataclass(frozen=True)
class Proposal:
    """What a sheet would do: `rows` by id with the number of changes it was made from and the parts it changes."""

    rows: Mapping[str, tuple[int, Mapping[str, Any]]]
    changed: tuple[Changed, ...]
    wrong: tuple[Wrong, ...]
    same: int


def lines_of(rows: Iterable[ReviewRow], offices: Offices) -> list[Line]:
    """The lines of the rows that may become commitments, in reading order; what must stay text is in none."""
    shown = [row for row in live_rows(rows) if row.state in ("proposed", "accepted")]
    return [Line(f"{row.row_id}@{row.n}", _cells(row, offices)) for row in shown]


def _cells(row: ReviewRow, offices: Offices) -> dict[str, str]:
    told = row.row
    lead, supporting = str(told.get("lead_office") or ""), list(told.get("supporting_offices") or ())
    return {
        "words": row.quote,
        "indicator": str(told.get("indicator") or ""),
        "lead": _name(offices, lead) or str(told.get("lead") or ""),
        "supporting": "、".join(_name(offices, each) for each in supporting),
        "deadline": str(told.get("deadline_on") or told.get("deadline_words") or ""),
        "evidence_rule": str(told.get("evidence_rule") or ""),
    }


def _name(offices: Offices, office: str) -> str:
    return local(offices.office(office).name, LANGUAGES[0]) if office in offices else office


def proposal(lines: Sequence[Line], rows: Iterable[ReviewRow], offices: Offices, lang: str) -> Proposal:
    """What a sheet that came back would change, cell by cell; nothing is written here."""
    known = live_rows(rows)
    numbers, by_id = numbers_of(known), {row.row_id: row for row in known}
    told: dict[str, tuple[int, Mapping[str, Any]]] = {}
    changed: list[Changed] = []
    wrong: list[Wrong] = []
    same = 0
    for line in lines:
        row_id, _, n = line.id.rpartition("@")
        row = by_id.get(row_id)
        if row is None or not n.isdigit():
            wrong.append(Wrong(line.at, say("task-sheet-unknown-line", lang)))
            continue
        before = _cells(row, offices)
        parts = [part for part, words in line.cells.items() if words != before[part]]
        if not parts:
            same += 1
            continue
        changes, faults = _changes(parts, line, offices, lang)
        wrong += [Wrong(line.at, words) for words in faults]
        if faults:
            continue
        told[row_id] = (int(n), changes)
        title = str(row.row.get("title") or row.quote)
        changed += [Changed(numbers[row_id], title, part, before[part], line.cells[part]) for part in parts]
    return Proposal(told, tuple(changed), tuple(wrong), same)


def _changes(parts: Sequence[str], line: Line, offices: Offices, lang: str) -> tuple[dict[str, Any], list[str]]:
    """The changes of one line, or why it cannot be taken in."""
    changes: dict[str, Any] = {}
    faults: list[str] = []
    for part in parts:
        cell = line.cells[part]
        if part == "words":
            faults.append(say("task-sheet-words-stay", lang))
        elif part in ("lead", "supporting"):
            names = [cell] if part == "lead" and cell else names_in(cell)
            found = [offices.by_name(name) for name in names]
            faults += [
                say("task-sheet-no-office", lang, name=name)
                for name, office in zip(names, found, strict=True)
                if office is None
            ]
            ids = [office.id for office in found if office is not None]
            changes |= {"lead_office": ids[0] if ids else ""} if part == "lead" else {"supporting_offices": ids}
        elif part == "deadline":
            day = day_in(cell)
            if cell and day is None:
                faults.append(say("task-sheet-no-day", lang, found=cell[:40]))
            changes["deadline_on"] = day.isoformat() if day is not None else ""
        else:
            changes[part] = cell
    return changes, faults
