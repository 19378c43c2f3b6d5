"""What a register answers: the receipt of a filing, an action that is durable, a case with its events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from mingze.casework import (
    Case,
    Event,
)
from mingze.procedure import Procedure
from mingze.store.pages import CaseRow


@dataclass(frozen=True)
class Filed:
    """What the person keeps. A repeated filing has the same case and code, and says that it was `repeated`."""

    case_id: str
    number: str
    code: str
    n: int
    leaf_index: int
    repeated: bool


@dataclass(frozen=True)
class Invited:
    """A party who did not open the case, and the code that is theirs: to be handed over, and shown this once."""

    party: str
    code: str


@dataclass(frozen=True)
class Acted:
    """An action that is durable: which event of the case it became, and its place in the log.

    `opened` is the linked case it opened, with its number and code; `invited` the party it gave a code. Repeated with
    the same key, both are the same again.
    """

    case_id: str
    n: int
    leaf_index: int
    repeated: bool
    opened: Filed | None = None
    invited: Invited | None = None


@dataclass(frozen=True)
class Holder:
    """Who holds a receipt code: the party of one case."""

    case_id: str
    party: str


@dataclass(frozen=True)
class CaseLink:
    """A case linked to another: opened from it (`child`), or the one it was opened from (`parent`)."""

    case_id: str
    number: str
    procedure: str
    action: str
    n: int
    way: Literal["parent", "child"]


@dataclass(frozen=True)
class GovernanceRecorded:
    """A governance record that is durable: which of its chain, and its place in the log."""

    n: int
    leaf_index: int
    repeated: bool


@dataclass(frozen=True)
class StoredEvent:
    """An event as it was recorded, with its place in the log."""

    event: Event
    leaf_index: int
    leaf_hash: bytes


@dataclass(frozen=True)
class GovernedEvent:
    """A governance record as it is published: its number in the chain, its place in the log, and what it says."""

    n: int
    leaf_index: int
    kind: str
    event: Mapping[str, Any]
    nonce: bytes
    bytes: bytes

    @property
    def facts(self) -> Mapping[str, Any]:
        """What is said."""
        return self.event["facts"]

    @property
    def recorded_at(self) -> datetime:
        """When it was written."""
        return datetime.fromisoformat(self.event["recorded_at"])


@dataclass(frozen=True)
class CaseFile:
    """Everything of a case that needs no key: its present state, its events, and its row in the lists."""

    case: Case
    procedure: Procedure
    number: str
    events: tuple[StoredEvent, ...]
    row: CaseRow
    language: str
    channel: str

    @property
    def title(self) -> str:
        """The public title; "" where the narrative is sealed, because a title would tell it."""
        return self.row.title

    @property
    def reads(self) -> tuple[StoredEvent, ...]:
        """The access records: who opened which sealed part, when, and for what."""
        return tuple(stored for stored in self.events if stored.event.type == "read")


@dataclass(frozen=True)
class OpenedFile:
    """A file that came with a matter, opened: to be offered as a download, never shown in the page."""

    name: str
    type: str
    data: bytes
