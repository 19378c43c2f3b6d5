"""The doors of the server: an address without a row in the table of rights does not open, and what stands behind a seat
opens only to somebody who sits in a post now.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from mingze.accounts.rights import table

_LOG = logging.getLogger("mingze.doors")

type View = Callable[..., HttpResponse]


class DoorMiddleware:
    """Asks the table of rights (`rights.yaml`) for the door of each address before its page is reached.

    Surprising: an address somebody adds without a row is not found, also when its page forgets to ask who comes.
    The API's operations have doors of their own in the table; each of them asks for its code itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        """Nothing, when the door is open."""
        match = request.resolver_match
        if match.namespace == API:
            return None
        door = table().doors.get(match.view_name)
        if door is None:
            _LOG.error("no row in the table of rights: %s", match.view_name or match.route)
            raise Http404
        return shut(request) if door.behind == "seat" and request.actor is None else None


API = "api"
"""The namespace of the API's addresses."""


def shut(request: Any) -> HttpResponse:
    """The answer of a door that asks for a seat: the sign-in page and back, or 403 for who holds no post today."""
    if request.user.is_authenticated:
        _LOG.warning("refused: no post today")
        raise PermissionDenied
    query: dict[str, str] = {"next": request.get_full_path() if request.method in {"GET", "HEAD"} else "/desk/"}
    if getattr(request, "session_ended", False):
        query["ended"] = "1"
    response = HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode(query)}")
    response.status_code = 303
    return response


def staff_required(view: View | None = None, *, functions: tuple[str, ...] = ()) -> Any:
    """Only a post may pass, and if `functions` are named, only a post that has one of them.

    Somebody who is not signed in is led to the sign-in page and back; a person who holds no post today, or another
    post, gets the page that says so (403). Use it as ``@staff_required`` or ``@staff_required(functions=("clerk",))``.
    """

    def guarded(inner: View) -> View:
        @wraps(inner)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = getattr(request, "actor", None)
            if actor is None:
                return shut(request)
            if functions and not set(functions) & set(actor.functions):
                _LOG.warning("refused: %s asked for %s", actor.post, request.path)
                raise PermissionDenied
            return inner(request, *args, **kwargs)

        return door

    return guarded(view) if view is not None else guarded
