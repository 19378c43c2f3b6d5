"""`mingze check`: whether a procedure may run, and if not, where in its files and on which path of actions the fault
lies.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from mingze.casework.scenario import read_scenarios, run
from mingze.procedure import Durations, Finding, Procedure, ProcedureErrors, read_procedure, survey
from mingze.procedure.reader import load_yaml, place_of
from mingze.resources import load_calendar, procedure_folders, procedure_texts
from mingze.words import language_of, say


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason to refuse, at its place, in the form both people and programs get."""

    file: str
    line: int
    column: int
    code: str
    message: str
    values: Mapping[str, Any]
    lang: str
    path: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The reason in the reader's language, and what to do."""
        return self.said(self.lang)

    def said(self, lang: str) -> str:
        """The reason in a language."""
        return say(self.message, lang, **self.values)

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "code": self.code,
            "words": self.words,
            "path": list(self.path),
        }


@dataclass(slots=True)
class Report:
    """What was found in one procedure's folder."""

    folder: Path
    name: str
    hash: str = ""
    scenarios: int = 0
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    states: int = 0
    durations: Durations | None = None

    def to_json(self) -> dict[str, Any]:
        """The report as plain data."""
        return {
            "folder": str(self.folder),
            "procedure": self.name,
            "hash": self.hash,
            "scenarios": self.scenarios,
            "passed": not self.faults,
            "states": self.states,
            "faults": [fault.to_json() for fault in self.faults],
            "notes": [note.to_json() for note in self.notes],
            "durations": self.durations.to_json() if self.durations else None,
        }


def report_on(folder: Path, lang: str) -> Report:
    """Read, check and try out the procedure of one folder."""
    report = Report(folder, folder.name)
    texts = procedure_texts(folder)
    try:
        procedure = read_procedure(texts)
        report.name, report.hash = procedure.name, procedure.hash
        found = survey(procedure, load_calendar())
        report.faults += _placed(found.findings, texts, lang, "check")
        report.notes += _placed(found.notes, texts, lang, "check-note")
        report.states, report.durations = found.states, found.durations
        if not found.findings:  # a table that is refused keeps no sentence of the law
            report.faults += _scenario_faults(procedure, report, lang)
    except ProcedureErrors as error:
        report.faults += [
            Fault(p.file, p.line, p.column, p.code, f"check-{p.code}", {"expected": p.expected, "found": p.found}, lang)
            for p in error.problems
        ]
    report.faults.sort(key=lambda fault: (fault.file, fault.line, fault.column))
    return report


def _placed(findings: tuple[Finding, ...], texts: Mapping[str, str], lang: str, words: str) -> list[Fault]:
    """What the checker found, in words, each at its line."""
    trees: dict[str, Any] = {}
    out = []
    for finding in findings:
        if finding.file not in trees:
            trees[finding.file] = load_yaml(texts[finding.file], finding.file)
        line, column = place_of(trees[finding.file], finding.at)
        message = f"{words}-{finding.code}"
        out.append(Fault(finding.file, line, column, finding.code, message, finding.values, lang, finding.path))
    return out


def _scenario_faults(procedure: Procedure, report: Report, lang: str) -> list[Fault]:
    scenarios = read_scenarios(procedure)
    report.scenarios = len(scenarios)
    return [
        Fault(
            scenario.file,
            scenario.line,
            1,
            "scenario_differs",
            "check-scenario_differs",
            {"name": scenario.name, "what": d.what, "expected": d.expected, "found": d.found},
            lang,
        )
        for scenario in scenarios
        for d in run(procedure, scenario, load_calendar())
    ]


def _folders(paths: tuple[Path, ...], lang: str) -> list[Path]:
    out: list[Path] = []
    for path in paths:
        folder = path.parent if path.is_file() else path
        if (folder / "procedure.yaml").is_file():
            out.append(folder)
            continue
        inside = sorted(found.parent for found in folder.glob("*/procedure.yaml"))
        if not inside:
            raise click.UsageError(say("check-no-procedure-here", lang, path=str(path)))
        out += inside
    return out


@click.command(
    epilog="""\b
Examples:
  mingze check                              every procedure shipped
  mingze check procedures/suggestion        one folder
  mingze check my-procedures --json         for programs

Exit codes: 0 every procedure may run, 1 at least one is refused, 2 wrong usage."""
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--dir", "instance_dir", type=click.Path(path_type=Path), help="An instance; not needed for this command."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of the output.")
@click.pass_context
def check(
    ctx: click.Context, paths: tuple[Path, ...], instance_dir: Path | None, as_json: bool, lang: str | None
) -> None:
    """Prove that no case of a procedure waits without a clock, a bearer, a notice or a source.

    Reads procedure.yaml, parameters.yaml and the scenarios of each folder, walks every state a case can get into, and
    tries out every scenario. PATH is a procedure's folder, a file in it, or a folder of such folders.
    """
    language = language_of(lang or os.environ.get("LANG"))
    reports = [report_on(folder, language) for folder in (_folders(paths, language) if paths else procedure_folders())]
    if as_json:
        click.echo(json.dumps({"procedures": [report.to_json() for report in reports]}, ensure_ascii=False, indent=2))
    else:
        for report in reports:
            _print(report, language)
    ctx.exit(1 if any(report.faults for report in reports) else 0)


def _print(report: Report, lang: str) -> None:
    if not report.faults:
        click.echo(say("check-passed", lang, name=report.name, scenarios=report.scenarios, hash=report.hash[:19]))
        _print_durations(report.durations, lang)
        for note in report.notes:
            click.echo(f"  {report.folder / note.file}:{note.line}:{note.column}: {note.words} [{note.code}]")
        return
    click.echo(say("check-refused", lang, name=report.name, count=len(report.faults)))
    for fault in report.faults:
        click.echo(f"  {report.folder / fault.file}:{fault.line}:{fault.column}: {fault.words} [{fault.code}]")
        if fault.path:
            click.echo(f"    {say('check-path', lang)} {' → '.join(fault.path)}")


def _print_durations(found: Durations | None, lang: str) -> None:
    if found is None:
        return
    values = {
        "days": found.days,
        "law": found.part(law=True),
        "local": found.part(law=False),
        "office": found.part(borne_by="office"),
        "person": found.part(borne_by="person"),
        "outside": found.part(borne_by="outside"),
    }
    stop = ", " if lang == "en" else "、"
    words = "check-longest-once" if found.repeats else "check-longest"
    click.echo("  " + say(words, lang, actions=stop.join(found.repeats), **values))
    if found.stated:
        click.echo("  " + say("check-stated", lang, clocks=stop.join(found.stated)))
