"""A person's own case: the code form, the page, what they may do, the receipt, the proof file, the calendar entry."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mingze.casework import Actor, Refused, duty, explanation, is_late, is_local, offers
from mingze.ledger import SUFFIX, encode_commitment
from mingze.portal import case_cookie
from mingze.portal.calendar_entry import calendar_entry
from mingze.portal.case_cookie import Held
from mingze.portal.case_page import CasePage, case_page
from mingze.portal.case_words import act_words
from mingze.portal.citations import cite_words, is_local_rule
from mingze.portal.clock_strip import Picture, clock_strip
from mingze.portal.filing_form import Problem
from mingze.portal.procedure_page import bearer_words
from mingze.portal.visit import Visit, visit
from mingze.store import CaseFile, Invalid, Unavailable, read_code, show_code
from mingze.words import date_words, local, period_words, refusal_words, say


@dataclass(frozen=True)
class CodePage:
    """What the code form shows."""

    error: str = ""
    typed: str = ""
    left: bool = False


@dataclass(frozen=True)
class ReceiptPage:
    """The slip."""

    authority: str
    demo: bool
    mark: str
    code: str
    number: str
    title: str
    at: datetime
    due: str
    due_weekday: str
    due_label: str
    late: bool
    provisional: bool
    who: str
    picture: Picture | None
    period: str
    cite: str
    local: bool
    url: str
    qr_label: str
    leaf_index: int
    leaf_hash: str
    key: str
    repeated: bool


# ---------------------------------------------------------------------------- the cookie


def give_cookie(here: Visit, response: HttpResponseBase, code: str, notice: str = "") -> None:
    """Remember a code in this browser until it is closed."""
    held = Held(code, int(here.now.timestamp()), notice)
    response.set_cookie(
        case_cookie.NAME,
        case_cookie.seal(here.instance.secret("django.key"), held),
        path=case_cookie.PATH,
        secure=here.instance.base_url.startswith("https://"),
        httponly=True,
        samesite="Lax",
    )


def drop_cookie(response: HttpResponseBase) -> None:
    """Forget the code."""
    response.delete_cookie(case_cookie.NAME, path=case_cookie.PATH, samesite="Lax")
    response.delete_cookie(case_cookie.SENT, path=case_cookie.SENT_PATH, samesite="Lax")


def _held(here: Visit) -> Held | None:
    text = here.request.COOKIES.get(case_cookie.NAME, "")
    return case_cookie.unseal(here.instance.secret("django.key"), text, here.now) if text else None


def _own_case(here: Visit) -> tuple[Held, CaseFile] | None:
    """The case of the code this browser holds; None when it holds none or the code leads nowhere."""
    held = _held(here)
    if held is None:
        return None
    case_id = here.register.by_code(held.code)
    found = here.register.case(case_id) if case_id is not None else None
    return (held, found) if found is not None else None


# ---------------------------------------------------------------------------- the code form


@ensure_csrf_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest) -> HttpResponse:
    """`/case/`: with a code, the case; without one, the form that asks for it."""
    here = visit(request)
    if request.method == "POST":
        return _enter(here, request.POST.get("code", ""))
    own = _own_case(here)
    if own is None:
        response = _code_form(here, CodePage(left="left" in request.GET))
        if case_cookie.NAME in request.COOKIES:
            drop_cookie(response)
        return response
    held, found = own
    response = _show(here, found, notice=held.notice)
    if held.notice:
        give_cookie(here, response, held.code)
    return response


def _enter(here: Visit, typed: str) -> HttpResponse:
    """Look a code up. One that is absent, mistyped, erased or of another authority gets the same answer after the same work."""
    typed = typed[:200]
    if not typed.strip():
        return _code_form(here, CodePage(error=say("portal-code-empty", here.lang)), status=422)
    if here.register.by_code(typed) is None:
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
    here: Visit, found: CaseFile, problems: Sequence[Problem] = (), values: Mapping[str, Any] | None = None
) -> CasePage:
    party = next(iter(found.procedure.parties), "")
    texts = here.register.open_slots(found.case.id, None, Actor("party", party=party), "")
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
    )


def _show(
    here: Visit,
    found: CaseFile,
    *,
    notice: str = "",
    problems: Sequence[Problem] = (),
    values: Mapping[str, Any] | None = None,
    refused: str = "",
    key: str = "",
    status: int = 200,
) -> HttpResponse:
    page = _page(here, found, problems, values)
    fields = [
        *(page.outcome_form.fields if page.outcome_form else ()),
        *(each for form in page.forms for each in form.fields),
    ]
    told = _NOTICES.get(notice)
    context = {
        "page": page,
        "section": "case",
        "notice": tuple(say(word, here.lang) for word in told) if told else None,
        "refused": refused,
        "wrong_fields": [field for field in fields if field.error],
        "action_key": key or secrets.token_urlsafe(24),
    }
    return render(here.request, "portal/case.html", context, status=status)


@require_POST
def act(request: HttpRequest, action: str) -> HttpResponse:
    """`/case/act/<action>/`: the person does what the procedure allows them now."""
    from mingze.portal.views.filing import entered, uploads

    here = visit(request)
    own = _own_case(here)
    if own is None:
        response = HttpResponseRedirect("/case/")
        response.status_code = 303
        return response
    held, found = own
    declared = found.procedure.actions.get(action)
    takes = declared.takes if declared is not None else ()
    values = entered(found.procedure, takes, request)
    key = request.POST.get("key", "")[:100]
    seen = request.POST.get("expected_n", "")
    try:
        here.register.act(
            found.case.id,
            action,
            Actor("party", party=next(iter(found.procedure.parties), "")),
            values,
            uploads(found.procedure, takes, request),
            idempotency=key if len(key) >= 20 else secrets.token_urlsafe(24),
            expected_n=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 8 else found.case.n,
        )
    except Invalid as error:
        if refused := _not_offered(here, found, action):
            return _show(here, found, refused=refusal_words(refused, here.lang), status=409)
        return _show(here, found, problems=error.problems, values=values, key=key, status=422)
    except Refused as error:
        again = here.register.case(found.case.id) or found
        return _show(here, again, refused=refusal_words(error, here.lang), values=values, status=409)
    except Unavailable as error:
        response = _show(here, found, refused=refusal_words(error, here.lang), values=values, key=key, status=503)
        response["Retry-After"] = "30"
        return response
    response = HttpResponseRedirect("/case/")
    response.status_code = 303
    give_cookie(here, response, held.code, "recorded")
    return response


def _not_offered(here: Visit, found: CaseFile, action: str) -> Refused | None:
    """Why the page has no form for an action: then its fields are nothing to put right."""
    actor = Actor("party", party=next(iter(found.procedure.parties), ""))
    for offer in offers(found.procedure, found.case, actor, here.now):
        if offer.name == action:
            return offer.why
    return Refused("unknown_action", action=action)


# ---------------------------------------------------------------------------- the receipt


def grouped(text: str, size: int = 4) -> str:
    """A digest in groups, so that two people can read it to each other."""
    return " ".join(text[start : start + size] for start in range(0, len(text), size))


@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """`/case/receipt/`: the slip."""
    here = visit(request)
    own = _own_case(here)
    if own is None:
        return HttpResponseRedirect("/case/")
    held, found = own
    page = receipt_page(here, found, held.code, held.notice == "repeated")
    return render(request, "portal/receipt.html", {"page": page, "section": "case"})


def receipt_page(here: Visit, found: CaseFile, code: str, repeated: bool) -> ReceiptPage:
    """The slip of a case: the clock that now runs, what it rests on, and what proves that the matter was received."""
    lang, procedure, state_of = here.lang, found.procedure, found.case
    bearer = duty(procedure, state_of)
    state = state_of.clocks.get(bearer.clock) if bearer is not None and bearer.clock else None
    first = found.events[0]
    due, weekday, label, late, picture, period, cite, local_rule, provisional = (
        "",
        "",
        "",
        False,
        None,
        "",
        "",
        False,
        False,
    )
    who = say("portal-receipt-who-closed", lang)
    if bearer is not None:
        who = bearer_words(procedure, bearer.role, lang, here.instance.offices, state_of.offices)
    if bearer is not None and state is not None:
        word = act_words(procedure, state.name, lang)
        yours = bool(bearer.party)
        late = not yours and is_late(state, here.now)
        label = say(f"portal-receipt-due-{'yours' if yours else 'late' if late else 'office'}", lang, act=word)
        who = say("portal-receipt-who-yours", lang) if yours else say("portal-receipt-who", lang, office=who, act=word)
        if state.due_on is not None:
            due = date_words(state.due_on, lang, weekday=False)
            weekday = say(f"portal-weekday-{state.due_on.isoweekday()}", lang)
        shown = explanation(procedure, state, here.calendar, here.today)
        picture = clock_strip(shown, lang, here.today) if shown.rule.unit != "hour" else None
        amount, unit = int(state.rule["amount"]), str(state.rule["unit"])
        period = say("portal-receipt-period-words", lang, period=period_words(amount, unit + "s", lang))
        declared = procedure.clocks[state.name]
        cite = cite_words(procedure, declared.cite, lang)
        local_rule = is_local(procedure, state) or is_local_rule(procedure, declared.cite)
        provisional = state.provisional
    return ReceiptPage(
        authority=local(here.instance.authority.name, lang),
        demo=here.instance.demo,
        mark=here.instance.authority.mark,
        code=read_code(code),
        number=found.number,
        title=local(procedure.title, lang),
        at=first.event.occurred_at,
        due=due,
        due_weekday=weekday,
        due_label=label,
        late=late,
        provisional=provisional,
        who=who,
        picture=picture,
        period=period,
        cite=cite,
        local=local_rule,
        url=f"{here.instance.base_url}/case/#{show_code(read_code(code))}",
        qr_label=say("portal-receipt-qr", lang),
        leaf_index=first.leaf_index,
        leaf_hash=grouped(encode_commitment(first.leaf_hash)),
        key=log_key(here),
        repeated=repeated,
    )


def log_key(here: Visit) -> str:
    """The public key of this authority's ledger, as a line people can compare."""
    return str(here.instance.log_key)


@require_safe
def proof(request: HttpRequest) -> HttpResponse:
    """`/case/receipt.tlog-proof`: what proves the filing offline, as a download."""
    here = visit(request)
    own = _own_case(here)
    if own is None:
        return HttpResponseRedirect("/case/")
    response = HttpResponse(
        here.register.proof(own[1].case.id, own[1].events[0].event.n), content_type="application/octet-stream"
    )
    response["Content-Disposition"] = f'attachment; filename="receipt{SUFFIX}"'
    return response


@require_safe
def clock(request: HttpRequest) -> HttpResponse:
    """`/case/clock.ics`: the last day of the clock that runs, for the person's own calendar."""
    here = visit(request)
    own = _own_case(here)
    if own is None:
        return HttpResponseRedirect("/case/")
    found = own[1]
    bearer = duty(found.procedure, found.case)
    due = bearer.due if bearer is not None else None
    if bearer is None or not due:
        return HttpResponseRedirect("/case/")
    if bearer.party:
        summary = say("portal-ics-summary-yours", here.lang, number=found.number)
    else:
        who = bearer_words(found.procedure, bearer.role, here.lang, here.instance.offices, found.case.offices)
        summary = say(
            "portal-ics-summary",
            here.lang,
            office=who,
            act=act_words(found.procedure, bearer.clock, here.lang),
            number=found.number,
        )
    made = hashlib.sha256(f"{found.case.id}/{bearer.clock}".encode()).hexdigest()[:24]
    host = here.instance.base_url.partition("://")[2].partition(":")[0]
    entry = calendar_entry(
        f"{made}@{host}",
        date.fromisoformat(due[:10]),
        summary,
        f"{here.instance.base_url}/case/",
        here.now,
        bearer.provisional,
    )
    response = HttpResponse(entry, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="clock.ics"'
    return response
