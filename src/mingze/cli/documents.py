"""`mingze documents learned`: the office's own reviewed rows as rules it can read and edit."""

from __future__ import annotations

from pathlib import Path

import click

from mingze.cli.main import Said, language
from mingze.cli.options import folder_option, lang_option, opened
from mingze.documents.learning import AT_LEAST, ReviewedRow, Source, learn
from mingze.exchange.learned import write_learned
from mingze.instance import Instance
from mingze.words import say


@click.group()
def documents() -> None:
    """What the office has learned from documents it reviewed."""


@documents.command("learned")
@folder_option()
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write a new file instead of printing.")
@click.option(
    "--at-least",
    type=click.IntRange(1, 1_000),
    default=AT_LEAST,
    show_default=True,
    help="Reviewed rows that must agree before a topic gives a lead office.",
)
@lang_option()
def learned(folder: Path, out: Path | None, at_least: int) -> None:
    """Write the rules that reviewed rows agree on, as YAML."""
    instance = opened(folder)
    try:
        rules = learn(_reviewed(instance), _known(instance), at_least)
    finally:
        instance.close()
    text = write_learned(rules)
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        with out.open("x", encoding="utf-8") as file:  # what the office edited is never written over
            file.write(text)
    except FileExistsError:
        raise Said(say("documents-learned-exists", language(), file=str(out)), 2) from None
    except OSError as error:
        raise Said(say("documents-learned-unwritable", language(), file=str(out)), 2) from error
    click.echo(
        say(
            "documents-learned-written",
            language(),
            file=str(out),
            aliases=len(rules.aliases),
            leads=len(rules.leads),
        )
    )


def _known(instance: Instance) -> list[str]:
    return [
        name
        for office in instance.offices
        for name in (*office.name.values(), *office.short.values(), *office.aliases, *(f.name for f in office.former))
    ]


def _reviewed(instance: Instance) -> list[ReviewedRow]:
    """Accepted rows of every document, the newest document first, each with the machine's names and the office people left."""
    lists = instance.register(write=False).documents
    found: list[ReviewedRow] = []
    after: str | None = None
    while True:
        page = lists.list(after)
        for head in page.rows:
            for row in lists.rows(head.document_id):
                lead = str(row.row.get("lead_office") or "")
                if row.state != "accepted" or row.machine is None or row.excluded_topic or lead not in instance.offices:
                    continue
                found.append(
                    ReviewedRow(
                        Source(head.document_id, row.row_id),
                        row.quote,
                        tuple(str(name) for name in row.machine.get("lead") or ()),
                        instance.offices.office(lead).name["zh"],
                    )
                )
        if page.next is None:
            return found
        after = page.next
