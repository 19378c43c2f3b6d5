"""How django-allauth is bent to the instance: no sign-up, no password alone, secrets sealed, no mail about sign-in."""

from __future__ import annotations

import base64
import os
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.http import HttpRequest, HttpResponse

from mingze import instance
from mingze.accounts import seat

_PURPOSE = b"mingze/accounts/one-time-code/v1"


class AccountAdapter(DefaultAccountAdapter):
    """People are added by the operator; the session notes when it began and in which way."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: Any, user: Any) -> None:
        super().login(request, user)
        now = instance.current().clock.now().timestamp()
        request.session[seat.BEGAN] = request.session[seat.SEEN] = request.session[seat.FRESH] = now
        request.session.pop(seat.DEMO, None)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong passwords are slowed by the sign-in page (`mingze.waiting`), which shuts nobody out."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The pages say what happened themselves."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No address of a person is kept, so there is nowhere to write to."""

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """The same answer as for a wrong password: whether a login exists is not told."""
        from mingze.accounts import sign_in

        return sign_in.refused(request)


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of one-time codes are sealed with AES-256-GCM under a key derived from the instance's."""

    def encrypt(self, text: str) -> str:
        nonce = os.urandom(12)
        return base64.urlsafe_b64encode(nonce + _cipher().encrypt(nonce, text.encode(), _PURPOSE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        sealed = base64.urlsafe_b64decode(encrypted_text)
        return _cipher().decrypt(sealed[:12], sealed[12:], _PURPOSE).decode()

    def _get_site_name(self) -> str:
        return f"Mingze {instance.current().authority.name['en']}"


def _cipher() -> AESGCM:
    key = instance.current().secret("django.key")
    return AESGCM(HKDF(SHA256(), 32, None, _PURPOSE).derive(key))
