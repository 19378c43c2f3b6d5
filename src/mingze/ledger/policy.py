"""Whom a reader trusts: which logs, which outside witnesses, and how many of them must have signed (C2SP tlog-policy).

    log log.mingyuan.example/mingze/1+5c1f1a0b+AUe3…

    witness audit witness.audit.example/w1+a0b1c2d3+BK2…
    witness library library.example/witness+0f1e2d3c+BPq…
    group outside any audit library
    quorum outside

A log that changed its key has two `log` lines, each with the sizes of the checkpoints that its key counts for; to any
other client that line is a comment:

    log log.mingyuan.example/mingze/1+5c1f1a0b+AUe3…
    #sizes 0 345
    log log.mingyuan.example/mingze/1+9d02c1aa+Ae1r…
    #sizes 301 -

A policy is the reader's own: it is never taken from the receipt it judges. `quorum none` asks for no witnesses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from mingze.ledger.errors import LedgerError
from mingze.ledger.note import COSIGNATURE, ED25519, Note, Signature, VerifierKey, parse_vkey

LINE_LIMIT: Final = 1000
"""Lines in the largest policy that is read."""

_SIZES: Final = re.compile(r"#sizes (0|[1-9][0-9]{0,18}) (-|0|[1-9][0-9]{0,18})")


@dataclass(frozen=True, slots=True)
class Group:
    """Witnesses or other groups of which at least `threshold` must have signed."""

    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """The sizes of the checkpoints that a log's key counts for: from `first` on, to `last` if it has ended."""

    first: int = 0
    last: int | None = None

    def holds(self, size: int) -> bool:
        """Whether a checkpoint of this size is within it."""
        return self.first <= size and (self.last is None or size <= self.last)


ALWAYS: Final = Span()


@dataclass(frozen=True, slots=True)
class Policy:
    """The logs a reader accepts and the witnesses it asks for."""

    logs: tuple[VerifierKey, ...] = ()
    witnesses: Mapping[str, VerifierKey] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    quorum: str = "none"
    spans: Mapping[VerifierKey, Span] = field(default_factory=dict)
    """Only of keys that do not count for every size."""

    @classmethod
    def of_log(cls, key: VerifierKey) -> Policy:
        """The policy of a reader who knows one log's key and asks for no witnesses.

        Raises LedgerError `policy_key_type` when the key is a witness's.
        """
        if key.type != ED25519:
            raise LedgerError("policy_key_type", line=1, expected=ED25519, found=key.type)
        return cls((key,))

    def log_named(self, origin: str) -> tuple[VerifierKey, ...]:
        """The accepted keys of the log with this origin; several while a key is being changed."""
        return tuple(key for key in self.logs if key.name == origin)

    def span_of(self, key: VerifierKey) -> Span:
        """The sizes that a log's key counts for."""
        return self.spans.get(key, ALWAYS)

    def log_signers(self, origin: str, size: int, note: Note) -> dict[VerifierKey, Signature]:
        """The accepted keys of this log that signed a checkpoint of this size and count for it.

        Raises LedgerError `signature_bad`, and `key_out_of_span` when only keys signed that do not count for this size.
        """
        signed = note.signers(self.log_named(origin))
        counted = {key: line for key, line in signed.items() if self.span_of(key).holds(size)}
        if signed and not counted:
            key = next(iter(signed))
            span = self.span_of(key)
            last = "∞" if span.last is None else str(span.last)
            raise LedgerError(
                "key_out_of_span", name=key.name, key_id=key.id.hex(), first=span.first, last=last, found=size
            )
        return counted

    def met_by(self, signed: Collection[VerifierKey]) -> bool:
        """Whether the witnesses among these keys make up the quorum."""
        return self.quorum == "none" or self._witnessed(self.quorum, frozenset(signed))

    def _witnessed(self, name: str, signed: frozenset[VerifierKey]) -> bool:
        group = self.groups.get(name)
        if group is None:
            return self.witnesses[name] in signed
        return sum(self._witnessed(member, signed) for member in group.members) >= group.threshold

    def to_bytes(self) -> bytes:
        """The policy as a file, witnesses before groups before the quorum."""
        lines: list[str] = []
        for key in self.logs:
            lines.append(f"log {key}")
            if key in self.spans:
                span = self.spans[key]
                lines.append(f"#sizes {span.first} {'-' if span.last is None else span.last}")
        lines += [f"witness {name} {key}" for name, key in self.witnesses.items()]
        lines += [f"group {name} {group.threshold} {' '.join(group.members)}" for name, group in self.groups.items()]
        return "\n".join([*lines, f"quorum {self.quorum}", ""]).encode("utf-8", "surrogateescape")


@dataclass(slots=True)
class _Draft:
    logs: list[VerifierKey] = field(default_factory=list)
    witnesses: dict[str, VerifierKey] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    quorum: str | None = None
    grouped: set[str] = field(default_factory=set)
    spans: dict[VerifierKey, Span] = field(default_factory=dict)
    above: VerifierKey | None = None
    """The key of the line above, if that was a `log` line."""

    def log(self, line: int, words: list[str]) -> None:
        self.logs.append(_key(line, words, 1, ED25519, self.logs))
        self.above = self.logs[-1]

    def sizes(self, line: int, words: list[str]) -> None:
        found = _SIZES.fullmatch(" ".join(words))
        if found is None or self.above is None or (found[2] != "-" and int(found[2]) < int(found[1])):
            raise LedgerError("policy_line", line=line, expected="#sizes FIRST LAST|-", found=" ".join(words)[:80])
        self.spans[self.above] = Span(int(found[1]), None if found[2] == "-" else int(found[2]))

    def witness(self, line: int, words: list[str]) -> None:
        key = _key(line, words, 2, COSIGNATURE, self.witnesses.values())
        self.witnesses[self._new_name(line, words[1])] = key

    def group(self, line: int, words: list[str]) -> None:
        if len(words) < 4:
            raise LedgerError("policy_line", line=line, expected="group NAME all|any|K MEMBER…", found=" ".join(words))
        _, name, wanted, *members = words
        for member in members:
            self._known(line, member)
            if member in self.grouped:
                raise LedgerError("policy_member_twice", line=line, found=member)
            self.grouped.add(member)
        named = {"all": len(members), "any": 1}.get(wanted)
        threshold = named or (int(wanted) if re.fullmatch(r"[1-9][0-9]{0,3}", wanted) else 0)
        if not 1 <= threshold <= len(members):
            raise LedgerError("policy_threshold", line=line, expected=len(members), found=wanted)
        self.groups[self._new_name(line, name)] = Group(threshold, tuple(members))

    def require(self, line: int, words: list[str]) -> None:
        if self.quorum is not None or len(words) != 2:
            raise LedgerError("policy_quorum", line=line, found=" ".join(words))
        if words[1] != "none":
            self._known(line, words[1])
        self.quorum = words[1]

    def _new_name(self, line: int, name: str) -> str:
        if name == "none" or name in self.witnesses or name in self.groups:
            raise LedgerError("policy_name_taken", line=line, found=name)
        return name

    def _known(self, line: int, name: str) -> None:
        if name not in self.witnesses and name not in self.groups:
            raise LedgerError("policy_name_unknown", line=line, found=name)


def parse_policy(data: bytes) -> Policy:
    """Read a policy file.

    Raises LedgerError with the line: `policy_encoding`, `policy_line`, `policy_key` (not a verifier key),
    `policy_key_type` (a witness's key for a log or the reverse), `policy_key_twice`, `policy_name_taken`,
    `policy_name_unknown`, `policy_member_twice`, `policy_threshold`, `policy_quorum` (none, or more than one).
    """
    if re.search(rb"[^\t\n\x20-\x7e\x80-\xff]", data):
        raise LedgerError("policy_encoding")
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    if len(lines) > LINE_LIMIT:
        raise LedgerError("policy_line", line=LINE_LIMIT + 1, expected=LINE_LIMIT, found=len(lines))
    draft = _Draft()
    read: dict[str, Callable[[int, list[str]], None]] = {
        "log": draft.log,
        "witness": draft.witness,
        "group": draft.group,
        "quorum": draft.require,
    }
    for number, line in enumerate(lines, 1):
        words = re.findall(r"[^ \t]+", line)
        if words and words[0] == "#sizes":
            draft.sizes(number, words)
        draft.above = None
        if not words or words[0].startswith("#"):
            continue
        if words[0] not in read:
            raise LedgerError("policy_line", line=number, expected=" ".join(read), found=words[0][:40])
        read[words[0]](number, words)
    if draft.quorum is None:
        raise LedgerError("policy_quorum", line=len(lines), found="")
    return Policy(tuple(draft.logs), draft.witnesses, draft.groups, draft.quorum, draft.spans)


def _key(line: int, words: list[str], at: int, key_type: int, others: Iterable[VerifierKey]) -> VerifierKey:
    if not at + 1 <= len(words) <= at + 2:  # the optional last word is a URL, which an offline reader does not need
        raise LedgerError("policy_line", line=line, expected="VKEY [URL]", found=" ".join(words)[:80])
    try:
        key = parse_vkey(words[at])
    except LedgerError:
        raise LedgerError("policy_key", line=line, found=words[at][:120]) from None
    if key.type != key_type:
        raise LedgerError("policy_key_type", line=line, expected=key_type, found=key.type)
    if any(key.public == other.public for other in others):
        raise LedgerError("policy_key_twice", line=line, found=str(key))
    return key
