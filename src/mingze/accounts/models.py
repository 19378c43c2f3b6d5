"""Who may sign in, and which post each person holds from when to when.

Nothing else is kept about a person of the authority: no name, no address, no photograph. Duties bind to posts; these
tables only say who sits in one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

ENROLMENT_LIFE = dt.timedelta(hours=72)
"""How long a one-time enrolment link can be used."""


class People(BaseUserManager["Person"]):
    """Makes people; a new person has no password and cannot sign in until enrolled."""

    def create_user(self, login: str, password: str | None = None, **extra: Any) -> Person:
        person = self.model(login=login, **extra)
        if password is None:
            person.set_unusable_password()
        else:
            person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who may sign in (工作人员), known by a login name only. The id is random and says nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    login = models.CharField(max_length=64, unique=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = People()

    class Meta(AbstractBaseUser.Meta):
        abstract = False
        db_table = "person"

    def __str__(self) -> str:
        return self.login


class Holding(models.Model):
    """A person holds a post from a day to a day (任职); a deputy (代理) holds it for somebody who is away.

    Both days are inside. A holding that has ended stays as a record of who could act then.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="holdings")
    post = models.CharField(max_length=80)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    as_deputy = models.BooleanField(default=False)
    given_by = models.CharField(max_length=80, default="", blank=True)
    """The post that gave it at the desk; empty where the operator did."""
    given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "holding"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=models.F("from_on")), name="holding_ends_after_it_begins"
            ),
            models.UniqueConstraint(fields=["person", "post", "from_on"], name="holding_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["post", "from_on"], name="holding_by_post")]

    @classmethod
    def on(cls, person: Person, day: dt.date) -> list[Holding]:
        """The posts a person holds on a day, own posts before those held for others."""
        current = Q(from_on__lte=day) & (Q(to_on__isnull=True) | Q(to_on__gte=day))
        return list(cls.objects.filter(current, person=person).order_by("as_deputy", "from_on", "post"))


class ProviderAccount(models.Model):
    """An account at the authority's identity provider that is a person's here; only a digest of issuer and subject is
    kept, so that this table tells nothing of theirs. It comes from an enrolment link and from nothing else.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="provider_accounts")
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        db_table = "provider_account"

    @staticmethod
    def digest_of(issuer: str, subject: str) -> str:
        named = issuer.encode() + b"\x00" + subject.encode("utf-8", "replace")
        return hashlib.sha256(b"mingze/provider/v1\x00" + named).hexdigest()


class Enrolment(models.Model):
    """A link that lets a person set up a passkey or a one-time code, once; only its digest is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="enrolments")
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "enrolment"

    @staticmethod
    def digest_of(token: str) -> str:
        return hashlib.sha256(b"mingze/enrolment/v1\x00" + token.encode("utf-8", "replace")).hexdigest()

    @classmethod
    def issue(cls, person: Person, at: dt.datetime) -> str:
        """A new token of 256 bits for a person; links issued before stop working."""
        cls.objects.filter(person=person, used_at__isnull=True).delete()
        token = secrets.token_urlsafe(32)
        cls.objects.create(person=person, digest=cls.digest_of(token), issued_at=at)
        return token

    @classmethod
    def open_for(cls, digest: str, at: dt.datetime) -> Enrolment | None:
        """The unused, unexpired link of a digest, if its person may still sign in."""
        found = cls.objects.select_related("person").filter(digest=digest, used_at__isnull=True).first()
        if found is None or at - found.issued_at > ENROLMENT_LIFE or not found.person.is_active:
            return None
        return found

    def use(self, at: dt.datetime) -> bool:
        """Spend the link; False when it was spent meanwhile."""
        return bool(type(self).objects.filter(pk=self.pk, used_at__isnull=True).update(used_at=at))
