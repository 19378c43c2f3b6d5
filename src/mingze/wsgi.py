"""The WSGI application of the instance named by ``MINGZE_DIR``: what `mingze serve` runs, and any WSGI server can."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingze.settings")

from django.core.wsgi import get_wsgi_application

from mingze import instance

_django = get_wsgi_application()
_scheme = "https" if instance.current().base_url.startswith("https://") else "http"


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Django, told the scheme that `base_url` states: a header that anybody can send never decides it."""
    environ["wsgi.url_scheme"] = _scheme
    return _django(environ, start_response)
