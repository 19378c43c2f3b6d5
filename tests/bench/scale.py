"""The public log at ten million leaves on disk: how fast the writer's tree takes them, and how long a proof takes to make.

The log is a real one in a real register's table, made by the writer's own `Frontier` in batches of 64, so every proof is
checked against the root. `proof` is what a receipt needs beyond the event: the nodes read from SQLite by the register's own
query (the upper ones kept once they were read, as the register does), put in order. Beside it stands the bare query for as many rows by their numbers, which is what the database gives.
About two minutes and 1.7 GB of disk, which are given back.
"""

from __future__ import annotations

import random
import sqlite3
import time
from hashlib import sha256
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from mingze.ledger import inclusion_nodes, inclusion_proof, leaf_bytes, leaf_hash, verify_inclusion
from mingze.store import migrate
from mingze.store.connection import Database
from mingze.store.tree import Frontier, UpperNodes, edge_of, fetch_nodes

LEAVES = 10_000_000
BATCH = 64
PROOFS = 5_000
AUTHORITY = "mingyuan"


def bench_scale(leaves: int = LEAVES, proofs: int = PROOFS) -> dict[str, float]:
    """Rates and times of this run; times in microseconds."""
    with TemporaryDirectory() as folder:
        migrate(folder)
        sequenced = _fill(Path(folder) / "register.sqlite3", leaves)
        connection = Database(folder, "register").connect(write=False)
        try:
            root = edge_of(connection, AUTHORITY, leaves).root()
            chosen = random.Random(6962)
            took, cpu, bare, checked, sizes, upper = [], [], [], [], [], UpperNodes()
            for _ in range(proofs):
                index = chosen.randrange(leaves)
                begun, began = time.perf_counter(), time.thread_time()
                places = inclusion_nodes(index, leaves)
                proof = inclusion_proof(index, leaves, fetch_nodes(connection, AUTHORITY, places, upper))
                cpu.append(time.thread_time() - began)
                took.append(time.perf_counter() - begun)
                numbers = [chosen.randrange(leaves) for _ in places]
                marks = ", ".join("?" * len(numbers))
                begun = time.perf_counter()
                sql = f"SELECT leaf_index, nodes FROM leaf WHERE authority = ? AND leaf_index IN ({marks})"
                connection.execute(sql, (AUTHORITY, *numbers)).fetchall()
                bare.append(time.perf_counter() - begun)
                hashed = leaf_hash(leaf_bytes(_commitment(index)))
                begun = time.perf_counter()
                good = verify_inclusion(hashed, index, leaves, proof, root)
                checked.append(time.perf_counter() - begun)
                sizes.append(32 * len(proof))
                if not good:
                    raise ArithmeticError(index)
        finally:
            connection.close()
    return {
        "leaves": leaves,
        "sequenced_a_second_one_core": sequenced,
        "proof_p50_us": median(took) * 1e6,
        "proof_p99_us": quantiles(took, n=100)[98] * 1e6,
        "proof_cpu_p50_us": median(cpu) * 1e6,
        "proof_cpu_p99_us": quantiles(cpu, n=100)[98] * 1e6,
        "proof_ratio_to_bare_query": median(took) / median(bare),
        "proof_bytes": max(sizes),
        "verify_p50_us": median(checked) * 1e6,
    }


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
    for name, value in bench_scale().items():
        print(f"{name:34} {value:14,.2f}")
