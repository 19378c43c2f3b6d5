"""The documents' addresses: the list, and a new document or a new version of one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from mingze import instance as instances
from mingze.accounts import staff_required
from mingze.desk.document_intake import Intake, intake_fields, read_intake
from mingze.desk.document_list import document_line
from mingze.desk.refusals import review_words
from mingze.desk.views.review import may_review, not_reviewers
from mingze.desk.views.seat import draw, new_key, seat_of
from mingze.exchange.learned import FILE_NAME, LearnedError, learned_of
from mingze.store import ReviewRefused
from mingze.words import say

LIMIT = 20
"""Documents on one page of the list."""


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
    """Take a document in, from a file or pasted, by itself or as a new version (``?replaces=``) of a published one.

    What cannot be read comes back with everything typed and the reason.
    """
    seat = seat_of(request)
    if not may_review(seat):
        return not_reviewers(request, seat)
    published = seat.register.documents.replaceable()
    if request.method != "POST":
        fields = intake_fields(Intake(replaces=request.GET.get("replaces", "")), {}, seat.lang, published)
        return draw(request, seat, "desk/new_document.html", fields=fields, key=new_key(), section="documents")
    file = request.FILES.get("file")
    intake = Intake(
        file_name=(file.name or "") if file else "",
        data=file.read() if file else None,
        text=request.POST.get("text", ""),
        title=request.POST.get("title", ""),
        year=request.POST.get("year", ""),
        keep_none=request.POST.get("keep") == "1",
        replaces=request.POST.get("replaces", ""),
    )
    key = request.POST.get("key", "") or new_key()
    try:
        taken, problems = read_intake(intake, seat.lang, learned_of(instances.current().dir))
    except LearnedError as error:
        words = say(f"documents-learned-{error.code}", seat.lang, file=FILE_NAME, **error.values)
        taken, problems = None, {"file" if file else "text": words}
    document_id = ""
    if taken is not None:
        try:
            document_id = seat.register.documents.add(
                taken.text, taken.title, taken.year, seat.actor,
                decomposition=taken.decomposition, blocks=taken.blocks, replaces=intake.replaces,
                idempotency=f"{seat.actor.post}/{key}",
            )  # fmt: skip
        except ReviewRefused as refused:
            problems = {"replaces": review_words(refused, {}, seat.offices, seat.lang)}
    if taken is None or problems:
        return draw(
            request, seat, "desk/new_document.html", 422,
            fields=intake_fields(intake, problems, seat.lang, published), key=key, wrong=True,
            files_again=file is not None, offer_keep="none" in problems, section="documents",
        )  # fmt: skip
    count = len(taken.decomposition.commitments)
    return HttpResponseRedirect(f"/desk/documents/{document_id}/?done=new&count={count}", status=303)
