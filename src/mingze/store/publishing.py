"""How the log becomes public: tiles, a signature over their root, the checkpoint, in an order that survives a crash.

    1  the leaves are durable in the database (the command's own commit)     crash: nothing public has changed
    2  tiles and entry bundles: temp, fsync, rename, fsync folder            crash: files nobody points to, made again
    3  check that the last signed tree is a beginning of this one; sign;
       record (size, root, note) only if nobody signed in between            crash: signed, not shown until next time
    4  rename `checkpoint`                                                   crash: old or new, never half

The database is the truth and the files are made from it. Before signing, the size is held against what was signed
before, in the database and in the published file, which a restored backup of the database does not turn back: a log
shorter than one that was signed is refused (`log_shorter`), and so is one that is not its continuation (`log_forked`).

Formats: C2SP tlog-tiles, tlog-checkpoint. What leads out of a refusal is in `docs/decisions/0005-one-writer.md`.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from mingze.ledger import (
    Checkpoint,
    Edge,
    LedgerError,
    Tile,
    consistency_nodes,
    consistency_proof,
    parse_checkpoint,
    sign_checkpoint,
    tile_bytes,
    tiles_between,
    verify_consistency,
)
from mingze.store.connection import Readers
from mingze.store.evidence import durable_write, sync_folder
from mingze.store.tree import edge_of, fetch_entries, fetch_nodes, log_size


class PublishRefused(Exception):
    """The log is not signed: `log_shorter` (a backup was restored), `log_forked`, or `tile_differs` (a file was
    changed).
    """

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(f"{code}: {values}")
        self.code = code
        self.values = values


class Publisher:
    """Signs the log of one authority and writes its public files. One at a time."""

    def __init__(
        self, folder: Path, authority: str, origin: str, seed: bytes, readers: Readers, submit: Callable[..., Any]
    ) -> None:
        self.folder = folder
        self._authority = authority
        self._origin = origin
        self._seed = seed
        self._readers = readers
        self._submit = submit
        self._lock = threading.Lock()

    def latest(self) -> tuple[int, bytes] | None:
        """The size and the note of the last checkpoint that was signed."""
        sql = "SELECT size, note FROM checkpoint WHERE authority = ? ORDER BY size DESC LIMIT 1"
        with self._readers() as connection:
            row = connection.execute(sql, (self._authority,)).fetchone()
        return (row[0], bytes(row[1])) if row else None

    def publish(self, now: datetime) -> int:
        """Sign and publish every leaf that is durable; returns the size signed. Doing it twice does nothing twice.

        Raises:
            PublishRefused: what stands in the database does not continue what was signed.
            Unavailable: the database or the folder cannot be written.
        """
        with self._lock:
            shown = self._shown()
            with self._readers() as connection:
                size = log_size(connection, self._authority)
                sql = "SELECT size, root FROM log_head WHERE authority = ?"
                head = connection.execute(sql, (self._authority,)).fetchone()
                signed_size, signed_root = (head[0], bytes(head[1])) if head else (0, Edge().root())
                longest = max(signed_size, shown.size if shown else 0)
                if size < longest:
                    raise PublishRefused("log_shorter", found=size, signed=longest)
                if size == 0:
                    return 0
                edge = edge_of(connection, self._authority, size)
                for old, root in {(signed_size, signed_root), *([(shown.size, shown.root)] if shown else [])}:
                    self._continues(connection, old, root, edge)
                from_size = shown.size if shown else 0
                if from_size < size:
                    self._write_tiles(connection, from_size, size)
            if signed_size < size:
                note = sign_checkpoint(Checkpoint(self._origin, size, edge.root()), self._seed)
                self._record(signed_size, size, edge.root(), note, now)
            latest = self.latest()
            if latest is not None and (shown is None or shown.size < latest[0]):
                durable_write(self.folder / "checkpoint", latest[1])
            return size

    def _shown(self) -> Checkpoint | None:
        path = self.folder / "checkpoint"
        if not path.exists():
            return None
        try:
            return parse_checkpoint(path.read_bytes()).checkpoint
        except LedgerError as error:
            raise PublishRefused("log_forked", found=error.code) from error

    def _continues(self, connection: Any, old: int, root: bytes, edge: Edge) -> None:
        node = fetch_nodes(connection, self._authority, consistency_nodes(old, edge.size))
        if not verify_consistency(old, edge.size, root, edge.root(), consistency_proof(old, edge.size, node)):
            raise PublishRefused("log_forked", signed=old, found=edge.size)

    def _record(self, old: int, size: int, root: bytes, note: bytes, now: datetime) -> None:
        """Compare and swap on (size, root) of the last signature, and the note beside it."""
        at = now.isoformat()

        def work(draft: Any) -> None:
            if old:
                swap = "UPDATE log_head SET size = ?, root = ?, signed_at = ? WHERE authority = ? AND size = ?"
                values = (size, root, at, self._authority, old)
            else:
                swap = "INSERT INTO log_head (size, root, signed_at, authority) VALUES (?, ?, ?, ?)"
                values = (size, root, at, self._authority)
            insert = "INSERT INTO checkpoint (authority, size, root, note, signed_at) VALUES (?, ?, ?, ?, ?)"
            row = (self._authority, size, root, note, at)
            draft.connection.write_all([(swap, [values], True), (insert, [row], False)])

        self._submit(work, alone=True)

    def _write_tiles(self, connection: Any, old: int, new: int) -> None:
        for tile in tiles_between(old, new):
            node = fetch_nodes(connection, self._authority, tile.nodes())
            self._write_once(tile, tile_bytes(tile, node))
            if tile.level == 0:
                entries = Tile("entries", tile.index, tile.width)
                self._write_once(entries, fetch_entries(connection, self._authority, entries))

    def _write_once(self, tile: Tile, content: bytes) -> None:
        path = self.folder / tile.path()
        if path.exists():
            if path.read_bytes() != content:
                raise PublishRefused("tile_differs", path=tile.path())
            return
        self._make_folders(path.parent)
        durable_write(path, content)
        if tile.width == 256:  # its partial forms may go now that the whole one is there
            shutil.rmtree(path.with_name(path.name + ".p"), ignore_errors=True)

    def _make_folders(self, folder: Path) -> None:
        missing = []
        while not folder.exists():
            missing.append(folder)
            folder = folder.parent
        for step in reversed(missing):
            step.mkdir(exist_ok=True)
            sync_folder(step.parent)
