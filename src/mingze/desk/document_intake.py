"""Taking a document in: a file or a pasted text becomes a text as read with its commitments, or a sentence that says
why not.

Nothing is kept of what could not be read, and nothing of what was typed is lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingze.documents import Decomposition, decompose
from mingze.documents.learning import Learned, apply_learned
from mingze.exchange.reading import LIMITS, ReadingError, read
from mingze.portal.filing_form import BoundField, Choice
from mingze.store.documents import DocumentHead
from mingze.words import has, say

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_NO_RULES = Learned()


@dataclass(frozen=True)
class Intake:
    """What the form sent: a file or a text, and what the document is called."""

    file_name: str = ""
    data: bytes | None = None
    text: str = ""
    title: str = ""
    year: str = ""
    keep_none: bool = False
    replaces: str = ""


@dataclass(frozen=True)
class Taken:
    """A document that can be kept."""

    text: str
    title: str
    year: int | None
    blocks: Sequence[Any]
    decomposition: Decomposition


def read_intake(intake: Intake, lang: str, learned: Learned = _NO_RULES) -> tuple[Taken | None, dict[str, str]]:
    """The document of a form, or what is wrong with it: field name to sentence. `learned` are the office's own rules.

    The key `none` beside a sentence says that the document was read and holds no commitment; it can be kept all the
    same.
    """
    problems: dict[str, str] = {}
    year = intake.year.strip()
    if year and not _YEAR.fullmatch(year):
        problems["year"] = say("desk-new-problem-year", lang)
    pasted = intake.text.strip()
    if intake.data is not None and pasted:
        problems["file"] = say("desk-new-problem-both", lang)
    elif intake.data is None and not pasted:
        problems["file"] = say("desk-new-problem-nothing", lang)
    field = "file" if intake.data is not None else "text"
    if problems:
        return None, problems
    if field == "text":
        found = _CONTROL.search(pasted)
        if found:
            return None, {"text": say("desk-new-problem-control", lang, position=found.start() + 1)}
        if len(pasted) > LIMITS.characters:
            return None, {"text": say("desk-new-problem-long", lang, limit=LIMITS.characters, found=len(pasted))}
    try:
        if intake.data is not None:
            told = read(intake.data, intake.file_name)
        else:
            told = read(pasted.replace("\r\n", "\n").encode(), "pasted.txt")
    except ReadingError as error:
        return None, {field: reading_words(error, lang)}
    stated = " ".join(intake.title.split())
    found = decompose(told.text, told.blocks, stated or intake.file_name, int(year) if year else None)
    found = apply_learned(found, learned)
    title = stated or found.title or _stem(intake.file_name)
    if not title:
        return None, {"title": say("desk-new-problem-title", lang)}
    if not found.commitments and not intake.keep_none:
        return None, {field: say("desk-new-problem-none", lang, sentences=len(found.sentences)), "none": "1"}
    blocks = tuple(told.blocks or ())
    return Taken(told.text, title, int(year) if year else found.year, blocks, found.with_sha256(told.sha256)), {}


def reading_words(error: ReadingError, lang: str) -> str:
    """Why a file could not be read, in the catalogue's words."""
    word = f"reading-{error.code}"
    return say(word if has(word, lang) else "reading-broken", lang, **error.values)


def _stem(name: str) -> str:
    return re.split(r"[/\\]", name)[-1].rpartition(".")[0].strip()


def intake_fields(
    intake: Intake, problems: Mapping[str, str], lang: str, published: Sequence[DocumentHead] = ()
) -> list[BoundField]:
    """The form's fields with what was typed and what is wrong; `published` are the documents it may be a new version
    of."""

    def bound(name: str, word: str, **look: Any) -> BoundField:
        return BoundField(
            name=name,
            label=say(f"desk-new-{word}", lang),
            hint=say(f"desk-new-{word}-hint", lang),
            required=name in ("file", "text"),
            error=problems.get(name, ""),
            **look,
        )

    versions = tuple(Choice(head.document_id, head.title, head.document_id == intake.replaces) for head in published)
    replaced = [bound("replaces", "replaces", kind="select", choices=versions)] if published else []
    return [
        bound("file", "file", kind="line", input_type="file", accept=".txt,.md,.docx,.html,.htm,.xlsx,.pdf"),
        bound("text", "text", kind="text", value=intake.text, rows=10),
        bound("title", "name", kind="line", value=intake.title),
        bound("year", "year", kind="line", value=intake.year, inputmode="numeric", short=True),
        *replaced,
    ]
