"""An outside monitor: it keeps the last checkpoint it has seen of a log and replays everything since, at every visit.

    fetch checkpoint ──► signature, witnesses ──► not shorter, not another tree ──► replay the entries since ──► keep it

What it keeps is its own: a log that was rewritten cannot make it forget. A checkpoint that does not continue the kept one
is stored beside it as evidence and never takes its place. Formats: C2SP tlog-checkpoint, tlog-tiles, tlog-policy.

Units: ages in seconds. Not covered: daily statements and overdue events (the log has no leaves for them yet).
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from mingze.jobs.static_log import Fault
from mingze.ledger import (
    Checkpoint,
    Edge,
    LedgerError,
    Policy,
    SignedCheckpoint,
    Tile,
    leaf_hash,
    parse_checkpoint,
    parse_entry_bundle,
    read_leaf,
)
from mingze.store.evidence import durable_write

_LIMIT = 1 << 26  # bytes of one file of a log; a bundle has at most 256 entries of 65,535

type Fetch = Callable[[str], bytes]
"""Reads a file of the log by its path. Raises OSError when it cannot be had."""


def fetch_from(source: str) -> Fetch:
    """A reader of a log at an address (``https://…/ledger``) or in a folder."""
    if not source.startswith(("http://", "https://")):
        return lambda path: (Path(source) / path).read_bytes()

    def fetch(path: str) -> bytes:
        with urllib.request.urlopen(f"{source.rstrip('/')}/{path}", timeout=30) as answer:
            return answer.read(_LIMIT)

    return fetch


@dataclass(frozen=True)
class Kept:
    """What the monitor remembers: the last checkpoint, the tree at the bundle boundary below it, since when it stands."""

    checkpoint: Checkpoint
    note: bytes
    boundary: Edge
    changed_at: int


@dataclass(frozen=True)
class Visited:
    """One visit: the size kept before and found now, the age of the newest cosignature if any, every fault."""

    before: int
    size: int
    faults: tuple[Fault, ...]
    cosigned_seconds: int | None = None
    unchanged_seconds: int = 0


def visit(
    fetch: Fetch,
    policy: Policy,
    folder: Path,
    now: int,
    *,
    max_age: int = 0,
    max_cosignature_age: int = 24 * 3600,
) -> Visited:
    """Visit a log once, and keep its checkpoint if it continues the one kept.

    `now` in seconds since 1970; `max_age` 0 asks nothing about how long the log has stood still.
    """
    try:
        note = fetch("checkpoint")
        signed = parse_checkpoint(note)
    except (OSError, urllib.error.URLError) as error:
        return Visited(0, 0, (Fault("unreachable", {"why": _why(error)}),))
    except LedgerError as problem:
        return Visited(0, 0, (Fault("checkpoint_unreadable", {"problem": problem.code}),))
    head = signed.checkpoint
    faults, cosigned = _signed(signed, policy, now, max_cosignature_age)
    if faults and any(fault.code in ("log_unknown", "unsigned", "signature_bad") for fault in faults):
        return Visited(0, head.size, tuple(faults), cosigned)  # anybody can show an unsigned tree: it says nothing
    path = folder / f"{sha256(head.origin.encode()).hexdigest()}.json"
    try:
        kept = _load(path)
    except (ValueError, KeyError, TypeError, LedgerError):
        return Visited(0, head.size, (*faults, Fault("monitor_state", {"file": str(path)})), cosigned)
    before = kept.checkpoint if kept else Checkpoint(head.origin, 0, Edge().root())
    more, boundary = _continued(fetch, before, kept.boundary if kept else Edge(), head)
    if more:
        evidence = folder / f"evidence-{sha256(note).hexdigest()[:16]}.checkpoint"
        if any(fault.code in ("monitor_shorter", "monitor_other_tree", "monitor_forked") for fault in more):
            durable_write(evidence, note)
        return Visited(before.size, head.size, (*faults, *more), cosigned)
    changed_at = kept.changed_at if kept and before.size == head.size else now
    durable_write(path, _dump(Kept(head, note, boundary, changed_at)))
    if max_age and now - changed_at > max_age:
        faults.append(Fault("monitor_stale", {"seconds": now - changed_at, "limit": max_age}))
    return Visited(before.size, head.size, tuple(faults), cosigned, now - changed_at)


def _why(error: Exception) -> str:
    return str(getattr(error, "reason", "") or getattr(error, "strerror", "") or type(error).__name__)[:120]


def _signed(signed: SignedCheckpoint, policy: Policy, now: int, limit: int) -> tuple[list[Fault], int | None]:
    origin, size, faults = signed.checkpoint.origin, signed.checkpoint.size, []
    keys = policy.log_named(origin)
    if not keys:
        return [Fault("log_unknown", {"found": origin})], None
    try:
        if not signed.note.signers(keys):
            return [Fault("unsigned", {"size": size, "name": origin})], None
        seen = signed.note.signers(policy.witnesses.values())
    except LedgerError:
        return [Fault("signature_bad", {"size": size})], None
    if not policy.met_by(seen):
        faults.append(Fault("quorum_unmet", {"size": size, "quorum": policy.quorum}))
    if not seen:
        return faults, None
    newest = max(signature.timestamp for signature in seen.values())
    if newest > now + 300:
        faults.append(Fault("monitor_future", {"seconds": newest - now}))
    elif now - newest > limit:
        faults.append(Fault("monitor_cosignature_old", {"seconds": now - newest, "limit": limit}))
    return faults, max(now - newest, 0)


def _continued(fetch: Fetch, before: Checkpoint, boundary: Edge, head: Checkpoint) -> tuple[list[Fault], Edge]:
    """Replay from the boundary: at the kept size the kept root must come out, at the new size the new one."""
    if head.size < before.size:
        return [Fault("monitor_shorter", {"found": head.size, "kept": before.size})], boundary
    if head.size == before.size:
        if head.root != before.root:
            return [Fault("monitor_other_tree", {"size": head.size})], boundary
        return [], boundary
    edge, at_boundary = boundary, boundary
    faults: list[Fault] = []
    try:
        for leaves in _entries(fetch, boundary.size, head.size):
            for place, leaf in enumerate(leaves, edge.size):
                try:
                    read_leaf(leaf)
                except LedgerError:
                    faults.append(Fault("leaf_malformed", {"index": place}))
            hashes = [leaf_hash(leaf) for leaf in leaves]
            if edge.size <= before.size < edge.size + len(hashes) or before.size == edge.size:
                old, _ = edge.append(hashes[: before.size - edge.size])
                if old.root() != before.root:
                    return [*faults, Fault("monitor_forked", {"kept": before.size, "found": head.size})], boundary
            edge, _ = edge.append(hashes)
            if edge.size % 256 == 0:
                at_boundary = edge
    except LedgerError as problem:
        return [*faults, Fault(problem.code, dict(problem.values))], boundary
    if edge.root() != head.root:
        faults.append(Fault("root_differs", {"size": head.size}))
    return faults, at_boundary


def _entries(fetch: Fetch, start: int, size: int) -> Iterator[list[bytes]]:
    for index in range(start // 256, (size + 255) // 256):
        width = min(256, size - 256 * index)
        path, data = "", None
        for form in dict.fromkeys((Tile("entries", index, width), Tile("entries", index))):
            path = path or form.path()
            try:
                data = fetch(form.path())
                break
            except (OSError, urllib.error.URLError):
                continue
        if data is None:
            raise LedgerError("file_missing", path=path)
        try:
            leaves = parse_entry_bundle(data)
        except LedgerError as problem:
            raise LedgerError(problem.code, path=path) from None
        if len(leaves) < width:
            raise LedgerError("bundle_size", path=path)
        yield leaves[:width]


def _load(path: Path) -> Kept | None:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    state: dict[str, Any] = json.loads(text)
    note = state["note"].encode()
    boundary = Edge.from_bytes(b64decode(state["boundary"], validate=True))
    return Kept(parse_checkpoint(note).checkpoint, note, boundary, int(state["changed_at"]))


def _dump(kept: Kept) -> bytes:
    state = {
        "note": kept.note.decode(),
        "boundary": b64encode(kept.boundary.to_bytes()).decode(),
        "changed_at": kept.changed_at,
    }
    return json.dumps(state, ensure_ascii=False, indent=1).encode()
