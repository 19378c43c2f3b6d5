"""What every address of the server carries and refuses, walked over the URLconf: no list kept by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from mingze.edge import PRIVATE
from mingze.instance import Instance
from mingze.words import say

Make = Callable[..., Instance]
Browse = Callable[..., Client]
SAMPLES = {"int": "1", "slug": "suggestion", "str": "a-name", "path": "a/b"}
HOST = "mz.example"
EMBED = "/board/embed/"
"""The one page that other sites may frame: public, without script, form and cookie."""
OPEN = ("/ledger/", "/board/")
"""What pages of others may read: public, the same for everybody, never with a cookie."""
FIELDS = {"matter": "The lamp is out.", "name": "Somebody", "contact": "0451-00000001"}


def addresses(patterns: Any, prefix: str = "") -> Iterator[str]:
    """Every address of the URLconf, with something plausible in each place that takes a value."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, route)
        elif "(?P" in route:
            yield "/" + route.partition("^")[0] + "anything"
        else:
            yield "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES[found[1] or "str"], route)


@dataclass(frozen=True)
class Site:
    """A demo under https, with a client of nobody's and one that sits in a post."""

    every: list[str]
    nobody: Client
    clerk: Client


@pytest.fixture
def site(make_instance: Make, browse: Browse) -> Site:
    """The addresses and the two clients."""
    instance = make_instance(demo=True)
    instance.base_url = f"https://{HOST}"
    nobody = browse(instance, host=HOST)
    clerk = Client(headers={"host": HOST})
    assert clerk.post("/desk/sign-in/", {"post": "zwzx.clerk"}, secure=True).status_code == 303
    from mingze import urls

    return Site(sorted(set(addresses(urls.urlpatterns))), nobody, clerk)


def wrong_with(path: str, answer: Any) -> list[str]:
    """What an answer lacks."""
    policy = answer.get("Content-Security-Policy", "")
    lacks = {
        "status": answer.status_code >= 500,
        "policy": "default-src 'none'" not in policy
        or ("*" in policy and not (path == EMBED and "*" not in policy.replace("frame-ancestors *", "", 1))),
        "embedded": path == EMBED
        and not ("script-src 'none'" in policy and "form-action 'none'" in policy and not answer.cookies),
        "unsafe": "unsafe" in policy,
        "sniffing": answer.get("X-Content-Type-Options") != "nosniff",
        "referrer": answer.get("Referrer-Policy") != "same-origin",
        "opener": answer.get("Cross-Origin-Opener-Policy") != "same-origin",
        "frames": answer.get("X-Frame-Options") != "DENY" and path != EMBED,
        "permissions": "camera=()" not in answer.get("Permissions-Policy", ""),
        "transport": answer.get("Strict-Transport-Security", "") != "max-age=31536000; includeSubDomains; preload",
        "kept": path.startswith(PRIVATE) and "no-store" not in answer.get("Cache-Control", ""),
        "type": bool(answer.content) and "charset" not in answer.get("Content-Type", "charset")
        if answer.get("Content-Type", "").startswith("text/")
        else False,
        "other origins": "Access-Control-Allow-Origin" in answer
        and not (path.startswith(OPEN) and answer["Access-Control-Allow-Origin"] == "*" and not answer.cookies),
    }
    for name, cookie in answer.cookies.items():
        if cookie["max-age"] == 0:
            continue  # it is being taken away
        lacks[f"cookie {name}"] = not (cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax")
        lacks[f"cookie {name} of a domain"] = bool(cookie["domain"])
        lacks[f"cookie {name} without a guarded name"] = not name.startswith(("__Host-", "__Secure-"))
    return [f"{path}: {name}" for name, is_wrong in lacks.items() if is_wrong]


def test_every_answer_carries_every_header(site: Site) -> None:
    """Each address, with and without a seat, carries the policy, the transport rule and the rest, and sets only guarded cookies."""
    wrong = []
    for path in site.every:
        for client in (site.nobody, site.clerk):
            wrong += wrong_with(path, client.get(path, secure=True))
    assert len(site.every) > 50
    assert wrong == [], "\n".join(wrong)


def test_nothing_is_done_for_a_form_without_its_token(site: Site) -> None:
    """A forged form is refused at every address that takes forms; the API takes no cookie, so there is none to misuse."""
    forged = Client(enforce_csrf_checks=True, headers={"host": HOST})
    forged.cookies = site.clerk.cookies
    taken = []
    for path in site.every:
        if path.startswith("/api/"):
            continue
        status = forged.post(path, {"code": "x"}, secure=True).status_code
        if status not in (403, 404, 405):
            taken.append(f"{path}: {status}")
    assert taken == []


def test_asking_changes_nothing(site: Site) -> None:
    """Walking every address with GET, seated, writes no event and leaves no access record."""
    from mingze import instance

    register = instance.current().register()

    def records() -> bytes:
        register.publish()
        return register.checkpoint().split(b"\n")[1]

    register.file("suggestion", FIELDS, form_key="k" * 30)
    before = records()
    for path in site.every:
        site.clerk.get(path, secure=True)
    assert before == records() != b"0"


@pytest.mark.parametrize("host", ["evil.example", "mz.example.evil.example", "mz.example@evil.example", "[::2]"])
def test_another_host_is_no_host(site: Site, host: str) -> None:
    """A request for another name is refused, and no header besides Host is taken for the name."""
    assert Client(headers={"host": host}).get("/", secure=True).status_code == 400
    answer = site.nobody.get(
        "/desk/", headers={"host": HOST, "x-forwarded-host": host, "forwarded": f"host={host}"}, secure=True
    )
    assert host not in answer["Location"] and host not in answer.content.decode()


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_no_address_leads_away(site: Site, wanted: str) -> None:
    """Whatever `next` says, no answer leads to another site."""
    for path in site.every:
        answer = site.nobody.get(path, {"next": wanted, "lang": "en"}, secure=True)
        told = answer.get("Location", "/")
        assert told.startswith("/") and not told.startswith(("//", "/\\")), path


def test_a_name_cannot_begin_a_header(site: Site) -> None:
    """A line break in an address or a cookie ends as an ordinary refusal and as no header of ours."""
    for path in ("/case/file/1/x%0d%0aSet-Cookie:%20a=b/", "/?lang=en%0d%0aSet-Cookie:%20a=b", "/file/x%0d%0aX:%20y/"):
        answer = site.nobody.get(path, secure=True)
        assert answer.status_code < 500 and "a" not in answer.cookies and "X" not in answer.headers


def test_a_fault_tells_nothing_of_the_program(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of ours is a page in words: no trace, no setting, no value that was sent."""
    from mingze.portal.views import home

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("planted secret of the program")

    monkeypatch.setattr(home, "visit", broken)
    site.nobody.raise_request_exception = False
    answer = site.nobody.get("/", secure=True)
    page = answer.content.decode()
    assert answer.status_code == 500 and say("error-500-title", "zh-Hans") in page
    assert "planted" not in page and "Traceback" not in page and "home.py" not in page
