"""The gravest steps ask for a fresh passkey or one-time code."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from django.test import Client

from mingze import instance as instances
from mingze.instance import FrozenClock, Instance
from tests.base.test_sign_in import PASSWORD, enrol_with_code, enrolment_path, one_time_code
from tests.outside import NOW

Make = Callable[..., Instance]
Browse = Callable[..., Client]


def later(minutes: float) -> None:
    """Let the instance's clock stand some minutes after the beginning."""
    instances.current().clock = FrozenClock(NOW + dt.timedelta(minutes=minutes))


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the first form of a page."""
    form = page[page.index("<form", page.index("<h1>")) :].split("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))


def asked(client: Client, method: str = "get", **data: Any) -> Any:
    """What a door behind the decorator answers to a request in the client's session."""
    from django.http import HttpResponse
    from django.test import RequestFactory

    from mingze.accounts import fresh

    @fresh(minutes=5)
    def grave(request: Any) -> HttpResponse:
        return HttpResponse("done")

    request = getattr(RequestFactory(), method)("/desk/grave/?a=1", data)
    request.session, request.lang = client.session, "en"
    from mingze.accounts.models import Person

    request.user = Person.objects.get()
    request.actor, request.post, request.posts = None, None, ()
    return grave(request)


def test_a_session_is_fresh_when_it_begins_and_not_after_the_minutes(make_instance: Make, browse: Browse) -> None:
    """Signing in is a proof; five minutes and a second later the step asks again, and a clock set back gives nothing."""
    client = browse(make_instance(demo=True))
    client.post("/desk/sign-in/", {"post": "zjj.head"})
    assert asked(client).content == b"done"
    later(5)
    assert asked(client).content == b"done"
    for minutes in (5.02, -1):
        later(minutes)
        answer = asked(client)
        assert (answer.status_code, answer["Location"]) == (303, "/staff/confirm/?next=%2Fdesk%2Fgrave%2F%3Fa%3D1")


def test_what_was_typed_goes_along_and_is_sent_by_hand(make_instance: Make, browse: Browse) -> None:
    """A form that comes too late is answered by the page that asks for the proof; after it the same fields stand ready
    to be sent, and nothing has been done or stored meanwhile."""
    client = browse(make_instance(demo=True))
    client.post("/desk/sign-in/", {"post": "zjj.head"})
    later(6)
    answer = asked(client, "post", reason='Because "of" this', n="3")
    assert answer.status_code == 403
    form = hidden(answer.content.decode())
    assert (form["next"], form["form"], form["kept:n"]) == ("/desk/grave/?a=1", "1", "3")
    sent = {"next": form["next"], "form": "1", "way": "demo", "kept:reason": 'Because "of" this', "kept:n": "3"}
    page = client.post("/staff/confirm/", sent)
    assert page.status_code == 200
    ready = hidden(page.content.decode())
    assert (ready["n"], ready["reason"]) == ("3", "Because &quot;of&quot; this")
    assert 'action="/desk/grave/?a=1"' in page.content.decode()
    assert asked(client).content == b"done"


def test_a_one_time_code_confirms_once(make_instance: Make, browse: Browse) -> None:
    """In a real instance a wrong code, a used code and the demo's button are refused; a new code is a proof."""
    instance = make_instance()
    client = browse(instance)
    secret = enrol_with_code(client, enrolment_path(client))
    client.post("/staff/sign-in/", {"login": "zjj.first", "password": PASSWORD})
    used = one_time_code(secret)
    client.post("/staff/sign-in/code/", {"code": used})
    later(11)
    assert asked(client).status_code == 303
    for refused in ({"way": "code", "code": "000000"}, {"way": "code", "code": used}, {"way": "demo"}, {}):
        assert client.post("/staff/confirm/", {"next": "/desk/", **refused}).status_code == 422
        assert asked(client).status_code == 303
    from django.core.cache import cache

    cache.clear()  # as if the half minute of the code had passed
    answer = client.post("/staff/confirm/", {"next": "/desk/procedures/", "way": "code", "code": one_time_code(secret)})
    assert (answer.status_code, answer["Location"]) == (303, "/desk/procedures/")
    assert asked(client).content == b"done"


def test_confirming_never_leads_away(make_instance: Make, browse: Browse) -> None:
    """Another site, another scheme and a page outside the desk are replaced by the desk."""
    client = browse(make_instance(demo=True))
    client.post("/desk/sign-in/", {"post": "zjj.head"})
    for wanted in (
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "/case/",
        "javascript:x",
    ):
        assert client.post("/staff/confirm/", {"next": wanted, "way": "demo"})["Location"] == "/desk/"


def test_nobody_confirms_without_a_seat(make_instance: Make, browse: Browse) -> None:
    """The page of confirming leads whoever is not signed in to sign-in."""
    client = browse(make_instance(demo=True))
    assert client.get("/staff/confirm/").status_code == 303
    assert client.post("/staff/confirm/", {"way": "demo"}).status_code == 303
