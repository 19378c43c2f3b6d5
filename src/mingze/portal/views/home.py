"""The start page and the choice of what to file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from mingze.measures import CaseStatistics
from mingze.portal.demo_guide import demo_guide
from mingze.portal.procedure_page import Door, door
from mingze.portal.visit import Visit, visit
from mingze.words import say

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class HomePage:
    """What the start page shows."""

    first_action: str
    doors: list[Door]
    procedures: int
    board_words: str
    board_button: str
    ledger_words: str
    month_title: str
    month: list[str]
    month_fine: str


def last_month(today: date) -> tuple[date, date]:
    """The first and the last day of the month before."""
    end = today.replace(day=1) - timedelta(days=1)
    return end.replace(day=1), end


def month_sentences(figures: CaseStatistics, lang: str) -> list[str]:
    """Last month in two sentences, each number with what it is a part of; nothing where there was nothing."""
    if figures.n == 0:
        return []
    month = _MONTHS[figures.from_on.month - 1] if lang == "en" else str(figures.from_on.month)
    in_time = figures.in_time.count
    out = [
        say(
            "portal-month-received",
            lang,
            month=month,
            received=figures.n,
            in_time=in_time,
            late=figures.answered - in_time,
            open=figures.waiting,
            overdue=figures.overdue,
            ended=figures.n - figures.answered - figures.waiting,
        )
    ]
    if figures.asked:
        said = figures.solved + figures.unsolved
        out.append(
            say(
                "portal-month-outcome",
                lang,
                answered=figures.asked,
                said=said,
                solved=figures.solved,
                unsolved=figures.unsolved,
                silent=figures.asked - said,
            )
        )
    return out


def doors(here: Visit) -> list[Door]:
    """Every public procedure as a way in."""
    return [door(procedure, here.today, here.calendar, here.lang) for procedure in here.public_procedures]


@require_safe
@ensure_csrf_cookie
def home(request: HttpRequest) -> HttpResponse:
    """`/`: one question, and the ways in."""
    here = visit(request)
    lang = here.lang
    first, last = last_month(here.today)
    ways = doors(here)
    promises = _promises(here)
    size = ledger_size(here)
    page = HomePage(
        first_action=f"/file/{ways[0].name}/" if ways else "/file/",
        doors=ways,
        procedures=len(here.procedures),
        board_words=say("portal-home-board-count", lang, count=promises)
        if promises
        else say("portal-home-board-none", lang),
        board_button=say("portal-home-board-button", lang, count=promises)
        if promises
        else say("portal-home-board-button-none", lang),
        ledger_words=say("portal-home-ledger-size", lang, size=size)
        if size is not None
        else say("portal-home-ledger-none", lang),
        month_title=say(
            "portal-month-title", lang, month=_MONTHS[first.month - 1] if lang == "en" else str(first.month)
        ),
        month=month_sentences(here.register.statistics(first, last), lang),
        month_fine=say("portal-month-fine", lang, until=here.today),
    )
    return render(request, "portal/home.html", {"page": page, "section": "home", "guide": demo_guide(here.instance)})


def ledger_size(here: Visit) -> int | None:
    """How many records the signed ledger holds; None while nothing is signed."""
    note = here.register.checkpoint()
    return int(note.decode().split("\n")[1]) if note else 0


_COUNTED_UP_TO = 1000


def _promises(here: Visit) -> int:
    """How many promises stand on the board, for the sentence beside its door; counting stops at a thousand."""
    count, after = 0, None
    while count < _COUNTED_UP_TO:
        found = here.register.commitments("all", after=after, limit=200)
        count, after = count + len(found.rows), found.next
        if after is None:
            break
    return count


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """`/file/`: which matter it is."""
    return render(request, "portal/choose.html", {"page": {"doors": doors(visit(request))}, "section": "home"})
