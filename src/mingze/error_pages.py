"""The pages for what went wrong: what happened, what has not been lost, and what to do next, in both languages."""

from __future__ import annotations

import sys
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

from mingze.words import LANGUAGES, has, say

STATUSES = (400, 403, 404, 413, 500, 503)


def page(request: HttpRequest, status: int, **values: Any) -> HttpResponse:
    """The page of a status code; when even that cannot be drawn, the same words without their frame."""
    lang = getattr(request, "lang", LANGUAGES[0])
    if not hasattr(request, "lang"):
        request.lang = lang  # type: ignore[attr-defined]
    try:
        response = render(request, f"errors/{status}.html", {"status": status, **values}, status=status)
    except Exception:  # noqa: BLE001 (the page about a fault must come out whatever the fault is)
        text = f"{say(f'error-{status}-title', lang)}\n\n{values.get('message') or say(f'error-{status}-next', lang)}\n"
        response = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    if status == 503:
        response["Retry-After"] = "30"
    response["Cache-Control"] = "no-store"
    return response


def unavailable(request: HttpRequest, error: Any) -> HttpResponse:
    """The page for a database that cannot be used now, with the words for why."""
    lang = getattr(request, "lang", LANGUAGES[0])
    staff = ("-staff",) if request.path.startswith("/desk/") else ()
    words = [f"{family}-{error.code}{ending}" for family in ("unavailable", "refused") for ending in (*staff, "")]
    found = next((word for word in words if has(word, lang)), "error-503-next")
    return page(request, 503, message=say(found, lang, **dict(error.values)))


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours; or, when it happened before a page was reached, a database that cannot be used (503)."""
    from mingze.edge import unavailable_from

    error = unavailable_from(sys.exception())
    return page(request, 500) if error is None else unavailable(request, error)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose page was too old or came from elsewhere: nothing was sent, the person can go back and try again."""
    return page(request, 403, form_expired=True)
