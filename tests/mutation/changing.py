"""Every small change of the code under trial: one expression of one function, changed in one way.

How an expression is changed is mutmut's table of operators; which modules are changed, and which lines only word a
message and are left alone, stands in `[tool.mutmut]` of pyproject.toml.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NEVER_CHANGED = ("len", "isinstance")
"""Calls mutmut leaves alone: what is changed in them is noticed at once or never."""


@dataclass(frozen=True)
class Change:
    """One change: in which function of which module, the whole function before and after, and what differs.

    `before` and `after` hold the function without its decorators; a method stands in a class of its own.
    """

    module: str
    function: str
    before: str
    after: str
    number: int

    @property
    def name(self) -> str:
        """What the change is called on the command line and in what is remembered."""
        return f"{self.where}#{self.number}"

    @property
    def where(self) -> str:
        """The function, as `module.Class.function`."""
        return f"{self.module}.{self.function}"

    @property
    def digest(self) -> str:
        """Of the function before and after: what is remembered of a change holds as long as both are the same."""
        return hashlib.sha256(f"{self.before}\0{self.after}".encode()).hexdigest()[:12]

    @cached_property
    def lines(self) -> tuple[str, str]:
        """The lines that differ, as they stand and as they are changed to, without their indentation."""
        rows = list(difflib.ndiff(self.before.splitlines(), self.after.splitlines()))
        return (
            "\n".join(row[2:].strip() for row in rows if row.startswith("- ")),
            "\n".join(row[2:].strip() for row in rows if row.startswith("+ ")),
        )


def changes() -> Iterator[Change]:
    """All changes, module by module and function by function, in the order of the text."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
    left_alone = [re.compile(pattern) for pattern in settings["do_not_mutate_patterns"]]
    for file in settings["only_mutate"]:
        module = file.removeprefix("src/").removesuffix(".py").replace("/", ".")
        yield from _changes_in(module, (ROOT / file).read_text(encoding="utf-8"), left_alone)


def _changes_in(module: str, text: str, left_alone: list[re.Pattern[str]]) -> Iterator[Change]:
    # Installed with the group `mutate` only: nothing else of the project needs to rewrite code.
    cst: Any = import_module("libcst")
    metadata: Any = import_module("libcst.metadata")
    operators: Any = import_module("mutmut.mutation.mutators").mutation_operators
    wrapper = metadata.MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    positions = wrapper.resolve(metadata.PositionProvider)
    worded = {
        number
        for number, line in enumerate(text.splitlines(), 1)
        if any(pattern.search(line) for pattern in left_alone)
    }

    def skipped(node: Any) -> bool:
        """Whether a node and all within it are left alone."""
        if isinstance(node, cst.Annotation | cst.Decorator):
            return True
        if isinstance(node, cst.BaseExpression) and node in positions and positions[node].start.line in worded:
            return True
        if isinstance(node, cst.Param) and node.default:
            # A default is computed once, where the function is defined.
            return not isinstance(node.default, cst.Name | cst.BaseNumber | cst.BaseString)
        return isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in NEVER_CHANGED

    def nodes(node: Any) -> Iterator[Any]:
        if not skipped(node):
            yield node
            for child in node.children:
                yield from nodes(child)

    def touches_words(node: Any, changed: Any) -> bool:
        """Whether a change drops what stands on a line that is left alone."""
        kept = {id(each) for each in _all(changed)}
        return any(
            id(each) not in kept and each in positions and positions[each].start.line in worded for each in _all(node)
        )

    for owner, function in _functions(cst, wrapper.module):
        plain = function.with_changes(decorators=[], leading_lines=[])
        name = ".".join(part for part in (owner, function.name.value) if part)
        before = _standing_alone(cst, owner, plain)
        number = 0
        for node in nodes(function):
            for kind, operator in operators:
                if not isinstance(node, kind):
                    continue
                for changed in operator(node):
                    if worded and touches_words(node, changed):
                        continue
                    after = _standing_alone(cst, owner, plain.deep_replace(node, changed))
                    number += 1
                    yield Change(module, name, before, after, number)


def _all(node: Any) -> Iterator[Any]:
    yield node
    for child in node.children:
        yield from _all(child)


def _functions(cst: Any, module: Any) -> Iterator[tuple[str, Any]]:
    """The functions of a module, each with the class it stands in."""
    for statement in module.body:
        if isinstance(statement, cst.FunctionDef):
            yield "", statement
        elif isinstance(statement, cst.ClassDef):
            for inner in statement.body.body:
                if isinstance(inner, cst.FunctionDef):
                    yield statement.name.value, inner


def _standing_alone(cst: Any, owner: str, function: Any) -> str:
    """A function as text that can be compiled; a method in a class, so that its private names stay what they are."""
    if not owner:
        return cst.Module([function]).code
    return cst.Module([cst.ClassDef(cst.Name(owner), cst.IndentedBlock([function]))]).code
