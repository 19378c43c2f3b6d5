"""`/desk/open/`: what this post may open, and the form that opens it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from mingze.accounts import staff_required
from mingze.casework import Refused
from mingze.desk.offered_actions import OFFICE_FIELD
from mingze.desk.opening_page import bound_in, open_form, open_line, openable, opening_role
from mingze.desk.refusals import staff_words
from mingze.desk.views.cases import typed_in, uploads_in
from mingze.desk.views.handing_over import hand_over_filed
from mingze.desk.views.seat import Seat, draw, new_key, refused_page, seat_of
from mingze.procedure.model import Procedure
from mingze.store import FieldProblem, Invalid
from mingze.words import local


@staff_required
@require_safe
def openings(request: HttpRequest) -> HttpResponse:
    """The procedures under which this post may open a case."""
    seat = seat_of(request)
    lines = [open_line(procedure, seat.lang) for procedure in _openable(seat)]
    return draw(request, seat, "desk/open.html", lines=lines, section="open")


def _openable(seat: Seat) -> list[Procedure]:
    found = openable(seat.register.procedures, seat.actor, seat.offices)
    return sorted(found, key=lambda one: local(one.title, seat.lang))


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest, name: str) -> HttpResponse:
    """The form of one procedure; sent, the case is open, and the code for the party is shown once."""
    seat = seat_of(request)
    procedure = seat.register.procedures.get(name)
    role = opening_role(procedure, seat.actor, seat.offices) if procedure is not None else ""
    if procedure is None or not role:
        refused = Refused("unknown_procedure", procedure=name)
        return refused_page(request, seat, refused, section="open", back="/desk/open/")
    if request.method != "POST":
        return _draw(request, seat, procedure, new_key(), 200)
    names = [each for each in procedure.opening.takes if procedure.fields[each].type != "record"]
    typed = typed_in(request, procedure, names)
    bound = bound_in(procedure, request.POST.dict())
    shown = {**typed, **{OFFICE_FIELD + each: office for each, office in bound.items()}}
    key = request.POST.get("key", "")
    key = key if len(key) >= 20 else new_key()
    missing = [
        FieldProblem(OFFICE_FIELD + each, "missing") for each, office in bound.items() if office not in seat.offices
    ]
    try:
        if missing:
            raise Invalid(missing)
        filed = seat.register.file(
            name,
            typed,
            uploads_in(request, procedure, names),
            form_key=f"{seat.actor.post}/{key}",
            actor=seat.actor,
            offices={**bound, role: seat.actor.office},
            language=seat.lang,
            channel="desk",
        )
    except Invalid as invalid:
        return _draw(request, seat, procedure, key, 422, typed=shown, problems=invalid.problems)
    except Refused as refused:
        words = staff_words(refused, procedure, seat.offices, seat.lang, actor=seat.actor)
        return _draw(request, seat, procedure, key, 409, typed=shown, refused=words)
    if filed.code:
        return hand_over_filed(request, seat, procedure, filed)
    return HttpResponseRedirect(f"/desk/case/{filed.case_id}/?done={filed.n}", status=303)


def _draw(request: HttpRequest, seat: Seat, procedure: Procedure, key: str, status: int, **more: Any) -> HttpResponse:
    form = open_form(procedure, seat.actor, seat.offices, seat.now.date(), seat.lang, key=key, **more)
    return draw(request, seat, "desk/open_form.html", status, form=form, section="open")
