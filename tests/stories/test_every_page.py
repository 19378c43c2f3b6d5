"""Every page, in every state that matters, for everybody: no barrier, nothing sideways, a strict policy, the keyboard alone.

The pages are those of the filled demo. Each is looked at in four ways in which every pair of language, size and colour
scheme occurs.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

import pytest
from pypdf import PdfReader

from mingze import error_pages
from mingze.instance import Instance
from tests.axe import barriers, sideways
from tests.stories.conftest import District
from tests.stories.people import Official, Person, Resident, person

if TYPE_CHECKING:
    from django.test import Client
    from playwright.sync_api import Browser, Route


@dataclass
class Look:
    """One way to look at all pages."""

    lang: str
    size: str
    scheme: Literal["light", "dark"]

    def __str__(self) -> str:
        return f"{self.lang}-{self.size}-{self.scheme}"


LOOKS = (
    Look("zh-Hans", "phone", "light"),
    Look("zh-Hans", "desktop", "dark"),
    Look("en", "phone", "dark"),
    Look("en", "desktop", "light"),
)

Sweep = Callable[[type[Person], Look], "Sweeper"]


class Sweeper:
    """Somebody who goes from page to page and notes every barrier."""

    def __init__(self, somebody: Any) -> None:
        self.somebody = somebody
        self.noted: list[str] = []
        self.pages = 0

    def looks(self, what: str = "") -> None:
        """Examine the page that is open; on a phone also at 360 pixels."""
        page = self.somebody.page
        size = page.viewport_size or {"width": 0, "height": 0}
        if size["width"] < 500:
            page.set_viewport_size({"width": 360, "height": size["height"]})
        place = f"{page.url.removeprefix(self.somebody.url)} {what}"
        wide = sideways(page)
        if wide > 0:
            self.noted.append(f"{place}: {wide} pixels too wide")
        self.noted += [f"{place}: {barrier}" for barrier in barriers(page)]
        self.pages += 1

    def visits(self, *paths: str) -> None:
        """Open each address and examine it."""
        for path in paths:
            self.somebody.opens(path)
            self.looks()

    def done(self, at_least: int) -> None:
        """Nothing was noted, on as many pages as there should have been."""
        assert self.noted == []
        assert self.somebody.wrong == []
        assert self.pages >= at_least


@pytest.fixture
def sweep(district: District, browser: Browser) -> Iterator[Sweep]:
    """Sends somebody to the pages of the district: ``sweep(Resident, look)``."""
    come: list[Person] = []

    def send(kind: type[Person], look: Look) -> Sweeper:
        how = {"size": look.size, "javascript": True, "lang": look.lang, "color_scheme": look.scheme}
        come.append(person(kind, browser, district.url, **how))
        return Sweeper(come[-1])

    yield send
    for each in come:
        each.context.close()


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_the_pages_everybody_sees_have_no_barrier(sweep: Sweep, look: Look) -> None:
    """Start, forms, board, promises open, overdue and closed, documents, procedures, ledger, verification, and where nothing is."""
    sweeper = sweep(Resident, look)
    sweeper.visits("/", "/file/", "/file/suggestion/", "/file/enterprise-request/", "/board/", "/board/?state=overdue")
    for state in ("overdue", "closed"):
        sweeper.somebody.opens(f"/board/?state={state}")
        sweeper.somebody.presses(".promise h3 a >> nth=0")
        sweeper.looks(state)
    sweeper.somebody.opens("/board/")
    sweeper.somebody.presses("#documents a >> nth=0")
    sweeper.looks()
    sweeper.visits("/board/?office=tjj&state=overdue")
    sweeper.visits(*(f"/procedures/{name}" for name in ("", "commitment/", "suggestion/", "enterprise-request/")))
    sweeper.visits("/ledger/", "/verify/", "/staff/sign-in/", "/desk/sign-in/", "/nothing/")
    sweeper.done(at_least=19)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_persons_own_pages_have_no_barrier(sweep: Sweep, look: Look, district: District) -> None:
    """A case received, extended, answered, overdue and refused, its receipt; a code that leads nowhere; a form with errors."""
    sweeper = sweep(Resident, look)
    somebody = sweeper.somebody
    somebody.opens("/file/suggestion/")
    somebody.presses("#submit")
    sweeper.looks("with errors")
    somebody.enters("0000 0000 0000 0000 0000 0000")
    sweeper.looks("absent")
    for name, code in district.codes.items():
        somebody.enters(code)
        sweeper.looks(name)
    sweeper.visits("/case/receipt/")
    sweeper.done(at_least=8)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_the_pages_staff_work_with_have_no_barrier(sweep: Sweep, look: Look) -> None:
    """Inbox in every view, a case with its forms open and one that is closed, a step refused, documents, review, published."""
    sweeper = sweep(Official, look)
    official = sweeper.somebody
    official.signs_in("zjj.handler")
    sweeper.visits("/desk/", "/desk/?view=overdue", "/desk/?view=waiting", "/desk/?view=closed", "/desk/?number=x")
    official.opens("/desk/?view=closed")
    official.presses("#cases td.case a >> nth=0")
    sweeper.looks("closed")
    official.opens("/desk/")
    official.presses("#group-overdue td.case a >> nth=0")
    for offer in official.page.locator("details").all():
        if offer.get_attribute("open") is None:
            offer.locator("summary").first.click()
    sweeper.looks("everything open")
    action = sorted(official.may())[0]
    official.page.locator(f"#submit-{action}").click()
    official.page.wait_for_load_state()
    sweeper.looks("refused")
    sweeper.visits("/desk/documents/", "/desk/documents/new/", "/desk/case/nothing/")
    supervisor = sweep(Official, look)
    supervisor.somebody.signs_in("dcs.supervisor")
    supervisor.visits("/desk/documents/", "/desk/documents/new/")
    supervisor.somebody.presses("#submit")
    supervisor.looks("with errors")
    for published in ("tr:not(:has(.tag-done))", "tr:has(.tag-done)"):
        supervisor.somebody.opens("/desk/documents/")
        supervisor.somebody.presses(f"#documents {published} td.case a >> nth=0")
        supervisor.looks()
    sweeper.done(at_least=11)
    supervisor.done(at_least=5)


def test_the_pages_for_what_went_wrong_have_no_barrier(
    sweep: Sweep, make_instance: Callable[..., Instance], browse: Callable[..., Client]
) -> None:
    """400, 403, 404, 413, 500 and 503, in both languages, light and dark, say what happened, what is not lost and what to do."""
    drawn: dict[tuple[str, int], str] = {}
    client = browse(make_instance(demo=True))
    for lang in ("zh-Hans", "en"):
        client.cookies["lang"] = lang
        request: Any = client.get("/verify/").wsgi_request
        for status in error_pages.STATUSES:
            drawn[lang, status] = error_pages.page(request, status).content.decode()
    for look in LOOKS:
        sweeper = sweep(Resident, look)
        for status in error_pages.STATUSES:
            html = drawn[look.lang, status]
            assert f'lang="{look.lang}"' in html
            sweeper.somebody.page.route("**/went-wrong", _answering(html))
            sweeper.visits("/went-wrong")
            sweeper.somebody.page.unroute("**/went-wrong")
        sweeper.done(at_least=len(error_pages.STATUSES))


def _answering(html: str) -> Callable[[Route], None]:
    """A stand-in for a server that fails in just this way."""

    def answer(route: Route) -> None:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")

    return answer


# ---------------------------------------------------------------------------- policy


@pytest.mark.parametrize("path", ["/", "/file/suggestion/", "/case/", "/board/", "/desk/sign-in/", "/nothing/"])
def test_every_answer_carries_a_strict_policy_and_head_answers_too(district: District, path: str) -> None:
    """Scripts, styles and forms come from here and nowhere else, nothing inline; HEAD gives the same status as GET."""
    answers = {method: _ask(district.url + path, method) for method in ("GET", "HEAD")}
    assert answers["GET"][0] == answers["HEAD"][0] == (404 if path == "/nothing/" else 200)
    for _, headers in answers.values():
        policy = dict(
            part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";") if " " in part.strip()
        )
        assert policy["default-src"] in ("'none'", "'self'")
        for kind in ("script-src", "style-src"):
            sources = policy.get(kind, policy["default-src"]).split()
            assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "data:", "https:"} & set(sources)
        assert policy["frame-ancestors"] == "'none'"
        assert policy["form-action"] == "'self'" and policy["base-uri"] in ("'none'", "'self'")


def _ask(address: str, method: str) -> tuple[int, Any]:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, method=method), timeout=20) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.headers


# ---------------------------------------------------------------------------- keyboard and paper


def _focus(page: Any) -> dict[str, Any]:
    return page.evaluate(
        """() => {
            const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
            return {id: at.id, name: at.name || "", tag: at.localName, text: at.innerText || "", cls: at.className,
                    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
                    shown: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight};
        }"""
    )


def test_a_matter_is_filed_by_keyboard_alone(
    browser: Browser, district: District, make_instance: Any, live: Any
) -> None:
    """The first Tab stop skips to the content; every stop is visible and marked; the form is filled and sent by keys."""
    url = live(make_instance(demo=True)).url
    somebody = person(Resident, browser, url, size="desktop", javascript=False, lang="en")
    page = somebody.opens("/file/suggestion/")
    page.keyboard.press("Tab")
    first = _focus(page)
    assert first["cls"] == "skip" and first["shown"] and first["marked"]
    page.keyboard.press("Enter")
    seen: list[str] = []
    for _ in range(30):
        page.keyboard.press("Tab")
        at = _focus(page)
        assert at["marked"] and at["shown"], f"the focus on {at} cannot be seen"
        seen.append(at["id"] or at["name"] or at["text"])
        if at["id"] == "f-matter":
            page.keyboard.type("The bus stop at the school has no shelter.")
        if at["id"] == "submit":
            break
    assert seen.index("f-matter") < seen.index("f-name") < seen.index("f-contact") < seen.index("submit")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert somebody.code()
    somebody.context.close()


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_the_receipt_is_one_sheet_of_paper(browser: Browser, district: District, lang: str) -> None:
    """Printed, the slip stands on one page, without the menus around it."""
    somebody = person(Resident, browser, district.url, size="desktop", javascript=True, lang=lang)
    somebody.enters(district.codes["received"])
    page = somebody.opens("/case/receipt/")
    printed = PdfReader(BytesIO(page.pdf(format="A4", print_background=True)))
    assert len(printed.pages) == 1
    page.emulate_media(media="print")
    assert not page.locator("header.masthead").is_visible()
    assert page.locator("#receipt-code").is_visible()
    somebody.context.close()
