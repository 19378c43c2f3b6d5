"""The sentences of the browser verifier, taken from the catalogue: `python -m tests.ledger_tools.verifier_words` writes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fluent.syntax import FluentParser, ast

import mingze.ledger
from mingze import words

PAGE = Path(str(mingze.ledger.__file__)).with_name("verifier.html")
START, END = "/*WORDS*/", "/*END*/"
FAMILIES = ("outcome", "heading", "check", "error", "limit", "fact", "clock", "op", "type", "next", "bundle")


def catalogue() -> dict[str, dict[str, str]]:
    """Every sentence the page can show, by language and id, with {name} for each value."""
    return {lang: dict(sorted(_of(lang).items())) for lang in words.LANGUAGES}


def _of(lang: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in words.files(lang):
        if path.name not in ("ledger.ftl", "ledger_tools.ftl"):
            continue
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            if (
                isinstance(entry, ast.Message)
                and entry.value
                and entry.id.name.startswith(tuple(f"ledger-{family}-" for family in FAMILIES))
            ):
                found[entry.id.name] = _pattern(entry.value)
    return found


def _pattern(pattern: Any) -> str:
    return "".join(
        element.value if isinstance(element, ast.TextElement) else _placed(element.expression)
        for element in pattern.elements
    )


def _placed(expression: Any) -> str:
    if isinstance(expression, ast.SelectExpression):
        return _pattern(next(variant for variant in expression.variants if variant.default).value)
    if isinstance(expression, ast.StringLiteral):
        return expression.value
    return "{" + expression.id.name + "}"


def in_page() -> dict[str, dict[str, str]]:
    """The sentences that stand in the page."""
    text = PAGE.read_text(encoding="utf-8")
    return json.loads(text[text.index(START) + len(START) : text.index(END)])


def write() -> None:
    """Put the catalogue's sentences into the page."""
    text = PAGE.read_text(encoding="utf-8")
    table = json.dumps(catalogue(), ensure_ascii=False, indent=0).replace("</", "<\\/")
    PAGE.write_text(text[: text.index(START) + len(START)] + table + text[text.index(END) :], encoding="utf-8")


if __name__ == "__main__":
    write()
