"""Each check of `mingze doctor` fails when what it looks at is broken, and only then."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client

from mingze.cli import doctor
from mingze.cli.doctor import Finding
from mingze.instance import SHANGHAI, FrozenClock, Instance

Make = Callable[..., Instance]
Browse = Callable[..., Client]
Check = Callable[[Instance], Iterator[Finding]]


def states(check: Check, instance: Instance) -> set[tuple[str, str]]:
    """What a check finds, without its values."""
    return {(found.name, found.state) for found in check(instance)}


@pytest.fixture
def instance(make_instance: Make, browse: Browse) -> Instance:
    """A sound instance, with Django started on it."""
    made = make_instance()
    browse(made)
    made.clock = FrozenClock(dt.datetime.now(SHANGHAI))
    return made


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("DEBUG", True),
        ("SECURE_CONTENT_TYPE_NOSNIFF", False),
        ("X_FRAME_OPTIONS", "SAMEORIGIN"),
        ("SECRET_KEY", "short"),
    ],
)
def test_a_setting_that_makes_a_public_server_unsafe_is_found(
    instance: Instance, setting: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`check --deploy` says nothing of the settings as they are, and something of each that is spoiled."""
    from django.conf import settings

    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)  # the tests' own
    assert states(doctor._deploy, instance) == {("deploy", "ok")}
    monkeypatch.setattr(settings, setting, value)
    assert states(doctor._deploy, instance) == {("deploy", "mend")}


def test_a_database_that_forgets_is_damaged_or_gone_is_found(instance: Instance) -> None:
    """Another journal than WAL, a changed byte in a page, a file nobody may write and one that is not there."""
    assert {state for _, state in states(doctor._sqlite, instance)} == {"ok"}
    vault, register = instance.dir / "vault.sqlite3", instance.dir / "register.sqlite3"
    instance.close()
    with sqlite3.connect(vault) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    with sqlite3.connect(register) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with open(register, "r+b") as file:
        file.seek(4096 * 3)
        file.write(os.urandom(4096))
    found = {each.values.get("name"): each for each in doctor._sqlite(instance) if each.name == "database"}
    assert (found["vault.sqlite3"].state, found["vault.sqlite3"].values["code"]) == ("mend", "delete")
    assert found["register.sqlite3"].state == "mend"
    vault.unlink()
    assert ("database", "mend") in states(doctor._sqlite, instance)


def test_accounts_that_would_not_be_flushed_are_found(instance: Instance) -> None:
    """A connection of the accounts whose commits are not flushed, or that checks no references, is to be mended."""
    from django.db import connection

    for pragma, value, back in (("synchronous", "OFF", "FULL"), ("foreign_keys", "OFF", "ON")):
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA {pragma}={value}")
        assert states(lambda _: doctor._accounts_pragmas(), instance) == {("pragmas", "mend")}
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA {pragma}={back}")
    assert states(lambda _: doctor._accounts_pragmas(), instance) == {("pragmas", "ok")}


@pytest.mark.parametrize("name", ["django.key", "receipt.key", "vault.kek", "log.key"])
@pytest.mark.parametrize("wrong", ["gone", "open", "short"])
def test_a_secret_that_is_gone_open_or_short_is_found(instance: Instance, name: str, wrong: str) -> None:
    """Each secret of the instance, by its name."""
    path: Path = instance.dir / "secrets" / name
    assert states(doctor._secrets, instance) == {("secrets_folder", "ok")}
    if wrong == "gone":
        path.unlink()
    elif wrong == "open":
        path.chmod(0o640)
    else:
        path.write_bytes(path.read_bytes()[:16])
    wanted = Finding("secret", "mend", {"name": name, "code": {"gone": "secret_missing"}.get(wrong, f"secret_{wrong}")})
    assert wanted in list(doctor._secrets(instance))


def test_a_folder_of_secrets_that_others_may_look_into_is_found(instance: Instance) -> None:
    """The folder itself, too."""
    (instance.dir / "secrets").chmod(0o750)
    assert ("secret", "mend") in states(doctor._secrets, instance)


@pytest.mark.parametrize(
    ("at", "sane"), [("2020-01-01", False), ("2026-10-31", False), ("2101-01-01", False), ("2030-01-01", True)]
)
def test_a_clock_that_cannot_be_right_is_found(instance: Instance, at: str, sane: bool) -> None:
    """Before this program was written, a hundred years on, or before its own settings were made."""
    instance.clock = FrozenClock(dt.datetime.fromisoformat(f"{at}T10:00:00+08:00"))
    os.utime(instance.dir / "mingze.toml", (1_790_000_000, 1_790_000_000))  # September 2026
    assert states(doctor._clock, instance) == {("clock", "ok" if sane else "mend")}


def test_a_clock_before_the_settings_is_found(instance: Instance) -> None:
    """Time that stands before the settings were written has been set back."""
    later = instance.clock.now().timestamp() + 3600
    os.utime(instance.dir / "mingze.toml", (later, later))
    assert states(doctor._clock, instance) == {("clock", "mend")}


def test_a_disk_that_is_nearly_full_is_found(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """Less free than the first threshold is to be watched, less than the second to be mended."""
    assert states(doctor._disk, instance) <= {("disk", "ok"), ("disk", "watch")}
    monkeypatch.setattr(doctor, "_LOW", 1 << 60)
    assert states(doctor._disk, instance) == {("disk", "watch")}
    monkeypatch.setattr(doctor, "_FULL", 1 << 60)
    assert states(doctor._disk, instance) == {("disk", "mend")}


def test_a_provider_that_does_not_answer_is_found(make_instance: Make, browse: Browse) -> None:
    """Nobody at the address of the identity provider is to be mended; without one nothing is said."""
    from tests.base.test_identity_provider import with_provider

    plain = make_instance()
    assert states(doctor._identity_provider, plain) == set()
    assert states(doctor._identity_provider, with_provider(plain, "http://127.0.0.1:9")) == {("provider", "mend")}
