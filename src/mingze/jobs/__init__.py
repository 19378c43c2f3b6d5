"""Jobs: passes over facts that may run at any time, twice, or not at all for a while, and always end in the same state.

Each pass asks the register what is due by now and records what follows; none keeps a queue of its own.
"""

from mingze.jobs.notices import MailServer, send_notices
from mingze.jobs.overdue import mark_overdue
from mingze.jobs.runner import Runner
from mingze.jobs.settlement import settle_dates

__all__ = ["MailServer", "Runner", "mark_overdue", "send_notices", "settle_dates"]
