"""The cookie that stands for a receipt code while somebody looks at their case: encrypted, signed, gone with the browser.

The code itself never stands in an address or a log. AES-256-GCM under a key derived from the instance's own; whoever changes
a byte of it has no cookie. It ends with the browser's session, and after eight hours in any case.
"""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NAME = "mz_case"
PATH = "/case/"
SENT = "mz_sent"
"""The cookie that knows what this browser sent last: a digest of the words and the form's key, sealed in the same way. With
it, a form that is gone back to and sent again with the same words is the same case, though the page has a new key."""
SENT_PATH = "/file/"
HOURS = 8

GUARD = "__Secure-"
"""Under https a browser takes a cookie of such a name from https only. Not `__Host-`: that would widen it to every path."""

_INFO = b"mingze/mz_case/v1"
_NONCE = 12
_LONGEST = 600


def named(name: str, base_url: str) -> str:
    """What `NAME` or `SENT` is called at an instance: guarded where it is served under https."""
    return GUARD + name if base_url.startswith("https://") else name


@dataclass(frozen=True)
class Held:
    """What the cookie holds: the code, when it was typed or given (seconds), and a notice to show once."""

    code: str
    since: int
    notice: str = ""


def _cipher(secret: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=_INFO).derive(secret))


def seal(secret: bytes, held: Held) -> str:
    """The cookie's text. Two cookies for one code share nothing."""
    nonce = secrets.token_bytes(_NONCE)
    text = json.dumps({"c": held.code, "s": held.since, "n": held.notice}).encode()
    return base64.urlsafe_b64encode(nonce + _cipher(secret).encrypt(nonce, text, _INFO)).decode()


def unseal(secret: bytes, text: str, now: datetime) -> Held | None:
    """What a cookie holds; None for one that is not ours, was changed, or is older than eight hours."""
    if not text or len(text) > _LONGEST:
        return None
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii"))
        data = json.loads(_cipher(secret).decrypt(raw[:_NONCE], raw[_NONCE:], _INFO))
        held = Held(str(data["c"]), int(data["s"]), str(data["n"]))
    except (ValueError, InvalidTag, KeyError, TypeError):
        return None
    age = now.timestamp() - held.since
    return held if -60 <= age <= HOURS * 3600 else None
