"""What is made ready before a case is opened: who keeps its code, which offices play which part, what a linked case
takes over from the one it follows.

An office the matter is about can play no part (`excluded`): another of the same function does, else one of the function
the procedure names for that (`otherwise`), else the opening is refused. A linked case gets what the person gives for the
fields the two procedures have in common, sealed again under keys of its own: no key spans two cases.
"""

from __future__ import annotations

from collections.abc import Mapping

from mingze.accounts.offices import Offices
from mingze.casework import Actor, Refused
from mingze.procedure import Procedure
from mingze.store.fields import Entered


def superiors(offices: Offices) -> Mapping[str, str | None]:
    """The office above each."""
    return {office.id: office.superior for office in offices}


def opening_party(procedure: Procedure) -> str:
    """The party for whom a case is opened, also where an office writes down what they said; "" if there is none."""
    return next((by for by in procedure.opening.by if by in procedure.parties), "")


def keeper(procedure: Procedure, actor: Actor | None = None) -> str:
    """Whose the first receipt code of a case is: who opens it, or for whom it is opened; "" where nobody has a part
    yet, because the party is invited later or there are no parties.
    """
    if actor is not None and actor.kind == "party":
        return actor.party
    waiting = (party for party in procedure.parties if party not in procedure.invitations)
    return opening_party(procedure) or next(waiting, "")


def find_offices(
    procedure: Procedure, given: Mapping[str, str], offices: Offices, excluded: tuple[str, ...] = ()
) -> dict[str, str]:
    """The offices of an opening, those filled in that the register of competences finds by their function.

    An excluded office is left in its part only where nobody else could play it; deciding then refuses the opening.

    Raises Refused `no_office_yet` where no office has the function at all.
    """
    found = dict(given)
    for role, declared in procedure.offices.items():
        if not declared.found_by or found.get(role):
            continue
        apart = {found.get(b if a == role else a) for a, b in procedure.apart if role in (a, b)}
        able = [office.id for office in offices if declared.found_by in office.functions]
        if not able:
            raise Refused("no_office_yet", procedure=procedure.name, role=role, function=declared.found_by)
        instead = [office.id for office in offices if declared.otherwise and declared.otherwise in office.functions]
        free = [office for office in able if office not in apart]
        choice = next((office for office in (*free, *instead) if office not in (*excluded, *apart)), "")
        office = choice or next(iter(free), "")
        if office:
            found[role] = office
    return found


def carried(entered: Entered, parent: Procedure, child: Procedure) -> Entered:
    """What a linked case takes over of what was entered in the action that opens it: the fields both procedures have
    under one name, each sealed where its own procedure says.
    """
    slots: dict[str, dict[str, object]] = {}
    if any(action.passes for action in parent.actions.values() if action.opens == child.name):
        return Entered({}, {}, (), entered.reach)  # the act says by name what goes on, and only public facts do
    for name in child.opening.takes:
        field, known = child.fields[name], parent.fields.get(name)
        if known is None or not field.seals or field.type == "files":
            continue
        value = entered.slots.get(known.seals, {}).get(name) if known.seals else entered.facts.get(name)
        if value is not None:
            slots.setdefault(field.seals, {})[name] = value
    facts = {name: value for name, value in entered.facts.items() if name in child.opening.takes}
    files = tuple(file for file in entered.files if file.field in child.opening.takes)
    return Entered(facts, slots, files, entered.reach)
