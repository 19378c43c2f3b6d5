"""What is said of a promise beside its state: values, divisions, evidence, burden, voices and draws, as plain functions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingze.measures.burden import Asked, burden
from mingze.measures.divided import Target, divided, stricter_milestone, stricter_part
from mingze.measures.evidence import evidence_refused
from mingze.measures.lots import draw, items_digest, listed, seed_of
from mingze.measures.values import Quantity, amount_of, freshness, indicator_key
from mingze.measures.voices import GROUP, full_group


def homes(amount: int | str, unit: str = "套") -> Quantity:
    """An amount of homes."""
    return Quantity(Decimal(amount), unit)


def test_an_indicator_is_found_however_it_is_written() -> None:
    """Width, blanks and brackets do not make two indicators of one; another word does."""
    assert indicator_key("新增就业（万人）") == indicator_key("新增 就业(万人)")
    assert indicator_key("新增就业") != indicator_key("新增创业")


@pytest.mark.parametrize(
    ("typed", "read"), [("3,000", "3000"), ("１２．５", "12.5"), ("-3", "-3"), ("abc", None), ("1e5", None), ("", None)]
)
def test_a_number_is_read_as_people_type_it(typed: str, read: str | None) -> None:
    """Full-width digits and thousands marks are read; what is no plain number is none."""
    assert amount_of(typed) == (Decimal(read) if read is not None else None)


def test_data_are_old_the_day_after_the_limit_and_unknown_without_any() -> None:
    """The last day is still fresh, the next is not, and no value at all is unknown; progress has no part in it."""
    assert freshness(date(2026, 1, 1), date(2026, 4, 1), 90).known
    assert not freshness(date(2026, 1, 1), date(2026, 4, 2), 90).known
    assert freshness(None, date(2026, 4, 2), 90).state == "none"


def test_parts_add_up_across_sizes_of_a_unit() -> None:
    """1.2万人 is 7,000人 and 5,000人; a part in another unit cannot be added and is named."""
    whole = Quantity(Decimal("1.2"), "万人")
    assert divided(whole, [homes(7000, "人"), homes(5000, "人")]).comes_out
    assert divided(whole, [homes(7000, "人"), homes(5000, "户")]).other_units == (1,)


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=12), st.integers(-50, 50))
def test_a_gap_and_an_excess_are_exactly_what_is_missing_or_too_much(parts: list[int], off: int) -> None:
    """Whatever the parts, total + gap - excess is the whole, and never both a gap and an excess."""
    whole = max(1, sum(parts) + off)
    found = divided(homes(whole), [homes(part) for part in parts])
    assert found.total + found.gap - found.excess == whole and not (found.gap and found.excess)
    assert found.comes_out == (whole == sum(parts))


def test_a_rate_is_one_standard_for_all_and_does_not_add_up() -> None:
    """Three offices with 95 % each meet 95 %; one with 97 % has a stricter standard."""
    whole = homes(95, "％")
    assert divided(whole, [homes(95, "%"), homes(95, "%")]).kind == "each"
    assert divided(whole, [homes(95, "%"), homes(95, "%")]).comes_out
    assert stricter_part(Target(homes(97, "%"), None), Target(whole, None)) == ("further",)
    assert stricter_part(Target(homes(97, "%"), None), Target(whole, None, "at_most")) == ()


def test_a_milestone_on_the_way_is_not_stricter_but_the_whole_earlier_is() -> None:
    """An early day is what a milestone is; the whole target early, or more than the whole, is stricter."""
    promise = Target(homes(3000), date(2026, 9, 30))
    assert stricter_milestone(Target(homes(1000), date(2026, 6, 30)), promise) == ()
    assert stricter_milestone(Target(homes(3000), date(2026, 8, 31)), promise) == ("earlier",)
    assert stricter_milestone(Target(homes(3000), date(2026, 9, 30)), promise) == ()
    assert stricter_milestone(Target(homes(3200), date(2026, 9, 30)), promise) == ("further",)
    assert stricter_milestone(Target(None, date(2026, 1, 1)), promise) == ()


def test_an_earlier_part_is_stricter_by_a_day() -> None:
    """The last day of the promise is not earlier, the day before is."""
    promise = Target(None, date(2026, 9, 30))
    assert stricter_part(Target(None, date(2026, 9, 30)), promise) == ()
    assert stricter_part(Target(None, date(2026, 9, 29)), promise) == ("earlier",)


@pytest.mark.parametrize(("kind", "most", "had", "names", "code"), [
    ("any", 2, 1, ["a.pdf"], None),
    ("any", 2, 2, ["a.pdf"], "evidence_full"),
    ("tables", 5, 0, ["a.png"], "evidence_other_kind"),
    ("tables", 5, 0, ["A.XLSX"], None),
    ("none", 5, 0, ["a.pdf"], "evidence_not_needed"),
    ("none", 5, 0, [], None),
])  # fmt: skip
def test_evidence_is_capped_and_of_the_declared_kind(
    kind: str, most: int, had: int, names: list[str], code: str | None
) -> None:
    """One more than declared, or of another kind, is not taken; nothing handed in is always fine."""
    refused = evidence_refused(kind, most, had, names)
    assert (refused.code if refused else None) == code


def test_the_meter_counts_acts_by_office_and_month_and_spares_what_existed() -> None:
    """Each office asked counts once for each request; a value that was there already weighs on nobody."""
    march, april = date(2026, 3, 31), date(2026, 4, 1)
    rows = burden([
        Asked("data", "tjj", "zjj", march), Asked("data", "tjj", "jyj", march, True), Asked("meeting", "dcs", "zjj", march),
        Asked("report", "tjj", "zjj", april), Asked("report", "tjj", "jyj", april),
    ])  # fmt: skip
    assert [(row.month, row.office, row.asked, row.offices_asked, row.spared) for row in rows] == [
        ("2026-04", "tjj", 2, 2, 0), ("2026-03", "dcs", 1, 1, 0), ("2026-03", "tjj", 1, 1, 1),
    ]  # fmt: skip


def test_voices_are_told_in_whole_groups_only() -> None:
    """One voice alone never shows: counts become public with every fifth voice."""
    assert [voices for voices in range(12) if full_group(voices)] == [GROUP, 2 * GROUP]


def test_a_draw_is_the_same_for_everybody_and_depends_on_every_part_of_its_seed() -> None:
    """The order of the list changes nothing; another root, lot or outside word draws by another seed."""
    items = [f"明源诺〔2026〕{n:04d}号" for n in range(1, 41)]
    seed = seed_of(bytes(32), "lot", "")
    assert draw(seed, items, 5) == draw(seed, list(reversed(items)), 5)
    assert (
        len({seed, seed_of(bytes(31) + b"\x01", "lot"), seed_of(bytes(32), "lot2"), seed_of(bytes(32), "lot", "7")})
        == 4
    )
    assert draw(seed, items, 40) == tuple(draw(seed, items, 40)) and set(draw(seed, items, 40)) == set(items)
    assert draw(seed, items, 3) == draw(seed, items, 5)[:3]
    assert items_digest(listed(items)) == items_digest(listed(reversed(items)))


def test_every_item_is_drawn_about_equally_often() -> None:
    """Over 2,000 seeds no item of ten is favoured: each is drawn 600 times, give or take five standard deviations."""
    items = [str(n) for n in range(10)]
    counts = dict.fromkeys(items, 0)
    for n in range(2000):
        for item in draw(f"{n:064x}", items, 3):
            counts[item] += 1
    assert all(abs(count - 600) < 5 * (2000 * 0.3 * 0.7) ** 0.5 for count in counts.values())


@pytest.mark.parametrize("size", [0, 4])
def test_a_draw_of_nothing_or_of_more_than_there_is_is_refused(size: int) -> None:
    """The size lies between one and the number of different items."""
    with pytest.raises(ValueError, match="size"):
        draw("00" * 32, ["a", "b", "c", "c"], size)
