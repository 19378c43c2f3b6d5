"""Who has a part in a case, and who never has: offices it is about, posts that stand aside or outside the smallest circle,
parties not yet asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mingze.casework.case import Case
from mingze.casework.command import Actor, Refused
from mingze.procedure.model import Procedure


def is_barred(case: Case, actor: Actor) -> bool:
    """Whether an actor can neither act in the case nor read it: a post of an excluded office, one that stands aside, or
    one outside the smallest circle of those who know of the case.

    Law: 信访工作条例 28(3) (recusal), 30(3) (nothing goes to whom it is about); 未成年人保护法 103.
    """
    return is_excluded(case, actor) or is_outside(case, actor)


def is_excluded(case: Case, actor: Actor) -> bool:
    """Whether the case is about the actor's office (or one below it in line), or their post stands aside."""
    if not case.excluded and not case.recused:
        return False
    return actor.kind == "post" and (actor.office in case.excluded or actor.post in case.recused)


def is_outside(case: Case, actor: Actor) -> bool:
    """Whether only other posts, named when the case was opened, know of it."""
    return bool(case.circle) and actor.kind == "post" and actor.post not in case.circle.values()


def circle_of(
    procedure: Procedure, offices: Mapping[str, str], posts: Iterable[tuple[str, tuple[str, ...]]], actor: Actor
) -> dict[str, str] | None:
    """The posts that will know of a case that is being opened: its `handler` and its `approver`; None where its procedure
    has no circle.

    `posts` are those of all offices with their functions, in order: the first of the circle's office with the function
    is named, but a post that opens the case itself is the one that handles it.

    Raises: Refused `circle_unnamed` where the office has nobody for one of the two.
    """
    circle = procedure.reading.circle
    if circle is None:
        return None
    office = offices.get(circle.office, "")
    listed = [(post, functions) for post, functions in posts if post.rpartition(".")[0] == office]
    own = actor.kind == "post" and actor.office == office and circle.handler in actor.functions
    named = {"handler": actor.post} if own else {}
    for part, function in (("handler", circle.handler), ("approver", circle.approver)):
        free = (post for post, functions in listed if function in functions and post not in named.values())
        post = named.get(part) or next(free, "")
        if not post:
            raise Refused("circle_unnamed", role=circle.office, function=function)
        named[part] = post
    return named


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
