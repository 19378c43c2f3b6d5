"""What the authority says in its own log about how it runs it: plain, public, one chain, each record opening a leaf.

    17 SRbS0lGKRHrMQZSNkTt4o1Ss0PnWkvS8A2nKqv7zb+I= {"action":"release","actor":{"kind":"system"},"authority":"mingyuan",…

A key, a version of a procedure, a calendar, a release of the program, the digest of the offline verifier, the statement
of a day. In the log each is a leaf like any other, of kind `g` (a statement: `s`), so nobody can add or change one
later; the file `governance` beside the checkpoint opens all of them, one line each: leaf index, nonce, the exact bytes.
Whoever reads the entries knows how many there must be, so that none can be left out.

The records form one chain like a case's, under the case id `governance`. Pure: time and nonces are arguments.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from mingze.ledger.errors import LedgerError
from mingze.ledger.leaf import (
    NONCE_SIZE,
    encode_commitment,
    event_commitment,
    kind_of_type,
    leaf_bytes,
    leaf_hash,
    read_leaf,
)
from mingze.ledger.note import decode_base64, encode_base64
from mingze.ledger.receipt import read_event

GOVERNANCE: Final = "governance"
"""The case id of the chain, and the name of the file."""

GOVERNANCE_KINDS: Final = (
    "key", "procedure", "calendar", "release", "verifier", "next_key", "key_end", "new_log", "vault_key", "statement",
    "value", "request", "voice_codes", "voices", "draw", "recheck",
)  # fmt: skip

FILE_LIMIT: Final = 1 << 26
"""Bytes in the largest governance file that is read."""

_LINE: Final = re.compile(rb"(0|[1-9][0-9]{0,18}) ([A-Za-z0-9+/]{43}=) (.+)")


@dataclass(frozen=True, slots=True)
class Governance:
    """One governance record: its place in the log and what opens its leaf."""

    index: int
    nonce: bytes
    event_bytes: bytes

    @property
    def event(self) -> dict[str, Any]:
        """The record itself. Raises LedgerError `event_unreadable`, `event_incomplete`."""
        return read_event(self.event_bytes)

    def leaf(self) -> bytes:
        """The leaf that this record opens. Raises as `event`."""
        return leaf_bytes(event_commitment(self.nonce, self.event_bytes), kind_of_type(self.event["type"]))

    def line(self) -> bytes:
        """The record as a line of the file, newline included."""
        return b"%d %b %b\n" % (self.index, encode_base64(self.nonce).encode(), self.event_bytes)


def governance_bytes(
    authority: str,
    n: int,
    kind: str,
    facts: Mapping[str, Any],
    recorded_at: str,
    previous: str,
    *,
    actor: str = "system",
    post: str = "",
    office: str = "",
) -> bytes:
    """The bytes of a governance record, made once. `previous` is the hash of the chain's last leaf, "" for the first.

    Raises LedgerError `governance_kind`.
    """
    if kind not in GOVERNANCE_KINDS:
        raise LedgerError("governance_kind", expected=" ".join(GOVERNANCE_KINDS), found=kind)
    event = {
        "action": kind,
        "actor": {"kind": actor},
        "authority": authority,
        "case": GOVERNANCE,
        "facts": dict(facts),
        "n": n,
        "office": office,
        "post": post,
        "previous": previous or None,
        "recorded_at": recorded_at,
        "schema": 1,
        "type": "stated" if kind == "statement" else "governed",
    }
    return json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def format_governance(records: Iterable[Governance]) -> bytes:
    """The file of all records, in the order of the log."""
    return b"".join(record.line() for record in records)


def parse_governance(data: bytes) -> Iterator[Governance]:
    """The records of a file, in order; nothing is verified yet. Raises LedgerError `governance_line` with the line."""
    if len(data) > FILE_LIMIT:
        raise LedgerError("governance_line", line=0, found=len(data))
    lines = data.split(b"\n")
    if lines.pop():
        raise LedgerError("governance_line", line=len(lines) + 1, found="")
    last = -1
    for number, line in enumerate(lines, 1):
        found = _LINE.fullmatch(line)
        if found is None or int(found[1]) <= last:
            raise LedgerError("governance_line", line=number, found=line[:80].decode("utf-8", "replace"))
        last = int(found[1])
        yield Governance(last, decode_base64(found[2].decode(), size=NONCE_SIZE), found[3])


def check_governance(
    records: Iterable[Governance], public_leaves: Mapping[int, bytes], size: int
) -> Iterator[LedgerError]:
    """Every way in which these records fail to open the public leaves (kinds `g`, `s`) of a log of `size`, one by one.

    Records beyond the size are of the next checkpoint and are passed over. Yields LedgerError: `governance_missing`
    (a leaf nobody opens), `governance_leaf` (a record that opens another leaf, or none), `governance_chain` (a record
    left out, or another put in its place), `event_unreadable`, `event_incomplete`; each with the index.
    """
    waiting, n, previous = dict(public_leaves), 0, ""
    for record in records:
        if record.index >= size:
            break
        leaf = waiting.pop(record.index, b"")
        try:
            event, ours = record.event, record.leaf()
        except LedgerError as problem:
            yield LedgerError(problem.code, index=record.index)
            continue
        if ours != leaf:
            yield LedgerError("governance_leaf", index=record.index)
        if event["case"] != GOVERNANCE or event["n"] != n + 1 or (event.get("previous") or "") != previous:
            yield LedgerError("governance_chain", index=record.index)
        n, previous = (event["n"] if isinstance(event["n"], int) else n + 1), encode_commitment(leaf_hash(ours))
    for index in waiting:
        yield LedgerError("governance_missing", index=index)


def public_leaves(leaves: Iterable[bytes], start: int = 0) -> dict[int, bytes]:
    """Those of these entries whose opening must be public, by index. A malformed leaf is not one."""
    found = {}
    for index, leaf in enumerate(leaves, start):
        try:
            if read_leaf(leaf).kind != "e":
                found[index] = leaf
        except LedgerError:
            continue
    return found
