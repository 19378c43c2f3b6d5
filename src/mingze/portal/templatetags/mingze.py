"""The tags of every page: words, dates, the clock strip, a QR code, one form field, the error summary and the pager.

``{% load mingze %}`` in a template, then for example ``{% say "portal-home-title" %}``, ``{{ office.name|local:lang }}``,
``{% day case.due_on %}``, ``{% strip strip %}``. All of them speak the language of the request.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import segno
from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from mingze import words
from mingze.portal.chrome import Chrome, chrome_for, language_for

register = template.Library()

_NUMBER = re.compile(r"(?<![&#\dA-Za-z,])\d+(?:,\d{3})*(?![\d月])")


def lang_of(context: template.Context) -> str:
    """The language a template is rendered in: its own ``lang`` if it has one, else the request's."""
    chosen = context.get("lang")
    return chosen if chosen in words.LANGUAGES else language_for(context.get("request"))


@register.simple_tag(takes_context=True)
def say(context: template.Context, word: str, **values: Any) -> str:
    """A text of the catalogue, escaped like any other value."""
    return words.say(word, lang_of(context), **values)


@register.simple_tag(takes_context=True, name="local")
def local_tag(context: template.Context, names: Any) -> str:
    """A bilingual name in the language of the page: ``{% local office.name %}``."""
    return local(names, lang_of(context))


@register.filter
def local(names: Any, lang: str = words.LANGUAGES[0]) -> str:
    """A bilingual name in a language: ``{{ office.name|local:lang }}``. Takes a pair, an object with one, or a plain text."""
    if names is None or isinstance(names, str):
        return names or ""
    pair = names if isinstance(names, Mapping) else getattr(names, "text", None)
    return words.local(pair, lang) if isinstance(pair, Mapping) else str(names)


@register.simple_tag(takes_context=True)
def day(context: template.Context, on: dt.date | str | None, weekday: bool = True) -> SafeString:
    """A local date with its weekday, marked up so that programs read it too."""
    if not on:
        return mark_safe("")
    if isinstance(on, str):
        on = dt.date.fromisoformat(on)
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), words.date_words(on, lang_of(context), weekday))


@register.simple_tag(takes_context=True)
def instant(context: template.Context, at: dt.datetime | str | None, weekday: bool = False) -> SafeString:
    """An instant in China Standard Time, to the minute."""
    if not at:
        return mark_safe("")
    if isinstance(at, str):
        at = dt.datetime.fromisoformat(at)
    return format_html(
        '<time datetime="{}">{}</time>',
        at.isoformat(timespec="seconds"),
        words.instant_words(at, lang_of(context), weekday=weekday),
    )


@register.simple_tag(takes_context=True)
def chrome(context: template.Context) -> Chrome:
    """What stands around the page: ``{% chrome as frame %}``."""
    return chrome_for(context.get("request"))


@register.simple_tag
def qr(text: str, label: str) -> SafeString:
    """A QR code as inline SVG, without inline style, so that a strict content policy and a printer both take it."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=4, svgclass="qr", lineclass=None, title=label
    )
    drawing = out.getvalue().decode("utf-8").replace("<svg ", '<svg role="img" ', 1)
    return mark_safe(drawing)  # made here from our own parts; segno escapes the title


@register.inclusion_tag("portal/parts/strip.html", takes_context=True)
def strip(
    context: template.Context, picture: Any, table: bool = True, key: bool = True, opened: bool = True
) -> dict[str, Any]:
    """The clock strip with its table beside it. Takes the view model `mingze.portal.clock_strip.clock_strip` makes."""
    return {"picture": picture, "table": table, "key": key, "opened": opened, "lang": lang_of(context)}


@register.inclusion_tag("portal/parts/timeline.html", takes_context=True)
def timeline(context: template.Context, entries: Any) -> dict[str, Any]:
    """Every event of a case in order, and the one that should come next."""
    return {"entries": entries, "lang": lang_of(context)}


@register.inclusion_tag("portal/parts/field.html", takes_context=True)
def field(context: template.Context, bound: Any) -> dict[str, Any]:
    """One field of a form: label, hint, what is wrong with it, the input, and why personal data is asked."""
    return {"field": bound, "lang": lang_of(context)}


@register.inclusion_tag("portal/parts/error_summary.html", takes_context=True)
def error_summary(context: template.Context, fields: Any) -> dict[str, Any]:
    """What is not right yet, first on the page, each line leading to its field. Nothing when nothing is wrong."""
    return {"wrong": [each for each in fields if each.error], "lang": lang_of(context)}


@register.inclusion_tag("portal/parts/pager.html", takes_context=True)
def pager(context: template.Context, following: str | None, shown: int, first: bool = True) -> dict[str, Any]:
    """The way to the next page by its key. Takes the key, how many rows this page shows, and whether it is the first."""
    query = context["request"].GET.copy()
    query.pop("after", None)
    start = query.urlencode()
    if following:
        query["after"] = following
    return {
        "next_query": query.urlencode() if following else "",
        "first_query": start,
        "shown": shown,
        "first": first,
        "lang": lang_of(context),
    }


@register.filter
def strong_numbers(text: str) -> SafeString:
    """A sentence of counts with its numbers set strong, so that the eye finds them."""
    return mark_safe(_NUMBER.sub(r"<b>\g<0></b>", conditional_escape(text)))  # escaped first; digits only are wrapped


@register.filter
def groups_of_four(code: str) -> list[str]:
    """A code in groups of four, as the receipt prints it."""
    return [code[start : start + 4] for start in range(0, len(code), 4)]
