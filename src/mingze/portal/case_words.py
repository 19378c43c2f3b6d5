"""What the case page, the board and the timeline say of offices, posts, facts, files and days: each worded once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from mingze.accounts.offices import Offices
from mingze.casework import ClockState, Event, is_local
from mingze.portal.citations import basis_words
from mingze.portal.clock_cards import lower_first
from mingze.portal.filing_form import label_of
from mingze.procedure.model import Action, Procedure
from mingze.words import date_words, has, local, say

Texts = Mapping[tuple[int, str], Any]
"""Opened sealed content by event number and slot."""


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


_WEEKDAYS = {
    "zh-Hans": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def clock_basis(procedure: Procedure, state: ClockState, lang: str) -> str:
    """The article a running clock rests on, and that its number is local where it is."""
    cite = procedure.clocks[state.name].cite
    return basis_words(procedure, cite, is_local(procedure, state), lang)


def act_words(procedure: Procedure, clock: str, lang: str) -> str:
    """What a clock waits for, as a verb: the first outcome in its table that is not adverse."""
    names = procedure.clocks[clock].met_by
    name = next((each for each in names if not procedure.actions[each].adverse), names[0] if names else "")
    if not name:
        return local(procedure.clocks[clock].text, lang)
    return lower_first(procedure.actions[name].label, lang)


def turn_of(procedure: Procedure, stages: Iterable[str], party: str) -> list[str]:
    """The acts open to a party where a case rests, in table order."""
    here = set(stages)
    return [
        name
        for name, action in procedure.actions.items()
        if here & set(action.from_) and any(by.partition(".")[0] == party for by in action.by)
    ]


def outcome_pair(procedure: Procedure, acts: Iterable[str]) -> tuple[str, str] | None:
    """The two acts, solved and not solved, that are one question with two answers: they ask for the same and neither does
    anything more than say so. None where the law gives each its own form, as a request for review has."""
    by_meaning = {procedure.actions[name].means: name for name in acts}
    solved, unsolved = by_meaning.get("solved"), by_meaning.get("unsolved")
    if solved is None or unsolved is None:
        return None
    one, other = procedure.actions[solved], procedure.actions[unsolved]
    if one.takes != other.takes or one.opens or other.opens:
        return None
    return solved, unsolved


def asks_whether_solved(procedure: Procedure, acts: Iterable[str]) -> bool:
    """Whether what a party is waited for is their word on the outcome."""
    return outcome_pair(procedure, acts) is not None


def decision_texts(
    procedure: Procedure, action: Action, event: Event, texts: Texts, lang: str
) -> Iterable[tuple[str, tuple[str, ...]]]:
    for name in action.takes:
        field = procedure.fields[name]
        if field.seals is None or field.type == "files":
            continue
        content = texts.get((event.n, field.seals))
        words = content.get(name) if isinstance(content, Mapping) else content if isinstance(content, str) else None
        if words:
            yield label_of(field, lang), paragraphs(str(words))


def paragraphs(text: str) -> tuple[str, ...]:
    """A text by its lines, empty ones left out."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def fact_lines(procedure: Procedure, event: Event, offices: Offices, lang: str) -> Iterable[tuple[str, str]]:
    """The public facts of an event, label and value."""
    for name, value in event.facts.items():
        field = procedure.fields.get(name)
        if field is not None:
            yield label_of(field, lang), fact_words(field, value, offices, lang)


def fact_words(field: Any, value: Any, offices: Offices, lang: str) -> str:
    """A public fact's value in words: a choice by its label, a date as a date, an office by its name."""
    if field.choices and value in field.choices:
        return local(field.choices[value].text, lang)
    if field.type == "date" and isinstance(value, str):
        return date_words(date.fromisoformat(value), lang)
    if field.type in ("office", "offices"):
        ids = [value] if isinstance(value, str) else list(value)
        names = [office_words(offices, each, lang) for each in ids]
        return "、".join(names) if lang == "zh-Hans" else ", ".join(names)
    if field.type == "post":
        return post_words(offices, str(value), lang)
    return str(value)


def office_words(offices: Offices, office: str, lang: str) -> str:
    """An office's short name; its id if the register of competences no longer has it."""
    if office not in offices:
        return office
    found = offices.office(office)
    return local(found.short or found.name, lang)


def post_words(offices: Offices, post: str, lang: str) -> str:
    """A post with its office; persons have no names here."""
    try:
        found = offices.post(post)
    except KeyError:
        return post
    joint = "" if lang == "zh-Hans" else ", "
    return office_words(offices, found.office, lang) + joint + local(found.name, lang)


def doer_words(offices: Offices, event: Event, lang: str) -> str:
    """The post that did something, and that it was held for somebody who was away."""
    words = post_words(offices, event.post, lang)
    return say("portal-as-deputy", lang, post=words) if event.by_deputy else words


def file_names(texts: Texts, n: int) -> Iterable[str]:
    """The names and sizes of the files that came with an event."""
    return (words for words, _ in file_lines(texts, n))


def file_lines(texts: Texts, n: int) -> Iterable[tuple[str, str]]:
    """The files that came with an event: what to call each, and its slot."""
    for (at, slot), content in sorted(texts.items(), key=lambda item: item[0]):
        if at == n and slot.startswith("attachment") and isinstance(content, Mapping):
            yield f"{content.get('name', slot)} · {size_words(int(content.get('size', 0)))}", slot


def size_words(size: int) -> str:
    """A file's size in the unit people use."""
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(1, round(size / 1024))} KB"


def short_date(on: date, lang: str) -> str:
    """A day with its year, short enough for a margin."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}" if lang == "en" else f"{on.year}年{on.month}月{on.day}日"


def weekday_words(on: date, lang: str) -> str:
    """The weekday, short."""
    return _WEEKDAYS[lang][on.weekday()]


def slot_words(slot: str, lang: str) -> str:
    """What a slot holds, for the person whose it is; `3/attachment:1` and `attachment:1` are the same kind."""
    kind = slot.rpartition("/")[2].partition(":")[0]
    word = f"portal-slot-{kind}"
    return say(word, lang) if has(word, lang) else slot
