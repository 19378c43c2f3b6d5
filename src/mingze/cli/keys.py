"""`mingze keys`: the process that holds the keys of the vault, and wraps and unwraps with them.

`mingze serve` starts one beside itself. Run it under an account of its own to keep the keys from the web server.
"""

from __future__ import annotations

from pathlib import Path

import click

from mingze.beside import Taken
from mingze.cli.main import EXIT_INSTANCE, Said, language
from mingze.cli.options import folder_option, lang_option, show
from mingze.instance import Instance
from mingze.vault.keeping import FolderKeys, KeysRefused
from mingze.vault.serving import serve
from mingze.words import say


def refused(error: KeysRefused) -> Said:
    """What is wrong with the keys, in one sentence."""
    return Said(say(f"keys-{error.code}", language(), file=error.detail), EXIT_INSTANCE)


@click.command()
@folder_option()
@click.option("--secrets", type=click.Path(path_type=Path, file_okay=False), help="The folder of vault.kek.")
@click.option("--group", default="", help="The group that may ask it.")
@lang_option()
def keys(folder: Path, secrets: Path | None, group: str) -> None:
    """Keep the keys of the vault until stopped."""
    instance = Instance.open(folder)
    held, socket = FolderKeys(secrets or instance.dir / "secrets"), instance.keys_socket
    try:
        serve(held, socket, lambda: show("keys-ready", socket=str(socket), kek=held.kek_id()), group)
    except KeysRefused as error:
        raise refused(error) from None
    except Taken:
        raise Said(say("keys-taken", language(), socket=str(socket)), EXIT_INSTANCE) from None
    except (OSError, LookupError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise Said(say("keys-unusable", language(), why=why), EXIT_INSTANCE) from None
