"""The office's learned rules as a YAML file it can read and edit: written from reviewed rows, read back strictly."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from mingze.documents.learning import Learned, LearnedAlias, LearnedLead, Source

FILE_NAME = "learned.yaml"
"""Where an instance keeps its rules, beside authority.yaml."""
_HEAD = """\
# 本单位审定过的条目归纳出的规则，可以修改、删除；mingze decompose --learned 按它读文件，用到的每一行都会写明出处。
# Rules drawn from rows this office reviewed. Edit or delete them; each row they touch names the rule and where it comes from.
# aliases: a name in documents (surface) and the office it stands for. leads: a topic and who leads where nobody is named.
# from: the reviewed rows, as document/row.
"""


def learned_of(folder: Path) -> Learned:
    """The rules an instance keeps, none if it keeps none. Raises `LearnedError` as `read_learned` does."""
    try:
        return read_learned((folder / FILE_NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Learned()
    except (OSError, UnicodeDecodeError) as error:
        raise LearnedError("not_yaml", 1, type(error).__name__) from error


class LearnedError(Exception):
    """The file cannot be used: `code` is `not_yaml`, `wrong_shape` or `missing`, with the line (words: `documents-learned-<code>`)."""

    def __init__(self, code: str, line: int, found: str) -> None:
        super().__init__(f"line {line}: {code}: {found}")
        self.code = code
        self.values = {"line": line, "found": found}


def write_learned(learned: Learned) -> str:
    """The rules as a YAML text that `read_learned` reads back to the same rules."""
    yaml = YAML()
    yaml.width = 4_096
    yaml.allow_unicode = True
    body = {
        "aliases": [{"surface": a.surface, "office": a.office, "from": _sources(a.sources)} for a in learned.aliases],
        "leads": [
            {"topic": rule.topic, "office": rule.office, "from": _sources(rule.sources)} for rule in learned.leads
        ],
    }
    out = StringIO()
    yaml.dump(body, out)
    return _HEAD + out.getvalue()


def read_learned(text: str) -> Learned:
    """The rules of a file. Raises `LearnedError` with the line of the first thing that cannot be meant."""
    try:
        root = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise LearnedError("not_yaml", mark.line + 1 if mark else 1, str(error.problem or "")) from None
    if root is None:
        return Learned()
    if not isinstance(root, Mapping) or set(root) - {"aliases", "leads"}:
        raise LearnedError("wrong_shape", 1, "aliases, leads")
    return Learned(
        tuple(LearnedAlias(*_rule(row, "surface")) for row in _rows(root, "aliases")),
        tuple(LearnedLead(*_rule(row, "topic")) for row in _rows(root, "leads")),
    )


def _sources(sources: tuple[Source, ...]) -> list[str]:
    return [f"{source.document}/{source.row}" for source in sources]


def _rows(root: Mapping[str, Any], key: str) -> list[Any]:
    rows = root.get(key)
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise LearnedError("wrong_shape", _line(root, key), key)
    return list(rows)


def _rule(row: Any, name: str) -> tuple[str, str, tuple[Source, ...]]:
    if not isinstance(row, Mapping):
        raise LearnedError("wrong_shape", 1, str(row))
    line = getattr(row, "lc", None)
    at = line.line + 1 if line is not None else 1
    for key in (name, "office", "from"):
        if not row.get(key):
            raise LearnedError("missing", at, key)
    if set(row) - {name, "office", "from"}:
        raise LearnedError("wrong_shape", at, ", ".join(str(k) for k in row if k not in (name, "office", "from")))
    said = row["from"]
    sources = [str(one).partition("/") for one in (said if isinstance(said, list) else [said])]
    if not all(slash and row_id and "/" not in row_id for _, slash, row_id in sources):
        raise LearnedError("wrong_shape", _line(row, "from"), "document/row")
    if not isinstance(row[name], str) or not isinstance(row["office"], str):
        raise LearnedError("wrong_shape", at, name)
    return row[name], row["office"], tuple(Source(document, row_id) for document, _, row_id in sources)


def _line(mapping: Any, key: str) -> int:
    try:
        return mapping.lc.value(key)[0] + 1
    except (AttributeError, KeyError):
        return 1
