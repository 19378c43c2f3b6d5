"""Each clock of a procedure in words, with an example worked out at the moment it is shown.

The example starts today (or, for a period before a day, ends at a day two months ahead) and is computed by the engine that
dates real cases: the same days skipped, the same roll, the same honesty about days no calendar covers yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from mingze.casework import rule_of
from mingze.portal.citations import basis_words, cite_words, is_local_rule
from mingze.portal.clock_strip import Picture, clock_strip
from mingze.procedure.model import Clock, Procedure
from mingze.terms import SHANGHAI, Basis, Calendar, Extend, Rule, TermError, compute, explain
from mingze.words import date_words, instant_words, local, period_words, say

LONGEST_PICTURE = 98
"""So many cells an example's strip may have; a longer period is told by its sentence alone."""

_AHEAD = timedelta(days=60)
"""How far ahead the stated day of an example lies, for a period that is counted up to a day."""

_HOUR = time(10, 0)
"""The time of day at which an example in hours starts: one every office is open at."""


@dataclass(frozen=True)
class ClockCard:
    """One clock of a procedure in words, with a worked example and what can change the date."""

    name: str
    title: str
    period: str
    borne: str
    example: str
    provisional: bool
    cite: str
    local: bool
    pending: bool = False
    changes: tuple[str, ...] = ()
    picture: Picture | None = None
    silence: str = ""


def lower_first(names: Mapping[str, str], lang: str) -> str:
    """A label inside a sentence: English begins small, unless it begins with an abbreviation."""
    words = local(names, lang)
    return words[:1].lower() + words[1:] if lang == "en" and not words[:2].isupper() else words


def action_names(procedure: Procedure, actions: Iterable[str], lang: str) -> str:
    """Actions inside a sentence: 答复、不予受理 / answer or decline."""
    words = [lower_first(procedure.actions[name].label, lang) for name in actions]
    return "、".join(words) if lang == "zh-Hans" else " or ".join(words)


def choices_words(procedure: Procedure, actions: Iterable[str], lang: str) -> str:
    """Acts a person may choose between, inside a sentence; Chinese sets each in quotes, since a label may hold a comma."""
    if lang == "en":
        return action_names(procedure, actions, lang)
    return "或".join(f"“{local(procedure.actions[name].label, lang)}”" for name in actions)


def clock_card(procedure: Procedure, name: str, today: date, calendar: Calendar, lang: str) -> ClockCard:
    """One clock with an example: if it started today, this would be its last day."""
    clock = procedure.clocks[name]
    reference = clock.limit or clock.minimum or clock.backward or clock.otherwise
    period, is_local, pending = say("portal-clock-stated", lang), False, False
    shown: dict[str, Any] = {}
    if reference is not None:
        try:
            number = procedure.parameter_on(reference, today)
            rule, _ = rule_of(procedure, name, today)
        except LookupError:
            period = say("portal-clock-unknown", lang)
        else:
            is_local, pending = number.local, number.pending_text
            period = _period_words(procedure, clock, rule, lang)
            shown = _example(procedure, name, clock, rule, today, calendar, lang)
    return ClockCard(
        name=name,
        title=local(clock.text, lang),
        period=period,
        borne=say(f"portal-borne-{clock.borne_by}", lang),
        cite=basis_words(procedure, clock.cite, is_local and not is_local_rule(procedure, clock.cite), lang),
        local=is_local or is_local_rule(procedure, clock.cite),
        pending=pending or any(source.pending_text for source, _ in procedure.words_of_cite(clock.cite)),
        changes=tuple(_changes(procedure, name, clock, today, calendar, lang)),
        silence=silence_words(procedure, clock, lang),
        example=shown.get("example", ""),
        provisional=shown.get("provisional", False),
        picture=shown.get("picture"),
    )


def _period_words(procedure: Procedure, clock: Clock, rule: Rule, lang: str) -> str:
    """How long, and from or up to what: an act, or the day a field states."""
    word, starts = f"portal-clock-{clock.kind}", action_names(procedure, clock.starts, lang)
    if clock.counts_from:
        word += "-stated"
        starts = local(procedure.fields[clock.counts_from].label, lang)
    return say(word, lang, period=period_words(rule.amount, rule.unit + "s", lang), starts=starts)


def _example(
    procedure: Procedure, name: str, clock: Clock, rule: Rule, today: date, calendar: Calendar, lang: str
) -> dict[str, Any]:
    """The example's sentence, whether its date is provisional, and its strip."""
    start: date | datetime = today if rule.direction == "forward" else today + _AHEAD
    if rule.unit == "hour":
        start = datetime.combine(start, _HOUR, SHANGHAI)
    try:
        due = compute(start, rule, calendar)
        explained = explain(start, rule, calendar, basis=_basis(procedure, name, clock))
    except TermError:
        return {}
    values: dict[str, Any] = {"today": date_words(today, lang, weekday=False)}
    if isinstance(due.due, datetime):
        assert isinstance(start, datetime)
        values |= {"start": instant_words(start, lang), "end": instant_words(due.due, lang, weekday=True)}
        return {
            "example": say(f"portal-clock-example-hours-{rule.direction}", lang, **values),
            "provisional": due.provisional,
        }
    if due.due_on is None:
        return {}
    word = "portal-clock-example"
    if clock.kind == "minimum":
        word += "-minimum"
    elif rule.direction == "backward":
        word += "-backward"
    values |= {"due": due.due_on, "day": start, "free": due.free_from_on or due.due_on}
    cells = abs((due.due_on - today).days) if rule.direction == "forward" else abs((today + _AHEAD - due.due_on).days)
    picture = clock_strip(explained, lang, None) if cells < LONGEST_PICTURE else None
    return {"example": say(word, lang, **values), "provisional": due.provisional, "picture": picture}


def _basis(procedure: Procedure, name: str, clock: Clock) -> Basis:
    return Basis(
        article=procedure.cite_text(clock.cite),
        borne_by=clock.borne_by,
        kind="limit" if clock.kind == "due" else clock.kind,
        local=is_local_rule(procedure, clock.cite),
        procedure=procedure.name,
        clock=name,
    )


def _changes(
    procedure: Procedure, name: str, clock: Clock, today: date, calendar: Calendar, lang: str
) -> Iterable[str]:
    """What can move the date, each with its article and, for an extension by a number, the day it would lead to."""
    for action_name, amount in clock.extended_by.items():
        yield _extension(procedure, name, action_name, amount, today, calendar, lang)
    for kind, names in (
        ("suspended", clock.suspended_by),
        ("resumed", clock.resumed_by),
        ("restarted", clock.restarted_by),
        ("reopened", clock.reopened_by),
    ):
        for action_name in names:
            action = procedure.actions[action_name]
            yield say(
                f"portal-clock-{kind}", lang,
                action=local(action.label, lang), cite=cite_words(procedure, action.cite, lang),
            )  # fmt: skip


def _extension(
    procedure: Procedure, name: str, action_name: str, amount: str, today: date, calendar: Calendar, lang: str
) -> str:
    action = procedure.actions[action_name]
    values: dict[str, Any] = {
        "action": local(action.label, lang),
        "cite": cite_words(procedure, action.cite, lang),
        "times": action.at_most or 0,
    }
    if not amount.startswith("$"):
        field = procedure.fields.get(amount.removeprefix("fact "))
        return say(
            "portal-clock-extended-stated",
            lang,
            field=local(field.label, lang) if field else "",
            some=int(field is not None),
            **values,
        )
    try:
        number = procedure.parameter_on(amount, today)
        rule, _ = rule_of(procedure, name, today)
        values["period"] = period_words(number.value, number.unit + "s", lang)
        due = compute(today, rule, calendar, [Extend(number.value, number.unit, today)])
    except (LookupError, TermError):
        return say("portal-clock-extended-stated", lang, field="", some=0, **values)
    if due.due_on is None or rule.unit == "hour":
        return say("portal-clock-extended", lang, **values)
    return say("portal-clock-extended-to", lang, due=due.due_on, **values)


def silence_words(procedure: Procedure, clock: Clock, lang: str) -> str:
    """What follows by law when a period ends without an act; "" where the law attaches nothing the procedure states."""
    if clock.silence is None:
        return ""
    remedies = [local(procedure.remedies[name].text, lang) for name in clock.silence.remedies]
    word = f"portal-silence-{clock.silence.effect.replace('_', '-')}"
    if clock.silence.effect == "none" and clock.borne_by == "person":
        word += "-person"
    return say(
        word,
        lang,
        remedies=("、" if lang == "zh-Hans" else "; ").join(remedies),
        some=len(remedies),
        cite=cite_words(procedure, clock.silence.cite or clock.cite, lang),
    )
