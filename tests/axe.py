"""What axe finds on a page, in words short enough to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


def barriers(page: Page) -> list[str]:
    """Every violation on the page: rule, what it means, and the first element it concerns; empty when there is none."""
    found = Axe().run(page, options=_OPTIONS).response["violations"]
    return [f"{each['id']} ×{len(each['nodes'])}: {each['help']}: {each['nodes'][0]['html'][:200]}" for each in found]


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
