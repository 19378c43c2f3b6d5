"""One demo instance for all tests of a module, with cases in every standing an office or a party can have in one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mingze import installation
from mingze import instance as instances
from mingze.instance import FrozenClock, create
from tests import outside
from tests.rights.district import District


def with_a_third_post(file: Path) -> None:
    """The office that protects children gets one post more, which is named in none of its cases."""
    text = file.read_text(encoding="utf-8")
    place = text.index("functions: [competent, child_protection]")
    head = text.index("      head:", place)
    more = "      clerk: {name: {zh: 内勤岗, en: Clerk}, functions: [clerk, handler]}\n"
    after = text.index("\n", head) + 1
    file.write_text(text[:after] + more + text[after:], encoding="utf-8")


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory, _made_once: Path) -> Iterator[District]:
    """The fictional district without cases, on Monday 23 November 2026 at 10:00."""
    from tests.conftest import _point_django_at

    path = tmp_path_factory.mktemp("rights") / "instance"
    create(path, demo=True)
    with_a_third_post(path / "authority.yaml")
    for name in ("register.sqlite3", "vault.sqlite3", "accounts.sqlite3"):
        shutil.copy(_made_once / name, path / name)
    instance = instances.Instance.open(path)
    instance.clock = FrozenClock(outside.NOW)
    instances.use(instance)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MINGZE_DIR", str(path))
        installation.start_django()
        _point_django_at(instance)
        yield District(instance)
    from django.db import connections

    connections.close_all()
    instance.close()
    instances.use(None)
