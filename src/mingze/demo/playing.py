"""The year played through the register itself: each step at its moment, each night the pass over what has run out.

The register cannot tell a played year from a lived one: every event is decided, sealed, recorded and logged by the code
that serves people, with a clock that moves from step to step and stops at now. Steps after now are left out: they have
not happened.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Callable, Iterable

from mingze.casework import closed_kinds
from mingze.demo.steps import Act, Call, File, Read, Step
from mingze.jobs import mark_overdue
from mingze.store import Register
from mingze.terms import day_begins_at, local_day

type Progress = Callable[[int, int], None]
"""Told how many days of how many have been played."""


class MovingClock:
    """A clock that somebody moves forward."""

    def __init__(self, at: dt.datetime) -> None:
        self._at = at

    def now(self) -> dt.datetime:
        """Where it was moved to."""
        return self._at

    def move(self, at: dt.datetime) -> None:
        """Go on to this moment; never back."""
        self._at = max(self._at, at)


def play(
    register: Register,
    clock: MovingClock,
    steps: Iterable[Step],
    now: dt.datetime,
    progress: Progress | None = None,
    *,
    resumed: bool = False,
) -> None:
    """Play the steps up to `now`, in the order of their moments; equal steps give an equal register.

    Playing again what was played before adds nothing: every command has a key of its own. A reading has none, so a
    `resumed` play looks whether it was recorded before.
    """
    waiting: list[tuple[dt.datetime, int, Step]] = []
    count = 0

    def expect(more: Iterable[Step]) -> None:
        nonlocal count
        for step in more:
            if step.at <= now:
                heapq.heappush(waiting, (step.at, count, step))
                count += 1

    expect(steps)
    cases: dict[str, str] = {}
    first = local_day(waiting[0][0] if waiting else now)
    days, night, month = (local_day(now) - first).days + 1, first, first.month
    while waiting or night < local_day(now):
        ahead = local_day(waiting[0][0]) if waiting else local_day(now)
        while night < ahead:
            night += dt.timedelta(days=1)
            clock.move(min(day_begins_at(night) + dt.timedelta(minutes=5), now))
            mark_overdue(register)
            if night.month != month:
                month = night.month
                register.publish()
            if progress is not None:
                progress((night - first).days, days)
        if waiting:
            at, _, step = heapq.heappop(waiting)
            clock.move(at)
            expect(_take(register, step, cases, resumed))
    clock.move(now)
    mark_overdue(register)
    register.publish()
    if progress is not None:
        progress(days, days)


def _take(register: Register, step: Step, cases: dict[str, str], resumed: bool) -> Iterable[Step]:
    match step:
        case File():
            cases[step.key] = register.file(
                step.procedure,
                step.fields,
                step.files,
                form_key=form_key(step.key),
                actor=step.actor,
                channel=step.channel,
                occurred_at=step.occurred_at,
            ).case_id
        case Act():
            case_id = step.case_id or cases[step.key]
            register.act(
                case_id,
                step.action,
                step.actor,
                step.fields,
                step.files,
                offices=step.offices,
                idempotency=f"demo/{step.key}/{step.action}/{step.at.isoformat()}",
            )
        case Read():
            if not (resumed and _was_read(register, cases[step.key], step)):
                register.open_slots(
                    cases[step.key], None, step.actor, step.purpose, _open_to(register, cases[step.key], step)
                )
        case Call():
            return step.do(register)
    return ()


def _open_to(register: Register, case_id: str, step: Read) -> list[str]:
    """The slots this post can open without anybody else's word: the matter, and not who it is."""
    file = register.case(case_id)
    slots = [str(sealed["slot"]) for stored in file.events for sealed in stored.event.sealed] if file else []
    kinds = dict.fromkeys(slot.partition(":")[0] for slot in slots)
    closed = closed_kinds(file.procedure, file.case, step.actor, kinds, step.at) if file else ()
    return [slot for slot in slots if slot.partition(":")[0] not in closed]


def _was_read(register: Register, case_id: str, step: Read) -> bool:
    file = register.case(case_id)
    return file is not None and any(stored.event.recorded_at == step.at for stored in file.reads)


def form_key(key: str) -> str:
    """The form key of a demo case: fixed, so that the same instance always derives the same receipt code from it."""
    return f"mingze-demo/{key}"
