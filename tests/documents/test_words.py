"""Every rule, state, kind and error that the room can name has words in both languages."""

from __future__ import annotations

import pytest

from mingze.documents import CHANGES, DOUBTS, HOWS, KINDS, RULES, STATES
from mingze.documents.learning import KINDS_LEARNED
from mingze.exchange.suggesting import CODES
from mingze.words import LANGUAGES, has
from mingze.words.documents import rule_words

IDS = [
    *(f"documents-rule-{rule}" for rule in RULES),
    *(f"documents-state-{state}" for state in STATES),
    *(f"documents-kind-{kind}" for kind in KINDS),
    *(f"documents-change-{kind}" for kind in CHANGES),
    *(f"documents-doubt-{code}" for code in DOUBTS),
    *(f"documents-resolved-{how}" for how in HOWS),
    *(f"documents-suggest-{code}" for code in CODES),
    *(f"documents-edit-{code}" for code in ("split-outside", "merge-apart", "span-outside")),
]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_a_reader_may_meet_has_words(lang: str):
    """No rule id reaches a person without its sentence."""
    assert [word for word in IDS if not has(word, lang)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_learned_rule_names_the_reviewed_row_it_comes_from(lang: str):
    """An alias and a default lead say the document and the row; an id nobody words is shown as it is."""
    for kind in KINDS_LEARNED:
        said = rule_words(f"learned/{kind}/3f2a/c012", lang)
        assert "3f2a" in said and "c012" in said
    assert rule_words("learned/else/3f2a/c012", lang) == "learned/else/3f2a/c012"
