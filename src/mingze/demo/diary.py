"""The district's diary: on which days its offices work, and at what time of day something is done there.

Everything is counted from one instant, *now*, so that the demo's year ends today whenever it is made. Working days come
from the same calendar as every clock; beyond its notices they are Monday to Friday, as everywhere.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from mingze.terms import Calendar, day_begins_at, local_day, local_instant

_MORNING = (8 * 60 + 35, 11 * 60 + 50)
_AFTERNOON = (14 * 60, 17 * 60 + 40)
_EVENING = (18 * 60 + 30, 22 * 60 + 30)
_HOUSEHOLD = (_MORNING, _AFTERNOON, _EVENING, _EVENING)
"""When people write from home: half of them after work."""


@dataclass(frozen=True)
class Diary:
    """Days and times of the district up to `now`."""

    now: dt.datetime
    calendar: Calendar

    @property
    def today(self) -> dt.date:
        """The local day of now."""
        return local_day(self.now)

    def works(self, day: dt.date) -> bool:
        """Whether the offices work on that day."""
        return self.calendar.works(day)

    def working(self, day: dt.date, count: int = 0) -> dt.date:
        """The working day `count` working days after a day (before it, if negative); with 0 the day or the next one."""
        if count:
            return dt.date.fromordinal(self.calendar.working_days_from(day.toordinal(), count))
        return day if self.works(day) else self.working(day, 1)

    def office_hour(self, day: dt.date, draw: Random) -> dt.datetime:
        """A moment of that day at which an office could have done something."""
        return self._moment(day, draw.choice((_MORNING, _AFTERNOON)), draw)

    def home_hour(self, day: dt.date, draw: Random) -> dt.datetime:
        """A moment of that day at which somebody could have written; today it lies behind, however early it is."""
        at = self._moment(day, draw.choice(_HOUSEHOLD), draw)
        if day != self.today or at <= self.now:
            return at
        since = (local_instant(self.now) - day_begins_at(day)).total_seconds()
        return self.now - dt.timedelta(seconds=int(since * draw.uniform(0.2, 0.6)))

    @staticmethod
    def _moment(day: dt.date, span: tuple[int, int], draw: Random) -> dt.datetime:
        return day_begins_at(day) + dt.timedelta(minutes=draw.randint(*span), seconds=draw.randint(0, 59))


def month_end(day: dt.date, months: int) -> dt.date:
    """The last day of the month that lies `months` after that of a day."""
    first = dt.date(day.year + (day.month - 1 + months + 1) // 12, (day.month - 1 + months + 1) % 12 + 1, 1)
    return first - dt.timedelta(days=1)


def day_words(day: dt.date) -> str:
    """A day as an office writes it in a letter: 3月18日."""
    return f"{day.month}月{day.day}日"


def month_end_words(day: dt.date, year: int) -> str:
    """A month's end as a document of `year` writes it: 6月底, 2027年2月底."""
    return f"{'' if day.year == year else f'{day.year}年'}{day.month}月底"
