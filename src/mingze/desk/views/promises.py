"""A promise's own addresses at the desk: dividing it into parts, and printing codes for those it affects."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST

from mingze import instance
from mingze.accounts import staff_required
from mingze.casework import Refused, offers
from mingze.desk.desk_forms import choose, line, office_choices, read_count, read_day
from mingze.desk.offered_actions import problem_lines
from mingze.desk.refusals import staff_words
from mingze.desk.views.cases import find_case
from mingze.desk.views.seat import Seat, draw, new_key, refused_page, seat_of
from mingze.measures.promised import SPLIT, target_of
from mingze.store import Invalid, show_code
from mingze.store.promises import PartWanted
from mingze.words import date_words, say

ROWS = 6
"""Parts that one form takes."""


def can_divide(seat: Seat, found: Any) -> bool:
    """Whether this post may split a part off now."""
    offered = offers(found.procedure, found.case, seat.actor, seat.now)
    return any(offer.name == SPLIT and offer.allowed for offer in offered)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def parts(request: HttpRequest, case_id: str) -> HttpResponse:
    """`/desk/case/<id>/parts/`: all parts of a promise in one form, opened together or not at all."""
    seat = seat_of(request)
    found = find_case(seat, case_id)
    if found is None or not can_divide(seat, found):
        return refused_page(request, seat, Refused("unknown_case"))
    typed = {name: request.POST.get(name, "")[:1000] for name in request.POST}
    problems: list[str] = []
    if request.method == "POST":
        try:
            wanted = [
                PartWanted(
                    typed.get(f"office-{n}", ""),
                    typed.get(f"title-{n}", ""),
                    typed.get(f"target-{n}", ""),
                    read_day(typed.get(f"due-{n}", "")),
                    typed.get(f"reason-{n}", ""),
                )
                for n in range(1, ROWS + 1)
                if typed.get(f"office-{n}") or typed.get(f"title-{n}", "").strip()
            ]
            seat.register.promises.divide(case_id, wanted, seat.actor, idempotency=typed.get("key", "") or new_key())
            return HttpResponseRedirect(f"/desk/case/{case_id}/#course", status=303)
        except Invalid as invalid:
            problems = problem_lines(found.procedure, invalid.problems, seat.lang, seat.now.date())
        except Refused as refused:
            problems = [
                staff_words(refused, found.procedure, seat.offices, seat.lang, number=found.number, actor=seat.actor)
            ]
    return _draw_parts(request, seat, found, typed, problems)


def _draw_parts(
    request: HttpRequest, seat: Seat, found: Any, typed: dict[str, str], problems: list[str]
) -> HttpResponse:
    lang, target = seat.lang, target_of(found.case)
    unit = target.quantity.unit if target.quantity is not None else str(found.case.facts.get("unit") or "–")
    due = date_words(target.due_on, lang, weekday=False) if target.due_on is not None else "–"
    title = str(found.case.facts.get("title") or "")
    if target.quantity is not None:
        whole = say("parts-whole", lang, title=title, target=str(target.quantity), due=due)
    else:
        whole = say("parts-whole-open", lang, title=title, due=due)
    lead = found.case.offices.get("lead_office", "")
    offices = office_choices(seat.offices, lang, found.case.offices.get("verifying_office", ""))
    rows = [
        (
            say("parts-row", lang, n=n),
            (
                choose(f"office-{n}", "parts-office", offices, typed, lang),
                line(f"title-{n}", "parts-name", typed, lang),
                line(f"target-{n}", "parts-target", typed, lang, required=False, short=True, unit=unit),
                line(f"due-{n}", "parts-due", typed, lang, required=False, kind="date", short=True),
                line(f"reason-{n}", "parts-reason", typed, lang, required=False),
            ),
        )
        for n in range(1, ROWS + 1)
    ]
    status = 422 if problems else 200
    return draw(
        request, seat, "desk/parts.html", status, case_id=found.case.id, number=found.number, whole=whole, rows=rows,
        problems=problems, key=typed.get("key") or new_key(), lead=lead, section="inbox",
    )  # fmt: skip


@staff_required
@require_POST
def codes(request: HttpRequest, case_id: str) -> HttpResponse:
    """`/desk/case/<id>/codes/`: codes to print and hand out, shown on the answer and never again."""
    seat = seat_of(request)
    found = find_case(seat, case_id)
    if found is None:
        return refused_page(request, seat, Refused("unknown_case"))
    key = request.POST.get("key", "") or new_key()
    try:
        made = seat.register.voices.give(
            case_id, read_count(request.POST.get("count", "")), seat.actor, idempotency=key
        )
    except Refused as refused:
        return refused_page(
            request, seat, refused, procedure=found.procedure, number=found.number, status=409,
            back=f"/desk/case/{case_id}/",
        )  # fmt: skip
    return draw(
        request, seat, "desk/codes.html", number=found.number, title=str(found.case.facts.get("title") or ""),
        codes=[show_code(code) for code in made], url=f"{instance.current().base_url}/board/{found.number}/confirm/",
        back=f"/desk/case/{case_id}/", section="inbox",
    )  # fmt: skip
