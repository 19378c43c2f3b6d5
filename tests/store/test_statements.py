"""Many rows of many tables as one statement of a real PostgreSQL, all of it or none."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from mingze.store.connection import PostgresConnection, WriteConflict, roll_back

INSERT = "INSERT INTO thing (id, n, body) VALUES (?, ?, ?)"
NOTE = "INSERT INTO note (id, words) VALUES (?, ?)"
UPDATE = "UPDATE thing SET n = ?, body = ? WHERE id = ? AND n = ?"


@pytest.fixture
def connection(postgres: str) -> Iterator[PostgresConnection]:
    """A connection to two tables, the second pointing to the first, with two rows in the first."""
    made = PostgresConnection(postgres, "public", write=True)
    made.execute("CREATE TABLE thing (id text PRIMARY KEY, n bigint, body bytea)")
    made.execute("CREATE TABLE note (id text REFERENCES thing, words text)")
    made.begin()
    made.write_and_commit([(INSERT, [("a", 1, b"x"), ("b", 1, b"y")], False)])
    yield made
    made.close()


def rows(connection: PostgresConnection) -> list[tuple[object, ...]]:
    return connection.execute("SELECT id, n, body FROM thing ORDER BY id").fetchall()


def test_rows_of_several_tables_are_written_together(connection: PostgresConnection) -> None:
    """New rows, rows that point to them and changed rows come in one statement."""
    connection.begin()
    connection.write_and_commit(
        [
            (UPDATE, [(2, b"X", "a", 1), (2, b"Y", "b", 1)], True),
            (INSERT, [("c", 1, b"z")], False),
            (NOTE, [("c", "灯"), ("a", "路"), ("c", None)], False),
        ]
    )
    assert rows(connection) == [("a", 2, b"X"), ("b", 2, b"Y"), ("c", 1, b"z")]
    words = connection.execute("SELECT id, words FROM note ORDER BY id, words").fetchall()
    assert words == [("a", "路"), ("c", "灯"), ("c", None)]


@pytest.mark.parametrize("asked_before", [False, True], ids=["one statement", "after a question"])
@pytest.mark.parametrize("changed", [[(2, b"X", "a", 1), (2, b"Y", "b", 7)], [(2, b"X", "a", 7)]], ids=["two", "one"])
def test_a_row_that_is_not_as_it_was_read_stops_all_of_it(
    connection: PostgresConnection, changed: list[tuple[object, ...]], asked_before: bool
) -> None:
    """One row that somebody else has changed, and nothing of the transaction stays; the next one works."""
    before = rows(connection)
    for _ in range(7):  # often enough for the driver to prepare its statements
        connection.begin()
        if asked_before:
            connection.execute("SELECT 1")
        with pytest.raises(WriteConflict):
            connection.write_and_commit([(INSERT, [("c", 1, b"z")], False), (UPDATE, changed, True)])
        roll_back(connection)
    assert rows(connection) == before
    connection.begin()
    connection.write_and_commit([(INSERT, [("c", 1, b"z")], False)])
    assert len(rows(connection)) == 3


def test_a_row_that_may_exist_once_stops_all_of_it(connection: PostgresConnection) -> None:
    """A second row of the same name is refused with everything beside it."""
    connection.begin()
    with pytest.raises(psycopg.errors.UniqueViolation):
        connection.write_and_commit(
            [(INSERT, [("d", 1, b"z")], False), (INSERT, [("e", 1, b""), ("a", 1, b"")], False)]
        )
    roll_back(connection)
    assert [row[0] for row in rows(connection)] == ["a", "b"]


def test_a_transaction_in_which_nothing_is_written_leaves_no_trace(connection: PostgresConnection) -> None:
    """Nothing to write is nothing to commit, whether or not something was asked."""
    for ask in (False, True):
        connection.begin()
        if ask:
            connection.execute("SELECT 1")
        connection.write_and_commit([])
        assert connection.raw.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
