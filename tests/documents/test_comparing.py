"""Two versions of a document: each promise is kept, moved, changed, dropped or new, and none is lost on the way."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingze.documents import compare, decompose

OLD = """石桥区2026年实施方案
一、重点任务
1.区教育局要在9月底前新建幼儿园3所。
2.区住建局要在年底前改造老旧小区17个。
3.区城管局要在10月底前新增停车泊位1200个。
4.区民政局要建立困难儿童台账。
5.区水利局每季度巡查水库不少于2次。
"""
NEW = """石桥区2026年实施方案（修订）
一、重点任务
1.区教育局要在9月底前新建幼儿园3所。
2.区住建局要在年底前改造老旧小区12个。
3.区城管局要在11月底前新增停车泊位1200个。
4.区水利局每季度巡查水库不少于2次。
5.区卫健局要在6月底前建成发热门诊4个。
"""


def _outcome(old: str, new: str) -> dict[str, tuple[str, ...]]:
    found = compare(old, decompose(old).commitments, new, decompose(new).commitments)
    return {row.quote[:4]: c.kinds for c in found for row in [c.new or c.old] if row}


def test_changed_targets_and_dates_dropped_and_new_promises_are_told_apart():
    """A smaller number is a changed target, a later month a changed date, what is gone is dropped, what is added is new."""
    assert _outcome(OLD, NEW) == {
        "区教育局": ("kept",),
        "区住建局": ("target",),
        "区城管局": ("date",),
        "区水利局": ("kept",),
        "区卫健局": ("new",),
        "区民政局": ("dropped",),
    }


def test_the_new_row_is_anchored_in_the_new_text_and_the_old_one_stays_beside_it():
    """Both rows of a change quote their own version."""
    for change in compare(OLD, decompose(OLD).commitments, NEW, decompose(NEW).commitments):
        if change.old:
            assert OLD[change.old.start : change.old.end] == change.old.quote
        if change.new:
            assert NEW[change.new.start : change.new.end] == change.new.quote


def test_a_row_of_another_text_is_refused():
    """Offsets into one version say nothing about another."""
    with pytest.raises(ValueError, match="does not belong"):
        compare(NEW, decompose(OLD).commitments, OLD, decompose(OLD).commitments)


_TASKS = tuple(
    f"{office}要在{month}月底前新建{thing}{count}{unit}。"
    for office, month, thing, count, unit in (
        ("区教育局", 3, "幼儿园", 2, "所"),
        ("区住建局", 4, "公园", 5, "个"),
        ("区城管局", 5, "公厕", 6, "座"),
        ("区水利局", 6, "泵站", 7, "座"),
        ("区交通运输局", 8, "候车亭", 9, "个"),
        ("区林业局", 10, "护林站", 4, "处"),
    )
)
_versions = st.lists(st.sampled_from(_TASKS), unique=True, max_size=6)


@settings(max_examples=40, deadline=None)
@given(_versions, _versions)
def test_every_row_of_both_versions_appears_exactly_once(old: list[str], new: list[str]):
    """Nothing is counted twice and nothing vanishes; equal sentences are never called dropped or new."""
    a, b = ("2026年方案\n一、任务\n" + "\n".join(tasks) for tasks in (old, new))
    rows, later = decompose(a).commitments, decompose(b).commitments
    found = compare(a, rows, b, later)
    assert sorted(c.old.id for c in found if c.old) == sorted(r.id for r in rows)
    assert [c.new.id for c in found if c.new] == [r.id for r in later]
    both = {r.quote for r in rows} & {r.quote for r in later}
    assert {c.new.quote for c in found if c.new and set(c.kinds) <= {"kept", "moved"}} >= both


@settings(max_examples=20, deadline=None)
@given(_versions, st.integers(0, 3))
def test_a_version_compared_with_itself_keeps_everything(tasks: list[str], spaces: int):
    """Equal documents, also with other empty lines between the lines, hold only kept promises."""
    text = "2026年方案\n一、任务\n" + "\n".join(tasks)
    spaced = text.replace("\n", "\n" * (spaces + 1))
    found = compare(text, decompose(text).commitments, spaced, decompose(spaced).commitments)
    assert {c.kinds for c in found} <= {("kept",)}


def test_reordering_moves_as_few_promises_as_possible():
    """Where one line of six is put first, one has moved and five are kept."""
    order = [_TASKS[4], *_TASKS[:4], _TASKS[5]]
    a, b = ("2026年方案\n一、任务\n" + "\n".join(tasks) for tasks in (_TASKS, order))
    found = compare(a, decompose(a).commitments, b, decompose(b).commitments)
    assert sorted(c.kinds for c in found) == [("kept",)] * 5 + [("moved",)]


def test_a_long_document_is_compared_quickly():
    """Three hundred rows shuffled and half of them changed stay matched to their own."""
    shuffled = random.Random(7)
    names = [f"第{i}号点位" for i in range(300)]
    a = "2026年方案\n" + "\n".join(f"区住建局要在9月底前完成{n}改造{i + 2}处。" for i, n in enumerate(names))
    lines = [f"区住建局要在{9 + i % 2}月底前完成{n}改造{i + 2}处。" for i, n in enumerate(names)]
    shuffled.shuffle(lines)
    b = "2026年方案\n" + "\n".join(lines)
    found = compare(a, decompose(a).commitments, b, decompose(b).commitments)
    assert len(found) == 300
    assert all(c.old and c.new and c.old.quote.split("完成")[1] == c.new.quote.split("完成")[1] for c in found)
    assert sum("date" in c.kinds for c in found) == 150
