"""Deputies: a post held for somebody who is away, given with its days at the desk, said in what it did, and gone at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from mingze.casework.event import decode, encode
from tests.desk.conftest import Desk, text_of

TODAY, LAST = "2026-11-23", "2026-11-30"


def ask(client: Client, **fields: Any) -> Any:
    """Name the zjj.head's holder as deputy of zjj.handler, or as told."""
    form = {"post": "zjj.handler", "login": "demo.zjj.head", "from_on": TODAY, "to_on": LAST, **fields}
    return client.post("/desk/cover/", form)


def seats(client: Client) -> set[str]:
    """The posts a client may sit in now."""
    from django.contrib.sessions.backends.db import SessionStore

    from mingze.accounts.models import Person
    from mingze.accounts.seat import posts_held
    from mingze.instance import current

    person = Person.objects.get(pk=SessionStore(client.cookies["session"].value)["_auth_user_id"])
    return {
        f"{post.id}{' as deputy' if deputy else ''}"
        for post, deputy in posts_held(person, current().clock.now().date())
    }


def test_a_deputy_sits_in_the_post_for_those_days_and_every_record_says_so(desk: Desk) -> None:
    """The holder names a colleague; the colleague acts in the post; the event, the person's page and the desk say that it
    was a deputy; after the last day the post is gone from the open window."""
    holder, colleague = desk.sit("zjj.handler"), desk.sit("zjj.head")
    assert ask(holder)["Location"] == "/desk/cover/?done=given"
    assert seats(colleague) == {"zjj.head", "zjj.handler as deputy"}
    assert "demo.zjj.head" in text_of(holder.get("/desk/cover/"))
    colleague.post("/desk/post/", {"post": "zjj.handler"})
    assert "区住建局承办岗（代理）" in text_of(colleague.get("/desk/"))
    fields = {"matter": "青禾路小学门口没有红绿灯。", "name": "甲某某", "contact": "0451-00000001"}
    filed = desk.register.file("suggestion", fields, form_key="deputy-files-00001")
    case = filed.case_id
    desk.act(case, "accept", "zwzx.clerk", offices={"competent_office": "zjj"})
    key = "deputy-acts-000001"
    answer = colleague.post(
        f"/desk/case/{case}/act/answer/",
        {"key": key, "n": "2", "answer_text": "十二月上旬装好。", "result": "adopted"},
    )
    assert answer.status_code == 303, text_of(answer)
    stored = desk.register.case(case).events[-1].event
    assert (stored.post, stored.by_deputy, stored.schema) == ("zjj.handler", True, 4)
    assert decode(encode(stored)) == stored
    assert "区住建局承办岗（代理）" in text_of(holder.get(f"/desk/case/{case}/"))
    person = Client(headers={"host": "127.0.0.1", "accept-language": "zh-CN"})
    person.post("/case/", {"code": filed.code})
    assert "由区住建局承办岗的代理人办理" in text_of(person.get("/case/"))
    desk.at("2026-11-30T16:00:00")
    assert seats(colleague) == {"zjj.head", "zjj.handler as deputy"}
    desk.at("2026-12-01T00:00:01")
    assert seats(colleague) == {"zjj.head"}


def test_an_event_of_a_holder_says_nothing_of_deputies(desk: Desk) -> None:
    """Without a deputy the event's bytes and version are what they were."""
    case = desk.suggestion()
    desk.act(case, "accept", "zwzx.clerk", offices={"competent_office": "zjj"})
    event = desk.register.case(case).events[-1].event
    assert (event.actor, event.schema) == ({"kind": "post"}, 1)


def test_ending_takes_the_post_out_of_an_open_window_at_once(desk: Desk) -> None:
    """The next click of the deputy in the post is refused; ending it again changes nothing."""
    holder, colleague = desk.sit("zjj.handler"), desk.sit("zjj.head")
    ask(holder)
    colleague.post("/desk/post/", {"post": "zjj.handler"})
    from mingze.accounts.models import Holding

    given = Holding.objects.get(as_deputy=True)
    assert (given.given_by, given.given_at is not None) == ("zjj.handler", True)
    assert holder.post("/desk/cover/", {"end": str(given.pk)})["Location"] == "/desk/cover/?done=ended"
    assert seats(colleague) == {"zjj.head"}
    assert "（代理）" not in text_of(colleague.get("/desk/"))
    assert holder.post("/desk/cover/", {"end": str(given.pk)}).status_code == 422


@pytest.mark.parametrize(
    ("who", "fields"),
    [
        ("zjj.handler", {"post": "zjj.head", "login": "demo.zjj.handler"}),
        ("scj.handler", {}),
        ("zjj.handler", {"login": "demo.scj.handler"}),
        ("zjj.handler", {"login": "demo.zjj.handler"}),
        ("zjj.handler", {"login": "nobody"}),
        ("zjj.handler", {"from_on": "2026-11-22"}),
        ("zjj.handler", {"to_on": "2026-11-22"}),
        ("zjj.handler", {"to_on": "2027-02-24"}),
        ("zjj.handler", {"to_on": ""}),
        ("zjj.handler", {"end": "1"}),
        ("zjj.handler", {"end": "x"}),
        ("zjj.handler", {"end": "²"}),
    ],
    ids=str,
)
def test_who_may_not_give_it_and_when_not(desk: Desk, who: str, fields: dict[str, str]) -> None:
    """Another's post, another office, oneself, nobody, days in the past, none or too many: refused in words."""
    for post in ("zjj.head", "scj.handler", "zjj.handler"):
        desk.sit(post)
    answer = ask(desk.sit(who), **fields)
    assert answer.status_code == 422 and 'id="refused"' in text_of(answer)
    from mingze.accounts.models import Holding

    assert not Holding.objects.filter(as_deputy=True).exists()


def test_the_head_covers_any_post_of_the_office_and_a_deputy_none(desk: Desk) -> None:
    """The head names a deputy for a colleague's post; whoever sits somewhere as a deputy cannot hand it on."""
    head, handler = desk.sit("zjj.head"), desk.sit("zjj.handler")
    assert ask(head, post="zjj.head", login="demo.zjj.handler").status_code == 303
    handler.post("/desk/post/", {"post": "zjj.head"})
    assert ask(handler, post="zjj.handler", login="demo.zjj.head").status_code == 422
    assert ask(head, post="zjj.head", login="demo.zjj.handler").status_code == 422  # those days are given already


def test_giving_a_post_asks_for_a_fresh_proof(desk: Desk) -> None:
    """An hour into a session the passkey or code is asked for first, and nothing has been given."""
    holder = desk.sit("zjj.handler")
    desk.sit("zjj.head")
    from mingze.instance import FrozenClock

    desk.instance.clock = FrozenClock(desk.instance.clock.now() + dt.timedelta(minutes=11))
    assert ask(holder).status_code == 403
    from mingze.accounts.models import Holding

    assert not Holding.objects.filter(as_deputy=True).exists()
