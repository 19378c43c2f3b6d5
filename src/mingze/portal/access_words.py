"""Who asked to open something, on whose word it was opened, and why a record was shown later: told to the person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mingze.accounts.offices import Offices
from mingze.casework import Event
from mingze.portal.case_words import doer_words, office_words, slot_words
from mingze.portal.citations import cite_words
from mingze.procedure.model import Procedure
from mingze.words import date_words, has, local, say


@dataclass(frozen=True)
class AskedLine:
    """One request to open what needs somebody else's word, with the word given."""

    n: int
    at: datetime
    post: str
    what: str
    purpose: str
    reason: str
    answer: str
    answer_reason: str = ""


def asked_lines(
    procedure: Procedure, events: Sequence[Event], offices: Offices, today: date, lang: str
) -> Iterator[AskedLine]:
    """Each request, in the order in which they came: who asked, for what and why, who answered and why."""
    answers = {event.facts["asked"]: event for event in events if event.type in ("approved", "refused")}
    for event in events:
        if event.type != "asked":
            continue
        facts, said = event.facts, answers.get(event.n)
        if said is not None:
            until = _day(said.facts.get("until", ""), lang)
            answer = say("portal-asked-said", lang, post=doer_words(offices, said, lang), said=said.type, until=until)
        else:
            answer = say("portal-asked-over" if today.isoformat() > facts["until"] else "portal-asked-waiting", lang)
        yield AskedLine(
            event.n,
            event.occurred_at,
            doer_words(offices, event, lang),
            kinds_words(facts["kinds"], lang),
            purpose_words(str(facts["purpose"]), lang),
            str(facts["reason"]),
            answer,
            str(said.facts.get("reason", "")) if said is not None else "",
        )


def access_words(procedure: Procedure, event: Event, offices: Offices, lang: str) -> tuple[str, str]:
    """A request, its answer or a deferral as the timeline tells it: a title, and what there is to know of it."""
    facts, post = event.facts, doer_words(offices, event, lang)
    reason = str(facts.get("reason", "")).rstrip("。.；; \n")
    until = _day(facts.get("until", ""), lang)
    if event.type == "asked":
        stage = procedure.stages.get(facts["stage"])
        return say("portal-entry-asked", lang, post=post, parts=kinds_words(facts["kinds"], lang)), say(
            "portal-entry-asked-more", lang, stage=local(stage.text, lang) if stage else facts["stage"],
            purpose=purpose_words(str(facts["purpose"]), lang), reason=reason,
            who=office_words(offices, facts["to"], lang),
        )  # fmt: skip
    if event.type == "deferred":
        more = say(
            "portal-entry-deferred-more", lang, basis=basis_words(procedure, event, lang), until=until, reason=reason,
            law=cite_words(procedure, facts["cite"], lang),
        )  # fmt: skip
        return say("portal-entry-deferred", lang, post=post), more
    if event.type == "approved":
        why = say("portal-entry-reason", lang, reason=reason) if reason else ""
        more = say("portal-entry-approved-more", lang, until=until, reason=why).rstrip()
        return say("portal-entry-approved", lang, post=post), more
    return say("portal-entry-refused", lang, post=post), say("portal-entry-refused-more", lang, reason=reason)


def grounds_words(
    procedure: Procedure,
    read: Event,
    approved: Mapping[int, Event],
    withheld: Mapping[int, tuple[date, Event]],
    offices: Offices,
    lang: str,
) -> Iterator[str]:
    """On what ground something was opened: the step's article, somebody's word; and why the person sees it only now."""
    need = procedure.reading.needed.get(str(read.facts.get("needed", "")))
    if need is not None:
        yield say("portal-read-needed", lang, why=local(need.text, lang), law=cite_words(procedure, need.cite, lang))
    for n in read.facts.get("approvals", ()):
        if n in approved:
            yield say("portal-read-approved", lang, post=doer_words(offices, approved[n], lang))
    if read.n in withheld:
        until, deferral = withheld[read.n]
        law = cite_words(procedure, deferral.facts["cite"], lang)
        yield say("portal-read-deferred", lang, law=law, until=date_words(until, lang))


def kinds_words(kinds: Iterable[str], lang: str) -> str:
    """Kinds of sealed content in the person's words."""
    named = [say("portal-part-identity", lang) if kind == "identity" else slot_words(kind, lang) for kind in kinds]
    return ("、" if lang == "zh-Hans" else ", ").join(named)


def basis_words(procedure: Procedure, deferral: Event, lang: str) -> str:
    """The basis of a deferral as its procedure words it; its name where the version no longer has it."""
    row = procedure.reading.deferrals.get(deferral.facts["basis"])
    return local(row.text, lang) if row else str(deferral.facts["basis"])


def purpose_words(purpose: str, lang: str) -> str:
    """Why somebody opens sealed content; a purpose written in words stays as it is."""
    word = f"read-purpose-{purpose}"
    return say(word, lang) if has(word, lang) else purpose


def _day(text: Any, lang: str) -> str:
    return date_words(date.fromisoformat(str(text)), lang) if text else ""
