"""What a person sees and hears: no accessibility violation, nothing wider than a phone, no script needed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from mingze.instance import Instance
from tests.outside import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGES = ("/", "/file/", "/file/enterprise-request/", "/board/", "/procedures/suggestion/", "/ledger/", "/verify/", "/nothing/")


def _check(page: Page) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wide, f"{page.url} is wider than the screen"
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


@pytest.mark.parametrize("lang", ["zh-CN", "en"])
def test_pages_are_accessible_and_fit_a_phone(
    make_instance: Callable[..., Instance], live: Callable[..., Server], open_page: Callable[..., Page], lang: str
) -> None:
    """Every open page, the form with its errors, the receipt and the case, at 360 px: axe finds nothing, nothing overflows."""
    url = live(make_instance(demo=True)).url
    page = open_page(url, size="phone", lang=lang)
    page.set_viewport_size({"width": 360, "height": 800})
    for path in PAGES:
        page.goto(url + path)
        _check(page)
    page.goto(f"{url}/file/suggestion/")
    page.click("#submit")
    page.wait_for_selector("#error-summary")
    _check(page)
    page.fill("#f-matter", "小学门口没有红绿灯。")
    page.click("#submit")
    page.wait_for_selector("#receipt-code")
    _check(page)
    page.click("#open-case")
    page.wait_for_selector("#credentials")
    _check(page)


def test_the_qr_address_opens_the_case_by_script_and_the_form_without(
    make_instance: Callable[..., Instance], live: Callable[..., Server], open_page: Callable[..., Page]
) -> None:
    """With JavaScript the code after the # is filled in and sent and leaves the address; without it the form asks for it."""
    url = live(make_instance(demo=True)).url
    page = open_page(url, javascript=False, lang="en")
    page.goto(f"{url}/file/suggestion/")
    page.fill("#f-matter", "No light at the school gate.")
    page.click("#submit")
    code = re.sub(r"\s", "", page.inner_text("#receipt-code"))
    plain = open_page(url, javascript=False, lang="en")
    plain.goto(f"{url}/case/#{code}")
    assert plain.is_visible("#code-form") and plain.input_value("#code") == ""
    scripted = open_page(url, lang="en")
    scripted.goto(f"{url}/case/#{code}")
    scripted.wait_for_selector("#credentials")
    assert code not in scripted.url
