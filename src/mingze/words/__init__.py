"""The words people read, in zh-Hans and English, from Fluent files beside this module.

The rooms of the core speak in codes and values; the sentences live here, one file per room and language:
``words/zh-Hans/<room>.ftl`` and ``words/en/<room>.ftl`` with the same ids and the same variables. All files of one
language form one namespace, so an id is unique over the rooms.

>>> say("words-example", "en", amount=2)
'2 offices answer'
>>> say("words-example", "zh-Hans", amount=2)
'2个单位答复'
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import fluent_number
from fluent.syntax import FluentParser, ast

LANGUAGES = ("zh-Hans", "en")
"""Every text exists in each of these; the first is the one used when nobody chose."""

SHANGHAI = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")
"""All instants are shown in China Standard Time, which has had no daylight saving since 1991."""

_UNGROUPED_BELOW = 10_000  # so that a year is never "2,026"

_WEEKDAYS = {
    "zh-Hans": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_LIST_SEPARATOR = {"zh-Hans": "、", "en": ", "}


class WordMissing(LookupError):
    """A text was asked for that no Fluent file has, or without a variable it needs: our fault, never the reader's."""

    def __init__(self, word: str, lang: str, why: str = "no such id") -> None:
        super().__init__(f"{word} [{lang}]: {why}")
        self.word = word
        self.lang = lang


class Refusal(Protocol):
    """What the rooms raise when they refuse: a stable code and the values that explain it."""

    @property
    def code(self) -> str: ...

    @property
    def values(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Entry:
    """One message of one Fluent file: what the tests walk."""

    id: str
    file: str
    variables: frozenset[str]


def language_of(tag: str | None, default: str = LANGUAGES[0]) -> str:
    """The language of ours that a tag such as ``zh_CN.UTF-8``, ``en-GB`` or ``C`` means; `default` if neither."""
    head = (tag or "").replace("_", "-").split(".")[0].split("-")[0].lower()
    return {"zh": "zh-Hans", "en": "en"}.get(head, default)


def files(lang: str) -> list[Path]:
    """The Fluent files of one language, in name order."""
    if lang not in LANGUAGES:
        raise WordMissing("*", lang, f"no such language; there are {', '.join(LANGUAGES)}")
    return sorted((Path(__file__).parent / lang).glob("*.ftl"))


def entries(lang: str) -> Iterator[Entry]:
    """Every message of a language with the variables it names; a malformed line raises WordMissing with its place."""
    for path in files(lang):
        text = path.read_text(encoding="utf-8")
        for node in FluentParser(with_spans=True).parse(text).body:
            if isinstance(node, ast.Junk):
                line = text.count("\n", 0, node.span.start if node.span else 0) + 1
                raise WordMissing(f"{path.name}:{line}", lang, "this line is not Fluent")
            if isinstance(node, ast.Message):
                yield Entry(node.id.name, path.name, frozenset(_variables(node)))


def _variables(node: Any) -> Iterator[str]:
    if isinstance(node, ast.VariableReference):
        yield node.id.name
    elif isinstance(node, ast.BaseNode):
        for name, child in vars(node).items():
            if name != "span":
                yield from _variables(child)
    elif isinstance(node, list):
        for child in node:
            yield from _variables(child)


@cache
def _bundle(lang: str) -> FluentBundle:
    bundle = FluentBundle([lang], use_isolating=False)
    for path in files(lang):
        bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle


def _value(value: Any, lang: str) -> Any:
    """How a value reads inside a sentence: a day as a date, an instant with its time, a pair in this language."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return fluent_number(value, useGrouping=abs(value) >= _UNGROUPED_BELOW)
    if isinstance(value, dt.datetime):
        return instant_words(value, lang)
    if isinstance(value, dt.date):
        return date_words(value, lang)
    if isinstance(value, Mapping):
        return local(value, lang)
    if isinstance(value, Sequence | frozenset | set) and not isinstance(value, str | bytes):
        items = sorted(value) if isinstance(value, frozenset | set) else value
        return _LIST_SEPARATOR[lang].join(str(_value(item, lang)) for item in items)
    return str(value)


def has(word: str, lang: str) -> bool:
    """Whether a text of this id exists."""
    return _bundle(lang).has_message(word)


def say(word: str, lang: str, /, **values: Any) -> str:
    """The text of an id in a language, with its variables filled in.

    Days, instants and bilingual names among the values are worded for the language; numbers under ten thousand carry
    no separators, so a year stays a year.

    Raises:
        WordMissing: no Fluent file has the id, or a variable the sentence needs was not given.
    """
    if lang not in LANGUAGES:
        raise WordMissing(word, lang, f"no such language; there are {', '.join(LANGUAGES)}")
    bundle = _bundle(lang)
    if not bundle.has_message(word):
        raise WordMissing(word, lang)
    pattern = bundle.get_message(word).value
    if pattern is None:
        raise WordMissing(word, lang, "the id has no text of its own")
    text, problems = bundle.format_pattern(pattern, {name: _value(value, lang) for name, value in values.items()})
    if problems:
        raise WordMissing(word, lang, "; ".join(str(problem) for problem in problems))
    return str(text)


def local(names: Mapping[str, str] | str | None, lang: str) -> str:
    """The text of a ``{"zh": …, "en": …}`` pair in a language; the other one if this is not there, "" for nothing."""
    if names is None:
        return ""
    if isinstance(names, str):
        return names
    order = ("zh", "zh-Hans", "en") if lang == "zh-Hans" else ("en", "zh", "zh-Hans")
    return next((str(names[key]) for key in order if names.get(key)), "")


def month_words(day: dt.date, lang: str) -> str:
    """The month of a day.

    >>> month_words(dt.date(2026, 11, 2), "zh-Hans"), month_words(dt.date(2026, 11, 2), "en")
    ('2026年11月', 'November 2026')
    """
    return f"{day.year}年{day.month}月" if lang == "zh-Hans" else f"{_MONTHS[day.month - 1]} {day.year}"


def date_words(day: dt.date, lang: str, weekday: bool = True) -> str:
    """A day as people say it, with its weekday so that a slip of the pen shows.

    >>> date_words(dt.date(2026, 12, 4), "zh-Hans"), date_words(dt.date(2026, 12, 4), "en")
    ('2026年12月4日（星期五）', 'Friday 4 December 2026')
    """
    name = _WEEKDAYS[lang][day.weekday()]
    if lang == "zh-Hans":
        return f"{day.year}年{day.month}月{day.day}日" + (f"（{name}）" if weekday else "")
    return (f"{name} " if weekday else "") + f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def instant_words(at: dt.datetime, lang: str, weekday: bool = False) -> str:
    """An instant in China Standard Time to the minute; a naive one is refused, because its day may be wrong.

    >>> instant_words(dt.datetime(2026, 12, 4, 9, 5, tzinfo=SHANGHAI), "en")
    '4 December 2026 at 09:05'
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs its offset")
    here = at.astimezone(SHANGHAI)
    day = date_words(here.date(), lang, weekday)
    return f"{day}{here:%H:%M}" if lang == "zh-Hans" else f"{day} at {here:%H:%M}"


def period_words(amount: int, unit: str, lang: str) -> str:
    """A period with its unit, ``working_days`` kept apart from ``calendar_days``.

    >>> period_words(15, "working_days", "zh-Hans"), period_words(1, "working_days", "en")
    ('15个工作日', '1 working day')
    """
    return say("period-" + unit.replace("_", "-"), lang, amount=amount)


def refusal_words(refusal: Refusal, lang: str, audience: str = "person") -> str:
    """What a refusal says to the one refused: ``refused-<code>``, or ``refused-<code>-staff`` for staff if there is one."""
    word = f"refused-{refusal.code}"
    if audience == "staff" and has(f"{word}-staff", lang):
        word = f"{word}-staff"
    return say(word, lang, **dict(refusal.values))
