"""The course of one promise in words: its milestones, its parts, what was asked and answered, its evidence, its re-checks.

Every later day stands beside the first. What is late, missing or too much is said; nothing is added up to a score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mingze.accounts.offices import Offices
from mingze.measures.divided import Division
from mingze.measures.promised import Application, Milestone, Objection, Promised
from mingze.measures.values import number_words
from mingze.portal.case_words import office_words, post_words
from mingze.procedure.model import Procedure
from mingze.store.lots import Lot, Recheck
from mingze.store.promises import Part
from mingze.terms import local_day
from mingze.words import date_words, local, say


@dataclass(frozen=True)
class MilestoneLine:
    """One milestone."""

    name: str
    target: str
    due: str
    before: tuple[str, ...]
    state: str
    words: str
    reason: str


@dataclass(frozen=True)
class PartLine:
    """One part: the commitment of another office."""

    number: str
    title: str
    office: str
    target: str
    state: str
    tag: str
    reason: str


@dataclass(frozen=True)
class Turn:
    """Something that was asked or said, with its answer."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Course:
    """The course of one promise."""

    milestones: tuple[MilestoneLine, ...]
    parts: tuple[PartLine, ...]
    sum: str
    sum_differs: bool
    turns: tuple[Turn, ...]
    evidence: str
    rechecks: tuple[str, ...]
    whole: str

    @property
    def shown(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.milestones or self.parts or self.turns or self.whole)


def course(
    promised: Promised,
    procedure: Procedure,
    parts: Sequence[Part],
    reasons: Mapping[str, str],
    division: Division,
    rechecks: Iterable[tuple[Lot, Recheck | None]],
    files: int,
    whole: str,
    offices: Offices,
    today: date,
    lang: str,
) -> Course:
    """The course of a promise.

    Args:
        reasons: the public reason given with each part, by its case.
        files: how many files of evidence its office has handed in.
        whole: the number of the promise it is a part of, "" for one that is whole.
    """
    turns = [
        *(_target_changed(on, str(quantity or "–"), reason, lang) for on, quantity, reason in promised.targets_before),
        *(_application(one, offices, lang) for one in promised.applications),
        *(_objection(one, offices, lang) for one in promised.objections),
    ]
    return Course(
        milestones=tuple(_milestone(one, today, lang) for one in promised.milestones),
        parts=tuple(_part(part, reasons.get(part.case_id, ""), procedure, offices, lang) for part in parts),
        sum=sum_words(division, lang) if parts else "",
        sum_differs=bool(division.gap or division.excess),
        turns=tuple(turns),
        evidence=say(
            "promise-evidence-rule", lang, kind=promised.evidence_kind, most=promised.evidence_most, had=files
        ),
        rechecks=tuple(_recheck(lot, found, offices, lang) for lot, found in rechecks),
        whole=say("promise-part-of", lang, number=whole) if whole else "",
    )


def sum_words(division: Division, lang: str) -> str:
    """How the parts stand to the whole."""

    def told(amount: Decimal) -> str:
        return f"{number_words(amount)}{division.unit}"

    if division.kind != "sum":
        return say(f"promise-parts-{division.kind}", lang)
    if division.gap:
        return say("promise-parts-gap", lang, total=told(division.total), difference=told(division.gap))
    if division.excess:
        return say("promise-parts-excess", lang, total=told(division.total), difference=told(division.excess))
    return say("promise-parts-sum", lang, total=told(division.total))


def _day(on: date | None, lang: str) -> str:
    return date_words(on, lang, weekday=False) if on is not None else "–"


def _milestone(one: Milestone, today: date, lang: str) -> MilestoneLine:
    state = one.state(today)
    return MilestoneLine(
        one.name,
        str(one.quantity) if one.quantity is not None else "",
        _day(one.due_on, lang),
        tuple(say("promise-milestone-before", lang, day=_day(day, lang)) for day in one.before),
        {"reached": "yes", "reached_late": "yes", "passed": "unknown", "ahead": "not-yet"}[state],
        say(f"promise-milestone-{state}", lang, day=_day(one.reached_on, lang))
        if one.reached_on is not None
        else say(f"promise-milestone-{state}", lang),
        say("promise-milestone-reason", lang, reason=one.reason) if one.reason else "",
    )


def _part(part: Part, reason: str, procedure: Procedure, offices: Offices, lang: str) -> PartLine:
    case = part.case
    unit = str(case.facts.get("unit") or "")
    target = case.facts.get("target")
    stage = procedure.stages.get(case.stage)
    late = case.overdue and case.open
    return PartLine(
        part.number,
        str(case.facts.get("title") or ""),
        office_words(offices, part.office, lang),
        f"{target}{unit}" if target is not None else "",
        local(stage.text, lang) if stage is not None else case.stage,
        "late" if late else "now" if case.open else "done",
        say("promise-parts-reason", lang, reason=reason) if reason else "",
    )


def _application(one: Application, offices: Offices, lang: str) -> Turn:
    asked = say(
        "promise-extension-asked", lang, day=_day(one.asked_on, lang), until=_day(one.until_on, lang), reason=one.reason,
        **{"from": _day(one.from_on, lang)},
    )  # fmt: skip
    if one.answer in ("granted", "refused"):
        values = {
            "day": _day(one.answered_on, lang), "who": post_words(offices, one.answered_by, lang),
            "reason": one.answer_reason,
        }  # fmt: skip
        if one.answer == "granted":
            values["until"] = _day(one.granted_until_on, lang)
        answer = say(f"promise-extension-{one.answer}", lang, **values)
    elif one.answer == "taken_back":
        answer = say("promise-extension-taken_back", lang, day=_day(one.answered_on, lang))
    else:
        answer = say(f"promise-extension-{one.answer}", lang)
    return Turn(say("promise-extension", lang), (asked, answer))


def _objection(one: Objection, offices: Offices, lang: str) -> Turn:
    said = say("promise-objection-said", lang, day=_day(one.on, lang), words=one.words)
    if one.answer:
        answer = say(
            "promise-objection-answered", lang, day=_day(one.answered_on, lang),
            who=post_words(offices, one.answered_by, lang), words=one.answer,
        )  # fmt: skip
    else:
        answer = say("promise-objection-taken_back" if one.taken_back else "promise-objection-waiting", lang)
    return Turn(say("promise-objection", lang), (said, answer))


def _target_changed(on: date, target: str, reason: str, lang: str) -> Turn:
    words = say("promise-target-changed", lang, day=_day(on, lang), target=target, reason=reason)
    return Turn(say("portal-promise-indicator", lang), (words,))


def _recheck(lot: Lot, found: Recheck | None, offices: Offices, lang: str) -> str:
    if found is None:
        return say("promise-recheck-waiting", lang, lot=lot.subject)
    return say(
        f"promise-recheck-{found.finding}", lang, day=_day(local_day(found.checked_at), lang),
        office=office_words(offices, found.office, lang), words=found.words,
    )  # fmt: skip
