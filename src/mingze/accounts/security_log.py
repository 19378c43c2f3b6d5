"""What the log keeps of signing in: that it was done, refused or ended, and by which way, never by whom from where.

    sign-in · sign-out · sign-in refused: password · sign-in refused: totp|webauthn

No login stands there, no address, no name: a line tells an operator that somebody is trying, and when (ASVS 5.0 16.3.1).
Refusals at the doors of the desk and at the identity provider are logged where they happen.
"""

from __future__ import annotations

import logging
from typing import Any

from allauth.mfa import signals
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

_LOG = logging.getLogger("mingze.sign_in")


def _in(**_: Any) -> None:
    _LOG.info("sign-in")


def _out(user: Any = None, **_: Any) -> None:
    if user is not None:
        _LOG.info("sign-out")


def _password_refused(**_: Any) -> None:
    _LOG.warning("sign-in refused: password")


def _factor_refused(authenticator: Any = None, reauthentication: bool = False, **_: Any) -> None:
    _LOG.warning(
        "%s refused: %s", "confirming" if reauthentication else "sign-in", getattr(authenticator, "type", "factor")
    )


def listen() -> None:
    """Begin to write these lines; once a process."""
    user_logged_in.connect(_in, dispatch_uid="mingze.sign-in", weak=False)
    user_logged_out.connect(_out, dispatch_uid="mingze.sign-out", weak=False)
    user_login_failed.connect(_password_refused, dispatch_uid="mingze.password-refused", weak=False)
    signals.authentication_failed.connect(_factor_refused, dispatch_uid="mingze.factor-refused", weak=False)
