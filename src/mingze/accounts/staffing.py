"""Whether the offices of an authority can play the parts its procedures give out: who would open, handle, check.

A procedure names parts by function: an office role is `found_by` what an office is for, and an action is taken by a
role's post of a function (`by: intake_office.clerk`). Where nobody has the function, nothing can be filed, or a case
would come to rest where nobody may move it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from mingze.accounts.offices import Offices
from mingze.procedure.model import Action, Procedure


@dataclass(frozen=True, order=True)
class Gap:
    """A function that a procedure asks for and nobody has: of an office (role `role`), of a post in that
    role, or of the office that stands in where the first is excluded (`instead`).
    """

    procedure: str
    role: str
    kind: Literal["office", "post", "instead"]
    function: str


def candidates(procedure: Procedure, role: str, offices: Offices) -> list[str]:
    """The offices that may play a role the register of competences fills, first choice first."""
    wanted = procedure.offices[role].found_by
    return [office.id for office in offices if wanted and wanted in office.functions]


def gaps(procedure: Procedure, offices: Offices) -> list[Gap]:
    """What nobody could do under a procedure; [] when it is staffed.

    A role that an action binds can be any office, so one office with the post is enough; a role outside the authority
    needs none.
    """
    out: set[Gap] = set()
    for role, declared in procedure.offices.items():
        if declared.found_by and not candidates(procedure, role, offices):
            out.add(Gap(procedure.name, role, "office", declared.found_by))
        if declared.otherwise and not any(declared.otherwise in office.functions for office in offices):
            out.add(Gap(procedure.name, role, "instead", declared.otherwise))
    for action in procedure.actions.values():
        for by in action.by:
            role, _, function = by.partition(".")
            declared = procedure.offices.get(role)
            if declared is None or declared.outside or not function:
                continue
            who = candidates(procedure, role, offices) if declared.found_by else [office.id for office in offices]
            if who and not any(function in post.functions for office in who for post in offices.posts_of(office)):
                out.add(Gap(procedure.name, role, "post", function))
        out |= _gaps_of_stand_ins(procedure, action, offices)
    return sorted(out)


def _gaps_of_stand_ins(procedure: Procedure, action: Action, offices: Offices) -> set[Gap]:
    """Where an office steps in for one that is excluded, one of those who may act must be there; not each of them."""
    out: set[Gap] = set()
    for role, declared in procedure.offices.items():
        who = [office for office in offices if declared.otherwise and declared.otherwise in office.functions]
        wanted = [by.partition(".")[2] for by in action.by if by.partition(".")[0] == role and "." in by]
        held = {function for office in who for post in offices.posts_of(office.id) for function in post.functions}
        if who and wanted and held.isdisjoint(wanted) and len(wanted) == len(action.by):
            out.add(Gap(procedure.name, role, "post", wanted[0]))
    return out


def cannot_open(procedure: Procedure, offices: Offices) -> Gap | None:
    """The office function for want of which no case can be opened; None when one can."""
    return next((gap for gap in gaps(procedure, offices) if gap.kind == "office"), None)


def unasked(procedures: Iterable[Procedure], offices: Offices) -> list[str]:
    """Functions the register names and no procedure asks for: often a typing mistake."""
    asked = {"competent"}
    for procedure in procedures:
        asked |= {function for role in procedure.offices.values() for function in (role.found_by, role.otherwise)}
        asked |= {by.partition(".")[2] for action in procedure.actions.values() for by in action.by}
    named = {function for office in offices for function in office.functions}
    named |= {function for post in offices.posts for function in post.functions}
    return sorted(named - asked)
