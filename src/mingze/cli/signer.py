"""`mingze signer`: the process that holds the log's key and signs only what continues what it has signed.

`mingze serve` starts one beside itself. Run it under an account of its own to keep the key from the web server.
"""

from __future__ import annotations

from pathlib import Path

import click

from mingze import signing
from mingze.beside import Taken
from mingze.cli.main import EXIT_INSTANCE, Said, language
from mingze.cli.options import folder_option, lang_option, show
from mingze.instance import Instance
from mingze.ledger import LedgerError
from mingze.words import say


@click.command()
@folder_option()
@click.option("--key", type=click.Path(path_type=Path, dir_okay=False), help="The file of the secret seed.")
@click.option("--state", type=click.Path(path_type=Path, file_okay=False), help="The folder of its memory.")
@click.option("--group", default="", help="The group that may ask it.")
@lang_option()
def signer(folder: Path, key: Path | None, state: Path | None, group: str) -> None:
    """Sign the public ledger until stopped."""
    lang, instance = language(), Instance.open(folder)
    try:
        ours = signing.of_folder(instance.dir, key, state)
        signing.public_key_of(ours, instance.dir)
        socket = instance.signer_socket
        signing.serve(ours, socket, lambda: show("signer-ready", socket=str(socket), key=str(ours.key)), group)
    except Taken:
        raise Said(say("signer-taken", lang, dir=str(state or instance.dir / signing.FOLDER)), EXIT_INSTANCE) from None
    except LedgerError as problem:
        raise Said(say(f"ledger-error-{problem.code}", lang, **problem.values), EXIT_INSTANCE) from None
    except (OSError, LookupError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise Said(say("signer-unusable", lang, why=why), EXIT_INSTANCE) from None
