"""The door of the desk: a page behind it is drawn only for somebody who sits in a post now."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

type View = Callable[..., HttpResponse]


def staff_required(view: View | None = None, *, functions: tuple[str, ...] = ()) -> Any:
    """Only a post may pass, and if `functions` are named, only a post that has one of them.

    Somebody who is not signed in is led to the sign-in page and back; a person who holds no post today, or another
    post, gets the page that says so (403). Use it as ``@staff_required`` or ``@staff_required(functions=("clerk",))``.
    """

    def guarded(inner: View) -> View:
        @wraps(inner)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = getattr(request, "actor", None)
            if actor is not None:
                if functions and not set(functions) & set(actor.functions):
                    raise PermissionDenied
                return inner(request, *args, **kwargs)
            if request.user.is_authenticated:
                raise PermissionDenied
            query: dict[str, str] = {"next": request.get_full_path() if request.method in {"GET", "HEAD"} else "/desk/"}
            if getattr(request, "session_ended", False):
                query["ended"] = "1"
            response = HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode(query)}")
            response.status_code = 303
            return response

        return door

    return guarded(view) if view is not None else guarded
