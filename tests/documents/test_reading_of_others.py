"""What other people's documents taught: tables pasted cell by cell, headings that are offices, reports of today."""

from __future__ import annotations

from mingze.documents import decompose

PASTED = """明源区2026年重点任务责任分工表
序号
重点任务
牵头单位
完成时限
一、住房
1
新建公共停车泊位300个
区城管局
10月底前
2
①改造老旧小区6个；②出台物业管理办法
区住建局
年底前
"""


def test_a_table_pasted_cell_by_cell_gives_each_task_its_own_office_and_date():
    """The row's office, its date and its number reach every task of the row and none of another."""
    rows = [(c.lead, c.deadline and c.deadline.iso_date, c.path) for c in decompose(PASTED).commitments]
    assert rows == [
        (("区城管局",), "2026-10-31", ("一", "1")),
        (("区住建局",), "2026-12-31", ("一", "2", "①")),
        (("区住建局",), "2026-12-31", ("一", "2", "②")),
    ]


def test_a_pasted_table_with_a_missing_cell_is_not_guessed():
    """Where the rows do not count as many cells as the header, no office moves to the task of another row."""
    broken = PASTED.replace("区城管局\n", "")
    assert all(c.lead != ("区住建局",) for c in decompose(broken).commitments if "停车泊位" in c.quote)


def test_a_heading_that_is_only_an_office_hands_it_to_what_follows():
    """（一）区水利局 names who does what stands below it."""
    text = "在防汛会上的讲话\n一、任务\n（一）区水利局\n要把工程短板补上。水库5月20日前必须完成清淤。\n"
    assert [c.lead for c in decompose(text).commitments][-1] == ("区水利局",)


def test_what_there_is_today_is_no_promise():
    """The number of schools and of crowded junctions is a state, not a target."""
    text = (
        "明源区2026年工作安排\n一、学校\n本学期全区有中小学46所，早晚高峰路口拥堵的有21所。\n10月底前新建接送区12处。\n"
    )
    assert [c.quote for c in decompose(text).commitments] == ["10月底前新建接送区12处"]


def test_the_name_of_a_figure_does_not_carry_the_figure_it_starts_from():
    """由10个工作日压缩至6个工作日以内 is about the time limit, and only the new one binds."""
    text = "明源区2026年工作安排\n一、许可\n占道施工许可办理时限由10个工作日压缩至6个工作日以内。\n"
    (found,) = decompose(text).commitments[0].indicators
    assert (found.name, found.op, found.value, found.unit) == ("占道施工许可办理时限", "<=", 6, "工作日")
