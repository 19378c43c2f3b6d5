"""Following the board: the ways for programs, the form for a letter, and the page behind the link in each letter."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie
from django.views.decorators.http import require_http_methods

from mingze import waiting
from mingze.exchange.open_promises import COLUMNS
from mingze.portal import followers
from mingze.portal.board_filter import filter_words, read_filter
from mingze.portal.views.board import choices
from mingze.portal.views.open_board import frame_line, is_promise, ways
from mingze.portal.visit import Visit, visit
from mingze.vault.keeping import KeysRefused
from mingze.words import say

_LONGEST_ADDRESS = 254


@ensure_csrf_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """`/board/follow/`: the ways to follow the board or a part of it; sent, a letter asks back."""
    here = visit(request)
    if request.method != "POST" or not here.instance.mail.host:
        return _show(here)
    address = request.POST.get("address", "").strip()
    try:
        validate_email(address)
        if len(address) > _LONGEST_ADDRESS:
            raise ValidationError("long")
    except ValidationError:
        return _show(here, address[:_LONGEST_ADDRESS], say("follow-bad-address", here.lang), 422)
    doors = waiting.doors()
    # Both who asks and whom it is for: nobody's letter-box is filled from here, and a whole street may ask at once.
    for who in (doors.who(request), doors.named(f"letter {address.casefold()}")):
        if seconds := doors.letters.wait(who, doors.ticket("letter", address)):
            response = _show(here, address, say("refused-wait", here.lang, seconds=seconds), 429)
            response["Retry-After"] = str(seconds)
            return response
    wanted, number = read_filter(request.POST), _number(here, request.POST.get("number", ""))
    try:
        followers.ask(here.instance, address, wanted, number, here.lang)
    except KeysRefused:
        return _show(here, address, say("follow-not-now", here.lang), 503)
    for who in (doors.who(request), doors.named(f"letter {address.casefold()}")):
        doors.letters.count(who)
    response = HttpResponseRedirect(f"/board/follow/{wanted.query}{'&' if wanted.query else '?'}sent=1#letter")
    response.status_code = 303
    return response


def _number(here: Visit, number: str) -> str:
    return number if number and len(number) <= 64 and is_promise(here, number) else ""


def _show(here: Visit, address: str = "", wrong: str = "", status: int = 200) -> HttpResponse:
    asked = here.request.POST if here.request.method == "POST" else here.request.GET
    wanted, number = read_filter(asked), _number(here, asked.get("number", ""))
    context = {
        "section": "board",
        "page": choices(here, wanted),
        "what": number or filter_words(here.instance, wanted, here.lang),
        "wanted": wanted,
        "number": number,
        "query": wanted.query,
        "filtered": wanted.active or bool(number),
        "letters": bool(here.instance.mail.host),
        "sent": "sent" in here.request.GET,
        "address": address,
        "wrong": wrong,
        "ways": ways(here, wanted, number),
        "embed_line": "" if number else frame_line(here, wanted),
        "columns": [(name, say(f"open-column-{name}", here.lang)) for name in COLUMNS],
    }
    return render(here.request, "portal/follow.html", context, status=status)


@csrf_exempt  # whoever has the token may: mail programs post without a page of ours before it (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, token: str) -> HttpResponse:
    """`/board/follow/<token>/`: confirm or end. Opening the link changes nothing: mail scanners open links too."""
    here = visit(request)
    row = followers.following(token)
    state = "over" if row is None else "followed" if row.confirmed_at else "asked"
    if request.method == "POST" and row is not None:
        if request.POST.get("do") == "confirm":
            followers.confirm(here.instance, row)
            state = "confirmed"
        else:
            followers.stop(row)
            state = "stopped"
    context = {
        "section": "board",
        "state": state,
        "what": followers.what_words(here.instance, row) if row is not None else "",
    }
    return render(request, "portal/letter.html", context, status=404 if state == "over" else 200)
