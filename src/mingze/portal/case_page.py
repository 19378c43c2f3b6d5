"""What a person sees of their own case: who must act and until when, how that date came about, the answer, the remedies, every event.

Pure functions from a case, its events and its opened texts to the words of one page in one language. Three facts stay
three: what the office says, what another office verified, and what the person says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mingze.accounts.offices import Offices
from mingze.casework import Actor, Case, ClockState, Duty, Event, Offer, duty, explanation, is_late, is_local, offers
from mingze.portal.case_events import Entry, ReadLine, read_lines, timeline
from mingze.portal.case_lead import Lead, lead
from mingze.portal.case_words import (
    Texts,
    clock_basis,
    decision_texts,
    fact_lines,
    file_names,
    office_words,
    paragraphs,
)
from mingze.portal.citations import cite_words, is_local_rule
from mingze.portal.clock_strip import Picture, clock_strip
from mingze.portal.filing_form import BoundField, Problem, bind, label_of
from mingze.procedure.model import Action, Procedure
from mingze.terms import Calendar, Explanation, Rule, TermError, compute, local_day
from mingze.words import date_words, local, period_words, say


@dataclass(frozen=True)
class ClockLine:
    """One period of the case, running or over."""

    name: str
    title: str
    period: str
    state: str
    tag: str
    due: str
    cite: str
    local: bool


@dataclass(frozen=True)
class RemedyLine:
    """One thing the person can do against an outcome, with its own last day."""

    title: str
    to: str
    last_day: str
    provisional: bool
    over: bool
    cite: str


@dataclass(frozen=True)
class Answer:
    """What an office decided, in its own words, with what it rests on and what can be done about it."""

    n: int
    title: str
    office: str
    at: datetime
    paragraphs: tuple[tuple[str, tuple[str, ...]], ...]
    result: tuple[tuple[str, str], ...]
    cite: str
    remedies: tuple[RemedyLine, ...]
    files: tuple[str, ...]
    adverse: bool


@dataclass(frozen=True)
class ActionForm:
    """Something the person may do now, as a form."""

    name: str
    title: str
    cite: str
    fields: tuple[BoundField, ...]


@dataclass(frozen=True)
class OutcomeForm:
    """The question whether it is solved: two answers, one form."""

    solved: str
    unsolved: str
    solved_label: str
    unsolved_label: str
    fields: tuple[BoundField, ...]
    until: str


@dataclass(frozen=True)
class CasePage:
    """Everything the page shows, in words."""

    number: str
    title: str
    stage: str
    tag: str
    lead: Lead
    picture: Picture | None
    clock_title: str
    clock_basis: str
    clock_local: bool
    due_on: date | None
    clocks: tuple[ClockLine, ...]
    answers: tuple[Answer, ...]
    outcome: str
    outcome_form: OutcomeForm | None
    forms: tuple[ActionForm, ...]
    filed: tuple[tuple[str, tuple[str, ...]], ...]
    files: tuple[str, ...]
    timeline: tuple[Entry, ...]
    reads: tuple[ReadLine, ...]
    n: int


def case_page(
    procedure: Procedure,
    case: Case,
    number: str,
    events: Sequence[Event],
    texts: Texts,
    calendar: Calendar,
    offices: Offices,
    now: datetime,
    lang: str,
    *,
    problems: Sequence[Problem] = (),
    values: Mapping[str, Any] | None = None,
    leaf_indexes: Mapping[int, int] | None = None,
) -> CasePage:
    """The page of one case.

    Args:
        texts: what the person's code may open, by event and slot.
        problems, values: what was wrong with the last form sent from this page, and what was typed in it.
        leaf_indexes: the place of each event in the public ledger, by event number.
    """
    today = local_day(now)
    bearer = duty(procedure, case)
    state = _ruling_clock(procedure, case, bearer)
    shown = explanation(procedure, state, calendar, today) if state is not None else None
    party = next(iter(procedure.parties), "")
    offered = [offer for offer in offers(procedure, case, Actor("party", party=party), now) if offer.allowed]
    return CasePage(
        number=number,
        title=local(procedure.title, lang),
        stage=local(procedure.stages[case.stage].text, lang),
        tag=_tag(procedure, case, bearer, now),
        lead=lead(procedure, case, bearer, state, shown, offices, now, lang),
        picture=_picture(procedure, state, shown, events, today, lang),
        clock_title=local(procedure.clocks[state.name].text, lang) if state else "",
        clock_basis=clock_basis(procedure, state, lang) if state else "",
        clock_local=bool(state)
        and (is_local(procedure, state) or is_local_rule(procedure, procedure.clocks[state.name].cite)),
        due_on=state.due_on if state is not None and case.open else None,
        clocks=tuple(clock_line(procedure, each, calendar, now, lang) for each in case.clocks.values()),
        answers=tuple(answers(procedure, events, texts, calendar, offices, today, lang)),
        outcome=say(f"portal-outcome-{case.outcome}", lang, at=datetime.fromisoformat(case.outcome_at or case.last_at))
        if case.outcome
        else "",
        outcome_form=_outcome_form(procedure, offered, state, lang, values, problems),
        forms=tuple(_action_forms(procedure, offered, lang, values, problems)),
        filed=tuple(filed_texts(procedure, events, texts, lang)),
        files=tuple(file_names(texts, events[0].n)) if events else (),
        timeline=tuple(timeline(procedure, case, events, texts, bearer, state, offices, now, lang, leaf_indexes)),
        reads=tuple(read_lines(procedure, events, offices, lang)),
        n=case.n,
    )


def _ruling_clock(procedure: Procedure, case: Case, bearer: Duty | None) -> ClockState | None:
    """The clock the page draws: the one that runs for whoever must act; of a closed case, the one its answer met."""
    if bearer is not None and bearer.clock:
        return case.clocks.get(bearer.clock)
    over = [state for state in case.clocks.values() if state.met_at is not None and state.borne_by != "person"]
    answered = [
        state
        for state in over
        if any(procedure.actions[name].means in ("answered", "done") for name in procedure.clocks[state.name].met_by)
    ]
    return max(answered or over, key=lambda state: state.met_at or "", default=None)


def _tag(procedure: Procedure, case: Case, bearer: Duty | None, now: datetime) -> str:
    if not case.open:
        return "done"
    state = case.clocks.get(bearer.clock) if bearer is not None and bearer.clock else None
    if state is not None and state.borne_by != "person" and is_late(state, now):
        return "late"
    return "now"


def _started(procedure: Procedure, state: ClockState, events: Iterable[Event], lang: str) -> str | None:
    """What began a period, in the words of the action."""
    found = None
    for event in events:
        if any(effect["name"] == state.name and effect["op"] in ("start", "restart") for effect in event.clocks):
            found = event
    return local(procedure.actions[found.action].label, lang) if found is not None and found.action else None


def _picture(
    procedure: Procedure,
    state: ClockState | None,
    shown: Explanation | None,
    events: Sequence[Event],
    today: date,
    lang: str,
) -> Picture | None:
    if state is None or shown is None or shown.rule.unit == "hour":
        return None
    met_on = local_day(datetime.fromisoformat(state.met_at)) if state.met_at else None
    started = _started(procedure, state, events, lang)
    short = started if started and len(started) <= (2 if lang == "zh-Hans" else 6) else ""
    return clock_strip(
        shown, lang, today, met_on=met_on, start_flag=short.lower() if lang == "en" else short, started=started
    )


def clock_line(procedure: Procedure, state: ClockState, calendar: Calendar, now: datetime, lang: str) -> ClockLine:
    """One period of the case in a line: how long, until when, kept or not."""
    declared = procedure.clocks[state.name]
    due = date_words(state.due_on, lang) if state.due_on else say("portal-clock-stands", lang)
    if state.met_at is not None:
        on = local_day(datetime.fromisoformat(state.met_at))
        word, tag = ("portal-clock-met-late", "late") if state.late else ("portal-clock-met", "done")
        happened = say(
            word,
            lang,
            day=date_words(on, lang, weekday=False),
            days=max((on - state.due_on).days, 0) if state.due_on else 0,
        )
    elif state.stopped:
        happened, tag = say("portal-clock-stopped", lang), ""
    elif is_late(state, now):
        happened, tag = (
            say("portal-clock-late", lang, days=(local_day(now) - state.due_on).days if state.due_on else 0),
            "late",
        )
    else:
        happened, tag = say("portal-clock-running", lang), "unknown" if state.provisional else "now"
    amount, unit = int(state.rule["amount"]), str(state.rule["unit"])
    period = (
        say("portal-clock-stated", lang)
        if state.parameter.startswith("fact ")
        else period_words(amount, unit + "s", lang)
    )
    return ClockLine(
        state.name,
        local(declared.text, lang),
        period,
        happened,
        tag,
        due,
        cite_words(procedure, declared.cite, lang),
        is_local(procedure, state) or is_local_rule(procedure, declared.cite),
    )


def answers(
    procedure: Procedure,
    events: Iterable[Event],
    texts: Texts,
    calendar: Calendar,
    offices: Offices,
    today: date,
    lang: str,
) -> Iterable[Answer]:
    """Every decision told to the person, the newest first."""
    for event in reversed(list(events)):
        if event.type != "acted" or not event.office:
            continue
        action = procedure.actions[event.action]
        if not (action.means in ("answered", "done") or action.adverse or action.remedies):
            continue
        yield Answer(
            n=event.n,
            title=local(action.label, lang),
            office=office_words(offices, event.office, lang),
            at=event.occurred_at,
            paragraphs=tuple(decision_texts(procedure, action, event, texts, lang)),
            result=tuple(fact_lines(procedure, event, offices, lang)),
            cite=cite_words(procedure, action.cite, lang),
            remedies=tuple(remedy_lines(procedure, action, local_day(event.occurred_at), calendar, today, lang)),
            files=tuple(file_names(texts, event.n)),
            adverse=action.adverse,
        )


def remedy_lines(
    procedure: Procedure, action: Action, told_on: date, calendar: Calendar, today: date, lang: str
) -> Iterable[RemedyLine]:
    """Each remedy with the last day it can be used, counted from the day the person was told; a person's right rolls forward."""
    for name in action.remedies:
        remedy = procedure.remedies[name]
        last_day, provisional, over = "", False, False
        if remedy.limit:
            try:
                number = procedure.parameter_on(remedy.limit, told_on)
                due = compute(
                    told_on,
                    Rule(number.value, number.unit, "forward", "none" if number.unit == "hour" else "forward"),
                    calendar,
                )
            except (LookupError, TermError):
                due = None
            if due is not None and due.last_on is not None:
                last_day, provisional, over = date_words(due.last_on, lang), due.provisional, due.last_on < today
        yield RemedyLine(
            local(remedy.text, lang),
            local(remedy.to.text, lang),
            last_day,
            provisional,
            over,
            cite_words(procedure, remedy.cite, lang),
        )


def filed_texts(
    procedure: Procedure, events: Sequence[Event], texts: Texts, lang: str
) -> Iterable[tuple[str, tuple[str, ...]]]:
    """What the person wrote when filing, field by field."""
    if not events:
        return
    first = events[0]
    for name in procedure.opening.takes:
        field = procedure.fields[name]
        if field.type == "files":
            continue
        if field.public:
            if name in first.facts:
                value = first.facts[name]
                yield (
                    label_of(field, lang),
                    (local(field.choices[value].text, lang) if value in field.choices else str(value),),
                )
            continue
        content = texts.get((first.n, field.seals or ""))
        words = content.get(name) if isinstance(content, Mapping) else content if isinstance(content, str) else None
        if words:
            yield label_of(field, lang), paragraphs(str(words))


def _outcome_form(
    procedure: Procedure,
    offered: Sequence[Offer],
    state: ClockState | None,
    lang: str,
    values: Mapping[str, Any] | None,
    problems: Sequence[Problem],
) -> OutcomeForm | None:
    by_meaning = {offer.action.means: offer for offer in offered if offer.action.means in ("solved", "unsolved")}
    if len(by_meaning) != 2:
        return None
    solved, unsolved = by_meaning["solved"], by_meaning["unsolved"]
    takes = [name for name in solved.action.takes if name in unsolved.action.takes]
    until = date_words(state.due_on, lang) if state is not None and state.due_on and state.borne_by == "person" else ""
    return OutcomeForm(
        solved.name,
        unsolved.name,
        local(solved.action.label, lang),
        local(unsolved.action.label, lang),
        tuple(bind(procedure, takes, lang, values, problems, prefix="outcome-")),
        until,
    )


def _action_forms(
    procedure: Procedure,
    offered: Sequence[Offer],
    lang: str,
    values: Mapping[str, Any] | None,
    problems: Sequence[Problem],
) -> Iterable[ActionForm]:
    for offer in offered:
        if offer.action.means not in ("solved", "unsolved"):
            fields = bind(procedure, offer.action.takes, lang, values, problems, prefix=f"{offer.name}-")
            yield ActionForm(
                offer.name,
                local(offer.action.label, lang),
                cite_words(procedure, offer.action.cite, lang),
                tuple(fields),
            )
