"""What may be opened now, by whom, and the access record that says so; written before any plaintext is given.

    who it is (identity) ──► the step needs it (an article says so) ── else a live approval of another office ── else refused
    the rest             ──► need to know by part; in the smallest circle a live approval of its approver, but at once

Law: 个人信息保护法 51, 54; 信访工作条例 30; 未成年人保护法 11(2), 103; promise 6 of the design.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from mingze.casework.case import Case
from mingze.casework.command import Actor, Refused
from mingze.casework.deciding import make_event
from mingze.casework.event import Event
from mingze.casework.standing import is_barred
from mingze.procedure.model import Procedure
from mingze.terms import Calendar, local_day

IDENTITY: Final = "identity"
"""The kind of sealed content that says who somebody is and how they are reached."""


def kinds_of(slots: Iterable[str]) -> tuple[str, ...]:
    """The kinds of sealed content that slots (`narrative`, `3/attachment:1`) are of, each once."""
    return tuple(dict.fromkeys(slot.rpartition("/")[2].partition(":")[0] for slot in slots))


def lets_open(procedure: Procedure, case: Case, actor: Actor, kinds: Iterable[str], now: datetime) -> dict[str, Any]:
    """On what ground an actor may open these kinds now, as it stands in the access record: `approvals` (the requests that
    were approved) and `needed` (the row of the step that needs who it is). Nothing where none is asked for.

    Surprising: the program itself (`system`) needs no approval: it reads an address to send a notice, and no person
    sees it. The approver of a smallest circle opens on their own word, never who it is.

    Raises: Refused `identity_closed` or `approval_needed`, with the stage.
    """
    if actor.kind != "post":
        return {}
    grounds: dict[str, Any] = {}
    approvals: list[int] = []
    for kind in kinds:
        if kind == IDENTITY:
            needed = needs_identity(procedure, case, actor)
            if needed:
                grounds["needed"] = needed
                continue
        elif not _guarded(procedure, case, actor):
            continue
        request = live_approval(case, actor, kind, local_day(now))
        if request is None:
            code = "identity_closed" if kind == IDENTITY else "approval_needed"
            raise Refused(code, stage=case.stage, kind=kind)
        approvals.append(int(request["n"]))
    if approvals:
        grounds["approvals"] = list(dict.fromkeys(approvals))
    return grounds


def closed_kinds(
    procedure: Procedure, case: Case, actor: Actor, kinds: Iterable[str], now: datetime
) -> tuple[str, ...]:
    """Those of these kinds that the actor could open only on somebody else's word, which nobody has given."""
    out = []
    for kind in kinds:
        try:
            lets_open(procedure, case, actor, (kind,), now)
        except Refused:
            out.append(kind)
    return tuple(out)


def needs_identity(procedure: Procedure, case: Case, actor: Actor) -> str:
    """The row that says why the step the actor's office bears now cannot be done without knowing who it is; else ""."""
    for name, need in procedure.reading.needed.items():
        for stage in need.at:
            if stage in case.stages and case.offices.get(procedure.stages[stage].bearer) == actor.office:
                return name
    return ""


def _guarded(procedure: Procedure, case: Case, actor: Actor) -> bool:
    """Whether what does not say who it is needs its approver's word too."""
    if not case.circle or actor.post == case.circle.get("approver"):
        return False
    circle = procedure.reading.circle
    return circle is None or not any(stage in case.stages for stage in circle.at_once)


def live_approval(case: Case, actor: Actor, kind: str, on: date) -> Mapping[str, Any] | None:
    """The approved request on which a post may open a kind: its own, not run out, for a step that still waits."""
    for request in reversed(case.requests):
        if (
            request["state"] == "approved"
            and request["post"] == actor.post
            and kind in request["kinds"]
            and request["stage"] in case.stages
            and on.isoformat() <= request["open_until"]
        ):
            return request
    return None


def record_read(
    procedure: Procedure,
    case: Case,
    actor: Actor,
    now: datetime,
    calendar: Calendar,
    *,
    slots: tuple[str, ...],
    purpose: str,
    authority: str,
    previous: str | None,
    idempotency: str = "",
) -> Event:
    """The access record: which post of which office opened which sealed parts, for what, and on whose word.

    Raises: Refused `not_your_case` to an excluded office and outside the smallest circle, `recused` to a post that
    stands aside, and the codes of `lets_open`.
    """
    refuse_barred(case, actor)
    grounds = lets_open(procedure, case, actor, kinds_of(slots), now)
    return make_event(
        procedure, case, actor, now, calendar, authority, case.id, previous,
        type="read", action="", occurred_at=now, facts={"slots": list(slots), "purpose": purpose, **grounds},
        offices={}, clocks=[], sealed=(), stages=case.stages, tell=(), idempotency=idempotency,
    )  # fmt: skip


def refuse_barred(case: Case, actor: Actor) -> None:
    """Raises: Refused `not_your_case` or `recused` to whoever can know nothing of the case."""
    if is_barred(case, actor):
        aside = actor.post in case.recused and actor.office not in case.excluded
        raise Refused("recused", post=actor.post) if aside else Refused("not_your_case")
