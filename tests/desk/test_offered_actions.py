"""What the desk offers is what the engine accepts: every procedure, every stage, every post."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from mingze.accounts.offices import read_offices
from mingze.casework import Actor, Case, Refused, circle_of, decide, evolve
from mingze.casework.scenario import plain_command
from mingze.desk.offered_actions import asked, office_choices, panel
from mingze.procedure.model import Procedure
from mingze.resources import load_calendar, load_procedures
from mingze.words import LANGUAGES
from tests.outside import NOW

PROCEDURES = load_procedures()
CALENDAR = load_calendar()


def offices() -> Any:
    """The fictional district's register of competences."""
    return read_offices((Path(__file__).parents[2] / "src/mingze/accounts/authority.yaml").read_text(encoding="utf-8"))


OFFICES = offices()
SUPERIORS = {office.id: office.superior for office in OFFICES}
TYPED = {"opens_a_case", "date_too_soon", "date_not_stated", "extension_not_later", "must_differ", "excluded_office"}
"""Refusals of what was typed, or of what only the store can do: the form itself was rightly offered."""


def those_concerned(case: Case) -> list[Any]:
    """The posts of every office with a part in the case, and one of an office with none."""
    inside = [post for post in OFFICES.posts if post.office in case.offices.values()]
    return inside + [post for post in OFFICES.posts if post.office not in case.offices.values()][:1]


def bound(procedure: Procedure, name: str) -> dict[str, str]:
    """Real offices for the roles an action binds, and at the opening for those found by function."""
    action = procedure.actions[name]
    found: dict[str, str] = {}

    def apart(role: str) -> set[str | None]:
        return {found.get(b if a == role else a) for a, b in procedure.apart if role in (a, b)}

    if not action.from_:
        for role, told in procedure.offices.items():
            if told.found_by:
                able = [office.id for office in OFFICES if told.found_by in office.functions]
                found[role] = next((office for office in able if office not in apart(role)), able[0])
    for role in action.binds:
        found[role] = next(
            office for office in office_choices(procedure, None, role, OFFICES) if office not in apart(role)
        )
    return found


def given(procedure: Procedure, name: str) -> dict[str, str]:
    """What a plain filling-in cannot know: a new deadline, or a day something must come before, lies far ahead."""
    wanted = {"until"} | {clock.counts_from for clock in procedure.clocks.values() if clock.counts_from}
    return {field: "2029-12-31" for field in procedure.actions[name].takes if field in wanted}


def take(procedure: Procedure, case: Case | None, name: str, step: int) -> Case:
    """The case after one action, taken by whoever may."""
    at = NOW + timedelta(minutes=step)
    command = plain_command(
        procedure,
        case,
        name,
        procedure.actions[name],
        {"offices": bound(procedure, name), "with": given(procedure, name)},
        at,
    )
    posts = [(post.id, post.functions) for post in OFFICES.posts]
    event = decide(
        procedure, case, command, at, CALENDAR, authority="test", case_id="test", superiors=SUPERIORS,
        circle=circle_of(procedure, command.offices, posts, command.actor) if case is None else None,
    )  # fmt: skip
    return evolve(procedure, case, event)


@cache
def reached(name: str) -> tuple[Case, ...]:
    """The cases of a procedure, walked once."""
    return tuple(reachable(PROCEDURES[name]))


def reachable(procedure: Procedure) -> Iterator[Case]:
    """One case for each stage and each last action into it, by walking the procedure."""
    seen: set[Any] = set()
    waiting = [take(procedure, None, procedure.opening_name, 0)]
    while waiting:
        case = waiting.pop(0)
        state = (case.stages, max(case.seen, key=lambda name: case.seen[name]))
        if state in seen:
            continue
        seen.add(state)
        yield case
        for name, action in procedure.actions.items():
            if action.from_ and not action.by[0].startswith("clock ") and case.open:
                try:
                    waiting.append(take(procedure, case, name, case.n))
                except Refused:
                    continue


@pytest.mark.parametrize("name", sorted(PROCEDURES))
def test_the_desk_offers_exactly_what_the_engine_accepts(name: str) -> None:
    """For every reachable case and every post: an action with a form is accepted as the form would send it, one without is refused."""
    procedure = PROCEDURES[name]
    tried = 0
    for case in reached(name):
        at = NOW + timedelta(minutes=case.n + 1)
        for post in those_concerned(case):
            actor = Actor("post", post=post.id, office=post.office, functions=post.functions)
            shown = panel(procedure, case, actor, OFFICES, at, "zh-Hans")
            offered = {form.name for form in shown.possible}
            for action_name, action in procedure.actions.items():
                if not action.from_:
                    continue
                plain = plain_command(procedure, case, action_name, action, {"with": given(procedure, action_name)}, at)
                roles = {role: office_choices(procedure, case, role, OFFICES)[0] for role in action.binds}
                command = type(plain)(action_name, actor, plain.facts, plain.sealed, roles, "k", None, case.n)
                try:
                    decide(procedure, case, command, at, CALENDAR, authority="test", case_id="test")
                except Refused as refused:
                    if refused.code in TYPED:
                        continue
                    assert action_name not in offered, (case.stages, post.id, action_name, refused)
                else:
                    assert action_name in offered, (case.stages, post.id, action_name)
                tried += 1
    assert tried > len(procedure.actions)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", sorted(PROCEDURES))
def test_every_refusal_and_form_has_words_in_both_languages(name: str, lang: str) -> None:
    """No reason beside an action and no label is empty or shows an id with an underscore, whatever case and post."""
    procedure = PROCEDURES[name]
    places = {case.stages: case for case in reached(name)}
    for case in places.values():
        for post in those_concerned(case):
            actor = Actor("post", post=post.id, office=post.office, functions=post.functions)
            shown = panel(procedure, case, actor, OFFICES, NOW + timedelta(minutes=case.n + 1), lang)
            for each in (*shown.not_now, *shown.by_others):
                assert each.why
                assert "_" not in each.why + each.label, each
            for form in shown.possible:
                assert form.label and form.law
                assert "_" not in "".join((*form.follows, *form.remedies)), form


def test_a_form_asks_what_the_action_takes_and_nothing_the_system_fills() -> None:
    """Each form has the fields of its action in table order, first the offices it binds; fields of type record are left out."""
    for procedure in PROCEDURES.values():
        for case in {case.stages: case for case in reached(procedure.name)}.values():
            for post in those_concerned(case):
                actor = Actor("post", post=post.id, office=post.office, functions=post.functions)
                for form in panel(procedure, case, actor, OFFICES, NOW + timedelta(minutes=case.n + 1), "en").possible:
                    action = procedure.actions[form.name]
                    names = [f"office-{role}" for role in action.binds] + list(asked(procedure, action))
                    assert [field.name for field in form.fields] == names
                    assert all(procedure.fields[name].type != "record" for name in asked(procedure, action))


def test_the_office_that_must_differ_is_not_in_the_chooser() -> None:
    """Where two roles must be apart, the office that holds the one cannot be chosen for the other."""
    procedure = PROCEDURES["commitment"]
    case = take(procedure, None, "assign", 0)
    assert case.offices["verifying_office"] == "tjj"
    assert "tjj" not in office_choices(procedure, case, "lead_office", OFFICES)


def test_an_extension_form_begins_with_the_date_that_was_asked_for() -> None:
    """What the lead office asked for stands in the form of whoever grants it, and can be changed there."""
    procedure = PROCEDURES["commitment"]
    case = take(procedure, None, "assign", 0)
    for step, name in enumerate(("accept", "ask_extension"), 1):
        case = take(procedure, case, name, step)
    head = Actor("post", post="dcs.head", office="dcs", functions=("head",))
    shown = panel(procedure, case, head, OFFICES, NOW + timedelta(minutes=9), "en")
    extend = next(form for form in shown.possible if form.name == "extend")
    until = next(field for field in extend.fields if field.name == "until")
    assert until.value == case.facts["until"]
