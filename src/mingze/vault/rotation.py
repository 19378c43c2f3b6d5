"""Changing the key-encryption key: a new one is made, and every wrapped key is wrapped again; sealed text is not touched.

    old key kept as vault-<name>.kek ──► new vault.kek in its place ──► keys wrapped again, 500 in a transaction

If we crash here: before the new key is in place, nothing has changed; after it, new keys are wrapped with the new one and
old ones still open with the kept one, and the next rotation first finishes this. The old key stays in the folder because
vault archives made before need it: delete it when the last of them is gone.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mingze.durable import write_durably
from mingze.vault.keeping import CURRENT, KeysRefused, kek_name, read_kek
from mingze.vault.keys import Vault
from mingze.vault.sealing import KEY_SIZE


@dataclass(frozen=True)
class Rotated:
    """What a rotation has done: keys wrapped again, under which key; `resumed` when it only finished an earlier one."""

    keys: int
    kek: str
    resumed: bool


def rotate(vault: Vault, folder: Path, told: Callable[[int], None] = lambda count: None) -> Rotated:
    """Finish a rotation that was interrupted, else make a new key-encryption key in a folder of secrets and use it.

    `told` is called after each transaction with how many keys are done. A server may run meanwhile.

    Raises: KeysRefused as `read_kek`, and `other_folder` when whoever keeps the keys does not read this folder;
    OSError when the folder cannot be written; Unavailable, SealBroken.
    """
    vault.root()
    resumed = bool(vault.under_other_keks(1))
    if not resumed:
        new_kek(folder)
    kek = kek_name(read_kek(folder / CURRENT))
    if vault.keys.kek_id() != kek:
        raise KeysRefused("other_folder", str(folder))
    done = 0
    while count := vault.rewrap():
        done += count
        told(done)
    vault.empty_log()
    return Rotated(done, kek, resumed)


def new_kek(folder: Path) -> str:
    """Put a new key-encryption key in place and keep the old one under its name; returns the new one's name."""
    old = read_kek(folder / CURRENT)
    write_durably(folder / f"vault-{kek_name(old)}.kek", old, 0o600)
    new = secrets.token_bytes(KEY_SIZE)
    write_durably(folder / CURRENT, new, 0o600)
    return kek_name(new)
