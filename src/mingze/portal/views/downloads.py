"""What a person takes away of their case: the receipt's proof, the whole case as one file, the verifier, their files, a calendar entry."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from importlib.resources import files
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mingze.casework import Refused, duty
from mingze.exchange import calendars
from mingze.jobs.bundle import NotYetSigned, bundle_of
from mingze.ledger import SUFFIX
from mingze.ledger.bundle import SUFFIX as BUNDLE_SUFFIX
from mingze.ledger.bundle import format_bundle
from mingze.portal.case_words import act_words, asks_whether_solved, turn_of
from mingze.portal.clock_cards import choices_words
from mingze.portal.own_case import own_case
from mingze.portal.procedure_page import bearer_words
from mingze.portal.visit import visit
from mingze.words import refusal_words, say


def attachment(data: bytes, name: str, media_type: str) -> HttpResponse:
    """Bytes as a download that no browser shows or runs."""
    response = HttpResponse(data, content_type=media_type)
    plain = name if re.fullmatch(r"[\w.-]{1,64}", name, re.ASCII) else "file"
    response["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return response


@require_safe
def bundle(request: HttpRequest) -> HttpResponse:
    """`/case/bundle`: every record of the case with its proof, and the parts this person may read, as one file."""
    here = visit(request)
    own = own_case(here)
    if own is None:
        return HttpResponseRedirect("/case/")
    if own.found.events[-1].leaf_index >= here.register.signed_size():
        here.register.publish()
    try:
        made = format_bundle(bundle_of(here.register, own.found.case.id, here.now, party=own.party))
    except NotYetSigned:
        message = say("portal-bundle-wait", here.lang)
        response = render(request, "portal/not_now.html", {"message": message, "section": "case"}, status=503)
        response["Retry-After"] = "2"
        return response
    return attachment(made, f"case{BUNDLE_SUFFIX}", "application/json")


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """`/case/verifier.html`: one page that checks a receipt or a case file without a network, to keep."""
    page = files("mingze.ledger").joinpath("verifier.html").read_bytes()
    return attachment(page, "mingze-verifier.html", "text/html; charset=utf-8")


@require_safe
def file(request: HttpRequest, n: int, slot: str) -> HttpResponse:
    """`/case/file/<n>/<slot>/`: a file this person handed in or was answered with."""
    here = visit(request)
    own = own_case(here)
    if own is None:
        return HttpResponseRedirect("/case/")
    try:
        opened = here.register.open_file(own.found.case.id, n, slot, own.actor)
    except Refused as refused:
        message = refusal_words(refused, here.lang)
        return render(request, "portal/not_now.html", {"message": message, "section": "case"}, status=404)
    return attachment(opened.data, opened.name, "application/octet-stream")


@require_safe
def proof(request: HttpRequest) -> HttpResponse:
    """`/case/receipt.tlog-proof`: what proves the filing offline, as a download."""
    here = visit(request)
    own = own_case(here)
    if own is None:
        return HttpResponseRedirect("/case/")
    made = here.register.proof(own.found.case.id, own.found.events[0].event.n)
    return attachment(made, f"receipt{SUFFIX}", "application/octet-stream")


@require_safe
def clock(request: HttpRequest) -> HttpResponse:
    """`/case/clock.ics`: the last day of the clock that runs, for the person's own calendar."""
    here = visit(request)
    own = own_case(here)
    if own is None:
        return HttpResponseRedirect("/case/")
    found = own.found
    bearer = duty(found.procedure, found.case)
    due = bearer.due if bearer is not None else None
    if bearer is None or not due:
        return HttpResponseRedirect("/case/")
    acts = turn_of(found.procedure, (bearer.stage,), bearer.party) if bearer.party else []
    if asks_whether_solved(found.procedure, acts):
        summary = say("portal-ics-summary-yours", here.lang, number=found.number)
    elif bearer.party:
        summary = say(
            "portal-ics-summary-may", here.lang,
            office=bearer_words(found.procedure, bearer.role, here.lang, viewer=own.party),
            act=choices_words(found.procedure, acts, here.lang) or act_words(found.procedure, bearer.clock, here.lang),
            number=found.number,
        )  # fmt: skip
    else:
        who = bearer_words(
            found.procedure, bearer.role, here.lang, here.instance.offices, found.case.offices, own.party
        )
        summary = say(
            "portal-ics-summary",
            here.lang,
            office=who,
            act=act_words(found.procedure, bearer.clock, here.lang),
            number=found.number,
        )
    made = hashlib.sha256(f"{found.case.id}/{bearer.clock}".encode()).hexdigest()[:24]
    host = here.instance.base_url.partition("://")[2].partition(":")[0]
    entry = calendars.Entry(
        f"{made}@{host}", date.fromisoformat(due[:10]), summary, f"{here.instance.base_url}/case/", bearer.provisional
    )
    return attachment(calendars.calendar_of([entry], here.now), "clock.ics", calendars.MEDIA_TYPE)
