"""The core stays pure, and the house keeps its own rules; import-linter sees imports, these see what is called."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.outside import ROOT

SOURCE = ROOT / "src" / "mingze"
CORE = ("terms", "procedure", "casework", "ledger", "documents", "measures")
SHELL = ("store", "vault", "accounts", "portal", "desk", "exchange", "jobs", "cli", "words")

CALLS = {
    "open", "input", "print", "eval", "exec", "compile", "__import__", "breakpoint",
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "dt.datetime.now", "dt.date.today",
    "datetime.datetime.now", "datetime.date.today", "time.time", "time.monotonic", "os.urandom",
    "uuid.uuid4", "uuid4", "Path", "logging.getLogger",
}  # fmt: skip
"""What nothing in the core may call: the world, the clock and chance are arguments."""


def sources(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for folder in folders:
        for path in sorted((SOURCE / folder).rglob("*.py")):
            yield path, ast.parse(path.read_text(encoding="utf-8"), str(path))


def named(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{named(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def world_calls(tree: ast.AST) -> list[str]:
    """The calls in a module that reach for the world, each with its line."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [f"{node.lineno} {named(node.func)}" for node in calls if named(node.func) in CALLS]


@pytest.mark.parametrize("room", CORE)
def test_the_core_calls_no_clock_file_or_chance(room: str) -> None:
    """No module of the core opens a file, reads a clock, draws a random number, logs or prints."""
    found = {str(path.relative_to(SOURCE)): calls for path, tree in sources(room) if (calls := world_calls(tree))}
    assert found == {}
    assert any(True for _ in sources(room)), f"the room {room} is missing"


def test_the_purity_check_can_fail() -> None:
    """The check does see a clock and an opened file."""
    assert world_calls(ast.parse("import datetime as dt\nx = dt.datetime.now()\ny = open('a')")) == [
        "2 dt.datetime.now",
        "3 open",
    ]


@pytest.mark.parametrize("room", (*CORE, *SHELL))
def test_every_module_says_its_one_idea(room: str) -> None:
    """Each module begins with a sentence, and none is a drawer called utils, helpers, common, manager or base."""
    for path, tree in sources(room):
        if "migrations" in path.parts:
            continue
        assert path.stem not in {"utils", "helpers", "common", "manager", "managers", "base", "misc"}, path
        assert ast.get_docstring(tree), f"{path.relative_to(ROOT)} has no docstring"


def test_nothing_is_left_for_later() -> None:
    """No note to do something later stands in the code, and no NotImplementedError."""
    marks = re.compile(r"\b(TODO|FIXME)\b|raise NotImplementedError")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted(SOURCE.rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if marks.search(line)
    ]
    assert found == []


def test_every_test_states_the_behaviour() -> None:
    """Each test has a docstring that says what must hold, and none can be skipped or expected to fail."""
    silent, evaded = [], []
    evasion = re.compile(r"pytest\.(skip|xfail|importorskip)|mark\.(skip|skipif|xfail)")
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if path != Path(__file__).resolve() and evasion.search(text):
            evaded.append(str(path.relative_to(ROOT)))
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node):
                silent.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert (silent, evaded) == ([], [])
