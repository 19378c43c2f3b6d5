"""`/desk/values/`: the values of indicators, entered once; what other offices ask of this one, and asking them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from mingze.accounts import staff_required
from mingze.casework import Refused
from mingze.desk.desk_forms import choose, line, office_choices, read_day
from mingze.desk.refusals import office_words, staff_words
from mingze.desk.views.seat import Seat, draw, new_key, seat_of
from mingze.measures.burden import ASKS
from mingze.portal.filing_form import BoundField
from mingze.portal.views.between_offices import burden_lines, first_month
from mingze.store.values import Request, Value
from mingze.terms import local_day
from mingze.words import date_words, say

STEPS = ("enter", "correct", "answer", "ask")


@dataclass(frozen=True)
class ValueLine:
    """One value in the table, with the form that corrects it where this office may."""

    value: Value
    scope: str
    as_of: str
    office: str
    form: tuple[BoundField, ...]


@dataclass(frozen=True)
class RequestLine:
    """Something another office asked of this one, with the form that answers it."""

    request: Request
    title: str
    asked: str
    due: str
    form: tuple[BoundField, ...]


@staff_required
@require_safe
def values(request: HttpRequest) -> HttpResponse:
    """The page; ``?q=`` looks up an indicator, ``?done=`` says what was just done."""
    return _draw(request, seat_of(request))


@staff_required
@require_POST
def value_step(request: HttpRequest, step: str) -> HttpResponse:
    """Enter, correct, answer or ask. What cannot be done comes back with everything typed and the reason."""
    seat = seat_of(request)
    typed = {name: request.POST.get(name, "")[:1000] for name in request.POST if name != "csrfmiddlewaretoken"}
    typed["of"] = ",".join(request.POST.getlist("of"))
    try:
        if step not in STEPS:
            raise Refused("unknown_action", action=step)
        found = _take(seat, step, typed)
    except Refused as refused:
        message = staff_words(refused, None, seat.offices, seat.lang, actor=seat.actor)
        return _draw(request, seat, typed, step, message, 409)
    return HttpResponseRedirect(f"/desk/values/?done={found}", status=303)


def _take(seat: Seat, step: str, typed: dict[str, str]) -> str:
    """Do it, and say what was done."""
    known, actor = seat.register.values, seat.actor
    if step == "enter":
        day = read_day(typed.get("as_of", ""))
        if day is None:
            raise Refused("value_incomplete", part="as_of")
        known.enter(
            typed.get("name", ""), typed.get("scope", ""), day, typed.get("amount", ""), typed.get("unit", ""),
            typed.get("source", ""), actor,
        )  # fmt: skip
    elif step == "correct":
        known.correct(typed.get("value", ""), typed.get("amount", ""), typed.get("reason", ""), actor)
    elif step == "answer":
        known.answer(
            typed.get("request", ""), actor, amount=typed.get("amount", ""), as_of=read_day(typed.get("as_of", "")),
            source=typed.get("source", ""), words=typed.get("words", ""),
        )  # fmt: skip
    else:
        asked = known.ask(
            typed.get("kind", ""), [office for office in typed["of"].split(",") if office], actor,
            subject=typed.get("subject", ""), basis=typed.get("basis", ""), indicator=typed.get("name", ""),
            scope=typed.get("scope", ""), as_of=read_day(typed.get("as_of", "")), unit=typed.get("unit", ""),
            due_on=read_day(typed.get("due_on", "")), idempotency=f"{actor.post}/{typed.get('key', '')}",
        )  # fmt: skip
        if asked and asked[0].found:
            return f"found&value={asked[0].found}"
    return step


def _draw(
    request: HttpRequest, seat: Seat, typed: dict[str, str] | None = None, step: str = "", refused: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    query, given = request.GET.get("q", "")[:200], typed or {}
    known, lang = seat.register.values, seat.lang
    done = request.GET.get("done", "")
    told = known.get(request.GET.get("value", "")[:64]) if done == "found" else None
    meter = known.burden(first_month(seat.now.date()), seat.now.date())
    return draw(
        request, seat, "desk/values.html", status,
        query=query,
        lines=[_line(seat, one, given if step == "correct" else {}) for one in known.recent(50, query)],
        waiting=[_request(seat, one, given if step == "answer" else {}) for one in known.requests(seat.actor.office, True)],
        enter=_enter_form(seat, given if step == "enter" else {"name": query}),
        ask=_ask_form(seat, given if step == "ask" else {"name": query}),
        key=given.get("key") or new_key(),
        step=step,
        refused=refused,
        saved=say(f"values-saved-{done}", lang) if done in (*STEPS, "found") else "",
        told=_line(seat, told, {}) if told is not None else None,
        meter=burden_lines(meter, seat.offices, lang),
        section="values",
    )  # fmt: skip


def _line(seat: Seat, value: Value, typed: dict[str, str]) -> ValueLine:
    lang = seat.lang
    verifies = "verification" in seat.offices.office(seat.actor.office).functions
    may = seat.actor.office == value.office or verifies
    mine = typed if typed.get("value") == value.value_id else {}
    prefix = f"c-{value.value_id}-"
    form = (
        line("amount", "values-field-amount", mine, lang, short=True, prefix=prefix),
        line("reason", "values-reason", mine, lang, prefix=prefix),
    )
    return ValueLine(
        value,
        office_words(seat.offices, value.scope, lang) if value.scope else say("values-whole", lang),
        date_words(value.as_of, lang, weekday=False),
        office_words(seat.offices, value.office, lang),
        form if may else (),
    )


def _request(seat: Seat, asked: Request, typed: dict[str, str]) -> RequestLine:
    lang = seat.lang
    mine = typed if typed.get("request") == asked.request_id else {"as_of": asked.as_of}
    prefix = f"a-{asked.request_id}-"
    if asked.kind == "data":
        form = (
            line("amount", "values-field-amount", mine, lang, short=True, prefix=prefix),
            line("as_of", "values-field-as_of", mine, lang, kind="date", short=True, prefix=prefix),
            line("source", "values-field-source", mine, lang, prefix=prefix),
        )
    else:
        form = (line("words", "values-answer", mine, lang, kind="area", prefix=prefix),)
    day = date_words(local_day(asked.asked_at), lang, weekday=False)
    kind = say(f"values-ask-{asked.kind}", lang)
    about = asked.indicator or asked.subject
    due = date_words(date.fromisoformat(asked.due_on), lang, weekday=False) if asked.due_on else ""
    return RequestLine(
        asked,
        say("desk-pair", lang, label=kind, value=f"{about}{f' ({asked.unit})' if asked.unit else ''}"),
        say("values-asked-by", lang, office=office_words(seat.offices, asked.asked_by, lang), day=day),
        say("values-due-line", lang, day=due) if due else "",
        form,
    )


def _area(seat: Seat, typed: dict[str, str], prefix: str) -> BoundField:
    offices = office_choices(seat.offices, seat.lang)
    return choose("scope", "values-field-scope", offices, typed, seat.lang, required=False, prefix=prefix)


def _enter_form(seat: Seat, typed: dict[str, str]) -> tuple[BoundField, ...]:
    lang, prefix = seat.lang, "e-"
    return (
        line("name", "values-field-name", typed, lang, prefix=prefix),
        _area(seat, typed, prefix),
        line("amount", "values-field-amount", typed, lang, short=True, prefix=prefix),
        line("unit", "values-field-unit", typed, lang, required=False, short=True, prefix=prefix),
        line("as_of", "values-field-as_of", typed, lang, kind="date", short=True, prefix=prefix),
        line("source", "values-field-source", typed, lang, prefix=prefix),
    )


def _ask_form(seat: Seat, typed: dict[str, str]) -> tuple[BoundField, ...]:
    lang, prefix = seat.lang, "q-"
    kinds = [(kind, say(f"values-ask-{kind}", lang)) for kind in ASKS]
    others = office_choices(seat.offices, lang, seat.actor.office)
    return (
        choose("kind", "values-ask-kind", kinds, typed, lang, radios=True, prefix=prefix),
        line("name", "values-field-name", typed, lang, required=False, prefix=prefix),
        _area(seat, typed, prefix),
        line("as_of", "values-field-as_of", typed, lang, required=False, kind="date", short=True, prefix=prefix),
        line("unit", "values-field-unit", typed, lang, required=False, short=True, prefix=prefix),
        choose("of", "values-ask-of", others, typed, lang, multiple=True, prefix=prefix),
        line("subject", "values-ask-subject", typed, lang, required=False, prefix=prefix),
        line("basis", "values-ask-basis", typed, lang, prefix=prefix),
        line("due_on", "values-ask-due", typed, lang, required=False, kind="date", short=True, prefix=prefix),
    )
