"""Asking to open what needs somebody else's word, the list of what waits for one's own, and deferring to show it.

Whoever is asked sees the request and nothing of the case. Both ends show once more that it is they (`fresh`).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mingze.accounts import fresh, staff_required
from mingze.casework import Refused
from mingze.desk.asking import ASKED_FOR, Asked, request_line
from mingze.desk.refusals import staff_words
from mingze.desk.views.cases import draw_case, find_case
from mingze.desk.views.seat import Seat, draw, new_key, refused_page, seat_of
from mingze.words import say

KINDS = ("narrative", "decision", "attachment", "note")
"""The kinds asked for together; who it is is asked for alone."""


@staff_required
@fresh
@require_POST
def ask(request: HttpRequest, case_id: str) -> HttpResponse:
    """Ask to open who it is, or other parts in a smallest circle; what is missing comes back with all that was typed."""
    seat = seat_of(request)
    found = find_case(seat, case_id) if seat.register.may(seat.actor, "ask", case_id) else None
    if found is None:
        return refused_page(request, seat, Refused("unknown_case"))
    form = request.POST
    name = "identity" if form.get("name") == "identity" else "circle"
    parts = ["identity"] if name == "identity" else [part for part in form.getlist("part") if part in KINDS]
    typed = {key: form.get(key, "")[:2000] for key in ("purpose", "stage", "reason")} | {"name": name, "parts": parts}
    if typed["purpose"] not in ASKED_FOR or not parts or not str(typed["reason"]).strip():
        problem = Asked(say("desk-ask-problem", seat.lang), typed)
        return draw_case(request, seat, found, 422, asked=problem)
    try:
        n = seat.register.unsealing.ask(
            case_id, seat.actor, parts, purpose=str(typed["purpose"]), stage=str(typed["stage"]),
            reason=str(typed["reason"]), account=_account(request), idempotency=form.get("key", "") or new_key(),
        )  # fmt: skip
    except Refused as refused:
        found = find_case(seat, case_id) or found
        words = staff_words(refused, found.procedure, seat.offices, seat.lang, number=found.number, actor=seat.actor)
        return draw_case(request, seat, found, 409, asked=Asked(words, typed))
    return HttpResponseRedirect(f"/desk/case/{case_id}/?done={n}#ask-{name}", status=303)


@staff_required
@require_safe
def approvals(request: HttpRequest) -> HttpResponse:
    """What waits for this post's word."""
    seat = seat_of(request)
    lines = [request_line(one, seat.offices, seat.lang) for one in seat.register.unsealing.waiting(seat.actor)]
    done = request.GET.get("done", "")
    saved = say(f"desk-approval-done-{done}", seat.lang) if done in ("approved", "refused") else ""
    return draw(request, seat, "desk/approvals.html", lines=lines, saved=saved, section="approvals")


@staff_required
@fresh
@require_http_methods(["GET", "HEAD", "POST"])
def approval(request: HttpRequest, case_id: str, n: int) -> HttpResponse:
    """One request, and the word on it."""
    seat = seat_of(request)
    waiting = seat.register.unsealing.request(case_id, n, seat.actor)
    if waiting is None:
        return refused_page(request, seat, Refused("unknown_case"), section="approvals", back="/desk/approvals/")
    if request.method != "POST":
        return _draw(request, seat, waiting)
    approve, reason = request.POST.get("say") == "approve", request.POST.get("reason", "")[:2000]
    key = request.POST.get("key", "") or new_key()
    try:
        seat.register.unsealing.answer(
            case_id, n, seat.actor, approve, reason=reason, account=_account(request), idempotency=key
        )
    except Refused as refused:
        words = staff_words(
            refused, waiting.procedure, seat.offices, seat.lang, number=waiting.number, actor=seat.actor
        )
        return _draw(request, seat, waiting, 409, problem=words, reason=reason, key=key)
    return HttpResponseRedirect(f"/desk/approvals/?done={'approved' if approve else 'refused'}", status=303)


def _draw(request: HttpRequest, seat: Seat, waiting: Any, status: int = 200, **more: Any) -> HttpResponse:
    line = request_line(waiting, seat.offices, seat.lang)
    return draw(
        request, seat, "desk/approval.html", status, line=line, section="approvals", **{"key": new_key(), **more}
    )


@staff_required
@fresh
@require_POST
def defer(request: HttpRequest, case_id: str) -> HttpResponse:
    """Let showing the person who reads their case wait, on a basis of the procedure and up to a day."""
    seat = seat_of(request)
    found = find_case(seat, case_id) if seat.register.may(seat.actor, "defer", case_id) else None
    if found is None:
        return refused_page(request, seat, Refused("unknown_case"))
    typed = {key: request.POST.get(key, "")[:2000] for key in ("basis", "until", "reason")}
    try:
        until = date.fromisoformat(typed["until"])
    except ValueError:
        until = None
    if until is None or not typed["reason"].strip():
        return draw_case(request, seat, found, 422, deferred=Asked(say("desk-defer-problem", seat.lang), typed))
    try:
        n = seat.register.unsealing.defer(
            case_id, seat.actor, typed["basis"], until, reason=typed["reason"],
            idempotency=request.POST.get("key", "") or new_key(),
        )  # fmt: skip
    except Refused as refused:
        words = staff_words(refused, found.procedure, seat.offices, seat.lang, number=found.number, actor=seat.actor)
        return draw_case(request, seat, found, 409, deferred=Asked(words, typed))
    return HttpResponseRedirect(f"/desk/case/{case_id}/?done={n}", status=303)


def _account(request: HttpRequest) -> str:
    """Whoever holds the post now; only a keyed digest of it, another in each case, is kept."""
    return str(request.user.pk or "")
