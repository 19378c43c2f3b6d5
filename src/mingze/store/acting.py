"""Acting in a case: an action becomes its next event, and where it opens a linked case, that case's first.

Whoever acts on a case that has moved on is told what happened instead.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from mingze.casework import (
    Actor,
    Command,
    Following,
    Refused,
    decide,
    decide_linked,
    decode,
    excluded_offices,
    opener,
    passed_on,
)
from mingze.procedure import Action, Procedure
from mingze.store.answers import (
    Acted,
    Filed,
    Invited,
)
from mingze.store.codes import code_digest, linked_code, party_code
from mingze.store.fields import Entered, Upload, check_form
from mingze.store.filing import Filing, digest_of
from mingze.store.opening import carried, find_offices, keeper
from mingze.store.promises import PROCEDURE as PROMISE
from mingze.store.reading import Reading
from mingze.store.recording import Draft, Held, Known, open_event
from mingze.store.sealing import SealedSlot
from mingze.terms import local_day
from mingze.vault.keys import DataKey

BESIDE = ("read", "settled", "asked", "approved", "refused", "deferred")
"""Events after which a case has not moved on for whoever acts in it."""


@dataclass(frozen=True)
class NextCase:
    """A linked case made ready before the writer's turn; it exists only if its first event is recorded."""

    procedure: Procedure
    case_id: str
    given: Entered
    data_key: DataKey | None
    slots: Sequence[SealedSlot]
    holder: str
    code: str


class Acting(Filing, Reading):
    """How actions are taken."""

    def act(
        self,
        case_id: str,
        action: str,
        actor: Actor,
        fields: Mapping[str, Any] | None = None,
        files: Sequence[Upload] = (),
        *,
        offices: Mapping[str, str] | None = None,
        idempotency: str,
        expected_n: int | None = None,
        occurred_at: datetime | None = None,
    ) -> Acted:
        """Take an action in a case.

        `expected_n` is the number of events the actor had seen. Access records and settled dates among the ones
        since do not count as the case having moved on.

        Raises:
            Refused: the procedure does not allow it here and now; `case_moved_on` says which action came first
                (`first_action`), by which office and post (`first_office`, `first_post`) and when (`first_at`);
                `unknown_case`; `erased` when the party's data was erased.
            Invalid, Unavailable: as for `file`.
        """
        procedure = self._procedure_of(case_id)
        if self.hidden(case_id, actor):
            raise Refused("unknown_case")
        if action not in procedure.actions:
            raise Refused("unknown_action", action=action)
        declared = procedure.actions[action]
        entered = check_form(procedure, declared, fields or {}, files, self.offices)
        data_key = self._data_key(case_id, procedure, actor) if entered.slots or entered.files else None
        slots = self._seal(case_id, entered, data_key)
        key = f"{case_id}/{digest_of(idempotency)}"
        command = self._command(action, actor, entered, slots, offices, key, occurred_at, expected_n)
        next_case = self._next_case(case_id, key, procedure, declared, entered, actor) if declared.opens else None
        watched = procedure.name == PROMISE
        alone = watched and self.promises.concerns(procedure, action, entered)

        def work(draft: Draft) -> tuple[Known, bool]:
            held = draft.held(case_id)
            if held is None:
                raise Refused("unknown_case")
            known = held.answers.get(key)
            if known is not None:
                return known, True
            if held.case.procedure_hash != procedure.hash:  # moved to a new version since the form was drawn
                raise Refused(
                    "case_moved_on", action=action, expected_n=expected_n, n=held.case.n, stage=held.case.stage
                )
            asked = command
            if expected_n is not None and expected_n != held.case.n:
                asked = replace(command, expected_n=self._seen(draft, held, action, expected_n))
            beside = self.promises.before(draft, procedure, held, asked, entered) if watched else None
            if next_case is not None:
                return self.act_and_open(draft, procedure, held, asked, slots, next_case), False
            event = decide(
                procedure, held.case, asked, self.now_of(held.case), self.calendar,
                authority=self.authority, case_id=case_id, previous=held.last_leaf, superiors=self._superiors,
            )  # fmt: skip
            known = draft.record(procedure, held, event, slots)
            if beside is not None:
                draft.after += beside(known.n)
            if declared.invites:
                digest = code_digest(party_code(self._receipt_key, case_id, declared.invites))
                draft.codes.append((self.authority, digest, case_id, declared.invites))
            return known, False

        known, repeated = self.submit(work, key=key, case_id=case_id, alone=alone)
        opened = self._opened(known, next_case) if next_case is not None else None
        invited = None
        if declared.invites:
            invited = Invited(declared.invites, party_code(self._receipt_key, case_id, declared.invites))
        return Acted(known.case_id, known.n, known.leaf_index, repeated, opened, invited)

    def _next_case(
        self, case_id: str, key: str, procedure: Procedure, declared: Action, entered: Entered, actor: Actor
    ) -> NextCase:
        """What can be made ready of a linked case before the writer's turn: its keys, its sealed parts, its code."""
        child = self.procedures.get(declared.opens)
        if child is None:
            raise Refused("unknown_procedure", procedure=declared.opens)
        first = opener(child, actor)
        holder = keeper(child, first)
        given = carried(entered, procedure, child)
        child_id = secrets.token_hex(16)
        data_key = self.vault.new_key(child_id, self._party(child, first)) if given.slots or given.files else None
        code = linked_code(self._receipt_key, key) if holder else ""
        return NextCase(child, child_id, given, data_key, self._seal(child_id, given, data_key), holder, code)

    def act_and_open(
        self,
        draft: Draft,
        procedure: Procedure,
        held: Held,
        command: Command,
        slots: Sequence[SealedSlot],
        next_case: NextCase,
    ) -> Known:
        """Inside the writer: the event of the action and the first event of the case it opens, both or none."""
        child, now = next_case.procedure, self.now_of(held.case)
        facts, given_offices = passed_on(procedure, held.case, command.action, command.facts, child)
        excluded = (*held.case.excluded, *excluded_offices(child, facts, self._superiors))
        following = Following(
            child,
            next_case.case_id,
            tuple(slot.mention for slot in next_case.slots),
            find_offices(child, given_offices, self.offices, excluded),
        )
        event, first = decide_linked(
            procedure, held.case, command, now, self.calendar, authority=self.authority, following=following,
            previous=held.last_leaf, superiors=self._superiors,
        )  # fmt: skip
        known = draft.record(procedure, held, event, slots)
        number = draft.next_number(child, local_day(now).year)
        reach = next_case.given.reach
        opening = {"number": number, "language": held.language, "channel": held.channel, "reach": reach}
        if next_case.data_key is not None:
            draft.data_keys.append(next_case.data_key)
        draft.record(child, None, first, next_case.slots, opening)
        if next_case.code:
            draft.codes.append((self.authority, code_digest(next_case.code), next_case.case_id, next_case.holder))
        return known

    def _opened(self, known: Known, next_case: NextCase) -> Filed:
        """The linked case that an action opened the first time it was sent, with the code of then."""
        found = self.case(known.case_id)
        assert found is not None
        child_id = next(link["case"] for link in found.case.links if link["n"] == known.n)
        if next_case.data_key is not None and child_id == next_case.case_id:
            self.vault.hold(next_case.data_key)
        opened = self.case(child_id)
        assert opened is not None
        first = opened.events[0]
        return Filed(child_id, opened.number, next_case.code, 1, first.leaf_index, child_id != next_case.case_id)

    def _seen(self, draft: Draft, held: Held, action: str, expected_n: int) -> int:
        """The present n, when only readings (with what belongs to them) and settled dates came since; else tell what came
        first.
        """
        since = [row for row in draft.events_after(held.case.id, expected_n) if row[1] not in BESIDE]
        if not since and expected_n < held.case.n:
            return held.case.n
        values: dict[str, Any] = {}
        if since:
            n, _, _, sealed, key_id = since[0]
            first = decode(open_event(self.vault, held.case.id, n, key_id, bytes(sealed))[1])
            values = {
                "first_action": first.action or first.type,
                "first_office": first.office,
                "first_post": first.post,
                "first_at": first.recorded_at,
            }
        raise Refused(
            "case_moved_on", action=action, expected_n=expected_n, n=held.case.n, stage=held.case.stage, **values
        )
