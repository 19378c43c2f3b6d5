"""The notices still to be sent: recorded with the event that causes them, in its transaction, and settled later.

A notice says only that something happened in a case with this number and where to look; nothing of the matter, and no
address: that is opened when the notice is sent, with an access record the person sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from mingze.store.register import Register

BACKOFF_MINUTES: Final = (1, 5, 15, 60, 240, 720, 1440)
"""Minutes to wait after each attempt that failed; after the last one the notice is given up as `failed`."""


@dataclass(frozen=True)
class Notice:
    """One message owed to a party of a case. `action` is the action taken, or `lapsed` or `settled`."""

    notice_id: str
    case_id: str
    number: str
    procedure: str
    n: int
    party: str
    action: str
    language: str
    state: str
    attempts: int


class Outbox:
    """The notices of one register."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def waiting(self, now: datetime, limit: int = 100) -> list[Notice]:
        """The notices due to be tried by now, the longest waiting first."""
        return self._read(
            "AND o.state = 'waiting' AND o.next_at <= ? ORDER BY o.next_at, o.notice_id LIMIT ?", now.isoformat(), limit
        )

    def of_case(self, case_id: str) -> list[Notice]:
        """Every notice of a case, whatever became of it."""
        return self._read("AND o.case_id = ? ORDER BY o.n, o.notice_id", case_id)

    def settle(self, notice: Notice, state: str, now: datetime) -> None:
        """Record what became of a notice: `sent`, `no_address` or `failed`. Once settled it stays so."""
        sql = "UPDATE notice SET state = ?, attempts = ?, settled_at = ? WHERE authority = ? AND notice_id = ? AND state = 'waiting'"
        self._write(sql, (state, notice.attempts + 1, now.isoformat(), self._register.authority, notice.notice_id))

    def postpone(self, notice: Notice, now: datetime) -> None:
        """An attempt failed: try again later, each time after a longer wait, and in the end give up."""
        if notice.attempts >= len(BACKOFF_MINUTES):
            self.settle(notice, "failed", now)
            return
        next_at = (now + timedelta(minutes=BACKOFF_MINUTES[notice.attempts])).isoformat()
        sql = "UPDATE notice SET attempts = ?, next_at = ? WHERE authority = ? AND notice_id = ? AND state = 'waiting'"
        self._write(sql, (notice.attempts + 1, next_at, self._register.authority, notice.notice_id))

    def _write(self, sql: str, values: tuple[Any, ...]) -> None:
        self._register.submit(lambda draft: draft.connection.execute(sql, values), alone=True)

    def _read(self, where: str, *values: Any) -> list[Notice]:
        sql = (
            "SELECT o.notice_id, o.case_id, c.number, c.procedure, o.n, o.party, o.action, o.language, o.state, o.attempts"
            " FROM notice o JOIN case_file c ON c.authority = o.authority AND c.case_id = o.case_id WHERE o.authority = ? "
        )
        with self._register.readers() as connection:
            rows = connection.execute(sql + where, (self._register.authority, *values)).fetchall()
        return [Notice(*row) for row in rows]
