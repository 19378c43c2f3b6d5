"""What the stories are told with: a town that is served, and people with browsers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from mingze.demo import filling
from mingze.instance import SHANGHAI, Instance
from tests import outside
from tests.stories.people import Official, Person, Resident, Reviewer, Way, person

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def on(month: int, day: int, hour: int = 10, minute: int = 0) -> dt.datetime:
    """A moment of the stories' year, 2026."""
    return dt.datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@dataclass
class Town:
    """A demo instance that is served, its mail, and whoever comes to it."""

    instance: Instance
    server: outside.Server
    mail: outside.MailSink
    browser: Browser
    way: Way
    people: list[Person] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.server.url

    def resident(self, **other: Any) -> Resident:
        """Somebody comes to the portal."""
        return self._come(Resident, **other)

    def official(self, post: str, **other: Any) -> Official:
        """Somebody signs in at the desk."""
        return self._come(Official, **other).signs_in(post)

    def reviewer(self, post: str, **other: Any) -> Reviewer:
        """Somebody of the supervision office comes to review a document."""
        return self._come(Reviewer, **other).signs_in(post)

    def _come(self, kind: type[Person], **other: Any) -> Any:
        how = {"size": self.way.size, "javascript": self.way.javascript, "lang": self.way.lang, **other}
        come = person(kind, self.browser, self.url, **how)
        self.people.append(come)
        return come

    def later(self, at: dt.datetime) -> None:
        """Time passes until `at`."""
        self.server.set_clock(at)

    def leave(self) -> None:
        """Everybody goes home; what their pages did wrong comes to light."""
        wrong = [line for each in self.people for line in each.wrong]
        for each in self.people:
            each.context.close()
        assert wrong == []


@dataclass
class District:
    """The filled demo, served, as it stands on Monday 23 November 2026 at 10:00: a year of cases in every state."""

    instance: Instance
    server: outside.Server
    codes: dict[str, str]
    """Receipt codes by what their case shows: received, extended, answered, overdue, refused."""

    @property
    def url(self) -> str:
        return self.server.url


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    """One filled demo for everything that only looks. Nothing is done in it that another test could see."""
    folder = tmp_path_factory.mktemp("district") / "instance"
    made = outside.run_mingze("init", "--dir", str(folder), "--demo", MINGZE_NOW=outside.NOW.isoformat())
    assert made.returncode == 0, made.stderr
    instance = Instance.open(folder)
    codes = {name: code.code for name, code in zip(filling.KNOWN, filling.demo_codes(instance), strict=True)}
    with outside.serving(instance) as server:
        yield District(instance, server, codes)


@pytest.fixture
def found_town(
    make_instance: Callable[..., Instance],
    live: Callable[..., outside.Server],
    smtp: outside.MailSink,
    browser: Browser,
    request: pytest.FixtureRequest,
) -> Iterator[Callable[[Way], Town]]:
    """Makes a served town: ``found_town(way)``. It has offices and no cases; its clock stands at Monday 23 November 2026."""
    towns: list[Town] = []

    def found(way: Way) -> Town:
        database = request.getfixturevalue("postgres") if way.database == "postgres" else ""
        instance = make_instance(demo=True, database=database)
        instance.close()
        settings = instance.dir / "mingze.toml"
        text = settings.read_text(encoding="utf-8")
        text = text.replace('host = ""', f'host = "{smtp.host}"', 1).replace("port = 25", f"port = {smtp.port}", 1)
        text = text.replace('sender = ""', 'sender = "mingze@mingyuan.example"', 1)
        settings.write_text(text, encoding="utf-8")
        town = Town(instance, live(instance), smtp, browser, way)
        towns.append(town)
        return town

    yield found
    for town in towns:
        town.leave()
