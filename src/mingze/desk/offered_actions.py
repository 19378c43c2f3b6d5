"""What a post may do with a case now, as forms made from the procedure's tables, and why the rest is not possible.

`casework.offers` decides; nothing here adds or takes away an action. A field the system fills itself (type `record`)
is never asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from mingze.accounts.offices import Offices
from mingze.casework import Actor, Case, Offer, duty, offers
from mingze.desk.refusals import office_words, role_words, why_words
from mingze.portal.citations import cite_words, is_local_rule
from mingze.portal.filing_form import BoundField, Choice, Problem, bind, problem_words
from mingze.portal.post_choices import post_choices
from mingze.procedure.model import Action, Procedure
from mingze.words import local, period_words, say

OFFICE_FIELD = "office-"
"""A form names the office it binds to a role as `office-<role>`."""


@dataclass(frozen=True)
class OfferedForm:
    """One action that is possible now: its words, its form, and what will follow from it."""

    name: str
    label: str
    about: str
    law: str
    is_local: bool
    fields: tuple[BoundField, ...]
    follows: tuple[str, ...]
    remedies: tuple[str, ...]
    adverse: bool
    opened: bool
    primary: bool
    key: str = ""

    @property
    def id(self) -> str:
        """The element's id; an address may lead straight to it."""
        return f"act-{self.name}"

    @property
    def has_files(self) -> bool:
        """Whether the form sends files."""
        return any(each.input_type == "file" for each in self.fields)


@dataclass(frozen=True)
class NotNow:
    """One action that is not possible for this post now, and why."""

    name: str
    label: str
    why: str
    law: str


@dataclass(frozen=True)
class Panel:
    """The actions of a case as they stand for one post."""

    possible: tuple[OfferedForm, ...] = ()
    not_now: tuple[NotNow, ...] = ()
    by_others: tuple[NotNow, ...] = ()
    closed: bool = False


@dataclass(frozen=True)
class Attempt:
    """What was sent and not taken: the action, what was typed, what is wrong with it, and its idempotency key."""

    action: str
    typed: Mapping[str, Any] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    key: str = ""


def asked(procedure: Procedure, action: Action) -> tuple[str, ...]:
    """The fields staff fill in: all the action takes but those the system fills."""
    return tuple(name for name in action.takes if procedure.fields[name].type != "record")


def panel(
    procedure: Procedure,
    case: Case,
    actor: Actor,
    offices: Offices,
    now: datetime,
    lang: str,
    *,
    attempt: Attempt | None = None,
    wanted: str = "",
    keys: Mapping[str, str] | None = None,
) -> Panel:
    """Every action of the case's procedure: those possible as forms, the rest with their reasons, in table order.

    `wanted` opens one form; `keys` gives each form its idempotency key (random bytes are the caller's).
    """
    if not case.open:
        return Panel(closed=True)
    offered = offers(procedure, case, actor, now)
    possible = [offer for offer in offered if offer.allowed]
    opened = attempt.action if attempt else wanted or (possible[0].name if len(possible) == 1 else "")
    first = _expected(procedure, case, possible)
    forms = tuple(
        _form(
            procedure,
            case,
            offer,
            offices,
            now,
            lang,
            attempt,
            opened,
            first=offer.name == first,
            key=(keys or {}).get(offer.name, ""),
        )
        for offer in possible
    )
    rest = [offer for offer in offered if not offer.allowed]
    return Panel(
        forms,
        tuple(
            _not_now(procedure, offer, offices, lang) for offer in rest if offer.why and offer.why.code != "not_yours"
        ),
        tuple(
            _not_now(procedure, offer, offices, lang) for offer in rest if offer.why and offer.why.code == "not_yours"
        ),
    )


def _expected(procedure: Procedure, case: Case, possible: Sequence[Offer]) -> str:
    """The step the running clock waits for, if it is among those possible; it gets the filled button."""
    bearer = duty(procedure, case)
    waited = procedure.clocks[bearer.clock].met_by if bearer and bearer.clock else ()
    rank = [offer.name for offer in possible if offer.name in waited and not offer.action.adverse]
    onward = [name for name in rank if procedure.actions[name].means or procedure.actions[name].binds]
    return next(iter(onward or rank or [offer.name for offer in possible]), "")


def _not_now(procedure: Procedure, offer: Offer, offices: Offices, lang: str) -> NotNow:
    assert offer.why is not None
    return NotNow(
        offer.name,
        local(offer.action.label, lang),
        why_words(offer.why, procedure, offices, lang),
        cite_words(procedure, offer.action.cite, lang),
    )


def _form(
    procedure: Procedure,
    case: Case,
    offer: Offer,
    offices: Offices,
    now: datetime,
    lang: str,
    attempt: Attempt | None,
    opened: str,
    *,
    first: bool,
    key: str,
) -> OfferedForm:
    action = offer.action
    mine = attempt if attempt is not None and attempt.action == offer.name else None
    typed: Mapping[str, Any] = mine.typed if mine else _known_already(procedure, case, action)
    problems = mine.problems if mine else ()
    prefix = f"{offer.name}-"
    names = asked(procedure, action)
    listed = [(office.id, office.name) for office in offices]
    fields = [
        *(office_field(procedure, case, role, offices, typed, problems, lang, prefix) for role in action.binds),
        *bind(
            procedure,
            names,
            lang,
            typed,
            problems,
            listed,
            today=now.date(),
            prefix=prefix,
            posts=post_choices(offices, case.offices.values()),
        ),
    ]
    return OfferedForm(
        name=offer.name,
        label=local(action.label, lang),
        about=local(action.about.text, lang) if action.about else "",
        law=cite_words(procedure, action.cite, lang),
        is_local=is_local_rule(procedure, action.cite),
        fields=tuple(fields),
        follows=tuple(_follows(procedure, case, offer.name, action, offices, now.date(), lang)),
        remedies=tuple(_remedies(procedure, action, now.date(), lang)),
        adverse=action.adverse,
        opened=opened == offer.name,
        primary=first,
        key=(mine.key if mine and mine.key else key),
    )


def _known_already(procedure: Procedure, case: Case, action: Action) -> dict[str, Any]:
    """What an earlier step asked for stands in the form of the step that grants it; nothing else is filled in
    beforehand."""
    if not action.after:
        return {}
    dates = [name for name in action.takes if procedure.fields[name].type == "date" and procedure.fields[name].public]
    return {name: case.facts[name] for name in dates if name in case.facts}


def office_choices(procedure: Procedure, case: Case | None, role: str, offices: Offices) -> list[str]:
    """The offices that may be bound to a role: those that answer for matters, without the one it must differ from and
    without those the matter is about."""
    held = case.offices if case is not None else {}
    out: set[str | None] = {held.get(b if a == role else a) for a, b in procedure.apart if role in (a, b)}
    out |= set(case.excluded) if case is not None else set()
    return [office.id for office in offices if "competent" in office.functions and office.id not in out]


def office_field(
    procedure: Procedure,
    case: Case | None,
    role: str,
    offices: Offices,
    typed: Mapping[str, Any],
    problems: Iterable[Problem],
    lang: str,
    prefix: str,
) -> BoundField:
    """The chooser for the office an action binds, with the office the list of competences names for the case's topic
    proposed."""
    name = OFFICE_FIELD + role
    topic = str(case.facts.get("topic", "")) if case is not None else ""
    by_list = offices.competent_for(topic) if topic else None
    value = typed.get(name) or (by_list.id if by_list else "")
    wrong = next((problem for problem in problems if problem.field in (name, role)), None)
    hint = ""
    if by_list is not None:
        hint = say("desk-office-by-list", lang, office=office_words(offices, by_list.id, lang))
    label = role_words(procedure, role, lang)
    return BoundField(
        name=name,
        kind="select",
        label=label,
        hint=hint,
        value=value,
        error=say("portal-problem-missing-choice", lang, label=label) if wrong else "",
        choices=tuple(
            Choice(office, local(offices.office(office).name, lang), office == value)
            for office in office_choices(procedure, case, role, offices)
        ),
        prefix=prefix,
    )


def _follows(
    procedure: Procedure, case: Case, name: str, action: Action, offices: Offices, on: date, lang: str
) -> Iterable[str]:
    """What the step leads to: the stage and its bearer, the clocks it starts, who is told."""
    for stage in (procedure.stages[name] for name in (action.fork or ((action.into,) if action.into else ()))):
        if stage.end:
            yield say("desk-follows-end", lang, stage=local(stage.text, lang))
        else:
            held = case.offices.get(stage.bearer, "")
            bearer = office_words(offices, held, lang) if held else role_words(procedure, stage.bearer, lang)
            yield say("desk-follows-stage", lang, stage=local(stage.text, lang), bearer=bearer)
    for clock_name in procedure.clocks_touched_by(name):
        clock = procedure.clocks[clock_name]
        reference = clock.limit or clock.minimum or clock.backward
        if name in clock.starts and reference:
            try:
                number = procedure.parameter_on(reference, on)
            except LookupError:
                continue
            yield say(
                "desk-follows-clock",
                lang,
                clock=local(clock.text, lang),
                period=period_words(number.value, f"{number.unit}s", lang),
            )
    if action.opens:
        yield say("desk-follows-opens", lang)
    if action.invites:
        yield say("desk-follows-invites", lang, party=role_words(procedure, action.invites, lang))
    if action.tell:
        told = [role_words(procedure, role, lang) for role in action.tell]
        yield say("desk-follows-tell", lang, who=told)


def _remedies(procedure: Procedure, action: Action, on: date, lang: str) -> Iterable[str]:
    """What the person will be told they can do; the period counts from the day they are told."""
    for name in action.remedies:
        remedy = procedure.remedies[name]
        words = {
            "remedy": local(remedy.text, lang),
            "to": local(remedy.to.text, lang),
            "law": cite_words(procedure, remedy.cite, lang),
        }
        if remedy.limit is None:
            yield say("desk-remedy", lang, **words)
            continue
        try:
            number = procedure.parameter_on(remedy.limit, on)
        except LookupError:
            yield say("desk-remedy", lang, **words)
            continue
        yield say("desk-remedy-within", lang, period=period_words(number.value, f"{number.unit}s", lang), **words)


def problem_lines(procedure: Procedure, problems: Iterable[Problem], lang: str, today: date) -> list[str]:
    """What is wrong with a form, one line each, in the words of its labels."""
    return [problem_words(problem, procedure.fields.get(problem.field), lang, today) for problem in problems]
