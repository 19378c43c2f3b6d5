"""Asking who somebody is, answering, opening, deferring, and what the person sees of it, in a real browser at every width."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.axe import barriers, sideways
from tests.desk.conftest import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

type Open = Callable[..., Page]
WIDTHS = {"phone": (360, 780), "desktop": (1440, 900)}


@pytest.fixture
def served(desk: Desk, live: Callable[..., Any]) -> tuple[str, str, str, str]:
    """Address of a running desk, the id and code of a suggestion with a name in it, and the id of a report about a child."""
    fields = {"matter": "路口的灯不亮", "name": "某某某", "contact": "0451-00000001"}
    filed = desk.register.file("suggestion", fields, form_key="a-form-key-long-enough")
    desk.act(filed.case_id, "accept", "zwzx.clerk", offices={"competent_office": "jtj"})
    child = desk.register.file("minor-protection", {"matter": "孩子身上有伤"}, form_key="another-key-long-enough")
    desk.act(child.case_id, "report_police", "mzj.handler")
    desk.instance.close()
    return live(desk.instance).url, filed.case_id, filed.code, child.case_id


class Tour:
    """Goes from page to page and notes every barrier, and by how much a page is wider than the window."""

    def __init__(self, open_page: Open, url: str, size: str, lang: str) -> None:
        self.open, self.url, self.size, self.lang = open_page, url, size, lang
        self.faults: dict[str, list[str]] = {}

    def sit(self, post: str) -> Page:
        """A page of somebody who sits in a post."""
        page = self.open(f"{self.url}/desk/sign-in/", size=self.size, lang=self.lang)
        page.set_viewport_size(dict(zip(("width", "height"), WIDTHS[self.size], strict=True)))  # type: ignore[arg-type]
        page.click(f'button[value="{post}"]')
        page.wait_for_url(f"{self.url}/desk/")
        return page

    def look(self, page: Page, name: str) -> None:
        """Note what is wrong; where a folder is named, keep a picture for people to look at."""
        found = barriers(page) + ([f"{sideways(page)} px too wide"] if sideways(page) > 0 else [])
        if found:
            self.faults[name] = found
        folder = os.environ.get("PICTURES")
        if folder:
            page.screenshot(path=str(Path(folder) / f"{name}-{self.size}-{self.lang}.png"), full_page=True)


@pytest.mark.parametrize(("size", "lang"), [("phone", "zh-CN"), ("desktop", "en-GB")])
def test_from_the_question_who_it_is_to_what_the_person_sees(
    served: tuple[str, ...], open_page: Open, size: str, lang: str
) -> None:
    """The form, the wait, the list and the page of whoever approves, the opened identity, the person's table: no barrier on any."""
    url, case_id, code, child = served
    tour = Tour(open_page, url, size, lang)
    page = tour.sit("jtj.handler")
    page.goto(f"{url}/desk/case/{case_id}/")
    page.click("#ask-open-identity summary")
    page.click("#ask-send-identity")
    page.wait_for_selector("#ask-error-identity")
    tour.look(page, "ask")
    page.check("#ask-identity-contact")
    page.fill("#ask-reason-identity", "照片看不清是哪个路口，要打电话问")
    page.click("#ask-send-identity")
    page.wait_for_selector("#ask-state-identity")
    tour.look(page, "waiting")
    other = tour.sit("dcs.supervisor")
    tour.look(other, "inbox")
    other.click("#nav-approvals")
    tour.look(other, "approvals")
    other.click("#approvals a")
    other.click("#refuse")
    other.wait_for_selector("#refused")
    tour.look(other, "approval")
    other.click("#approve")
    other.wait_for_selector("#saved")
    tour.look(other, "approved")
    page.goto(f"{url}/desk/case/{case_id}/")
    page.check("#part-identity")
    page.check("#purpose-contact")
    page.click("#open-sealed")
    page.wait_for_selector("#opened")
    assert "某某某" in page.inner_text("#opened")
    tour.look(page, "opened")
    protector = tour.sit("mzj.handler")
    protector.goto(f"{url}/desk/case/{child}/")
    protector.click("#ask-open-circle summary")
    tour.look(protector, "circle")
    head = tour.sit("mzj.head")
    head.goto(f"{url}/desk/case/{child}/")
    head.click("#defer-open summary")
    tour.look(head, "defer")
    person = open_page(f"{url}/case/", size=size, lang=lang)
    person.set_viewport_size(dict(zip(("width", "height"), WIDTHS[size], strict=True)))  # type: ignore[arg-type]
    person.fill("input[name=code]", code)
    person.keyboard.press("Enter")
    person.wait_for_selector("#asked")
    tour.look(person, "person")
    person.goto(f"{url}/about/security/")
    tour.look(person, "security")
    assert tour.faults == {}
