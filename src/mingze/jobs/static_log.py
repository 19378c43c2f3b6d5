"""The log as static files: written out for any C2SP client, and checked again from the files alone.

    OUT/checkpoint                 the signed statement; replaced last, so it never speaks of a tile that is not there
    OUT/tile/<L>/<N>[.p/W]         hashes; compared, never overwritten
    OUT/tile/entries/<N>[.p/W]     the leaves; compared, never overwritten
    OUT/governance                 what opens the public leaves: how the register is run, the statement of each day
    OUT/policy.txt                 whom a reader may trust: the log's key, and the witnesses if there are any

Order of effects: tiles, governance, policy, checkpoint, each temp, fsync, rename, fsync folder. If we crash before the last, the old
checkpoint still stands and every file it speaks of is there. Formats: C2SP tlog-tiles, tlog-checkpoint, tlog-policy.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from mingze.durable import sync_folder
from mingze.ledger import (
    GOVERNANCE,
    Checkpoint,
    Edge,
    LedgerError,
    Policy,
    SignedCheckpoint,
    Tile,
    check_governance,
    leaf_hash,
    parse_checkpoint,
    parse_entry_bundle,
    parse_governance,
    public_leaves,
    read_leaf,
    tiles_of,
)
from mingze.store import PublishRefused, Unavailable
from mingze.store.evidence import durable_write

type Content = Callable[[int | Literal["entries"], int, int], bytes | None]
"""Where a tile's bytes come from: (level, index, width)."""


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it must be: a stable code (worded under ``ledger-fault-<code>``) and its values."""

    code: str
    values: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Exported:
    """What an export has done: the size of the exported log, files newly written, files that were there already."""

    size: int
    written: int
    kept: int


def export(note: bytes, content: Content, policy: Policy, out: Path, governance: bytes = b"") -> Exported:
    """Write the log of a signed checkpoint as static files; the same twice writes nothing.

    A folder that already holds a log is only continued: its checkpoint must be a beginning of this log, and every file
    that is there must be byte for byte what it would be now.

    Raises:
        PublishRefused: ``tile_differs`` (a file was changed), ``log_shorter``, ``log_forked``.
        Unavailable: the folder cannot be written.
    """
    head = parse_checkpoint(note).checkpoint
    shown = _shown(out)
    if shown is not None and shown.size > head.size:
        raise PublishRefused("log_shorter", found=head.size, signed=shown.size)
    if shown is not None and _root_at(content, shown.size, head.size) != shown.root:
        raise PublishRefused("log_forked", signed=shown.size, found=head.size)
    written = kept = 0
    for tile in tiles_of(head.size):
        forms = [tile, Tile("entries", tile.index, tile.width)] if tile.level == 0 else [tile]
        for form in forms:
            data = content(form.level, form.index, form.width)
            if data is None:
                raise PublishRefused("log_shorter", found=0, signed=head.size)
            if _write_once(out / form.path(), data, form):
                written += 1
            else:
                kept += 1
    for name, data in ((GOVERNANCE, governance), ("policy.txt", policy.to_bytes()), ("checkpoint", note)):
        path = out / name
        if not data:
            continue
        if not path.exists() or path.read_bytes() != data:
            durable_write(path, data)
            written += 1
        else:
            kept += 1
    return Exported(head.size, written, kept)


def _shown(out: Path) -> Checkpoint | None:
    try:
        return parse_checkpoint((out / "checkpoint").read_bytes()).checkpoint
    except FileNotFoundError:
        return None
    except LedgerError as error:
        raise PublishRefused("log_forked", found=error.code) from error
    except OSError as error:
        raise Unavailable("gone", "checkpoint") from error


def _write_once(path: Path, data: bytes, form: Tile) -> bool:
    if path.exists():
        if path.read_bytes() != data:
            raise PublishRefused("tile_differs", path=form.path())
        return False
    missing, folder = [], path.parent
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for step in reversed(missing):
        step.mkdir(exist_ok=True)
        sync_folder(step.parent)
    durable_write(path, data)
    if form.width == 256:  # its partial forms may go now that the whole one is there
        shutil.rmtree(path.with_name(path.name + ".p"), ignore_errors=True)
    return True


def _root_at(content: Content, size: int, in_size: int) -> bytes:
    """The root of the first `size` leaves of a log of `in_size`, from its entries."""
    edge = Edge()
    for index in range((size + 255) // 256):
        data = content("entries", index, min(256, in_size - 256 * index)) or b""
        leaves = parse_entry_bundle(data)[: size - edge.size]
        edge, _ = edge.append([leaf_hash(leaf) for leaf in leaves])
    return edge.root()


def read_entries(folder: Path, size: int) -> Iterator[list[bytes]]:
    """The leaves of a static log, bundle by bundle, up to a size.

    Raises LedgerError (`file_missing`, `bundle_malformed`, `bundle_size`) with the file's path.
    """
    for index in range((size + 255) // 256):
        width = min(256, size - 256 * index)
        path, data = _read(folder, Tile("entries", index, width))
        try:
            leaves = parse_entry_bundle(data)
        except LedgerError as problem:
            raise LedgerError(problem.code, path=path) from None
        if len(leaves) < width:
            raise LedgerError("bundle_size", path=path)
        yield leaves[:width]


def _read(folder: Path, tile: Tile) -> tuple[str, bytes]:
    """A tile's file; when a partial one is gone, the full one is there instead."""
    for form in dict.fromkeys((tile, Tile(tile.level, tile.index))):
        try:
            return form.path(), (folder / form.path()).read_bytes()
        except OSError:
            continue
    raise LedgerError("file_missing", path=tile.path())


@dataclass(frozen=True)
class Inspected:
    """What the files of a log show: how large it is said to be, and every fault found."""

    size: int
    faults: tuple[Fault, ...]
    signed: SignedCheckpoint | None = None


def inspect(folder: Path, policy: Policy | None) -> Inspected:
    """Check a static log from its files alone, as a stranger would: signature, every leaf, every tile, the root.

    `policy` says which log and witnesses the reader trusts; without one no signature is checked.
    """
    try:
        signed = parse_checkpoint((folder / "checkpoint").read_bytes())
    except OSError:
        return Inspected(0, (Fault("no_checkpoint", {"path": "checkpoint"}),))
    except LedgerError as problem:
        return Inspected(0, (Fault("checkpoint_unreadable", {"problem": problem.code}),))
    head, faults = signed.checkpoint, list(_signatures(signed, policy))
    try:
        faults += _tiles(folder, head)
    except LedgerError as problem:
        faults.append(Fault(problem.code, dict(problem.values)))
    return Inspected(head.size, tuple(faults), signed)


def _signatures(signed: SignedCheckpoint, policy: Policy | None) -> Iterator[Fault]:
    if policy is None:
        return
    origin, size = signed.checkpoint.origin, signed.checkpoint.size
    keys = policy.log_named(origin)
    try:
        if not keys:
            yield Fault("log_unknown", {"found": origin})
        elif not policy.log_signers(origin, size, signed.note):
            yield Fault("unsigned", {"size": size, "name": origin})
        if not policy.met_by(signed.note.signers(policy.witnesses.values())):
            yield Fault("quorum_unmet", {"size": size, "quorum": policy.quorum})
    except LedgerError as problem:
        yield Fault("key_out_of_span" if problem.code == "key_out_of_span" else "signature_bad", {"size": size})


def _tiles(folder: Path, head: Checkpoint) -> Iterator[Fault]:
    """Compare every hash tile and the root with what the entries give. Raises LedgerError with the file's path."""
    edge = Edge()
    public: dict[int, bytes] = {}
    levels: dict[int, bytearray] = {}  # level of tile: the hashes of its row that are not compared yet
    done: dict[int, int] = {}
    for leaves in read_entries(folder, head.size):
        for place, leaf in enumerate(leaves, edge.size):
            try:
                read_leaf(leaf)
            except LedgerError:
                yield Fault("leaf_malformed", {"index": place})
        public |= public_leaves(leaves, edge.size)
        edge, complete = edge.append([leaf_hash(leaf) for leaf in leaves])
        for level, _, value in complete:
            if level % 8 == 0:
                levels.setdefault(level // 8, bytearray()).extend(value)
        for level, hashes in levels.items():
            while len(hashes) >= 8192:
                yield from _compare(folder, Tile(level, done.get(level, 0)), bytes(hashes[:8192]))
                del hashes[:8192]
                done[level] = done.get(level, 0) + 1
    for level, hashes in levels.items():
        if hashes:
            yield from _compare(folder, Tile(level, done.get(level, 0), len(hashes) // 32), bytes(hashes))
    if edge.root() != head.root:
        yield Fault("root_differs", {"size": head.size})
    yield from _governance(folder, public, head.size)


def _governance(folder: Path, public: dict[int, bytes], size: int) -> Iterator[Fault]:
    """Whether the file `governance` opens every public leaf, in one chain."""
    if not public:
        return
    try:
        records = list(parse_governance((folder / GOVERNANCE).read_bytes()))
    except OSError:
        yield Fault("file_missing", {"path": GOVERNANCE})
        return
    for problem in check_governance(records, public, size):
        yield Fault(problem.code, dict(problem.values))


def _compare(folder: Path, tile: Tile, expected: bytes) -> Iterator[Fault]:
    try:
        path, found = _read(folder, tile)
    except LedgerError as problem:
        yield Fault(problem.code, dict(problem.values))
        return
    if found[: len(expected)] != expected:
        yield Fault("tile_differs", {"path": path})
