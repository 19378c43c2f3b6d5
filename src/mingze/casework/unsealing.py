"""Opening on somebody else's word: a post asks, with a purpose, the step and a reason; a post of another office answers.

    asked ──► approved (until a day, or until the step is done) ──► each reading is recorded and names the approval
       └───► refused, with the reason            └─ nobody answers: the request runs out by itself

Who asked, who answered, and both reasons stand in the case, and the person is told. Never the same person: whoever holds
the post is given as `hand`, a keyed digest of their account that means something in this one case alone.

Law: 信访工作条例 30; 个人信息保护法 6, 51; OWASP ASVS 5.0 2.3.5. Units: an approval holds up to and with its last day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from mingze.casework.case import Case
from mingze.casework.command import Actor, Refused
from mingze.casework.deciding import make_event
from mingze.casework.event import Event
from mingze.casework.reading import IDENTITY, closed_kinds, live_approval, refuse_barred
from mingze.casework.standing import has_part, is_excluded
from mingze.procedure.model import Procedure
from mingze.terms import Calendar, Rule, compute, local_day

APPROVERS: Final = ("head", "supervisor", "reviewer")
"""The functions of posts that may answer a request of another office."""

USUAL: Final = ("supervision", "legal")
"""Whose word opens an identity where the procedure's version says nothing: the first, or the second instead."""

USUAL_WORKING_DAYS: Final = 3

REASON_LENGTH: Final = 500
"""Characters of a reason; it says why, and nothing of the person."""


def ask(
    procedure: Procedure,
    case: Case,
    actor: Actor,
    kinds: Sequence[str],
    now: datetime,
    calendar: Calendar,
    *,
    purpose: str,
    stage: str,
    reason: str,
    hand: str,
    able: Mapping[str, Sequence[str]],
    authority: str,
    previous: str | None,
    idempotency: str = "",
) -> Event:
    """The request of a post to open what needs somebody else's word: who it is alone, or other kinds together.

    `able` gives for each function the offices that have it and a post that may answer.

    Raises: Refused `not_your_case`, `recused`, `case_closed`, `stage_not_here`, `purpose_missing`, `reason_needed`,
    `account_unknown`, `ask_apart` (who it is together with other kinds), `no_approval_needed`, `already_asked`,
    `already_approved`, `nobody_may_approve`.
    """
    refuse_barred(case, actor)
    if actor.kind != "post" or actor.office not in case.offices.values():
        raise Refused("not_your_case")
    if not case.open:
        raise Refused("case_closed", action="", stage=case.stage, closed_at=case.closed_at)
    if stage not in case.stages:
        raise Refused("stage_not_here", stage=stage)
    if not purpose.strip():
        raise Refused("purpose_missing")
    _reason(reason)
    if not hand:
        raise Refused("account_unknown")
    if IDENTITY in kinds and set(kinds) != {IDENTITY}:
        raise Refused("ask_apart")
    today = local_day(now)
    wanted = tuple(dict.fromkeys(kinds))
    waiting = next((one for one in waiting_requests(case, today) if _same(one, actor, wanted)), None)
    if waiting is not None:
        raise Refused("already_asked", n=waiting["n"])
    closed = closed_kinds(procedure, case, actor, wanted, now)
    if not closed:
        open_now = any(live_approval(case, actor, kind, today) for kind in wanted)
        raise Refused("already_approved" if open_now else "no_approval_needed")
    to, to_post = _approver(procedure, case, actor, closed, able)
    facts = {
        "kinds": list(closed), "purpose": purpose, "stage": stage, "reason": reason.strip(), "to": to,
        **({"to_post": to_post} if to_post else {}), "until": _last_day(procedure, case, closed, today, calendar),
        "hand": hand,
    }  # fmt: skip
    return _event(procedure, case, actor, now, calendar, authority, previous, "asked", facts, idempotency)


def answer(
    procedure: Procedure,
    case: Case,
    actor: Actor,
    n: int,
    approve: bool,
    now: datetime,
    calendar: Calendar,
    *,
    reason: str,
    hand: str,
    authority: str,
    previous: str | None,
    idempotency: str = "",
) -> Event:
    """The word on a request: approved until a day, or refused with a reason.

    Raises: Refused `unknown_request` to whoever was not asked (and of one that was answered, `already_answered`),
    `same_person`, `account_unknown`, `request_over`, `step_over`, `reason_needed`.
    """
    request = next((one for one in case.requests if one["n"] == n), None)
    if request is None or not is_asked(case, request, actor):
        raise Refused("unknown_request", n=n)
    if request["state"] != "asked":
        raise Refused("already_answered", n=n, state=request["state"])
    if not hand:
        raise Refused("account_unknown")
    if hand == request["hand"]:
        raise Refused("same_person")
    today = local_day(now)
    if today.isoformat() > request["until"]:
        raise Refused("request_over", until=request["until"])
    if approve and request["stage"] not in case.stages:
        raise Refused("step_over", stage=request["stage"])
    if not approve:
        _reason(reason)
    facts: dict[str, Any] = {"asked": n, "hand": hand}
    if reason.strip():
        facts["reason"] = reason.strip()[:REASON_LENGTH]
    if approve:
        facts["until"] = _last_day(procedure, case, request["kinds"], today, calendar)
    kind = "approved" if approve else "refused"
    return _event(procedure, case, actor, now, calendar, authority, previous, kind, facts, idempotency)


def is_asked(case: Case, request: Mapping[str, Any], actor: Actor) -> bool:
    """Whether a post is one of those asked for their word: the post named, or one that may answer of the office named;
    never of an office the case is about, nor one that stands aside, nor the office that asks (a circle's approver apart).
    """
    if actor.kind != "post" or is_excluded(case, actor) or actor.post == request["post"]:
        return False
    if request.get("to_post"):
        return actor.post == request["to_post"]
    return actor.office == request["to"] != request["office"] and any(it in APPROVERS for it in actor.functions)


def waiting_requests(case: Case, on: date) -> list[Mapping[str, Any]]:
    """The requests nobody has answered, whose time is not over and whose step still waits."""
    return [
        one
        for one in case.requests
        if one["state"] == "asked" and on.isoformat() <= one["until"] and one["stage"] in case.stages
    ]


def _same(request: Mapping[str, Any], actor: Actor, kinds: Iterable[str]) -> bool:
    return request["post"] == actor.post and bool(set(kinds) & set(request["kinds"]))


def _approver(
    procedure: Procedure, case: Case, actor: Actor, kinds: Sequence[str], able: Mapping[str, Sequence[str]]
) -> tuple[str, str]:
    """The office asked, and the post where it is one by name (the approver of a smallest circle)."""
    if IDENTITY not in kinds:
        post = case.circle["approver"]
        return post.rpartition(".")[0], post
    row = procedure.reading.identity
    for function in (row.approved_by, row.otherwise) if row else USUAL:
        for office in able.get(function, ()):
            if office != actor.office and office not in case.excluded:
                return office, ""
    raise Refused("nobody_may_approve")


def _last_day(procedure: Procedure, case: Case, kinds: Iterable[str], on: date, calendar: Calendar) -> str:
    """The last day of a request, or of an approval: so long as the procedure's dated number says."""
    reading = procedure.reading
    row = reading.identity if IDENTITY in kinds else reading.circle
    amount, unit = USUAL_WORKING_DAYS, "working_day"
    if row is not None:
        number = procedure.parameter_on(row.lasts, on)
        amount, unit = number.value, number.unit
    due = compute(on, Rule(amount, unit), calendar).due  # pyright: ignore[reportArgumentType]
    return (local_day(due) if isinstance(due, datetime) else due or on).isoformat()


def _reason(reason: str) -> None:
    if not reason.strip() or len(reason.strip()) > REASON_LENGTH:
        raise Refused("reason_needed", most=REASON_LENGTH)


def _event(
    procedure: Procedure,
    case: Case,
    actor: Actor,
    now: datetime,
    calendar: Calendar,
    authority: str,
    previous: str | None,
    kind: str,
    facts: Mapping[str, Any],
    idempotency: str,
) -> Event:
    return make_event(
        procedure, case, actor, now, calendar, authority, case.id, previous,
        type=kind, action="", occurred_at=now, facts=facts, offices={}, clocks=(), sealed=(), stages=case.stages,
        tell=told(procedure, case), idempotency=idempotency,
    )  # fmt: skip


def told(procedure: Procedure, case: Case) -> tuple[str, ...]:
    """The parties that have a part in the case by now."""
    return tuple(party for party in procedure.parties if has_part(procedure, case, party))
