"""Who gets into the desk, how, and for how long."""

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from mingze import instance as instances
from mingze.cli.main import main
from mingze.instance import FrozenClock, Instance
from tests.outside import NOW, Server, run_mingze

Make = Callable[..., Instance]
Browse = Callable[..., Client]
PASSWORD = "three quiet ferries 19"


def enrolment_path(client: Client, login: str = "zjj.first", post: str = "zjj.handler") -> str:
    """Add a person with a post to the instance that is browsed, and give back the path of the link."""
    from mingze.accounts.models import Enrolment, Holding, Person

    person = Person.objects.create_user(login)
    Holding.objects.create(person=person, post=post, from_on=dt.date(2026, 11, 1))
    return f"/staff/enrol/{Enrolment.issue(person, instances.current().clock.now())}/"


def one_time_code(secret: str) -> str:
    """The code an authenticator app would show now."""
    from allauth.mfa.totp.internal import auth

    return auth.format_hotp_value(auth.hotp_value(secret, next(iter(auth.yield_hotp_counters_from_time())) + 1))


def enrol_with_code(client: Client, path: str) -> str:
    """Set up a password and a one-time code through the link; the secret the page showed."""
    page = client.get(path, follow=True).content.decode()
    shown = re.search(r'<code class="code">([A-Z2-7 ]+)</code>', page)
    assert shown, page
    secret = shown[1].replace(" ", "")
    form = {"way": "code", "code": one_time_code(secret), "password": PASSWORD, "again": PASSWORD}
    answer = client.post("/staff/enrol/", form)
    assert (answer.status_code, answer["Location"]) == (303, "/staff/sign-in/?enrolled=1")
    return secret


def test_the_demo_door_does_not_exist_in_a_real_instance(make_instance: Make, browse: Browse) -> None:
    """Outside a demo instance the address of the demo's sign-in answers 404 and no address of it is known."""
    real = browse(make_instance())
    assert real.get("/desk/sign-in/").status_code == 404
    assert real.post("/desk/sign-in/", {"post": "zjj.handler"}).status_code == 404
    from mingze import urls

    assert not [pattern for pattern in urls.urlpatterns if "demo" in str(getattr(pattern, "name", ""))]
    demo = browse(make_instance(demo=True))
    assert demo.get("/desk/sign-in/").status_code == 200


def test_one_button_per_post_signs_in_at_the_demo(make_instance: Make, browse: Browse) -> None:
    """Each post of the fictional district has a button, and pressing one sits the visitor in that post."""
    demo = make_instance(demo=True)
    client = browse(demo)
    page = client.get("/desk/sign-in/").content.decode()
    assert set(re.findall(r'name="post" value="([\w.]+)"', page)) == {post.id for post in demo.offices.posts}
    answer = client.post("/desk/sign-in/", {"post": "zjj.handler", "next": "/desk/documents/"})
    assert (answer.status_code, answer["Location"]) == (303, "/desk/documents/")
    assert seat(client) == ("zjj.handler", "zjj", ("handler",))


def seat(client: Client) -> tuple[str, str, tuple[str, ...]] | None:
    """In which post the next request of a client would be made."""
    from mingze.accounts.seat import SeatMiddleware, SessionLimitMiddleware

    seen: list[Any] = []

    def remember(request: Any) -> Any:
        seen.append(request.actor)
        return object()

    from django.contrib.auth.middleware import AuthenticationMiddleware
    from django.contrib.sessions.middleware import SessionMiddleware
    from django.http import HttpResponse
    from django.test import RequestFactory

    def last(request: Any) -> HttpResponse:
        remember(request)
        return HttpResponse()

    chain = SessionMiddleware(AuthenticationMiddleware(SessionLimitMiddleware(SeatMiddleware(last))))
    request = RequestFactory(headers={"host": "127.0.0.1"}).get("/desk/")
    request.COOKIES = {name: cookie.value for name, cookie in client.cookies.items()}
    chain(request)
    actor = seen[0]
    return (actor.post, actor.office, actor.functions) if actor else None


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:x"]
)
def test_sign_in_never_leads_away(make_instance: Make, browse: Browse, wanted: str) -> None:
    """A `next` that leads to another site is replaced by the desk."""
    client = browse(make_instance(demo=True))
    assert client.post("/desk/sign-in/", {"post": "zjj.head", "next": wanted})["Location"] == "/desk/"


def test_password_and_code_sign_in_and_a_password_alone_does_not(make_instance: Make, browse: Browse) -> None:
    """After enrolment through the one-time link, the password leads to the code, and only the code leads to the desk."""
    instance = make_instance()
    client = browse(instance)
    path = enrolment_path(client)
    secret = enrol_with_code(client, path)
    answer = client.post("/staff/sign-in/", {"login": "zjj.first", "password": PASSWORD})
    assert answer["Location"] == "/staff/sign-in/code/"
    assert seat(client) is None
    answer = client.post("/staff/sign-in/code/", {"code": one_time_code(secret)})
    assert answer["Location"] == "/desk/"
    assert seat(client) == ("zjj.handler", "zjj", ("handler",))


def test_a_password_without_a_second_factor_gives_no_seat(make_instance: Make, browse: Browse) -> None:
    """Even a person who somehow has a password and no code or passkey cannot sit at the desk."""
    instance = make_instance()
    client = browse(instance)
    enrolment_path(client)
    from mingze.accounts.models import Person

    person = Person.objects.get(login="zjj.first")
    person.set_password(PASSWORD)
    person.save()
    client.post("/staff/sign-in/", {"login": "zjj.first", "password": PASSWORD})
    assert seat(client) is None


def test_the_enrolment_link_works_once_and_for_72_hours(make_instance: Make, browse: Browse) -> None:
    """A used link, an old link and an invented link all lead to the page that says it no longer works."""
    instance = make_instance()
    client = browse(instance)
    path = enrolment_path(client)
    from mingze.accounts.models import Enrolment

    begun = Enrolment.objects.get().issued_at
    instance.clock = FrozenClock(begun + dt.timedelta(hours=73))
    assert client.get(path, follow=True).status_code == 410
    instance.clock = FrozenClock(begun + dt.timedelta(hours=71))
    enrol_with_code(client, path)
    assert client.get(path, follow=True).status_code == 410
    assert client.get("/staff/enrol/never-issued/", follow=True).status_code == 410


def test_the_token_of_the_link_is_not_kept(make_instance: Make, browse: Browse) -> None:
    """Neither the database nor the address of the enrolment page holds the token."""
    instance = make_instance()
    client = browse(instance)
    path = enrolment_path(client)
    assert client.get(path)["Location"] == "/staff/enrol/"
    token = path.split("/")[-2].encode()
    kept = [file for file in instance.dir.rglob("*") if file.is_file() and token in file.read_bytes()]
    assert kept == []


def test_weak_or_different_passwords_are_refused_in_words(make_instance: Make, browse: Browse) -> None:
    """A mistake at enrolment is said in a sentence and leaves the link usable."""
    instance = make_instance()
    client = browse(instance, **{"accept-language": "en"})
    page = client.get(enrolment_path(client), follow=True).content.decode()
    secret = re.findall(r'<code class="code">([A-Z2-7 ]+)</code>', page)[0].replace(" ", "")
    for form, said in (
        ({"password": "short", "again": "short"}, "too short or too common"),
        ({"password": PASSWORD, "again": PASSWORD + "x"}, "not the same"),
        ({"password": PASSWORD, "again": PASSWORD, "code": "000000"}, "wrong or too old"),
    ):
        answer = client.post("/staff/enrol/", {"way": "code", "code": one_time_code(secret), **form})
        assert answer.status_code == 422
        assert said in answer.content.decode()
    form = {"way": "code", "code": one_time_code(secret), "password": PASSWORD, "again": PASSWORD}
    assert client.post("/staff/enrol/", form).status_code == 303


def test_a_passkey_enrols_and_signs_in(
    make_instance: Make, live: Callable[..., Server], open_page: Callable[..., Any]
) -> None:
    """In a real browser with an authenticator, the link sets up a passkey, the passkey alone opens the desk, and
    it confirms before a grave step."""
    instance = make_instance(at=None)
    done = run_mingze("staff", "add", "zjj.first", "--post", "zjj.handler", "--dir", str(instance.dir))
    path = re.search(r"http://[^/]+(/staff/enrol/[\w-]+/)", done.stdout)[1]  # type: ignore[index]
    server = live(instance)
    # A passkey belongs to a name, and an address of numbers is none.
    page = open_page(f"http://localhost:{server.port}/staff/sign-in/", lang="en")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    authenticator = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": authenticator})
    page.goto(f"http://localhost:{server.port}{path}")
    page.get_by_role("button", name="Create a passkey").click()
    page.wait_for_url("**/staff/sign-in/?enrolled=1")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/desk/")
    assert [cookie["name"] for cookie in page.context.cookies() if cookie["name"] == "session"] == ["session"]
    page.goto(f"http://localhost:{server.port}/staff/confirm/?next=/desk/procedures/")
    page.get_by_role("button", name="Confirm with a passkey").click()
    page.wait_for_url("**/desk/procedures/")


@pytest.mark.parametrize(("later", "still"), [(29, True), (31, False)])
def test_an_idle_session_ends(make_instance: Make, browse: Browse, later: int, still: bool) -> None:
    """A session not used for 30 minutes ends; used within 29, it goes on."""
    demo = make_instance(demo=True)
    client = browse(demo)
    client.post("/desk/sign-in/", {"post": "zjj.handler"})
    demo.clock = FrozenClock(NOW + dt.timedelta(minutes=later))
    assert (seat(client) is not None) is still


def test_every_session_ends_after_twelve_hours(make_instance: Make, browse: Browse) -> None:
    """Constant use does not keep a session beyond the absolute limit."""
    demo = make_instance(demo=True)
    client = browse(demo)
    client.post("/desk/sign-in/", {"post": "zjj.handler"})
    for minutes in range(20, 12 * 60 + 1, 20):
        demo.clock = FrozenClock(NOW + dt.timedelta(minutes=minutes))
        assert seat(client) is not None, minutes
    demo.clock = FrozenClock(NOW + dt.timedelta(minutes=12 * 60 + 20))
    assert seat(client) is None


def test_a_post_that_ends_is_gone_at_once(make_instance: Make, browse: Browse) -> None:
    """Ending a post, or closing an account, takes the seat from a session that is open."""
    demo = make_instance(demo=True)
    client = browse(demo)
    client.post("/desk/sign-in/", {"post": "zjj.handler"})
    assert seat(client) is not None
    done = run_mingze("staff", "end", "demo.zjj.handler", "--post", "zjj.handler", "--dir", str(demo.dir))
    assert done.returncode == 0, done.stderr
    assert seat(client) is None
    client.post("/desk/sign-in/", {"post": "scj.handler"})
    assert seat(client) is not None
    assert run_mingze("staff", "close", "demo.scj.handler", "--dir", str(demo.dir)).returncode == 0
    assert seat(client) is None


def test_a_demo_session_gives_nothing_in_a_real_instance(make_instance: Make, browse: Browse) -> None:
    """The mark of a demo sign-in counts only while the instance is a demo."""
    demo = make_instance(demo=True)
    client = browse(demo)
    client.post("/desk/sign-in/", {"post": "zjj.handler"})
    demo.demo = False
    assert seat(client) is None


def test_sign_out_ends_the_session_on_the_server(make_instance: Make, browse: Browse) -> None:
    """After sign-out the old cookie opens nothing, and sign-out by a link (GET) does not work."""
    client = browse(make_instance(demo=True))
    client.post("/desk/sign-in/", {"post": "zjj.handler"})
    kept = client.cookies["session"].value
    assert client.get("/desk/sign-out/").status_code == 405
    assert client.post("/desk/sign-out/").status_code == 303
    client.cookies["session"] = kept
    assert seat(client) is None


def test_signing_in_changes_the_session(make_instance: Make, browse: Browse) -> None:
    """A session id planted before sign-in is worth nothing afterwards."""
    client = browse(make_instance(demo=True))
    client.post("/desk/sign-in/", {"post": "zjj.handler"})
    first = client.cookies["session"].value
    client.post("/desk/sign-in/", {"post": "scj.handler"})
    assert client.cookies["session"].value != first


def test_staff_commands_say_what_is_wrong(make_instance: Make, browse: Browse) -> None:
    """A post that does not exist, an unknown person and a bad login are refused in one sentence with exit code 1."""
    instance = make_instance()
    browse(instance)
    for arguments, said in (
        (("add", "zjj.first", "--post", "zjj.nobody"), "no post zjj.nobody"),
        (("add", "Ä", "--post", "zjj.handler"), "cannot be used"),
        (
            ("add", "zjj.first", "--post", "zjj.head", "--from", "2026-12-02", "--to", "2026-12-01"),
            "is before the first",
        ),
        (("link", "nobody"), "nobody with the login nobody"),
        (("end", "nobody", "--post", "zjj.handler"), "nobody with the login nobody"),
    ):
        done = CliRunner().invoke(main, ["staff", *arguments, "--dir", str(instance.dir)])
        assert (done.exit_code, said in done.stderr) == (1, True), done.stderr


def test_staff_are_listed_with_their_posts(make_instance: Make, browse: Browse) -> None:
    """The list says who may sign in, who still has to enrol, and the posts held today, for people and for programs."""
    instance = make_instance()
    browse(instance)
    folder = ["--dir", str(instance.dir)]
    for post in ("zjj.handler", "zjj.head"):
        assert CliRunner().invoke(main, ["staff", "add", "zjj.first", "--post", post, *folder]).exit_code == 0
    said = json.loads(CliRunner().invoke(main, ["staff", "list", "--json", *folder]).stdout)
    [person] = said["people"]
    assert (person["login"], person["active"], person["enrolled"]) == ("zjj.first", True, [])
    assert sorted(person["posts"]) == ["zjj.handler", "zjj.head"]
