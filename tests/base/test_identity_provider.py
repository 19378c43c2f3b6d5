"""Signing in at the authority's own identity provider: a real one, in a second process, honest and not."""

from __future__ import annotations

import datetime as dt
import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client

from mingze import instance as instances
from mingze.accounts.id_token import Expected, TokenRefused, read_id_token
from mingze.instance import Instance, InstanceError, SystemClock
from tests.base.identity_provider import CLIENT, SECRET
from tests.base.test_sign_in import enrol_with_code, enrolment_path, one_time_code, seat
from tests.outside import run_mingze

Make = Callable[..., Instance]
Browse = Callable[..., Client]
LEAD, BACK = "/staff/sign-in/outside/", "/staff/sign-in/outside/back/"


@dataclass
class Outside:
    """The provider's process, and what it was told to do."""

    issuer: str
    told: Path

    def tell(self, **what: Any) -> None:
        self.told.write_text(json.dumps(what), encoding="utf-8")

    def visit(self, address: str) -> str:
        """Go through the sign-in there; the address it sends back to, with its query."""

        class Stay(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *_: Any, **__: Any) -> None:
                return None

        try:
            urllib.request.build_opener(Stay).open(address, timeout=5)
        except urllib.error.HTTPError as answer:
            parts = urlsplit(answer.headers["Location"])
            return f"{parts.path}?{parts.query}"
        raise AssertionError("the provider did not send anybody back")


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    """The provider, one for all tests of this file."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    told = tmp_path_factory.mktemp("provider") / "told.json"
    told.write_text("{}", encoding="utf-8")
    child = subprocess.Popen([sys.executable, "-m", "tests.base.identity_provider", str(port), str(told)])
    issuer = f"http://127.0.0.1:{port}"
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{issuer}/keys", timeout=1).close()
            break
        except OSError:
            time.sleep(0.05)
    yield Outside(issuer, told)
    child.terminate()
    child.wait()


@pytest.fixture
def outside(process: Outside) -> Outside:
    """The provider, honest again."""
    process.tell()
    return process


def with_provider(instance: Instance, issuer: str, more: str = 'amr = ["otp"]') -> Instance:
    """The same instance, whose staff may sign in there."""
    path = instance.dir / "mingze.toml"
    table = (
        f'\n[staff.oidc]\nissuer = "{issuer}"\nclient_id = "{CLIENT}"\nsecret_file = "secrets/oidc.secret"\n{more}\n'
    )
    name = '[staff.oidc.name]\nzh = "区统一身份认证"\nen = "the district’s sign-in"\n'
    path.write_text(path.read_text(encoding="utf-8") + table + name, encoding="utf-8")
    (instance.dir / "secrets" / "oidc.secret").write_text(SECRET + "\n", encoding="utf-8")
    again = Instance.open(instance.dir)
    again.clock = SystemClock()
    return again


def enrolled(make_instance: Make, browse: Browse, outside: Outside, more: str = 'amr = ["otp"]') -> Client:
    """A browser at an instance where one person has enrolled with the provider."""
    client = browse(with_provider(make_instance(), outside.issuer, more))
    client.get(enrolment_path(client))
    back = outside.visit(client.get(LEAD, {"for": "enrol"})["Location"])
    assert client.get(back)["Location"] == "/staff/sign-in/?enrolled=1"
    return client


def signed_in(client: Client, outside: Outside, **query: str) -> str:
    """Where signing in there leads to here."""
    return client.get(outside.visit(client.get(LEAD, query)["Location"]))["Location"]


REFUSED = "/staff/sign-in/?refused=provider"


def test_an_enrolled_person_signs_in_there(make_instance: Make, browse: Browse, outside: Outside) -> None:
    """After enrolling through a link, the provider's sign-in with a second factor opens the desk in the person's post, in
    a new session, and leads to the page that was wanted."""
    client = enrolled(make_instance, browse, outside)
    before = client.cookies["session"].value
    assert signed_in(client, outside, next="/desk/procedures/") == "/desk/procedures/"
    assert seat(client) == ("zjj.handler", "zjj", ("handler",))
    assert client.cookies["session"].value != before
    page = client.get("/staff/sign-in/")
    assert page.status_code in {200, 302}


def test_what_is_asked_there(make_instance: Make, browse: Browse, outside: Outside) -> None:
    """The request is for a code, with PKCE S256, a state and a nonce of 256 bits that are never the same, and for no
    scope that tells a name."""
    client = browse(with_provider(make_instance(), outside.issuer))
    asked = [parse_qs(urlsplit(client.get(LEAD)["Location"]).query) for _ in range(2)]
    first = asked[0]
    assert (first["response_type"], first["scope"], first["code_challenge_method"]) == (["code"], ["openid"], ["S256"])
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name][0]) >= 43 and first[name] != asked[1][name]


def test_nobody_becomes_known_by_coming_back(make_instance: Make, browse: Browse, outside: Outside) -> None:
    """Somebody whom the provider knows and nobody invited is refused, and no account is made for them."""
    client = browse(with_provider(make_instance(), outside.issuer))
    enrolment_path(client)
    assert signed_in(client, outside) == REFUSED
    assert seat(client) is None
    from mingze.accounts.models import Person, ProviderAccount

    assert (Person.objects.count(), ProviderAccount.objects.count()) == (1, 0)
    assert client.get(outside.visit(client.get(LEAD, {"for": "enrol"})["Location"])).status_code == 410


@pytest.mark.parametrize(
    "told",
    [
        {"claims": {"nonce": "another"}},
        {"claims": {"nonce": None}},
        {"claims": {"aud": "another-client"}},
        {"claims": {"aud": [CLIENT, "another-client"]}},
        {"claims": {"azp": "another-client"}},
        {"claims": {"iss": "https://elsewhere.example"}},
        {"claims": {"exp": 1_700_000_000, "iat": 1_699_999_900}},
        {"claims": {"iat": 1_700_000_000}},
        {"claims": {"iat": 9_000_000_000, "exp": 9_000_000_300}},
        {"claims": {"exp": None}},
        {"claims": {"exp": "never"}},
        {"claims": {"sub": ""}},
        {"claims": {"sub": None}},
        {"claims": {"sub": "somebody-else"}},
        {"sign": "none"},
        {"sign": "secret"},
        {"sign": "stranger"},
        {"alg": "RS512"},
        {"alg": "PS256"},
        {"header": {"kid": "two"}},
        {"header": {"crit": ["exp2"], "exp2": 1}},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_sign_in_opens_nothing(
    make_instance: Make, browse: Browse, outside: Outside, told: dict[str, Any]
) -> None:
    """Another nonce, audience, issuer, time, subject, key or algorithm, or none: refused in one sentence, no session."""
    client = enrolled(make_instance, browse, outside)
    outside.tell(**told)
    assert signed_in(client, outside) == REFUSED
    assert seat(client) is None
    outside.tell()
    assert signed_in(client, outside) == "/desk/"


def test_an_answer_counts_once_and_only_where_it_was_asked_for(
    make_instance: Make, browse: Browse, outside: Outside
) -> None:
    """The same answer again, another browser's, one with another state, issuer or an error, or a late one, is refused."""
    client = enrolled(make_instance, browse, outside)
    back = outside.visit(client.get(LEAD)["Location"])
    stranger = Client(headers={"host": "127.0.0.1"})
    assert stranger.get(back)["Location"] == REFUSED
    assert client.get(back)["Location"] == "/desk/"
    client.post("/desk/sign-out/")
    assert client.get(back)["Location"] == REFUSED
    assert seat(client) is None
    for change in ({"state": "x"}, {"iss": "https://elsewhere.example"}, {"error": "access_denied"}, {"code": "x"}):
        back = outside.visit(client.get(LEAD)["Location"])
        query = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()} | change
        assert client.get(f"{BACK}?{urlencode(query)}")["Location"] == REFUSED, change
    back = outside.visit(client.get(LEAD)["Location"])
    here = instances.current()

    class Late(SystemClock):
        def now(self) -> dt.datetime:
            return super().now() + dt.timedelta(minutes=11)

    here.clock = Late()
    assert client.get(back)["Location"] == REFUSED
    assert seat(client) is None


def test_a_password_alone_there_asks_for_a_code_here(make_instance: Make, browse: Browse, outside: Outside) -> None:
    """Without a second factor there, a one-time code here is asked for; whoever has none stays outside."""
    client = enrolled(make_instance, browse, outside)
    outside.tell(claims={"amr": ["pwd"]})
    assert signed_in(client, outside) == "/staff/sign-in/?refused=second"
    assert seat(client) is None
    from mingze.accounts.models import Enrolment, Person

    path = f"/staff/enrol/{Enrolment.issue(Person.objects.get(), instances.current().clock.now())}/"
    secret = enrol_with_code(client, path)
    assert signed_in(client, outside) == "/staff/sign-in/code/"
    assert seat(client) is None
    assert client.post("/staff/sign-in/code/", {"code": one_time_code(secret)})["Location"] == "/desk/"
    assert seat(client) is not None


def test_where_nothing_counts_as_strong_nothing_is(make_instance: Make, browse: Browse, outside: Outside) -> None:
    """Without `acr` and `amr` in the settings no claim of the provider takes the place of a second factor; one of them
    is enough where it is named."""
    client = enrolled(make_instance, browse, outside, "")
    assert signed_in(client, outside) == "/staff/sign-in/?refused=second"
    client = enrolled(make_instance, browse, outside, 'acr = ["urn:two"]')
    outside.tell(claims={"acr": "urn:one"})
    assert signed_in(client, outside) == "/staff/sign-in/?refused=second"
    outside.tell(claims={"acr": "urn:two"})
    assert signed_in(client, outside) == "/desk/"


def test_confirming_there_needs_a_new_proof_of_the_same_person(
    make_instance: Make, browse: Browse, outside: Outside
) -> None:
    """An old sign-in there, one without a second factor, or another person's, confirms nothing; a new one does."""
    client = enrolled(make_instance, browse, outside)
    hours_ago = int(time.time()) - 7200
    outside.tell(claims={"auth_time": hours_ago})
    assert signed_in(client, outside) == "/desk/"
    asked = client.get(LEAD, {"for": "confirm", "next": "/desk/procedures/"})["Location"]
    assert "prompt=login" in asked and "max_age=0" in asked
    for claims in ({"auth_time": hours_ago}, {"auth_time": None}, {"amr": ["pwd"]}, {"sub": "somebody-else"}):
        outside.tell(claims=claims)
        assert "refused=1" in signed_in(client, outside, **{"for": "confirm"}), claims
        assert client.post("/staff/confirm/", {"way": "outside", "next": "/desk/"}).status_code == 422
    outside.tell()
    assert signed_in(client, outside, **{"for": "confirm", "next": "/desk/procedures/"}) == "/desk/procedures/"
    assert client.post("/staff/confirm/", {"way": "outside", "next": "/desk/"}).status_code == 303


def test_the_link_and_the_settings_end_it(make_instance: Make, browse: Browse, outside: Outside) -> None:
    """A closed person, a new enrolment link, and settings without the provider end the way in, open sessions included;
    an account there can be one person's only."""
    client = enrolled(make_instance, browse, outside)
    instance = instances.current()
    assert signed_in(client, outside) == "/desk/"
    instance.provider, kept = None, instance.provider
    assert seat(client) is None
    assert client.get(LEAD).status_code == 404
    instance.provider = kept
    assert seat(client) is not None
    client.get(enrolment_path(client, "zjj.second", "zjj.head"))
    back = outside.visit(client.get(LEAD, {"for": "enrol"})["Location"])
    assert client.get(back)["Location"] == "/staff/enrol/?refused=provider"
    assert signed_in(client, outside) == "/desk/"
    assert run_mingze("staff", "link", "zjj.first", "--dir", str(instance.dir)).returncode == 0
    assert seat(client) is None
    assert signed_in(client, outside) == REFUSED


def test_a_provider_that_is_away_or_another_is_said(make_instance: Make, browse: Browse, outside: Outside) -> None:
    """Nobody at the address, or a document that speaks for another issuer, is told in words; other ways stay open."""
    client = browse(with_provider(make_instance(), "http://127.0.0.1:9"))
    assert client.get(LEAD)["Location"] == "/staff/sign-in/?refused=provider-down"
    page = client.get("/staff/sign-in/?refused=provider-down", headers={"accept-language": "en"}).content.decode()
    assert "does not answer just now" in page and 'id="passkey_login"' in page
    client = browse(with_provider(make_instance(), outside.issuer.replace("127.0.0.1", "localhost")))
    assert client.get(LEAD)["Location"] == "/staff/sign-in/?refused=provider-down"


@pytest.mark.parametrize(
    "issuer", ["http://id.example.gov.cn", "ftp://x", "https://id.example/?a=1", "https://id.example/#a"]
)
def test_a_provider_without_tls_is_no_setting(make_instance: Make, issuer: str) -> None:
    """An issuer is an https address without query; anything else is refused when the instance is opened."""
    with pytest.raises(InstanceError, match="bad_settings"):
        with_provider(make_instance(), issuer)


def test_a_short_key_signs_nothing() -> None:
    """An RSA key of less than 2,048 bits is refused, whatever it signed."""
    import jwt
    from cryptography.hazmat.primitives.asymmetric import rsa
    from jwt.algorithms import RSAAlgorithm

    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    claims = {"iss": "https://i", "aud": "c", "sub": "s", "iat": 100, "exp": 200, "nonce": "n"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it is short is what this is about
        token = jwt.encode(claims, key, algorithm="RS256", headers={"kid": "k"})
    jwk = {**json.loads(RSAAlgorithm.to_jwk(key.public_key())), "kid": "k"}
    with pytest.raises(TokenRefused, match="weak_key"):
        read_id_token(token, [jwk], Expected("https://i", "c", "RS256", "n"), 100)
