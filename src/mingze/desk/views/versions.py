"""A new version at the desk: what became of each promise, confirmed row by row before anything is published."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from mingze.accounts import staff_required
from mingze.desk.refusals import review_words
from mingze.desk.review_page import last_step, step_words
from mingze.desk.review_rows import live_rows, numbers_of
from mingze.desk.views.review import absent, may_review, not_reviewers, own_posts
from mingze.desk.views.seat import Seat, draw, seat_of
from mingze.portal.version_comparison import change_groups
from mingze.store import ReviewRefused
from mingze.words import has, say


@staff_required
@require_safe
def changes(request: HttpRequest, document_id: str) -> HttpResponse:
    """Every promise of both versions once; what changed and what is gone waits for somebody to say why."""
    seat = seat_of(request)
    document = seat.register.documents.get(document_id)
    if document is None or not document.head.replaces:
        return absent(request, seat)
    word = f"desk-changed-{request.GET.get('done', '')}"
    return _draw(request, seat, document, saved=say(word, seat.lang) if has(word, seat.lang) else "")


def _draw(
    request: HttpRequest,
    seat: Seat,
    document: Any,
    status: int = 200,
    *,
    problem: str = "",
    saved: str = "",
    **typed: str,
) -> HttpResponse:
    store, head = seat.register.documents, document.head
    found = store.changes(head.document_id)
    rows = live_rows(document.rows)
    numbers = numbers_of(rows)
    last = last_step(document.steps) if head.state != "published" else None
    new = [change.new for change in found if change.new is not None and change.old is None]
    return draw(
        request, seat, "desk/changes.html", status,
        head=head, before=store.head(head.replaces), groups=change_groups(found, seat.offices, seat.lang),
        waiting=sum(change.waits for change in found), working=may_review(seat) and head.state != "published",
        choices=[(f"{row.row_id}:{row.n}", numbers[row.row_id], row.row.get("title") or row.quote) for row in new],
        last=last, last_words=step_words(last, numbers, seat.offices, seat.lang) if last else "",
        problem=problem, saved=saved, typed=typed, own=own_posts(seat), section="documents",
    )  # fmt: skip


@staff_required
@require_POST
def say_of(request: HttpRequest, document_id: str, row_id: str) -> HttpResponse:
    """Say of one promise of the version before: it goes on in this row (`same`), it is another one (`apart`), or it is
    no longer made (`dropped`)."""
    seat = seat_of(request)
    if not may_review(seat):
        return not_reviewers(request, seat)
    store = seat.register.documents
    document = store.get(document_id)
    if document is None or not document.head.replaces:
        return absent(request, seat)
    said, reason = request.POST.get("say", ""), request.POST.get("reason", "")
    new_id, _, n = request.POST.get("row", "").rpartition(":")
    expected = int(n) if n.isdigit() else -1
    try:
        if said == "dropped":
            store.drop(document_id, row_id, seat.actor, reason=reason)
        elif said in ("same", "apart"):
            kept = row_id if said == "same" else ""
            store.continues(document_id, new_id, kept, seat.actor, expected_n=expected, reason=reason)
        else:
            raise ReviewRefused("unknown_row", row=row_id)
    except ReviewRefused as refused:
        numbers = numbers_of(live_rows(document.rows))
        problem = review_words(refused, numbers, seat.offices, seat.lang)
        fresh = store.get(document_id)
        return _draw(request, seat, fresh, 409, problem=problem, old=row_id, reason=reason)
    return HttpResponseRedirect(f"/desk/documents/{document_id}/changes/?done={said}", status=303)
