"""Why a period or a calendar cannot be used, as a stable code with its values; the words stand in the catalogue."""

from dataclasses import dataclass


class TermError(ValueError):
    """A period, an event of it or a start that cannot be counted.

    `code` is stable and names the words `term-error-<code with hyphens>`; `values` fill them.
    """

    def __init__(self, code: str, **values: str | int) -> None:
        self.code = code
        self.values = values
        super().__init__(f"{code}: {values}" if values else code)


@dataclass(frozen=True, slots=True)
class CalendarProblem:
    """One thing wrong in a calendar file: where it stands, what was expected there, what was found.

    `line` and `column` count from 1. `code` is stable and names the words `calendar-error-<code with hyphens>`.
    """

    file: str
    line: int
    column: int
    code: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.code}: expected {self.expected}, found {self.found}"


class CalendarErrors(ValueError):
    """A calendar file that must not be used; `problems` holds everything wrong with it, in the order of the lines."""

    code = "calendar_wrong"

    def __init__(self, problems: list[CalendarProblem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.file, problem.line, problem.column)))
        self.values = {"count": len(self.problems), "first": str(self.problems[0])}
        super().__init__("\n".join(str(problem) for problem in self.problems))
