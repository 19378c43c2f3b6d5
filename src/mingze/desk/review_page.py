"""The decomposition desk: the document on the left, the proposed commitments on the right, each sentence with one
visible state.

Nothing is dropped in silence: every sentence says whether it is a commitment (and which), a heading, background, not
taken up and why, or kept as text. A passage that would profile or control people is shown hatched, can be annotated,
and is offered no way to be accepted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from mingze.accounts.offices import Offices
from mingze.desk.clock_words import Cell
from mingze.desk.refusals import office_words, post_words
from mingze.words import date_words, has, instant_words, say

LIVE = ("proposed", "accepted", "rejected", "excluded")
"""States of rows that stand on the page; the others were replaced."""

VIEWS = ("all", "pending", "without_lead", "accepted", "rejected")
"""Which rows the right side shows; the document on the left always stands whole."""

_SHAPES = {
    "commitment": ("s-promise", "on"),
    "heading": ("s-head", "hd"),
    "background": ("s-back", "bg"),
    "rejected": ("s-out", "out"),
    "excluded": ("s-text", "unk"),
    "furniture": ("s-furn", "bg"),
}
"""For each state of a sentence the class of its line and of its cell in the strip."""

KEY = (
    ("commitment", "k-past"),
    ("heading", "k-head"),
    ("background", "k-back"),
    ("rejected", "k-out"),
    ("excluded", "k-text"),
    ("furniture", "k-furn"),
)

ROW = 120
"""So many cells stand in one row of the coverage picture."""

_RULE = re.compile(r"[A-Z]{1,2}\d{1,3}[a-z]?")


class Row(Protocol):
    """A row under review as the store keeps it."""

    @property
    def row_id(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def n(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def row(self) -> Mapping[str, Any]: ...
    @property
    def machine(self) -> Mapping[str, Any] | None: ...
    @property
    def case_id(self) -> str | None: ...
    @property
    def excluded_topic(self) -> bool: ...


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence: the words of one row, or words of none."""

    text: str
    row_id: str = ""


@dataclass(frozen=True)
class RowLink:
    """A row as a sentence points to it."""

    row_id: str
    number: int


@dataclass(frozen=True)
class SentenceLine:
    """One sentence with its one state."""

    position: int
    pieces: tuple[Piece, ...]
    state: str
    shape: str
    label: str
    why: str
    links: tuple[RowLink, ...]
    now: bool
    level: str = ""


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


@dataclass(frozen=True)
class RowLine:
    """One row of the right side."""

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

    @property
    def quick(self) -> bool:
        """Whether it can be accepted with one press, unopened."""
        return self.state in ("proposed", "rejected") and not self.excluded


@dataclass(frozen=True)
class LastStep:
    """The step that undo would take back."""

    step: int
    words: str


@dataclass(frozen=True)
class CoverCell:
    """One cell of the coverage picture."""

    x: int
    y: int
    state: str
    position: int


@dataclass(frozen=True)
class ReviewPage:
    """A document under review as one post sees it now."""

    document_id: str
    title: str
    about: str
    published: bool
    may_review: bool
    sentences: tuple[SentenceLine, ...]
    rows: tuple[RowLine, ...]
    total_rows: int
    cells: tuple[CoverCell, ...]
    width: int
    height: int
    cover: str
    cover_label: str
    counts: tuple[tuple[str, str, int], ...]
    rows_title: str
    progress: str
    decided: int
    undecided: int
    last: LastStep | None
    view: str
    views: tuple[tuple[str, str, bool], ...]
    blocked: str
    accepted: int
    focus: str = ""
    problem: str = ""
    saved: str = ""


def reason_words(reason: str, lang: str) -> str:
    """Why a sentence has its state: the rules the program gave in words, or a person's own words as they are."""
    parts = [part for part in re.split(r"[\s,;+/]+", reason) if part]
    if parts and all(_RULE.fullmatch(part) and has(f"documents-rule-{part}", lang) for part in parts):
        return ("；" if lang == "zh-Hans" else "; ").join(say(f"documents-rule-{part}", lang) for part in parts)
    word = f"documents-rule-{reason}"
    return say(word, lang) if reason and _RULE.fullmatch(reason) and has(word, lang) else reason


def live_rows(rows: Iterable[Row]) -> list[Row]:
    """The rows that stand on the page, in reading order."""
    return sorted((row for row in rows if row.state in LIVE), key=lambda row: (row.start, row.end))


def numbers_of(rows: Sequence[Row]) -> dict[str, int]:
    """The number each row carries on the page, in reading order; it is how people speak of it."""
    return {row.row_id: number for number, row in enumerate(rows, 1)}


def last_step(steps: Sequence[Any]) -> Any | None:
    """The last step that has not been taken back, whoever took it."""
    undone = {step.undoes for step in steps if step.undoes}
    return max(
        (step for step in steps if not step.undoes and step.step not in undone),
        key=lambda step: step.step,
        default=None,
    )


def next_pending(rows: Sequence[Row], after: str = "") -> str:
    """The row a reviewer goes to next: the first undecided one after this row, else the first undecided one."""
    pending = [row for row in rows if row.state == "proposed"]
    order = [row.row_id for row in rows]
    start = order.index(after) if after in order else -1
    return next(
        (row.row_id for row in pending if order.index(row.row_id) > start), pending[0].row_id if pending else ""
    )


def _pieces(text: str, start: int, rows: Sequence[Row]) -> tuple[Piece, ...]:
    """A sentence cut where the words of its rows begin and end; what overlaps goes to the earlier row."""
    out: list[Piece] = []
    at, end = start, start + len(text)
    for row in rows:
        first, last = max(row.start, at), min(row.end, end)
        if first >= last:
            continue
        if first > at:
            out.append(Piece(text[at - start : first - start]))
        out.append(Piece(text[first - start : last - start], row.row_id))
        at = last
    if at < end:
        out.append(Piece(text[at - start :]))
    return tuple(out)


def sentence_lines(
    document: Any, rows: Sequence[Row], numbers: Mapping[str, int], focus: str, lang: str
) -> list[SentenceLine]:
    """Every sentence with its one visible state. One pass over sentences and rows, both in reading order."""
    lines: list[SentenceLine] = []
    first = 0
    by_id = {row.row_id: row for row in rows}
    for sentence in document.sentences:
        while first < len(rows) and rows[first].end <= sentence.start:
            first += 1
        here: list[Row] = []
        for row in rows[first:]:
            if row.start >= sentence.end:
                break
            if row.end > sentence.start:
                here.append(row)
        live = [row for row in here if row.state in ("proposed", "accepted")]
        links = tuple(RowLink(row.row_id, numbers[row.row_id]) for row in (live or here))
        shape, _ = _SHAPES.get(sentence.state, ("s-back", "bg"))
        label = say(f"desk-state-{sentence.state}", lang)
        why = reason_words(sentence.reason, lang) if sentence.state in ("rejected", "excluded", "background") else ""
        if sentence.state == "excluded":
            held = next((row for row in here if row.state == "excluded"), None)
            why = (held.reason if held else "") or (why or say("desk-excluded-why", lang))
            links = tuple(RowLink(row.row_id, numbers[row.row_id]) for row in here if row.state == "excluded") or links
        why = _joined([why, *_mixed(sentence.state, here, numbers, lang)], lang)
        lines.append(
            SentenceLine(
                position=sentence.position,
                pieces=_pieces(sentence.text, sentence.start, here),
                state=sentence.state,
                shape=shape + (" s-long" if why and sentence.state in ("rejected", "excluded") else ""),
                label=label,
                why=why,
                links=links,
                now=bool(focus) and focus in by_id and any(row.row_id == focus for row in here),
            )
        )
    return lines


def _mixed(state: str, here: Sequence[Row], numbers: Mapping[str, int], lang: str) -> Iterable[str]:
    """What became of the other rows of a sentence whose state one row decides, so that none of them drops out of sight."""
    if state == "commitment":
        for row in here:
            if row.state == "rejected":
                yield say("desk-mixed-rejected", lang, row=numbers[row.row_id], reason=row.reason)
    live = [numbers[row.row_id] for row in here if row.state in ("proposed", "accepted")]
    if state == "excluded" and live:
        yield say("desk-mixed-live", lang, rows=live)


def _joined(parts: Iterable[str], lang: str) -> str:
    return ("；" if lang == "zh-Hans" else "; ").join(part for part in parts if part)


def cover_cells(states: Sequence[tuple[int, str]]) -> tuple[CoverCell, ...]:
    """The coverage picture: one cell a sentence, in rows as one reads."""
    columns = cover_columns(len(states))
    return tuple(
        CoverCell(10 * (index % columns), 12 * (index // columns), _SHAPES.get(state, ("", "bg"))[1], position)
        for index, (position, state) in enumerate(states)
    )


def cover_columns(count: int) -> int:
    """How many cells stand in one row of the picture; a short document does not stretch its few."""
    return min(ROW, max(48, count))


def _indicator(row: Row) -> str:
    return str(row.row.get("indicator") or "")


def _facts(row: Row, today: date, lang: str) -> tuple[str, ...]:
    """Indicator and deadline in few words; what the words do not say is said to be missing."""
    due = str(row.row.get("deadline_on") or "")
    words = str(row.row.get("deadline_words") or "")
    told = []
    if _indicator(row):
        told.append(_indicator(row))
    if due:
        on = date.fromisoformat(due)
        said = date_words(on, lang, weekday=False)
        told.append(say("desk-row-due-past", lang, day=said) if on < today else say("desk-row-due", lang, day=said))
    elif words:
        told.append(say("desk-row-due-words", lang, words=words))
    else:
        told.append(say("desk-row-due-none", lang))
    return tuple(told)


def _surfaces(row: Row, key: str) -> list[str]:
    return [str(name) for name in row.row.get(key) or ()]


def _lead_words(row: Row, offices: Offices, lang: str) -> str:
    lead = str(row.row.get("lead_office") or "")
    if lead:
        return office_words(offices, lead, lang)
    named = _surfaces(row, "lead")
    if named:
        return say("desk-row-lead-unknown", lang, name=named[0])
    return say("desk-row-lead-none", lang)


def _form(
    document: Any, row: Row, following: Row | None, offices: Offices, split_points: Sequence[int], lang: str
) -> RowForm:
    told = row.row
    named, also = _surfaces(row, "lead"), _surfaces(row, "supporting")
    lead = str(told.get("lead_office") or "")
    supporting = set(told.get("supporting_offices") or ())
    source = str(told.get("lead_source") or "none")
    if not named:
        hint = say("desk-lead-hint-none", lang)
    else:
        found = [offices.by_name(name) for name in named]
        resolved = ("、" if lang == "zh-Hans" else ", ").join(
            office_words(offices, office.id, lang) for office in found if office
        )
        surface = ("、" if lang == "zh-Hans" else ", ").join(named)
        word = "inherited" if source == "inherited" else "explicit"
        hint = say(f"desk-lead-hint-{word}", lang, surface=surface)
        hint += say("desk-lead-resolved", lang, office=resolved) if resolved else say("desk-lead-unresolved", lang)
    text = document.text
    edges = [row.start, *split_points]
    rules = tuple(
        f"{rule} {say(f'documents-rule-{rule}', lang)}"
        for rule in told.get("rules") or ()
        if has(f"documents-rule-{rule}", lang)
    )
    deadline_words = str(told.get("deadline_words") or "")
    kind = str(told.get("kind") or "")
    return RowForm(
        title=str(told.get("title") or ""),
        words=text[row.start : row.end],
        leads=tuple(OfficeOption(office.id, office_words_full(office, lang), office.id == lead) for office in offices),
        lead_hint=hint,
        lead_unknown=bool(named) and not lead,
        supporting=tuple(
            OfficeOption(office.id, office_words_full(office, lang), office.id in supporting) for office in offices
        ),
        supporting_hint=say(
            "desk-supporting-hint", lang, surface="、".join(also) if lang == "zh-Hans" else ", ".join(also)
        )
        if also
        else "",
        indicator=_indicator(row),
        deadline_on=str(told.get("deadline_on") or ""),
        deadline_words=deadline_words,
        deadline_hint=say("desk-deadline-hint", lang, words=deadline_words) if deadline_words else "",
        evidence_rule=str(told.get("evidence_rule") or ""),
        kind=say(f"documents-kind-{kind}", lang) if kind and has(f"documents-kind-{kind}", lang) else "",
        rules=rules,
        cuts=tuple(Cut(at, text[edges[index] : at]) for index, at in enumerate(split_points)),
        last_words=text[edges[-1] : row.end],
        merges_with=following.row_id if following else "",
        merges_n=following.n if following else 0,
        note=str(told.get("note") or ""),
        reason=row.reason,
    )


def office_words_full(office: Any, lang: str) -> str:
    """An office by its full name, as a chooser lists it."""
    return str(office.name["en" if lang == "en" else "zh"])


_TAGS = {"accepted": "tag-done", "proposed": "", "rejected": "", "excluded": "tag-unknown"}


def row_lines(
    document: Any,
    rows: Sequence[Row],
    numbers: Mapping[str, int],
    offices: Offices,
    split_points: Any,
    focus: str,
    view: str,
    today: date,
    lang: str,
    *,
    typed: Mapping[str, Any] | None = None,
    may_review: bool = True,
) -> list[RowLine]:
    """The right side: rows of the chosen view, the open one with its form. `split_points(text, start, end)` proposes
    cuts."""
    positions = _positions(document, rows)
    out: list[RowLine] = []
    for index, row in enumerate(rows):
        opened = row.row_id == focus
        if not opened and not _shown(row, view):
            continue
        following = next((one for one in rows[index + 1 : index + 2] if one.state != "excluded"), None)
        form = None
        if opened and may_review and document.head.state != "published":
            form = _form(document, row, following, offices, split_points(document.text, row.start, row.end), lang)
            if typed:
                form = _retyped(form, typed)
        state = "published" if row.case_id else row.state
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
                facts=_facts(row, today, lang),
                sentences=positions.get(row.row_id, ()),
                reason=row.reason,
                note=str(row.row.get("note") or ""),
                needs_lead=not row.row.get("lead_office") and row.state in ("proposed", "accepted"),
                edited=bool(getattr(row, "edited", False)),
                case_id=row.case_id or "",
                form=form,
                excluded=row.excluded_topic or row.state == "excluded",
            )
        )
    return out


def _retyped(form: RowForm, typed: Mapping[str, Any]) -> RowForm:
    """The open form with what was typed and not taken, so that nothing is lost."""
    values: dict[str, Any] = {name: getattr(form, name) for name in form.__dataclass_fields__}
    for name in ("title", "words", "indicator", "deadline_on", "deadline_words", "evidence_rule", "note", "reason"):
        if name in typed:
            values[name] = typed[name]
    if "lead_office" in typed:
        values["leads"] = tuple(OfficeOption(one.id, one.name, one.id == typed["lead_office"]) for one in form.leads)
    if "supporting_offices" in typed:
        picked = set(typed["supporting_offices"])
        values["supporting"] = tuple(OfficeOption(one.id, one.name, one.id in picked) for one in form.supporting)
    return RowForm(**values)


def _shown(row: Row, view: str) -> bool:
    if view == "pending":
        return row.state == "proposed"
    if view == "without_lead":
        return row.state in ("proposed", "accepted") and not row.row.get("lead_office")
    if view in ("accepted", "rejected"):
        return row.state == view
    return True


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


def blocked_by(rows: Sequence[Row], lang: str) -> tuple[str, ...]:
    """Why the document cannot be published yet; nothing when it can."""
    pending = [row for row in rows if row.state == "proposed"]
    without = [row for row in rows if row.state in ("proposed", "accepted") and not row.row.get("lead_office")]
    reasons = []
    if pending:
        reasons.append(say("desk-publish-pending", lang, count=len(pending)))
    if without:
        reasons.append(say("desk-publish-no-lead", lang, count=len(without)))
    if not pending and not any(row.state == "accepted" for row in rows):
        reasons.append(say("refused-nothing_accepted", lang))
    return tuple(reasons)


def step_words(step: Any, numbers: Mapping[str, int], offices: Offices, lang: str) -> str:
    """A step as people speak of it: who, when, what, on which row."""
    who = post_words(offices, step.post, lang) if step.post else ""
    number = numbers.get(step.row_id)
    verb = say(f"desk-verb-{step.verb}", lang)
    at = instant_words(step.taken_at, lang) if isinstance(step.taken_at, datetime) else str(step.taken_at)
    if number is None:
        return say("desk-step-words", lang, who=who, at=at, verb=verb)
    return say("desk-step-row", lang, who=who, at=at, verb=verb, row=number)


def review_page(
    document: Any,
    offices: Offices,
    split_points: Any,
    today: date,
    lang: str,
    *,
    may_review: bool,
    focus: str = "",
    view: str = "all",
    problem: str = "",
    saved: str = "",
    typed: Mapping[str, Any] | None = None,
) -> ReviewPage:
    """The page of one document. Without a focus the first undecided row stands open: the desk resumes where one left
    off."""
    rows = live_rows(document.rows)
    numbers = numbers_of(rows)
    published = document.head.state == "published"
    if focus not in numbers:
        focus = "" if published else next_pending(rows)
    sentences = sentence_lines(document, rows, numbers, focus, lang)
    counts: dict[str, int] = {}
    for sentence in sentences:
        counts[sentence.state] = counts.get(sentence.state, 0) + 1
    lines = row_lines(
        document, rows, numbers, offices, split_points, focus, view, today, lang, typed=typed, may_review=may_review
    )
    states = {state: sum(row.state == state for row in rows) for state in LIVE}
    undecided, able = states["proposed"], len(rows) - states["excluded"]
    cells = cover_cells([(sentence.position, sentence.state) for sentence in sentences])
    last = last_step(document.steps)
    stateless = sum(state not in _SHAPES for state in counts for _ in range(counts[state]))
    told = [say(f"desk-cover-{state}", lang, count=counts[state]) for state, _ in KEY if state in counts]
    return ReviewPage(
        document_id=document.head.document_id,
        title=document.head.title,
        about=say(
            "desk-doc-about-published" if published else "desk-doc-about",
            lang,
            year=str(document.head.year),
            version=document.head.version,
        ),
        published=published,
        may_review=may_review,
        sentences=tuple(sentences),
        rows=tuple(lines),
        total_rows=len(rows),
        cells=cells,
        width=10 * cover_columns(len(cells)),
        height=cells[-1].y + 10 if cells else 10,
        cover=say("desk-cover", lang, count=len(sentences), left=stateless),
        cover_label=say("desk-cover-label", lang, told=told),
        counts=tuple(
            (shape, say(f"desk-cover-{state}", lang, count=counts[state]), counts[state])
            for state, shape in KEY
            if state in counts
        ),
        rows_title=say(
            "desk-rows-title", lang, accepted=states["accepted"], pending=undecided, rejected=states["rejected"]
        ),
        progress=say("desk-progress", lang, decided=able - undecided, total=able),
        decided=able - undecided,
        undecided=undecided,
        last=LastStep(last.step, step_words(last, numbers, offices, lang)) if last and not published else None,
        view=view,
        views=tuple((name, say(f"desk-rows-view-{name}", lang), name == view) for name in VIEWS),
        blocked="" if published else _joined(blocked_by(rows, lang), lang),
        accepted=states["accepted"],
        focus=focus,
        problem=problem,
        saved=saved,
    )


@dataclass(frozen=True)
class DocumentLine:
    """A document in the list, with how far its review is."""

    document_id: str
    title: str
    year: int
    state: str
    published: bool
    decided: int
    total: int
    cells: tuple[Cell, ...]
    width: int
    progress: str
    added: str
    added_by: str


def document_line(head: Any, counts: Mapping[str, int], offices: Offices, lang: str) -> DocumentLine:
    """A document of the list; `counts` is how many rows stand in each state."""
    total = sum(counts.get(state, 0) for state in ("proposed", "accepted", "rejected"))
    decided = total - counts.get("proposed", 0)
    per = max(1, -(-total // 40))
    cells = tuple(Cell(10 * index, "on" if (index + 1) * per <= decided else "") for index in range(-(-total // per)))
    published = head.state == "published"
    return DocumentLine(
        document_id=head.document_id,
        title=head.title,
        year=head.year,
        state=say(f"desk-doc-{'published' if published else 'done' if total and decided == total else 'review'}", lang),
        published=published,
        decided=decided,
        total=total,
        cells=cells,
        width=10 * max(len(cells), 1),
        progress=say("desk-progress", lang, decided=decided, total=total) if total else say("desk-progress-none", lang),
        added=instant_words(head.added_at, lang),
        added_by=post_words(offices, head.added_by, lang),
    )
