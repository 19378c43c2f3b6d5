"""Every rule, state, kind and error that the room can name has words in both languages."""

from __future__ import annotations

import pytest

from mingze.documents import CHANGES, DOUBTS, HOWS, KINDS, RULES, STATES
from mingze.words import LANGUAGES, has

IDS = [
    *(f"documents-rule-{rule}" for rule in RULES),
    *(f"documents-state-{state}" for state in STATES),
    *(f"documents-kind-{kind}" for kind in KINDS),
    *(f"documents-change-{kind}" for kind in CHANGES),
    *(f"documents-doubt-{code}" for code in DOUBTS),
    *(f"documents-resolved-{how}" for how in HOWS),
    *(f"documents-edit-{code}" for code in ("split-outside", "merge-apart", "span-outside")),
]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_a_reader_may_meet_has_words(lang: str):
    """No rule id reaches a person without its sentence."""
    assert [word for word in IDS if not has(word, lang)] == []
