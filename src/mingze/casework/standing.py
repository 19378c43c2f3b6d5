"""Who has a part in a case, and who never has: offices it is about, posts that stand aside, parties not yet asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingze.casework.case import Case
from mingze.casework.command import Actor, Refused
from mingze.procedure.model import Procedure


def is_barred(case: Case, actor: Actor) -> bool:
    """Whether an actor can neither act in the case nor read it: a post of an excluded office, or one that stands aside.

    Law: 信访工作条例 28(3) (recusal), 30(3) (nothing goes to whom it is about).
    """
    if not case.excluded and not case.recused:
        return False
    return actor.kind == "post" and (actor.office in case.excluded or actor.post in case.recused)


def has_part(procedure: Procedure, case: Case, party: str) -> bool:
    """Whether a party can act by now: who opened the case can, and who was invited."""
    return party not in procedure.invitations or party == case.opened_by or party in case.invited


def excluded_offices(
    procedure: Procedure, facts: Mapping[str, Any], superiors: Mapping[str, str | None] | None = None
) -> tuple[str, ...]:
    """The offices that can never hold a duty in the case nor read it: those named in the opening, with their
    superiors in line where the procedure says so.

    The shell asks before it looks for the offices that will handle the matter; `superiors` gives the office above
    each. Raises: Refused `superiors_unknown` when a line is asked for and nobody gave it.
    """
    found: dict[str, None] = {}
    for exclusion in procedure.excluded.values():
        named = facts.get(exclusion.field) or ()
        for office in (named,) if isinstance(named, str) else named:
            found[office] = None
            if exclusion.line and superiors is None:
                raise Refused("superiors_unknown", field=exclusion.field, office=office)
            above = superiors.get(office) if exclusion.line and superiors else None
            while above and superiors and above not in found:
                found[above] = None
                above = superiors.get(above)
    return tuple(found)
