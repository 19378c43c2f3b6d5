"""What will happen under a procedure, before anybody files: its steps, its clocks with a date worked out for today, who can see what.

Everything comes from the procedure's tables, so a new procedure has its page without a line of code. Every date shown is
computed by the engine at the moment it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mingze.accounts.offices import Offices
from mingze.casework import rule_of
from mingze.portal.case_words import outcome_pair
from mingze.portal.citations import cite_words
from mingze.portal.clock_cards import ClockCard, action_names, choices_words, clock_card, lower_first
from mingze.portal.filing_form import label_of
from mingze.portal.procedure_rules import Link, Rule, kept_out, links, published
from mingze.portal.procedure_verdict import Verdict, verdict
from mingze.portal.usual_way import Milestone, usual_way
from mingze.procedure.drawing import diagram, in_words
from mingze.procedure.model import Action, Procedure
from mingze.terms import Calendar, compute
from mingze.words import local, period_words, say

_ANSWERS = {"answered", "done"}
_ARTICLE = re.compile(r"[0-9][0-9()\-]*")


@dataclass(frozen=True)
class Step:
    """One step of the usual way."""

    title: str
    text: str
    end: bool = False


@dataclass(frozen=True)
class ActionLine:
    """One thing that can be done at a stage: who does it where it is not the bearer, on what condition, on which article."""

    title: str
    who: str
    notes: tuple[str, ...]
    cite: str


@dataclass(frozen=True)
class StageCard:
    """A place where a case can rest, who must act there, and what they may do."""

    name: str
    title: str
    bearer: str
    outside: bool
    actions: tuple[ActionLine, ...]
    end: bool


@dataclass(frozen=True)
class RemedyCard:
    """What a person can do against an outcome: where, how long, on which article, and after which outcomes."""

    title: str
    to: str
    period: str
    cite: str
    after: tuple[str, ...]
    opens: str = ""
    after_words: str = ""


@dataclass(frozen=True)
class SeenRow:
    """One kind of content, who can see it, and how long it is kept."""

    what: str
    who: str
    kept: str


@dataclass(frozen=True)
class SourceLine:
    """An instrument the procedure rests on; one whose text could not be read says so, and none of ours looks like law."""

    words: str
    number: str
    local: bool
    pending: bool


@dataclass(frozen=True)
class Door:
    """One way in, as home and the list of procedures show it."""

    name: str
    title: str
    button: str
    about: str
    promise: str


@dataclass(frozen=True)
class ProcedurePage:
    """Everything the page of one procedure shows."""

    name: str
    title: str
    about: str
    hash: str
    in_force: date
    public: bool
    open_record: bool
    steps: tuple[Step, ...]
    clocks: tuple[ClockCard, ...]
    stages: tuple[StageCard, ...]
    remedies: tuple[RemedyCard, ...]
    visibility: tuple[SeenRow, ...]
    kept_out: tuple[Rule, ...]
    published: tuple[Rule, ...]
    links: tuple[Link, ...]
    sources: tuple[SourceLine, ...]
    blindspots: tuple[tuple[str, str], ...]
    verdict: Verdict
    diagram: str
    diagram_words: str


def promise_words(procedure: Procedure, today: date, calendar: Calendar, lang: str) -> str:
    """What filing today leads to, in one or two sentences with dates."""
    way = [step for step in usual_way(procedure, today, calendar) if step.due_on is not None]
    if not way:
        return ""
    first, last = way[0], way[-1]
    act = lower_first(procedure.actions[first.action].label, lang)
    then = lower_first(procedure.actions[last.action].label, lang)
    if len(way) == 1:
        words = say("portal-promise-one", lang, action=act, due=first.due_on)
    elif len(way) == 2 and first.due_on is not None:
        rule, _ = rule_of(procedure, last.clock, first.due_on)
        period = period_words(rule.amount, rule.unit + "s", lang)
        words = say(
            "portal-promise-two", lang, first=act, first_due=first.due_on, then=then, period=period, due=last.due_on
        )
    else:
        words = say("portal-promise-many", lang, first=act, first_due=first.due_on, then=then, due=last.due_on)
    return words + (say("portal-promise-provisional", lang) if last.provisional else "")


def short_promise(procedure: Procedure, today: date, calendar: Calendar, lang: str) -> str:
    """The longest period of a body on the usual way to an answer, in a few words for a table of contents.

    Surprising: it is not the first period of the table. Days to register or to object come before it and are no promise.
    """
    longest: tuple[int, str] | None = None
    for step in usual_way(procedure, today, calendar):
        clock = procedure.clocks.get(step.clock)
        if clock is None or step.due_on is None or clock.borne_by == "person":
            continue
        rule, _ = rule_of(procedure, step.clock, today)
        days = (compute(today, rule, calendar).due_on or today) - today
        if longest is None or days.days > longest[0]:
            period = period_words(rule.amount, rule.unit + "s", lang)
            starts = action_names(procedure, clock.starts[:1], lang)
            longest = (
                days.days,
                say("portal-promise-short", lang, clock=local(clock.text, lang), period=period, starts=starts),
            )
    return longest[1] if longest else ""


def door(procedure: Procedure, today: date, calendar: Calendar, lang: str) -> Door:
    """One procedure as a way in."""
    return Door(
        name=procedure.name,
        title=local(procedure.title, lang),
        button=say("portal-door-button", lang, title=_with_article(procedure, lang)),
        about=local(procedure.about, lang),
        promise=short_promise(procedure, today, calendar, lang),
    )


def _with_article(procedure: Procedure, lang: str) -> str:
    """A matter's name as one files it: "a suggestion", "an enterprise request"."""
    words = lower_first(procedure.title, lang)
    return words if lang != "en" else f"{'an' if words[:1] in 'aeiou' else 'a'} {words}"


def bearer_words(
    procedure: Procedure,
    role: str,
    lang: str,
    offices: Offices | None = None,
    bound: Mapping[str, str] | None = None,
    viewer: str = "",
) -> str:
    """Who a role is, by name if the case or the register of competences says so, else by the role's own words.

    `viewer` is the party who reads the page ("you"); without one it is the party who opens the case.
    """
    if role in procedure.parties:
        you = viewer or next(iter(procedure.parties))
        return say("portal-you", lang) if role == you else local(procedure.parties[role].text, lang)
    declared = procedure.offices.get(role)
    office = (bound or {}).get(role)
    if offices is not None:
        if not office and declared is not None and declared.found_by:
            found = offices.for_function(declared.found_by)
            office = found.id if found else None
        if office and office in offices:
            return local(offices.office(office).short or offices.office(office).name, lang)
    return local(declared.text, lang) if declared is not None else ""


def steps(
    procedure: Procedure, today: date, calendar: Calendar, lang: str, offices: Offices | None = None
) -> list[Step]:
    """The usual way in numbered steps with the latest dates, from filing to the person's own word."""
    out = [Step(say("portal-step-file", lang), say("portal-step-file-more", lang))]
    way = usual_way(procedure, today, calendar)
    for milestone in way:
        who = bearer_words(procedure, milestone.by, lang, offices)
        action = procedure.actions[milestone.action]
        word = "portal-step-due-maybe" if milestone.provisional else "portal-step-due"
        if milestone.by in procedure.parties:
            word = "portal-step-yours"
        text = say(word, lang, due=milestone.due_on) if milestone.due_on else ""
        if text and (other := _refusal(procedure, milestone)):
            joint = "" if lang == "zh-Hans" else " "
            text += joint + say("portal-step-refusal", lang, action=lower_first(procedure.actions[other].label, lang))
        out.append(Step(say("portal-step-office", lang, office=who, action=lower_first(action.label, lang)), text))
    if way and (yours := _your_turn(procedure, way[-1], lang)):
        out.append(yours)
    return out


def _refusal(procedure: Procedure, step: Milestone) -> str:
    """The act that answers against the person in the place of this step, within the same period and open to a remedy; ""
    where there is none. The usual way is the favourable one, and nobody should read it as a promise.
    """
    answer = procedure.actions[step.action]
    return next(
        (
            name
            for name, action in procedure.actions.items()
            if action.adverse
            and action.means == answer.means == "answered"
            and step.stage in action.from_
            and name in procedure.clocks[step.clock].met_by
            and action.remedies
        ),
        "",
    )


def _your_turn(procedure: Procedure, last: Milestone, lang: str) -> Step | None:
    """What the person may do after the answer, in the words of the acts open to them there."""
    stage = procedure.actions[last.action].into or ""
    bearer = procedure.stages[stage].bearer if stage else ""
    if bearer not in procedure.parties:
        return None
    acts = {
        name: action
        for name, action in procedure.actions.items()
        if stage in action.from_ and any(by.partition(".")[0] == bearer for by in action.by)
    }
    if outcome_pair(procedure, acts):
        return Step(say("portal-step-say", lang), say("portal-step-say-more", lang), end=True)
    if not acts:
        return None
    words = choices_words(procedure, acts, lang)
    return Step(say("portal-step-may", lang, actions=words), say("portal-step-may-more", lang), end=True)


def stage_cards(procedure: Procedure, lang: str, offices: Offices | None = None) -> list[StageCard]:
    """Every stage with its bearer and what can be done there."""
    return [
        StageCard(
            name=name,
            title=local(stage.text, lang),
            bearer="" if stage.end else named_role(procedure, stage.bearer, lang, offices),
            outside=stage.bearer in procedure.offices and procedure.offices[stage.bearer].outside,
            actions=tuple(
                action_line(procedure, action, stage.bearer, lang, offices)
                for action in procedure.actions.values()
                if name in action.from_
            ),
            end=stage.end,
        )
        for name, stage in procedure.stages.items()
    ]


def named_role(procedure: Procedure, role: str, lang: str, offices: Offices | None = None) -> str:
    """Who a role is on a page that is nobody's own: a party by its name in the procedure."""
    if role in procedure.parties:
        return local(procedure.parties[role].text, lang)
    return bearer_words(procedure, role, lang, offices)


def action_line(
    procedure: Procedure, action: Action, bearer: str, lang: str, offices: Offices | None = None
) -> ActionLine:
    """One action in words: its condition, how often, that it is adverse and what can be done about it."""
    who = []
    for by in action.by:
        role = by.partition(".")[0]
        if by.startswith("clock "):
            who.append(say("portal-action-clock", lang, clock=local(procedure.clocks[by[6:]].text, lang)))
        elif role != bearer:
            who.append(named_role(procedure, role, lang, offices))
    if any(by.partition(".")[0] == bearer for by in action.by):
        who = []
    comma = "、" if lang == "zh-Hans" else ", "
    notes = []
    if action.when is not None:
        notes.append(say("portal-action-when", lang, condition=local(action.when.text, lang)))
    if action.all_of and len(action.from_) > 1:
        notes.append(say("portal-action-join", lang))
    if action.fork:
        stages = comma.join(local(procedure.stages[stage].text, lang) for stage in action.fork)
        notes.append(say("portal-action-fork", lang, stages=stages))
    if action.at_most is not None:
        notes.append(say("portal-action-at-most", lang, times=action.at_most))
    if action.adverse:
        remedies = comma.join(local(procedure.remedies[name].text, lang) for name in action.remedies)
        word = "portal-action-adverse" if remedies else "portal-action-no-remedy"
        notes.append(say(word, lang, remedies=remedies, why=no_remedy_words(procedure, action, lang)))
    return ActionLine(
        local(action.label, lang),
        comma.join(dict.fromkeys(who)),
        tuple(notes),
        cite_words(procedure, action.cite, lang),
    )


def no_remedy_words(procedure: Procedure, action: Action, lang: str) -> str:
    """Why there is nothing to be done against an adverse act: the article, and the reason its table gives.

    The table writes `source articles 理由 reason`, the Chinese words before the English ones.
    """
    head, *rest = action.no_remedy.replace(":", " ").split() or [""]
    articles = []
    while rest and _ARTICLE.fullmatch(rest[0]):
        articles.append(rest.pop(0))
    reason = " ".join(rest)
    zh = "".join(re.findall(r"^.*[\u3000-\u9fff\uff00-\uffef]", reason))
    said = (zh if lang == "zh-Hans" else reason[len(zh) :].strip()) or reason
    cite = cite_words(procedure, " ".join([head, *articles]), lang)
    return say("portal-reason-cited", lang, reason=said, cite=cite) if said and cite else said or cite


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
                remedy.opens,
                ("”、“" if lang == "zh-Hans" else "”, “").join(after),
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
    procedure: Procedure,
    today: date,
    calendar: Calendar,
    lang: str,
    offices: Offices | None = None,
    procedures: Mapping[str, Procedure] | None = None,
    wait: float | None = None,
) -> ProcedurePage:
    """The whole page of one procedure in one language, with today's dates.

    `procedures` are those it may lead to; `wait` is how many seconds the checker may take before its verdict is left out.
    """
    return ProcedurePage(
        name=procedure.name,
        title=local(procedure.title, lang),
        about=local(procedure.about, lang),
        hash=procedure.hash,
        in_force=procedure.in_force,
        public=procedure.public,
        open_record=procedure.open_record,
        steps=tuple(steps(procedure, today, calendar, lang, offices)) if procedure.public else (),
        clocks=tuple(clock_card(procedure, name, today, calendar, lang) for name in procedure.clocks),
        stages=tuple(stage_cards(procedure, lang, offices)),
        remedies=tuple(remedy_cards(procedure, today, lang)),
        visibility=tuple(visibility(procedure, procedure.opening.takes, lang)),
        kept_out=tuple(kept_out(procedure, lang)),
        published=tuple(published(procedure, lang)),
        links=tuple(links(procedure, procedures or {}, lang)),
        sources=tuple(
            SourceLine(cite_words(procedure, key, lang), source.number, source.local, source.pending_text)
            for key, source in procedure.sources.items()
        ),
        blindspots=tuple(blindspot_paragraphs(procedure.blindspots, lang)),
        verdict=verdict(procedure, lang, wait),
        diagram=diagram(procedure, lang),
        diagram_words=in_words(procedure, lang),
    )
