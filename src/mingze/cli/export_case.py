"""`mingze export-case`: the bundle of one's case, for whoever holds the receipt code.

The code is read from standard input, never from an argument: arguments stand in lists of processes and in histories.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from mingze.cli.main import EXIT_NO, Said, language
from mingze.cli.options import folder_option, json_option, lang_option, opened, print_json, show
from mingze.instance import InstanceError
from mingze.ledger.bundle import format_bundle
from mingze.words import say


@click.command(name="export-case")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--identity", is_flag=True, help="Include who you are.")
@folder_option()
@json_option()
@lang_option()
def export_case(out: Path, identity: bool, folder: Path, as_json: bool) -> None:
    """Write the bundle of a case into OUT; the receipt code is read from standard input."""
    from mingze.jobs.bundle import NotYetSigned, bundle_of

    lang = language()
    instance = opened(folder)
    if sys.stdin.isatty():
        click.echo(say("export-case-ask", lang), err=True)
    code = sys.stdin.readline()
    try:
        with instance.locked():
            instance.register().publish()  # a running server does this by itself
    except InstanceError as error:
        if error.code != "locked":
            raise
    finally:
        instance.close()
    register = instance.register(write=False)
    try:
        holder = register.holder(code)
        if holder is None:
            raise Said(say("export-case-unknown", lang), EXIT_NO)
        bundle = bundle_of(register, holder.case_id, instance.clock.now(), identity=identity, party=holder.party)
    except NotYetSigned:
        raise Said(say("export-case-not-yet", lang), EXIT_NO) from None
    finally:
        instance.close()
    data = format_bundle(bundle)
    try:
        with open(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Said(say("export-case-unwritable", lang, file=str(out), why=why), EXIT_NO) from None
    if as_json:
        print_json(
            {"file": str(out), "number": bundle.number, "records": len(bundle.records), "parts": len(bundle.parts)}
        )
        return
    show("export-case-done", file=str(out), number=bundle.number, records=len(bundle.records))
    show("export-case-advice", file=str(out))
