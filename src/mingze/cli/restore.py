"""`mingze restore`: an instance from its two archives and its secrets; what was erased stays erased."""

from __future__ import annotations

from pathlib import Path

import click

from mingze import instance as instances
from mingze.cli.backup import refused
from mingze.cli.main import EXIT_NO, Said, language
from mingze.cli.options import folder_option, json_option, lang_option, print_json, show, working
from mingze.jobs.backup import SUFFIXES, BackupRefused
from mingze.jobs.backup import restore as bring_back
from mingze.ledger.note import encode_base64
from mingze.words import say

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("archive", type=_FILE)
@click.option("--vault", type=_FILE, help="The archive of the keys; else the one of the same name beside ARCHIVE.")
@click.option(
    "--secrets", type=click.Path(path_type=Path, exists=True, file_okay=False), help="The folder of the secrets."
)
@folder_option()
@json_option()
@lang_option()
def restore(archive: Path, vault: Path | None, secrets: Path | None, folder: Path, as_json: bool) -> None:
    """Restore an instance from the backup ARCHIVE."""
    beside = archive.with_name(archive.name.removesuffix(SUFFIXES["register"]) + SUFFIXES["vault"])
    keys = vault or beside
    if not keys.is_file() or keys == archive:
        raise Said(say("backup-no_vault", language(), file=str(beside)), EXIT_NO)
    try:
        with working("backup-restoring"):
            done = bring_back(archive, keys, folder, secrets)
    except BackupRefused as error:
        raise refused(error) from None
    finally:
        instances.use(None)
    found = done.replayed
    if as_json:
        print_json(
            {
                "leaves": found.leaves,
                "root": encode_base64(found.root),
                "erased_again": done.erased,
                "kept": str(done.kept) if done.kept else None,
                "ok": not found.faults,
            }
        )
    else:
        show("backup-restored", dir=str(folder), leaves=found.leaves, events=found.events, cases=found.cases)
        if done.erased:
            show("backup-erased-again", count=done.erased)
        if done.kept:
            show("backup-kept", dir=str(done.kept))
    raise SystemExit(EXIT_NO if found.faults else 0)
