"""Changing the log's key within one log, step by step: nothing is public, and all can be taken back, until it is announced.

    prepare    a new secret beside the old one, which signs nothing yet                    cancel takes it away again
    announce   1  the record `next_key`, by which both keys hand over, is durable
                  if we crash here: the old key alone signs it; announcing again goes on
               2  the new secret is put where the signer looks for it
                  if we crash here: both sign; announcing again writes the list of keys
               3  `log.keys` and the policy say both; a checkpoint with the record is signed by both
    finish     1  the record `key_end` is durable
                  if we crash here: both sign still; the old one counts for nothing that includes it
               2  the new secret takes the old one's place, which is thereby gone
                  if we crash here: the new one alone signs; finishing again writes the list of keys
               3  `log.keys`, `log.vkey` and the policy say so; a checkpoint is signed by the new one alone

Between announcing and finishing whoever looks in from time to time (monitors, witnesses, readers of `policy.txt`) learns of
the new key under the old. The server is stopped for each step and runs in between. Core: `mingze.ledger.succession`.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from mingze.durable import sync_folder, write_durably
from mingze.instance import LOG_KEYS, Instance
from mingze.ledger import (
    LedgerError,
    Opening,
    Policy,
    VerifierKey,
    format_proof,
    inclusion_nodes,
    inclusion_proof,
    key_end_facts,
    next_key_facts,
    parse_note,
    parse_vkey,
    policy_after,
    vkey,
)
from mingze.ledger.succession import KEY_END, NEXT_KEY
from mingze.signing import NEXT, of_folder, public_key_of
from mingze.store import Register
from mingze.store.register import GovernedEvent
from mingze.store.tree import fetch_nodes

PREPARED: Final = ".prepared"
"""What the name of a key's file ends in while nothing was said of it."""

type Step = Literal["none", "prepared", "announced"]


class RotationRefused(Exception):
    """The step was not taken; `code` is worded under ``rotate-key-<code>``."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(f"{code} {values}")
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Rotation:
    """How far a change of key has come: the key that stands, the next one if there is one, and the signed size."""

    step: Step
    key: VerifierKey
    next: VerifierKey | None
    size: int = 0


def look(instance: Instance, key: Path | None = None) -> Rotation:
    """How far it has come. Raises OSError when the secrets cannot be read."""
    path = _place(instance, key)
    now = _of(instance, path)
    for step, ending in (("announced", NEXT), ("prepared", PREPARED)):
        beside = path.with_name(path.name + ending)
        if beside.exists() and (found := _of(instance, beside)) != now:
            return Rotation(step, now, found)  # type: ignore[arg-type]
    return Rotation("none", now, None)


def prepare(instance: Instance, key: Path | None = None) -> Rotation:
    """Make the next secret, which signs nothing yet; doing it again changes nothing. Raises OSError."""
    path, found = _place(instance, key), look(instance, key)
    if found.step == "none":
        write_durably(path.with_name(path.name + PREPARED), secrets.token_bytes(32), 0o600)
    return look(instance, key)


def cancel(instance: Instance, key: Path | None = None) -> Rotation:
    """Take a prepared secret away. Raises RotationRefused ``announced_already``; OSError."""
    path, found = _place(instance, key), look(instance, key)
    if found.step == "announced" or _recorded(instance, found):
        raise RotationRefused("announced_already")
    if found.step == "prepared":
        path.with_name(path.name + PREPARED).unlink()
        sync_folder(path.parent)
    return look(instance, key)


def announce(instance: Instance, reason: str, key: Path | None = None) -> Rotation:
    """Record the prepared key publicly and sign with both from here on. The instance must be locked, and is closed.

    Raises:
        RotationRefused: ``not_prepared``.
        Unavailable, PublishRefused, InstanceError, OSError: it can be run again.
    """
    path, found = _place(instance, key), look(instance, key)
    if found.next is None:
        raise RotationRefused("not_prepared")
    following = path.with_name(path.name + (NEXT if found.step == "announced" else PREPARED))
    facts = next_key_facts(instance.origin, path.read_bytes()[:32], following.read_bytes()[:32], reason)
    instance.register().govern(NEXT_KEY, facts, idempotency=f"{NEXT_KEY}/{found.next}")  # 1
    if found.step == "prepared":
        os.rename(following, path.with_name(path.name + NEXT))  # 2
        sync_folder(path.parent)
    return _published(instance, key)  # 3


def finish(instance: Instance, key: Path | None = None) -> Rotation:
    """Record the end of the old key, and sign with the new one alone. The instance must be locked, and is closed.

    Raises:
        RotationRefused: ``not_announced``; ``not_signed_by_both`` (no checkpoint yet that the new key has signed too:
            publish first).
        Unavailable, PublishRefused, InstanceError, OSError: it can be run again.
    """
    path, found = _place(instance, key), look(instance, key)
    if found.step != "announced" or found.next is None:
        if _ended_before(instance, found.key):
            return _published(instance, key)  # only the list of keys was left to write
        raise RotationRefused("not_announced")
    latest = instance.register().publisher.latest()
    if latest is None or found.next not in parse_note(latest[1]).signers([found.next]):
        raise RotationRefused("not_signed_by_both", key=str(found.next))
    facts = key_end_facts(instance.origin, found.key, found.next)
    instance.register().govern(KEY_END, facts, idempotency=f"{KEY_END}/{found.key}")  # 1
    os.rename(path.with_name(path.name + NEXT), path)  # 2
    sync_folder(path.parent)
    return _published(instance, key)  # 3


def keys_of(register: Register, current: VerifierKey) -> Policy:
    """All keys of a log, as its own public records say, each with the sizes it counts for.

    Raises LedgerError when the records do not lead from one key to the next, or not to the one that stands.
    """
    records = changes(register)
    if not records:
        return Policy.of_log(current)
    first = Policy.of_log(parse_vkey(str(records[0].facts["before"])))
    policy = policy_after(first, ((row.leaf_index, row.event) for row in records))
    if current not in policy.logs:
        raise LedgerError("succession_unknown", name=current.name, found=current.id.hex())
    return policy


def changes(register: Register) -> list[GovernedEvent]:
    """The public records of announced and ended keys, oldest first."""
    found: list[GovernedEvent] = []
    for kind in (NEXT_KEY, KEY_END):
        before = 0
        while rows := register.governed(kind, before):
            found += rows
            before = rows[-1].n
    return sorted(found, key=lambda row: row.n)


def change_receipt(register: Register, n: int) -> bytes | None:
    """The receipt of an announcement or an end, under the first checkpoint that has it; None where there is none (yet).

    Under the first one, because that is still signed by the key that a reader of old receipts knows.
    """
    row = next((it for it in changes(register) if it.n == n), None)
    covered = register.publisher.first_covering(row.leaf_index) if row else None
    if row is None or covered is None:
        return None
    size, note = covered
    with register.readers() as connection:
        node = fetch_nodes(connection, register.authority, inclusion_nodes(row.leaf_index, size))
    proof = inclusion_proof(row.leaf_index, size, node)
    return format_proof(row.leaf_index, proof, note, Opening.join(row.nonce, row.bytes))


def remember(instance: Instance, register: Register) -> None:
    """Write `log.keys` anew from the log's public records, where a change of key was ever announced.

    Raises LedgerError as `keys_of`; OSError.
    """
    keys = keys_of(register, instance.log_key)
    path = instance.dir / "ledger" / LOG_KEYS
    content = keys.to_bytes()
    if keys.spans and (not path.exists() or path.read_bytes() != content):
        write_durably(path, content)


def _published(instance: Instance, key: Path | None) -> Rotation:
    signer = of_folder(instance.dir, key)
    public_key_of(signer, instance.dir)
    remember(instance, instance.register())
    instance.close()
    renewed = Instance.open(instance.dir)
    try:
        size = renewed.register().publish()
    finally:
        renewed.close()
    found = look(renewed, key)
    return Rotation(found.step, found.key, found.next, size)


def _recorded(instance: Instance, found: Rotation) -> bool:
    if found.next is None:
        return False
    last = instance.register(write=False).governed(NEXT_KEY, limit=1)
    return bool(last) and last[0].facts.get("vkey") == str(found.next)


def _ended_before(instance: Instance, key: VerifierKey) -> bool:
    last = instance.register(write=False).governed(KEY_END, limit=1)
    return bool(last) and last[0].facts.get("after") == str(key)


def _place(instance: Instance, key: Path | None) -> Path:
    return key or instance.dir / "secrets" / "log.key"


def _of(instance: Instance, path: Path) -> VerifierKey:
    return parse_vkey(vkey(instance.origin, path.read_bytes()[:32]))
