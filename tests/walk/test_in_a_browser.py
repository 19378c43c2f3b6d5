"""Three procedures walked in a real browser, on a phone and on a desk: a petition with its review, a mediation between two
sides, a major decision with its minimum periods. Every kind of page is looked at with axe on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from mingze import resources
from mingze.instance import Instance
from tests.outside import Server
from tests.walk.browsing import Browsing
from tests.walk.routes import Routes

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.parametrize(
    ("name", "acts", "size", "javascript", "lang"),
    [
        ("petition", 99, "phone", True, "zh-CN"),
        ("mediation", 99, "phone", False, "en"),
        ("major-decision", 5, "desktop", True, "en"),
    ],
)
def test_a_case_is_walked_in_a_browser(
    make_instance: Callable[..., Instance],
    live: Callable[..., Server],
    open_page: Callable[..., Page],
    name: str,
    acts: int,
    size: str,
    javascript: bool,
    lang: str,
) -> None:
    """From the opening to an end, or to the review that a refusal opens; each form is filled and sent by hand.

    The major decision is walked until its three parts run side by side; the rest of it is walked without a browser.
    """
    procedure = resources.load_procedures()[name]
    routes = Routes(procedure)
    adverse = routes.adverse()
    opens = adverse is not None and procedure.actions[adverse[0].way[-1]].opens
    route = adverse[0] if adverse is not None and opens else routes.to_an_end()
    instance = make_instance(demo=True)
    instance.register()  # the procedures in force are those of this version
    instance.close()
    server = live(instance)

    def new_page() -> Page:
        return open_page(server.url + "/verify/", size=size, javascript=javascript, lang=lang)

    walker = Browsing(instance, procedure, route, server=server, new_page=new_page, scripts=javascript)
    walker.open()
    for act in route.way[1 : acts + 1]:
        walker.take(act)
    if opens:
        party = walker.person("petitioner") if "petitioner" in walker.codes else walker.person(next(iter(walker.codes)))
        assert "linked-code" in walker.told
        assert [link.procedure for link in walker.register.links(walker.case_id)] == [opens]
        walker.page(party, f"/procedures/{name}/")
    else:
        assert len(walker.case.stages) == 3 if acts < 99 else not walker.case.open
        walker.page(walker.client(), f"/procedures/{name}/")
