"""Nobody who signs trees can be made to sign one that does not continue the last one they signed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingze.ledger import (
    EMPTY_ROOT,
    AddCheckpoint,
    Checkpoint,
    Edge,
    LedgerError,
    Seen,
    consistency_proof,
    cosign,
    parse_add_checkpoint,
    parse_note,
    parse_vkey,
    rule,
    sign_checkpoint,
    verify_consistency,
    vkey,
)

SPEC_EXAMPLE = b"""old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

""" + (
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
).encode()
"""The example request of C2SP tlog-witness."""


@pytest.fixture(scope="module")
def history(make_log) -> list:
    """The same log at every size from 0 to 40."""
    return [make_log(size) for size in range(41)]


def ask(log, old: int) -> AddCheckpoint:
    return AddCheckpoint(old, tuple(log.consistency(old)), log.checkpoint())


def test_the_specifications_example_is_read() -> None:
    """Old size, four hashes and the checkpoint are found, and written back byte for byte."""
    request = parse_add_checkpoint(SPEC_EXAMPLE)
    assert (request.old, len(request.proof)) == (20852014, 4)
    assert parse_note(request.checkpoint).text.startswith(b"example.com/behind-the-sofa\n20852163\n")
    assert request.to_bytes() == SPEC_EXAMPLE


@given(data=st.data())
def test_every_growing_history_is_signed_step_by_step(data: st.DataObject, history) -> None:
    """From the empty tree on, in steps of any length, an honest log is signed every time."""
    sizes = sorted(data.draw(st.lists(st.integers(0, 40), max_size=8)))
    seen = Seen()
    for size in sizes:
        request = parse_add_checkpoint(ask(history[size], seen.size).to_bytes())
        ruling = rule(request, seen, [history[0].key])
        assert (ruling.status, ruling.code) == (200, "continues")
        assert ruling.signed and ruling.signed.checkpoint.size == size
        seen = Seen(ruling.signed.checkpoint.size, ruling.signed.checkpoint.root)


def test_a_shorter_log_is_never_signed_again(history) -> None:
    """A restored backup is shorter than what was signed: refused with the size that was."""
    seen = Seen(30, history[30].edge.root())
    for size in range(30):
        for old in (0, size):
            ruling = rule(ask(history[size], old), seen, [history[0].key])
            assert (ruling.status, ruling.code, ruling.size) == (409, "other_size", 30)
        ruling = rule(AddCheckpoint(30, (), history[size].checkpoint()), seen, [history[0].key])
        assert (ruling.status, ruling.code) == (400, "old_larger")


def test_a_rewritten_log_is_never_signed(history, make_log, make_event) -> None:
    """Whatever proof it brings, a log that changed an earlier record does not continue the signed one."""
    rewritten = make_log(40, lambda n: make_event(n, facts={"topic": "水" if n == 3 else "道路"}))
    for kept in range(4, 40):
        seen = Seen(kept, history[kept].edge.root())
        ruling = rule(ask(rewritten, kept), seen, [rewritten.key])
        assert (ruling.status, ruling.code) == (422, "inconsistent")
    ruling = rule(AddCheckpoint(40, (), rewritten.checkpoint()), Seen(40, history[40].edge.root()), [rewritten.key])
    assert (ruling.status, ruling.code, ruling.size) == (409, "other_tree", None)


def test_the_same_tree_may_be_signed_again(history) -> None:
    """A repeated request for the very tree last signed is answered again; with a proof it is not."""
    seen = Seen(20, history[20].edge.root())
    assert rule(ask(history[20], 20), seen, [history[0].key]).status == 200
    padded = AddCheckpoint(20, (bytes(32),), history[20].checkpoint())
    assert rule(padded, seen, [history[0].key]).status == 422


def test_only_known_logs_with_their_own_signature_are_signed(history) -> None:
    """An unknown log, a missing signature, a false one and a damaged checkpoint are told apart."""
    log, stranger = history[9], parse_vkey(vkey("log.other.example/mingze/1", bytes(32)))
    other_key = parse_vkey(vkey(log.key.name, bytes(32)))
    note = parse_note(log.checkpoint())
    false = log.checkpoint().replace(b"\n9\n", b"\n8\n")
    for checkpoint, keys, status, code in (
        (log.checkpoint(), [stranger], 404, "log_unknown"),
        (log.checkpoint(), [other_key], 403, "signature_missing"),
        (false, [log.key], 403, "signature_bad"),
        (note.text, [log.key], 400, "checkpoint_malformed"),
        (log.checkpoint().replace(b"\n9\n", b"\n9\nx\n"), [log.key], 400, "checkpoint_malformed"),
    ):
        ruling = rule(AddCheckpoint(0, (), checkpoint), Seen(), keys)
        assert (ruling.status, ruling.code, ruling.signed) == (status, code, None)


def test_from_nothing_the_proof_must_be_empty(history) -> None:
    """The first checkpoint of a log needs no proof and admits none; its size may be nought."""
    first = AddCheckpoint(0, (bytes(32),), history[5].checkpoint())
    assert rule(first, Seen(), [history[0].key]).status == 422
    assert rule(ask(history[0], 0), Seen(), [history[0].key]).status == 200
    empty = AddCheckpoint(0, (), sign_checkpoint(Checkpoint("log.x", 0, EMPTY_ROOT), bytes(32)))
    assert rule(empty, Seen(), [parse_vkey(vkey("log.x", bytes(32)))]).status == 200


def test_a_witness_that_signs_makes_a_line_the_policy_counts(history) -> None:
    """The answer to a good request, put under the checkpoint, is a cosignature readers accept."""
    log = history[12]
    signed = rule(ask(log, 0), Seen(), [log.key]).signed
    assert signed
    line = cosign(signed.note.text, "witness.audit.example/w1", bytes(32), 1_795_401_600).line()
    note = parse_note(log.checkpoint() + line.encode())
    assert note.signers([parse_vkey(vkey("witness.audit.example/w1", bytes(32), 4))])


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", 1),
        (b"old 3\n", 1),
        (b"old 03\n\n", 1),
        (b"old -1\n\n", 1),
        (b"Old 3\n\n", 1),
        (b"old 3\nAAAA\n\n", 2),
        (b"old 3\n" + b"A" * 43 + b"=\n" + b"A" * 42 + b"B=\n\n", 3),
        (b"old 3\n" + (b"A" * 43 + b"=\n") * 64 + b"\n", 65),
        (b"old 3\r\n\r\n", 1),
        (b"old 3\n\n" + b"x" * (1 << 20), 1),
    ],
)
def test_a_malformed_request_is_not_read(data: bytes, line: int) -> None:
    """What is not a request is refused with the line at fault."""
    with pytest.raises(LedgerError) as refused:
        parse_add_checkpoint(data)
    assert (refused.value.code, refused.value.values["line"]) == ("request_malformed", line)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_what_is_signed_always_continues_what_was(remembered: int, old: int, new: int) -> None:
    """For any three sizes, a 200 is given exactly when the request starts from the remembered tree and continues it."""
    nodes: dict[tuple[int, int], bytes] = {}
    edges = [Edge()]
    for number in range(40):
        edge, fresh = edges[-1].append([number.to_bytes(32, "big")])
        edges.append(edge)
        nodes.update({(level, index): value for level, index, value in fresh})
    proof = consistency_proof(old, new, lambda level, index: nodes[level, index]) if old <= new else []
    checkpoint = sign_checkpoint(Checkpoint("log.x", new, edges[new].root()), bytes(32))
    ruling = rule(
        AddCheckpoint(old, tuple(proof), checkpoint),
        Seen(remembered, edges[remembered].root()),
        [parse_vkey(vkey("log.x", bytes(32)))],
    )
    assert (ruling.status == 200) == (old == remembered and old <= new)
    if ruling.status == 200:
        assert verify_consistency(remembered, new, edges[remembered].root(), edges[new].root(), proof)
