"""Reading a procedure's folder: every mistake is named with file, line, column, what was expected, what was found and
the fix.

Pure: the shell reads the files and hands their texts over (`{"procedure.yaml": …, "parameters.yaml": …,
"blindspots.md": …, "scenarios/x.yaml": …}`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cel
from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedBase
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from mingze.procedure.model import DatedNumber, Procedure, ProcedureTable
from mingze.procedure.slips import Slip, not_a_day, value_slip, yaml_slip

LARGEST_FILE = 256 * 1024


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a procedure, at its place. `code` is stable; the words for it live in the catalogue."""

    file: str
    line: int
    column: int
    code: str
    expected: str = ""
    found: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.code}: expected {self.expected}; found {self.found}"


class ProcedureErrors(Exception):
    """The procedure is wrong (ours, not the filing's): all problems that could be found in one reading."""

    code = "procedure_wrong"

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


def load_yaml(text: str, file: str) -> Any:
    """The YAML tree with line marks, or ProcedureErrors for what the YAML reader itself refuses (duplicate keys
    included).
    """
    if len(text) > LARGEST_FILE:
        raise ProcedureErrors([Problem(file, 1, 1, "file_too_large", str(LARGEST_FILE), str(len(text)))])
    reader = YAML(typ="rt", pure=True)
    reader.allow_duplicate_keys = False
    try:
        tree = reader.load(text)
    except DuplicateKeyError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        found = (error.problem or "").split("with value")[0].partition('"')[2].rpartition('"')[0]
        raise ProcedureErrors([Problem(file, line, column, "duplicate_key", "", found)]) from error
    except MarkedYAMLError as error:
        raise ProcedureErrors(
            [_slipped(file, yaml_slip(text, error.problem or "", error.problem_mark, error.context_mark))]
        ) from error
    except YAMLError as error:
        raise ProcedureErrors([Problem(file, 1, 1, "not_yaml", "", str(error))]) from error
    except ValueError as error:  # a day that no calendar has
        raise ProcedureErrors([_slipped(file, not_a_day(text) or Slip("not_yaml", "", str(error)))]) from error
    if not isinstance(tree, dict):
        code = "empty_file" if tree is None else "not_a_table"
        raise ProcedureErrors([Problem(file, 1, 1, code)])
    return tree


def _slipped(file: str, slip: Slip) -> Problem:
    return Problem(file, slip.line, slip.column, slip.code, slip.expected, slip.found)


def place_of(tree: Any, path: tuple[Any, ...]) -> tuple[int, int]:
    """Line and column of the key or item at `path`, or of the nearest enclosing one that the file really has."""
    line, column = 1, 1
    node = tree
    for step in path:
        if isinstance(node, CommentedBase) and isinstance(node, dict) and step in node:
            row, col = node.lc.key(step)
            line, column = row + 1, col + 1
            node = node[step]
        elif isinstance(node, CommentedBase) and isinstance(node, list) and isinstance(step, int) and step < len(node):
            row, col = node.lc.item(step)
            line, column = row + 1, col + 1
            node = node[step]
        else:
            break
    return line, column


def _plain(node: Any) -> Any:
    """The tree without the YAML reader's own types, so that strict validation sees only plain values."""
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    if isinstance(node, bool) or node is None:
        return node
    if isinstance(node, int):
        return int(node)
    if isinstance(node, float):
        return float(node)
    return str(node) if isinstance(node, str) else node


def _validated(adapter: TypeAdapter[Any], tree: Any, file: str) -> Any:
    try:
        return adapter.validate_python(_plain(tree))
    except ValidationError as error:
        problems = []
        for item in error.errors():
            path = tuple(_FILE_KEYS.get(step, step) for step in item["loc"])
            line, column = place_of(tree, path)
            slip = value_slip(item, path)
            problems.append(Problem(file, line, column, slip.code, slip.expected, slip.found))
        raise ProcedureErrors(problems) from error


_FILE_KEYS: dict[int | str, str] = {"from_": "from", "all_of": "all"}
"""Python's reserved words under the name they have in a file."""

_PROCEDURE = TypeAdapter(ProcedureTable)
_PARAMETERS = TypeAdapter(dict[str, tuple[DatedNumber, ...]])


def read_procedure(files: Mapping[str, str], overlay: Mapping[str, str] | None = None) -> Procedure:
    """A procedure from the texts of its folder; `overlay` holds a district's own `parameters.yaml`, which may only
    replace parameters that the national file marks `local`.

    Raises ProcedureErrors with every problem found, each at its line.
    """
    for wanted in ("procedure.yaml", "parameters.yaml"):
        if wanted not in files:
            raise ProcedureErrors([Problem(wanted, 1, 1, "missing_file", wanted)])
    tree = load_yaml(files["procedure.yaml"], "procedure.yaml")
    numbers = load_yaml(files["parameters.yaml"], "parameters.yaml")
    problems: list[Problem] = []
    table: ProcedureTable | None = None
    parameters: dict[str, tuple[DatedNumber, ...]] = {}
    for adapter, source, file in ((_PROCEDURE, tree, "procedure.yaml"), (_PARAMETERS, numbers, "parameters.yaml")):
        try:
            value = _validated(adapter, source, file)
        except ProcedureErrors as error:
            problems += error.problems
            continue
        if file == "procedure.yaml":
            table = value
        else:
            parameters = value
    if table is None or problems:
        raise ProcedureErrors(problems)
    problems += _references(table, parameters, tree)
    problems += _amount_problems(parameters, numbers)
    digest = hashlib.sha256()
    for file in ("procedure.yaml", "parameters.yaml"):
        digest.update(file.encode() + b"\0" + files[file].encode() + b"\0")
    if overlay and "parameters.yaml" in overlay:
        overlay_tree = load_yaml(overlay["parameters.yaml"], "overlay/parameters.yaml")
        replaced = _validated(_PARAMETERS, overlay_tree, "overlay/parameters.yaml")
        for name, rows in replaced.items():
            if name not in parameters or not all(row.local for row in parameters[name]):
                line, column = place_of(overlay_tree, (name,))
                problems.append(
                    Problem("overlay/parameters.yaml", line, column, "overlay_not_local", "local: true", name)
                )
            parameters[name] = rows
        digest.update(b"overlay\0" + overlay["parameters.yaml"].encode() + b"\0")
    if problems:
        raise ProcedureErrors(problems)
    return Procedure(
        table,
        parameters,
        "sha256:" + digest.hexdigest(),
        blindspots=files.get("blindspots.md", ""),
        scenarios={name: text for name, text in files.items() if name.startswith("scenarios/")},
        texts={
            **{name: files[name] for name in ("procedure.yaml", "parameters.yaml")},
            **(
                {"overlay/parameters.yaml": overlay["parameters.yaml"]}
                if overlay and "parameters.yaml" in overlay
                else {}
            ),
        },
    )


LONGEST_PERIOD = 9999
"""The largest amount of a period in whatever unit; a longer one is a slip of the pen."""


def _amount_problems(parameters: Mapping[str, tuple[DatedNumber, ...]], tree: Any) -> list[Problem]:
    """A period that runs backward by its number, or for longer than anybody lives; none at all (0) is the day itself."""
    out = []
    for name, rows in parameters.items():
        for position, row in enumerate(rows):
            if not 0 <= row.value <= LONGEST_PERIOD:
                line, column = place_of(tree, (name, position, "value"))
                out.append(
                    Problem(
                        "parameters.yaml",
                        line,
                        column,
                        "number_out_of_range",
                        f"0–{LONGEST_PERIOD}",
                        f"{name}: {row.value}",
                    )
                )
    return out


def _first_complaint(error: ValueError) -> str:
    """What the CEL reader says first, without the list of everything it would have liked better."""
    return str(error).split("\n")[0].partition(" expecting {")[0]


def _guard_problems(tree: Any, path: tuple[Any, ...], expression: str) -> list[Problem]:
    """A guard that cannot be read as CEL, at its line."""
    try:
        cel.compile(expression)
    except ValueError as error:
        line, column = place_of(tree, path)
        return [Problem("procedure.yaml", line, column, "guard_unreadable", "CEL", _first_complaint(error))]
    return []


def _references(table: ProcedureTable, parameters: Mapping[str, Any], tree: Any) -> list[Problem]:
    """Names that point nowhere: a table is only readable if every name in it is one of its own."""
    problems: list[Problem] = []
    roles = set(table.offices) | set(table.parties)

    def wants(path: tuple[Any, ...], found: str, allowed: Any, what: str) -> None:
        if found not in allowed:
            line, column = place_of(tree, path)
            names = ", ".join(sorted(allowed)) or "-"
            problems.append(Problem("procedure.yaml", line, column, f"unknown_{what}", names, found))

    openings = [name for name, action in table.actions.items() if not action.from_]
    if len(openings) != 1:
        line, column = place_of(tree, ("actions",))
        problems.append(
            Problem(
                "procedure.yaml",
                line,
                column,
                "one_opening",
                "",
                ", ".join(openings) or "-",
            )
        )
    for name, stage in table.stages.items():
        if stage.bearer:
            wants(("stages", name, "bearer"), stage.bearer, roles, "bearer")
    for name, action in table.actions.items():
        at = ("actions", name)
        for by in action.by:
            if by.startswith("clock "):
                wants((*at, "by"), by.removeprefix("clock "), table.clocks, "clock")
            else:
                wants((*at, "by"), by.partition(".")[0], roles, "actor")
        for stage in action.from_:
            wants((*at, "from"), stage, table.stages, "stage")
        for stage in action.fork:
            wants((*at, "fork"), stage, table.stages, "stage")
        if action.into is not None and action.fork:
            line, column = place_of(tree, (*at, "fork"))
            problems.append(Problem("procedure.yaml", line, column, "into_or_fork", "into, fork", name))
        if action.when is not None:
            problems += _guard_problems(tree, (*at, "when", "cel"), action.when.cel)
        if action.into is not None:
            wants((*at, "into"), action.into, table.stages, "stage")
        for field in action.takes:
            wants((*at, "takes"), field, table.fields, "field")
        for role in action.binds:
            wants((*at, "binds"), role, table.offices, "office")
        for party in action.tell:
            wants((*at, "tell"), party, roles, "party")
        for other in action.after:
            wants((*at, "after"), other, table.actions, "action")
        for other in action.arbitrates:
            wants((*at, "arbitrates"), other, table.actions, "action")
        for remedy in action.remedies:
            wants((*at, "remedies"), remedy, table.remedies, "remedy")
        if action.invites:
            wants((*at, "invites"), action.invites, table.parties, "party")
        if action.recuses:
            wants((*at, "recuses"), action.recuses, table.fields, "field")
    for name, clock in table.clocks.items():
        at = ("clocks", name)
        kinds = [kind for kind in ("limit", "minimum", "backward", "due") if getattr(clock, kind)]
        if len(kinds) != 1:
            line, column = place_of(tree, at)
            problems.append(
                Problem(
                    "procedure.yaml",
                    line,
                    column,
                    "one_kind_of_clock",
                    "limit, minimum, backward, due",
                    ", ".join(kinds) or "-",
                )
            )
            continue
        for key in ("limit", "minimum", "backward", "otherwise"):
            reference = getattr(clock, key)
            if reference:
                wants((*at, key), reference.removeprefix("$"), parameters, "parameter")
        if clock.due:
            wants((*at, "due"), clock.due, table.fields, "field")
        for key in ("starts", "met_by", "suspended_by", "resumed_by", "restarted_by", "reopened_by", "holds"):
            for action_name in getattr(clock, key):
                wants((*at, key), action_name, table.actions, "action")
        for action_name, amount in clock.extended_by.items():
            wants((*at, "extended_by"), action_name, table.actions, "action")
            if amount.startswith("$"):
                wants((*at, "extended_by", action_name), amount.removeprefix("$"), parameters, "parameter")
            else:
                wants((*at, "extended_by", action_name), amount.removeprefix("fact "), table.fields, "field")
        if clock.counts_from:
            wants((*at, "counts_from"), clock.counts_from, table.fields, "field")
        for remedy in clock.silence.remedies if clock.silence else ():
            wants((*at, "silence", "remedies"), remedy, table.remedies, "remedy")
    for name, exclusion in table.excluded.items():
        wants(("excluded", name, "field"), exclusion.field, table.fields, "field")
    for name, row in table.publication.items():
        for key in ("on", "until"):
            for action_name in getattr(row, key):
                wants(("publication", name, key), action_name, table.actions, "action")
        for field in row.shows:
            wants(("publication", name, "shows"), field, table.fields, "field")
    reading = table.reading
    for name, need in reading.needed.items():
        for stage in need.at:
            wants(("reading", "needed", name, "at"), stage, table.stages, "stage")
    if reading.circle:
        wants(("reading", "circle", "office"), reading.circle.office, table.offices, "office")
        for stage in reading.circle.at_once:
            wants(("reading", "circle", "at_once"), stage, table.stages, "stage")
    for name, deferral in reading.deferrals.items():
        for by in deferral.by:
            wants(("reading", "deferrals", name, "by"), by.partition(".")[0], table.offices, "office")
    named = {"identity": reading.identity and reading.identity.lasts, "circle": reading.circle and reading.circle.lasts}
    for key, reference in named.items():
        if reference:
            wants(("reading", key, "lasts"), reference.removeprefix("$"), parameters, "parameter")
    for name, deferral in reading.deferrals.items():
        wants(("reading", "deferrals", name, "longest"), deferral.longest.removeprefix("$"), parameters, "parameter")
    for name, remedy in table.remedies.items():
        if remedy.limit:
            wants(("remedies", name, "limit"), remedy.limit.removeprefix("$"), parameters, "parameter")
    for first, second in table.apart:
        wants(("apart",), first, table.offices, "office")
        wants(("apart",), second, table.offices, "office")
    for name, field in table.fields.items():
        if field.public == (field.seals is not None):
            line, column = place_of(tree, ("fields", name))
            problems.append(Problem("procedure.yaml", line, column, "public_or_sealed", "public: true, seals", name))
        if field.seals and not (field.purpose and field.retention_months):
            line, column = place_of(tree, ("fields", name))
            problems.append(
                Problem("procedure.yaml", line, column, "purpose_and_retention", "purpose, retention_months", name)
            )
        if field.type == "choice" and not field.choices:
            line, column = place_of(tree, ("fields", name))
            problems.append(Problem("procedure.yaml", line, column, "choices_missing", "choices", name))
    return problems
