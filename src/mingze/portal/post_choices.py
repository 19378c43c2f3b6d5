"""The posts a field of type `post` may be answered with: those of the offices that have a part in the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mingze.accounts.offices import Offices


def post_choices(offices: Offices, of: Iterable[str]) -> list[tuple[str, Mapping[str, str]]]:
    """Each post of these offices by id, named with its office in both languages."""
    out: list[tuple[str, Mapping[str, str]]] = []
    for office_id in dict.fromkeys(of):
        if office_id not in offices:
            continue
        office = offices.office(office_id)
        short = office.short or office.name
        for post in offices.posts_of(office_id):
            out.append((post.id, {"zh": short["zh"] + post.name["zh"], "en": f"{short['en']}, {post.name['en']}"}))
    return out
