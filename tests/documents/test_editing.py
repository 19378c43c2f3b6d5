"""What a reviewer does to a row: split, merge, move a boundary."""

from __future__ import annotations

import pytest

from mingze.documents import EditError, decompose, merge_rows, read_span, split_points, split_row

TEXT = "区城管局要新建公厕6座，10月底前完成老旧公厕改造12座。区财政局要保障经费。"


def test_splitting_a_row_leaves_the_sign_at_the_cut_to_neither():
    """The two halves quote the document and leave the comma out."""
    start, end = 0, TEXT.index("。")
    at = split_points(TEXT, start, end)[0]
    first, second = split_row(TEXT, start, end, at)
    assert [TEXT[slice(*span)] for span in (first, second)] == ["区城管局要新建公厕6座", "10月底前完成老旧公厕改造12座"]


@pytest.mark.parametrize("at", [0, 1_000, len(TEXT)])
def test_a_cut_outside_the_row_is_refused(at: int):
    """Nothing is split where one side would be empty."""
    with pytest.raises(EditError) as refused:
        split_row(TEXT, 0, 12, at)
    assert refused.value.code == "split-outside"


def test_merging_two_rows_spans_from_the_first_to_the_last_word():
    """Neighbouring rows of a line become one span."""
    rows = decompose(TEXT, year=2026).commitments
    assert merge_rows(TEXT, (rows[0].start, rows[0].end), (rows[1].start, rows[1].end)) == (rows[0].start, rows[1].end)


def test_rows_with_another_between_them_cannot_be_merged():
    """The reviewer is told that something lies between."""
    rows = [(c.start, c.end) for c in decompose(TEXT).commitments]
    with pytest.raises(EditError) as refused:
        merge_rows(TEXT, rows[0], rows[2], rows)
    assert refused.value.code == "merge-apart"


def test_the_fields_of_a_moved_span_are_read_again_and_the_office_is_kept():
    """A shorter span loses what it no longer says; its office stays that of the row it was cut from."""
    row = decompose(TEXT, year=2026).commitments[1]
    moved = read_span(TEXT, row.start + len("10月底前"), row.end, row, 2026)
    assert moved.quote == "完成老旧公厕改造12座" and moved.deadline is None
    assert moved.indicators[0].value == 12 and moved.lead == ("区城管局",) and moved.id == row.id


def test_an_empty_span_is_refused():
    """A span of signs only holds no words."""
    with pytest.raises(EditError) as refused:
        read_span(TEXT, TEXT.index("。"), TEXT.index("。") + 1)
    assert refused.value.code == "span-outside"
