"""The page for authors of procedures is followed word for word: its commands are run, its changes are made."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "howto" / "new-procedure.md"
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def change(folder: Path, block: str) -> None:
    """Make one change of the page: the first line names the file, `-` goes, `+` comes, a space stays."""
    name, *lines = block.rstrip("\n").split("\n")
    old = "\n".join(line[1:] for line in lines if line[0] in " -")
    new = "\n".join(line[1:] for line in lines if line[0] in " +")
    text = (folder / name).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{name} has not these lines once:\n{old}"
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def test_the_page_leads_to_a_procedure_that_passes(tmp_path: Path):
    """Someone who does what the page says sees what the page shows, and ends with a procedure that may run."""
    programs = Path(sys.executable).parent
    environment = {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
    }
    checker = doctest.OutputChecker()
    steps = re.findall(r"```(console|diff)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert {kind for kind, _ in steps} == {"console", "diff"} and len(steps) >= 12
    for kind, block in steps:
        if kind == "diff":
            change(tmp_path / "street-party", block)
            continue
        for piece in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = piece.partition("\n")
            done = subprocess.run(
                ["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60
            )
            given = done.stdout
            assert checker.check_output(shown, given, FLAGS), (
                f"$ {command}\nshown:\n{shown}\ngiven:\n{given}{done.stderr}"
            )
