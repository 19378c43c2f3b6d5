"""What must not come too early: a minimum holds what it says, nobody gets round it, and nobody is due before it ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mingze.procedure.finding import PROCEDURE, Finding
from mingze.procedure.model import Clock, DatedNumber, Procedure
from mingze.procedure.walking import Walk, only_clocks

_DAYS = {"hour": (1 / 24, 1 / 24), "calendar_day": (1, 1), "working_day": (1, 4), "month": (28, 31), "year": (365, 366)}
"""The fewest and the most days that one of a unit can be; four a working day even across the longest holiday."""


def minimum_faults(walk: Walk) -> Iterator[Finding]:
    """No way round a minimum or a backward period: what it holds cannot come before it began, nor be reached by
    another action.
    """
    procedure = walk.procedure
    for name, clock in procedure.clocks.items():
        if not clock.minimum and not (clock.backward and clock.holds):
            continue
        at = ("clocks", name)
        if not clock.holds:
            yield Finding("minimum_holds_nothing", PROCEDURE, at, {"clock": name})
            continue
        held = set(clock.holds)
        beyond = {
            stage for action in held for stage in (*procedure.actions[action].fork, procedure.actions[action].into)
        } - {None}
        for state, steps in walk.steps.items():
            if name in state.running:
                around = next(
                    (
                        action
                        for action, to in steps
                        if action not in held
                        and not beyond.isdisjoint(to.stages)
                        and beyond.isdisjoint(state.stages)
                        and not only_clocks(procedure.actions[action])
                    ),
                    None,
                )
            elif clock.minimum:
                around = next((action for action, _ in steps if action in held), None)
            else:  # what a backward period holds is not possible before it was met
                around = None
            if around is not None:
                path = (*walk.paths[state], around)
                yield Finding("minimum_bypassed", PROCEDURE, at, {"clock": name, "action": around}, path)
                break


def minimum_end_faults(procedure: Procedure) -> Iterator[Finding]:
    """A limit that is over when the minimum beside it has run binds somebody to what the same table forbids.

    Only what is certain is refused: both begin with the same act, and the limit cannot be moved.
    """
    minimums = [(name, clock) for name, clock in procedure.clocks.items() if clock.minimum and clock.holds]
    for name, clock in procedure.clocks.items():
        if not clock.limit or not clock.met_by or clock.extended_by or clock.suspended_by or clock.restarted_by:
            continue
        for other, minimum in minimums:
            together = set(clock.starts) <= set(minimum.starts)
            if together and set(clock.met_by) <= set(minimum.holds) and _over_before(procedure, clock, minimum):
                values = {"clock": name, "action": clock.met_by[0], "minimum": other}
                yield Finding("ends_before_minimum", PROCEDURE, ("clocks", name), values)
    for name, clock in procedure.clocks.items():
        if clock.backward and not clock.holds and not clock.met_by:
            yield Finding("backward_binds_nothing", PROCEDURE, ("clocks", name), {"clock": name})


def _over_before(procedure: Procedure, limit: Clock, minimum: Clock) -> bool:
    """Whether on some day a limit and a minimum that begin together end so that the limit is over first."""
    names = (limit.limit or "", minimum.minimum or "")
    days = {row.from_ for name in names for row in procedure.parameters[name[1:]]} | {procedure.in_force}
    for on in sorted(day for day in days if day >= procedure.in_force):
        first, second = (_number_on(procedure, name, on) for name in names)
        if first is None or second is None:
            continue
        if first.unit == second.unit:
            over = first.value <= second.value
        else:
            over = first.value * _DAYS[first.unit][1] <= second.value * _DAYS[second.unit][0]
        if over:
            return True
    return False


def _number_on(procedure: Procedure, reference: str, on: date) -> DatedNumber | None:
    """The number in force on a day; None where there is none yet, which is a fault of its own."""
    try:
        return procedure.parameter_on(reference, on)
    except LookupError:
        return None
