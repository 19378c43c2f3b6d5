"""The table of responsibilities at the desk: taken away as a workbook, brought back, looked at, and only then taken in."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from mingze.accounts import staff_required
from mingze.desk.refusals import review_words
from mingze.desk.review_rows import live_rows, numbers_of
from mingze.desk.task_sheet import Proposal, lines_of, proposal
from mingze.desk.views.review import absent, may_review, not_reviewers, to_review
from mingze.desk.views.seat import Seat, draw, seat_of
from mingze.exchange.paper import XLSX
from mingze.exchange.task_sheet import SheetError, read_sheet_lines, write_sheet
from mingze.portal.views.downloads import attachment
from mingze.store import ReviewRefused
from mingze.store.documents import BulkRefused
from mingze.words import has, local, say


@staff_required
@require_safe
def sheet(request: HttpRequest, document_id: str) -> HttpResponse:
    """`/desk/documents/<id>/tasks.xlsx`: the rows under review as the table offices pass round."""
    seat = seat_of(request)
    document = seat.register.documents.get(document_id)
    if document is None:
        return absent(request, seat)
    lines = lines_of(document.rows, seat.offices)
    made = write_sheet(
        say("task-sheet-title", seat.lang, document=document.head.title),
        say("task-sheet-under", seat.lang), lines, seat.lang, seat.now,
    )  # fmt: skip
    return attachment(made, f"{say('task-sheet-name', seat.lang)}.xlsx", XLSX)


@staff_required
@require_POST
def bring(request: HttpRequest, document_id: str) -> HttpResponse:
    """`/desk/documents/<id>/tasks/`: what a sheet that came back would change; sent on, it is changed in one step."""
    seat = seat_of(request)
    if not may_review(seat):
        return not_reviewers(request, seat)
    document = seat.register.documents.get(document_id)
    if document is None:
        return absent(request, seat)
    if "changes" in request.POST:
        return _take(request, seat, document)
    file = request.FILES.get("sheet")
    if file is None:
        return _draw(request, seat, document, problem=say("task-sheet-nothing", seat.lang))
    try:
        lines = read_sheet_lines(file.read())
    except SheetError as error:
        return _draw(request, seat, document, problem=_words(error, seat.lang))
    return _draw(request, seat, document, proposal(lines, document.rows, seat.offices, seat.lang))


def _take(request: HttpRequest, seat: Seat, document: Any) -> HttpResponse:
    rows = _asked(request.POST["changes"])
    if rows is None:
        return _draw(request, seat, document, problem=say("task-sheet-broken", seat.lang))
    document_id, numbers = document.head.document_id, numbers_of(live_rows(document.rows))
    try:
        taken = seat.register.documents.take_sheet(document_id, rows, seat.actor)
    except BulkRefused as refused:
        told = [review_words(why, numbers, seat.offices, seat.lang) for _, why in refused.refusals]
        return _draw(request, seat, document, problem=say("task-sheet-none-taken", seat.lang), refusals=told)
    except ReviewRefused as refused:
        return _draw(request, seat, document, problem=review_words(refused, numbers, seat.offices, seat.lang))
    return to_review(document_id, "#message", done="sheet", count=len(taken))


def _asked(text: str) -> dict[str, tuple[int, dict[str, Any]]] | None:
    """The changes the page of the proposal carries; None for anything else."""
    try:
        told = json.loads(text)
        return {str(row): (int(n), dict(changes)) for row, (n, changes) in told.items()}
    except (ValueError, TypeError, AttributeError):
        return None


def _words(error: SheetError, lang: str) -> str:
    values = dict(error.values)
    if "missing" in values:
        values["missing"] = say("portal-list-comma", lang).join(
            say(f"task-sheet-{name}", lang) for name in values["missing"]
        )
    for word in (f"task-sheet-{error.code}", f"reading-{error.code}"):
        if has(word, lang):
            return say(word, lang, **values)
    return say("task-sheet-broken", lang)


def _draw(
    request: HttpRequest,
    seat: Seat,
    document: Any,
    found: Proposal | None = None,
    *,
    problem: str = "",
    refusals: list[str] | None = None,
) -> HttpResponse:
    return draw(
        request, seat, "desk/task_sheet.html", 422 if problem else 200,
        head=document.head, found=found, problem=problem, refusals=refusals or [], section="documents",
        changed=[(one, say(f"task-sheet-{one.part}", seat.lang)) for one in found.changed] if found else [],
        changes=json.dumps(found.rows, ensure_ascii=False) if found and found.rows else "",
        items=len(found.rows) if found else 0, local=local,
    )  # fmt: skip
