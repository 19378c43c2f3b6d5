"""Which slip of the pen stands behind an error: a bracket left open, a tab, Chinese punctuation, a day that is none.

The YAML reader and the validator speak to programmers; whoever writes procedures is told what to put there instead.
Each slip has a code of its own (`check-…` in the catalogue), so that both languages say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from pydantic import BaseModel

from mingze.procedure.model import (
    Action,
    Clock,
    DatedNumber,
    Exclusion,
    FormField,
    OfficeRole,
    Party,
    ProcedureTable,
    Publication,
    Remedy,
    Silence,
    Source,
    Stage,
)


class Slip(NamedTuple):
    """What was written, and what should be: `code`, `expected`, `found`; `line` and `column` where they count from 1."""

    code: str
    expected: str
    found: str
    line: int = 1
    column: int = 1


_HALF_WIDTH = dict(zip("：，｛｝［］＂＃－", ':,{}[]"#-', strict=True))
_KEY = r"[A-Za-z_][A-Za-z0-9_]*"
_FULL_WIDTH = re.compile(rf"(?:^\s*(?:- )?|[{{,，｛]\s*){_KEY}\s*(：)|(，)\s*{_KEY}\s*[:：]|([｛｝［］])|^\s*([＃－])")
_NO_SPACE = re.compile(rf"(?:^\s*(?:- )?|[{{,]\s*){_KEY}:(?=[^\s\]}},])")


def yaml_slip(text: str, problem: str, mark: Any, context_mark: Any) -> Slip:
    """What a jurist did where the YAML reader gave up; the place is that of the slip, not of the reader's surprise."""
    lines = text.splitlines()
    at = (mark.line, mark.column) if mark is not None else (0, 0)
    begun = (context_mark.line, context_mark.column) if context_mark is not None else at
    near = sorted({begun[0], at[0]}) if at[0] - begun[0] < 2 else [at[0]]
    if begun[0] < at[0] and "expected ':'" in problem:
        near = [begun[0]]
    for row in (row for row in near if row < len(lines)):
        line = lines[row]
        tab = line.find("\t")
        if tab >= 0 and not line[:tab].strip():
            return Slip("yaml_tab", "", "", row + 1, tab + 1)
        wide = _FULL_WIDTH.search(line)
        if wide:
            group = next(number for number, found in enumerate(wide.groups(), 1) if found)
            found = wide[group]
            return Slip("yaml_full_width", _HALF_WIDTH[found], found, row + 1, wide.start(group) + 1)
        tight = _NO_SPACE.search(line)
        if tight:
            return Slip("yaml_no_space", "", line.strip()[:40], row + 1, tight.end())
    if problem.startswith(("expected ',' or '}'", "expected ',' or ']'")):
        return Slip("yaml_not_closed", "}" if "'}'" in problem else "]", "", begun[0] + 1, begun[1] + 1)
    here = lines[at[0]].strip().partition("{")[0].rstrip()[:40] if at[0] < len(lines) else ""
    if "expected ':'" in problem:
        there = lines[begun[0]].strip()[:40] if begun[0] < len(lines) else ""
        return Slip("yaml_no_colon", "", there, begun[0] + 1, begun[1] + 1)
    if "<block end>" in problem or "mapping values" in problem or "block collection" in problem:
        return Slip("yaml_indent", "", here, at[0] + 1, at[1] + 1)
    return Slip("not_yaml", "", problem, at[0] + 1, at[1] + 1)


def not_a_day(text: str) -> Slip | None:
    """The first day of a text that no calendar has, as the 30th of February."""
    for row, line in enumerate(text.splitlines(), 1):
        for found in re.finditer(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", line):
            month, day = int(found[2]), int(found[3])
            longest = 31 if month in (1, 3, 5, 7, 8, 10, 12) else 30 if month != 2 else 28 + _leap(int(found[1]))
            if not (1 <= month <= 12 and 1 <= day <= longest):
                return Slip("wrong_date", "", found[0], row, found.start() + 1)
    return None


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


_CODES = {
    "extra_forbidden": "unknown_key",
    "missing": "missing_key",
    "string_pattern_mismatch": "wrong_name",
    "literal_error": "wrong_choice",
    "string_too_long": "too_long",
    "string_too_short": "empty",
    "string_type": "not_text",
    "tuple_type": "not_a_list",
    "too_long": "not_a_pair",
    "mapping_type": "not_a_row",
    "dict_type": "not_a_row",
    "model_type": "not_a_row",
    "model_attributes_type": "not_a_row",
    "int_parsing": "not_a_number",
    "int_type": "not_a_number",
    "int_from_float": "not_a_number",
    "bool_parsing": "not_yes_or_no",
    "bool_type": "not_yes_or_no",
    "date_type": "wrong_date",
    "date_parsing": "wrong_date",
    "date_from_datetime_parsing": "wrong_date",
    "date_from_datetime_inexact": "wrong_date",
    "greater_than_equal": "number_too_small",
    "less_than_equal": "number_too_large",
}
_NUMBERS_BY_NAME = {"limit", "minimum", "backward", "otherwise"}

_ROWS: Mapping[str, type[BaseModel]] = {
    "sources": Source,
    "parties": Party,
    "offices": OfficeRole,
    "excluded": Exclusion,
    "publication": Publication,
    "fields": FormField,
    "stages": Stage,
    "remedies": Remedy,
    "actions": Action,
    "clocks": Clock,
}


def value_slip(item: Mapping[str, Any], path: tuple[Any, ...]) -> Slip:
    """What is wrong with a value, from what the validator says of it; `path` are the keys as the file has them."""
    kind, context = str(item["type"]), item.get("ctx") or {}
    code = _CODES.get(kind, "wrong_value")
    if kind in ("string_type", "string_pattern_mismatch") and path and path[-1] in _NUMBERS_BY_NAME:
        code = "not_a_number_by_name"
    elif code == "wrong_name" and path[-1:] != ("[key]",) and path != ("procedure",):
        code = "wrong_form"
    expected = {
        "unknown_key": lambda: _meant(path),
        "wrong_choice": lambda: str(context.get("expected", "")).replace("'", "").replace(" or ", ", "),
        "too_long": lambda: str(context.get("max_length", "")),
        "number_too_small": lambda: str(context.get("ge", "")),
        "number_too_large": lambda: str(context.get("le", "")),
        "wrong_name": lambda: "-" if path == ("procedure",) else "_",
        "wrong_form": lambda: str(context.get("pattern", "")),
    }.get(code, lambda: str(item["msg"]))()
    where = ".".join(str(step) for step in path if step != "[key]")
    value = item["input"]
    shown = (
        code not in ("missing_key", "unknown_key")
        and path[-1:] != ("[key]",)
        and not isinstance(value, Mapping | list | tuple)
    )
    return Slip(code, expected, f"{where}: {str(value)[:80]}" if shown and value is not None else where)


def _meant(path: tuple[Any, ...]) -> str:
    """The key that an unknown one is most like, or `none`."""
    near = get_close_matches(str(path[-1]), sorted(_keys_at(path[:-1])), n=1, cutoff=0.6)
    return near[0] if near else "none"


def _keys_at(path: tuple[Any, ...]) -> Iterable[str]:
    table: type[BaseModel] | None
    if not path:
        table = ProcedureTable
    elif path[-1] == "silence":
        table = Silence
    elif len(path) == 2 and isinstance(path[1], int):
        table = DatedNumber
    else:
        table = _ROWS.get(str(path[0])) if len(path) == 2 else None
    names = table.model_fields if table is not None else {}
    return {str(field.alias or name) for name, field in names.items()} | ({"zh", "en"} if table is None else set())
