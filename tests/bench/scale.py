"""The public log at scale, on disk: how fast the writer's tree takes leaves, and how long a proof from the register takes.

The log is a real one in a real register's table, made by the writer's own `Frontier` in batches of 64, and every proof is
checked against the root. `proof` is what a receipt needs beyond the event and the checkpoint: one read transaction, the
register's own query for the nodes that it does not keep in memory, and putting them in order. `proof_cpu` is the time of
this core alone, which other programs on the machine disturb less. Beside it stands the bare query for eight rows by their
numbers, which is what the database gives. Medians over rounds.

`just bench` takes a million leaves; `python -m tests.bench.scale` ten million: two minutes and 1.4 GB of disk, which are
given back.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import time
from hashlib import sha256
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from mingze.ledger import inclusion_nodes, inclusion_proof, leaf_bytes, leaf_hash, verify_inclusion
from mingze.store import migrate
from mingze.store.connection import Database, Readers
from mingze.store.tree import Frontier, UpperNodes, edge_of, fetch_nodes

LEAVES = 1_000_000
TEN_MILLION = 10_000_000
BATCH = 64
ROUNDS = 7
PROOFS = 2_000
AUTHORITY = "mingyuan"


def bench_scale(leaves: int = LEAVES) -> dict[str, float]:
    """Rates and times of this run; times in microseconds."""
    with TemporaryDirectory() as folder:
        migrate(folder)
        sequenced = _fill(Path(folder) / "register.sqlite3", leaves)
        readers = Database(folder, "register").readers()
        try:
            return {"leaves": leaves, "sequenced_a_second_one_core": sequenced, **_proofs(readers, leaves)}
        finally:
            readers.close()


def _proofs(readers: Readers, leaves: int) -> dict[str, float]:
    upper, chosen = UpperNodes(), random.Random(6962)
    with readers() as connection:
        root = edge_of(connection, AUTHORITY, leaves).root()
        began = time.perf_counter()
        upper.grow(connection, AUTHORITY, leaves)
        growing = time.perf_counter() - began
    rounds: dict[str, list[float]] = {}
    size = 0
    for _ in range(ROUNDS):
        took, cpu, bare, checked = [], [], [], []
        for _ in range(PROOFS):
            index = chosen.randrange(leaves)
            begun, began = time.perf_counter(), time.thread_time()
            with readers() as connection:
                node = fetch_nodes(connection, AUTHORITY, inclusion_nodes(index, leaves), upper)
            proof = inclusion_proof(index, leaves, node)
            cpu.append(time.thread_time() - began)
            took.append(time.perf_counter() - begun)
            bare.append(_bare(readers, chosen.randrange(leaves - 256)))
            hashed = leaf_hash(leaf_bytes(_commitment(index)))
            begun = time.perf_counter()
            good = verify_inclusion(hashed, index, leaves, proof, root)
            checked.append(time.perf_counter() - begun)
            size = max(size, 32 * len(proof))
            if not good:
                raise ArithmeticError(index)
        for name, value in {
            "proof_p50_us": median(took) * 1e6,
            "proof_p99_us": quantiles(took, n=100)[98] * 1e6,
            "proof_cpu_p50_us": median(cpu) * 1e6,
            "proof_cpu_p99_us": quantiles(cpu, n=100)[98] * 1e6,
            "proof_ratio_to_bare_query": median(took) / median(bare),
            "verify_p50_us": median(checked) * 1e6,
        }.items():
            rounds.setdefault(name, []).append(value)
    kept = {"upper_nodes_read_ms": growing * 1e3, "proof_bytes": size}
    return kept | {name: median(values) for name, values in rounds.items()}


def _bare(readers: Readers, first: int) -> float:
    """Seconds for a read of eight rows that lie as a proof's do."""
    numbers = [first + (1 << level) for level in range(8)]
    begun = time.perf_counter()
    with readers() as connection:
        sql = "SELECT leaf_index, nodes FROM leaf WHERE authority = ? AND leaf_index IN (?, ?, ?, ?, ?, ?, ?, ?)"
        connection.execute(sql, (AUTHORITY, *numbers)).fetchall()
    return time.perf_counter() - begun


def _commitment(index: int) -> bytes:
    return sha256(b"%d" % index).digest()


def _fill(path: Path, leaves: int) -> float:
    """A log of so many leaves; how many a second the tree took, hashing of leaves included, storing not."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    frontier, inside = Frontier(0, []), 0.0
    insert = "INSERT INTO leaf (authority, leaf_index, kind, commitment, nodes) VALUES (?, ?, 'e', ?, ?)"
    for start in range(0, leaves, 65_536):
        rows = []
        for base in range(start, min(start + 65_536, leaves), BATCH):
            commitments = [_commitment(index) for index in range(base, min(base + BATCH, leaves))]
            begun = time.thread_time()  # of this core alone: what else runs on the machine does not count
            append = frontier.append
            nodes = [append(leaf_hash(leaf_bytes(it))) for it in commitments]
            inside += time.thread_time() - begun
            rows += [
                (AUTHORITY, index, it, node)
                for index, (it, node) in enumerate(zip(commitments, nodes, strict=True), base)
            ]
        connection.execute("BEGIN")
        connection.executemany(insert, rows)
        connection.execute("COMMIT")
    connection.close()
    return leaves / inside


if __name__ == "__main__":
    for name, value in bench_scale(int(sys.argv[1]) if len(sys.argv) > 1 else TEN_MILLION).items():
        print(f"{name:34} {value:14,.2f}")
