"""`mingze ledger`: replay the log from storage, check its files, sign and publish it, write it out for anybody.

`check` needs the instance and its keys and believes nothing but storage; `fsck` needs only the files, as a stranger has
them. Exit code 1 when anything is not as it must be, with one sentence for each fault.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from mingze.cli.main import EXIT_NO, Said, language
from mingze.cli.options import folder_option, json_option, lang_option, opened, print_json, show, working
from mingze.instance import Instance, InstanceError
from mingze.jobs.static_log import Fault, export, inspect
from mingze.ledger import LedgerError, Policy, parse_policy, parse_vkey
from mingze.ledger.note import encode_base64
from mingze.signing import PublishRefused
from mingze.words import date_words, say
from mingze.words.governance import governance_words

_SHOWN = 20
"""Faults printed one by one; `--json` has them all."""


def log_policy(instance: Instance) -> Policy:
    """Whom an instance asks its readers to trust: ``ledger/policy.txt`` if there is one, else its own key alone.

    Raises Said when the file cannot be read as a policy.
    """
    path = instance.dir / "ledger" / "policy.txt"
    if not path.is_file():
        return instance.log_policy
    try:
        return parse_policy(path.read_bytes())
    except LedgerError as problem:
        raise Said(say(f"ledger-error-{problem.code}", language(), **problem.values)) from None


def fault_words(fault: Fault, lang: str) -> str:
    """A fault as one sentence."""
    return say(f"ledger-fault-{fault.code}", lang, **fault.values)


def tell_faults(faults: Sequence[Fault], lang: str) -> None:
    """Print the first faults, and how many there are in all."""
    for fault in faults[:_SHOWN]:
        click.echo(f"  ✗ {fault_words(fault, lang)}")
    if len(faults) > _SHOWN:
        click.echo("  " + say("ledger-tools-more", lang, count=len(faults) - _SHOWN))


def faults_json(faults: Sequence[Fault], lang: str) -> list[dict[str, Any]]:
    """The faults for programs."""
    return [{"code": fault.code, **fault.values, "text": fault_words(fault, lang)} for fault in faults]


@click.group()
def ledger() -> None:
    """Check, publish and export the public ledger."""


@ledger.command()
@folder_option()
@json_option()
@lang_option()
def check(folder: Path, as_json: bool) -> None:
    """Replay the whole log from storage and compare it with everything that was signed and published."""
    from mingze.jobs.replay import Replay

    instance, lang, began = opened(folder), language(), time.monotonic()
    with working("ledger-tools-checking"):
        found = Replay(instance.register(write=False), instance.log_keys).run()
        published = inspect(instance.dir / "ledger", instance.log_keys) if found.signed else None
    instance.close()
    faults = [*found.faults]
    if published is not None:
        faults += [Fault(f"{it.code}_published" if it.code == "root_differs" else it.code, it.values)
                   for it in published.faults]  # fmt: skip
        if published.size > found.leaves:
            faults.append(Fault("log_shorter", {"found": found.leaves, "signed": published.size}))
    seconds = time.monotonic() - began
    if as_json:
        print_json(
            {
                "ok": not faults,
                "leaves": found.leaves,
                "signed": found.signed,
                "published": published.size if published else 0,
                "events": found.events,
                "cases": found.cases,
                "root": encode_base64(found.root),
                "seconds": round(seconds, 3),
                "faults": faults_json(faults, lang),
            }
        )
    elif faults:
        show("ledger-tools-check-bad", count=len(faults))
        tell_faults(faults, lang)
        show("ledger-tools-check-next")
    else:
        show("ledger-tools-check-good", leaves=found.leaves, events=found.events, cases=found.cases,
             signed=found.signed)  # fmt: skip
        show("ledger-tools-root", root=encode_base64(found.root))
    raise SystemExit(EXIT_NO if faults else 0)


@ledger.command()
@click.argument("files", type=click.Path(path_type=Path, file_okay=False), required=False)
@click.option("--key", metavar="VKEY", help="The public key of the log.")
@click.option("--policy", type=click.Path(path_type=Path, dir_okay=False), help="A C2SP tlog-policy file.")
@folder_option()
@json_option()
@lang_option()
def fsck(files: Path | None, key: str | None, policy: Path | None, folder: Path, as_json: bool) -> None:
    """Check the files of a published log, from the files alone."""
    lang = language()
    trusted = _trusted(key, policy, files, folder)
    with working("ledger-tools-checking"):
        found = inspect(files or folder / "ledger", trusted)
    signature = "checked" if trusted else "open"
    if as_json:
        print_json(
            {
                "ok": not found.faults,
                "size": found.size,
                "signature": signature,
                "faults": faults_json(found.faults, lang),
            }
        )
    elif found.faults:
        show("ledger-tools-fsck-bad", count=len(found.faults))
        tell_faults(found.faults, lang)
    else:
        show("ledger-tools-fsck-good", size=found.size, signature=signature)
    raise SystemExit(EXIT_NO if found.faults else 0)


def _trusted(key: str | None, policy: Path | None, files: Path | None, folder: Path) -> Policy | None:
    """The reader's policy: given, else the instance's own key; none for foreign files without an instance."""
    try:
        if key is not None:
            return Policy.of_log(parse_vkey(key.strip()))
        if policy is not None:
            return parse_policy(policy.read_bytes())
    except LedgerError as problem:
        raise click.UsageError(say(f"ledger-error-{problem.code}", language(), **problem.values)) from None
    except OSError as problem:
        why = problem.strerror or type(problem).__name__
        raise click.UsageError(say("ledger-cli-unreadable_file", language(), file=str(policy), why=why)) from None
    try:
        instance = Instance.open(folder)
    except InstanceError:
        if files is None:
            raise
        return None
    return instance.log_keys


@ledger.command()
@folder_option()
@json_option()
@lang_option()
def publish(folder: Path, as_json: bool) -> None:
    """Sign every durable record and write the public files, once."""
    instance = opened(folder)
    with instance.locked():
        size = _published(instance)
    instance.close()
    if as_json:
        print_json({"size": size, "folder": str(instance.dir / "ledger")})
    else:
        show("ledger-tools-published", size=size, dir=str(instance.dir / "ledger"))


def _published(instance: Instance) -> int:
    from mingze.jobs.cosigning import Cosigning

    try:
        size = instance.register().publish()
        Cosigning.of(instance.register().publisher, instance.witnesses).ask()
        return size
    except PublishRefused as refused:
        lang = language()
        way_out = f"ledger-tools-way-out-{refused.code}"
        lines = [say(f"refused-{refused.code}", lang, **refused.values), say(way_out, lang, **refused.values)]
        raise Said("\n".join(lines), EXIT_NO) from None


@ledger.command("export")
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@folder_option()
@json_option()
@lang_option()
def export_(out: Path, folder: Path, as_json: bool) -> None:
    """Write the public log into the folder OUT as any C2SP client reads it."""
    instance, lang = opened(folder), language()
    try:
        with instance.locked():
            _published(instance)  # while a server runs, it publishes by itself within a second
    except InstanceError as error:
        if error.code != "locked":
            raise
    finally:
        instance.close()
    register = instance.register(write=False)
    note = register.checkpoint()
    if not note:
        raise Said(say("ledger-tools-nothing-signed", lang), EXIT_NO)
    try:
        with working("ledger-tools-exporting"):
            done = export(note, register.tile, log_policy(instance), out, register.governance_file())
    except PublishRefused as refused:
        raise Said(say(f"ledger-tools-export-{refused.code}", lang, dir=str(out), **refused.values), EXIT_NO) from None
    finally:
        instance.close()
    if as_json:
        print_json({"size": done.size, "written": done.written, "kept": done.kept, "folder": str(out)})
    else:
        show("ledger-tools-exported", size=done.size, dir=str(out), written=done.written, kept=done.kept)


@ledger.command("new-log")
@click.option("--reason", required=True, help="What happened, in a sentence; it is published.")
@click.option("--old", type=click.Path(path_type=Path, dir_okay=False), help="The old log's last checkpoint.")
@folder_option()
@json_option()
@lang_option()
def new_log(reason: str, old: Path | None, folder: Path, as_json: bool) -> None:
    """Begin a new log because the old one cannot be continued, and say so publicly in it."""
    from mingze.jobs.new_log import NewLogRefused, begin

    instance, lang = opened(folder), language()
    with instance.locked():
        try:
            begun = begin(instance, reason, old)
        except NewLogRefused as refused:
            raise Said(say(f"new-log-{refused.code}", lang, **refused.values), EXIT_NO) from None
        except PublishRefused as refused:
            raise Said(say(f"refused-{refused.code}", lang, **refused.values), EXIT_NO) from None
    if as_json:
        print_json({"origin": begun.origin, "vkey": begun.vkey, "old_size": begun.old_size, "kept": begun.kept,
                    "lost": begun.lost, "size": begun.size})  # fmt: skip
    else:
        show("new-log-begun", origin=begun.origin, key=begun.vkey, size=begun.size, lost=begun.lost)


@ledger.command("rotate-key")
@click.argument("step", type=click.Choice(["look", "prepare", "announce", "finish", "cancel"]), default="look")
@click.option("--reason", default="", help="Why the key is changed, in a sentence; it is published.")
@click.option("--key", type=click.Path(path_type=Path, dir_okay=False), help="The file of the secret seed.")
@folder_option()
@json_option()
@lang_option()
def rotate_key(step: str, reason: str, key: Path | None, folder: Path, as_json: bool) -> None:
    """Change the log's key, step by step: prepare, announce, finish; until it is announced, cancel takes it back."""
    from mingze.jobs import rotation

    instance, lang = opened(folder), language()
    if step == "announce" and not reason.strip():
        raise click.UsageError(say("rotate-key-no_reason", lang))
    taken = {
        "look": lambda: rotation.look(instance, key),
        "prepare": lambda: rotation.prepare(instance, key),
        "cancel": lambda: rotation.cancel(instance, key),
        "announce": lambda: rotation.announce(instance, reason.strip(), key),
        "finish": lambda: rotation.finish(instance, key),
    }
    try:
        with contextlib.nullcontext() if step == "look" else instance.locked():
            found = taken[step]()
    except rotation.RotationRefused as refused:
        raise Said(say(f"rotate-key-{refused.code}", lang, **refused.values), EXIT_NO) from None
    except PublishRefused as refused:
        raise Said(say(f"refused-{refused.code}", lang, **refused.values), EXIT_NO) from None
    except LedgerError as problem:
        raise Said(say(f"ledger-error-{problem.code}", lang, **problem.values), EXIT_NO) from None
    finally:
        instance.close()
    following = str(found.next) if found.next else ""
    if as_json:
        print_json({"step": found.step, "key": str(found.key), "next": following, "size": found.size})
    else:
        show(f"rotate-key-step-{found.step}", key=str(found.key), next=following)


@ledger.command()
@click.option("--limit", type=click.IntRange(1, 10_000), default=30, show_default=True, help="How many, newest first.")
@folder_option()
@json_option()
@lang_option()
def statement(limit: int, folder: Path, as_json: bool) -> None:
    """Print what the authority has said publicly about its register: days, keys, procedures, releases."""
    instance, lang = opened(folder), language()
    rows = instance.register(write=False).governed(limit=limit)
    instance.close()
    if as_json:
        print_json([{"n": row.n, "index": row.leaf_index, **row.event, "text": governance_words(row.kind, row.facts, lang)}
                    for row in rows])  # fmt: skip
    elif not rows:
        show("ledger-statement-none")
    for row in [] if as_json else rows:
        when, words = (
            date_words(row.recorded_at.date(), lang, weekday=False),
            governance_words(row.kind, row.facts, lang),
        )
        show("ledger-statement-row", index=row.leaf_index, when=when, words=words)
