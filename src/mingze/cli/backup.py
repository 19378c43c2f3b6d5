"""`mingze backup`: two archives, made while the service runs, unpacked and replayed before they count as a backup."""

from __future__ import annotations

from pathlib import Path

import click

from mingze.cli.ledger import tell_faults
from mingze.cli.main import EXIT_NO, Said, language
from mingze.cli.options import folder_option, json_option, lang_option, opened, print_json, show, working
from mingze.jobs.backup import BackupRefused, back_up
from mingze.ledger.note import encode_base64
from mingze.words import say


def refused(error: BackupRefused) -> Said:
    """A refusal in one sentence, the faults that led to it before it."""
    faults = error.values.get("faults", ())
    tell_faults(faults, language())
    values = {name: value for name, value in error.values.items() if name != "faults"}
    return Said(say(f"backup-{error.code}", language(), **values), EXIT_NO)


@click.command()
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), help="The folder to write the archives into.")
@folder_option()
@json_option()
@lang_option()
def backup(to: Path | None, folder: Path, as_json: bool) -> None:
    """Back up an instance, also while it is served."""
    instance = opened(folder)
    try:
        with working("backup-working"):
            done = back_up(instance, (to or instance.dir / "backups").expanduser().absolute())
    except BackupRefused as error:
        raise refused(error) from None
    except OSError as error:
        raise Said(say("backup-unwritable", language(), why=error.strerror or type(error).__name__)) from None
    finally:
        instance.close()
    if as_json:
        print_json(
            {
                "register": str(done.register),
                "vault": str(done.vault),
                "leaves": done.replayed.leaves,
                "root": encode_base64(done.replayed.root),
                "bytes": done.register.stat().st_size + done.vault.stat().st_size,
            }
        )
        return
    show("backup-done", leaves=done.replayed.leaves, events=done.replayed.events, cases=done.replayed.cases)
    click.echo(f"  {done.register}\n  {done.vault}")
    show("backup-advice", secrets=str(instance.dir / "secrets"))
