"""kill -9 under load: nothing acknowledged is lost, nothing is there twice."""

from __future__ import annotations

import time
from pathlib import Path

from tests.chaos import FULL
from tests.chaos.checking import acknowledged, check_everything, said
from tests.chaos.life import life
from tests.store.town import Town

KILLS, ANSWERS = (50, 10_000) if FULL else (5, 300)


def test_a_process_killed_under_load_loses_and_doubles_nothing(town: Town, tmp_path: Path) -> None:
    """Eight threads write until kill -9, again and again; after each kill the whole register is checked."""
    journal = tmp_path / "journal"
    for kill in range(KILLS):
        wanted = ANSWERS * (kill + 1) // KILLS
        with life(town, journal, f"run{kill}", matters=1_000_000, threads=8) as process:
            process.go()
            until = time.monotonic() + 60
            while acknowledged(said(journal)) < wanted and time.monotonic() < until:
                time.sleep(0.01 + 0.003 * (kill % 7))
            process.kill()
        assert acknowledged(said(journal)) >= wanted
        if not FULL or kill % 10 == 9:
            check_everything(town, said(journal))


def test_a_second_process_cannot_write_while_the_first_does(town: Town, tmp_path: Path) -> None:
    """Of two processes on one register the second is told so and writes nothing; the first goes on."""
    with life(town, tmp_path / "first", "first", matters=1_000_000) as first:
        first.go()
        until = time.monotonic() + 30
        while acknowledged(said(tmp_path / "first")) < 4 and time.monotonic() < until:
            time.sleep(0.01)
        with life(town, tmp_path / "second", "second", matters=3) as second:
            second.go()
            assert second.end() == 0
        assert said(tmp_path / "second") == [["refused", "second", "second_writer"]]
        before = acknowledged(said(tmp_path / "first"))
        while acknowledged(said(tmp_path / "first")) <= before and time.monotonic() < until:
            time.sleep(0.01)
        assert acknowledged(said(tmp_path / "first")) > before
        first.kill()
    check_everything(town, said(tmp_path / "first"))
