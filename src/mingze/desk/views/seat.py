"""In which seat a page is drawn: the post, the register, the calendar and the time of one request."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mingze import instance, resources
from mingze.accounts.offices import Offices
from mingze.casework import Actor
from mingze.casework.unsealing import APPROVERS
from mingze.desk.refusals import post_words, staff_words
from mingze.procedure.model import Procedure
from mingze.terms import Calendar
from mingze.words import LANGUAGES, Refusal, local, say


@dataclass(frozen=True)
class Seat:
    """Everything a desk page needs from its surroundings."""

    actor: Actor
    offices: Offices
    calendar: Calendar
    now: datetime
    lang: str
    register: Any
    frame: dict[str, Any]


def seat_of(request: HttpRequest) -> Seat:
    """The seat of a request that has passed the door (`staff_required`)."""
    here = instance.current()
    lang = str(getattr(request, "lang", LANGUAGES[0]))
    actor: Actor = request.actor  # type: ignore[attr-defined]
    calendar = resources.load_calendar()
    away = getattr(request, "deputy_posts", frozenset())
    posts = [
        (post.id, _seat_words(here.offices, post.id, post.id in away, lang)) for post in getattr(request, "posts", ())
    ]
    frame = {
        "authority": local(here.authority.name, lang),
        "seat": _seat_words(here.offices, actor.post, actor.deputy, lang),
        "posts": posts,
        "post_id": actor.post,
        "calendar": calendar.version,
    }
    register = here.register()
    if any(function in APPROVERS for function in actor.functions):
        frame["approvals"] = register.unsealing.count(actor)
    return Seat(actor, here.offices, calendar, here.clock.now(), lang, register, frame)


def _seat_words(offices: Offices, post: str, deputy: bool, lang: str) -> str:
    words = post_words(offices, post, lang)
    return say("portal-as-deputy", lang, post=words) if deputy else words


def draw(request: HttpRequest, seat: Seat, template: str, status: int = 200, **values: Any) -> HttpResponse:
    """A desk page."""
    return render(request, template, {"desk": seat.frame, "lang": seat.lang, **values}, status=status)


def refused_page(
    request: HttpRequest,
    seat: Seat,
    refused: Refusal,
    *,
    procedure: Procedure | None = None,
    number: str = "",
    status: int = 404,
    section: str = "inbox",
    back: str = "/desk/",
) -> HttpResponse:
    """A page of its own for what cannot be opened at all."""
    message = staff_words(refused, procedure, seat.offices, seat.lang, number=number, actor=seat.actor)
    return draw(request, seat, "desk/refused.html", status, message=message, section=section, back=back)


def new_key() -> str:
    """An idempotency key for one form: 128 random bits, kept over validation errors, spent by the first success."""
    return secrets.token_urlsafe(16)
