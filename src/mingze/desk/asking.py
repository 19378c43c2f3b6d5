"""The desk's forms for what is opened on somebody else's word: asking, what became of it, and deferring to show it.

The page says calmly why a part is closed, by which article, and who would have to approve; the form asks for a purpose,
the step and a reason. Nothing here opens anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from mingze.accounts.offices import Offices
from mingze.casework import Actor, Case, Event, may_defer, waiting_requests
from mingze.casework.deferring import last_day_of
from mingze.casework.reading import IDENTITY, live_approval, needs_identity
from mingze.desk.refusals import office_words, post_words
from mingze.portal.access_words import basis_words, kinds_words, purpose_words
from mingze.portal.citations import cite_words
from mingze.procedure.model import Procedure
from mingze.terms import Calendar
from mingze.words import date_words, has, instant_words, local, say

ASKED_FOR = ("assign", "handle", "contact", "approve", "supervise", "verify")
"""The purposes a request can have; those of a reading."""


@dataclass(frozen=True)
class Asked:
    """A form that did not come through: what was typed, and what is wrong with it."""

    problem: str
    typed: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Asking:
    """What stands of one part that is closed: `name` is `identity` or `circle`; a form only where one can be asked."""

    name: str
    title: str
    lead: str
    law: str
    state: str
    form: bool
    parts: tuple[tuple[str, str, bool], ...]
    stages: tuple[tuple[str, str], ...]
    purposes: tuple[tuple[str, str], ...]
    key: str
    purpose: str = ""
    stage: str = ""
    reason: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Deferring:
    """The form that lets showing wait, and what waits already."""

    running: tuple[str, ...]
    bases: tuple[tuple[str, str], ...]
    latest: str
    last_on: str
    first_on: str
    key: str
    basis: str = ""
    until: str = ""
    reason: str = ""
    problem: str = ""


def asking(
    procedure: Procedure,
    case: Case,
    events: Sequence[Event],
    actor: Actor,
    offices: Offices,
    now: datetime,
    lang: str,
    closed: Sequence[str],
    asked: Asked | None,
    key: str,
) -> Iterator[Asking]:
    """A block for who it is, and one for the rest in a smallest circle, where they are closed or were approved."""
    for name in ("identity", "circle"):
        kinds = tuple(kind for kind in closed if (kind == IDENTITY) == (name == "identity"))
        state, waits = _state(procedure, case, events, actor, offices, now, lang, name)
        if name == "identity" and not kinds and not state and IDENTITY in _kinds(events):
            state = _needed_words(procedure, case, actor, lang)
        if not kinds and not state:
            continue
        row = procedure.reading.identity if name == "identity" else procedure.reading.circle
        who = post_words(offices, case.circle["approver"], lang) if name == "circle" and case.circle else ""
        typed = asked.typed if asked is not None and asked.typed.get("name") == name else {}
        picked = typed.get("parts", kinds)
        yield Asking(
            name,
            say(f"desk-ask-{name}-title", lang),
            say(f"desk-ask-{name}-lead", lang, who=who) if kinds else "",
            say("desk-ask-law", lang, law=cite_words(procedure, row.cite, lang)) if row is not None and kinds else "",
            state,
            bool(kinds) and not waits and case.open,
            tuple((kind, say(f"desk-part-{kind}", lang), kind in picked) for kind in kinds),
            tuple((stage, local(procedure.stages[stage].text, lang)) for stage in case.stages),
            tuple((code, say(f"read-purpose-{code}", lang)) for code in ASKED_FOR),
            key,
            str(typed.get("purpose", "")),
            str(typed.get("stage", case.stages[0])),
            str(typed.get("reason", "")),
            asked.problem if asked is not None and typed else "",
        )


def _kinds(events: Sequence[Event]) -> set[str]:
    return {str(sealed["slot"]).partition(":")[0] for event in events for sealed in event.sealed}


def _state(
    procedure: Procedure,
    case: Case,
    events: Sequence[Event],
    actor: Actor,
    offices: Offices,
    now: datetime,
    lang: str,
    name: str,
) -> tuple[str, bool]:
    """What became of this post's last request, and whether it still waits."""
    mine = [
        one for one in case.requests if one["post"] == actor.post and (IDENTITY in one["kinds"]) == (name == "identity")
    ]
    if not mine:
        return "", False
    last, by_n = mine[-1], {event.n: event for event in events}
    asked = by_n.get(last["n"])
    if asked is None:
        return "", False
    if last in waiting_requests(case, now.date()):
        post = str(last.get("to_post", ""))
        who = post_words(offices, post, lang) if post else office_words(offices, last["to"], lang)
        at, until = instant_words(asked.occurred_at, lang), _day(last["until"], lang)
        return say("desk-ask-waiting", lang, at=at, who=who, until=until), True
    said = next(
        (event for event in events if event.facts.get("asked") == last["n"] and event.type == last["state"]), None
    )
    if said is None:
        return "", False
    who = post_words(offices, said.post, lang)
    if last["state"] == "refused":
        return say("desk-ask-refused", lang, who=who, reason=str(said.facts.get("reason", ""))), False
    if any(live_approval(case, actor, kind, now.date()) is last for kind in last["kinds"]):
        stage = local(procedure.stages[last["stage"]].text, lang)
        return say("desk-ask-approved", lang, who=who, until=_day(last["open_until"], lang), stage=stage), False
    return "", False


def _needed_words(procedure: Procedure, case: Case, actor: Actor, lang: str) -> str:
    """Why this step reads who it is with an access record alone."""
    need = procedure.reading.needed.get(needs_identity(procedure, case, actor))
    if need is None:
        return ""
    return say("desk-ask-needed", lang, why=local(need.text, lang), law=cite_words(procedure, need.cite, lang))


def deferring(
    procedure: Procedure,
    case: Case,
    actor: Actor,
    calendar: Calendar,
    now: datetime,
    lang: str,
    asked: Asked | None,
    key: str,
) -> Deferring | None:
    """What lets showing wait now, and a form for a post that may decide so; None where there is neither."""
    today = now.date()
    running = tuple(
        say("desk-defer-running", lang, basis=_basis(procedure, one["basis"], lang), until=_day(one["until"], lang))
        for one in case.deferred
        if today.isoformat() <= one["until"]
    )
    bases = may_defer(procedure, case, actor)
    if not running and not bases:
        return None
    last = min((last_day_of(procedure, basis, today, calendar) for basis in bases), default=today)
    typed = asked.typed if asked is not None else {}
    return Deferring(
        running,
        tuple((basis, _basis_law(procedure, basis, lang)) for basis in bases),
        say("desk-defer-until-hint", lang, until=date_words(last, lang)),
        last.isoformat(),
        today.isoformat(),
        key,
        str(typed.get("basis", bases[0] if bases else "")),
        str(typed.get("until", "")),
        str(typed.get("reason", "")),
        asked.problem if asked is not None else "",
    )


def _basis(procedure: Procedure, basis: str, lang: str) -> str:
    row = procedure.reading.deferrals.get(basis)
    return local(row.text, lang) if row else basis


def _basis_law(procedure: Procedure, basis: str, lang: str) -> str:
    row = procedure.reading.deferrals[basis]
    law = cite_words(procedure, row.cite, lang)
    return f"{local(row.text, lang)}（{law}）" if lang == "zh-Hans" else f"{local(row.text, lang)} ({law})"


def access_line(procedure: Procedure, event: Event, offices: Offices, lang: str) -> str:
    """What the timeline says of a request, its answer or a deferral."""
    facts = event.facts
    reason, until = str(facts.get("reason", "")), _day(facts.get("until", ""), lang)
    if event.type == "asked":
        stage = procedure.stages.get(facts["stage"])
        post = str(facts.get("to_post", ""))
        return say(
            "desk-line-asked", lang, parts=[_part(kind, lang) for kind in facts["kinds"]],
            purpose=purpose_words(str(facts["purpose"]), lang), reason=reason, until=until,
            stage=local(stage.text, lang) if stage else facts["stage"],
            who=post_words(offices, post, lang) if post else office_words(offices, facts["to"], lang),
        )  # fmt: skip
    if event.type == "deferred":
        law = cite_words(procedure, facts["cite"], lang)
        basis = basis_words(procedure, event, lang)
        return say("desk-line-deferred", lang, basis=basis, law=law, until=until, reason=reason)
    parts = [say("desk-line-approved", lang, until=until)] if event.type == "approved" else []
    parts += [say("desk-line-reason", lang, reason=reason)] if reason else []
    return ("；" if lang == "zh-Hans" else "; ").join(parts)


def ground_lines(procedure: Procedure, event: Event, lang: str) -> Iterator[str]:
    """On what ground a part was opened: an approval, or the step that needs it."""
    for n in event.facts.get("approvals", ()):
        yield say("desk-line-approval", lang, n=n)
    need = procedure.reading.needed.get(str(event.facts.get("needed", "")))
    if need is not None:
        yield say("desk-line-needed", lang, why=local(need.text, lang))


def _part(kind: str, lang: str) -> str:
    return say(f"desk-part-{kind}", lang) if has(f"desk-part-{kind}", lang) else kind


def _day(text: Any, lang: str) -> str:
    return date_words(date.fromisoformat(str(text)), lang) if text else ""


@dataclass(frozen=True)
class RequestLine:
    """A request as whoever is asked for their word sees it."""

    case_id: str
    n: int
    number: str
    kind: str
    who: str
    what: str
    stage: str
    purpose: str
    reason: str
    law: str
    asked: str
    until: str


def request_line(waiting: Any, offices: Offices, lang: str) -> RequestLine:
    """A waiting request in words: all there is to decide on."""
    procedure, event = waiting.procedure, waiting.asked
    facts = event.facts
    identity = IDENTITY in facts["kinds"]
    row = procedure.reading.identity if identity else procedure.reading.circle
    stage = procedure.stages.get(facts["stage"])
    return RequestLine(
        waiting.case_id,
        event.n,
        waiting.number,
        local(procedure.title, lang),
        post_words(offices, event.post, lang),
        say("desk-ask-identity-title", lang) if identity else kinds_words(facts["kinds"], lang),
        local(stage.text, lang) if stage else facts["stage"],
        purpose_words(str(facts["purpose"]), lang),
        str(facts["reason"]),
        cite_words(procedure, row.cite, lang) if row is not None else "",
        instant_words(event.occurred_at, lang),
        _day(facts["until"], lang),
    )
