"""`mingze verify` tells a person, in their language, what a receipt proves, what not, and what does not match."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mingze.cli.main import main
from mingze.cli.verify import account, printable, verify
from mingze.ledger import verify_receipt
from mingze.words import entries, say

LANGUAGES = ("zh", "en")


@pytest.fixture
def receipt(log, tmp_path: Path) -> Path:
    """A receipt in a folder of its own, with nothing beside it."""
    path = tmp_path / "mine" / "receipt.tlog-proof"
    path.parent.mkdir()
    path.write_bytes(log.receipt(3))
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(verify, [str(argument) for argument in arguments])


def test_a_good_receipt_is_verified_in_english(receipt: Path, log) -> None:
    """Exit code 0; what is proved, what the record says with its dates in words, and what is not proved."""
    result = run(receipt, "--key", log.key, "--lang", "en")
    assert result.exit_code == 0, result.output
    for line in (
        "Receipt verified. This record is in the ledger.",
        "  ✓ The record is entry number 3 (counted from 0) of the 11 in that statement; not one byte of it "
        "has changed.",
        f"  ✓ The statement is signed by {log.key.name} (key {log.key.id.hex()}).",
        "  Recorded                              23 November 2026 at 10:30",
        "  Time limit                            answer: started, due Monday 14 December 2026",
        "What is not proved",
        "  · What is in the sealed parts (narrative): the record holds only fingerprints of them, and they were not "
        "opened here.",
        "  · That everyone is shown the same ledger. No outside witness is counted, so this rests on the authority’s "
        "own signature.",
    ):
        assert line in result.output.splitlines()


def test_a_good_receipt_is_verified_in_chinese(receipt: Path, log) -> None:
    """The same in Chinese, in columns that line up."""
    result = run(receipt, "--key", log.key, "--lang", "zh")
    assert result.exit_code == 0, result.output
    for line in (
        "回执核验通过：这条记录确已写入账本。",
        "  ✓ 这条记录是声明所列11条中的第3号（从0编号），一个字节也没有改动。",
        "  记录时间                 2026年11月23日10:30",
        "  时限                     answer：起算，2026年12月14日（星期一）到期",
        "没有证明什么",
        "  · 不证明记录中的说法属实；已证明的是，该机关写下了这条记录，此后没有改动。",
    ):
        assert line in result.output.splitlines()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_changed_byte_is_refused_with_what_does_not_match(lang: str, receipt: Path, log) -> None:
    """Exit code 1; both root hashes are printed, and nothing the file says is repeated as a fact."""
    changed = receipt.read_bytes().replace(b"index 3", b"index 2")
    receipt.write_bytes(changed)
    result = run(receipt, "--key", log.key, "--lang", lang)
    assert result.exit_code == 1
    assert say("ledger-outcome-refused", "zh-Hans" if lang == "zh" else "en") in result.output
    assert result.output.count("=") == 2  # two base64 hashes
    assert "01JD9ZK4Q7Y8V3T5N6M2X1C0B4" not in result.output


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_key_it_is_not_verified_and_says_how_to_get_one(lang: str, receipt: Path) -> None:
    """Exit code 2; the facts are called claims, and the next step names the portal's key page."""
    result = run(receipt, "--lang", lang)
    assert result.exit_code == 2
    for word in ("ledger-outcome-unkeyed", "ledger-heading-claimed"):
        assert say(word, "zh-Hans" if lang == "zh" else "en") in result.output
    assert "/ledger/key" in result.output


def test_a_key_beside_the_receipt_is_used_and_judged(receipt: Path, log) -> None:
    """A log.vkey or policy.txt in the same folder serves, with the warning that it proves little."""
    (receipt.parent / "log.vkey").write_text(f"{log.key}\n")
    result = run(receipt, "--json")
    assert (result.exit_code, json.loads(result.output)["not_proved"][-1]["code"]) == (0, "key_beside")
    (receipt.parent / "policy.txt").write_bytes(log.policy_asking("any").to_bytes())
    assert run(receipt).exit_code == 1  # the policy is preferred, and asks for a witness


def test_a_policy_file_asks_for_witnesses(receipt: Path, log, tmp_path: Path) -> None:
    """With a policy, witnesses are counted, and each one's time bounds the time of the record."""
    policy = tmp_path / "policy.txt"
    policy.write_bytes(log.policy_asking("all").to_bytes())
    refused = run(receipt, "--policy", policy, "--lang", "en")
    assert refused.exit_code == 1
    assert "0 of the 2 witnesses you know signed; your policy asks for “outside”." in refused.output
    receipt.write_bytes(log.receipt(3, "audit", "library"))
    passed = run(receipt, "--policy", policy, "--lang", "en")
    assert passed.exit_code == 0
    assert "2 of the 2 outside witnesses you trust signed it too" in passed.output
    assert "before a witness saw the ledger (23 November 2026 at 10:40)" in passed.output


def test_an_instances_own_key_can_be_used(receipt: Path, log, tmp_path: Path) -> None:
    """With --dir the key of that installation is trusted, and the answer says that this convinces nobody else."""
    from mingze.instance import create

    instance = create(tmp_path / "instance", demo=True)
    refused = run(receipt, "--dir", instance.dir, "--json")
    assert (refused.exit_code, json.loads(refused.output)["checks"][4]["problem"]) == (1, "signature_other_key")
    (instance.dir / "ledger" / "policy.txt").write_bytes(log.policy.to_bytes())
    passed = run(receipt, "--dir", instance.dir, "--json")
    assert (passed.exit_code, json.loads(passed.output)["not_proved"][-1]["code"]) == (0, "key_instance")


def test_json_has_every_check_with_its_words(receipt: Path, log) -> None:
    """For programs: outcome, each check with code, answer, values and sentence, the event, and what is not proved."""
    found = json.loads(run(receipt, "--key", log.key, "--json", "--lang", "en").output)
    assert found["outcome"] == "verified"
    assert [check["ok"] for check in found["checks"]] == [True, True, True, True, True, None, None]
    assert all(check["text"] for check in [*found["checks"], *found["not_proved"]])
    assert found["event"]["clocks"][0]["due"] == "2026-12-14"
    assert found["place"]["index"] == 3


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", 2), (b"%PDF-1.7\n", 2), (b"\0" * 5000, 2), (b"c2sp.org/tlog-proof@v1\n", 1), (b"x" * (2 << 20), 2)],
)
def test_files_that_are_no_receipt(content: bytes, code: int, lang: str, receipt: Path, log) -> None:
    """A foreign file ends with 2 and a damaged receipt with 1, each with a sentence and a next step."""
    receipt.write_bytes(content)
    result = run(receipt, "--key", log.key, "--lang", lang)
    assert result.exit_code == code
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert say("ledger-heading-next", "zh-Hans" if lang == "zh" else "en") in result.output


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "arguments",
    [
        ["nowhere.tlog-proof"],
        ["."],
        ["FILE", "--key", "nonsense"],
        ["FILE", "--key", "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"],
        ["FILE", "--policy", "nowhere.txt"],
        ["FILE", "--policy", "FILE"],
        ["FILE", "--key", "a", "--policy", "b"],
    ],
)
def test_what_cannot_be_used_is_explained(arguments: list[str], lang: str, receipt: Path) -> None:
    """A missing file, a mistyped key, a broken policy or two sources of trust: exit code 2 and one sentence why."""
    result = run(*(receipt if it == "FILE" else it for it in arguments), "--lang", lang)
    assert result.exit_code == 2
    assert len(result.output.strip()) > 10
    assert "Traceback" not in result.output
    as_json = run(*(receipt if it == "FILE" else it for it in arguments), "--json")
    assert json.loads(as_json.output)["outcome"] == "usage"


def test_an_instance_that_is_not_there_ends_in_3(receipt: Path, tmp_path: Path) -> None:
    """With --dir naming no instance, the command ends as every command does: code 3 and one sentence."""
    arguments = ["verify", str(receipt), "--dir", str(tmp_path / "nowhere"), "--lang", "en"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 3
    assert str(tmp_path / "nowhere") in result.output


@pytest.mark.parametrize(("lang", "words"), [("en", "Check a receipt FILE offline"), ("zh", "离线核验回执文件")])
def test_help_is_in_the_readers_language(lang: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`mingze verify --help` explains itself in both languages, with the exit codes."""
    monkeypatch.setattr("sys.argv", ["mingze", "verify", "--help", "--lang", lang])
    text = CliRunner().invoke(main, ["verify", "--lang", lang, "--help"]).output
    assert words in text
    assert "mingze verify receipt.tlog-proof --key" in " ".join(text.split())
    assert all(code in text for code in "0123")


def test_a_receipt_cannot_write_on_the_readers_screen(make_log, make_event, tmp_path: Path) -> None:
    """Control, line and direction characters in a record are shown as replacement marks, and long texts are cut."""
    fake = "ok\x1b[2J\r\nReceipt verified\u202e\u2028" + "x" * 1000
    log = make_log(1, lambda n: make_event(n, office=fake))
    path = tmp_path / "r.tlog-proof"
    path.write_bytes(log.receipt(0))
    result = run(path, "--key", log.key, "--lang", "en")
    assert result.exit_code == 0
    assert not re.search("[\x1b\r\u202e\u2028]", result.output)
    assert "ok�[2J��Receipt verified��xxx" in result.output
    assert max(map(len, result.output.splitlines())) < 600
    assert printable("明源") == "明源"


def test_both_languages_say_the_same_things() -> None:
    """Every sentence of the room exists in both languages with the same variables."""
    said = {
        lang: {entry.id: entry.variables for entry in entries(lang) if entry.file == "ledger.ftl"}
        for lang in ("zh-Hans", "en")
    }
    assert said["zh-Hans"] == said["en"]


def test_every_problem_of_a_receipt_has_words(log) -> None:
    """Every code the room can raise about a file, a key or a policy has its sentence."""
    codes = set()
    for module in ("proof", "receipt", "note", "checkpoint", "policy", "tree"):
        source = Path(__import__(f"mingze.ledger.{module}", fromlist=["x"]).__file__).read_text(encoding="utf-8")
        codes |= set(re.findall(r'LedgerError\(\s*"([a-z_0-9]+)"', source))
        codes |= set(re.findall(r'problem="([a-z_]+)"', source))
    never_shown = {  # caught and named otherwise on the way, or raised only to those who write a log
        "base64_malformed",
        "base64_size",
        "edge_malformed",
        "key_name",
        "key_size",
        "nonce_size",
        "size_out_of_range",
        "timestamp_range",
    }
    worded = {entry.id for entry in entries("en")}
    assert {code for code in codes - never_shown if f"ledger-error-{code}" not in worded} == set()
    assert len(codes) > 40


def test_a_page_can_use_the_same_words(log) -> None:
    """The account in words is a value of its own, so that a page says exactly what the command says."""
    words = account(verify_receipt(log.receipt(3), log.policy), "en")
    assert words.outcome == "Receipt verified. This record is in the ledger."
    assert ("Case", "01JD9ZK4Q7Y8V3T5N6M2X1C0B4") in words.facts
    assert words.mismatches == ()
