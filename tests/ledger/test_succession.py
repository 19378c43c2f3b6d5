"""Changing a log's key within one log: what readers accept who know only the old key, and what they refuse."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from mingze.ledger import (
    Checkpoint,
    Edge,
    LedgerError,
    Opening,
    Policy,
    Span,
    cosign,
    format_note,
    format_proof,
    governance_bytes,
    inclusion_proof,
    key_end_facts,
    leaf_hash,
    next_key_facts,
    parse_note,
    parse_policy,
    parse_vkey,
    policy_after,
    policy_with,
    sign,
    verify_receipt,
    vkey,
)
from mingze.ledger.governance import Governance
from mingze.ledger.note import COSIGNATURE, VerifierKey

ORIGIN = "log.mingyuan.example/mingze/1"
OLD, NEW, THIRD, STRANGE = (bytes([number]) * 32 for number in (1, 2, 3, 9))
WITNESS = bytes([7]) * 32
AT = "2026-11-23T10:00:00+08:00"


def key(seed: bytes) -> VerifierKey:
    return parse_vkey(vkey(ORIGIN, seed))


@dataclass
class Log:
    """A log in memory with public records only, signed at any size by any keys."""

    records: list[Governance] = field(default_factory=list)

    def say(self, kind: str, facts: dict[str, str]) -> int:
        index = len(self.records)
        event = governance_bytes("mingyuan", index + 1, kind, facts, AT, "")
        self.records.append(Governance(index, bytes([index]) * 32, event))
        return index

    def receipt(self, index: int, size: int, *seeds: bytes, witnessed: bool = False) -> bytes:
        """The receipt of a record under the checkpoint of `size`, signed by these keys."""
        hashes = [leaf_hash(record.leaf()) for record in self.records[:size]]
        edge, nodes = Edge().append(hashes)
        at = {(level, place): value for level, place, value in nodes}
        text = Checkpoint(ORIGIN, size, edge.root()).text()
        lines = [sign(text, ORIGIN, seed) for seed in seeds]
        if witnessed:
            lines.append(cosign(text, "witness.example", WITNESS, 1_800_000_000))
        path = inclusion_proof(index, size, lambda level, place: at[level, place])
        record = self.records[index]
        return format_proof(index, path, format_note(text, lines), Opening.join(record.nonce, record.event_bytes))


@pytest.fixture
def changed() -> Log:
    """Records 0 … 8: the second key is announced at 2 and the first ends at 5."""
    log = Log()
    for index in range(9):
        if index == 2:
            log.say("next_key", next_key_facts(ORIGIN, OLD, NEW, "yearly"))
        elif index == 5:
            log.say("key_end", key_end_facts(ORIGIN, key(OLD), key(NEW)))
        else:
            log.say("release", {"program": "mingze", "version": str(index)})
    return log


def problem(outcome) -> str:
    failed = outcome.failed
    return str(failed.values.get("problem")) if failed else ""


def test_whoever_knows_the_old_key_accepts_the_announced_one(changed: Log) -> None:
    """With the announcement's receipt, new receipts verify; old ones verify as ever, with it and without it."""
    policy = Policy.of_log(key(OLD))
    after = policy_with(policy, [changed.receipt(2, 3, OLD, NEW)])
    assert after.logs == (key(OLD), key(NEW)) and after.span_of(key(NEW)) == Span(3)
    new = changed.receipt(7, 9, NEW)
    assert verify_receipt(new, after).outcome == "verified"
    assert problem(verify_receipt(new, policy)) == "signature_other_key"
    for trusted in (policy, after):
        assert verify_receipt(changed.receipt(0, 2, OLD), trusted).outcome == "verified"
        assert verify_receipt(changed.receipt(1, 4, OLD, NEW), trusted).outcome == "verified"


def test_an_old_key_counts_for_nothing_after_its_end(changed: Log) -> None:
    """A statement that includes the end of a key does not count by it, while what it signed before still does."""
    receipts = [changed.receipt(5, 6, NEW), changed.receipt(2, 3, OLD, NEW)]  # in whatever order
    after = policy_with(Policy.of_log(key(OLD)), receipts)
    assert after.span_of(key(OLD)) == Span(0, 5)
    assert problem(verify_receipt(changed.receipt(0, 6, OLD), after)) == "key_out_of_span"
    assert verify_receipt(changed.receipt(0, 5, OLD), after).outcome == "verified"
    assert verify_receipt(changed.receipt(0, 6, OLD, NEW), after).outcome == "verified"  # the new one counts


def test_a_new_key_counts_for_nothing_before_its_announcement(changed: Log) -> None:
    """A statement without the announcement in it does not count by the key announced."""
    after = policy_with(Policy.of_log(key(OLD)), [changed.receipt(2, 3, OLD)])
    assert problem(verify_receipt(changed.receipt(0, 2, NEW), after)) == "key_out_of_span"


def test_an_unannounced_key_is_refused(changed: Log) -> None:
    """A key nobody announced signs nothing for this log, and its own announcement under itself is no announcement."""
    after = policy_with(Policy.of_log(key(OLD)), [changed.receipt(2, 3, OLD)])
    assert problem(verify_receipt(changed.receipt(7, 9, STRANGE), after)) == "signature_other_key"
    other = Log()
    other.say("next_key", next_key_facts(ORIGIN, OLD, STRANGE, "stolen?") | {"before": str(key(STRANGE))})
    with pytest.raises(LedgerError, match="succession_refused"):
        policy_with(after, [other.receipt(0, 1, STRANGE)])
    with pytest.raises(LedgerError, match="succession_unknown"):
        policy_with(after, [other.receipt(0, 1, OLD)])


@pytest.mark.parametrize(
    "facts",
    [
        {**next_key_facts(ORIGIN, OLD, NEW, ""), "signed": "nothing"},
        {**next_key_facts(ORIGIN, OLD, NEW, ""), "vkey": str(key(STRANGE))},  # another key than was signed for
        {**next_key_facts(ORIGIN, OLD, NEW, ""), "signed": next_key_facts(ORIGIN, OLD, THIRD, "")["signed"]},
        {**next_key_facts(ORIGIN, OLD, NEW, ""), "signed": next_key_facts(ORIGIN, STRANGE, NEW, "")["signed"]},
    ],
)
def test_both_keys_must_have_signed_the_handing_over(facts: dict[str, str]) -> None:
    """An announcement that either key has not signed, or that names another key, is not followed."""
    log = Log()
    log.say("next_key", facts)
    with pytest.raises(LedgerError, match="succession_unsigned"):
        policy_with(Policy.of_log(key(OLD)), [log.receipt(0, 1, OLD)])


def test_a_key_of_another_log_or_kind_is_no_successor() -> None:
    """The next key has the same name as the log and signs checkpoints, not cosignatures."""
    log = Log()
    facts = next_key_facts(ORIGIN, OLD, NEW, "")
    for wrong in (vkey("log.other.example/mingze/1", NEW), vkey(ORIGIN, NEW, COSIGNATURE)):
        log.say("next_key", facts | {"vkey": wrong})
    for index in (0, 1):
        with pytest.raises(LedgerError, match="succession_unknown"):
            policy_with(Policy.of_log(key(OLD)), [log.receipt(index, 2, OLD)])


def test_a_key_announced_in_a_fork_is_refused_by_whoever_asks_for_witnesses(changed: Log) -> None:
    """Whoever stole the old key can sign another tree with another announcement, but no witness has signed that tree."""
    group = "log {}\nwitness audit {}\nquorum audit\n".format(key(OLD), vkey("witness.example", WITNESS, COSIGNATURE))
    policy = parse_policy(group.encode())
    fork = Log(list(changed.records[:2]))
    fork.say("next_key", next_key_facts(ORIGIN, OLD, STRANGE, "yearly"))
    with pytest.raises(LedgerError, match="succession_refused"):
        policy_with(policy, [fork.receipt(2, 3, OLD, STRANGE)])
    after = policy_with(policy, [changed.receipt(2, 3, OLD, NEW, witnessed=True)])
    assert verify_receipt(changed.receipt(7, 9, NEW, witnessed=True), after).outcome == "verified"
    spliced = fork.receipt(2, 3, OLD).replace(b"\n\n", b"\n\n", 1)
    true = changed.receipt(2, 3, OLD, NEW, witnessed=True)
    head, _, _ = spliced.partition(b"\n\n")
    mixed = head + b"\n\n" + true.partition(b"\n\n")[2]  # the fork's record over the true log's statement
    with pytest.raises(LedgerError, match="succession_refused"):
        policy_with(policy, [mixed])


def test_an_ended_key_announces_nobody(changed: Log) -> None:
    """After its end a key cannot name a successor, whoever holds it; the key that stands can."""
    after = policy_with(Policy.of_log(key(OLD)), [changed.receipt(2, 3, OLD), changed.receipt(5, 6, NEW)])
    index = changed.say("next_key", next_key_facts(ORIGIN, OLD, STRANGE, "stolen"))
    with pytest.raises(LedgerError, match="succession_refused"):
        policy_with(after, [changed.receipt(index, index + 1, OLD)])
    with pytest.raises(LedgerError, match="succession_unknown"):
        policy_after(after, [(index, changed.records[index].event)])
    index = changed.say("next_key", next_key_facts(ORIGIN, NEW, THIRD, "yearly"))
    last = policy_with(after, [changed.receipt(index, index + 1, NEW)])
    assert verify_receipt(changed.receipt(0, index + 1, THIRD), last).outcome == "verified"


def test_a_good_receipt_of_something_else_announces_nothing(changed: Log) -> None:
    """Only announcements and ends are taken; a receipt of another record is named as such."""
    with pytest.raises(LedgerError, match="succession_other"):
        policy_with(Policy.of_log(key(OLD)), [changed.receipt(0, 3, OLD)])


def test_one_byte_mutants_of_an_announcement_are_refused_or_change_nothing(changed: Log) -> None:
    """Whatever byte of an announcement is changed, no other key than the announced one is ever trusted."""
    good = changed.receipt(2, 3, OLD, NEW)
    policy = Policy.of_log(key(OLD))
    expected = policy_with(policy, [good])
    accepted = 0
    for at in range(len(good)):
        mutant = good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :]
        try:
            found = policy_with(policy, [mutant])
        except LedgerError:
            continue
        accepted += 1
        assert found == expected  # a changed line of a key that this reader does not know yet
    assert accepted < len(good) / 8


def test_a_policy_file_says_which_sizes_each_key_counts_for() -> None:
    """The line is a comment to others, is read back as written, and is refused where it cannot be meant."""
    policy = Policy((key(OLD), key(NEW)), spans={key(OLD): Span(0, 5), key(NEW): Span(3)})
    text = policy.to_bytes()
    assert parse_policy(text) == policy
    assert [line for line in text.decode().split("\n") if not line.startswith("#")] == [
        f"log {key(OLD)}", f"log {key(NEW)}", "quorum none", "",
    ]  # fmt: skip
    for wrong in ("#sizes 5 3", "#sizes", "#sizes 0 x", "#sizes -1 -"):
        with pytest.raises(LedgerError, match="policy_line"):
            parse_policy(f"log {key(OLD)}\n{wrong}\nquorum none\n".encode())
    with pytest.raises(LedgerError, match="policy_line"):
        parse_policy(f"log {key(OLD)}\n\n#sizes 0 5\nquorum none\n".encode())
    assert parse_policy(f"# sizes are said below\nlog {key(OLD)}\nquorum none\n".encode()).spans == {}
    assert parse_note(next_key_facts(ORIGIN, OLD, NEW, "")["signed"].encode()).signers([key(OLD), key(NEW)])
