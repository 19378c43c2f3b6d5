"""The one-file browser verifier, opened from the disk in a real Chromium, judges as `mingze verify` does."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mingze.ledger import Policy, verify_receipt
from mingze.ledger.bundle import verify_bundle
from tests.ledger import conftest as LOGS
from tests.ledger import test_receipts as VECTORS
from tests.ledger_tools import verifier_words
from tests.ledger_tools.test_case_bundle import TAMPERED as BUNDLES
from tests.ledger_tools.test_case_bundle import changed, policy_of
from tests.ledger_tools.test_case_bundle import made as made


@pytest.fixture
def judge(open_page: Callable[..., Any]) -> Callable[..., list[dict[str, Any]]]:
    """Asks the page about many files at once; it is opened from the disk and may reach no network."""
    page = open_page(verifier_words.PAGE.as_uri())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    def judge_(files: list[bytes], policy: Policy | None) -> list[dict[str, Any]]:
        text = policy.to_bytes().decode() if policy else ""
        encoded = [base64.b64encode(data).decode() for data in files]
        script = "async ([files, policy]) => { const out = [];" \
            " for (const file of files) out.push(await mingzeVerify(file, policy)); return out; }"  # fmt: skip
        found = page.evaluate(script, [encoded, text])
        assert asked == []
        return found

    return judge_


def ours(data: bytes, policy: Policy | None) -> tuple[str, str, str]:
    found = verify_receipt(data, policy)
    failed = found.failed
    return found.outcome, failed.code if failed else "", str(failed.values["problem"]) if failed else ""


def test_receipts_are_judged_alike(judge: Callable[..., list[dict[str, Any]]]) -> None:
    """Every good receipt is accepted and every kind of tampering refused, by the same check and for the same reason."""
    log = LOGS.a_log()
    policy = log.policy_asking("any")
    good = [log.receipt(index, "audit", "library") for index in range(11)]
    good += [LOGS.a_log(size).receipt(size - 1, "audit") for size in range(1, 18)]
    assert [it["outcome"] for it in judge(good, policy)] == ["verified"] * len(good)
    assert [it["outcome"] for it in judge(good[:3], None)] == ["unkeyed"] * 3
    tampered = [tamper(log, LOGS.a_log, LOGS.an_event) for tamper, _, _ in VECTORS.TAMPERED.values()]
    tampered += [LOGS.a_log(1, lambda n, data=data: data).receipt(0, "audit") for data, _ in VECTORS.EVENTS.values()]
    tampered += [b"", b"%PDF-1.7\n", b"\0" * 5000, b"c2sp.org/tlog-proof@v1\n", b"x" * (2 << 20)]
    found = [(it["outcome"], it["failed"], it["problem"]) for it in judge(tampered, policy)]
    assert found == [ours(data, policy) for data in tampered]
    assert len(tampered) >= 24


def test_one_byte_mutants_are_judged_alike(judge: Callable[..., list[dict[str, Any]]]) -> None:
    """Of 600 receipts with one byte changed, the page accepts exactly those that `mingze verify` accepts."""
    log = LOGS.a_log()
    policy, good, chance = log.policy_asking("any"), log.receipt(3, "audit", "library"), random.Random(4)
    mutants = []
    for _ in range(600):
        data = bytearray(good)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        mutants.append(bytes(data))
    expected = [ours(data, policy)[0] for data in mutants]
    assert [it["outcome"] for it in judge(mutants, policy)] == expected
    assert expected.count("verified") < 60  # only lines of witnesses that were not needed


def test_bundles_are_judged_alike(made: Any, judge: Callable[..., list[dict[str, Any]]]) -> None:
    """Case bundles are accepted and refused by the same check and for the same reason."""
    instance, data, _ = made
    policy = policy_of(instance)
    files = [data, *(changed(data, change) for change, _, _ in BUNDLES.values())]
    files += [b"{", b"{}", b'{"a":1,"a":2}', b'{"format":"other"}', b"{" * 90_000, b" \n" + data]
    found = [(it["outcome"], it["failed"], it["problem"]) for it in judge(files, policy)]
    expected = []
    for file in files:
        verified = verify_bundle(file, policy)
        failed = verified.failed
        expected.append(
            (verified.outcome, failed.code if failed else "", str(failed.values["problem"]) if failed else "")
        )
    assert found == expected
    assert found[0][0] == found[-1][0] == "verified"


def test_a_person_verifies_a_file_in_the_page(open_page: Callable[..., Any], tmp_path: Path) -> None:
    """Choosing a file and pasting a key answers in plain sentences, in Chinese and in English, without a network."""
    log = LOGS.a_log()
    receipt = tmp_path / "receipt.tlog-proof"
    receipt.write_bytes(log.receipt(3))
    page = open_page(verifier_words.PAGE.as_uri(), size="phone")
    page.context.set_offline(True)
    page.set_input_files("#file", str(receipt))
    page.fill("#trust", str(log.key))
    page.click("#go")
    page.wait_for_selector(".outcome.verified")
    text = page.inner_text("#answer")
    assert "回执核验通过" in text and "2026年12月14日" in text and "没有证明什么" in text
    page.click("#other")
    assert "Receipt verified" in page.inner_text("#answer")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.fill("#trust", str(log.key)[:-4] + "AAA=")
    page.click("#go")
    page.wait_for_selector(".outcome.refused")
    assert "cannot be used" in page.inner_text("#answer")


def test_the_page_says_what_the_catalogue_says() -> None:
    """Its sentences are those of `mingze verify`; `python -m tests.ledger_tools.verifier_words` writes them anew."""
    assert verifier_words.in_page() == verifier_words.catalogue()


def test_the_page_needs_nothing_else() -> None:
    """One file: no address of another, nothing loaded, and a policy that forbids every connection."""
    text = verifier_words.PAGE.read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    assert [
        mark for mark in ("http://", "https://", "src=", "@import", "fetch(", "XMLHttp", "eval(") if mark in text
    ] == []
