"""Learning: rules an office can read and edit, drawn from its own reviewed rows, and what they change in a reading.

Two kinds only: how the office calls another body (an alias), and who leads where a document names nobody but speaks of a topic (a default
lead). Nothing is weighed or guessed: a rule needs reviewed rows that agree and none that disagrees, and each row it touches says so by
a rule id `learned/<kind>/<document>/<row>` that names the reviewed row it comes from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mingze.documents.decomposition import Commitment, Decomposition
from mingze.documents.lexicon import ADVERB, VERBS
from mingze.documents.resolving import folded

KINDS_LEARNED = ("alias", "lead")
AT_LEAST = 3
"""Reviewed rows that must agree before a topic gives a default lead."""
_SHORTEST, _LONGEST = 3, 10
_EDGE = frozenset("的了和与及在对将把要应等各全我其这那为是有不以及并或年月日个项所第，、。；：“”（）《》 ")


@dataclass(frozen=True, slots=True)
class Source:
    """The reviewed row a rule comes from."""

    document: str
    row: str


@dataclass(frozen=True, slots=True)
class ReviewedRow:
    """A row people accepted: its words, the names the machine read as lead, and the name of the office that leads."""

    source: Source
    quote: str
    read_lead: tuple[str, ...]
    lead: str


@dataclass(frozen=True, slots=True)
class LearnedAlias:
    """A name in documents and the registered name of the office it stands for."""

    surface: str
    office: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class LearnedLead:
    """A topic and the registered name of the office that leads where nobody is named."""

    topic: str
    office: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """The office's own rules, in the order they are written."""

    aliases: tuple[LearnedAlias, ...] = ()
    leads: tuple[LearnedLead, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.aliases or self.leads)


def rule_id(kind: str, source: Source) -> str:
    """The id a touched row carries: `learned/lead/3f2a…/c012`."""
    return f"learned/{kind}/{source.document}/{source.row}"


def source_of(rule: str) -> tuple[str, Source] | None:
    """The kind and the reviewed row of a learned rule id; `None` for any other rule."""
    parts = rule.split("/")
    if len(parts) != 4 or parts[0] != "learned" or parts[1] not in KINDS_LEARNED:
        return None
    return parts[1], Source(parts[2], parts[3])


def learn(rows: Iterable[ReviewedRow], known: Iterable[str] = (), at_least: int = AT_LEAST) -> Learned:
    """The rules that reviewed rows agree on. `known` are names the register has already, which need no alias.

    An alias needs one row and no other that says otherwise; a default lead needs `at_least` rows on the topic, all of one office.
    """
    reviewed = list(rows)
    return Learned(_aliases(reviewed, {folded(name) for name in known}), _leads(reviewed, at_least))


def _aliases(rows: Sequence[ReviewedRow], known: set[str]) -> tuple[LearnedAlias, ...]:
    meant: defaultdict[str, dict[str, list[Source]]] = defaultdict(dict)
    written: dict[str, str] = {}
    for row in rows:
        if len(row.read_lead) == 1 and row.lead and folded(row.read_lead[0]) not in known:
            surface = folded(row.read_lead[0])
            written.setdefault(surface, row.read_lead[0])
            meant[surface].setdefault(row.lead, []).append(row.source)
    return tuple(
        LearnedAlias(written[surface], office, tuple(sources))
        for surface, offices in sorted(meant.items())
        if len(offices) == 1
        for office, sources in offices.items()
    )


def _leads(rows: Sequence[ReviewedRow], at_least: int) -> tuple[LearnedLead, ...]:
    offices_of: defaultdict[str, set[str]] = defaultdict(set)
    rows_of: defaultdict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        for topic in _topics(row.quote):
            offices_of[topic].add(row.lead)
            if not row.read_lead and row.lead:
                rows_of[topic].append(at)
    agreed = [t for t, found in rows_of.items() if len(found) >= at_least and len(offices_of[t]) == 1]
    agreed.sort(key=lambda topic: (-len(rows_of[topic]), -len(topic), topic))
    covered: set[int] = set()
    kept: list[LearnedLead] = []
    for topic in agreed:
        if covered.issuperset(rows_of[topic]):
            continue
        covered.update(rows_of[topic])
        sources = tuple(rows[at].source for at in rows_of[topic])
        kept.append(LearnedLead(topic, rows[rows_of[topic][0]].lead, sources))
    return tuple(kept)


_ADVERBS = frozenset(ADVERB.split("|"))


def _topics(quote: str) -> set[str]:
    """The stretches of a quotation that can name what it is about: Chinese words, not cut at a function word, not opening with a verb."""
    found: set[str] = set()
    for start in range(len(quote)):
        if quote[start] in _EDGE or quote[start : start + 2] in VERBS or quote[start : start + 2] in _ADVERBS:
            continue
        for end in range(start + 1, min(len(quote), start + _LONGEST) + 1):
            sign = quote[end - 1]
            if not "\u4e00" <= sign <= "\u9fff" or sign in "，、。；：":
                break
            if end - start >= _SHORTEST and sign not in _EDGE:
                found.add(quote[start:end])
    return found


def apply_learned(found: Decomposition, learned: Learned) -> Decomposition:
    """The reading with the office's rules applied; every row they touch names the rule and the reviewed row it comes from.

    An alias puts the registered name in the place of the one that was read; a default lead is given only where no office is named or
    inherited, as `learned`. Rows that are kept as text are not touched; of two topics the longer counts, and of two equally long ones
    with different offices neither.
    """
    if not learned:
        return found
    aliases = {folded(alias.surface): alias for alias in learned.aliases}
    return replace(found, commitments=tuple(_applied(row, aliases, learned.leads) for row in found.commitments))


def _applied(row: Commitment, aliases: dict[str, LearnedAlias], leads: Sequence[LearnedLead]) -> Commitment:
    if row.excluded_topic:
        return row
    used: list[str] = []

    def called(name: str) -> str:
        alias = aliases.get(folded(name))
        if alias is None:
            return name
        used.append(rule_id("alias", alias.sources[0]))
        return alias.office

    lead = tuple(dict.fromkeys(called(name) for name in row.lead))
    supporting = tuple(name for name in dict.fromkeys(called(name) for name in row.supporting) if name not in lead)
    source = row.lead_source
    if not lead:
        topics = [rule for rule in leads if rule.topic in row.quote]
        longest = max((len(rule.topic) for rule in topics), default=0)
        best = [rule for rule in topics if len(rule.topic) == longest]
        if best and len({rule.office for rule in best}) == 1:
            lead, source = (best[0].office,), "learned"
            used.append(rule_id("lead", best[0].sources[0]))
    if not used:
        return row
    rules = tuple(dict.fromkeys((*row.rules, *used)))
    return replace(row, lead=lead, supporting=supporting, lead_source=source, rules=rules)
