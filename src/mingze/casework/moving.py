"""Moving a running case to a new version of its procedure: an explicit act that is tried out first, and told.

A case stays on the version it was opened under unless somebody moves it. Nothing that has happened is read otherwise
afterwards: dates that were told stay as they were told, and a running period keeps its rule; only what is possible
from now on comes from the new version. Reading: `docs/readings/new-versions.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mingze.casework.case import Case, ClockState
from mingze.casework.command import Actor, Refused
from mingze.casework.deciding import make_event
from mingze.casework.event import Event
from mingze.casework.standing import circle_of, excluded_offices
from mingze.procedure.model import Procedure
from mingze.terms import Calendar


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason why a case cannot be moved: a `code` (worded as `move-<code>`) and the name it is about."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Move:
    """What moving one case to a new version would change: the result of the dry run, and what the event rests on.

    `stages` pairs where the case rests with where it will; `kept` are the running periods, with the dates that were
    told and stay; `other_rule` those among them whose number or source is another in the new version, which holds for
    periods that begin from now on. `new_actions` and `gone_actions` (and the same of remedies) are names of rows.
    """

    case_id: str
    procedure: str
    old_hash: str
    new_hash: str
    stages: tuple[tuple[str, str], ...]
    kept: tuple[tuple[str, str | None], ...]
    other_rule: tuple[str, ...]
    new_actions: tuple[str, ...]
    gone_actions: tuple[str, ...]
    new_remedies: tuple[str, ...]
    gone_remedies: tuple[str, ...]
    excluded: tuple[str, ...]
    obstacles: tuple[Obstacle, ...]

    @property
    def possible(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.obstacles

    def to_json(self) -> dict[str, Any]:
        """Plain data, for the dry run's list."""
        return {
            "case": self.case_id,
            "procedure": self.procedure,
            "from": self.old_hash,
            "to": self.new_hash,
            "stages": dict(self.stages),
            "clocks_kept": dict(self.kept),
            "clocks_with_another_rule_from_now_on": list(self.other_rule),
            "new_actions": list(self.new_actions),
            "gone_actions": list(self.gone_actions),
            "new_remedies": list(self.new_remedies),
            "gone_remedies": list(self.gone_remedies),
            "excluded": list(self.excluded),
            "obstacles": [{"code": obstacle.code, "name": obstacle.name} for obstacle in self.obstacles],
        }


def plan_move(
    case: Case,
    old: Procedure,
    new: Procedure,
    *,
    stages: Mapping[str, str] | None = None,
    superiors: Mapping[str, str | None] | None = None,
) -> Move:
    """The dry run: what would change for this case, and what stands in the way. Nothing is decided yet.

    `stages` says which stage of the new version takes the place of one that has another name there.
    """
    pairs = tuple((stage, (stages or {}).get(stage, stage)) for stage in case.stages)
    running = [state for state in case.clocks.values() if state.running]
    excluded = tuple(office for office in excluded_offices(new, case.facts, superiors) if office not in case.excluded)
    return Move(
        case_id=case.id,
        procedure=case.procedure,
        old_hash=old.hash,
        new_hash=new.hash,
        stages=pairs,
        kept=tuple((state.name, state.due) for state in running),
        other_rule=tuple(state.name for state in running if _other_rule(old, new, state)),
        new_actions=_only(new.actions, old.actions),
        gone_actions=_only(old.actions, new.actions),
        new_remedies=_only(new.remedies, old.remedies),
        gone_remedies=_only(old.remedies, new.remedies),
        excluded=excluded,
        obstacles=tuple(_obstacles(case, new, dict(pairs), excluded)),
    )


def migrate(
    case: Case,
    old: Procedure,
    new: Procedure,
    actor: Actor,
    now: datetime,
    calendar: Calendar,
    *,
    reason: str,
    authority: str,
    previous: str | None,
    stages: Mapping[str, str] | None = None,
    superiors: Mapping[str, str | None] | None = None,
    posts: Iterable[tuple[str, tuple[str, ...]]] = (),
    idempotency: str = "",
) -> tuple[Event, Move]:
    """The event that moves a case to a new version, told to every party, with what it changes.

    `posts` are those of the authority with their functions, for a version that asks for the smallest circle. Surprising:
    no date in it; every running period goes on under the rule and to the date that people were told.

    Raises: Refused `case_closed`, `already_there`, `other_procedure`, `circle_unnamed`, or `cannot_move` with the obstacles.
    """
    if not case.open:
        raise Refused("case_closed", action="", stage=case.stage, closed_at=case.closed_at)
    if new.name != case.procedure:
        raise Refused("other_procedure", name=new.name)
    if new.hash == case.procedure_hash:
        raise Refused("already_there", hash=new.hash)
    move = plan_move(case, old, new, stages=stages, superiors=superiors)
    if not move.possible:
        found = [(obstacle.code, obstacle.name) for obstacle in move.obstacles]
        raise Refused("cannot_move", obstacles=found, detail=", ".join(f"{code} {name}" for code, name in found))
    event = make_event(
        new, case, actor, now, calendar, authority, case.id, previous,
        type="moved", action="", occurred_at=now, facts={"reason": reason}, offices={}, clocks=(), sealed=(),
        stages=tuple(dict.fromkeys(to for _, to in move.stages)), tell=tuple(new.parties), idempotency=idempotency,
        excluded=move.excluded, moved={"from": case.procedure_hash, "stages": dict(move.stages)},
        circle=None if case.circle else circle_of(new, case.offices, posts, actor),
    )  # fmt: skip
    return event, move


def _only(rows: Mapping[str, Any], others: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name in rows if name not in others)


def _other_rule(old: Procedure, new: Procedure, state: ClockState) -> bool:
    """Whether a period that begins from now on would be another one than the one that runs."""
    if state.name not in new.clocks or state.name not in old.clocks:
        return False
    before, after = old.clocks[state.name], new.clocks[state.name]
    keys = ("limit", "minimum", "backward", "due", "otherwise")
    numbers = [key for key in keys if getattr(before, key) != getattr(after, key)]
    return (
        bool(numbers)
        or before.rolls != after.rolls
        or old.parameters.get(state.parameter) != new.parameters.get(state.parameter)
    )


def _obstacles(case: Case, new: Procedure, stages: Mapping[str, str], excluded: tuple[str, ...]) -> Iterator[Obstacle]:
    """What the new version does not know of what has happened, and where it would leave somebody waiting."""
    for name in case.counts:
        if name not in new.actions:
            yield Obstacle("action_taken_unknown", name)
    for name in case.facts:
        if name not in new.fields:
            yield Obstacle("fact_unknown", name)
    for role, office in case.offices.items():
        if role not in new.offices:
            yield Obstacle("office_unknown", role)
        if office in excluded:
            yield Obstacle("office_would_be_excluded", role)
    for name, state in case.clocks.items():
        if name not in new.clocks:
            yield Obstacle("clock_unknown", name)
        elif state.running and new.clocks[name].borne_by != state.borne_by:
            yield Obstacle("clock_of_another", name)
    for was, to in stages.items():
        if to not in new.stages:
            yield Obstacle("stage_unknown", was)
        elif not new.stages[to].end:
            yield from _waiting(case, new, to)
        else:
            yield Obstacle("stage_is_an_end", was)


def _waiting(case: Case, new: Procedure, stage: str) -> Iterator[Obstacle]:
    """A stage where nobody would have to act, or no running period would end the wait."""
    bearer = new.stages[stage].bearer
    if bearer in new.offices and not case.offices.get(bearer):
        yield Obstacle("bearer_not_bound", stage)
    here = {name for name, action in new.actions.items() if stage in action.from_}
    running = [name for name, state in case.clocks.items() if state.running and name in new.clocks]
    if not any(here & set(new.clocks[name].met_by) or new.clock_actions.get(name) in here for name in running):
        yield Obstacle("wait_without_clock", stage)
