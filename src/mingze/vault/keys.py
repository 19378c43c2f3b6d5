"""The keys of sealed personal data: one random key for one party in one case, kept wrapped in a database of their own.

A key that spanned cases would be the index of persons this system refuses to have. Whoever destroys a party's key has
destroyed everything sealed under it, in every backup of the register; the event that it was received and answered in
time stays provable, because the log holds only commitments.

The wrapped keys live apart from the data (`vault.sqlite3`, on PostgreSQL the schema `vault`), so that their backups can
be short-lived: an old backup of keys would undo an erasure. A key-encryption key (KEK) wraps them, which this process
need not have (`keeping`); changing it re-wraps them and touches no sealed text. Events are stored sealed too, under a
key per case derived from one root, which lies in the vault wrapped like the others (case "", party "record").

Law: 个人信息保护法 art. 47. Units: keys of 32 bytes. Surprising case: a key once destroyed is never made again for the
same party and case; `key` and `ensure` raise KeyDestroyed for ever after.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mingze.vault.keeping import HeldKeys, Keeper, KeysRefused
from mingze.vault.sealing import KEY_SIZE, SealBroken, derive, place

_HELD = 2_048
"""Opened keys kept in memory, the least used going first."""

ROOT_CASE: Final = ""
ROOT_PARTY: Final = "record"
"""Where the root of the record keys stands among the keys: no case has an empty id."""

_INSERT: Final = (
    "INSERT INTO data_key (authority, case_id, party, key_id, kek_id, wrapped, created_at, destroyed_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
)


type _Row = tuple[str, str, bytes, str]
"""Key id, name of the key-encryption key, wrapped key, and when it was destroyed ("" while it lives)."""


class KeyDestroyed(Exception):
    """What was sealed under this key has been erased and cannot be read again by anybody."""

    code = "erased"

    def __init__(self, case_id: str, party: str, destroyed_at: str) -> None:
        super().__init__(f"the key of {party} in {case_id} was destroyed at {destroyed_at}")
        self.values = {"destroyed_at": destroyed_at}


@dataclass(frozen=True)
class DataKey:
    """The key of one party in one case, opened; a new one has its `secret` until it is stored."""

    case_id: str
    party: str
    key_id: str
    key: AESGCM
    secret: bytes = field(default=b"", repr=False)

    def __repr__(self) -> str:
        return f"<DataKey {self.key_id}>"


@dataclass(frozen=True)
class _Expected:
    """Keys of one case that were asked for ahead, with the rows they were asked from."""

    case_id: str
    rows: dict[str, _Row]
    ahead: Callable[[], list[bytes] | None]


class Vault:
    """The wrapped keys of one authority. Threads may share it; one process writes it."""

    def __init__(self, database: Any, authority: str, keys: Keeper | bytes, *, write: bool = True) -> None:
        """Open the vault in a `store.connection.Database` of part `vault`; the store has checked its version. `keys`
        is whoever holds the key-encryption keys, or the only one itself.

        Raises Unavailable.
        """
        self.authority = authority
        self.keys: Keeper = HeldKeys(keys) if isinstance(keys, bytes) else keys
        self._database = database
        self._readers = database.readers()
        self._lock = threading.RLock()
        self._held: OrderedDict[tuple[str, str], DataKey] = OrderedDict()
        self._records: OrderedDict[str, AESGCM] = OrderedDict()
        self._root: tuple[str, bytes] | None = None
        self._mine = threading.local()
        self._writer: Any = database.connect(write=True) if write else None

    def new_key(self, case_id: str, party: str) -> DataKey:
        """A fresh key, not stored yet: `store` must have returned before anything sealed under it is committed."""
        secret = secrets.token_bytes(KEY_SIZE)
        return DataKey(case_id, party, secrets.token_hex(16), AESGCM(secret), secret)

    def store(self, keys: Sequence[DataKey], created_at: str) -> None:
        """Wrap new keys, all in one request, and make them durable, all in one transaction.

        Raises Unavailable; then none of them is stored.
        """
        if not keys:
            return
        with _asking():
            kek, wrapped = self.keys.wrap([(self._where(k.case_id, k.party, k.key_id), k.secret) for k in keys])
        rows = [
            (self.authority, key.case_id, key.party, key.key_id, kek, sealed, created_at, "")
            for key, sealed in zip(keys, wrapped, strict=True)
        ]
        self._write([(_INSERT, rows, False)])

    def hold(self, key: DataKey) -> None:
        """Keep a key that is stored at hand, opened; the next reader need not unwrap it."""
        with self._lock:
            self._held[(key.case_id, key.party)] = replace(key, secret=b"") if key.secret else key
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

    def expect(self, case_id: str, parties: Iterable[str]) -> None:
        """Ask for the keys of parties that this thread will need in a moment, in one request, without waiting for them;
        `key` then takes them. Ask only for what whoever reads may read. Raises Unavailable.
        """
        known = self._mine.__dict__.get("expected")
        if known is not None and known.case_id == case_id and set(parties) <= known.rows.keys():
            return
        with self._lock:
            wanted = [party for party in parties if (case_id, party) not in self._held]
        rows = {party: row for party in wanted if (row := self._row(case_id, party)) is not None}
        living = {party: row for party, row in rows.items() if not row[3]}
        if living:
            items = [(row[1], self._where(case_id, party, row[0]), row[2]) for party, row in living.items()]
            self._mine.expected = _Expected(case_id, living, self.keys.unwrap_ahead(items))

    def _expected(self, case_id: str, party: str) -> _Row | None:
        """Hold the keys of a case that this thread expected; the row of a key that has to be asked for on its own."""
        known: _Expected | None = self._mine.__dict__.get("expected")
        if known is None or known.case_id != case_id or party not in known.rows:
            return None
        self._mine.expected = None
        secrets_ = known.ahead()
        if secrets_ is None:
            return known.rows[party]
        for (one, row), secret in zip(known.rows.items(), secrets_, strict=True):
            self.hold(DataKey(case_id, one, row[0], AESGCM(secret)))
        return None

    def destroyed_between(self, first: str, after: str) -> int:
        """How many keys were destroyed from one moment (ISO 8601) up to another. Raises Unavailable."""
        sql = "SELECT count(*) FROM data_key WHERE authority = ? AND destroyed_at >= ? AND destroyed_at < ?"
        with self._readers() as connection:
            return int(connection.execute(sql, (self.authority, first, after)).fetchone()[0])

    def kek_id(self) -> str:
        """The name of the key-encryption key that wraps now. Raises Unavailable."""
        with _asking():
            return self.keys.kek_id()

    def living(self, after: tuple[str, str] = ("", ROOT_PARTY), limit: int = 500) -> list[tuple[str, str]]:
        """Case and party of keys that are not destroyed, in order, after one. Raises Unavailable."""
        sql = (
            "SELECT case_id, party FROM data_key WHERE authority = ? AND destroyed_at = '' AND (case_id, party) > (?, ?)"
            " ORDER BY case_id, party LIMIT ?"
        )
        with self._readers() as connection:
            return [
                (case, party) for case, party in connection.execute(sql, (self.authority, *after, limit)).fetchall()
            ]

    def under_other_keks(self, limit: int) -> list[tuple[str, str, str, str, bytes]]:
        """(case, party, key id, kek, wrapped) of keys that another key-encryption key than the present one wraps.

        Raises Unavailable.
        """
        now = self.kek_id()
        sql = (
            "SELECT case_id, party, key_id, kek_id, wrapped FROM data_key WHERE authority = ? AND destroyed_at = ''"
            " AND kek_id <> ? LIMIT ?"
        )
        with self._readers() as connection:
            rows = connection.execute(sql, (self.authority, now, limit)).fetchall()
        return [(case, party, key, kek, bytes(wrapped)) for case, party, key, kek, wrapped in rows]

    def rewrap(self, limit: int = 500) -> int:
        """Wrap some of the keys that an earlier key-encryption key wraps with the present one; how many were done.

        One transaction: whoever is killed in it has changed none of them. Nothing that is sealed is touched.

        Raises Unavailable, SealBroken.
        """
        rows = self.under_other_keks(limit)
        if not rows:
            return 0
        items = [(kek, self._where(case, party, key), wrapped) for case, party, key, kek, wrapped in rows]
        with _asking():
            now, fresh = self.keys.rewrap(items)
        sql = (
            "UPDATE data_key SET wrapped = ?, kek_id = ? WHERE authority = ? AND case_id = ? AND party = ? AND key_id = ?"
            " AND kek_id = ? AND destroyed_at = ''"
        )
        changes = [
            (sealed, now, self.authority, case, party, key, kek)
            for sealed, (case, party, key, kek, _) in zip(fresh, rows, strict=True)
        ]
        with self._lock, self._transaction() as connection:
            for change in changes:
                connection.execute(sql, change)
        return len(rows)

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
                self.empty_log()
            finally:
                self._held.pop((case_id, party), None)
        return changed == 1

    def empty_log(self) -> None:
        """Let no overwritten key stand in SQLite's write-ahead log. Raises Unavailable."""
        with self._lock:
            if self._writer is not None and self._writer.kind == "sqlite":
                self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @property
    def record_key_id(self) -> str:
        """The name of the root of the record keys; a rotation leaves it as it is."""
        return self.root()[0]

    def record_key(self, case_id: str) -> AESGCM:
        """The key under which the events of one case are stored. Raises SealBroken, Unavailable."""
        held = self._records.get(case_id)
        if held is None:
            held = AESGCM(derive(self.root()[1], f"{self.authority}\x00{case_id}".encode()))
            with self._lock:
                self._records[case_id] = held
                if len(self._records) > _HELD:
                    self._records.popitem(last=False)
        return held

    def root(self) -> tuple[str, bytes]:
        """Name and bytes of the root of the record keys; made and stored at the first question of a vault that writes.

        Raises SealBroken, Unavailable.
        """
        if self._root is None:
            with self._lock:
                self._root = self._root or self._stored_root() or self._first_root()
        return self._root

    def _stored_root(self) -> tuple[str, bytes] | None:
        row = self._row(ROOT_CASE, ROOT_PARTY)
        return None if row is None else (row[0], self._unwrapped(ROOT_CASE, ROOT_PARTY, row))

    def _first_root(self) -> tuple[str, bytes]:
        """The root that the first version derived, which is also the one of a new vault."""
        with _asking():
            kek, secret = self.keys.kek_id(), self.keys.root()
        key_id = f"record/{kek}"
        if self._writer is not None:
            self.store([DataKey(ROOT_CASE, ROOT_PARTY, key_id, AESGCM(secret), secret)], "")
            return self._stored_root() or (key_id, secret)
        return key_id, secret

    def forget(self) -> None:
        """Forget every opened key; the next reader asks for it again."""
        with self._lock:
            self._held.clear()
            self._records.clear()
            self._root = None

    def close(self) -> None:
        """Forget every opened key and close the connections."""
        with self._lock:
            self.forget()
            self._readers.close()
            if self._writer is not None:
                self._writer.close()

    def _find(self, case_id: str, party: str) -> DataKey | None:
        row = self._expected(case_id, party)
        with self._lock:
            held = self._held.get((case_id, party))
            if held is not None:
                self._held.move_to_end((case_id, party))
                return held
        row = row or self._row(case_id, party)
        if row is None:
            return None
        if row[3]:
            raise KeyDestroyed(case_id, party, row[3])
        found = DataKey(case_id, party, row[0], AESGCM(self._unwrapped(case_id, party, row)))
        self.hold(found)
        return found

    def _row(self, case_id: str, party: str) -> _Row | None:
        sql = (
            "SELECT key_id, kek_id, wrapped, destroyed_at FROM data_key"
            " WHERE authority = ? AND case_id = ? AND party = ?"
        )
        with self._readers() as connection:
            row = connection.execute(sql, (self.authority, case_id, party)).fetchone()
        return None if row is None else (row[0], row[1], bytes(row[2]), row[3])

    def _unwrapped(self, case_id: str, party: str, row: _Row) -> bytes:
        key_id, kek, wrapped, _ = row
        where = self._where(case_id, party, key_id)
        with _asking(where):
            return self.keys.unwrap(kek, where, wrapped)

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


@contextmanager
def _asking(where: bytes = b"") -> Iterator[None]:
    """Say in the store's words what the keeper of the keys refuses."""
    try:
        yield
    except KeysRefused as refused:
        if refused.code == "kek_unknown":
            raise SealBroken("seal_broken", where.decode()) from refused
        from mingze.store.errors import Unavailable

        raise Unavailable("keys_down", str(refused)) from refused
