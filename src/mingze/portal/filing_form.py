"""One form from one procedure's table of fields: what is asked, why, how long it is kept, and what is not right yet.

Nothing about a particular procedure stands here: another procedure's table gives another form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from mingze.exchange.uploads import KINDS
from mingze.portal.citations import cite_words
from mingze.procedure.model import FormField, Procedure
from mingze.words import has, local, say

type Choices = Iterable[tuple[str, Mapping[str, str]]]
"""Ids and their names in both languages, to choose from."""

RADIOS_UP_TO = 8
"""So many choices stand open on the page; more go into a list."""


class Problem(Protocol):
    """What the store says is wrong with one field."""

    @property
    def field(self) -> str: ...

    @property
    def code(self) -> str: ...

    @property
    def values(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Choice:
    """One answer that can be chosen."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class BoundField:
    """A field as the page shows it: its words in one language, what was typed, and what is wrong with it."""

    name: str
    kind: str
    label: str
    hint: str = ""
    required: bool = True
    value: str = ""
    error: str = ""
    why: str = ""
    choices: tuple[Choice, ...] = ()
    input_type: str = "text"
    inputmode: str = ""
    autocomplete: str = ""
    accept: str = ""
    multiple: bool = False
    short: bool = False
    rows: int = 6
    prefix: str = ""

    @property
    def id(self) -> str:
        """The element's id: stable, so that an error can lead to it and a test can find it."""
        return f"{self.prefix}f-{self.name}"

    @property
    def described_by(self) -> str:
        """The ids of what a screen reader reads after the label."""
        parts = (("hint", self.hint), ("error", self.error), ("why", self.why))
        return " ".join(f"{self.id}-{part}" for part, there in parts if there)


_ACCEPT = ",".join(f".{ending}" for ending in KINDS)

_INPUTS: Mapping[str, Mapping[str, Any]] = {
    "text": {"kind": "text"},
    "record": {"kind": "text"},
    "line": {"kind": "line"},
    "email_or_phone": {"kind": "line", "autocomplete": "email", "short": True},
    "date": {"kind": "line", "input_type": "date", "short": True},
    "number": {"kind": "line", "inputmode": "decimal", "short": True},
    "files": {"kind": "line", "input_type": "file", "multiple": True, "accept": _ACCEPT},
    "choice": {"kind": "choice"},
    "office": {"kind": "select"},
    "offices": {"kind": "select", "multiple": True},
    "post": {"kind": "select"},
}
"""How each type of field is put to the person."""

_OPTIONAL_MARK = re.compile(r"（[^（）]*不填[^（）]*）$|\((?:optional|if any)\)$")


def bind(
    procedure: Procedure,
    names: Iterable[str],
    lang: str,
    values: Mapping[str, Any] | None = None,
    problems: Sequence[Problem] = (),
    offices: Choices = (),
    *,
    today: date | None = None,
    prefix: str = "",
    posts: Choices = (),
) -> list[BoundField]:
    """The fields of an action in the order of its table, with what was typed and what is wrong.

    `offices` and `posts` are the ids and names to choose from where a field asks for one; `today` gives dates an example.
    """
    typed = values or {}
    wrong = {}
    for problem in problems:
        wrong.setdefault(problem.field, problem)
    known, seats = tuple(offices), tuple(posts)
    return [
        bind_field(
            procedure.fields[name],
            name,
            lang,
            typed.get(name),
            wrong.get(name),
            seats if procedure.fields[name].type == "post" else known,
            basis=cite_words(procedure, procedure.fields[name].basis, lang),
            today=today,
            prefix=prefix,
        )
        for name in names
    ]


def bind_field(
    field: FormField,
    name: str,
    lang: str,
    value: Any = None,
    problem: Problem | None = None,
    offices: Sequence[tuple[str, Mapping[str, str]]] = (),
    *,
    basis: str = "",
    today: date | None = None,
    prefix: str = "",
) -> BoundField:
    """One field of a table in one language; `basis` is the article it is asked by, in words."""
    label = label_of(field, lang)
    look = dict(_INPUTS[field.type])
    chosen = {str(value)} if isinstance(value, str) else set(map(str, value or ()))
    if field.type in ("office", "offices", "post"):
        choices = tuple(Choice(id, local(names, lang), id in chosen) for id, names in offices)
    else:
        choices = tuple(Choice(key, local(words.text, lang), key in chosen) for key, words in field.choices.items())
        if look["kind"] == "choice" and len(choices) > RADIOS_UP_TO:
            look["kind"] = "select"
    hint = local(field.hint.text, lang) if field.hint else ""
    if field.type == "files" and not hint:
        hint = say("portal-hint-files", lang, count=field.max_length if field.max_length < 100 else 5, size=20)
    return BoundField(
        name=name,
        label=label,
        hint=hint,
        required=field.required,
        value="" if isinstance(value, (list, tuple)) or value is None else str(value),
        error=problem_words(problem, field, lang, today) if problem else "",
        why=why_words(field, lang, basis),
        choices=choices,
        rows=4 if field.max_length <= 2000 else 8,
        prefix=prefix,
        **look,
    )


def label_of(field: FormField, lang: str) -> str:
    """The field's own words without a trailing "optional": the page says that in one way for every field."""
    label = local(field.label, lang)
    return _OPTIONAL_MARK.sub("", label).rstrip()


def why_words(field: FormField, lang: str, basis: str = "") -> str:
    """Why personal data is asked, how it is kept and when it is destroyed; "" for a field that is public."""
    if field.seals is None:
        return ""
    parts = []
    if field.purpose:
        parts.append(say("portal-why-asked", lang, purpose=local(field.purpose.text, lang).rstrip("。.")))
    if basis:
        parts.append(say("portal-why-basis", lang, basis=basis))
    parts.append(say("portal-why-sealed", lang))
    if field.retention_months is not None:
        parts.append(say("portal-why-kept", lang, months=field.retention_months))
    return ("" if lang == "zh-Hans" else " ").join(parts)


def problem_words(problem: Problem, field: FormField | None, lang: str, today: date | None = None) -> str:
    """What is wrong with a field and what to do, in the words of its own label."""
    word = f"portal-problem-{problem.code}"
    if (
        problem.code in ("missing", "bad_choice")
        and field is not None
        and field.type in ("choice", "office", "offices", "post")
    ):
        word = "portal-problem-missing-choice"
    if not has(word, lang):
        word = "portal-problem-other"
    values: dict[str, Any] = {"example": ""}
    if field is not None:
        values["label"] = label_of(field, lang)
    else:
        values["label"] = problem.field
    if today is not None:
        values["example"] = today.isoformat()
    values.update(problem.values)
    return say(word, lang, **values)
