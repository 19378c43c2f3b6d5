"""The threads of a serving process that run the passes: the log is published at once, the rest every so often.

    new leaves        ──► publish, at most five times a second, in a thread of its own: a receipt's proof is
                          there within a second, also while letters wait for a mail server
    every 15 seconds  ──► notices, letters to those who follow the board
    every minute      ──► overdue, then the statement of a day that is over
    every day         ──► retention: what was kept as long as was told is erased; a rotation of the vault's keys is stated
    after each publication ──► witnesses, in a thread of their own
    once, and whenever it starts ──► dates to settle (a calendar changes only with a new version of the program)

A pass that fails says so in the log and in `trouble`, for the health page, and is tried again at its next turn; a
command is never held up by one.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from mingze.casework import Refused
from mingze.jobs.cosigning import Address, Cosigning
from mingze.jobs.governing import declare, state_days, state_rotation
from mingze.jobs.notices import Settings, send_notices
from mingze.jobs.overdue import mark_overdue
from mingze.jobs.retention import erase_due
from mingze.jobs.settlement import note_corrections, settle_dates
from mingze.store import PublishRefused, Register, Unavailable
from mingze.vault import SealBroken

log = logging.getLogger(__name__)

PUBLISH_SECONDS = 0.2
"""From the beginning of one publication to the next, at least: one that took longer is followed at once."""

NOTICE_SECONDS = 15.0
OVERDUE_SECONDS = 60.0
RETENTION_SECONDS = 86_400.0

_APART = ("publish", "witnesses")
"""Passes with a thread of their own."""


class Runner:
    """Runs the passes of one register beside the server; `run_once` runs them all now.

    `letters` writes to those who follow the board: the pages know what is new there, this room does not.
    """

    def __init__(
        self,
        register: Register,
        mail: Settings,
        base_url: str,
        vkey: str = "",
        witnesses: Iterable[Address] = (),
        letters: Callable[[], int] | None = None,
    ) -> None:
        self._register = register
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._cosigning = Cosigning.of(register.publisher, witnesses)
        self.trouble: dict[str, str] = {}
        """Passes whose last run failed, with the code of the reason; empty when all is well."""
        self._passes: dict[str, Callable[[], Any]] = {
            "settle": lambda: settle_dates(register) + note_corrections(register),
            "declare": lambda: declare(register, vkey),
            "overdue": lambda: mark_overdue(register),
            "retention": lambda: erase_due(register),
            "keys": lambda: state_rotation(register),
            "statement": lambda: state_days(register),
            "notices": lambda: send_notices(register, mail, base_url),
            "publish": register.publish,
        }
        if letters is not None:
            self._passes["letters"] = letters
        if self._cosigning.witnesses:
            self._passes["witnesses"] = self._cosigning.ask

    def run_once(self) -> dict[str, int]:
        """Run every pass now, in the order in which one makes work for the next; how much each did (log: its size)."""
        return {name: self._run(name) or 0 for name in self._passes}

    def start(self) -> None:
        """Run the passes until `stop`: publishing in a thread, asking witnesses in another, all others in a third."""
        if not self._threads:
            wanted = [("register-publisher", self._publish), ("register-jobs", self._loop)]
            if self._cosigning.witnesses:
                wanted.append(("register-witnesses", self._ask_witnesses))
            self._threads = [threading.Thread(target=loop, name=name, daemon=True) for name, loop in wanted]
            for thread in self._threads:
                thread.start()

    def stop(self) -> None:
        """Let the pass that runs finish, and end."""
        self._stop.set()
        for thread in self._threads:
            thread.join()
        self._threads = []

    def _ask_witnesses(self) -> None:
        while not self._stop.wait(PUBLISH_SECONDS):
            self._run("witnesses")
            for name, why in self._cosigning.trouble.items():
                self.trouble.setdefault("witnesses", f"{why}: {name}")

    def _publish(self) -> None:
        """Publish what was recorded, in a thread of its own: letters and lists to be gone through hold up no signature."""
        self._run("publish")
        rest = PUBLISH_SECONDS
        while not self._stop.wait(rest):
            grown = self._register.wait_for_leaves(0.5)
            began = time.monotonic()
            if grown or "publish" in self.trouble:
                self._run("publish")
            rest = max(began + PUBLISH_SECONDS - time.monotonic(), 0.02)

    def _loop(self) -> None:
        for name in [name for name in self._passes if name not in _APART]:
            self._run(name)
        every = {
            "retention": RETENTION_SECONDS,
            "keys": OVERDUE_SECONDS,
            "notices": NOTICE_SECONDS,
            "overdue": OVERDUE_SECONDS,
            "statement": OVERDUE_SECONDS,
            **({"letters": NOTICE_SECONDS} if "letters" in self._passes else {}),
        }
        due = {name: time.monotonic() + seconds for name, seconds in every.items()}
        while not self._stop.wait(1.0):
            now = time.monotonic()
            for name, at in due.items():
                if now >= at:
                    self._run(name)
                    due[name] = now + every[name]

    def _run(self, name: str) -> int | None:
        try:
            done = self._passes[name]()
        except (Unavailable, PublishRefused, Refused, SealBroken) as error:
            if self.trouble.get(name) != error.code:  # once for each reason, not once a second
                log.warning("pass %s failed: %s", name, error.code)
            self.trouble[name] = error.code
            return None
        self.trouble.pop(name, None)
        return int(done)
