"""`mingze procedures propose|activate|move`, and the lists of an instance: which version of each procedure is in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mingze.candidates import all_versions, candidates, state_words, stray_overlays
from mingze.casework import Actor
from mingze.cli.main import EXIT_NO, EXIT_USAGE, Said, language
from mingze.cli.options import folder_option, json_option, lang_option, opened, print_json, show, working
from mingze.instance import Instance
from mingze.procedure import Procedure
from mingze.words import local, say

if TYPE_CHECKING:
    from mingze.store.moving import Affected

_POST = click.option("--post", "post_id", required=True, metavar="POST", help="The post you act in, as dcs.supervisor.")


def actor_of(instance: Instance, post_id: str) -> Actor:
    """The actor of a post named on the command line. Raises Said when the authority has no such post."""
    try:
        post = instance.offices.post(post_id)
    except KeyError:
        posts = ", ".join(post.id for post in instance.offices.posts)
        raise Said(say("procedures-no-such-post", language(), post=post_id, posts=posts), EXIT_USAGE) from None
    return Actor("post", post=post.id, office=post.office, functions=post.functions)


@contextmanager
def writing(folder: Path) -> Iterator[Instance]:
    """The instance of a folder, alone: while it is served, its pages do what this command would."""
    instance = opened(folder)
    with instance.locked():
        try:
            yield instance
        finally:
            instance.close()


def instance_procedures(folder: Path) -> Mapping[str, Procedure]:
    """What is in force in an instance, and what only lies in its folders under a name that is not."""
    instance = opened(folder)
    try:
        found = {each.name: each.procedure for each in candidates(instance.dir) if each.procedure is not None}
        return {**found, **instance.register(write=False).procedures}
    finally:
        instance.close()


def list_versions(folder: Path, lang: str, as_json: bool) -> None:
    """Every version of an instance, one a line, with who stands for it."""
    instance = opened(folder)
    try:
        library = instance.register(write=False).library
        rows = all_versions(library.versions(), instance.dir)
        unreadable = [each.name for each in candidates(instance.dir) if each.error is not None]
        stray = stray_overlays(instance.dir)
    finally:
        instance.close()
    if as_json:
        listed = [asdict(row) for row in rows]
        print_json({"dir": instance.dir, "versions": listed, "unreadable": unreadable, "stray_overlays": stray})
        return
    for row in rows:
        click.echo(f"{row.name:<22} {row.hash[:19]} · {state_words(row, lang)}")
    for name in unreadable:
        click.echo(f"{name:<22} " + say("procedures-unreadable", lang, dir=str(instance.dir)))
    for name in stray:
        click.echo(f"{name:<22} " + say("procedures-stray-overlay", lang))


def found_candidate(instance: Instance, name: str) -> tuple[Procedure, str]:
    """The version of a name in the instance's folders, and where it comes from. Raises Said."""
    known = {each.name: each for each in candidates(instance.dir)}
    one = known.get(name)
    if one is None:
        raise Said(say("procedures-unknown", language(), name=name, known=", ".join(known)), EXIT_USAGE)
    if one.procedure is None:
        raise Said(say("procedures-check-first", language(), folder=str(one.folder)), EXIT_NO)
    return one.procedure, one.origin


@click.command("propose", epilog="Example:\n\n  mingze procedures propose street-permit --post sfj.head")
@click.argument("name")
@_POST
@folder_option()
@json_option()
@lang_option()
def propose(name: str, post_id: str, folder: Path, as_json: bool) -> None:
    """Propose the version of NAME that lies in an instance's folders: its texts are kept, and your post with them."""
    with writing(folder) as instance:
        actor = actor_of(instance, post_id)
        procedure, origin = found_candidate(instance, name)
        library = instance.register().library
        version = library.propose(procedure, actor, origin)
        faults = len(library.report(version.hash, "en").faults)
    if as_json:
        print_json({**asdict(version), "faults": faults})
        return
    show("procedures-proposed", title=local(procedure.title, language()), hash=version.hash[:19], state=version.state)
    if faults:
        show("procedures-proposed-faults", count=faults, dir=str(folder))


@click.command("activate", epilog="Example:\n\n  mingze procedures activate street-permit --post dcs.supervisor")
@click.argument("name")
@_POST
@click.option("--hash", "digest", default="", help="Which version, by the beginning of its hash, if several wait.")
@folder_option()
@json_option()
@lang_option()
def activate(name: str, post_id: str, digest: str, folder: Path, as_json: bool) -> None:
    """Put the proposed version of NAME in force, as a second person; the checker must find nothing wrong with it."""
    with writing(folder) as instance, working("procedures-checking"):
        actor = actor_of(instance, post_id)
        library = instance.register().library
        waiting = [each for each in library.versions(name) if each.state == "proposed" and each.proposed_by]
        chosen = [
            each for each in waiting if each.hash.removeprefix("sha256:").startswith(digest.removeprefix("sha256:"))
        ]
        if len(chosen) != 1:
            hashes = ", ".join(each.hash[:19] for each in waiting) or "–"
            raise Said(say("procedures-which", language(), name=name, count=len(waiting), hashes=hashes), EXIT_NO)
        version = library.activate(chosen[0].hash, actor)
    if as_json:
        print_json(asdict(version))
        return
    show(
        "procedures-activated", name=name, hash=version.hash[:19], proposed_by=version.proposed_by, approved_by=post_id
    )


@click.command("move", epilog="Example:\n\n  mingze procedures move suggestion --dry-run --post dcs.supervisor")
@click.argument("name")
@click.option("--to", "digest", default="current", help="The version in force, by the beginning of its hash.")
@click.option("--dry-run", is_flag=True, help="Only show, for each case, what would change and what stands in the way.")
@click.option("--case", "numbers", multiple=True, metavar="NUMBER", help="Only this case; may be repeated.")
@click.option("--stage", "renamed", multiple=True, metavar="OLD=NEW", help="Which stage takes the place of an old one.")
@click.option("--reason", default="", help="Why; the people of each case read it.")
@_POST
@folder_option()
@json_option()
@lang_option()
def move(
    name: str,
    digest: str,
    dry_run: bool,
    numbers: tuple[str, ...],
    renamed: tuple[str, ...],
    reason: str,
    post_id: str,
    folder: Path,
    as_json: bool,
) -> None:
    """Move open cases of NAME to the version in force, each by a record its parties are told of; dates stay."""
    from mingze.store.moving import affected, move_case, version_in_force

    stages = dict(pair.split("=", 1) for pair in renamed if "=" in pair)
    rows: list[dict[str, object]] = []
    with writing(folder) as instance:
        actor, register = actor_of(instance, post_id), instance.register()
        new = version_in_force(register, name, "" if digest == "current" else digest)
        found = list(affected(register, new, actor, numbers=numbers, stages=stages))
        for one in found:
            n = 0
            if one.move.possible and not dry_run:
                n = move_case(register, one.case_id, new, actor, reason, stages=stages)
            rows.append({"number": one.number, **one.move.to_json(), "possible": one.move.possible, "moved_n": n})
            if not as_json:
                for line in move_words(new, one, language()):
                    click.echo(line)
    done = sum(bool(row["moved_n"]) for row in rows)
    if as_json:
        print_json({"name": name, "to": new.hash, "dry_run": dry_run, "cases": rows})
    elif not rows:
        show("procedures-move-none", name=name)
    elif dry_run:
        possible = sum(one.move.possible for one in found)
        show("procedures-move-dry", possible=possible, count=len(rows), hash=new.hash[:19])
    else:
        show("procedures-move-done", done=done, count=len(rows), hash=new.hash[:19])
    if any(not row["possible"] for row in rows):
        raise SystemExit(EXIT_NO)


def move_words(new: Procedure, one: Affected, lang: str) -> Iterator[str]:
    """What moving one case would change, line by line, in the procedure's own words."""
    stop = ", " if lang == "en" else "、"
    found = one.move

    def called(names: Iterable[str], rows: Mapping[str, Any]) -> str:
        return stop.join(local(rows[name].text, lang) if name in rows else name for name in names) or "–"

    if found.obstacles:
        why = stop.join(say(f"move-{each.code}", lang, name=each.name) for each in found.obstacles)
        yield say("procedures-move-case-not", lang, number=one.number, why=why)
        return
    pairs = [local(new.stages[to].text, lang) for _, to in found.stages]
    yield say("procedures-move-case", lang, number=one.number, stages=stop.join(pairs))
    dates = stop.join(f"{called([clock], new.clocks)} {(due or '–')[:10]}" for clock, due in found.kept)
    parts = [
        ("clocks", bool(found.kept), {"clocks": dates}),
        ("other", bool(found.other_rule), {"clocks": called(found.other_rule, new.clocks)}),
        ("new", bool(found.new_actions), {"actions": called(found.new_actions, new.actions)}),
        ("gone", bool(found.gone_actions), {"actions": called(found.gone_actions, new.actions)}),
        (
            "remedies",
            bool(found.new_remedies or found.gone_remedies),
            {"new": called(found.new_remedies, new.remedies), "gone": called(found.gone_remedies, new.remedies)},
        ),
    ]
    for word, told, values in parts:
        if told:
            yield "  " + say(f"procedures-move-{word}", lang, **values)


__all__ = ["activate", "instance_procedures", "list_versions", "move", "propose"]
