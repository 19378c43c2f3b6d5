"""`mingze staff`: who of the authority may sign in, and which post each person holds from when to when."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mingze.cli.main import EXIT_NO, Said, language
from mingze.cli.options import folder_option, json_option, lang_option, opened, print_json, show
from mingze.instance import Instance
from mingze.words import say

if TYPE_CHECKING:
    from mingze.accounts.models import Person

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")
_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def staff() -> None:
    """Add people, give and end posts, and issue enrolment links."""


def _refuse(word: str, **values: Any) -> Said:
    return Said(say(word, language(), **values), EXIT_NO)


def _person(login: str) -> Person:
    from mingze.accounts.models import Person

    person = Person.objects.filter(login=login).first()
    if person is None:
        raise _refuse("cli-staff-unknown", login=login)
    return person


def _today(instance: Instance, given: dt.datetime | None) -> dt.date:
    return given.date() if given else instance.clock.now().date()


def _link(instance: Instance, person: Person) -> str:
    from mingze.accounts.models import Enrolment

    return f"{instance.base_url}/staff/enrol/{Enrolment.issue(person, instance.clock.now())}/"


@staff.command()
@click.argument("login")
@click.option("--post", "post_id", required=True, help="The post, e.g. zjj.handler.")
@click.option("--from", "from_on", type=_DAY, help="First day; today if not given.")
@click.option("--to", "to_on", type=_DAY, help="Last day; open if not given.")
@click.option("--deputy", is_flag=True, help="Holds the post for somebody who is away.")
@folder_option()
@json_option()
@lang_option()
def add(
    login: str,
    post_id: str,
    from_on: dt.datetime | None,
    to_on: dt.datetime | None,
    deputy: bool,
    folder: Path,
    as_json: bool,
) -> None:
    """Add a person with a post, or give a person another post; prints a one-time enrolment link for a new person."""
    instance = opened(folder)
    from django.db import transaction

    from mingze.accounts.models import Holding, Person

    if not _LOGIN.fullmatch(login):
        raise _refuse("cli-staff-bad-login", login=login)
    try:
        post = instance.offices.post(post_id)
    except KeyError:
        raise _refuse("cli-staff-no-post", post=post_id) from None
    begins = _today(instance, from_on)
    ends = to_on.date() if to_on else None
    if deputy and ends is None:
        raise _refuse("cli-staff-deputy-until")
    if ends and ends < begins:
        raise _refuse("cli-staff-ends-before", from_on=begins, to_on=ends)
    with transaction.atomic():
        person = Person.objects.filter(login=login).first()
        new = person is None
        person = person or Person.objects.create_user(login)
        Holding.objects.update_or_create(
            person=person, post=post.id, from_on=begins, defaults={"to_on": ends, "as_deputy": deputy}
        )
        link = _link(instance, person) if new else None
    office = instance.offices.office(post.office)
    if as_json:
        print_json({"login": login, "post": post.id, "from_on": begins, "to_on": ends, "new": new, "link": link})
        return
    show("cli-staff-added", login=login, office=office.name, post=post.name, from_on=begins)
    if link:
        show("cli-staff-link", link=link)


@staff.command()
@click.argument("login")
@folder_option()
@json_option()
@lang_option()
def link(login: str, folder: Path, as_json: bool) -> None:
    """Issue a new one-time enrolment link; links issued before and all sign-in devices of the person stop working."""
    instance = opened(folder)
    from allauth.mfa.models import Authenticator

    from mingze.accounts.models import ProviderAccount

    person = _person(login)
    Authenticator.objects.filter(user=person).delete()
    ProviderAccount.objects.filter(person=person).delete()
    person.set_unusable_password()  # sessions signed with the old one end
    person.save(update_fields=["password"])
    address = _link(instance, person)
    if as_json:
        print_json({"login": login, "link": address})
    else:
        show("cli-staff-link", link=address)


@staff.command()
@click.argument("login")
@click.option("--post", "post_id", required=True, help="The post that ends.")
@click.option("--on", "on", type=_DAY, help="Last day; yesterday if not given, so that it ends at once.")
@folder_option()
@lang_option()
def end(login: str, post_id: str, on: dt.datetime | None, folder: Path) -> None:
    """End a post of a person."""
    instance = opened(folder)
    from mingze.accounts.models import Holding

    person = _person(login)
    last = on.date() if on else instance.clock.now().date() - dt.timedelta(days=1)
    held = [holding for holding in Holding.on(person, _today(instance, on)) if holding.post == post_id]
    if not held:
        raise _refuse("cli-staff-not-held", login=login, post=post_id)
    for holding in held:
        if holding.from_on > last:
            holding.delete()  # it began today and never counted
        else:
            holding.to_on = last
            holding.save(update_fields=["to_on"])
    show("cli-staff-ended", login=login, post=post_id, on=last)


@staff.command()
@click.argument("login")
@folder_option()
@lang_option()
def close(login: str, folder: Path) -> None:
    """Close a person's account: no sign-in any more, and sessions end at once."""
    opened(folder)
    person = _person(login)
    person.is_active = False
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    show("cli-staff-closed", login=login)


@staff.command(name="list")
@folder_option()
@json_option()
@lang_option()
def list_people(folder: Path, as_json: bool) -> None:
    """List who may sign in and the posts held today."""
    instance = opened(folder)
    from allauth.mfa.models import Authenticator

    from mingze.accounts.models import Holding, Person, ProviderAccount

    today = instance.clock.now().date()
    rows = [
        {
            "login": person.login,
            "active": person.is_active,
            "enrolled": [
                *sorted(Authenticator.objects.filter(user=person).values_list("type", flat=True)),
                *(["oidc"] if ProviderAccount.objects.filter(person=person).exists() else []),
            ],
            "posts": [holding.post for holding in Holding.on(person, today)],
            "deputy": [holding.post for holding in Holding.on(person, today) if holding.as_deputy],
        }
        for person in Person.objects.order_by("login")
    ]
    if as_json:
        print_json({"people": rows})
        return
    if not rows:
        show("cli-staff-nobody")
    for row in rows:
        state = "closed" if not row["active"] else "ready" if row["enrolled"] else "waiting"
        show("cli-staff-row", login=row["login"], posts=row["posts"] or "–", state=state)
