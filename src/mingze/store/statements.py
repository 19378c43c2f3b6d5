"""How the statements of a transaction become one statement of PostgreSQL, which is its own transaction.

    UPDATE case_file SET … = ? WHERE …     3 rows     WITH w0 AS (UPDATE … FROM unnest(…) … RETURNING 1),
    INSERT INTO event (…) VALUES (?, …)    3 rows  ►       w1 AS (INSERT … SELECT * FROM unnest(…))
                                                      SELECT 1 / (((SELECT count(*) FROM w0) = 3)::int)

Rows travel as one array for each column, so the statement's text does not depend on how many there are and is prepared
once. An UPDATE that does not find all its rows divides by zero, and nothing of the transaction stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final


@lru_cache(maxsize=1024)
def numbered(sql: str) -> str:
    """`?` as psycopg writes it. No statement of ours has a literal question mark or per cent sign."""
    return re.sub(r"\?", "%s", sql)


PLAIN_INSERT: Final = re.compile(
    r"(?P<into>INSERT INTO \w+ \([^()]*\)) VALUES \(\?(?:, \?)*\)(?P<rest>(?: ON CONFLICT DO NOTHING)?)"
)
"""An INSERT whose many rows PostgreSQL can take as one array for each column, in one statement."""

PLAIN_UPDATE: Final = re.compile(r"UPDATE (?P<table>\w+) SET (?P<sets>\w+ = \?(?:, \w+ = \?)*) WHERE (?P<where>.*)")
"""An UPDATE of one row by values, which with arrays is one of many rows."""

_ARRAYS: Final = {str: "text[]", int: "bigint[]", bytes: "bytea[]"}

type Kind = tuple[str, tuple[str, ...], bool]
"""A statement, the types of its arrays (none for one row), and whether it must change as many rows as it was given."""


def part_of(sql: str, rows: Sequence[Sequence[Any]], exactly: bool) -> tuple[Kind, Sequence[Any]] | None:
    """A write as a part of one large statement, with its values; None where it cannot be one."""
    if len(rows) == 1:
        return (sql, (), exactly), rows[0]
    if None in rows[0] or not (PLAIN_UPDATE if exactly else PLAIN_INSERT).fullmatch(sql):
        return None
    columns = [list(column) for column in zip(*rows, strict=True)]
    return (sql, tuple(_ARRAYS[type(value)] for value in rows[0]), exactly), columns


@lru_cache(maxsize=1024)
def joined(kinds: tuple[Kind, ...]) -> str:
    """All parts as one statement, a transaction of its own. Parts see nothing of each other, and need not."""
    names, checks = [], ["1"]
    for at, (sql, types, exactly) in enumerate(kinds):
        text = many_rows(sql, types) if types else sql
        names.append(f"w{at} AS ({text}{' RETURNING 1' if exactly else ''})")
        if exactly:
            checks.append(f"((SELECT count(*) FROM w{at}) = %s)::int")
    return f"WITH {numbered(', '.join(names))} SELECT 1 / ({' * '.join(checks)})"


@lru_cache(maxsize=1024)
def many_rows(sql: str, types: tuple[str, ...]) -> str:
    """A plain INSERT or UPDATE of one row as one of as many rows as its arrays are long."""
    arrays = ", ".join(f"?::{name}" for name in types)
    if plain := PLAIN_INSERT.fullmatch(sql):
        return f"{plain['into']} SELECT * FROM unnest({arrays}){plain['rest']}"
    plain = PLAIN_UPDATE.fullmatch(sql)
    assert plain is not None
    names = iter(f"v.c{at}" for at in range(len(types)))
    sets = re.sub(r"\?", lambda _: next(names), plain["sets"])
    where = re.sub(r"(\w+) = \?", lambda found: f"t.{found[1]} = {next(names)}", plain["where"])
    columns = ", ".join(f"c{at}" for at in range(len(types)))
    return f"UPDATE {plain['table']} AS t SET {sets} FROM unnest({arrays}) AS v({columns}) WHERE {where}"


@lru_cache(maxsize=1024)
def stopping(sql: str) -> str:
    """An UPDATE that fails where it finds no row to change."""
    return f"WITH changed AS ({sql} RETURNING 1) SELECT 1 / count(*) FROM changed"
