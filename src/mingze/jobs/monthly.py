"""The facts of a month's bulletin: every promise replayed up to the end of the month, so that an old month never changes.

A promise is what its records say; what was recorded after the last day is not among them. While a month runs, its
bulletin is of today and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from mingze.accounts.offices import Offices
from mingze.casework import Case, Event, replay
from mingze.measures.bulletin import Bulletin, Extended, Standing, bulletin, last_day
from mingze.store import CaseFile, Register
from mingze.terms import SHANGHAI, local_day

DEADLINE = "deliver"
ENDS = {"closed": "closed", "withdrawn": "withdrawn", "unfulfilled": "unfulfilled"}
_STEP = 200


def bulletin_of(register: Register, offices: Offices, month: date, silent_after_days: int) -> Bulletin:
    """The bulletin of the month that a day lies in. Raises ValueError for a month that has not begun; Unavailable."""
    now = register.clock.now()
    after = datetime.combine(last_day(month) + timedelta(days=1), datetime.min.time(), SHANGHAI)
    end = min(after, now + timedelta(microseconds=1))  # what is recorded at this very moment is in
    promises = list(standings(register, end))
    return bulletin(promises, month, local_day(now), [office.id for office in offices], silent_after_days)


def standings(register: Register, end: datetime) -> Iterator[Standing]:
    """Every promise as it stood before an instant."""
    after: str | None = None
    while True:
        page = register.commitments(after=after, limit=_STEP)
        for row in page.rows:
            found = register.case(row.row.case_id)
            if found is not None and (standing := _standing(register, found, row.document_title, end)) is not None:
                yield standing
        after = page.next
        if after is None:
            return


def _standing(register: Register, found: CaseFile, document: str, end: datetime) -> Standing | None:
    events = [stored.event for stored in found.events if stored.event.recorded_at < end]
    if not events:
        return None
    versions = {
        hash_: register.procedure_version(event.procedure["name"], hash_)
        for event in events
        if (hash_ := event.procedure["hash"])
    }
    case = replay(versions[events[0].procedure["hash"]], events, versions)
    clock = case.clocks.get(DEADLINE)
    return Standing(
        number=found.number,
        title=str(case.facts.get("title") or case.facts.get("words") or ""),
        lead_office=case.offices.get("lead_office", ""),
        document=document or str(case.facts.get("document") or ""),
        state=_state(case),
        assigned_on=_on(case.opened_at),
        first_deadline=_day(case.facts.get("deadline")),
        deadline=clock.due_on if clock is not None else None,
        reported_on=_on(case.done_at) if case.done_at else None,
        verified_on=_on(case.verified_at) if case.verified_at else None,
        ended_on=_on(case.closed_at) if case.closed_at else None,
        last_on=_on(case.last_at),
        extended=tuple(_extended(events)),
    )


def _state(case: Case) -> str:
    if not case.open:
        return ENDS.get(case.stage, "closed")
    return "verified" if case.verified_at else "reported" if case.done_at else "open"


def _extended(events: list[Event]) -> Iterator[Extended]:
    for event in events:
        if event.action == "extend":
            reason, until = str(event.facts.get("reason") or ""), _day(event.facts.get("until"))
            yield Extended(local_day(event.occurred_at), until, reason, event.office)


def _day(said: object) -> date | None:
    return date.fromisoformat(said[:10]) if isinstance(said, str) and said else None


def _on(at: str) -> date:
    return local_day(datetime.fromisoformat(at))
