"""How the log becomes public: tiles, a signature over their root, the checkpoint, in an order that survives a crash.

    1  the leaves are durable in the database (the command's own commit)
       if we crash here: nothing public has changed; the next publish begins at 2
    2  tiles, entry bundles, the governance file, the policy: temp, fsync, rename, fsync folder
       if we crash here: files that no checkpoint speaks of; they are compared next time, never overwritten
    3a the signer checks by itself that the last tree it signed is a beginning of this one, stores it, answers
       if we crash here: signed and remembered, shown to nobody; asked again, it gives the same note
    3b (size, root, note) into the database, only if nobody recorded one in between
       if we crash here: recorded, not shown; the next publish shows it
    4  rename `checkpoint`
       if we crash here: the old one or the new one, never half
    5  (later, in another thread) witnesses are asked; their lines go into the database, then 4 again with them
       if we crash here: a checkpoint with fewer cosignatures than there are; it is shown with all of them next time

The database is the truth and the files are made from it. Before signing, its size is held against what was signed
before: in the database, in the published file, and by the signer's own memory, which a restored backup does not turn
back. A log shorter than one that was signed is refused (`log_shorter`), and so is one that is not its continuation
(`log_forked`).

Witnesses never hold up a publication for long: while one is being asked, the last checkpoint that enough of them signed
stays where it is, for `HOLD_SECONDS` at most. Formats: C2SP tlog-tiles, tlog-checkpoint, tlog-witness.
What leads out of a refusal is in `docs/formats/outside.md`.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from mingze.durable import sync_folder
from mingze.ledger import (
    AddCheckpoint,
    Checkpoint,
    Edge,
    LedgerError,
    Policy,
    Signature,
    Tile,
    consistency_nodes,
    consistency_proof,
    parse_checkpoint,
    parse_note,
    tile_bytes,
    tiles_between,
    tiles_of,
    verify_consistency,
)
from mingze.signing import PublishRefused, Signer
from mingze.store.connection import Readers
from mingze.store.evidence import durable_write, file_trouble
from mingze.store.tree import UpperNodes, edge_of, fetch_entries, fetch_governance, fetch_nodes, log_size

__all__ = ["HOLD_SECONDS", "PublishRefused", "Publisher", "ToCosign"]

HOLD_SECONDS: Final = 10.0
"""How long a checkpoint without enough cosignatures waits for them before it is shown as it is."""

_PROOF_CHOICES: Final = 16
"""Cosigned checkpoints that are looked through for one that enough witnesses signed."""


@dataclass(frozen=True)
class ToCosign:
    """A signed checkpoint that witnesses are to be asked about."""

    size: int
    text: bytes
    note: bytes


class Publisher:
    """Signs the log of one authority and writes its public files. One at a time."""

    def __init__(
        self,
        folder: Path,
        authority: str,
        origin: str,
        signer: Signer,
        readers: Readers,
        submit: Callable[..., Any],
        policy: Policy | None = None,
    ) -> None:
        """`policy` names the witnesses to be asked; None, or one without any, asks nobody."""
        self.folder = folder
        self.policy = policy
        self.upper = UpperNodes()
        """What proofs ask for again and again; it grows with each publication."""
        self._authority = authority
        self._origin = origin
        self._signer = signer
        self._readers = readers
        self._submit = submit
        self._lock = threading.Lock()
        self._looked = False
        self._governed = 0
        self._waiting_since: tuple[int, float] | None = None

    # -- what is signed ---------------------------------------------------------------------------------------------

    def latest(self) -> tuple[int, bytes] | None:
        """The size and the note of the last checkpoint that was signed, with the cosignatures there are by now."""
        sql = "SELECT size, note FROM checkpoint WHERE authority = ? ORDER BY size DESC LIMIT 1"
        with self._readers() as connection:
            row = connection.execute(sql, (self._authority,)).fetchone()
            return (row[0], self._with_lines(connection, row[0], bytes(row[1]))) if row else None

    def shown_note(self) -> bytes:
        """What is published now, where that may not be the last one signed because there are witnesses; else b""."""
        if self.policy is None or not self.policy.witnesses:
            return b""
        try:
            return (self.folder / "checkpoint").read_bytes()
        except OSError:
            return b""

    def covering(self, index: int) -> tuple[int, bytes] | None:
        """The best checkpoint for a proof of this leaf: the newest that enough witnesses signed, else the newest."""
        return self._witnessed(index + 1) or next(
            (found for found in (self.latest(),) if found is not None and found[0] > index), None
        )

    def first_covering(self, index: int) -> tuple[int, bytes] | None:
        """The first checkpoint with this leaf that enough witnesses signed, among the first few; else the first."""
        sql = f"SELECT size, note FROM checkpoint WHERE authority = ? AND size > ? ORDER BY size LIMIT {_PROOF_CHOICES}"
        with self._readers() as connection:
            rows = connection.execute(sql, (self._authority, index)).fetchall()
            found = [(size, self._with_lines(connection, size, bytes(note))) for size, note in rows]
        return next((it for it in found if self._meets(it[1])), found[0] if found else None)

    def _witnessed(self, at_least: int) -> tuple[int, bytes] | None:
        """The newest checkpoint of at least this size that meets the quorum."""
        if self.policy is None or self.policy.quorum == "none":
            return None
        sql = (
            "SELECT DISTINCT size FROM cosignature WHERE authority = ? AND size >= ?"
            f" ORDER BY size DESC LIMIT {_PROOF_CHOICES}"
        )
        one = "SELECT note FROM checkpoint WHERE authority = ? AND size = ?"
        with self._readers() as connection:
            for (size,) in connection.execute(sql, (self._authority, at_least)).fetchall():
                row = connection.execute(one, (self._authority, size)).fetchone()
                note = self._with_lines(connection, size, bytes(row[0]))
                if self._meets(note):
                    return size, note
        return None

    def _with_lines(self, connection: Any, size: int, note: bytes) -> bytes:
        sql = "SELECT line FROM cosignature WHERE authority = ? AND size = ? ORDER BY witness"
        rows = connection.execute(sql, (self._authority, size)).fetchall()
        return note + "".join(line for (line,) in rows).encode()

    def _meets(self, note: bytes) -> bool:
        if self.policy is None:
            return True
        try:
            return self.policy.met_by(parse_note(note).signers(self.policy.witnesses.values()))
        except LedgerError:
            return False

    # -- publishing -------------------------------------------------------------------------------------------------

    def publish(self, now: datetime) -> int:
        """Sign and publish every leaf that is durable; returns the size signed. Doing it twice does nothing twice.

        Raises:
            PublishRefused: what stands in the database does not continue what was signed, or the signer does not sign.
            Unavailable: the database or the folder cannot be written.
        """
        with self._lock:
            shown = self._shown()
            seen = self._signer.seen()
            with self._readers() as connection:
                _require_remembering(connection)
                size = log_size(connection, self._authority)
                sql = "SELECT size, root FROM log_head WHERE authority = ?"
                head = connection.execute(sql, (self._authority,)).fetchone()
                recorded = (head[0], bytes(head[1])) if head else (0, Edge().root())
                before = {recorded, (seen.size, seen.root), *([(shown.size, shown.root)] if shown else [])}
                longest = max(signed for signed, _ in before)
                if size < longest:
                    raise PublishRefused("log_shorter", found=size, signed=longest)
                if size == 0:
                    return 0
                edge = edge_of(connection, self._authority, size)
                for old, root in before:
                    if not verify_consistency(old, size, root, edge.root(), self._consistency(connection, old, size)):
                        raise PublishRefused("log_forked", signed=old, found=size)
                self._write_files(connection, shown.size if shown else 0, size)  # 2
                self.upper.grow(connection, self._authority, size)
            if recorded[0] < size:
                note = self._signed(Checkpoint(self._origin, size, edge.root()), seen.size)  # 3a
                self._record(recorded[0], size, edge.root(), note, now)  # 3b
            self._show(shown.size if shown else 0)  # 4
            return size

    def _shown(self) -> Checkpoint | None:
        path = self.folder / "checkpoint"
        if not path.exists():
            return None
        try:
            return parse_checkpoint(path.read_bytes()).checkpoint
        except LedgerError as error:
            raise PublishRefused("log_forked", found=error.code) from error
        except OSError as error:
            raise file_trouble(error, path.name) from error

    def _consistency(self, connection: Any, old: int, size: int) -> list[bytes]:
        node = fetch_nodes(connection, self._authority, consistency_nodes(old, size))
        return list(consistency_proof(old, size, node))

    def _signed(self, head: Checkpoint, old: int) -> bytes:
        """Ask the signer; if it has signed meanwhile, show consistency from there. What it answers is not believed."""
        for _ in range(3):
            with self._readers() as connection:
                proof = tuple(self._consistency(connection, old, head.size))
            try:
                note = self._signer.sign(AddCheckpoint(old, proof, head.text()))
            except PublishRefused as refused:
                if refused.code != "signer_moved" or refused.values["size"] > head.size:
                    raise
                old = refused.values["size"]
                continue
            if parse_checkpoint(note).checkpoint != head:
                raise PublishRefused("signer_other_log", found="checkpoint", expected=self._origin)
            return note
        raise PublishRefused("signer_moved", size=old)

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

    def _show(self, shown: int) -> None:
        """Put the checkpoint that may be shown in place of the one that is; never a smaller one."""
        latest = self.latest()
        if latest is None:
            return
        if not self._meets(latest[1]) and not self._waited(latest[0]):
            latest = self._witnessed(shown) or (None if shown else latest)
        path = self.folder / "checkpoint"
        if latest is not None and latest[0] >= shown and (not path.exists() or path.read_bytes() != latest[1]):
            durable_write(path, latest[1])

    def _waited(self, size: int) -> bool:
        """Whether witnesses have had long enough since the first checkpoint that is not shown yet."""
        now = time.monotonic()
        if self._waiting_since is None:
            self._waiting_since = (size, now)
        over = now - self._waiting_since[1] >= HOLD_SECONDS
        if over:
            self._waiting_since = None
        return over

    # -- witnesses --------------------------------------------------------------------------------------------------

    def to_cosign(self) -> ToCosign | None:
        """The last signed checkpoint, if there are witnesses and it has not yet the lines of all of them."""
        latest = self.latest()
        if latest is None or self.policy is None or not self.policy.witnesses:
            return None
        note = parse_note(latest[1])
        if len(note.signers(self.policy.witnesses.values())) == len(self.policy.witnesses):
            return None
        return ToCosign(latest[0], note.text, latest[1])

    def cosign_request(self, asked: ToCosign, old: int) -> bytes:
        """The body of an add-checkpoint request for a witness that has seen the first `old` leaves."""
        with self._readers() as connection:
            proof = tuple(self._consistency(connection, old, asked.size))
        return AddCheckpoint(old, proof, asked.note).to_bytes()

    def cosigned(self, size: int, lines: Iterable[tuple[str, Signature]]) -> None:
        """Keep the verified lines of witnesses (by their names in the policy) and show the checkpoint with them."""
        rows = [(self._authority, size, name, signature.line()) for name, signature in lines]
        insert = "INSERT INTO cosignature (authority, size, witness, line) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
        if rows:
            self._submit(lambda draft: draft.connection.write_all([(insert, rows, False)]), alone=True)
        with self._lock:
            shown = self._shown()
            latest = self.latest()
            if latest is not None and latest[0] == size and self._meets(latest[1]):
                self._waiting_since = None
            self._show(shown.size if shown else 0)

    # -- files ------------------------------------------------------------------------------------------------------

    def _write_files(self, connection: Any, old: int, new: int) -> None:
        """The files of the new leaves; at the first publication of a process also those that have gone missing."""
        grown = set(tiles_between(old, new))
        for tile in grown if self._looked else tiles_of(new):
            self._write_once(connection, tile, tile in grown)
            if tile.level == 0:
                self._write_once(connection, Tile("entries", tile.index, tile.width), tile in grown)
        self._write_governance(connection, new)
        self._looked = True
        if self.policy is not None and (
            self.policy.witnesses or self.policy.spans or not (self.folder / "policy.txt").exists()
        ):
            self._write_whole("policy.txt", self.policy.to_bytes())

    def _write_once(self, connection: Any, tile: Tile, compare: bool) -> None:
        path = self.folder / tile.path()
        if path.exists() and not compare:  # `mingze ledger fsck` reads these; here a deleted one is made again
            return
        if tile.level == "entries":
            content = fetch_entries(connection, self._authority, tile)
        else:
            content = tile_bytes(tile, fetch_nodes(connection, self._authority, tile.nodes()))
        if path.exists():
            if path.read_bytes() != content:
                raise PublishRefused("tile_differs", path=tile.path())
            return
        self._make_folders(path.parent)
        durable_write(path, content)
        if tile.width == 256:  # its partial forms may go now that the whole one is there
            shutil.rmtree(path.with_name(path.name + ".p"), ignore_errors=True)

    def _write_governance(self, connection: Any, size: int) -> None:
        sql = "SELECT n, leaf_index FROM governance WHERE authority = ? ORDER BY n DESC LIMIT 1"
        last = connection.execute(sql, (self._authority,)).fetchone()
        if last is None or (self._looked and last[0] == self._governed):
            return
        self._write_whole("governance", fetch_governance(connection, self._authority, size))
        self._governed = last[0] if last[1] < size else 0

    def _write_whole(self, name: str, content: bytes) -> None:
        path = self.folder / name
        if content and (not path.exists() or path.read_bytes() != content):
            self._make_folders(path.parent)
            durable_write(path, content)

    def _make_folders(self, folder: Path) -> None:
        missing = []
        while not folder.exists():
            missing.append(folder)
            folder = folder.parent
        try:
            for step in reversed(missing):
                step.mkdir(exist_ok=True)
                sync_folder(step.parent)
        except OSError as error:
            raise file_trouble(error, folder.name) from error


def _require_remembering(connection: Any) -> None:
    """Never sign what a standby could forget that may be promoted tomorrow. Raises PublishRefused `standby_forgets`."""
    if connection.kind == "postgres" and (standbys := standbys_not_waited_for(connection)):
        raise PublishRefused("standby_forgets", standbys=standbys)


def standbys_not_waited_for(connection: Any) -> int:
    """How many standby servers are attached to a PostgreSQL that does not wait for them; 0 when it waits, or has none.

    After a failover to one of them acknowledged records can be missing, and a log that was signed with them could not be
    continued. With `synchronous_commit` `local` a commit waits for no standby, whatever names are set.
    """
    sql = (
        "SELECT count(*), current_setting('synchronous_standby_names'), current_setting('synchronous_commit')"
        " FROM pg_stat_replication WHERE state IS DISTINCT FROM 'backup'"
    )
    standbys, names, commit = connection.execute(sql).fetchone()
    return 0 if names.strip() and commit not in ("local", "off") else standbys
