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
from mingze.portal.citations import basis_words, cite_words, is_local_rule
from mingze.portal.clock_strip import Picture, clock_strip
from mingze.portal.filing_form import BoundField, Problem, bind, label_of
from mingze.portal.procedure_page import bearer_words, lower_first
from mingze.procedure.model import Action, Procedure
from mingze.terms import SHANGHAI, Calendar, Explanation, Rule, TermError, compute, local_day
from mingze.words import date_words, has, instant_words, local, period_words, say

Texts = Mapping[tuple[int, str], Any]
"""Opened sealed content by event number and slot."""

_HOLE = "\x1f"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = {
    "zh-Hans": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


@dataclass(frozen=True)
class Lead:
    """The sentence that leads the page, with the date in it set apart so that it can be marked."""

    before: str
    marked: str
    after: str
    late: bool = False
    more: tuple[str, ...] = ()


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
class Entry:
    """One event as the timeline tells it."""

    n: int
    when: str
    time: str
    iso: str
    title: str
    text: str = ""
    lines: tuple[str, ...] = ()
    next: bool = False
    late: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class ReadLine:
    """One time staff opened sealed content."""

    at: datetime
    post: str
    what: str
    why: str


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


def clock_basis(procedure: Procedure, state: ClockState, lang: str) -> str:
    """The article a running clock rests on, and that its number is local where it is."""
    cite = procedure.clocks[state.name].cite
    return basis_words(procedure, cite, is_local(procedure, state), lang)


# ---------------------------------------------------------------------------- the leading sentence


def act_words(procedure: Procedure, clock: str, lang: str) -> str:
    """What a clock waits for, as a verb: the first outcome in its table that is not adverse."""
    names = procedure.clocks[clock].met_by
    name = next((each for each in names if not procedure.actions[each].adverse), names[0] if names else "")
    if not name:
        return local(procedure.clocks[clock].text, lang)
    return lower_first(procedure.actions[name].label, lang)


def lead(
    procedure: Procedure,
    case: Case,
    bearer: Duty | None,
    state: ClockState | None,
    shown: Explanation | None,
    offices: Offices,
    now: datetime,
    lang: str,
    *,
    public: bool = False,
) -> Lead:
    """Who must act and by when, in one sentence; when it is over, how it ended. `public`: it is nobody's own case."""
    today = local_day(now)
    if bearer is None or not case.open:
        return _closed_lead(procedure, case, lang, public)
    who = bearer_words(procedure, bearer.role, lang, offices, case.offices)
    if state is None or not bearer.clock:
        return Lead(
            say("portal-lead-no-clock", lang, office=who, stage=local(procedure.stages[case.stage].text, lang)), "", ""
        )
    act = act_words(procedure, state.name, lang)
    due = state.due_on
    if due is None:
        return Lead(say("portal-lead-stopped", lang, office=who, act=act), "", "")
    words = (
        instant_words(datetime.fromisoformat(state.due or ""), lang, weekday=True)
        if len(state.due or "") > 10
        else date_words(due, lang)
    )
    late = is_late(state, now)
    progress = shown.progress(today) if shown is not None else None
    if bearer.party:
        return _split("portal-lead-yours", words, lang, more=_yours_more(state, progress, lang))
    if late:
        days = max((today - due).days, 1)
        parts = _split(
            "portal-lead-late", say("portal-lead-late-days", lang, days=days), lang, office=who, act=act, due=words
        )
        return Lead(
            parts.before,
            parts.marked,
            parts.after,
            True,
            (say("portal-lead-late-more-public" if public else "portal-lead-late-more", lang),),
        )
    more = []
    if shown is not None and progress is not None and shown.rule.unit != "hour":
        more.append(_progress_words(shown, progress.left, lang))
    if state.provisional:
        more.append(say("portal-lead-provisional", lang))
    word = "portal-lead-office"
    extra: dict[str, Any] = {}
    if (
        shown is not None
        and progress is not None
        and shown.rule.unit in ("working_day", "calendar_day")
        and progress.of
    ):
        word = "portal-lead-office-working" if shown.rule.unit == "working_day" else "portal-lead-office-calendar"
        extra = {"ordinal": progress.ordinal, "of": progress.of}
    return _split(word, words, lang, more=tuple(more), office=who, act=act, **extra)


def _progress_words(shown: Explanation, left: int, lang: str) -> str:
    if left == 0:
        return say("portal-lead-last-day", lang)
    unit = "working_days" if shown.rule.unit == "working_day" else "days"
    return say("portal-lead-left", lang, left=period_words(left, unit, lang))


def _yours_more(state: ClockState, progress: Any, lang: str) -> tuple[str, ...]:
    out = [say("portal-lead-yours-more", lang)]
    if state.provisional:
        out.append(say("portal-lead-provisional", lang))
    return tuple(out)


def _split(word: str, marked: str, lang: str, more: tuple[str, ...] = (), **values: Any) -> Lead:
    """The sentence cut where the marked words stand."""
    before, _, after = say(word, lang, marked=_HOLE, **values).partition(_HOLE)
    return Lead(before, marked, after, False, more)


def _closed_lead(procedure: Procedure, case: Case, lang: str, public: bool = False) -> Lead:
    at = datetime.fromisoformat(case.closed_at or case.last_at)
    if public:
        return _split(
            "portal-lead-closed-public",
            date_words(local_day(at), lang),
            lang,
            stage=local(procedure.stages[case.stage].text, lang),
        )
    last = max(case.seen, key=lambda name: case.seen[name])
    word = f"portal-lead-closed-{case.outcome}" if case.outcome else "portal-lead-closed"
    lead = _split(word, date_words(local_day(at), lang), lang, act=lower_first(procedure.actions[last].label, lang))
    return Lead(lead.before, lead.marked, lead.after, False, (say("portal-lead-closed-more", lang),))


# ---------------------------------------------------------------------------- the parts of the page


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
            paragraphs=tuple(_decision_texts(procedure, action, event, texts, lang)),
            result=tuple(_fact_lines(procedure, event, offices, lang)),
            cite=cite_words(procedure, action.cite, lang),
            remedies=tuple(remedy_lines(procedure, action, local_day(event.occurred_at), calendar, today, lang)),
            files=tuple(file_names(texts, event.n)),
            adverse=action.adverse,
        )


def _decision_texts(
    procedure: Procedure, action: Action, event: Event, texts: Texts, lang: str
) -> Iterable[tuple[str, tuple[str, ...]]]:
    for name in action.takes:
        field = procedure.fields[name]
        if field.seals is None or field.type == "files":
            continue
        content = texts.get((event.n, field.seals))
        words = content.get(name) if isinstance(content, Mapping) else content if isinstance(content, str) else None
        if words:
            yield label_of(field, lang), paragraphs(str(words))


def paragraphs(text: str) -> tuple[str, ...]:
    """A text by its lines, empty ones left out."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


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


def _fact_lines(procedure: Procedure, event: Event, offices: Offices, lang: str) -> Iterable[tuple[str, str]]:
    """The public facts of an event, label and value."""
    for name, value in event.facts.items():
        field = procedure.fields.get(name)
        if field is not None:
            yield label_of(field, lang), fact_words(field, value, offices, lang)


def fact_words(field: Any, value: Any, offices: Offices, lang: str) -> str:
    """A public fact's value in words: a choice by its label, a date as a date, an office by its name."""
    if field.choices and value in field.choices:
        return local(field.choices[value].text, lang)
    if field.type == "date" and isinstance(value, str):
        return date_words(date.fromisoformat(value), lang)
    if field.type in ("office", "offices"):
        ids = [value] if isinstance(value, str) else list(value)
        names = [office_words(offices, each, lang) for each in ids]
        return "、".join(names) if lang == "zh-Hans" else ", ".join(names)
    return str(value)


def office_words(offices: Offices, office: str, lang: str) -> str:
    """An office's short name; its id if the register of competences no longer has it."""
    if office not in offices:
        return office
    found = offices.office(office)
    return local(found.short or found.name, lang)


def post_words(offices: Offices, post: str, lang: str) -> str:
    """A post with its office; persons have no names here."""
    try:
        found = offices.post(post)
    except KeyError:
        return post
    joint = "" if lang == "zh-Hans" else ", "
    return office_words(offices, found.office, lang) + joint + local(found.name, lang)


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


def file_names(texts: Texts, n: int) -> Iterable[str]:
    """The names and sizes of the files that came with an event."""
    for (at, slot), content in sorted(texts.items(), key=lambda item: item[0]):
        if at == n and slot.startswith("attachment") and isinstance(content, Mapping):
            yield f"{content.get('name', slot)} · {size_words(int(content.get('size', 0)))}"


def size_words(size: int) -> str:
    """A file's size in the unit people use."""
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(1, round(size / 1024))} KB"


# ---------------------------------------------------------------------------- forms


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


# ---------------------------------------------------------------------------- events


def timeline(
    procedure: Procedure,
    case: Case,
    events: Iterable[Event],
    texts: Texts,
    bearer: Duty | None,
    state: ClockState | None,
    offices: Offices,
    now: datetime,
    lang: str,
    leaf_indexes: Mapping[int, int] | None = None,
    *,
    public: bool = False,
) -> Iterable[Entry]:
    """Every event in the order it happened, reads too, and last what should come next. `public`: it is nobody's own case."""
    leaves = leaf_indexes or {}
    for event in events:
        yield _entry(procedure, event, texts, offices, lang, leaves.get(event.n), facts=not (public and event.n == 1))
    if bearer is not None and state is not None and bearer.clock and state.due_on is not None:
        who = bearer_words(procedure, bearer.role, lang, offices, case.offices)
        late = state.borne_by != "person" and is_late(state, now)
        act = act_words(procedure, state.name, lang)
        title = say("portal-next-yours" if bearer.party else "portal-next-office", lang, office=who, act=act)
        text = say(
            "portal-next-late"
            if late
            else "portal-next-yours-more"
            if bearer.party
            else "portal-next-more-public"
            if public
            else "portal-next-more",
            lang,
        )
        when = say("portal-next-by", lang, day=short_date(state.due_on, lang))
        yield Entry(
            0, when, weekday_words(state.due_on, lang), state.due_on.isoformat(), title, text, next=not late, late=late
        )


def _entry(
    procedure: Procedure, event: Event, texts: Texts, offices: Offices, lang: str, leaf: int | None, facts: bool = True
) -> Entry:
    here = event.occurred_at.astimezone(SHANGHAI)
    when, time = short_date(here.date(), lang), f"{weekday_words(here.date(), lang)} {here:%H:%M}"
    iso = event.occurred_at.isoformat(timespec="seconds")
    lines = [say("portal-entry-leaf", lang, index=leaf)] if leaf is not None else []
    if event.type == "read":
        title = say("portal-entry-read", lang, post=post_words(offices, event.post, lang))
        return Entry(event.n, when, time, iso, title, quiet=True)
    if event.type == "lapsed":
        clock = procedure.clocks[event.facts["clock"]]
        due = event.facts.get("due")
        text = say("portal-entry-lapsed-more", lang, due=date_words(date.fromisoformat(due[:10]), lang)) if due else ""
        return Entry(
            event.n,
            when,
            time,
            iso,
            say("portal-entry-lapsed", lang, clock=local(clock.text, lang)),
            text,
            tuple(lines),
            late=True,
        )
    if event.type == "settled":
        return Entry(
            event.n,
            when,
            time,
            iso,
            say("portal-entry-settled", lang),
            _clock_words(procedure, event, lang),
            tuple(lines),
        )
    action = procedure.actions[event.action]
    kind = event.actor.get("kind", "")
    label = local(action.label, lang)
    if kind == "party":
        title = say("portal-entry-you", lang, act=label, act_low=lower_first(action.label, lang))
    elif kind == "post":
        title = say(
            "portal-entry-office",
            lang,
            office=office_words(offices, event.office, lang),
            act=label,
            act_low=lower_first(action.label, lang),
        )
    else:
        title = say("portal-entry-clock", lang, act=label)
    parts = []
    for role, office in event.offices.items():
        declared = procedure.offices.get(role)
        if declared is not None and not declared.found_by:
            parts.append(
                say(
                    "portal-entry-bound",
                    lang,
                    role=local(declared.text, lang),
                    office=office_words(offices, office, lang),
                )
            )
    for label_, value in _fact_lines(procedure, event, offices, lang) if facts else ():
        parts.append(say("portal-entry-fact", lang, label=label_, value=value.rstrip("。.；; \n")))
    if clocks := _clock_words(procedure, event, lang):
        parts.append(clocks)
    if action.means not in ("answered", "done") and not action.adverse and kind == "post":
        for _, words in _decision_texts(procedure, action, event, texts, lang):
            parts.append(say("portal-entry-words", lang, words=(" " if lang == "en" else "").join(words)))
    return Entry(event.n, when, time, iso, title, ("" if lang == "zh-Hans" else " ").join(parts), tuple(lines))


def _clock_words(procedure: Procedure, event: Event, lang: str) -> str:
    """What an event did to the clocks, each with the date it gave."""
    out = []
    for effect in event.clocks:
        clock = procedure.clocks[effect["name"]]
        word = f"portal-effect-{effect['op']}"
        if not has(word, lang):
            continue
        due = effect.get("due")
        if effect["op"] == "meet":
            word += "-late" if effect["late"] else ""
        elif not due:
            word = "portal-effect-suspend"
        values = {
            "clock": local(clock.text, lang),
            "due": date_words(date.fromisoformat(due[:10]), lang) if due else "",
        }
        out.append(say(word, lang, **values))
    return ("" if lang == "zh-Hans" else " ").join(out)


def short_date(on: date, lang: str) -> str:
    """A day with its year, short enough for a margin."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}" if lang == "en" else f"{on.year}年{on.month}月{on.day}日"


def weekday_words(on: date, lang: str) -> str:
    """The weekday, short."""
    return _WEEKDAYS[lang][on.weekday()]


def read_lines(procedure: Procedure, events: Iterable[Event], offices: Offices, lang: str) -> Iterable[ReadLine]:
    """Who has read sealed content: when, which post, what, and for what."""
    for event in events:
        if event.type == "read":
            slots = dict.fromkeys(slot_words(slot, lang) for slot in event.facts.get("slots", ()))
            purpose = str(event.facts.get("purpose", ""))
            word = f"read-purpose-{purpose}"
            yield ReadLine(
                event.occurred_at,
                post_words(offices, event.post, lang),
                ("、" if lang == "zh-Hans" else ", ").join(slots),
                say(word, lang) if has(word, lang) else purpose,
            )


def slot_words(slot: str, lang: str) -> str:
    """What a slot holds, for the person whose it is; `3/attachment:1` and `attachment:1` are the same kind."""
    kind = slot.rpartition("/")[2].partition(":")[0]
    word = f"portal-slot-{kind}"
    return say(word, lang) if has(word, lang) else slot
