"""The pages of sign-in and of what went wrong can be used by everybody, on a telephone too."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from mingze.instance import Instance
from tests.axe import barriers, sideways
from tests.base.test_identity_provider import with_provider
from tests.outside import Server, run_mingze


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_sign_in_and_error_pages_have_no_barrier(
    make_instance: Callable[..., Instance],
    live: Callable[..., Server],
    open_page: Callable[..., Any],
    size: str,
) -> None:
    """The demo's door, the real sign-in, enrolment and the page for a wrong address: zero axe violations, no sideways scroll."""
    demo = make_instance(demo=True, at=None)
    done = run_mingze("staff", "add", "zjj.first", "--post", "zjj.handler", "--dir", str(demo.dir))
    link = done.stdout.rsplit("http://", 1)[1].split("/", 1)[1].strip()
    server = live(demo, frozen=False)
    for path in ("desk/sign-in/", "staff/sign-in/", link, "no/such/page/"):
        for lang in ("zh-CN", "en"):
            page = open_page(f"{server.url}/{path}", size=size, lang=lang)
            found = Axe().run(page)
            assert found.violations_count == 0, f"{path}: {found.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


WIDTHS = ((360, 800), (1440, 900))


@pytest.mark.parametrize("lang", ["zh-CN", "en"])
def test_confirming_and_deputies_have_no_barrier(
    make_instance: Callable[..., Instance], live: Callable[..., Server], open_page: Callable[..., Any], lang: str
) -> None:
    """Sign-in with an identity provider that is away, the page of deputies with one named and one refused, and the page that
    asks for a fresh proof: nothing axe objects to, nothing wider than a small phone.
    """
    demo = make_instance(demo=True, at=None)
    with_provider(demo, "http://127.0.0.1:9")
    server = live(demo, frozen=False)
    page = open_page(f"{server.url}/desk/sign-in/", lang=lang)

    def look(name: str) -> None:
        for width, height in WIDTHS:
            page.set_viewport_size({"width": width, "height": height})
            assert sideways(page) <= 0, (name, width)
            assert barriers(page) == [], (name, width)

    for post in ("zjj.head", "zjj.handler"):
        page.goto(f"{server.url}/desk/sign-in/")
        page.locator(f'button[value="{post}"]').click()
    page.goto(f"{server.url}/desk/cover/")
    page.locator("#f-login").select_option("demo.zjj.head")
    page.locator("#f-to").fill(page.locator("#f-from").input_value())
    page.locator("#give").click()
    page.locator("#saved").wait_for()
    page.locator("#f-to").fill(page.locator("#f-from").input_value())
    page.locator("#give").click()
    page.locator("#refused").wait_for()
    assert page.locator("#covers li").count() == 1
    look("cover")
    page.goto(f"{server.url}/staff/confirm/?next=/desk/cover/")
    look("confirm")
    page.locator("#confirm-demo").click()
    page.wait_for_url("**/desk/cover/")
    page.locator("#sign-out").click()
    page.goto(f"{server.url}/staff/sign-in/")
    page.locator("#outside").click()
    page.wait_for_url("**refused=provider-down")
    look("sign-in")
