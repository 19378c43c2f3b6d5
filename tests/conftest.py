"""What every test may ask for. Fixtures hand out real things; see `tests/outside.py` for how they are made."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mingze import instance as instances
from mingze.instance import FrozenClock, Instance, create
from tests import outside

if TYPE_CHECKING:
    from django.test import Client
    from playwright.sync_api import Browser, Page


# Playwright keeps an event loop in the main thread; Django would take every test after it for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A test that was left out is a failure: whatever is missing on this machine is to be installed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    left_out = [name for name in ("skipped", "xfailed", "xpassed") if reporter and reporter.stats.get(name)]
    if left_out and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _no_chosen_instance(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on the instance, database, clock or language of the shell it is started from."""
    for name in list(os.environ):
        if name.startswith(("MINGZE_", "LC_")) or name == "LANG":
            monkeypatch.delenv(name)


@pytest.fixture
def frozen_clock() -> FrozenClock:
    """A clock that stands at Monday 23 November 2026, 10:00."""
    return outside.frozen_at()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A real PostgreSQL server, one for the whole run: the address of its first database."""
    with outside.postgres_server() as address:
        yield address


@pytest.fixture
def postgres(postgres_server: str) -> Iterator[str]:
    """The address of a fresh, empty PostgreSQL database."""
    with outside.postgres_database(postgres_server) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """Each test that asks for it runs twice: "" (SQLite files), then the address of a fresh PostgreSQL database."""
    return request.getfixturevalue("postgres") if request.param == "postgres" else ""


@pytest.fixture(scope="session")
def _made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with empty databases, made by the real command once; others copy its databases."""
    folder = tmp_path_factory.mktemp("made") / "instance"
    done = outside.run_mingze("init", "--dir", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def make_instance(
    tmp_path: Path, _made_once: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Instance]]:
    """Makes instances with empty databases: ``make_instance(demo=True, database=url)``; closed when the test ends.

    The clock of each stands at `outside.NOW`, in this process and in a server started on it (a demo only). No demo
    cases are filled in: ask for what the test is about.
    """
    made: list[Instance] = []

    def make(
        folder: Path | None = None, *, demo: bool = False, database: str = "", at: dt.datetime | None = outside.NOW
    ) -> Instance:
        path = folder or tmp_path / f"instance{len(made)}"
        create(path, demo)
        if database:
            settings = path / "mingze.toml"
            text = settings.read_text(encoding="utf-8").replace('url = ""', f'url = "{database}"', 1)
            settings.write_text(text, encoding="utf-8")
            done = outside.run_mingze("upgrade", "--dir", str(path))
            assert done.returncode == 0, done.stderr
        else:
            for name in ("register.sqlite3", "vault.sqlite3", "accounts.sqlite3"):
                shutil.copy(_made_once / name, path / name)
        instance = Instance.open(path)
        if at is not None:
            instance.clock = FrozenClock(at)
            if demo:
                (path / "now").write_text(at.isoformat(), encoding="ascii")
        made.append(instance)
        return instance

    yield make
    for instance in made:
        instance.close()
    instances.use(None)


@pytest.fixture
def live() -> Iterator[Callable[..., outside.Server]]:
    """Serves an instance in a second process: ``live(instance).url``; stopped when the test ends."""
    with contextlib.ExitStack() as stack:
        yield lambda instance, **environment: stack.enter_context(outside.serving(instance, **environment))


@pytest.fixture
def browse(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Client]]:
    """A Django test client for an instance in this process: ``browse(instance).get("/")``.

    Faster than `live`, without a server between; what it shows of threads, headers of granian or a second process is
    nothing.
    """
    opened: list[Instance] = []

    def open_(instance: Instance, **headers: str) -> Client:
        from mingze import installation

        instances.use(instance)
        monkeypatch.setenv("MINGZE_DIR", str(instance.dir))
        installation.start_django()
        _point_django_at(instance)
        opened.append(instance)
        from django.test import Client

        return Client(headers={"host": "127.0.0.1", **headers})

    yield open_
    if opened:
        from django.db import connections

        connections.close_all()


def _point_django_at(instance: Instance) -> None:
    """Django reads its settings once a process; a test's instance takes the place of the one before it."""
    import importlib

    from django.conf import settings
    from django.core.cache import cache
    from django.db import connections
    from django.urls import clear_url_caches

    import mingze.settings
    import mingze.urls

    importlib.reload(mingze.settings)
    for name in dir(mingze.settings):
        if name.isupper():
            setattr(settings, name, getattr(mingze.settings, name))
    connections.close_all()
    with contextlib.suppress(AttributeError):  # never connected in this process
        del connections["default"]
    connections.settings = connections.configure_settings({"default": dict(mingze.settings.DATABASES["default"])})
    importlib.reload(mingze.urls)
    clear_url_caches()
    cache.clear()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium, one for the whole run."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = outside.chromium_path(playwright)
        browser = playwright.chromium.launch(executable_path=path, args=list(outside.CHROMIUM_FLAGS))
        yield browser
        browser.close()


SIZES = {"phone": (390, 844), "desktop": (1280, 900)}


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Pages of a fresh browser profile: ``open_page(url, size="phone", javascript=False, lang="en")``.

    A test fails in the end if any of its pages broke the content security policy or a script of ours threw.
    """
    contexts: list[Any] = []
    wrong: list[str] = []

    def open_(url: str, *, size: str = "desktop", javascript: bool = True, lang: str = "zh-CN") -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            locale=lang,
            timezone_id="Asia/Shanghai",
            has_touch=size == "phone",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def smtp() -> Iterator[outside.MailSink]:
    """A real SMTP server that keeps what it is given: ``smtp.host``, ``smtp.port``, ``smtp.messages``."""
    with outside.mail_sink() as sink:
        yield sink
