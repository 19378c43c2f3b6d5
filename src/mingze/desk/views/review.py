"""The review of one document: its page, each step of it, several rows at once, the second post, and publishing.

Every step is a plain form POST answered with a redirect. A request that carries ``X-Desk: fragment`` (the keyboard's
script) gets only the parts of the page that changed; the step taken is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from mingze.accounts import rights, staff_required
from mingze.casework import Refused
from mingze.desk.presence import presence_of
from mingze.desk.refusals import review_words, staff_words
from mingze.desk.review_filter import Filter
from mingze.desk.review_page import ReviewPage, Shown, last_step, review_page
from mingze.desk.review_rows import LIVE, Looking, live_rows, numbers_of
from mingze.desk.review_steps import VERBS, Asked, place_of, typed_in
from mingze.desk.views.seat import Seat, draw, refused_page, seat_of
from mingze.documents import EditError, read_span, split_points
from mingze.store import ReviewRefused
from mingze.store.document_doubts import open_doubts
from mingze.store.document_rows import DROPPED
from mingze.store.documents import BulkRefused
from mingze.words import has, say

KEYS = (
    ("J", "desk-keys-next-row"), ("K", "desk-keys-previous-row"), ("A", "desk-keys-accept"), ("R", "desk-keys-reject"),
    ("E", "desk-keys-edit"), ("W", "desk-keys-words"), ("O", "desk-keys-office"), ("S", "desk-keys-split"),
    ("M", "desk-keys-merge"), ("X", "desk-keys-exclude"), ("N", "desk-keys-note"), ("D", "desk-keys-doubt"),
    ("C", "desk-keys-confirm"), ("G", "desk-keys-back"), ("V", "desk-keys-tick"), ("B", "desk-keys-bulk"),
    ("U", "desk-keys-undo"), ("P", "desk-keys-publish"), ("Esc", "desk-keys-leave"), ("?", "desk-keys-list"),
)  # fmt: skip
"""The keys of the review, in the order of the page's list; `review.js` has what each does."""


def may_review(seat: Seat) -> bool:
    """Documents are reviewed by the office that watches promises (督查)."""
    return rights.may_review(seat.actor, seat.offices)


def own_posts(seat: Seat) -> frozenset[str]:
    """Every post this person holds: somebody with two posts is still one person."""
    return frozenset({seat.actor.post, *(post for post, _ in seat.frame["posts"])})


def to_review(document_id: str, anchor: str = "", **query: Any) -> HttpResponse:
    """Back to the review's page, with what was done."""
    told = urlencode({name: value for name, value in query.items() if value not in ("", None, "all")})
    return HttpResponseRedirect(f"/desk/documents/{document_id}/{'?' + told if told else ''}{anchor}", status=303)


def not_reviewers(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The answer to a post of another office."""
    message = say("desk-review-readonly", seat.lang)
    return draw(request, seat, "desk/refused.html", 403, message=message, section="documents", back="/desk/documents/")


def absent(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The answer where there is no such document."""
    return refused_page(request, seat, ReviewRefused("unknown_document"), section="documents", back="/desk/documents/")


def page_of(seat: Seat, document: Any, **more: Any) -> ReviewPage:
    """The review's page as this seat sees it now; others learn at which row this post stands."""
    store, head = seat.register.documents, document.head
    looking = Looking(own_posts(seat), seat.now.date(), seat.lang, may_review(seat), store.second_eyes)
    open_changes = 0
    if head.replaces and head.state != "published":
        open_changes = sum(change.waits for change in store.changes(head.document_id))
    here = presence_of(seat.register)
    others = here.others(head.document_id, seat.actor.post, seat.now) if looking.may_review else ()
    shown = Shown(changes_open=open_changes, others=tuple(others), **more)
    page = review_page(document, seat.offices, split_points, seat.actor.post, looking, shown)
    if looking.may_review and head.state != "published":
        here.stands(head.document_id, seat.actor.post, page.focus, seat.now)
    return page


@staff_required
@require_safe
def review(request: HttpRequest, document_id: str) -> HttpResponse:
    """The document on the left, its rows on the right; ``?row=`` opens one, ``?view=`` and the filters show some."""
    seat = seat_of(request)
    document = seat.register.documents.get(document_id)
    if document is None:
        return absent(request, seat)
    focus = request.GET.get("row", "")
    saved = _done_words(request, document, seat.lang)
    part = request.GET.get("part", "")
    page = page_of(
        seat, document, focus=focus, filter=Filter.read(request.GET), saved=saved, resume=not focus,
        part=int(part) if part.isdigit() and len(part) < 4 else -1,
    )  # fmt: skip
    return _whole_page(request, seat, page)


def _whole_page(request: HttpRequest, seat: Seat, page: ReviewPage, status: int = 200) -> HttpResponse:
    return draw(request, seat, "desk/review.html", status, page=page, keys=KEYS, section="documents")


def _done_words(request: HttpRequest, document: Any, lang: str) -> str:
    """What the step before this page did, from the address it led to."""
    word = f"desk-done-{request.GET.get('done', '')}"
    if not has(word, lang):
        return ""
    number = numbers_of(live_rows(document.rows)).get(request.GET.get("of", ""), "")
    count = request.GET.get("count", "0")
    return say(word, lang, row=number, count=int(count) if count.isdigit() and len(count) < 6 else 0)


@staff_required
@require_safe
def row(request: HttpRequest, document_id: str, row_id: str) -> HttpResponse:
    """One row opened, as the parts of the page that change; ``?from=`` is the row that closes."""
    seat = seat_of(request)
    document = seat.register.documents.get(document_id)
    if document is None:
        return absent(request, seat)
    page = page_of(
        seat, document, focus=row_id, filter=Filter.read(request.GET), only={row_id, request.GET.get("from", "")} - {""}
    )
    return _changed(request, seat, page, whole=False)


def _changed(request: HttpRequest, seat: Seat, page: ReviewPage, *, whole: bool, status: int = 200) -> HttpResponse:
    """The rows of a page in part, the sentences their words stand in, and (if `whole`) the strip, the counts and the
    publishing panel."""
    return draw(request, seat, "desk/parts/changed.html", status, page=page, whole=whole)


@staff_required
@require_POST
def step(request: HttpRequest, document_id: str, row_id: str, verb: str) -> HttpResponse:
    """Take one step on one row. What is refused comes back with everything typed and who came first."""
    seat = seat_of(request)
    if not may_review(seat):
        return not_reviewers(request, seat)
    store = seat.register.documents
    document = store.get(document_id)
    if document is None:
        return absent(request, seat)
    fragment = request.headers.get("X-Desk") == "fragment"
    wanted = Filter.read(request.POST)
    states = (*LIVE, DROPPED) if verb in ("confirm", "send_back") else LIVE
    found = next((one for one in document.rows if one.row_id == row_id and one.state in states), None)
    typed = typed_in(request.POST)
    numbers = numbers_of(live_rows(document.rows))
    try:
        if found is None or verb not in VERBS:
            raise ReviewRefused("unknown_row", row=row_id)
        n = int(request.POST["n"]) if request.POST.get("n", "").isdigit() else -1
        focus = VERBS[verb](Asked(store, document, found, seat.actor, own_posts(seat), n, typed))
    except ReviewRefused as refused:
        document = store.get(document_id) or document
        problem = review_words(refused, numbers, seat.offices, seat.lang)
        only = {row_id} if fragment else None
        page = page_of(seat, document, focus=row_id, filter=wanted, problem=problem, typed=typed, only=only)
        if fragment:
            return _changed(request, seat, page, whole=True, status=409)
        return _whole_page(request, seat, page, 409)
    if request.POST.get("back") == "changes":
        return HttpResponseRedirect(f"/desk/documents/{document_id}/changes/?done={verb}", status=303)
    if not fragment:
        anchor = f"#row-{focus}" if focus else "#publish-panel"
        return to_review(document_id, anchor, row=focus, done=verb, of=row_id, **wanted.pairs())
    document = store.get(document_id)
    saved = say(f"desk-done-{verb}", seat.lang, row=numbers.get(row_id, ""), count=1)
    stays = request.headers.get("X-Desk-Open", "")
    elsewhere = bool(stays) and stays != row_id
    only = {row_id} if elsewhere else {row_id, focus} - {""}
    page = page_of(seat, document, focus=stays if elsewhere else focus, filter=wanted, saved=saved, only=only)
    return _changed(request, seat, page, whole=True)


@staff_required
@require_POST
def undo(request: HttpRequest, document_id: str) -> HttpResponse:
    """Take back the last step of anybody, if it is still the one this reviewer saw."""

    def work(seat: Seat, document: Any) -> dict[str, Any]:
        seen = request.POST.get("step", "")
        undone = seat.register.documents.undo(document_id, seat.actor, int(seen) if seen.isdigit() else None)
        return {"row": undone.row_id, "done": "undo", **Filter.read(request.POST).pairs()}

    return whole_step(request, document_id, work)


@staff_required
@require_POST
def add(request: HttpRequest, document_id: str) -> HttpResponse:
    """Propose a row the program did not find, by its exact words."""

    def work(seat: Seat, document: Any) -> dict[str, Any]:
        words = request.POST.get("words", "").replace("\r\n", "\n").strip()
        start, end = place_of(document.text, words, 0)
        try:
            told = read_span(document.text, start, end)
        except EditError:
            raise ReviewRefused("not_in_text") from None
        if told.excluded_topic:
            raise ReviewRefused("excluded_new")
        made = seat.register.documents.add_row(document_id, start, end, seat.actor)
        return {"row": made.row_id, "done": "add"}

    return whole_step(request, document_id, work)


@staff_required
@require_POST
def bulk(request: HttpRequest, document_id: str) -> HttpResponse:
    """Lead office, supporting offices and acceptance of several rows in one step: the ticked ones, or all shown."""

    def work(seat: Seat, document: Any) -> dict[str, Any]:
        rows = _chosen(request, seat, document)
        changed = seat.register.documents.assign(
            document_id, rows, seat.actor,
            lead_office=request.POST.get("bulk_lead", ""),
            supporting_offices=[office for office in request.POST.getlist("bulk_supporting") if office],
            accept=request.POST.get("bulk_accept") == "1",
        )  # fmt: skip
        return {"done": "bulk", "count": len(changed), **Filter.read(request.POST).pairs()}

    return whole_step(request, document_id, work)


@staff_required
@require_POST
def confirm(request: HttpRequest, document_id: str) -> HttpResponse:
    """The second post confirms several decisions in one step: the ticked ones, all shown, or all that wait for it."""

    def work(seat: Seat, document: Any) -> dict[str, Any]:
        own = own_posts(seat)
        rows = _chosen(request, seat, document)
        if request.POST.get("scope") != "ticked":
            waiting = {row.row_id for row in document.rows if row.waits_for_second and row.decided_by not in own}
            rows = {row_id: n for row_id, n in rows.items() if row_id in waiting}
        changed = seat.register.documents.confirm(document_id, rows, seat.actor, held=own)
        return {"done": "confirm_all", "count": len(changed), **Filter.read(request.POST).pairs()}

    return whole_step(request, document_id, work)


def _chosen(request: HttpRequest, seat: Seat, document: Any) -> dict[str, int]:
    """The rows a form speaks of, each with the number of changes that was seen.

    `scope` says which: `ticked`, `shown` (what the filter lets through) or `all`. For the last two the form says which
    step was the last one, so that nothing is decided unseen. Raises ReviewRefused `filter_moved_on`.
    """
    scope = request.POST.get("scope", "ticked")
    if scope == "ticked":
        out: dict[str, int] = {}
        for told in request.POST.getlist("row"):
            row_id, _, n = told.rpartition(":")
            if row_id and n.isdigit():
                out[row_id] = int(n)
        return out
    last = last_step(document.steps)
    if last is not None and str(last.step) != request.POST.get("step", ""):
        raise ReviewRefused("filter_moved_on", row=last.row_id, verb=last.verb, post=last.post, taken_at=last.taken_at)
    wanted = Filter.read(request.POST) if scope == "shown" else Filter()
    own = own_posts(seat)
    if scope == "all":  # rows that stand for dropped promises are not on this page, and are confirmed with the rest
        return {row.row_id: row.n for row in document.rows if row.state in (*LIVE, DROPPED)}
    rows = live_rows(document.rows)
    doubtful = {row.row_id for row in rows if open_doubts(row, document.head.dated_on)}
    return {row.row_id: row.n for row in rows if row.state != "excluded" and wanted.keeps(row, own, doubtful)}


@staff_required
@require_POST
def publish(request: HttpRequest, document_id: str) -> HttpResponse:
    """One case for each accepted row, all or none; publishing again answers with the same cases."""

    def work(seat: Seat, document: Any) -> dict[str, Any]:
        filed = seat.register.documents.publish(document_id, seat.actor)
        return {"done": "publish", "count": len(filed)}

    return whole_step(request, document_id, work)


type Work = Callable[[Seat, Any], Mapping[str, Any]]


def whole_step(request: HttpRequest, document_id: str, work: Work) -> HttpResponse:
    """A step on the document as a whole: done and led back, or refused on its page with what was chosen."""
    seat = seat_of(request)
    if not may_review(seat):
        return not_reviewers(request, seat)
    document = seat.register.documents.get(document_id)
    if document is None:
        return absent(request, seat)
    numbers = numbers_of(live_rows(document.rows))
    refusals: list[tuple[int, str]] = []
    ticked: Collection[str] = ()
    try:
        query = work(seat, document)
    except BulkRefused as refused:
        told = [(row_id, review_words(one, numbers, seat.offices, seat.lang)) for row_id, one in refused.refusals]
        refusals = [(numbers.get(row_id, 0), words) for row_id, words in told]
        refusing = {row_id for row_id, _ in told}
        ticked = {row.rpartition(":")[0] for row in request.POST.getlist("row")} - refusing
        problem = review_words(refused, numbers, seat.offices, seat.lang)
    except ReviewRefused as refused:
        problem = review_words(refused, numbers, seat.offices, seat.lang)
    except Refused as refused:
        procedure = seat.register.procedures.get("commitment")
        problem = staff_words(refused, procedure, seat.offices, seat.lang, number=document.head.title, actor=seat.actor)
    else:
        if request.POST.get("back") == "changes":
            return HttpResponseRedirect(f"/desk/documents/{document_id}/changes/?done=undo", status=303)
        anchor = f"#row-{query['row']}" if query.get("row") else ""
        return to_review(document_id, anchor, **query)
    fresh = seat.register.documents.get(document_id)
    page = page_of(
        seat, fresh, filter=Filter.read(request.POST), problem=problem, refusals=tuple(refusals), ticked=ticked
    )
    return _whole_page(request, seat, page, 409)
