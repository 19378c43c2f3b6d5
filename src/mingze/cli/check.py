"""`mingze check`: whether a procedure may run, and if not, where in its files and on which path of actions the fault
lies.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import click

from mingze.candidates import candidates
from mingze.instance import Instance
from mingze.procedure import Durations
from mingze.proving import Report, report_on, report_on_texts
from mingze.resources import procedure_folders
from mingze.words import language_of, say


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
  mingze check --dir mingze-data            an instance: its own folders and its own numbers

Exit codes: 0 every procedure may run, 1 at least one is refused, 2 wrong usage."""
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--dir",
    "instance_dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="An instance: check its own procedures and numbers too.",
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
    begun = time.perf_counter()
    if instance_dir is not None and not paths:
        reports = [
            report_on_texts(found.texts, language, found.overlay, found.folder)
            for found in candidates(Instance.open(instance_dir).dir)
        ]
    else:
        reports = [
            report_on(folder, language) for folder in (_folders(paths, language) if paths else procedure_folders())
        ]
    if as_json:
        took = time.perf_counter() - begun
        speed = {"seconds": round(took, 3), "procedures_per_second": round(len(reports) / took, 2)}
        found = {"procedures": [report.to_json() for report in reports], **speed}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
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
