"""What the store says when it cannot or will not write: codes with values, worded for people in `words/*/store.ftl`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as declared
from typing import Any, Literal

type Reason = Literal["read_only", "disk_full", "gone", "busy", "stopped", "second_writer", "keys_down"]


class Unavailable(Exception):
    """The register cannot be written (or read) now. What was asked has left no trace, or has been written as a whole.

    `read_only` the database or its folder refuses writing; `disk_full` no space; `gone` the database is not there or
    the connection broke, and only repeating with the same key tells whether the last word arrived; `busy` somebody
    else holds it; `stopped` a flush failed, so the writer takes nothing until it is opened again; `second_writer`
    another process already writes this register; `keys_down` whoever holds the keys of sealed data does not answer.
    """

    def __init__(self, code: Reason, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code: Reason = code
        self.detail = detail
        self.values: Mapping[str, Any] = {}


class OtherVersion(Exception):
    """The database was made by another version of Mingze; `mingze upgrade` brings an older one to this version."""

    code = "other_version"

    def __init__(self, found: int, wanted: int) -> None:
        super().__init__(f"the register has schema version {found}, this program needs {wanted}")
        self.found = found
        self.wanted = wanted
        self.values: Mapping[str, Any] = {"found": found, "wanted": wanted}


@dataclass(frozen=True)
class FieldProblem:
    """One thing to put right in one field of a form: the field's name, a stable code, and the values for the
    sentence.
    """

    field: str
    code: str
    values: Mapping[str, Any] = declared(default_factory=dict)


class Invalid(Exception):
    """What was entered does not fit the form. Nothing was sealed or written; every problem is listed, not only the
    first.
    """

    code = "invalid"

    def __init__(self, problems: list[FieldProblem]) -> None:
        super().__init__("; ".join(f"{problem.field}: {problem.code}" for problem in problems))
        self.problems = problems
        self.values: Mapping[str, Any] = {"count": len(problems)}


class ReviewRefused(Exception):
    """A step of a document's review that cannot be taken: the row has changed meanwhile, or the step is never
    allowed.
    """

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(f"{code}: {values}")
        self.code = code
        self.values: Mapping[str, Any] = values
