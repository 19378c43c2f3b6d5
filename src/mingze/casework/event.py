"""The event envelope: what has happened, as bytes that are made once, stored and hashed as they are, and never made
again.

```json

{"action":"accept","actor":{"kind":"post"},"authority":"mingyuan","calendar":"cn-2026.1","case":"…","clocks":[…],"facts":{},
 "idempotency":"…","n":2,"occurred_at":"2026-09-18T10:12:00+08:00","office":"zwzx","offices":{"competent_office":"zjj"},
 "post":"zwzx.clerk","previous":"…","procedure":{"hash":"sha256:…","name":"enterprise-request"},

 "recorded_at":"2026-09-18T10:12:03+08:00","schema":1,"sealed":[],"stages":["handling"],"tell":["enterprise"],"type":"acted"}
```

Bytes are UTF-8 JSON with sorted keys and no spaces. Personal text never stands here: only commitments (`sealed`).
Older schema versions are brought up to date when read (`decode`), never rewritten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec

SCHEMA = 4
"""The newest version of the envelope. A change adds one and an entry to `UPCASTS`; a golden file per released version
stays readable. An event says the lowest version whose readers know all of its keys, so that an older program reads
what it can understand and refuses the rest.
"""

NEW_TYPES: Mapping[str, int] = {
    "erased": 3,
    "stopped": 3,
    **dict.fromkeys(("asked", "approved", "refused", "deferred"), 4),
}
"""The types that came after version 1, and with which."""

ADDED = ("opens", "follows", "excluded", "recused", "invites", "moved")
"""The keys of version 2: an event without any of them is one of version 1."""

ADDED_4 = ("circle",)
"""The keys of version 4; and of a `read` these facts."""

READ_FACTS_4 = ("approvals", "needed")

Type = Literal[
    "acted", "lapsed", "settled", "read", "moved", "erased", "stopped", "asked", "approved", "refused", "deferred"
]


class Event(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """A fact about one case; see the module for the envelope and `docs/formats` for every field's meaning.

    `type`: `acted` (an action of the procedure was taken), `lapsed` (a clock ran out), `settled` (a provisional date
    became final), `read` (staff read sealed content: the access record), `moved` (the case stands under a new version
    of its procedure from now on), `erased` (the key of a party's sealed content was destroyed), `stopped` (the law has it
    kept, so that from now on it is stored and not used), `asked` (a post asks to open what needs somebody else's word),
    `approved` and `refused` (that word), `deferred` (the person is shown later who has read, on a lawful basis).

    Keys that only some events have stand in the bytes only of those. `opens` names the case the action opened under
    another procedure (`procedure`, `case`), `follows` in that case's first event the one it came from (`procedure`,
    `case`, `n`, `action`). `excluded` are the offices that can neither handle nor read the case, `recused` is a post
    that stands aside, `invites` a party who gets a code of their own. `moved` says from which version (`from`: its
    hash), and which `stages` took the place of which. `circle` are the only posts that know of the case, by their function.
    """

    authority: str
    case: str
    n: int
    type: Type
    action: str
    occurred_at: datetime
    recorded_at: datetime
    actor: Mapping[str, str]
    post: str
    office: str
    procedure: Mapping[str, str]
    calendar: str
    idempotency: str
    facts: Mapping[str, Any]
    offices: Mapping[str, str]
    clocks: Sequence[Mapping[str, Any]]
    sealed: Sequence[Mapping[str, str]]
    stages: Sequence[str]
    tell: Sequence[str]
    previous: str | None
    schema: int
    opens: Mapping[str, str] | None = None
    follows: Mapping[str, Any] | None = None
    excluded: Sequence[str] = ()
    recused: str = ""
    invites: str = ""
    moved: Mapping[str, Any] | None = None
    circle: Mapping[str, str] | None = None

    @property
    def by_deputy(self) -> bool:
        """Whether who sat in the post held it for somebody who was away."""
        return self.actor.get("as") == "deputy"

    @property
    def stage(self) -> str:
        """The stage after the event (of a case without parallel branches: its only one)."""
        return self.stages[0] if self.stages else ""


def lowest_schema(type_: str, given: Mapping[str, Any], *, deputy: bool = False) -> int:
    """The lowest version whose readers know an event of this type with these keys, of a `deputy` or not."""
    facts = given.get("facts") or {}
    if (
        deputy
        or any(given.get(key) for key in ADDED_4)
        or (type_ == "read" and any(fact in facts for fact in READ_FACTS_4))
    ):
        return 4
    if type_ in NEW_TYPES:
        return NEW_TYPES[type_]
    return 2 if type_ == "moved" or any(given.get(key) for key in ADDED) else 1


_encode = msgspec.json.Encoder(order="sorted").encode


def encode(event: Event) -> bytes:
    """The event's bytes; equal events have equal bytes.

    Numbers in facts are finite: `decide` refuses any other, since JSON cannot hold them.
    """
    return _encode(event)


UPCASTS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = dict.fromkeys((1, 2, 3), lambda raw: raw)
"""Version n → what makes a version n+1 of it. Version 2 only added keys, version 3 only types, version 4 both, which an
event of an older version has none of."""


class EnvelopeError(ValueError):
    """Bytes that are not an event this program can read; `code` is `not_an_event` or `newer_schema`."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


def decode(data: bytes) -> Event:
    """The event of its bytes, brought up to the present shape; `schema` stays what the bytes say.

    Raises: EnvelopeError `newer_schema` for an event a later program wrote, `not_an_event` for anything else.
    """
    try:
        raw = msgspec.json.decode(data)
        version = written = raw["schema"]
    except (ValueError, KeyError, TypeError) as error:  # msgspec's own errors are ValueErrors
        raise EnvelopeError("not_an_event") from error
    if not isinstance(version, int) or version > SCHEMA:
        raise EnvelopeError("newer_schema", found=version, known=SCHEMA)
    while version < SCHEMA:
        raw = UPCASTS[version](raw)
        version += 1
    try:
        return msgspec.convert({**raw, "schema": written}, Event)
    except msgspec.ValidationError as error:
        raise EnvelopeError("not_an_event") from error
