"""Every effect of a publication × {fails, fails after taking effect, crash}, and one checker that trusts only storage.

The checker keeps every checkpoint that anybody could have seen. After each fault it reads the folder and the database and
asks: does the published checkpoint verify from the published tiles alone? does it continue every checkpoint seen before?
does it cover only leaves that are durable? The next publication, by a process that knows nothing, must then succeed.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from mingze import signing
from mingze.jobs.static_log import inspect, read_entries
from mingze.ledger import Edge, Policy, leaf_hash, parse_checkpoint, parse_vkey, vkey
from mingze.store import Register, Unavailable, publishing
from tests.store.conftest import sqlite_town as sqlite_town
from tests.store.town import ORIGIN, SEED, Town

POLICY = Policy.of_log(parse_vkey(vkey(ORIGIN, SEED)))


class Crash(BaseException):
    """The process ends here."""


class Effects:
    """Counts the effects of a publication and lets one of them fail, fail after taking effect, or crash."""

    def __init__(self, patch: pytest.MonkeyPatch, at: int, how: str) -> None:
        self.count, self.at, self.how = 0, at, how
        self.seen: list[str] = []
        for owner, name in (
            (publishing, "durable_write"),
            (publishing, "sync_folder"),
            (publishing.Publisher, "_record"),
            (signing, "write_durably"),
        ):
            patch.setattr(owner, name, self._wrap(name, getattr(owner, name)))

    def _wrap(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def effect(*values: Any) -> Any:
            self.count += 1
            self.seen.append(name)
            if self.count != self.at:
                return real(*values)
            if self.how.endswith("after"):
                real(*values)
            if self.how.startswith("crash"):
                raise Crash
            raise OSError(28, "No space left on device") if name != "_record" else Unavailable("disk_full")

        return effect


class Checker:
    """Trusts only storage, and never forgets a checkpoint."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._seen: dict[int, bytes] = {0: Edge().root()}

    def look(self) -> int:
        """The size of the published log; everything that must always hold is asserted."""
        folder = self._town.folder / "ledger"
        durable = self._town.sql("SELECT count(*) FROM leaf")[0][0]
        heads = {size: bytes(root) for size, root in self._town.sql("SELECT size, root FROM checkpoint")}
        remembered = [
            parse_checkpoint(path.read_bytes()) for path in (self._town.folder / "signer").glob("*.checkpoint")
        ]
        heads |= {it.checkpoint.size: it.checkpoint.root for it in remembered}
        size = 0
        if (folder / "checkpoint").exists():
            found = inspect(folder, POLICY)
            assert found.faults == () and found.signed is not None, found.faults
            size = found.size
            heads[size] = found.signed.checkpoint.root
            edge = Edge()
            roots = {0: edge.root()}
            for leaves in read_entries(folder, size):
                for leaf in leaves:
                    edge, _ = edge.append([leaf_hash(leaf)])
                    roots[edge.size] = edge.root()
            assert all(roots[old] == root for old, root in self._seen.items() if old <= size), "two stories"
        for signed, root in heads.items():
            assert signed <= durable, "signed what is not durable"
            assert self._seen.setdefault(signed, root) == root, "two trees of one size"
        return size


def grown(town: Town, register: Register, leaves: int) -> None:
    for _ in range(leaves):
        town.file(register)
    register.govern("release", {"version": str(leaves)})


@pytest.mark.parametrize("how", ["fails", "fails after", "crash", "crash after"])
def test_no_fault_at_any_effect_publishes_what_is_not_so(
    sqlite_town: Town, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """Whatever fails, what is public verifies, nothing seen is taken back, and the next process publishes the rest."""
    town, checker = sqlite_town, Checker(sqlite_town)
    register = town.open()
    at = places = 0
    while at <= places:
        at += 1
        grown(town, register, 1 if at > 1 else 250)  # across the edge of a tile, where most files are written
        with monkeypatch.context() as patch:
            effects = Effects(patch, at, how)
            try:
                register.publish()
            except (Unavailable, OSError, signing.PublishRefused, Crash):
                pass
            else:
                assert effects.count < at, "a fault was swallowed"
        places = max(places, effects.count)
        checker.look()
        if how.startswith("crash"):  # what was in memory is gone
            town.close()
            register = town.open()
        durable = town.sql("SELECT count(*) FROM leaf")[0][0]
        assert register.publish() == durable == checker.look()
        assert set(effects.seen) <= {"durable_write", "sync_folder", "_record", "write_durably"}
    assert places >= 6


KILLED = """
import os, signal, sys
from pathlib import Path
from mingze import signing
from mingze.store import publishing
from tests.store.town import Town

town, at = Town(sys.argv[1], Path(sys.argv[1])), int(sys.argv[2])
register = town.open()
for number in range(3):
    town.file(register, form_key=f"{at}-{number}")
count = 0
def wrap(real):
    def effect(*values):
        global count
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*values)
    return effect
for owner, name in ((publishing, "durable_write"), (publishing.Publisher, "_record"), (signing, "write_durably")):
    setattr(owner, name, wrap(getattr(owner, name)))
register.publish()
"""


def test_a_publisher_killed_at_each_effect_leaves_a_log_that_verifies(sqlite_town: Town) -> None:
    """kill -9 before each effect in turn, in a process of its own; then another process publishes the rest."""
    checker, at = Checker(sqlite_town), 0
    while True:
        at += 1
        done = subprocess.run(
            [sys.executable, "-c", KILLED, str(sqlite_town.folder), str(at)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in (-9, 0), done.stderr
        checker.look()
        register = sqlite_town.open()
        assert register.publish() == 3 * at == checker.look()
        sqlite_town.close()
        if done.returncode == 0:
            break
    assert at >= 5


def test_a_deleted_tile_is_made_again_by_the_next_process(sqlite_town: Town) -> None:
    """Files are made from the database; one that was deleted is back after the next start, without a new leaf."""
    register = sqlite_town.open()
    for _ in range(3):
        sqlite_town.file(register)
    register.publish()
    sqlite_town.close()
    tile = sqlite_town.folder / "ledger/tile/0/000.p/3"
    entries = sqlite_town.folder / "ledger/tile/entries/000.p/3"
    was = tile.read_bytes(), entries.read_bytes()
    tile.unlink()
    entries.unlink()
    assert [fault.code for fault in inspect(sqlite_town.folder / "ledger", POLICY).faults] == ["file_missing"]
    sqlite_town.open().publish()
    assert (tile.read_bytes(), entries.read_bytes()) == was
    assert inspect(sqlite_town.folder / "ledger", POLICY).faults == ()


def test_the_checker_notices_another_history(sqlite_town: Town) -> None:
    """The checker itself notices a published log whose history was replaced."""
    checker = Checker(sqlite_town)
    register = sqlite_town.open()
    sqlite_town.file(register)
    register.publish()
    checker.look()
    checker._seen[1] = b"\1" * 32
    with pytest.raises(AssertionError, match="two"):
        checker.look()
