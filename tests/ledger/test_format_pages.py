"""The pages of docs/formats show real artefacts, and a verifier written from them alone agrees with ours."""

from __future__ import annotations

import base64
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest

from mingze.casework import decode, encode
from mingze.casework.event import NEW_TYPES, Type
from mingze.ledger import (
    GOVERNANCE_KINDS,
    event_commitment,
    leaf_bytes,
    leaf_hash,
    parse_checkpoint,
    parse_entry_bundle,
    parse_policy,
    parse_proof,
    parse_vkey,
    slot_commitment,
    verify_receipt,
)

PAGES = Path(__file__).parents[2] / "docs" / "formats"


def page(name: str) -> str:
    return (PAGES / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def stranger() -> Callable[[bytes, str], Any]:
    """The verifier printed in docs/formats/README.md."""
    source = page("README.md").split("```python\n")[1].split("```")[0]
    names: dict[str, Any] = {"__name__": "stranger"}
    exec(compile(source, "docs/formats/README.md", "exec"), names)
    return names["verify"]


def test_the_example_files_are_what_the_formats_give(format_examples: dict[str, bytes]) -> None:
    """docs/formats/example is byte for byte what the code makes; `python tests/ledger/conftest.py` writes it anew."""
    assert {path.name: path.read_bytes() for path in (PAGES / "example").iterdir()} == format_examples


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("leaf.md", "leaf.json"),
        ("leaf.md", "nonce.hex"),
        ("event.md", "event.json"),
        ("event.md", "narrative.json"),
        ("event.md", "narrative-nonce.hex"),
        ("checkpoint.md", "checkpoint"),
        ("checkpoint.md", "log.vkey"),
        ("checkpoint.md", "policy.txt"),
        ("receipt.md", "receipt.tlog-proof"),
    ],
)
def test_each_page_shows_its_artefact_before_its_rules(name: str, file: str, format_examples: dict[str, bytes]) -> None:
    """The artefact stands on the page as it is in the file, and what the page is about stands before any rule."""
    shown = format_examples[file].decode().rstrip("\n")
    assert shown in page(name)
    assert page(name).index("```") < page(name).index("\n1. ")


def test_the_examples_fit_together(format_examples: dict[str, bytes]) -> None:
    """Nonce and event give the leaf, the leaf is in the bundle and in the tile, the receipt verifies by the policy."""
    nonce = bytes.fromhex(format_examples["nonce.hex"].decode())
    leaf = leaf_bytes(event_commitment(nonce, format_examples["event.json"]))
    assert leaf == format_examples["leaf.json"]
    assert leaf_hash(leaf).hex() in page("leaf.md")
    assert parse_entry_bundle(format_examples["entries-000.p-11"])[3] == leaf
    assert format_examples["tile-0-000.p-11"][96:128] == leaf_hash(leaf)
    policy = parse_policy(format_examples["policy.txt"])
    assert verify_receipt(format_examples["receipt.tlog-proof"], policy).outcome == "verified"
    assert parse_proof(format_examples["receipt.tlog-proof"]).checkpoint == format_examples["checkpoint"]
    assert parse_checkpoint(format_examples["checkpoint"]).checkpoint.size == 11
    assert f"11 leaf hashes, {len(format_examples['tile-0-000.p-11'])} bytes" in page("tiles.md")
    assert f"the 11 leaves themselves, {len(format_examples['entries-000.p-11'])} bytes" in page("tiles.md")


def test_every_type_and_every_public_kind_stands_on_its_page() -> None:
    """A type of event or a kind of public record that the program can write is explained to a stranger."""
    for name in (*get_args(Type), *NEW_TYPES):
        assert f"`{name}`" in page("event.md"), name
    for kind in GOVERNANCE_KINDS:
        assert f"| `{kind}` |" in page("governance.md"), kind


def test_the_example_event_is_one_the_casework_room_writes(format_examples: dict[str, bytes]) -> None:
    """Read and written by the room that makes events, the example is the same bytes, and the page names every key."""
    event = decode(format_examples["event.json"])
    assert encode(event) == format_examples["event.json"]
    for key in type(event).__struct_fields__:
        assert f"`{key}`" in page("event.md")
    nonce = bytes.fromhex(format_examples["narrative-nonce.hex"].decode())
    commitment = slot_commitment(nonce, "narrative", format_examples["narrative.json"])
    text = base64.urlsafe_b64encode(commitment).decode().rstrip("=")
    assert event.sealed[0]["commitment"] == text
    assert f'{{"commitment":"{text}","party":"proposer","slot":"narrative"}}' in page("event.md")


def test_the_printed_verifier_runs_by_itself(format_examples: dict[str, bytes], tmp_path: Path) -> None:
    """Copied from the page into a file, it accepts the example and refuses it with one byte changed."""
    program, receipt = tmp_path / "verifier.py", tmp_path / "receipt.tlog-proof"
    program.write_text(page("README.md").split("```python\n")[1].split("```")[0], encoding="utf-8")
    key = format_examples["log.vkey"].decode()
    for content, code in (
        (format_examples["receipt.tlog-proof"], 0),
        (format_examples["receipt.tlog-proof"].replace(b"index 3", b"index 4"), 1),
    ):
        receipt.write_bytes(content)
        done = subprocess.run([sys.executable, program, receipt, key], capture_output=True, text=True, cwd=tmp_path)
        assert done.returncode == code, done.stderr
    assert "the record does not lead to the root" in done.stderr


def test_the_printed_verifier_agrees_with_ours_on_every_record(stranger, make_log) -> None:
    """For every leaf of logs of one to twenty records both accept the receipt and read the same event."""
    for size in range(1, 21):
        log = make_log(size)
        for index in range(size):
            ours = verify_receipt(log.receipt(index), log.policy)
            assert ours.statement and stranger(log.receipt(index), str(log.key)) == ours.statement.event


def test_the_printed_verifier_agrees_with_ours_on_mutants(stranger, log) -> None:
    """Of 1,500 one-byte mutants of a receipt both refuse every one."""
    receipt, chosen = log.receipt(3), random.Random(6962)
    for _ in range(1500):
        at = chosen.randrange(len(receipt))
        mutant = receipt[:at] + bytes([receipt[at] ^ chosen.randint(1, 255)]) + receipt[at + 1 :]
        assert verify_receipt(mutant, log.policy).outcome != "verified"
        with pytest.raises(Exception):  # noqa: B017 whatever it says, it does not accept
            stranger(mutant, str(log.key))


def test_the_key_on_the_page_is_the_logs(format_examples: dict[str, bytes]) -> None:
    """The verifier key shown reads, and is the one that signed the example."""
    key = parse_vkey(format_examples["log.vkey"].decode().strip())
    assert key in parse_checkpoint(format_examples["checkpoint"]).note.signers([key])
