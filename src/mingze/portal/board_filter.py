"""Which promises somebody looks at: of a document, an office, a field of work, a state. Page, files and feeds ask alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from mingze.accounts.offices import Offices
from mingze.instance import Instance
from mingze.store import Register
from mingze.store.documents import CommitmentRow
from mingze.store.pages import Page
from mingze.words import local, say

STATES = ("all", "open", "overdue", "closed")
NOBODY = "-"
"""An office nobody is: what stands for a field of work that another office than the one asked for answers for."""

_STEP = 200


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """An empty part filters nothing. A field of work (`topic`) means the promises that the office leads which answers
    for it by the list of competences."""

    document: str = ""
    office: str = ""
    topic: str = ""
    state: str = "all"

    @property
    def active(self) -> bool:
        """Whether anything is left out."""
        return bool(self.document or self.office or self.topic or self.state != "all")

    @property
    def query(self) -> str:
        """The same filter as the end of an address, with its question mark; "" when nothing is left out."""
        said = {name: value for name, value in asdict(self).items() if value and value != "all"}
        return f"?{urlencode(said)}" if said else ""

    def lead(self, offices: Offices) -> str:
        """The one office that leads what is looked at; "" for any."""
        if not self.topic:
            return self.office
        competent = offices.competent_for(self.topic)
        if competent is None or self.office not in ("", competent.id):
            return NOBODY
        return competent.id

    def page(self, register: Register, offices: Offices, after: str | None, limit: int) -> Page[CommitmentRow]:
        """One page of the promises, what is due first at the top."""
        return register.commitments(self.state, self.document, self.lead(offices), after, limit)

    def every(self, register: Register, offices: Offices) -> Iterator[CommitmentRow]:
        """All of them, in the same order."""
        after: str | None = None
        while True:
            found = self.page(register, offices, after, _STEP)
            yield from found.rows
            after = found.next
            if after is None:
                return


def read_filter(asked: Mapping[str, str]) -> BoardFilter:
    """The filter of an address; what no filter knows is no filter."""
    state = asked.get("state", "all")
    return BoardFilter(
        asked.get("document", "")[:64],
        asked.get("office", "")[:64],
        asked.get("topic", "")[:64],
        state if state in STATES else "all",
    )


def filter_words(here: Instance, wanted: BoardFilter, lang: str) -> str:
    """What a filter leaves, in words: "all promises", or the document, office, field of work and state."""
    offices, parts = here.offices, []
    if wanted.document and (found := here.register().documents.get(wanted.document)) is not None:
        parts.append(found.head.title)
    if wanted.office in offices:
        parts.append(local(offices.office(wanted.office).name, lang))
    parts += [local(each.name, lang) for each in offices.competences if each.topic == wanted.topic]
    if wanted.state != "all":
        parts.append(say(f"portal-board-state-{wanted.state}", lang))
    return say("portal-list-comma", lang).join(parts) or say("open-all-promises", lang)
