"""What somebody does to a case, and the reasons for which it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal


class Refused(Exception):
    """The action is not lawful here and now; nothing has changed.

    `code` is stable and words itself as `refused-<code>` in the catalogue; `values` say which case, expected and got.
    """

    def __init__(self, code: str, **values: Any) -> None:
        self.code = code
        self.values = values
        super().__init__(f"{code} {values}" if values else code)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a `party` of the case (by its receipt code), a `post` of an office, a `clock` that has run out, or
    the `system`.

    Duties bind to posts, not to persons: no actor carries a person's name. `deputy`: who sits in the post holds it for
    somebody who is away (代理), which the event then says.
    """

    kind: Literal["party", "post", "clock", "system"]
    party: str = ""
    post: str = ""
    office: str = ""
    functions: tuple[str, ...] = ()
    clock: str = ""
    deputy: bool = False


@dataclass(frozen=True, slots=True)
class Sealed:
    """Content that the event only commits to: which slot, under whose key, and the HMAC commitment (43 characters
    base64url).
    """

    slot: str
    party: str
    commitment: str

    def to_json(self) -> dict[str, str]:
        """The form that stands in the event."""
        return {"slot": self.slot, "party": self.party, "commitment": self.commitment}


@dataclass(frozen=True, slots=True)
class Command:
    """An action as asked for: public facts as they are, personal text only as commitments, offices bound by the action.

    `expected_n` is the number of events the actor had seen; `occurred_at` is when the thing happened where that is
    earlier than its recording (a letter handed in yesterday).
    """

    action: str
    actor: Actor
    facts: Mapping[str, Any] = field(default_factory=dict)
    sealed: tuple[Sealed, ...] = ()
    offices: Mapping[str, str] = field(default_factory=dict)
    idempotency: str = ""
    occurred_at: datetime | None = None
    expected_n: int | None = None
