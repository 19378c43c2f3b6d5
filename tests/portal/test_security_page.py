"""What each part gives up if it is broken into is told to residents, in both languages, one click from where they write."""

from __future__ import annotations

import re

import pytest

from mingze.portal.views.about import PARTS
from mingze.words import say
from tests.outside import ROOT
from tests.portal.conftest import Portal


def test_the_page_tells_every_part_that_the_document_does() -> None:
    """As many parts as docs/security.md has rows, in its order: a part added there is missing here until it is told."""
    text = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    table = text[text.index("| Broken into |") :]
    rows = [line for line in table[: table.index("\n\n")].splitlines()[2:] if line.startswith("| ")]
    assert len(rows) == len(PARTS)
    words = ("web", "register", "wrapped", "together", "accounts", "ackups", "signer", "key service", "django.key")
    assert [word in row for word, row in zip(words, rows, strict=False)] == [True] * len(words)


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_it_is_plain_text_in_both_languages(portal: Portal, lang: str) -> None:
    """Every cell of the table stands on the page, and it says what cannot be helped as well."""
    page = portal.client.get("/about/security/", headers={"accept-language": lang}).content.decode()
    for part in PARTS:
        for cell in ("part", "gives", "keeps", "notices"):
            assert re.search(re.escape(say(f"about-security-{part}-{cell}", lang)).replace("'", ".+?"), page), (
                part,
                cell,
            )
    assert say("about-security-limits", lang) in page


def test_the_form_leads_to_it_in_one_plain_sentence(portal: Portal) -> None:
    """Whoever is about to write finds it under who can read what they write."""
    page = portal.client.get("/file/petition/", headers={"accept-language": "zh-CN"}).content.decode()
    assert f'<a href="/about/security/" id="security">{say("portal-file-security", "zh-Hans")}</a>' in page
