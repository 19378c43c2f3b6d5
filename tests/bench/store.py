"""Durable commands a second on SQLite, beside what the same disk gives to a bare event-and-projection commit in the same rounds.

The raw rate is one commit for an event row of 250 bytes with its unique index and an upsert of its case's small row, with
bare `sqlite3`, WAL and `synchronous=FULL`, the same limit of the write-ahead log, and nothing else: no law, no leaf, no
tree, no sealing, no list to be found in. The same with as many bytes as ours (a sealed event, a case's state) stands
beside it. What ours writes behind its answers (see `store.journal`) is written in the timed loop too: it holds 64
commands at most. Rounds alternate; medians are kept. How long it takes until an answered command is signed is in `bench.publishing`.
"""

from __future__ import annotations

import secrets
import sqlite3
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from mingze.store import Register, migrate
from mingze.store.connection import CHECKPOINT_PAGES
from tests.store.town import CLERK, HANDLER, Town

ROUNDS = 5
CASES = 150
THREADS = 64
EVENT = 250
STATE = 120
"""Bytes of the raw rate's rows."""


def bench_store() -> dict[str, float]:
    """Rates, and the ratios of ours to the raw rate of the same run."""
    with TemporaryDirectory() as folder:
        migrate(folder)
        town = Town(folder, Path(folder))
        register = town.open()
        sizes = _sizes(town, register)
        raw, heavy, single, filing, saturated = [], [], [], [], []
        with (
            _raw_database(Path(folder) / "raw.sqlite3", EVENT, STATE) as bare,
            _raw_database(Path(folder) / "heavy.sqlite3", *sizes) as same,
        ):
            for round_ in range(ROUNDS):
                raw.append(_raw(bare, 2 * CASES))
                cases, rate = _filing(register, round_)
                filing.append(rate)
                heavy.append(_raw(same, 2 * CASES))
                register.readers.up_to_date()
                single.append(_acting(register, cases))
                raw.append(_raw(bare, 2 * CASES))
                saturated.append(_saturated(register, round_))
        town.close()
    bare_rate = statistics.median(raw)
    return {
        "one_commit_each_ratio_to_raw": statistics.median(single) / bare_rate,
        "one_commit_each_ratio_to_raw_of_the_same_bytes": statistics.median(single) / statistics.median(heavy),
        "saturated_ratio_to_raw": statistics.median(saturated) / bare_rate,
        "filing_ratio_to_raw": statistics.median(filing) / bare_rate,
        "raw_commits_a_second": bare_rate,
        "raw_commits_of_the_same_bytes_a_second": statistics.median(heavy),
        "actions_a_second": statistics.median(single),
        "actions_a_second_saturated": statistics.median(saturated),
        "filings_a_second": statistics.median(filing),
    }


def _sizes(town: Town, register: Register) -> tuple[int, int]:
    """The bytes of a stored event and of a case's state, without the blanks that fill up its row."""
    filed = town.file(register)
    town.accept(register, filed.case_id)
    event = town.sql("SELECT avg(length(sealed)) FROM event")[0][0]
    return int(event), int(town.sql("SELECT length(trim(state)) FROM case_file")[0][0])


class _raw_database:
    """A bare database: an event row of so many bytes with a unique index, and the projection of its case, in each commit."""

    def __init__(self, path: Path, event: int, state: int) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.event = event
        self.state = "s" * state
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=FULL")
        self.connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
        self.connection.execute("CREATE TABLE c (id TEXT PRIMARY KEY, n INTEGER, state TEXT)")
        self.connection.execute("CREATE TABLE e (id TEXT, n INTEGER, body BLOB, UNIQUE (id, n))")

    def __enter__(self) -> _raw_database:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()


def _raw(bare: _raw_database, count: int) -> float:
    """Commits a second: two for each of so many cases, as ours act."""
    execute = bare.connection.execute
    cases = [secrets.token_hex(16) for _ in range(count // 2)]
    upsert = "INSERT INTO c VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET n = excluded.n, state = excluded.state"
    execute("BEGIN")
    for case in cases:
        execute(upsert, (case, 0, bare.state))
    execute("COMMIT")
    body = secrets.token_bytes(bare.event)
    began = time.perf_counter()
    for at in range(count):
        case = cases[at // 2]
        n = at % 2 + 1
        execute("BEGIN IMMEDIATE")
        execute("INSERT INTO e VALUES (?, ?, ?)", (case, n, body))
        execute(upsert, (case, n, bare.state))
        execute("COMMIT")
    return count / (time.perf_counter() - began)


def _filing(register: Register, round_: int) -> tuple[list[str], float]:
    """Matters filed one after another; each also makes a key in the vault durable first."""
    began = time.perf_counter()
    cases = [
        register.file("suggestion", {"matter": "路口的灯不亮"}, form_key=f"{round_}-{number}").case_id
        for number in range(CASES)
    ]
    return cases, CASES / (time.perf_counter() - began)


def _accept(register: Register, case_id: str) -> None:
    register.act(case_id, "accept", CLERK, offices={"competent_office": "zjj"}, idempotency="a", expected_n=1)


def _answer(register: Register, case_id: str) -> None:
    fields = {"result": "adopted", "answer_text": "已经修好，请去看看。"}
    register.act(case_id, "answer", HANDLER, fields, idempotency="b", expected_n=2)


def _acting(register: Register, cases: list[str]) -> float:
    """One thread, one commit for each action: half of them plain, half sealing an answer; tables and all."""
    began = time.perf_counter()
    for case_id in cases:
        _accept(register, case_id)
        _answer(register, case_id)
    register.readers.up_to_date()
    return 2 * len(cases) / (time.perf_counter() - began)


def _saturated(register: Register, round_: int) -> float:
    """Many threads at once, so that the writer shares each flush."""
    with ThreadPoolExecutor(THREADS) as pool:
        cases = list(
            pool.map(
                lambda number: register.file("suggestion", {"matter": "灯"}, form_key=f"s{round_}-{number}").case_id,
                range(4 * CASES),
            )
        )
        began = time.perf_counter()
        list(pool.map(lambda case_id: _accept(register, case_id), cases))
        list(pool.map(lambda case_id: _answer(register, case_id), cases))
        return 2 * len(cases) / (time.perf_counter() - began)


if __name__ == "__main__":
    for name, value in bench_store().items():
        print(f"{name:34} {value:10.3f}")
