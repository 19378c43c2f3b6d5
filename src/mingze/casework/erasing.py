"""How long what a party said is kept, and what happens when it is to be erased: its key is destroyed, the matter stays.

    asked for, or the time kept is over ──► undecided? refused ── kept by law until a day? use is stopped ── else erased

One key seals what one party gave in one case, so it is erased as a whole: when the longest of the times told for what
was given is over. The record says what was erased, why and by whom; that the matter was received, and answered in time,
stays and can be proved, because the log has only commitments.

Law: 个人信息保护法 19 (no longer than needed), 47 (erasure; while a law has it kept: stored, not used). Units: calendar
months from the day the case ended, to the same day of the month or its last one.
"""

from __future__ import annotations

import calendar as days
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from mingze.casework.case import Case
from mingze.casework.command import Actor, Refused
from mingze.casework.deciding import make_event
from mingze.casework.event import Event
from mingze.procedure.model import Procedure
from mingze.terms import Calendar, local_day

type Reason = Literal["request", "retention"]

CITES: dict[Reason, str] = {"request": "个人信息保护法 47", "retention": "个人信息保护法 47(1).1"}


@dataclass(frozen=True)
class Keeping:
    """How long what one party gave is kept: `until_on` as told, `by_law_on` where an article (`cite`) has it kept."""

    until_on: date
    by_law_on: date | None = None
    cite: str = ""


def keeping(procedure: Procedure, case: Case, party: str, parts: Iterable[str]) -> Keeping | None:
    """How long the `parts` (slots such as narrative, attachment:1) that a party gave are kept; None while the case is
    open.

    Surprising: a slot that no field of the procedure seals into any more is kept as long as the longest of all.
    """
    if case.open or case.closed_at is None:
        return None
    ended = local_day(datetime.fromisoformat(case.closed_at))
    kinds = {part.partition(":")[0] for part in parts}
    sealed = [field for field in procedure.fields.values() if field.seals and field.retention_months]
    known = {str(field.seals) for field in sealed}
    asked = [field for field in sealed if field.seals in kinds or kinds - known]
    months = max((field.retention_months or 0 for field in asked), default=0)
    lawful = max((field for field in asked if field.kept_by), key=lambda it: it.retention_months or 0, default=None)
    by_law = _months_after(ended, lawful.retention_months or 0) if lawful else None
    return Keeping(_months_after(ended, months), by_law, lawful.kept_by if lawful else "")


def erase(
    procedure: Procedure,
    case: Case,
    party: str,
    parts: tuple[str, ...],
    reason: Reason,
    actor: Actor,
    now: datetime,
    calendar: Calendar,
    *,
    authority: str,
    previous: str | None,
    undecided: tuple[str, ...] = (),
    idempotency: str = "",
) -> Event:
    """The event of an erasure; where an article has it kept, of the end of its use. The key is destroyed after it.

    `undecided` are cases linked to this one that still run; `parts` are what of the party's is sealed, as `n/slot`.

    Raises: Refused `unknown_party`, `erased`, `undecided` while this case or a linked one runs, `kept_by_law` when its
    use has been stopped already, `still_kept` when the pass comes before the time told is over.
    """
    if party not in procedure.parties:
        raise Refused("unknown_party", party=party)
    if party in case.erased:
        raise Refused("erased", destroyed_at="")
    held = keeping(procedure, case, party, (part.partition("/")[2] for part in parts))
    if held is None or undecided:
        raise Refused("undecided", case=case.id, linked=len(undecided))
    today = local_day(now)
    if held.by_law_on is not None and today <= held.by_law_on:
        if party in case.stopped:
            raise Refused("kept_by_law", until=held.by_law_on.isoformat(), cite=held.cite)
        facts = {"party": party, "parts": list(parts), "reason": reason, "cite": held.cite}
        return make_event(
            procedure, case, actor, now, calendar, authority, case.id, previous,
            type="stopped", action="", occurred_at=now, facts={**facts, "until": held.by_law_on.isoformat()}, offices={},
            clocks=(), sealed=(), stages=case.stages, tell=(party,), idempotency=idempotency,
        )  # fmt: skip
    if reason == "retention" and today <= held.until_on:
        raise Refused("still_kept", until=held.until_on.isoformat())
    return make_event(
        procedure, case, actor, now, calendar, authority, case.id, previous,
        type="erased", action="", occurred_at=now,
        facts={"party": party, "parts": list(parts), "reason": reason, "cite": CITES[reason]}, offices={},
        clocks=(), sealed=(), stages=case.stages, tell=(party,), idempotency=idempotency,
    )  # fmt: skip


def _months_after(on: date, months: int) -> date:
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, days.monthrange(year, month + 1)[1]))
