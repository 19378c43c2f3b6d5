"""The keys of sealed personal data: one random key for one party in one case, kept wrapped in a database of their own.

A key that spanned cases would be the index of persons this system refuses to have. Whoever destroys a party's key has
destroyed everything sealed under it, in every backup of the register; the event that it was received and answered in
time stays provable, because the log holds only commitments.

The wrapped keys live apart from the data (`vault.sqlite3`, on PostgreSQL the schema `vault`), so that their backups can
be short-lived: an old backup of keys would undo an erasure. The key-encryption key (KEK) wraps them; changing it
re-wraps them and touches no sealed text. Events are stored sealed too, under a key per case derived from the KEK.

Law: 个人信息保护法 art. 47. Units: keys of 32 bytes. Surprising case: a key once destroyed is never made again for the
same party and case; `key` and `ensure` raise KeyDestroyed for ever after.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mingze.vault.sealing import KEY_SIZE, derive, open_sealed, place, seal

_HELD = 2_048
"""Opened keys kept in memory, the least used going first."""


class KeyDestroyed(Exception):
    """What was sealed under this key has been erased and cannot be read again by anybody."""

    code = "erased"

    def __init__(self, case_id: str, party: str, destroyed_at: str) -> None:
        super().__init__(f"the key of {party} in {case_id} was destroyed at {destroyed_at}")
        self.values = {"destroyed_at": destroyed_at}


@dataclass(frozen=True)
class DataKey:
    """The key of one party in one case, opened, with the wrapped form that is stored."""

    case_id: str
    party: str
    key_id: str
    key: AESGCM
    wrapped: bytes

    def __repr__(self) -> str:
        return f"<DataKey {self.key_id}>"


class Vault:
    """The wrapped keys of one authority. Threads may share it; one process writes it."""

    def __init__(self, database: Any, authority: str, kek: bytes, *, write: bool = True) -> None:
        """Open the vault in a `store.connection.Database` of part `vault`; the store has checked its version.

        Raises Unavailable.
        """
        if len(kek) != KEY_SIZE:
            raise ValueError(f"the key-encryption key has {len(kek)} bytes, not {KEY_SIZE}")
        self.authority = authority
        self.kek_id = sha256(b"mingze/kek/v1\x00" + kek).hexdigest()[:8]
        self.record_key_id = f"record/{self.kek_id}"
        self._kek = AESGCM(derive(kek, b"mingze/wrap/v1"))
        self._record_root = derive(kek, b"mingze/record/v1")
        self._database = database
        self._readers = database.readers()
        self._lock = threading.RLock()
        self._held: OrderedDict[tuple[str, str], DataKey] = OrderedDict()
        self._records: OrderedDict[str, AESGCM] = OrderedDict()
        self._writer: Any = database.connect(write=True) if write else None

    def new_key(self, case_id: str, party: str) -> DataKey:
        """A fresh key, not stored yet: `store` must have returned before anything sealed under it is committed."""
        key_id = secrets.token_hex(16)
        secret = secrets.token_bytes(KEY_SIZE)
        return DataKey(
            case_id, party, key_id, AESGCM(secret), seal(self._kek, secret, self._where(case_id, party, key_id))
        )

    def store(self, keys: Iterable[DataKey], created_at: str) -> None:
        """Make new keys durable, all in one transaction. Raises Unavailable; then none of them is stored."""
        rows = [(self.authority, k.case_id, k.party, k.key_id, self.kek_id, k.wrapped, created_at, "") for k in keys]
        if not rows:
            return
        sql = (
            "INSERT INTO data_key (authority, case_id, party, key_id, kek_id, wrapped, created_at, destroyed_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
        )
        self._write([(sql, rows, False)])

    def hold(self, key: DataKey) -> None:
        """Keep a key that is stored at hand, opened; the next reader need not unwrap it."""
        with self._lock:
            self._held[(key.case_id, key.party)] = key
            if len(self._held) > _HELD:
                self._held.popitem(last=False)

    def ensure(self, case_id: str, party: str, created_at: str) -> DataKey:
        """The key of a party in a case, made and stored now if there is none.

        Raises:
            KeyDestroyed: it was destroyed; there will be no other.
            Unavailable: the vault cannot be read or written.
        """
        found = self._find(case_id, party)
        if found is None:
            self.store([self.new_key(case_id, party)], created_at)
            found = self._find(case_id, party)  # another thread's key may have been the first
        if found is None:
            raise LookupError("a key that was stored is not there")
        return found

    def key(self, case_id: str, party: str) -> DataKey:
        """The key of a party in a case. Raises KeyDestroyed, LookupError, SealBroken, Unavailable."""
        found = self._find(case_id, party)
        if found is None:
            raise LookupError(f"no key of {party} in {case_id}")
        return found

    def destroyed_between(self, first: str, after: str) -> int:
        """How many keys were destroyed from one moment (ISO 8601) up to another. Raises Unavailable."""
        sql = "SELECT count(*) FROM data_key WHERE authority = ? AND destroyed_at >= ? AND destroyed_at < ?"
        with self._readers() as connection:
            return int(connection.execute(sql, (self.authority, first, after)).fetchone()[0])

    def destroy(self, case_id: str, party: str, destroyed_at: str) -> bool:
        """Destroy a party's key for ever; False when there was none or it was destroyed already.

        The wrapped key is overwritten in the file, and the write-ahead log is emptied of it, before this returns.
        """
        with self._lock:
            sql = (
                "UPDATE data_key SET wrapped = ?, destroyed_at = ? "
                "WHERE authority = ? AND case_id = ? AND party = ? AND destroyed_at = ''"
            )
            row = (b"", destroyed_at, self.authority, case_id, party)
            try:
                with self._transaction() as connection:
                    changed = connection.execute(sql, row).rowcount
                if connection.kind == "sqlite":
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                self._held.pop((case_id, party), None)
        return changed == 1

    def record_key(self, case_id: str) -> AESGCM:
        """The key under which the events of one case are stored."""
        held = self._records.get(case_id)
        if held is None:
            held = AESGCM(derive(self._record_root, f"{self.authority}\x00{case_id}".encode()))
            with self._lock:
                self._records[case_id] = held
                if len(self._records) > _HELD:
                    self._records.popitem(last=False)
        return held

    def close(self) -> None:
        """Forget every opened key and close the connections."""
        with self._lock:
            self._held.clear()
            self._records.clear()
            self._readers.close()
            if self._writer is not None:
                self._writer.close()

    def _find(self, case_id: str, party: str) -> DataKey | None:
        with self._lock:
            held = self._held.get((case_id, party))
            if held is not None:
                self._held.move_to_end((case_id, party))
                return held
        sql = "SELECT key_id, wrapped, destroyed_at FROM data_key WHERE authority = ? AND case_id = ? AND party = ?"
        with self._readers() as connection:
            row = connection.execute(sql, (self.authority, case_id, party)).fetchone()
        if row is None:
            return None
        key_id, wrapped, destroyed_at = row
        if destroyed_at:
            raise KeyDestroyed(case_id, party, destroyed_at)
        secret = open_sealed(self._kek, wrapped, self._where(case_id, party, key_id))
        found = DataKey(case_id, party, key_id, AESGCM(secret), wrapped)
        self.hold(found)
        return found

    def _where(self, case_id: str, party: str, key_id: str) -> bytes:
        return place("data_key", f"{self.authority}/{case_id}/{party}", "wrapped", key_id)

    def _write(self, writes: list[Any]) -> None:
        with self._lock, self._transaction() as connection:
            connection.write_all(writes)

    def _transaction(self) -> Any:
        if self._writer is None:
            raise PermissionError("this vault was opened for reading")
        if not self._writer.present():
            self._writer = self._database.connect(write=True)
        return self._writer.transaction()
