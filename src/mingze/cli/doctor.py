"""`mingze doctor`: looks over an instance without changing it and says what is right, what to watch and what to mend.

Each check is one row: its name, its state (``ok``, ``watch``, ``mend``) and the values of its sentence, which is
``doctor-<name>-<state>`` in the catalogue. Exit code 1 if anything is to be mended.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import click

from mingze import instance as instances
from mingze import resources
from mingze.cli.main import EXIT_NO, language
from mingze.cli.options import folder_option, json_option, lang_option, print_json
from mingze.instance import SECRETS, Instance, InstanceError
from mingze.signing import PublishRefused
from mingze.vault import Vault
from mingze.vault.keeping import CURRENT, KeysRefused
from mingze.words import say

type State = Literal["ok", "watch", "mend"]

WRITTEN_ON = dt.date(2026, 11, 1)
"""No instance of this program can have run before this day: an earlier clock is wrong."""

VAULT_ARCHIVE_DAYS = 14
"""So long a backup of wrapped keys may lie: an older one could bring back what was erased since."""

_LOW, _FULL = 2 * 1024**3, 200 * 1024**2  # bytes free: watch below the first, mend below the second
_MARKS = {"ok": "✓", "watch": "!", "mend": "✗"}


@dataclass(frozen=True)
class Finding:
    """What one check found."""

    name: str
    state: State
    values: dict[str, Any] = field(default_factory=dict)

    def words(self, lang: str) -> str:
        return say(f"doctor-{self.name}-{self.state}", lang, **self.values)


def examine(instance: Instance) -> list[Finding]:
    """All findings about an instance; a check that cannot be made is itself a finding."""
    return [finding for check in CHECKS for finding in check(instance)]


def _secrets(instance: Instance) -> Iterator[Finding]:
    for name in SECRETS:
        if name == "log.key" and _kept_by_another(instance.dir / "secrets" / name):
            yield Finding("log_key", "ok")
            continue
        if name == CURRENT and instance.keys_elsewhere:  # `_keys` asks whoever keeps it
            continue
        try:
            instance.secret(name)
        except InstanceError as error:
            yield Finding("secret", "mend", {"name": name, "code": error.code})
    folder = instance.dir / "secrets"
    if folder.is_dir() and stat.S_IMODE(folder.stat().st_mode) & 0o077:
        yield Finding("secret", "mend", {"name": "secrets/", "code": "secret_open"})
    else:
        yield Finding("secrets_folder", "ok", {"count": len(SECRETS)})


def _kept_by_another(path: Path) -> bool:
    """Whether the log's key is there but not for this account: only the signer can read it."""
    try:
        return path.exists() and not os.access(path, os.R_OK)
    except OSError:  # not even the folder may be looked into
        return True


def _signer(instance: Instance) -> Iterator[Finding]:
    """Whether the log could be signed now, and whether the key is kept from the web server."""
    try:
        size = instance.signer().seen().size
    except (PublishRefused, InstanceError) as refused:
        yield Finding("signer", "mend", {"code": refused.code})
        return
    separate = instance.signer_elsewhere and _kept_by_another(instance.dir / "secrets" / "log.key")
    yield Finding("signer", "ok" if separate or instance.demo else "watch", {"size": size})


def _keys(instance: Instance) -> Iterator[Finding]:
    """Whether sealed data can be opened now, whether its key is kept from the web server, and what could undo an erasure."""
    from mingze.store.connection import Database
    from mingze.store.errors import Unavailable

    secrets = instance.dir / "secrets"
    try:
        kek = instance.keeper().kek_id()
    except (KeysRefused, InstanceError) as refused:
        yield Finding("keys", "mend", {"code": refused.code})
        return
    separate = instance.keys_elsewhere and not os.access(secrets / CURRENT, os.R_OK)
    yield Finding("keys", "ok" if separate or instance.demo else "watch", {"kek": kek})
    database = Database(instance.database_url or instance.dir, "vault")
    try:
        if database.exists():
            vault = Vault(database, instance.authority.id, instance.keeper(), write=False)
            try:
                if vault.under_other_keks(1):
                    yield Finding("rewrap", "watch")
            finally:
                vault.close()
    except Unavailable:  # said by the checks of the databases
        pass
    old = len(list(secrets.glob("vault-*.kek"))) if os.access(secrets, os.R_OK) else 0
    if old:
        yield Finding("old_keys", "watch", {"count": old})
    before = instance.clock.now().timestamp() - VAULT_ARCHIVE_DAYS * 86_400
    backups = instance.dir / "backups"
    archives = [*backups.glob("*.vault.tar.gz"), *backups.glob("*/vault.sqlite3")]
    stale = sum(1 for path in archives if path.stat().st_mtime < before)
    if stale:
        yield Finding("vault_archives", "watch", {"count": stale, "days": VAULT_ARCHIVE_DAYS})


def _scanner(instance: Instance) -> Iterator[Finding]:
    """Whether the virus scanner answers, where one is set: while it does not, staff get no files."""
    if instance.scanner is not None:
        yield Finding("scanner", "ok" if instance.scanner.answers() else "mend")


def _identity_provider(instance: Instance) -> Iterator[Finding]:
    """Whether the identity provider answers for its own issuer, with keys, where one is set."""
    from mingze.accounts.provider import Asking, ProviderDown

    if instance.provider is None:
        return
    try:
        Asking(instance.provider).keys()
        weak = not (instance.provider.acr or instance.provider.amr)
        yield Finding("provider", "watch" if weak else "ok")
    except ProviderDown as down:
        yield Finding("provider", "mend", {"code": down.code})


def _deploy(instance: Instance) -> Iterator[Finding]:
    """Django's own `check --deploy`, which knows of settings that make a public server unsafe."""
    from django.core.checks import run_checks

    found = [str(message.id) for message in run_checks(include_deployment_checks=True) if not message.is_silenced()]
    yield Finding("deploy", "mend" if found else "ok", {"found": found or ["–"]})


def _versions(instance: Instance) -> Iterator[Finding]:
    from mingze import installation
    from mingze.store.errors import Unavailable

    try:
        found = installation.versions(instance)
    except Unavailable as error:
        yield Finding("reachable", "mend", {"code": error.code})
        return
    values = {"program": version("mingze"), "register": found.register, "accounts": found.accounts}
    yield Finding("versions", "ok" if found.current else "mend", values)


def _sqlite(instance: Instance) -> Iterator[Finding]:
    if instance.is_postgres:
        return
    yield Finding(
        "sqlite", "ok" if sqlite3.sqlite_version_info >= (3, 37) else "mend", {"version": sqlite3.sqlite_version}
    )
    from mingze.installation import FILES

    for name in FILES:
        path = instance.dir / name
        if not path.exists():
            yield Finding("database", "mend", {"name": name, "code": "gone"})
            continue
        if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
            yield Finding("database", "mend", {"name": name, "code": "read_only"})
            continue
        try:
            with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
                journal = connection.execute("PRAGMA journal_mode").fetchone()[0]
                sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            connection.close()
        except sqlite3.Error as error:
            yield Finding("database", "mend", {"name": name, "code": type(error).__name__})
            continue
        if journal != "wal" or sound != "ok":
            yield Finding("database", "mend", {"name": name, "code": journal if sound == "ok" else "damaged"})
        else:
            yield Finding("database", "ok", {"name": name})
    yield from _accounts_pragmas()


def _accounts_pragmas() -> Iterator[Finding]:
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "foreign_keys")}
    except DatabaseError as error:
        yield Finding("pragmas", "mend", {"found": type(error).__name__})
        return
    safe = found == {"synchronous": 2, "foreign_keys": 1}
    yield Finding("pragmas", "ok" if safe else "mend", {"found": ", ".join(f"{k}={v}" for k, v in found.items())})


SAFE_SETTINGS = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on remote_apply remote_write local"}
"""PostgreSQL settings and the values under which an acknowledged row survives a power cut."""


def _postgres(instance: Instance) -> Iterator[Finding]:
    if not instance.is_postgres:
        return
    import psycopg

    from mingze.store.publishing import standbys_not_waited_for

    try:
        with psycopg.connect(instance.database_url, connect_timeout=10) as connection:
            number = connection.info.server_version
            shown = {name: (connection.execute(f"SHOW {name}").fetchone() or [""])[0] for name in SAFE_SETTINGS}  # type: ignore[arg-type]
            standbys = standbys_not_waited_for(connection)
    except psycopg.Error:
        yield Finding("reachable", "mend", {"code": "gone"})
        return
    yield Finding("postgres", "ok" if number >= 150000 else "mend", {"version": f"{number // 10000}.{number % 10000}"})
    for name, value in shown.items():
        state: State = "ok" if value in SAFE_SETTINGS[name].split() else "mend"
        yield Finding("setting", state, {"name": name, "value": value})
    yield Finding("standby", "mend" if standbys else "ok", {"standbys": standbys})


def _calendar(instance: Instance) -> Iterator[Finding]:
    until = resources.load_calendar().covered_until_on
    today = instance.clock.now().date()
    next_year = today.year + 1
    if until is None or until < today:
        yield Finding("calendar", "mend", {"until": until, "year": next_year})
    else:
        yield Finding("calendar", "ok" if until.year >= next_year else "watch", {"until": until, "year": next_year})


def _clock(instance: Instance) -> Iterator[Finding]:
    now = instance.clock.now()
    settings = dt.datetime.fromtimestamp((instance.dir / "mingze.toml").stat().st_mtime, instances.SHANGHAI)
    sane = now.date() >= WRITTEN_ON and now.year < 2100 and (instance.demo or now >= settings - dt.timedelta(minutes=5))
    yield Finding("clock", "ok" if sane else "mend", {"now": now})
    if os.environ.get("MINGZE_NOW") and not instance.demo:
        yield Finding("frozen", "watch")


def _disk(instance: Instance) -> Iterator[Finding]:
    free = shutil.disk_usage(instance.dir).free
    state: State = "ok" if free >= _LOW else "watch" if free >= _FULL else "mend"
    yield Finding("disk", state, {"megabytes": free // 1024**2})


def _offices(instance: Instance) -> Iterator[Finding]:
    wanted = ("intake", "supervision", "verification")
    missing = [name for name in wanted if instance.offices.for_function(name) is None]
    if missing:
        yield Finding("offices", "mend", {"missing": missing})
    else:
        yield Finding("offices", "ok", {"count": len(instance.offices.offices)})


def _face(instance: Instance) -> Iterator[Finding]:
    if instance.demo:
        yield Finding("demo", "watch")
        return
    secure = instance.base_url.startswith("https://")
    yield Finding("address", "ok" if secure else "watch", {"address": instance.base_url})
    yield Finding("mail", "ok" if instance.mail.host else "watch", {"host": instance.mail.host or "–"})


def _procedures(instance: Instance) -> Iterator[Finding]:
    read = resources.shipped()
    for folder, error in read.unreadable.items():
        yield Finding("procedures", "mend", {"count": len(read.procedures), "names": f"{folder.name}: {error}"[:200]})
    if not read.unreadable:
        yield Finding("procedures", "ok", {"count": len(read.procedures), "names": sorted(read.procedures)})


def _versions_in_force(instance: Instance) -> Iterator[Finding]:
    """What waits for a second person, what cannot be read, numbers for nothing, and what an upgrade would install."""
    from mingze.candidates import all_versions, candidates, stray_overlays
    from mingze.store.errors import OtherVersion, Unavailable

    try:
        versions = all_versions(instance.register(write=False).library.versions(), instance.dir)
    except (Unavailable, OtherVersion, InstanceError):  # said by the checks of the databases and the keys
        return
    finally:
        instance.close()
    waiting = [each for each in versions if each.state == "proposed"]
    shipped = [each.name for each in waiting if each.origin == "shipped" and not each.proposed_by]
    own = [each.name for each in waiting if each.name not in shipped]
    broken = [each.name for each in candidates(instance.dir) if each.error and each.origin != "shipped"]
    stray = stray_overlays(instance.dir)
    for name, names in (("shipped", shipped), ("waiting", own), ("unreadable", broken), ("stray", stray)):
        if names:
            yield Finding(f"version-{name}", "watch", {"names": names})
    if not (waiting or broken or stray):
        yield Finding("version", "ok", {"count": sum(each.state == "active" for each in versions)})


def _staffing(instance: Instance) -> Iterator[Finding]:
    """Each function that a procedure asks for and nobody in authority.yaml has."""
    from mingze.accounts.staffing import gaps

    missing: dict[tuple[str, str], list[str]] = {}
    for procedure in resources.load_procedures().values():
        for gap in gaps(procedure, instance.offices):
            names = missing.setdefault((gap.kind, gap.function), [])
            if procedure.name not in names:
                names.append(procedure.name)
    for (kind, function), names in missing.items():
        yield Finding(f"staffing-{kind}", "watch", {"function": function, "names": names})
    if not missing:
        yield Finding("staffing", "ok")


CHECKS: tuple[Callable[[Instance], Iterator[Finding]], ...] = (
    _secrets,
    _signer,
    _keys,
    _scanner,
    _identity_provider,
    _deploy,
    _versions,
    _sqlite,
    _postgres,
    _procedures,
    _versions_in_force,
    _calendar,
    _clock,
    _disk,
    _offices,
    _staffing,
    _face,
)


@click.command()
@folder_option()
@json_option()
@lang_option()
def doctor(folder: Path, as_json: bool) -> None:
    """Check that an instance is healthy."""
    from mingze import installation

    instance = Instance.open(folder)
    instances.use(instance)
    try:
        installation.start_django()
    except InstanceError as error:  # without its keys Django cannot start; the rest can still be looked at
        findings = [Finding("secret", "mend", {"name": Path(error.values["file"]).name, "code": error.code})]
    else:
        findings = examine(instance)
    lang = language()
    worst = next((state for state in ("mend", "watch") if any(found.state == state for found in findings)), "ok")
    if as_json:
        rows = [
            {"check": found.name, "state": found.state, "text": found.words(lang), **found.values} for found in findings
        ]
        print_json({"dir": instance.dir, "state": worst, "findings": rows})
    else:
        for found in findings:
            click.echo(f"{_MARKS[found.state]} {found.words(lang)}")
    if worst == "mend":
        raise SystemExit(EXIT_NO)
