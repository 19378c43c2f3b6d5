"""Last days as entries of a person's own calendar (RFC 5545, RFC 7986): the day and what must happen by then.

    Entry, Entry, … ──► one calendar, as bytes

Each entry is a whole day that leaves the person free.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

MEDIA_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Entry:
    """One last day. `uid` stays the same when the day moves, so that a calendar moves the entry and adds none.

    `provisional`: the day rests on a year whose days off are not yet announced; the entry is tentative.
    """

    uid: str
    due_on: date
    summary: str
    url: str
    provisional: bool = False
    words: str = ""


def calendar_of(entries: Iterable[Entry], made_at: datetime, name: str = "") -> bytes:
    """A calendar with one all-day event for each entry; `name` is what programs that follow it call it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Mingze//clock//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", timedelta(hours=12), parameters={"value": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, made_at))
    return calendar.to_ical()


def _event(entry: Entry, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", made_at.astimezone(UTC))
    event.add("dtstart", entry.due_on)
    event.add("dtend", entry.due_on + timedelta(days=1))
    event.add("summary", entry.summary)
    event.add("description", f"{entry.words}\n{entry.url}" if entry.words else entry.url)
    event.add("url", entry.url)
    event.add("status", "TENTATIVE" if entry.provisional else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event
