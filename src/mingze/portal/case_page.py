"""What a person sees of their own case: who must act and until when, how that date came about, the answer, the remedies, every event.

Pure functions from a case, its events and its opened texts to the words of one page in one language. Three facts stay
three: what the office says, what another office verified, and what the person says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mingze.accounts.offices import Offices
from mingze.casework import (
    Actor,
    Case,
    ClockState,
    Duty,
    Event,
    Offer,
    duties,
    duty,
    explanation,
    is_late,
    is_local,
    offers,
)
from mingze.portal.access_words import AskedLine, asked_lines
from mingze.portal.case_events import Entry, ReadLine, read_lines, timeline
from mingze.portal.case_lead import Lead, lead
from mingze.portal.case_words import (
    Texts,
    clock_basis,
    decision_texts,
    fact_lines,
    file_lines,
    office_words,
    outcome_pair,
    paragraphs,
)
from mingze.portal.citations import cite_words, is_local_rule
from mingze.portal.clock_cards import silence_words
from mingze.portal.clock_strip import Picture, clock_strip
from mingze.portal.filing_form import BoundField, Choices, Problem, bind, label_of
from mingze.procedure.drawing import diagram, in_words
from mingze.procedure.model import Procedure
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
    act: str = ""
    opens: str = ""


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
    files: tuple[tuple[str, str], ...]
    adverse: bool
    has_words: bool = True


@dataclass(frozen=True)
class ActionForm:
    """Something the person may do now, as a form."""

    name: str
    title: str
    cite: str
    fields: tuple[BoundField, ...]
    about: str = ""


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
    files: tuple[tuple[str, str], ...]
    timeline: tuple[Entry, ...]
    reads: tuple[ReadLine, ...]
    asked: tuple[AskedLine, ...]
    procedure: str
    party: str
    beside: tuple[str, ...]
    diagram: str
    diagram_words: str
    here: str
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
    party: str = "",
    posts: Choices = (),
    office_choices: Choices = (),
) -> CasePage:
    """The page of one case.

    Args:
        texts: what the person's code may open, by event and slot.
        problems, values: what was wrong with the last form sent from this page, and what was typed in it.
        leaf_indexes: the place of each event in the public ledger, by event number.
        party: whose page it is; without one, that of the party who opens cases of this procedure.
        posts, office_choices: what a field that asks for a post or an office may be answered with.
    """
    today = local_day(now)
    party = party or next(iter(procedure.parties), "")
    bearer = duty(procedure, case)
    state = _ruling_clock(procedure, case, bearer)
    shown = explanation(procedure, state, calendar, today) if state is not None else None
    offered = [offer for offer in offers(procedure, case, Actor("party", party=party), now) if offer.allowed]
    return CasePage(
        number=number,
        title=local(procedure.title, lang),
        stage=stage_words(procedure, case, lang),
        tag=_tag(procedure, case, bearer, now),
        lead=lead(procedure, case, bearer, state, shown, offices, now, lang, viewer=party),
        picture=_picture(procedure, state, shown, events, today, lang),
        clock_title=local(procedure.clocks[state.name].text, lang) if state else "",
        clock_basis=clock_basis(procedure, state, lang) if state else "",
        clock_local=bool(state)
        and (is_local(procedure, state) or is_local_rule(procedure, procedure.clocks[state.name].cite)),
        due_on=state.due_on if state is not None and case.open else None,
        clocks=tuple(clock_line(procedure, each, calendar, now, lang) for each in case.clocks.values()),
        answers=tuple(
            answers(procedure, events, texts, calendar, offices, today, lang, {each.name for each in offered})
        ),
        outcome=say(f"portal-outcome-{case.outcome}", lang, at=datetime.fromisoformat(case.outcome_at or case.last_at))
        if case.outcome
        else "",
        outcome_form=_outcome_form(procedure, offered, state, lang, values, problems),
        forms=tuple(_action_forms(procedure, offered, lang, values, problems, office_choices, posts, today)),
        filed=tuple(filed_texts(procedure, events, texts, lang)),
        files=tuple(_file_links(texts, events[0].n)) if events else (),
        timeline=tuple(
            timeline(procedure, case, events, texts, bearer, state, offices, now, lang, leaf_indexes, viewer=party)
        ),
        reads=tuple(read_lines(procedure, events, offices, lang)),
        asked=tuple(asked_lines(procedure, events, offices, today, lang)),
        procedure=procedure.name,
        party=local(procedure.parties[party].text, lang) if len(procedure.parties) > 1 else "",
        beside=tuple(beside(procedure, case, bearer, offices, calendar, now, lang, party)),
        diagram=diagram(procedure, lang, case.stages, say("procedures-case-is-here", lang)),
        diagram_words=in_words(procedure, lang, case.stages, say("procedures-case-is-here", lang)),
        here=stage_words(procedure, case, lang),
        n=case.n,
    )


def stage_words(procedure: Procedure, case: Case, lang: str) -> str:
    """Where a case rests; with branches, every place."""
    words = [local(procedure.stages[stage].text, lang) for stage in case.stages]
    return ("、" if lang == "zh-Hans" else ", ").join(words)


def beside(
    procedure: Procedure,
    case: Case,
    ruling: Duty | None,
    offices: Offices,
    calendar: Calendar,
    now: datetime,
    lang: str,
    party: str = "",
) -> Iterable[str]:
    """Who must act in the other branches of a case, one sentence each."""
    for other in duties(procedure, case):
        if ruling is None or other.stage == ruling.stage:
            continue
        state = case.clocks.get(other.clock) if other.clock else None
        shown = explanation(procedure, state, calendar, local_day(now)) if state is not None else None
        told = lead(procedure, case, other, state, shown, offices, now, lang, viewer=party)
        yield say("portal-lead-beside", lang) + told.before + told.marked + told.after


def _file_links(texts: Texts, n: int) -> Iterable[tuple[str, str]]:
    """The files of an event and where their party may download each."""
    for words, slot in file_lines(texts, n):
        yield words, f"/case/file/{n}/{slot}/"


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
    if state is None or shown is None:
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
    offered: Collection[str] = (),
) -> Iterable[Answer]:
    """Every decision told to the person, the newest first; and what a period that ran out opens to them.

    `offered` are the acts the person may take now: a remedy that one of them opens leads straight to its form.
    """
    for event in reversed(list(events)):
        if event.type == "lapsed" and (silent := _silence(procedure, event, calendar, today, lang, offered)):
            yield silent
        if event.type != "acted" or event.actor.get("kind") == "party":
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
            remedies=tuple(
                remedy_lines(procedure, action.remedies, local_day(event.occurred_at), calendar, today, lang, offered)
            ),
            files=tuple(_file_links(texts, event.n)),
            adverse=action.adverse,
            has_words=any(
                procedure.fields[name].seals and procedure.fields[name].type != "files" for name in action.takes
            ),
        )


def _silence(
    procedure: Procedure, event: Event, calendar: Calendar, today: date, lang: str, offered: Collection[str]
) -> Answer | None:
    """What a period that ran out without an act opens to the person, as a card beside the decisions."""
    clock = procedure.clocks[event.facts["clock"]]
    if clock.silence is None or not clock.silence.remedies:
        return None
    told_on = local_day(event.occurred_at)
    return Answer(
        n=event.n,
        title=say("portal-answer-silence", lang, clock=local(clock.text, lang)),
        office="",
        at=event.occurred_at,
        paragraphs=(("", (silence_words(procedure, clock, lang),)),),
        result=(),
        cite=cite_words(procedure, clock.silence.cite or clock.cite, lang),
        remedies=tuple(remedy_lines(procedure, clock.silence.remedies, told_on, calendar, today, lang, offered)),
        files=(),
        adverse=True,
    )


def remedy_lines(
    procedure: Procedure,
    names: Iterable[str],
    told_on: date,
    calendar: Calendar,
    today: date,
    lang: str,
    offered: Collection[str] = (),
) -> Iterable[RemedyLine]:
    """Each remedy with the last day it can be used, counted from the day the person was told; a person's right rolls forward."""
    for name in names:
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
            _act_opening(procedure, remedy.opens, offered),
            remedy.opens,
        )


def _act_opening(procedure: Procedure, opens: str, offered: Collection[str]) -> str:
    """The act among those offered now by which a remedy's procedure is opened; "" if there is none."""
    return next((name for name in offered if opens and procedure.actions[name].opens == opens), "")


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
    pair = outcome_pair(procedure, [offer.name for offer in offered])
    if pair is None:
        return None
    solved, unsolved = ({offer.name: offer for offer in offered}[name] for name in pair)
    takes = solved.action.takes
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
    office_choices: Choices,
    posts: Choices,
    today: date,
) -> Iterable[ActionForm]:
    pair = outcome_pair(procedure, [offer.name for offer in offered]) or ()
    for offer in offered:
        if offer.name not in pair:
            fields = bind(
                procedure, offer.action.takes, lang, values, problems, office_choices,
                today=today, prefix=f"{offer.name}-", posts=posts,
            )  # fmt: skip
            yield ActionForm(
                offer.name,
                local(offer.action.label, lang),
                cite_words(procedure, offer.action.cite, lang),
                tuple(fields),
                local(offer.action.about.text, lang) if offer.action.about else "",
            )
