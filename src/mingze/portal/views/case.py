"""A person's own case: the code form, the page, and what they may do."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_POST

from mingze import waiting
from mingze.casework import Refused, offers
from mingze.portal import case_cookie
from mingze.portal.case_page import CasePage, case_page
from mingze.portal.filing_form import Problem
from mingze.portal.linked_cases import linked_lines, new_case
from mingze.portal.own_case import OwnCase, drop_cookie, give_cookie, own_case
from mingze.portal.post_choices import post_choices
from mingze.portal.published_page import published_line
from mingze.portal.visit import Visit, visit
from mingze.store import Invalid, Unavailable, read_code
from mingze.words import refusal_words, say


@dataclass(frozen=True)
class CodePage:
    """What the code form shows."""

    error: str = ""
    typed: str = ""
    left: bool = False
    wait: bool = False


# ---------------------------------------------------------------------------- the code form


@ensure_csrf_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest) -> HttpResponse:
    """`/case/`: with a code, the case; without one, the form that asks for it."""
    here = visit(request)
    if request.method == "POST":
        return _enter(here, request.POST.get("code", ""))
    own = own_case(here)
    if own is None:
        response = _code_form(here, CodePage(left="left" in request.GET))
        if case_cookie.named(case_cookie.NAME, here.instance.base_url) in request.COOKIES:
            drop_cookie(response)
        return response
    response = _show(here, own, notice=own.held.notice)
    if own.held.notice:
        give_cookie(here, response, own.held.code)
    return response


def _enter(here: Visit, typed: str) -> HttpResponse:
    """Look a code up. One that is absent, mistyped, erased or of another authority gets the same answer after the same work."""
    typed = typed[:200]
    if not typed.strip():
        return _code_form(here, CodePage(error=say("portal-code-empty", here.lang)), status=422)
    doors = waiting.doors()
    who = doors.who(here.request)
    if seconds := doors.code.wait(who, doors.ticket(typed)):
        words = say("refused-wait", here.lang, seconds=seconds)
        response = _code_form(here, CodePage(error=words, typed=typed, wait=True), status=429)
        response["Retry-After"] = str(seconds)
        return response
    if here.register.by_code(typed) is None:
        doors.code.count(who)
        return _code_form(here, CodePage(error=say("portal-code-absent", here.lang), typed=typed), status=404)
    response = HttpResponseRedirect("/case/")
    response.status_code = 303
    give_cookie(here, response, read_code(typed))
    return response


def _code_form(here: Visit, page: CodePage, status: int = 200) -> HttpResponse:
    return render(here.request, "portal/code.html", {"page": page, "section": "case"}, status=status)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """`/case/leave/`: this browser forgets the code."""
    response = HttpResponseRedirect("/case/?left")
    response.status_code = 303
    drop_cookie(response)
    return response


# ---------------------------------------------------------------------------- the page and its actions


_NOTICES = {"recorded": ("portal-recorded-word", "portal-recorded")}


def _page(
    here: Visit, own: OwnCase, problems: Sequence[Problem] = (), values: Mapping[str, Any] | None = None
) -> CasePage:
    found = own.found
    texts = here.register.open_slots(found.case.id, None, own.actor, "")
    return case_page(
        found.procedure,
        found.case,
        found.number,
        [stored.event for stored in found.events],
        {place: content for place, content in texts.items() if content is not None},
        here.calendar,
        here.instance.offices,
        here.now,
        here.lang,
        problems=problems,
        values=values,
        leaf_indexes={stored.event.n: stored.leaf_index for stored in found.events},
        party=own.party,
        posts=post_choices(here.instance.offices, found.case.offices.values()),
        office_choices=here.office_choices,
    )


def _show(
    here: Visit,
    own: OwnCase,
    *,
    notice: str = "",
    problems: Sequence[Problem] = (),
    values: Mapping[str, Any] | None = None,
    refused: str = "",
    key: str = "",
    status: int = 200,
) -> HttpResponse:
    page = _page(here, own, problems, values)
    fields = [
        *(page.outcome_form.fields if page.outcome_form else ()),
        *(each for form in page.forms for each in form.fields),
    ]
    told = _NOTICES.get(notice.partition(":")[0])
    context = {
        "page": page,
        "section": "case",
        "notice": tuple(say(word, here.lang) for word in told) if told else None,
        "new_case": new_case(here.register, notice),
        "linked": linked_lines(here.register, own.found, here.lang, own.actor),
        "public": {procedure.name for procedure in here.public_procedures},
        "public_of": _public_of(here, own),
        "refused": refused,
        "wrong_fields": [field for field in fields if field.error],
        "action_key": key or secrets.token_urlsafe(24),
    }
    return render(here.request, "portal/case.html", context, status=status)


def _public_of(here: Visit, own: OwnCase) -> str:
    """What anyone can read of this case now, by its titles; "" where nothing is public."""
    line = published_line(own.found.procedure, own.found.case, own.found.number, here.lang)
    return line.parts if line is not None else ""


@require_POST
def act(request: HttpRequest, action: str) -> HttpResponse:
    """`/case/act/<action>/`: the person does what the procedure allows them now."""
    from mingze.portal.views.filing import entered, uploads

    here = visit(request)
    own = own_case(here)
    if own is None:
        response = HttpResponseRedirect("/case/")
        response.status_code = 303
        return response
    found = own.found
    declared = found.procedure.actions.get(action)
    takes = declared.takes if declared is not None else ()
    values = entered(found.procedure, takes, request)
    key = request.POST.get("key", "")[:100]
    seen = request.POST.get("expected_n", "")
    try:
        acted = here.register.act(
            found.case.id,
            action,
            own.actor,
            values,
            uploads(found.procedure, takes, request),
            idempotency=key if len(key) >= 20 else secrets.token_urlsafe(24),
            expected_n=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 8 else found.case.n,
        )
    except Invalid as error:
        if refused := _not_offered(here, own, action):
            return _show(here, own, refused=refusal_words(refused, here.lang), status=409)
        return _show(here, own, problems=error.problems, values=values, key=key, status=422)
    except Refused as error:
        again = replace(own, found=here.register.case(found.case.id, own.actor) or found)
        return _show(here, again, refused=refusal_words(error, here.lang), values=values, status=409)
    except Unavailable as error:
        response = _show(here, own, refused=refusal_words(error, here.lang), values=values, key=key, status=503)
        response["Retry-After"] = "30"
        return response
    response = HttpResponseRedirect("/case/")
    response.status_code = 303
    opened = acted.opened
    notice = f"linked:{opened.code}" if opened is not None and opened.code else "recorded"
    give_cookie(here, response, own.held.code, notice)
    return response


def _not_offered(here: Visit, own: OwnCase, action: str) -> Refused | None:
    """Why the page has no form for an action: then its fields are nothing to put right."""
    for offer in offers(own.found.procedure, own.found.case, own.actor, here.now):
        if offer.name == action:
            return offer.why
    return Refused("unknown_action", action=action)
