"""The glossary and the map say what is there: neither may fall behind the code."""

import importlib
import re

from tests.outside import ROOT

NOUNS = {
    "Procedure": "程序",
    "Case": "办件",
    "Action": "行为",
    "Event": "记录",
    "Clock": "时限",
    "Duty": "责任",
    "Office": "单位",
    "Post": "岗位",
    "Party": "当事人",
    "Commitment": "承诺事项",
    "Receipt": "回执",
    "Ledger": "公开账本",
    "Access record": "查阅记录",
    "Measure": "统计",
    "Competence": "权责清单",
}
"""The nouns of the design, which the whole system is spoken in."""


def rows() -> list[tuple[str, str, str, str]]:
    """The rows of the glossary: Chinese, term, identifier, source."""
    lines = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return [(row[0], row[1], row[2].strip("`"), row[3]) for row in cells[1:]]


def test_the_glossary_has_every_noun_of_the_design() -> None:
    """Each noun stands in the glossary with the Chinese word the law or the office uses."""
    found = {term: chinese for chinese, term, _, _ in rows()}
    assert {noun: found.get(noun) for noun in NOUNS} == NOUNS


def test_every_identifier_of_the_glossary_exists() -> None:
    """What the glossary names can be imported under that name; no row stands twice."""
    missing = []
    for _, _, identifier, _ in rows():
        module, _, name = identifier.rpartition(".")
        if module == "mingze.accounts.models":  # needs Django's settings to import: read instead
            text = (ROOT / "src/mingze/accounts/models.py").read_text(encoding="utf-8")
            if not re.search(rf"^class {name}\b", text, re.MULTILINE):
                missing.append(identifier)
        elif not hasattr(importlib.import_module(module), name):
            missing.append(identifier)
    assert missing == []
    identifiers = [identifier for _, _, identifier, _ in rows()]
    assert sorted(set(identifiers)) == sorted(identifiers)


def test_the_map_shows_every_room_and_no_other() -> None:
    """Each package of mingze is a room on the map, and each room on the map is a package."""
    text = (ROOT / "docs" / "map.md").read_text(encoding="utf-8")
    on_the_map = set(re.findall(r"^\| `(\w+)/` \|", text, re.MULTILINE))
    packages = {path.parent.name for path in (ROOT / "src" / "mingze").glob("*/__init__.py")}
    assert packages - on_the_map == set()
    assert {room for room in on_the_map if not (ROOT / "src" / "mingze" / room).is_dir()} == set()
    for name in re.findall(r"`(\w+\.py)`", text):
        assert (ROOT / "src" / "mingze" / name).is_file(), name


def test_each_decision_says_what_it_costs() -> None:
    """A page of docs/decisions names its negative consequences; pages are numbered without a gap."""
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        assert re.search(r"\bcosts?\b|\bNegative\b", page.read_text(encoding="utf-8")), page.name


def test_each_change_is_one_sentence() -> None:
    """A file in changes/ holds one sentence for users."""
    for page in sorted((ROOT / "changes").glob("*.md")):
        if page.name != "README.md":
            text = page.read_text(encoding="utf-8").strip()
            assert "\n" not in text and text.endswith((".", "。")), page.name
