"""The documents' addresses: the list, a new document, the review of one, each step of it, and publishing.

Every step is a plain form POST answered with a redirect. A request that carries ``X-Desk: fragment`` (the keyboard's
script) gets only the parts of the page that changed; the step taken is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mingze.accounts import rights, staff_required
from mingze.casework import Refused
from mingze.desk.document_intake import Intake, intake_fields, read_intake
from mingze.desk.refusals import review_words, staff_words
from mingze.desk.review_page import LIVE, ReviewPage, document_line, live_rows, next_pending, numbers_of, review_page
from mingze.desk.views.seat import Seat, draw, new_key, refused_page, seat_of
from mingze.documents import EditError, read_span, split_points
from mingze.store import ReviewRefused
from mingze.words import has, say

LIMIT = 20
"""Documents on one page of the list."""

FIELDS = ("title", "lead_office", "indicator", "deadline_on", "deadline_words", "evidence_rule")
"""What a reviewer's form says of a row, besides the supporting offices and the words themselves."""


def may_review(seat: Seat) -> bool:
    """Documents are reviewed by the office that watches promises (督查)."""
    return rights.may_review(seat.actor, seat.offices)


@staff_required
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """The documents with their state and how far each review is."""
    seat = seat_of(request)
    after = request.GET.get("after") or None
    page = seat.register.documents.list(after, LIMIT)
    counts = seat.register.documents.counts([head.document_id for head in page.rows])
    lines = [document_line(head, counts.get(head.document_id, {}), seat.offices, seat.lang) for head in page.rows]
    return draw(
        request, seat, "desk/documents.html",
        lines=lines, next=page.next, first=after is None, may_review=may_review(seat), section="documents",
    )  # fmt: skip


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Take a document in, from a file or pasted. What cannot be read comes back with everything typed and the
    reason."""
    seat = seat_of(request)
    if not may_review(seat):
        return _not_reviewers(request, seat)
    if request.method != "POST":
        fields = intake_fields(Intake(), {}, seat.lang)
        return draw(request, seat, "desk/new_document.html", fields=fields, key=new_key(), section="documents")
    file = request.FILES.get("file")
    intake = Intake(
        file_name=(file.name or "") if file else "",
        data=file.read() if file else None,
        text=request.POST.get("text", ""),
        title=request.POST.get("title", ""),
        year=request.POST.get("year", ""),
        keep_none=request.POST.get("keep") == "1",
    )
    key = request.POST.get("key", "") or new_key()
    taken, problems = read_intake(intake, seat.lang)
    if taken is None:
        return draw(
            request, seat, "desk/new_document.html", 422,
            fields=intake_fields(intake, problems, seat.lang), key=key, wrong=True, files_again=file is not None,
            offer_keep="none" in problems, section="documents",
        )  # fmt: skip
    document_id = seat.register.documents.add(
        taken.text,
        taken.title,
        taken.year,
        seat.actor,
        decomposition=taken.decomposition,
        blocks=taken.blocks,
        idempotency=f"{seat.actor.post}/{key}",
    )
    return _to(document_id, done="new", count=len(taken.decomposition.commitments))


def _to(document_id: str, anchor: str = "", **query: Any) -> HttpResponse:
    told = urlencode({name: value for name, value in query.items() if value not in ("", None, "all")})
    return HttpResponseRedirect(f"/desk/documents/{document_id}/{'?' + told if told else ''}{anchor}", status=303)


def _not_reviewers(request: HttpRequest, seat: Seat) -> HttpResponse:
    message = say("desk-review-readonly", seat.lang)
    return draw(request, seat, "desk/refused.html", 403, message=message, section="documents", back="/desk/documents/")


def _absent(request: HttpRequest, seat: Seat) -> HttpResponse:
    return refused_page(request, seat, ReviewRefused("unknown_document"), section="documents", back="/desk/documents/")


def _page(seat: Seat, document: Any, **more: Any) -> ReviewPage:
    return review_page(
        document, seat.offices, split_points, seat.now.date(), seat.lang, may_review=may_review(seat), **more
    )


@staff_required
@require_safe
def review(request: HttpRequest, document_id: str) -> HttpResponse:
    """The document on the left, its rows on the right; ``?row=`` opens one, ``?view=`` shows some."""
    seat = seat_of(request)
    document = seat.register.documents.get(document_id)
    if document is None:
        return _absent(request, seat)
    saved = _done_words(request, document, seat.lang)
    page = _page(seat, document, focus=request.GET.get("row", ""), view=_view(request.GET.get("view", "")), saved=saved)
    return draw(request, seat, "desk/review.html", page=page, section="documents")


def _view(asked: str) -> str:
    return asked if asked in ("pending", "without_lead", "accepted", "rejected") else "all"


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
        return _absent(request, seat)
    closing = request.GET.get("from", "")
    page = _page(seat, document, focus=row_id, view="all")
    return _changed(request, seat, page, {row_id, closing} - {""}, whole=False)


def _changed(
    request: HttpRequest, seat: Seat, page: ReviewPage, row_ids: set[str], *, whole: bool, status: int = 200
) -> HttpResponse:
    """The rows named, the sentences their words stand in, and (if `whole`) the strip, the counts and the publishing
    panel."""
    rows = [line for line in page.rows if line.row_id in row_ids]
    positions = {position for line in rows for position in line.sentences}
    sentences = [line for line in page.sentences if line.position in positions]
    return draw(
        request, seat, "desk/parts/changed.html", status, page=page, rows=rows, sentences=sentences, whole=whole
    )


@dataclass(frozen=True)
class Step:
    """What a reviewer asks for: the row as they saw it and what they typed."""

    documents: Any
    document: Any
    row: Any
    seat: Seat
    n: int
    typed: Mapping[str, Any]

    @property
    def place(self) -> tuple[str, str]:
        """Document and row, as the register takes them."""
        return self.document.head.document_id, self.row.row_id


def _saved(step: Step) -> int:
    """Save what was changed in the form; returns the row's number of changes after it."""
    n, told = step.n, step.row.row
    words = step.typed.get("words")
    if isinstance(words, str) and words.strip() != step.document.text[step.row.start : step.row.end].strip():
        start, end = place_of(step.document.text, words.strip(), step.row.start)
        n = step.documents.move(*step.place, start, end, step.seat.actor, expected_n=n).n
    changes = {
        name: step.typed[name] for name in FIELDS if name in step.typed and step.typed[name] != (told.get(name) or "")
    }
    if "supporting_offices" in step.typed and list(step.typed["supporting_offices"]) != list(
        told.get("supporting_offices") or ()
    ):
        changes["supporting_offices"] = step.typed["supporting_offices"]
    if changes:
        n = step.documents.edit_row(*step.place, changes, step.seat.actor, expected_n=n).n
    return n


def place_of(text: str, words: str, near: int) -> tuple[int, int]:
    """Where words stand in a text, nearest to an offset. Raises ReviewRefused `not_in_text`."""
    found: list[int] = []
    at = text.find(words) if words else -1
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    if not found:
        raise ReviewRefused("not_in_text")
    start = min(found, key=lambda place: abs(place - near))
    return start, start + len(words)


def _edit(step: Step) -> str:
    _saved(step)
    return step.row.row_id


def _accept(step: Step) -> str:
    if step.row.state == "excluded" or step.row.excluded_topic:
        raise ReviewRefused("excluded_never", row=step.row.row_id)
    n = _saved(step)
    step.documents.accept(*step.place, step.seat.actor, expected_n=n)
    return next_pending(live_rows(step.documents.get(step.place[0]).rows), step.row.row_id)


def _reject(step: Step) -> str:
    step.documents.reject(*step.place, step.seat.actor, expected_n=step.n, reason=step.typed.get("reason", ""))
    return next_pending(live_rows(step.documents.get(step.place[0]).rows), step.row.row_id)


def _exclude(step: Step) -> str:
    step.documents.exclude(*step.place, step.seat.actor, expected_n=step.n, reason=step.typed.get("reason", ""))
    return next_pending(live_rows(step.documents.get(step.place[0]).rows), step.row.row_id)


def _annotate(step: Step) -> str:
    step.documents.annotate(*step.place, step.typed.get("note", ""), step.seat.actor, expected_n=step.n)
    return step.row.row_id


def _split(step: Step) -> str:
    at = str(step.typed.get("at", ""))
    cuts = [int(at)] if at.isdigit() else []
    made = step.documents.split(*step.place, cuts, step.seat.actor, expected_n=step.n)
    return made[0].row_id


def _merge(step: Step) -> str:
    other, _, n = str(step.typed.get("with", "")).rpartition(":")
    rows = live_rows(step.document.rows)
    order = [one.row_id for one in rows]
    here = order.index(step.row.row_id)
    if not other or here + 1 >= len(order) or order[here + 1] != other or rows[here + 1].excluded_topic:
        raise ReviewRefused("not_adjacent", row=step.row.row_id)
    expected = {step.row.row_id: step.n, other: int(n) if n.isdigit() else -1}
    return step.documents.merge(step.place[0], [step.row.row_id, other], step.seat.actor, expected_n=expected).row_id


VERBS: Mapping[str, Callable[[Step], str]] = {
    "accept": _accept,
    "reject": _reject,
    "edit": _edit,
    "split": _split,
    "merge": _merge,
    "exclude": _exclude,
    "annotate": _annotate,
}
"""Every step a reviewer may take on a row; each returns the row that stands open afterwards."""


@staff_required
@require_POST
def step(request: HttpRequest, document_id: str, row_id: str, verb: str) -> HttpResponse:
    """Take one step on one row. What is refused comes back with everything typed and who came first."""
    seat = seat_of(request)
    if not may_review(seat):
        return _not_reviewers(request, seat)
    store = seat.register.documents
    document = store.get(document_id)
    if document is None:
        return _absent(request, seat)
    fragment = request.headers.get("X-Desk") == "fragment"
    view = _view(request.POST.get("view", ""))
    found = next((one for one in document.rows if one.row_id == row_id and one.state in LIVE), None)
    typed = _typed(request)
    numbers = numbers_of(live_rows(document.rows))
    try:
        if found is None or verb not in VERBS:
            raise ReviewRefused("unknown_row", row=row_id)
        n = int(request.POST["n"]) if request.POST.get("n", "").isdigit() else -1
        focus = VERBS[verb](Step(store, document, found, seat, n, typed))
    except ReviewRefused as refused:
        document = store.get(document_id) or document
        problem = review_words(refused, numbers, seat.offices, seat.lang)
        page = _page(seat, document, focus=row_id, view=view, problem=problem, typed=typed)
        if fragment:
            return _changed(request, seat, page, {row_id}, whole=True, status=409)
        return draw(request, seat, "desk/review.html", 409, page=page, section="documents")
    if not fragment:
        anchor = f"#row-{focus}" if focus else "#publish-panel"
        return _to(document_id, anchor, row=focus, done=verb, of=row_id, view=view)
    document = store.get(document_id)
    saved = say(f"desk-done-{verb}", seat.lang, row=numbers.get(row_id, ""), count=1)
    stays = request.headers.get("X-Desk-Open", "")
    elsewhere = bool(stays) and stays != row_id
    page = _page(seat, document, focus=stays if elsewhere else focus, view="all", saved=saved)
    return _changed(request, seat, page, {row_id} if elsewhere else {row_id, focus} - {""}, whole=True)


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What the form sent; line ends are those of the text."""
    typed: dict[str, Any] = {
        name: request.POST[name].replace("\r\n", "\n")
        for name in (*FIELDS, "words", "reason", "note", "at", "with")
        if name in request.POST
    }
    if "title" in request.POST:
        typed["supporting_offices"] = request.POST.getlist("supporting_offices")
    return typed


@staff_required
@require_POST
def undo(request: HttpRequest, document_id: str) -> HttpResponse:
    """Take back the last step of anybody, if it is still the one this reviewer saw."""

    def work(seat: Seat, document: Any) -> dict[str, Any]:
        seen = request.POST.get("step", "")
        undone = seat.register.documents.undo(document_id, seat.actor, int(seen) if seen.isdigit() else None)
        return {"row": undone.row_id, "done": "undo"}

    return _whole(request, document_id, work)


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

    return _whole(request, document_id, work)


@staff_required
@require_POST
def publish(request: HttpRequest, document_id: str) -> HttpResponse:
    """One case for each accepted row, all or none; publishing again answers with the same cases."""

    def work(seat: Seat, document: Any) -> dict[str, Any]:
        filed = seat.register.documents.publish(document_id, seat.actor)
        return {"done": "publish", "count": len(filed)}

    return _whole(request, document_id, work)


def _whole(request: HttpRequest, document_id: str, work: Callable[[Seat, Any], dict[str, Any]]) -> HttpResponse:
    """A step on the document as a whole: done and led back, or refused on its page."""
    seat = seat_of(request)
    if not may_review(seat):
        return _not_reviewers(request, seat)
    document = seat.register.documents.get(document_id)
    if document is None:
        return _absent(request, seat)
    try:
        query = work(seat, document)
    except ReviewRefused as refused:
        numbers = numbers_of(live_rows(document.rows))
        problem = review_words(refused, numbers, seat.offices, seat.lang)
    except Refused as refused:
        procedure = seat.register.procedures.get("commitment")
        problem = staff_words(refused, procedure, seat.offices, seat.lang, number=document.head.title, actor=seat.actor)
    else:
        anchor = f"#row-{query['row']}" if query.get("row") else ""
        return _to(document_id, anchor, **query)
    page = _page(seat, seat.register.documents.get(document_id), problem=problem)
    return draw(request, seat, "desk/review.html", 409, page=page, section="documents")
