"""The keeper of keys as a process of its own, the form of a wrapped key, and changing the key that wraps them."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mingze.cli.doctor import _deploy, _keys
from mingze.instance import Instance, InstanceError
from mingze.jobs.governing import state_rotation
from mingze.store import Keys, Unavailable
from mingze.store.connection import Database
from mingze.vault import SealBroken, Vault
from mingze.vault.keeping import FolderKeys, HeldKeys, KeysRefused, SocketKeys, kek_name, listens
from mingze.vault.rotation import new_kek, rotate
from mingze.vault.serving import serve
from tests.outside import clean_environment, run_mingze, serving
from tests.store.town import PROPOSER, Town

Make = Callable[..., Instance]
PLACE = b"data_key|a/case/party|wrapped|key1|1"


@contextmanager
def keeper(secrets: Path, path: Path) -> Iterator[SocketKeys]:
    """A keeper in a thread, answering at a real socket."""
    ready = threading.Event()
    threading.Thread(target=serve, args=(FolderKeys(secrets), path, ready.set), daemon=True).start()
    assert ready.wait(10)
    yield SocketKeys(path)


def secrets_in(folder: Path) -> Path:
    """A folder with one key-encryption key."""
    folder.mkdir(mode=0o700)
    (folder / "vault.kek").write_bytes(b"k" * 32)
    (folder / "vault.kek").chmod(0o600)
    return folder


def test_a_wrapped_key_opens_only_in_its_own_place_with_its_own_kek(tmp_path: Path) -> None:
    """Table, row, column, key and suite are bound; another place, suite, bit or key-encryption key opens nothing."""
    keys = HeldKeys(b"k" * 32)
    name, [wrapped] = keys.wrap([(PLACE, b"s" * 32)])
    assert (name, wrapped[0], len(wrapped)) == (kek_name(b"k" * 32), 1, 32 + 29)
    assert keys.unwrap(name, PLACE, wrapped) == b"s" * 32
    for part in (b"data_key", b"a/case", b"party", b"wrapped", b"key1", b"|1"):
        with pytest.raises(SealBroken, match="seal_broken"):
            keys.unwrap(name, PLACE.replace(part, b"x" * len(part)), wrapped)
    with pytest.raises(SealBroken, match="suite_unknown"):
        keys.unwrap(name, PLACE, b"\x02" + wrapped[1:])
    with pytest.raises(SealBroken, match="seal_broken"):
        HeldKeys(b"x" * 32).unwrap(kek_name(b"x" * 32), PLACE, wrapped)
    with pytest.raises(KeysRefused, match="kek_unknown"):
        HeldKeys(b"x" * 32).unwrap(name, PLACE, wrapped)


def test_the_keeper_wraps_and_unwraps_at_a_socket_for_its_own_account(tmp_path: Path) -> None:
    """What one wraps the other opens; many threads may ask at once; refusals arrive as they were; the socket is 0600."""
    secrets, path = secrets_in(tmp_path / "secrets"), tmp_path / "keys" / "keys.sock"
    with keeper(secrets, path) as far:
        near = HeldKeys(b"k" * 32)
        assert path.stat().st_mode & 0o777 == 0o600 and listens(path)
        assert (far.kek_id(), far.retired(), far.root()) == (near.kek_id(), [], near.root())
        name, wrapped = far.wrap([(PLACE, bytes([n]) * 32) for n in range(3)])
        assert [near.unwrap(name, PLACE, it) for it in wrapped] == [bytes([n]) * 32 for n in range(3)]
        found: list[bytes] = []
        ask = [threading.Thread(target=lambda it=it: found.append(far.unwrap(name, PLACE, it))) for it in wrapped * 4]
        for thread in ask:
            thread.start()
        for thread in ask:
            thread.join()
        assert len(found) == 12
        with pytest.raises(SealBroken, match="seal_broken"):
            far.unwrap(name, b"elsewhere", wrapped[0])
        with pytest.raises(KeysRefused, match="kek_unknown"):
            far.unwrap("00000000", PLACE, wrapped[0])
        with pytest.raises(KeysRefused, match="bad_request"):
            far._ask(lambda own: own, "give", [], lambda kek, found: kek)  # type: ignore[arg-type,return-value]


def test_keys_asked_for_ahead_arrive_in_order_and_are_asked_again_when_they_do_not(tmp_path: Path) -> None:
    """An answer that is still on its way is never taken for another one's; a refused or lost one is no key at all."""
    secrets, path = secrets_in(tmp_path / "secrets"), tmp_path / "keys" / "keys.sock"
    with keeper(secrets, path) as far:
        name, wrapped = far.wrap([(PLACE, bytes([n]) * 32) for n in range(3)])
        items = [(name, PLACE, it) for it in wrapped]
        ahead, later = far.unwrap_ahead(items[:2]), far.unwrap_ahead(items[2:])
        assert far.kek_id() == name  # asked and answered between
        assert later() == [b"\x02" * 32]
        assert ahead() == [b"\x00" * 32, b"\x01" * 32]
        assert far.unwrap_ahead([(name, b"elsewhere", wrapped[0])])() is None
        lost = far.unwrap_ahead(items)
        far._drop()
        assert lost() is None
        assert far.unwrap(*items[0]) == b"\x00" * 32
    assert SocketKeys(tmp_path / "nobody.sock").unwrap_ahead(items)() is None
    assert HeldKeys(b"k" * 32).unwrap_ahead(items)() is None


@pytest.mark.parametrize(
    ("wrong", "code"), [("open", "secret_open"), ("short", "secret_short"), ("gone", "secret_missing")]
)
def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path, wrong: str, code: str) -> None:
    """The keeper does not start with it, and stops using it when it becomes so."""
    secrets = secrets_in(tmp_path / "secrets")
    keys, file = FolderKeys(secrets), secrets / "vault.kek"
    assert keys.kek_id()
    if wrong == "open":
        file.chmod(0o640)
    elif wrong == "short":
        file.write_bytes(b"k" * 31)
    else:
        file.unlink()
    with pytest.raises(KeysRefused, match=code):
        keys.kek_id()
    with pytest.raises(KeysRefused, match=code):
        serve(FolderKeys(secrets), tmp_path / "keys.sock", lambda: None)


def test_with_no_keeper_nothing_is_opened_or_written(
    sqlite_town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server whose keeper is gone says so in the store's words and leaves no half of anything."""
    monkeypatch.setattr("mingze.vault.keeping._PATIENCE", 0.1)
    register = sqlite_town.open(keys=Keys(receipt=b"r" * 32, kek=SocketKeys(tmp_path / "nobody.sock")))
    with pytest.raises(Unavailable, match="keys_down"):
        sqlite_town.file(register)
    assert sqlite_town.sql("SELECT count(*) FROM event") == [(0,)]


def test_a_rotation_wraps_the_keys_again_and_touches_nothing_sealed(town: Town, tmp_path: Path) -> None:
    """Afterwards the old key opens nothing, everything reads as before, and it is said once in the public log."""
    secrets = secrets_in(tmp_path / "secrets")
    keys = Keys(receipt=b"r" * 32, kek=FolderKeys(secrets))
    register = town.open(keys=keys)
    filed = [town.file(register, f"matter {n}") for n in range(3)]
    sealed = sorted(town.sql("SELECT key_id, sealed FROM slot")) + sorted(town.sql("SELECT key_id, sealed FROM event"))
    done = rotate(register.vault, secrets)
    assert (done.keys, done.resumed) == (4, False)  # three parties and the root of the record keys
    assert done.kek == kek_name((secrets / "vault.kek").read_bytes()) != kek_name(b"k" * 32)
    for path in secrets.iterdir():
        assert path.stat().st_mode & 0o077 == 0
    assert state_rotation(register) == 1 and state_rotation(register) == 0
    assert register.governed("vault_key")[0].facts == {"kek": done.kek, "before": kek_name(b"k" * 32)}
    now = sorted(town.sql("SELECT key_id, sealed FROM slot")) + sorted(town.sql("SELECT key_id, sealed FROM event"))
    assert now == sealed
    town.close()
    (secrets / f"vault-{kek_name(b'k' * 32)}.kek").unlink()
    again = town.open(keys=Keys(receipt=b"r" * 32, kek=FolderKeys(secrets)))
    for n, each in enumerate(filed):
        assert again.open_slots(each.case_id, 1, PROPOSER)[1, "narrative"] == {"matter": f"matter {n}"}
    assert town.file(again).n == 1
    town.close()
    old = town.open(keys=Keys(receipt=b"r" * 32, kek=b"k" * 32))
    with pytest.raises(SealBroken):
        old.case(filed[0].case_id)


def test_a_rotation_killed_halfway_is_finished_by_the_next(sqlite_town: Town, tmp_path: Path) -> None:
    """At each point everything reads; the next run makes no third key before it has finished the second."""
    secrets = secrets_in(tmp_path / "secrets")
    register = sqlite_town.open(keys=Keys(receipt=b"r" * 32, kek=FolderKeys(secrets)))
    filed = [sqlite_town.file(register, f"matter {n}") for n in range(4)]
    kek = new_kek(secrets)
    assert register.vault.rewrap(2) == 2  # and here it is killed
    later = sqlite_town.file(register, "matter 4")
    sqlite_town.close()
    register = sqlite_town.open(keys=Keys(receipt=b"r" * 32, kek=FolderKeys(secrets)))
    for n, each in enumerate((*filed, later)):
        assert register.open_slots(each.case_id, 1, PROPOSER)[1, "narrative"] == {"matter": f"matter {n}"}
    done = rotate(register.vault, secrets)
    assert (done.kek, done.keys, done.resumed) == (kek, 3, True)
    assert register.vault.under_other_keks(1) == []


def test_the_web_process_needs_no_key_and_a_server_goes_on_through_a_rotation(make_instance: Make) -> None:
    """Served, the key-encryption key is read by the keeper alone; killed, it is started again; rotated, all still reads."""
    instance = make_instance(demo=True)
    with serving(instance) as server:
        path = instance.keys_socket
        for _ in range(200):
            if listens(path):
                break
            time.sleep(0.05)
        assert path.stat().st_mode & 0o077 == 0
        command = f"/proc/{_worker_environment(server.process.pid)}/environ"
        assert b"MINGZE_KEYS=process" in Path(command).read_bytes()
        done = run_mingze("vault", "rotate", "--json", "--dir", str(instance.dir))
        assert done.returncode == 0, done.stderr + done.stdout
        report = json.loads(done.stdout)
        assert report["recorded"] is False and SocketKeys(path).kek_id() == report["kek"]
        os.kill(int((path.with_name(path.name + ".lock")).read_text()), signal.SIGKILL)
        assert SocketKeys(path).kek_id() == report["kek"]  # waits for the one that is started again
        assert urllib.request.urlopen(f"{server.url}/health", timeout=20).status == 200


def test_a_register_works_though_its_folder_has_no_key(make_instance: Make, tmp_path: Path) -> None:
    """The key-encryption key lies with its keeper: the process of the register files, reads and restarts without it."""
    instance = make_instance()
    (instance.dir / "secrets" / "vault.kek").rename(secrets_in(tmp_path / "apart") / "vault.kek")
    with pytest.raises(InstanceError, match="secret_missing"):
        instance.keeper().kek_id()
    with keeper(tmp_path / "apart", instance.keys_socket):
        register = instance.register()
        filed = register.file("suggestion", {"matter": "灯不亮"}, form_key="one")
        instance.close()
        again = instance.register()
        assert again.open_slots(filed.case_id, 1, PROPOSER)[1, "narrative"] == {"matter": "灯不亮"}


def _worker_environment(pid: int) -> int:
    """A process forked from the server, else the server itself."""
    children = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    for line in children.stdout.splitlines():
        number, _, words = line.strip().partition(" ")
        if "vault.serving" in words or "mingze.signing" in words:
            return int(number)
    return pid


def test_doctor_says_what_is_wrong_with_the_keys(
    make_instance: Make, browse: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key others can read is to be mended; an unfinished rotation, an old key and an old vault archive are to be watched."""
    instance = make_instance(demo=True)
    instance.register().file("suggestion", {"matter": "灯不亮"}, form_key="one")
    browse(instance)
    from django.conf import settings

    quiet = [*settings.SILENCED_SYSTEM_CHECKS, "async.E001"]  # what that check finds is set for the browser tests only
    monkeypatch.setattr(settings, "SILENCED_SYSTEM_CHECKS", quiet)
    new_kek(instance.dir / "secrets")
    archive = instance.dir / "backups" / "old.vault.tar.gz"
    archive.write_bytes(b"")
    os.utime(archive, (0, 0))
    rows = [row for check in (_keys, _deploy) for row in check(instance)]
    assert [row.values for row in rows if row.state == "mend"] == []
    found = {row.name: row.state for row in rows}
    assert found == {
        "keys": "ok", "rewrap": "watch", "old_keys": "watch", "vault_archives": "watch", "deploy": "ok",
    }  # fmt: skip
    (instance.dir / "secrets" / "vault.kek").chmod(0o644)
    [row] = _keys(instance)
    assert (row.state, row.values["code"]) == ("mend", "secret_open")
    assert all(row.words(lang) for lang in ("zh-Hans", "en") for row in (*_keys(instance), *_deploy(instance)))


def test_keys_of_a_vault_of_the_first_version_still_open(sqlite_town: Town) -> None:
    """A vault without a stored root derives it as the first version did, and stores it at the next writing."""
    register = sqlite_town.open()
    filed = sqlite_town.file(register, "from before")
    root = register.vault.root()
    sqlite_town.close()
    with sqlite3.connect(sqlite_town.folder / "vault.sqlite3") as connection:
        connection.execute("DELETE FROM data_key WHERE case_id = ''")
    reader = sqlite_town.open(write=False)
    assert reader.vault.root() == root and reader.case(filed.case_id) is not None
    sqlite_town.close()
    register = sqlite_town.open()
    assert register.case(filed.case_id) is not None and register.vault.root() == root
    other = Vault(Database(sqlite_town.place, "vault"), "mingyuan", b"x" * 32, write=False)
    with pytest.raises(SealBroken):
        other.root()
    other.close()


def test_the_command_keeps_keys_until_stopped(make_instance: Make) -> None:
    """`mingze keys` answers at the instance's socket; a second one is refused in a sentence."""
    instance = make_instance()
    command = [sys.executable, "-c", "from mingze.cli.main import main; main()", "keys", "--dir", str(instance.dir)]
    process = subprocess.Popen(command, env=clean_environment(), stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None and str(instance.keys_socket) in process.stdout.readline()
        again = run_mingze("keys", "--dir", str(instance.dir))
        assert again.returncode == 3 and "keys.sock" in again.stderr
    finally:
        process.kill()
        process.wait()
