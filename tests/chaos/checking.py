"""The one checker: what was acknowledged is there exactly once, its receipt verifies, and the log replays from storage."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

from mingze.jobs.replay import Replay
from mingze.ledger import parse_policy, parse_vkey, verify_receipt, vkey
from mingze.store import Register, Unavailable
from tests.store.town import ORIGIN, SEED, Town

KEY = vkey(ORIGIN, SEED)
POLICY = parse_policy(f"log {KEY}\nquorum none\n".encode())
REASONS = {"disk_full", "stopped", "gone", "busy", "read_only", "signer_state", "signer_unwritable"}
"""What a command, or a signing, may be told when it could not be done."""


def said(journal: Path) -> list[list[str]]:
    """The whole lines of a journal; a process killed while writing one has not said it."""
    text = journal.read_text(encoding="utf-8") if journal.exists() else ""
    return [line.split() for line in text.splitlines(keepends=True) if line.endswith("\n")]


def acknowledged(lines: Iterable[list[str]]) -> int:
    """How many commands were answered."""
    return sum(line[0] in ("filed", "acted") for line in lines)


def opened(town: Town) -> Register:
    """The register again, as soon as a server has noticed that its dead client is dead."""
    until = time.monotonic() + 20
    while True:
        try:
            return town.open()
        except Unavailable as refused:
            if refused.code != "second_writer" or time.monotonic() > until:
                raise
            time.sleep(0.05)


def check_everything(town: Town, lines: list[list[str]], receipts: int = 25) -> None:
    """Check all of it, and repeat every request that was ever made: each is one case, with the answer it had.

    `receipts` of the newest answers are turned into proof files and verified.
    """
    register = opened(town)
    try:
        first = {line[1]: line[2:] for line in lines if line[0] == "filed"}
        asked = list(dict.fromkeys(line[1] for line in lines if line[0] == "asked"))
        for key in asked:
            again = town.file(register, "said again", form_key=key)
            if key in first:
                assert [again.case_id, again.number, again.code, again.repeated] == [*first[key], True], key
            first[key] = [again.case_id, again.number, again.code]
            assert register.by_code(again.code) == again.case_id, key
        count, numbers = town.sql("SELECT count(*), count(DISTINCT number) FROM case_file")[0]
        assert count == numbers == len(asked) == town.sql("SELECT count(*) FROM receipt_code")[0][0]
        acted = [(line[2], int(line[3]), int(line[4])) for line in lines if line[0] == "acted"]
        places = {(row[0], row[1]): row[2] for row in town.sql("SELECT case_id, n, leaf_index FROM event")}
        assert all(places[case_id, n] == leaf for case_id, n, leaf in acted)
        size = register.publish()
        assert size >= max((int(line[2]) for line in lines if line[0] == "signed"), default=0)
        for case_id, n, _ in acted[-receipts:]:
            assert verify_receipt(register.proof(case_id, n), POLICY).outcome == "verified"
        replayed = Replay(register, parse_vkey(KEY)).run()
        assert (replayed.faults, replayed.cases, replayed.signed) == ((), count, size)
        codes = {line[2] for line in lines if line[0] == "refused"}
        assert codes <= REASONS, codes
    finally:
        town.close()
