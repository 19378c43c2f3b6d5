"""Whether a procedure may run, in words: the checker and the scenarios over the texts of one version.

The command line, the page on which a second person puts a version in force, and the register that refuses a version
with faults all ask here, so that they never differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mingze.casework.scenario import read_scenarios, run
from mingze.procedure import Durations, Finding, Procedure, ProcedureErrors, read_procedure, survey
from mingze.procedure.reader import load_yaml, place_of
from mingze.resources import load_calendar, procedure_folders, procedure_texts
from mingze.words import say


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
    """What was found in the texts of one version; `folder` is where they lie, if they lie in one."""

    folder: Path
    name: str
    hash: str = ""
    scenarios: int = 0
    holding: int = 0
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
    try:
        texts = procedure_texts(folder)
    except UnicodeDecodeError:
        faults = [Fault(name, line, 1, "not_utf8", "check-not_utf8", {}, lang) for name, line in _undecodable(folder)]
        return Report(folder, folder.name, faults=faults)
    return report_on_texts(texts, lang, folder=folder)


def _undecodable(folder: Path) -> list[tuple[str, int]]:
    """The files of a folder that are not in UTF-8, each with the line where that shows."""
    found = []
    for path in sorted(each for each in folder.rglob("*") if each.suffix in {".yaml", ".md"} and each.is_file()):
        content = path.read_bytes()
        try:
            content.decode()
        except UnicodeDecodeError as error:
            found.append((path.relative_to(folder).as_posix(), content[: error.start].count(b"\n") + 1))
    return found


def report_on_texts(
    texts: Mapping[str, str], lang: str, overlay: Mapping[str, str] | None = None, folder: Path = Path()
) -> Report:
    """Read, check and try out a procedure from its texts, with a district's own numbers laid over them if it has any.

    Surprising: with an overlay the scenarios are not run; they state the dates of the numbers the national file gives.
    """
    report = Report(folder, folder.name)
    try:
        procedure = read_procedure(texts, overlay)
        report.name, report.hash = procedure.name, procedure.hash
        found = survey(procedure, load_calendar(), _opened_by(procedure, folder))
        own = {"overlay/parameters.yaml": overlay["parameters.yaml"]} if overlay else {}
        report.faults += _placed(found.findings, {**texts, **own}, lang, "check")
        report.notes += _placed(found.notes, {**texts, **own}, lang, "check-note")
        report.states, report.durations = found.states, found.durations
        if not found.findings and not overlay:  # a table that is refused keeps no sentence of the law
            report.faults += _scenario_faults(procedure, report, lang)
    except ProcedureErrors as error:
        report.faults += [
            Fault(p.file, p.line, p.column, p.code, f"check-{p.code}", {"expected": p.expected, "found": p.found}, lang)
            for p in error.problems
        ]
    report.faults.sort(key=lambda fault: (fault.file, fault.line, fault.column))
    return report


_RUNNER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="procedure-check")
_kept: dict[tuple[str, str, str], Future[Report]] = {}


def kept_report(
    digest: str, texts: Mapping[str, str], overlay: Mapping[str, str] | None, wait: float | None = None
) -> Report:
    """What `report_on_texts` says of a version (its hash), checked once a process for each calendar and program, one at a
    time and beside the pages. Take the words by `Fault.said`. Raises TimeoutError if it still runs after `wait` seconds.
    """
    key = (digest, load_calendar().version, version("mingze"))
    future = _kept.get(key)
    if future is None:
        future = _kept[key] = _RUNNER.submit(report_on_texts, dict(texts), "zh-Hans", overlay)
    return future.result(timeout=wait)


def _opened_by(procedure: Procedure, folder: Path) -> dict[str, Procedure | None]:
    """The procedures that this one opens cases under: those beside its folder first, else those that are shipped."""
    names = {row.opens for row in (*procedure.actions.values(), *procedure.remedies.values()) if row.opens}
    beside = {name: folder.parent / name for name in names if folder.name}
    shipped = {found.name: found for found in procedure_folders()} if names else {}
    found: dict[str, Procedure | None] = {}
    for name in sorted(names):
        place = beside.get(name)
        if place is None or not (place / "procedure.yaml").is_file():
            place = shipped.get(name)
        try:
            found[name] = read_procedure(procedure_texts(place)) if place is not None else None
        except ProcedureErrors:  # its own check says what is wrong with it
            continue
    return found


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
    differing = [(scenario, list(run(procedure, scenario, load_calendar()))) for scenario in scenarios]
    report.scenarios, report.holding = len(scenarios), sum(not found for _, found in differing)
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
        for scenario, found in differing
        for d in found
    ]
