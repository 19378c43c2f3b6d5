"""The slip a person keeps: code, the clock that runs, the article, and what proves that the matter was received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mingze.casework import duty, explanation, is_late, is_local
from mingze.ledger import encode_commitment
from mingze.portal.case_words import act_words, asks_whether_solved, turn_of
from mingze.portal.citations import cite_words, is_local_rule
from mingze.portal.clock_cards import choices_words
from mingze.portal.clock_strip import Picture, clock_strip
from mingze.portal.own_case import own_case
from mingze.portal.procedure_page import bearer_words
from mingze.portal.views.ledger import log_key
from mingze.portal.visit import Visit, visit
from mingze.store import CaseFile, read_code, show_code
from mingze.words import date_words, local, period_words, say


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


def grouped(text: str, size: int = 4) -> str:
    """A digest in groups, so that two people can read it to each other."""
    return " ".join(text[start : start + size] for start in range(0, len(text), size))


@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """`/case/receipt/`: the slip."""
    here = visit(request)
    own = own_case(here)
    if own is None:
        return HttpResponseRedirect("/case/")
    page = receipt_page(here, own.found, own.held.code, own.held.notice == "repeated", own.party)
    return render(request, "portal/receipt.html", {"page": page, "section": "case"})


def receipt_page(here: Visit, found: CaseFile, code: str, repeated: bool, party: str = "") -> ReceiptPage:
    """The slip of a case for a party: the clock that now runs, what it rests on, and what proves that the matter was received."""
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
        who = bearer_words(procedure, bearer.role, lang, here.instance.offices, state_of.offices, party)
    if bearer is not None and state is not None:
        word = act_words(procedure, state.name, lang)
        acts = turn_of(procedure, (bearer.stage,), bearer.party) if bearer.party else []
        yours = asks_whether_solved(procedure, acts)
        late = not bearer.party and is_late(state, here.now)
        if bearer.party and not yours:
            word = choices_words(procedure, acts, lang) or word
        label = say(f"portal-receipt-due-{'yours' if yours else 'late' if late else 'office'}", lang, act=word)
        if yours:
            who = say("portal-receipt-who-yours", lang)
        else:
            who = say("portal-receipt-who-may" if bearer.party else "portal-receipt-who", lang, office=who, act=word)
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
