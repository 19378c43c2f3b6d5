"""Where a case's date stands today, in few words: day n of m, days left, overdue, provisional, stopped.

One place for inbox, case page and document lists, so that all of them count alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from mingze.casework import ClockState, explanation
from mingze.procedure.model import Procedure
from mingze.terms import SHANGHAI, Calendar, Explanation
from mingze.words import date_words, say

CELLS = 40
"""So many cells stand in a tally; a longer period shows one cell for several days."""

_SHORT_WEEKDAYS = {
    "zh-Hans": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Cell:
    """One cell of a tally: where it stands in the drawing, and what it counts."""

    x: int
    state: str


@dataclass(frozen=True)
class Standing:
    """A period as it stands on a day.

    `unit` is the catalogue's ending (`working`, `calendar`, `hours`); `used` of `total` counted days have gone;
    `overdue` counts days of the same unit past the last one.
    """

    title: str
    due_on: date | None
    used: int
    total: int
    unit: str
    left: int
    overdue: int
    provisional: bool
    stopped: bool
    explained: Explanation

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The tally's cells: used, left, overdue."""
        whole = max(self.total + self.overdue, 1)
        per = -(-whole // CELLS)
        states = ["on" if day <= self.used else "" for day in range(1, self.total + 1)] + ["late"] * self.overdue
        groups = [states[start : start + per] for start in range(0, len(states), per)]
        return tuple(Cell(10 * n, "late" if "late" in group else group[-1]) for n, group in enumerate(groups))

    @property
    def width(self) -> int:
        """The drawing's width in its own units."""
        return 10 * max(len(self.cells), 1)


def standing(procedure: Procedure, clock: ClockState, calendar: Calendar, today: date, lang: str) -> Standing:
    """Where a clock of a case stands on a day."""
    explained = explanation(procedure, clock, calendar, today)
    progress = explained.progress(today)
    unit = {"working_day": "working", "hour": "hours"}.get(
        explained.units[-1] if explained.units else explained.rule.unit, "calendar"
    )
    due_on = explained.due.last_on
    overdue = progress.overdue_days
    if overdue and unit == "working" and due_on is not None:
        overdue = sum(
            calendar.works(date.fromordinal(day)) for day in range(due_on.toordinal() + 1, today.toordinal() + 1)
        )
    declared = procedure.clocks[clock.name]
    return Standing(
        title=declared.text["en" if lang == "en" else "zh"],
        due_on=due_on,
        used=progress.ordinal,
        total=progress.of,
        unit=unit,
        left=progress.left,
        overdue=overdue if overdue or not progress.overdue_days else progress.overdue_days,
        provisional=clock.provisional,
        stopped=due_on is None,
        explained=explained,
    )


def short_day(on: date, today: date, lang: str) -> str:
    """A day with its weekday as a table has room for; the year only where it is another than today's."""
    weekday = _SHORT_WEEKDAYS[lang][on.weekday()]
    if lang == "en":
        year = "" if on.year == today.year else f" {on.year}"
        return f"{weekday} {on.day} {_SHORT_MONTHS[on.month - 1]}{year}"
    year = "" if on.year == today.year else f"{on.year}年"
    return f"{year}{on.month}月{on.day}日 {weekday}"


def short_instant(at: datetime, today: date, lang: str) -> str:
    """An instant as a margin has room for: the day as `short_day` says it, and the time in China Standard Time."""
    here = at.astimezone(SHANGHAI)
    return f"{short_day(here.date(), today, lang)} {here:%H:%M}"


def state_words(at: Standing, today: date, lang: str) -> str:
    """How far off the last day is: overdue by n, today, n left, stopped."""
    if at.stopped:
        return say("desk-clock-stopped", lang)
    if at.due_on is not None and at.due_on < today:
        return say(f"desk-overdue-{at.unit if at.overdue else 'calendar'}", lang, count=at.overdue)
    if at.due_on == today:
        return say("desk-due-today", lang)
    return say(f"desk-left-{at.unit}", lang, count=at.left)


def used_words(at: Standing, lang: str) -> str:
    """Day n of m in the unit of the period."""
    return say(f"desk-used-{at.unit}", lang, used=at.used + (at.overdue if at.unit == "working" else 0), total=at.total)


def lead_parts(office: str, at: Standing | None, today: date, lang: str) -> tuple[str, str, str, str, bool]:
    """The sentence that leads a case page, cut around its date: before, date, after, where today stands; and whether
    it is late."""
    if at is None:
        return say("desk-lead-no-clock", lang, office=office), "", "", "", False
    if at.due_on is None:
        return say("desk-lead-stopped", lang, office=office, clock=at.title), "", "", "", False
    late = at.due_on < today
    mark = "\x00"
    text = say("desk-lead-late" if late else "desk-lead-due", lang, office=office, clock=at.title, due=mark)
    before, _, after = text.partition(mark)
    return before, date_words(at.due_on, lang), after, _today_words(at, today, lang), late


def _today_words(at: Standing, today: date, lang: str) -> str:
    if at.due_on is not None and at.due_on < today:
        return say(f"desk-overdue-{at.unit if at.overdue else 'calendar'}", lang, count=at.overdue)
    if at.due_on == today:
        return say("desk-lead-today-last", lang)
    if not at.used:
        return say("desk-lead-today-start", lang) if at.explained.due.started_on == today else ""
    return say(f"desk-lead-today-{at.unit}", lang, used=at.used, total=at.total)
