"""Every call of the kernel by which a matter becomes durable fails, or is the last one the process makes."""

from __future__ import annotations

import shutil
from pathlib import Path

from mingze.store import migrate
from tests.chaos import FULL
from tests.chaos.checking import acknowledged, check_everything, said
from tests.chaos.life import life
from tests.chaos.tracing import WRITING, Call, calls, traced
from tests.store.town import Town

FATES = {"error=EIO": 0.5, "signal=KILL": 0.7, "error=ENOSPC": 0.3}
"""What happens to a call, and which of its kind is chosen: the one so far into the life; in `just chaos` every one."""
MATTERS = 3


def one_life(folder: Path, *options: str) -> tuple[int, list[list[str]], Path]:
    """A short life in a new folder, under strace; its exit code, its journal, the trace."""
    place = folder / "register"
    place.mkdir(parents=True)
    migrate(place)
    town, journal, trace = Town(str(place), place), folder / "journal", folder / "trace"
    with life(town, journal, "life", matters=MATTERS) as process:
        with traced(process.pid, *options, into=trace):
            process.go()
            code = process.end()
        lines = said(journal)
    return code, lines, trace


def recorded(folder: Path) -> list[Call]:
    """What the main thread of an undisturbed life asks of the kernel about its files."""
    code, lines, trace = one_life(folder, "-e", f"trace={','.join(WRITING)}")
    assert code == 0 and acknowledged(lines) == 2 * MATTERS and any(line[0] == "signed" for line in lines)
    made = calls(trace, folder / "register")
    return [call for call in made if call.thread == made[0].thread]


def test_a_failed_call_and_a_kill_at_every_call_lose_nothing(tmp_path: Path) -> None:
    """EIO, kill -9 and ENOSPC at calls spread over a whole life: what was acknowledged is there once, the rest can be
    said again, and the log replays; `just chaos` takes every call."""
    points = recorded(tmp_path / "record")
    assert FULL or len(points) > 100
    assert {"pwrite64", "fdatasync", "fsync", "openat", "rename"} <= {call.name for call in points}
    kinds = {call.name: [like for like in points if like.name == call.name] for call in points}
    told: set[str] = set()
    for fate, far in FATES.items():
        for at, call in enumerate(points if FULL else [like[int(far * len(like))] for like in kinds.values()]):
            folder = tmp_path / f"{fate.replace('=', '-')}-{at}"
            inject = f"inject={call.name}:{fate}:when={call.count}"
            code, lines, _ = one_life(folder, "-e", f"trace={call.name}", "-e", inject)
            where = f"{inject} {call.file}"
            assert code == (-9 if fate == "signal=KILL" else 0), where
            town = Town(str(folder / "register"), folder / "register")
            try:
                check_everything(town, lines)
            except AssertionError as error:
                raise AssertionError(where) from error
            told |= {line[2] for line in lines if line[0] == "refused"}
            shutil.rmtree(folder)
    assert {"stopped", "disk_full"} <= told, told


def test_after_a_flush_that_failed_nothing_more_is_acknowledged(tmp_path: Path) -> None:
    """When fdatasync of the write-ahead log fails the pages may be lost: this command and all after it are `stopped`."""
    wal = [call for call in recorded(tmp_path / "record") if call.name == "fdatasync" and "register" in call.file[-20:]]
    middle = wal[len(wal) // 2]
    inject = f"inject=fdatasync:error=EIO:when={middle.count}"
    code, lines, _ = one_life(tmp_path / "life", "-e", "trace=fdatasync", "-e", inject)
    at = next(at for at, line in enumerate(lines) if line[0] == "refused")
    assert code == 0 and lines[at][2] == "stopped" and acknowledged(lines) > 0
    assert acknowledged(lines[at:]) == 0 and {line[2] for line in lines[at:] if line[0] == "refused"} == {"stopped"}
    check_everything(Town(str(tmp_path / "life" / "register"), tmp_path / "life" / "register"), lines)
