"""Who has a part in a case by its tables: whom it is about, who stands aside, who is invited, and what it opens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mingze.procedure.finding import PROCEDURE, Finding
from mingze.procedure.model import Action, Procedure
from mingze.procedure.walking import Walk, only_clocks

OFFICES = ("office", "offices")


def exclusion_faults(procedure: Procedure) -> Iterator[Finding]:
    """Whom a matter is about has no part in it, and somebody else always can.

    Law: 信访工作条例 30(3), 46(5).
    """
    opening = procedure.opening
    excluded = {exclusion.field for exclusion in procedure.excluded.values()}
    for name, exclusion in procedure.excluded.items():
        field = procedure.fields[exclusion.field]
        if field.type not in OFFICES or not field.public or exclusion.field not in opening.takes:
            values = {"row": name, "field": exclusion.field}
            yield Finding("excluded_not_an_office", PROCEDURE, ("excluded", name), values)
    if any(by in procedure.parties for by in opening.by):
        for name in opening.takes:
            field = procedure.fields[name]
            if field.type in OFFICES and name not in excluded and not field.competent:
                yield Finding("office_named_not_excluded", PROCEDURE, ("fields", name), {"field": name})
    if procedure.excluded:
        for name, role in procedure.offices.items():
            if role.found_by and not role.otherwise and not role.outside:
                yield Finding("exclusion_without_otherwise", PROCEDURE, ("offices", name), {"office": name})


def recusal_faults(procedure: Procedure) -> Iterator[Finding]:
    """Who stands aside is a post, stated in the act itself and for everyone of the case to see."""
    for name, action in procedure.actions.items():
        if not action.recuses:
            continue
        field = procedure.fields[action.recuses]
        stated = field.type == "post" and field.public and field.required and action.recuses in action.takes
        if not stated:
            values = {"action": name, "field": action.recuses}
            yield Finding("recuses_not_a_post", PROCEDURE, ("actions", name), values)


def invitation_faults(walk: Walk) -> Iterator[Finding]:
    """A person who must act has a code by then: the one who opened the case, or one who was invited on every way."""
    procedure = walk.procedure
    openers = {by for by in procedure.opening.by if by in procedure.parties}
    told: set[str] = set()
    for name, action in procedure.actions.items():
        for by in action.by:
            if by in procedure.parties and by not in openers | procedure.invitations and by not in told:
                told.add(by)
                yield Finding("party_never_invited", PROCEDURE, ("actions", name), {"action": name, "party": by})
    parties = [party for party in procedure.parties if party not in openers and party not in told]
    if not parties:
        return
    bits = {party: 1 << place for place, party in enumerate(parties)}
    gives = {name: bits.get(action.invites, 0) for name, action in procedure.actions.items()}
    invited = walk.certain(gives)
    for state, path in walk.paths.items():
        if walk.over(state):
            continue
        for stage in state.stages:
            bearer = procedure.stages[stage].bearer
            if bearer in bits and not invited[state] & bits[bearer] and stage not in told:
                told.add(stage)
                values = {"stage": stage, "party": bearer}
                yield Finding("bearer_not_invited", PROCEDURE, ("stages", stage), values, path)


def link_faults(procedure: Procedure, others: Mapping[str, Procedure | None]) -> Iterator[Finding]:
    """An act that opens a case opens one that exists, for whoever acts, with all that its opening needs.

    `others` holds the procedures known by name (None: there is no such one); what is not known is not judged.
    """
    for name, remedy in procedure.remedies.items():
        if remedy.opens and remedy.opens in others and others[remedy.opens] is None:
            yield Finding("opens_unknown", PROCEDURE, ("remedies", name), {"name": name, "opens": remedy.opens})
    if procedure.opening.opens:
        values = {"action": procedure.opening_name, "opens": procedure.opening.opens}
        yield Finding("opening_opens", PROCEDURE, ("actions", procedure.opening_name), values)
    for name, action in procedure.actions.items():
        if not action.opens or action.opens not in others:
            continue
        at, other = ("actions", name), others[action.opens]
        if other is None:
            yield Finding("opens_unknown", PROCEDURE, at, {"name": name, "opens": action.opens})
            continue
        missing = _missing(procedure, action, other)
        if missing:
            values = {"action": name, "opens": action.opens, "fields": ", ".join(missing)}
            yield Finding("opens_without", PROCEDURE, at, values)
        by_party = any(by in procedure.parties for by in action.by)
        by_office = any(by.partition(".")[0] in procedure.offices for by in action.by)
        theirs = {by.partition(".")[0] for by in other.opening.by}
        if (by_party and not theirs & set(other.parties)) or (by_office and not theirs & set(other.offices)):
            yield Finding("opens_for_nobody", PROCEDURE, at, {"action": name, "opens": action.opens})


def _missing(procedure: Procedure, action: Action, other: Procedure) -> list[str]:
    """What the opening of another procedure needs and this action does not ask for, or asks for in another way."""
    out = []
    for name in other.opening.takes:
        if name in action.passes:
            continue
        wanted = other.fields[name]
        found = procedure.fields[name] if name in action.takes else None
        alike = found is not None and (found.type, found.public, found.seals) == (
            wanted.type,
            wanted.public,
            wanted.seals,
        )
        enough = alike and found is not None and (found.required or not wanted.required)
        if not enough and (wanted.required or found is not None):
            out.append(name)
    return out


def clock_action_needs(action: Action) -> list[str]:
    """What nobody can give when a period runs out by itself: a code for a party, a case of its own, a post."""
    return [key for key in ("opens", "invites", "recuses") if getattr(action, key)] if only_clocks(action) else []
