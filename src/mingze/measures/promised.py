"""What the events of a promise add up to besides its state: its target, its milestones, what was asked and answered.

Every later day or number stands beside the first one; nothing is replaced. Pure: it reads events, in their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, Literal

from mingze.casework.case import Case
from mingze.casework.event import Event
from mingze.measures.divided import SENSES, Target, adds_up, same_unit
from mingze.measures.evidence import EVIDENCE_MOST
from mingze.measures.values import Quantity, amount_of
from mingze.terms import local_day

DEADLINE: Final = "deliver"
"""The clock of the promise itself."""

MILESTONES_MOST: Final = 24
PARTS_MOST: Final = 60

REPORTS: Final = frozenset({"report_progress", "reach_milestone", "report_done"})
"""The acts that say how far the work is, and may give a value."""

SPLIT: Final = "split"

COURSE_FACTS: Final = frozenset({
    "milestone", "milestone_due", "milestone_target", "stricter_reason", "part_title", "part_office", "part_target",
    "part_due", "part_reason", "objection", "answer",
})  # fmt: skip
"""Facts that belong to one milestone, part or answer of many: the last of each says nothing of the promise itself."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A point on the way. `before` are the days it had before it was set again; `reached_on` is when it was reported."""

    name: str
    due_on: date
    quantity: Quantity | None
    reason: str
    office: str
    set_on: date
    n: int
    before: tuple[date, ...] = ()
    reached_on: date | None = None
    reached_n: int = 0

    def state(self, today: date) -> Literal["reached", "reached_late", "passed", "ahead"]:
        """`passed` says only that its day is over and nothing was reported."""
        if self.reached_on is not None:
            return "reached_late" if self.reached_on > self.due_on else "reached"
        return "passed" if self.due_on < today else "ahead"


@dataclass(frozen=True, slots=True)
class Application:
    """An application for more time: asked when and why, from which day to which, and what was answered by whom."""

    asked_on: date
    reason: str
    from_on: date | None
    until_on: date
    answer: Literal["waiting", "granted", "refused", "taken_back", "overtaken"] = "waiting"
    granted_until_on: date | None = None
    answered_on: date | None = None
    answered_by: str = ""
    answer_reason: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """What an office said against a finding, and the answer to it."""

    on: date
    words: str
    finding_n: int
    answer: str = ""
    answered_on: date | None = None
    answered_by: str = ""
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class Promised:
    """Everything of a promise that pages and exports show besides its state."""

    indicator: str
    scope: str
    target: Target
    first_due_on: date | None
    evidence_kind: str
    evidence_most: int
    milestones: tuple[Milestone, ...]
    applications: tuple[Application, ...]
    objections: tuple[Objection, ...]
    reported_on: date | None
    targets_before: tuple[tuple[date, Quantity | None, str], ...]


def target_of(case: Case) -> Target:
    """What a promise is to reach, in its unit, until its present deadline."""
    sense = case.facts.get("sense")
    clock = case.clocks.get(DEADLINE)
    return Target(
        quantity_of(case.facts, "target"),
        clock.due_on if clock is not None else None,
        sense if sense in SENSES else "at_least",
    )


def quantity_of(facts: Mapping[str, Any], name: str, unit: str = "") -> Quantity | None:
    """A number among facts, in the unit the facts state."""
    amount = amount_of(facts.get(name))
    return None if amount is None else Quantity(amount, str(facts.get("unit") or unit))


def evidence_rule(case: Case) -> tuple[str, int]:
    """The kind of evidence declared and the most files, or what holds where nothing is declared."""
    kind = str(case.facts.get("evidence_kind") or "any")
    most = amount_of(case.facts.get("evidence_most"))
    return kind, max(0, int(most)) if most is not None else EVIDENCE_MOST


def last_report_on(case: Case, value_on: date | None = None) -> date | None:
    """The day what is known of a promise is about: that of its last value (in the case, or `value_on` in the register),
    of its report that it is done, or, where a report gave no day, that of the last news. None while nothing was reported.
    """
    stated = case.facts.get("as_of")
    days = [date.fromisoformat(stated)] if isinstance(stated, str) and stated else []
    if value_on is not None:
        days.append(value_on)
    if case.done_at:
        days.append(local_day(datetime.fromisoformat(case.done_at)))
    if not days and REPORTS & case.counts.keys():
        days.append(local_day(datetime.fromisoformat(case.last_at)))
    return max(days, default=None)


def promised(case: Case, events: Iterable[Event]) -> Promised:
    """A promise as its events tell it. Raises ValueError where an event's facts are not those of its action."""
    milestones: dict[str, Milestone] = {}
    applications: list[Application] = []
    objections: list[Objection] = []
    targets: list[tuple[date, Quantity | None, str]] = []
    reported, finding, due, first_due = None, 0, None, None
    stated: dict[str, Any] = {}
    for event in events:
        on = local_day(event.occurred_at)
        facts = event.facts
        for effect in event.clocks:
            if effect["name"] == DEADLINE and effect.get("due"):
                if effect["op"] == "start":
                    first_due = first_due or date.fromisoformat(effect["due"][:10])
                before, due = due, date.fromisoformat(effect["due"][:10])
                if event.action == "extend" and applications:
                    applications[-1] = replace(applications[-1], from_on=before, granted_until_on=due)
        if event.type != "acted":
            continue
        if event.action == "set_indicator" and "target" in stated:
            targets.append((on, quantity_of(stated, "target"), str(facts.get("reason", ""))))
        stated = {**stated, **facts}
        match event.action:
            case "set_milestone":
                name = str(facts["milestone"])
                old = milestones.get(name)
                milestones[name] = Milestone(
                    name, date.fromisoformat(facts["milestone_due"]),
                    quantity_of({**facts, "unit": stated.get("unit", "")}, "milestone_target"),
                    str(facts.get("stricter_reason", "")), event.office, on, event.n,
                    (*old.before, old.due_on) if old is not None else (),
                )  # fmt: skip
            case "reach_milestone" if facts["milestone"] in milestones:
                name = str(facts["milestone"])
                milestones[name] = replace(milestones[name], reached_on=on, reached_n=event.n)
            case "ask_extension":
                until = date.fromisoformat(facts["until"])
                applications.append(Application(on, str(facts["reason"]), due, until))
            case "extend" | "refuse_extension" if applications:
                applications[-1] = replace(
                    applications[-1], answer="granted" if event.action == "extend" else "refused", answered_on=on,
                    answered_by=event.post, answer_reason=str(facts["reason"]),
                )  # fmt: skip
            case "dispute":
                finding = event.n
            case "object":
                objections.append(Objection(on, str(facts["objection"]), finding))
            case "answer_objection" if objections:
                objections[-1] = replace(
                    objections[-1], answer=str(facts["answer"]), answered_on=on, answered_by=event.post
                )
            case "take_back" if applications and applications[-1].answer == "waiting":
                applications[-1] = replace(applications[-1], answer="taken_back", answered_on=on)
            case "take_back" if objections:
                objections[-1] = replace(objections[-1], taken_back=True)
            case _:
                pass
        if event.action in REPORTS:
            reported = on
    if not case.open and applications and applications[-1].answer == "waiting":
        applications[-1] = replace(applications[-1], answer="overtaken")
    kind, most = evidence_rule(case)
    return Promised(
        str(case.facts.get("indicator_name") or ""), str(case.facts.get("scope") or ""), target_of(case), first_due,
        kind, most, tuple(sorted(milestones.values(), key=lambda one: (one.due_on, one.n))), tuple(applications),
        tuple(objections), reported, tuple(targets),
    )  # fmt: skip


def part_targets(whole: Case, parts: Iterable[Case]) -> list[Quantity | None]:
    """The amounts of the parts, in the unit of the whole where a part states none."""
    unit = str(whole.facts.get("unit") or "")
    return [quantity_of(part.facts, "target", unit) for part in parts]


def percent_of(value: Quantity, target: Target) -> int | None:
    """How far a value is on the way to the target, in whole percent, cut off, never above 100; None where a share says
    nothing (nothing to divide by, another unit, a rate, or a target to stay below).
    """
    whole = target.quantity
    if whole is None or target.sense == "at_most" or not same_unit(value, whole) or not adds_up(whole):
        return None
    share, of = value.plain[0], whole.plain[0]
    return None if of <= 0 or share < 0 else min(100, int(share * 100 / of))
