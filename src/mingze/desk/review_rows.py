"""The right side of the review desk: one row a promise, with what the machine read, what people changed, and what is open.

What a person says otherwise than the machine stands beside the machine's words, never over them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from mingze.accounts.offices import Offices
from mingze.desk.refusals import office_words, post_words
from mingze.documents.doubts import Doubt
from mingze.documents.learning import source_of
from mingze.store.document_doubts import RowDoubt
from mingze.store.document_rows import ReviewRow as Row
from mingze.words import date_words, has, say
from mingze.words.documents import rule_words

LIVE = ("proposed", "accepted", "rejected", "excluded")
"""States of rows that stand on the page; the others were replaced."""

type Cuts = Callable[[str, int, int], Sequence[int]]


@dataclass(frozen=True)
class Cut:
    """A place where a row can be split: after these words."""

    at: int
    before: str


@dataclass(frozen=True)
class OfficeOption:
    """An office in a chooser."""

    id: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class RowForm:
    """The open row: everything a reviewer can say about it."""

    title: str
    words: str
    leads: tuple[OfficeOption, ...]
    lead_hint: str
    lead_unknown: bool
    supporting: tuple[OfficeOption, ...]
    supporting_hint: str
    indicator: str
    deadline_on: str
    deadline_words: str
    deadline_hint: str
    evidence_rule: str
    kind: str
    rules: tuple[str, ...]
    cuts: tuple[Cut, ...]
    last_words: str
    merges_with: str
    merges_n: int
    note: str
    reason: str
    back_reason: str = ""


@dataclass(frozen=True)
class DoubtLine:
    """A contradiction in the row: its code and words, and whether somebody said that it stands as written."""

    code: str
    words: str
    answered: bool


@dataclass(frozen=True)
class Difference:
    """A part of the row that a person says otherwise than the machine read it."""

    part: str
    machine: str
    now: str


@dataclass(frozen=True)
class RowLine:
    """One row of the right side. `second` is how it stands with the second post: "", `mine`, `theirs` or `done`."""

    row_id: str
    number: int
    n: int
    title: str
    state: str
    tag: str
    tag_class: str
    lead: str
    facts: tuple[str, ...]
    sentences: tuple[int, ...]
    reason: str
    note: str
    needs_lead: bool
    edited: bool
    case_id: str
    form: RowForm | None
    excluded: bool
    doubts: tuple[DoubtLine, ...] = ()
    differences: tuple[Difference, ...] = ()
    sent_back: str = ""
    second: str = ""
    second_words: str = ""
    origin: str = ""
    ticked: bool = False

    @property
    def quick(self) -> bool:
        """Whether it can be accepted with one press, unopened."""
        return self.state in ("proposed", "rejected") and not self.excluded

    @property
    def open_doubts(self) -> int:
        """How many of its doubts nobody has answered."""
        return sum(not one.answered for one in self.doubts)

    @property
    def can_tick(self) -> bool:
        """Whether it can be handled together with others."""
        return not self.excluded or self.second == "theirs"


@dataclass(frozen=True)
class Looking:
    """Who looks at the rows, and when: the posts of this person, the language, the day."""

    own: Collection[str]
    today: date
    lang: str
    may_review: bool = True
    second_eyes: bool = True


def live_rows(rows: Iterable[Row]) -> list[Row]:
    """The rows that stand on the page, in reading order."""
    return sorted((row for row in rows if row.state in LIVE), key=lambda row: (row.start, row.end))


def numbers_of(rows: Sequence[Row]) -> dict[str, int]:
    """The number each row carries on the page, in reading order; it is how people speak of it."""
    return {row.row_id: number for number, row in enumerate(rows, 1)}


def next_pending(rows: Sequence[Row], after: str = "", own: Collection[str] = ()) -> str:
    """The row a reviewer goes to next: the first undecided one after this row, else the first undecided one.

    With `own`, where nothing is undecided, the first that waits for a second post other than these.
    """
    pending = [row for row in rows if row.state == "proposed"]
    if not pending and own:
        pending = [row for row in rows if row.waits_for_second and row.decided_by not in own]
    order = {row.row_id: at for at, row in enumerate(rows)}
    start = order.get(after, -1)
    return next((row.row_id for row in pending if order[row.row_id] > start), pending[0].row_id if pending else "")


def office_words_full(office: Any, lang: str) -> str:
    """An office by its full name, as a chooser lists it."""
    return str(office.name["en" if lang == "en" else "zh"])


def _facts(row: Row, today: date, lang: str) -> tuple[str, ...]:
    """Indicator and deadline in few words; what the words do not say is said to be missing."""
    due, words = str(row.row.get("deadline_on") or ""), str(row.row.get("deadline_words") or "")
    told = [str(row.row["indicator"])] if row.row.get("indicator") else []
    if due:
        on = date.fromisoformat(due)
        said = date_words(on, lang, weekday=False)
        told.append(say("desk-row-due-past", lang, day=said) if on < today else say("desk-row-due", lang, day=said))
    elif words:
        told.append(say("desk-row-due-words", lang, words=words))
    else:
        told.append(say("desk-row-due-none", lang))
    return tuple(told)


def _listed(words: Iterable[str], lang: str) -> str:
    return ("、" if lang == "zh-Hans" else ", ").join(words)


def _surfaces(row: Row, key: str) -> list[str]:
    return [str(name) for name in row.row.get(key) or ()]


def _lead_words(row: Row, offices: Offices, lang: str) -> str:
    lead = str(row.row.get("lead_office") or "")
    if lead:
        return office_words(offices, lead, lang)
    named = _surfaces(row, "lead")
    return say("desk-row-lead-unknown", lang, name=named[0]) if named else say("desk-row-lead-none", lang)


def _lead_hint(row: Row, offices: Offices, lang: str) -> str:
    named = _surfaces(row, "lead")
    if not named:
        return say("desk-lead-hint-none", lang)
    found = [one.office for one in offices.resolve(named) if one.office]
    resolved = _listed((office_words(offices, office, lang) for office in found), lang)
    told = str(row.row.get("lead_source") or "")
    word = told if told in ("inherited", "learned") else "explicit"
    hint = say(f"desk-lead-hint-{word}", lang, surface=_listed(named, lang))
    return hint + (say("desk-lead-resolved", lang, office=resolved) if resolved else say("desk-lead-unresolved", lang))


def _rule_line(rule: str, lang: str) -> str:
    """A rule with its words; one the office drew from its own rows says which row."""
    if source_of(rule):
        return rule_words(rule, lang)
    return f"{rule} {rule_words(rule, lang)}" if has(f"documents-rule-{rule}", lang) else ""


def _form(document: Any, row: Row, following: Row | None, offices: Offices, split_points: Cuts, lang: str) -> RowForm:
    told, text = row.row, document.text
    named, also = _surfaces(row, "lead"), _surfaces(row, "supporting")
    lead = str(told.get("lead_office") or "")
    supporting = set(told.get("supporting_offices") or ())
    points = split_points(text, row.start, row.end)
    edges = [row.start, *points]
    deadline_words, kind = str(told.get("deadline_words") or ""), str(told.get("kind") or "")
    return RowForm(
        title=str(told.get("title") or ""),
        words=text[row.start : row.end],
        leads=tuple(OfficeOption(office.id, office_words_full(office, lang), office.id == lead) for office in offices),
        lead_hint=_lead_hint(row, offices, lang),
        lead_unknown=bool(named) and not lead,
        supporting=tuple(
            OfficeOption(office.id, office_words_full(office, lang), office.id in supporting) for office in offices
        ),
        supporting_hint=say("desk-supporting-hint", lang, surface=_listed(also, lang)) if also else "",
        indicator=str(told.get("indicator") or ""),
        deadline_on=str(told.get("deadline_on") or ""),
        deadline_words=deadline_words,
        deadline_hint=say("desk-deadline-hint", lang, words=deadline_words) if deadline_words else "",
        evidence_rule=str(told.get("evidence_rule") or ""),
        kind=say(f"documents-kind-{kind}", lang) if kind and has(f"documents-kind-{kind}", lang) else "",
        rules=tuple(line for rule in told.get("rules") or () if (line := _rule_line(str(rule), lang))),
        cuts=tuple(Cut(at, text[edges[index] : at]) for index, at in enumerate(points)),
        last_words=text[edges[-1] : row.end],
        merges_with=following.row_id if following else "",
        merges_n=following.n if following else 0,
        note=str(told.get("note") or ""),
        reason=row.reason,
    )


def _retyped(form: RowForm, typed: Mapping[str, Any]) -> RowForm:
    """The open form with what was typed and not taken, so that nothing is lost."""
    names = ("title", "words", "indicator", "deadline_on", "deadline_words", "evidence_rule", "note", "reason")
    values: dict[str, Any] = {name: typed[name] for name in (*names, "back_reason") if name in typed}
    if "lead_office" in typed:
        values["leads"] = tuple(OfficeOption(one.id, one.name, one.id == typed["lead_office"]) for one in form.leads)
    if "supporting_offices" in typed:
        picked = set(typed["supporting_offices"])
        values["supporting"] = tuple(OfficeOption(one.id, one.name, one.id in picked) for one in form.supporting)
    return replace(form, **values)


def differences_of(row: Row, offices: Offices, lang: str) -> tuple[Difference, ...]:
    """What people say otherwise than the machine, part by part, in words."""

    def told(part: str, value: Any) -> str:
        if part == "lead_office":
            return office_words(offices, value, lang) if value else say("desk-row-lead-none", lang)
        if part == "supporting_offices":
            return _listed((office_words(offices, office, lang) for office in value or ()), lang) or say(
                "desk-difference-none", lang
            )
        return str(value) or say("desk-difference-none", lang)

    return tuple(
        Difference(say(f"desk-part-of-row-{part}", lang), told(part, machine), told(part, now))
        for part, machine, now in row.differences
    )


def doubt_lines(doubts: Iterable[RowDoubt], lang: str) -> tuple[DoubtLine, ...]:
    """What in a row contradicts itself, in words, and whether it is answered."""
    return tuple(
        DoubtLine(
            one.doubt.code, say(f"documents-doubt-{one.doubt.code}", lang, **_dated(one.doubt, lang)), one.as_written
        )
        for one in doubts
    )


def _dated(doubt: Doubt, lang: str) -> dict[str, str]:
    """The values of a doubt with its days in words."""
    days = {name: date.fromisoformat(doubt.values[name]) for name in ("deadline", "dated") if name in doubt.values}
    return {**doubt.values, **{name: date_words(day, lang, weekday=False) for name, day in days.items()}}


def _second(row: Row, offices: Offices, looking: Looking) -> tuple[str, str]:
    """How a decision stands with the second post, and the words for it."""
    if not looking.second_eyes:
        return "", ""
    if row.confirmed_by:
        who = post_words(offices, row.confirmed_by, looking.lang)
        return "done", say("desk-second-done", looking.lang, who=who)
    if not row.waits_for_second:
        return "", ""
    who = post_words(offices, row.decided_by, looking.lang) if row.decided_by else ""
    if row.decided_by in looking.own:
        return "mine", say("desk-second-mine", looking.lang)
    return "theirs", say("desk-second-theirs", looking.lang, who=who)


def _sent_back(row: Row, offices: Offices, lang: str) -> str:
    told = row.row.get("sent_back")
    if not told:
        return ""
    return say("desk-sent-back", lang, who=post_words(offices, str(told["post"]), lang), reason=str(told["reason"]))


def _origin(row: Row, lang: str) -> str:
    if row.machine is not None:
        return ""
    return say(f"desk-origin-{'cut' if row.from_rows else 'added'}", lang)


_TAGS = {"accepted": "tag-done", "proposed": "", "rejected": "", "excluded": "tag-unknown"}


def row_lines(
    document: Any,
    rows: Sequence[Row],
    shown: Collection[str],
    numbers: Mapping[str, int],
    offices: Offices,
    split_points: Cuts,
    focus: str,
    looking: Looking,
    *,
    doubts: Mapping[str, Sequence[RowDoubt]],
    typed: Mapping[str, Any] | None = None,
    ticked: Collection[str] = (),
) -> list[RowLine]:
    """The rows that are shown, the open one with its form. `split_points(text, start, end)` proposes cuts."""
    lang = looking.lang
    positions = _positions(document, [row for row in rows if row.row_id in shown or row.row_id == focus])
    working = looking.may_review and document.head.state != "published"
    out: list[RowLine] = []
    for index, row in enumerate(rows):
        opened = row.row_id == focus
        if not opened and row.row_id not in shown:
            continue
        form = None
        if opened and working:
            following = next((one for one in rows[index + 1 : index + 2] if one.state != "excluded"), None)
            form = _form(document, row, following, offices, split_points, lang)
            if typed:
                form = _retyped(form, typed)
        state = "published" if row.case_id else row.state
        second, second_words = _second(row, offices, looking) if working else ("", "")
        out.append(
            RowLine(
                row_id=row.row_id,
                number=numbers[row.row_id],
                n=row.n,
                title=str(row.row.get("title") or row.row.get("quote") or ""),
                state=row.state,
                tag=say(f"desk-row-{state}", lang),
                tag_class=_TAGS.get(row.state, ""),
                lead=_lead_words(row, offices, lang),
                facts=_facts(row, looking.today, lang),
                sentences=positions.get(row.row_id, ()),
                reason=row.reason,
                note=str(row.row.get("note") or ""),
                needs_lead=not row.row.get("lead_office") and row.state in ("proposed", "accepted"),
                edited=row.edited,
                case_id=row.case_id or "",
                form=form,
                excluded=row.excluded_topic or row.state == "excluded",
                doubts=doubt_lines(doubts.get(row.row_id, ()), lang),
                differences=differences_of(row, offices, lang) if opened else (),
                sent_back=_sent_back(row, offices, lang),
                second=second,
                second_words=second_words,
                origin=_origin(row, lang) if opened else "",
                ticked=row.row_id in ticked,
            )
        )
    return out


def _positions(document: Any, rows: Sequence[Row]) -> dict[str, tuple[int, ...]]:
    """In which sentences each row's words stand."""
    out: dict[str, list[int]] = {}
    first = 0
    sentences = document.sentences
    for row in rows:
        while first < len(sentences) and sentences[first].end <= row.start:
            first += 1
        for sentence in sentences[first:]:
            if sentence.start >= row.end:
                break
            out.setdefault(row.row_id, []).append(sentence.position)
    return {row_id: tuple(found) for row_id, found in out.items()}
