"""The public board, one promise, and a document with its promises marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mingze.accounts.offices import Offices
from mingze.casework import Case, Refused
from mingze.exchange.pictures import CannotRedraw, public_copy
from mingze.portal.board_course import Course, course
from mingze.portal.board_filter import STATES, BoardFilter, read_filter
from mingze.portal.board_page import (
    Beside,
    Paragraph,
    Promise,
    anchor_of,
    document_paragraphs,
    near,
    promise,
    promise_page,
)
from mingze.portal.filing_form import Choice
from mingze.portal.views.downloads import attachment
from mingze.portal.visit import Visit, visit
from mingze.store import CaseFile, Register
from mingze.words import local, say

PROCEDURE = "commitment"
PAGE = 24


@dataclass(frozen=True)
class BoardPage:
    """What the board shows."""

    promises: list[Promise]
    documents: list[Choice]
    offices: list[Choice]
    topics: list[Choice]
    states: list[Choice]
    next: str | None
    first: bool
    filtered: bool
    query: str
    summary: str


@dataclass(frozen=True)
class DocumentPage:
    """A document with its promises marked, and the promises beside it; the version it replaces and the one that
    replaces it, "" for none."""

    document_id: str
    version: int
    replaces: str
    newer: str
    title: str
    year: int
    published_on: date
    paragraphs: tuple[Paragraph, ...]
    promises: list[Promise]
    sentences: int
    summary: str


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """`/board/`: every published promise, what is due first at the top."""
    here = visit(request)
    wanted = read_filter(request.GET)
    after = request.GET.get("after") or None
    found = wanted.page(here.register, here.instance.offices, after, PAGE)
    beside = beside_of(here, [row.row.case for row in found.rows])
    promises = [promise_of(here, row, n, beside) for n, row in enumerate(found.rows, 1)]
    page = BoardPage(
        promises=promises,
        **choices(here, wanted),
        next=found.next,
        first=after is None,
        filtered=wanted.active,
        query=wanted.query,
        summary=_summary(promises, here.lang),
    )
    return render(
        request,
        "portal/board.html",
        {"page": page, "section": "board", "unknown_after": unknown_after(here)},
    )


def choices(here: Visit, wanted: BoardFilter) -> dict[str, list[Choice]]:
    """What the filters offer: published documents, offices, fields of work, states."""
    offices, heads = here.instance.offices, here.register.documents.list(limit=100, published=True).rows
    return {
        "documents": [Choice(head.document_id, head.title, head.document_id == wanted.document) for head in heads],
        "offices": [
            Choice(each.id, local(each.short or each.name, here.lang), each.id == wanted.office) for each in offices
        ],
        "topics": [
            Choice(each.topic, local(each.name, here.lang), each.topic == wanted.topic) for each in offices.competences
        ],
        "states": [Choice(each, say(f"portal-board-state-{each}", here.lang), each == wanted.state) for each in STATES],
    }


def unknown_after(here: Visit) -> int:
    """After how many days without data a promise is not known: the authority's own number, else the procedure's."""
    return here.instance.unknown_after_days or here.register.promises.old_after_days(here.today)


def beside_of(here: Visit, cases: Sequence[Case]) -> dict[str, Beside]:
    """What the register knows of some promises besides their cases, in three queries."""
    asked = {
        case.id: (str(case.facts.get("indicator_name") or ""), str(case.facts.get("scope") or "")) for case in cases
    }
    values = here.register.values.latest(asked.values())
    tallies = here.register.voices.tallies(list(asked))
    return {case_id: Beside(values.get(wanted), tallies[case_id]) for case_id, wanted in asked.items()}


def promise_of(here: Visit, row: Any, ref: int, beside: Mapping[str, Beside] | None = None) -> Promise:
    """One promise of a list."""
    case = row.row.case
    procedure = here.register.procedure_version(case.procedure, case.procedure_hash)
    supporting = case.facts.get("supporting") or row.supporting_offices
    return promise(
        procedure,
        case,
        row.row.number,
        ref,
        row.words,
        row.document_id,
        row.document_title,
        supporting,
        here.instance.offices,
        here.now,
        here.lang,
        unknown_after(here),
        (beside or {}).get(case.id),
    )


def _summary(promises: list[Promise], lang: str) -> str:
    """The three facts of the promises on this page, each with its denominator."""
    if not promises:
        return ""
    yes = [sum(one.facts[n].kind == "yes" for one in promises) for n in range(3)]
    late = sum(one.tag == "late" for one in promises)
    return say(
        "portal-board-summary", lang, of=len(promises), done=yes[0], verified=yes[1], confirmed=yes[2], late=late
    )


@require_safe
def document(request: HttpRequest, document_id: str) -> HttpResponse:
    """`/documents/<id>/`: the text with each promise marked; one that is not published does not exist here."""
    here = visit(request)
    found = here.register.documents.get(document_id)
    if found is None or found.head.state != "published":
        raise Http404
    rows = sorted(_all(here, document_id), key=lambda row: row.start)
    beside = beside_of(here, [row.row.case for row in rows])
    promises = [promise_of(here, row, n, beside) for n, row in enumerate(rows, 1)]
    marks = [(row.start, row.end, one.ref, one.anchor) for row, one in zip(rows, promises, strict=True)]
    page = DocumentPage(
        document_id=document_id,
        version=found.head.version,
        replaces=found.head.replaces,
        newer=here.register.documents.newer(document_id),
        title=found.head.title,
        year=found.head.year,
        published_on=date.fromisoformat(found.head.published_at[:10]),
        paragraphs=document_paragraphs(found.text, found.sentences, marks),
        promises=promises,
        sentences=len(found.sentences),
        summary=_summary(promises, here.lang),
    )
    return render(
        request,
        "portal/document.html",
        {"page": page, "section": "board", "unknown_after": unknown_after(here)},
    )


def _all(here: Visit, document_id: str) -> list[Any]:
    out: list[Any] = []
    after: str | None = None
    while True:
        rows = here.register.commitments("all", document_id, "", after, 200)
        out += rows.rows
        after = rows.next
        if after is None:
            return out


def public_case(here: Visit, number: str) -> CaseFile:
    """A case that is an open record, by its number; any other is not here."""
    case_id = here.register.by_number(number) or ""
    found = here.register.case(case_id) if here.register.may(None, "see", case_id) else None
    if found is None:
        raise Http404
    return found


@require_safe
def commitment(request: HttpRequest, number: str) -> HttpResponse:
    """`/board/<number>/`: one promise: words, office, indicator, evidence, state, and every event. Only open records exist here."""
    here = visit(request)
    found = public_case(here, number)
    origin = here.register.documents.of_case(found.case.id)
    head, row = origin if origin is not None else (None, None)
    text = here.register.documents.get(head.document_id) if head is not None else None
    words = str(found.case.facts.get("words") or (row.quote if row is not None else ""))
    shown = promise(
        found.procedure,
        found.case,
        found.number,
        1,
        words,
        head.document_id if head is not None else "",
        head.title if head is not None else str(found.case.facts.get("document") or ""),
        found.case.facts.get("supporting") or (),
        here.instance.offices,
        here.now,
        here.lang,
        unknown_after(here),
        beside_of(here, [found.case])[found.case.id],
    )
    around: tuple[Paragraph, ...] = ()
    if text is not None and row is not None:
        anchor = anchor_of(found.number)
        around = near(document_paragraphs(text.text, text.sentences, [(row.start, row.end, 1, anchor)], anchor))
    texts = here.register.open_slots(found.case.id, None, None, "")
    page = promise_page(
        shown,
        found.procedure,
        found.case,
        [stored.event for stored in found.events],
        {place: content for place, content in texts.items() if content is not None},
        around,
        here.calendar,
        here.instance.offices,
        here.now,
        here.lang,
        {stored.event.n: stored.leaf_index for stored in found.events},
    )
    context = {
        "page": page,
        "course": course_of(here.register, found, here.instance.offices, here.today, here.lang),
        "speak": here.register.voices.can_speak(found.case),
        "section": "board",
    }
    return render(request, "portal/commitment.html", context)


def course_of(register: Register, found: CaseFile, offices: Offices, today: date, lang: str) -> Course:
    """The course of a promise: milestones, parts, applications, objections, evidence, re-checks."""
    case = found.case
    parts = register.promises.parts(case)
    told = {link["n"]: link["case"] for link in case.links}
    events = [stored.event for stored in found.events]
    reasons = {told[event.n]: str(event.facts.get("part_reason", "")) for event in events if event.n in told}
    files = sum(
        str(sealed["slot"]).startswith("attachment")
        for event in events
        if event.type == "acted" and "evidence" in found.procedure.actions[event.action].takes
        for sealed in event.sealed
    )
    whole = register.promises.whole_of(case)
    return course(
        register.promises.promised(found), found.procedure, parts, reasons, register.promises.division(case, parts),
        register.lots.of_promise(found.number), files, whole.number if whole is not None else "", offices, today, lang,
    )  # fmt: skip


@require_safe
def evidence(request: HttpRequest, number: str, n: int, slot: str) -> HttpResponse:
    """One piece of evidence of a promise, as a download: never shown by the browser as a page of ours."""
    here = visit(request)
    found = public_case(here, number)
    try:
        opened = here.register.open_file(found.case.id, n, slot)
        if here.instance.scanner is not None:
            here.instance.scanner.require_clean(opened.name, opened.data)
        shown = public_copy(opened.name, opened.data)
    except (Refused, CannotRedraw):
        raise Http404 from None
    return attachment(shown, opened.name, "application/octet-stream")
