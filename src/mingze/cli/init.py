"""`mingze init`: makes an instance folder with its keys and databases; the same twice changes nothing."""

from __future__ import annotations

from pathlib import Path

import click

from mingze.cli.options import folder_option, json_option, lang_option, print_json, show, working


@click.command()
@folder_option()
@click.option("--demo", is_flag=True, help="Fill it with the fictional district; it can never become a real instance.")
@json_option()
@lang_option()
def init(folder: Path, demo: bool, as_json: bool) -> None:
    """Make an instance folder: settings, keys, offices and databases."""
    from mingze import installation

    with working("cli-init-working"):
        instance = installation.prepare(folder, demo)
        if instance.demo:
            with instance.locked():
                installation.fill_demo(instance)
        instance.close()
    if as_json:
        found = installation.versions(instance)
        print_json(
            {
                "dir": instance.dir,
                "demo": instance.demo,
                "authority": instance.authority.id,
                "database": "postgresql" if instance.is_postgres else "sqlite",
                "register": found.register,
                "accounts": found.accounts,
            }
        )
    else:
        show("cli-init-done", dir=str(instance.dir), demo="yes" if instance.demo else "no")
