"""What a receipt proves, check by check, and what it does not: the answer a person gets to "is this really recorded?".

A receipt is a proof file (`proof.py`) whose `extra` line opens the leaf. Verifying asks, in this order:

    form        Is this a whole proof file?
    opening     Does it hold a nonce and an event that can be read?
    checkpoint  Is the statement of the log well formed?
    inclusion   Does the leaf computed from the opening lead to the root in that statement?
    signature   Is the statement signed by the log the reader trusts?
    witnesses   Have as many outside witnesses signed as the reader asks for?
    time        Was the event recorded before the first witness saw it?

A check that cannot be made because an earlier one failed is left open (`ok` is None), never counted as passed.
The receipt holds no key: a reader who knows none learns only that the file agrees with itself.

Formats: C2SP tlog-proof@v1, RFC 6962 §2.1. Pure: the reader's policy is an argument, nothing is fetched.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from mingze.ledger.checkpoint import Checkpoint, SignedCheckpoint, parse_checkpoint
from mingze.ledger.errors import LedgerError
from mingze.ledger.leaf import encode_commitment, event_commitment, kind_of_type, leaf_bytes, leaf_hash
from mingze.ledger.note import VerifierKey, encode_base64
from mingze.ledger.policy import Policy
from mingze.ledger.proof import Opening, Proof, parse_proof
from mingze.ledger.tree import inclusion_root

CHECKS: Final = ("form", "opening", "checkpoint", "inclusion", "signature", "witnesses", "time")
REQUIRED: Final = ("authority", "case", "n", "type", "recorded_at")
"""What every event says, in every version of its schema; without these a receipt states nothing."""

CLOCK_SKEW_SECONDS: Final = 300
"""How far a witness's clock may run behind the authority's before an event counts as recorded in its future."""

_UNREADABLE: Final = ("proof_magic", "proof_too_large")

type Outcome = Literal["verified", "refused", "unkeyed", "unreadable"]
"""verified: all holds. refused: something does not match. unkeyed: all matches so far, but no key was known to check
the signature with. unreadable: this is not a receipt file."""

type Trust = Literal["given", "instance", "beside", "none"]
"""Where the reader's key came from: handed over by the reader, the installation at hand, a file beside the receipt."""

type Values = dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Check:
    """One question and its answer: True, False, or None when it could not be or need not be asked.

    A refused check carries `problem` (a code, worded under `ledger-error-<problem>`) with what was expected and found.
    """

    code: str
    ok: bool | None
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limit:
    """One thing the receipt does not prove, and the reader should know it does not."""

    code: str
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Clock:
    """What the event says of one of its clocks: started, extended, met …; due when, or done when and whether late."""

    name: str
    op: str
    due: str = ""
    provisional: bool = False
    at: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """What the event in the receipt says, as the authority wrote it. To be believed only if the receipt is verified."""

    event: Mapping[str, Any]

    @property
    def facts(self) -> dict[str, str]:
        """The plain facts of the event, by name, in reading order; those it does not state are left out."""
        procedure, stages = self.event.get("procedure"), self.event.get("stages")
        nested = procedure if isinstance(procedure, dict) else {}
        found = {
            "authority": self.event.get("authority"),
            "case": self.event.get("case"),
            "n": self.event.get("n"),
            "type": self.event.get("type"),
            "action": self.event.get("action"),
            "occurred_at": self.event.get("occurred_at"),
            "recorded_at": self.event.get("recorded_at"),
            "office": self.event.get("office"),
            "post": self.event.get("post"),
            "stage": ", ".join(str(stage) for stage in stages) if isinstance(stages, list) else None,
            "procedure": nested.get("name"),
            "procedure_hash": nested.get("hash"),
            "calendar": self.event.get("calendar"),
            "previous": self.event.get("previous"),
        }
        return {name: str(value) for name, value in found.items() if isinstance(value, str | int) and value != ""}

    @property
    def clocks(self) -> tuple[Clock, ...]:
        """The clocks this event started, moved or stopped, with the due date that stands in its bytes."""
        listed = self.event.get("clocks")
        rows = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
        return tuple(
            Clock(
                str(row.get("name", "")),
                str(row.get("op", "")),
                next((str(row[key]) for key in ("due", "due_at", "due_on") if row.get(key)), ""),
                row.get("provisional") is True,
                str(row.get("at") or ""),
                row.get("late") is True,
            )
            for row in rows
        )

    @property
    def sealed(self) -> tuple[str, ...]:
        """The names of the slots whose content is sealed: committed to, not shown."""
        listed = self.event.get("sealed")
        rows = listed if isinstance(listed, list) else []
        return tuple(str(row.get("slot", "")) for row in rows if isinstance(row, dict))


@dataclass(frozen=True, slots=True)
class Place:
    """Where the record stands: which leaf, in a log of what size and root, and who signed that."""

    origin: str
    index: int
    size: int
    root: bytes
    signers: tuple[str, ...] = ()
    witnesses: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of verifying a receipt, with every check in its order, and what is not proved."""

    outcome: Outcome
    checks: tuple[Check, ...]
    statement: Statement | None = None
    place: Place | None = None
    limits: tuple[Limit, ...] = ()

    @property
    def failed(self) -> Check | None:
        """The first check that does not hold, if any."""
        return next((check for check in self.checks if check.ok is False), None)

    def to_json(self) -> dict[str, Any]:
        """The same for programs."""
        place = self.place
        return {
            "outcome": self.outcome,
            "checks": [{"code": check.code, "ok": check.ok, **check.values} for check in self.checks],
            "event": dict(self.statement.event) if self.statement else None,
            "place": place
            and {
                "origin": place.origin,
                "index": place.index,
                "size": place.size,
                "root": encode_base64(place.root),
                "signers": list(place.signers),
                "witnesses": [{"name": name, "timestamp": at} for name, at in place.witnesses],
            },
            "not_proved": [{"code": limit.code, **limit.values} for limit in self.limits],
        }


def verify_receipt(data: bytes, policy: Policy | None = None, *, trust: Trust = "given") -> Verification:
    """Whether a receipt file proves that its event is in the log the reader trusts.

    `policy` says which log's key and which witnesses the reader trusts; None if the reader knows no key, and then the
    outcome is at best `unkeyed`. Never raises for any bytes whatever: what does not match is in the checks.
    """
    if policy is None:
        trust = "none"
    return _Reader(policy, trust).read(data)


class _Refused(Exception):
    """Ends the reading at a check nothing can be said beyond."""


@dataclass(slots=True)
class _Reader:
    policy: Policy | None
    trust: Trust
    answers: dict[str, Check] = field(default_factory=dict)
    statement: Statement | None = None
    place: Place | None = None

    def read(self, data: bytes) -> Verification:
        try:
            proof = self._form(data)
            leaf = self._opening(proof)
            signed = self._checkpoint(proof)
            self._inclusion(proof, leaf, signed.checkpoint)
            self._signatures(proof, signed)
        except _Refused:
            pass
        checks = tuple(self.answers.get(code, Check(code, None)) for code in CHECKS)
        failed = next((check for check in checks if check.ok is False), None)
        return Verification(self._outcome(failed), checks, self.statement, self.place, tuple(self._limits(failed)))

    def _outcome(self, failed: Check | None) -> Outcome:
        if failed:
            return "unreadable" if failed.values.get("problem") in _UNREADABLE else "refused"
        return "unkeyed" if self.policy is None else "verified"

    def _answer(self, code: str, ok: bool | None, **values: str | int) -> None:
        self.answers[code] = Check(code, ok, values)

    def _refuse(self, code: str, problem: LedgerError) -> _Refused:
        self._answer(code, False, problem=problem.code, **problem.values)
        return _Refused()

    def _form(self, data: bytes) -> Proof:
        try:
            proof = parse_proof(data)
        except LedgerError as problem:
            raise self._refuse("form", problem) from None
        self._answer("form", True, bytes=len(data))
        return proof

    def _opening(self, proof: Proof) -> bytes:
        try:
            if proof.extra is None:
                raise LedgerError("opening_missing")
            nonce, event_bytes = Opening.split(proof.extra)
            self.statement = Statement(read_event(event_bytes))
        except LedgerError as problem:
            raise self._refuse("opening", problem) from None
        self._answer("opening", True, bytes=len(event_bytes))
        kind = kind_of_type(self.statement.event["type"])
        return leaf_hash(leaf_bytes(event_commitment(nonce, event_bytes), kind))

    def _checkpoint(self, proof: Proof) -> SignedCheckpoint:
        try:
            signed = parse_checkpoint(proof.checkpoint)
        except LedgerError as problem:
            raise self._refuse("checkpoint", problem) from None
        head = signed.checkpoint
        self.place = Place(head.origin, proof.index, head.size, head.root)
        self._answer("checkpoint", True, origin=head.origin, size=head.size)
        return signed

    def _inclusion(self, proof: Proof, leaf: bytes, head: Checkpoint) -> None:
        try:
            root = inclusion_root(leaf, proof.index, head.size, proof.hashes)
        except LedgerError as problem:
            self._refuse("inclusion", problem)
            return
        values: Values = {"index": proof.index, "size": head.size, "leaf": encode_commitment(leaf)}
        if root == head.root:
            self._answer("inclusion", True, **values)
        else:
            expected, found = encode_base64(head.root), encode_base64(root)
            self._answer("inclusion", False, problem="root_mismatch", expected=expected, found=found, **values)

    def _signatures(self, proof: Proof, signed: SignedCheckpoint) -> None:
        policy, note, head = self.policy, signed.note, signed.checkpoint
        if policy is None:
            named = next((line.key_id.hex() for line in note.signatures if line.name == head.origin), "")
            self._answer("signature", None, name=head.origin, key_id=named)
            return
        signers = self._log_signature(policy, signed)
        try:
            seen = note.signers(policy.witnesses.values())
        except LedgerError as problem:
            raise self._refuse("witnesses", problem) from None
        seen_at = tuple((name, seen[key].timestamp) for name, key in policy.witnesses.items() if key in seen)
        self.place = Place(head.origin, proof.index, head.size, head.root, signers, seen_at)
        counted: Values = {"signed": len(seen), "known": len(policy.witnesses), "quorum": policy.quorum}
        if not policy.met_by(seen):
            self._answer("witnesses", False, problem="quorum_unmet", **counted)
        else:
            self._answer("witnesses", True if policy.quorum != "none" else None, **counted)
        if seen_at:
            self._time(min(at for _, at in seen_at))

    def _log_signature(self, policy: Policy, signed: SignedCheckpoint) -> tuple[str, ...]:
        keys = policy.log_named(signed.checkpoint.origin)
        try:
            if not keys:
                trusted = " ".join(sorted({key.name for key in policy.logs}))
                raise LedgerError("log_unknown", expected=trusted, found=signed.checkpoint.origin)
            signers = policy.log_signers(signed.checkpoint.origin, signed.checkpoint.size, signed.note)
            if not signers:
                raise _unsigned(keys, signed)
        except LedgerError as problem:
            self._refuse("signature", problem)
            return ()
        key = next(iter(signers))
        self._answer("signature", True, name=key.name, key_id=key.id.hex(), vkey=str(key))
        return tuple(str(key) for key in signers)

    def _time(self, first_seen: int) -> None:
        if self.statement is None:
            return
        recorded_at = str(self.statement.event["recorded_at"])
        try:
            recorded = datetime.fromisoformat(recorded_at)
        except ValueError:
            recorded = None
        if recorded is None or recorded.tzinfo is None:  # without an offset it would mean another instant elsewhere
            self._answer("time", False, problem="recorded_at_unreadable", found=recorded_at[:40])
            return
        if recorded.timestamp() > first_seen + CLOCK_SKEW_SECONDS:
            self._answer("time", False, problem="recorded_after_witness", recorded_at=recorded_at, seen=first_seen)
        else:
            self._answer("time", True, recorded_at=recorded_at, seen=first_seen)

    def _limits(self, failed: Check | None) -> list[Limit]:
        if failed or self.statement is None:
            return []
        limits = [Limit("truth"), Limit("later")]
        if sealed := self.statement.sealed:
            limits.append(Limit("sealed", {"count": len(sealed), "slots": ", ".join(sealed)}))
        if self.policy is None or not (self.place and self.place.witnesses):
            limits.append(Limit("no_witnesses"))
        limits.append(Limit(f"key_{self.trust}", {"name": self.place.origin if self.place else ""}))
        return limits


def _unsigned(keys: tuple[VerifierKey, ...], signed: SignedCheckpoint) -> LedgerError:
    name, expected = keys[0].name, " ".join(key.id.hex() for key in keys)
    found = " ".join(line.key_id.hex() for line in signed.note.signatures if line.name == name)
    if found:
        return LedgerError("signature_other_key", name=name, expected=expected, found=found)
    return LedgerError("signature_missing", name=name, expected=expected)


def read_event(event_bytes: bytes) -> dict[str, Any]:
    """The event in its bytes, for showing only: what is hashed are the bytes themselves, never a second writing.

    Keys this version does not know are kept. Raises LedgerError `event_unreadable` (not UTF-8, not one JSON object, a
    key twice), `event_incomplete` (with the missing keys).
    """
    try:
        event = json.loads(event_bytes.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
        json.dumps(event, ensure_ascii=False).encode("utf-8")  # half a surrogate pair could be shown by nobody
    except (ValueError, RecursionError):
        raise LedgerError("event_unreadable") from None
    if not isinstance(event, dict):
        raise LedgerError("event_unreadable")
    missing = [key for key in REQUIRED if event.get(key) in (None, "")]
    if missing:
        raise LedgerError("event_incomplete", expected=" ".join(missing))
    return event


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError
    return read


def _no_constant(name: str) -> Any:
    raise ValueError(name)
