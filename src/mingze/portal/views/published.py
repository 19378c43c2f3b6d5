"""`/published/`: what has been made public of cases, under procedures whose table says so."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mingze.portal.published_page import published_case, published_line
from mingze.portal.visit import Visit, visit
from mingze.procedure.model import Procedure
from mingze.store import CaseFilter
from mingze.words import local

LIMIT = 50
"""Cases on one page."""

_PAGES_AHEAD = 5
"""So many pages of the register are looked through to fill one page of the list."""


@require_safe
def publications(request: HttpRequest) -> HttpResponse:
    """The procedures that publish; with `?procedure=`, the cases of one of them that have something public."""
    here = visit(request)
    publishing = [procedure for procedure in here.procedures.values() if procedure.publication]
    chosen = next((one for one in publishing if one.name == request.GET.get("procedure", "")), None)
    lines, following = [], None
    if chosen is not None:
        following = request.GET.get("after") or None
        wanted = CaseFilter("all", procedure=chosen.name, acted=_publishing_acts(here, chosen.name))
        for _ in range(_PAGES_AHEAD):
            page = here.register.cases(wanted, following, LIMIT)
            following = page.next
            for row in page.rows:
                pinned = here.register.procedure_version(row.procedure, row.case.procedure_hash)
                if line := published_line(pinned, row.case, row.number, here.lang):
                    lines.append(line)
            if following is None or len(lines) >= LIMIT // 2:
                break
    context = {
        "chosen": _named(chosen, here.lang) if chosen is not None else None,
        "procedures": [_named(one, here.lang) for one in publishing],
        "lines": lines,
        "following": following,
        "first": not request.GET.get("after"),
        "section": "published",
    }
    return render(request, "portal/published.html", context)


def _publishing_acts(here: Visit, name: str) -> tuple[str, ...]:
    """The actions that publish, of every version a case may be pinned to. A case in which none was taken is not even
    looked through: where a page ends would otherwise tell when it was opened.
    """
    versions = [here.register.procedure_version(each.name, each.hash) for each in here.register.library.versions(name)]
    return tuple({action: None for version in versions for row in version.publication.values() for action in row.on})


def _named(procedure: Procedure, lang: str) -> dict[str, str]:
    comma = "、" if lang == "zh-Hans" else ", "
    what = comma.join(local(row.text, lang) for row in procedure.publication.values())
    return {"name": procedure.name, "title": local(procedure.title, lang), "what": what}


@require_safe
def publication(request: HttpRequest, number: str) -> HttpResponse:
    """What is public of one case; a case of which nothing is public is not found, like one that is not there."""
    here = visit(request)
    row = next(iter(here.register.cases(CaseFilter("all", number=number), limit=1).rows), None)
    pinned = here.register.procedure_version(row.procedure, row.case.procedure_hash) if row is not None else None
    if row is None or pinned is None or published_line(pinned, row.case, row.number, here.lang) is None:
        raise Http404
    found = here.register.case(row.case_id)
    if found is None:
        raise Http404
    events = [stored.event for stored in found.events]
    page = published_case(found.procedure, found.case, found.number, events, here.instance.offices, here.lang)
    if page is None:
        raise Http404
    return render(request, "portal/publication.html", {"page": page, "section": "published"})
