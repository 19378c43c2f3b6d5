"""What a monitor outside reads in the public records, and what an auditor asks the register itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mingze.instance import Instance
from mingze.jobs.governing import state_days
from mingze.jobs.monitor import fetch_from, overdue_unmarked, visit
from mingze.jobs.overdue import mark_overdue
from mingze.jobs.replay import Replay
from mingze.jobs.static_log import inspect
from mingze.ledger import Policy, parse_vkey, vkey
from mingze.store import Register
from tests.outside import run_mingze
from tests.store.conftest import sqlite_town as sqlite_town
from tests.store.town import ORIGIN, SEED, Town

KEY = parse_vkey(vkey(ORIGIN, SEED))
POLICY = Policy.of_log(KEY)


@pytest.fixture
def stated(sqlite_town: Town) -> Register:
    """A log with a case and the statements of three days; no period has run out."""
    register = sqlite_town.open()
    sqlite_town.file(register)
    for _ in range(3):
        sqlite_town.clock.advance(days=1)
        state_days(register)
    register.publish()
    return register


def look(town: Town, state: Path, days: int = 0) -> list[str]:
    today = (town.clock.now() + timedelta(days=days)).date()
    state.mkdir(exist_ok=True)
    found = visit(
        fetch_from(str(town.folder / "ledger")), POLICY, state, int(town.clock.now().timestamp()), today=today
    )
    return [fault.code for fault in found.faults]


def test_a_statement_for_each_day_is_well_and_a_day_without_is_found(
    sqlite_town: Town, stated: Register, tmp_path: Path
) -> None:
    """Yesterday's statement must be there; two days later two are missing, until the register states them."""
    assert look(sqlite_town, tmp_path / "state") == []
    assert look(sqlite_town, tmp_path / "state", days=2) == ["monitor_statement_missing"] * 2
    sqlite_town.clock.advance(days=2)
    state_days(stated)
    stated.publish()
    assert look(sqlite_town, tmp_path / "state") == []


def test_a_public_record_that_is_withheld_or_changed_is_found(
    sqlite_town: Town, stated: Register, tmp_path: Path
) -> None:
    """Monitor, fsck and replay name a public leaf that nobody opens, and one that is opened wrongly."""
    path = sqlite_town.folder / "ledger" / "governance"
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    for changed, code in (
        (b"".join(lines[:-1]), "governance_missing"),
        (whole.replace(b'"received":1', b'"received":7'), "governance_leaf"),
        (b"nonsense\n", "governance_line"),
        (None, "file_missing"),
    ):
        path.unlink() if changed is None else path.write_bytes(changed)
        assert code in look(sqlite_town, tmp_path / "state")
        assert code in [fault.code for fault in inspect(path.parent, POLICY).faults]
    path.write_bytes(whole)
    assert look(sqlite_town, tmp_path / "state") == [] and inspect(path.parent, POLICY).faults == ()
    assert Replay(stated, KEY).run().faults == ()
    sqlite_town.sql("DROP TRIGGER governance_delete_refused")
    sqlite_town.sql("DELETE FROM governance WHERE n = 2")
    found = [fault.code for fault in Replay(stated, KEY).run().faults]
    assert found == ["governance_chain", "governance_missing"]


def test_a_period_that_ran_out_without_its_record_is_found(sqlite_town: Town, stated: Register, tmp_path: Path) -> None:
    """The statement says so itself, and the register says which case to an auditor; the record settles it."""
    assert overdue_unmarked(stated) == []
    sqlite_town.clock.advance(days=60)
    assert [fault.code for fault in overdue_unmarked(stated)] == ["monitor_overdue_case"]
    state_days(stated)
    stated.publish()
    assert set(look(sqlite_town, tmp_path / "state")) == {"monitor_overdue_unmarked"}
    mark_overdue(stated)
    assert overdue_unmarked(stated) == []


def test_export_and_pages_offer_the_public_records(
    make_instance: Callable[..., Instance], browse: Callable[..., Any], tmp_path: Path
) -> None:
    """`mingze ledger export` and the portal give the same file, and `mingze monitor` reads it with the register."""
    instance = make_instance()
    register = instance.register()
    register.govern("calendar", {"version": "cn-2026.1"})
    register.publish()
    out = tmp_path / "out"
    instance.close()
    assert run_mingze("ledger", "export", str(out), "--dir", str(instance.dir)).returncode == 0
    client = browse(instance)
    assert (out / "governance").read_bytes() == client.get("/ledger/governance").content != b""
    assert client.get("/ledger/policy.txt").content == f"log {instance.log_key}\nquorum none\n".encode()
    arguments = ["monitor", str(out), "--key", str(instance.log_key), "--state", str(tmp_path / "state"), "--json"]
    done = run_mingze(*arguments, "--register", str(instance.dir))
    assert (done.returncode, json.loads(done.stdout)["faults"]) == (0, [])
    (out / "governance").unlink()
    assert run_mingze(*arguments).returncode == 1
