"""Whether an ID token of the authority's identity provider is one for us, for this sign-in, and now.

OpenID Connect Core 1.0 §3.1.3.7, with everything pinned that the text leaves open: one issuer, one client, one signature
algorithm from the settings; a nonce always; nothing in the token widens what is accepted. Pure: the keys and the time are
given.

    step of §3.1.3.7                                 code of the refusal
    signature, algorithm as configured (6-8)         bad_token wrong_algorithm unknown_key weak_key bad_signature
    iss, aud, azp (2-5)                              wrong_issuer wrong_audience
    exp, iat, nbf (9-10)                             expired not_yet
    nonce (11)                                       wrong_nonce
    sub                                              bad_subject

`acr` and `amr` (12) and `auth_time` (13) are given back; what they have to be is the sign-in's question.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

ALGORITHMS: Final[Mapping[str, str]] = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC", "EdDSA": "OKP"}
"""The algorithms that can be configured, and the kind of key each needs. None with a shared secret, and never `none`."""

_LEEWAY: Final = 60
"""Seconds by which two honest clocks may differ."""
_OLDEST: Final = 600
"""Seconds since the token was made: it was made for the code that was just exchanged."""
_RSA_BITS: Final = 2048


class TokenRefused(Exception):
    """The token is not one for this sign-in; `code` says why, for the log. The person is told only that it failed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Expected:
    """What a token has to say: from the settings, and from the sign-in that was begun."""

    issuer: str
    client_id: str
    algorithm: str
    nonce: str


@dataclass(frozen=True)
class Identity:
    """Who the provider says it is (`subject`, never a name), by which means (`acr`, `amr`), and when they showed it."""

    subject: str
    acr: str
    amr: tuple[str, ...]
    shown_at: float | None


def read_id_token(token: str, keys: Sequence[Mapping[str, Any]], expected: Expected, now: float) -> Identity:
    """Who is at the other end. `keys` are the provider's, as in its JWK set; `now` in seconds. Raises TokenRefused."""
    key = _key(token, keys, expected.algorithm)
    try:
        claims = jwt.decode(
            token,
            key,
            algorithms=[expected.algorithm],
            issuer=expected.issuer,
            audience=expected.client_id,
            options={
                "require": ["iss", "sub", "aud", "exp", "iat", "nonce"],
                "verify_exp": False,  # against the time that is given, below
                "verify_iat": False,
                "verify_nbf": False,
            },
        )
    except jwt.InvalidIssuerError:
        raise TokenRefused("wrong_issuer") from None
    except jwt.InvalidAudienceError:
        raise TokenRefused("wrong_audience") from None
    except jwt.InvalidSignatureError:
        raise TokenRefused("bad_signature") from None
    except (jwt.PyJWTError, ValueError, TypeError):
        raise TokenRefused("bad_token") from None
    _audience(claims, expected.client_id)
    _times(claims, now)
    nonce, subject = claims["nonce"], claims["sub"]
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(), expected.nonce.encode()):
        raise TokenRefused("wrong_nonce")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise TokenRefused("bad_subject")
    acr, amr, shown = claims.get("acr"), claims.get("amr"), claims.get("auth_time")
    return Identity(
        subject,
        acr if isinstance(acr, str) else "",
        tuple(each for each in amr if isinstance(each, str)) if isinstance(amr, list) else (),
        float(shown) if isinstance(shown, int | float) and _is_number(shown) else None,
    )


def _key(token: str, keys: Sequence[Mapping[str, Any]], algorithm: str) -> Any:
    """The provider's key that must have signed the token; the token chooses among them only by name."""
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError):
        raise TokenRefused("bad_token") from None
    if header.get("alg") != algorithm:
        raise TokenRefused("wrong_algorithm")
    name = header.get("kid")
    fitting = [
        each
        for each in keys
        if each.get("kty") == ALGORITHMS[algorithm]
        and each.get("use", "sig") == "sig"
        and each.get("alg", algorithm) == algorithm
        and (name is None or each.get("kid") == name)
    ]
    if len(fitting) != 1:
        raise TokenRefused("unknown_key")
    try:
        key = jwt.get_algorithm_by_name(algorithm).from_jwk(json.dumps(dict(fitting[0])))
    except (jwt.PyJWTError, ValueError, NotImplementedError):
        raise TokenRefused("unknown_key") from None
    if isinstance(key, RSAPublicKey) and key.key_size < _RSA_BITS:
        raise TokenRefused("weak_key")
    return key


def _audience(claims: Mapping[str, Any], client_id: str) -> None:
    """A token that is also for somebody else is not for us, unless it says that we asked for it."""
    audience, party = claims["aud"], claims.get("azp")
    others = isinstance(audience, list) and set(audience) != {client_id}
    if (party is not None and party != client_id) or (others and party != client_id):
        raise TokenRefused("wrong_audience")


def _times(claims: Mapping[str, Any], now: float) -> None:
    made, ends, begins = claims["iat"], claims["exp"], claims.get("nbf", 0)
    if not (_is_number(made) and _is_number(ends) and _is_number(begins)):
        raise TokenRefused("bad_token")
    if now > ends + _LEEWAY or now > made + _OLDEST:
        raise TokenRefused("expired")
    if max(made, begins) > now + _LEEWAY:
        raise TokenRefused("not_yet")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
