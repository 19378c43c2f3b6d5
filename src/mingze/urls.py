"""Every address of an instance: the portal at the root, the desk under ``/desk/``, staff sign-in under ``/staff/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from mingze import assets, health, instance
from mingze.accounts import addresses

handler400 = "mingze.error_pages.bad_request"
handler403 = "mingze.error_pages.forbidden"
handler404 = "mingze.error_pages.not_found"
handler500 = "mingze.error_pages.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health.health, name="health"),
    path("static/<path:name>", assets.serve, name="static"),
    *addresses.addresses(demo=instance.current().demo),
    path("api/", include("mingze.api.urls")),
    path("desk/", include("mingze.desk.urls")),
    path("", include("mingze.portal.urls")),
]
