"""A leaf is small, of one size, and says nothing to anybody who has not been given its opening."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64encode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingze.ledger import (
    LEAF_SIZE,
    LedgerError,
    decode_commitment,
    encode_commitment,
    event_commitment,
    leaf_bytes,
    leaf_hash,
    read_leaf,
    slot_commitment,
)

NONCE = bytes(range(32))


def test_the_commitment_is_the_hmac_it_is_documented_to_be() -> None:
    """An event's commitment is HMAC-SHA-256 under the nonce over the domain, a zero byte and the event's bytes."""
    expected = hmac.new(NONCE, b"mingze/event/v1" + b"\0" + b'{"n":1}', sha256).digest()
    assert event_commitment(NONCE, b'{"n":1}') == expected


def test_a_slot_is_bound_to_its_name() -> None:
    """The same text under another slot name is another commitment, so an identity cannot pass for a narrative."""
    expected = hmac.new(NONCE, b"mingze/slot/v1\0narrative\0" + "路灯坏了".encode(), sha256).digest()
    assert slot_commitment(NONCE, "narrative", "路灯坏了".encode()) == expected
    assert slot_commitment(NONCE, "identity", "路灯坏了".encode()) != expected
    assert event_commitment(NONCE, b"narrative\0" + "路灯坏了".encode()) != expected


@given(st.binary(max_size=64).filter(lambda it: len(it) != 32))
def test_a_nonce_of_another_length_is_refused(nonce: bytes) -> None:
    """HMAC would pad a short nonce without a word; a nonce that is not 32 bytes is refused."""
    for attempt in (lambda: event_commitment(nonce, b"{}"), lambda: slot_commitment(nonce, "narrative", b"")):
        with pytest.raises(LedgerError) as refused:
            attempt()
        assert refused.value.code == "nonce_size"


@pytest.mark.parametrize("slot", ["", "narr\0ative"])
def test_a_slot_needs_a_name_without_a_zero(slot: str) -> None:
    """A name with a zero byte could make two slots look the same, so it is refused."""
    with pytest.raises(LedgerError) as refused:
        slot_commitment(NONCE, slot, b"")
    assert refused.value.code == "slot_name"


@given(st.binary(min_size=32, max_size=32), st.sampled_from("esg"))
def test_every_leaf_is_canonical_json_of_one_size(commitment: bytes, kind: str) -> None:
    """Whatever it stands for, a leaf is the same 65 bytes of canonical JSON, and reads back as it was made."""
    leaf = leaf_bytes(commitment, kind)  # pyright: ignore[reportArgumentType]
    assert len(leaf) == LEAF_SIZE == 65
    text = urlsafe_b64encode(commitment).rstrip(b"=").decode()
    assert leaf == json.dumps({"c": text, "k": kind, "v": 1}, separators=(",", ":")).encode()
    assert read_leaf(leaf) == (commitment, kind)
    assert leaf_hash(leaf) == sha256(b"\0" + leaf).digest()


@given(st.integers(0, LEAF_SIZE - 1), st.integers(0, 255))
def test_a_changed_leaf_is_another_leaf_or_none(at: int, byte: int) -> None:
    """No two spellings read as the same leaf: a changed byte gives another leaf or is refused."""
    leaf = leaf_bytes(NONCE)
    changed = leaf[:at] + bytes([byte]) + leaf[at + 1 :]
    try:
        assert (read_leaf(changed) == read_leaf(leaf)) == (changed == leaf)
    except LedgerError as refused:
        assert refused.code == "leaf_malformed"


@pytest.mark.parametrize("text", ["A" * 42, "A" * 44, "A" * 42 + "B", "A" * 42 + "=", "A" * 42 + "/", "", "路" * 43])
def test_a_commitment_has_one_spelling(text: str) -> None:
    """Padding, the other alphabet, stray low bits and other lengths are refused."""
    with pytest.raises(LedgerError) as refused:
        decode_commitment(text)
    assert refused.value.code == "commitment_malformed"


def test_only_32_bytes_are_a_commitment_and_only_three_kinds_exist() -> None:
    """A truncated hash or an unknown kind of leaf is never written."""
    with pytest.raises(LedgerError) as refused:
        encode_commitment(bytes(31))
    assert refused.value.code == "commitment_size"
    with pytest.raises(LedgerError) as refused:
        leaf_bytes(bytes(32), "x")  # pyright: ignore[reportArgumentType]
    assert refused.value.code == "leaf_kind"
    with pytest.raises(LedgerError):
        read_leaf(leaf_bytes(bytes(32)).replace(b'"e"', b'"x"'))
