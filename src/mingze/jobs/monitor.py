"""An outside monitor: it keeps the last checkpoint it has seen of a log and replays everything since, at every visit.

    fetch checkpoint ──► signature, witnesses ──► not shorter, not another tree ──► replay the entries since ──► keep it

What it keeps is its own: a log that was rewritten cannot make it forget. A checkpoint that does not continue the kept one
is stored beside it as evidence and never takes its place. Formats: C2SP tlog-checkpoint, tlog-tiles, tlog-policy.

Then it reads the file `governance` and holds it against the public leaves it has met: all opened, one chain, a statement
for every day that is over, none of which counts a period that ran out and was not marked. An auditor with access to
the register also asks it whether a period ran out without its record.

Units: ages in seconds.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from mingze.jobs.static_log import Fault
from mingze.ledger import (
    GOVERNANCE,
    Checkpoint,
    Edge,
    Governance,
    LedgerError,
    Policy,
    SignedCheckpoint,
    Tile,
    check_governance,
    leaf_hash,
    parse_checkpoint,
    parse_entry_bundle,
    parse_governance,
    parse_policy,
    policy_after,
    public_leaves,
    read_leaf,
)
from mingze.ledger.succession import KEY_END, NEXT_KEY
from mingze.store import Register
from mingze.store.evidence import durable_write

_UNSIGNED = ("log_unknown", "unsigned", "signature_bad", "key_out_of_span")
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
    public: dict[int, bytes] = field(default_factory=dict)
    """The leaves of kinds `g` and `s` met so far, by index."""
    keys: Policy = field(default_factory=Policy)
    """The log's keys with the sizes they count for, once a change was announced; else empty."""


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
    today: date | None = None,
) -> Visited:
    """Visit a log once, and keep its checkpoint if it continues the one kept.

    `now` in seconds since 1970; `max_age` 0 asks nothing about how long the log has stood still. `today` is the day by
    the log's clock; with it, yesterday's statement must be there. A log that has never made one is not asked for them.
    """
    try:
        note = fetch("checkpoint")
        signed = parse_checkpoint(note)
    except (OSError, urllib.error.URLError) as error:
        return Visited(0, 0, (Fault("unreachable", {"why": _why(error)}),))
    except LedgerError as problem:
        return Visited(0, 0, (Fault("checkpoint_unreadable", {"problem": problem.code}),))
    head = signed.checkpoint
    path = folder / f"{sha256(head.origin.encode()).hexdigest()}.json"
    try:
        kept = _load(path)
    except (ValueError, KeyError, TypeError, LedgerError):
        return Visited(0, head.size, (Fault("monitor_state", {"file": str(path)}),))
    if kept and kept.keys.logs:
        policy = replace(policy, logs=kept.keys.logs, spans=kept.keys.spans)
    faults, cosigned = _signed(signed, policy, now, max_cosignature_age)
    if faults and any(fault.code in _UNSIGNED for fault in faults):
        return Visited(0, head.size, tuple(faults), cosigned)  # anybody can show an unsigned tree: it says nothing
    before = kept.checkpoint if kept else Checkpoint(head.origin, 0, Edge().root())
    public = {**kept.public} if kept else {}
    more, boundary = _continued(fetch, before, kept.boundary if kept else Edge(), head, public)
    if more:
        evidence = folder / f"evidence-{sha256(note).hexdigest()[:16]}.checkpoint"
        if any(fault.code in ("monitor_shorter", "monitor_other_tree", "monitor_forked") for fault in more):
            durable_write(evidence, note)
        return Visited(before.size, head.size, (*faults, *more), cosigned)
    changed_at = kept.changed_at if kept and before.size == head.size else now
    records, wrong = _opened(fetch, public, head.size)
    keys, strange = _keys(policy, records, head)
    durable_write(path, _dump(Kept(head, note, boundary, changed_at, public, keys)))
    faults += wrong or [*strange, *_stated(records, today)]
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
        if not policy.log_signers(origin, size, signed.note):
            return [Fault("unsigned", {"size": size, "name": origin})], None
        seen = signed.note.signers(policy.witnesses.values())
    except LedgerError as problem:
        return [
            Fault("key_out_of_span" if problem.code == "key_out_of_span" else "signature_bad", {"size": size})
        ], None
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


def _continued(
    fetch: Fetch, before: Checkpoint, boundary: Edge, head: Checkpoint, public: dict[int, bytes]
) -> tuple[list[Fault], Edge]:
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
            public |= public_leaves(leaves, edge.size)
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


def _opened(fetch: Fetch, public: dict[int, bytes], size: int) -> tuple[list[Governance], list[Fault]]:
    """The public records, if each opens its leaf and none is missing; else none of them, and what is wrong."""
    if not public:
        return [], []
    try:
        records = [record for record in parse_governance(fetch(GOVERNANCE)) if record.index < size]
    except (OSError, urllib.error.URLError):
        return [], [Fault("file_missing", {"path": GOVERNANCE})]
    except LedgerError as problem:
        return [], [Fault(problem.code, dict(problem.values))]
    faults = [Fault(problem.code, dict(problem.values)) for problem in check_governance(records, public, size)]
    return ([], faults) if faults else (records, [])


def _keys(policy: Policy, records: list[Governance], head: Checkpoint) -> tuple[Policy, list[Fault]]:
    """The log's keys after what these records announce and end; empty while no key the monitor knows was changed.

    A record about keys that were before the one the monitor was given adds nothing to what its operator told it.
    """
    keys = Policy(policy.log_named(head.origin), spans=policy.spans)
    faults: list[Fault] = []
    for record in records:
        event, facts = record.event, record.event.get("facts")
        about = {NEXT_KEY: "before", KEY_END: "vkey"}.get(str(event.get("action")), "")
        if not about or not isinstance(facts, dict) or facts.get(about) not in [str(key) for key in keys.logs]:
            continue
        try:
            keys = policy_after(keys, [(record.index, event)])
        except LedgerError as problem:
            faults.append(Fault(problem.code, dict(problem.values)))
    return (keys if keys.spans else Policy()), faults


def _stated(records: list[Governance], today: date | None) -> list[Fault]:
    """Whether there is a good statement for every day that is over."""
    faults: list[Fault] = []
    stated: dict[date, Governance] = {}
    for record in records:
        facts = record.event.get("facts")
        if record.event.get("action") == "statement" and isinstance(facts, dict):
            on = _day(facts.get("on"))
            if on is None or on in stated:
                faults.append(Fault("monitor_statement_unreadable", {"index": record.index}))
                continue
            stated[on] = record
            faults += _counted(on, facts, record)
    if stated:
        last = today - timedelta(days=1) if today else max(stated)
        on = min(stated)
        while on < last:
            on += timedelta(days=1)
            if on not in stated:
                faults.append(Fault("monitor_statement_missing", {"on": on.isoformat()}))
    return faults


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _counted(on: date, facts: dict[str, Any], record: Governance) -> Iterator[Fault]:
    unmarked = facts.get("overdue_unmarked")
    if isinstance(unmarked, int) and unmarked > 0:
        yield Fault("monitor_overdue_unmarked", {"on": on.isoformat(), "count": unmarked})
    made = _day(str(record.event.get("recorded_at", ""))[:10])
    if made is not None and made <= on:
        yield Fault("monitor_statement_early", {"on": on.isoformat(), "index": record.index})


def overdue_unmarked(register: Register, grace: timedelta = timedelta(hours=1)) -> list[Fault]:
    """For an auditor with access to the register: cases whose period ran out without its record, by id.

    `grace` is how long the pass that records it may take.
    """
    by = register.clock.now() - grace
    faults, after = [], ""
    while cases := register.lapsed_cases(after, 100, by):
        faults += [Fault("monitor_overdue_case", {"case": case}) for case in cases]
        after = cases[-1]
    return faults


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
    public = {int(index): leaf.encode("ascii") for index, leaf in state["public"].items()}
    keys = parse_policy(state["keys"].encode()) if state.get("keys") else Policy()
    return Kept(parse_checkpoint(note).checkpoint, note, boundary, int(state["changed_at"]), public, keys)


def _dump(kept: Kept) -> bytes:
    state = {
        "note": kept.note.decode(),
        "boundary": b64encode(kept.boundary.to_bytes()).decode(),
        "changed_at": kept.changed_at,
        "keys": kept.keys.to_bytes().decode() if kept.keys.logs else "",
        "public": {str(index): leaf.decode("ascii") for index, leaf in kept.public.items()},
    }
    return json.dumps(state, ensure_ascii=False, indent=1).encode()
