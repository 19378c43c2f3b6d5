"""The clock strip: one cell a day, with the table that says the same in words, from the explanation of a date.

The engine computes the days (`mingze.terms.explain`); this module only says how they look and read. The strip wraps at whole weeks,
so a very long period leaves out days in its middle and says how many; the table never leaves any out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mingze.terms import Day, Explanation
from mingze.words import say
from mingze.words.terms import caption_words, policy_words, rows_words, spoken_words, total_words

LONGEST = 98
"""So many cells stand in one strip; fourteen weeks still read as a picture on a phone."""

_EDGE = 14
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = {
    "zh-Hans": ("一", "二", "三", "四", "五", "六", "日"),
    "en": ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"),
}
_BOXES = {
    "zh-Hans": {"start": "起", "holiday": "休", "suspended": "停", "rolled": "顺", "gap": "…"},
    "en": {"start": "0", "holiday": "hol", "suspended": "‖", "rolled": "→", "gap": "…"},
}


@dataclass(frozen=True)
class Cell:
    """One day of the strip."""

    classes: str
    top: str
    box: str
    date: str
    weekday: str
    flag: str


@dataclass(frozen=True)
class TableRow:
    """One line of the table: days that did the same, how they count, and their numbers."""

    classes: str
    dates: str
    weekdays: str
    how: str
    count: str


@dataclass(frozen=True)
class KeyEntry:
    """One sign of the strip and what it means; only signs that occur are explained."""

    shape: str
    mark: str
    words: str


@dataclass(frozen=True)
class Picture:
    """What ``{% strip %}`` shows: the cells, what they say aloud, and the table."""

    lang: str
    cells: tuple[Cell, ...]
    spoken: str
    key: tuple[KeyEntry, ...]
    caption: str
    rows: tuple[TableRow, ...]
    total: tuple[str, str, str] | None
    provisional: bool
    reasons: tuple[str, ...] = ()


def short_day(on: date, lang: str) -> str:
    """A day without its year, as a table has room for.

    >>> short_day(date(2026, 9, 18), "en"), short_day(date(2026, 9, 18), "zh-Hans")
    ('18 Sep', '9月18日')
    """
    return f"{on.day} {_MONTHS_EN[on.month - 1]}" if lang == "en" else f"{on.month}月{on.day}日"


def clock_strip(
    explanation: Explanation,
    lang: str,
    today: date | None = None,
    *,
    met_on: date | None = None,
    start_flag: str = "",
    started: str | None = None,
) -> Picture:
    """The picture of a period.

    Args:
        today: marks the day and, once the period is over and nothing has met it, adds a cell for each day overdue.
        met_on: the day on which what was due was done; then the strip ends there and nothing is "today".
        start_flag: what began the period, in two or three characters, under its first cell; "start" if nothing is given.
        started: the same as the table says it ("Accepted").
    """
    looked = met_on or today
    days = list(explanation.chronological)
    last = explanation.due.last_on
    over: list[date] = []
    if last is not None and looked is not None and looked > last and explanation.rule.direction == "forward":
        over = [last + timedelta(days=n) for n in range(1, (looked - last).days + 1)]
    cells = [_cell(day, lang, explanation, looked, met_on, start_flag, bool(over)) for day in days]
    cells += [_over_cell(on, n, lang, looked, met_on) for n, on in enumerate(over, 1)]
    dates = [day.on for day in days] + over
    if len(cells) > LONGEST:
        cells = _shortened(cells, dates, looked, last, lang)
    return Picture(
        lang=lang,
        cells=tuple(_first_month(cells, dates[0], lang)) if cells else (),
        spoken=_spoken(explanation, lang, met_on, len(over)),
        key=tuple(_key(explanation, lang, days, looked, met_on, bool(over))),
        caption=caption_words(explanation, lang, started),
        rows=tuple(_rows(explanation, lang, over, met_on, started)),
        total=total_words(explanation, lang) if explanation.due.last_on is not None else None,
        provisional=explanation.due.provisional,
        reasons=tuple(policy_words(explanation, lang)),
    )


def _counts_working_days(explanation: Explanation) -> bool:
    return explanation.rule.unit == "working_day"


def _cell(
    day: Day,
    lang: str,
    explanation: Explanation,
    looked: date | None,
    met_on: date | None,
    start_flag: str,
    missed: bool,
) -> Cell:
    boxes, classes, box, flag, top = _BOXES[lang], [], "", "", ""
    if day.on.day == 1:
        top = _month(day.on, lang)
    if day.kind == "start":
        classes, box = ["from"], boxes["start"]
        crowded = lang == "en" and any(
            on is not None and 0 < (on - day.on).days < 2 for on in (looked, explanation.due.last_on)
        )
        flag = "" if crowded else start_flag or say("portal-cell-start", lang)
    elif day.kind in ("counted", "makeup", "extension", "due"):
        classes = ["work"] + (["more"] if day.part else [])
        box = str(day.ordinal) if day.ordinal is not None else (boxes["rolled"] if "rolled" in day.marks else "")
    elif day.kind == "suspended":
        classes, box = ["paused"], boxes["suspended"]
    else:
        classes, box = ["rest"], boxes["holiday"] if day.kind == "holiday" else ""
    if day.calendar == "makeup" and day.ordinal is not None and _counts_working_days(explanation):
        top = top or say("portal-cell-makeup", lang)
    if looked is not None and day.on <= looked and "work" in classes and day.kind != "due":
        classes.append("past")
    if day.provisional and "work" in classes:
        classes.append("maybe")
    if day.kind == "due":
        classes += ["due"] + (["missed"] if missed else [])
        flag = say("portal-cell-maybe" if explanation.due.provisional else "portal-cell-due", lang)
    if day.on == met_on:
        classes.append("met")
        flag = say("portal-cell-met", lang)
    elif met_on is None and day.on == looked:
        classes.append("now")
        if day.kind != "start":
            flag = say("portal-cell-today", lang)
    return Cell(" ".join(classes), top, box, str(day.on.day), _WEEKDAYS[lang][day.on.weekday()], flag)


def _over_cell(on: date, number: int, lang: str, looked: date | None, met_on: date | None) -> Cell:
    top = _month(on, lang) if on.day == 1 else ""
    last = on == looked
    flag = say("portal-cell-met" if met_on else "portal-cell-today", lang) if last else ""
    classes = "over" + (" now" if last and not met_on else "")
    return Cell(classes, top, f"+{number}", str(on.day), _WEEKDAYS[lang][on.weekday()], flag)


def _month(on: date, lang: str) -> str:
    return _MONTHS_EN[on.month - 1] if lang == "en" else f"{on.month}月"


def _first_month(cells: Sequence[Cell], on: date, lang: str) -> Iterable[Cell]:
    first = cells[0]
    yield Cell(first.classes, _month(on, lang), first.box, first.date, first.weekday, first.flag)
    yield from cells[1:]


def _shortened(cells: list[Cell], dates: list[date], looked: date | None, last: date | None, lang: str) -> list[Cell]:
    """A long strip without the days in between: its beginning, the days around today, those around the last day."""
    keep = {0, len(cells) - 1}
    for around in (0, len(cells) - 1, *(dates.index(on) for on in (looked, last) if on is not None and on in dates)):
        keep.update(range(max(0, around - _EDGE // 2), min(len(cells), around + _EDGE // 2 + 1)))
    out: list[Cell] = []
    left_out = 0
    for index, cell in enumerate(cells):
        if index in keep:
            if left_out:
                out.append(Cell("gap", "", _BOXES[lang]["gap"], say("portal-cell-gap", lang, count=left_out), "", ""))
                left_out = 0
                cell = Cell(
                    cell.classes, cell.top or _month(dates[index], lang), cell.box, cell.date, cell.weekday, cell.flag
                )
            out.append(cell)
        else:
            left_out += 1
    return out


def _spoken(explanation: Explanation, lang: str, met_on: date | None, over: int) -> str:
    """The picture in words, for whoever does not see it."""
    parts = [spoken_words(explanation, lang)]
    if met_on is not None:
        parts.append(say("portal-strip-spoken-met", lang, day=short_day(met_on, lang)))
    elif over:
        parts.append(say("portal-strip-spoken-over", lang, days=over))
    return ("" if lang == "zh-Hans" else " ").join(parts)


def _key(
    explanation: Explanation, lang: str, days: Sequence[Day], looked: date | None, met_on: date | None, over: bool
) -> Iterable[KeyEntry]:
    kinds = {day.kind for day in days}
    counting = [day for day in days if day.kind in ("counted", "makeup", "extension", "due")]
    suffix = "working" if _counts_working_days(explanation) else "calendar"
    entries = (
        (
            "k-past",
            "",
            f"past-{suffix}",
            looked is not None and any(day.on <= looked and day.kind != "due" for day in counting),
        ),
        ("", "", f"left-{suffix}", any(looked is None or day.on > looked for day in counting)),
        ("k-rest", "", "rest", bool(kinds & {"rest", "holiday"})),
        (
            "",
            say("portal-cell-makeup", lang),
            "makeup",
            any(day.calendar == "makeup" and day.ordinal for day in days) and suffix == "working",
        ),
        ("k-paused", "", "paused", "suspended" in kinds),
        ("k-more", "", "more", any(day.part for day in days)),
        ("k-now", "", "now", met_on is None and looked is not None and any(day.on == looked for day in days)),
        ("k-due", "", "due", "due" in kinds and not explanation.due.provisional),
        ("k-maybe", "", "maybe", any(day.provisional for day in days)),
        ("k-over", "", "over", over),
    )
    for shape, mark, word, there in entries:
        if there:
            yield KeyEntry(shape, mark, say(f"portal-key-{word}", lang))


def _rows(
    explanation: Explanation, lang: str, over: Sequence[date], met_on: date | None, started: str | None
) -> Iterable[TableRow]:
    """The table in the words every face uses, the earliest day first, and a line for the days overdue."""
    worded = rows_words(explanation, lang, started)
    for words in worded if explanation.rule.direction == "forward" else reversed(worded):
        row = words.row
        classes = ["skip-day"] if row.kind in ("rest", "holiday", "suspended", "start") else []
        how = words.how
        if "today" in row.marks and met_on is None:
            classes.append("is-now")
        if row.kind == "due":
            classes.append("is-due")
        if met_on is not None and min(row.from_on, row.to_on) <= met_on <= max(row.from_on, row.to_on):
            how = say("portal-how-met", lang, how=how, day=short_day(met_on, lang))
        yield TableRow(" ".join(classes), words.dates, words.weekdays, how, words.count)
    if over:
        word = "portal-how-over-met" if met_on else "portal-how-over"
        first, last = short_day(over[0], lang), short_day(over[-1], lang)
        span = first if len(over) == 1 else f"{first} – {last}" if lang == "en" else f"{first}–{last}"
        yield TableRow("is-over", span, "", say(word, lang, days=len(over)), f"+{len(over)}")
