"""The README's terminal session is run as it stands; documentation that lies fails the build."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def session(page: Path) -> list[tuple[str, str]]:
    """The commands of a page's console blocks, each with the output that the page shows."""
    out: list[tuple[str, str]] = []
    for block in re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        for piece in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = piece.partition("\n")
            out.append((command, shown))
    return out


@pytest.mark.parametrize("page", ["README.md"])
def test_the_session_gives_what_the_page_shows(page: str, tmp_path: Path):
    """Every command of the page, run in order in an empty folder, prints what the page says."""
    shutil.copytree(ROOT / "docs" / "examples", tmp_path / "docs" / "examples")
    commands = session(ROOT / page)
    assert len(commands) >= 6
    programs = Path(sys.executable).parent
    environment = {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    checker = doctest.OutputChecker()
    for command, shown in commands:
        done = subprocess.run(
            ["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60
        )
        given = done.stdout
        assert checker.check_output(shown, given, FLAGS), f"$ {command}\nshown:\n{shown}\ngiven:\n{given}{done.stderr}"


def test_the_page_names_only_files_that_exist():
    """Links of the README lead somewhere."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / target).exists(), target
