"""What the pages before a filing promise, and what they must not."""

from __future__ import annotations

import pytest

from mingze.portal.procedure_page import steps
from tests.outside import NOW
from tests.portal.conftest import Portal
from tests.portal.matters import CALENDAR


@pytest.mark.parametrize(("lang", "said"), [("en", "within the same time"), ("zh-Hans", "也在同一期限内")])
def test_the_usual_way_says_that_a_refusal_comes_in_the_same_time(portal: Portal, lang: str, said: str) -> None:
    """Where the answer can be against the person, the step that reads as a yes says so, and that it can be contested."""
    procedures = portal.instance.register().procedures
    found = [step.text for step in steps(procedures["petition"], NOW.date(), CALENDAR, lang) if said in step.text]
    assert len(found) == 1
    assert not any(said in step.text for step in steps(procedures["commitment"], NOW.date(), CALENDAR, lang))


def test_the_intake_page_leads_to_personal_data_only_while_it_is_in_force(portal: Portal) -> None:
    """An authority that has retired the procedure has no link that ends in nothing."""
    link = '<a href="/file/personal-data/">'
    assert link in portal.client.get("/file/suggestion/").content.decode()
    library = portal.instance.register().library
    kept = dict(library.active)
    try:
        library._active = {name: each for name, each in kept.items() if name != "personal-data"}
        assert portal.client.get("/file/personal-data/").status_code == 404
        assert link not in portal.client.get("/file/suggestion/").content.decode()
    finally:
        library._active = kept
