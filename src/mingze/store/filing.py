"""Filing: a matter becomes a case, once, however often the form is sent.

check the form ──► seal (this thread) ──► writer: decide, record, commit ──► the receipt
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from mingze.casework import (
    Actor,
    Command,
    Refused,
    Sealed,
    circle_of,
    decide,
    excluded_offices,
)
from mingze.procedure import Procedure
from mingze.store.answers import (
    Filed,
)
from mingze.store.codes import code_digest, receipt_code
from mingze.store.fields import Entered, Upload, check_form
from mingze.store.opened import Opened
from mingze.store.opening import find_offices, keeper, opening_party
from mingze.store.recording import Draft, Known
from mingze.store.sealing import SealedSlot, seal_file, seal_slot
from mingze.terms import local_day
from mingze.vault.keys import DataKey, KeyDestroyed

RECORD_PARTY = "record"
"""Whose key seals what belongs to a case without parties: the authority's own record of it."""


def digest_of(key: str) -> str:
    return sha256(b"mingze/idempotency/v1\x00" + key.encode()).hexdigest()[:40]


class Filing(Opened):
    """How cases are opened."""

    def file(
        self,
        procedure_name: str,
        fields: Mapping[str, Any],
        files: Sequence[Upload] = (),
        *,
        form_key: str,
        actor: Actor | None = None,
        offices: Mapping[str, str] | None = None,
        language: str = "zh-Hans",
        channel: str = "web",
        occurred_at: datetime | None = None,
    ) -> Filed:
        """Open a case. The receipt is given after the commit; the same form key gets the same case and code.

        Raises:
            Invalid: what was entered does not fit the form; every problem is listed.
            Refused: the procedure does not allow it (`unknown_procedure`, `no_office_yet` where the authority has
                nobody for a part of the procedure, and the codes of `decide`).
            Unavailable: nothing was written, or it is not known and repeating it tells.
        """
        procedure = self.procedures.get(procedure_name)
        if procedure is None:
            raise Refused("unknown_procedure", procedure=procedure_name)
        key = "file/" + digest_of(form_key)
        holder = keeper(procedure, actor)
        code = receipt_code(self._receipt_key, form_key) if holder else ""
        known = self._known(key)
        if known is not None:
            return self._filed(known, code)
        party = self._party(procedure, actor)
        actor = actor or Actor("party", party=party)
        entered = check_form(procedure, procedure.opening, fields, files, self.offices)
        case_id = secrets.token_hex(16)
        data_key = self.vault.new_key(case_id, party) if entered.slots or entered.files else None
        slots = self._seal(case_id, entered, data_key)
        command = self._command(procedure.opening_name, actor, entered, slots, offices, key, occurred_at, None)
        opening = {"language": language, "channel": channel, "reach": entered.reach}

        def work(draft: Draft) -> tuple[Known, bool]:
            known = draft.known(key)
            if known is not None:
                return known, True
            if data_key is not None:
                draft.data_keys.append(data_key)
            return self.open_case(draft, procedure, command, case_id, code, slots, opening, holder), False

        known, repeated = self.submit(work, key=key)
        if data_key is not None and not repeated:
            self.vault.hold(data_key)
        return replace(self._filed(known, code), repeated=repeated)

    def open_case(
        self,
        draft: Draft,
        procedure: Procedure,
        command: Command,
        case_id: str,
        code: str = "",
        slots: Sequence[SealedSlot] = (),
        opening: Mapping[str, str] | None = None,
        holder: str = "",
    ) -> Known:
        """Inside the writer: decide the opening command of a new case and record it; its code is the `holder`'s.

        Raises Refused.
        """
        now = self.clock.now()
        excluded = excluded_offices(procedure, command.facts, self._superiors) if procedure.excluded else ()
        command = replace(command, offices=find_offices(procedure, command.offices, self.offices, excluded))
        event = decide(
            procedure, None, command, now, self.calendar, authority=self.authority, case_id=case_id,
            superiors=self._superiors, circle=circle_of(procedure, command.offices, self.posts(), command.actor),
        )  # fmt: skip
        number = draft.next_number(procedure, local_day(now).year)
        known = draft.record(procedure, None, event, slots, {"number": number, **(opening or {})})
        if code:
            draft.codes.append((self.authority, code_digest(code), case_id, holder))
        if command.idempotency:
            draft.remember(command.idempotency, known)
        return known

    def _command(
        self,
        action: str,
        actor: Actor,
        entered: Entered,
        slots: Sequence[SealedSlot],
        offices: Mapping[str, str] | None,
        key: str,
        occurred_at: datetime | None,
        expected_n: int | None,
    ) -> Command:
        mentions: tuple[Sealed, ...] = tuple(slot.mention for slot in slots)
        return Command(action, actor, entered.facts, mentions, dict(offices or {}), key, occurred_at, expected_n)

    def _seal(self, case_id: str, entered: Entered, key: DataKey | None) -> list[SealedSlot]:
        if key is None:
            return []
        slots = [seal_slot(self.authority, key, slot, content) for slot, content in entered.slots.items()]
        for count, file in enumerate(entered.files, 1):
            slot_id = secrets.token_hex(8)
            digest = self.evidence.keep(seal_file(self.authority, key, slot_id, file.data))
            content = {
                "field": file.field,
                "name": file.name,
                "type": file.type,
                "size": len(file.data),
                "sha256": sha256(file.data).hexdigest(),
            }
            slots.append(seal_slot(self.authority, key, f"attachment:{count}", content, digest, slot_id))
        return slots

    def _data_key(self, case_id: str, procedure: Procedure, actor: Actor) -> DataKey:
        try:
            return self.vault.ensure(case_id, self._party(procedure, actor), self.clock.now().isoformat())
        except KeyDestroyed as error:
            raise Refused("erased", **error.values) from error

    @staticmethod
    def _party(procedure: Procedure, actor: Actor | None) -> str:
        """Under whose key something is sealed: the party who acts, else the party the case is about."""
        if actor is not None and actor.kind == "party":
            return actor.party
        return opening_party(procedure) or next(iter(procedure.parties), RECORD_PARTY)

    def _known(self, key: str) -> Known | None:
        known = self._book.ahead.keys.get(key)
        if known is not None:
            return known
        sql = "SELECT case_id, n, leaf_index FROM idempotency WHERE authority = ? AND key = ?"
        with self.readers.lagging() as connection:
            row = connection.execute(sql, (self.authority, key)).fetchone()
        return Known(*row) if row else None

    def _filed(self, known: Known, code: str) -> Filed:
        sql = "SELECT number FROM case_file WHERE authority = ? AND case_id = ?"
        held = self._book.cases.get(known.case_id)
        if held is not None:
            return Filed(known.case_id, held.number, code, known.n, known.leaf_index, True)
        with self.readers() as connection:
            number = connection.execute(sql, (self.authority, known.case_id)).fetchone()[0]
        return Filed(known.case_id, number, code, known.n, known.leaf_index, True)
