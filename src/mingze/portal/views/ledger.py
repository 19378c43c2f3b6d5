"""The public ledger: a page that says what it is, and the raw files any program can read (C2SP tlog-tiles)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mingze.jobs.rotation import change_receipt, changes
from mingze.ledger import SUFFIX, LedgerError, parse_tile_path, parse_vkey
from mingze.portal.views.downloads import attachment
from mingze.portal.visit import Visit, visit
from mingze.terms import local_day
from mingze.words import date_words, say

_KEEP = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class LedgerPage:
    """What the ledger's page shows."""

    size: int
    checkpoint: str
    key: str
    addresses: tuple[tuple[str, str], ...]
    changes: tuple[tuple[str, str], ...] = ()
    """Announced and ended keys: where the receipt is, and what it says."""


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """`/ledger/`: how long it is, the newest signature, the key, how to check it."""
    here = visit(request)
    note = here.register.checkpoint().decode()
    size = int(note.split("\n")[1]) if note else 0
    width = min(size, 256)
    tile = "000" if width == 256 else f"000.p/{width}"
    addresses = [("/ledger/checkpoint", "checkpoint"), ("/ledger/key", "key")]
    if size:
        addresses += [(f"/ledger/tile/0/{tile}", "tile"), (f"/ledger/tile/entries/{tile}", "entries")]
    page = LedgerPage(
        size,
        note,
        log_key(here),
        tuple((path, say(f"portal-ledger-address-{word}", here.lang)) for path, word in addresses),
        tuple(
            (
                f"/ledger/key/{row.n}.tlog-proof",
                say(
                    f"portal-ledger-{row.kind}",
                    here.lang,
                    key=parse_vkey(row.facts["vkey"]).id.hex(),
                    on=date_words(local_day(row.recorded_at), here.lang, weekday=False),
                ),
            )
            for row in changes(here.register)
        ),
    )
    return render(request, "portal/ledger.html", {"page": page, "section": "ledger"})


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """`/ledger/checkpoint`: the newest signed tree head."""
    note = visit(request).register.checkpoint()
    if not note:
        raise Http404
    return _raw(note, "text/plain; charset=utf-8", "no-cache")


@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """`/ledger/key`: the ledger's public key as a verifier key line."""
    return _raw((log_key(visit(request)) + "\n").encode(), "text/plain; charset=utf-8", "no-cache")


@require_safe
def key_change(request: HttpRequest, n: int) -> HttpResponse:
    """`/ledger/key/<n>.tlog-proof`: the receipt of an announced or ended key, under the checkpoint that first had it."""
    receipt = change_receipt(visit(request).register, n)
    if receipt is None:
        raise Http404
    response = attachment(receipt, f"key-{n}{SUFFIX}", "application/octet-stream")
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def tile(request: HttpRequest, path: str) -> HttpResponse:
    """`/ledger/tile/<path>`: one tile or bundle; only the canonical spelling exists, and what exists never changes."""
    try:
        wanted = parse_tile_path(f"tile/{path}")
    except LedgerError:
        raise Http404 from None
    content = visit(request).register.tile(wanted.level, wanted.index, wanted.width)
    if content is None:
        raise Http404
    return _raw(content, "application/octet-stream", _KEEP)


@require_safe
def governance(request: HttpRequest) -> HttpResponse:
    """`/ledger/governance`: what opens the public leaves: how the register is run, the statement of each day."""
    return _raw(visit(request).register.governance_file(), "text/plain; charset=utf-8", "no-cache")


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """`/ledger/policy.txt`: the log's key and its witnesses, as this authority states them."""
    return _raw(visit(request).instance.log_policy.to_bytes(), "text/plain; charset=utf-8", "no-cache")


def _raw(content: bytes, kind: str, keep: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Cache-Control"] = keep
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """`/verify/`: how anybody verifies a receipt offline."""
    return render(request, "portal/verify.html", {"page": {"key": log_key(visit(request))}})


def log_key(here: Visit) -> str:
    """The public key of this authority's ledger, as a line people can compare."""
    return str(here.instance.log_key)
