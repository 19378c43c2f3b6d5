"""`/burden/` and `/draws/`: what offices ask of each other, and the random re-checks that anybody can draw again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mingze.accounts.offices import Offices
from mingze.measures.burden import Burden
from mingze.portal.case_words import office_words
from mingze.portal.visit import visit
from mingze.store.lots import Lot
from mingze.terms import local_day
from mingze.words import date_words, say

MONTHS = 12
"""Months that the meter shows, the present one included."""


@dataclass(frozen=True)
class BurdenLine:
    """One office in one month."""

    month: str
    office: str
    row: Burden


@dataclass(frozen=True)
class DrawnLine:
    """One promise that was drawn, and what was found when somebody looked again."""

    number: str
    kind: str
    words: str
    more: str


@dataclass(frozen=True)
class DrawLine:
    """One draw."""

    lot: Lot
    announced: str
    outside: str
    state: str
    drawn: str
    lines: tuple[DrawnLine, ...]
    command: str
    ready: bool


def first_month(today: date, months: int = MONTHS) -> date:
    """The first day of the months that are shown."""
    count = today.year * 12 + today.month - months
    return date(count // 12, count % 12 + 1, 1)


def burden_lines(rows: tuple[Burden, ...], offices: Offices, lang: str) -> list[BurdenLine]:
    """The meter in words."""
    return [BurdenLine(_month(row.month, lang), office_words(offices, row.office, lang), row) for row in rows]


def _month(month: str, lang: str) -> str:
    year, _, number = month.partition("-")
    return f"{year}年{int(number)}月" if lang == "zh-Hans" else date(int(year), int(number), 1).strftime("%B %Y")


def draw_line(lot: Lot, size: int, offices: Offices, lang: str) -> DrawLine:
    """One draw in words; `size` is how many records the log has now."""

    def day(at: date) -> str:
        return date_words(at, lang, weekday=False)

    found = {one.item: one for one in lot.rechecks}
    lines = []
    for item in lot.drawn:
        one = found.get(item)
        if one is None:
            lines.append(DrawnLine(item, "not-yet", say("draws-not-checked", lang), ""))
            continue
        kind = {"holds": "yes", "partly": "not-yet", "does_not_hold": "no"}[one.finding]
        by = say("draws-by", lang, office=office_words(offices, one.office, lang), day=day(local_day(one.checked_at)))
        lines.append(DrawnLine(item, kind, say(f"draws-finding-{one.finding}", lang), f"{by}: {one.words}"))
    outside = f" --outside '{lot.outside_word}'" if lot.outside_word else ""
    return DrawLine(
        lot,
        say(
            "draws-announced", lang, office=office_words(offices, lot.office, lang), of=len(lot.items), size=lot.size,
            day=day(local_day(lot.announced_at)), tree_size=lot.tree_size,
        ),
        say("draws-outside", lang, outside=lot.outside) if lot.outside else "",
        say("draws-ready", lang) if size >= lot.tree_size else say("draws-waiting", lang, have=size),
        say("draws-drawn", lang, day=day(local_day(lot.drawn_at))) if lot.drawn_at is not None else "",
        tuple(lines),
        f"mingze measures draw list.txt --size {lot.size} --root {lot.root} --lot {lot.lot_id}{outside}",
        size >= lot.tree_size and not lot.drawn,
    )  # fmt: skip


@require_safe
def burden(request: HttpRequest) -> HttpResponse:
    """`/burden/`: how often each office asked others for something, by month."""
    here = visit(request)
    rows = here.register.values.burden(first_month(here.today), here.today)
    lines = burden_lines(rows, here.instance.offices, here.lang)
    return render(request, "portal/burden.html", {"lines": lines, "section": "board"})


@require_safe
def draws(request: HttpRequest) -> HttpResponse:
    """`/draws/`: every draw with its list, its seed, what it drew and what was found."""
    here = visit(request)
    size = here.register.lots.log_size()
    lines = [draw_line(lot, size, here.instance.offices, here.lang) for lot in here.register.lots.list()]
    return render(request, "portal/draws.html", {"draws": lines, "section": "board"})
