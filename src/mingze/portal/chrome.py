"""What stands around every page: whose site it is, whether it is a sample, and how far the public ledger reaches.

A page must come out even when the register does not answer, so everything here that needs the register may be absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mingze import instance
from mingze.words import LANGUAGES, language_of

LANGUAGE_NAMES = {"zh-Hans": "中文", "en": "English"}
"""Each language in its own words, as the switch shows it."""


@dataclass(frozen=True)
class LedgerLine:
    """How many records the public ledger holds, and when its newest checkpoint was signed if that is known."""

    size: int
    signed_at: datetime | None = None


@dataclass(frozen=True)
class Chrome:
    """The frame of a page, the same for portal and desk."""

    lang: str
    others: tuple[tuple[str, str], ...]
    authority: Mapping[str, str]
    mark: str
    demo: bool
    ledger: LedgerLine | None


def language_for(request: Any) -> str:
    """The language of a request: what the middleware found, else what the browser asks for."""
    chosen = getattr(request, "lang", None)
    if chosen in LANGUAGES:
        return chosen
    headers = getattr(request, "headers", {})
    return language_of(str(headers.get("Accept-Language", "")).split(",")[0])


def chrome_for(request: Any) -> Chrome:
    """The frame for one request; nothing in it can make a page fail."""
    lang = language_for(request)
    others = tuple((code, LANGUAGE_NAMES[code]) for code in LANGUAGES if code != lang)
    here = _instance()
    if here is None:
        return Chrome(lang, others, {}, "", False, None)
    return Chrome(lang, others, here.authority.name, here.authority.mark, here.demo, _ledger(here))


def _instance() -> Any | None:
    try:
        return instance.current()
    except Exception:  # noqa: BLE001 (an error page must still come out when the instance itself cannot be opened)
        return None


def _ledger(here: Any) -> LedgerLine | None:
    try:
        text = here.register().checkpoint().decode("utf-8")
        return LedgerLine(size=int(text.split("\n")[1]))
    except Exception:  # noqa: BLE001 (the line at the foot is a courtesy: a register that does not answer is said by the page itself)
        return None
