"""The pages of sign-in and of what went wrong can be used by everybody, on a telephone too."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from mingze.instance import Instance
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
