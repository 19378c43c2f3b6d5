"""The page for procedure authors shows only words that the checker accepts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "howto" / "new-procedure.md").read_text(encoding="utf-8")
SHIPPED = ("hazard", "information-request", "minor-protection")
TAKEN_FROM = (Path(__file__).parent / "procedures-bad" / "hearing", *(ROOT / "procedures" / name for name in SHIPPED))
RIGHT = {
    line for folder in TAKEN_FROM for file in folder.rglob("*.yaml") for line in file.read_text("utf-8").splitlines()
}
LINES = [line for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.split(":")[0].strip())
def test_every_example_stands_in_a_procedure_that_passes(line: str):
    """A line shown to authors is one of a procedure that other tests prove right, with its scenarios."""
    assert line in RIGHT


@pytest.mark.parametrize(
    "word",
    [
        *("silence", "otherwise", "competent", "recuses", "invites", "counts_from", "holds", "opens", "on:", "until:"),
        *("unit: hour", "duties:", "approved_by", "needed", "circle", "deferrals"),
    ],
)
def test_every_word_beyond_the_skeleton_is_on_the_page(word: str):
    """Each key of the language that the skeleton does not use is shown or explained."""
    assert word in PAGE
