"""The power fails: whatever was not flushed is gone, and what was acknowledged is not.

One life is recorded with every write and flush it makes, in order. A cut is a place in that order. The disk after the
cut holds what was flushed before it and nothing else: the write-ahead logs up to the last flush, the databases as they
were at the start (nothing is moved into them in so short a life), no shared memory. A second kind of cut also keeps a
part of what was not flushed, ending in the middle of a page, because disks do.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
from pathlib import Path

from mingze.store import migrate
from tests.chaos import FULL
from tests.chaos.checking import acknowledged, check_everything, said
from tests.chaos.life import life
from tests.chaos.tracing import Call, calls, traced
from tests.store.town import Town

CUTS = 400 if FULL else 60
CHECKED = 40 if FULL else 4
MATTERS = 30
FILES = ("register.sqlite3", "vault.sqlite3")


def recorded(folder: Path, *, safe: bool) -> list[Call]:
    """A life in a new folder, its last writes left as they are; the writes, flushes and answers in their order."""
    place, start = folder / "register", folder / "start"
    place.mkdir(parents=True)
    migrate(place)
    Town(str(place), place).open().close()
    shutil.copytree(place, start)
    town = Town(str(place), place)
    with (
        life(town, folder / "journal", "life", matters=MATTERS, safe=safe, leave=True) as process,
        traced(process.pid, "-e", "trace=pwrite64,fdatasync,write", into=folder / "trace"),
    ):
        process.go()
        assert process.end() == 0
    assert acknowledged(said(folder / "journal")) == 2 * MATTERS
    return calls(folder / "trace", folder)


def flushed(made: list[Call]) -> tuple[dict[str, int], dict[str, int], list[list[str]]]:
    """Of each write-ahead log how much was flushed and how much was written, and what had been answered."""
    written: dict[str, int] = dict.fromkeys(FILES, 0)
    safe = dict(written)
    answers: list[list[str]] = []
    for call in made:
        name = Path(call.file).name.removesuffix("-wal")
        if call.name == "write" and call.file.endswith("/journal"):
            found = re.search(r'"(.*)\\n"', call.arguments)
            assert found is not None
            answers.append(found[1].encode().decode("unicode_escape").encode("latin-1").decode().split())
        elif not call.file.endswith("-wal"):
            assert call.name != "pwrite64" or not call.file.endswith(".sqlite3"), "a checkpoint: the life is too long"
        elif call.name == "pwrite64":
            offset = int(call.arguments.rsplit(", ", 1)[1])
            written[name] = max(written[name], offset + call.result)
        elif call.name == "fdatasync":
            safe[name] = written[name]
    return safe, written, answers


def after_the_cut(folder: Path, safe: dict[str, int], written: dict[str, int], torn: random.Random | None) -> Path:
    """The disk as it is when the power comes back."""
    disk = folder / "disk"
    shutil.rmtree(disk, ignore_errors=True)
    shutil.copytree(folder / "start", disk)
    for name in FILES:
        length = safe[name] if torn is None else torn.randint(safe[name], written[name])
        whole = (folder / "register" / f"{name}-wal").read_bytes()
        (disk / f"{name}-wal").write_bytes(whole[:length])
    return disk


def lost(disk: Path, answers: list[list[str]]) -> int:
    """How many acknowledged commands the register does not have once it is read again (which puts what only its journal
    has into the tables, as SQLite does with its own).
    """
    town = Town(str(disk), disk)
    with town.open(write=False).readers():
        town.close()
    with sqlite3.connect(disk / "register.sqlite3") as connection:
        there = {(row[0], row[1]) for row in connection.execute("SELECT case_id, n FROM event")}
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    connection.close()
    done = [(a[2], 1 if a[0] == "filed" else int(a[3])) for a in answers if a[0] in ("filed", "acted")]
    return sum(place not in there for place in done)


def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    """Cuts all over a life lose no acknowledged command, torn pages or not, and the register goes on from each."""
    made = recorded(tmp_path, safe=True)
    chance = random.Random(20261122)
    cuts = sorted(chance.sample(range(10, len(made)), CUTS))
    for number, cut in enumerate(cuts):
        safe, written, answers = flushed(made[:cut])
        for torn in (None, chance):
            disk = after_the_cut(tmp_path, safe, written, torn)
            assert lost(disk, answers) == 0, cut
        if number % (CUTS // CHECKED) == 0:
            check_everything(Town(str(disk), disk), [line for line in answers if line[0] != "signed"], receipts=5)


def test_without_the_flush_the_same_cuts_lose_matters(tmp_path: Path) -> None:
    """The control: with synchronous=NORMAL a cut does lose acknowledged commands, so the test above can fail."""
    made = recorded(tmp_path, safe=False)
    safe, written, answers = flushed(made)
    assert acknowledged(answers) == 2 * MATTERS
    assert lost(after_the_cut(tmp_path, safe, written, None), answers) > MATTERS
    assert os.path.getsize(tmp_path / "register" / "register.sqlite3-wal") > 0
