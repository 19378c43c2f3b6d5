"""What programs are given: procedures, cases and commitments as plain schemas made from the same objects the pages
show.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema

from mingze.accounts.offices import Offices
from mingze.casework import duty, explanation, is_local
from mingze.procedure import Procedure
from mingze.store.register import CaseFile
from mingze.terms import Calendar


class Words(Schema):
    """A text in both languages."""

    zh: str
    en: str


class ProcedureListed(Schema):
    """A procedure in the list."""

    name: str
    title: Words
    about: Words
    public: bool
    hash: str


class FieldAsked(Schema):
    """A field of the opening form."""

    name: str
    label: Words
    type: str
    required: bool
    max_length: int
    choices: dict[str, Words] = {}
    purpose: Words | None = None
    retention_months: int | None = None


class ProcedureShown(ProcedureListed):
    """A procedure with its opening form and its tables as they stand in the file."""

    fields: list[FieldAsked]
    tables: dict[str, Any]


class DutyNow(Schema):
    """Who must act now, and by when."""

    role: str
    office: Words | None = None
    party: str = ""
    clock: str
    due: str | None
    provisional: bool


class ClockShown(Schema):
    """One period of a case, with the reasons for its date; `local` marks a number of the authority's own."""

    name: str
    title: Words
    borne_by: str
    started: str
    due: str | None
    provisional: bool
    met_at: datetime | None
    late: bool
    article: Words
    local: bool
    explanation: dict[str, Any]


class EventShown(Schema):
    """One event: what has happened, by whom, and its place in the ledger. Sealed content is only named."""

    n: int
    type: str
    action: str
    occurred_at: datetime
    recorded_at: datetime
    office: str
    post: str
    facts: dict[str, Any]
    sealed: list[str]
    leaf_index: int


class CaseShown(Schema):
    """A person's case. `answered_at`, `verified_at` and `outcome` are three facts and are never one."""

    number: str
    procedure: str
    procedure_hash: str
    title: Words
    stage: str
    stage_title: Words
    open: bool
    n: int
    duty: DutyNow | None
    clocks: list[ClockShown]
    events: list[EventShown]
    answered_at: datetime | None
    done_at: datetime | None
    verified_at: datetime | None
    outcome: str | None
    texts: dict[str, dict[str, Any]]


class FiledAnswer(Schema):
    """The receipt: the same idempotency key always gets this one."""

    number: str
    code: str
    repeated: bool
    leaf_index: int
    duty: DutyNow | None


class Acted(Schema):
    """An action that is recorded."""

    n: int
    leaf_index: int
    repeated: bool


class CommitmentShown(Schema):
    """A public promise: its words, who answers, by when, and where it stands."""

    number: str
    title: str
    stage: str
    open: bool
    lead: str
    due: str
    provisional: bool
    overdue: bool
    done_at: datetime | None
    verified_at: datetime | None
    facts: dict[str, Any]


class CommitmentPage(Schema):
    """Some commitments, and the words to ask for the next page with."""

    rows: list[CommitmentShown]
    next: str | None


def listed(procedure: Procedure) -> dict[str, Any]:
    """A procedure for the list."""
    return {
        "name": procedure.name,
        "title": procedure.title,
        "about": procedure.about,
        "public": procedure.public,
        "hash": procedure.hash,
    }


def shown(procedure: Procedure) -> dict[str, Any]:
    """A procedure with its form and tables."""
    fields = [
        {
            "name": name,
            "label": field.label,
            "type": field.type,
            "required": field.required,
            "max_length": field.max_length,
            "choices": {value: words.text for value, words in field.choices.items()},
            "purpose": field.purpose.text if field.purpose else None,
            "retention_months": field.retention_months,
        }
        for name in procedure.opening.takes
        for field in (procedure.fields[name],)
    ]
    tables = procedure.table.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {**listed(procedure), "fields": fields, "tables": tables}


def duty_now(file: CaseFile, offices: Offices) -> dict[str, Any] | None:
    """Who must act in a case now; None once it has ended."""
    now = duty(file.procedure, file.case)
    if now is None:
        return None
    office = offices.office(now.office) if now.office else None
    return {
        "role": now.role,
        "office": dict(office.name) if office else None,
        "party": now.party,
        "clock": now.clock,
        "due": now.due,
        "provisional": now.provisional,
    }


def case_shown(
    file: CaseFile, texts: dict[tuple[int, str], Any], offices: Offices, calendar: Calendar, today: date
) -> dict[str, Any]:
    """A case as its person may read it: every event, every date with its reasons, the texts their code opens."""
    procedure, case = file.procedure, file.case
    clocks = [
        {
            "name": state.name,
            "title": procedure.clocks[state.name].text,
            "borne_by": state.borne_by,
            "started": state.started_on,
            "due": state.due,
            "provisional": state.provisional,
            "met_at": state.met_at,
            "late": state.late,
            "article": procedure.cite_text(procedure.clocks[state.name].cite),
            "local": is_local(procedure, state),
            "explanation": explanation(procedure, state, calendar, today).to_json(),
        }
        for state in case.clocks.values()
    ]
    events = [
        {
            "n": stored.event.n,
            "type": stored.event.type,
            "action": stored.event.action,
            "occurred_at": stored.event.occurred_at,
            "recorded_at": stored.event.recorded_at,
            "office": stored.event.office,
            "post": stored.event.post,
            "facts": dict(stored.event.facts),
            "sealed": [slot["slot"] for slot in stored.event.sealed],
            "leaf_index": stored.leaf_index,
        }
        for stored in file.events
    ]
    words: dict[str, dict[str, Any]] = {}
    for (n, slot), content in texts.items():
        words.setdefault(str(n), {})[slot] = content
    return {
        "number": file.number,
        "procedure": procedure.name,
        "procedure_hash": procedure.hash,
        "title": procedure.title,
        "stage": case.stage,
        "stage_title": procedure.stages[case.stage].text,
        "open": case.open,
        "n": case.n,
        "duty": duty_now(file, offices),
        "clocks": clocks,
        "events": events,
        "answered_at": case.answered_at,
        "done_at": case.done_at,
        "verified_at": case.verified_at,
        "outcome": case.outcome,
        "texts": words,
    }
