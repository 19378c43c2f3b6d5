"""The tree and its proofs, one core, in memory: leaves a second in batches of 64, proofs a second, and one verification."""

from __future__ import annotations

import time
from hashlib import sha256
from statistics import median, quantiles

from mingze.ledger import (
    Checkpoint,
    Edge,
    Opening,
    Policy,
    event_commitment,
    format_proof,
    inclusion_proof,
    leaf_bytes,
    leaf_hash,
    parse_vkey,
    sign_checkpoint,
    verify_inclusion,
    verify_receipt,
    vkey,
)

ORIGIN, SEED = "log.mingyuan.example/mingze/1", bytes(32)


def bench_ledger(leaves: int = 100_000, batch: int = 64, proofs: int = 2_000) -> dict[str, float]:
    """Rates of this run, each beside the bare SHA-256 rate of the same run, which is what a machine can be held to.

    `sequenced_per_second`: commitment to tree, one root a batch. `ratio`: its share of the rate at which this machine
    hashes a leaf and a node alone. Proof times in microseconds.
    """
    commitments = [sha256(b"%d" % n).digest() for n in range(leaves)]
    one_leaf = leaf_bytes(commitments[0])
    begun = time.perf_counter()
    for commitment in commitments:
        sha256(b"\x00" + one_leaf).digest()
        sha256(b"\x01" + commitment + commitment).digest()
    hashed = leaves / (time.perf_counter() - begun)

    edge, levels = Edge(), [[] for _ in range(leaves.bit_length())]
    root = edge.root()
    begun = time.perf_counter()
    for start in range(0, leaves, batch):
        edge, complete = edge.append([leaf_hash(leaf_bytes(it)) for it in commitments[start : start + batch]])
        for level, _, value in complete:
            levels[level].append(value)
        root = edge.root()
    sequenced = leaves / (time.perf_counter() - begun)

    def node(level: int, index: int) -> bytes:
        return levels[level][index]

    took, checked = [], []
    for number in range(proofs):
        index = number * 7919 % leaves
        begun = time.perf_counter()
        proof = inclusion_proof(index, leaves, node)
        middle = time.perf_counter()
        good = verify_inclusion(levels[0][index], index, leaves, proof, root)
        checked.append(time.perf_counter() - middle)
        took.append(middle - begun)
        if not good:
            raise ArithmeticError(index)

    event, nonce = (
        b'{"authority":"a","case":"c","n":1,"recorded_at":"2026-11-23T10:30:00+08:00","type":"acted"}',
        bytes(32),
    )
    alone, _ = Edge().append([leaf_hash(leaf_bytes(event_commitment(nonce, event)))])
    checkpoint = sign_checkpoint(Checkpoint(ORIGIN, 1, alone.root()), SEED)
    receipt, policy = (
        format_proof(0, [], checkpoint, Opening.join(nonce, event)),
        Policy.of_log(parse_vkey(vkey(ORIGIN, SEED))),
    )
    begun = time.perf_counter()
    for _ in range(500):
        verify_receipt(receipt, policy)
    receipts = 500 / (time.perf_counter() - begun)
    return {
        "sequenced_per_second": sequenced,
        "leaf_and_node_hashes_per_second": hashed,
        "ratio": sequenced / hashed,
        "proof_p50_us": median(took) * 1e6,
        "proof_p99_us": quantiles(took, n=100)[98] * 1e6,
        "verify_p50_us": median(checked) * 1e6,
        "receipts_verified_per_second": receipts,
    }


if __name__ == "__main__":
    for name, value in bench_ledger().items():
        print(f"{name:34} {value:12,.2f}")
