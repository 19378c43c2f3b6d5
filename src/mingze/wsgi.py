"""The WSGI application of the instance named by ``MINGZE_DIR``: what `mingze serve` runs, and any WSGI server can."""

from __future__ import annotations

import contextlib
import functools
import os
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError

from mingze import instance
from mingze.jobs import Runner
from mingze.store.errors import OtherVersion, Unavailable

_RETRY_SECONDS = 5

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingze.settings")
_django = get_wsgi_application()
_scheme = "https" if instance.current().base_url.startswith("https://") else "http"


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Django, told the scheme that `base_url` states: a header that anybody can send never decides it."""
    environ["wsgi.url_scheme"] = _scheme
    return _django(environ, start_response)


def _run_passes() -> None:
    """Publish the ledger, mark what is overdue and send notices beside the pages, once the register can be had."""
    from mingze.portal.followers import write_to_followers  # its tables are there once Django is

    here = instance.current()
    with contextlib.suppress(DatabaseError):
        call_command("clearsessions")
    while True:
        try:
            register = here.register()
        except (Unavailable, OtherVersion):
            time.sleep(_RETRY_SECONDS)
        else:
            letters = functools.partial(write_to_followers, here)
            runner = Runner(register, here.mail, here.base_url, str(here.log_key), here.witnesses, letters)
            here.trouble = runner.trouble
            runner.start()
            return


threading.Thread(target=_run_passes, name="start-passes", daemon=True).start()
