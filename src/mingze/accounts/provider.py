"""The authority's own identity provider (统一身份认证), asked over OpenID Connect: where it is, its keys, a code for a token.

Only addresses of the issuer in `mingze.toml`, and those its discovery document names, are called; redirects are not
followed, answers are short and have a few seconds. The access token is thrown away: nothing is asked about a person beyond
the subject of the ID token.

Standards: OpenID Connect Core 1.0 and Discovery 1.0; RFC 7636 (PKCE, S256 only); RFC 9207 (iss in the answer).
"""

from __future__ import annotations

import base64
import http.client
import json
import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

ISSUER: Final = r"^(https://[^\s?#/]+|http://(127\.0\.0\.1|localhost)(:\d+)?)(/[^\s?#]*)?$"
"""An issuer is reached over TLS; without it only on this machine."""
_ADDRESS: Final = ISSUER.replace("?#]*)?$", "#]*)?$")

_SECONDS, _SIZE = 5, 256 * 1024
_KEEP: Final = 3600.0
"""Seconds for which the provider's addresses and keys are kept."""
_AGAIN: Final = 30.0
"""Seconds before keys are asked for again because a token names one that is not there."""


class ProviderDown(Exception):
    """The provider does not answer, or says something that cannot be used; `code` is for the log."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, eq=False)
class Provider:
    """The settings `[staff.oidc]`. `acr` and `amr` are what counts there as more than a password: one of either is
    enough; where both are empty a second factor is asked for here.
    """

    issuer: str
    client_id: str
    secret: Path | None
    algorithm: str
    name: Mapping[str, str]
    acr: tuple[str, ...]
    amr: tuple[str, ...]

    def strong(self, acr: str, amr: Sequence[str]) -> bool:
        """Whether somebody signed in there with more than a password."""
        return acr in self.acr or not set(self.amr).isdisjoint(amr)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirect)


class Asking:
    """One provider, with what it said last; threads may share it."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self._lock = threading.Lock()
        self._said: dict[str, Any] = {}
        self._said_at = self._keys_at = float("-inf")
        self._keys: list[Mapping[str, Any]] = []

    def metadata(self) -> Mapping[str, Any]:
        """Its discovery document. Raises ProviderDown, also when it speaks for another issuer."""
        with self._lock:
            if time.monotonic() - self._said_at > _KEEP:
                said = _fetch(self.provider.issuer.rstrip("/") + "/.well-known/openid-configuration")
                if said.get("issuer") != self.provider.issuer:
                    raise ProviderDown("other_issuer")
                for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                    if not _safe(said.get(name)):
                        raise ProviderDown("bad_metadata")
                self._said, self._said_at = said, time.monotonic()
            return self._said

    def keys(self, *, again: bool = False) -> Sequence[Mapping[str, Any]]:
        """Its public keys; `again` when a token names one that was not among them. Raises ProviderDown."""
        address = self.metadata()["jwks_uri"]
        with self._lock:
            age = time.monotonic() - self._keys_at
            if age > _KEEP or (again and age > _AGAIN):
                found = _fetch(address).get("keys")
                if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
                    raise ProviderDown("bad_keys")
                self._keys, self._keys_at = found, time.monotonic()
            return self._keys

    def begin(self, back: str, state: str, nonce: str, verifier: str, *, anew: bool) -> str:
        """The address that leads there; `anew` asks for the person's proof even if they are signed in there."""
        asked = {
            "response_type": "code",
            "scope": "openid",
            "client_id": self.provider.client_id,
            "redirect_uri": back,
            "state": state,
            "nonce": nonce,
            "code_challenge": _challenge(verifier),
            "code_challenge_method": "S256",
        }
        if anew:
            asked |= {"prompt": "login", "max_age": "0"}
        if self.provider.acr:
            asked["acr_values"] = " ".join(self.provider.acr)
        address = self.metadata()["authorization_endpoint"]
        return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"

    def exchange(self, code: str, back: str, verifier: str) -> str:
        """The ID token for a code. Raises ProviderDown `code_refused` and others."""
        said = self.metadata()
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
        headers = {}
        secret = self._secret()
        if secret and "client_secret_basic" in said.get("token_endpoint_auth_methods_supported", _BASIC):
            both = f"{quote(self.provider.client_id, safe='')}:{quote(secret, safe='')}"
            headers["Authorization"] = "Basic " + base64.b64encode(both.encode()).decode()
        else:
            form["client_id"] = self.provider.client_id
            if secret:
                form["client_secret"] = secret
        token = _fetch(said["token_endpoint"], urlencode(form).encode(), headers).get("id_token")
        if not isinstance(token, str):
            raise ProviderDown("no_id_token")
        return token

    def _secret(self) -> str:
        if self.provider.secret is None:
            return ""
        try:
            return self.provider.secret.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise ProviderDown("secret_missing") from None


_BASIC: Final = ("client_secret_basic",)


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _safe(address: object) -> bool:
    """An address may have a query; otherwise it is what an issuer has to be."""
    return isinstance(address, str) and re.match(_ADDRESS, address) is not None


def _fetch(address: str, form: bytes | None = None, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The JSON object at an address. Raises ProviderDown."""
    request = urllib.request.Request(address, form, {"Accept": "application/json", **(headers or {})})
    try:
        with _OPENER.open(request, timeout=_SECONDS) as answer:
            content = answer.read(_SIZE + 1)
    except urllib.error.HTTPError as error:
        error.close()
        raise ProviderDown("code_refused" if form is not None and error.code in {400, 401} else "refused") from None
    except (OSError, http.client.HTTPException):
        raise ProviderDown("no_answer") from None
    try:
        found = json.loads(content) if len(content) <= _SIZE else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise ProviderDown("bad_answer")
    return found
