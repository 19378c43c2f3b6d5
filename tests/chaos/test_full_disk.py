"""The disk fills up under load and gets room again: said, survived, nothing lost; `just chaos` fills a real file system."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mingze.store import migrate
from tests.chaos import FULL
from tests.chaos.checking import acknowledged, check_everything, said
from tests.chaos.life import Life, life
from tests.store.town import Town


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder for a register; in `just chaos` a file system of 6 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not FULL:
        yield folder
        return
    assert os.geteuid() == 0, "`just chaos` mounts a small file system: run it as root"
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "none", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill(folder: Path, process: Life) -> None:
    """Leave no room: by a limit on the size of files, or by itself on a small file system."""
    if not FULL:
        longest = max(path.stat().st_size for path in folder.glob("*-wal"))
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (longest + 50_000, resource.RLIM_INFINITY))


def empty(folder: Path, process: Life) -> None:
    """Make room again."""
    if FULL:
        subprocess.run(["mount", "-o", "remount,size=200m", folder], check=True)
    else:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def test_a_disk_that_fills_up_refuses_and_takes_again_when_there_is_room(small_disk: Path, tmp_path: Path) -> None:
    """Under load, without room, commands are refused as `disk_full`; with room the same process goes on; all is there."""
    migrate(small_disk)
    town, journal = Town(str(small_disk), small_disk), tmp_path / "journal"

    def wait(until: Callable[[list[list[str]]], bool]) -> list[list[str]]:
        deadline = time.monotonic() + 60
        while not until(said(journal)):
            assert time.monotonic() < deadline, said(journal)[-5:]
            time.sleep(0.02)
        return said(journal)

    with life(town, journal, "life", matters=1_000_000, threads=4) as process:
        process.go()
        wait(lambda lines: acknowledged(lines) > 40)
        fill(small_disk, process)
        full = wait(lambda lines: sum(line[0] == "refused" for line in lines) >= 8)
        assert {line[2] for line in full if line[0] == "refused"} == {"disk_full"}
        empty(small_disk, process)
        wait(lambda lines: acknowledged(lines) > acknowledged(full) + 40)
        process.kill()
    check_everything(town, said(journal))
