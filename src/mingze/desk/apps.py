"""The desk as a Django application: templates and static files, no models of its own."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Staff pages under ``/desk/``."""

    name = "mingze.desk"
    label = "desk"
