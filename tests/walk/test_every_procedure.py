"""Every procedure in `procedures/` works from its tables alone: walked over HTTP from its opening to an end, and through an
adverse act with its remedy, with no line of code for any of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import pytest

from mingze import resources
from mingze.instance import Instance
from mingze.words import local
from tests.openings import watched
from tests.walk.routes import Routes
from tests.walk.walker import Walker

if TYPE_CHECKING:
    from django.test import Client

NAMES = sorted(resources.load_procedures())


@cache
def routes(name: str) -> Routes:
    """The ways of a procedure, found once."""
    return Routes(resources.load_procedures()[name])


@pytest.mark.parametrize("name", NAMES)
def test_a_case_comes_from_its_opening_to_an_end(
    make_instance: Callable[..., Instance], browse: Callable[..., Client], name: str
) -> None:
    """Each form is found on the page of whoever may act, filled in as its fields declare, and taken; each date is explained.
    On the way staff read what they can: as many parts are decrypted for them as the access records name.
    """
    instance = make_instance(demo=True)
    browse(instance)
    route = routes(name).to_an_end()
    with watched() as opened:
        walker = Walker(instance, instance.register().procedures[name], route)
        walker.open()
        walker.staff_reads()
        for act in route.way[1:]:
            walker.take(act)
        assert not walker.case.open, f"{name}: still open at {walker.case.stages} after {route.way}"
        walker.look_around()
        walker.staff_reads()
        sealed = any(field.seals for field in walker.procedure.fields.values()) and not walker.procedure.open_record
        assert bool(opened.equal(instance.register())) == sealed


@pytest.mark.parametrize("name", NAMES)
def test_an_adverse_act_is_told_with_its_remedy(
    make_instance: Callable[..., Instance], browse: Callable[..., Client], name: str
) -> None:
    """After an adverse act every party reads what they can do, where and until when; a remedy that opens a case opens it."""
    found = routes(name).adverse()
    actions = resources.load_procedures()[name].actions.values()
    if found is None:
        assert not any(action.adverse and action.remedies for action in actions), f"{name}: no way to an adverse act"
        return
    instance = make_instance(demo=True)
    browse(instance)
    route, adverse = found
    walker = Walker(instance, instance.register().procedures[name], route)
    walker.open()
    for act in route.way[1 : route.way.index(adverse) + 1]:
        walker.take(act)
    procedure = walker.procedure
    for remedy in procedure.actions[adverse].remedies:
        words = local(procedure.remedies[remedy].text, "en")
        for told in procedure.actions[adverse].tell:
            assert words in walker.read_by(told), (name, adverse, told, words)
    for act in route.way[route.way.index(adverse) + 1 :]:
        walker.take(act)
    opening = procedure.actions[route.way[-1]].opens
    if opening:
        _the_linked_case_stands(walker, opening)


def _the_linked_case_stands(walker: Walker, opened: str) -> None:
    """The new case's code is shown this once; it opens its own page, and each page names the other case."""
    links = walker.register.links(walker.case_id)
    child = walker.register.case(links[-1].case_id)
    assert child.procedure.name == opened
    if 'id="linked-code"' in walker.told:
        code = "".join(part for part in walker.told.split('id="linked-code"')[1].split("</p>")[0].split("<span>"))
        code = "".join(letter for letter in code.partition(">")[2] if letter.isalnum() and not letter.islower())[:24]
        assert walker.register.holder(code).case_id == links[-1].case_id
        again = walker.person(next(iter(walker.codes))).get("/case/").content.decode()
        assert 'id="linked-code"' not in again and child.number in again
        client = walker.client()
        assert client.post("/case/", {"code": code}).status_code == 303
        assert walker.register.case(walker.case_id).number in client.get("/case/").content.decode()
