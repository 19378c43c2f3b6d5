"""Days, periods and calendars: when a lawful period ends, and why on that day.

Pure: a calendar is parsed from the text of its files, the day "today" is an argument, errors are codes with values.

* `Calendar`, `read_calendar_year`: which days are working days, by which notice (`calendars/cn/<year>.yaml`);
* `Rule`, `Extend`, `Suspend`, `Restart`: what a period is and what may happen to it;
* `compute`: the last day, by arithmetic; `explain`: the same result day by day, with the policy applied.
"""

from mingze.terms.calendar import Calendar, CalendarYear, DayKind, MakeupDay, Notice, RestRange
from mingze.terms.calendar_file import read_calendar_year
from mingze.terms.course import Due, compute, corresponding_day
from mingze.terms.explanation import Basis, Day, Explanation, Row, explain
from mingze.terms.instants import SHANGHAI, day_begins_at, local_day, local_instant
from mingze.terms.refusal import CalendarErrors, CalendarProblem, TermError
from mingze.terms.rule import Event, Extend, Restart, Rule, Suspend, event_from_json, events_from_json, when_from_json

__all__ = [
    "SHANGHAI",
    "Basis",
    "Calendar",
    "CalendarErrors",
    "CalendarProblem",
    "CalendarYear",
    "Day",
    "DayKind",
    "Due",
    "Event",
    "Explanation",
    "Extend",
    "MakeupDay",
    "Notice",
    "RestRange",
    "Restart",
    "Row",
    "Rule",
    "Suspend",
    "TermError",
    "compute",
    "corresponding_day",
    "day_begins_at",
    "event_from_json",
    "events_from_json",
    "explain",
    "local_day",
    "local_instant",
    "read_calendar_year",
    "when_from_json",
]
