"""Scenarios that read like the statute: dated facts, then what is done, then the stage, the clocks and the duty that
must follow.

```yaml
- An answer on the last working day is in time:
    given: [{on: 2026-09-17 Thu, file: {}}, {on: 2026-09-18 Fri, accept: {}}]
    when:  [{on: 2026-10-15 Thu, answer: {}}]
    then:  {stage: answered, clocks: {answer: {due: 2026-10-15, met: true, late: false}}}
    cite:  local
```

A weekday written in a row is asserted; a step is taken at ten unless it states its hour (`on: 2026-07-01T16:30`).
`pass: {}` is the daily look at the clocks; `with: {…}` gives public facts or
offices where the scenario depends on them; everything else an action needs is filled in plainly. `then: {opens: …}`
names the procedure under which the course has opened another case. `duty` is what must be done first, `duties` all of
it, one for each branch.
"""

from __future__ import annotations

import datetime as dates
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ruamel.yaml.comments import CommentedBase

from mingze.casework.case import Case, evolve
from mingze.casework.command import Actor, Command, Refused, Sealed
from mingze.casework.deciding import decide, mark_lapsed, settle
from mingze.casework.duty import duties, duty
from mingze.casework.standing import circle_of
from mingze.procedure.model import Action, Procedure
from mingze.procedure.reader import Problem, ProcedureErrors, load_yaml, place_of
from mingze.terms import SHANGHAI, Calendar

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
STEP_KEYS = {"on", "by", "with", "offices", "occurred"}
THEN_KEYS = {"stage", "open", "outcome", "overdue", "refused", "clocks", "duty", "duties", "opens"}
CLOCK_KEYS = {"due", "raw", "rolled", "met", "late", "provisional", "running", "lapsed"}


@dataclass(frozen=True, slots=True)
class Scenario:
    """One sentence of the statute tried out on dates."""

    name: str
    file: str
    line: int
    given: tuple[Mapping[str, Any], ...]
    when: tuple[Mapping[str, Any], ...]
    then: Mapping[str, Any]
    cite: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What a scenario expected and what the engine gave."""

    scenario: Scenario
    what: str
    expected: str
    found: str

    def __str__(self) -> str:
        place = f"{self.scenario.file}:{self.scenario.line}"
        return f"{place}: {self.scenario.name}: {self.what}: {self.expected} ≠ {self.found}"


def read_scenarios(procedure: Procedure) -> list[Scenario]:
    """All scenarios in the procedure's folder.

    Raises: ProcedureErrors for a scenario that is not written as one.
    """
    out: list[Scenario] = []
    for file, text in sorted(procedure.scenarios.items()):
        head = "scenarios:\n"
        try:
            tree = load_yaml(head + text, file)["scenarios"] or []
        except ProcedureErrors as error:  # the line added above is none of the author's
            raise ProcedureErrors([replace(each, line=each.line - 1) for each in error.problems]) from error
        for position, item in enumerate(tree if isinstance(tree, list) else [tree]):
            row, column = place_of(tree, (position,))
            row -= 1
            if not isinstance(tree, list) or not isinstance(item, dict) or len(item) != 1:
                found = ", ".join(map(str, item)) if isinstance(item, dict) else str(item)
                raise _malformed(file, row, column, "- 一句话 / a sentence:", found)
            (name, body), *_ = item.items()
            if not isinstance(body, dict):
                raise _malformed(file, row, column, "given, when, then, cite", str(body))
            _read_keys(file, row, column, body)
            scenario = Scenario(
                str(name),
                file,
                row,
                tuple(body.get("given") or ()),
                tuple(body.get("when") or ()),
                body["then"],
                str(body["cite"]),
            )
            _read_steps(procedure, scenario)
            out.append(scenario)
    return out


def _malformed(file: str, line: int, column: int, expected: str, found: str) -> ProcedureErrors:
    return ProcedureErrors([Problem(file, line, column, "scenario_form", expected, found or "-")])


def _read_keys(file: str, row: int, column: int, body: Mapping[str, Any]) -> None:
    """What a scenario may say, and what it must."""
    missing = [key for key in ("then", "cite") if not body.get(key)]
    if missing:
        raise _malformed(file, row, column, ", ".join(missing), ", ".join(map(str, body)))
    then = body["then"]
    if not isinstance(then, dict) or not isinstance(then.get("clocks") or {}, dict):
        raise _malformed(file, row, column, "then: stage, clocks, …", str(then))
    unknown = set(body) - {"calendar", "given", "when", "then", "cite"} | set(then) - THEN_KEYS
    for clock in (then.get("clocks") or {}).values():
        unknown |= set(clock) - CLOCK_KEYS if isinstance(clock, dict) else {str(clock)}
    if unknown:
        allowed = "given, when, then, cite; then: " + ", ".join(sorted(THEN_KEYS))
        raise _malformed(
            file, row, column, allowed + "; clocks: " + ", ".join(sorted(CLOCK_KEYS)), ", ".join(sorted(unknown))
        )
    for key in ("given", "when"):
        if not isinstance(body.get(key) or [], list):
            raise _malformed(file, row, column, f"{key}: - on: 2026-03-02 Mon", ", ".join(map(str, body[key])))


def _read_steps(procedure: Procedure, scenario: Scenario) -> None:
    """Each step has a day and acts that the procedure has; what must follow names clocks that it has."""
    for step in (*scenario.given, *scenario.when):
        line = _line_of(step, scenario)
        if not isinstance(step, dict) or "on" not in step:
            raise _malformed(scenario.file, line, 1, "on: 2026-03-02 Mon", ", ".join(map(str, step)))
        _moment(step, scenario)
        _known(scenario, line, [key for key in step if key not in STEP_KEYS], {*procedure.actions, "pass", "settle"})
    _known(scenario, scenario.line, scenario.then.get("clocks") or (), procedure.clocks)


def _known(scenario: Scenario, line: int, names: Iterable[Any], allowed: Iterable[str]) -> None:
    for name in names:
        if name not in allowed:
            there = ", ".join(sorted(allowed))
            raise ProcedureErrors([Problem(scenario.file, line, 1, "scenario_names", there, str(name))])


def _line_of(step: Any, scenario: Scenario) -> int:
    """The line of a step in its file."""
    return step.lc.line if isinstance(step, CommentedBase) else scenario.line


def _moment(step: Mapping[str, Any], scenario: Scenario) -> dates.datetime:
    """When a step is taken: ten o'clock on its day, or the hour that it states (`2026-07-01T16:30`, local time).

    A weekday behind the day is asserted.
    """
    text = str(step["on"])
    stated, _, weekday = text.partition(" ")
    if weekday[:1].isdigit():  # the YAML reader writes an unquoted `T` as a blank
        stated, weekday = text, ""
    place = scenario.file, _line_of(step, scenario), 1
    try:
        at = dates.datetime.fromisoformat(stated)
    except ValueError:
        raise ProcedureErrors([Problem(*place, "wrong_date", "2026-03-02 Mon", text)]) from None
    if weekday and WEEKDAYS[at.weekday()] != weekday.strip():
        raise ProcedureErrors([Problem(*place, "wrong_weekday", f"{at.date()} {WEEKDAYS[at.weekday()]}", text)])
    hour = at.timetz() if len(stated) > 10 else dates.time(10)
    return dates.datetime.combine(at.date(), hour.replace(tzinfo=None), SHANGHAI)


def plain_command(
    procedure: Procedure, case: Case | None, name: str, action: Action, step: Mapping[str, Any], at: dates.datetime
) -> Command:
    """A command with everything the action needs filled in plainly, and what the step says laid over it."""
    offices = {role: role for role in action.binds}
    if case is None:
        offices |= {role: role for role, declared in procedure.offices.items() if declared.found_by}
    offices |= dict(step.get("offices") or {})
    held = {**(case.offices if case is not None else {}), **offices}
    by = str(step.get("by") or action.by[0])
    actor = _actor(procedure, held, by)
    given = dict(step.get("with") or {})
    facts: dict[str, Any] = {}
    sealed: dict[str, Sealed] = {}
    party = next(iter(procedure.parties), "office")
    for field_name in action.takes:
        field = procedure.fields[field_name]
        if field_name in given:
            facts[field_name] = (
                given[field_name] if not isinstance(given[field_name], dates.date) else str(given[field_name])
            )
        elif field.public and field.required:
            facts[field_name] = _plain_value(field.type, field.choices, at)
        elif field.seals and field.required and field.type != "files":
            sealed[field.seals] = Sealed(field.seals, party, "A" * 43)
    return Command(name, actor, facts, tuple(sealed.values()), offices, f"scenario:{at.isoformat()}:{name}")


def _actor(procedure: Procedure, offices: Mapping[str, str], by: str) -> Actor:
    if by.startswith("clock "):
        return Actor("clock", clock=by[6:])
    role, _, function = by.partition(".")
    if role in procedure.parties:
        return Actor("party", party=role)
    office = offices.get(role, role)
    return Actor("post", post=f"{office}.{function or 'handler'}", office=office, functions=(function or "handler",))


def _plain_value(type_: str, choices: Mapping[str, Any], at: dates.datetime) -> Any:
    if type_ == "choice":
        return next(iter(choices))
    if type_ == "date":
        return (at.date() + dates.timedelta(days=30)).isoformat()
    return 1 if type_ == "number" else "…"


def run(procedure: Procedure, scenario: Scenario, calendar: Calendar) -> list[Difference]:
    """What differs between the scenario and the engine; empty when the statute's sentence holds."""
    case: Case | None = None
    refused = ""
    last_at: dates.datetime | None = None
    steps = [(False, step) for step in scenario.given] + [(True, step) for step in scenario.when]
    for is_when, step in steps:
        at = _moment(step, scenario)
        if last_at is not None and at <= last_at:
            at = last_at + dates.timedelta(minutes=1)
        last_at = at
        names = [key for key in step if key not in STEP_KEYS]
        for name in names:
            try:
                case = _step(procedure, case, name, {**(step[name] or {}), **step}, at, calendar)
                refused = ""
            except Refused as error:
                refused = error.code
                if not is_when:
                    return [Difference(scenario, f"given {name}", "possible", f"refused: {error}")]
    return list(_differences(scenario, case, procedure, refused))


def _step(
    procedure: Procedure, case: Case | None, name: str, step: Mapping[str, Any], at: dates.datetime, calendar: Calendar
) -> Case | None:
    if name in ("pass", "settle"):
        assert case is not None
        do = mark_lapsed if name == "pass" else settle
        event = do(procedure, case, at, calendar, authority="test", previous=None)
        return evolve(procedure, case, event) if event is not None else case
    action = procedure.actions.get(name)
    if action is None:
        raise Refused("unknown_action", action=name)
    command = plain_command(procedure, case, name, action, step, at)
    event = decide(
        procedure, case, command, at, calendar, authority="test", case_id="test", opens="opened", superiors={},
        circle=plain_circle(procedure, command) if case is None else None,
    )  # fmt: skip
    return evolve(procedure, case, event)


def plain_circle(procedure: Procedure, command: Command) -> dict[str, str] | None:
    """The smallest circle of a case that a scenario opens: the post of each function its procedure names."""
    circle = procedure.reading.circle
    if circle is None:
        return None
    office = command.offices.get(circle.office, circle.office)
    posts = [(f"{office}.{function}", (function,)) for function in (circle.handler, circle.approver)]
    return circle_of(procedure, command.offices, posts, command.actor)


def _differences(scenario: Scenario, case: Case | None, procedure: Procedure, refused: str) -> Iterator[Difference]:
    wanted = str(scenario.then.get("refused", ""))
    if wanted != refused:
        yield Difference(scenario, "refused", wanted or "no", refused or "no")
    if case is None:
        return
    now = duty(procedure, case)
    found: dict[str, Any] = {
        "stage": case.stage,
        "open": case.open,
        "outcome": case.outcome,
        "overdue": case.overdue,
        "duty": {"role": now.role, "clock": now.clock} if now else None,
        "duties": [{"role": each.role, "clock": each.clock} for each in duties(procedure, case)],
        "opens": case.links[-1]["procedure"] if case.links else None,
    }
    for key, value in scenario.then.items():
        if key in found and str(_plain(value)) != str(_plain(found[key])):
            yield Difference(scenario, key, str(value), str(found[key]))
    for name, facts in (scenario.then.get("clocks") or {}).items():
        state = case.clocks.get(name)
        if state is None:
            yield Difference(scenario, f"clock {name}", "started", "not started")
            continue
        seen = {
            "due": state.due, "raw": state.raw, "rolled": state.rolled, "met": state.met_at is not None, "late":
            state.late, "provisional": state.provisional, "running": state.running, "lapsed": state.lapsed_on,
        }  # fmt: skip
        for key, value in facts.items():
            if str(value) != str(seen[key]):
                yield Difference(scenario, f"clock {name}.{key}", str(value), str(seen[key]))


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return dict(value) if isinstance(value, Mapping) else value
