"""The documents of the fictional district and how people reviewed what was found in them.

Five papers, all marked （示例）: a year's plan and a speech whose commitments have been running for months, the plan as
it was adjusted within the year, the minutes of a meeting a few days ago, and a draft that is still under review. The
speech holds a passage that would control people; it stays text, whatever a reviewer says. Reviewing goes through the
store's own steps, row by row, and the head of the supervision office confirms before anything is published.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from mingze.accounts.offices import Offices
from mingze.casework import Actor
from mingze.demo.diary import Diary, month_end, month_end_words
from mingze.demo.matters import text_of
from mingze.demo.promises import Promise, promise_steps
from mingze.demo.steps import Call, Step, post_of
from mingze.store import Register
from mingze.store.document_doubts import open_doubts
from mingze.store.documents import ReviewRow

SAMPLE = "（示例）"


@dataclass(frozen=True)
class Paper:
    """A document: its file in `texts/`, and how many days before today it was issued (`ago`) and published after."""

    name: str
    title: str
    ago: int
    publish_after: int | None
    """Working days from entering to publishing; None for one that is still under review."""

    ahead_from: int = 13
    """From which month on it is a paper for the next year."""

    version_of: str = ""
    """The paper this one is a new version of: the same text with `edits`, of the same period."""

    edits: tuple[tuple[str, str], ...] = ()

    why: str = ""
    """Why it changes what the version before promised."""


PAPERS = (
    Paper("plan", "{period}明源区政府工作安排", 300, 3, ahead_from=11),
    Paper("speech", "在{year}年全区重点工作推进会上的讲话", 168, 2),
    Paper(
        "plan-adjusted",
        "{period}明源区政府工作安排（年中调整）",
        58,
        2,
        version_of="plan",
        ahead_from=11,
        edits=(
            ("（二）区住建局年内加装电梯40部。", "（二）区住建局年内加装电梯46部。"),
            ("（十三）区水利局{m11}前更新", "（十三）区水利局{m12}前更新"),
            ("（十一）白石镇{m10}前完成农村公路养护35公里。\n", ""),
        ),
        why="年中预算调整，经区政府常务会议研究同意。",
    ),
    Paper("minutes", "{year}年{month}月区政府专题会议纪要", 9, 1),
    Paper("draft", "{year}年白石镇民生微实事安排", 5, None, ahead_from=7),
)


def paper_steps(paper: Paper, offices: Offices, diary: Diary, seed: int) -> list[Step]:
    """What happens with one document: it is entered, and that leads to its review, its publication, its commitments."""
    draw = Random(f"{seed}/paper/{paper.name}")
    issued = diary.working(diary.working(diary.today - dt.timedelta(days=paper.ago)), 0)
    if paper.publish_after is not None and paper.ago < 30:  # so late that the working days in between are counted
        issued = diary.working(diary.today, -7)
    base = next((one for one in PAPERS if one.name == paper.version_of), None)
    first = issued if base is None else diary.working(diary.working(diary.today - dt.timedelta(days=base.ago)), 0)
    text, title, year = _written(paper, first)
    supervisor = post_of(offices, _supervision(offices), "supervisor")
    table = tomllib.loads(text_of("promises.toml"))
    rows, reasons = table.get(paper.version_of or paper.name, []), table["reasons"]
    entered = diary.office_hour(diary.working(issued, 1), draw)

    def enter(register: Register) -> Sequence[Step]:
        before = _written(base, first)[1] if base is not None else ""
        replaces = next((one.document_id for one in register.documents.replaceable() if one.title == before), "")
        document = register.documents.add(
            text, title, year, supervisor, replaces=replaces, idempotency=f"demo/{seed}/{paper.name}"
        )
        return list(_review(register, document, rows, reasons, paper, entered, supervisor, diary, draw, seed, offices))

    return [Call(entered, enter)]


def _written(paper: Paper, issued: dt.date) -> tuple[str, str, int]:
    """Text, title and year of a paper, with the dates it speaks of counted from its own."""
    year = issued.year + (1 if issued.month >= paper.ahead_from else 0)
    period = f"{year}年" if issued.month <= 3 or year > issued.year else f"{year}年{issued.month}月起一年"
    title = paper.title.format(period=period, year=year, month=issued.month) + SAMPLE
    day = f"{issued.year}年{issued.month}月{issued.day}日"
    months = {f"m{n}": month_end_words(month_end(issued, n), year) for n in range(13)}
    told = text_of(f"{paper.version_of or paper.name}.txt")
    for old, new in paper.edits:
        told = told.replace(old, new)
    return told.format(title=title, issued=day, delivered=day, **months), title, year


def _supervision(offices: Offices) -> str:
    office = offices.for_function("supervision")
    if office is None:
        raise LookupError("no office serves supervision")
    return office.id


def _review(
    register: Register,
    document: str,
    table: Sequence[Mapping[str, Any]],
    reasons: Mapping[str, str],
    paper: Paper,
    entered: dt.datetime,
    actor: Actor,
    diary: Diary,
    draw: Random,
    seed: int,
    offices: Offices,
) -> Iterable[Step]:
    """The steps of the review, one row a minute or so, and the publication some working days later."""
    at = entered
    last = diary.office_hour(diary.working(entered.date(), paper.publish_after or 0), draw)
    second = post_of(offices, actor.office, "head")
    merged = {row["merge"] for row in table if "merge" in row}
    for row in register.documents.rows(document):
        told = _told(table, row.quote)
        if row.state != "proposed" or any(part in row.quote for part in merged):
            continue
        if paper.publish_after is None and not told:
            continue
        at += dt.timedelta(seconds=draw.randint(25, 160))

        def step(register: Register, row: ReviewRow = row, told: Mapping[str, Any] = told) -> Sequence[Step]:
            decide(register, document, row, told, reasons, actor, diary)
            return ()

        yield Call(at, step)
    if paper.publish_after is None:
        return

    def publish(register: Register) -> Sequence[Step]:
        for row in register.documents.rows(document):  # nothing may wait, whatever the table forgot
            if row.state == "proposed":
                decide(register, document, row, _told(table, row.quote), reasons, actor, diary)
        read = register.documents.get(document)
        rows_read, dated_on = (read.rows, read.head.dated_on) if read is not None else ((), "")
        for row in rows_read:
            codes = {one.code for one in open_doubts(row, dated_on)}
            if row.state == "accepted" and codes:
                register.documents.as_written(document, row.row_id, codes, actor, expected_n=row.n)
        _explain(register, document, paper, actor)
        register.documents.confirm_all(document, second)
        filed = {one.case_id for one in register.documents.publish(document, second if paper.version_of else actor)}
        steps: list[Step] = []
        for row in register.documents.rows(document):
            if row.case_id in filed:
                promise = Promise(row.case_id or "", row, last, _told(table, row.quote))
                steps += promise_steps(promise, offices, diary, Random(f"{seed}/{paper.name}/{row.quote}"))
        return steps

    yield Call(last, publish)


def _explain(register: Register, document: str, paper: Paper, actor: Actor) -> None:
    """Say of each promise that a new version changes or drops why it does."""
    for change in register.documents.changes(document):
        if not change.waits or change.old is None:
            continue
        if change.new is None:
            register.documents.drop(document, change.old.row_id, actor, reason=paper.why)
        else:
            row = change.new
            register.documents.continues(
                document, row.row_id, change.old.row_id, actor, expected_n=row.n, reason=paper.why
            )


def _told(table: Sequence[Mapping[str, Any]], quote: str) -> Mapping[str, Any]:
    return next((row for row in table if row["find"] in quote), {})


def decide(
    register: Register,
    document: str,
    row: ReviewRow,
    told: Mapping[str, Any],
    reasons: Mapping[str, str],
    actor: Actor,
    diary: Diary,
) -> None:
    """One row's decision through the store: rejected, or split, merged and corrected as told, then accepted."""
    documents = register.documents
    if "reject" in told:
        documents.reject(document, row.row_id, actor, expected_n=row.n, reason=told["reject"])
        return
    if "split" in told and told["split"] in row.quote:
        cut = row.start + row.quote.index(told["split"])
        for part in documents.split(document, row.row_id, [cut], actor, expected_n=row.n):
            documents.accept(document, part.row_id, actor, expected_n=part.n)
        return
    if "merge" in told:
        other = next((one for one in documents.rows(document) if told["merge"] in one.quote), None)
        if other is not None and other.row_id != row.row_id and other.state == "proposed":
            counts = {row.row_id: row.n, other.row_id: other.n}
            row = documents.merge(document, [row.row_id, other.row_id], actor, expected_n=counts)
    lead = told.get("lead") or row.row.get("lead_office")
    if not lead or (row.row.get("kind") == "exhortation" and not told):
        why = reasons["exhortation" if row.row.get("kind") == "exhortation" else "nobody"]
        documents.reject(document, row.row_id, actor, expected_n=row.n, reason=why)
        return
    changes: dict[str, Any] = {}
    for name, part in (("lead", "lead_office"), ("supporting", "supporting_offices"), ("title", "title")):
        if name in told:
            changes[part] = told[name]
    if "rule" in told:
        changes["evidence_rule"] = told["rule"]
    if "soon" in told:
        changes["deadline_on"] = diary.working(register.clock.now().date(), told["soon"]).isoformat()
    if changes:
        row = documents.edit_row(document, row.row_id, changes, actor, expected_n=row.n)
    documents.accept(document, row.row_id, actor, expected_n=row.n)
