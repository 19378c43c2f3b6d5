"""What changed between two published versions of a document, for everybody."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mingze.portal.version_comparison import change_groups
from mingze.portal.visit import visit


@require_safe
def document_changes(request: HttpRequest, document_id: str) -> HttpResponse:
    """`/documents/<id>/changes/`: this version beside the one before; only two published versions are compared here."""
    here = visit(request)
    documents = here.register.documents
    head = documents.head(document_id)
    before = documents.head(head.replaces) if head is not None and head.replaces else None
    if head is None or before is None or head.state != "published":
        raise Http404
    return render(
        request,
        "portal/document_changes.html",
        {
            "head": head,
            "before": before,
            "before_on": date.fromisoformat(before.published_at[:10]),
            "on": date.fromisoformat(head.published_at[:10]),
            "groups": change_groups(documents.changes(document_id), here.instance.offices, here.lang),
            "section": "board",
        },
    )
