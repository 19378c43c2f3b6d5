"""Cases that one act tied together: the one it was taken in and the one it opened, told on both pages."""

from __future__ import annotations

from dataclasses import dataclass

from mingze.casework import Actor
from mingze.procedure.model import Procedure
from mingze.store import CaseFile, Register, read_code
from mingze.words import local, say


@dataclass(frozen=True)
class LinkedLine:
    """One tie: a sentence, the other case's number, and its id for those who may open it without a code."""

    words: str
    number: str
    case_id: str
    parent: bool


@dataclass(frozen=True)
class NewCase:
    """A linked case just opened: its number and its code, shown this once."""

    number: str
    code: str


def linked_lines(register: Register, found: CaseFile, lang: str, viewer: Actor | None = None) -> list[LinkedLine]:
    """What this case came from and what it has opened, in that order; nothing a `viewer` of the desk is barred from."""
    out = []
    for link in register.links(found.case.id, viewer):
        other = register.case(link.case_id, viewer)
        if other is None:
            continue
        acted_in = other.procedure if link.way == "parent" else found.procedure
        words = say(
            f"portal-linked-{link.way}",
            lang,
            number=link.number,
            procedure=local(other.procedure.title, lang),
            action=_label(acted_in, link.action, lang),
        )
        out.append(LinkedLine(words, link.number, link.case_id, link.way == "parent"))
    return sorted(out, key=lambda line: not line.parent)


def _label(procedure: Procedure, action: str, lang: str) -> str:
    declared = procedure.actions.get(action)
    return local(declared.label, lang) if declared is not None else action


def new_case(register: Register, notice: str) -> NewCase | None:
    """The linked case a notice speaks of (`linked:<code>`); None for any other notice."""
    kind, _, code = notice.partition(":")
    if kind != "linked" or not code:
        return None
    case_id = register.by_code(code)
    found = register.case(case_id) if case_id is not None else None
    return NewCase(found.number, read_code(code)) if found is not None else None
