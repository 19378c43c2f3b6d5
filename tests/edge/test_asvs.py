"""The list of security requirements says what is so: each test it names exists, and what it says is not there is not."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXPORTS = {"open_promises": "plain_cell", "paper": "text_cell", "task_sheet": "text_cell"}


def test_every_test_the_list_names_exists() -> None:
    """A row that rests on a test which was renamed or removed fails here."""
    text = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text)
    missing = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).is_file() or f"def {name}" not in (ROOT / path).read_text(encoding="utf-8")
    ]
    assert len(named) > 50 and missing == []


def test_every_requirement_has_a_state() -> None:
    """No row of the list is left without an answer."""
    rows = re.findall(
        r"^\| [\d.]+[^|]*\|[^|]*\| ([^|]*) \|", (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8"), re.M
    )
    assert len(rows) > 45 and set(rows) <= {"met", "reviewed", "part", "not met", "–"}


def test_only_guarded_modules_write_a_table_for_a_spreadsheet() -> None:
    """Those that export guard every cell (`plain_cell`, `text_cell`), the demo writes numbers of its own: whoever adds
    another has to guard it against formulas first.
    """
    writes = re.compile(r"csv\.(?:writer|DictWriter)|Workbook\(|\.save_workbook|text/csv\"\)|spreadsheetml\.sheet\"\)")
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "src").rglob("*.py")
        if writes.search(path.read_text(encoding="utf-8"))
    }
    guarded = {f"src/mingze/exchange/{name}.py": guard for name, guard in EXPORTS.items()}
    assert found == {"src/mingze/demo/evidence.py", *guarded}
    for path, guard in guarded.items():
        assert f"{guard}(" in (ROOT / path).read_text(encoding="utf-8"), path
