"""Cases made by the engine itself, for the page's view models: no server, no store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from mingze import accounts, resources
from mingze.accounts.offices import Offices, read_offices
from mingze.casework import Actor, Case, Command, Event, Sealed, decide, evolve, mark_lapsed, record_read
from mingze.procedure import Procedure
from mingze.terms import SHANGHAI

CALENDAR = resources.load_calendar()
OFFICES: Offices = read_offices((Path(accounts.__file__).parent / "authority.yaml").read_text(encoding="utf-8"))


def at(*moment: int) -> datetime:
    """An instant in China."""
    return datetime(*moment, tzinfo=SHANGHAI)  # type: ignore[arg-type]


def post(post_id: str) -> Actor:
    """Whoever holds a post of the fictional district."""
    found = OFFICES.post(post_id)
    return Actor("post", post=found.id, office=found.office, functions=found.functions)


class Matter:
    """One case of a procedure, grown by commands."""

    def __init__(self, name: str) -> None:
        self.procedure: Procedure = resources.load_procedures()[name]
        self.case: Case | None = None
        self.events: list[Event] = []
        self.texts: dict[tuple[int, str], Any] = {}

    @property
    def party(self) -> str:
        return next(iter(self.procedure.parties), "")

    def do(
        self,
        moment: Sequence[int],
        action: str,
        by: str = "",
        facts: Mapping[str, Any] | None = None,
        words: Mapping[str, Mapping[str, Any]] | None = None,
        offices: Mapping[str, str] | None = None,
    ) -> Matter:
        """An action by a post, or by the person where no post is named; `words` are sealed texts by slot."""
        actor = post(by) if by else Actor("party", party=self.party)
        sealed = tuple(Sealed(slot, self.party or "record", "A" * 43) for slot in words or {})
        bound = dict(offices or {})
        if self.case is None:
            for role, declared in self.procedure.offices.items():
                found = OFFICES.for_function(declared.found_by) if declared.found_by else None
                if found is not None:
                    bound.setdefault(role, found.id)
        command = Command(action, actor, dict(facts or {}), sealed, bound)
        now = at(*moment)
        event = decide(self.procedure, self.case, command, now, CALENDAR, authority="mingyuan", case_id="c" * 32)
        self._grow(event)
        for slot, content in (words or {}).items():
            self.texts[(event.n, slot)] = content
        return self

    def lapse(self, moment: Sequence[int]) -> Matter:
        """The pass over what is overdue finds this case."""
        assert self.case is not None
        event = mark_lapsed(self.procedure, self.case, at(*moment), CALENDAR, authority="mingyuan", previous=None)
        assert event is not None, "nothing has run out"
        self._grow(event)
        return self

    def read(self, moment: Sequence[int], by: str, purpose: str) -> Matter:
        """Staff open the person's words."""
        assert self.case is not None
        self._grow(
            record_read(
                self.procedure, self.case, post(by), at(*moment), CALENDAR,
                slots=("1/narrative", "1/identity"), purpose=purpose, authority="mingyuan", previous=None,
            )
        )  # fmt: skip
        return self

    def _grow(self, event: Event) -> None:
        self.case = evolve(self.procedure, self.case, event)
        self.events.append(event)


def request() -> Matter:
    """An enterprise request filed on Friday 18 September 2026 and assigned to the housing bureau that afternoon."""
    return (
        Matter("enterprise-request")
        .do(
            (2026, 9, 18, 10, 12),
            "file",
            facts={"topic": "utilities"},
            words={
                "narrative": {"matter": "店前路面没有恢复。\n请恢复。"},
                "identity": {"enterprise_name": "青禾小馆（示例）"},
            },
        )
        .do((2026, 9, 18, 15, 0), "accept", "qyfw.clerk", offices={"competent_office": "zjj"})
    )
