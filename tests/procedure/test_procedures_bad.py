"""A spoiled procedure is refused for its own reason, at its own line, with words that say what to mend."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mingze.proving import Fault, report_on
from tests.procedure.spoiling import FOLDER, change_in
from tests.procedure.spoiling import spoiled as spoiled_bytes

GOOD = FOLDER / "good"
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in (FOLDER / "table.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| spoiled")
]


def faults_of(folder: Path, spoiled: str, lang: str) -> list[Fault]:
    """What the checker finds in the right procedure with one thing changed."""
    change = change_in(spoiled)
    copy = Path(shutil.copytree(FOLDER / change.get("of", "good"), folder / spoiled, dirs_exist_ok=True))
    shutil.copytree(FOLDER / "appeal", folder / "appeal", dirs_exist_ok=True)
    file = copy / change["in"]
    content = spoiled_bytes(change, file.read_text(encoding="utf-8"))
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    return report_on(copy, lang).faults


@pytest.mark.parametrize("folder", ["good", "hearing", "appeal"])
def test_the_procedure_that_is_spoiled_is_right(folder: str):
    """Without a change nothing is refused, so every refusal comes from its change."""
    assert report_on(FOLDER / folder, "en").faults == []


@pytest.mark.parametrize(
    ("spoiled", "last"),
    [
        ("wait-without-clock", "hand_back"),
        ("asked-before-invited", "invite"),
        ("day-never-stated", "call"),
        ("late-and-stuck", "serve"),
        ("way-round-the-papers", "appeal"),
    ],
)
def test_a_fault_of_the_run_comes_with_the_way_there(tmp_path: Path, spoiled: str, last: str):
    """The counter-example is a course of actions from the opening on, ending where the fault shows."""
    path = faults_of(tmp_path, spoiled, "en")[0].path
    assert path and path[0] == "file" and path[-1] == last


def test_every_spoiled_file_is_in_the_table():
    """Forty and more ways to be wrong, each with what must be said of it."""
    files = {path.stem for path in FOLDER.glob("*.yaml")}
    assert {row[0] for row in ROWS} == files and len(files) >= 40


@pytest.mark.parametrize(("spoiled", "code", "file", "line", "names"), ROWS, ids=[row[0] for row in ROWS])
def test_refused_for_its_own_reason_at_its_own_line(
    tmp_path: Path, spoiled: str, code: str, file: str, line: str, names: str
):
    """One reason and no other, the first at the line of the change, and both languages name what to mend."""
    faults = faults_of(tmp_path, spoiled, "en")
    assert {fault.code for fault in faults} == {code}, faults
    assert (faults[0].file, faults[0].line) == (file, int(line)), faults
    for lang in ("zh-Hans", "en"):
        assert names in faults[0].said(lang) and "{" not in faults[0].said(lang)
