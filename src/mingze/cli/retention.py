"""`mingze retention`: erase what has been kept as long as people were told; a server does the same every day."""

from __future__ import annotations

from pathlib import Path

import click

from mingze.cli.main import language
from mingze.cli.options import folder_option, json_option, lang_option, opened, print_json, show
from mingze.jobs.retention import due_now, erase_due
from mingze.words import date_words


@click.command()
@folder_option()
@click.option("--dry-run", is_flag=True, help="Only say what is due.")
@json_option()
@lang_option()
def retention(folder: Path, dry_run: bool, as_json: bool) -> None:
    """Erase what was kept as long as was told."""
    instance = opened(folder)
    try:
        register = instance.register(write=not dry_run)
        due = list(due_now(register))
        done = 0 if dry_run else erase_due(register)
    finally:
        instance.close()
    rows = [{"number": it.number, "procedure": it.procedure, "party": it.party, "due_on": it.on} for it in due]
    if as_json:
        print_json({"due": rows, "erased": done})
        return
    for it in due:
        show("retention-line", number=it.number, day=date_words(it.on, language(), weekday=False))
    show("retention-due" if dry_run else "retention-done", count=len(due) if dry_run else done)
