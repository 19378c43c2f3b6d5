"""The journal: what is durable in one page is answered, read, recovered and carried over like what stands in the tables."""

from __future__ import annotations

import itertools
import resource
import shutil
import sqlite3
import statistics
from pathlib import Path

import pytest

from mingze.jobs.replay import Replay
from mingze.ledger import parse_policy, parse_vkey, verify_receipt, vkey
from mingze.store import Keys, Register, Unavailable, migrate
from mingze.store.journal import SLOTS
from mingze.store.schema import SCHEMA_VERSION, schema_version
from tests.store.test_writing import check_cases, check_log
from tests.store.town import ORIGIN, PROPOSER, SEED, Town, writer_of

KEY = vkey(ORIGIN, SEED)
POLICY = parse_policy(f"log {KEY}\nquorum none\n".encode())
GOLDEN = Path(__file__).parent / "golden"
FRAME = 24 + 4_096
"""Bytes of one page in SQLite's write-ahead log."""


def raw(folder: Path, sql: str) -> list[tuple]:
    """Ask the file itself, whatever its journal holds."""
    connection = sqlite3.connect(folder / "register.sqlite3")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def dead(town: Town, to: Path) -> Town:
    """A copy of the files of a register as they lie there when its process is killed."""
    to.mkdir()
    for name in ("register.sqlite3", "register.sqlite3-wal", "vault.sqlite3", "vault.sqlite3-wal"):
        if (town.folder / name).exists():
            shutil.copyfile(town.folder / name, to / name)
    return Town(str(to), to, town.clock)


@pytest.fixture
def busy(sqlite_town: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """A register that never finds itself idle, so that what nobody reads stays in the journal."""
    monkeypatch.setattr("mingze.store.writer.MERGE_SECONDS", 3_600)
    sqlite_town.open()
    return sqlite_town


def test_an_action_is_durable_with_one_page(busy: Town) -> None:
    """The commit of an action writes one page, or two where it seals much; its tables are written behind the answer."""
    register = busy._open[-1]
    cases = [busy.file(register).case_id for _ in range(SLOTS)][:8]  # each slot of the ring has been used once
    register.readers.up_to_date()
    wal = busy.folder / "register.sqlite3-wal"
    writer_of(register)._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    sizes = [0]
    for case_id in cases:
        busy.accept(register, case_id)
        sizes.append(wal.stat().st_size)
    written = [(after - before) // FRAME for before, after in itertools.pairwise(sizes)]
    assert statistics.median(written) == 1
    assert raw(busy.folder, "SELECT count(*) FROM event") == [(SLOTS,)]


def test_what_was_acknowledged_is_read_at_once(busy: Town) -> None:
    """A list, a case and a code asked for after the answer show the command, also in another reader of the register."""
    register = busy._open[-1]
    reader = busy.open(write=False)
    filed = busy.file(register)
    assert raw(busy.folder, "SELECT count(*) FROM case_file") == [(0,)]
    assert [row.case_id for row in register.cases().rows] == [filed.case_id]
    busy.accept(register, filed.case_id)
    file = register.case(filed.case_id)
    assert file is not None and file.case.n == 2
    assert register.by_code(filed.code) == reader.by_code(filed.code) == filed.case_id


def test_a_killed_process_leaves_everything_to_the_next_opening(busy: Town, tmp_path: Path) -> None:
    """What only the journal has when a process dies is in the tables before the next one reads or writes anything; the
    requests said again get their first answers, and numbers and leaves go on."""
    register = busy._open[-1]
    filed = [busy.file(register, form_key=f"{number}") for number in range(5)]
    acted = [busy.accept(register, one.case_id, idempotency="once") for one in filed]
    assert raw(busy.folder, "SELECT count(*) FROM event") == [(0,)]
    town = dead(busy, tmp_path / "dead")
    again = town.open()
    for number, (one, act) in enumerate(zip(filed, acted, strict=True)):
        repeated = town.file(again, form_key=f"{number}")
        assert (repeated.case_id, repeated.number, repeated.code, repeated.repeated) == (
            one.case_id, one.number, one.code, True,
        )  # fmt: skip
        done = town.accept(again, one.case_id, idempotency="once")
        assert (done.n, done.leaf_index, done.repeated) == (act.n, act.leaf_index, True)
    new = town.file(again)
    assert (new.leaf_index, new.number) == (10, "明源建〔2026〕0006号")
    assert check_log(again) == 11 and check_cases(again) == 6
    assert verify_receipt(again.proof(filed[0].case_id, 2), POLICY).outcome == "verified"
    assert Replay(again, parse_vkey(KEY)).run().faults == ()
    town.close()


def test_a_reader_of_a_dead_register_does_what_its_next_opening_would(busy: Town, tmp_path: Path) -> None:
    """Opened for reading only, the register of a killed process shows everything that was acknowledged."""
    register = busy._open[-1]
    filed = busy.file(register)
    busy.accept(register, filed.case_id)
    town = dead(busy, tmp_path / "dead")
    reader = town.open(write=False)
    file = reader.case(filed.case_id)
    assert file is not None and file.case.n == 2
    assert Replay(reader, parse_vkey(KEY)).run().cases == 1
    town.close()


def test_more_than_the_ring_holds_goes_on(busy: Town) -> None:
    """Three times as many commands as the journal has slots, by one thread that never reads: all of them, in order."""
    register = busy._open[-1]
    cases = [busy.file(register).case_id for _ in range(SLOTS)]
    for case_id in cases:
        busy.accept(register, case_id)
        busy.answer(register, case_id)
    assert raw(busy.folder, "SELECT count(*) FROM journal") <= [(SLOTS,)]
    assert check_log(register) == 3 * SLOTS and check_cases(register) == SLOTS


def test_what_a_case_goes_through_in_the_journal_becomes_its_row(busy: Town) -> None:
    """An office bound and another bound after it before any table was written: only the last is in the case's lists."""
    register = busy._open[-1]
    filed = busy.file(register)
    busy.accept(register, filed.case_id)
    busy.answer(register, filed.case_id)
    offices = busy.sql("SELECT office, role FROM case_office ORDER BY role")
    assert ("zjj", "competent_office") in offices
    assert check_cases(register) == 1


def test_a_closed_register_has_nothing_in_its_journal(busy: Town) -> None:
    """Closing puts everything into the tables and blanks the journal, so that no text lies in the file twice."""
    register = busy._open[-1]
    for _ in range(5):
        busy.accept(register, busy.file(register).case_id)
    busy.close()
    assert raw(busy.folder, "SELECT count(*) FROM event") == [(10,)]
    assert raw(busy.folder, "SELECT count(*) FROM journal WHERE body <> zeroblob(length(body))") == [(0,)]


def test_an_altered_journal_is_refused_and_not_guessed(busy: Town, tmp_path: Path) -> None:
    """A bit changed in what only the journal has: the register is not opened, for writing or reading, and says so."""
    register = busy._open[-1]
    busy.file(register)
    town = dead(busy, tmp_path / "dead")
    connection = sqlite3.connect(town.folder / "register.sqlite3")
    with connection:
        body = bytearray(connection.execute("SELECT body FROM journal").fetchone()[0])
        body[500] ^= 1
        connection.execute("UPDATE journal SET body = ?", (bytes(body),))
    connection.close()
    with pytest.raises(Unavailable, match="stopped"):
        town.open()
    with pytest.raises(Unavailable, match="stopped"):
        town.open(write=False).cases()
    town.close()


def test_a_register_of_version_2_goes_on_after_its_upgrade(tmp_path: Path) -> None:
    """Cases, codes, leaves and seals written by version 2 are found again, and work continues on them in the journal."""
    for part in ("register", "vault"):
        connection = sqlite3.connect(tmp_path / f"{part}.sqlite3")
        connection.executescript((GOLDEN / f"{part}_v2.sql").read_text(encoding="utf-8"))
        connection.close()
    before = {table: raw(tmp_path, f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in ("event", "leaf", "slot")}
    assert schema_version(tmp_path) == 2
    assert migrate(tmp_path) == 2 and schema_version(tmp_path) == schema_version(tmp_path, "vault") == SCHEMA_VERSION
    assert {table: raw(tmp_path, f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in before} == before
    town = Town(str(tmp_path), tmp_path)
    register = town.open()
    again = town.file(register, form_key="kept-since-version-2")
    assert again.repeated and register.by_code(again.code) == again.case_id
    assert register.open_slots(again.case_id, 1, PROPOSER)[1, "narrative"]["matter"] == "路口的灯不亮"
    said = register.act(again.case_id, "say_solved", PROPOSER, idempotency="solved", expected_n=3)
    assert (said.n, said.leaf_index) == (4, 3)
    file = register.case(again.case_id)
    assert check_log(register) == 4 and file is not None and (file.case.n, file.case.open) == (4, False)
    assert verify_receipt(register.proof(again.case_id, 1), POLICY).outcome == "verified"
    town.close()


def test_tables_that_contradict_the_journal_stop_the_writer(busy: Town) -> None:
    """Somebody else has written what the journal has for the tables: nothing is overwritten or guessed, nothing more is
    taken, and what was acknowledged stays in the journal."""
    register = busy._open[-1]
    busy.file(register)
    connection = sqlite3.connect(busy.folder / "register.sqlite3")
    with connection:
        connection.execute("INSERT INTO leaf VALUES ('mingyuan', 0, 'e', zeroblob(32), zeroblob(32))")
    connection.close()
    with pytest.raises(Unavailable, match="stopped"):
        register.cases()
    with pytest.raises(Unavailable, match="stopped"):
        busy.file(register, form_key="another")
    assert register.writable is not None and register.writable.code == "stopped"
    assert raw(busy.folder, "SELECT count(*) FROM journal") == [(1,)]


def test_with_no_room_for_the_tables_the_journal_is_read(busy: Town) -> None:
    """The disk is full before what was acknowledged is in the tables: lists and cases show it all the same."""
    register = busy._open[-1]
    filed = busy.file(register)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((busy.folder / "register.sqlite3-wal").stat().st_size, hard))
    try:
        assert [row.case_id for row in register.cases().rows] == [filed.case_id]
        assert register.by_code(filed.code) == filed.case_id
        with pytest.raises(Unavailable, match="disk_full"):
            busy.accept(register, filed.case_id)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert busy.accept(register, filed.case_id).n == 2
    assert check_log(register) == 2 and check_cases(register) == 1


def test_two_authorities_share_a_file_and_not_a_journal(busy: Town, tmp_path: Path) -> None:
    """Another authority that writes in the same file leaves alone what the first one has not put into its tables yet."""
    register = busy._open[-1]
    filed = busy.file(register)
    town = dead(busy, tmp_path / "dead")
    other = Register.open(
        town.place, "qinghe", mark="青禾", keys=Keys(receipt=b"o" * 32, kek=b"k" * 32), clock=town.clock,
        procedures=register.procedures, calendar=register.calendar, offices=register.offices,
        origin="log.qinghe.example/1", log_seed=b"q" * 32, folder=tmp_path / "other",
    )  # fmt: skip
    for number in range(2 * SLOTS):
        town.file(other, form_key=f"other-{number}")
    other.close()
    assert town.open().case(filed.case_id) is not None
    town.close()
