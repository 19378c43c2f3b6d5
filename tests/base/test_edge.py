"""What every answer of the server carries, and what it says when something is wrong."""

import html
import json
import logging
import re
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from mingze import words
from mingze.instance import Instance
from tests.outside import Server

Make = Callable[..., Instance]
Browse = Callable[..., Client]


def addresses(patterns: Any, prefix: str = "") -> Iterator[str]:
    """Every address of the URLconf that needs no argument."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, route)
        elif "<" not in route and "(" not in route:
            yield "/" + route


def test_every_page_comes_under_a_strict_policy(make_instance: Make, browse: Browse) -> None:
    """Each address answers GET and HEAD without a fault, allows nothing inline, and cannot be framed or sniffed."""
    client = browse(make_instance(demo=True))
    client.post("/desk/sign-in/", {"post": "zwzx.clerk"})
    from mingze import urls

    found = sorted(set(addresses(urls.urlpatterns)))
    assert {"/", "/health", "/desk/"} <= set(found)
    for address in found:
        response = client.get(address)
        assert response.status_code < 500, address
        policy = response["Content-Security-Policy"]
        framed = "frame-ancestors *" if address == "/board/embed/" else "frame-ancestors 'none'"
        assert "'unsafe" not in policy and "default-src 'none'" in policy and framed in policy, address
        assert response["X-Content-Type-Options"] == "nosniff" and response["Referrer-Policy"] == "same-origin"
        saved = response.get("Content-Disposition", "").startswith("attachment")  # a file to keep is never shown here
        if response.get("Content-Type", "").startswith("text/html") and not saved:
            drawn = response.content.decode()
            assert not re.search(r"<[^>]+ (style|on\w+)=", drawn), address
            assert not re.search(r"<script(?![^>]*(src=|type=\"application/json\"))", drawn), address
            assert client.head(address).status_code == response.status_code, address


def test_what_belongs_to_one_person_is_kept_by_no_browser(make_instance: Make, browse: Browse) -> None:
    """Pages of the desk, of sign-in and of a case are sent with no-store."""
    client = browse(make_instance(demo=True))
    for address in ("/desk/", "/desk/sign-in/", "/staff/sign-in/", "/case/"):
        assert "no-store" in client.get(address)["Cache-Control"], address


def test_cookies_are_bound_to_the_host_under_https(make_instance: Make, browse: Browse) -> None:
    """With an https:// address, cookies are Secure, HttpOnly and named __Host-, and browsers are told to stay with TLS."""
    instance = make_instance(demo=True)
    instance.base_url = "https://mz.example"
    client = browse(instance, host="mz.example")
    response = client.post("/desk/sign-in/", {"post": "zjj.head"}, secure=True)
    cookie = response.cookies["__Host-session"]
    assert cookie["secure"] and cookie["httponly"] and cookie["path"] == "/" and not cookie["domain"]
    assert response["Strict-Transport-Security"].startswith("max-age=31536000")


def test_an_unknown_host_is_refused(make_instance: Make, browse: Browse) -> None:
    """A request for another host's name gets 400, so no link can be made to carry it."""
    assert browse(make_instance(), host="evil.example").get("/health").status_code == 400


def test_the_language_is_chosen_by_address_then_cookie_then_browser(make_instance: Make, browse: Browse) -> None:
    """?lang= is remembered and leads to the clean address; else the browser's preference decides; else Chinese."""
    client = browse(make_instance(demo=True))
    assert client.get("/desk/sign-in/")["Content-Language"] == "zh-Hans"
    english = {"accept-language": "fr, en-GB;q=0.8, zh;q=0.3"}
    assert client.get("/desk/sign-in/", headers=english)["Content-Language"] == "en"
    answer = client.get("/desk/sign-in/?lang=en&next=/desk/")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/sign-in/?next=%2Fdesk%2F")
    assert client.get("/desk/sign-in/")["Content-Language"] == "en"
    away = client.get("/", {"lang": "en"}, PATH_INFO="//evil.example/")
    assert away["Location"] == "/evil.example/"


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_an_unknown_page_says_what_to_do(make_instance: Make, browse: Browse, lang: str) -> None:
    """404 has a page of its own in both languages, with the way home."""
    client = browse(make_instance(), **{"accept-language": lang})
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert words.say("error-404-title", lang) in response.content.decode()


def test_a_form_without_its_token_is_refused_in_words(make_instance: Make, browse: Browse) -> None:
    """A forged or stale form gets 403 and the sentence that nothing was sent."""
    browse(make_instance(demo=True))
    client = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1", "accept-language": "en"})
    response = client.post("/desk/sign-in/", {"post": "zjj.head"})
    assert response.status_code == 403
    assert words.say("error-form-expired", "en") in html.unescape(response.content.decode())


def test_a_request_that_is_too_large_is_refused_unread(make_instance: Make, live: Callable[..., Server]) -> None:
    """More than 64 megabytes is refused by what the request says of itself, with a page that says the limit."""
    import socket

    server = live(make_instance(demo=True))
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as raw:
        head = "POST /file/suggestion/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 70000000\r\nAccept-Language: en\r\n\r\n"
        raw.sendall(head.encode() + b"x" * 1000)
        answer = raw.recv(4096).decode()
    assert answer.startswith("HTTP/1.1 413")


def test_health_speaks_json_and_plain_text(make_instance: Make, live: Callable[..., Server]) -> None:
    """/health names the state of register, accounts and ledger, the version and the clock, and no path or person."""
    server = live(make_instance(demo=True))
    with urllib.request.urlopen(f"{server.url}/health") as response:
        state = json.load(response)
    assert {state[part] for part in ("status", "register", "accounts", "ledger")} == {"ok"}
    request = urllib.request.Request(f"{server.url}/health", headers={"Accept": "text/plain"})
    with urllib.request.urlopen(request) as response:
        assert "register: ok\n" in response.read().decode()


def test_a_database_that_is_gone_is_said_plainly(make_instance: Make, live: Callable[..., Server]) -> None:
    """When the accounts' or the register's file vanishes under a running server, health is 503 and names the part."""
    instance = make_instance(demo=True)
    server = live(instance)
    urllib.request.urlopen(f"{server.url}/health").close()
    shutil.move(instance.dir / "register.sqlite3", instance.dir / "elsewhere")
    with pytest.raises(urllib.error.HTTPError) as raised:
        urllib.request.urlopen(f"{server.url}/health")
    assert raised.value.code == 503 and json.load(raised.value)["register"] == "gone"


def test_static_files_carry_their_content_in_their_name(make_instance: Make, browse: Browse) -> None:
    """The stylesheet's address has its digest and may be kept for ever; it comes compressed to whoever takes that."""
    client = browse(make_instance(demo=True))
    page = client.get("/desk/sign-in/").content.decode()
    found = re.search(r'href="(/static/portal/mingze\.[0-9a-f]{16}\.css)"', page)
    assert found
    response = client.get(found[1], headers={"accept-encoding": "gzip"})
    assert (response.status_code, response["Content-Encoding"]) == (200, "gzip")
    assert "immutable" in response["Cache-Control"]
    assert client.get("/static/portal/mingze.css")["Cache-Control"] == "no-cache"
    assert client.get("/static/../settings.py").status_code == 404


def test_the_log_holds_no_word_of_a_person(caplog: pytest.LogCaptureFixture) -> None:
    """Neither the message of an exception, nor a query string, nor a line break of a path reaches the log."""
    from mingze.logs import QuietFormatter

    try:
        raise ValueError("the lane behind number 12")
    except ValueError:
        with caplog.at_level(logging.ERROR):
            logging.getLogger("mingze.test").exception("Internal Server Error: %s", "/case/?code=ABCD\nforged line")
    text = QuietFormatter().format(caplog.records[0])
    assert "number 12" not in text and "ABCD" not in text and "forged" not in text
    assert "ValueError" in text and "test_edge.py" in text
