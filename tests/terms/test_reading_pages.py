"""The pages in `docs/readings/` do not lie: each date in them is computed again, and each test they name exists."""

import re
from datetime import date
from pathlib import Path

import pytest

import tests.terms.test_statute_scenarios as statutes
from mingze.terms import Calendar, Event, Extend, Restart, Rule, Suspend, compute

ROOT = Path(__file__).parents[2]
PAGES = sorted(path for path in (ROOT / "docs" / "readings").glob("*.md") if path.name != "index.md")
PROCEDURES_SAY = "".join(
    path.read_text(encoding="utf-8") for path in sorted((ROOT / "procedures").glob("*/scenarios/*.yaml"))
)
"""The scenarios of the shipped procedures, which pin what only one statute says; `mingze check` runs them."""
SECTIONS = [
    "Text 条文",
    "Question 问题",
    "Reading 读法",
    "Examples 例子",
    "Who must confirm 谁来确认",
    "Pinned by 由什么固定",
]
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2}) (Mon|Tue|Wed|Thu|Fri|Sat|Sun)")
_PERIOD = re.compile(r"(\d+) (\w+)( backward)?(?: roll (\w+))?")


def examples() -> list[tuple[str, str, str, str, str]]:
    """Every example row of every page: page, start, period, what happened, end."""
    rows = []
    for page in PAGES:
        for line in page.read_text(encoding="utf-8").splitlines():
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if len(cells) == 5 and _DATED.fullmatch(cells[0]):
                rows.append((page.stem, *cells[:4]))
    return rows


def period(text: str) -> Rule:
    """A rule as the tables write it: "7 calendar_day backward roll back"."""
    match = _PERIOD.fullmatch(text)
    assert match, text
    return Rule(int(match[1]), match[2], "backward" if match[3] else "forward", match[4] or "none")  # type: ignore[arg-type]


def happened(text: str) -> list[Event]:
    """Events as the tables write them: "suspend 2026-11-05..2026-11-07; extend 30 calendar_day"."""
    events: list[Event] = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        kind, *words = part.split()
        if kind == "suspend":
            first, _, last = words[0].partition("..")
            events.append(Suspend(date.fromisoformat(first), date.fromisoformat(last) if last else None))
        elif kind == "extend":
            events.append(Extend(int(words[0]), words[1]))  # type: ignore[arg-type]
        else:
            assert kind == "restart", part
            events.append(Restart(date.fromisoformat(words[0])))
    return events


@pytest.mark.parametrize("row", examples(), ids=lambda row: f"{row[0]}: {row[1]} {row[2]}")
def test_each_example_is_what_the_engine_computes(calendar: Calendar, row: tuple[str, str, str, str, str]) -> None:
    """The end a page gives is the end that is computed, provisional exactly if the page says so."""
    _page, start, rule, events, end = row
    due = compute(date.fromisoformat(start.split()[0]), period(rule), calendar, happened(events))
    said = "none" if due.due_on is None else f"{due.due_on:%Y-%m-%d %a}" + (" provisional" if due.provisional else "")
    assert said == end


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_weekday_on_a_page_is_right(page: Path) -> None:
    """A weekday written after a date is that date's weekday."""
    found = _DATED.findall(page.read_text(encoding="utf-8"))
    assert found
    assert [(day, name) for day, name in found if f"{date.fromisoformat(day):%a}" != name] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_page_has_its_parts_and_names_tests_that_exist(page: Path) -> None:
    """Text, question, reading, examples, who must confirm, and tests or scenarios that are really there."""
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS
    pins = re.findall(r"^- (.+)$", text.split("## Pinned by")[1], re.MULTILINE)
    tests = ROOT / "tests"
    files = [*(tests / "terms").glob("test_*.py"), *(tests / "casework").glob("test_*.py")]
    source = "\n".join(path.read_text(encoding="utf-8") for path in files)
    assert pins
    for pin in pins:
        if pin.startswith("`"):
            assert f"def {pin.strip('`')}(" in source, pin
        else:
            name = pin.strip("“”")
            assert name in statutes.SCENARIOS or f"- {name}:\n" in PROCEDURES_SAY, pin


def test_the_index_lists_every_page() -> None:
    """No reading is hidden: the index links each page by its own title."""
    index = (ROOT / "docs" / "readings" / "index.md").read_text(encoding="utf-8")
    linked = dict(re.findall(r"^- \[(.+)\]\((.+)\.md\)$", index, re.MULTILINE))
    assert {name: title for title, name in linked.items()} == {
        page.stem: page.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ") for page in PAGES
    }
