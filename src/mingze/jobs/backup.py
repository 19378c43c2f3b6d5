"""Backups that can be believed: made while the service runs, unpacked and replayed before they are called made.

    mingze-20261122T101500000.register.tar.gz    register, accounts, settings, offices, evidence, the public checkpoint
    mingze-20261122T101500000.vault.tar.gz       the wrapped keys of sealed data, and the list of what was erased

The order makes the copies fit each other without stopping anybody: the public checkpoint first (the register that is
copied after it is never shorter), then the register, then the vault (it has every key the register needs, because a key
is durable before anything is sealed under it), then evidence. Keys of sealed data lie apart, because an old copy of them
would undo an erasure: keep vault archives for a short time only. The folder ``secrets/`` is in neither.

Each archive ends with ``manifest.json``: what it is of, and the SHA-256 of every file in it.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import file_digest
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Literal

from mingze import resources
from mingze.durable import sync_folder
from mingze.instance import Instance, InstanceError
from mingze.jobs.replay import Replay, Replayed
from mingze.jobs.rotation import keys_of, remember
from mingze.ledger import LedgerError, Policy, parse_checkpoint
from mingze.signing import PublishRefused
from mingze.store import Keys, Register
from mingze.store.connection import Database
from mingze.vault import Vault

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
SUFFIXES: Final = {"register": ".register.tar.gz", "vault": ".vault.tar.gz"}
_SQLITE: Final = {"register": ("register.sqlite3", "accounts.sqlite3"), "vault": ("vault.sqlite3",)}
_SCHEMAS: Final = {"register": ("register", "accounts"), "vault": ("vault",)}
_DUMP: Final = "postgres.dump"

type Part = Literal["register", "vault"]


class BackupRefused(Exception):
    """Nothing was backed up or restored; `code` is worded under ``backup-<code>``."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(f"{code} {values}")
        self.code = code
        self.values = values


@dataclass(frozen=True)
class BackedUp:
    """The two archives of a backup, and what replaying it showed."""

    register: Path
    vault: Path
    replayed: Replayed


@dataclass(frozen=True)
class Restored:
    """What a restore has brought back; `erased` counts keys that an older vault still had and that were destroyed again."""

    replayed: Replayed
    erased: int
    kept: Path | None
    """Where the databases that were there before now are."""


def log_keys(instance: Instance, register: Register) -> Policy:
    """The keys that a log may be signed with: as its own records say, whose places the replay proves."""
    try:
        return keys_of(register, instance.log_key)
    except LedgerError:
        return instance.log_keys


def open_at(instance: Instance, place: str | Path, folder: Path) -> Register:
    """The register of a copy, for reading, with the instance's keys."""
    return Register.open(
        place,
        instance.authority,
        folder=folder,
        keys=Keys(receipt=instance.secret("receipt.key"), kek=instance.keeper()),
        clock=instance.clock,
        procedures=resources.load_procedures(),
        calendar=resources.load_calendar(),
        offices=instance.offices,
        origin=instance.origin,
        write=False,
    )


def replayed(instance: Instance, place: str | Path, folder: Path) -> Replayed:
    """Replay the log of a copy from its storage."""
    register = open_at(instance, place, folder)
    try:
        return Replay(register, log_keys(instance, register)).run()
    finally:
        register.close()


def published_size(folder: Path) -> int:
    """How many entries the public checkpoint in a ledger folder counts; 0 when there is none."""
    try:
        return parse_checkpoint((folder / "checkpoint").read_bytes()).checkpoint.size
    except FileNotFoundError:
        return 0
    except (LedgerError, OSError):
        raise BackupRefused("checkpoint_unreadable", file=str(folder / "checkpoint")) from None


def signed_size(instance: Instance) -> int:
    """How many entries the signer of a folder remembers having signed; 0 when it remembers nothing, or cannot be asked."""
    try:
        return instance.signer().seen().size
    except (PublishRefused, InstanceError):
        return 0


# -- backing up ----------------------------------------------------------------------------------------------------------


def back_up(instance: Instance, to: Path) -> BackedUp:
    """Back up a running or resting instance into a folder, then unpack and replay what was written.

    Raises:
        BackupRefused: ``not_whole`` (the copy does not replay; the archives are kept under a name ending in
            ``.broken``), ``no_pg_dump``, ``pg_failed``.
        OSError: the folder cannot be written.
    """
    to.mkdir(parents=True, exist_ok=True, mode=0o700)
    stem = _free_stem(to, "mingze-" + instance.clock.now().strftime("%Y%m%dT%H%M%S%f")[:-3])
    with tempfile.TemporaryDirectory(dir=to, prefix=".making-") as scratch:
        work = Path(scratch)
        (work / "ledger").mkdir()
        for name in ("checkpoint", "policy.txt", "governance"):
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(instance.dir / "ledger" / name, work / "ledger" / name)
        archives: dict[Part, Path] = {}
        for part in ("register", "vault"):
            _copy_databases(instance, part, work)
            files = dict(_files(instance, part, work))
            archives[part] = to / (stem + SUFFIXES[part])
            _pack(archives[part], files, _about(instance, part, stem))
        found = _proved(instance, archives, work)
    if found.faults:
        for path in archives.values():
            path.rename(path.with_name(path.name + ".broken"))
        raise BackupRefused("not_whole", count=len(found.faults), faults=found.faults)
    return BackedUp(archives["register"], archives["vault"], found)


def _free_stem(to: Path, stem: str) -> str:
    tries = (stem if count == 1 else f"{stem}-{count}" for count in range(1, 10_000))
    return next(tried for tried in tries if not (to / (tried + SUFFIXES["register"])).exists())


def _copy_databases(instance: Instance, part: Part, work: Path) -> None:
    if instance.is_postgres:
        wanted = [word for schema in _SCHEMAS[part] for word in ("--schema", schema)]
        command = ["pg_dump", "--format=custom", "--no-owner", "--file", str(work / f"{part}-{_DUMP}"), *wanted]
        _run_postgres(command, instance.database_url)
        return
    for name in _SQLITE[part]:
        copy_sqlite(instance.dir / name, work / name)


def copy_sqlite(source_path: Path, copy_path: Path) -> None:
    """A SQLite database as it is at one moment, whoever is writing to it (the online backup API)."""
    source = sqlite3.connect(f"file:{source_path}?mode=ro", uri=True)
    copy = sqlite3.connect(copy_path)
    try:
        copy.execute("PRAGMA secure_delete=ON")
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        source.close()
        copy.close()


def _files(instance: Instance, part: Part, work: Path) -> Iterator[tuple[str, Path]]:
    """What goes into an archive: name in it, file on the disk."""
    if instance.is_postgres:
        yield f"{part}-{_DUMP}", work / f"{part}-{_DUMP}"
    else:
        yield from ((name, work / name) for name in _SQLITE[part])
    if part == "vault":
        return
    for name in ("mingze.toml", "authority.yaml"):
        yield name, instance.dir / name
    for path in sorted((work / "ledger").iterdir()):
        yield f"ledger/{path.name}", path
    for path in sorted((instance.dir / "evidence").glob("??/*")):
        if not path.name.startswith("."):
            yield f"evidence/{path.parent.name}/{path.name}", path


def _about(instance: Instance, part: Part, stem: str) -> dict[str, Any]:
    about: dict[str, Any] = {
        "format": FORMAT,
        "part": part,
        "name": stem,
        "authority": instance.authority.id,
        "origin": instance.origin,
        "database": "postgres" if instance.is_postgres else "sqlite",
        "made_at": instance.clock.now().isoformat(),
    }
    if part == "vault":
        about["erased"] = erased_keys(instance.database_url or instance.dir, instance.authority.id)
    return about


def erased_keys(place: str | Path, authority: str) -> list[list[str]]:
    """The keys that were destroyed: case, party, when. They say nothing of what was sealed under them."""
    connection = Database(place, "vault").connect(write=False)
    sql = (
        "SELECT case_id, party, destroyed_at FROM data_key WHERE authority = ? AND destroyed_at <> '' ORDER BY case_id"
    )
    try:
        return [list(row) for row in connection.execute(sql, (authority,)).fetchall()]
    finally:
        connection.close()


def _pack(archive: Path, files: dict[str, Path], about: dict[str, Any]) -> None:
    temporary = archive.with_name(f".{archive.name}.{os.getpid()}")
    digests: dict[str, str] = {}
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=3) as tar:
                for name, path in files.items():
                    with path.open("rb") as file:
                        digests[name] = file_digest(file, "sha256").hexdigest()
                    tar.add(path, arcname=name, recursive=False, filter=_plain)
                manifest = json.dumps(about | {"files": digests}, ensure_ascii=False, indent=1).encode()
                member = tarfile.TarInfo(MANIFEST)
                member.size, member.mode = len(manifest), 0o600
                tar.addfile(member, BytesIO(manifest))
            raw.flush()
            os.fsync(raw.fileno())
        os.rename(temporary, archive)
        sync_folder(archive.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def _proved(instance: Instance, archives: dict[Part, Path], work: Path) -> Replayed:
    """Unpack what was written and replay it; of PostgreSQL dumps, replay the server itself at this moment."""
    copy = work / "proved"
    for archive in archives.values():
        unpack(archive, copy)
    return replayed(instance, instance.database_url or copy, instance.dir if instance.is_postgres else copy)


# -- restoring -----------------------------------------------------------------------------------------------------------


def read_manifest(archive: Path) -> dict[str, Any]:
    """What an archive is of. Raises BackupRefused ``not_an_archive``."""
    try:
        with tarfile.open(archive, "r:gz") as tar:
            member = tar.extractfile(MANIFEST)
            about = json.load(member) if member else {}
    except (OSError, tarfile.TarError, KeyError, ValueError, EOFError, zlib.error):
        raise BackupRefused("not_an_archive", file=str(archive)) from None
    if not isinstance(about, dict) or about.get("format") != FORMAT or about.get("part") not in SUFFIXES:
        raise BackupRefused("not_an_archive", file=str(archive))
    return about


def unpack(archive: Path, to: Path) -> dict[str, Any]:
    """Unpack an archive and hold every file against its digest; returns its manifest.

    Raises BackupRefused ``not_an_archive``, ``damaged`` (with the file).
    """
    about = read_manifest(archive)
    to.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with gzip.open(archive) as stream:  # tar stops reading before the checksum at the end
            while stream.read(1 << 20):
                pass
        with tarfile.open(archive, "r:gz") as tar:
            tar.extractall(to, filter="data")
    except (OSError, tarfile.TarError, EOFError, zlib.error) as error:
        raise BackupRefused("damaged", file=f"{archive.name} ({type(error).__name__})") from None
    for name, digest in about["files"].items():
        try:
            with (to / name).open("rb") as file:
                found = file_digest(file, "sha256").hexdigest()
        except OSError:
            found = ""
        if found != digest:
            raise BackupRefused("damaged", file=name)
    return about


def restore(register_archive: Path, vault_archive: Path, folder: Path, secrets: Path | None) -> Restored:
    """Bring an instance back from its two archives and its secrets, then replay the log.

    Databases that are there are moved aside, never deleted. What was erased according to the vault that is there, or to
    any vault archive beside the given one, is erased again.

    Raises:
        BackupRefused: nothing was changed: ``other_instance``, ``other_database``, ``log_shorter`` (the public
            checkpoint in the folder counts more entries than the backup), ``not_whole``, ``no_secrets``,
            ``database_not_empty``, ``not_an_archive``, ``damaged``.
        InstanceError: ``locked`` while a server runs.
    """
    folder = folder.expanduser().absolute()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".restoring-") as scratch:
        work = Path(scratch)
        about = unpack(register_archive, work)
        keys = unpack(vault_archive, work)
        if (about["part"], keys["part"]) != ("register", "vault") or about["origin"] != keys["origin"]:
            raise BackupRefused("other_instance", found=keys["origin"], expected=about["origin"])
        instance = _prepared(folder, work, about, secrets)
        with instance.locked():
            erased = _erased(instance, keys, vault_archive)
            if instance.is_postgres:
                return _restore_postgres(instance, work, erased)
            return _restore_sqlite(instance, work, erased)


def _prepared(folder: Path, work: Path, about: dict[str, Any], secrets: Path | None) -> Instance:
    """The instance of the folder, its settings and secrets filled in where they are missing."""
    fresh = not (folder / "mingze.toml").exists()
    held = folder / "secrets"
    if not any(held.glob("*.k*")):
        if secrets is None or not (secrets / "vault.kek").is_file():
            raise BackupRefused("no_secrets", dir=str(held))
    if not fresh:
        _same_instance(Instance.open(folder), about)
    for name in ("secrets", "evidence", "ledger", "backups"):
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    if secrets is not None and secrets.absolute() != held:
        for path in sorted(secrets.iterdir()):
            if path.is_file() and not (held / path.name).exists():
                shutil.copyfile(path, held / path.name)
                (held / path.name).chmod(0o600)
    if fresh:
        for name in ("authority.yaml", "mingze.toml"):
            shutil.copyfile(work / name, folder / name)
    instance = Instance.open(folder)
    _same_instance(instance, about)
    return instance


def _same_instance(instance: Instance, about: dict[str, Any]) -> None:
    if (instance.authority.id, instance.origin) != (about["authority"], about["origin"]):
        raise BackupRefused("other_instance", found=about["origin"], expected=instance.origin)
    if instance.is_postgres != (about["database"] == "postgres"):
        raise BackupRefused("other_database", found=about["database"])


def _erased(instance: Instance, keys: dict[str, Any], vault_archive: Path) -> list[list[str]]:
    """Every erasure that is known, from the vault in place and from the vault archives that lie beside this one."""
    known = list(keys["erased"])
    if instance.is_postgres or (instance.dir / "vault.sqlite3").exists():
        with contextlib.suppress(Exception):  # a vault that cannot be read is what is being restored
            known += erased_keys(instance.database_url or instance.dir, instance.authority.id)
    for path in sorted(vault_archive.parent.glob("*" + SUFFIXES["vault"])):
        with contextlib.suppress(BackupRefused):
            other = read_manifest(path)
            if other["origin"] == keys["origin"]:
                known += other["erased"]
    return known


def _not_shorter(instance: Instance, found: Replayed) -> None:
    signed = max(published_size(instance.dir / "ledger"), signed_size(instance))
    if found.leaves < signed:
        raise BackupRefused("log_shorter", found=found.leaves, signed=signed)


def _erase_again(instance: Instance, place: str | Path, erased: Iterable[list[str]]) -> int:
    vault = Vault(Database(place, "vault"), instance.authority.id, instance.keeper(), write=True)
    try:
        return sum(vault.destroy(case_id, party, at) for case_id, party, at in erased)
    finally:
        vault.close()


def _restore_sqlite(instance: Instance, work: Path, erased: list[list[str]]) -> Restored:
    found = replayed(instance, work, work)
    if found.faults:
        raise BackupRefused("not_whole", count=len(found.faults), faults=found.faults)
    _not_shorter(instance, found)
    again = _erase_again(instance, work, erased)
    _fold_write_ahead(work / "vault.sqlite3")
    kept = _move_aside(instance)
    _bring_evidence(work / "evidence", instance.dir / "evidence")
    for name in (*_SQLITE["register"], *_SQLITE["vault"]):
        (work / name).chmod(0o600)
        os.replace(work / name, instance.dir / name)
    sync_folder(instance.dir)
    return Restored(_finished(instance, work), again, kept)


def _fold_write_ahead(path: Path) -> None:
    """Bring what stands in a database's write-ahead log into its file, so that the file alone is the database."""
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode=DELETE")
    finally:
        connection.close()


def _move_aside(instance: Instance) -> Path | None:
    names = [name + tail for part in _SQLITE.values() for name in part for tail in ("", "-wal", "-shm")]
    there = [name for name in names if (instance.dir / name).exists()]
    if not there:
        return None
    kept = instance.dir / "backups" / ("replaced-" + instance.clock.now().strftime("%Y%m%dT%H%M%S%f")[:-3])
    kept.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in there:
        os.replace(instance.dir / name, kept / name)
    return kept


def _bring_evidence(source: Path, target: Path) -> None:
    for path in sorted(source.glob("??/*")):
        place = target / path.parent.name / path.name
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, place)


def _restore_postgres(instance: Instance, work: Path, erased: list[list[str]]) -> Restored:
    import psycopg

    with psycopg.connect(instance.database_url) as connection:
        row = connection.execute("SELECT to_regclass('register.event'), to_regclass('vault.data_key')").fetchone()
    if row is None or row != (None, None):
        raise BackupRefused("database_not_empty")
    for archive in ("register", "vault"):
        _run_postgres(
            ["pg_restore", "--no-owner", "--single-transaction", "--exit-on-error", "--dbname", "",
             str(work / f"{archive}-{_DUMP}")], instance.database_url)  # fmt: skip
    found = replayed(instance, instance.database_url, instance.dir)
    if found.faults:
        raise BackupRefused("not_whole", count=len(found.faults), faults=found.faults)
    _not_shorter(instance, found)
    again = _erase_again(instance, instance.database_url, erased)
    _bring_evidence(work / "evidence", instance.dir / "evidence")
    return Restored(_finished(instance, work), again, None)


def _finished(instance: Instance, work: Path) -> Replayed:
    """Make the public files from the database again, and replay what now stands in place."""
    from mingze.jobs.static_log import export
    from mingze.ledger import parse_policy

    for name in ("checkpoint", "policy.txt", "governance"):
        source, place = work / "ledger" / name, instance.dir / "ledger" / name
        if source.exists() and not place.exists():
            shutil.copyfile(source, place)
    register = open_at(instance, instance.database_url or instance.dir, instance.dir)
    try:
        with contextlib.suppress(LedgerError):  # the replay says what is wrong with the records
            remember(instance, register)
        note = register.checkpoint()
        if note:
            policy = instance.dir / "ledger" / "policy.txt"
            trusted = parse_policy(policy.read_bytes()) if policy.exists() else log_keys(instance, register)
            if parse_checkpoint(note).checkpoint.size >= published_size(instance.dir / "ledger"):
                export(note, register.tile, trusted, instance.dir / "ledger", register.governance_file())
        return Replay(register, log_keys(instance, register)).run()
    finally:
        register.close()


# -- PostgreSQL ----------------------------------------------------------------------------------------------------------


def _run_postgres(command: list[str], url: str) -> None:
    """Run one of PostgreSQL's own programs; the address goes by environment, so that no password stands in a list of
    processes."""
    from psycopg.conninfo import conninfo_to_dict

    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE",
             "sslmode": "PGSSLMODE"}  # fmt: skip
    given = conninfo_to_dict(url)
    environment = os.environ | {names[name]: str(value) for name, value in given.items() if name in names}
    if "--dbname" in command:
        command[command.index("--dbname") + 1] = str(given.get("dbname", ""))
    program = shutil.which(command[0], path=os.environ.get("MINGZE_PG_BIN") or None)
    if program is None:
        raise BackupRefused("no_pg_dump", program=command[0])
    done = subprocess.run([program, *command[1:]], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupRefused("pg_failed", program=command[0], said=" ".join(done.stderr.split())[:300])
