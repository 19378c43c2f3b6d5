"""Moving running cases to the version of their procedure that is in force: tried out first, then one record a case.

A new version changes nothing for a case by itself. Whoever moves cases sees beforehand what would change for each and
what stands in the way; each move is an event of its case with the reason, told to every party of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mingze.casework import Actor, Case, Move, Refused, migrate, plan_move
from mingze.procedure import Procedure
from mingze.store import pages
from mingze.store.library import require_decider
from mingze.store.opening import superiors

if TYPE_CHECKING:
    from mingze.store.recording import Draft, Known
    from mingze.store.register import Register

_PAGE: Final = 200

_REPIN: Final = "UPDATE case_file SET procedure_hash = ? WHERE authority = ? AND case_id = ?"


@dataclass(frozen=True)
class Affected:
    """A case that could be moved: its number, and what moving it would change."""

    case_id: str
    number: str
    move: Move


def version_in_force(register: Register, name: str, digest: str = "") -> Procedure:
    """The version in force of a name; with a hash (or its beginning) only if it is that one.

    Raises Refused `unknown_procedure`, `version_not_in_force`.
    """
    found = register.procedures.get(name)
    if found is None:
        raise Refused("unknown_procedure", procedure=name)
    if not found.hash.removeprefix("sha256:").startswith(digest.removeprefix("sha256:")):
        raise Refused("version_not_in_force", name=name, hash=digest[:19])
    return found


def affected(
    register: Register,
    new: Procedure,
    viewer: Actor,
    *,
    numbers: Sequence[str] = (),
    stages: Mapping[str, str] | None = None,
) -> Iterator[Affected]:
    """Every open case under another version, with what moving it would change; or only those of some numbers.

    A case the viewer is barred from is not among them: somebody else has to move it.
    """
    wanted = {case_id for number in numbers if (case_id := register.by_number(number, viewer))}
    barred, mine = pages.not_barred(viewer)
    sql = (
        "SELECT c.case_id, c.number, c.state FROM case_file c WHERE c.authority = ? AND c.procedure = ?"
        f" AND c.is_open = 1 AND c.procedure_hash <> ? AND c.case_id > ? AND {barred} ORDER BY c.case_id LIMIT ?"
    )
    above = superiors(register.offices)
    after: str = ""
    while True:
        with register.readers() as connection:
            values = (register.authority, new.name, new.hash, after, *mine, _PAGE)
            rows = connection.execute(sql, values).fetchall()
        for case_id, number, state in rows:
            if numbers and case_id not in wanted:
                continue
            case = Case.from_bytes(state)
            old = register.procedure_version(case.procedure, case.procedure_hash)
            yield Affected(case_id, number, plan_move(case, old, new, stages=stages, superiors=above))
        if len(rows) < _PAGE:
            return
        after = str(rows[-1][0])


def move_case(
    register: Register,
    case_id: str,
    new: Procedure,
    actor: Actor,
    reason: str,
    *,
    stages: Mapping[str, str] | None = None,
) -> int:
    """Move one case; the number of its event that says so. Repeated, the same event answers.

    Raises Refused: `not_entitled`, `move_without_reason`, `unknown_case`, and the codes of `migrate`.
    """
    require_decider(actor)
    if not reason.strip():
        raise Refused("move_without_reason")
    key = f"{case_id}/move/{new.hash}"

    def work(draft: Draft) -> Known:
        held = draft.held(case_id)
        if held is None or register.hidden(case_id, actor):
            raise Refused("unknown_case")
        known = held.answers.get(key)
        if known is not None:
            return known
        old = register.procedure_version(held.case.procedure, held.case.procedure_hash)
        event, _ = migrate(
            held.case, old, new, actor, register.now_of(held.case), register.calendar, reason=reason.strip(),
            authority=register.authority, previous=held.last_leaf, stages=stages,
            superiors=superiors(register.offices), posts=register.posts(), idempotency=key,
        )  # fmt: skip
        draft.after.append((_REPIN, [(new.hash, register.authority, case_id)], True))
        return draft.record(new, held, event)

    return register.submit(work, case_id=case_id).n
