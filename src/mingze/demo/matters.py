"""What people bring in the demo and what offices say to it: whole sentences written by hand, read from `texts/`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

RESULTS = ("adopted", "done", "partly", "noted", "explained", "refused")
"""What an answer can say; `refused` is an action of its own, the rest are values of the field `result`."""


@dataclass(frozen=True, eq=False)
class Topic:
    """A kind of matter: who answers for it (`office`), who is asked first by mistake (`wrong`), and the sentences."""

    id: str
    office: str
    subject: str
    places: Sequence[str]
    matter: Sequence[str]
    wrong: str = ""
    kind: str = ""
    names: Sequence[str] = ()
    months: Sequence[int] = ()
    answers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unsolved: Sequence[str] = ("",)
    unsolved_after: Sequence[str] = ("adopted", "done", "partly", "refused")
    again: Sequence[str] = ("",)
    declined: str = ""


@dataclass(frozen=True)
class Matter:
    """One matter: a topic at one of its places, in one of its wordings; the answers are those that fit the wording."""

    topic: Topic
    place: int
    wording: int

    @property
    def text(self) -> str:
        """What the person writes."""
        return self.topic.matter[self.wording].replace("{place}", self.topic.places[self.place])

    @property
    def name(self) -> str:
        """What the business is called, where there is one."""
        return self.topic.names[self.place] if self.topic.names else ""

    @property
    def answers(self) -> dict[str, str]:
        """What can be answered to this wording, by result."""
        fitting = {result: self._fitting(texts) for result, texts in self.topic.answers.items()}
        return {result: text for result, text in fitting.items() if text}

    @property
    def unsolved(self) -> str:
        """What the person says when it is not solved; "" where the sentences know no such course."""
        return self._fitting(self.topic.unsolved)

    @property
    def again(self) -> str:
        """What is answered the second time."""
        return self._fitting(self.topic.again)

    def _fitting(self, texts: Sequence[str]) -> str:
        return texts[self.wording] if len(texts) > 1 else texts[0]

    def says(self, words: str, **days: str) -> str:
        """A sentence of the topic at this place, with the days it names."""
        words = words.replace("{place}", self.topic.places[self.place])
        for name, day in days.items():
            words = words.replace("{" + name + "}", day)
        return words


@dataclass(frozen=True)
class Matters:
    """All matters of one procedure, and the sentences any topic may use."""

    procedure: str
    topics: Mapping[str, Topic]
    generic: Mapping[str, Sequence[str]]

    def all(self) -> list[Matter]:
        """Every matter that can be brought once, in the order of the file."""
        return [
            Matter(topic, place, wording)
            for topic in self.topics.values()
            for wording in range(len(topic.matter))
            for place in range(len(topic.places))
        ]


def text_of(name: str) -> str:
    """A file of `texts/`."""
    return files(__package__).joinpath("texts", name).read_text(encoding="utf-8")


def read_matters(procedure: str, file: str) -> Matters:
    """The matters of a procedure."""
    table = tomllib.loads(text_of(file))
    return Matters(procedure, {row["id"]: _topic(row) for row in table["topic"]}, table["generic"])


def _topic(row: dict) -> Topic:
    answers = {result: row.pop(result) for result in RESULTS if result in row}
    return Topic(**row, answers=answers)
