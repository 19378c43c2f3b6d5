"""How much evidence an indicator asks for: of which kind, and at most how many files.

A cap is a protection, not a target: thick folders of photographs prove that somebody had time to take them (痕迹管理).
What is beyond the cap is refused with that reason, and `none` says that the number itself is enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

EVIDENCE_MOST: Final = 6
"""Files for one indicator over its whole life where nothing else is declared."""

KINDS: Final[Mapping[str, frozenset[str]]] = {
    "documents": frozenset({"pdf", "docx", "doc", "odt", "ofd", "wps", "txt"}),
    "tables": frozenset({"xlsx", "xls", "et", "ods", "csv", "pdf"}),
    "pictures": frozenset({"jpg", "jpeg", "png", "webp"}),
    "none": frozenset(),
}
"""The endings that each kind of evidence takes; a kind that is not here takes every ending."""


@dataclass(frozen=True, slots=True)
class TooMuch:
    """Why files are not taken: `evidence_not_needed`, `evidence_full` (most, had), `evidence_other_kind` (name)."""

    code: Literal["evidence_not_needed", "evidence_full", "evidence_other_kind"]
    most: int
    had: int
    kind: str
    name: str = ""


def evidence_refused(kind: str, most: int, had: int, names: Sequence[str]) -> TooMuch | None:
    """Whether these files, with those that are there already, are more or other than what was declared.

    >>> evidence_refused("tables", 2, 1, ["三季度.xlsx"]), evidence_refused("tables", 2, 2, ["四季度.xlsx"]).code
    (None, 'evidence_full')
    """
    if not names:
        return None
    if kind == "none":
        return TooMuch("evidence_not_needed", 0, had, kind)
    if had + len(names) > most:
        return TooMuch("evidence_full", most, had, kind)
    taken = KINDS.get(kind)
    for name in names:
        if taken is not None and name.rpartition(".")[2].casefold() not in taken:
            return TooMuch("evidence_other_kind", most, had, kind, name)
    return None
