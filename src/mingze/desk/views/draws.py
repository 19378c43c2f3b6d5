"""`/desk/draws/`: announcing a random re-check, drawing it, and what another office found."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from mingze.accounts import staff_required
from mingze.casework import Refused
from mingze.desk.desk_forms import choose, line, read_count
from mingze.desk.refusals import staff_words
from mingze.desk.views.seat import Seat, draw, new_key, seat_of
from mingze.portal.views.between_offices import draw_line
from mingze.store.lots import AHEAD, FINDINGS
from mingze.words import say


@staff_required
@require_safe
def draws(request: HttpRequest) -> HttpResponse:
    """`/desk/draws/`: the draws, announcing one, drawing it, and what another office found."""
    return _draw_draws(request, seat_of(request))


@staff_required
@require_POST
def draw_step(request: HttpRequest, step: str) -> HttpResponse:
    """Announce, draw, or record a finding."""
    seat = seat_of(request)
    typed = {name: request.POST.get(name, "")[:1000] for name in request.POST}
    lots, lot_id = seat.register.lots, typed.get("lot", "")[:64]
    try:
        if step == "announce":
            lot_id = lots.announce(
                typed.get("subject", ""), lots.population(), read_count(typed.get("size", "")), seat.actor,
                outside=typed.get("outside", ""), ahead=read_count(typed.get("ahead", "")),
                idempotency=f"{seat.actor.post}/{typed.get('key', '')}",
            ).lot_id  # fmt: skip
        elif step == "draw":
            lots.draw(lot_id, seat.actor, outside_word=typed.get("outside_word", ""))
        elif step == "recheck":
            lots.recheck(lot_id, typed.get("item", ""), typed.get("finding", ""), typed.get("words", ""), seat.actor)
        else:
            raise Refused("unknown_action", action=step)
    except Refused as refused:
        message = staff_words(refused, None, seat.offices, seat.lang, actor=seat.actor)
        return _draw_draws(request, seat, typed, step, message, 409)
    return HttpResponseRedirect(f"/desk/draws/#lot-{lot_id}", status=303)


def _draw_draws(
    request: HttpRequest, seat: Seat, typed: dict[str, str] | None = None, step: str = "", refused: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    given, lots, lang = typed or {}, seat.register.lots, seat.lang
    supervises = "supervision" in seat.offices.office(seat.actor.office).functions
    population = lots.population() if supervises else ()
    mine = given if step == "announce" else {"ahead": str(AHEAD)}
    size = lots.log_size()
    shown = []
    for lot in lots.list():
        words = given if step == "draw" and given.get("lot") == lot.lot_id else {}
        outside = line("outside_word", "desk-draws-outside-word", words, lang, prefix=f"{lot.lot_id}-")
        checks = [
            (item, _recheck_form(seat, lot.lot_id, item, given if step == "recheck" else {})) for item in lot.waiting
        ]
        shown.append((draw_line(lot, size, seat.offices, lang), outside if lot.outside else None, checks))
    return draw(
        request, seat, "desk/draws.html", status,
        draws=shown, supervises=supervises, population=len(population), refused=refused,
        key=given.get("key") or new_key(), section="draws",
        form=(
            line("subject", "desk-draws-subject", mine, lang),
            line("size", "desk-draws-size", mine, lang, short=True),
            line("ahead", "desk-draws-ahead", mine, lang, short=True),
            line("outside", "desk-draws-outside", mine, lang, required=False),
        ),
    )  # fmt: skip


def _recheck_form(seat: Seat, lot_id: str, item: str, given: dict[str, str]) -> tuple[Any, ...]:
    mine = given if given.get("item") == item and given.get("lot") == lot_id else {}
    prefix = f"{lot_id}-{''.join(letter for letter in item if letter.isdigit())}-"
    findings = [(name, say(f"draws-finding-{name}", seat.lang)) for name in FINDINGS]
    return (
        choose("finding", "desk-draws-finding", findings, mine, seat.lang, radios=True, prefix=prefix),
        line("words", "desk-draws-words", mine, seat.lang, kind="area", prefix=prefix),
    )
