"""Making an instance usable: its databases are created, filled for a demo, backed up and brought to this version."""

from __future__ import annotations

import importlib
import importlib.util
import os
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingze import instance as instances
from mingze.instance import Instance, InstanceError, create

FILES = ("register.sqlite3", "vault.sqlite3", "accounts.sqlite3")
"""The SQLite databases of an instance; with PostgreSQL they are schemas of the same names."""


@dataclass(frozen=True)
class Versions:
    """Which version each database has (0: not made yet) and which this program needs; accounts count migrations."""

    register: int
    register_wanted: int
    vault: int
    accounts: int
    accounts_wanted: int

    @property
    def made(self) -> bool:
        return bool(self.register and self.vault and self.accounts)

    @property
    def current(self) -> bool:
        return self.register == self.vault == self.register_wanted and self.accounts == self.accounts_wanted

    @property
    def newer(self) -> bool:
        return max(self.register, self.vault) > self.register_wanted or self.accounts > self.accounts_wanted


def place(instance: Instance) -> str | Path:
    """Where the store finds its databases."""
    return instance.database_url or instance.dir


def start_django() -> None:
    """Make Django ready in this process for the current instance; safe to repeat."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingze.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def versions(instance: Instance) -> Versions:
    """The versions of an instance's databases. Raises Unavailable when one cannot be reached."""
    from mingze.store.schema import SCHEMA_VERSION, schema_version

    done, wanted = _accounts_versions(instance)
    where = place(instance)
    return Versions(schema_version(where), SCHEMA_VERSION, schema_version(where, "vault"), done, wanted)


def _accounts_versions(instance: Instance) -> tuple[int, int]:
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    if not instance.is_postgres and not instance.accounts_path.exists():
        return 0, len(MigrationLoader(None).disk_migrations)
    loader = MigrationLoader(connection)
    known = loader.disk_migrations or {}
    applied = loader.applied_migrations or {}
    # A migration we do not know was applied by a newer program.
    return len(applied) + (len(known) if applied.keys() - known.keys() else 0), len(known)


def require_current(instance: Instance) -> None:
    """Refuse databases that are missing or of another version, and say what to do."""
    found = versions(instance)
    if not found.made:
        raise InstanceError("databases_missing", dir=str(instance.dir))
    if not found.current:
        raise _other_version(instance, found)


def _other_version(instance: Instance, found: Versions) -> InstanceError:
    code = "made_by_newer" if found.newer else "upgrade_needed"
    have, want = f"{found.register}.{found.accounts}", f"{found.register_wanted}.{found.accounts_wanted}"
    return InstanceError(code, dir=str(instance.dir), found=have, expected=want)


def prepare(folder: Path | str, demo: bool = False) -> Instance:
    """Make the instance of a folder with its databases, or complete what was begun; the same twice changes nothing.

    Raises:
        InstanceError: as `create`; ``register_lost`` when a ledger was published from a register that is gone now: a
            new, empty one would contradict it; ``upgrade_needed``.
    """
    instance = create(folder, demo)
    instances.use(instance)
    start_django()
    found = versions(instance)
    if found.made and not found.current:
        raise _other_version(instance, found)
    if not found.made:
        if not found.register and any((instance.dir / "ledger").iterdir()):
            raise InstanceError("register_lost", dir=str(instance.dir))
        migrate(instance)
        install_procedures(instance)
    return instance


def install_procedures(instance: Instance) -> list[str]:
    """Put in force what came with this program and is not yet; the names. What the authority has put in force itself
    stays, and the new text of it is proposed.
    """
    from mingze import resources

    try:
        return instance.register().library.install(resources.load_procedures().values())
    finally:
        instance.close()


def fill_demo(instance: Instance) -> None:
    """Fill a demo with its fictional year, if the generator is there and has not done so."""
    found = importlib.util.find_spec("mingze.demo")
    if found is not None and found.origin is not None:
        importlib.import_module("mingze.demo").fill(instance)


def migrate(instance: Instance) -> None:
    """Bring register, vault and accounts to this program's version, each step a transaction of its own."""
    from django.core.management import call_command
    from django.db import connection

    from mingze.store.schema import migrate as migrate_register

    migrate_register(place(instance))
    if instance.is_postgres:
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA IF NOT EXISTS accounts")
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()
    if not instance.is_postgres:
        for name in FILES:
            (instance.dir / name).chmod(0o600)


def back_up(instance: Instance) -> Path:
    """Copy the SQLite databases as they are at this moment, the settings and the offices, into ``backups/<time>/``.

    Keys and evidence are not copied: keys belong in another place than the data they open, evidence never changes.
    """
    folder = instance.dir / "backups" / instance.clock.now().strftime("%Y%m%dT%H%M%S%f")[:-3]
    folder.mkdir(mode=0o700, parents=True)
    for name in FILES:
        source_path = instance.dir / name
        if source_path.exists():
            source, copy = sqlite3.connect(source_path), sqlite3.connect(folder / name)
            try:
                source.backup(copy)
            finally:
                source.close()
                copy.close()
            (folder / name).chmod(0o600)
    for name in ("mingze.toml", "authority.yaml"):
        shutil.copy2(instance.dir / name, folder / name)
    for name in ("procedures", "overlays"):
        if (instance.dir / name).is_dir():
            shutil.copytree(instance.dir / name, folder / name)
    return folder


def upgrade(instance: Instance, *, have_backup: bool = False) -> dict[str, Any]:
    """Back up and migrate under the instance's lock; says what was found and done.

    Raises:
        InstanceError: ``locked`` while a server runs; ``made_by_newer``; ``backup_first`` on PostgreSQL, whose
            databases the operator backs up.
    """
    with instance.locked():
        found = versions(instance)
        if found.newer:
            raise _other_version(instance, found)
        if found.current:
            new = install_procedures(instance)
            return {"done": bool(new), "backup": None, "versions": found, "procedures": new}
        if instance.is_postgres and found.made and not have_backup:
            raise InstanceError("backup_first")
        backup = None if instance.is_postgres else back_up(instance)
        migrate(instance)
        new = install_procedures(instance)
        return {"done": True, "backup": backup, "versions": versions(instance), "procedures": new}
