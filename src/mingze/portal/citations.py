"""How an article is cited to a person, and whether a rule is the district's own and must not look like statute."""

from __future__ import annotations

from mingze.procedure.model import Procedure
from mingze.words import local, say


def cite_words(procedure: Procedure, cite: str, lang: str) -> str:
    """A citation of a procedure's table in the words of a language; "" for no citation."""
    return local(procedure.cite_text(cite), lang)


def is_local_rule(procedure: Procedure, cite: str) -> bool:
    """Whether everything a citation rests on is the district's own rule."""
    sources = procedure.words_of_cite(cite)
    return bool(sources) and all(source.local for source, _ in sources)


def basis_words(procedure: Procedure, cite: str, local_number: bool, lang: str) -> str:
    """The article a clock rests on, with the plain statement that the number of days is the district's own where it is."""
    words = cite_words(procedure, cite, lang)
    return say("portal-basis-local", lang, cite=words) if local_number else words
