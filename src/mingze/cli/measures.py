"""`mingze measures`: published calculations that anybody can do again, without an instance and without a network."""

from __future__ import annotations

from pathlib import Path

import click

from mingze.cli.main import EXIT_USAGE, Said, language
from mingze.cli.options import json_option, lang_option, print_json, show
from mingze.measures.lots import draw as draw_lots
from mingze.measures.lots import items_digest, listed, seed_of
from mingze.words import say


@click.group()
def measures() -> None:
    """Calculations that anybody can do again."""


@measures.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--size", type=int, required=True, help="How many to draw.")
@click.option("--seed", default="", help="The seed, 64 hex digits.")
@click.option("--root", default="", help="Root of the log at the announced size, 64 hex digits.")
@click.option("--lot", default="", help="Id of the draw.")
@click.option("--outside", default="", help="Result of the number from outside.")
@json_option()
@lang_option()
def draw(file: Path, size: int, seed: str, root: str, lot: str, outside: str, as_json: bool) -> None:
    """Draw again from a public seed."""
    try:
        items = listed(line.strip() for line in file.read_text(encoding="utf-8-sig").splitlines() if line.strip())
    except (UnicodeDecodeError, ValueError):
        items = ()
    if not items:
        raise Said(say("measures-draw-bad_list", language(), file=file.name), EXIT_USAGE)
    try:
        if not seed and not lot:
            raise ValueError("lot")
        seed = seed or seed_of(bytes.fromhex(root), lot, outside)
        if len(bytes.fromhex(seed)) != 32:
            raise ValueError("seed")
    except ValueError:
        raise Said(say("measures-draw-bad_seed", language()), EXIT_USAGE) from None
    if not 1 <= size <= len(items):
        raise Said(say("measures-draw-bad_size", language(), most=len(items)), EXIT_USAGE)
    drawn = draw_lots(seed, items, size)
    if as_json:
        print_json({"of": len(items), "sha256": items_digest(items), "seed": seed, "drawn": list(drawn)})
        return
    show("measures-draw-list", of=len(items), digest=items_digest(items))
    show("measures-draw-seed", seed=seed)
    for item in drawn:
        click.echo(item)
