"""Which local day an instant belongs to: every period is counted in Asia/Shanghai time.

Law: 民法典 200 counts by the Gregorian calendar; the whole country keeps Beijing time, +08:00 and no summer time
since 1992. A period counted in days takes the local day of its start; a period counted in hours keeps the instant.
"""

from datetime import date, datetime, timedelta, timezone

from mingze.terms.refusal import TermError

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Beijing time as a fixed offset, so that no time-zone database has to be read."""


def local_day(when: date | datetime) -> date:
    """The Asia/Shanghai day of a date or of an instant with an offset.

    Raises: `TermError` `instant_without_offset` for an instant that does not say its offset: which day it is would be
    a guess.
    """
    return local_instant(when).date() if isinstance(when, datetime) else when


def local_instant(when: datetime) -> datetime:
    """The same instant, told in Asia/Shanghai time.

    Raises: `TermError` `instant_without_offset`.
    """
    if when.tzinfo is None:
        raise TermError("instant_without_offset", found=when.isoformat())
    return when.astimezone(SHANGHAI)


def day_begins_at(day: date) -> datetime:
    """The first instant of a local day."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
