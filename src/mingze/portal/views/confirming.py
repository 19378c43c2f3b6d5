"""`/board/<number>/confirm/`: whether it was done, as those affected see it, or anybody as far as they can see.

A choice, and a code for who has one: no name, no text, nothing that leads back to anybody. Who tries codes often waits a
little longer each time.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from mingze.casework import Refused
from mingze.measures.voices import SAYS
from mingze.portal.case_words import office_words
from mingze.portal.views.board import public_case
from mingze.portal.visit import visit
from mingze.terms import local_day
from mingze.waiting import doors
from mingze.words import date_words, refusal_words, say


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """The form, and one voice."""
    here = visit(request)
    found = public_case(here, number)
    case, voices = found.case, here.register.voices
    if case.procedure != "commitment":
        raise Http404
    said, code = request.POST.get("says", ""), request.POST.get("code", "")[:64]
    context: dict[str, Any] = {
        "number": found.number,
        "title": str(case.facts.get("title") or found.number),
        "early": not voices.can_speak(case),
        "done": request.GET.get("done") == "1",
        "choices": [(name, say(f"confirm-{name}", here.lang)) for name in SAYS],
        "said": said,
        "typed": code if request.method == "POST" else "",
        "section": "board",
        "problem": "",
        "wait": 0,
    }
    if case.done_at:
        at = local_day(datetime.fromisoformat(case.done_at))
        context["lead"] = say(
            "confirm-lead", here.lang, day=date_words(at, here.lang, weekday=False),
            office=office_words(here.instance.offices, case.offices.get("lead_office", ""), here.lang),
        )  # fmt: skip
    status = 200
    if request.method == "POST":
        guard = doors()
        door, who = (guard.code if code.strip() else guard.filing), guard.who(request)
        context["wait"] = door.wait(who, guard.ticket(number, said, code))
        if context["wait"]:
            context["problem"], status = say("refused-wait", here.lang, seconds=context["wait"]), 429
        else:
            try:
                if code.strip():
                    _by_code(voices, found.case.id, code, said)
                else:
                    voices.say_openly(found.case.id, said)
                    door.count(who)
                return HttpResponseRedirect("?done=1", status=303)
            except Refused as refused:
                if refused.code == "voice_code_unknown":
                    door.count(who)
                context["problem"], status = refusal_words(refused, here.lang), 422
    answer = render(request, "portal/confirm.html", context, status=status)
    if context["wait"]:
        answer["Retry-After"] = str(context["wait"])
    answer["Cache-Control"] = "no-store"
    return answer


def _by_code(voices: Any, case_id: str, code: str, says: str) -> None:
    """A code speaks only of its own promise; of another it is unknown, so that nobody learns whose it is."""
    if voices.promise_of(code) != case_id:
        raise Refused("voice_code_unknown")
    voices.say(code, says)
