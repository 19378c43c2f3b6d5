"""A receipt proves what it says, and whatever has been done to it is noticed and named."""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingze.ledger import (
    Checkpoint,
    LedgerError,
    Opening,
    Policy,
    cosign,
    event_commitment,
    format_note,
    format_proof,
    inclusion_root,
    leaf_bytes,
    leaf_hash,
    parse_checkpoint,
    parse_note,
    parse_proof,
    parse_vkey,
    read_event,
    sign,
    sign_checkpoint,
    verify_receipt,
    vkey,
)
from mingze.ledger.receipt import CHECKS

SPEC_EXAMPLE = """c2sp.org/tlog-proof@v1
extra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6kYXJ3aW4tYXJ
index 73894
gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=

example.com/fancylog
"""
"""The head of the example of C2SP tlog-proof; its extra data is not padded, so it is read here without them."""


def test_the_specifications_layout_is_read() -> None:
    """Index, hashes and the checkpoint's text are found where the specification puts them."""
    proof = parse_proof("\n".join(line for line in SPEC_EXAMPLE.split("\n") if "extra" not in line).encode())
    assert (proof.index, len(proof.hashes), proof.extra) == (73894, 2, None)
    assert proof.checkpoint == b"example.com/fancylog\n"


def test_every_record_of_a_log_has_a_receipt_that_verifies(make_log: Callable) -> None:
    """For logs of one to twenty records, the receipt of each is verified, and says which record it is of."""
    for size in range(1, 21):
        log = make_log(size)
        for index in range(size):
            verified = verify_receipt(log.receipt(index), log.policy)
            assert (verified.outcome, verified.failed) == ("verified", None)
            assert verified.statement and verified.statement.event["n"] == index
            assert verified.place and (verified.place.index, verified.place.size) == (index, size)


def test_a_receipt_states_the_facts_of_its_event(log) -> None:
    """Authority, case, number, times, procedure, clocks with due dates and the names of sealed parts are given."""
    verified = verify_receipt(log.receipt(3), log.policy)
    assert verified.statement
    assert verified.statement.facts == {
        "authority": "mingyuan",
        "case": "01JD9ZK4Q7Y8V3T5N6M2X1C0B4",
        "n": "3",
        "type": "acted",
        "action": "file",
        "occurred_at": "2026-11-23T10:30:00+08:00",
        "recorded_at": "2026-11-23T10:30:00.125000+08:00",
        "stage": "received",
        "procedure": "suggestion",
        "procedure_hash": "sha256:" + "ab" * 32,
        "calendar": "cn-2026.1",
    }
    (clock,) = verified.statement.clocks
    assert (clock.name, clock.op, clock.due, clock.provisional) == ("answer", "start", "2026-12-14", False)
    assert verified.statement.sealed == ("narrative",)


def test_what_is_not_proved_is_said(log) -> None:
    """A verified receipt still says: not its truth, not the sequel, not the sealed parts, no witness, whose key."""
    verified = verify_receipt(log.receipt(3), log.policy)
    assert [limit.code for limit in verified.limits] == ["truth", "later", "sealed", "no_witnesses", "key_given"]
    assert verify_receipt(log.receipt(3), log.policy, trust="beside").limits[-1].code == "key_beside"
    witnessed = verify_receipt(log.receipt(3, "audit"), log.policy_asking("any"))
    assert "no_witnesses" not in [limit.code for limit in witnessed.limits]


def test_without_a_key_nothing_is_verified(log) -> None:
    """A receipt that agrees with itself is not a proof: without a key the outcome says so and gives the key's name."""
    unkeyed = verify_receipt(log.receipt(3))
    assert unkeyed.outcome == "unkeyed"
    answers = {check.code: check.ok for check in unkeyed.checks}
    assert answers["inclusion"] is True
    assert answers["signature"] is None
    assert unkeyed.limits[-1].code == "key_none"
    changed = log.receipt(3).replace(b"index 3", b"index 4")
    assert verify_receipt(changed).outcome == "refused"


def test_witnesses_are_counted_against_what_the_reader_asks(log) -> None:
    """One of two is enough for `any`, not for `all`; none is not enough for `any`."""
    counted = {
        (quorum, names): verify_receipt(log.receipt(5, *names), log.policy_asking(quorum)).outcome
        for quorum in ("any", "all")
        for names in ((), ("audit",), ("library", "audit"))
    }
    assert counted == {
        ("any", ()): "refused",
        ("any", ("audit",)): "verified",
        ("any", ("library", "audit")): "verified",
        ("all", ()): "refused",
        ("all", ("audit",)): "refused",
        ("all", ("library", "audit")): "verified",
    }


def test_a_record_dated_after_its_witness_is_refused(make_log, make_event) -> None:
    """A witness that saw the record before it was written shows its time to be false; five minutes are allowed."""
    log = make_log(2, lambda n: make_event(n, recorded_at="2026-11-23T10:45:00+08:00"))
    policy = log.policy_asking("any")
    assert verify_receipt(log.receipt(1, "audit"), policy).outcome == "verified"
    late = verify_receipt(log.receipt(1, "audit", seen=1_795_401_599), policy)
    assert late.failed and (late.failed.code, late.failed.values["problem"]) == ("time", "recorded_after_witness")
    for text in ("yesterday", "2026-11-23T10:30:00"):  # the second has no offset
        odd = make_log(1, lambda n, text=text: make_event(n, recorded_at=text))
        refused = verify_receipt(odd.receipt(0, "audit"), policy)
        assert refused.failed and refused.failed.values["problem"] == "recorded_at_unreadable"


def test_unknown_keys_of_an_event_are_kept(make_log, make_event) -> None:
    """An event of a later version, with keys and a form of clocks this one does not know, still verifies."""
    log = make_log(1, lambda n: make_event(n, schema=9, novel={"deep": [1]}, clocks={"a": 1}, sealed=None))
    verified = verify_receipt(log.receipt(0), log.policy)
    assert verified.outcome == "verified"
    assert verified.statement and verified.statement.event["novel"] == {"deep": [1]}
    assert (verified.statement.clocks, verified.statement.sealed) == ((), ())


def test_the_bytes_are_never_written_anew(make_log) -> None:
    """An event that is not in canonical form is proved as it stands: spaces and order of keys are part of it."""
    odd = b'{ "type":"acted", "n": 0,"case":"c","authority":"m", "recorded_at" :"2026-11-23T10:30:00+08:00"}'
    log = make_log(1, lambda n: odd)
    assert verify_receipt(log.receipt(0), log.policy).outcome == "verified"


EVENTS = {
    "not JSON": (b"{", "event_unreadable"),
    "a list": (b"[]", "event_unreadable"),
    "not UTF-8": (b'{"a":"\xff"}', "event_unreadable"),
    "a key twice": (b'{"n":1,"n":2}', "event_unreadable"),
    "not a number": (b'{"n":NaN}', "event_unreadable"),
    "half a character": (b'{"a":"\\ud800"}', "event_unreadable"),
    "endlessly deep": (b"[" * 200_000, "event_unreadable"),
    "an endless number": (b'{"n":' + b"9" * 10_000 + b"}", "event_unreadable"),
    "nothing said": (b"{}", "event_incomplete"),
    "no time": (b'{"authority":"m","case":"c","n":1,"type":"acted"}', "event_incomplete"),
}


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_that_says_nothing_readable_is_refused(name: str, make_log) -> None:
    """Even when the log holds it, bytes that state nothing are no receipt."""
    data, code = EVENTS[name]
    with pytest.raises(LedgerError) as refused:
        read_event(data)
    assert refused.value.code == code
    log = make_log(1, lambda n: data)
    verification = verify_receipt(log.receipt(0), log.policy)
    assert verification.failed and verification.failed.code == "opening"
    assert verification.failed.values["problem"] == code


def _swap(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    return change


def _lines(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[bytes], bytes]:
    return lambda data: b"\n".join(change(data.split(b"\n")))


def _without(start: bytes) -> Callable[[bytes], bytes]:
    return _lines(lambda lines: [line for line in lines if not line.startswith(start)])


def _altered(log, old: bytes, new: bytes) -> bytes:
    nonce, event_bytes = log.records[3]
    assert old in event_bytes
    return Opening.join(nonce, event_bytes.replace(old, new))


def _loosened(line: bytes) -> bytes:
    """The same bytes in base64 whose unused low bits are not nought."""
    letters = len(line.rstrip(b"="))
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return line[: letters - 1] + bytes([alphabet[alphabet.index(line[letters - 1]) ^ 1]]) + line[letters:]


def _with(log, index: int, *, opening: bytes | None = None, note: bytes | None = None, at: int | None = None) -> bytes:
    return format_proof(
        index if at is None else at,
        log.proof(index),
        note or log.checkpoint("audit", "library"),
        opening or Opening.join(*log.records[index]),
    )


def _resigned(log, name: str, seed: bytes) -> bytes:
    text = parse_note(log.checkpoint()).text
    return format_note(text, [sign(text, name, seed)])


TAMPERED: dict[str, tuple[Callable, str, str]] = {
    # what was done: (log, make_log, make_event) to the file; the check that must fail; its problem
    "the answer's due date moved": (
        lambda log, *_: _with(log, 3, opening=_altered(log, b"12-14", b"12-24")),
        "inclusion",
        "root_mismatch",
    ),
    "the time of recording moved": (
        lambda log, *_: _with(log, 3, opening=_altered(log, b".125", b".126")),
        "inclusion",
        "root_mismatch",
    ),
    "another nonce": (
        lambda log, *_: _with(log, 3, opening=Opening.join(bytes(32), log.records[3][1])),
        "inclusion",
        "root_mismatch",
    ),
    "another record's opening": (
        lambda log, *_: _with(log, 3, opening=Opening.join(*log.records[4])),
        "inclusion",
        "root_mismatch",
    ),
    "the event written anew with spaces": (
        lambda log, *_: _with(log, 3, opening=Opening.join(log.records[3][0], log.records[3][1] + b" ")),
        "inclusion",
        "root_mismatch",
    ),
    "a record that was never logged": (
        lambda log, make_log, make_event: _with(log, 3, opening=Opening.join(bytes(32), make_event(99))),
        "inclusion",
        "root_mismatch",
    ),
    "another index": (lambda log, *_: _with(log, 3, at=2), "inclusion", "root_mismatch"),
    "an index beyond the log": (lambda log, *_: _with(log, 3, at=11), "inclusion", "index_out_of_range"),
    "an enormous index": (lambda log, *_: _with(log, 3, at=10**18), "inclusion", "index_out_of_range"),
    "a hash left out": (lambda log, *_: _lines(lambda it: it[:3] + it[4:])(_with(log, 3)), "inclusion", "proof_length"),
    "a hash twice": (lambda log, *_: _lines(lambda it: it[:4] + it[3:])(_with(log, 3)), "inclusion", "proof_length"),
    "two hashes swapped": (
        lambda log, *_: _lines(lambda it: [*it[:3], it[4], it[3], *it[5:]])(_with(log, 3)),
        "inclusion",
        "root_mismatch",
    ),
    "the log's size changed": (
        lambda log, *_: _swap(b"\n11\n", b"\n12\n")(_with(log, 3)),
        "signature",
        "signature_bad",
    ),
    "a root to fit a false record": (
        lambda log, make_log, make_event: _false_root(log, make_event),
        "signature",
        "signature_bad",
    ),
    "the checkpoint of a shorter log": (
        lambda log, make_log, _: _with(log, 3, note=make_log(5).checkpoint("audit", "library")),
        "inclusion",
        "proof_length",
    ),
    "the checkpoint of another history": (
        lambda log, make_log, make_event: _with(
            log, 3, note=make_log(11, lambda n: make_event(n, facts={})).checkpoint("audit", "library")
        ),
        "inclusion",
        "root_mismatch",
    ),
    "signed by another key under the same name": (
        lambda log, *_: _with(log, 3, note=_resigned(log, log.key.name, bytes(32))),
        "signature",
        "signature_other_key",
    ),
    "signed by another log": (
        lambda log, *_: _with(log, 3, note=_resigned(log, "log.other.example/mingze/1", bytes(32))),
        "signature",
        "signature_missing",
    ),
    "another log's checkpoint altogether": (
        lambda log, *_: _with(log, 3, note=_elsewhere(log)),
        "signature",
        "log_unknown",
    ),
    "the log's signature removed": (
        lambda log, *_: _without("— log".encode())(_with(log, 3)),
        "signature",
        "signature_missing",
    ),
    "the log's signature under a witness's name": (
        lambda log, *_: _swap("— log.mingyuan.example/mingze/1 ".encode(), "— library.example/witness ".encode())(
            _with(log, 3)
        ),
        "signature",
        "signature_missing",
    ),
    "one bit of the log's signature": (lambda log, *_: _flip_signature(_with(log, 3)), "signature", "signature_bad"),
    "one bit of a witness's signature": (
        lambda log, *_: _flip_signature(_with(log, 3), b"witness.audit"),
        "witnesses",
        "signature_bad",
    ),
    "a witness of another tree": (lambda log, make_log, _: _borrowed(log, make_log(10)), "witnesses", "signature_bad"),
    "witnesses removed": (lambda log, *_: log.receipt(3), "witnesses", "quorum_unmet"),
    "an extension line": (
        lambda log, *_: _swap(b"=\n\n\xe2\x80\x94", b"=\nextension\n\n\xe2\x80\x94")(_with(log, 3)),
        "checkpoint",
        "checkpoint_extension",
    ),
    "the opening removed": (
        lambda log, *_: _without(b"extra")(_with(log, 3)),
        "opening",
        "opening_missing",
    ),
    "only a nonce as opening": (lambda log, *_: _with(log, 3, opening=bytes(32)), "opening", "opening_short"),
    "line endings converted": (
        lambda log, *_: _with(log, 3).replace(b"\n", b"\r\n"),
        "form",
        "proof_line_endings",
    ),
    "cut off in the middle": (lambda log, *_: _with(log, 3)[:600], "form", "proof_unfinished"),
    "cut off at the signatures": (lambda log, *_: _with(log, 3)[:-30], "checkpoint", "note_malformed"),
    "something appended": (lambda log, *_: _with(log, 3) + b"more\n", "checkpoint", "signature_line"),
    "a blank line appended": (lambda log, *_: _with(log, 3) + b"\n", "checkpoint", "note_malformed"),
    "index with a leading zero": (lambda log, *_: _swap(b"index 3", b"index 03")(_with(log, 3)), "form", "proof_index"),
    "extra after index": (
        lambda log, *_: _lines(lambda it: [it[0], it[2], it[1], *it[3:]])(_with(log, 3)),
        "form",
        "proof_hash",
    ),
    "extra twice": (lambda log, *_: _lines(lambda it: [it[0], it[1], *it[1:]])(_with(log, 3)), "form", "proof_index"),
    "padding of extra removed": (
        lambda log, *_: _lines(lambda it: [it[0], it[1].rstrip(b"=") + b"\t", *it[2:]])(_with(log, 3)),
        "form",
        "proof_extra",
    ),
    "loose base64 in a hash": (
        lambda log, *_: _lines(lambda it: [*it[:3], _loosened(it[3]), *it[4:]])(_with(log, 3)),
        "form",
        "proof_hash",
    ),
}


def _false_root(log, make_event) -> bytes:
    nonce, false = bytes(32), make_event(3, stages=["closed"])
    root = inclusion_root(leaf_hash(leaf_bytes(event_commitment(nonce, false))), 3, 11, log.proof(3))
    note = parse_note(log.checkpoint("audit", "library"))
    text = Checkpoint(log.key.name, 11, root).text()
    return _with(log, 3, opening=Opening.join(nonce, false), note=format_note(text, note.signatures))


def _elsewhere(log) -> bytes:
    head = parse_checkpoint(log.checkpoint()).checkpoint
    return sign_checkpoint(Checkpoint("log.other.example/mingze/1", head.size, head.root), bytes(32))


def _flip_signature(data: bytes, line: bytes = b"log.mingyuan") -> bytes:
    at = data.index("— ".encode() + line)
    start = data.index(b" ", at + 4) + 1
    end = data.index(b"\n", start)
    raw = bytearray(base64.b64decode(data[start:end]))
    raw[40] ^= 1
    return data[:start] + base64.b64encode(raw) + data[end:]


def _borrowed(log, shorter) -> bytes:
    note, other = parse_note(log.checkpoint()), parse_note(shorter.checkpoint("audit", "library"))
    return _with(log, 3, note=format_note(note.text, [*note.signatures, *other.signatures[1:]]))


@pytest.mark.parametrize("name", TAMPERED)
def test_tampering_is_refused_and_named(name: str, log, make_log, make_event) -> None:
    """Each way of falsifying a receipt is refused by the check it concerns, with what does not match."""
    tamper, check, problem = TAMPERED[name]
    policy = log.policy_asking("any")
    assert verify_receipt(_with(log, 3), policy).outcome == "verified"
    refused = verify_receipt(tamper(log, make_log, make_event), policy)
    assert refused.outcome == "refused"
    assert refused.failed and (refused.failed.code, refused.failed.values["problem"]) == (check, problem)
    assert refused.limits == ()


def test_there_are_at_least_twenty_four_ways_of_tampering() -> None:
    """The table above covers the published count of tamper classes."""
    assert len(TAMPERED) >= 24


def test_a_rewritten_and_resigned_log_still_needs_its_own_receipts(log, make_log, make_event) -> None:
    """An authority that rewrites its log and signs it again cannot make an old receipt lie, nor unmake it."""
    rewritten = make_log(11, lambda n: make_event(n, stages=["closed" if n == 3 else "received"]))
    assert verify_receipt(log.receipt(3), log.policy).outcome == "verified"
    assert verify_receipt(rewritten.receipt(3), log.policy).outcome == "verified"
    old, new = (parse_checkpoint(it.checkpoint()).checkpoint for it in (log, rewritten))
    assert (old.origin, old.size) == (new.origin, new.size)
    assert old.root != new.root  # two receipts beside each other are the evidence


def test_when_both_content_and_signature_are_false_both_are_said(log) -> None:
    """Checks that do not depend on each other are all made, so the reader learns everything that is wrong."""
    data = _flip_signature(_with(log, 3, at=2))
    failed = [check.code for check in verify_receipt(data, log.policy).checks if check.ok is False]
    assert failed == ["inclusion", "signature"]


def test_a_key_change_is_followed_by_a_policy_with_both_keys(log) -> None:
    """While a log's key is being changed, a policy may name the old and the new key; either signature is enough."""
    new = parse_vkey(vkey(log.key.name, b"\1" * 32))
    note = parse_note(log.checkpoint())
    both = format_note(note.text, [*note.signatures, sign(note.text, new.name, b"\1" * 32)])
    for keys in ((log.key,), (new,), (log.key, new)):
        assert verify_receipt(_with(log, 3, note=both), Policy(keys)).outcome == "verified"


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 100, b"PK\x03\x04", "路灯坏了".encode(), b"x" * (2 << 20), b"c2sp.org/tlog-proof@v2\n"]
)
def test_what_is_not_a_receipt_is_called_unreadable(data: bytes, log) -> None:
    """An empty, foreign or enormous file is not "refused" but no receipt at all."""
    assert verify_receipt(data, log.policy).outcome == "unreadable"


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_fail(data: bytes) -> None:
    """Any bytes after the first line give an answer with every check in its order, never an exception."""
    verification = verify_receipt(b"c2sp.org/tlog-proof@v1\n" + data)
    assert verification.outcome == "refused"
    assert tuple(check.code for check in verification.checks) == CHECKS
    json.dumps(verification.to_json())


@settings(max_examples=60)
@given(data=st.data())
def test_a_splice_of_two_receipts_is_refused(data: st.DataObject, log, make_log, make_event) -> None:
    """The beginning of one good receipt with the end of another good one is not a third."""
    other = make_log(11, lambda n: make_event(n, facts={"topic": "水"}))
    one, two = log.receipt(3), other.receipt(data.draw(st.integers(0, 10)))
    cut_one, cut_two = (data.draw(st.integers(24, len(it) - 1)) for it in (one, two))
    spliced = one[:cut_one] + two[cut_two:]
    if spliced not in (one, two):
        assert verify_receipt(spliced, log.policy).outcome == "refused"


def _mutants(data: bytes, each: int, seed: int) -> list[tuple[int, bytes]]:
    chosen = random.Random(seed)
    return [
        (at, data[:at] + bytes([byte]) + data[at + 1 :])
        for at in range(len(data))
        for byte in chosen.sample([it for it in range(256) if it != data[at]], each)
    ]


def test_no_one_byte_mutant_of_a_receipt_is_accepted(log) -> None:
    """Every byte of a receipt without witnesses is changed twice: each mutant is refused, without exception."""
    mutants = _mutants(log.receipt(3), 2, 20261122)
    assert len(mutants) >= 1500
    accepted = [(at, mutant) for at, mutant in mutants if verify_receipt(mutant, log.policy).outcome == "verified"]
    assert accepted == []


def test_a_mutant_of_a_witnessed_receipt_can_only_lose_a_witness(log) -> None:
    """The one harmless class: a line that no longer names a known witness is ignored, as the specification demands.

    It is accepted only while the other witnesses still make up the quorum, and it then counts one fewer.
    """
    receipt = log.receipt(3, "audit", "library")
    names = (b"witness.audit.example/w1 ", b"library.example/witness ")
    harmless = {at for name in names for at in range(receipt.index(name), receipt.index(name) + len(name) + 6)}
    mutants = _mutants(receipt, 1, 20261122)
    for at, mutant in mutants:
        verification = verify_receipt(mutant, log.policy_asking("any"))
        if verification.outcome == "verified":
            assert at in harmless
            assert verification.place and len(verification.place.witnesses) == 1
        assert verify_receipt(mutant, log.policy_asking("all")).outcome in ("refused", "unreadable")


def test_every_beginning_of_a_receipt_is_refused(log) -> None:
    """A receipt cut off anywhere is refused."""
    receipt = log.receipt(3)
    assert all(verify_receipt(receipt[:cut], log.policy).outcome != "verified" for cut in range(len(receipt)))


def test_loose_base64_in_a_signature_is_refused(log) -> None:
    """Bytes have one spelling here, also where other readers ignore the unused low bits of a signature."""
    text = parse_note(log.checkpoint()).text
    line = cosign(text, "witness.audit.example/w1", bytes(32), 7).line().encode()
    loose = _loosened(line[:-1]) + b"\n"
    assert loose != line
    assert base64.b64decode(loose.split(b" ")[2]) == base64.b64decode(line.split(b" ")[2])
    with pytest.raises(LedgerError) as refused:
        parse_note(text + b"\n" + loose)
    assert refused.value.code == "signature_line"


def test_a_proof_that_could_not_be_read_is_not_written(log) -> None:
    """A hash of the wrong size or an impossible index is noticed when the file is made."""
    for index, hashes in ((-1, []), (3, [bytes(31)]), (10**20, [])):
        with pytest.raises(LedgerError):
            format_proof(index, hashes, log.checkpoint())
    with pytest.raises(LedgerError):
        Opening.join(bytes(31), b"{}")
