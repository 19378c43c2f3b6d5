"""A form of the desk that no procedure declares: its fields with their words, what was typed, and how it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from mingze.accounts.offices import Offices
from mingze.casework import Refused
from mingze.portal.filing_form import BoundField, Choice
from mingze.words import local, say


def line(
    name: str, word: str, typed: Mapping[str, str], lang: str, *, required: bool = True, kind: str = "text",
    short: bool = False, prefix: str = "", **words: str,
) -> BoundField:  # fmt: skip
    """A field of one line, or (`kind` "date") a day, or (`kind` "area") a text of several lines."""
    area = kind == "area"
    return BoundField(
        name=name, kind="text" if area else "line", label=say(word, lang, **words), required=required,
        value=typed.get(name, ""), input_type="text" if area else kind, short=short, rows=3, prefix=prefix,
    )  # fmt: skip


def choose(
    name: str, word: str, choices: Iterable[tuple[str, str]], typed: Mapping[str, str], lang: str, *,
    required: bool = True, multiple: bool = False, radios: bool = False, prefix: str = "",
) -> BoundField:  # fmt: skip
    """A choice of some values; of several with `multiple`, whose values are typed with commas between them."""
    chosen = set(typed.get(name, "").split(",")) if multiple else {typed.get(name, "")}
    return BoundField(
        name=name, kind="choice" if radios else "select", label=say(word, lang), required=required,
        value=typed.get(name, ""), multiple=multiple, prefix=prefix,
        choices=tuple(Choice(value, label, value in chosen) for value, label in choices),
    )  # fmt: skip


def office_choices(offices: Offices, lang: str, without: str = "") -> list[tuple[str, str]]:
    """Every office with its short name."""
    return [(each.id, local(each.short or each.name, lang)) for each in offices if each.id != without]


def read_day(text: str) -> date | None:
    """A day that was typed; None where nothing was. Raises Refused `bad_date`."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refused("bad_date", found=text[:40]) from None


def read_count(text: str) -> int:
    """A whole number that was typed; 0 for anything else, which no form takes."""
    return int(text) if text.strip().isdecimal() and len(text) < 9 else 0
