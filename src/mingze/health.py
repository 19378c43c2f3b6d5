"""Whether the instance can take a matter now: one address for machines and for the operator's eyes.

``/health`` answers 200 when the register, the accounts, the ledger and the keys of sealed data can be used, else 503;
JSON by default, plain lines for ``Accept: text/plain``. It names no case, no person and no path. ``passes`` says which
of the jobs beside the pages did not succeed last (publishing, witnesses, notices …); that does not keep a matter from
being taken, so it is 200.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from mingze import edge, instance
from mingze.instance import InstanceError
from mingze.store.errors import OtherVersion, Unavailable

OK = "ok"


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """The state of each part, ``ok`` or the code of what is wrong."""
    state = report()
    status = 200 if state["status"] == OK else 503
    if "text/plain" in request.headers.get("Accept", ""):
        lines = "".join(f"{name}: {value}\n" for name, value in state.items())
        response: HttpResponse = HttpResponse(lines, content_type="text/plain; charset=utf-8", status=status)
    else:
        response = JsonResponse(state, status=status)
    response["Cache-Control"] = "no-store"
    if status == 503:
        response["Retry-After"] = "30"
    return response


def report() -> dict[str, Any]:
    """The parts and their state; ``status`` is ok only if each of them is."""
    here = instance.current()
    parts = {"register": _said(_register), "accounts": _said(_accounts), "ledger": _said(_ledger), "keys": _said(_keys)}
    wrong = [state for state in parts.values() if state != OK]
    return {
        "status": wrong[0] if wrong else OK,
        **parts,
        "passes": "; ".join(f"{name}: {code}" for name, code in sorted(here.trouble.items())) or OK,
        "version": version("mingze"),
        "clock": here.clock.now().isoformat(),
        "demo": here.demo,
    }


def _said(ask: Callable[[], None]) -> str:
    try:
        ask()
    except Unavailable as error:
        return error.code
    except OtherVersion:
        return "upgrade_needed"
    except InstanceError as error:
        return error.code
    except DatabaseError as error:
        unavailable = edge.unavailable_from(error)
        return unavailable.code if unavailable else "gone"
    return OK


def _register() -> None:
    instance.current().register(write=False).by_number("")  # a question that any register can answer
    reason = instance.current().register().writable
    if reason is not None:
        raise reason


def _keys() -> None:
    instance.current().register(write=False).vault.kek_id()  # whoever keeps the keys of sealed data answers


def _accounts() -> None:
    with transaction.atomic(), connection.cursor() as cursor:  # IMMEDIATE: asks for the right to write
        cursor.execute("SELECT 1")
        if connection.vendor == "postgresql":
            cursor.execute("SHOW transaction_read_only")
            if cursor.fetchone()[0] == "on":
                raise Unavailable("read_only")


def _ledger() -> None:
    instance.current().register(write=False).checkpoint()
