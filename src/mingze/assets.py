"""Static files under names that carry their content, served by the application itself from memory.

`{% static "portal/mingze.css" %}` becomes ``/static/portal/mingze.<digest>.css``, which never changes and may be kept
for ever; the plain name is served too, and asked about again each time, for what a stylesheet or script names itself.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import Storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


class AssetMissing(LookupError):
    """A template names a static file that no application has."""


@dataclass(frozen=True)
class Asset:
    """One static file: its body, the compressed body where that is smaller, and the name that carries its digest."""

    hashed: str
    digest: str
    type: str
    body: bytes
    packed: bytes | None


@cache
def assets() -> dict[str, Asset]:
    """Every static file of the applications, by its plain name; the first application that has a name wins."""
    found: dict[str, Asset] = {}
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = str(PurePosixPath(name))
            if path not in found:
                with storage.open(name) as file:
                    found[path] = _asset(path, file.read())
    return found


def _asset(name: str, body: bytes) -> Asset:
    path = PurePosixPath(name)
    digest = hashlib.sha256(body).hexdigest()[:16]
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    if kind.startswith("text/") or kind == "image/svg+xml":
        kind += "; charset=utf-8"
    packed = gzip.compress(body, mtime=0)
    hashed = str(path.with_name(f"{path.stem}.{digest}{path.suffix}"))
    return Asset(hashed, digest, kind, body, packed if len(packed) < len(body) else None)


@cache
def _by_hashed_name() -> dict[str, Asset]:
    return {asset.hashed: asset for asset in assets().values()}


class AssetStorage(Storage):
    """What `{% static %}` asks for the address of a file; a name that does not exist is an error, not a dead link."""

    def url(self, name: str | None) -> str:
        asset = assets().get(name or "")
        if asset is None:
            raise AssetMissing(name)
        return f"/static/{asset.hashed}"


@require_safe
def serve(request: HttpRequest, name: str) -> HttpResponse:
    """A static file, by the name that carries its digest or by its plain name."""
    asset, lasting = _by_hashed_name().get(name), True
    if asset is None:
        asset, lasting = assets().get(name), False
    if asset is None:
        raise Http404
    if request.headers.get("If-None-Match") == f'"{asset.digest}"':
        return HttpResponseNotModified()
    pack = asset.packed is not None and "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(asset.packed if pack else asset.body, content_type=asset.type)
    response["Cache-Control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
    response["ETag"] = f'"{asset.digest}"'
    response["Vary"] = "Accept-Encoding"
    if pack:
        response["Content-Encoding"] = "gzip"
    return response
