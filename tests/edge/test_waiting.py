"""A wait that rises: what it does to somebody who guesses, and to somebody who does not."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from mingze import waiting
from mingze.instance import Instance
from mingze.waiting import CODE, SIGN_IN, Door, Doors
from mingze.words import say

Make = Callable[..., Instance]
Browse = Callable[..., Client]
FIELDS = {"matter": "The lamp is out.", "name": "Somebody", "contact": "0451-00000001"}


class Stopwatch:
    """Time that passes when the test says so."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def asked_from(address: str, forwarded: str = "") -> Any:
    """What is looked at of a request: where it comes from, and whom it says it speaks for."""
    return SimpleNamespace(META={"REMOTE_ADDR": address, "HTTP_X_FORWARDED_FOR": forwarded})


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Stopwatch:
    """The clock of the doors."""
    watch = Stopwatch()
    monkeypatch.setattr(waiting, "monotonic", watch)
    return watch


def test_a_few_tries_go_without_a_wait(time: Stopwatch) -> None:
    """Whoever mistypes a code four times is not made to wait, and a minute later one of the tries is forgotten."""
    door, who = Door(CODE), b"somebody"
    for n in range(CODE.free):
        assert door.wait(who, f"code {n}") == 0
        door.count(who)
    assert door.wait(who, "one more") > 0
    time.now += CODE.forgotten_after + 1
    assert door.wait(who, "another") == 0


def test_waits_double_up_to_their_limit_and_never_beyond(time: Stopwatch) -> None:
    """2, 4, 8 … seconds, at most a minute; a wait that was sat out always lets the same form through, once."""
    door, who, waits = Door(CODE), b"somebody", []
    for _ in range(CODE.free):
        door.count(who)
    for n in range(12):
        waits.append(door.wait(who, f"code {n}"))
        assert door.wait(who, f"code {n}") == waits[-1]  # asking again makes it no longer
        time.now += waits[-1]
        assert door.wait(who, f"code {n}") == 0
        door.count(who)
    assert waits[:2] == [2, 4] and max(waits) <= CODE.longest
    assert door.wait(who, "code 11") > 0  # the wait of a form is spent


def test_a_guessing_run_is_slowed(time: Stopwatch) -> None:
    """A program that does nothing but guess for an hour gets at most two looks a minute, not thousands."""
    door, who, looks, n = Door(CODE), b"guesser", 0, 0
    end = time.now + 3_600
    while time.now < end:
        n += 1
        seconds = door.wait(who, f"guess {n}")
        time.now += seconds
        if door.wait(who, f"guess {n}") == 0:
            looks += 1
            door.count(who)
    assert looks < 120


def test_nobody_is_shut_out_by_somebody_else(time: Stopwatch) -> None:
    """While one address floods, another waits for nothing, and a neighbour behind the same address at most a minute."""
    door, flood = Door(CODE), b"one address"
    for n in range(5_000):
        door.wait(flood, f"guess {n}")
        door.count(flood)
    assert door.wait(b"another address", "mine") == 0
    seconds = door.wait(flood, "mine")
    assert 0 < seconds <= CODE.longest
    for n in range(5_000, 10_000):
        door.wait(flood, f"guess {n}")
    time.now += seconds
    assert door.wait(flood, "mine") == 0


def test_only_so_many_passwords_of_one_login_wait_together(time: Stopwatch) -> None:
    """A thousand forms sent at once for one login are not a thousand guesses a minute later."""
    door, who = Door(SIGN_IN), b"login"
    for _ in range(SIGN_IN.free):
        door.count(who)
    for n in range(1_000):
        door.wait(who, f"password {n}")
    time.now += SIGN_IN.longest
    looks = 0
    for n in range(1_000):
        if door.wait(who, f"password {n}") == 0:
            looks += 1
            door.count(who)
    assert 0 < looks <= SIGN_IN.at_once + 1


def test_no_address_is_kept(time: Stopwatch) -> None:
    """What is remembered of an address cannot be read back, differs from day to day, and stands in no file."""
    doors, ask = Doors(), asked_from("203.0.113.9")
    today = doors.who(ask)
    assert today is not None and b"203" not in today and doors.who(ask) == today
    time.now += 90_000
    assert doors.who(ask) not in (None, today)


@pytest.mark.parametrize(
    ("peer", "told", "same_as"),
    [
        ("127.0.0.1", "198.51.100.7, 203.0.113.9", "203.0.113.9"),  # our own proxy: the last it names
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),  # anybody else's word is taken for nothing
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::9"),  # one household
    ],
)
def test_a_source_is_told_by_the_machine_s_own_proxy_only(peer: str, told: str, same_as: str) -> None:
    """A header that anybody can send makes nobody somebody else."""
    doors = Doors()
    assert doors.who(asked_from(peer, told)) == doors.who(asked_from(same_as))
    assert doors.who(asked_from("127.0.0.1")) is None


def test_the_code_page_slows_guesses_and_lets_the_person_in(
    make_instance: Make, browse: Browse, time: Stopwatch
) -> None:
    """After five wrong codes the page asks for a short wait; sent again without any script, the right code opens the case."""
    instance = make_instance(demo=True)
    client = browse(instance, **{"accept-language": "en"})
    filed = instance.register().file("suggestion", FIELDS, form_key="k" * 30)
    for n in range(5):
        assert client.post("/case/", {"code": f"WRONG-{n}"}, REMOTE_ADDR="203.0.113.9").status_code == 404
    answer = client.post("/case/", {"code": filed.code}, REMOTE_ADDR="203.0.113.9")
    assert answer.status_code == 429 and filed.code in answer.content.decode()
    assert say("refused-wait", "en", seconds=int(answer["Retry-After"])) in answer.content.decode()
    bearer = {"authorization": f"Bearer {filed.code}"}
    assert client.get("/api/v1/case", headers=bearer, REMOTE_ADDR="203.0.113.9").status_code == 429
    time.now += int(answer["Retry-After"])
    assert client.post("/case/", {"code": filed.code}, REMOTE_ADDR="203.0.113.9").status_code == 303


def test_many_filings_wait_and_none_is_lost(make_instance: Make, browse: Browse, time: Stopwatch) -> None:
    """The twenty-first filing of one address keeps what was typed, waits, and is then filed, once."""
    instance = make_instance(demo=True)
    client = browse(instance, **{"accept-language": "en"})
    for _ in range(20):
        waiting.doors().filing.count(waiting.doors().who(asked_from("203.0.113.9")))
    form = {**FIELDS, "form_key": "f" * 30}
    answer = client.post("/file/suggestion/", form, REMOTE_ADDR="203.0.113.9")
    assert answer.status_code == 429 and "The lamp is out." in answer.content.decode()
    assert client.post("/file/suggestion/", form, REMOTE_ADDR="203.0.113.8").status_code == 303
    time.now += int(answer["Retry-After"])
    again = {**form, "form_key": "g" * 30}
    assert client.post("/file/suggestion/", again, REMOTE_ADDR="203.0.113.9").status_code in (303, 429)


def test_wrong_passwords_wait_and_the_right_one_is_let_in(make_instance: Make, browse: Browse, time: Stopwatch) -> None:
    """After five wrong passwords the right one waits a few seconds and goes on to the code: no login can be shut by another."""
    import datetime as dt

    from mingze.accounts.models import Holding, Person

    client = browse(make_instance(), **{"accept-language": "en"})
    person = Person.objects.create_user("zjj.first", "three quiet ferries 19")
    Holding.objects.create(person=person, post="zjj.handler", from_on=dt.date(2026, 11, 1))
    for n in range(5):
        assert client.post("/staff/sign-in/", {"login": "zjj.first", "password": f"wrong {n}"}).status_code == 200
    form = {"login": "zjj.first", "password": "three quiet ferries 19"}
    answer = client.post("/staff/sign-in/", form)
    assert answer.status_code == 429 and "wait" in answer.content.decode().lower()
    time.now += int(answer["Retry-After"])
    assert client.post("/staff/sign-in/", form).status_code == 302
