"""The signer as a process of its own: what it refuses, what it survives, and that the server needs no key."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mingze.instance import Instance, InstanceError
from mingze.jobs.static_log import inspect
from mingze.ledger import AddCheckpoint, Checkpoint, Edge, Policy, parse_checkpoint, parse_vkey, vkey
from mingze.signing import FOLDER, SOCKET, FileSigner, PublishRefused, SocketSigner, listens
from tests.outside import clean_environment, run_mingze, serving
from tests.store.conftest import sqlite_town as sqlite_town
from tests.store.town import ORIGIN, SEED, Town

POLICY = Policy.of_log(parse_vkey(vkey(ORIGIN, SEED)))


@contextmanager
def signer_process(folder: Path, *arguments: str) -> Iterator[SocketSigner]:
    """`mingze signer` in a second process."""
    command = [sys.executable, "-c", "from mingze.cli.main import main; main()", "signer", "--dir", str(folder)]
    process = subprocess.Popen([*command, *arguments], env=clean_environment(), stdout=subprocess.DEVNULL)
    path = folder / FOLDER / SOCKET
    try:
        for _ in range(200):
            if listens(path) or process.poll() is not None:
                break
            time.sleep(0.05)
        yield SocketSigner(path)
    finally:
        process.kill()
        process.wait()


def a_folder(tmp_path: Path) -> Path:
    """Just what the signer reads: the settings and the key."""
    folder = tmp_path / "instance"
    (folder / "secrets").mkdir(parents=True)
    (folder / "ledger").mkdir()
    (folder / "secrets" / "log.key").write_bytes(SEED)
    return folder


def head(edge: Edge) -> bytes:
    return Checkpoint(ORIGIN, edge.size, edge.root()).text()


def test_a_register_publishes_through_the_signers_process(
    make_instance: Callable[..., Instance], tmp_path: Path
) -> None:
    """With the key in another process, the log is signed as before; its memory outlives the process."""
    instance = make_instance()
    with signer_process(instance.dir) as signer:
        key = instance.dir / "secrets" / "log.key"
        key.rename(tmp_path / "log.key")  # the web process has no key, not even if it asks for one
        register = instance.register()
        register.file("suggestion", {"matter": "灯不亮"}, form_key="one")
        assert register.publish() == 1 == signer.seen().size
        assert inspect(instance.dir / "ledger", Policy.of_log(instance.log_key)).faults == ()
        assert (instance.dir / FOLDER / SOCKET).stat().st_mode & 0o077 == 0
        again = run_mingze("signer", "--dir", str(instance.dir), "--key", str(tmp_path / "log.key"))
        assert again.returncode != 0 and "signer" in again.stderr + again.stdout
    register.file("suggestion", {"matter": "灯还不亮"}, form_key="two")
    with pytest.raises(InstanceError, match="secret_missing"):  # nobody listens, and there is no key to sign with here
        register.publish()
    (tmp_path / "log.key").rename(key)
    with signer_process(instance.dir) as signer:
        assert signer.seen().size == 1
        assert register.publish() == 2
    instance.close()


def test_two_installations_on_one_key_cannot_fork_the_log(sqlite_town: Town, tmp_path: Path) -> None:
    """A copied installation that asks the same signer is refused as soon as the two differ; no second tree is signed."""
    one = sqlite_town.open()
    sqlite_town.file(one)
    one.publish()
    sqlite_town.close()
    copy = tmp_path / "copy"
    shutil.copytree(sqlite_town.folder, copy, ignore=shutil.ignore_patterns("copy"))
    other_town = Town(str(copy), copy)
    signer = FileSigner(sqlite_town.folder / FOLDER, ORIGIN, SEED)
    one, other = sqlite_town.open(signer=signer), other_town.open(signer=signer)
    sqlite_town.file(one, form_key="first only")
    other_town.file(other, form_key="second only")
    assert one.publish() == 2
    with pytest.raises(PublishRefused, match="log_forked"):
        other.publish()
    other_town.file(other)
    with pytest.raises(PublishRefused, match="log_forked"):
        other.publish()
    assert parse_checkpoint((copy / "ledger/checkpoint").read_bytes()).checkpoint.size == 1
    assert inspect(sqlite_town.folder / "ledger", POLICY).faults == ()
    other_town.close()


def test_the_signer_remembers_what_a_restored_folder_forgot(sqlite_town: Town) -> None:
    """Database and published files are both put back to an older day: the signer's own memory still refuses."""
    register = sqlite_town.open()
    sqlite_town.file(register)
    register.publish()
    sqlite_town.close()
    old = sqlite_town.folder / "old"
    shutil.copytree(sqlite_town.folder, old, ignore=shutil.ignore_patterns("old", FOLDER))
    register = sqlite_town.open()
    sqlite_town.file(register)
    register.publish()
    sqlite_town.close()
    shutil.copytree(old, sqlite_town.folder, dirs_exist_ok=True)
    for name in ("register.sqlite3-wal", "register.sqlite3-shm"):
        (sqlite_town.folder / name).unlink(missing_ok=True)
    shutil.rmtree(sqlite_town.folder / "ledger")
    shutil.copytree(old / "ledger", sqlite_town.folder / "ledger")
    register = sqlite_town.open()
    with pytest.raises(PublishRefused, match="log_shorter") as refused:
        register.publish()
    assert refused.value.values == {"found": 1, "signed": 2}


def test_the_signer_checks_by_itself(tmp_path: Path) -> None:
    """It believes nobody's word for a continuation, repeats its own answers, and knows only its own log."""
    signer = FileSigner(tmp_path, ORIGIN, SEED)
    one, _ = Edge().append([b"1" * 32])
    two, _ = one.append([b"2" * 32])
    other, _ = Edge().append([b"3" * 32, b"4" * 32])
    first = signer.sign(AddCheckpoint(0, (), head(one)))
    assert signer.sign(AddCheckpoint(0, (), head(one))) == first
    refusals = {
        "log_forked": AddCheckpoint(1, (b"4" * 32,), head(other)),
        "signer_moved": AddCheckpoint(0, (), head(two)),
        "log_shorter": AddCheckpoint(0, (), head(Edge())),
        "signer_other_log": AddCheckpoint(1, (), head(two).replace(b"mingyuan", b"other")),
    }
    for code, request in refusals.items():
        with pytest.raises(PublishRefused, match=code):
            signer.sign(request)
    assert signer.seen().size == 1
    signer.sign(AddCheckpoint(1, (b"2" * 32,), head(two)))
    signer.place.write_bytes(first.replace(b"\n1\n", b"\n9\n"))
    with pytest.raises(PublishRefused, match="signer_state"):
        FileSigner(tmp_path, ORIGIN, SEED).sign(AddCheckpoint(2, (), head(two)))
    with pytest.raises(PublishRefused, match="signer_state"):
        FileSigner(tmp_path, ORIGIN, bytes(32)).seen()


def test_a_signer_that_cannot_remember_does_not_sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If its memory cannot be written, nothing leaves it."""
    from mingze import signing

    signer = FileSigner(tmp_path, ORIGIN, SEED)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(signing, "write_durably", full)
    one, _ = Edge().append([b"1" * 32])
    with pytest.raises(PublishRefused, match="signer_unwritable"):
        signer.sign(AddCheckpoint(0, (), head(one)))
    assert signer.seen().size == 0


def test_serving_starts_a_signer_and_ends_with_it(make_instance: Callable[..., Instance]) -> None:
    """The server's worker signs through its own signer; one that dies is started again; both go together."""
    instance = make_instance(demo=True)
    path = instance.dir / FOLDER / SOCKET
    with serving(instance) as server:
        assert listens(path)
        lock = path.with_name(SOCKET + ".lock")
        killed = int(lock.read_text(encoding="ascii"))
        os.kill(killed, signal.SIGKILL)
        for _ in range(100):
            if listens(path) and int(lock.read_text(encoding="ascii")) != killed:
                break
            time.sleep(0.1)
        assert listens(path) and int(lock.read_text(encoding="ascii")) != killed
        server.stop()
    assert not listens(path)


def test_a_server_without_a_signer_takes_matters_and_says_so(make_instance: Callable[..., Instance]) -> None:
    """When the signer runs elsewhere and is away, health is good, names the pass, and nothing is published meanwhile."""
    instance = make_instance(demo=True)
    path = instance.dir / "mingze.toml"
    away = str(instance.dir / "away.sock")
    path.write_text(path.read_text(encoding="utf-8").replace('signer = ""', f'signer = "{away}"', 1), encoding="utf-8")
    said: dict[str, str] = {}
    with serving(instance) as server:
        for _ in range(100):
            with urllib.request.urlopen(f"{server.url}/health") as answer:
                said = json.load(answer)
            if said["passes"] != "ok":
                break
            time.sleep(0.1)
        assert (said["status"], said["passes"]) == ("ok", "publish: signer_down")
        assert not (instance.dir / "ledger" / "checkpoint").exists()
        assert not (instance.dir / FOLDER / SOCKET).exists()
