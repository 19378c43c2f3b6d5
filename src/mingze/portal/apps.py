"""The portal as a Django application: it has templates, static files and tags, and one table: who follows the board."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Registers the portal's templates, static files and the tag library the desk shares."""

    name = "mingze.portal"
    label = "portal"
