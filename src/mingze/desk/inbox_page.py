"""The inbox: cases in the order of their clocks, each with the reason for its place.

Nobody at the desk can change the order; only a period can. There is no search for a person: a case is found by its
number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from mingze.accounts.offices import Offices
from mingze.casework import Actor, Case, duty, offers
from mingze.desk.clock_words import Cell, Standing, short_day, standing, state_words, used_words
from mingze.desk.refusals import office_words, role_words
from mingze.procedure.model import Procedure
from mingze.terms import Calendar
from mingze.words import local, say

VIEWS: Mapping[str, str] = {
    "mine": "turn",
    "office": "turn",
    "overdue": "overdue",
    "waiting": "waiting",
    "open": "open",
    "closed": "closed",
}
"""The saved filters in their order, and which cases the register lists for each; `mine` keeps those this post can
act on now."""


class Row(Protocol):
    """One case as the register lists it."""

    @property
    def case_id(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def procedure(self) -> str: ...
    @property
    def closed_at(self) -> str: ...
    @property
    def case(self) -> Case: ...


@dataclass(frozen=True)
class Line:
    """One case of the inbox in words."""

    case_id: str
    number: str
    title: str
    stage: str
    procedure: str
    due: str
    due_on: date | None
    state: str
    late: bool
    today: bool
    provisional: bool
    used: str
    cells: tuple[Cell, ...]
    width: int
    why: str
    holder: str
    chosen: bool = False


@dataclass(frozen=True)
class Group:
    """Cases whose place has the same reason."""

    name: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Saved:
    """A saved filter."""

    name: str
    title: str
    current: bool


@dataclass(frozen=True)
class InboxPage:
    """The inbox of one post under one filter."""

    view: str
    filters: tuple[Saved, ...]
    groups: tuple[Group, ...]
    shown: int
    next: str | None
    caption: str
    office: str
    post: str
    today: date
    chosen: Line | None = None
    empty_title: str = ""
    empty_text: str = ""
    searched: str = ""
    found: bool = True


def title_words(row: Row, procedure: Procedure, lang: str) -> str:
    """What a list calls a case: its public title, or its kind where the matter itself is sealed."""
    if row.title:
        return row.title
    title = local(procedure.title, lang)
    topic = procedure.fields.get("topic")
    chosen = topic.choices.get(str(row.case.facts.get("topic", ""))) if topic else None
    return say("desk-title-topic", lang, procedure=title, topic=local(chosen.text, lang)) if chosen else title


def may_act(procedure: Procedure, case: Case, actor: Actor, now: datetime) -> bool:
    """Whether this post could take a step in the case now."""
    return any(offer.allowed for offer in offers(procedure, case, actor, now))


def line(
    row: Row, procedure: Procedure, offices: Offices, calendar: Calendar, actor: Actor, now: datetime, lang: str
) -> tuple[str, Line]:
    """The group a case belongs to, and its line."""
    today, case = now.date(), row.case
    bearer = duty(procedure, case)
    clock = case.clocks.get(bearer.clock) if bearer and bearer.clock else None
    at = standing(procedure, clock, calendar, today, lang) if clock is not None else None
    ours = bool(bearer and bearer.office and bearer.office == actor.office)
    if bearer is None:
        holder = say("desk-holder-nobody", lang)
    elif ours:
        holder = say("desk-holder-mine" if may_act(procedure, case, actor, now) else "desk-holder-ours", lang)
    else:
        holder = (
            office_words(offices, bearer.office, lang) if bearer.office else role_words(procedure, bearer.role, lang)
        )
    group = _group(case, at, ours, today)
    return group, Line(
        case_id=row.case_id,
        number=row.number,
        title=title_words(row, procedure, lang),
        stage=local(procedure.stages[case.stage].text, lang),
        procedure=local(procedure.title, lang),
        due=short_day(at.due_on, today, lang) if at and at.due_on else "",
        due_on=at.due_on if at else None,
        state=state_words(at, today, lang)
        if at
        else (say("desk-closed-on", lang, day=_day(row.closed_at)) if row.closed_at else ""),
        late=bool(at and at.due_on and at.due_on < today),
        today=bool(at and at.due_on == today),
        provisional=bool(at and at.provisional),
        used=used_words(at, lang) if at and at.total and case.open else "",
        cells=at.cells if at and case.open else (),
        width=at.width if at else 0,
        why=_why(procedure, case, at, ours, calendar, today, lang),
        holder=holder,
    )


def _day(text: str) -> date | None:
    return datetime.fromisoformat(text).date() if text else None


def _group(case: Case, at: Standing | None, ours: bool, today: date) -> str:
    if not case.open:
        return "closed"
    if not ours:
        return "waiting"
    if at is None or at.due_on is None:
        return "later"
    if at.due_on < today:
        return "overdue"
    if at.due_on == today:
        return "today"
    sunday = today + timedelta(days=7 - today.isoweekday())
    return "week" if at.due_on <= sunday else "later"


GROUPS = ("overdue", "today", "week", "later", "waiting", "closed")
"""The groups in the order in which they stand."""


def _unsolved(case: Case, at: Standing | None, today: date) -> bool:
    return case.open and case.outcome == "unsolved"


_REASONS: Sequence[tuple[str, Callable[[Case, Standing | None, date], bool]]] = (
    ("overdue", lambda case, at, today: bool(at and at.due_on and at.due_on < today)),
    ("unsolved", _unsolved),
    ("disputed", lambda case, at, today: case.open and case.counts.get("dispute", 0) > 0 and case.done_at is None),
    (
        "handed_back",
        lambda case, at, today: (
            case.open and case.counts.get("hand_back", 0) > 0 and case.stage in ("received", "returned")
        ),
    ),
    ("stopped", lambda case, at, today: bool(at and at.stopped)),
    (
        "asked",
        lambda case, at, today: (
            case.open
            and case.seen.get("ask_extension", 0)
            > max(case.seen.get(answer, 0) for answer in ("extend", "refuse_extension", "take_back"))
        ),
    ),
    ("extended", lambda case, at, today: bool(at and at.explained.standing_extensions)),
)
"""What besides its date explains a case's place, in the order in which it is said."""


def _why(
    procedure: Procedure, case: Case, at: Standing | None, ours: bool, calendar: Calendar, today: date, lang: str
) -> str:
    parts = [at.title if at else local(procedure.stages[case.stage].text, lang)]
    parts += [say(f"desk-why-{name}", lang) for name, holds in _REASONS if holds(case, at, today)]
    if at and at.provisional and at.due_on:
        parts.append(say("desk-why-provisional", lang, year=at.due_on.year))
    if at and at.due_on == today and calendar.kind(today).type == "makeup":
        parts.append(say("desk-why-makeup", lang))
    return ("；" if lang == "zh-Hans" else "; ").join(parts)


def inbox_page(
    rows: Iterable[Row],
    procedure_of: Callable[[Row], Procedure],
    offices: Offices,
    calendar: Calendar,
    actor: Actor,
    now: datetime,
    lang: str,
    *,
    view: str,
    following: str | None = None,
    chosen: str = "",
    searched: str = "",
) -> InboxPage:
    """One page of the inbox."""
    found: dict[str, list[Line]] = {}
    for row in rows:
        group, one = line(row, procedure_of(row), offices, calendar, actor, now, lang)
        found.setdefault(group, []).append(one)
    every = [one for name in GROUPS for one in found.get(name, ())]
    picked = next((one for one in every if one.case_id == chosen), every[0] if every else None)
    groups = tuple(
        Group(
            name,
            say(f"desk-group-{name}", lang, count=len(found[name])),
            tuple(_chosen(one, picked) for one in found[name]),
        )
        for name in GROUPS
        if name in found
    )
    return InboxPage(
        view=view,
        filters=tuple(Saved(name, say(f"desk-view-{name}", lang), name == view and not searched) for name in VIEWS),
        groups=groups,
        shown=len(every),
        next=following,
        caption=say("desk-inbox-caption-closed" if view == "closed" else "desk-inbox-caption", lang, count=len(every)),
        office=office_words(offices, actor.office, lang),
        post=local(offices.post(actor.post).name, lang),
        today=now.date(),
        chosen=picked,
        empty_title="" if every else say("desk-empty-search-title" if searched else f"desk-empty-{view}-title", lang),
        empty_text=""
        if every
        else (say("desk-empty-search", lang, number=searched) if searched else say(f"desk-empty-{view}", lang)),
        searched=searched,
        found=bool(every),
    )


def _chosen(one: Line, picked: Line | None) -> Line:
    if picked is None or one.case_id != picked.case_id:
        return one
    return Line(**{**{name: getattr(one, name) for name in one.__dataclass_fields__}, "chosen": True})
