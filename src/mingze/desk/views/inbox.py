"""The inbox's address, and the small panel about one case that stands beside it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mingze.accounts import staff_required
from mingze.desk.case_page import case_page
from mingze.desk.inbox_page import VIEWS, inbox_page, may_act, title_words
from mingze.desk.views.cases import find_case
from mingze.desk.views.seat import Seat, draw, seat_of
from mingze.store import CaseFilter

LIMIT = 50
"""Cases on one page of the inbox."""

_PAGES_AHEAD = 5
"""So many pages of the register are looked through to fill one page of `mine`."""


@staff_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Cases in the order of their clocks; ``?number=`` finds one by its number and nothing finds a person."""
    seat = seat_of(request)
    number = " ".join(request.GET.get("number", "").split())[:60]
    view = request.GET.get("view", "mine")
    view = view if view in VIEWS else "mine"
    after = request.GET.get("after") or None
    procedures: dict[tuple[str, str], Any] = {}

    def procedure_of(row: Any) -> Any:
        key = (row.procedure, row.case.procedure_hash)
        if key not in procedures:
            procedures[key] = seat.register.procedure_version(*key)
        return procedures[key]

    rows, following = (_searched(seat, number), None) if number else _rows(seat, view, after, procedure_of)
    page = inbox_page(
        rows,
        procedure_of,
        seat.offices,
        seat.calendar,
        seat.actor,
        seat.now,
        seat.lang,
        view=view,
        following=following,
        chosen=request.GET.get("case", ""),
        searched=number,
    )
    summary = _summary(seat, page.chosen.case_id) if page.chosen else None
    return draw(request, seat, "desk/inbox.html", page=page, summary=summary, first=after is None, section="inbox")


def _searched(seat: Seat, number: str) -> list[Any]:
    """The one case of a number, if this office has a part in it."""
    case_id = seat.register.by_number(number, seat.actor) or ""
    found = seat.register.case(case_id, seat.actor) if seat.register.may(seat.actor, "find", case_id) else None
    return [found.row] if found is not None else []


def _rows(seat: Seat, view: str, after: str | None, procedure_of: Any) -> tuple[list[Any], str | None]:
    """One page of rows; for `mine` the ones on which this post itself can act, looking ahead a few pages."""
    wanted = CaseFilter(show=VIEWS[view])  # type: ignore[arg-type]
    rows: list[Any] = []
    for _ in range(_PAGES_AHEAD):
        page = seat.register.inbox(seat.actor.office, seat.actor.functions, wanted, after, LIMIT, viewer=seat.actor)
        rows += [
            row for row in page.rows if view != "mine" or may_act(procedure_of(row), row.case, seat.actor, seat.now)
        ]
        after = page.next
        if view != "mine" or after is None or len(rows) >= LIMIT // 2:
            break
    return rows, after


def _summary(seat: Seat, case_id: str) -> Any:
    found = find_case(seat, case_id)
    if found is None:
        return None
    return case_page(
        case_id=case_id,
        number=found.number,
        title=title_words(found.row, found.procedure, seat.lang),
        case=found.case,
        procedure=found.procedure,
        events=(),
        offices=seat.offices,
        calendar=seat.calendar,
        actor=seat.actor,
        now=seat.now,
        lang=seat.lang,
    )


@staff_required
@require_safe
def summary(request: HttpRequest, case_id: str) -> HttpResponse:
    """The panel about one case as a fragment, for the keyboard."""
    seat = seat_of(request)
    found = _summary(seat, case_id)
    return draw(request, seat, "desk/parts/summary.html", 200 if found else 404, summary=found)
