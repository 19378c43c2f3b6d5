"""The options that commands share, and what comes before all else: open the instance, refuse another version."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from mingze import instance as instances
from mingze.cli.main import language
from mingze.instance import Instance, InstanceError
from mingze.words import say

DEFAULT_FOLDER = "mingze-data"


def folder_option(default: str = DEFAULT_FOLDER) -> Callable[[Any], Any]:
    """``--dir``: the instance folder; else ``MINGZE_DIR``, else `default` in the current folder."""
    return click.option(
        "--dir",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        default=lambda: Path(os.environ.get("MINGZE_DIR") or default),
        show_default=f"$MINGZE_DIR or {default}",
        help="The instance folder.",
    )


def lang_option() -> Callable[[Any], Any]:
    """``--lang``: read by `mingze.cli.main.language`, so that errors before the command speak it too."""
    return click.option("--lang", type=click.Choice(["zh", "en"]), expose_value=False, help="Language of the output.")


def json_option() -> Callable[[Any], Any]:
    """``--json``: one JSON object on standard output instead of sentences."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


def show(words: str, /, **values: Any) -> None:
    """Print one sentence of the catalogue."""
    click.echo(say(words, language(), **values))


def print_json(value: Any) -> None:
    """Print one JSON object, readable, with Chinese as Chinese."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def opened(folder: Path) -> Instance:
    """The instance of a folder, with Django ready, whose databases are of this program's version.

    Raises:
        InstanceError: as `Instance.open`, and ``databases_missing`` or ``upgrade_needed``.
    """
    from mingze import installation

    instance = Instance.open(folder)
    instances.use(instance)
    installation.start_django()
    installation.require_current(instance)
    return instance


@contextmanager
def working(words: str, /, **values: Any) -> Iterator[None]:
    """Say what is being done when it takes longer than two seconds, and again every two, on standard error."""
    done = threading.Event()
    sentence = say(words, language(), **values)

    def tell() -> None:
        seconds = 0
        while not done.wait(2):
            seconds += 2
            click.echo(f"{sentence} {seconds} s", file=sys.stderr)

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


__all__ = ["InstanceError", "folder_option", "json_option", "lang_option", "opened", "print_json", "show", "working"]
