"""The way out of a log that cannot be continued: a new one that says what happened, however often it was interrupted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from mingze.instance import Instance
from mingze.jobs import new_log
from mingze.jobs.backup import BackupRefused, back_up, restore
from mingze.jobs.new_log import NewLogRefused, begin
from mingze.jobs.replay import Replay
from mingze.jobs.static_log import inspect
from mingze.ledger import Policy, parse_note, parse_vkey, verify_receipt
from mingze.words.governance import governance_words
from tests.outside import run_mingze


@pytest.fixture
def lost(make_instance: Callable[..., Instance], tmp_path: Path) -> tuple[Instance, bytes, Policy]:
    """An instance whose database was put back by one record, with the old receipt of the lost one's neighbour."""
    instance = make_instance()
    register = instance.register()
    case = register.file("suggestion", {"matter": "第一件"}, form_key="one").case_id
    register.publish()
    receipt = register.proof(case, 1)
    old = back_up(instance, tmp_path / "kept")
    register.file("suggestion", {"matter": "第二件"}, form_key="two")
    register.publish()
    instance.close()
    policy = Policy.of_log(instance.log_key)
    with pytest.raises(BackupRefused, match="log_shorter"):
        restore(old.register, old.vault, instance.dir, None)
    fresh = tmp_path / "fresh"
    restore(old.register, old.vault, fresh, instance.dir / "secrets")
    return Instance.open(fresh), receipt, policy


def test_a_lost_log_ends_and_the_next_one_says_so(lost: tuple[Instance, bytes, Policy]) -> None:
    """Under the next name everything that is left is published, with a record of what the old log lost."""
    instance, receipt, policy = lost
    arguments = ["ledger", "new-log", "--reason", "磁盘故障", "--dir", str(instance.dir), "--json", "--old"]
    other = run_mingze(*arguments, str(instance.dir / "mingze.toml"))
    assert other.returncode == 1 and not (instance.dir / new_log.PLAN).exists(), other.stderr
    done = run_mingze(*arguments, str(instance.dir.parent / "instance0" / "ledger" / "checkpoint"))
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["origin"], found["old_size"], found["kept"], found["lost"], found["size"]) == (
        "log.mingyuan.example/mingze/2", 2, 1, 1, 2,
    )  # fmt: skip
    renewed = Instance.open(instance.dir)
    register = renewed.register()
    said = register.governed("new_log")[0].facts
    assert (said["lost_from"], said["lost_to"], said["reason"]) == (1, 1, "磁盘故障")
    assert "seed" not in said and policy.logs[0] in parse_note(said["signed_by_old_key"].encode()).signers(policy.logs)
    assert Replay(register, renewed.log_keys).run().faults == ()
    assert inspect(renewed.dir / "ledger", Policy.of_log(renewed.log_key)).faults == ()
    assert inspect(renewed.dir / "ledger-1", policy).size == 1  # what the backup had of it
    assert verify_receipt(receipt, policy).outcome == "verified"  # the old receipt still stands
    register.file("suggestion", {"matter": "第三件"}, form_key="three")
    assert register.publish() == 3
    assert parse_vkey(str(said["vkey"])) == renewed.log_key
    assert "磁盘故障" in governance_words("new_log", said, "zh-Hans")
    renewed.close()
    shown = run_mingze("ledger", "statement", "--dir", str(instance.dir), "--lang", "en")
    assert "1 of them are lost" in shown.stdout


@pytest.mark.parametrize("step", ["_put_beside", "write_durably", "publish", "unlink"])
def test_an_interrupted_beginning_is_finished(
    lost: tuple[Instance, bytes, Policy], step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stopped it, the second run ends with the same new log; nothing is begun twice."""
    instance, _, _ = lost
    owner, name = {
        "publish": (type(instance.register()), "publish"),
        "unlink": (Path, "unlink"),
    }.get(step, (new_log, step))
    instance.close()
    with monkeypatch.context() as patch:
        real, times = getattr(owner, name), iter(range(9))

        def broken(*values: object, **more: object) -> object:
            if step == "write_durably" and next(times) < 2:  # the plan and the key; the settings are the third
                return real(*values, **more)
            raise KeyboardInterrupt

        patch.setattr(owner, name, broken)
        with pytest.raises(KeyboardInterrupt):
            begin(instance, "first reason")
    again = Instance.open(instance.dir)
    begun = begin(again, "second reason")
    assert (begun.origin, begun.size) == ("log.mingyuan.example/mingze/2", 2)
    renewed = Instance.open(instance.dir)
    assert [row.facts["reason"] for row in renewed.register().governed("new_log")] == ["first reason"]
    assert inspect(renewed.dir / "ledger", Policy.of_log(renewed.log_key)).faults == ()
    assert not (renewed.dir / new_log.PLAN).exists()
    renewed.close()


def test_what_cannot_be_continued_must_have_been(make_instance: Callable[..., Instance]) -> None:
    """Without a signed log, or with a name that has no next one, nothing is begun."""
    instance = make_instance()
    with pytest.raises(NewLogRefused, match="nothing_signed"):
        begin(instance, "why")
    instance.origin = "log.example/mingze"
    with pytest.raises(NewLogRefused, match="origin_unnumbered"):
        begin(instance, "why")
    assert not (instance.dir / new_log.PLAN).exists()


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_every_kind_has_a_sentence_and_foreign_facts_do_no_harm(lang: str) -> None:
    """All kinds are worded; facts that lack something or hold something else get a plain sentence."""
    numbers = dict.fromkeys(
        ("received", "answered_in_time", "answered_late", "overdue_open", "overdue_unmarked", "readings", "erasures"), 3
    )
    facts = {
        "key": {"vkey": "log+1+A"},
        "procedure": {"name": "suggestion", "hash": "sha256:" + "ab" * 32},
        "calendar": {"version": "cn-2026.1"},
        "release": {"program": "mingze", "version": "9.9"},
        "verifier": {"sha256": "cd" * 32},
        "new_log": {"origin": "a/2", "old_origin": "a/1", "old_size": 5, "kept": 4, "reason": "…"},
        "statement": {"on": "2026-11-22", **numbers},
    }
    other = governance_words("key", {}, lang)
    for kind, given in facts.items():
        words = governance_words(kind, given, lang)
        assert words and words != governance_words(kind, {}, lang)
        assert governance_words(kind, {key: [1] for key in given}, lang) == governance_words(kind, {}, lang)
    assert governance_words("of a later version", {}, lang) != other
