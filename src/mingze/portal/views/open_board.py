"""The board taken elsewhere: as data, as a feed, as a calendar, inside another site. What is narrowed there is narrowed here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.utils.feedgenerator import Rss201rev2Feed
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from mingze.exchange import calendars
from mingze.exchange.open_promises import OpenPromise, open_promise, to_csv, to_json
from mingze.exchange.paper import XLSX
from mingze.exchange.task_sheet import Line, write_sheet
from mingze.portal.board_filter import BoardFilter, filter_words, read_filter
from mingze.portal.board_news import news
from mingze.portal.views.board import PAGE, promise_of
from mingze.portal.views.downloads import attachment
from mingze.portal.visit import Visit, visit
from mingze.store.documents import CommitmentRow
from mingze.words import LANGUAGES, local, say

FRESH_SECONDS = 300
"""So long programs and proxies may keep an answer: what is public may be a few minutes old."""

_EMBEDDED = {**settings.SECURE_CSP, "script-src": [CSP.NONE], "form-action": [CSP.NONE], "frame-ancestors": ["*"]}
"""Any site may show the frame: it has nothing that could be clicked to anybody's harm."""


@dataclass(frozen=True)
class Way:
    """A way to follow: its name, its address, and what it is for."""

    id: str
    label: str
    url: str
    words: str


def facts_of(here: Visit, row: CommitmentRow) -> OpenPromise:
    """One promise of the board as open data."""
    case = row.row.case
    procedure = here.register.procedure_version(case.procedure, case.procedure_hash)
    supporting = case.facts.get("supporting") or row.supporting_offices
    late = row.row.overdue_at(here.now)
    return open_promise(
        procedure, case, row.row.number, row.words, row.document_id, row.document_title, supporting, row.deadline, late,
        here.instance.offices, f"{here.instance.base_url}/board/{quote(row.row.number)}/",
    )  # fmt: skip


def _facts(here: Visit, wanted: BoardFilter) -> Iterable[OpenPromise]:
    return (facts_of(here, row) for row in wanted.every(here.register, here.instance.offices))


def _public(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def data_csv(request: HttpRequest) -> HttpResponse:
    """`/board/data.csv`: every promise as one line."""
    here = visit(request)
    return _public(
        attachment(to_csv(_facts(here, read_filter(request.GET))), "commitments.csv", "text/csv; charset=utf-8")
    )


@require_safe
def data_json(request: HttpRequest) -> HttpResponse:
    """`/board/data.json`: the same rows with what each column means, whose they are, and how far the log reached."""
    here = visit(request)
    about = {
        "authority": {"id": here.instance.authority.id, "name": dict(here.instance.authority.name)},
        "made_at": here.now.isoformat(),
        "log": {"origin": here.instance.origin, "size": here.register.signed_size()},
    }
    made = to_json(_facts(here, read_filter(request.GET)), about)
    return _public(HttpResponse(made, content_type="application/json"))


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """`/board/tasks.xlsx`: the promises as the table of responsibilities, with where each stands."""
    here = visit(request)
    wanted, lang = read_filter(request.GET), _language(request, here)
    lines = [
        Line(
            one.number,
            {
                "words": one.words, "indicator": one.indicator, "lead": one.lead_office_name,
                "supporting": one.supporting_offices, "deadline": one.deadline, "evidence_rule": one.evidence_rule,
                "stage": one.stage_name, "reported": one.reported_done_on, "verified": one.verified_on,
            },
        )
        for one in _facts(here, wanted)
    ]  # fmt: skip
    authority, what = local(here.instance.authority.name, lang), filter_words(here.instance, wanted, lang)
    title = say("task-sheet-board-title", lang, authority=authority, what=what)
    under = say("task-sheet-board-under", lang, day=here.today)
    made = write_sheet(title, under, lines, lang, here.now, progress=True)
    return _public(attachment(made, f"{say('task-sheet-name', lang)}.xlsx", XLSX))


def _language(request: HttpRequest, here: Visit) -> str:
    """The language an address asks for (`words=en`): programs that fetch it have no cookie."""
    asked = request.GET.get("words", "")
    return asked if asked in LANGUAGES else here.lang


@require_safe
def feed(request: HttpRequest, number: str = "") -> HttpResponse:
    """`/board/feed.xml`, `/board/<number>/feed.xml`: what happened to the promises, newest first (RSS 2.0)."""
    here = visit(request)
    lang, wanted, base = _language(request, here), read_filter(request.GET), here.instance.base_url
    if number and not is_promise(here, number):
        raise Http404
    title = _feed_title(here, wanted, number, lang)
    made = Rss201rev2Feed(
        title=title,
        link=f"{base}/board/{quote(number) + '/' if number else wanted.query}",
        description=say("open-feed-words", lang),
        language="zh-CN" if lang == "zh-Hans" else "en",
        feed_url=f"{base}{request.get_full_path()}",
        ttl=FRESH_SECONDS // 60,
    )
    lead = wanted.lead(here.instance.offices)
    for item in news(here.register, here.instance.offices, here.now, lang, wanted.document, lead, number):
        made.add_item(
            title=say("open-feed-item", lang, promise=item.promise, happened=item.title),
            link=f"{base}{quote(item.path, safe='/#')}",
            description=item.words or item.title,
            unique_id=f"{here.instance.origin}/{item.uid}",
            unique_id_is_permalink=False,
            pubdate=item.at,
        )
    return _public(HttpResponse(made.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8"))


def is_promise(here: Visit, number: str) -> bool:
    case_id = here.register.by_number(number) or ""
    return here.register.may(None, "see", case_id)


def _feed_title(here: Visit, wanted: BoardFilter, number: str, lang: str) -> str:
    authority = local(here.instance.authority.name, lang)
    if number:
        return say("open-feed-title-one", lang, authority=authority, number=number)
    return say("open-feed-title", lang, authority=authority, what=filter_words(here.instance, wanted, lang))


@require_safe
def calendar(request: HttpRequest, number: str = "") -> HttpResponse:
    """`/board/calendar.ics`, `/board/<number>/calendar.ics`: the day each open promise falls due."""
    here = visit(request)
    lang, wanted = _language(request, here), read_filter(request.GET)
    if number and not is_promise(here, number):
        raise Http404
    rows = wanted.every(here.register, here.instance.offices)
    entries = [entry for row in rows if number in ("", row.row.number) and (entry := _entry(here, row, lang))]
    made = calendars.calendar_of(entries, here.now, _feed_title(here, wanted, number, lang))
    return _public(HttpResponse(made, content_type=calendars.MEDIA_TYPE))


def _entry(here: Visit, row: CommitmentRow, lang: str) -> calendars.Entry | None:
    """A promise that is still to be kept and has a day of its own; the entry moves with an extension."""
    if not row.row.open or not row.deadline or row.row.case.done_at:
        return None
    host = here.instance.base_url.partition("://")[2].partition(":")[0]
    offices = here.instance.offices
    lead = local(offices.office(row.lead_office).name, lang) if row.lead_office in offices else row.lead_office
    return calendars.Entry(
        f"{row.row.case_id}@{host}",
        date.fromisoformat(row.deadline[:10]),
        say("open-calendar-summary", lang, office=lead, promise=row.row.title),
        f"{here.instance.base_url}/board/{quote(row.row.number)}/",
        row.row.provisional,
        row.words,
    )


@xframe_options_exempt
@csp_override(_EMBEDDED)
@require_safe
def embed(request: HttpRequest) -> HttpResponse:
    """`/board/embed/`: the board small enough for a frame on another site; no script, no cookie, links open apart."""
    here = visit(request)
    here.lang = _language(request, here)
    request.lang = here.lang  # type: ignore[attr-defined]
    wanted = read_filter(request.GET)
    found = wanted.page(here.register, here.instance.offices, None, PAGE)
    promises = [promise_of(here, row, n) for n, row in enumerate(found.rows, 1)]
    context: Mapping[str, Any] = {
        "promises": promises,
        "more": found.next is not None,
        "board": f"/board/{wanted.query}",
        "what": filter_words(here.instance, wanted, here.lang),
        "lang": here.lang,
    }
    response = _public(render(request, "portal/embed.html", context))
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def ways(here: Visit, wanted: BoardFilter, number: str = "") -> list[Way]:
    """The addresses for programs, each with the filter in it; for one promise its feed and its calendar."""
    base = f"{here.instance.base_url}/board/{quote(number) + '/' if number else ''}"
    query = "" if number else wanted.query
    spoken = f"{query}{'&' if query else '?'}{urlencode({'words': here.lang})}"
    addresses = {"rss": f"feed.xml{spoken}", "calendar": f"calendar.ics{spoken}"}
    if not number:
        addresses |= {"tasks": f"tasks.xlsx{spoken}", "csv": f"data.csv{query}", "json": f"data.json{query}"}
    return [
        Way(name, say(f"open-way-{name}", here.lang), base + rest, say(f"open-way-{name}-words", here.lang))
        for name, rest in addresses.items()
    ]


def frame_line(here: Visit, wanted: BoardFilter) -> str:
    """The line of HTML that puts the board into another page."""
    join = "&amp;" if wanted.query else "?"
    query = wanted.query.replace("&", "&amp;")
    src = f"{here.instance.base_url}/board/embed/{query}{join}words={here.lang}"
    title = say("open-embed-title", here.lang)
    return f'<iframe src="{src}" title="{title}" width="100%" height="640" loading="lazy" referrerpolicy="no-referrer"></iframe>'
