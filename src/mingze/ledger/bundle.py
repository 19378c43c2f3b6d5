"""A case bundle: every record of one case, each with its opening and its proof, in one file that needs nothing else.

    {"format": "mingze-case-bundle/v1", "case": "01JD…", "number": "明源建〔2026〕0007号",
     "checkpoint": "log.mingyuan.example/mingze/1\\n11\\n…",
     "records": [{"n": 1, "index": 3, "nonce": "<base64>", "event": "{\\"action\\":…}", "path": ["<base64>", …]}, …],
     "parts": [{"n": 1, "slot": "narrative", "nonce": "<base64>", "text": "{\\"matter\\":…}"}, …],
     "explanations": [ … how each date came about … ]}

Verifying makes of each record the receipt it is (`receipt.py`) and asks two questions more: are the records of one case, in
order, each naming the leaf of the one before (so none was left out between), and is each opened part the one its record
committed to? The last records of a case can be missing without a trace: the bundle says up to which record it goes.

Formats: `docs/formats/bundle.md`. Pure: the reader's policy is an argument, nothing is fetched.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mingze.ledger.errors import LedgerError
from mingze.ledger.leaf import encode_commitment, event_commitment, leaf_bytes, leaf_hash, slot_commitment
from mingze.ledger.note import decode_base64, encode_base64
from mingze.ledger.policy import Policy
from mingze.ledger.proof import PROOF_LIMIT, Opening, format_proof
from mingze.ledger.receipt import CHECKS, Check, Limit, Outcome, Place, Statement, Trust, Verification, verify_receipt

FORMAT: Final = "mingze-case-bundle/v1"
SUFFIX: Final = ".mingze-case.json"
BUNDLE_LIMIT: Final = 16 << 20
"""Bytes in the largest bundle that is read."""

RECORD_LIMIT: Final = 10_000

BUNDLE_CHECKS: Final = (
    "form",
    "opening",
    "checkpoint",
    "inclusion",
    "signature",
    "witnesses",
    "time",
    "chain",
    "parts",
)
"""The questions of a receipt, asked of every record, and the two that only a bundle can answer."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the case: its place in the log, its opening, and the hashes up to the root."""

    n: int
    index: int
    nonce: bytes
    event: bytes
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class PartOpened:
    """One sealed part of a record, opened: what was entered, or name, size and SHA-256 of an attachment."""

    n: int
    slot: str
    nonce: bytes
    text: bytes


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle as read; nothing is verified yet."""

    case: str
    number: str
    checkpoint: bytes
    records: tuple[Record, ...]
    parts: tuple[PartOpened, ...]
    explanations: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class BundleVerification:
    """The outcome for a whole case: each check with the first record it fails for, and what is not proved."""

    outcome: Outcome
    checks: tuple[Check, ...]
    statements: tuple[Statement, ...] = ()
    parts: tuple[PartOpened, ...] = ()
    place: Place | None = None
    limits: tuple[Limit, ...] = ()

    @property
    def failed(self) -> Check | None:
        """The first check that does not hold, if any."""
        return next((check for check in self.checks if check.ok is False), None)

    def to_json(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "outcome": self.outcome,
            "checks": [{"code": check.code, "ok": check.ok, **check.values} for check in self.checks],
            "events": [dict(statement.event) for statement in self.statements],
            "parts": [{"n": part.n, "slot": part.slot, "text": part.text.decode()} for part in self.parts],
            "not_proved": [{"code": limit.code, **limit.values} for limit in self.limits],
        }


def format_bundle(bundle: Bundle) -> bytes:
    """The bundle as a file: JSON in UTF-8, one line for each record, readable by people too."""
    value = {
        "format": FORMAT,
        "case": bundle.case,
        "number": bundle.number,
        "checkpoint": bundle.checkpoint.decode("utf-8"),
        "records": [
            {
                "n": record.n,
                "index": record.index,
                "nonce": encode_base64(record.nonce),
                "event": record.event.decode("utf-8"),
                "path": [encode_base64(value) for value in record.path],
            }
            for record in bundle.records
        ],
        "parts": [
            {"n": part.n, "slot": part.slot, "nonce": encode_base64(part.nonce), "text": part.text.decode("utf-8")}
            for part in bundle.parts
        ],
        "explanations": list(bundle.explanations),
    }
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def is_bundle(data: bytes) -> bool:
    """Whether a file looks like a bundle rather than a receipt; a damaged bundle still does."""
    return data.lstrip()[:1] == b"{"


def parse_bundle(data: bytes) -> Bundle:
    """Read a bundle; nothing is verified yet.

    Raises LedgerError `bundle_too_large`, `bundle_unreadable` (not one JSON object, a key twice), `bundle_format` (another
    version), `bundle_part` (with the place that is malformed), `bundle_empty`.
    """
    if len(data) > BUNDLE_LIMIT:
        raise LedgerError("bundle_too_large", expected=BUNDLE_LIMIT, found=len(data))
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_once)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise LedgerError("bundle_unreadable") from None
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        found = value.get("format") if isinstance(value, dict) else ""
        raise LedgerError("bundle_format", expected=FORMAT, found=str(found)[:40])
    records = tuple(_record(row, place) for place, row in enumerate(_rows(value, "records")))
    if not records:
        raise LedgerError("bundle_empty")
    parts = tuple(_part(row, place) for place, row in enumerate(_rows(value, "parts")))
    return Bundle(
        _text(value, "case", "case"),
        _text(value, "number", "number"),
        _text(value, "checkpoint", "checkpoint").encode(),
        records,
        parts,
        value.get("explanations") or (),
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError
    return read


def _rows(value: Mapping[str, Any], name: str) -> list[Any]:
    rows = value.get(name)
    if not isinstance(rows, list) or len(rows) > RECORD_LIMIT:
        raise LedgerError("bundle_part", place=name)
    return rows


def _record(row: Any, place: int) -> Record:
    where = f"records[{place}]"
    row = row if isinstance(row, dict) else {}
    path = row.get("path")
    if not isinstance(path, list) or len(path) > 64:
        raise LedgerError("bundle_part", place=f"{where}.path")
    return Record(
        _number(row, "n", where),
        _number(row, "index", where),
        _bytes(row.get("nonce"), f"{where}.nonce"),
        _text(row, "event", f"{where}.event").encode(),
        tuple(_bytes(value, f"{where}.path") for value in path),
    )


def _part(row: Any, place: int) -> PartOpened:
    where = f"parts[{place}]"
    row = row if isinstance(row, dict) else {}
    return PartOpened(
        _number(row, "n", where),
        _text(row, "slot", where),
        _bytes(row.get("nonce"), where),
        _text(row, "text", where).encode(),
    )


def _number(row: Mapping[str, Any], name: str, where: str) -> int:
    value = row.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 53:
        raise LedgerError("bundle_part", place=f"{where}.{name}")
    return value


def _text(row: Mapping[str, Any], name: str, where: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise LedgerError("bundle_part", place=where)
    return value


def _bytes(value: Any, where: str) -> bytes:
    try:
        return decode_base64(value if isinstance(value, str) else "", size=32)
    except LedgerError:
        raise LedgerError("bundle_part", place=where) from None


def verify_bundle(data: bytes, policy: Policy | None = None, *, trust: Trust = "given") -> BundleVerification:
    """Whether a bundle proves that its records are in the log the reader trusts, and are one case without a gap.

    Never raises for any bytes whatever: what does not match is in the checks.
    """
    try:
        bundle = parse_bundle(data)
    except LedgerError as problem:
        first = Check("form", False, {"problem": problem.code, **problem.values})
        rest = tuple(Check(code, None) for code in BUNDLE_CHECKS[1:])
        unreadable = problem.code in ("bundle_format", "bundle_too_large")
        return BundleVerification("unreadable" if unreadable else "refused", (first, *rest))
    receipts = [_receipt(record, bundle.checkpoint, policy, trust) for record in bundle.records]
    answers = {code: _of_all(code, bundle, receipts) for code in CHECKS}
    if answers["form"].ok:
        answers["form"] = Check("form", True, {"bytes": len(data)})
    statements = tuple(receipt.statement for receipt in receipts if receipt.statement)
    if len(statements) == len(receipts):
        answers["chain"] = _chain(bundle, statements)
        answers["parts"] = _parts(bundle, statements)
    checks = tuple(answers.get(code, Check(code, None)) for code in BUNDLE_CHECKS)
    failed = next((check for check in checks if check.ok is False), None)
    outcome: Outcome = "refused" if failed else "unkeyed" if policy is None else "verified"
    limits = () if failed else _limits(bundle, receipts)
    return BundleVerification(outcome, checks, statements, bundle.parts, receipts[-1].place, limits)


def _receipt(record: Record, checkpoint: bytes, policy: Policy | None, trust: Trust) -> Verification:
    try:
        proof = format_proof(record.index, record.path, checkpoint, Opening.join(record.nonce, record.event))
    except LedgerError:
        proof = bytes(PROOF_LIMIT + 1)  # a record no proof file could hold is refused as one
    return verify_receipt(proof, policy, trust=trust)


def _of_all(code: str, bundle: Bundle, receipts: Sequence[Verification]) -> Check:
    """One check over all records: the first that fails, else the first that was left open, else that all passed."""
    place = CHECKS.index(code)
    answers = [(record.n, receipt.checks[place]) for record, receipt in zip(bundle.records, receipts, strict=True)]
    for wanted in (False, None):
        for n, check in answers:
            if check.ok is wanted:
                return Check(code, wanted, {**check.values, "record": n} if wanted is False else dict(check.values))
    return Check(code, True, {**answers[-1][1].values, "records": len(answers)})


def _chain(bundle: Bundle, statements: Sequence[Statement]) -> Check:
    """Records of one case, numbered from 1 without a gap, each naming the leaf of the one before."""
    previous, last_index = None, -1
    first = statements[0].event
    for place, (record, statement) in enumerate(zip(bundle.records, statements, strict=True), 1):
        event = statement.event
        if event["case"] != bundle.case or event["authority"] != first["authority"]:
            return Check(
                "chain", False, {"problem": "bundle_other_case", "record": record.n, "found": str(event["case"])}
            )
        if record.n != place or event["n"] != place:
            return Check(
                "chain", False, {"problem": "bundle_gap", "expected": place, "found": record.n, "record": place}
            )
        if event.get("previous") != previous or record.index <= last_index:
            return Check("chain", False, {"problem": "bundle_chain", "record": place})
        previous = encode_commitment(leaf_hash(leaf_bytes(event_commitment(record.nonce, record.event))))
        last_index = record.index
    return Check("chain", True, {"records": len(statements)})


def _parts(bundle: Bundle, statements: Sequence[Statement]) -> Check:
    """Every opened part is the one its record committed to."""
    if not bundle.parts:
        return Check("parts", None)
    for part in bundle.parts:
        try:
            found = encode_commitment(slot_commitment(part.nonce, part.slot, part.text))
        except LedgerError:
            found = ""
        listed = statements[part.n - 1].event.get("sealed") if 0 < part.n <= len(statements) else None
        rows = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
        if not found or {"slot": part.slot, "commitment": found} not in [
            {"slot": row.get("slot"), "commitment": row.get("commitment")} for row in rows
        ]:
            return Check("parts", False, {"problem": "bundle_part_differs", "record": part.n, "slot": part.slot})
    return Check("parts", True, {"parts": len(bundle.parts)})


def _limits(bundle: Bundle, receipts: Sequence[Verification]) -> tuple[Limit, ...]:
    kept = [limit for limit in receipts[-1].limits if limit.code not in ("later", "sealed")]
    opened = {(part.n, part.slot) for part in bundle.parts}
    closed = [
        slot
        for n, receipt in enumerate(receipts, 1)
        for slot in (receipt.statement.sealed if receipt.statement else ())
        if (n, slot) not in opened
    ]
    more = [Limit("bundle_later", {"n": len(receipts)}), Limit("bundle_explanations")]
    if closed:
        more.append(Limit("sealed", {"count": len(closed), "slots": ", ".join(dict.fromkeys(closed))}))
    return (kept[0], *more, *kept[1:])
