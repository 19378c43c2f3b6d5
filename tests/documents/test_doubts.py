"""Rows that contradict themselves or their document are read as they stand and carry a doubt for the reviewer."""

from __future__ import annotations

import re
from datetime import date

import pytest

from mingze.documents import decompose, doubts
from mingze.documents.signs import Guarded, signature, signs_of

CASES = {
    "1.新增学位100个。（牵头单位：区教育局；牵头单位：区卫健局）": "two-leads",
    "2026年方案\n一、区教育局要在2019年6月底前建成学校3所。": "deadline-before",
    "2026年方案\n一、区教育局要使完成率达到150%。": "share-above",
    "2026年方案\n一、区城管局要新增泊位1800—1500个。": "range-reversed",
    "2026年方案\n一、区教育局要在2月31日前建成学校3所。": "no-such-day",
    "2026年方案\n一、区教育局要在13月底前建成学校3所。": "no-such-day",
}


@pytest.mark.parametrize(("text", "code"), CASES.items())
def test_a_contradiction_is_said_and_the_row_kept(text: str, code: str):
    """Two leads, an early deadline, a share above the whole, a range upside down and an impossible day are each named."""
    rows = decompose(text).commitments
    assert rows
    assert [d.code for row in rows for d in doubts(row, date(2026, 3, 1))] == [code]


def test_a_day_that_no_calendar_has_is_never_read_as_another_day():
    """31 February is no deadline, least of all the end of February."""
    (row,) = decompose("2026年方案\n一、区教育局要在2月31日前建成学校3所。").commitments
    assert row.deadline is None or row.deadline.iso_date is None


def test_growth_above_the_whole_and_a_date_to_come_are_no_contradiction():
    """增长150% is a rate of growth; a deadline after the document's day is what one expects."""
    (row,) = decompose("2026年方案\n一、区教育局要在9月底前使入学率提高150%。").commitments
    assert doubts(row, date(2026, 3, 1)) == ()


def test_the_document_says_its_own_day():
    """The date line under the title is the day against which deadlines are held."""
    assert decompose("讲话\n（2026年4月9日）\n区教育局要建成学校3所。").dated == "2026-04-09"


def test_a_very_long_line_is_read_in_parts_and_kept_whole():
    """A line of two hundred thousand characters without a stop: every character keeps one state, every row its words."""
    text = "区住建局要在6月底前新建公园3个，" * 12_000
    found = decompose(text)
    assert sum(e.end - e.start for e in found.coverage) == len(text)
    assert all(text[c.start : c.end] == c.quote for c in found.commitments)


@pytest.mark.parametrize(
    "pattern",
    [r"取得了|a?会议(?:同意|通过)|了[^，]*的", r"^(?:有的|个别)", r"[甲乙]方(?=x)", r"(?:一|二)*三", r"\d{1,2}月"],
)
def test_signs_never_hide_a_match(pattern: str):
    """Each match holds a sign, so a guarded pattern finds exactly what the bare one finds."""
    bare = re.compile(pattern)
    guarded = Guarded(bare)
    assert signs_of(bare)
    for text in ("取得了", "12月", "会议通过", "做了好的", "有的单位", "甲方x", "一二三", "三", "没有", ""):
        for known in (text, f"前{text}，后"):
            assert bool(guarded.search(text, signature(known))) == bool(bare.search(text))
    assert not signature("第四。") & guarded.bit
