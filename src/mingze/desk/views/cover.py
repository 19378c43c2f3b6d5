"""`/desk/cover/`: who holds a post of the office for somebody who is away, naming such a deputy and ending it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from mingze.accounts import cover as deputies
from mingze.accounts import fresh, staff_required
from mingze.casework import Refused
from mingze.desk.refusals import office_words, post_words, staff_words
from mingze.desk.views.seat import Seat, draw, seat_of


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def cover(request: HttpRequest) -> HttpResponse:
    """The page; and, with a fresh proof, naming a deputy or ending one."""
    return _change(request) if request.method == "POST" else _draw(request, seat_of(request))


@fresh
def _change(request: HttpRequest) -> HttpResponse:
    seat, given = seat_of(request), request.POST
    try:
        if number := given.get("end", ""):
            deputies.end(seat.actor, int(number[:9]) if number.isdecimal() else 0, seat.now.date())
            return HttpResponseRedirect("/desk/cover/?done=ended", status=303)
        first, last = _day(given.get("from_on", "")), _day(given.get("to_on", ""))
        deputies.give(seat.actor, given.get("post", ""), given.get("login", ""), first, last, seat.now)
    except Refused as refused:
        words = staff_words(refused, None, seat.offices, seat.lang, actor=seat.actor)
        return _draw(request, seat, words, 422, given.dict())
    return HttpResponseRedirect("/desk/cover/?done=given", status=303)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Refused("cover_days", days=deputies.LONGEST) from None


def _draw(
    request: HttpRequest, seat: Seat, refused: str = "", status: int = 200, values: dict[str, Any] | None = None
) -> HttpResponse:
    own = {post.id for post in deputies.may_cover(seat.actor)}
    today = seat.now.date()
    return draw(
        request, seat, "desk/cover.html", status,
        office=office_words(seat.offices, seat.actor.office, seat.lang),
        rows=[
            (each, post_words(seat.offices, each.post, seat.lang), each.post in own)
            for each in deputies.covers(seat.actor.office, today)
        ],
        choices=[(post, post_words(seat.offices, post, seat.lang)) for post in sorted(own)],
        people=[person.login for person in deputies.colleagues(seat.actor.office, today)],
        today=today.isoformat(),
        longest=deputies.LONGEST,
        values=values or {},
        refused=refused,
        done=request.GET.get("done", "") if request.GET.get("done") in ("given", "ended") else "",
        section="cover",
    )  # fmt: skip
