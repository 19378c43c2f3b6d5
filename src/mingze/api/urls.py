"""Addresses under `/api/`."""

from __future__ import annotations

from django.urls import path, re_path

from mingze.api.operations import api, not_found

urlpatterns = [path("v1/", api.urls), re_path(r"^(?P<rest>.*)$", not_found, name="api-none")]
