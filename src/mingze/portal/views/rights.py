"""A person's rights in what they gave (个人信息保护法 44-50): the page that names them, and erasing it on the spot."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from mingze.casework import Refused
from mingze.portal.own_case import OwnCase, give_cookie, own_case
from mingze.portal.visit import Visit, visit
from mingze.store import Unavailable
from mingze.words import refusal_words, say

PROCEDURE = "personal-data"
"""The procedure that takes what cannot be done on the spot."""


@dataclass(frozen=True)
class RightsPage:
    """What the page shows: `why_not` says why nothing can be erased now; "" when it can."""

    number: str
    parts: int
    erased: bool
    why_not: str
    asks: bool
    error: str = ""
    refused: str = ""


@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    """`/case/rights/`: see, copy, correct, complete, have explained, erase."""
    here = visit(request)
    own = own_case(here)
    return _to_case() if own is None else _show(here, own)


@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    """`/case/erase/`: what the person gave is erased, once they have ticked that they mean it."""
    here = visit(request)
    own = own_case(here)
    if own is None:
        return _to_case()
    if request.POST.get("sure") != "yes":
        return _show(here, own, error=say("portal-rights-sure-missing", here.lang), status=422)
    try:
        here.register.erasing.erase(own.found.case.id, own.party, own.actor)
    except Refused as error:
        return _show(here, own, refused=refusal_words(error, here.lang), status=409)
    except Unavailable as error:
        response = _show(here, own, refused=refusal_words(error, here.lang), status=503)
        response["Retry-After"] = "30"
        return response
    response = _to_case()
    give_cookie(here, response, own.held.code, "recorded")
    return response


def _show(here: Visit, own: OwnCase, *, error: str = "", refused: str = "", status: int = 200) -> HttpResponse:
    case, erasing = own.found.case, here.register.erasing
    running = case.open or bool(erasing.undecided(case.id))
    stopped = own.party in case.stopped
    why = "undecided" if running else "kept_by_law" if stopped else ""
    page = RightsPage(
        own.found.number,
        len(erasing.parts(case.id, own.party)),
        own.party in case.erased,
        refusal_words(Refused(why), here.lang) if why else "",
        PROCEDURE in {procedure.name for procedure in here.public_procedures},
        error,
        refused,
    )
    return render(here.request, "portal/rights.html", {"page": page, "section": "case"}, status=status)


def _to_case() -> HttpResponse:
    response = HttpResponseRedirect("/case/")
    response.status_code = 303
    return response
