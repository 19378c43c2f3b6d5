"""What a person sees and hears: no accessibility violation, nothing wider than a phone, no script needed."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

from mingze.instance import Instance
from tests.outside import Server
from tests.portal.matters import post

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGES = (
    "/",
    "/file/",
    "/file/enterprise-request/",
    "/board/",
    "/procedures/suggestion/",
    "/ledger/",
    "/verify/",
    "/nothing/",
)


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


def test_a_receipt_prints_on_one_narrow_page(
    make_instance: Callable[..., Instance], live: Callable[..., Server], open_page: Callable[..., Page]
) -> None:
    """Printed, the slip with the long clock of a suggestion is one page 88 mm wide, in both languages."""
    instance = make_instance(demo=True)
    code = instance.register().file("suggestion", {"matter": "路灯不亮。"}, form_key="k" * 30).code
    case_id = instance.register().by_code(code)
    assert case_id is not None
    instance.register().act(
        case_id, "accept", post("zwzx.clerk"), {}, offices={"competent_office": "jtj"}, idempotency="a" * 30
    )
    instance.close()
    url = live(instance).url
    for lang in ("zh-CN", "en"):
        page = open_page(f"{url}/case/", lang=lang)
        page.fill("#code", code)
        page.click("#code-form button")
        page.goto(f"{url}/case/receipt/")
        printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
        assert len(printed.pages) == 1, lang
        assert round(float(printed.pages[0].mediabox.width) / 72 * 25.4) == 88


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
