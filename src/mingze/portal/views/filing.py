"""Filing a matter: the form of one procedure, and the receipt that answers it."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods

from mingze import waiting
from mingze.accounts.staffing import cannot_open
from mingze.casework import Refused
from mingze.portal import case_cookie
from mingze.portal.clock_cards import ClockCard, clock_card
from mingze.portal.filing_form import BoundField, Problem, bind
from mingze.portal.own_case import give_cookie
from mingze.portal.procedure_page import SeenRow, Step, promise_words, steps, visibility
from mingze.portal.views.rights import PROCEDURE as PERSONAL_DATA
from mingze.portal.visit import Visit, visit
from mingze.procedure.model import Procedure
from mingze.store import FieldProblem, Invalid, Unavailable, Upload
from mingze.words import local, refusal_words, say

_LONGEST_KEY = 100


@dataclass(frozen=True)
class FilingPage:
    """What the form's page shows."""

    name: str
    title: str
    about: str
    promise: str
    form_key: str
    fields: list[BoundField]
    stray: tuple[str, ...]
    refused: str
    files_again: bool
    wrong: bool
    steps: list[Step]
    clocks: list[ClockCard]
    visibility: list[SeenRow]
    closed: bool = False
    rights: bool = False


@ensure_csrf_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, name: str) -> HttpResponse:
    """`/file/<procedure>/`: the form; sent, the case is opened and the receipt shown."""
    here = visit(request)
    procedure = here.procedures.get(name)
    if procedure is None or not procedure.public:
        raise Http404
    if request.method != "POST":
        return _show(here, procedure, secrets.token_urlsafe(24), {})
    if request.POST.get("step") == "start":
        return _show(here, procedure, secrets.token_urlsafe(24), started_with(procedure, request.POST.get("what", "")))
    values = entered(procedure, procedure.opening.takes, request)
    files = uploads(procedure, procedure.opening.takes, request)
    form_key = request.POST.get("form_key", "")[:_LONGEST_KEY]
    if len(form_key) < 20:  # a form without its key could be filed twice: it gets one and is sent again
        return _show(
            here, procedure, secrets.token_urlsafe(24), values, refused=say("portal-no-form-key", here.lang), status=400
        )
    digest = content_digest(name, values, files)
    form_key = _sent_before(here, digest) or form_key
    doors = waiting.doors()
    who = doors.who(request)
    if seconds := doors.filing.wait(who, doors.ticket(form_key)):
        words = say("refused-wait", here.lang, seconds=seconds)
        response = _show(here, procedure, form_key, values, refused=words, files=bool(files), status=429)
        response["Retry-After"] = str(seconds)
        return response
    try:
        filed = here.register.file(name, values, files, form_key=form_key, language=here.lang)
    except Invalid as error:
        return _show(here, procedure, form_key, values, error.problems, files=bool(files), status=422)
    except Refused as error:
        return _show(
            here, procedure, form_key, values, refused=refusal_words(error, here.lang), files=bool(files), status=409
        )
    except Unavailable as error:
        response = _show(
            here, procedure, form_key, values, refused=refusal_words(error, here.lang), files=bool(files), status=503
        )
        response["Retry-After"] = "30"
        return response
    doors.filing.count(who)
    response = HttpResponseRedirect("/case/receipt/")
    response.status_code = 303
    give_cookie(here, response, filed.code, "repeated" if filed.repeated else "filed")
    _remember_sent(here, response, digest, form_key)
    return response


def content_digest(name: str, values: Mapping[str, Any], files: Sequence[Upload]) -> str:
    """What was sent, as a digest: equal for equal words and files under one procedure, whichever form they came from."""
    told = [
        name,
        sorted(values.items()),
        [[each.field, each.name, hashlib.sha256(each.data).hexdigest()] for each in files],
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _sent_before(here: Visit, digest: str) -> str:
    """The key of the form with which this browser sent just this before; "" if it did not."""
    secret = here.instance.secret("django.key")
    held = case_cookie.unseal(
        secret, here.request.COOKIES.get(case_cookie.named(case_cookie.SENT, here.instance.base_url), ""), here.now
    )
    return held.notice if held is not None and held.code == digest else ""


def _remember_sent(here: Visit, response: HttpResponse, digest: str, form_key: str) -> None:
    held = case_cookie.Held(digest, int(here.now.timestamp()), form_key)
    response.set_cookie(
        case_cookie.named(case_cookie.SENT, here.instance.base_url),
        case_cookie.seal(here.instance.secret("django.key"), held),
        path=case_cookie.SENT_PATH,
        secure=here.instance.base_url.startswith("https://"),
        httponly=True,
        samesite="Lax",
    )


def started_with(procedure: Procedure, words: str) -> dict[str, Any]:
    """What was written on the start page, put into the procedure's first field for a narrative."""
    for name in procedure.opening.takes:
        field = procedure.fields[name]
        if field.type == "text" and field.seals == "narrative":
            return {name: words}
    return {}


def entered(procedure: Procedure, names: Sequence[str], request: HttpRequest) -> dict[str, Any]:
    """What was typed, by field; only fields the action takes are read."""
    out: dict[str, Any] = {}
    for name in names:
        kind = procedure.fields[name].type
        if kind == "files":
            continue
        if name in request.POST:
            out[name] = request.POST.getlist(name) if kind == "offices" else request.POST.get(name, "")
    return out


def uploads(procedure: Procedure, names: Sequence[str], request: HttpRequest) -> list[Upload]:
    """The files that were chosen, by field."""
    return [
        Upload(name, file.name or "file", file.content_type or "application/octet-stream", file.read())
        for name in names
        if procedure.fields[name].type == "files"
        for file in request.FILES.getlist(name)
    ]


def _show(
    here: Visit,
    procedure: Procedure,
    form_key: str,
    values: Mapping[str, Any],
    problems: Sequence[Problem] = (),
    *,
    refused: str = "",
    files: bool = False,
    status: int = 200,
) -> HttpResponse:
    lang, today, calendar, takes = here.lang, here.today, here.calendar, procedure.opening.takes
    running = [name for name, clock in procedure.clocks.items() if clock.borne_by == "office" and clock.kind != "due"]
    closed = cannot_open(procedure, here.instance.offices) is not None  # told before anybody types, not after
    if closed:
        refused = say("refused-no_office_yet", lang)
    page = FilingPage(
        name=procedure.name,
        title=local(procedure.title, lang),
        about=local(procedure.about, lang),
        promise=promise_words(procedure, today, calendar, lang),
        form_key=form_key,
        fields=bind(procedure, takes, lang, values, problems, here.office_choices, today=today),
        stray=tuple(
            say("portal-problem-unknown_field", lang, label=problem.field)
            for problem in problems
            if isinstance(problem, FieldProblem) and problem.field not in takes
        ),
        refused=refused,
        files_again=files,
        wrong=bool(problems) or bool(refused),
        steps=steps(procedure, today, calendar, lang, here.instance.offices),
        clocks=[clock_card(procedure, name, today, calendar, lang) for name in running],
        visibility=visibility(procedure, takes, lang),
        closed=closed,
        rights=PERSONAL_DATA in here.register.procedures,
    )
    return render(here.request, "portal/file.html", {"page": page, "section": "home"}, status=status)
