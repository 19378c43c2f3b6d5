"""`mingze measures draw` as somebody outside runs it, and the page that tells them how."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from mingze.cli.measures import measures

PAGE = Path(__file__).parents[2] / "docs" / "formats" / "draw.md"


@pytest.fixture
def numbers(tmp_path: Path) -> Path:
    """The list of the page, in another order and with a mark of its encoding."""
    path = tmp_path / "list.txt"
    lines = [f"明源诺〔2026〕{n:04d}号" for n in range(12, 0, -1)]
    path.write_text("\r\n".join([*lines, "", lines[0]]), encoding="utf-8-sig")
    return path


def told() -> tuple[list[str], str]:
    """The command of the page and what it prints."""
    found = re.search(r"```\n\$ mingze measures (draw .+)\n((?:.+\n)+?)```", PAGE.read_text(encoding="utf-8"))
    assert found is not None
    return found[1].split(), found[2]


def test_the_example_of_the_page_is_what_the_command_prints(numbers: Path) -> None:
    """Whoever draws again from the page's list, root and lot gets the page's seed and numbers."""
    command, output = told()
    result = CliRunner().invoke(measures, [str(numbers) if word == "list.txt" else word for word in command])
    assert (result.exit_code, result.output) == (0, output)


def test_the_seed_alone_draws_the_same_for_programs(numbers: Path) -> None:
    """With the published seed instead of the root, as JSON: the same numbers, and the digest of the list."""
    _, output = told()
    lines = output.splitlines()
    arguments = ["draw", str(numbers), "--size", "3", "--seed", lines[1].split()[1], "--json"]
    found = json.loads(CliRunner().invoke(measures, arguments).output)
    assert found["drawn"] == lines[2:] and found["sha256"] in lines[0]


@pytest.mark.parametrize(("arguments", "words"), [
    (["--size", "13", "--seed", "00" * 32], "between 1 and 12"),
    (["--size", "0", "--seed", "00" * 32], "between 1 and 12"),
    (["--size", "1", "--seed", "00"], "64 hex digits"),
    (["--size", "1", "--root", "00" * 32], "64 hex digits"),
    (["--size", "1", "--root", "zz", "--lot", "a"], "64 hex digits"),
])  # fmt: skip
def test_what_cannot_be_drawn_is_said_in_a_sentence(
    numbers: Path, arguments: list[str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2, and what to change."""
    monkeypatch.setattr("sys.argv", ["mingze", "--lang", "en"])
    result = CliRunner().invoke(measures, ["draw", str(numbers), *arguments])
    assert result.exit_code == 2 and words in result.output


def test_an_empty_or_unreadable_list_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is named; nothing is drawn from nothing."""
    monkeypatch.setattr("sys.argv", ["mingze", "--lang", "en"])
    for name, data in (("empty.txt", b"\n \n"), ("binary.txt", b"\xff\xfe\x00")):
        (tmp_path / name).write_bytes(data)
        result = CliRunner().invoke(measures, ["draw", str(tmp_path / name), "--size", "1", "--seed", "00" * 32])
        assert result.exit_code == 2 and name in result.output
