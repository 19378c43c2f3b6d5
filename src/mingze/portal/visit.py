"""One request's view of the instance: its register, its time, its calendar, its procedures, the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from mingze import instance, resources
from mingze.instance import Instance
from mingze.portal.chrome import language_for
from mingze.procedure.model import Procedure
from mingze.store import Register
from mingze.terms import Calendar, local_day
from mingze.words import local


@dataclass
class Visit:
    """What a portal page is made from."""

    request: HttpRequest
    instance: Instance
    lang: str

    @cached_property
    def register(self) -> Register:
        """The register; raises Unavailable, which the edge answers with a page of its own."""
        return self.instance.register()

    @cached_property
    def now(self) -> datetime:
        """This moment, by the instance's clock."""
        return self.instance.clock.now()

    @property
    def today(self) -> date:
        """The local day."""
        return local_day(self.now)

    @property
    def calendar(self) -> Calendar:
        """The official calendar."""
        return resources.load_calendar()

    @property
    def procedures(self) -> Mapping[str, Procedure]:
        """Every procedure in force, by name; first those the authority puts first (`[portal] first`), then the rest by
        the words of their titles.
        """
        first = self.instance.first_procedures
        place = {name: at for at, name in enumerate(first)}
        known = self.register.procedures
        order = sorted(known, key=lambda name: (place.get(name, len(first)), local(known[name].title, self.lang)))
        return {name: known[name] for name in order}

    @property
    def public_procedures(self) -> list[Procedure]:
        """The procedures anybody may file under, in the same order."""
        return [procedure for procedure in self.procedures.values() if procedure.public]

    @property
    def office_choices(self) -> list[tuple[str, Mapping[str, str]]]:
        """Every office with its name, for a field that asks for one."""
        return [(office.id, office.name) for office in self.instance.offices]


def visit(request: Any) -> Visit:
    """The view of one request."""
    return Visit(request, instance.current(), language_for(request))
