"""Asking to open what needs somebody else's word, giving that word, and deferring to show who has read: each an event of
the case, decided in the writer's turn.

A request waits in a list of the office that was asked (or of the one post named), which is not shown the case: its number,
its kind, who asks, for which step and why are all there is to decide on.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from mingze.casework import Actor, Case, Event, Refused, answer, ask, defer, is_asked, waiting_requests
from mingze.casework.unsealing import APPROVERS
from mingze.procedure import Procedure
from mingze.terms import local_day

if TYPE_CHECKING:
    from mingze.store.recording import Draft
    from mingze.store.register import Register

_LIMIT: Final = 200
"""Requests that a list shows; an office that lets more wait than this has another difficulty than a list."""


@dataclass(frozen=True)
class Waiting:
    """A request that waits for somebody's word, as whoever was asked sees it."""

    case_id: str
    number: str
    procedure: Procedure
    asked: Event

    @property
    def facts(self) -> Mapping[str, Any]:
        """What was asked, for which step, why, and until when it waits."""
        return self.asked.facts


class Unsealing:
    """The requests and deferrals of one register. `account` names whoever holds the post now, so that one person with two
    posts does not answer themselves; only a keyed digest of it, another in every case, is kept.
    """

    def __init__(self, register: Register, key: bytes) -> None:
        self._register = register
        self._key = key

    def ask(
        self,
        case_id: str,
        actor: Actor,
        kinds: Sequence[str],
        *,
        purpose: str,
        stage: str,
        reason: str,
        account: str,
        idempotency: str,
    ) -> int:
        """Ask to open kinds of sealed content; the number of the event. Repeated with its key, the same event answers.

        Raises: Refused `unknown_case`, and the codes of `casework.ask`; Unavailable.
        """

        def decided(procedure: Procedure, case: Case, previous: str, key: str) -> Event:
            register = self._register
            return ask(
                procedure, case, actor, kinds, register.now_of(case), register.calendar, purpose=purpose, stage=stage,
                reason=reason, hand=self._hand(case.id, account), able=self._able(), authority=register.authority,
                previous=previous, idempotency=key,
            )  # fmt: skip

        return self._record(case_id, "ask", idempotency, decided)

    def answer(
        self, case_id: str, n: int, actor: Actor, approve: bool, *, reason: str, account: str, idempotency: str
    ) -> int:
        """Approve or refuse a request; the number of the event.

        Raises: Refused `unknown_case`, and the codes of `casework.answer`; Unavailable.
        """

        def decided(procedure: Procedure, case: Case, previous: str, key: str) -> Event:
            register = self._register
            return answer(
                procedure, case, actor, n, approve, register.now_of(case), register.calendar, reason=reason,
                hand=self._hand(case.id, account), authority=register.authority, previous=previous, idempotency=key,
            )  # fmt: skip

        return self._record(case_id, f"answer/{n}", idempotency, decided)

    def defer(self, case_id: str, actor: Actor, basis: str, until: date, *, reason: str, idempotency: str) -> int:
        """Defer showing the person who reads their case, on a basis of its procedure; the number of the event.

        Raises: Refused `unknown_case`, and the codes of `casework.defer`; Unavailable.
        """

        def decided(procedure: Procedure, case: Case, previous: str, key: str) -> Event:
            register = self._register
            return defer(
                procedure, case, actor, basis, until, register.now_of(case), register.calendar, reason=reason,
                authority=register.authority, previous=previous, idempotency=key,
            )  # fmt: skip

        return self._record(case_id, "defer", idempotency, decided)

    def waiting(self, actor: Actor) -> list[Waiting]:
        """The requests that wait for this post's word, the one that ends first at the top."""
        found = (self.request(case_id, n, actor) for case_id, n in self._waiting(actor))
        return [one for one in found if one is not None]

    def count(self, actor: Actor) -> int:
        """How many requests wait for this post's word; counting stops where the list does."""
        return len(self._waiting(actor))

    def request(self, case_id: str, n: int, actor: Actor) -> Waiting | None:
        """One request, for whoever was asked and as long as it waits; None for anybody else, as for none."""
        if not self._register.may(actor, "approve", case_id) or (case_id, n) not in self._waiting(actor, case_id):
            return None
        found = self._register.case(case_id)
        if found is None:
            return None
        asked = next(stored.event for stored in found.events if stored.event.n == n)
        return Waiting(case_id, found.number, found.procedure, asked)

    def _waiting(self, actor: Actor, case_id: str = "") -> list[tuple[str, int]]:
        """The case and number of the requests that wait for a post's word now, perhaps of one case alone."""
        if actor.kind != "post":
            return []
        today = local_day(self._register.clock.now())
        any_post = "" if any(function in APPROVERS for function in actor.functions) else actor.post
        sql = (
            "SELECT a.case_id, a.n, c.state FROM approval a"
            " JOIN case_file c ON c.authority = a.authority AND c.case_id = a.case_id"
            " WHERE a.authority = ? AND a.office = ? AND a.post IN (?, ?) AND a.until_on >= ? AND c.is_open = 1"
            f"{' AND a.case_id = ?' if case_id else ''} ORDER BY a.until_on, a.case_id, a.n LIMIT {_LIMIT}"
        )
        values = (self._register.authority, actor.office, any_post, actor.post, today.isoformat())
        with self._register.readers() as connection:
            rows = connection.execute(sql, (*values, case_id) if case_id else values).fetchall()
        out = []
        for found, n, state in rows:
            case = Case.from_bytes(state)
            if any(one["n"] == n and is_asked(case, one, actor) for one in waiting_requests(case, today)):
                out.append((found, n))
        return out

    def _able(self) -> dict[str, list[str]]:
        """For each function, the offices that have it and a post that may answer."""
        offices = self._register.offices
        able: dict[str, list[str]] = {}
        for office in offices:
            if any(set(post.functions) & set(APPROVERS) for post in offices.posts_of(office.id)):
                for function in office.functions:
                    able.setdefault(function, []).append(office.id)
        return able

    def _hand(self, case_id: str, account: str) -> str:
        """Whose hand it was, comparable within one case and with nothing else; "" for nobody."""
        if not account:
            return ""
        said = b"mingze/hand/v1\x00" + case_id.encode() + b"\x00" + account.encode()
        return urlsafe_b64encode(hmac.digest(self._key, said, "sha256")[:16]).decode().rstrip("=")

    def _record(
        self, case_id: str, what: str, idempotency: str, decided: Callable[[Procedure, Case, str, str], Event]
    ) -> int:
        register = self._register
        key = f"{case_id}/{what}/{sha256(idempotency.encode()).hexdigest()[:40]}"

        def work(draft: Draft) -> int:
            held = draft.held(case_id)
            if held is None:
                raise Refused("unknown_case")
            known = held.answers.get(key)
            if known is not None:
                return known.n
            procedure = register.procedure_version(held.case.procedure, held.case.procedure_hash)
            event = decided(procedure, held.case, held.last_leaf, key)
            return draft.record(procedure, held, event).n

        return register.submit(work, case_id=case_id)
