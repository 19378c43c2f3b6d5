"""The case page: the sentence that leads, the clock with its days, what is sealed, what happened, and what this post
may do.

Sealed content is on the page only if it is handed in as `opened`; the caller has then already had the access recorded.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mingze.accounts.offices import Offices
from mingze.casework import Actor, Case, Duty, Event, closed_kinds, duties, duty, is_local
from mingze.desk.asking import Asked, Asking, Deferring, access_line, asking, deferring, ground_lines
from mingze.desk.clock_words import lead_parts, short_day, short_instant, standing, state_words
from mingze.desk.lost_race import LostRace, by_words, event_words
from mingze.desk.offered_actions import Attempt, Panel, panel
from mingze.desk.refusals import day_or_instant, office_words, post_words, role_words
from mingze.measures.promised import COURSE_FACTS
from mingze.portal.board_page import Fact
from mingze.portal.case_events import corrected_words
from mingze.portal.case_page import RemedyLine, remedy_lines, stage_words
from mingze.portal.citations import cite_words
from mingze.portal.clock_strip import Picture, clock_strip
from mingze.portal.filing_form import label_of
from mingze.portal.linked_cases import LinkedLine
from mingze.procedure.drawing import diagram, in_words
from mingze.procedure.model import FormField, Procedure
from mingze.terms import Calendar, local_day
from mingze.words import has, instant_words, local, say

PURPOSES = ("assign", "handle", "contact", "approve", "supervise", "verify")
"""What staff may open sealed content for; the code stands in the access record, `read-purpose-<code>` words it for
the person."""

PARTS = ("narrative", "decision", "attachment", "identity", "note")
"""The kinds of sealed content, in the order they are offered; who the person is comes last and is never chosen
beforehand."""


ORDER = ("narrative", "decision", "identity", "note", "attachment")
"""The order in which opened content of one event is read."""


@dataclass(frozen=True)
class Part:
    """A kind of sealed content the reader may choose to open."""

    name: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Opened:
    """One piece of sealed content in plain words, after its opening was recorded."""

    n: int
    slot: str
    title: str
    pairs: tuple[tuple[str, str], ...]
    file_name: str = ""
    file_size: str = ""
    is_file: bool = False
    erased: bool = False


@dataclass(frozen=True)
class ClockLine:
    """One clock of the case in a table."""

    title: str
    due: str
    due_on: date | None
    state: str
    tag: str
    law: str
    local: bool


@dataclass(frozen=True)
class Entry:
    """One event in the timeline."""

    n: int
    at: datetime | None
    when: str
    title: str
    text: str = ""
    lines: tuple[str, ...] = ()
    next: bool = False
    late: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class Told:
    """A decision this office was told of, and what it can do against it."""

    title: str
    law: str
    remedies: tuple[RemedyLine, ...]


@dataclass(frozen=True)
class CasePage:
    """A case as one post sees it now."""

    case_id: str
    number: str
    title: str
    procedure: str
    procedure_name: str
    stage: str
    holder: str
    open: bool
    n: int
    lead_before: str
    lead_date: str
    lead_after: str
    lead_today: str
    late: bool
    provisional: str
    strip: Picture | None
    clock_title: str
    clock_law: str
    clocks: tuple[ClockLine, ...]
    facts: tuple[tuple[str, str], ...]
    offices: tuple[tuple[str, str], ...]
    three: tuple[tuple[str, str, bool], ...]
    entries: tuple[Entry, ...]
    sealed: tuple[Part, ...]
    purposes: tuple[tuple[str, str], ...]
    opened: tuple[Opened, ...]
    opened_as: str
    open_files: tuple[Opened, ...]
    panel: Panel
    race: LostRace | None = None
    refused: str = ""
    saved: str = ""
    read_problem: str = ""
    document: tuple[str, str] = ("", "")
    diagram: str = ""
    diagram_words: str = ""
    beside: tuple[str, ...] = ()
    linked: tuple[LinkedLine, ...] = ()
    kept_out: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()
    asking: tuple[Asking, ...] = ()
    deferring: Deferring | None = None


def value_words(field: FormField | None, value: Any, offices: Offices, lang: str) -> str:
    """A public fact in words: a choice by its label, an office by its name, a day as a day."""
    if field is None or value is None:
        return "" if value is None else str(value)
    if field.type == "choice" and value in field.choices:
        return local(field.choices[value].text, lang)
    if field.type == "office":
        return office_words(offices, str(value), lang)
    if field.type == "offices" and isinstance(value, list | tuple):
        return ("、" if lang == "zh-Hans" else ", ").join(office_words(offices, str(one), lang) for one in value)
    if field.type == "post":
        return post_words(offices, str(value), lang)
    if field.type == "date":
        return day_or_instant(str(value), lang)
    if isinstance(value, Mapping):
        return str(value.get("title") or value.get("quote") or value.get("text") or "")
    return str(value)


def in_table_order(procedure: Procedure, facts: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Facts in the order in which the procedure's table of fields has them."""
    order = list(procedure.fields)
    return sorted(facts.items(), key=lambda fact: order.index(fact[0]) if fact[0] in order else len(order))


def slots_of(events: Iterable[Event]) -> list[tuple[int, str]]:
    """Every sealed slot of a case: the event it belongs to and its name."""
    return [(event.n, str(sealed["slot"])) for event in events for sealed in event.sealed]


def parts_of(
    procedure: Procedure,
    events: Sequence[Event],
    lang: str,
    chosen: Sequence[str] | None = None,
    closed: Sequence[str] = (),
) -> tuple[Part, ...]:
    """The kinds of sealed content a case has, and how many pieces of each; without those `closed` to the reader."""
    if procedure.open_record:
        return ()
    counts: dict[str, int] = {}
    for _, slot in slots_of(events):
        kind = slot.partition(":")[0]
        counts[kind] = counts.get(kind, 0) + 1
    picked = set(chosen) if chosen is not None else {"narrative", "decision", "attachment"}
    return tuple(
        Part(name, say(f"desk-part-{name}", lang), counts[name], name in picked)
        for name in PARTS
        if name in counts and name not in closed
    )


def _rank(slot: str) -> int:
    kind = slot.partition(":")[0]
    return ORDER.index(kind) if kind in ORDER else len(ORDER)


def opened_parts(
    procedure: Procedure, offices: Offices, events: Sequence[Event], plain: Mapping[tuple[int, str], Any], lang: str
) -> list[Opened]:
    """Opened content in the order of the events, each piece with the labels of its fields."""
    by_n = {event.n: event for event in events}
    out: list[Opened] = []
    for (n, slot), content in sorted(plain.items(), key=lambda each: (each[0][0], _rank(each[0][1]), each[0][1])):
        event = by_n.get(n)
        if event is None:
            continue
        title = say(
            "desk-opened-title",
            lang,
            n=n,
            what=event_words(procedure, offices, event, lang),
            who=by_words(procedure, offices, event, lang),
        )
        if content is None:
            out.append(Opened(n, slot, title, (), erased=True))
            continue
        data = _plain(content)
        if slot.startswith("attachment"):
            out.append(
                Opened(
                    n,
                    slot,
                    title,
                    (),
                    str(data.get("name", slot)),
                    size_words(int(data.get("size", 0)), lang),
                    is_file=True,
                )
            )
            continue
        pairs = tuple(
            (label_of(procedure.fields[name], lang) if name in procedure.fields else name, str(value))
            for name, value in data.items()
        )
        out.append(Opened(n, slot, title, pairs))
    return out


def _plain(content: Any) -> Mapping[str, Any]:
    if isinstance(content, bytes):
        content = content.decode("utf-8")
    if isinstance(content, str):
        try:
            content = json.loads(content)
        except ValueError:
            return {"": content}
    return content if isinstance(content, Mapping) else {"": content}


def size_words(size: int, lang: str) -> str:
    """A file's size as people say it."""
    if size >= 1024 * 1024:
        return f"{size / 1024 / 1024:.1f} MB"
    return f"{max(1, round(size / 1024))} KB" if size else ""


def _clock_lines(procedure: Procedure, case: Case, calendar: Calendar, today: date, lang: str) -> Iterable[ClockLine]:
    for name, clock in case.clocks.items():
        at = standing(procedure, clock, calendar, today, lang)
        if clock.met_at:
            tag, state = (
                "met",
                say(
                    "desk-clock-met-late" if clock.late else "desk-clock-met",
                    lang,
                    at=datetime.fromisoformat(clock.met_at),
                ),
            )
        elif clock.stopped:
            tag, state = "ended", say("desk-clock-ended", lang)
        elif at.due_on is not None and at.due_on < today:
            tag, state = "late", state_words(at, today, lang)
        else:
            tag, state = ("maybe" if clock.provisional else "runs"), state_words(at, today, lang)
        yield ClockLine(
            title=at.title,
            due=short_day(at.due_on, today, lang) if at.due_on else "",
            due_on=at.due_on,
            state=state,
            tag=tag,
            law=cite_words(procedure, procedure.clocks[name].cite, lang),
            local=is_local(procedure, clock),
        )


def _entries(
    procedure: Procedure,
    case: Case,
    events: Sequence[Event],
    offices: Offices,
    lang: str,
    up_next: Entry | None,
    today: date,
) -> Iterable[Entry]:
    for event in events:
        who = by_words(procedure, offices, event, lang)
        lines: list[str] = []
        for name, value in in_table_order(procedure, event.facts):
            if event.type != "acted":
                break
            field = procedure.fields.get(name)
            if field is not None:
                lines.append(
                    say(
                        "desk-pair",
                        lang,
                        label=label_of(field, lang),
                        value=value_words(field, value, offices, lang),
                    )
                )
        for role, office in event.offices.items():
            lines.append(
                say(
                    "desk-pair",
                    lang,
                    label=role_words(procedure, role, lang),
                    value=office_words(offices, office, lang),
                )
            )
        lines += _clock_news(procedure, event, lang)
        if event.type == "moved":
            lines.append(say("portal-entry-moved-more", lang, reason=str(event.facts.get("reason", ""))))
        if event.type == "settled" and "dates" in event.facts:
            lines += corrected_words(procedure, event, lang)
        if event.sealed and procedure.open_record:
            lines.append(say("desk-files-line", lang, count=len(event.sealed)))
        elif event.sealed:
            kinds = dict.fromkeys(str(sealed["slot"]).partition(":")[0] for sealed in event.sealed)
            lines.append(say("desk-sealed-line", lang, parts=[say(f"desk-part-{kind}", lang) for kind in kinds]))
        if event.type == "read":
            purpose = str(event.facts.get("purpose", ""))
            slots = dict.fromkeys(
                str(slot).rpartition("/")[2].partition(":")[0] for slot in event.facts.get("slots", ())
            )
            lines = [
                say(
                    "desk-read-line",
                    lang,
                    parts=[say(f"desk-part-{kind}", lang) for kind in slots if has(f"desk-part-{kind}", lang)],
                    purpose=purpose_words(purpose, lang),
                ),
                *ground_lines(procedure, event, lang),
            ]
        if event.type in ("asked", "approved", "refused", "deferred"):
            lines = [access_line(procedure, event, offices, lang)]
        yield Entry(
            n=event.n,
            at=event.occurred_at,
            when=short_instant(event.occurred_at, today, lang),
            title=event_words(procedure, offices, event, lang),
            text=who,
            lines=tuple(lines),
            late=event.type == "lapsed",
            quiet=event.type == "read",
        )
    if up_next is not None:
        yield up_next


def _clock_news(procedure: Procedure, event: Event, lang: str) -> Iterable[str]:
    """What an event did to the clocks, with the dates people were told."""
    for effect in event.clocks:
        op, due = effect["op"], effect.get("due")
        word = f"desk-clock-op-{op}"
        if op in ("start", "extend", "resume", "restart", "settle") and due and has(word, lang):
            clock = procedure.clocks.get(effect["name"])
            title = local(clock.text, lang) if clock else effect["name"]
            yield say(word, lang, clock=title, due=day_or_instant(str(due), lang))


def purpose_words(purpose: str, lang: str) -> str:
    """Why somebody opened sealed content, in words; a purpose written in words stays as it is."""
    word = f"read-purpose-{purpose}"
    return say(word, lang) if purpose in PURPOSES and has(word, lang) else purpose


def case_page(
    *,
    case_id: str,
    number: str,
    title: str,
    case: Case,
    procedure: Procedure,
    events: Sequence[Event],
    offices: Offices,
    calendar: Calendar,
    actor: Actor,
    now: datetime,
    lang: str,
    attempt: Attempt | None = None,
    wanted: str = "",
    keys: Mapping[str, str] | None = None,
    opened: Mapping[tuple[int, str], Any] | None = None,
    opened_as: str = "",
    parts: Sequence[str] | None = None,
    open_files: Mapping[tuple[int, str], Any] | None = None,
    race: LostRace | None = None,
    refused: str = "",
    saved: str = "",
    read_problem: str = "",
    document: tuple[str, str] = ("", ""),
    linked: Sequence[LinkedLine] = (),
    affected: Fact | None = None,
    asked: Asked | None = None,
    deferred: Asked | None = None,
    form_key: str = "",
) -> CasePage:
    """The page of one case for one post.

    Args:
        affected: what those a promise affects say of it, where they were asked.
        document: title and address of the document a commitment's words stand in.
        opened: plaintext by (n, slot), only after the register has recorded the access.
        open_files: the list of files of an open record (a commitment's evidence), which anybody may see.
        keys: an idempotency key for each possible action.
        asked, deferred: a request, or a deferral, that did not come through, with what was typed.
        form_key: an idempotency key for those two forms.
    """
    today = now.date()
    kinds = (
        () if procedure.open_record else tuple(dict.fromkeys(slot.partition(":")[0] for _, slot in slots_of(events)))
    )
    closed = closed_kinds(procedure, case, actor, kinds, now)
    bearer = duty(procedure, case)
    clock = case.clocks.get(bearer.clock) if bearer and bearer.clock else None
    at = standing(procedure, clock, calendar, today, lang) if clock else None
    holder = ""
    if bearer is not None:
        holder = (
            office_words(offices, bearer.office, lang) if bearer.office else role_words(procedure, bearer.role, lang)
        )
    if bearer is None:
        closed_at = datetime.fromisoformat(case.closed_at) if case.closed_at else None
        before = say(
            "desk-lead-closed",
            lang,
            day=closed_at.date() if closed_at else "",
            stage=local(procedure.stages[case.stage].text, lang),
        )
        lead = (before, "", "", "", False)
    else:
        lead = lead_parts(holder, at, today, lang)
    up_next = None
    if bearer is not None and at is not None and at.due_on is not None:
        up_next = Entry(
            0, None, short_day(at.due_on, today, lang), say("desk-next-title", lang, clock=at.title), holder, next=True
        )
    shown_facts = tuple(
        (label_of(procedure.fields[name], lang), value_words(procedure.fields[name], value, offices, lang))
        for name, value in in_table_order(procedure, case.facts)
        if name in procedure.fields and not (procedure.open_record and name in COURSE_FACTS)
    )
    return CasePage(
        case_id=case_id,
        number=number,
        title=title,
        procedure=local(procedure.title, lang),
        procedure_name=procedure.name,
        stage=stage_words(procedure, case, lang),
        holder=holder,
        open=case.open,
        n=case.n,
        lead_before=lead[0],
        lead_date=lead[1],
        lead_after=lead[2],
        lead_today=lead[3],
        late=lead[4],
        provisional=say("desk-provisional", lang, year=at.due_on.year) if at and at.provisional and at.due_on else "",
        strip=clock_strip(at.explained, lang, today) if at else None,
        clock_title=at.title if at else "",
        clock_law=_law(procedure, clock.name, lang) if clock else "",
        clocks=tuple(_clock_lines(procedure, case, calendar, today, lang)),
        facts=shown_facts,
        offices=tuple(
            (role_words(procedure, role, lang), office_words(offices, office, lang))
            for role, office in case.offices.items()
        ),
        three=tuple(_three(procedure, case, lang, affected)),
        entries=tuple(_entries(procedure, case, events, offices, lang, up_next, today)),
        sealed=parts_of(procedure, events, lang, parts, closed),
        purposes=tuple((code, say(f"read-purpose-{code}", lang)) for code in PURPOSES),
        opened=tuple(opened_parts(procedure, offices, events, opened or {}, lang)),
        opened_as=opened_as,
        open_files=tuple(opened_parts(procedure, offices, events, open_files or {}, lang)),
        panel=panel(procedure, case, actor, offices, now, lang, attempt=attempt, wanted=wanted, keys=keys),
        race=race,
        refused=refused,
        saved=saved,
        read_problem=read_problem,
        document=document,
        diagram=diagram(procedure, lang, case.stages, say("procedures-case-is-here", lang)) if events else "",
        diagram_words=in_words(procedure, lang, case.stages, say("procedures-case-is-here", lang)) if events else "",
        beside=tuple(_beside(procedure, case, bearer, offices, calendar, today, lang)),
        linked=tuple(linked),
        kept_out=tuple(_kept_out(case, offices, lang)),
        told=tuple(_told(procedure, case, events, actor, calendar, today, lang)),
        asking=tuple(asking(procedure, case, events, actor, offices, now, lang, closed, asked, form_key)),
        deferring=deferring(procedure, case, actor, calendar, now, lang, deferred, form_key),
    )


def _told(
    procedure: Procedure,
    case: Case,
    events: Iterable[Event],
    actor: Actor,
    calendar: Calendar,
    today: date,
    lang: str,
) -> Iterable[Told]:
    """The decisions told to this office that leave it a remedy: an inspected or assessed office has rights too."""
    mine = {role for role, office in case.offices.items() if office == actor.office}
    for event in events:
        action = procedure.actions.get(event.action) if event.type == "acted" else None
        if action is not None and action.remedies and mine & set(action.tell):
            lines = remedy_lines(procedure, action.remedies, local_day(event.occurred_at), calendar, today, lang)
            yield Told(local(action.label, lang), cite_words(procedure, action.cite, lang), tuple(lines))


def _beside(
    procedure: Procedure,
    case: Case,
    ruling: Duty | None,
    offices: Offices,
    calendar: Calendar,
    today: date,
    lang: str,
) -> Iterable[str]:
    """Who must act in the other branches of a case, one sentence each."""
    for other in duties(procedure, case):
        if ruling is None or other.stage == ruling.stage:
            continue
        state = case.clocks.get(other.clock) if other.clock else None
        at = standing(procedure, state, calendar, today, lang) if state else None
        holder = office_words(offices, other.office, lang) if other.office else role_words(procedure, other.role, lang)
        before, due, after, told, _ = lead_parts(holder, at, today, lang)
        gap = " " if told and lang == "en" else ""
        stage_word = say("desk-beside", lang, stage=local(procedure.stages[other.stage].text, lang))
        yield stage_word + before + due + after + gap + told


def _kept_out(case: Case, offices: Offices, lang: str) -> Iterable[str]:
    """The offices and posts that can neither act in the case nor read it."""
    for office in case.excluded:
        yield office_words(offices, office, lang)
    for post in case.recused:
        yield post_words(offices, post, lang)


def _law(procedure: Procedure, clock: str, lang: str) -> str:
    return cite_words(procedure, procedure.clocks[clock].cite, lang)


def _three(procedure: Procedure, case: Case, lang: str, affected: Fact | None) -> Iterable[tuple[str, str, bool]]:
    """What the office says, what another office found, what those affected say: three facts, never one."""
    means = {action.means for action in procedure.actions.values()}

    def at(text: str | None) -> str:
        return instant_words(datetime.fromisoformat(text), lang) if text else say("desk-three-not-yet", lang)

    if "answered" in means:
        yield say("desk-three-answered", lang), at(case.answered_at), bool(case.answered_at)
    if "done" in means:
        yield say("desk-three-done", lang), at(case.done_at), bool(case.done_at)
    if "verified" in means:
        yield say("desk-three-verified", lang), at(case.verified_at), bool(case.verified_at)
    if "solved" in means:
        said = (
            say(f"desk-three-{case.outcome}", lang, at=datetime.fromisoformat(case.outcome_at))
            if case.outcome and case.outcome_at
            else ""
        )
        yield say("desk-three-person", lang), said or say("desk-three-not-said", lang), bool(case.outcome)
    else:
        words = affected.words if affected is not None else say("desk-three-not-asked", lang)
        yield say("desk-three-affected", lang), words, affected is not None and affected.kind == "yes"


def saved_words(procedure: Procedure, offices: Offices, event: Event, number: str, lang: str) -> str:
    """The quiet line after a step: which step, which entry."""
    return say(
        "desk-saved",
        lang,
        n=event.n,
        what=event_words(procedure, offices, event, lang),
        at=instant_words(event.recorded_at, lang),
        number=number,
    )
