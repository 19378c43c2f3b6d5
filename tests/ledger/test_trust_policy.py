"""A policy file says whom its reader trusts; one with a mistake is refused with its line, never half-used."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingze.ledger import COSIGNATURE, LedgerError, Policy, VerifierKey, parse_policy, parse_vkey, public_key, vkey

LOG = vkey("log.mingyuan.example/mingze/1", bytes(32))
NAMES = ("X1", "X2", "X3", "Y1", "Y2", "Y3")
SEEDS = {name: sha256(name.encode()).digest() for name in NAMES}
W = {name: vkey(f"{name.lower()}.example", SEEDS[name], COSIGNATURE) for name in NAMES}
SPEC_EXAMPLE = f"""
log {LOG}

witness X1 {W["X1"]}
witness X2 {W["X2"]}
witness X3 {W["X3"]}
group X-witnesses 2 X1 X2 X3

  # the same, with tabs and a URL
\twitness\tY1  {W["Y1"]}\thttps://y1.example/
witness Y2 {W["Y2"]}
witness Y3 {W["Y3"]}
group Y-witnesses any Y1 Y2 Y3

group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
"""
"""The example of C2SP tlog-policy, with keys."""


@given(st.sets(st.sampled_from(NAMES)))
def test_the_specifications_example_means_what_it_says(signed: set[str]) -> None:
    """At least two of the X witnesses and at least one of the Y witnesses, whichever they are."""
    policy = parse_policy(SPEC_EXAMPLE.encode())
    keys = [VerifierKey(f"{name.lower()}.example", COSIGNATURE, public_key(SEEDS[name])) for name in signed]
    assert policy.met_by(keys) == (len(signed & {"X1", "X2", "X3"}) >= 2 and bool(signed & {"Y1", "Y2", "Y3"}))


def test_a_policy_survives_being_written() -> None:
    """What is written for a client to read says the same."""
    policy = parse_policy(SPEC_EXAMPLE.encode())
    assert parse_policy(policy.to_bytes()) == policy
    alone = Policy.of_log(parse_vkey(LOG))
    assert alone.to_bytes() == f"log {LOG}\nquorum none\n".encode()
    assert parse_policy(alone.to_bytes()) == alone


def test_no_witnesses_must_be_said() -> None:
    """`quorum none` is met by nobody; leaving the quorum out is not a way to say it."""
    assert parse_policy(b"quorum none\n").met_by([])
    with pytest.raises(LedgerError) as refused:
        parse_policy(f"log {LOG}\n".encode())
    assert refused.value.code == "policy_quorum"


def test_one_witness_can_be_the_quorum() -> None:
    """A single witness's name stands for its signature."""
    policy = parse_policy(f"witness X1 {W['X1']}\nwitness X2 {W['X2']}\nquorum X1\n".encode())
    assert policy.met_by([parse_vkey(W["X1"])])
    assert not policy.met_by([parse_vkey(W["X2"])])


def test_names_are_opaque_bytes() -> None:
    """Names that are not ASCII, or not even UTF-8, are compared byte by byte and kept."""
    data = "witness 审计局 ".encode() + W["X1"].encode() + b"\nwitness K\xff " + W["X2"].encode() + b"\nquorum K\xff\n"
    policy = parse_policy(data)
    assert policy.met_by([parse_vkey(W["X2"])])
    assert parse_policy(policy.to_bytes()) == policy


ONE = f"witness X1 {W['X1']}\n"
FAULTS = {
    "an unknown line": ("quorom none\n", 1, "policy_line"),
    "two quorums": ("quorum none\nquorum none\n", 2, "policy_quorum"),
    "a quorum of nobody known": ("quorum X1\n", 1, "policy_name_unknown"),
    "a quorum before its witness": (f"quorum X1\n{ONE}", 1, "policy_name_unknown"),
    "a quorum of two words": ("quorum none none\n", 1, "policy_quorum"),
    "a witness called none": (f"witness none {W['X1']}\nquorum none\n", 1, "policy_name_taken"),
    "a name twice": (f"{ONE}witness X1 {W['X2']}\n", 2, "policy_name_taken"),
    "a witness's key twice": (f"{ONE}witness X2 {W['X1']}\n", 2, "policy_key_twice"),
    "a log's key twice": (f"log {LOG}\nlog {LOG}\n", 2, "policy_key_twice"),
    "a log with a witness's key": (f"log {W['X1']}\n", 1, "policy_key_type"),
    "a witness with a log's key": (f"witness X1 {LOG}\n", 1, "policy_key_type"),
    "not a key": ("log log.example+1234\n", 1, "policy_key"),
    "no key": ("log\n", 1, "policy_line"),
    "a log line with too much": (f"log {LOG} https://a.example/ more\n", 1, "policy_line"),
    "a group without members": (f"{ONE}group g all\n", 2, "policy_line"),
    "a group of more than there are": (f"{ONE}group g 2 X1\n", 2, "policy_threshold"),
    "a group of nought": (f"{ONE}group g 0 X1\n", 2, "policy_threshold"),
    "a group of many": (f"{ONE}group g many X1\n", 2, "policy_threshold"),
    "a group with none in it": (f"{ONE}group g any none\n", 2, "policy_name_unknown"),
    "a member in two groups": (f"{ONE}group g any X1\ngroup h any X1\n", 3, "policy_member_twice"),
    "a member twice in one group": (f"{ONE}group g any X1 X1\n", 2, "policy_member_twice"),
    "a group in itself": ("group g any g\n", 1, "policy_name_unknown"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_policy_is_refused_with_its_line(name: str) -> None:
    """A policy that cannot be read as a whole is not used at all, and the line of the fault is named."""
    text, line, code = FAULTS[name]
    with pytest.raises(LedgerError) as refused:
        parse_policy(text.encode())
    assert (refused.value.code, refused.value.values["line"]) == (code, line)


@pytest.mark.parametrize("data", [b"quorum none\r\n", b"quorum\x00none\n", b"quorum none\x7f\n"])
def test_control_characters_are_refused(data: bytes) -> None:
    """Only tab and newline may stand between the printable characters."""
    with pytest.raises(LedgerError) as refused:
        parse_policy(data)
    assert refused.value.code == "policy_encoding"


def test_a_policy_of_endless_lines_is_refused() -> None:
    """A reader is not kept busy by a policy nobody needs."""
    with pytest.raises(LedgerError):
        parse_policy(b"\n" * 2000 + b"quorum none\n")


def test_a_witness_key_is_not_a_log() -> None:
    """Trusting one key as a log's needs a log's key."""
    with pytest.raises(LedgerError) as refused:
        Policy.of_log(parse_vkey(W["X1"]))
    assert refused.value.code == "policy_key_type"
