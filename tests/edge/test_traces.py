"""What signing in leaves behind: a line for the operator, nothing of the person, and no address anywhere."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mingze.instance import Instance
from tests.base.test_sign_in import PASSWORD, enrol_with_code, enrolment_path, one_time_code

Make = Callable[..., Instance]
Browse = Callable[..., Client]
FROM = "203.0.113.77"


@pytest.fixture(autouse=True)
def _started(make_instance: Make, browse: Browse) -> None:
    """Django sets up its log before a test listens to it."""
    browse(make_instance())


def test_signing_in_and_failing_to_is_logged_without_a_login(
    make_instance: Make, browse: Browse, caplog: pytest.LogCaptureFixture
) -> None:
    """A wrong password, a wrong code, signing in and out each leave one line; no line names a login or an address."""
    client = browse(make_instance())
    secret = enrol_with_code(client, enrolment_path(client))
    caplog.clear()
    with caplog.at_level(logging.INFO, "mingze.sign_in"):
        client.post("/staff/sign-in/", {"login": "zjj.first", "password": "wrong"}, REMOTE_ADDR=FROM)
        client.post("/staff/sign-in/", {"login": "zjj.first", "password": PASSWORD}, REMOTE_ADDR=FROM)
        client.post("/staff/sign-in/code/", {"code": "000000"}, REMOTE_ADDR=FROM)
        client.post("/staff/sign-in/code/", {"code": one_time_code(secret)}, REMOTE_ADDR=FROM)
        client.post("/staff/confirm/", {"way": "code", "code": "000000"}, REMOTE_ADDR=FROM)
        client.post("/desk/sign-out/", REMOTE_ADDR=FROM)
    lines = [record.getMessage() for record in caplog.records if record.name == "mingze.sign_in"]
    assert lines == [
        "sign-in refused: password", "sign-in refused: totp", "sign-in", "confirming refused: totp", "sign-out",
    ]  # fmt: skip
    assert "zjj.first" not in caplog.text and FROM not in caplog.text


@pytest.mark.parametrize("forwarded", [True, False])
def test_no_address_of_a_visitor_stays_anywhere(
    make_instance: Make, browse: Browse, caplog: pytest.LogCaptureFixture, forwarded: bool
) -> None:
    """Filing, typing wrong codes, signing in and working from an address, directly or through the proxy: it stands in no
    file of the instance, in no database and in no line of the log."""
    instance = make_instance(demo=True)
    client = browse(instance)
    told: dict[str, Any] = {"REMOTE_ADDR": FROM}
    if forwarded:
        told = {
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_X_FORWARDED_FOR": FROM,
            "HTTP_X_REAL_IP": FROM,
            "HTTP_FORWARDED": f"for={FROM}",
        }
    with caplog.at_level(logging.DEBUG):
        page = client.get("/file/suggestion/", **told).content.decode()
        key = page.split('name="form_key" value="')[1].split('"')[0]
        sent = client.post("/file/suggestion/", {"form_key": key, "matter": "路灯不亮。"}, **told)
        assert sent.status_code == 303
        for _ in range(7):
            client.post("/case/", {"code": "0123-4567-89AB-CDEF-GHJK-MNPQ"}, **told)
        client.post("/desk/sign-in/", {"post": "zwzx.clerk"}, **told)
        client.get("/desk/", **told)
        client.get("/desk/case/none/", **told)
        client.get("/nowhere/", **told)
    instance.close()
    needles = (FROM.encode(), bytes(int(part) for part in FROM.split(".")))
    holding = [
        path.relative_to(instance.dir).as_posix()
        for path in instance.dir.rglob("*")
        if path.is_file() and path.parent.name != "secrets" and any(needle in path.read_bytes() for needle in needles)
    ]
    assert holding == [] and FROM not in caplog.text


def test_an_unknown_login_costs_the_same_work(
    make_instance: Make, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One slow hash for a wrong password, for a login that nobody has and for one that has only a passkey: neither words
    nor status nor time tell whether a login exists."""
    from django.contrib.auth.hashers import ScryptPasswordHasher

    from mingze.accounts.models import Person

    hashed: list[str] = []
    real = ScryptPasswordHasher.encode

    def encode(self: Any, password: str, *rest: Any, **named: Any) -> str:
        hashed.append(password)
        return real(self, password, *rest, **named)

    client = browse(make_instance())
    enrol_with_code(client, enrolment_path(client))
    Person.objects.create_user("zjj.second")
    monkeypatch.setattr(ScryptPasswordHasher, "encode", encode)
    said = []
    for login in ("zjj.first", "zjj.second", "nobody.at-all"):
        hashed.clear()
        answer = client.post("/staff/sign-in/", {"login": login, "password": "not this one"})
        body = answer.content.decode().split("<main")[1].replace(login, "")
        said.append((answer.status_code, len(hashed), body.count("accounts"), len(body)))
    assert len({(status, count) for status, count, *_ in said}) == 1 and said[0][1] == 1, said
