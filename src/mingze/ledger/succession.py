"""How a log changes its key and stays the same log: announced in the log under the old key, ended in the log under the new.

    … ──────────────┬────────────────────────────┬──────────────────► leaves
                  next_key                    key_end
    old key signs ──────────────────────────────┤
                    ├── new key signs ──────────────────────────────►

A key counts for checkpoints that include the leaf that announced it, and for none that includes the leaf that ended it. So
whoever knows only the old key needs no word of anybody to trust the next one: the announcement is a record of the log
like any other, its proof is a receipt under the old key, and in it both keys have signed the handing over. A key that no
leaf announced is no key of the log; nor is one announced in another tree, because its proof does not lead to a root that
the old key (and the reader's witnesses) signed.

What this cannot show: whoever holds a stolen old key and can have it cosigned announces keys too, until its end is recorded.

Pure: seeds, records and receipts are arguments. The file format is in `docs/formats/governance.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from mingze.ledger.errors import LedgerError
from mingze.ledger.note import ED25519, VerifierKey, format_note, parse_note, parse_vkey, sign, vkey
from mingze.ledger.policy import Policy, Span
from mingze.ledger.proof import parse_proof
from mingze.ledger.receipt import verify_receipt

NEXT_KEY: Final = "next_key"
KEY_END: Final = "key_end"


def handover_text(origin: str, next_vkey: str) -> bytes:
    """What both keys sign."""
    return f"{origin} is signed from here on by\n{next_vkey}\n".encode()


def next_key_facts(origin: str, old_seed: bytes, new_seed: bytes, reason: str) -> dict[str, str]:
    """The facts of the record that announces a key."""
    made = vkey(origin, new_seed)
    text = handover_text(origin, made)
    note = format_note(text, [sign(text, origin, old_seed), sign(text, origin, new_seed)])
    before = vkey(origin, old_seed)
    return {"origin": origin, "vkey": made, "before": before, "signed": note.decode(), "reason": reason}


def key_end_facts(origin: str, old: VerifierKey, after: VerifierKey) -> dict[str, str]:
    """The facts of the record that ends a key."""
    return {"origin": origin, "vkey": str(old), "after": str(after)}


def policy_after(policy: Policy, records: Iterable[tuple[int, Mapping[str, Any]]]) -> Policy:
    """Whom to trust after these governance records (index of the leaf, event), which the reader has verified.

    Records of other kinds are passed over. Raises LedgerError `succession_unknown` (the key before is not one the reader
    trusts for a checkpoint with this leaf), `succession_unsigned` (not both keys have signed the handing over).
    """
    for index, event in records:
        facts = event.get("facts")
        if event.get("type") != "governed" or not isinstance(facts, dict):
            continue
        if event.get("action") == NEXT_KEY:
            policy = _announced(policy, index, facts)
        elif event.get("action") == KEY_END:
            policy = _ended(policy, index, facts)
    return policy


def policy_with(policy: Policy, receipts: Iterable[bytes]) -> Policy:
    """Whom to trust who was shown these receipts of announcements and ends, in whatever order.

    Each must be verified under the policy as the ones before it in the log have left it, witnesses included.

    Raises LedgerError as `policy_after`; `succession_refused` (with the `problem` of the receipt), `succession_other`
    (a good receipt of something else), and what `parse_proof` raises.
    """
    for _, receipt in sorted((parse_proof(it).index, it) for it in receipts):
        found = verify_receipt(receipt, policy)
        if found.outcome != "verified" or found.statement is None or found.place is None:
            failed = found.failed
            raise LedgerError("succession_refused", problem=str(failed.values.get("problem", "")) if failed else "")
        event = found.statement.event
        if event["type"] != "governed" or event.get("action") not in (NEXT_KEY, KEY_END):
            raise LedgerError("succession_other", found=str(event.get("action") or event["type"])[:40])
        policy = policy_after(policy, [(found.place.index, event)])
    return policy


def _announced(policy: Policy, index: int, facts: Mapping[str, Any]) -> Policy:
    origin = str(facts.get("origin", ""))
    before, key = _key(facts, "before", origin), _key(facts, "vkey", origin)
    if before not in policy.logs or not policy.span_of(before).holds(index + 1):
        raise LedgerError("succession_unknown", name=origin, found=before.id.hex())
    try:
        note = parse_note(str(facts.get("signed", "")).encode())
        both = len(note.signers([before, key])) == 2 and note.text == handover_text(origin, str(key))
    except LedgerError:
        both = False
    if not both:
        raise LedgerError("succession_unsigned", name=origin, found=key.id.hex())
    if key in policy.logs:
        return policy
    spans = {**policy.spans, before: policy.span_of(before), key: Span(index + 1)}
    return replace(policy, logs=(*policy.logs, key), spans=spans)


def _ended(policy: Policy, index: int, facts: Mapping[str, Any]) -> Policy:
    origin = str(facts.get("origin", ""))
    old, after = _key(facts, "vkey", origin), _key(facts, "after", origin)
    span = policy.span_of(old)
    trusted = old in policy.logs and after in policy.logs and old != after
    if not trusted or index < span.first or not policy.span_of(after).holds(index + 1):
        raise LedgerError("succession_unknown", name=origin, found=after.id.hex())
    last = index if span.last is None else min(index, span.last)
    return replace(policy, spans={**policy.spans, old: Span(span.first, last)})


def _key(facts: Mapping[str, Any], name: str, origin: str) -> VerifierKey:
    key = parse_vkey(str(facts.get(name, ""))[:400])
    if key.type != ED25519 or key.name != origin:
        raise LedgerError("succession_unknown", name=origin[:80], found=key.name[:80])
    return key
