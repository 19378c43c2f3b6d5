"""A short wait instead of a shut door: who tries often waits a little longer each time, and is never turned away.

    try ──► fewer than `free` lately? ──► go on
                     └─ no ──► wait 2, 4, 8 … at most `longest` seconds, then the same form is sent again and goes on

The form keeps what was typed and needs no script. Nothing is written anywhere: counts live in the memory of this process,
under an address made unreadable by a key that is drawn anew each day. A program on this machine is not counted; a proxy on
this machine is asked for whom it speaks (the last `X-Forwarded-For`), and nobody else's word is taken for that.
"""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final

from django.http import HttpRequest

from mingze import instance

_KEPT = 20_000  # sources and tickets remembered at once; the oldest are forgotten, which only ever helps
_TICKET_SECONDS = 900.0
_DAY = 86_400.0
_MAKING = threading.Lock()

monotonic: Callable[[], float] = time.monotonic


@dataclass(frozen=True, slots=True)
class Pace:
    """How many tries go without a wait, after how many seconds one is forgotten, and the longest wait in seconds.

    `at_once` bounds how many forms of one source may be waiting together; 0: any number, so that nobody can push
    another's form out.
    """

    free: int
    forgotten_after: float
    longest: float
    at_once: int = 0


CODE: Final = Pace(free=5, forgotten_after=60, longest=60)
FILING: Final = Pace(free=20, forgotten_after=30, longest=30)
LETTERS: Final = Pace(free=5, forgotten_after=600, longest=60)
SIGN_IN: Final = Pace(free=5, forgotten_after=60, longest=60, at_once=30)


@dataclass(slots=True)
class _Source:
    level: float = 0.0
    seen: float = 0.0
    slot: float = 0.0
    tickets: list[str] = field(default_factory=list)


class Door:
    """One kind of try (a code, a filing, a sign-in, a letter) and who has tried lately."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self._sources: OrderedDict[bytes, _Source] = OrderedDict()
        self._ready: OrderedDict[str, tuple[bytes, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, who: bytes | None, ticket: str) -> int:
        """0: go on. Else the seconds after which the same form, sent again with the same ticket, goes on; once."""
        if who is None:
            return 0
        now = monotonic()
        with self._lock:
            source = self._source(who, now)
            over = source.level - self.pace.free
            if over < 0:
                return 0
            held, ready = self._ready.get(ticket, (b"", 0.0))
            if held == who:
                if ready <= now:
                    self._drop(source, ticket)
                    return 0
                return _seconds(ready - now)
            step = min(2.0 ** min(over + 1, 10), self.pace.longest)
            ready = source.slot = min(max(now, source.slot) + step, now + self.pace.longest)
            self._issue(source, who, ticket, ready)
            return _seconds(ready - now)

    def count(self, who: bytes | None) -> None:
        """A try that weighs: a code that opens nothing, a filing, a wrong password."""
        if who is not None:
            with self._lock:
                self._source(who, monotonic()).level += 1

    def _source(self, who: bytes, now: float) -> _Source:
        source = self._sources.setdefault(who, _Source(seen=now))
        self._sources.move_to_end(who)
        source.level = max(0.0, source.level - (now - source.seen) / self.pace.forgotten_after)
        source.seen = now
        while len(self._sources) > _KEPT:
            self._sources.popitem(last=False)
        return source

    def _issue(self, source: _Source, who: bytes, ticket: str, ready: float) -> None:
        source.tickets = [held for held in source.tickets if held in self._ready]
        while self.pace.at_once and len(source.tickets) >= self.pace.at_once:
            self._drop(source, source.tickets[0])
        source.tickets.append(ticket)
        self._ready[ticket] = (who, ready)
        oldest = next(iter(self._ready))
        while len(self._ready) > _KEPT or self._ready[oldest][1] < ready - _TICKET_SECONDS:
            del self._ready[oldest]
            oldest = next(iter(self._ready))

    def _drop(self, source: _Source, ticket: str) -> None:
        self._ready.pop(ticket, None)
        source.tickets = [held for held in source.tickets if held != ticket]


def _seconds(left: float) -> int:
    return max(1, int(left + 0.999))


class Doors:
    """The doors of one instance in this process."""

    def __init__(self) -> None:
        self.code, self.filing, self.sign_in, self.letters = Door(CODE), Door(FILING), Door(SIGN_IN), Door(LETTERS)
        self._key, self._drawn = secrets.token_bytes(32), monotonic()

    def who(self, request: HttpRequest) -> bytes | None:
        """Who a request comes from, unreadable; None for a program on this machine that speaks for nobody."""
        try:
            address = ip_address(request.META.get("REMOTE_ADDR", ""))
            if address.is_loopback:
                address = ip_address(request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip())
        except ValueError:
            return None
        # One household is given a whole /64 of IPv6.
        shown = str(address) if address.version == 4 else address.exploded[:19]
        return None if address.is_loopback else self.named(shown)

    def ticket(self, *said: str) -> str:
        """What stands for a form that is sent again: the same words are the same ticket, and nobody reads them in it."""
        return self.named("\x00".join(said)).hex()

    def named(self, name: str) -> bytes:
        """A name (a login, an address) that nobody can read back, today."""
        if monotonic() - self._drawn > _DAY:
            self._key, self._drawn = secrets.token_bytes(32), monotonic()
        return hmac.digest(self._key, name.encode("utf-8", "replace"), "sha256")


def doors() -> Doors:
    """The doors of the instance of this process."""
    here = instance.current()
    with _MAKING:
        here.doors = here.doors or Doors()
    return here.doors
