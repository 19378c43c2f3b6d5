"""What holds for a promise beside its procedure's table, and how a promise is divided among offices.

    a report with a value   the number goes into the register of values, or agrees with the one that is there
    evidence                no more and no other files than its indicator declares
    a milestone, a part     may be stricter than the promise, or not add up to it, only with a public reason

Each rule is asked inside the transaction of the act, after the form and before the procedure decides, so that no face
and no program can go round it. The parts of a promise are commitments of their own, opened by the act that splits them
off; dividing a promise into several at once is one transaction, in which the sum counts only at the end.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from mingze.casework import Actor, Case, Command, Event, Refused, decode
from mingze.measures.divided import Division, Target, divided, stricter_milestone, stricter_part
from mingze.measures.evidence import evidence_refused
from mingze.measures.promised import (
    DEADLINE,
    MILESTONES_MOST,
    PARTS_MOST,
    REPORTS,
    SPLIT,
    Promised,
    evidence_rule,
    part_targets,
    promised,
    quantity_of,
    target_of,
)
from mingze.measures.values import Quantity, number_words
from mingze.procedure import Procedure
from mingze.store.connection import Write
from mingze.store.fields import Entered, check_form
from mingze.store.recording import Draft, Held, Known, open_event
from mingze.terms import local_day

if TYPE_CHECKING:
    from mingze.store.register import CaseFile, Filed, Register

PROCEDURE: Final = "commitment"

OLD_AFTER: Final = "$old_after_days"
"""The number that says after how many days without news a promise is not known."""


@dataclass(frozen=True)
class Part:
    """A part of a promise: the commitment of another office."""

    case_id: str
    number: str
    case: Case

    @property
    def office(self) -> str:
        """Who answers for it."""
        return self.case.offices.get("lead_office", "")


@dataclass(frozen=True)
class PartWanted:
    """A part that is to be split off. Without a day it is due when the promise is."""

    office: str
    title: str
    target: object = None
    due_on: date | None = None
    reason: str = ""


class Promises:
    """The promises of one register."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._rules: Mapping[str, Callable[[Asked], None]] = {
            "set_milestone": self._milestone,
            "reach_milestone": self._reached,
            SPLIT: self._part,
        }

    # -- reading -------------------------------------------------------------------------------------------------

    def promised(self, found: CaseFile) -> Promised:
        """What the events of a promise add up to besides its state."""
        return promised(found.case, [stored.event for stored in found.events])

    def parts(self, case: Case) -> tuple[Part, ...]:
        """The parts of a promise, in the order in which they were split off."""
        out = []
        for link in case.links:
            found = self._register.case(link["case"]) if link["action"] == SPLIT else None
            if found is not None:
                out.append(Part(link["case"], found.number, found.case))
        return tuple(out)

    def division(self, case: Case, parts: Sequence[Part]) -> Division:
        """How the parts stand to the whole; withdrawn ones do not count."""
        live = [part.case for part in parts if part.case.stage != "withdrawn"]
        return divided(quantity_of(case.facts, "target"), part_targets(case, live))

    def whole_of(self, case: Case) -> CaseFile | None:
        """The promise a part was split off from; None for one that is whole."""
        if not case.follows or case.follows["action"] != SPLIT:
            return None
        return self._register.case(case.follows["case"])

    def old_after_days(self, today: date, otherwise: int = 90) -> int:
        """After how many calendar days without news a promise is not known, by the procedure in force."""
        procedure = self._register.procedures.get(PROCEDURE)
        try:
            return procedure.parameter_on(OLD_AFTER, today).value if procedure is not None else otherwise
        except LookupError:
            return otherwise

    # -- dividing ------------------------------------------------------------------------------------------------

    def divide(self, case_id: str, wanted: Sequence[PartWanted], actor: Actor, *, idempotency: str) -> list[Filed]:
        """Split off several parts at once; either all of them become commitments or none. The sum is looked at with
        all of them there. The same key again answers with the same parts.

        Raises Refused as `split` does, and `parts_none`; Invalid for a part that does not fit the form.
        """
        from mingze.store.register import Filed, NextCase

        if not wanted:
            raise Refused("parts_none")
        register = self._register
        procedure = register.procedure_version(PROCEDURE, self._case(case_id).procedure_hash)
        if SPLIT not in procedure.actions:
            raise Refused("unknown_action", action=SPLIT)
        child = register.procedures[PROCEDURE]
        forms = [check_form(procedure, procedure.actions[SPLIT], _form(part), (), register.offices) for part in wanted]

        def work(draft: Draft) -> list[Known]:
            held = draft.held(case_id)
            if held is None:
                raise Refused("unknown_case")
            keys = [f"{case_id}/divide/{idempotency}/{place}" for place in range(len(forms))]
            answered = [held.answers[key] for key in keys if key in held.answers]
            if answered:
                return answered
            self._sum(draft, held, [form.facts for form in forms], SPLIT)
            for form, key in zip(forms, keys, strict=True):
                held = draft.held(case_id) or held
                command = Command(SPLIT, actor, form.facts, (), {}, key)
                self._stricter_part(held.case, form.facts)
                made = NextCase(child, secrets.token_hex(16), Entered({}, {}, (), ""), None, (), "", "")
                answered.append(register.act_and_open(draft, procedure, held, command, (), made))
            return answered

        done = {known.n for known in register.submit(work, case_id=case_id, alone=True)}
        whole = self._case(case_id)
        filed = []
        for link in whole.links:
            if link["n"] in done:
                opened = register.case(link["case"])
                assert opened is not None
                filed.append(Filed(link["case"], opened.number, "", 1, opened.events[0].leaf_index, False))
        return filed

    def _case(self, case_id: str) -> Case:
        found = self._register.case(case_id)
        if found is None or found.case.procedure != PROCEDURE:
            raise Refused("unknown_case")
        return found.case

    # -- inside the transaction of an act ------------------------------------------------------------------------

    def concerns(self, procedure: Procedure, action: str, entered: Entered) -> bool:
        """Whether an act needs a transaction of its own, because it looks at rows that another act may write."""
        return procedure.name == PROCEDURE and (
            action in self._rules or "value" in entered.facts or bool(entered.files)
        )

    def before(
        self, draft: Draft, procedure: Procedure, held: Held, command: Command, entered: Entered
    ) -> Callable[[int], Sequence[Write]]:
        """Hold an act of a promise against its rules; what it gives back are the rows to write beside event n.

        Raises Refused `milestone_unknown`, `milestone_after_deadline`, `milestones_full`, `stricter_without_reason`,
        `parts_differ`, `parts_other_unit`, `parts_full`, `evidence_not_needed`, `evidence_full`, `evidence_other_kind`,
        `value_exists`, `value_in_future`.
        """
        asked = Asked(draft, procedure, held, command, entered)
        rule = self._rules.get(command.action)
        if rule is not None and command.action in procedure.actions:
            rule(asked)
        if entered.files:
            self._evidence(asked)
        return self._value(asked)

    def _evidence(self, asked: Asked) -> None:
        declared = [name for name in asked.procedure.actions[asked.command.action].takes if name == "evidence"]
        names = [file.name for file in asked.entered.files if file.field in declared]
        if not names:
            return
        acts = [name for name, action in asked.procedure.actions.items() if "evidence" in action.takes]
        marks = ", ".join("?" * len(acts))
        sql = (
            "SELECT count(*) FROM slot s JOIN event e ON e.authority = s.authority AND e.case_id = s.case_id AND e.n = s.n"
            f" WHERE s.authority = ? AND s.case_id = ? AND s.slot LIKE ? AND e.action IN ({marks})"
        )
        values = (self._register.authority, asked.case.id, "attachment%", *acts)
        had = asked.draft.connection.execute(sql, values).fetchone()[0]
        kind, most = evidence_rule(asked.case)
        refused = evidence_refused(kind, most, had, names)
        if refused is not None:
            raise Refused(
                refused.code, action=asked.command.action, most=refused.most, had=refused.had,
                kind=refused.kind, name=refused.name, field="evidence",
            )  # fmt: skip

    def _value(self, asked: Asked) -> Callable[[int], Sequence[Write]]:
        facts = asked.command.facts
        name = str(asked.case.facts.get("indicator_name") or "")
        number = quantity_of({**facts, "unit": asked.case.facts.get("unit", "")}, "value")
        if asked.command.action not in REPORTS or number is None or not name:
            return lambda n: ()
        now = self._register.now_of(asked.case)
        at = asked.command.occurred_at or now
        stated = facts.get("as_of")
        as_of = date.fromisoformat(stated) if stated else local_day(at)
        if as_of > local_day(now):
            raise Refused("value_in_future", on=as_of.isoformat(), action=asked.command.action, field="as_of")
        scope = str(asked.case.facts.get("scope") or "")
        values, actor = self._register.values, asked.command.actor
        if values.known(asked.draft.connection, name, scope, as_of, number) is not None:
            return lambda n: ()
        source = str(facts.get("source") or asked.held.number)
        return lambda n: (values.row(name, scope, as_of, number, source, asked.case.id, n, actor, now),)

    def _milestone(self, asked: Asked) -> None:
        facts, case = asked.command.facts, asked.case
        events = self._events(asked.draft, case.id)
        known = promised(case, events).milestones
        if len(known) >= MILESTONES_MOST and facts.get("milestone") not in {one.name for one in known}:
            raise Refused("milestones_full", action=asked.command.action, most=MILESTONES_MOST)
        clock = case.clocks.get(DEADLINE)
        due = date.fromisoformat(str(facts["milestone_due"]))
        if clock is not None and clock.due_on is not None and due > clock.due_on:
            raise Refused(
                "milestone_after_deadline", action=asked.command.action, until=due.isoformat(),
                due=clock.due_on.isoformat(), field="milestone_due",
            )  # fmt: skip
        target = Target(quantity_of({**facts, "unit": case.facts.get("unit", "")}, "milestone_target"), due)
        found = stricter_milestone(target, target_of(case))
        if found and not facts.get("stricter_reason"):
            raise Refused("stricter_without_reason", action=asked.command.action, how=found[0], field="stricter_reason")

    def _reached(self, asked: Asked) -> None:
        names = [one.name for one in promised(asked.case, self._events(asked.draft, asked.case.id)).milestones]
        if asked.command.facts.get("milestone") not in names:
            raise Refused(
                "milestone_unknown", action=asked.command.action, field="milestone",
                milestone=str(asked.command.facts.get("milestone", "")), known=names or ["–"],
            )  # fmt: skip

    def _part(self, asked: Asked) -> None:
        self._stricter_part(asked.case, asked.command.facts)
        self._sum(asked.draft, asked.held, [asked.command.facts], asked.command.action)

    @staticmethod
    def _stricter_part(case: Case, facts: Mapping[str, Any]) -> None:
        due = date.fromisoformat(str(facts["part_due"])) if facts.get("part_due") else None
        part = Target(quantity_of({**facts, "unit": case.facts.get("unit", "")}, "part_target"), due)
        found = stricter_part(part, target_of(case))
        if found and not facts.get("part_reason"):
            raise Refused("stricter_without_reason", action=SPLIT, how=found[0], field="part_reason")

    def _sum(self, draft: Draft, held: Held, wanted: Sequence[Mapping[str, Any]], action: str) -> None:
        """Whether what is there and what is wanted add up to the whole, or a reason says why not."""
        case = held.case
        there = [
            part.case
            for link in case.links
            if link["action"] == SPLIT and (part := draft.held(link["case"])) and part.case.stage != "withdrawn"
        ]
        if len(there) + len(wanted) > PARTS_MOST:
            raise Refused("parts_full", action=action, most=PARTS_MOST)
        unit = str(case.facts.get("unit") or "")
        amounts: list[Quantity | None] = [
            *part_targets(case, there),
            *(quantity_of({**facts, "unit": unit}, "part_target") for facts in wanted),
        ]
        found = divided(quantity_of(case.facts, "target"), amounts)
        if found.other_units:
            raise Refused("parts_other_unit", action=action, unit=found.unit, field="part_target")
        if not found.comes_out and not any(facts.get("part_reason") for facts in wanted):
            raise Refused(
                "parts_differ", action=action, total=_told(found.total, found.unit), field="part_reason",
                target=_told(found.total + found.gap - found.excess, found.unit), way="gap" if found.gap else "excess",
                difference=_told(found.gap or found.excess, found.unit),
            )  # fmt: skip

    def _events(self, draft: Draft, case_id: str) -> list[Event]:
        vault = self._register.vault
        return [
            decode(open_event(vault, case_id, n, key_id, bytes(sealed))[1])
            for n, _, _, sealed, key_id in draft.events_after(case_id, 0)
        ]


@dataclass(frozen=True)
class Asked:
    """An act of a promise that is to be held against the rules."""

    draft: Draft
    procedure: Procedure
    held: Held
    command: Command
    entered: Entered

    @property
    def case(self) -> Case:
        """The promise as it is before the act."""
        return self.held.case


def _told(amount: Decimal, unit: str) -> str:
    return f"{number_words(amount)}{unit}"


def _form(part: PartWanted) -> dict[str, Any]:
    due = part.due_on.isoformat() if part.due_on is not None else ""
    return {
        "part_title": part.title, "part_office": part.office, "part_target": part.target, "part_due": due,
        "part_reason": part.reason,
    }  # fmt: skip
