"""What the jobs ask of a register: which cases a day has come for, and events made for many cases at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from mingze.casework import (
    Refused,
    note_correction,
)
from mingze.store.opened import Opened
from mingze.store.recording import Draft
from mingze.terms import Calendar, local_day


class Passes(Opened):
    """The passes over open cases."""

    def pass_over(self, case_ids: Sequence[str], step: Any) -> int:
        """For the jobs: let `step(procedure, case, now, previous)` make events of these cases until it answers None,
        all in one transaction; returns how many were recorded. A case whose step is refused is left as it is.

        Raises Unavailable.
        """

        def work(draft: Draft) -> int:
            recorded = 0
            for case_id in case_ids:
                for _ in range(8):  # no case has more clocks that can run out at once
                    held = draft.held(case_id)
                    if held is None:
                        break
                    procedure = self.procedure_version(held.case.procedure, held.case.procedure_hash)
                    try:
                        event = step(procedure, held.case, self.now_of(held.case), held.last_leaf)
                    except Refused:
                        break
                    if event is None:
                        draft.look_again(case_id)
                        break
                    draft.record(procedure, held, event)
                    recorded += 1
            return recorded

        return self.submit(work)

    def lapsed_cases(self, after: str, limit: int, by: datetime | None = None) -> list[str]:
        """Open cases with a period that has run out (by now, or by a moment) and is not marked yet, by id."""
        now = by or self.clock.now()
        sql = (
            "SELECT case_id FROM case_file WHERE authority = ? AND is_open = 1 AND next_lapse < ?"
            " AND (length(next_lapse) > 10 OR next_lapse < ?) AND case_id > ? ORDER BY case_id LIMIT ?"
        )
        values = (self.authority, now.isoformat(), local_day(now).isoformat(), after, limit)
        with self.readers() as connection:
            return [row[0] for row in connection.execute(sql, values).fetchall()]

    def provisional_cases(self, after: str, limit: int) -> list[str]:
        """Open cases with a date that depends on a day no calendar covered, by id."""
        sql = (
            "SELECT case_id FROM case_file WHERE authority = ? AND is_open = 1 AND provisional = 1 AND case_id > ?"
            " ORDER BY case_id LIMIT ?"
        )
        with self.readers() as connection:
            return [row[0] for row in connection.execute(sql, (self.authority, after, limit)).fetchall()]

    def open_cases(self, after: str, limit: int) -> list[str]:
        """Open cases by id."""
        sql = (
            "SELECT case_id FROM case_file WHERE authority = ? AND is_open = 1 AND case_id > ? ORDER BY case_id LIMIT ?"
        )
        with self.readers() as connection:
            return [row[0] for row in connection.execute(sql, (self.authority, after, limit)).fetchall()]

    def note_each(self, case_ids: Sequence[str], calendar: Calendar) -> int:
        """For the jobs: record for each of these cases that a calendar would give another date, once a calendar."""

        def work(draft: Draft) -> int:
            recorded = 0
            for case_id in case_ids:
                held, key = draft.held(case_id), f"{case_id}/calendar/{calendar.digest}"
                if held is None or key in held.answers:
                    continue
                procedure = self.procedure_version(held.case.procedure, held.case.procedure_hash)
                event = note_correction(
                    procedure, held.case, self.now_of(held.case), calendar,
                    authority=self.authority, previous=held.last_leaf, idempotency=key,
                )  # fmt: skip
                if event is not None:
                    draft.record(procedure, held, event)
                    recorded += 1
            return recorded

        return self.submit(work)

    def compared_with(self, calendar: Calendar) -> bool:
        """Whether every running date has been compared with this calendar."""
        sql = "SELECT 1 FROM calendar_pass WHERE authority = ? AND digest = ?"
        with self.readers() as connection:
            return connection.execute(sql, (self.authority, calendar.digest)).fetchone() is not None

    def set_compared_with(self, calendar: Calendar) -> None:
        """Every running date has been compared with this calendar."""
        sql = (
            "INSERT INTO calendar_pass (authority, digest, version, passed_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING"
        )
        row = (self.authority, calendar.digest, calendar.version, self.clock.now().isoformat())
        self.submit(lambda draft: draft.connection.write_all([(sql, [row], False)]), alone=True)
