"""A small log of one fictional authority, built as a writer would build it, with receipts for each of its records."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import pytest

from mingze.ledger import (
    Checkpoint,
    Edge,
    Opening,
    Policy,
    VerifierKey,
    consistency_proof,
    cosign,
    encode_commitment,
    entry_bundle,
    event_commitment,
    format_note,
    format_proof,
    inclusion_proof,
    leaf_bytes,
    leaf_hash,
    parse_note,
    parse_policy,
    parse_vkey,
    sign_checkpoint,
    slot_commitment,
    vkey,
)
from mingze.ledger.note import COSIGNATURE

ORIGIN = "log.mingyuan.example/mingze/1"
LOG_SEED = sha256(b"test log").digest()
WITNESSES = {
    "audit": ("witness.audit.example/w1", sha256(b"test audit").digest()),
    "library": ("library.example/witness", sha256(b"test library").digest()),
}
SEEN = 1_795_401_600  # 2026-11-23T10:40:00+08:00, after every event below


def an_event(n: int, **changed: Any) -> bytes:
    """The bytes of an event with every key of the envelope."""
    event: dict[str, Any] = {
        "action": "file",
        "actor": {"kind": "party", "party": "proposer"},
        "authority": "mingyuan",
        "calendar": "cn-2026.1",
        "case": "01JD9ZK4Q7Y8V3T5N6M2X1C0B4",
        "clocks": [
            {
                "borne_by": "office",
                "due": "2026-12-14",
                "name": "answer",
                "on": "2026-11-23",
                "op": "start",
                "parameter": "answer_days",
                "provisional": False,
                "raw": "2026-12-14",
                "rolled": None,
                "rule": {"amount": 15, "direction": "forward", "roll": "none", "unit": "working_day"},
            }
        ],
        "facts": {"topic": "道路"},
        "idempotency": "4f6c",
        "n": n,
        "occurred_at": "2026-11-23T10:30:00+08:00",
        "office": "",
        "offices": {"competent_office": "zjj"},
        "post": "",
        "previous": None,
        "procedure": {"hash": "sha256:" + "ab" * 32, "name": "suggestion"},
        "recorded_at": "2026-11-23T10:30:00.125000+08:00",
        "schema": 1,
        "sealed": [{"commitment": "A" * 43, "party": "proposer", "slot": "narrative"}],
        "stages": ["received"],
        "tell": ["proposer"],
        "type": "acted",
    } | changed
    return json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@dataclass
class Log:
    """What a writer keeps: the edge, the complete nodes, and (in the vault) each record's nonce and bytes."""

    edge: Edge = field(default_factory=Edge)
    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)
    records: list[tuple[bytes, bytes]] = field(default_factory=list)

    def record(self, event_bytes: bytes) -> int:
        nonce = sha256(b"test nonce %d" % len(self.records)).digest()
        self.records.append((nonce, event_bytes))
        self.edge, fresh = self.edge.append([leaf_hash(leaf_bytes(event_commitment(nonce, event_bytes)))])
        self.nodes.update({(level, index): value for level, index, value in fresh})
        return len(self.records) - 1

    def node(self, level: int, index: int) -> bytes:
        return self.nodes[level, index]

    def checkpoint(self, *witnesses: str, seen: int = SEEN) -> bytes:
        note = parse_note(sign_checkpoint(Checkpoint(ORIGIN, self.edge.size, self.edge.root()), LOG_SEED))
        lines = [cosign(note.text, *WITNESSES[name], seen) for name in witnesses]
        return format_note(note.text, [*note.signatures, *lines])

    def proof(self, index: int) -> list[bytes]:
        return inclusion_proof(index, self.edge.size, self.node)

    def consistency(self, old: int) -> list[bytes]:
        return consistency_proof(old, self.edge.size, self.node)

    def receipt(self, index: int, *witnesses: str, seen: int = SEEN) -> bytes:
        opening = Opening.join(*self.records[index])
        return format_proof(index, self.proof(index), self.checkpoint(*witnesses, seen=seen), opening)

    @property
    def key(self) -> VerifierKey:
        return parse_vkey(vkey(ORIGIN, LOG_SEED))

    @property
    def policy(self) -> Policy:
        return Policy.of_log(self.key)

    def policy_asking(self, quorum: str) -> Policy:
        lines = [f"log {self.key}"]
        lines += [f"witness {name} {vkey(*WITNESSES[name], COSIGNATURE)}" for name in WITNESSES]
        group = f"group outside {quorum} {' '.join(WITNESSES)}\nquorum outside\n"
        return parse_policy(("\n".join(lines) + "\n" + group).encode())


def a_log(size: int = 11, event: Callable[..., bytes] = an_event) -> Log:
    log = Log()
    for n in range(size):
        log.record(event(n))
    return log


@pytest.fixture(scope="session")
def log() -> Log:
    """A log of eleven records; tests must not add to it."""
    return a_log()


@pytest.fixture(scope="session")
def make_log() -> Callable[..., Log]:
    """Makes a log of a test's own."""
    return a_log


@pytest.fixture(scope="session")
def make_event() -> Callable[..., bytes]:
    """Makes the bytes of an event, with keys changed as a test wishes."""
    return an_event


NARRATIVE = '{"narrative":"河堤步道第三盏路灯不亮，晚上散步看不清路。"}'.encode()
NARRATIVE_NONCE = sha256(b"example narrative nonce").digest()


def example_files() -> dict[str, bytes]:
    """The example of docs/formats: one log of eleven records, the fourth of which is the example event."""
    sealed = {
        "commitment": encode_commitment(slot_commitment(NARRATIVE_NONCE, "narrative", NARRATIVE)),
        "party": "proposer",
        "slot": "narrative",
    }
    log = a_log(11, lambda n: an_event(1 if n == 3 else n, sealed=[sealed]))
    nonce, event_bytes = log.records[3]
    return {
        "event.json": event_bytes,
        "nonce.hex": nonce.hex().encode(),
        "leaf.json": leaf_bytes(event_commitment(nonce, event_bytes)),
        "narrative.json": NARRATIVE,
        "narrative-nonce.hex": NARRATIVE_NONCE.hex().encode(),
        "log.vkey": f"{log.key}\n".encode(),
        "policy.txt": log.policy_asking("any").to_bytes(),
        "checkpoint": log.checkpoint("audit", "library"),
        "receipt.tlog-proof": log.receipt(3, "audit", "library"),
        "tile-0-000.p-11": b"".join(log.node(0, index) for index in range(11)),
        "entries-000.p-11": entry_bundle([leaf_bytes(event_commitment(*record)) for record in log.records]),
    }


@pytest.fixture(scope="session")
def format_examples() -> dict[str, bytes]:
    """What docs/formats/example must hold, by file name."""
    return example_files()


if __name__ == "__main__":  # `python tests/ledger/conftest.py` writes the examples anew
    from pathlib import Path

    folder = Path(__file__).parents[2] / "docs" / "formats" / "example"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in example_files().items():
        (folder / name).write_bytes(content)
