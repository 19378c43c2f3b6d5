"""What happens to acknowledged matters when the process, the disk or the database fails."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psycopg
import pytest

from mingze.store import SCHEMA_VERSION, OtherVersion, Unavailable, migrate, schema_version
from mingze.store.connection import PostgresConnection
from tests.store.test_writing import check_log
from tests.store.town import Town, writer_of

ROOT = Path(__file__).parents[2]


def test_a_full_disk_is_said_leaves_nothing_and_passes(sqlite_town: Town) -> None:
    """With no room left a filing is refused as `disk_full`; reading goes on; with room again the same form succeeds."""
    register = sqlite_town.open()
    first = sqlite_town.file(register)
    wal = sqlite_town.folder / "register.sqlite3-wal"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (wal.stat().st_size + 8192, hard))
    try:
        told = set()
        acknowledged = [first.case_id]
        for number in range(20):
            try:
                acknowledged.append(sqlite_town.file(register, form_key=f"full-{number}").case_id)
            except Unavailable as refused:
                told.add(refused.code)
        assert told == {"disk_full"}
        assert register.by_code(first.code) == first.case_id
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not sqlite_town.file(register, form_key="full-19").repeated
    assert len(acknowledged) + 1 == sqlite_town.sql("SELECT count(*) FROM case_file")[0][0]
    assert check_log(register) == len(acknowledged) + 1


def test_a_full_disk_refuses_an_attachment_before_anything_is_written(sqlite_town: Town) -> None:
    """When the evidence folder has no room, no case is opened and no half file is left."""
    from mingze.store import Upload

    register = sqlite_town.open()
    sqlite_town.file(register)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, hard))
    try:
        with pytest.raises(Unavailable, match="disk_full"):
            sqlite_town.file(
                register, files=[Upload("attachments", "plan.pdf", "application/pdf", b"%PDF-" + b"x" * 600_000)]
            )
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert sqlite_town.sql("SELECT count(*) FROM case_file") == [(1,)]
    assert [path for path in (sqlite_town.folder / "evidence").rglob("*") if path.is_file()] == []


READ_ONLY = """
import os, sys
from pathlib import Path
from mingze import resources
from mingze.store import Unavailable
from tests.store.town import Town
resources.load_procedures(), resources.load_calendar()
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
town = Town(sys.argv[1], Path(sys.argv[1]))
register = town.open(write=False)
print(len(register.cases(None).rows))
for attempt in (lambda: town.file(register, form_key="another"), town.open):
    try:
        attempt()
    except Unavailable as refused:
        print(refused.code)
"""


def test_a_read_only_database_can_be_read_and_refuses_writing_with_that_reason() -> None:
    """A process that may not write opens the register for reading, and is told `read_only` for everything else."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        migrate(folder)
        town = Town(name, folder)
        town.file(town.open())
        town.close()
        for path in folder.iterdir():
            path.chmod(0o444)
        folder.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, name], cwd=ROOT, capture_output=True, text=True, check=False
        )
        folder.chmod(0o755)
        assert (done.stdout.split(), done.stderr) == (["1", "read_only", "read_only"], "")


def test_a_database_turned_read_only_while_serving_refuses_writing_and_goes_on_reading(town: Town) -> None:
    """When the database stops taking writes, commands are refused as `read_only` and pages still open."""
    register = town.open()
    filed = town.file(register)
    register.readers.up_to_date()
    connection = writer_of(register)._connection
    turn = "SET default_transaction_read_only = {}" if town.postgres else "PRAGMA query_only = {}"
    connection.execute(turn.format("on"))
    with pytest.raises(Unavailable, match="read_only"):
        town.accept(register, filed.case_id, idempotency="k")
    assert register.case(filed.case_id) is not None
    connection.execute(turn.format("off"))
    assert not town.accept(register, filed.case_id, idempotency="k").repeated


def test_a_database_removed_while_serving_acknowledges_nothing(sqlite_town: Town) -> None:
    """SQLite would write on into the removed file; the store notices and says `gone`."""
    register = sqlite_town.open()
    sqlite_town.file(register)
    (sqlite_town.folder / "register.sqlite3").rename(sqlite_town.folder / "away")
    with pytest.raises(Unavailable, match="gone"):
        sqlite_town.file(register, form_key="lost?")
    with pytest.raises(Unavailable, match="gone"):
        register.cases(None)
    (sqlite_town.folder / "away").rename(sqlite_town.folder / "register.sqlite3")
    assert not sqlite_town.file(register, form_key="lost?").repeated


def test_a_database_that_is_not_there_is_said_to_be_gone(tmp_path: Path) -> None:
    """Opening a register where there is none names that reason and makes no file."""
    with pytest.raises(Unavailable, match="gone"):
        Town(str(tmp_path), tmp_path).open()
    with pytest.raises(Unavailable, match="gone"):
        Town("postgresql://127.0.0.1:9/none?connect_timeout=2", tmp_path).open()
    assert list(tmp_path.iterdir()) == []


def test_a_broken_connection_is_gone_and_the_next_command_works(database: str, tmp_path: Path) -> None:
    """When the PostgreSQL connection is cut, the command is refused as `gone`, and repeating it finds its own answer."""
    migrate(database or tmp_path)
    town = Town(database or str(tmp_path), tmp_path)
    register = town.open()
    town.file(register)
    if town.postgres:
        pid = writer_of(register)._connection.raw.info.backend_pid
        town.sql("SELECT pg_terminate_backend(?)", (pid,))
    else:
        writer_of(register)._connection.raw.interrupt()
    codes: list[str] = []
    answers: list[str] = []
    while not answers and len(codes) < 20:
        try:
            answers.append(town.file(register, form_key="after the cut").case_id)
        except Unavailable as refused:
            codes.append(refused.code)
            time.sleep(0.1)
    assert set(codes) <= {"gone", "second_writer"}
    assert [town.file(register, form_key="after the cut").case_id] == answers
    assert check_log(register) == 2
    town.close()


def test_after_a_failed_flush_the_writer_takes_nothing_more_and_says_so(sqlite_town: Town) -> None:
    """An fsync error means the page cache may lie: this command and all later ones are refused as `stopped`."""
    register = sqlite_town.open()
    writer = writer_of(register)

    class Broken:
        def __init__(self, inner):
            self._inner = inner

        def __getattr__(self, name):
            return getattr(self._inner, name)

        def write_and_commit(self, writes):
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
            raise error

    inner = writer._connection
    writer._connection = Broken(inner)
    with pytest.raises(Unavailable, match="stopped"):
        sqlite_town.file(register, form_key="a")
    writer._connection = inner
    with pytest.raises(Unavailable, match="stopped"):
        sqlite_town.file(register, form_key="b")
    assert register.writable is not None and register.writable.code == "stopped"
    assert sqlite_town.sql("SELECT count(*) FROM case_file") == [(0,)]


def test_a_second_writer_is_refused_and_a_reader_is_not(town: Town) -> None:
    """While one process writes a register, another may read it and may not write it; afterwards it may."""
    register = town.open()
    with pytest.raises(Unavailable, match="second_writer"):
        town.open()
    reader = town.open(write=False)
    filed = town.file(register)
    assert reader.by_code(filed.code) == filed.case_id
    register.close()
    town._open.remove(register)
    assert town.open().by_code(filed.code) == filed.case_id


def test_another_schema_version_is_refused_by_name(town: Town) -> None:
    """A register made by another version is not opened; the refusal says which version was found and which is wanted."""
    assert schema_version(town.place) == schema_version(town.place, "vault") == SCHEMA_VERSION
    town.sql("INSERT INTO schema_version (version) VALUES (7)")
    with pytest.raises(OtherVersion) as refused:
        town.open()
    assert refused.value.values == {"found": 7, "wanted": SCHEMA_VERSION}
    with pytest.raises(OtherVersion):
        migrate(town.place)


def test_migrating_twice_changes_nothing(town: Town) -> None:
    """`migrate` on a current register says its version and keeps its content."""
    register = town.open()
    filed = town.file(register)
    town.close()
    assert migrate(town.place) == SCHEMA_VERSION
    assert town.open().by_code(filed.code) == filed.case_id


def test_a_register_without_tables_is_of_version_0(tmp_path: Path) -> None:
    """An empty database is told apart from one that is away."""
    sqlite3.connect(tmp_path / "register.sqlite3").close()
    sqlite3.connect(tmp_path / "vault.sqlite3").close()
    assert schema_version(tmp_path) == 0
    with pytest.raises(OtherVersion):
        Town(str(tmp_path), tmp_path).open()


@pytest.mark.parametrize("setting", ["synchronous_commit", "fsync", "full_page_writes"])
def test_postgres_that_could_forget_is_refused(postgres: str, setting: str) -> None:
    """A server that may lose acknowledged rows in a power cut is not written to, and the reason names the setting."""
    if setting == "synchronous_commit":
        with pytest.raises(Unavailable, match="synchronous_commit"):
            PostgresConnection(postgres + "&options=-csynchronous_commit%3Doff", "public", write=True)
        return
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        connection.execute("SELECT pg_reload_conf()")
        try:
            for _ in range(50):
                time.sleep(0.1)
                with psycopg.connect(postgres) as seen:
                    if seen.execute(f"SHOW {setting}".encode()).fetchone() == ("off",):
                        break
            with pytest.raises(Unavailable, match=setting):
                PostgresConnection(postgres, "public", write=True)
        finally:
            connection.execute(f"ALTER SYSTEM RESET {setting}".encode())
            connection.execute("SELECT pg_reload_conf()")


def test_sqlite_connections_are_safe_against_power_cuts(sqlite_town: Town) -> None:
    """The writer runs WAL with synchronous=FULL and foreign keys; the vault overwrites what it deletes."""
    register = sqlite_town.open()
    writer, vault = writer_of(register)._connection, register.vault._writer
    for connection in (writer, vault):
        found = [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
        assert found == ["wal", 2, 1]
    assert vault.execute("PRAGMA secure_delete").fetchone()[0] == 1


def test_closing_finishes_what_was_accepted(town: Town) -> None:
    """Commands in flight when the register is closed are either done or refused, never left without an answer."""
    register = town.open()
    answers: list[str] = []

    def work(number: int) -> None:
        try:
            town.file(register, form_key=f"{number}")
            answers.append("done")
        except Unavailable as refused:
            answers.append(refused.code)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(30)]
    for thread in threads:
        thread.start()
    writer_of(register).close()
    for thread in threads:
        thread.join(20)
    assert len(answers) == 30 and set(answers) <= {"done", "gone"}
    town._open.remove(register)
    assert town.sql("SELECT count(*) FROM case_file")[0][0] == answers.count("done")
    os.sync()
