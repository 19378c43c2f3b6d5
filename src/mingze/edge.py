"""The edge of the server: what is refused before a page sees it, and what every answer carries."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from mingze import error_pages
from mingze.store.errors import Reason, Unavailable

_LOG = logging.getLogger("mingze.edge")

PRIVATE = ("/desk/", "/staff/", "/case/", "/file/", "/api/")
"""Pages that show what belongs to one person or one post: no browser and no proxy keeps a copy."""

_PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"


class EdgeMiddleware:
    """Refuses over-long requests, says plainly when a database cannot be written, and keeps private pages uncached."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _length(request) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            return error_pages.page(request, 413)
        response = self.get_response(request)
        if request.path.startswith(PRIVATE):
            response["Cache-Control"] = "no-store"
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A database that is read-only, full, busy or gone is answered with 503 and what the person can do."""
        unavailable = unavailable_from(error)
        if unavailable is None:
            return None
        _LOG.error("unavailable: %s", unavailable.code)
        return error_pages.unavailable(request, unavailable)


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


_CODES: dict[int, Reason] = {
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_CANTOPEN: "gone",
    sqlite3.SQLITE_IOERR: "disk_full",
}
_STATES: dict[str, Reason] = {"25006": "read_only", "53100": "disk_full", "55P03": "busy", "57P03": "gone"}


def unavailable_from(error: BaseException | None) -> Unavailable | None:
    """What an error says of a database that cannot be used; None for an error of the program itself."""
    if isinstance(error, Unavailable) or not isinstance(error, DatabaseError):
        return error if isinstance(error, Unavailable) else None
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        code = _CODES.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    else:
        state = getattr(cause, "sqlstate", None)
        code = _STATES.get(state or "") or ("gone" if state is None and cause is not None else None)
    return Unavailable(code) if code else None
