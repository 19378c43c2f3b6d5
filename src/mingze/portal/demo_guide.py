"""The guide on the start page of a demo instance: which roles one can step into, and which cases one can follow.

A real instance has no guide: there is no sign-in without a secret, and nobody's receipt code is known to the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mingze.instance import Instance

ROLES = (
    "dcs.supervisor",
    "dcs.head",
    "zwzx.clerk",
    "qyfw.clerk",
    "zjj.handler",
    "zjj.head",
    "jtj.handler",
    "tjj.verifier",
)
"""One post of each kind a newcomer wants to try, in the order in which a matter meets them."""


@dataclass(frozen=True)
class Role:
    """A post with its office, as a button."""

    post: str
    office: Mapping[str, str]
    name: Mapping[str, str]


@dataclass(frozen=True)
class Guide:
    """What the start page of a demo offers beside the page everybody gets."""

    roles: tuple[Role, ...]
    codes: tuple[tuple[Mapping[str, str], str], ...]


def demo_guide(here: Instance) -> Guide | None:
    """The guide of a demo instance; None for any other."""
    if not here.demo:
        return None
    from mingze.demo import demo_codes

    roles = []
    for post_id in ROLES:
        try:
            post = here.offices.post(post_id)
        except KeyError:
            continue
        roles.append(Role(post.id, here.offices.office(post.office).short, post.name))
    return Guide(tuple(roles), tuple((found.title, found.code) for found in demo_codes(here)))
