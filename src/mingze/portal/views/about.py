"""`/about/security/`: what each part of the system gives up if it is broken into, told to residents in plain words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mingze.portal.visit import visit
from mingze.words import say

PARTS = (
    "web", "register", "keys", "together", "accounts", "backups", "signer", "keeper", "sessions", "staff", "code", "proxy",
)  # fmt: skip
"""The parts in the order of docs/security.md; a test holds the two together."""


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """The table and what stands around it."""
    lang = visit(request).lang
    rows = [
        [say(f"about-security-{part}-{cell}", lang) for cell in ("part", "gives", "keeps", "notices")] for part in PARTS
    ]
    return render(request, "portal/security.html", {"rows": rows})
