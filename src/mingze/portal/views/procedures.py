"""How each procedure works, from its own tables."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mingze.portal.procedure_page import door, procedure_page
from mingze.portal.visit import visit

_WAIT = 1.5
"""Seconds a page waits for the checker, which runs once for each version in a process; then it says that it runs."""


@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """`/procedures/`: the list."""
    here = visit(request)
    doors = [door(procedure, here.today, here.calendar, here.lang) for procedure in here.procedures.values()]
    return render(request, "portal/procedures.html", {"page": {"doors": doors}})


@require_safe
def procedure(request: HttpRequest, name: str) -> HttpResponse:
    """`/procedures/<name>/`: one procedure, with dates worked out for today."""
    here = visit(request)
    found = here.procedures.get(name)
    if found is None:
        raise Http404
    page = procedure_page(found, here.today, here.calendar, here.lang, here.instance.offices, here.procedures, _WAIT)
    return render(request, "portal/procedure.html", {"page": page})
