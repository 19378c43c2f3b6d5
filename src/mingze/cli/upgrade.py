"""`mingze upgrade`: backs up, locks and migrates an instance that an older version made."""

from __future__ import annotations

from pathlib import Path

import click

from mingze import instance as instances
from mingze.cli.options import folder_option, json_option, lang_option, print_json, show, working
from mingze.instance import Instance


@click.command()
@folder_option()
@click.option("--have-backup", is_flag=True, help="PostgreSQL only: you have made a backup with pg_dump.")
@json_option()
@lang_option()
def upgrade(folder: Path, have_backup: bool, as_json: bool) -> None:
    """Bring an instance's databases to this version, after a backup."""
    from mingze import installation

    instance = Instance.open(folder)
    instances.use(instance)
    installation.start_django()
    with working("cli-upgrade-working"):
        report = installation.upgrade(instance, have_backup=have_backup)
    found = report["versions"]
    if as_json:
        print_json(
            {
                "upgraded": report["done"],
                "backup": report["backup"],
                "register": found.register,
                "accounts": found.accounts,
                "procedures": report["procedures"],
            }
        )
    elif not report["done"]:
        show("cli-upgrade-nothing", dir=str(instance.dir))
    else:
        show("cli-upgrade-done", dir=str(instance.dir))
        if report["procedures"]:
            show("cli-upgrade-procedures", names=", ".join(report["procedures"]))
        if report["backup"]:
            show("cli-upgrade-backup", backup=str(report["backup"]))
