"""`mingze file`: a matter that came on paper or by telephone; the person gets the same receipt as on the web."""

from __future__ import annotations

import secrets
import sys
from contextlib import closing
from pathlib import Path

import click

from mingze.cli.main import EXIT_NO, Said, language
from mingze.cli.options import folder_option, json_option, lang_option, opened, print_json, show
from mingze.words import local, say


def _fields(pairs: tuple[str, ...]) -> dict[str, str]:
    """`name=value` pairs as fields; `name=@file` takes the text of a file, `name=-` the standard input."""
    out: dict[str, str] = {}
    for pair in pairs:
        name, mark, value = pair.partition("=")
        if not mark:
            raise click.UsageError(say("cli-file-not-a-pair", language(), found=pair))
        if value == "-":
            value = sys.stdin.read()
        elif value.startswith("@"):
            value = Path(value[1:]).read_text(encoding="utf-8")
        out[name] = value
    return out


@click.command()
@click.argument("procedure")
@click.option("--field", "pairs", multiple=True, metavar="NAME=VALUE", help="A field of the form; may be repeated.")
@click.option("--receipt", type=click.Path(path_type=Path, dir_okay=False), help="Where to write the receipt file.")
@click.option(
    "--key", default="", help="A key of your own: the same key again gives the same receipt, never a second case."
)
@folder_option()
@json_option()
@lang_option()
def file(procedure: str, pairs: tuple[str, ...], receipt: Path | None, key: str, folder: Path, as_json: bool) -> None:
    """Register a matter handed in at the counter and print the receipt."""
    from mingze.casework import duty
    from mingze.store import Invalid

    fields = _fields(pairs)
    instance = opened(folder)
    lang = language()
    with instance.locked(), closing(instance):
        register = instance.register()
        try:
            filed = register.file(
                procedure, fields, form_key=key or secrets.token_urlsafe(32), channel="counter", language=lang
            )
        except Invalid as invalid:
            form = register.procedures[procedure]
            lines = []
            for problem in invalid.problems:
                known = problem.field in form.fields
                label = local(form.fields[problem.field].label, lang) if known else problem.field
                lines.append("  " + say(f"portal-problem-{problem.code}", lang, label=label, **dict(problem.values)))
            raise Said("\n".join([say("cli-file-not-right", lang), *lines]), EXIT_NO) from invalid
        found = register.case(filed.case_id)
        assert found is not None
        proof = register.proof(filed.case_id, 1)
    if receipt is not None:
        receipt.write_bytes(proof)
    due = duty(found.procedure, found.case)
    if as_json:
        print_json(
            {
                "number": filed.number,
                "code": filed.code,
                "repeated": filed.repeated,
                "office": due.office if due else None,
                "clock": due.clock if due else None,
                "due": due.due if due else None,
                "provisional": due.provisional if due else None,
                "receipt": receipt,
            }
        )
        return
    groups = "-".join(filed.code[at : at + 4] for at in range(0, len(filed.code), 4))
    show("cli-file-done", number=filed.number, code=groups)
    if due is not None and due.due is not None:
        from datetime import date

        from mingze.words import date_words

        office = instance.offices.office(due.office)
        show(
            "cli-file-due",
            office=local(office.name, lang) if office else due.office,
            clock=local(found.procedure.clocks[due.clock].text, lang),
            due=date_words(date.fromisoformat(due.due[:10]), lang),
            provisional="yes" if due.provisional else "no",
        )
    if receipt is not None:
        show("cli-file-receipt", file=str(receipt), dir=str(folder))
