"""The way out when the log that was signed cannot be continued: a new log that says publicly how the old one ended.

    plan, durable ──► old `ledger/` put beside ──► new key ──► new origin in mingze.toml ──► governance record ──► publish

The old log stays published as it was; receipts stay valid against its last checkpoint. The new one holds every record
that is still there, under the next origin (`…/mingze/2`) and a new key, which the old key, if it is still there, signs.
Its public record says which records of the old log, by index, are lost, and why. If we crash anywhere after the plan is
written, running it again goes on from there: each step looks whether it is done.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mingze.durable import sync_folder, write_durably
from mingze.instance import Instance
from mingze.ledger import LedgerError, format_note, parse_checkpoint, sign, vkey
from mingze.ledger.note import encode_base64
from mingze.store.tree import log_size

PLAN: Final = "new-log.json"


class NewLogRefused(Exception):
    """No new log was begun; `code` is worded under ``new-log-<code>``."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(f"{code} {values}")
        self.code = code
        self.values = values


@dataclass(frozen=True)
class NewLog:
    """What was begun: the new log's name and key, how large the old one was signed, and how many records are kept."""

    origin: str
    vkey: str
    old_size: int
    kept: int
    size: int

    @property
    def lost(self) -> int:
        """Records of the old log that are in no database any more."""
        return max(self.old_size - self.kept, 0)


def begin(instance: Instance, reason: str, old: Path | None = None) -> NewLog:
    """Begin a new log, or finish beginning one. The instance must be locked, and is closed.

    `old` is a file with the last checkpoint of the old log, when the folder at hand never saw it.

    Raises:
        NewLogRefused: ``origin_unnumbered`` (the origin does not end in a number), ``nothing_signed``, ``not_the_old_log``
            (`old` is not a checkpoint of this log, signed by its key).
        Unavailable, PublishRefused, InstanceError, OSError: it can be run again.
    """
    plan = _plan(instance, reason, old)
    instance.close()
    _put_beside(instance.dir, plan)
    settings = instance.dir / "mingze.toml"
    text = settings.read_text(encoding="utf-8")
    if f'"{plan["old_origin"]}"' in text:
        write_durably(settings, text.replace(f'"{plan["old_origin"]}"', f'"{plan["origin"]}"', 1).encode())
    renewed = Instance.open(instance.dir)
    facts = {name: value for name, value in plan.items() if name != "seed"}
    try:
        register = renewed.register()
        register.govern("new_log", facts, idempotency=f"new_log/{plan['origin']}")
        size = register.publish()
    finally:
        renewed.close()
    (instance.dir / PLAN).unlink()
    sync_folder(instance.dir)
    return NewLog(plan["origin"], plan["vkey"], plan["old_size"], plan["kept"], size)


def _plan(instance: Instance, reason: str, old: Path | None) -> dict[str, Any]:
    path = instance.dir / PLAN
    if path.exists():
        return json.loads(path.read_bytes())
    origin = instance.origin
    number = re.fullmatch(r"(.*\D)([0-9]{1,9})", origin)
    if number is None:
        raise NewLogRefused("origin_unnumbered", origin=origin)
    note = _last_note(instance, old)
    if not note:
        raise NewLogRefused("nothing_signed")
    head = parse_checkpoint(note).checkpoint
    with instance.register(write=False).readers() as connection:
        kept = log_size(connection, instance.authority.id)
    seed, new_origin = secrets.token_bytes(32), f"{number[1]}{int(number[2]) + 1}"
    new_vkey = vkey(new_origin, seed)
    plan = {
        "reason": reason,
        "origin": new_origin,
        "vkey": new_vkey,
        "old_origin": origin,
        "old_vkey": str(instance.log_key),
        "old_size": head.size,
        "old_root": encode_base64(head.root),
        "old_checkpoint": note.decode(),
        "kept": kept,
        "lost_from": kept if kept < head.size else None,
        "lost_to": head.size - 1 if kept < head.size else None,
        "signed_by_old_key": _handed_over(instance, new_vkey),
        "seed": seed.hex(),
    }
    write_durably(path, json.dumps(plan, ensure_ascii=False, indent=1).encode(), 0o600)
    return plan


def _last_note(instance: Instance, old: Path | None) -> bytes:
    """The largest statement of the old log that we know of: published, in the signer's memory, or brought along."""
    found = []
    for path in (instance.dir / "ledger" / "checkpoint", *(instance.dir / "signer").glob("*.checkpoint"), old):
        try:
            note = path.read_bytes() if path else b""
            signed = parse_checkpoint(note)
            if signed.checkpoint.origin == instance.origin and signed.note.signers(instance.log_keys.logs):
                found.append((signed.checkpoint.size, note))
                continue
        except (OSError, LedgerError):
            pass  # said below, if it was brought along
        if path is old and old is not None:
            raise NewLogRefused("not_the_old_log", file=str(old))
    return max(found, default=(0, b""))[1]


def _handed_over(instance: Instance, new_vkey: str) -> str | None:
    """The old key's signature over the new one; None when the old key is gone."""
    try:
        seed = (instance.dir / "secrets" / "log.key").read_bytes()[:32]
        text = f"{instance.origin} is continued by\n{new_vkey}\n".encode()
        return format_note(text, [sign(text, instance.origin, seed)]).decode()
    except (OSError, LedgerError):
        return None


def _put_beside(folder: Path, plan: dict[str, Any]) -> None:
    number = re.sub(r".*\D", "", plan["old_origin"])
    old, ledger = folder / f"ledger-{number}", folder / "ledger"
    if not old.exists() and ledger.exists():
        os.rename(ledger, old)
        sync_folder(folder)
    ledger.mkdir(mode=0o700, exist_ok=True)
    key, kept = folder / "secrets" / "log.key", folder / "secrets" / f"log.key.{number}"
    seed = bytes.fromhex(plan["seed"])
    if not kept.exists() and key.exists() and key.read_bytes() != seed:
        os.link(key, kept)
        sync_folder(key.parent)
    write_durably(key, seed, 0o600)
