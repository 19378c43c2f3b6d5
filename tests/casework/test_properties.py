"""What holds for every procedure and every course of events: replay, refusal, determinism, and offers that tell the truth."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mingze.casework import (
    Actor,
    Case,
    Event,
    Refused,
    decide,
    decode,
    duty,
    encode,
    evolve,
    mark_lapsed,
    offers,
    replay,
)
from mingze.casework.scenario import plain_circle, plain_command
from mingze.procedure import Procedure
from mingze.resources import load_calendar, load_procedures
from mingze.terms import SHANGHAI

PROCEDURES = load_procedures()
CALENDAR = load_calendar()
START = datetime(2026, 2, 2, 9, tzinfo=SHANGHAI)

courses = st.tuples(
    st.sampled_from(sorted(PROCEDURES)),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12)), max_size=14),
    st.one_of(st.none(), st.integers(1, 400)),
)


def walk(procedure: Procedure, picks: list[tuple[int, int]], deadline_days: int | None) -> tuple[Case, list[Event]]:
    """A course of events: at each step time passes, clocks that have run out are marked, and one possible action is taken."""
    at = START
    facts: dict[str, Any] = {}
    if deadline_days is not None and "deadline" in procedure.opening.takes:
        facts = {"with": {"deadline": (START.date() + timedelta(days=deadline_days)).isoformat()}}
    command = plain_command(procedure, None, procedure.opening_name, procedure.opening, facts, at)
    circle = plain_circle(procedure, command)
    events = [decide(procedure, None, command, at, CALENDAR, authority="t", case_id="c", superiors={}, circle=circle)]
    case = evolve(procedure, None, events[0])
    for days, pick in picks:
        at += timedelta(days=days, minutes=1)
        lapsed = mark_lapsed(procedure, case, at, CALENDAR, authority="t", previous=None)
        if lapsed is not None:
            events.append(lapsed)
            case = evolve(procedure, case, lapsed)
        possible = [
            name
            for name, action in procedure.actions.items()
            if case.stage in action.from_ and not action.by[0].startswith("clock")
        ]
        if not possible or not case.open:
            continue
        name = possible[pick % len(possible)]
        step: dict[str, Any] = {}
        if "until" in procedure.actions[name].takes:
            step = {"with": {"until": (at.date() + timedelta(days=30 + days)).isoformat()}}
        try:
            event = decide(
                procedure,
                case,
                plain_command(procedure, case, name, procedure.actions[name], step, at),
                at,
                CALENDAR,
                authority="t",
                case_id="c",
                superiors={},
            )
        except Refused:
            continue
        events.append(event)
        case = evolve(procedure, case, event)
    return case, events


@given(courses)
@settings(deadline=None)
def test_replay_equals_state(course):
    """A case read back from the bytes of its events is the case that was there, to the last clock."""
    name, picks, deadline = course
    procedure = PROCEDURES[name]
    case, events = walk(procedure, picks, deadline)
    assert replay(procedure, [decode(encode(event)) for event in events]) == case
    assert Case.from_json(case.to_json()) == case


@given(courses)
@settings(deadline=None)
def test_equal_inputs_give_equal_bytes(course):
    """The same course decided twice gives the same bytes; nothing depends on order of hashing, time or chance."""
    name, picks, deadline = course
    first, second = (walk(PROCEDURES[name], picks, deadline)[1] for _ in range(2))
    assert [encode(event) for event in first] == [encode(event) for event in second]


@given(courses, st.integers(0, 30))
@settings(deadline=None)
def test_a_refused_command_changes_nothing_and_offers_tell_the_truth(course, who):
    """Whatever an actor is offered is accepted by `decide`, whatever is not offered is refused with the offered reason."""
    name, picks, deadline = course
    procedure = PROCEDURES[name]
    case, _ = walk(procedure, picks, deadline)
    before = case.to_json()
    at = datetime.fromisoformat(case.last_at) + timedelta(minutes=5)
    actors = [Actor("party", party=party) for party in procedure.parties]
    actors += [
        Actor("post", post=f"{role}.{function}", office=case.offices.get(role, role), functions=(function,))
        for role in procedure.offices
        for function in ("clerk", "handler", "head")
    ]
    actor = actors[who % len(actors)]
    for offer in offers(procedure, case, actor, at):
        step = (
            {"with": {"until": (at.date() + timedelta(days=900)).isoformat()}} if "until" in offer.action.takes else {}
        )
        plain = plain_command(procedure, case, offer.name, offer.action, step, at)
        command = type(plain)(plain.action, actor, plain.facts, plain.sealed, plain.offices, plain.idempotency)
        try:
            event = decide(
                procedure, case, command, at, CALENDAR, authority="t", case_id="c", superiors={},
                opens="linked" if offer.action.opens else "",
            )  # fmt: skip
        except Refused as refused:
            assert offer.why is not None and refused.code == offer.why.code
            assert case.to_json() == before
        else:
            assert offer.allowed and event.n == case.n + 1


@given(courses)
@settings(deadline=None)
def test_no_case_waits_without_a_bearer_and_a_clock(course):
    """Wherever a course leads, an open case has exactly one bearer and a running clock that its duty names."""
    name, picks, deadline = course
    procedure = PROCEDURES[name]
    case, _ = walk(procedure, picks, deadline)
    now = duty(procedure, case)
    if case.open:
        assert now is not None and bool(now.office) != bool(now.party)
        assert now.clock and case.clocks[now.clock].running
    else:
        assert now is None and not any(clock.running for clock in case.clocks.values())


@given(courses)
@settings(deadline=None)
def test_personal_text_never_stands_in_an_event(course):
    """An event holds public facts and commitments; no key for names, contacts or narratives exists in it."""
    name, picks, deadline = course
    procedure = PROCEDURES[name]
    _, events = walk(procedure, picks, deadline)
    sealed = {field_name for field_name, field in procedure.fields.items() if field.seals}
    for event in events:
        assert not sealed & set(event.facts)
        assert all(set(slot) == {"slot", "party", "commitment"} for slot in event.sealed)
