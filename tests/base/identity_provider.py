"""A small OpenID provider as a process of its own, for the tests of sign-in: it answers as it should, or as it is told.

    python -m tests.base.identity_provider PORT FILE

FILE holds JSON and is read at each token: `claims` replace those of the token (null takes one out), `header` likewise, `sign`
is the key to sign with: `own` (RS256), `stranger` (another key under our name), `secret` (HS256 with the client's secret),
`none`. A code works once, for its redirect address and the PKCE verifier of its challenge.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET, SUBJECT = "mingze-desk", "s3cret of the client", "user-4711"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CODES: dict[str, dict[str, str]] = {}


class Provider(BaseHTTPRequestHandler):
    """The four addresses of a provider; whoever comes to the first is signed in there already."""

    told: Path
    issuer: str

    def do_GET(self) -> None:
        """Discovery, keys, and the way through the sign-in there."""
        parts = urlsplit(self.path)
        if parts.path == "/.well-known/openid-configuration":
            names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
            self.give({"issuer": self.issuer, **{name: f"{self.issuer}/{at}" for name, at in names.items()}})
        elif parts.path == "/keys":
            key = json.loads(RSAAlgorithm.to_jwk(KEY.public_key()))
            self.give({"keys": [{**key, "kid": "one", "use": "sig", "alg": "RS256"}]})
        elif parts.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            code = secrets.token_urlsafe(16)
            CODES[code] = asked
            answer = urlencode({"code": code, "state": asked["state"], "iss": self.issuer})
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{answer}")
            self.end_headers()
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        """A token for a code."""
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        asked = CODES.pop(form["code"][0], None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"][0].encode()).digest()).rstrip(b"=")
        client = base64.b64encode(f"{CLIENT}:{SECRET.replace(' ', '%20')}".encode()).decode()
        if (
            asked is None
            or asked["code_challenge_method"] != "S256"
            or asked["code_challenge"] != challenge.decode()
            or asked["redirect_uri"] != form["redirect_uri"][0]
            or asked["client_id"] != CLIENT
            or self.headers["Authorization"] != f"Basic {client}"
        ):
            self.give({"error": "invalid_grant"}, 400)
            return
        self.give({"access_token": "x", "token_type": "Bearer", "id_token": self.token(asked)})

    def token(self, asked: dict[str, str]) -> str:
        """The ID token, as told."""
        told: dict[str, Any] = json.loads(self.told.read_text(encoding="utf-8"))
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "sub": SUBJECT, "iat": now, "exp": now + 300, "nonce": asked["nonce"],
            "auth_time": now, "amr": ["pwd", "otp"],
        }  # fmt: skip
        claims = {name: value for name, value in {**claims, **told.get("claims", {})}.items() if value is not None}
        sign, header = told.get("sign", "own"), {"kid": "one", **told.get("header", {})}
        if sign == "none":
            parts = [{"alg": "none", "typ": "JWT", **header}, claims]
            return ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts) + "."
        key: Any = {"own": KEY, "stranger": STRANGER, "secret": SECRET * 2}[sign]
        return jwt.encode(
            claims, key, algorithm="HS256" if sign == "secret" else told.get("alg", "RS256"), headers=header
        )

    def give(self, content: Any, status: int = 200) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


if __name__ == "__main__":
    Provider.told, Provider.issuer = Path(sys.argv[2]), f"http://127.0.0.1:{sys.argv[1]}"
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Provider).serve_forever()
