"""Deputies (代理): a post held for somebody who is away, from a day to a day, by a colleague of the same office.

Who holds a post names its deputy, or the head of its office does; a deputy names none. The days are inside, the last one is
always stated, and the holding ends by itself. What a deputy does is recorded as a deputy's (`Event.by_deputy`).
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import transaction
from django.db.models import Q

from mingze import instance
from mingze.accounts.models import Holding, Person
from mingze.accounts.offices import Post
from mingze.casework import Actor, Refused

LONGEST: Final = 92
"""Days from the first to the last of one cover: whoever is away for longer is replaced, not covered."""

HEAD: Final = "head"


def may_cover(actor: Actor) -> tuple[Post, ...]:
    """The posts whose deputies this post names: its own, or all of its office for the head; none for a deputy."""
    if actor.deputy:
        return ()
    posts = instance.current().offices.posts_of(actor.office)
    return tuple(post for post in posts if HEAD in actor.functions or post.id == actor.post)


def colleagues(office: str, on: dt.date) -> list[Person]:
    """Who holds a post of an office of their own on a day, by login."""
    posts = [post.id for post in instance.current().offices.posts_of(office)]
    own = Holding.objects.filter(_current(on), post__in=posts, as_deputy=False, from_on__lte=on)
    return list(Person.objects.filter(pk__in=own.values("person"), is_active=True).order_by("login"))


def covers(office: str, on: dt.date) -> list[Holding]:
    """The deputies of an office's posts on a day and after it."""
    posts = [post.id for post in instance.current().offices.posts_of(office)]
    found = Holding.objects.select_related("person").filter(_current(on), post__in=posts, as_deputy=True)
    return list(found.order_by("from_on", "post", "person__login"))


def give(actor: Actor, post: str, login: str, from_on: dt.date, to_on: dt.date, now: dt.datetime) -> Holding:
    """Let a colleague hold a post for those days.

    Raises Refused `cover_not_yours`, `cover_days`, `cover_unknown`, `cover_oneself`, `cover_already`.
    """
    today = now.date()
    if post not in {each.id for each in may_cover(actor)}:
        raise Refused("cover_not_yours")
    if not today <= from_on <= to_on <= from_on + dt.timedelta(days=LONGEST):
        raise Refused("cover_days", days=LONGEST)
    person = next((each for each in colleagues(actor.office, today) if each.login == login), None)
    if person is None:
        raise Refused("cover_unknown")
    with transaction.atomic():
        held = Holding.objects.filter(_current(from_on), person=person, post=post, from_on__lte=to_on).first()
        if held is not None:
            raise Refused("cover_already" if held.as_deputy else "cover_oneself")
        return Holding.objects.create(
            person=person, post=post, from_on=from_on, to_on=to_on, as_deputy=True, given_by=actor.post, given_at=now
        )


def end(actor: Actor, holding_id: int, today: dt.date) -> None:
    """End a deputy's holding with yesterday, so that it counts no more; one that has not begun is taken away.

    Raises Refused `cover_not_yours`, also for a holding that is none.
    """
    posts = [each.id for each in may_cover(actor)]
    held = Holding.objects.filter(pk=holding_id, post__in=posts, as_deputy=True).first()
    if held is None:
        raise Refused("cover_not_yours")
    if held.from_on >= today:
        held.delete()
    else:
        held.to_on = today - dt.timedelta(days=1)
        held.save(update_fields=["to_on"])


def _current(on: dt.date) -> Q:
    """Holdings that have not ended before a day."""
    return Q(to_on__isnull=True) | Q(to_on__gte=on)
