"""The decomposition desk: the document on the left, the proposed commitments on the right, each sentence with one
visible state.

Nothing is dropped in silence. A passage that would profile or control people is shown hatched, can be annotated, and
is offered no way to be accepted. What is still open before publishing is said in one line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from mingze.accounts.offices import Offices
from mingze.desk.refusals import post_words
from mingze.desk.review_filter import VIEWS, Filter, FilterForm, filter_form
from mingze.desk.review_rows import (
    LIVE,
    Cuts,
    Looking,
    OfficeOption,
    RowLine,
    live_rows,
    next_pending,
    numbers_of,
    office_words_full,
    row_lines,
)
from mingze.desk.review_rows import Row as Row
from mingze.desk.review_text import (
    KEY,
    STATES,
    CoverCell,
    SentenceLine,
    cover_cells,
    cover_columns,
    joined,
    sentence_lines,
)
from mingze.store.document_doubts import doubts_of
from mingze.words import instant_words, say

PER_PAGE = 60
"""Rows on one page of the right side; the text on the left always stands whole."""


@dataclass(frozen=True)
class LastStep:
    """The step that undo would take back."""

    step: int
    words: str


@dataclass(frozen=True)
class BulkForm:
    """What can be done with several rows at once. `step` is the last step this reviewer saw."""

    step: int
    shown: int
    leads: tuple[OfficeOption, ...]
    refusals: tuple[tuple[int, str], ...]
    opened: bool


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
    filter: FilterForm
    views: tuple[tuple[str, str, bool, int], ...]
    blocked: str
    accepted: int
    bulk: BulkForm
    second: str = ""
    can_confirm: int = 0
    replaces: str = ""
    changes_open: int = 0
    others: tuple[str, ...] = ()
    resumed: str = ""
    focus: str = ""
    problem: str = ""
    saved: str = ""
    part: int = 0
    parts: int = 1

    @property
    def links(self) -> tuple[tuple[str, int, bool], ...]:
        """The pages of rows: the query of each, its number, whether it is this one."""
        told = self.filter.now.pairs()
        return tuple((urlencode({**told, "part": at}), at + 1, at == self.part) for at in range(self.parts))

    @property
    def view(self) -> str:
        """The view, as an address carries it."""
        return self.filter.now.view


@dataclass(frozen=True)
class Shown:
    """What a page shows besides the document: the filter, the open row, what was refused or done, what was typed.

    `only` are the rows an answer in part needs; `part` is the page of rows that was asked for, -1 for that of the open
    row.
    """

    filter: Filter = Filter()  # noqa: RUF009
    focus: str = ""
    problem: str = ""
    saved: str = ""
    typed: Mapping[str, Any] | None = None
    ticked: Collection[str] = ()
    refusals: tuple[tuple[int, str], ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    changes_open: int = 0
    resume: bool = False
    only: Collection[str] | None = None
    part: int = -1


def last_step(steps: Sequence[Any]) -> Any | None:
    """The last step that has not been taken back, whoever took it."""
    undone = {step.undoes for step in steps if step.undoes}
    return max(
        (step for step in steps if not step.undoes and step.step not in undone),
        key=lambda step: step.step,
        default=None,
    )


def left_off(rows: Sequence[Row], steps: Sequence[Any], post: str, own: Collection[str]) -> tuple[str, Any | None]:
    """Where a post goes on: the row after the one it handled last, and that step; else the first that is open."""
    known = {row.row_id for row in rows}
    mine = next((step for step in reversed(steps) if step.post == post and step.row_id in known), None)
    return next_pending(rows, mine.row_id if mine else "", own), mine


def blocked_by(
    rows: Sequence[Row], doubtful: Collection[str], second_eyes: bool, changes_open: int, lang: str
) -> tuple[str, ...]:
    """Why the document cannot be published yet; nothing when it can."""
    counts = {
        "pending": sum(row.state == "proposed" for row in rows),
        "no-lead": sum(row.state in ("proposed", "accepted") and not row.row.get("lead_office") for row in rows),
        "doubts": sum(row.state == "accepted" and row.row_id in doubtful for row in rows),
        "changes": changes_open,
        "second": sum(row.waits_for_second for row in rows) if second_eyes else 0,
    }
    reasons = [say(f"desk-publish-{name}", lang, count=count) for name, count in counts.items() if count]
    if not counts["pending"] and not any(row.state == "accepted" for row in rows):
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
    document: Any, offices: Offices, split_points: Cuts, post: str, looking: Looking, shown: Shown
) -> ReviewPage:
    """The page of one document. Without a focus the row stands open where this post left off."""
    lang, head = looking.lang, document.head
    rows = live_rows(document.rows)
    numbers = numbers_of(rows)
    published = head.state == "published"
    focus, resumed = shown.focus, ""
    if focus not in numbers:
        focus, mine = ("", None) if published else left_off(rows, document.steps, post, looking.own)
        if shown.resume and mine is not None and looking.may_review:
            resumed = say("desk-resumed", lang, step=step_words(mine, numbers, offices, lang))
    sentences = sentence_lines(document, rows, numbers, focus, lang, shown.only)
    per_state = Counter(sentence.state for sentence in document.sentences)
    doubts = {row.row_id: found for row in rows if (found := doubts_of(row, head.dated_on))}
    doubtful = {row_id for row_id, found in doubts.items() if any(not one.as_written for one in found)}
    kept = [row.row_id for row in rows if shown.filter.keeps(row, looking.own, doubtful)]
    kept_ids = set(kept)
    able_rows = [row for row in rows if row.row_id in kept_ids and row.state != "excluded"]
    part, parts = _part(kept, focus, shown.part)
    wanted = set(kept[part * PER_PAGE : (part + 1) * PER_PAGE]) if shown.only is None else shown.only
    lines = row_lines(
        document, rows, wanted, numbers, offices, split_points, focus, looking,
        doubts=doubts, typed=shown.typed, ticked=shown.ticked,
    )  # fmt: skip
    states = {state: sum(row.state == state for row in rows) for state in LIVE}
    undecided, able = states["proposed"], len(rows) - states["excluded"]
    cells = cover_cells([(sentence.position, sentence.state) for sentence in document.sentences])
    last = last_step(document.steps)
    told = [say(f"desk-cover-{state}", lang, count=per_state[state]) for state, _ in KEY if state in per_state]
    seconds = [row for row in rows if row.waits_for_second or row.confirmed_by]
    can_confirm = sum(row.waits_for_second and row.decided_by not in looking.own for row in rows)
    return ReviewPage(
        document_id=head.document_id,
        title=head.title,
        about=say(
            "desk-doc-about-published" if published else "desk-doc-about",
            lang,
            year=str(head.year),
            version=head.version,
        ),
        published=published,
        may_review=looking.may_review,
        sentences=tuple(sentences),
        rows=tuple(lines),
        total_rows=len(rows),
        cells=cells,
        width=10 * cover_columns(len(cells)),
        height=cells[-1].y + 10 if cells else 10,
        cover=say(
            "desk-cover",
            lang,
            count=len(document.sentences),
            left=sum(count for state, count in per_state.items() if state not in STATES),
        ),
        cover_label=say("desk-cover-label", lang, told=told),
        counts=tuple(
            (shape, say(f"desk-cover-{state}", lang, count=per_state[state]), per_state[state])
            for state, shape in KEY
            if state in per_state
        ),
        rows_title=say(
            "desk-rows-title", lang, accepted=states["accepted"], pending=undecided, rejected=states["rejected"]
        ),
        progress=say("desk-progress", lang, decided=able - undecided, total=able),
        decided=able - undecided,
        undecided=undecided,
        last=LastStep(last.step, step_words(last, numbers, offices, lang)) if last and not published else None,
        filter=filter_form(rows, shown.filter, offices, lang),
        views=tuple(
            (name, say(f"desk-rows-view-{name}", lang), name == shown.filter.view, count)
            for name in VIEWS
            if (name != "second" or (looking.second_eyes and looking.may_review))
            and (
                (count := sum(Filter(name).keeps(row, looking.own, doubtful) for row in rows))
                or name in ("all", "pending", shown.filter.view)
            )
        ),
        blocked=""
        if published
        else joined(blocked_by(rows, doubtful, looking.second_eyes, shown.changes_open, lang), lang),
        accepted=states["accepted"],
        bulk=BulkForm(
            last.step if last else 0,
            len(able_rows),
            tuple(OfficeOption(office.id, office_words_full(office, lang), False) for office in offices),
            shown.refusals,
            bool(shown.refusals or shown.ticked or shown.filter.narrowed),
        ),
        second=say(
            "desk-second-progress", lang, done=sum(bool(row.confirmed_by) for row in seconds), total=len(seconds)
        )
        if looking.second_eyes and seconds and not published
        else "",
        can_confirm=can_confirm if looking.second_eyes else 0,
        replaces=head.replaces,
        changes_open=shown.changes_open,
        others=tuple(
            say(
                "desk-other-here" if row_id in numbers else "desk-other-here-only",
                lang,
                who=post_words(offices, other, lang),
                row=numbers.get(row_id, 0),
            )
            for other, row_id in shown.others
        ),
        resumed=resumed,
        focus=focus,
        problem=shown.problem,
        saved=shown.saved,
        part=part,
        parts=parts,
    )


def _part(kept: Sequence[str], focus: str, asked: int) -> tuple[int, int]:
    """Which page of the rows is shown, and how many there are: the one asked for, else the one with the open row."""
    parts = max(1, -(-len(kept) // PER_PAGE))
    if 0 <= asked < parts:
        return asked, parts
    return (kept.index(focus) // PER_PAGE if focus in kept else 0), parts
