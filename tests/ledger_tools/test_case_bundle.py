"""A case bundle proves a whole case: every record, in order, none left out between, and what its sealed parts said."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mingze.cli.verify import verify
from mingze.instance import Instance
from mingze.jobs.bundle import bundle_of
from mingze.ledger import Policy
from mingze.ledger.bundle import BUNDLE_CHECKS, format_bundle, parse_bundle, verify_bundle
from mingze.words import LANGUAGES, has
from tests.outside import clean_environment
from tests.store.town import CLERK, HANDLER

Make = Callable[..., Instance]


@pytest.fixture
def made(make_instance: Make) -> tuple[Instance, bytes, str]:
    """An instance, the bundle of an answered case with an attachment, and its code; other cases lie between."""
    instance = make_instance()
    register = instance.register()
    filed = register.file(
        "suggestion",
        {"matter": "河堤步道第三盏路灯不亮", "name": "某人", "contact": "13800000000"},
        form_key="mine",
    )
    register.file("suggestion", {"matter": "另一件事"}, form_key="other")
    register.act(filed.case_id, "accept", CLERK, offices={"competent_office": "zjj"}, idempotency="1")
    register.open_slots(filed.case_id, None, HANDLER, "handle", ["narrative"])
    register.file("suggestion", {"matter": "又一件事"}, form_key="third")
    answer = {"result": "adopted", "answer_text": "已经修好"}
    register.act(filed.case_id, "answer", HANDLER, answer, idempotency="2")
    register.publish()
    bundle = bundle_of(register, filed.case_id, instance.clock.now())
    data = format_bundle(bundle)
    instance.close()
    return instance, data, filed.code


def policy_of(instance: Instance) -> Policy:
    return Policy.of_log(instance.log_key)


def changed(data: bytes, change: Callable[[dict[str, Any]], Any]) -> bytes:
    value = json.loads(data)
    change(value)
    return json.dumps(value, ensure_ascii=False).encode()


def test_a_bundle_proves_the_whole_case(made: tuple[Instance, bytes, str]) -> None:
    """All records verify, their chain has no gap, the opened parts are those committed to, and the rest is said."""
    instance, data, _ = made
    found = verify_bundle(data, policy_of(instance))
    assert (found.outcome, found.failed) == ("verified", None)
    assert [check.ok for check in found.checks] == [True, True, True, True, True, None, None, True, True]
    assert [s.event["action"] or s.event["type"] for s in found.statements] == ["file", "accept", "read", "answer"]
    assert [limit.code for limit in found.limits] == [
        "truth", "bundle_later", "bundle_explanations", "sealed", "no_witnesses", "key_given",
    ]  # fmt: skip
    assert format_bundle(parse_bundle(data)) == data


def test_a_bundle_holds_ones_own_words_and_not_who_one_is(made: tuple[Instance, bytes, str]) -> None:
    """Narrative and decision are opened; name and contact are not in the file; each date comes with its explanation."""
    _, data, _ = made
    bundle = parse_bundle(data)
    assert [part.slot for part in bundle.parts] == ["narrative", "decision"]
    assert "河堤步道".encode() in data
    assert b"13800000000" not in data
    assert "某人".encode() not in data
    assert bundle.explanations and all(row["explanation"] for row in bundle.explanations)


def test_without_a_key_a_bundle_is_not_verified(made: tuple[Instance, bytes, str]) -> None:
    """A bundle that agrees with itself proves nothing to a reader who knows no key."""
    assert verify_bundle(made[1]).outcome == "unkeyed"


def _drop(place: int) -> Callable[[dict[str, Any]], Any]:
    return lambda it: it["records"].pop(place)


TAMPERED: dict[str, tuple[Callable[[dict[str, Any]], Any], str, str]] = {
    # what was done to the file: the check that must fail; its problem
    "a record in the middle left out": (_drop(1), "chain", "bundle_gap"),
    "the first record left out": (_drop(0), "chain", "bundle_gap"),
    "two records exchanged": (lambda it: it["records"].reverse(), "chain", "bundle_gap"),
    "a record left out and the rest renumbered": (
        lambda it: (it["records"].pop(1), [row.update(n=at) for at, row in enumerate(it["records"], 1)]),
        "chain", "bundle_gap",
    ),
    "a record changed": (
        lambda it: it["records"][1].update(event=it["records"][1]["event"].replace("zjj", "jyj")),
        "inclusion", "root_mismatch",
    ),
    "another index": (lambda it: it["records"][1].update(index=0), "inclusion", "root_mismatch"),
    "an index beyond the log": (lambda it: it["records"][1].update(index=99), "inclusion", "index_out_of_range"),
    "a hash left out": (lambda it: it["records"][0]["path"].pop(), "inclusion", "proof_length"),
    "another case's name": (lambda it: it.update(case="0" * 32), "chain", "bundle_other_case"),
    "the narrative changed": (
        lambda it: it["parts"][0].update(text='{"matter":"别的"}'), "parts", "bundle_part_differs"),
    "a part under another name": (lambda it: it["parts"][0].update(slot="decision"), "parts", "bundle_part_differs"),
    "a part of another record": (lambda it: it["parts"][0].update(n=2), "parts", "bundle_part_differs"),
    "a part of no record": (lambda it: it["parts"][0].update(n=9), "parts", "bundle_part_differs"),
    "the statement's size changed": (
        lambda it: it.update(checkpoint=it["checkpoint"].replace("\n6\n", "\n7\n")), "inclusion", "proof_length"),
    "the statement unsigned": (
        lambda it: it.update(checkpoint=it["checkpoint"].split("— ")[0]), "checkpoint", "note_malformed"),
    "no records": (lambda it: it["records"].clear(), "form", "bundle_empty"),
    "a short nonce": (lambda it: it["records"][0].update(nonce="AAAA"), "form", "bundle_part"),
    "a number as text": (lambda it: it["records"][0].update(index="0"), "form", "bundle_part"),
    "an event that is no JSON": (lambda it: it["records"][0].update(event="{"), "opening", "event_unreadable"),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERED)
def test_what_was_done_to_a_bundle_is_named(name: str, made: tuple[Instance, bytes, str]) -> None:
    """Each way of falsifying a bundle is refused by the check it concerns."""
    change, check, problem = TAMPERED[name]
    refused = verify_bundle(changed(made[1], change), policy_of(made[0]))
    assert refused.outcome == "refused"
    assert refused.failed and (refused.failed.code, refused.failed.values["problem"]) == (check, problem), (
        refused.checks
    )
    assert refused.limits == ()


def test_a_bundle_says_where_it_ends(made: tuple[Instance, bytes, str]) -> None:
    """The last records can be cut off, and the bundle then says where it ends."""
    shorter = verify_bundle(changed(made[1], lambda it: (it["records"].pop(), it["parts"].pop())), policy_of(made[0]))
    assert shorter.outcome == "verified"
    assert next(limit.values["n"] for limit in shorter.limits if limit.code == "bundle_later") == 3


@pytest.mark.parametrize("data", [b"{", b"[]", b"{}", b'{"a":1,"a":2}', b"\xff{", b'{"format":"other"}', b"{" * 90_000])
def test_files_that_are_no_bundle(data: bytes) -> None:
    """Foreign and damaged files are refused or called unreadable, never a crash."""
    assert verify_bundle(data).outcome in ("refused", "unreadable")


def test_the_command_exports_and_verifies(made: tuple[Instance, bytes, str], tmp_path: Path) -> None:
    """`mingze export-case` takes the code from standard input; `mingze verify` accepts the file and says what it proves."""
    instance, _, code = made
    out = tmp_path / "case.json"
    command = [sys.executable, "-c", "from mingze.cli.main import main; main()", "export-case", str(out)]
    arguments = [*command, "--dir", str(instance.dir)]
    for typed, expected in (("0" * 24, 1), (code, 0)):
        done = subprocess.run(
            arguments, input=typed + "\n", capture_output=True, text=True, env=clean_environment(), check=False
        )
        assert done.returncode == expected, done.stderr
    assert out.stat().st_mode & 0o077 == 0
    for lang, words in (("zh", "第1至第4条"), ("en", "The records are 1 to 4 of one case")):
        said = CliRunner().invoke(verify, [str(out), "--key", str(instance.log_key), "--lang", lang])
        assert (said.exit_code, words in said.output) == (0, True), said.output
    broken = tmp_path / "broken.json"
    broken.write_bytes(changed(out.read_bytes(), _drop(2)))
    said = CliRunner().invoke(verify, [str(broken), "--dir", str(instance.dir), "--json"])
    assert (said.exit_code, json.loads(said.output)["outcome"]) == (1, "refused")


def test_the_code_is_read_from_standard_input_and_nowhere_else(
    made: tuple[Instance, bytes, str], tmp_path: Path
) -> None:
    """`mingze verify --dir` takes the code from standard input; as an argument it is only the name of a file."""
    instance, data, code = made

    def asked(given: str, *arguments: object) -> tuple[int, str]:
        done = CliRunner().invoke(verify, [*map(str, arguments), "--lang", "en"], input=given)
        return done.exit_code, done.output

    at = ("--dir", instance.dir)
    status, said = asked(code.lower() + "\n", *at)
    assert status == 0 and "4 records" in said and "河堤" not in said and code not in said, said
    assert asked("0000-0000-0000-0000-0000-0000\n", *at)[0] == 2
    assert asked("", *at)[0] == 2
    assert asked(code, "--key", instance.log_key)[0] == 2  # no instance to look it up in
    assert "no file" in asked("", code, *at)[1]
    bundle = tmp_path / "mine.mingze-case"
    bundle.write_bytes(data)
    shown = subprocess.run(
        [sys.executable, "-c", "from mingze.cli.main import main; main()", "verify", "-", "--key", str(instance.log_key), "--json"],
        input=data, capture_output=True, check=False, env=clean_environment(),
    )  # fmt: skip
    assert shown.returncode == 0 and json.loads(shown.stdout)["outcome"] == "verified", shown.stderr


def test_an_erased_part_stays_closed(made: tuple[Instance, bytes, str]) -> None:
    """After erasure the bundle still proves every record, and holds none of the words."""
    instance, data, _ = made
    case_id = json.loads(data)["case"]
    register = instance.register()
    register.vault.destroy(case_id, "proposer", "2026-11-23T10:00:00+08:00")
    bundle = bundle_of(register, case_id, instance.clock.now())
    instance.close()
    assert bundle.parts == ()
    assert verify_bundle(format_bundle(bundle), policy_of(instance)).outcome == "verified"


def test_every_check_and_problem_of_a_bundle_has_words() -> None:
    """Each check in each state, and each problem of the bundle's own, is worded in both languages."""
    for lang in LANGUAGES:
        for code in BUNDLE_CHECKS:
            for state in ("passed", "failed", "open"):
                assert has(f"ledger-bundle-{code}-{state}", lang) or has(f"ledger-check-{code}-{state}", lang)
        for problem in {it[2] for it in TAMPERED.values()} | {"bundle_too_large", "bundle_unreadable", "bundle_format"}:
            assert has(f"ledger-error-{problem}", lang), problem
