"""Erasing what a party gave in a case: the event is durable first, then the key is destroyed.

If we crash here: before the commit, nothing has happened; between commit and destruction, the register gives nothing out
any more because the event says so, and the next pass (`finish`) destroys the key; after both, a backup of an older vault
would have the key again, and a restore destroys it again from the lists in the archives.

Law: 个人信息保护法 47.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingze.casework import Actor, Case, Event, Refused, erase
from mingze.casework.erasing import Reason
from mingze.procedure import Procedure

if TYPE_CHECKING:
    from mingze.store.recording import Draft
    from mingze.store.register import Register


@dataclass(frozen=True)
class Erased:
    """What has happened: `done` when the key is destroyed, else its use has stopped `until` a day a law sets."""

    n: int
    leaf_index: int
    done: bool
    until: str = ""
    cite: str = ""


class Erasing:
    """The erasures of one register."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def erase(self, case_id: str, party: str, actor: Actor, reason: Reason = "request") -> Erased:
        """Erase what a party gave in a case, or stop its use where a law has it kept.

        A party erases only its own; the jobs erase as `system`.

        Raises:
            Refused: `unknown_case`, `not_yours`, and the codes of `casework.erase`.
            Unavailable: nothing was recorded; or (while the key is destroyed) the next pass destroys it.
        """
        register = self._register
        if actor.kind != "system" and (actor.kind != "party" or actor.party != party):
            raise Refused("not_yours", action="erase", role="", office="", function="")
        undecided = self.undecided(case_id)

        def work(draft: Draft) -> tuple[Event, int]:
            held = draft.held(case_id)
            if held is None:
                raise Refused("unknown_case")
            procedure = register.procedure_version(held.case.procedure, held.case.procedure_hash)
            event = erase(
                procedure, held.case, party, self._parts(draft, case_id, party), reason, actor,
                register.now_of(held.case), register.calendar, authority=register.authority, previous=held.last_leaf,
                undecided=undecided,
            )  # fmt: skip
            return event, draft.record(procedure, held, event).leaf_index

        event, leaf = register.submit(work, case_id=case_id)
        if event.type == "erased":
            register.vault.destroy(case_id, party, event.recorded_at.isoformat())
        return Erased(event.n, leaf, event.type == "erased", event.facts.get("until", ""), event.facts["cite"])

    def undecided(self, case_id: str) -> tuple[str, ...]:
        """The numbers of cases linked to this one, in whatever way and however far, that still run."""
        seen, waiting, running = {case_id}, [case_id], []
        while waiting:
            for link in self._register.links(waiting.pop()):
                if link.case_id not in seen:
                    seen.add(link.case_id)
                    waiting.append(link.case_id)
                    found = self._register.case(link.case_id)
                    if found is not None and found.case.open:
                        running.append(found.number)
        return tuple(running)

    def finish(self, cases: dict[str, Case], keys: list[tuple[str, str]]) -> int:
        """Destroy those of these living keys whose case says they are erased; how many were. Raises Unavailable."""
        now = self._register.clock.now().isoformat()
        late = [key for key in keys if key[0] in cases and key[1] in cases[key[0]].erased]
        return sum(self._register.vault.destroy(case_id, party, now) for case_id, party in late)

    def ended(self, case_ids: list[str]) -> dict[str, Case]:
        """Those of these cases that have ended. Raises Unavailable."""
        register = self._register
        marks = ", ".join("?" * len(case_ids))
        sql = f"SELECT case_id, state FROM case_file WHERE authority = ? AND is_open = 0 AND case_id IN ({marks})"
        with register.readers() as connection:
            rows = connection.execute(sql, (register.authority, *case_ids)).fetchall()
        return {case_id: Case.from_bytes(state) for case_id, state in rows}

    def parts(self, case_id: str, party: str) -> tuple[str, ...]:
        """What of a party's is sealed in a case, as `n/slot`."""
        with self._register.readers() as connection:
            return _parts_of(connection.execute, self._register.authority, case_id, party)

    def _parts(self, draft: Draft, case_id: str, party: str) -> tuple[str, ...]:
        return _parts_of(draft.connection.execute, self._register.authority, case_id, party)

    def procedure(self, case: Case) -> Procedure:
        """The version of the procedure a case stands under."""
        return self._register.procedure_version(case.procedure, case.procedure_hash)


def _parts_of(execute: Callable[..., object], authority: str, case_id: str, party: str) -> tuple[str, ...]:
    sql = "SELECT n, slot FROM slot WHERE authority = ? AND case_id = ? AND party = ? ORDER BY n, slot"
    rows = execute(sql, (authority, case_id, party)).fetchall()  # pyright: ignore[reportAttributeAccessIssue]
    return tuple(f"{n}/{slot}" for n, slot in rows)
