"""Where somebody stands in a case, and so what the table of rights (`accounts/rights.yaml`) lets them do with it.

One question, one query, whatever the answer: a case that is not there, one of another office and one an office is
excluded from cost the same, so that the time of a refusal tells nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingze.accounts.rights import OPEN_RECORD, SEALED, table
from mingze.casework import Actor, Case, Event, is_asked
from mingze.casework.standing import is_outside
from mingze.casework.unsealing import APPROVERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingze.accounts.offices import Offices
    from mingze.store.register import Register

STANDING = ("part", "excluded", "recused", "outside", "asked")
"""The roles that depend on the case, in the order of the columns of the query."""

_STANDING = (
    "SELECT c.procedure, c.procedure_hash,"
    " EXISTS (SELECT 1 FROM case_office o WHERE o.authority = c.authority AND o.office = ? AND o.case_id = c.case_id),"
    " EXISTS (SELECT 1 FROM case_excluded x WHERE x.authority = c.authority AND x.office = ?"
    " AND x.case_id = c.case_id AND x.post = ''),"
    " EXISTS (SELECT 1 FROM case_excluded x WHERE x.authority = c.authority AND x.office = ?"
    " AND x.case_id = c.case_id AND x.post = ?),"
    " (EXISTS (SELECT 1 FROM case_circle k WHERE k.authority = c.authority AND k.case_id = c.case_id)"
    " AND NOT EXISTS (SELECT 1 FROM case_circle k WHERE k.authority = c.authority AND k.case_id = c.case_id"
    " AND k.post = ?)),"
    " EXISTS (SELECT 1 FROM approval a WHERE a.authority = c.authority AND a.case_id = c.case_id AND a.office = ?"
    " AND a.post IN (?, ?))"
    " FROM case_file c WHERE c.authority = ? AND "
)


def may(
    register: Register, actor: Actor | None, verb: str, case_id: str = "", *, number: str = "", field: str = ""
) -> bool:
    """Whether somebody may do this with a case, by its id or its public number; False for one that is not there.

    `actor` None is everybody: whoever asks without a seat or a code.
    """
    seated = actor is not None and actor.kind == "post"
    office, post = (actor.office, actor.post) if actor is not None and seated else ("", "")
    any_post = "" if actor is not None and any(function in APPROVERS for function in actor.functions) else post
    where, wanted = ("c.number = ?", number) if number else ("c.case_id = ?", case_id)
    with register.readers() as connection:
        values = (office, office, office, post, post, office, any_post, post, register.authority, wanted)
        row = connection.execute(_STANDING + where, values).fetchone()
    if row is None:
        return False
    procedure = register.procedure_version(row[0], row[1])
    found = {name for name, holds in zip(STANDING, row[2:], strict=True) if holds}
    standing = found if seated else set[str]()  # who knows of a case and who does not is said of posts
    roles = _by_seat(actor, register.offices) | standing
    return table().may(roles, "case", verb, OPEN_RECORD if procedure.open_record else SEALED, field)


def may_in(case: Case, open_record: bool, actor: Actor | None, offices: Offices, verb: str, field: str = "") -> bool:
    """The same question where the case itself is at hand, such as inside the writer's turn."""
    standing = set[str]()
    if actor is not None and actor.kind == "post":
        held = {
            "part": actor.office in case.offices.values(),
            "excluded": actor.office in case.excluded,
            "recused": actor.post in case.recused,
            "outside": is_outside(case, actor),
            "asked": any(is_asked(case, one, actor) for one in case.requests),
        }
        standing = {name for name, holds in held.items() if holds}
    roles = _by_seat(actor, offices) | standing
    return table().may(roles, "case", verb, OPEN_RECORD if open_record else SEALED, field)


def party_reads(party: str, events: Mapping[int, Event], n: int, slot: str, owner: str) -> bool:
    """Whether a party may read what event `n` sealed under the key of `owner`: what is its own, and what an office wrote
    in an event told to it; never what another party said, nor an office's own record (`note`) that nobody was told.
    """
    role = "invited_party" if any(event.invites == party for event in events.values()) else "opening_party"
    kind, by_office = slot.partition(":")[0], events[n].actor["kind"] != "party"
    told = by_office and party in events[n].tell
    own = owner == party and not (by_office and kind == "note")
    return table().may({role}, "case", "read", SEALED, "told" if told else "own" if own else kind)


def _by_seat(actor: Actor | None, offices: Offices) -> frozenset[str]:
    return table().by_function(actor, offices) if actor is not None else frozenset({"anyone"})
