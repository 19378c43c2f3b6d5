"""`mingze decompose` at the terminal, in both languages."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mingze.cli.decompose import decompose
from tests.documents.corpus import DEV

KEYS = {
    *("id", "path", "quote", "start", "end", "kind", "lead", "supporting", "lead_source", "indicators"),
    *("deadline", "measurable", "negated", "occurrence", "excluded_topic", "rules"),
}
FICTION = Path(__file__).parent / "golden" / "fiction.txt"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch):
    """Runs the command as the shell would, language included."""

    def call(*arguments: str) -> Result:
        monkeypatch.setattr(sys, "argv", ["mingze", "decompose", *arguments])
        return CliRunner().invoke(decompose, list(arguments))

    return call


@pytest.mark.parametrize(("lang", "suffix"), [("zh", "zh"), ("en", "en")])
def test_the_report_of_a_fictional_document_stands_as_agreed(run, lang: str, suffix: str):
    """Words, path, kind, office, indicator, deadline, flag and summary: the golden report, byte for byte."""
    result = run(str(FICTION), "--lang", lang)
    assert result.exit_code == 0
    assert result.output == FICTION.with_suffix(f".{suffix}.txt").read_text(encoding="utf-8")


def test_the_json_of_a_fictional_document_stands_as_agreed(run):
    """The object programs read: the golden one."""
    result = run(str(FICTION), "--json")
    assert json.loads(result.output) == json.loads(FICTION.with_suffix(".json").read_text(encoding="utf-8"))


def test_the_json_has_the_agreed_keys_and_no_other(run):
    """The schema of the object is closed."""
    found = json.loads(run(str(DEV / "d3_decomposition.docx"), "--json").output)
    assert list(found) == ["file", "sha256", "year", "commitments", "coverage"]
    assert set(found["commitments"][0]) == KEYS
    assert set(found["coverage"][0]) == {"start", "end", "text", "state", "reason"}


def test_a_document_without_a_commitment_is_read_and_said_to_hold_none(run, tmp_path: Path):
    """No promise is an answer, not an error: exit code 0."""
    path = tmp_path / "report.txt"
    path.write_text("去年全区共受理来信312件，办结率达到99%。", encoding="utf-8")
    result = run(str(path), "--lang", "en")
    assert result.exit_code == 0 and "No commitment found." in result.output


@pytest.mark.parametrize(("content", "words"), [(b"", "empty"), (b"\x00\x01\x02" * 99, "not a text file")])
def test_an_unusable_file_ends_in_exit_code_2_with_a_plain_sentence(run, tmp_path: Path, content: bytes, words: str):
    """The sentence says what is wrong; nothing of the machinery shows."""
    path = tmp_path / "x.txt"
    path.write_bytes(content)
    result = run(str(path), "--lang", "en")
    assert result.exit_code == 2 and words in result.stderr and "Traceback" not in result.output


def test_a_missing_file_is_named(run, tmp_path: Path):
    """A mistyped name is repeated to the user."""
    result = run(str(tmp_path / "none.txt"), "--lang", "zh")
    assert result.exit_code == 2 and "none.txt" in result.stderr and "找不到" in result.stderr
