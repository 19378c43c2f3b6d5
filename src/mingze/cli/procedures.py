"""`mingze procedures`: which procedures there are, and what one of them says, in the reader's language."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import click

from mingze.cli.versions import activate, instance_procedures, list_versions, move, propose
from mingze.procedure import Procedure, ProcedureErrors, read_procedure, schema, skeleton
from mingze.procedure.bpmn import export
from mingze.procedure.drawing import diagram, in_words
from mingze.resources import load_procedures, procedure_texts
from mingze.words import language_of, local, period_words, say

_LANG = click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of the output.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
_DIR = click.option("--dir", "instance_dir", type=click.Path(), help="An instance; not needed for this command.")
_INSTANCE = click.option(
    "--dir",
    "instance_dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="An instance: what is in force there, and what waits for approval.",
)


@click.group(epilog="Example:\n\n  mingze procedures show suggestion --lang en")
def procedures() -> None:
    """List the procedures, or show one: stages, actions, clocks, remedies and their articles."""


procedures.add_command(propose)
procedures.add_command(activate)
procedures.add_command(move)


@procedures.command("list", epilog="Example:\n\n  mingze procedures list")
@_LANG
@_JSON
@_INSTANCE
def list_(lang: str | None, as_json: bool, instance_dir: Path | None) -> None:
    """One line a procedure: its name, its title, who can open a case, its hash; with --dir, one line a version."""
    language = language_of(lang or os.environ.get("LANG"))
    if instance_dir is not None:
        list_versions(instance_dir, language, as_json)
        return
    rows = load_procedures().values()
    if as_json:
        listed = [
            {"name": p.name, "title": p.title, "public": p.public, "in_force": str(p.in_force), "hash": p.hash}
            for p in rows
        ]
        click.echo(json.dumps({"procedures": listed}, ensure_ascii=False, indent=2))
        return
    for p in rows:
        opened_by = say("procedures-open-to-all" if p.public else "procedures-opened-by-office", language)
        click.echo(f"{p.name:<20} {local(p.title, language)} · {opened_by} · {p.hash[:19]}")


@procedures.command("show", epilog="Example:\n\n  mingze procedures show commitment --json")
@click.argument("name")
@_LANG
@_JSON
@_INSTANCE
@click.pass_context
def show(ctx: click.Context, name: str, lang: str | None, as_json: bool, instance_dir: Path | None) -> None:
    """What one procedure says; NAME is one of the list, or a folder. Exit code 2 if there is none of that NAME."""
    language = language_of(lang or os.environ.get("LANG"))
    known = instance_procedures(instance_dir) if instance_dir is not None else None
    found = _found(ctx, name, language, known)
    if as_json:
        click.echo(json.dumps(_as_json(found), ensure_ascii=False, indent=2))
        return
    _print(found, language)


@procedures.command("schema", epilog="Example:\n\n  mingze procedures schema > procedure.schema.json")
@click.argument("file", type=click.Choice(["procedure", "parameters"]), default="procedure")
@_LANG
@_JSON
@_DIR
def schema_(
    file: Literal["procedure", "parameters"], lang: str | None, as_json: bool, instance_dir: str | None
) -> None:
    """Print the JSON Schema of procedure.yaml (or parameters.yaml), for an editor that completes and underlines."""
    click.echo(json.dumps(schema(file), ensure_ascii=False, indent=2))


@procedures.command("new", epilog="Example:\n\n  mingze procedures new street-permit --into my-procedures")
@click.argument("name")
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), default=".", help="Where to put the folder.")
@_LANG
@_JSON
@_DIR
@click.pass_context
def new(ctx: click.Context, name: str, into: Path, lang: str | None, as_json: bool, instance_dir: str | None) -> None:
    """Write the files a new procedure begins with into the folder NAME. Exit code 2 if it is there already."""
    language = language_of(lang or os.environ.get("LANG"))
    folder = into / name
    refused = "" if re.fullmatch(r"[a-z][a-z0-9-]{0,47}", name) else "procedures-new-name"
    refused = refused or ("procedures-new-there" if folder.exists() else "")
    if refused:
        click.echo(say(refused, language, name=name, folder=str(folder)), err=True)
        ctx.exit(2)
    files = skeleton(name)
    for file, text in files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")
    if as_json:
        click.echo(json.dumps({"folder": str(folder), "files": list(files)}, ensure_ascii=False))
        return
    for file in files:
        click.echo(str(folder / file))
    click.echo(say("procedures-new-next", language, folder=str(folder)))


@procedures.command("draw", epilog="Example:\n\n  mingze procedures draw suggestion --lang en > suggestion.svg")
@click.argument("name")
@click.option("--here", multiple=True, help="A stage to mark; may be given several times.")
@_LANG
@_JSON
@_DIR
@click.pass_context
def draw(
    ctx: click.Context, name: str, here: tuple[str, ...], lang: str | None, as_json: bool, instance_dir: str | None
) -> None:
    """Print a picture (SVG) of one procedure, made from its tables. Exit code 2 if there is none of that NAME."""
    language = language_of(lang or os.environ.get("LANG"))
    found = _found(ctx, name, language)
    unknown = [stage for stage in here if stage not in found.stages]
    if unknown:
        click.echo(say("check-unknown_stage", language, found=unknown[0], expected=", ".join(found.stages)), err=True)
        ctx.exit(2)
    svg = diagram(found, language, here, say("procedures-case-is-here", language))
    if as_json:
        words = in_words(found, language, here, say("procedures-case-is-here", language))
        click.echo(json.dumps({"procedure": found.name, "svg": svg, "words": words}, ensure_ascii=False, indent=2))
        return
    click.echo(svg)


@procedures.command("export", epilog="Example:\n\n  mingze procedures export suggestion --bpmn > suggestion.bpmn")
@click.argument("name")
@click.option("--bpmn", is_flag=True, required=True, help="As a BPMN 2.0 process with its diagram.")
@_LANG
@_JSON
@_DIR
@click.pass_context
def export_(
    ctx: click.Context, name: str, bpmn: bool, lang: str | None, as_json: bool, instance_dir: str | None
) -> None:
    """Print one procedure in the form of other programs. Exit code 2 if there is none of that NAME."""
    language = language_of(lang or os.environ.get("LANG"))
    found = _found(ctx, name, language)
    text = export(found, language)
    if as_json:
        text = json.dumps({"procedure": found.name, "hash": found.hash, "bpmn": text}, ensure_ascii=False, indent=2)
    click.echo(text.rstrip("\n"))


def _found(
    ctx: click.Context, name: str, language: str, known_here: Mapping[str, Procedure] | None = None
) -> Procedure:
    """A shipped procedure by its name (or one of an instance), or the one in a folder of that path; else the answer
    with those there are.
    """
    if (Path(name) / "procedure.yaml").is_file():
        try:
            return read_procedure(procedure_texts(Path(name)))
        except ProcedureErrors:
            click.echo(say("procedures-check-first", language, folder=name), err=True)
            ctx.exit(1)
    shipped = load_procedures() if known_here is None else known_here
    if name not in shipped:
        known = (", " if language == "en" else "、").join(shipped)
        click.echo(say("procedures-unknown", language, name=name, known=known), err=True)
        ctx.exit(2)
    return shipped[name]


def _as_json(procedure: Procedure) -> dict[str, Any]:
    table = procedure.table.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    numbers = {
        name: [row.model_dump(mode="json", by_alias=True, exclude_defaults=True) for row in rows]
        for name, rows in procedure.parameters.items()
    }
    return {"hash": procedure.hash, **table, "parameters": numbers}


def _by_words(procedure: Procedure, by: str, language: str) -> str:
    if by.startswith("clock "):
        return say("procedures-by-clock", language, clock=local(procedure.clocks[by[6:]].text, language))
    role, _, function = by.partition(".")
    who = procedure.parties.get(role) or procedure.offices[role]
    name = local(who.text, language)
    return say("procedures-by-function", language, office=name, function=function) if function else name


def _period_of(procedure: Procedure, reference: str | None, language: str) -> str:
    if not reference:
        return ""
    row = procedure.parameters[reference[1:]][-1]
    words = period_words(row.value, f"{row.unit}s", language)
    return words + (" " + say("procedures-local", language) if row.local else "")


def _print(procedure: Procedure, language: str) -> None:
    click.echo(f"{local(procedure.title, language)} ({procedure.name})")
    click.echo(local(procedure.about, language))
    click.echo(say("procedures-in-force", language, day=str(procedure.in_force), hash=procedure.hash))
    click.echo("\n" + say("procedures-actions", language))
    for action in procedure.actions.values():
        who = " / ".join(_by_words(procedure, by, language) for by in action.by)
        frm = " / ".join(local(procedure.stages[stage].text, language) for stage in action.from_) or "–"
        into = local(procedure.stages[action.into].text, language) if action.into else "="
        cite = local(procedure.cite_text(action.cite), language)
        click.echo(f"  {local(action.text, language)} · {who} · {frm} → {into} · {cite}")
    click.echo("\n" + say("procedures-clocks", language))
    for clock in procedure.clocks.values():
        period = _period_of(procedure, clock.limit or clock.minimum or clock.backward or clock.otherwise, language)
        if clock.due:
            period = say("procedures-stated-date", language, otherwise=period)
        click.echo(f"  {local(clock.text, language)} · {period} · {local(procedure.cite_text(clock.cite), language)}")
    if procedure.remedies:
        click.echo("\n" + say("procedures-remedies", language))
        for remedy in procedure.remedies.values():
            period = _period_of(procedure, remedy.limit, language)
            parts = [
                local(remedy.text, language),
                local(remedy.to.text, language),
                period,
                local(procedure.cite_text(remedy.cite), language),
            ]
            click.echo("  " + " · ".join(part for part in parts if part))
