"""Who must act now in a case, and until when."""

from __future__ import annotations

from dataclasses import dataclass

from mingze.casework.case import Case
from mingze.procedure.model import Procedure


@dataclass(frozen=True, slots=True)
class Duty:
    """Who must act now and until when: one bearer (`office` or `party`) and the clock that ends the wait."""

    stage: str
    role: str
    office: str
    party: str
    clock: str
    due: str | None
    provisional: bool
    outside: bool


def duty(procedure: Procedure, case: Case) -> Duty | None:
    """Who must act now, and the clock that ends the wait; None once the case has ended.

    In a case with branches it is the duty that ends first; `duties` gives all of them. Where several clocks run, the
    one that an action open to the bearer would meet rules; among those the earliest.
    """
    found = duties(procedure, case)
    return min(found, key=lambda each: (each.due is None, each.due or "")) if found else None


def duties(procedure: Procedure, case: Case) -> list[Duty]:
    """Who must act in each branch of an open case: exactly one bearer in each, in the order of the stages; [] once it
    has ended.
    """
    return [_duty_at(procedure, case, stage) for stage in case.stages] if case.open else []


def _duty_at(procedure: Procedure, case: Case, stage: str) -> Duty:
    role = procedure.stages[stage].bearer
    is_party = role in procedure.parties
    office = "" if is_party else case.offices.get(role, "")
    here = {name for name, action in procedure.actions.items() if stage in action.from_}
    running = [state for state in case.clocks.values() if state.running]
    meetable = [state for state in running if here & set(procedure.clocks[state.name].met_by)]
    tied = [state for state in running if procedure.clock_actions.get(state.name) in here]
    pool = meetable or tied or running
    borne = [state for state in pool if (state.borne_by == "person") == is_party] or pool
    clock = min(borne, key=lambda state: (state.due is None, state.due or ""), default=None)
    return Duty(
        stage=stage,
        role=role,
        office=office,
        party=role if is_party else "",
        clock=clock.name if clock else "",
        due=clock.due if clock else None,
        provisional=bool(clock and clock.provisional),
        outside=bool(not is_party and role and procedure.offices[role].outside),
    )
