"""Which cases a post may open itself, and the form for one: what an office finds on its own account, or writes down for
somebody at the counter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mingze.accounts.offices import Offices
from mingze.casework import Actor
from mingze.desk.offered_actions import OFFICE_FIELD, office_field
from mingze.desk.refusals import role_words
from mingze.portal.citations import cite_words
from mingze.portal.filing_form import BoundField, Problem, bind
from mingze.portal.post_choices import post_choices
from mingze.procedure.model import Procedure
from mingze.words import local


@dataclass(frozen=True)
class OpenLine:
    """One procedure under which this post may open a case."""

    name: str
    title: str
    about: str
    label: str
    law: str
    for_party: str


@dataclass(frozen=True)
class OpenForm:
    """The form of an opening."""

    line: OpenLine
    fields: tuple[BoundField, ...]
    key: str
    refused: str = ""

    @property
    def has_files(self) -> bool:
        """Whether the form sends files."""
        return any(each.input_type == "file" for each in self.fields)


def opening_role(procedure: Procedure, actor: Actor, offices: Offices) -> str:
    """The part in which a post may open a case under a procedure; "" if in none.

    An opening that needs words of a document (a field of type `record`) comes from the document desk alone.
    """
    opening = procedure.opening
    if any(procedure.fields[name].type == "record" and procedure.fields[name].required for name in opening.takes):
        return ""
    functions = offices.office(actor.office).functions if actor.office in offices else ()
    for by in opening.by:
        role, _, function = by.partition(".")
        declared = procedure.offices.get(role)
        if declared is not None and declared.found_by in functions and (not function or function in actor.functions):
            return role
    return ""


def open_line(procedure: Procedure, lang: str) -> OpenLine:
    """One procedure in the list."""
    opening = procedure.opening
    party = next((by for by in opening.by if by in procedure.parties), "")
    return OpenLine(
        procedure.name,
        local(procedure.title, lang),
        local(procedure.about, lang),
        local(opening.label, lang),
        cite_words(procedure, opening.cite, lang),
        role_words(procedure, party, lang) if party else "",
    )


def openable(procedures: Mapping[str, Procedure], actor: Actor, offices: Offices) -> list[Procedure]:
    """The procedures under which a post may open a case."""
    return [procedure for procedure in procedures.values() if opening_role(procedure, actor, offices)]


def open_form(
    procedure: Procedure,
    actor: Actor,
    offices: Offices,
    today: date,
    lang: str,
    *,
    key: str,
    typed: Mapping[str, Any] | None = None,
    problems: Sequence[Problem] = (),
    refused: str = "",
) -> OpenForm:
    """The form, with what was typed and what is wrong."""
    names = [name for name in procedure.opening.takes if procedure.fields[name].type != "record"]
    listed = [(office.id, office.name) for office in offices]
    return OpenForm(
        open_line(procedure, lang),
        (
            *(
                office_field(procedure, None, role, offices, typed or {}, problems, lang, "")
                for role in procedure.opening.binds
            ),
            *bind(
                procedure, names, lang, typed, problems, listed, today=today,
                posts=post_choices(offices, _own_first(actor, offices)),
            ),
        ),
        key,
        refused,
    )  # fmt: skip


def _own_first(actor: Actor, offices: Offices) -> Iterable[str]:
    """A post's own office and those over it: the ones a case it opens can have to do with before offices are bound."""
    yield actor.office
    if actor.office in offices:
        yield from (office.id for office in offices.superiors_of(actor.office))


def bound_in(procedure: Procedure, posted: Mapping[str, str]) -> dict[str, str]:
    """The offices an opening's form names, by role."""
    return {role: posted.get(OFFICE_FIELD + role, "") for role in procedure.opening.binds}
