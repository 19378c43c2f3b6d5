"""Scenarios that read like the statute: dated facts, then what is done, then the stage, the clocks and the duty that
must follow.

```yaml
- An answer on the last working day is in time:
    given: [{on: 2026-09-17 Thu, file: {}}, {on: 2026-09-18 Fri, accept: {}}]
    when:  [{on: 2026-10-15 Thu, answer: {}}]
    then:  {stage: answered, clocks: {answer: {due: 2026-10-15, met: true, late: false}}}
    cite:  local
```

A weekday written in a row is asserted. `pass: {}` is the daily look at the clocks; `with: {…}` gives public facts or
offices where the scenario depends on them; everything else an action needs is filled in plainly. `then: {opens: …}`
names the procedure under which the course has opened another case.
"""

from __future__ import annotations

import datetime as dates
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mingze.casework.case import Case, evolve
from mingze.casework.command import Actor, Command, Refused, Sealed
from mingze.casework.deciding import decide, mark_lapsed, settle
from mingze.casework.duty import duty
from mingze.procedure.model import Action, Procedure
from mingze.procedure.reader import Problem, ProcedureErrors, load_yaml, place_of
from mingze.terms import SHANGHAI, Calendar

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
STEP_KEYS = {"on", "by", "with", "offices", "occurred"}
THEN_KEYS = {"stage", "open", "outcome", "overdue", "refused", "clocks", "duty", "opens"}
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
        tree = load_yaml("scenarios:\n" + text, file)["scenarios"] or []
        for position, item in enumerate(tree):
            row, column = place_of(tree, (position,))
            row -= 1
            if len(item) != 1:
                raise ProcedureErrors(
                    [Problem(file, row, column, "scenario_form", "one sentence as the name", str(list(item)))]
                )
            (name, body), *_ = item.items()
            unknown = set(body) - {"calendar", "given", "when", "then", "cite"} | set(body.get("then", {})) - THEN_KEYS
            for clock in (body.get("then", {}).get("clocks") or {}).values():
                unknown |= set(clock) - CLOCK_KEYS
            if unknown or "then" not in body or "cite" not in body:
                raise ProcedureErrors(
                    [
                        Problem(
                            file,
                            row,
                            column,
                            "scenario_form",
                            "given, when, then, cite",
                            ", ".join(sorted(unknown)) or "-",
                        )
                    ]
                )
            out.append(
                Scenario(
                    str(name),
                    file,
                    row,
                    tuple(body.get("given") or ()),
                    tuple(body.get("when") or ()),
                    body["then"],
                    str(body["cite"]),
                )
            )
    return out


def _day(text: str, scenario: Scenario) -> dates.date:
    day_text, _, weekday = str(text).partition(" ")
    day = dates.date.fromisoformat(day_text)
    if weekday and WEEKDAYS[day.weekday()] != weekday.strip():
        raise ProcedureErrors(
            [Problem(scenario.file, scenario.line, 1, "wrong_weekday", f"{day} {WEEKDAYS[day.weekday()]}", str(text))]
        )
    return day


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
        at = dates.datetime.combine(_day(step["on"], scenario), dates.time(10), SHANGHAI)
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
        procedure, case, command, at, calendar, authority="test", case_id="test", opens="opened", superiors={}
    )
    return evolve(procedure, case, event)


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
    return dict(value) if isinstance(value, Mapping) else value
