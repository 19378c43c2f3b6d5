"""`mingze erase`: at the counter, with the person's code: what they gave in a case is erased, as on their own page."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from mingze.casework import Actor, Refused
from mingze.cli.main import EXIT_NO, Said, language
from mingze.cli.options import folder_option, json_option, lang_option, opened, print_json, show
from mingze.words import date_words, refusal_words, say


@click.command()
@click.argument("code")
@folder_option()
@click.option("--yes", is_flag=True, help="Do it; without this it is only said what would happen.")
@json_option()
@lang_option()
def erase(code: str, folder: Path, yes: bool, as_json: bool) -> None:
    """Erase what the holder of CODE gave in their case."""
    instance, lang = opened(folder), language()
    try:
        register = instance.register(write=yes)
        holder = register.holder(code)
        found = register.case(holder.case_id) if holder else None
        if holder is None or found is None:
            raise Said(say("erase-no_case", lang), EXIT_NO)
        if not yes:
            parts = len(register.erasing.parts(holder.case_id, holder.party))
            show("erase-would", number=found.number, count=parts)
            raise SystemExit(EXIT_NO)
        done = register.erasing.erase(holder.case_id, holder.party, Actor("party", party=holder.party))
    except Refused as error:
        raise Said(refusal_words(error, lang, "staff"), EXIT_NO) from None
    finally:
        instance.close()
    if as_json:
        print_json({"number": found.number, "erased": done.done, "until": done.until, "n": done.n})
    elif done.done:
        show("erase-done", number=found.number)
    else:
        until = date_words(dt.date.fromisoformat(done.until), lang)
        show("erase-stopped", number=found.number, until=until, cite=done.cite)
