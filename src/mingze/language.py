"""Which language a request is answered in: the one chosen with ``?lang=``, else the one the browser asks for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers

from mingze import instance
from mingze.words import LANGUAGES, language_of

COOKIE = "lang"
_YEAR_SECONDS = 365 * 24 * 3600
_DJANGO_NAMES = {"zh-Hans": "zh-hans", "en": "en"}


class LanguageMiddleware:
    """Sets ``request.lang``, the language of Django's own messages and ``Content-Language``.

    A GET with ``?lang=en`` or ``?lang=zh-Hans`` remembers the choice in a cookie and leads to the clean address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get(COOKIE)
        if asked in LANGUAGES and request.method in {"GET", "HEAD"}:
            return _remember(request, asked)
        lang = _language(request)
        request.lang = lang  # type: ignore[attr-defined]
        with translation.override(_DJANGO_NAMES[lang]):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", lang)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie", "Accept-Language"])
        return response


def _remember(request: HttpRequest, lang: str) -> HttpResponse:
    query = request.GET.copy()
    del query[COOKIE]
    # The path is our own, but "//host" would lead away: collapse the leading slashes.
    path = "/" + request.path.lstrip("/")
    response = HttpResponseRedirect(f"{path}?{query.urlencode()}" if query else path)
    secure = instance.current().base_url.startswith("https://")
    response.set_cookie(_cookie(), lang, max_age=_YEAR_SECONDS, secure=secure, httponly=True, samesite="Lax")
    return response


def _cookie() -> str:
    """Under https a name that browsers take only from this host itself."""
    return f"__Host-{COOKIE}" if instance.current().base_url.startswith("https://") else COOKIE


def _language(request: HttpRequest) -> str:
    offered = instance.current().languages
    chosen = request.COOKIES.get(_cookie())
    if chosen in offered:
        return chosen
    ranked: list[tuple[float, str]] = []
    for part in request.headers.get("Accept-Language", "").split(",")[:10]:
        tag, _, quality = part.strip().partition(";q=")
        lang = language_of(tag, default="")
        try:
            weight = float(quality or 1)
        except ValueError:
            continue
        if lang in offered and weight > 0:
            ranked.append((weight, lang))
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else offered[0]
