"""Makes the pictures in ``docs/screens``: ``just screens``. Not collected with the tests, because it writes files.

The pictures show the demo as it stands on Monday 23 November 2026 at 10:00; the district, its offices and everything in
it are fictional.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.outside import ROOT
from tests.stories.conftest import District
from tests.stories.people import SIZES, Official, Person, Resident, person

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOLDER = ROOT / "docs" / "screens"
LIMIT = 300_000
"""Bytes of one picture: people read the documentation on telephones."""

HEIGHTS = {"phone": 1300, "desktop": 1080}
"""How much of a page a picture shows at most, in CSS pixels."""

Show = Callable[[Person, District], None]


def _open(path: str) -> Show:
    def show(somebody: Person, district: District) -> None:
        somebody.opens(path)

    return show


def _own(code: str, path: str = "/case/") -> Show:
    def show(somebody: Person, district: District) -> None:
        assert isinstance(somebody, Resident)
        somebody.enters(district.codes[code])
        somebody.opens(path)

    return show


def _follow(path: str, link: str) -> Show:
    def show(somebody: Person, district: District) -> None:
        somebody.opens(path)
        somebody.presses(f"{link} >> nth=0")

    return show


def _desk(post: str, path: str, link: str = "") -> Show:
    def show(somebody: Person, district: District) -> None:
        assert isinstance(somebody, Official)
        somebody.signs_in(post)
        somebody.opens(path)
        if link:
            somebody.presses(f"{link} >> nth=0")

    return show


PAGES: dict[str, tuple[type[Person], Show]] = {
    "home": (Resident, _open("/")),
    "file": (Resident, _open("/file/suggestion/")),
    "receipt": (Resident, _own("received", "/case/receipt/")),
    "case": (Resident, _own("extended")),
    "answered": (Resident, _own("answered")),
    "board": (Resident, _open("/board/")),
    "commitment": (Resident, _follow("/board/?state=overdue", ".promise h3 a")),
    "document": (Resident, _follow("/board/", "#documents a")),
    "procedures": (Resident, _open("/procedures/suggestion/")),
    "inbox": (Official, _desk("zjj.handler", "/desk/")),
    "desk-case": (Official, _desk("zjj.handler", "/desk/", "#cases td.case a")),
    "review": (Official, _desk("dcs.supervisor", "/desk/documents/", "#documents tr:not(:has(.tag-done)) td.case a")),
}
"""Every picture: who looks, and how they come to the page."""

ENGLISH_ON_PHONE = {"home", "case"}


def screens() -> Iterator[tuple[str, str, str]]:
    """Page, size, language of every picture; in English a phone only where people would."""
    for page in PAGES:
        for size in ("phone", "desktop"):
            for lang in ("zh-Hans", "en"):
                if lang == "zh-Hans" or size == "desktop" or page in ENGLISH_ON_PHONE:
                    yield page, size, lang


def file_name(page: str, size: str, lang: str) -> str:
    """What a picture is called, e.g. ``case-phone-zh.png``."""
    return f"{page}-{size}-{'zh' if lang == 'zh-Hans' else 'en'}.png"


@pytest.mark.parametrize(("page", "size", "lang"), list(screens()))
def test_screen(page: str, size: str, lang: str, district: District, browser: Browser) -> None:
    """The page is drawn as people see it and fits into the documentation."""
    kind, show = PAGES[page]
    somebody = person(kind, browser, district.url, size=size, javascript=True, lang=lang, device_scale_factor=1)
    try:
        show(somebody, district)
        somebody.page.evaluate("document.fonts.ready")
        tall = somebody.page.evaluate("document.documentElement.scrollHeight")
        width = SIZES[size][0]
        target: Path = FOLDER / file_name(page, size, lang)
        target.parent.mkdir(parents=True, exist_ok=True)
        clip = {"x": 0, "y": 0, "width": width, "height": min(tall, HEIGHTS[size])}
        somebody.page.screenshot(path=target, full_page=True, clip=clip, animations="disabled")
        assert target.stat().st_size < LIMIT, f"{target.name} has {target.stat().st_size} bytes"
        assert somebody.wrong == []
    finally:
        somebody.context.close()
