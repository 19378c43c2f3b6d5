"""`mingze vault`: the keys of sealed data: how many there are, and changing the key that wraps them."""

from __future__ import annotations

from pathlib import Path

import click

from mingze.cli.keys import refused
from mingze.cli.main import EXIT_INSTANCE, Said, language
from mingze.cli.options import folder_option, json_option, lang_option, opened, print_json, show
from mingze.jobs.governing import state_rotation
from mingze.store.connection import Database
from mingze.store.errors import Unavailable
from mingze.vault import Vault
from mingze.vault.keeping import KeysRefused
from mingze.vault.rotation import rotate as turn
from mingze.words import say


@click.group()
def vault() -> None:
    """Keys of sealed data."""


@vault.command()
@folder_option()
@click.option("--secrets", type=click.Path(path_type=Path, file_okay=False), help="The folder of vault.kek.")
@json_option()
@lang_option()
def rotate(folder: Path, secrets: Path | None, as_json: bool) -> None:
    """Change the key that wraps the keys of sealed data."""
    instance = opened(folder)
    held = Vault(Database(instance.database_url or instance.dir, "vault"), instance.authority.id, instance.keeper())
    stated = True
    try:
        done = turn(held, secrets or instance.dir / "secrets")
        try:
            state_rotation(instance.register())
        except Unavailable as error:
            if error.code != "second_writer":
                raise
            stated = False  # the server that runs says it within a minute
    except KeysRefused as error:
        raise refused(error) from None
    except OSError as error:
        raise Said(
            say("keys-unusable", language(), why=error.strerror or type(error).__name__), EXIT_INSTANCE
        ) from None
    finally:
        held.close()
        instance.close()
    if as_json:
        print_json({"keys": done.keys, "kek": done.kek, "resumed": done.resumed, "recorded": stated})
        return
    show("vault-resumed" if done.resumed else "vault-rotated", count=done.keys, kek=done.kek)
    show("vault-rotated-next" if stated else "vault-rotated-served")
