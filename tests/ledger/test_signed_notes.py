"""Notes, keys and checkpoints are those of the C2SP specifications, read strictly."""

from __future__ import annotations

import base64
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingze.ledger import (
    COSIGNATURE,
    ED25519,
    EMPTY_ROOT,
    Checkpoint,
    LedgerError,
    Signature,
    VerifierKey,
    cosign,
    format_note,
    parse_checkpoint,
    parse_checkpoint_text,
    parse_note,
    parse_vkey,
    public_key,
    sign,
    sign_checkpoint,
    vkey,
)

GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = """If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
""".encode()
"""The published example of the reference implementation (golang.org/x/mod/sumdb/note)."""

SPEC_NOTE = """Ognuno sta solo sul cuor della terra
trafitto da un raggio di sole:

ed è subito sera.

— quasimodo.example/salvatore \
NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
""".encode()
"""The example of C2SP signed-note."""

SPEC_CHECKPOINT = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa \
Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 \
jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
""".encode()
"""The example of C2SP tlog-cosignature, which contains the one of tlog-checkpoint."""

SEED, NAME, TEXT = bytes(range(32)), "log.mingyuan.example/mingze/1", b"one\n\ntwo\n"


def test_the_reference_implementations_example_is_accepted() -> None:
    """The published key reads, writes back the same, and its signature on the published note holds."""
    key = parse_vkey(GO_KEY)
    assert (key.name, key.type, key.id.hex(), str(key)) == ("PeterNeumann", ED25519, "c74f20a3", GO_KEY)
    assert list(parse_note(GO_NOTE).signers([key])) == [key]


def test_the_specifications_examples_are_read() -> None:
    """The text runs to the last empty line, and everything writes back byte for byte."""
    note = parse_note(SPEC_NOTE)
    assert note.text.decode().endswith("sole:\n\ned è subito sera.\n")
    assert (note.signatures[0].name, len(note.signatures[0].body)) == ("quasimodo.example/salvatore", 64)
    assert note.to_bytes() == SPEC_NOTE
    signed = parse_checkpoint(SPEC_CHECKPOINT)
    assert (signed.checkpoint.origin, signed.checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert base64.b64encode(signed.checkpoint.root) == b"CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
    assert signed.checkpoint.text() == signed.note.text
    assert signed.note.signatures[1].timestamp == 1679315147  # the time the specification prints for this cosignature


def test_lines_by_unknown_keys_are_ignored() -> None:
    """A key that shares only the name, or only the id, with a line is not that line's key."""
    note = parse_note(GO_NOTE)
    known = parse_vkey(GO_KEY)
    assert note.signers([VerifierKey("PeterNeumann", ED25519, public_key(SEED))]) == {}
    assert note.signers([VerifierKey("Someone", ED25519, known.public)]) == {}


def test_a_known_key_whose_line_does_not_hold_spoils_the_whole_note() -> None:
    """If one trusted line is false the note is refused, even though another trusted line is true."""
    other = sign(TEXT, "other.example/log", bytes(32))
    bad = Signature(NAME, VerifierKey(NAME, ED25519, public_key(SEED)).id, bytes(64))
    note = parse_note(format_note(TEXT, [other, bad]))
    keys = [parse_vkey(vkey("other.example/log", bytes(32))), parse_vkey(vkey(NAME, SEED))]
    assert note.signers(keys[:1])
    with pytest.raises(LedgerError) as refused:
        note.signers(keys)
    assert (refused.value.code, refused.value.values["name"]) == ("signature_bad", NAME)


def test_signing_is_repeatable() -> None:
    """The same text and seed give the same bytes, so a repeated publication changes no file."""
    checkpoint = Checkpoint(NAME, 0, EMPTY_ROOT)
    assert sign_checkpoint(checkpoint, SEED) == sign_checkpoint(checkpoint, SEED)
    assert list(parse_checkpoint(sign_checkpoint(checkpoint, SEED)).note.signers([parse_vkey(vkey(NAME, SEED))]))


@given(st.integers(0, 2**63 - 1))
def test_a_witness_signs_the_text_with_its_time(seen: int) -> None:
    """A cosignature holds for its own time and text, and for neither another time nor another text."""
    key = VerifierKey("witness.example/w1", COSIGNATURE, public_key(SEED))
    line = cosign(TEXT, key.name, SEED, seen)
    assert line.timestamp == seen
    assert key.signs(line, TEXT)
    assert not key.signs(line, TEXT + b"\n")
    later = Signature(line.name, line.key_id, (seen ^ 1).to_bytes(8, "big") + line.body[8:])
    assert not key.signs(later, TEXT)


def test_a_log_signature_is_not_a_cosignature() -> None:
    """One key pair under one name has two key ids, and neither kind of signature passes for the other."""
    log, witness = (VerifierKey(NAME, kind, public_key(SEED)) for kind in (ED25519, COSIGNATURE))
    assert log.id != witness.id
    assert not witness.signs(Signature(NAME, witness.id, sign(TEXT, NAME, SEED).body), TEXT)
    assert not log.signs(Signature(NAME, log.id, cosign(TEXT, NAME, SEED, 7).body), TEXT)


@pytest.mark.parametrize("seen", [-1, 2**63])
def test_a_cosignature_time_fits_the_format(seen: int) -> None:
    """A time before 1970 or beyond 2**63 - 1 seconds is never signed."""
    with pytest.raises(LedgerError) as refused:
        cosign(TEXT, "witness.example/w1", SEED, seen)
    assert refused.value.code == "timestamp_range"


LINE = sign(TEXT, NAME, SEED).line().encode()
MALFORMED_NOTES = {
    "empty": (b"", "note_malformed"),
    "no blank line": (b"text\n" + LINE, "note_malformed"),
    "no signature": (b"text\n\n", "note_malformed"),
    "last newline missing": (b"text\n\n" + LINE[:-1], "note_malformed"),
    "carriage return": (b"text\r\n\n" + LINE, "note_encoding"),
    "tab": (b"te\txt\n\n" + LINE, "note_encoding"),
    "not UTF-8": (b"te\xffxt\n\n" + LINE, "note_encoding"),
    "a hyphen for the dash": (b"text\n\n" + LINE.replace("—".encode(), b"-"), "signature_line"),
    "two spaces": (b"text\n\n" + LINE.replace(b" ", b"  ", 1), "signature_line"),
    "a trailing space": (b"text\n\n" + LINE[:-1] + b" \n", "signature_line"),
    "no name": (b"text\n\n" + "—  AAAAAAAA\n".encode(), "signature_line"),
    "a plus in the name": (b"text\n\n" + LINE.replace(b"log.", b"log+"), "signature_line"),
    "a wide space in the name": (b"text\n\n" + LINE.replace(b"log.", "log\u3000".encode()), "signature_line"),
    "a key id alone": (b"text\n\n" + "— a AAAAAA==\n".encode(), "signature_line"),
    "padding left out": (b"text\n\n" + LINE.replace(b"=", b""), "signature_line"),
    "stray low bits": (b"text\n\n" + "— a AAAAAAB=\n".encode(), "signature_line"),
    "url alphabet": (b"text\n\n" + "— a AAAA__8=\n".encode(), "signature_line"),
    "a line of something else": (b"text\n\n" + LINE + b"and more\n", "signature_line"),
    "more signatures than anyone needs": (b"text\n\n" + LINE * 65, "too_many_signatures"),
    "larger than a megabyte": (b"x" * (1 << 20) + b"\n\n" + LINE, "note_too_large"),
}


@pytest.mark.parametrize("name", MALFORMED_NOTES)
def test_a_malformed_note_is_not_read(name: str) -> None:
    """Whatever is not exactly a signed note is refused with a code that says why."""
    data, code = MALFORMED_NOTES[name]
    with pytest.raises(LedgerError) as refused:
        parse_note(data)
    assert refused.value.code == code


def test_sixty_four_signatures_are_read() -> None:
    """More lines than the sixteen every reader must accept."""
    assert len(parse_note(b"text\n\n" + LINE * 64).signatures) == 64


def test_the_line_of_a_bad_signature_is_named() -> None:
    """The refusal counts lines from one, over text and signatures together."""
    with pytest.raises(LedgerError) as refused:
        parse_note(b"a\nb\n\n" + LINE + b"?\n")
    assert refused.value.values == {"line": 5, "found": "?"}


@pytest.mark.parametrize("text", [b"no newline at the end", b"", "\u2028\r\n".encode()])
def test_a_text_that_would_not_be_a_note_is_not_signed_into_one(text: bytes) -> None:
    """What could not be read back is not written."""
    with pytest.raises(LedgerError):
        format_note(text, [sign(text, NAME, SEED)])


@given(st.binary(max_size=200))
def test_any_bytes_are_a_note_or_refused(data: bytes) -> None:
    """No bytes make the reader fail in any other way, and what it reads it writes back unchanged."""
    with contextlib.suppress(LedgerError):
        assert parse_note(data).to_bytes() == data


MALFORMED_KEYS = {
    "nothing": ("", "vkey_malformed"),
    "two parts": ("PeterNeumann+c74f20a3", "vkey_malformed"),
    "another id": (GO_KEY.replace("c74f20a3", "c74f20a4"), "key_id_mismatch"),
    "upper-case id": (GO_KEY.replace("c74f20a3", "C74F20A3"), "key_id_mismatch"),
    "another name": (GO_KEY.replace("Peter", "Pieter"), "key_id_mismatch"),
    "a space in the name": (GO_KEY.replace("Peter", "Peter "), "vkey_malformed"),
    "a letter of the key": (GO_KEY.replace("ARpc", "ARpd"), "key_id_mismatch"),
    "a short key": ("a+00000000+AQID", "vkey_malformed"),
    "an unknown type": ("a+00000000+BgID", "key_type"),
    "an unknown type of the right size": ("a+00000000+" + base64.b64encode(b"\2" * 33).decode(), "key_type"),
    "not base64": ("a+00000000+????", "vkey_malformed"),
}


@pytest.mark.parametrize("name", MALFORMED_KEYS)
def test_a_key_copied_wrongly_is_not_read(name: str) -> None:
    """A slip in a copied key is noticed, because name, id and key must agree."""
    text, code = MALFORMED_KEYS[name]
    with pytest.raises(LedgerError) as refused:
        parse_vkey(text)
    assert refused.value.code == code


ROOT = base64.b64encode(bytes(32)).decode()
MALFORMED_CHECKPOINTS = {
    "two lines": ("log\n3\n", "checkpoint_malformed"),
    "no end": (f"log\n3\n{ROOT}", "checkpoint_malformed"),
    "an extension line": (f"log\n3\n{ROOT}\nextra\n", "checkpoint_extension"),
    "an empty fourth line": (f"log\n3\n{ROOT}\n\n", "checkpoint_extension"),
    "no origin": (f"\n3\n{ROOT}\n", "checkpoint_origin"),
    "leading zero": (f"log\n03\n{ROOT}\n", "checkpoint_size"),
    "plus sign": (f"log\n+3\n{ROOT}\n", "checkpoint_size"),
    "negative": (f"log\n-3\n{ROOT}\n", "checkpoint_size"),
    "full-width digit": (f"log\n３\n{ROOT}\n", "checkpoint_size"),
    "too large": (f"log\n{2**63}\n{ROOT}\n", "checkpoint_size"),
    "endless": (f"log\n{'9' * 5000}\n{ROOT}\n", "checkpoint_size"),
    "short root": ("log\n3\nAAAA\n", "checkpoint_root"),
    "loose root": (f"log\n3\n{ROOT[:-2]}B=\n", "checkpoint_root"),
    "a root for nothing": (f"log\n0\n{ROOT}\n", "checkpoint_root"),
}


@pytest.mark.parametrize("name", MALFORMED_CHECKPOINTS)
def test_a_malformed_checkpoint_is_not_read(name: str) -> None:
    """Exactly origin, size and root, each in its one spelling; a line more is not a checkpoint of ours."""
    text, code = MALFORMED_CHECKPOINTS[name]
    with pytest.raises(LedgerError) as refused:
        parse_checkpoint_text(text.encode())
    assert refused.value.code == code


@given(st.integers(1, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_reads_back_as_it_was_signed(size: int, root: bytes) -> None:
    """Any size and root survive signing and reading."""
    checkpoint = Checkpoint(NAME, size, root)
    assert parse_checkpoint(sign_checkpoint(checkpoint, SEED)).checkpoint == checkpoint


def test_a_seed_has_32_bytes() -> None:
    """A seed of another length is refused before anything is signed with it."""
    with pytest.raises(LedgerError) as refused:
        vkey(NAME, bytes(31))
    assert refused.value.code == "key_size"
