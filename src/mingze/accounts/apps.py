"""The accounts as a Django application: the only one of ours that has tables."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People of the authority, the posts they hold and how they sign in."""

    name = "mingze.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Begin the log of signing in."""
        from mingze.accounts import security_log

        security_log.listen()
