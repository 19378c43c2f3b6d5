"""The words of the rules by which documents are read, those an office drew from its own reviewed rows included."""

from __future__ import annotations

from mingze.documents.learning import source_of
from mingze.words import has, say


def rule_words(rule: str, lang: str) -> str:
    """What a rule id says to a reader; a learned one names the reviewed row it comes from, an unknown one is itself."""
    learned = source_of(rule)
    if learned is not None:
        kind, source = learned
        return say(f"documents-learned-rule-{kind}", lang, document=source.document, row=source.row)
    return say(f"documents-rule-{rule}", lang) if has(f"documents-rule-{rule}", lang) else rule
