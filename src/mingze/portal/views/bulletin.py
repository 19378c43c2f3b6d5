"""`/board/bulletin/`: a month of promises in figures and lists, to read, print and take away as Word, PDF and workbook."""

from __future__ import annotations

import re
from collections import OrderedDict
from datetime import date, timedelta
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mingze.exchange.paper import DOCX, PDF, XLSX, Paper, to_docx, to_pdf, to_xlsx
from mingze.exchange.typesetting import PdfUnavailable
from mingze.jobs.monthly import bulletin_of
from mingze.measures.bulletin import Bulletin
from mingze.portal.bulletin_page import bulletin_paper
from mingze.portal.views.board import unknown_after
from mingze.portal.views.downloads import attachment
from mingze.portal.visit import Visit, visit
from mingze.words import local, month_words, say

_MONTH: Final = re.compile(r"(\d{4})-(\d{2})")
_SHOWN: Final = 24
"""Months in the list; older ones keep their address."""

_MADE: OrderedDict[tuple[object, ...], Bulletin] = OrderedDict()
_KEPT: Final = 24
_FILES: Final = {"docx": (to_docx, DOCX), "pdf": (to_pdf, PDF), "xlsx": (to_xlsx, XLSX)}


@require_safe
def bulletins(request: HttpRequest) -> HttpResponse:
    """The months since the first document was published, the newest first."""
    here = visit(request)
    first, months = _first(here), []
    day = here.today.replace(day=1)
    while first is not None and day >= first.replace(day=1) and len(months) < _SHOWN:
        months.append((f"{day:%Y-%m}", month_words(day, here.lang)))
        day = (day - timedelta(days=1)).replace(day=1)
    return render(request, "portal/bulletins.html", {"months": months, "section": "board"})


def _first(here: Visit) -> date | None:
    heads = here.register.documents.list(limit=100, published=True).rows
    return min((date.fromisoformat(head.published_at[:10]) for head in heads), default=None)


@require_safe
def bulletin(request: HttpRequest, month: str) -> HttpResponse:
    """`/board/bulletin/<YYYY-MM>/`: one month."""
    here = visit(request)
    paper = paper_of(here, month)
    context = {"paper": paper, "month": month, "section": "board", "formats": list(_FILES)}
    return render(request, "portal/bulletin.html", context)


@require_safe
def file(request: HttpRequest, month: str, kind: str) -> HttpResponse:
    """`/board/bulletin/<YYYY-MM>.docx` (`.pdf`, `.xlsx`): the same words as a file."""
    here = visit(request)
    if kind not in _FILES:
        raise Http404
    write, media_type = _FILES[kind]
    try:
        made = write(paper_of(here, month), here.now)
    except PdfUnavailable as missing:
        words = say(f"receipt-pdf-{missing.code}", here.lang)
        return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")
    return attachment(made, f"{say('bulletin-file', here.lang, month=month)}.{kind}", media_type)


def paper_of(here: Visit, month: str) -> Paper:
    """The bulletin of a month in the words of the reader. Raises Http404 for what is no month or has not begun."""
    found = _MONTH.fullmatch(month)
    try:
        first = date(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        first = None
    if first is None or first > here.today:
        raise Http404
    size = here.register.signed_size()
    days = unknown_after(here)
    key = (str(here.instance.dir), here.instance.database_url, month, size, here.today)
    if key not in _MADE:
        _MADE[key] = bulletin_of(here.register, here.instance.offices, first, days)
        while len(_MADE) > _KEPT:
            _MADE.popitem(last=False)
    authority = local(here.instance.authority.name, here.lang)
    sample = say("portal-title-sample", here.lang) if here.instance.demo else ""
    return bulletin_paper(
        _MADE[key], here.instance.offices, authority + sample, here.instance.base_url, size, days, here.lang
    )
