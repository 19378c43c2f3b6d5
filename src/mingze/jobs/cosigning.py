"""Asking outside witnesses to cosign the log's checkpoints, beside the publication and never in its way.

    checkpoint ──POST add-checkpoint──► witness ──200──► its line is verified, kept, shown under the checkpoint
                                              └──409──► it says which size it has: the proof is made again from there

Each witness is asked by a thread of its own and given a few seconds. One that does not answer is left alone for a while;
the others' lines are used. What a witness sends is believed only as far as its key has signed it.
Formats: C2SP tlog-witness, tlog-cosignature.
"""

from __future__ import annotations

import http.client
import logging
import time
import urllib.error
import urllib.request
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final, Protocol

from mingze.ledger import LedgerError, Signature, VerifierKey, parse_note
from mingze.ledger.witness import SIZE_MEDIA_TYPE
from mingze.store.publishing import Publisher, ToCosign

TIMEOUT_SECONDS: Final = 5
REST_SECONDS: Final = 15.0
"""How long a witness that has not answered well is left alone."""

_LIMIT: Final = 1 << 16
log = logging.getLogger(__name__)


class Address(Protocol):
    """A witness as the settings name it."""

    @property
    def name(self) -> str: ...
    @property
    def url(self) -> str: ...


@dataclass
class _Asked:
    """What is known of one witness between two questions: the size it has, and when it may be asked again."""

    name: str
    url: str
    key: VerifierKey
    size: int = 0
    rest_until: float = 0.0
    trouble: str = ""


@dataclass
class Cosigning:
    """The witnesses of one log. Used by one thread."""

    publisher: Publisher
    witnesses: list[_Asked] = field(default_factory=list)

    @classmethod
    def of(cls, publisher: Publisher, addresses: Iterable[Address]) -> Cosigning:
        """The witnesses that the publisher's policy knows, at their addresses."""
        keys = publisher.policy.witnesses if publisher.policy else {}
        return cls(publisher, [_Asked(it.name, it.url, keys[it.name]) for it in addresses if it.name in keys])

    @property
    def trouble(self) -> dict[str, str]:
        """The witnesses whose last answer was not a cosignature, and why: `witness_down`, `witness_refused` …"""
        return {it.name: it.trouble for it in self.witnesses if it.trouble}

    def ask(self) -> int:
        """Ask every rested witness about the last checkpoint; returns how many lines were added.

        Raises Unavailable when they could not be kept.
        """
        asked = self.publisher.to_cosign()
        if asked is None:
            return 0
        signed = parse_note(asked.note).signers([it.key for it in self.witnesses])
        now = time.monotonic()
        wanted = [it for it in self.witnesses if it.key not in signed and now >= it.rest_until]
        lines: list[tuple[str, Signature]] = []
        if wanted:
            with ThreadPoolExecutor(len(wanted), thread_name_prefix="witness") as threads:
                for witness, line in zip(wanted, threads.map(lambda it: self._ask(it, asked), wanted), strict=True):
                    if line is not None:
                        lines.append((witness.name, line))
        self.publisher.cosigned(asked.size, lines)
        return len(lines)

    def _ask(self, witness: _Asked, asked: ToCosign) -> Signature | None:
        try:
            line = self._line(witness, asked)
        except (urllib.error.URLError, http.client.HTTPException, OSError):
            why, line = "witness_down", None
        except (LedgerError, ValueError):
            why, line = "witness_unreadable", None
        else:
            why = "" if line is not None else "witness_refused"
        if why != witness.trouble:
            log.warning("witness %s: %s", witness.name, why or "well again")
        witness.trouble = why
        witness.rest_until = time.monotonic() + REST_SECONDS if why else 0.0
        return line

    def _line(self, witness: _Asked, asked: ToCosign) -> Signature | None:
        """Ask from the size it had last; if it says another, once more from there. None when it refuses."""
        for _ in range(2):
            old = min(witness.size, asked.size)
            status, kind, body = _post(witness.url, self.publisher.cosign_request(asked, old))
            if status == 200:
                signers = parse_note(asked.text + b"\n" + body).signers([witness.key])
                witness.size = asked.size
                return signers.get(witness.key)
            if status != 409 or kind.split(";")[0] != SIZE_MEDIA_TYPE:
                return None
            witness.size = int(body.decode("ascii").strip())
            if witness.size > asked.size:
                return None  # it has seen a longer log: ours next time, or another one
        return None


def _post(url: str, body: bytes) -> tuple[int, str, bytes]:
    request = urllib.request.Request(f"{url.rstrip('/')}/add-checkpoint", body, {"Content-Type": "text/plain"})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
            return answer.status, answer.headers.get("Content-Type", ""), answer.read(_LIMIT)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers.get("Content-Type", ""), refused.read(_LIMIT)
