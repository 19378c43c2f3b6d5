"""The log's key is changed within one log, step by step, on real instances: who learns of it, and what an interruption leaves."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mingze.cli.main import main
from mingze.instance import Instance
from mingze.jobs import rotation
from mingze.jobs.backup import back_up, restore
from mingze.jobs.monitor import fetch_from, visit
from mingze.jobs.replay import Replay
from mingze.jobs.rotation import RotationRefused, announce, cancel, change_receipt, changes, finish, look, prepare
from mingze.jobs.static_log import inspect
from mingze.ledger import Policy, VerifierKey, parse_checkpoint, parse_policy, policy_with, verify_receipt
from mingze.signing import PublishRefused
from mingze.words.governance import governance_words
from tests.ledger_tools import verifier_words
from tests.outside import Server


def run(*arguments: object) -> Result:
    """The command, in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def filed(instance: Instance, name: str) -> bytes:
    """A matter, and its receipt under the newest checkpoint."""
    register = instance.register()
    case = register.file("suggestion", {"matter": "灯不亮"}, form_key=name).case_id
    register.publish()
    return register.proof(case, 1)


def signers_of(instance: Instance, *keys: VerifierKey) -> list[VerifierKey]:
    note = (instance.dir / "ledger" / "checkpoint").read_bytes()
    return list(parse_checkpoint(note).note.signers(keys))


def sound(instance: Instance) -> None:
    """The database, the files and the policy agree about who signed what."""
    register = instance.register(write=False)
    assert Replay(register, instance.log_keys).run().faults == ()
    policy = parse_policy((instance.dir / "ledger" / "policy.txt").read_bytes())
    assert policy == instance.log_policy == instance.log_keys
    assert inspect(instance.dir / "ledger", policy).faults == ()


def test_a_key_is_changed_and_everybody_can_follow(
    make_instance: Callable[..., Instance], tmp_path: Path, open_page: Callable[..., Any]
) -> None:
    """Old receipts still verify, new ones do for whoever is shown the announcement, and a monitor follows by itself."""
    instance = make_instance(demo=True)
    old, before = instance.log_key, filed(instance, "before")
    instance.close()
    on = ["--dir", str(instance.dir), "--json"]
    assert run("ledger", "rotate-key", "announce", "--reason", "x", *on).exit_code == 1  # nothing prepared
    prepared = json.loads(run("ledger", "rotate-key", "prepare", *on).output)
    assert prepared["step"] == "prepared" and prepared["key"] == str(old) != prepared["next"]
    assert run("ledger", "rotate-key", "announce", *on).exit_code == 2  # no reason given
    said = run("ledger", "rotate-key", "announce", "--reason", "每年更换", *on)
    assert (said.exit_code, json.loads(said.output)["step"]) == (0, "announced"), said.output

    instance = Instance.open(instance.dir)
    new = look(instance).next
    assert new is not None and str(new) == prepared["next"] and signers_of(instance, old, new) == [old, new]
    both = filed(instance, "both")
    sound(instance)
    state = tmp_path / "state"
    state.mkdir()
    reader, watch = Policy.of_log(old), fetch_from(str(instance.dir / "ledger"))
    assert visit(watch, reader, state, 1_800_000_000).faults == ()
    ended = finish(instance)
    assert (ended.step, ended.key, ended.next) == ("none", new, None)
    instance = Instance.open(instance.dir)
    assert not (instance.dir / "secrets" / "log.key.next").exists() and instance.log_key == new
    assert signers_of(instance, old, new) == [new]
    sound(instance)
    after = filed(instance, "after")
    assert visit(watch, reader, state, 1_800_000_100).faults == ()  # it knows only the old key, and has followed
    late = visit(watch, reader, tmp_path / "late", 1_800_000_100).faults
    assert [fault.code for fault in late] == ["unsigned"]  # one that never looked in between must be told
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    assert visit(watch, Policy.of_log(new), fresh, 1_800_000_200).faults == ()

    register = instance.register()
    announced, end = (change_receipt(register, row.n) for row in changes(register))
    assert announced is not None and end is not None
    policy = policy_with(reader, [announced, end])
    assert policy == instance.log_policy
    for receipt in (before, both):
        assert verify_receipt(receipt, reader).outcome == verify_receipt(receipt, policy).outcome == "verified"
    assert verify_receipt(after, reader).outcome == "refused"
    assert verify_receipt(after, policy).outcome == "verified"
    for kind, row in zip(("next_key", "key_end"), changes(register), strict=True):
        assert (row.kind, str(new) in governance_words(kind, row.facts, "en")) == (kind, True)
    instance.close()

    for name, data in (("after", after), ("announced", announced)):
        (tmp_path / name).write_bytes(data)
    verify = ["verify", str(tmp_path / "after"), "--key", str(old)]
    assert run(*verify).exit_code == 1
    assert run(*verify, "--announced", str(tmp_path / "announced")).exit_code == 0
    wrong = run(*verify, "--announced", str(tmp_path / "after"))
    assert wrong.exit_code == 2 and wrong.output

    page = open_page(verifier_words.PAGE.as_uri())
    files = [base64.b64encode(data).decode() for data in (after, announced, end, before)]
    script = "([file, key, announced]) => mingzeVerify(file, key, announced)"
    asked = [(files[0], []), (files[0], [files[1]]), (files[0], [files[2], files[1]]), (files[3], [files[1]]),
             (files[0], [files[0]]), (files[0], [files[3]])]  # fmt: skip
    found = [page.evaluate(script, [file, str(old), shown]) for file, shown in asked]
    assert [it["outcome"] for it in found] == ["refused", "verified", "verified", "verified", "refused", "refused"]
    assert [it["problem"] for it in found[4:]] == ["succession_refused", "succession_other"]
    assert page.evaluate(script, [files[3], policy.to_bytes().decode(), []])["outcome"] == "verified"


def test_a_backup_brings_the_change_back_and_the_page_shows_it(
    make_instance: Callable[..., Instance], tmp_path: Path, open_page: Callable[..., Any], live: Callable[..., Server]
) -> None:
    """Restored elsewhere, both keys count as they did, the server goes on with the new one, and its page has the receipts."""
    instance = make_instance(demo=True)
    filed(instance, "one")
    prepare(instance)
    announce(instance, "每年更换")
    finish(Instance.open(instance.dir))
    instance = Instance.open(instance.dir)
    register = instance.register()
    announced = change_receipt(register, changes(register)[0].n)
    kept = back_up(instance, tmp_path / "kept")
    elsewhere = tmp_path / "elsewhere"
    assert restore(kept.register, kept.vault, elsewhere, instance.dir / "secrets").replayed.faults == ()
    again = Instance.open(elsewhere)
    sound(again)
    again.close()
    server = live(Instance.open(elsewhere))
    browser = open_page(f"{server.url}/ledger/")
    link = browser.get_attribute("#key-changes a", "href")
    assert link and browser.request.get(f"{server.url}{link}").body() == announced


def test_what_is_not_announced_can_be_taken_back_and_nothing_after(make_instance: Callable[..., Instance]) -> None:
    """A prepared key goes without a trace; an announced one stays, and the old key cannot end before it is announced."""
    instance = make_instance()
    filed(instance, "one")
    with pytest.raises(RotationRefused, match="not_announced"):
        finish(instance)
    first = prepare(instance)
    assert prepare(instance) == first and first.next is not None
    filed(instance, "two")
    assert signers_of(instance, first.key, first.next) == [first.key]  # a prepared key signs nothing
    assert cancel(instance).step == "none" and not changes(instance.register())
    assert not list((instance.dir / "secrets").glob("log.key.*"))
    with pytest.raises(RotationRefused, match="not_prepared"):
        announce(instance, "why")
    second = prepare(instance)
    assert second.next != first.next
    announce(instance, "why")
    instance = Instance.open(instance.dir)
    with pytest.raises(RotationRefused, match="announced_already"):
        cancel(instance)
    assert prepare(instance).next == second.next
    instance.close()


@pytest.mark.parametrize("step", ["govern", "rename", "remember", "publish"])
@pytest.mark.parametrize("stage", ["announce", "finish"])
def test_an_interrupted_step_is_finished(
    make_instance: Callable[..., Instance], monkeypatch: pytest.MonkeyPatch, stage: str, step: str
) -> None:
    """Wherever it stopped, the server could go on publishing, every statement counts, and the second run completes it."""
    instance = make_instance()
    filed(instance, "one")
    old, new = instance.log_key, prepare(instance).next
    assert new is not None
    if stage == "finish":
        announce(instance, "why")
        instance = Instance.open(instance.dir)

    def take(at: Instance) -> object:
        return announce(at, "why") if stage == "announce" else finish(at)

    owner, name = {
        "govern": (type(instance.register()), "govern"),
        "publish": (type(instance.register()), "publish"),
        "rename": (os, "rename"),
        "remember": (rotation, "remember"),
    }[step]
    with monkeypatch.context() as patch:

        def broken(*_: object, **__: object) -> object:
            raise KeyboardInterrupt

        patch.setattr(owner, name, broken)
        with pytest.raises(KeyboardInterrupt):
            take(instance)
    instance.close()
    between = Instance.open(instance.dir)
    receipt = filed(between, "between")  # as a server would
    assert verify_receipt(receipt, Policy((old, new))).outcome == "verified"
    between.close()
    take(Instance.open(instance.dir))
    done = Instance.open(instance.dir)
    kinds = [row.kind for row in changes(done.register())]
    assert kinds == (["next_key"] if stage == "announce" else ["next_key", "key_end"])
    assert look(done).step == ("announced" if stage == "announce" else "none")
    filed(done, "after")
    assert signers_of(done, old, new) == ([old, new] if stage == "announce" else [new])
    sound(done)
    done.close()


def test_a_key_put_in_place_without_an_announcement_signs_nothing(make_instance: Callable[..., Instance]) -> None:
    """Whoever swaps the secret cannot continue the log: the signer does not know its own last statement any more."""
    instance = make_instance()
    filed(instance, "one")
    (instance.dir / "secrets" / "log.key").write_bytes(b"x" * 32)
    register = instance.register()
    register.file("suggestion", {"matter": "灯"}, form_key="two")
    with pytest.raises(PublishRefused, match="signer_state"):
        register.publish()
    instance.close()


def test_the_old_key_does_not_end_before_the_new_one_has_signed(make_instance: Callable[..., Instance]) -> None:
    """If the announcement was published by the old key alone, the end waits for a statement by both."""
    instance = make_instance()
    filed(instance, "one")
    prepare(instance)
    announce(instance, "why")
    instance = Instance.open(instance.dir)
    following = instance.dir / "secrets" / "log.key.next"
    following.write_bytes(b"y" * 32)  # not the one that was announced
    with pytest.raises(RotationRefused, match="not_signed_by_both"):
        finish(instance)
    assert changes(instance.register())[-1].kind == "next_key"
    instance.close()
