"""The public board: what the government promised, in its exact words, who answers for it, until when, and how it stands.

Three facts stand side by side and are never added up: the lead office reports it done, another office has verified it,
those affected confirm it. What is not known is said to be unknown, with the day of the last news.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Protocol

from mingze.accounts.offices import Offices
from mingze.casework import Case, ClockState, Event, duty, explanation, is_late
from mingze.measures.divided import same_unit
from mingze.measures.promised import last_report_on, percent_of, target_of
from mingze.measures.values import Freshness, freshness
from mingze.measures.voices import SAYS, Tally, Way, confirmed
from mingze.portal.case_events import Entry, timeline
from mingze.portal.case_lead import Lead, lead
from mingze.portal.case_words import clock_basis, fact_words, file_names, office_words
from mingze.portal.changed_promise import ChangedPromise, changed_promise
from mingze.portal.clock_strip import Picture, clock_strip
from mingze.portal.filing_form import label_of
from mingze.procedure.model import Procedure
from mingze.store.values import Value
from mingze.terms import Calendar, local_day
from mingze.words import date_words, local, say

DEADLINE = "deliver"
"""The clock of the promise itself, whatever step runs beside it."""


class Stretch(Protocol):
    """A published promise in its document: where its words stand and which case it became."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def case_id(self) -> str | None: ...


class SentenceSeen(Protocol):
    """A sentence of a document and its state."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def state(self) -> str: ...


@dataclass(frozen=True)
class Fact:
    """One of the three facts: `yes` (with its day), `no`, `not-yet` or `unknown`, and its words."""

    kind: str
    label: str
    words: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Beside:
    """What the register knows of a promise besides its case: the value of its indicator, whoever entered it, and what
    those affected said."""

    value: Value | None = None
    tallies: Mapping[Way, Tally] = field(default_factory=dict)


@dataclass(frozen=True)
class Promise:
    """One promise as the board shows it."""

    number: str
    anchor: str
    ref: int
    title: str
    words: str
    document_id: str
    document: str
    lead: str
    supporting: tuple[str, ...]
    indicator: str
    value: str
    deadline: str
    left: str
    tag: str
    state: str
    facts: tuple[Fact, ...]
    fresh: str
    data: str
    data_known: bool
    changed: ChangedPromise | None = None


@dataclass(frozen=True)
class Piece:
    """A piece of a document's text; `ref` numbers the promise it is, 0 for the text around."""

    text: str
    ref: int = 0
    anchor: str = ""
    current: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A line of a document."""

    kind: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class PromisePage:
    """One promise on its own page."""

    promise: Promise
    lead: Lead
    context: tuple[Paragraph, ...]
    picture: Picture | None
    basis: str
    pairs: tuple[tuple[str, str], ...]
    timeline: tuple[Entry, ...]
    evidence: tuple[tuple[str, str, str], ...]


def anchor_of(number: str) -> str:
    """The place of a promise inside a page, from its number's digits: stable and free of brackets."""
    return "c-" + "-".join("".join(letter if letter.isdigit() else " " for letter in number).split())


def ruling_state(procedure: Procedure, case: Case) -> ClockState | None:
    """The clock of the promise itself, running or over."""
    return case.clocks.get(DEADLINE)


def three_facts(
    procedure: Procedure, case: Case, offices: Offices, lang: str, tallies: Mapping[Way, Tally] | None = None
) -> tuple[Fact, ...]:
    """Reported done, verified, confirmed: each in its own words."""
    done = (
        Fact(
            "yes",
            say("portal-fact-done", lang),
            say(
                "portal-fact-yes-on",
                lang,
                day=_day(case.done_at, lang),
                office=_office(case, "lead_office", offices, lang),
            ),
        )
        if case.done_at
        else Fact("no" if case.open else "not-yet", say("portal-fact-done", lang), say("portal-fact-no-report", lang))
    )
    if case.verified_at:
        words = say(
            "portal-fact-yes-on",
            lang,
            day=_day(case.verified_at, lang),
            office=_office(case, "verifying_office", offices, lang),
        )
        verified = Fact("yes", say("portal-fact-verified", lang), words)
    else:
        verified = Fact(
            "not-yet",
            say("portal-fact-verified", lang),
            say("portal-fact-waiting" if case.done_at else "portal-fact-nothing-to-verify", lang),
        )
    return done, verified, confirmed_fact(case, tallies or {}, lang)


def confirmed_fact(case: Case, tallies: Mapping[Way, Tally], lang: str) -> Fact:
    """What those affected say: how many by code and what, told in groups; views without a code in a line of their own,
    and without any weight in the fact.
    """
    label, by_code, openly = say("portal-fact-confirmed", lang), tallies.get("code"), tallies.get("open")
    more = []
    if by_code is not None and by_code.given:
        more.append(say("promise-confirmed-given", lang, given=by_code.given))
    if openly is not None and openly.voices:
        more.append(say("promise-confirmed-open", lang, voices=openly.voices, **_said(openly)))
    if by_code is not None and by_code.voices:
        kind = {"yes": "yes", "no": "no", "open": "not-yet"}[confirmed(by_code)]
        words = say("promise-confirmed-code", lang, voices=by_code.voices, **_said(by_code))
        return Fact(kind, label, words, tuple(more))
    asked = by_code is not None and case.done_at is not None
    word = (
        "promise-confirmed-few" if asked else "portal-fact-not-asked" if not case.done_at else "promise-confirmed-none"
    )
    return Fact("not-yet", label, say(word, lang), tuple(more))


def _said(tally: Tally) -> dict[str, int]:
    return {name: tally.counts.get(name, 0) for name in SAYS}


def _day(at: str | None, lang: str) -> str:
    return date_words(local_day(datetime.fromisoformat(at or "")), lang, weekday=False)


def _office(case: Case, role: str, offices: Offices, lang: str) -> str:
    return office_words(offices, case.offices.get(role, ""), lang)


def promise(
    procedure: Procedure,
    case: Case,
    number: str,
    ref: int,
    words: str,
    document_id: str,
    document: str,
    supporting: Sequence[str],
    offices: Offices,
    now: datetime,
    lang: str,
    unknown_after_days: int,
    beside: Beside | None = None,
) -> Promise:
    """One promise in the words of the board.

    How old its data are is said apart from how far it is: after `unknown_after_days` calendar days without any an open
    promise is unknown, not in progress, whatever its last number said.
    """
    today = local_day(now)
    beside = beside or Beside()
    known_on = last_report_on(case, beside.value.as_of if beside.value is not None else None)
    data = freshness(known_on, today, unknown_after_days)
    state = ruling_state(procedure, case)
    stated = state is not None and state.parameter.startswith("fact ")
    deadline = say("portal-promise-no-date", lang)
    if state is not None and state.due_on:
        day = date_words(state.due_on, lang, weekday=False)
        deadline = day if stated else say("portal-promise-no-date-rule", lang, day=day)
        first = str(case.facts.get("deadline") or "")
        if stated and first and first != state.due_on.isoformat():
            deadline += say(
                "portal-promise-first-date", lang, day=date_words(date.fromisoformat(first), lang, weekday=False)
            )
    tag, state_words, left = _standing(procedure, case, state, now, lang)
    last = local_day(datetime.fromisoformat(case.last_at))
    days = max(0, (today - last).days)
    facts = three_facts(procedure, case, offices, lang, beside.tallies)
    silent = freshness(known_on or local_day(datetime.fromisoformat(case.opened_at)), today, unknown_after_days)
    if case.open and not case.done_at and not silent.known:
        facts = (Fact("unknown", facts[0].label, say("portal-fact-unknown", lang)), *facts[1:])
        if tag == "now":
            tag, state_words = "unknown", say("portal-state-unknown", lang)
    return Promise(
        number=number,
        anchor=anchor_of(number),
        ref=ref,
        title=str(case.facts.get("title") or words),
        words=words,
        document_id=document_id,
        document=document,
        lead=_office(case, "lead_office", offices, lang),
        supporting=tuple(office_words(offices, each, lang) for each in supporting),
        indicator=str(case.facts.get("indicator") or ""),
        value=_value_of(case, beside.value, offices, lang),
        deadline=deadline,
        left=left,
        tag=tag,
        state=state_words,
        facts=facts,
        fresh=say("portal-fresh", lang, day=date_words(last, lang, weekday=False), days=days),
        data=data_words(data, silent, lang),
        data_known=data.known,
        changed=changed_promise(case, offices, lang),
    )


def data_words(data: Freshness, silent: Freshness, lang: str) -> str:
    """How old the data of a promise are; `silent` says for how long there were none, where there are none yet."""
    if data.on is None:
        return say("promise-data-none" if silent.known else "promise-data-never", lang, days=silent.days or 0)
    day = date_words(data.on, lang, weekday=False)
    return say(f"promise-data-{data.state}", lang, day=day, days=data.days or 0)


def _value_of(case: Case, known: Value | None, offices: Offices, lang: str) -> str:
    """The last value, with the target where it has one: from the register of values, whoever entered it, else from the
    case."""
    if known is None:
        value = case.facts.get("value")
        return _value_words(case, value, lang) if value is not None else ""
    target = target_of(case)
    words = str(known.quantity)
    if target.quantity is not None and same_unit(known.quantity, target.quantity):
        words = say("promise-value-progress", lang, value=words, target=str(target.quantity))
        percent = percent_of(known.quantity, target)
        if percent is not None:
            words = say("promise-value-percent", lang, value=words, percent=percent)
    source = known.source
    if known.office != case.offices.get("lead_office"):
        by = say("promise-value-elsewhere", lang, office=office_words(offices, known.office, lang))
        source = say("promise-value-source", lang, source=source, by=by)
    return say("portal-value", lang, value=words, day=date_words(known.as_of, lang, weekday=False), source=source)


def _value_words(case: Case, value: Any, lang: str) -> str:
    as_of, source = case.facts.get("as_of"), case.facts.get("source")
    day = (
        date_words(date.fromisoformat(as_of), lang, weekday=False)
        if isinstance(as_of, str) and as_of
        else say("portal-value-no-day", lang)
    )
    return say(
        "portal-value", lang, value=str(value), day=day, source=str(source or say("portal-value-no-source", lang))
    )


def _standing(
    procedure: Procedure, case: Case, state: ClockState | None, now: datetime, lang: str
) -> tuple[str, str, str]:
    """The tag, its words, and how long is left."""
    stage = local(procedure.stages[case.stage].text, lang)
    if not case.open:
        return "done", stage, ""
    if state is None or state.due_on is None or not state.running:
        return "now", stage, ""
    days = (state.due_on - local_day(now)).days
    if is_late(state, now):
        return "late", say("portal-state-late", lang, stage=stage, days=-days), ""
    if not state.parameter.startswith("fact "):
        return ("unknown" if state.provisional else "now"), stage, ""
    return ("unknown" if state.provisional else "now"), stage, say("portal-days-left", lang, days=days)


def document_paragraphs(
    text: str, sentences: Iterable[SentenceSeen], marks: Sequence[tuple[int, int, int, str]], current: str = ""
) -> tuple[Paragraph, ...]:
    """A document's lines with its promises marked.

    Args:
        marks: start, end, reference number and anchor of each promise, in reading order, never overlapping.
        current: the anchor of the promise that is looked at.
    """
    headings = {sentence.start: sentence.end for sentence in sentences if sentence.state == "heading"}
    out, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            first = start + len(line) - len(line.lstrip())
            # A heading that runs into its paragraph covers only the beginning of the line: the line stays text.
            kind = "heading" if headings.get(first, -1) >= start + len(line.rstrip()) else "text"
            out.append(
                Paragraph(
                    "title" if kind == "heading" and not out else kind, tuple(_pieces(text, start, end, marks, current))
                )
            )
        start = end + 1
    return tuple(out)


def _pieces(
    text: str, start: int, end: int, marks: Sequence[tuple[int, int, int, str]], current: str
) -> Iterable[Piece]:
    here = start
    for from_, to, ref, anchor in marks:
        if to <= here or from_ >= end:
            continue
        if from_ > here:
            yield Piece(text[here:from_].lstrip() if here == start else text[here:from_])
        yield Piece(text[max(from_, here) : min(to, end)], ref, anchor, anchor == current)
        here = min(to, end)
    if here < end:
        yield Piece(text[here:end].lstrip() if here == start else text[here:end])


def near(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraph with the promise that is looked at, and the nearest heading above it."""
    at = next((n for n, paragraph in enumerate(paragraphs) if any(piece.current for piece in paragraph.pieces)), None)
    if at is None:
        return ()
    above = next((paragraph for paragraph in reversed(paragraphs[:at]) if paragraph.kind == "heading"), None)
    return (above, paragraphs[at]) if above is not None else (paragraphs[at],)


def promise_page(
    shown: Promise,
    procedure: Procedure,
    case: Case,
    events: Sequence[Event],
    texts: Mapping[tuple[int, str], Any],
    context: tuple[Paragraph, ...],
    calendar: Calendar,
    offices: Offices,
    now: datetime,
    lang: str,
    leaf_indexes: Mapping[int, int] | None = None,
) -> PromisePage:
    """The page of one promise."""
    today = local_day(now)
    bearer = duty(procedure, case)
    own = ruling_state(procedure, case)
    state = own if own is not None and own.running else case.clocks.get(bearer.clock) if bearer is not None else None
    if bearer is not None and state is own and own is not None:
        bearer = replace(
            bearer,
            role="lead_office",
            office=case.offices.get("lead_office", ""),
            clock=own.name,
            due=own.due,
            provisional=own.provisional,
        )
    picture_of = own or state
    picture = None
    if picture_of is not None:
        met_on = local_day(datetime.fromisoformat(picture_of.met_at)) if picture_of.met_at else None
        started = local(procedure.opening.label, lang)
        picture = clock_strip(
            explanation(procedure, picture_of, calendar, today), lang, today, met_on=met_on, started=started
        )
    told = explanation(procedure, state, calendar, today) if state is not None else None
    pairs = []
    for name in procedure.opening.takes:
        field = procedure.fields[name]
        if field.public and name in case.facts and name not in ("title", "words", "document", "supporting", "deadline"):
            pairs.append((label_of(field, lang), fact_words(field, case.facts[name], offices, lang)))
    return PromisePage(
        promise=shown,
        lead=lead(procedure, case, bearer, state, told, offices, now, lang, public=True),
        context=context,
        picture=picture,
        basis=clock_basis(procedure, picture_of, lang) if picture_of is not None else "",
        pairs=tuple(pairs),
        timeline=tuple(
            timeline(procedure, case, events, texts, bearer, state, offices, now, lang, leaf_indexes, public=True)
        ),
        evidence=tuple(_evidence(events, texts, offices, lang)),
    )


def _evidence(
    events: Iterable[Event], texts: Mapping[tuple[int, str], Any], offices: Offices, lang: str
) -> Iterable[tuple[str, str, str]]:
    """Every file that was handed in: its name and size, who handed it in and when, and where it is."""
    for event in events:
        slots = sorted(slot for n, slot in texts if n == event.n and slot.startswith("attachment"))
        for slot, name in zip(slots, file_names(texts, event.n), strict=False):
            by = say(
                "portal-evidence-by",
                lang,
                office=office_words(offices, event.office, lang),
                day=date_words(local_day(event.occurred_at), lang, weekday=False),
            )
            yield name, by, f"{event.n}/{slot}"
