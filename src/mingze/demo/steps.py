"""A step: one thing somebody does at one moment of the demo's year, as data that is played through the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mingze.accounts.offices import Offices, Post
from mingze.casework import Actor
from mingze.store import Register, Upload


@dataclass(frozen=True)
class File:
    """Somebody brings a matter; `key` is its form key, by which later steps find the case."""

    at: dt.datetime
    key: str
    procedure: str
    fields: Mapping[str, Any]
    files: tuple[Upload, ...] = ()
    actor: Actor | None = None
    channel: str = "web"
    occurred_at: dt.datetime | None = None


@dataclass(frozen=True)
class Act:
    """An action in a case. `case_id` where the case was not filed under a key."""

    at: dt.datetime
    key: str
    action: str
    actor: Actor
    fields: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[Upload, ...] = ()
    offices: Mapping[str, str] = field(default_factory=dict)
    case_id: str = ""


@dataclass(frozen=True)
class Read:
    """A post opens the sealed content of a case, and says why."""

    at: dt.datetime
    key: str
    actor: Actor
    purpose: str


@dataclass(frozen=True)
class Call:
    """What is not one action of a case (a document is entered, reviewed, published); it may lead to more steps."""

    at: dt.datetime
    do: Callable[[Register], Sequence[Step]]


type Step = File | Act | Read | Call


def acting(post: Post) -> Actor:
    """A post as it acts."""
    return Actor("post", post=post.id, office=post.office, functions=post.functions)


def post_of(offices: Offices, office: str, function: str = "handler") -> Actor:
    """The post of an office with a function; where it has none, the post that does its daily work."""
    posts = offices.posts_of(office)
    return acting(next((post for post in posts if function in post.functions), posts[0]))
