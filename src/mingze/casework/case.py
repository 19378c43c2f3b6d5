"""One matter under one procedure: what its events add up to.

`evolve` needs neither calendar nor clock: every event carries the dates that were computed when it was decided, so a
case read back in ten years shows the dates that people were told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct, convert, field, json
from msgspec.structs import replace

from mingze.casework.event import Event
from mingze.procedure.model import Procedure


class ClockState(Struct, frozen=True, gc=False):
    """A running or finished period of a case. It owns its dates; people only add events.

    `due` is an ISO day, or an instant for a period in hours; None while a suspension runs. `raw` is the end before
    any roll, `rolled` the day a rolled reading would give (information). `provisional`: the date depends on a day no
    official calendar covers yet.
    """

    name: str
    borne_by: str
    started_on: str
    due: str | None
    raw: str | None
    rolled: str | None
    provisional: bool
    rule: Mapping[str, Any]
    events: tuple[Mapping[str, Any], ...] = ()
    parameter: str = ""
    met_at: str | None = None
    late: bool = False
    lapsed_on: str | None = None
    stopped: bool = False

    @property
    def running(self) -> bool:
        """Whether the period still waits for something."""
        return self.met_at is None and not self.stopped

    @property
    def due_on(self) -> date | None:
        """The last day on which the act is in time."""
        return None if self.due is None else date.fromisoformat(self.due[:10])

    @property
    def started(self) -> date:
        """The day the period started; it is never day one."""
        return date.fromisoformat(self.started_on[:10])


class Case(Struct, frozen=True, gc=False):
    """The present state of one matter.

    `done_at` (the office says so), `verified_at` (a different office says so) and `outcome` (the person says `solved`
    or `unsolved`) are three facts and are never folded into one.

    `follows` is the case this one was opened from, `links` those opened from it (each with `procedure`, `case`, the
    `action` and its `n`). `excluded` offices and `recused` posts can neither act nor read. `opened_by` is the party
    for whom the case was opened, `invited` are those who got a code of their own later. Of the `erased` parties nothing sealed can be
    read any more; that of the `stopped` is kept until a day and not used. `circle` are the only posts that know of the
    case, where its procedure has one; `requests` to open what needs somebody else's word, with their answers; `deferred`
    the lawful reasons for which the person is shown later who has read.
    """

    authority: str
    id: str
    procedure: str
    procedure_hash: str
    stages: tuple[str, ...]
    n: int
    open: bool
    opened_at: str
    last_at: str
    offices: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    clocks: Mapping[str, ClockState] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    seen: Mapping[str, int] = field(default_factory=dict)
    closed_at: str | None = None
    answered_at: str | None = None
    done_at: str | None = None
    verified_at: str | None = None
    outcome: str | None = None
    outcome_at: str | None = None
    overdue: bool = False
    opened_by: str = ""
    follows: Mapping[str, Any] | None = None
    links: tuple[Mapping[str, Any], ...] = ()
    excluded: tuple[str, ...] = ()
    recused: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()
    erased: tuple[str, ...] = ()
    stopped: Mapping[str, str] = field(default_factory=dict)
    circle: Mapping[str, str] = field(default_factory=dict)
    requests: tuple[Mapping[str, Any], ...] = ()
    deferred: tuple[Mapping[str, Any], ...] = ()

    @property
    def stage(self) -> str:
        """Where the case rests (of a case without parallel branches: its only stage)."""
        return self.stages[0]

    def to_json(self) -> dict[str, Any]:
        """Plain data for the projection."""
        return json.decode(json.encode(self))

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Case:
        """The case of plain data made by `to_json`. Raises msgspec.ValidationError for anything else."""
        return convert(data, cls)

    def to_bytes(self) -> bytes:
        """The same data as JSON in UTF-8, in one step."""
        return json.encode(self)

    @classmethod
    def from_bytes(cls, data: bytes | str) -> Case:
        """The case of what `to_bytes` made. Raises msgspec.ValidationError for anything else."""
        return json.decode(data, type=cls)


def open_suspension(events: Sequence[Mapping[str, Any]]) -> int | None:
    """The place of the suspension that still runs; a restart has ended one before it."""
    for place in range(len(events) - 1, -1, -1):
        if events[place]["type"] == "restart":
            return None
        if events[place]["type"] == "suspend" and events[place]["to"] is None:
            return place
    return None


def with_happened(
    events: Sequence[Mapping[str, Any]], op: str, happened: Mapping[str, Any]
) -> tuple[Mapping[str, Any], ...]:
    """What has happened to a period, with one thing more: a resumption ends the suspension that runs."""
    opened = open_suspension(events) if op == "resume" else None
    if opened is None:
        return (*events, happened)
    return (*events[:opened], happened, *events[opened + 1 :])


def _start(clock: ClockState | None, effect: Mapping[str, Any]) -> ClockState:
    return ClockState(
        name=effect["name"],
        borne_by=effect["borne_by"],
        started_on=effect["on"],
        due=effect["due"],
        raw=effect["raw"],
        rolled=effect["rolled"],
        provisional=effect["provisional"],
        rule=effect["rule"],
        parameter=effect["parameter"],
    )


def _redate(clock: ClockState | None, effect: Mapping[str, Any]) -> ClockState:
    """Extend, suspend, resume, restart, settle: new dates, and the thing that happened kept beside them."""
    assert clock is not None
    happened = effect.get("event")
    events = with_happened(clock.events, effect["op"], happened) if happened else clock.events
    return replace(
        clock,
        due=effect["due"],
        raw=effect["raw"],
        rolled=effect["rolled"],
        provisional=effect["provisional"],
        events=events,
        lapsed_on=None if effect["op"] in ("extend", "restart") else clock.lapsed_on,
    )


def _meet(clock: ClockState | None, effect: Mapping[str, Any]) -> ClockState:
    assert clock is not None
    return replace(clock, met_at=effect["at"], late=effect["late"])


def _reopen(clock: ClockState | None, effect: Mapping[str, Any]) -> ClockState:
    """What had met the clock did not stand; the period and its dates are the ones there were."""
    assert clock is not None
    return replace(clock, met_at=None, late=False)


def _lapse(clock: ClockState | None, effect: Mapping[str, Any]) -> ClockState:
    assert clock is not None
    return replace(clock, lapsed_on=effect["on"])


def _stop(clock: ClockState | None, effect: Mapping[str, Any]) -> ClockState:
    assert clock is not None
    return replace(clock, stopped=True)


EFFECTS = {
    "start": _start,
    "extend": _redate,
    "suspend": _redate,
    "resume": _redate,
    "restart": _redate,
    "settle": _redate,
    "meet": _meet,
    "reopen": _reopen,
    "lapse": _lapse,
    "stop": _stop,
}
"""What each clock effect in an event does to the clock's state."""

MEANINGS: Mapping[str, Mapping[str, str | None]] = {
    "answered": {"answered_at": "at", "outcome": None, "outcome_at": None},
    "done": {"done_at": "at", "verified_at": None},
    "verified": {"verified_at": "at"},
    "not_verified": {"done_at": None, "verified_at": None},
    "solved": {"outcome": "solved", "outcome_at": "at"},
    "unsolved": {"outcome": "unsolved", "outcome_at": "at"},
}
"""What each fact an action can establish writes into the case; "at" stands for the time it occurred."""


def _overdue(clocks: Mapping[str, ClockState]) -> bool:
    """Whether an office or a body outside owes an act whose day has passed; what a person lets pass is nobody's delay."""
    return any(clock.running and clock.lapsed_on and clock.borne_by != "person" for clock in clocks.values())


REQUEST_FACTS = ("kinds", "purpose", "stage", "to", "to_post", "until", "hand")
"""What a case keeps of a request beside who asked; the reason stays in the event."""


def _requests(case: Case, event: Event) -> tuple[Mapping[str, Any], ...]:
    """The requests of a case after one was made or answered."""
    if event.type == "asked":
        kept = {key: event.facts[key] for key in REQUEST_FACTS if key in event.facts}
        return (*case.requests, {"n": event.n, "post": event.post, "office": event.office, "state": "asked", **kept})
    said = {"state": event.type, "by": event.post}
    if event.type == "approved":
        said["open_until"] = event.facts["until"]
    return tuple({**one, **said} if one["n"] == event.facts["asked"] else one for one in case.requests)


def evolve(procedure: Procedure, case: Case | None, event: Event) -> Case:
    """The case after an event.

    Surprising: an unknown clock effect is an error, never skipped; a fact nobody understands must not look like no
    fact.
    """
    at = event.occurred_at.isoformat()
    if case is None:
        case = Case(
            authority=event.authority,
            id=event.case,
            procedure=event.procedure["name"],
            procedure_hash=event.procedure["hash"],
            stages=tuple(event.stages),
            n=0,
            open=True,
            opened_at=at,
            last_at=at,
            opened_by=_opened_by(procedure, event),
            follows=event.follows,
            excluded=tuple(event.excluded),
            circle=event.circle or {},
        )
    clocks = case.clocks
    if event.clocks:
        clocks = dict(clocks)
        for effect in event.clocks:
            clocks[effect["name"]] = EFFECTS[effect["op"]](clocks.get(effect["name"]), effect)
    if event.type != "acted":
        changes: dict[str, Any] = {"n": event.n, "clocks": clocks}
        if event.type == "lapsed":
            changes["overdue"] = _overdue(clocks)
        elif event.type == "erased":
            changes["erased"] = (*case.erased, event.facts["party"])
        elif event.type == "stopped":
            changes["stopped"] = {**case.stopped, event.facts["party"]: event.facts["until"]}
        elif event.type == "moved":
            changes |= {"procedure_hash": event.procedure["hash"], "stages": tuple(event.stages)}
            changes |= {"last_at": at, "excluded": (*case.excluded, *event.excluded)}
            changes["circle"] = event.circle or case.circle
        elif event.type in ("asked", "approved", "refused"):
            changes["requests"] = _requests(case, event)
        elif event.type == "deferred":
            kept = {key: event.facts[key] for key in ("basis", "until")}
            changes["deferred"] = (*case.deferred, {"n": event.n, **kept})
        return replace(case, **changes)
    action = procedure.actions[event.action]
    counts = {**case.counts, event.action: case.counts.get(event.action, 0) + 1}
    stages = tuple(event.stages)
    ended = all(procedure.stages[stage].end for stage in stages)
    changes = {
        "n": event.n,
        "clocks": clocks,
        "counts": counts,
        "seen": {**case.seen, event.action: event.n},
        "stages": stages,
        "last_at": at,
        "open": not ended,
        "closed_at": (at if case.open else case.closed_at) if ended else None,
        "overdue": _overdue(clocks),
    }
    if event.facts:
        changes["facts"] = {**case.facts, **event.facts}
    if event.offices:
        changes["offices"] = {**case.offices, **event.offices}
    if event.opens:
        changes["links"] = (*case.links, {**event.opens, "action": event.action, "n": event.n})
    if event.recused and event.recused not in case.recused:
        changes["recused"] = (*case.recused, event.recused)
    if event.invites and event.invites not in case.invited:
        changes["invited"] = (*case.invited, event.invites)
    if action.means:
        changes.update({key: at if value == "at" else value for key, value in MEANINGS[action.means].items()})
    return replace(case, **changes)


def _opened_by(procedure: Procedure, event: Event) -> str:
    """The party for whom a case was opened: who filed it, or for whom an office wrote down what they said."""
    given = event.actor.get("party", "")
    return given or next((by for by in procedure.opening.by if by in procedure.parties), "")


def replay(procedure: Procedure, events: Iterable[Event], versions: Mapping[str, Procedure] | None = None) -> Case:
    """The case that a sequence of events adds up to; the projection must equal it.

    Surprising: a case that was moved to a new version has events of both; `versions` gives the procedures by hash.

    Raises: ValueError when there is no event.
    """
    case: Case | None = None
    for event in events:
        version = versions.get(event.procedure["hash"], procedure) if versions else procedure
        case = evolve(version, case, event)
    if case is None:
        raise ValueError("no events")
    return case


def at_of(text: str) -> datetime:
    """An instant as the case keeps it."""
    return datetime.fromisoformat(text)
