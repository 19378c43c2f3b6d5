"""Figures that stay honest: open matters included, denominators kept, small cells not recoverable."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingze.measures import (
    SMALLEST_CELL,
    CaseFact,
    Duration,
    case_statistics,
    quantile,
    suppressed,
    survival,
    wilson,
)

durations = st.lists(st.builds(Duration, st.integers(0, 60), st.booleans()), max_size=40)


def test_wilson_interval_of_the_textbook():
    """The interval of 8 in 10 is the published one, and an empty denominator has none."""
    share = wilson(8, 10)
    assert (round(share.low or 0, 4), round(share.high or 0, 4)) == (0.4902, 0.9433)
    assert wilson(0, 0).low is None
    with pytest.raises(ValueError):
        wilson(3, 2)


@given(st.integers(0, 500), st.integers(0, 500))
def test_interval_holds_the_share(a: int, b: int):
    """The interval lies in 0…1 and holds the observed share."""
    count, of = min(a, b), max(a, b)
    share = wilson(count, of)
    if of:
        assert share.low is not None and share.high is not None
        assert 0 <= share.low <= count / of + 1e-12 and count / of - 1e-12 <= share.high <= 1


@given(durations)
def test_survival_without_open_matters_is_the_plain_share(items: list[Duration]):
    """With nothing open the estimate equals the share not yet answered on each day."""
    closed = [Duration(item.days, False) for item in items]
    for day, left in survival(closed):
        assert left == pytest.approx(sum(item.days > day for item in closed) / len(closed))


@given(durations)
def test_open_matters_never_make_an_office_look_faster(items: list[Duration]):
    """The median with open matters is never shorter than the median of the same matters had they just been answered."""
    just_answered = [Duration(item.days, False) for item in items]
    honest, flattering = quantile(items, 0.5), quantile(just_answered, 0.5)
    assert honest.n == len(items) and honest.open == sum(item.open for item in items)
    if flattering.days is not None and honest.days is not None:
        assert honest.days >= flattering.days


def test_a_median_nobody_can_know_is_not_given():
    """When more than half are still open there is no median yet."""
    assert quantile([Duration(3, False), Duration(9, True), Duration(9, True)], 0.5).days is None


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 60), min_size=2, max_size=8))
def test_no_small_cell_is_shown_or_left_alone(cells: dict[str, int]):
    """Every small cell is hidden, and the hidden ones of a row together are not small, unless nothing else is there to hide behind."""
    shown = suppressed(cells)
    hidden = [name for name, cell in shown.items() if cell.count is None]
    assert all(cell.count is None or cell.count == 0 or cell.count >= SMALLEST_CELL for cell in shown.values())
    if hidden:
        assert len(hidden) >= 2
        rest = [name for name in cells if name not in hidden and cells[name] > 0]
        assert sum(cells[name] for name in hidden) >= SMALLEST_CELL or not rest


def test_statistics_count_overdue_open_matters_as_not_in_time():
    """Leaving a matter lying does not improve the share answered in time."""
    day = date(2026, 3, 2)
    answered = CaseFact(day, day + timedelta(20), day + timedelta(30), False, "solved", False)
    lying = CaseFact(day, None, day + timedelta(30), False, None, True)
    late = CaseFact(day, day + timedelta(40), day + timedelta(30), True, "unsolved", True)
    figures = case_statistics([answered, lying, late], day, day, today=date(2026, 6, 1))
    assert (figures.n, figures.answered, figures.waiting, figures.overdue) == (3, 2, 1, 1)
    assert (figures.in_time.count, figures.in_time.of) == (1, 3)
    assert (figures.solved, figures.unsolved, figures.asked) == (1, 1, 2)
    assert figures.median.open == 1


def test_statistics_of_nothing_say_so():
    """An empty period has zeros and no shares, never a made-up figure."""
    figures = case_statistics([], date(2026, 1, 1), date(2026, 1, 31), today=date(2026, 2, 1))
    assert figures.n == 0 and figures.in_time.low is None and figures.median.days is None
