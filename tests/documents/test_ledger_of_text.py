"""Every character has one state, every quotation is the document's own words, equal texts give equal results."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingze.documents import RULES, STATES, Decomposition, decompose
from tests.documents.corpus import FILES, decomposed, lines, taken


def check(text: str, found: Decomposition) -> None:
    """Coverage is exact, spans quote, ids and rules are known, commitments do not overlap."""
    claimed = [0] * len(text)
    for entry in found.coverage:
        assert text[entry.start : entry.end] == entry.text and entry.text.strip() == entry.text
        assert entry.state in STATES and entry.reason in RULES
        for at in range(entry.start, entry.end):
            claimed[at] += 1
    for at, sign in enumerate(text):
        assert claimed[at] == 1 if not sign.isspace() else claimed[at] <= 1
    last = 0
    for commitment in found.commitments:
        assert text[commitment.start : commitment.end] == commitment.quote and commitment.quote
        assert commitment.start >= last
        last = commitment.end
        assert set(commitment.rules) <= set(RULES)
        assert (commitment.lead == ()) == (commitment.lead_source == "none")
    named = [c for s in found.sentences for c in s.commitments]
    assert named == [c.id for c in found.commitments]
    for sentence in found.sentences:
        assert sentence.state in STATES and text[sentence.start : sentence.end] == sentence.text


@pytest.mark.parametrize("name", FILES)
def test_a_document_is_accounted_for_to_the_last_character(name: str):
    """The coverage of each development file claims every non-space character exactly once."""
    check(taken(name).text, decomposed(name))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(lines()), max_size=8), st.sampled_from(["\n", "\r\n", "\n\n", "　", " | "]))
def test_any_mixture_of_lines_is_accounted_for(chosen: list[str], joint: str):
    """Lines of different genres in any order still give exact coverage and exact quotations."""
    text = joint.join(chosen)
    check(text, decompose(text))


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from(
            "要在区局镇，。；：、（）“”《》|\t\n一二是1234.%年月日前全部不每第名\u200b\u3000Ａ％ "
        ),
        max_size=80,
    )
)
def test_any_string_of_signs_is_accounted_for(text: str):
    """Unbalanced brackets, stray marks and invisible characters lose nothing."""
    check(text, decompose(text))


def test_equal_texts_give_equal_results():
    """Reading the same text twice gives the same object."""
    text = taken("d1_speech.txt").text
    assert decompose(text, name="a").to_json() == decompose(text, name="a").to_json()


def test_width_and_variant_do_not_change_what_is_promised():
    """ASCII commas, full-width digits and traditional characters are the same promise, quoted as they stand."""
    plain = decompose("区教育局要在2026年9月底前新建公办幼儿园3所，新增学位720个。").commitments
    odd = decompose("區教育局要在２０２６年９月底前新建公辦幼兒園３所,新增學位７２０個。").commitments
    assert [c.indicators[0].value for c in odd] == [c.indicators[0].value for c in plain] == [3, 720]
    assert odd[0].deadline and plain[0].deadline and odd[0].deadline.iso_date == plain[0].deadline.iso_date
    assert odd[0].quote == "區教育局要在２０２６年９月底前新建公辦幼兒園３所"


def test_a_line_of_a_million_characters_takes_bounded_time():
    """One line without any break is read in seconds, not hours."""
    started = time.monotonic()
    text = "全区各单位继续做好各项日常工作，" * 62_500
    check_start = decompose(text)
    assert check_start.coverage[0].start == 0 and check_start.coverage[-1].end >= len(text) - 1
    assert time.monotonic() - started < 60


def test_a_text_without_a_promise_says_so():
    """A report of the past gives no commitment, and every sentence of it is background."""
    found = decompose("去年全区共办理群众来信312件，办结率达到99%。今年以来，雨水较多，道路损坏较为严重。")
    assert found.commitments == ()
    assert {s.state for s in found.sentences} == {"background"}


def test_an_empty_text_gives_an_empty_ledger():
    """Nothing in, nothing claimed."""
    found = decompose("")
    assert (found.commitments, found.coverage, found.sentences) == ((), (), ())


def test_the_year_given_wins_and_an_unknown_year_is_left_open():
    """Without a year a date is `--MM-DD`; with `--year` it is a day."""
    text = "各镇要在10月底前完成危桥改造。"
    open_year, given_year = (decompose(text, year=year).commitments[0].deadline for year in (None, 2027))
    assert open_year and open_year.iso_date == "--10-31"
    assert given_year and given_year.iso_date == "2027-10-31"
