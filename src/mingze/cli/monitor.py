"""`mingze monitor`: visit a log from outside, compare it with what one has kept, and say what is wrong.

Run it from a timer on a machine that is not the authority's. Exit code 1 when anything is wrong.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from mingze.cli.ledger import faults_json, tell_faults
from mingze.cli.main import EXIT_NO, language
from mingze.cli.options import json_option, lang_option, opened, print_json, show
from mingze.instance import SHANGHAI
from mingze.jobs.monitor import fetch_from, overdue_unmarked, visit
from mingze.ledger import LedgerError, Policy, parse_policy, parse_vkey
from mingze.words import say


@click.command()
@click.argument("source")
@click.option("--key", metavar="VKEY", help="The public key of the log.")
@click.option("--policy", type=click.Path(path_type=Path, dir_okay=False), help="A C2SP tlog-policy file.")
@click.option("--state", type=click.Path(path_type=Path, file_okay=False), required=True, help="What one keeps.")
@click.option(
    "--max-age", type=click.IntRange(0), default=0, help="Seconds a log may stand still; 0: as long as it likes."
)
@click.option("--max-cosignature-age", type=click.IntRange(1), default=24 * 3600, show_default=True, help="In seconds.")
@click.option(
    "--register",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="An instance folder one may read: also ask for periods that ran out without a record.",
)
@json_option()
@lang_option()
def monitor(
    source: str,
    key: str | None,
    policy: Path | None,
    state: Path,
    max_age: int,
    max_cosignature_age: int,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Visit the log at SOURCE (an address or a folder) and compare it with the last visit."""
    lang = language()
    if (key is None) == (policy is None):
        raise click.UsageError(say("monitor-one-trust", lang))
    try:
        trusted = Policy.of_log(parse_vkey(key.strip())) if key else parse_policy(_read(policy))
    except LedgerError as problem:
        raise click.UsageError(say(f"ledger-error-{problem.code}", lang, **problem.values)) from None
    state.mkdir(parents=True, exist_ok=True)
    now = int(time.time())
    found = visit(
        fetch_from(source), trusted, state, now, max_age=max_age, max_cosignature_age=max_cosignature_age,
        today=datetime.fromtimestamp(now - 3600, SHANGHAI).date(),  # an hour to make yesterday's statement in
    )  # fmt: skip
    if folder is not None:
        instance = opened(folder)
        found = replace(found, faults=(*found.faults, *overdue_unmarked(instance.register(write=False))))
        instance.close()
    if as_json:
        print_json(
            {
                "ok": not found.faults,
                "before": found.before,
                "size": found.size,
                "cosigned_seconds": found.cosigned_seconds,
                "unchanged_seconds": found.unchanged_seconds,
                "faults": faults_json(found.faults, lang),
            }
        )
    elif found.faults:
        show("monitor-bad", source=source, count=len(found.faults))
        tell_faults(found.faults, lang)
        show("monitor-next", dir=str(state))
    else:
        show("monitor-good", before=found.before, size=found.size)
        if found.cosigned_seconds is not None:
            show("monitor-cosigned", seconds=found.cosigned_seconds)
    raise SystemExit(EXIT_NO if found.faults else 0)


def _read(path: Path | None) -> bytes:
    try:
        return path.read_bytes() if path else b""
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise click.UsageError(say("ledger-cli-unreadable_file", language(), file=str(path), why=why)) from None
