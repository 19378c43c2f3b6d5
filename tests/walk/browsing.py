"""The same walk in a real browser: pages are opened, forms filled with the keyboard's own means, buttons pressed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser as HTMLParser

from tests.axe import barriers, sideways
from tests.outside import Server
from tests.walk.walker import Sent, Walker

if TYPE_CHECKING:
    from playwright.sync_api import Page


@dataclass
class Browsing(Walker):
    """A walk through a server in a process of its own; this process only reads the register."""

    server: Server | None = None
    new_page: Callable[[], Page] | None = None
    scripts: bool = True
    seen: set[str] = field(default_factory=set)

    @property
    def register(self) -> Any:
        return self.instance.register(write=False)

    @property
    def url(self) -> str:
        assert self.server is not None
        return self.server.url

    def wait_until(self, moment: dt.datetime) -> None:
        if moment > self.now:
            assert self.server is not None
            self.instance.clock = type(self.instance.clock)(moment)  # type: ignore[call-arg]
            self.server.set_clock(moment)
            for seat in [seat for seat in self.seats if seat.startswith("party ")]:
                del self.seats[seat]

    def client(self) -> Page:
        assert self.new_page is not None
        return self.new_page()

    def nothing_but_the_published(self) -> None:
        """Walked in-process for every procedure; here only the pages that people act on are looked at."""

    def sit(self, post: str) -> Page:
        if post not in self.seats:
            page = self.seats[post] = self.client()
            page.goto(f"{self.url}/desk/sign-in/")
            page.locator(f'button[name="post"][value="{post}"]').click()
            page.wait_for_url("**/desk/")
        return self.seats[post]

    def person(self, party: str) -> Page:
        seat = f"party {party}"
        if seat not in self.seats:
            page = self.seats[seat] = self.client()
            page.goto(f"{self.url}/case/")
            page.fill("#code", self.codes[party])
            page.locator("#code-form button[type=submit]").click()
            page.wait_for_selector("#credentials")
        return self.seats[seat]

    def look_around(self) -> None:
        """Everybody's page at the opening and at the end; on the way each is opened by whoever acts."""
        if "looked" not in self.seen or not self.case.open:
            self.seen.add("looked")
            super().look_around()

    def page(self, client: Any, address: str) -> HTMLParser:
        answer = client.goto(self.url + address)
        assert answer is None or answer.status == 200, f"{address}: {answer.status}"
        self.looked_at(client, address)
        return HTMLParser(client.content())

    def looked_at(self, page: Page, address: str) -> None:
        """Each kind of page is looked at once for barriers and for what does not fit a phone, its folded parts open."""
        kind = "/".join(part for part in address.split("/") if not any(sign.isdigit() for sign in part))
        if kind in self.seen:
            return
        self.seen.add(kind)
        if not self.scripts:
            return
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        assert barriers(page) == [], address
        assert sideways(page) == 0, f"{address} is wider than the window"

    def send(self, client: Any, address: str, form: str, submit: str, values: dict[str, Any]) -> Sent:
        page: Page = client
        box = page.locator(form).first
        for closed in box.locator("xpath=ancestor::details[not(@open)]/summary").all():
            closed.click()
        for name, value in values.items():
            control = box.locator(f'[name="{name}"]')
            kind = control.first.get_attribute("type") or ""
            if kind == "hidden" or name == "csrfmiddlewaretoken":
                continue
            if kind == "radio":
                box.locator(f'[name="{name}"][value="{value}"]').check()
            elif kind == "file":
                value.seek(0)
                control.set_input_files({"name": value.name, "mimeType": "text/plain", "buffer": value.read()})
            elif box.locator(f'select[name="{name}"]').count():
                control.select_option(value)
            else:
                control.fill(str(value))
        with page.expect_navigation():
            page.locator(submit).first.click()
        html = page.content()
        tree = HTMLParser(html)
        wrong = tree.css_first("#refused, #error-summary, #lost-race, .error") is not None
        sheet = tree.css_first("#hand-over") is not None
        if sheet:
            self.looked_at(page, "hand-over")
        return Sent(422 if wrong else 200 if sheet else 303, html, page.url)
