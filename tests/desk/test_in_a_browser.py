"""The desk in a real browser: zero axe violations, nothing wider than the window, and the review by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.desk.conftest import TEXT, Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

type Open = Callable[..., Page]


@pytest.fixture
def served(desk: Desk, live: Callable[..., Any]) -> tuple[str, str, str, str]:
    """Address of a running desk with a case being handled, its id, a document under review and a published commitment."""
    case_id = desk.suggestion()
    desk.act(case_id, "accept", "zwzx.clerk", offices={"competent_office": "jtj"})
    document_id, published = desk.document(), desk.document("区交通运输局年底前在21所学校门口划定接送区。\n")
    row = next(iter(desk.rows(published).values()))
    desk.register.documents.accept(published, row.row_id, desk.actor("dcs.supervisor"), expected_n=row.n)
    desk.register.documents.confirm_all(published, desk.actor("dcs.head"))
    commitment = desk.register.documents.publish(published, desk.actor("dcs.supervisor"))[0].case_id
    desk.instance.close()
    return live(desk.instance).url, case_id, document_id, commitment


def sign_in(open_page: Open, url: str, post: str, **look: Any) -> Page:
    """A page of somebody who sits in a post."""
    page = open_page(f"{url}/desk/sign-in/", **look)
    page.click(f'button[value="{post}"]')
    page.wait_for_url(f"{url}/desk/")
    return page


def faults(page: Page) -> list[str]:
    """What axe finds, and by how much the page is wider than its window."""
    found = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in Axe().run(page).response["violations"]]
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found + ([f"{wider} px too wide"] if wider > 0 else [])


@pytest.mark.parametrize(("size", "lang"), [("phone", "zh-CN"), ("desktop", "en-GB")])
def test_no_page_of_the_desk_has_a_fault(served: tuple[str, ...], open_page: Open, size: str, lang: str) -> None:
    """Inbox, case with an open form, opened content, form with errors, documents, new, review and excluded row: axe finds nothing."""
    url, case_id, document_id, commitment = served
    page = sign_in(open_page, url, "jtj.handler", size=size, lang=lang)
    seen = {"inbox": faults(page)}
    page.goto(f"{url}/desk/case/{case_id}/?do=answer")
    seen["case"] = faults(page)
    page.click("#submit-answer")
    seen["errors"] = faults(page)
    page.check("#purpose-handle")
    page.click("#open-sealed")
    page.wait_for_selector("#opened")
    seen["opened"] = faults(page)
    for name, path in (("empty", "/desk/?view=overdue"), ("commitment", f"/desk/case/{commitment}/")):
        page.goto(url + path)
        seen[name] = faults(page)
    page = sign_in(open_page, url, "dcs.supervisor", size=size, lang=lang)
    for name, path in (
        ("documents", "/desk/documents/"),
        ("new", "/desk/documents/new/"),
        ("review", f"/desk/documents/{document_id}/"),
    ):
        page.goto(url + path)
        seen[name] = faults(page)
    page.click("li.s-text .state a")
    page.wait_for_selector("#annotate")
    seen["excluded"] = faults(page)
    assert {name: found for name, found in seen.items() if found} == {}


def test_a_reviewer_works_by_keyboard_alone(served: tuple[str, ...], open_page: Open) -> None:
    """j and k move, a accepts, r asks for the reason, u undoes; the page is never loaded anew for what changes in place."""
    url, _, document_id, _ = served
    page = sign_in(open_page, url, "dcs.supervisor")
    page.goto(f"{url}/desk/documents/{document_id}/")
    page.evaluate("window.stillHere = true")
    first = page.locator("form.row.is-now").get_attribute("data-row")
    page.keyboard.press("j")
    page.wait_for_selector(f"form.row.is-now:not([data-row='{first}'])")
    page.keyboard.press("k")
    page.wait_for_selector(f"form.row.is-now[data-row='{first}']")
    page.keyboard.press("r")
    page.keyboard.type("说的是现状")
    page.keyboard.press("Enter")
    page.wait_for_selector("#saved")
    assert page.locator(f"#row-{first} .tag-state").inner_text() == "不立项"
    assert "说的是现状" in page.locator("#sentences").inner_text()
    page.keyboard.press("Escape")
    second = page.locator("form.row.is-now").get_attribute("data-row")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("a")
    page.wait_for_selector(f"#row-{second} .tag-done")
    assert page.evaluate("window.stillHere") is True
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("u")
    page.wait_for_selector("#row-" + str(second) + ".is-now")
    assert "已撤销" in page.locator("#saved").inner_text()


def test_the_review_needs_no_script(served: tuple[str, ...], open_page: Open) -> None:
    """Without JavaScript a row is opened by its link, accepted by its button, and undone."""
    url, _, document_id, _ = served
    page = sign_in(open_page, url, "dcs.supervisor", size="phone", javascript=False)
    page.goto(f"{url}/desk/documents/{document_id}/")
    words = next(line for line in TEXT.splitlines() if "助餐点12个" in line).rstrip("。")
    page.click(f"article.row h3 a:has-text('{words[:8]}')")
    page.fill("#f-title", "新开助餐点12个")
    page.click("#accept")
    assert "已采纳" in page.locator("#saved").inner_text()
    assert page.locator("article.row:has-text('新开助餐点12个') .tag-done").count() == 1
    page.click("#undo")
    assert "已撤销" in page.locator("#saved").inner_text()
