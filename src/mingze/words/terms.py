"""Says an explanation in words: the table of days, its caption and totals, the rules applied, the sentence that leads.

Portal, desk, letters and command line take their words about a date from here, so that all of them say the same.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from mingze.terms import CalendarProblem, Due, Explanation, Row, TermError
from mingze.words import date_words, instant_words, local, period_words, say

_UNIT_WORDS = {
    "calendar_day": "calendar_days",
    "working_day": "working_days",
    "hour": "hours",
    "month": "months",
    "year": "years",
}
_FAMILY = {"working_day": "working", "hour": "hours"}
_SHORT_WEEKDAYS = {
    "zh-Hans": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RANGE_WORD = {"zh-Hans": "至", "en": " to "}
_TWO_DAYS = {"zh-Hans": "、", "en": ", "}


@dataclass(frozen=True, slots=True)
class RowWords:
    """One line of the table: which days, their weekdays, what they did, which number; `row` is what was worded."""

    dates: str
    weekdays: str
    how: str
    count: str
    row: Row


def rows_words(explanation: Explanation, lang: str, started: str | None = None) -> list[RowWords]:
    """The table of days in words. `started` names what began the period ("受理", "Accepted") for the first line."""
    with_year = _years(explanation) > 1
    return [
        RowWords(
            dates=_range_words(row, lang, with_year),
            weekdays=_weekdays_words(row, lang),
            how=_how(row, explanation, lang, started),
            count=_count_words(row, lang),
            row=row,
        )
        for row in explanation.rows
    ]


def caption_words(explanation: Explanation, lang: str, started: str | None = None) -> str:
    """What the table shows: from when, how long, by which notice and calendar."""
    rule, due = explanation.rule, explanation.due
    period = length_words(explanation, lang)
    start = instant_words(due.started_at, lang) if due.started_at else date_words(due.started_on, lang, weekday=False)
    if rule.direction == "backward":
        first = say("terms-caption-backward", lang, start=start, period=period)
    elif started:
        first = say("terms-caption-named", lang, start=start, event=started, period=period)
    else:
        first = say("terms-caption", lang, start=start, period=period)
    if not explanation.notices:
        return _joined([first, say("terms-caption-calendar", lang, version=due.calendar)], lang)
    notices = [
        say("terms-notice", lang, title=local(notice.title, lang), number=notice.number)
        for notice in explanation.notices
    ]
    return _joined([first, say("terms-caption-notices", lang, notices=notices, version=due.calendar)], lang)


def length_words(explanation: Explanation, lang: str) -> str:
    """How long the period is, with its extensions: "60日，延长30日"."""
    period = period_words(explanation.rule.amount, _UNIT_WORDS[explanation.rule.unit], lang)
    for event in explanation.standing_extensions:
        extension = period_words(event.amount, _UNIT_WORDS[event.unit], lang)
        period = say("terms-caption-extended", lang, period=period, extension=extension)
    return period


def total_words(explanation: Explanation, lang: str) -> tuple[str, str, str]:
    """The foot of the table: how many days, what they did, how many were counted."""
    backward = explanation.rule.direction == "backward"
    totals = explanation.totals
    days = say("terms-total-days-backward" if backward else "terms-total-days", lang, days=totals.days)
    return days, _totals_words(explanation, lang), "" if explanation.rule.unit == "hour" else str(totals.counted)


def spoken_words(explanation: Explanation, lang: str) -> str:
    """The strip for someone who does not see it: from when to when, what counted, where today stands."""
    due = explanation.due
    start = date_words(due.started_on, lang, weekday=False)
    if due.last_on is None:
        parts = [say("terms-spoken-open", lang, start=start)]
    else:
        last = date_words(due.last_on, lang, weekday=False)
        days, totals = len(explanation.days), _totals_words(explanation, lang)
        word = "terms-spoken-backward" if explanation.rule.direction == "backward" else "terms-spoken-due"
        parts = [say(word, lang, start=start, due=last, days=days, totals=totals)]
    today = explanation.today_on
    if today is not None and any(day.on == today and day.ordinal for day in explanation.days):
        progress = explanation.progress(today)
        unit = say(f"terms-unit-{_family_of_last(explanation)}", lang)
        values = {"today": date_words(today, lang, weekday=False), "ordinal": progress.ordinal, "unit": unit}
        parts.append(say("terms-spoken-today", lang, **values))
    parts.append(say("terms-spoken-table", lang))
    return _joined(parts, lang)


def policy_words(explanation: Explanation, lang: str) -> list[str]:
    """Every rule of counting that was applied, one sentence each, with its article where the law has one."""
    return [
        say(
            "terms-policy-with-law",
            lang,
            policy=say(f"terms-policy-{policy.code}", lang),
            law=say(f"terms-law-{policy.law}", lang),
        )
        if policy.law
        else say(f"terms-policy-{policy.code}", lang)
        for policy in explanation.policy
    ]


def lead_words(explanation: Explanation, lang: str) -> list[str]:
    """The sentences that lead: by when; that it is provisional; where it would have moved to."""
    due, basis = explanation.due, explanation.basis
    if due.due is None:
        return [say("terms-lead-suspended", lang, since=due.suspended_since_on)]
    when = due_words(due, lang)
    backward = explanation.rule.direction == "backward"
    kind = basis.kind or ("backward" if backward else "limit")
    if kind == "minimum":
        sentences = [say("terms-lead-minimum", lang, due=when, free=due.free_from_on)]
    else:
        sentences = [say(f"terms-lead-{kind}", lang, due=when)]
    if due.provisional and explanation.covered_until_on:
        sentences.append(say("terms-lead-provisional", lang, covered=explanation.covered_until_on))
    if any(policy.code == "office_limit_does_not_roll" for policy in explanation.policy):
        sentences.append(say("terms-lead-rolled", lang, rolled=due.rolled_on))
    return sentences


def due_words(due: Due, lang: str) -> str:
    """The due date itself: a day with its weekday, or the moment a period in hours ends; "" while it is suspended."""
    if due.due_at is not None:
        return instant_words(due.due_at, lang, weekday=True)
    return "" if due.due_on is None else date_words(due.due_on, lang)


def term_error_words(error: TermError, lang: str) -> str:
    """What is wrong with a period, for the one who wrote it."""
    return say(f"term-error-{error.code}", lang, **error.values)


def calendar_problem_words(problem: CalendarProblem, lang: str) -> str:
    """What is wrong in a calendar file, with its place in front."""
    text = say(f"calendar-error-{problem.code}", lang, expected=problem.expected, found=problem.found)
    return f"{problem.file}:{problem.line}:{problem.column}: {text}"


# ---------------------------------------------------------------------------- one line of the table


def _how(row: Row, explanation: Explanation, lang: str, started: str | None) -> str:
    """What the days of a row did, and that one of them is today or rests on weekends alone."""
    how = _did(row, explanation, lang, started)
    if row.provisional:
        how = say("terms-provisional-day", lang, how=how)
    return say("terms-today", lang, how=how) if "today" in row.marks else how


def _did(row: Row, explanation: Explanation, lang: str, started: str | None) -> str:
    family = _family(explanation, row.part)
    festival = local(row.festival, lang)
    if row.kind == "start":
        return _start_words(explanation, lang, started)
    if row.kind == "due":
        return _due_row_words(row, explanation, family, festival, lang)
    if "raw_end" in row.marks and row.kind in ("counted", "extension"):
        return say(f"terms-raw-end-{row.calendar}", lang, **({"festival": festival} if row.festival else {}))
    if "roll" in row.marks:
        return say(f"terms-roll-{row.kind}", lang, **({"festival": festival} if row.kind == "holiday" else {}))
    if row.kind == "counted":
        return say(f"terms-counted-{family}", lang, **({"days": row.days} if family == "working" else {}))
    if row.kind == "extension":
        return say(f"terms-extension-{family}", lang)
    if row.kind == "makeup":
        return say("terms-makeup", lang)
    return say(f"terms-{row.kind}", lang, days=row.days, **({"festival": festival} if row.kind == "holiday" else {}))


def _start_words(explanation: Explanation, lang: str, started: str | None) -> str:
    if explanation.rule.direction == "backward":
        return say("terms-start-backward", lang)
    if explanation.due.started_at is not None:
        return say("terms-start-hours", lang, time=f"{explanation.due.started_at:%H:%M}")
    return say("terms-start-named", lang, event=started) if started else say("terms-start", lang)


def _due_row_words(row: Row, explanation: Explanation, family: str, festival: str, lang: str) -> str:
    due = explanation.due
    if due.due_at is not None:
        return say("terms-due-hours", lang, time=f"{due.due_at:%H:%M}")
    if "start" in row.marks:
        return say("terms-due-same-day", lang)
    if "rolled" in row.marks:
        return say("terms-due-rolled-" + ("forward" if explanation.rule.roll == "forward" else "back"), lang)
    if row.calendar == "makeup" and family == "working":
        return say("terms-due-makeup", lang)
    if row.calendar == "holiday":
        return say("terms-due-kept-holiday", lang, festival=festival)
    if row.calendar == "weekend":
        return say("terms-due-kept-weekend", lang)
    return say("terms-due-working" if family == "working" else "terms-due-calendar", lang)


def _count_words(row: Row, lang: str) -> str:
    if row.first_ordinal is None:
        return say("terms-none", lang)
    return str(row.first_ordinal) if row.days == 1 else f"{row.first_ordinal}–{row.last_ordinal}"


def _range_words(row: Row, lang: str, with_year: bool) -> str:
    """ "9月28日–30日", "28–30 Sep": the earlier day first, whichever way was counted."""
    first, last = min(row.from_on, row.to_on), max(row.from_on, row.to_on)
    if first == last:
        return _short_day(first, lang, with_year)
    if lang == "zh-Hans":
        if (first.year, first.month) == (last.year, last.month):
            return f"{_short_day(first, lang, with_year)}–{last.day}日"
        return f"{_short_day(first, lang, with_year)}–{_short_day(last, lang, with_year and first.year != last.year)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_short_day(last, lang, with_year)}"
    return f"{_short_day(first, lang, with_year and first.year != last.year)} – {_short_day(last, lang, with_year)}"


def _short_day(day: dt.date, lang: str, with_year: bool) -> str:
    if lang == "zh-Hans":
        return (f"{day.year}年" if with_year else "") + f"{day.month}月{day.day}日"
    return f"{day.day} {_SHORT_MONTHS[day.month - 1]}" + (f" {day.year}" if with_year else "")


def _weekdays_words(row: Row, lang: str) -> str:
    """The weekdays of a row; a stretch longer than a week has none, because all of them occur."""
    names = _SHORT_WEEKDAYS[lang]
    first, last = min(row.from_on, row.to_on), max(row.from_on, row.to_on)
    if row.days == 1:
        return names[first.weekday()]
    if row.days > 7:
        return ""
    between = _TWO_DAYS[lang] if row.days == 2 else _RANGE_WORD[lang]
    return f"{names[first.weekday()]}{between}{names[last.weekday()]}"


# ---------------------------------------------------------------------------- totals


def _totals_words(explanation: Explanation, lang: str) -> str:
    totals = explanation.totals
    parts: list[str] = []
    if explanation.rule.unit != "hour":
        parts.append(_counted_words(explanation, lang))
    if totals.rest:
        parts.append(say("terms-total-rest", lang, days=totals.rest))
    if totals.suspended:
        parts.append(say("terms-total-suspended", lang, days=totals.suspended))
    if totals.rolled:
        forward = explanation.rule.roll == "forward"
        parts.append(say("terms-total-rolled-" + ("forward" if forward else "back"), lang, days=totals.rolled))
    if not parts:
        parts.append(length_words(explanation, lang))
    return say("terms-total-join", lang).join(parts)


def _counted_words(explanation: Explanation, lang: str) -> str:
    totals = explanation.totals
    families = {_family(explanation, part) for part in range(len(explanation.units))}
    working = families == {"working"}
    counted = say("terms-total-working" if working else "terms-total-calendar", lang, counted=totals.counted)
    if not (working and totals.makeup):
        return counted
    makeup = say("terms-total-makeup", lang, days=totals.makeup)
    return say("terms-total-with", lang, counted=counted, makeup=makeup)


def _family(explanation: Explanation, part: int) -> str:
    """What a part of the period counts: working days, calendar days (months and years too) or hours."""
    units = explanation.units
    return _FAMILY.get(units[min(part, len(units) - 1)], "calendar")


def _family_of_last(explanation: Explanation) -> str:
    return "working" if _family(explanation, len(explanation.units) - 1) == "working" else "calendar"


def _years(explanation: Explanation) -> int:
    return len({day.on.year for day in explanation.days})


def _joined(sentences: list[str], lang: str) -> str:
    return ("" if lang == "zh-Hans" else " ").join(sentences)
