"""In which seat a request is made: the post its person holds today, and for how long a session lasts.

The post is read again at every request, so a right that is taken away is gone at once, in open tabs too. A session
gives a seat only if it began with a passkey, with a password and a one-time code, or at the authority's identity provider
with more than a password; a password alone gives none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from mingze import instance
from mingze.accounts.models import Holding, Person
from mingze.accounts.offices import Post
from mingze.casework import Actor

BEGAN, SEEN, FRESH, POST, DEMO = "began_at", "seen_at", "fresh_at", "post", "demo"
"""Keys of a staff session: seconds it began, was last used and last showed a passkey or one-time code, the post chosen,
and the mark of a demo sign-in."""

_SEEN_EVERY = 60  # seconds; a write of the session at most once a minute
STAFF_PATHS = ("/desk/", "/staff/")


class SessionLimitMiddleware:
    """Ends a session that was not used for the idle limit, or that is older than the absolute limit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(STAFF_PATHS) and request.user.is_authenticated:
            here = instance.current()
            now = here.clock.now().timestamp()
            session = request.session
            began, seen = session.setdefault(BEGAN, now), session.setdefault(SEEN, now)
            too_long = now - began > here.absolute_limit.total_seconds()
            if too_long or now - seen > here.idle_limit.total_seconds():
                logout(request)
                request.session_ended = True  # type: ignore[attr-defined]
            elif abs(now - seen) >= _SEEN_EVERY:
                session[SEEN] = now
        return self.get_response(request)


class SeatMiddleware:
    """Sets ``request.post``, ``request.posts`` and ``request.actor``, and which posts are held for
    somebody who is away (``request.deputy_posts``); outside the desk they are None and empty.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.post, request.posts, request.deputy_posts, request.actor = None, (), frozenset(), None
        if request.path.startswith(STAFF_PATHS) and strongly_signed_in(request):
            held = posts_held(request.user, instance.current().clock.now().date())
            request.posts = tuple(post for post, _ in held)
            request.deputy_posts = frozenset(post.id for post, deputy in held if deputy)
            chosen = request.session.get(POST)
            request.post = next((post for post in request.posts if post.id == chosen), next(iter(request.posts), None))
            if request.post is not None:
                request.actor = actor_of(request.post, deputy=request.post.id in request.deputy_posts)
        return self.get_response(request)


def strongly_signed_in(request: Any) -> bool:
    """Whether this session began with more than a password."""
    if not request.user.is_authenticated:
        return False
    session = request.session
    if is_demo(request):
        return True
    if not constant_time_compare(str(session.get("account_authentication_methods_user", "")), str(request.user.pk)):
        return False
    records = session.get("account_authentication_methods") or []
    outside = instance.current().provider is not None
    return any(
        (record.get("method") == "mfa" and record.get("type") in ("totp", "webauthn"))
        or (outside and record.get("method") == "oidc" and record.get("strong") is True)
        for record in records
    )


def is_demo(request: Any) -> bool:
    """Whether this session began with a button of a demo; the mark counts only while the instance is one."""
    return instance.current().demo and request.session.get(DEMO) is True


def posts_held(person: Person, on: dt.date) -> tuple[tuple[Post, bool], ...]:
    """The posts a person holds on a day, each once, and whether for somebody who is away; own posts come first, also where
    both are true of one post. A post that the register of competences no longer has is left out.
    """
    known = {post.id: post for post in instance.current().offices.posts}
    held: dict[str, bool] = {}
    for holding in Holding.on(person, on):
        held.setdefault(holding.post, holding.as_deputy)
    return tuple((known[post], deputy) for post, deputy in held.items() if post in known)


def actor_of(post: Post, *, deputy: bool = False) -> Actor:
    """Who a procedure sees acting: the post and its office, never the person."""
    return Actor(kind="post", post=post.id, office=post.office, functions=post.functions, deputy=deputy)
