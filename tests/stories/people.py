"""The people of the stories: each has a browser of their own and uses only what the pages offer.

Whatever their pages do wrong beside the story (a script that throws, a broken security policy, an answer of 500) is
remembered and fails the test in the end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from mingze.words import say
from tests.axe import barriers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Download, Page

SIZES: Mapping[str, tuple[int, int]] = {"phone": (390, 844), "desktop": (1440, 900), "narrow": (360, 740)}
LOCALES = {"zh-Hans": "zh-CN", "en": "en-GB"}
CODE = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4} ){5}[0-9A-HJKMNP-TV-Z]{4}")
"""24 characters of Crockford's base 32, which are 120 bits, in groups of four."""


@dataclass
class Way:
    """How a story is lived through: on what screen, with scripts or without, on which database, in which language."""

    size: str
    javascript: bool
    database: str
    lang: str

    def __str__(self) -> str:
        return f"{self.size}-{'js' if self.javascript else 'nojs'}-{self.database}-{self.lang}"


WAYS = (
    Way("phone", False, "sqlite", "zh-Hans"),
    Way("phone", True, "postgres", "en"),
    Way("desktop", False, "postgres", "en"),
    Way("desktop", True, "sqlite", "zh-Hans"),
)
"""Four of the eight combinations, so chosen that every pair of size, scripts and database occurs, and both languages
occur with each size and with and without scripts. A fault that needs all three at once would escape; one that needs two
does not, and the stories stay within a few minutes."""

OPPOSITES = (WAYS[0], Way("desktop", True, "postgres", "en"))
"""Two ways that share nothing, for the branches of a story."""


@dataclass
class Person:
    """Somebody with a browser."""

    context: BrowserContext
    page: Page
    url: str
    lang: str
    wrong: list[str] = field(default_factory=list)
    scripted: bool = True

    def opens(self, path: str) -> Page:
        """Go to an address of the instance."""
        self.page.goto(self.url + path)
        return self.page

    def presses(self, selector: str) -> Page:
        """Press what leads to another page, and wait until it is there."""
        with self.page.expect_navigation():
            self.page.locator(selector).click()
        return self.page

    def sees(self, *words: str, within: str = "body") -> None:
        """The words stand on the page, in what is shown."""
        shown = flat(self.page.locator(within).first.inner_text())
        for word in words:
            assert flat(word) in shown, (
                f"{word!r} is not on {self.page.url}:\n{self.page.locator(within).first.inner_text()}"
            )

    def sees_not(self, *words: str, within: str = "body") -> None:
        """The words are nowhere on the page."""
        shown = flat(self.page.locator(within).first.inner_text())
        for word in words:
            assert flat(word) not in shown, f"{word!r} is on {self.page.url}"

    def meets_no_barrier(self) -> None:
        """axe finds nothing on the page that is open. Without scripts axe cannot run; the page is the same with them."""
        if self.scripted:
            assert barriers(self.page) == []

    def says(self, word: str, **values: Any) -> str:
        """A text of the catalogue in this person's language."""
        return say(word, self.lang, **values)

    def new_tab(self) -> Self:
        """The same browser, another tab."""
        page = self.context.new_page()
        watch(page, self.wrong)
        return type(self)(self.context, page, self.url, self.lang, self.wrong, self.scripted)


class Resident(Person):
    """Somebody without an account, who has at most a code."""

    def files(self, procedure: str, fields: Mapping[str, str], files: Sequence[Path] = ()) -> str:
        """File a matter through its form and arrive at the receipt; the code that stands there."""
        self.opens(f"/file/{procedure}/")
        fill(self.page.locator("#filing"), fields)
        if files:
            self.page.set_input_files("#f-attachments", list(files))
        self.presses("#submit")
        return self.code()

    def code(self) -> str:
        """The code on the receipt that is open."""
        assert self.page.url == f"{self.url}/case/receipt/", self.page.locator("main").inner_text()
        return " ".join(self.page.locator("#receipt-code").inner_text().split())

    def enters(self, code: str) -> Page:
        """Type a code where it is asked for, as somebody whose browser remembers none."""
        self.opens("/case/")
        if self.page.locator("#leave").count():
            self.presses("#leave")
        self.page.fill("#code", code)
        return self.presses("#code-form button[type=submit]")

    def saves(self, selector: str, folder: Path) -> Path:
        """Download what a link leads to."""
        with self.page.expect_download() as waiting:
            self.page.locator(selector).first.click()
        download: Download = waiting.value
        target = folder / download.suggested_filename
        download.save_as(target)
        return target


class Official(Person):
    """Somebody who holds a post and has signed in."""

    def signs_in(self, post: str) -> Self:
        """Through the door that only a demo instance has."""
        self.opens("/desk/sign-in/")
        self.presses(f"button[name=post][value='{post}']")
        assert self.page.url == f"{self.url}/desk/"
        return self

    def goes_to(self, number: str) -> Page:
        """Find a case by its number and open it."""
        self.opens("/desk/")
        self.page.fill("#find", number)
        self.presses("#find-button")
        return self.presses("#cases td.case a")

    def reads(self, parts: Sequence[str], purpose: str) -> None:
        """Open sealed content with a purpose, leaving a record."""
        self.page.locator("#sealed [name=part]").first.wait_for()
        for box in self.page.locator("#sealed [name=part]").all():
            box.set_checked(box.get_attribute("value") in parts)
        self.page.locator(f"#purpose-{purpose}").check()
        self.presses("#open-sealed")

    def prepares(self, action: str, fields: Mapping[str, str] | None = None, files: Sequence[Path] = ()) -> None:
        """Open the form of an action and fill it in, without sending it."""
        form = self.page.locator(f"#act-{action}")
        assert form.count() == 1, f"{action} is not offered:\n{self.page.locator('aside').last.inner_text()}"
        if form.get_attribute("open") is None:
            form.locator("summary").click()
        fill(form, fields or {})
        if files:
            form.locator("input[type=file]").set_input_files(list(files))

    def does(self, action: str, fields: Mapping[str, str] | None = None, files: Sequence[Path] = ()) -> None:
        """Take a step in the case that is open."""
        self.prepares(action, fields, files)
        self.presses(f"#submit-{action}")

    def may(self) -> set[str]:
        """The actions the page of a case offers."""
        return {
            (each.get_attribute("id") or "").removeprefix("act-") for each in self.page.locator("details.offer").all()
        }

    def may_not(self) -> dict[str, str]:
        """The actions that are not possible now, each with the reason the page gives."""
        rows = self.page.locator("[id^='not-']:is(dt)").all()
        return {
            (row.get_attribute("id") or "").removeprefix("not-"): (
                row.locator("xpath=following-sibling::dd[1]").text_content() or ""
            ).strip()
            for row in rows
        }


class Reviewer(Official):
    """An official of the supervision office with a document open at the review desk."""

    def row(self, number: int) -> Any:
        """The row with a number on the right side."""
        return self.page.locator("#rows > [id^='row-']").filter(
            has=self.page.locator(f".row-head > .ref:text-is('{number}')")
        )

    def rows(self) -> dict[int, str]:
        """Number and state of every row shown."""
        shown = self.page.locator("#rows > [id^='row-']").all()
        return {
            int(row.locator(".row-head > .ref").inner_text()): row.locator(".tag-state").inner_text() for row in shown
        }

    def opens_row(self, number: int) -> Any:
        """Open a row, unless it stands open."""
        if "is-now" not in (self.row(number).get_attribute("class") or ""):
            self.row(number).locator("h3 a").click()
        self.page.locator("#rows form.row.is-now").filter(
            has=self.page.locator(f".row-head > .ref:text-is('{number}')")
        ).wait_for()
        return self.row(number)

    def steps(self, selector: str) -> str:
        """Take a step, by a new page or in place, and wait for its answer; what the answer says."""
        self.page.locator("#message").evaluate("message => message.replaceChildren()")
        self.page.locator(selector).click()
        self.page.locator("#message > *").first.wait_for()
        return flat(self.page.locator("#message").inner_text())


def fill(scope: Any, fields: Mapping[str, Any]) -> None:
    """Fill in fields of a form by name, whatever kind of field each is; an office to bind is one too."""
    for name, value in fields.items():
        found = scope.locator(f"[name='{name}'], [name='office-{name}']")
        if found.first.get_attribute("type") == "radio":
            scope.locator(f"[name='{name}'][value='{value}']").check()
        elif found.first.evaluate("element => element.localName") == "select":
            found.select_option(value)
        else:
            found.fill(value)


def flat(text: str) -> str:
    """A text without the line breaks and spaces a layout puts into it."""
    return re.sub(r"\s+", "", text)


def watch(page: Page, wrong: list[str]) -> None:
    """Remember what a page does wrong. That a refused form answers 4xx or 503 is no fault, and Chromium notes it as one."""

    def said(message: Any) -> None:
        if message.type == "error" and "the server responded with a status of" not in message.text:
            wrong.append(f"{page.url}: {message.text}")

    def answered(response: Any) -> None:
        if response.status == 500 or (response.status >= 400 and "/static/" in response.url):
            wrong.append(f"{response.url} answered {response.status}")

    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on("console", said)
    page.on("response", answered)


def person(
    kind: type[Person], browser: Browser, url: str, *, size: str, javascript: bool, lang: str, **options: Any
) -> Any:
    """Give somebody a browser."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        java_script_enabled=javascript,
        locale=LOCALES[lang],
        timezone_id="Asia/Shanghai",
        has_touch=size != "desktop",
        accept_downloads=True,
        **options,
    )
    context.set_default_timeout(8_000)
    wrong: list[str] = []
    page = context.new_page()
    watch(page, wrong)
    return kind(context, page, url, lang, wrong, javascript)
