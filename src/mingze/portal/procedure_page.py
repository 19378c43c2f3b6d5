"""What will happen under a procedure, before anybody files: its steps, its clocks with a date worked out for today, who can see what.

Everything comes from the procedure's tables, so a new procedure has its page without a line of code. Every date shown is
computed by the engine at the moment it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mingze.accounts.offices import Offices
from mingze.casework import rule_of
from mingze.portal.citations import basis_words, cite_words, is_local_rule
from mingze.portal.filing_form import label_of
from mingze.procedure.model import Action, Clock, Procedure
from mingze.terms import Calendar, TermError, compute
from mingze.words import date_words, local, period_words, say

_ANSWERS = {"answered", "done"}


@dataclass(frozen=True)
class ClockCard:
    """One clock of a procedure in words, with a worked example."""

    name: str
    title: str
    period: str
    borne: str
    example: str
    provisional: bool
    cite: str
    local: bool
    pending: bool = False


@dataclass(frozen=True)
class Step:
    """One step of the usual way."""

    title: str
    text: str
    end: bool = False


@dataclass(frozen=True)
class StageCard:
    """A place where a case can rest, who must act there, and what they may do."""

    name: str
    title: str
    bearer: str
    actions: tuple[str, ...]
    end: bool


@dataclass(frozen=True)
class RemedyCard:
    """What a person can do against an outcome: where, how long, on which article, and after which outcomes."""

    title: str
    to: str
    period: str
    cite: str
    after: tuple[str, ...]


@dataclass(frozen=True)
class SeenRow:
    """One kind of content, who can see it, and how long it is kept."""

    what: str
    who: str
    kept: str


@dataclass(frozen=True)
class Door:
    """One way in, as home and the list of procedures show it."""

    name: str
    title: str
    button: str
    about: str
    promise: str


@dataclass(frozen=True)
class Milestone:
    """A worked date on the usual way: the action that must be taken, the clock that says until when."""

    action: str
    stage: str
    clock: str
    due_on: date
    provisional: bool


@dataclass(frozen=True)
class ProcedurePage:
    """Everything the page of one procedure shows."""

    name: str
    title: str
    about: str
    hash: str
    in_force: date
    public: bool
    steps: tuple[Step, ...]
    clocks: tuple[ClockCard, ...]
    stages: tuple[StageCard, ...]
    remedies: tuple[RemedyCard, ...]
    visibility: tuple[SeenRow, ...]
    sources: tuple[tuple[str, bool], ...]
    blindspots: tuple[tuple[str, str], ...]


def usual_way(procedure: Procedure, today: date, calendar: Calendar) -> list[Milestone]:
    """The way to an answer if a case is opened today and each office uses its whole time.

    Surprising: the second date is counted from the last day of the first, so it is the latest an unextended answer can come.
    """
    out: list[Milestone] = []
    action, on = procedure.opening_name, today
    for _ in range(len(procedure.clocks)):
        started = _office_clock(procedure, action)
        if started is None:
            break
        clock = procedure.clocks[started]
        try:
            rule, _parameter = rule_of(procedure, started, on)
            due = compute(on, rule, calendar)
        except (LookupError, TermError):
            break
        if due.due_on is None:
            break
        action = next((name for name in clock.met_by if not procedure.actions[name].adverse), clock.met_by[0])
        provisional = due.provisional or any(one.provisional for one in out)
        out.append(Milestone(action, procedure.actions[action].into or "", started, due.due_on, provisional))
        on = due.due_on
        if procedure.actions[action].means in _ANSWERS:
            break
    return out


def _office_clock(procedure: Procedure, action: str) -> str | None:
    return next(
        (
            name
            for name, clock in procedure.clocks.items()
            if action in clock.starts and clock.borne_by == "office" and clock.met_by
        ),
        None,
    )


def promise_words(procedure: Procedure, today: date, calendar: Calendar, lang: str) -> str:
    """What filing today leads to, in one or two sentences with dates."""
    way = usual_way(procedure, today, calendar)
    if not way:
        return ""
    if len(way) == 1:
        words = say(
            "portal-promise-one",
            lang,
            action=lower_first(procedure.actions[way[0].action].label, lang),
            due=way[0].due_on,
        )
    else:
        last = way[-1]
        rule, _ = rule_of(procedure, last.clock, way[-2].due_on)
        words = say(
            "portal-promise-two",
            lang,
            first=lower_first(procedure.actions[way[0].action].label, lang),
            first_due=way[0].due_on,
            then=lower_first(procedure.actions[last.action].label, lang),
            period=period_words(rule.amount, rule.unit + "s", lang),
            due=last.due_on,
        )
    return words + (say("portal-promise-provisional", lang) if way[-1].provisional else "")


def short_promise(procedure: Procedure, today: date, lang: str) -> str:
    """The period to an answer in a few words, for a table of contents."""
    for name, clock in procedure.clocks.items():
        if any(procedure.actions[met].means in _ANSWERS for met in clock.met_by) and clock.limit:
            rule, _ = rule_of(procedure, name, today)
            return say("portal-promise-short", lang, period=period_words(rule.amount, rule.unit + "s", lang))
    return ""


def door(procedure: Procedure, today: date, calendar: Calendar, lang: str) -> Door:
    """One procedure as a way in."""
    return Door(
        name=procedure.name,
        title=local(procedure.title, lang),
        button=say("portal-door-button", lang, title=_with_article(procedure, lang)),
        about=local(procedure.about, lang),
        promise=short_promise(procedure, today, lang),
    )


def _with_article(procedure: Procedure, lang: str) -> str:
    """A matter's name as one files it: "a suggestion", "an enterprise request"."""
    words = lower_first(procedure.title, lang)
    return words if lang != "en" else f"{'an' if words[:1] in 'aeiou' else 'a'} {words}"


def lower_first(names: Mapping[str, str], lang: str) -> str:
    """A label inside a sentence: English begins small, unless it begins with an abbreviation."""
    words = local(names, lang)
    return words[:1].lower() + words[1:] if lang == "en" and not words[:2].isupper() else words


def bearer_words(
    procedure: Procedure, role: str, lang: str, offices: Offices | None = None, bound: Mapping[str, str] | None = None
) -> str:
    """Who a role is, by name if the case or the register of competences says so, else by the role's own words."""
    if role in procedure.parties:
        return say("portal-you", lang)
    declared = procedure.offices.get(role)
    office = (bound or {}).get(role)
    if offices is not None:
        if not office and declared is not None and declared.found_by:
            found = offices.for_function(declared.found_by)
            office = found.id if found else None
        if office and office in offices:
            return local(offices.office(office).short or offices.office(office).name, lang)
    return local(declared.text, lang) if declared is not None else ""


def clock_card(procedure: Procedure, name: str, today: date, calendar: Calendar, lang: str) -> ClockCard:
    """One clock with an example: if it started today, this would be its last day."""
    clock: Clock = procedure.clocks[name]
    starts = _names(procedure, clock.starts, lang)
    reference = clock.limit or clock.minimum or clock.backward or clock.otherwise
    period, example, provisional, is_local, pending = "", "", False, False, False
    if reference is not None:
        try:
            number = procedure.parameter_on(reference, today)
            is_local, pending = number.local, number.pending_text
            rule, _ = rule_of(procedure, name, today)
            period = say(
                f"portal-clock-{clock.kind}",
                lang,
                period=period_words(rule.amount, rule.unit + "s", lang),
                starts=starts,
            )
            due = compute(today, rule, calendar)
            if due.due_on is not None and rule.direction == "forward":
                example = say(
                    "portal-clock-example", lang, today=date_words(today, lang, weekday=False), due=due.due_on
                )
                provisional = due.provisional
        except (LookupError, TermError):
            period = say("portal-clock-unknown", lang)
    else:
        period = say("portal-clock-stated", lang)
    return ClockCard(
        name=name,
        title=local(clock.text, lang),
        period=period,
        borne=say(f"portal-borne-{clock.borne_by}", lang),
        example=example,
        provisional=provisional,
        cite=basis_words(procedure, clock.cite, is_local and not is_local_rule(procedure, clock.cite), lang),
        local=is_local or is_local_rule(procedure, clock.cite),
        pending=pending,
    )


def _names(procedure: Procedure, actions: Iterable[str], lang: str) -> str:
    words = [lower_first(procedure.actions[name].label, lang) for name in actions]
    return "、".join(words) if lang == "zh-Hans" else " or ".join(words)


def steps(
    procedure: Procedure, today: date, calendar: Calendar, lang: str, offices: Offices | None = None
) -> list[Step]:
    """The usual way in numbered steps with the latest dates, from filing to the person's own word."""
    out = [Step(say("portal-step-file", lang), say("portal-step-file-more", lang))]
    stage = procedure.opening.into or ""
    way = usual_way(procedure, today, calendar)
    for milestone in way:
        who = bearer_words(procedure, procedure.stages[stage].bearer, lang, offices)
        action = procedure.actions[milestone.action]
        word = "portal-step-due-maybe" if milestone.provisional else "portal-step-due"
        out.append(
            Step(
                say("portal-step-office", lang, office=who, action=lower_first(action.label, lang)),
                say(word, lang, due=milestone.due_on),
            )
        )
        stage = milestone.stage or stage
    if way and procedure.stages[stage].bearer in procedure.parties:
        out.append(Step(say("portal-step-say", lang), say("portal-step-say-more", lang), end=True))
    return out


def stage_cards(procedure: Procedure, lang: str, offices: Offices | None = None) -> list[StageCard]:
    """Every stage with its bearer and what can be done there."""
    return [
        StageCard(
            name=name,
            title=local(stage.text, lang),
            bearer="" if stage.end else bearer_words(procedure, stage.bearer, lang, offices),
            actions=tuple(
                _action_line(procedure, action, lang) for action in procedure.actions.values() if name in action.from_
            ),
            end=stage.end,
        )
        for name, stage in procedure.stages.items()
    ]


def _action_line(procedure: Procedure, action: Action, lang: str) -> str:
    cite = cite_words(procedure, action.cite, lang)
    return (
        say("portal-action-line", lang, action=local(action.label, lang), cite=cite)
        if cite
        else local(action.label, lang)
    )


def remedy_cards(procedure: Procedure, today: date, lang: str) -> list[RemedyCard]:
    """Every remedy with the outcomes it stands against."""
    out = []
    for name, remedy in procedure.remedies.items():
        period = ""
        if remedy.limit:
            try:
                number = procedure.parameter_on(remedy.limit, today)
                period = period_words(number.value, number.unit + "s", lang)
            except LookupError:
                period = ""
        after = tuple(local(action.label, lang) for action in procedure.actions.values() if name in action.remedies)
        out.append(
            RemedyCard(
                local(remedy.text, lang),
                local(remedy.to.text, lang),
                period,
                cite_words(procedure, remedy.cite, lang),
                after,
            )
        )
    return out


def visibility(procedure: Procedure, names: Sequence[str], lang: str) -> list[SeenRow]:
    """Who can see what is filed, field by field."""
    rows = []
    for name in names:
        field = procedure.fields[name]
        sealed = field.seals is not None
        if sealed:
            who = say("portal-who-sealed", lang)
        else:
            who = say("portal-who-public" if procedure.open_record else "portal-who-public-case", lang)
        if field.retention_months is not None:
            kept = say("portal-who-months", lang, months=field.retention_months)
        else:
            kept = say("portal-who-file", lang)
        rows.append(SeenRow(label_of(field, lang), who, kept))
    return rows


def blindspot_paragraphs(text: str, lang: str) -> list[tuple[str, str]]:
    """The blind spots as kind (`title`, `point`, `words`) and text, in one language.

    The file gives each point in both languages, one after the other; a line with Chinese characters is the Chinese one.
    """
    out: list[tuple[str, str]] = []
    for line in text.splitlines():
        stripped = line.strip()
        if not stripped:
            continue
        if stripped.startswith("#"):
            parts = [part.strip() for part in stripped.lstrip("# ").split(" / ")]
            out.append(("title", next((part for part in parts if _is_chinese(part) == (lang == "zh-Hans")), parts[0])))
            continue
        kind = "point" if stripped.startswith(("- ", "* ")) else ""
        words = _plain(stripped[2:] if kind else stripped)
        if kind or not out or out[-1][0] == "title":
            out.append((kind or "words", ""))
        if _is_chinese(words) == (lang == "zh-Hans"):
            before = out[-1]
            out[-1] = (before[0], before[1] + ("" if lang == "zh-Hans" or not before[1] else " ") + words)
    return [(kind, words) for kind, words in out if words]


def _is_chinese(text: str) -> bool:
    return re.search(r"[\u4e00-\u9fff]", text) is not None


def _plain(text: str) -> str:
    return re.sub(r"[*_`]{1,2}([^*_`]+)[*_`]{1,2}", r"\1", text)


def procedure_page(
    procedure: Procedure, today: date, calendar: Calendar, lang: str, offices: Offices | None = None
) -> ProcedurePage:
    """The whole page of one procedure in one language, with today's dates."""
    return ProcedurePage(
        name=procedure.name,
        title=local(procedure.title, lang),
        about=local(procedure.about, lang),
        hash=procedure.hash,
        in_force=procedure.in_force,
        public=procedure.public,
        steps=tuple(steps(procedure, today, calendar, lang, offices)) if procedure.public else (),
        clocks=tuple(clock_card(procedure, name, today, calendar, lang) for name in procedure.clocks),
        stages=tuple(stage_cards(procedure, lang, offices)),
        remedies=tuple(remedy_cards(procedure, today, lang)),
        visibility=tuple(visibility(procedure, procedure.opening.takes, lang)),
        sources=tuple(
            (
                cite_words(procedure, key, lang)
                + (f"，{source.number}" if source.number and lang == "zh-Hans" else ""),
                source.local,
            )
            for key, source in procedure.sources.items()
        ),
        blindspots=tuple(blindspot_paragraphs(procedure.blindspots, lang)),
    )
