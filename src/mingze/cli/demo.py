"""`mingze demo`: makes the fictional district if need be, serves it, and says where it is and how to stop it."""

from __future__ import annotations

import os
import webbrowser
from pathlib import Path

import click

from mingze import instance as instances
from mingze.cli import serve as serving
from mingze.cli.main import Said, language
from mingze.cli.options import folder_option, lang_option, show, working
from mingze.instance import InstanceError
from mingze.words import say

_HOST = "127.0.0.1"
_PORTS = range(8000, 8020)


@click.command()
@folder_option("mingze-demo")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on; else the first free one from 8000.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@lang_option()
def demo(folder: Path, port: int | None, no_browser: bool) -> None:
    """Try Mingze: a fictional district with a year of cases, served on this machine only."""
    from mingze import installation

    chosen = port or next((number for number in _PORTS if serving.is_free(_HOST, number)), _PORTS[0])
    os.environ["MINGZE_BASE_URL"] = f"http://{_HOST}:{chosen}"
    with working("cli-demo-working"):
        instance = installation.prepare(folder, demo=True)
        try:
            with instance.locked():
                installation.fill_demo(instance)
        except InstanceError as error:
            if error.code == "locked" and error.values.get("address"):
                show("cli-demo-already", address=error.values["address"])
                return
            raise
        finally:
            instance.close()
    if not serving.is_free(_HOST, chosen):
        raise Said(say("cli-port-taken", language(), port=str(chosen)))

    def ready(address: str) -> None:
        show("cli-demo-ready", address=address)
        if not no_browser:
            webbrowser.open(address)

    serving.run(instances.current(), _HOST, chosen, serving.THREADS, ready)
