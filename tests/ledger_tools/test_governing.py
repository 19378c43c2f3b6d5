"""What the register says publicly by itself: what it runs on, and what each day has come to."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256
from pathlib import Path

from mingze import ledger
from mingze.jobs.governing import declare, state_days
from mingze.jobs.overdue import mark_overdue
from tests.store.conftest import sqlite_town as sqlite_town
from tests.store.conftest import town as town
from tests.store.town import HANDLER, Town


def statements(town: Town) -> list[dict[str, object]]:
    rows = town.open(write=False).governed("statement")
    return [dict(row.facts) for row in reversed(rows)]


def test_what_the_program_runs_on_is_said_once_and_again_when_it_changes(sqlite_town: Town) -> None:
    """Key, release, verifier and calendar are recorded; only a change is recorded again."""
    register = sqlite_town.open()
    assert declare(register, "log+1+a") == 4 and declare(register, "log+1+a") == 0
    assert declare(register, "log+2+b") == 1
    assert [row.kind for row in register.governed()] == ["key", "calendar", "verifier", "release", "key"]
    page = Path(ledger.__file__).parent / "verifier.html"
    assert register.governed("verifier")[0].facts["sha256"] == sha256(page.read_bytes()).hexdigest()


def test_each_day_gets_one_statement_that_counts_it(town: Town) -> None:
    """Received, answered in time, read, erased are counted of the day; repeating the pass adds nothing."""
    register = town.open()
    assert state_days(register) == 0  # nothing has happened before today
    first = town.file(register).case_id
    second = town.file(register).case_id
    town.accept(register, first)
    town.answer(register, first)
    register.open_slots(first, actor=HANDLER, purpose="handle")
    register.vault.destroy(second, "proposer", town.clock.now().isoformat())
    assert state_days(register) == 0
    town.clock.advance(days=1)
    town.file(register)
    assert state_days(register) == 1 and state_days(register) == 0
    assert statements(town) == [
        {
            "on": "2026-09-14",
            "received": 2,
            "answered_in_time": 1,
            "answered_late": 0,
            "readings": 1,
            "deferred": 0,
            "erasures": 1,
            "overdue_open": 0,
            "overdue_unmarked": 0,
        }
    ]


def test_days_on_which_nothing_ran_are_stated_later(sqlite_town: Town) -> None:
    """After a week of standstill every day gets its statement, and an overdue case is counted, marked or not."""
    register = sqlite_town.open()
    sqlite_town.file(register)
    sqlite_town.clock.advance(days=1)
    state_days(register)
    sqlite_town.clock.advance(days=60)
    assert state_days(register) == 60
    assert [row["on"] for row in statements(sqlite_town)][-1] == str(
        sqlite_town.clock.now().date() - dt.timedelta(days=1)
    )
    assert statements(sqlite_town)[-1]["overdue_unmarked"] == 1
    mark_overdue(register)
    sqlite_town.clock.advance(days=1)
    assert state_days(register) == 1
    last = statements(sqlite_town)[-1]
    assert (last["overdue_open"], last["overdue_unmarked"]) == (1, 0)
