"""`mingze bulletin`: a month of promises as text, or as the Word file, PDF or workbook that goes out."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingze.cli.main import EXIT_NO, Said, language
from mingze.cli.options import folder_option, json_option, lang_option, opened, print_json, show
from mingze.words import local, say

if TYPE_CHECKING:
    from mingze.exchange.paper import Table


@click.command()
@click.argument("month", required=False, default="")
@click.option("--to", "target", type=click.Path(path_type=Path, dir_okay=False), help="A .docx, .pdf or .xlsx file.")
@folder_option()
@json_option()
@lang_option()
def bulletin(month: str, target: Path | None, folder: Path, as_json: bool) -> None:
    """Print a month of promises, or write it to a file."""
    from dataclasses import asdict

    from mingze.exchange.paper import to_docx, to_pdf, to_xlsx
    from mingze.exchange.typesetting import PdfUnavailable
    from mingze.jobs.monthly import bulletin_of
    from mingze.portal.bulletin_page import bulletin_paper

    writers = {".docx": to_docx, ".pdf": to_pdf, ".xlsx": to_xlsx}
    lang = language()
    if target is not None and target.suffix.lower() not in writers:
        raise Said(say("cli-bulletin-kind", lang, found=target.suffix or target.name), EXIT_NO)
    instance = opened(folder)
    with closing(instance):
        now = instance.clock.now()
        first = _month(month) if month else now.date().replace(day=1)
        if first is None or first > now.date():
            raise Said(say("cli-bulletin-month", lang, found=month), EXIT_NO)
        register = instance.register(write=False)
        days = instance.unknown_after_days or register.promises.old_after_days(now.date())
        found = bulletin_of(register, instance.offices, first, days)
        size = register.signed_size()
        paper = bulletin_paper(
            found, instance.offices, local(instance.authority.name, lang), instance.base_url, size, days, lang
        )
        if target is not None:
            try:
                made = writers[target.suffix.lower()](paper, now)
            except PdfUnavailable as missing:
                raise Said(say(f"receipt-pdf-{missing.code}", lang), EXIT_NO) from None
            target.write_bytes(made)
    if as_json:
        print_json({"bulletin": asdict(found), "paper": asdict(paper)})
    elif target is not None:
        show("cli-bulletin-written", file=str(target))
    else:
        click.echo(
            "\n".join([paper.title, paper.under, "", *paper.paragraphs, "", *_listed(paper.tables), *paper.foot])
        )


def _month(said: str) -> date | None:
    try:
        return date.fromisoformat(f"{said}-01") if len(said) == 7 else None
    except ValueError:
        return None


def _listed(tables: Sequence[Table]) -> list[str]:
    out: list[str] = []
    for table in tables:
        out.append(f"{table.caption}:" if table.rows else f"{table.caption}: {table.empty}")
        out += ["  " + " · ".join(row) for row in table.rows]
    return out
