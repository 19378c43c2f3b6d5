"""How little a command writes: pages of the write-ahead log, and a day that is not moved without need."""

from __future__ import annotations

import datetime as dt
import itertools
import statistics
from pathlib import Path

from mingze.jobs import mark_overdue
from tests.store.town import Town, writer_of

FRAME = 24 + 4_096
"""Bytes of one page in SQLite's write-ahead log."""


def watched(town: Town) -> str:
    return town.sql("SELECT next_lapse FROM case_file")[0][0]


def test_an_action_writes_ten_pages_at_most(sqlite_town: Town) -> None:
    """Event, leaf, case, lists and sealed answer of one action take at most ten pages of 4 KB, at the middle of 200."""
    register = sqlite_town.open()
    cases = [sqlite_town.file(register).case_id for _ in range(100)]
    wal = Path(sqlite_town.place) / "register.sqlite3-wal"
    writer_of(register)._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    sizes = [0]
    for case_id in cases:
        sqlite_town.accept(register, case_id)
        sizes.append(wal.stat().st_size)
        sqlite_town.answer(register, case_id)
        sizes.append(wal.stat().st_size)
    pages = [(after - before) // FRAME for before, after in itertools.pairwise(sizes)]
    assert statistics.median(pages) <= 10


def test_the_pass_over_periods_looks_too_early_rather_than_too_late(town: Town) -> None:
    """Meeting a period leaves the day the pass looks at the case; the pass then finds nothing and moves the day on, and
    the period that runs next is marked on time."""
    register = town.open()
    case_id = town.file(register).case_id
    first = watched(town)
    town.accept(register, case_id)
    file = register.case(case_id)
    assert file is not None
    due = file.case.clocks["answer"].due
    assert due is not None and watched(town) == first < due
    town.clock.at = dt.datetime.fromisoformat(first + "T09:00:00+08:00") + dt.timedelta(days=1)
    assert register.lapsed_cases("", 10) == [case_id]
    assert mark_overdue(register) == 0
    assert watched(town) == due and register.lapsed_cases("", 10) == []
    town.clock.at = dt.datetime.fromisoformat(due + "T09:00:00+08:00") + dt.timedelta(days=1)
    assert mark_overdue(register) == 1 and mark_overdue(register) == 0


def test_the_pass_reads_a_case_whose_version_nobody_has_asked_for_yet(town: Town) -> None:
    """After a start the first thing done may be the pass: it finds the version the case is pinned to by itself."""
    register = town.open()
    town.file(register)
    town.close()
    town.clock.advance(days=60)
    register = town.open()
    register._by_hash.clear()
    assert mark_overdue(register) >= 1 and mark_overdue(register) == 0
