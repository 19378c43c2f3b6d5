"""Suggestions from another program: asked only when set and for public documents, verified word by word, never accepted, always bounded."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from mingze.cli.decompose import decompose as command
from mingze.documents import Decomposition, decompose
from mingze.exchange.suggesting import MOST_SUGGESTED, SuggestingError, suggest
from mingze.instance import Endpoint, Instance
from tests.documents.answering import PROMISE

TEXT = f"社区情况\n去年共收到来信30件。\n{PROMISE}。\n对经常上访的住户建立画像，分级管控。\n区城管局要在6月底前新建公厕3座。\n"


class Asked:
    """The second process and where it listens."""

    def __init__(self, manner: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.documents.answering", manner], stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())

    def endpoint(self, seconds: int = 10, key_file: Path | None = None) -> Endpoint:
        return Endpoint(f"http://127.0.0.1:{self.port}/v1", "a-model", key_file, seconds)

    def asked(self) -> dict[str, object]:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def answering() -> Iterator[Callable[[str], Asked]]:
    """Starts the address in a manner; it ends with the test."""
    started: list[Asked] = []

    def start(manner: str) -> Asked:
        started.append(Asked(manner))
        return started[-1]

    yield start
    for one in started:
        one.close()


@pytest.fixture(scope="module")
def found() -> Decomposition:
    return decompose(TEXT)


def test_the_rules_leave_something_open(found: Decomposition):
    """The passage that is suggested below is background for the rules, else these tests would show nothing."""
    assert PROMISE not in [row.quote for row in found.commitments]
    assert next(s.state for s in found.sentences if PROMISE in s.text) in ("background", "rejected")


def test_a_good_answer_becomes_a_suggestion_with_fields_read_by_our_own_rules(
    answering: Callable[[str], Asked], found: Decomposition, tmp_path: Path
):
    """The quotation stands where it says; hashes of question and answer are kept; only open passages were sent, with the key."""
    server = answering("good")
    key = tmp_path / "key"
    key.write_text("a-key\n", encoding="ascii")
    suggested = suggest(TEXT, found, server.endpoint(key_file=key), public=True)
    (row,) = suggested.rows
    assert TEXT[row.start : row.end] == row.quote == PROMISE
    assert (suggested.dropped, len(suggested.question_sha256), len(suggested.answer_sha256)) == (0, 64, 64)
    asked = server.asked()
    assert (asked["path"], asked["key"]) == ("/v1/chat/completions", "Bearer a-key")
    sent = json.dumps(asked["asked"], ensure_ascii=False)
    assert PROMISE in sent
    assert "公厕" not in sent  # a row already
    assert "画像" not in sent  # kept as text


def test_a_quotation_that_is_not_in_the_document_is_dropped(answering: Callable[[str], Asked], found: Decomposition):
    """Invented words, overlapping ones, excluded topics and what is no text at all are counted and not shown."""
    assert suggest(TEXT, found, answering("lying").endpoint(), public=True).rows == ()
    mixed = suggest(TEXT, found, answering("mixed").endpoint(), public=True)
    assert [row.quote for row in mixed.rows] == [PROMISE]
    assert mixed.dropped == 6
    many = suggest(TEXT, found, answering("many").endpoint(), public=True)
    assert (many.rows, many.dropped) == ((), 500)
    assert many.dropped > MOST_SUGGESTED


@pytest.mark.parametrize(
    ("manner", "code"),
    [
        ("huge", "too-large"),
        ("broken", "broken"),
        ("shapeless", "broken"),
        ("moved", "refused"),
        ("failing", "refused"),
    ],
)
def test_an_answer_that_cannot_be_used_is_a_reason_and_nothing_else(
    answering: Callable[[str], Asked], found: Decomposition, manner: str, code: str
):
    """Too many bytes, no JSON, another shape, a redirect and an error each have their code; a redirect is not followed."""
    with pytest.raises(SuggestingError) as refused:
        suggest(TEXT, found, answering(manner).endpoint(), public=True)
    assert refused.value.code == code


@pytest.mark.parametrize("manner", ["slow", "dripping"])
def test_a_slow_answer_is_hung_up_on_in_time(answering: Callable[[str], Asked], found: Decomposition, manner: str):
    """An answer that does not begin, and one that drips in byte by byte, both end with the allowed seconds."""
    started = time.monotonic()
    with pytest.raises(SuggestingError) as refused:
        suggest(TEXT, found, answering(manner).endpoint(seconds=1), public=True)
    assert refused.value.code == "slow"
    assert time.monotonic() - started < 5


def test_nothing_is_sent_unless_set_and_public(answering: Callable[[str], Asked], found: Decomposition):
    """Without an address, or for a document nobody marked as public, no connection is made."""
    with pytest.raises(SuggestingError, match="off"):
        suggest(TEXT, found, Endpoint(), public=True)
    server = answering("good")
    with pytest.raises(SuggestingError, match="not-public"):
        suggest(TEXT, found, server.endpoint(), public=False)
    suggest(TEXT, found, server.endpoint(), public=True)
    assert PROMISE in json.dumps(server.asked(), ensure_ascii=False)  # the first question is the only one
    with pytest.raises(SuggestingError, match="unreachable"):
        suggest(TEXT, found, Endpoint("http://127.0.0.1:9/v1", "a-model", None, 2), public=True)


def test_the_command_shows_suggestions_apart_and_stands_without_them(
    answering: Callable[[str], Asked],
    make_instance: Callable[..., Instance],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    """The rows are the same with and without; suggestions stand under them; what kept them away is one sentence."""
    server = answering("good")
    instance = make_instance()
    settings = instance.dir / "mingze.toml"
    text = settings.read_text(encoding="utf-8")
    document = tmp_path / "text.txt"
    document.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["mingze", "decompose", "--lang", "en"])

    def run(*arguments: str) -> str:
        asked = [str(document), "--dir", str(instance.dir), *arguments]
        result = CliRunner().invoke(command, asked)
        assert result.exit_code == 0, result.output
        return result.output

    plain = json.loads(run("--json"))
    assert "No address for suggestions" in run("--suggest", "--public-document")
    settings.write_text(f'{text}\n[suggestions]\nurl = "http://127.0.0.1:{server.port}/v1"\n', encoding="utf-8")
    assert "only for published documents" in run("--suggest")
    said = run("--suggest", "--public-document")
    assert "Nobody has accepted it" in said and f"? {PROMISE}" in said
    told = json.loads(run("--suggest", "--public-document", "--json"))
    assert [row["quote"] for row in told.pop("suggestions")["rows"]] == [PROMISE]
    assert told == plain


def test_an_address_that_is_neither_secure_nor_local_is_refused_by_the_settings(make_instance: Callable[..., Instance]):
    """Documents do not travel in the clear."""
    instance = make_instance()
    settings = instance.dir / "mingze.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f'{text}\n[suggestions]\nurl = "http://models.example/v1"\n', encoding="utf-8")
    with pytest.raises(Exception, match="suggestions"):
        Instance.open(instance.dir)
