"""Who is written to when something happens to a promise: an address under a key, and what it follows. Nothing else.

Nobody can be looked up here: no address stands in a row, and two rows of one address share nothing.
"""

from __future__ import annotations

import hashlib
import uuid
from typing import ClassVar

from django.db import models


class Following(models.Model):
    """One address follows one part of the board. `sealed` holds address and token, wrapped by the vault's keeper.

    It has been told of the records of the public log before `told_leaf`, at `told_at`. A row that was never confirmed
    goes after two days.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    kek = models.CharField(max_length=16)
    sealed = models.BinaryField()
    document = models.CharField(max_length=64, blank=True)
    office = models.CharField(max_length=64, blank=True)
    topic = models.CharField(max_length=64, blank=True)
    number = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=16)
    asked_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    told_leaf = models.PositiveBigIntegerField(default=0)
    failed = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "following"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["confirmed_at", "told_at"], name="following_due")]

    @staticmethod
    def digest_of(token: str) -> str:
        """What is kept of a token: whoever reads the table cannot use it."""
        return hashlib.sha256(b"mingze/following/v1\x00" + token.encode("utf-8", "replace")).hexdigest()

    @property
    def where(self) -> bytes:
        """The place the sealed address is bound to."""
        return f"following|{self.id}|sealed".encode()
