"""The grammar of targets: how official Chinese says how much, by when and which of several, one construction to a row."""

from __future__ import annotations

import pytest

from mingze.documents import Commitment, decompose

HEAD = "明源区2026年工作要点\n（2026年3月2日）\n一、重点工作\n1. "


def _rows(sentence: str) -> tuple[Commitment, ...]:
    return decompose(HEAD + sentence).commitments


def _indicators(sentence: str) -> list[tuple[str, str, object, str | None]]:
    return [(i.name, i.op, i.value, i.unit) for row in _rows(sentence) for i in row.indicators]


TARGETS = {
    "数字经济规模实现翻番。": [("数字经济规模", "+", 100, "%")],
    "农产品网络零售额比2024年翻一番。": [("农产品网络零售额", "+", 100, "%")],
    "力争三年内规上工业产值翻两番。": [("规上工业产值", "+", 300, "%")],
    "城乡居民收入比缩小到2.1:1以内。": [("城乡居民收入比", "<=", "2.1:1", None)],
    "加工产值与农业总产值之比达到2.8：1。": [("加工产值与农业总产值之比", ">=", "2.8:1", None)],
    "孕产妇死亡率控制在9/10万以下。": [("孕产妇死亡率", "<=", 9, "/10万")],
    "城市综合执法考核保持全省前列。": [("城市综合执法考核", "rank", None, None)],
    "群众安全感满意度进入全市前五。": [("群众安全感满意度", "rank", 5, "位")],
    "营商环境评价位次前移3位。": [("营商环境评价", "+", 3, "位")],
    "培育省级专精特新企业5至8家。": [("省级专精特新企业", "range", (5, 8), "家")],
    "材料精简三成以上。": [("材料", "-", 30, "%")],
    "建成15分钟便民生活圈6个。": [("15分钟便民生活圈", "=", 6, "个")],
    "改造老旧小区12个、3200户。": [("老旧小区", "=", 12, "个"), ("老旧小区", "=", 3200, "户")],
    "网上可办率由92%提高到98%。": [("网上可办率", ">=", 98, "%")],
    "单个系统年度运维费不超过建设费的12%。": [("单个系统年度运维费", "<=", 12, "%")],
    "让90%以上的行政村通上5G网络。": [("行政村通上5G网络", ">=", 90, "%")],
    "村集体经济年收入超过20万元的村占比达到60%。": [("村集体经济年收入超过20万元的村占比", ">=", 60, "%")],
    "65岁以上老年人健康管理率达到70%以上。": [("65岁以上老年人健康管理率", ">=", 70, "%")],
    "人均预期寿命提高到80.5岁。": [("人均预期寿命", ">=", 80.5, "岁")],
    "规上工业增加值增速高于全市平均水平2个百分点。": [("规上工业增加值增速", ">=", 2, "个百分点")],
    "主要污染物排放总量持续下降。": [("主要污染物排放总量", "-", None, None)],
    "实现安全生产零事故、信访零积压。": [("安全生产", "=", 0, None), ("信访", "=", 0, None)],
    "应急响应时间由30分钟压缩到20分钟。": [("应急响应时间", "<=", 20, "分钟")],
    "A镇、B镇分别新建幼儿园2所、1所。": [("幼儿园", "=", 2, "所"), ("幼儿园", "=", 1, "所")],
    "抵押登记、注销登记办理时间分别不超过3个、1个工作日。": [
        ("抵押登记", "<=", 3, "工作日"),
        ("注销登记办理时间", "<=", 1, "工作日"),
    ],
}


@pytest.mark.parametrize(("sentence", "expected"), TARGETS.items())
def test_a_target_says_what_is_measured_how_and_in_which_unit(sentence: str, expected: list[object]):
    """Rates, multiples, ratios, ranks, ranges, benchmarks and lists with 分别 are read by their construction."""
    assert _indicators(sentence) == expected


def test_a_change_without_a_name_measures_what_stands_before_it():
    """完成投资20亿元，增长12% is one promise with two values, of the same thing."""
    (row,) = _rows("完成技改投资20亿元，增长12%。")
    assert [(i.name, i.op, i.value) for i in row.indicators] == [
        ("技改投资", "=", 2_000_000_000),
        ("技改投资", "+", 12),
    ]


def test_a_benchmark_without_a_name_measures_what_stands_before_it():
    """…增长7.5%左右，高于城镇居民增速 is one promise with a value and a benchmark."""
    (row,) = _rows("农民人均可支配收入增长7.5%左右，高于城镇居民增速。")
    assert [(i.name, i.op, i.value, i.ref) for i in row.indicators] == [
        ("农民人均可支配收入", "+", 7.5, None),
        ("农民人均可支配收入", ">=", None, "城镇居民增速"),
    ]


def test_values_aligned_with_figures_of_earlier_clauses_take_their_names():
    """…分别增长10%、12% counts the two figures named just before."""
    rows = _rows("全年接待游客220万人次，实现旅游综合收入12亿元，分别增长10%、12%。")
    assert [(i.name, i.value) for i in rows[-1].indicators][1:] == [("接待游客", 10), ("旅游综合收入", 12)]


DATES = {
    "本月底前，各单位要完成自查自纠。": "2026-03-31",
    "区财政局下月10日前将自查报告报区委督查室。": "2026-04-10",
    "五一节前完成景区安全检查。": "2026-04-30",
    "“十五五”末，森林覆盖率达到45%。": "2030-12-31",
    "一季度末前完成年度计划编制。": "2026-03-31",
    "力争10月底前上线运行智慧城管平台。": "2026-10-31",
    "到2027年，实现街道养老服务中心全覆盖。": "2027-12-31",
}


@pytest.mark.parametrize(("sentence", "day"), DATES.items())
def test_a_date_is_the_last_day_on_which_it_is_kept(sentence: str, day: str):
    """Month ends, quarters, plans, holidays and this or next month (of the day the document states) become days."""
    (row,) = _rows(sentence)
    assert row.deadline is not None
    assert row.deadline.iso_date == day


PERIODS = {
    "两年内消除C级以上危房。": (2, "year"),
    "自受理之日起15日内作出决定。": (15, "day"),
    "演练后3日内形成问题清单。": (3, "day"),
}


@pytest.mark.parametrize(("sentence", "period"), PERIODS.items())
def test_a_period_runs_from_its_event(sentence: str, period: tuple[int, str]):
    """A period keeps its amount and unit; nobody computes a day the document does not state."""
    (row,) = _rows(sentence)
    assert row.deadline is not None
    assert row.deadline.relative is not None
    assert (row.deadline.relative.amount, row.deadline.relative.unit) == period


@pytest.mark.parametrize(
    "sentence",
    [
        "不动产登记、企业开办时限分别压缩至3个工作日和1个工作日以内。",
        "2026年6月30日前完成的项目，优先安排奖补资金。",
        "从现在起到6月底，集中开展专项整治。",
    ],
)
def test_a_service_time_a_description_and_a_span_are_no_deadline(sentence: str):
    """How long a service takes is a value, a date that describes things or opens a span is none to act by."""
    (row,) = _rows(sentence)
    assert row.deadline is None


@pytest.mark.parametrize(
    "sentence",
    [
        "基本建成区文化中心。",
        "常年开展普法宣传。",
        "汛期实行24小时值班和领导带班。",
        "新院区建成投用，实验楼竣工。",
        "自2026年5月1日起，全面停止使用旧版证照。",
        "于每年1月底前向社会公布上年度法治政府建设年度报告。",
    ],
)
def test_a_duty_is_recognised_without_a_modal_word(sentence: str):
    """Adverbs, seasons, dates and finishing acts open duties too."""
    (row,) = _rows(sentence)
    assert row.quote == sentence.rstrip("。")


def test_an_item_number_before_a_number_is_told_by_the_space_between_them():
    """`1. 12345热线…` is item 1, and the hotline keeps its name."""
    (row,) = _rows("12345热线满意率达到98%以上。")
    assert (row.path[-1], row.quote) == ("1", "12345热线满意率达到98%以上")


def test_an_office_is_not_made_of_a_verb_and_its_object():
    """年内组建教育集团3个 names no one; 由区水利局牵头，会同… names the lead and its partner."""
    assert _rows("年内组建教育集团3个。")[0].lead == ()
    (row,) = _rows("由区水利局牵头，会同区农业农村局，6月底前完成河道清淤30公里。")
    assert (row.lead, row.supporting) == (("区水利局",), ("区农业农村局",))


@pytest.mark.parametrize(
    "sentence",
    [
        "区发改局负责落实储煤，供暖前储煤量不低于总需求的三分之二。",
        "区民政局要发放取暖补贴，补贴标准每户不低于800元。",
        "区应急局要足额储备物资，冲锋舟、编织袋储备量分别不少于20艘、15万条。",
        "同步加装电梯的6部，12月20日前取得使用登记证。",
    ],
)
def test_an_amount_belongs_to_the_act_it_measures(sentence: str):
    """储煤量 measures 储煤 just before it, and those counted before the comma are what the rest is about."""
    assert [row.quote for row in _rows(sentence)] == [sentence.rstrip("。")]


def test_a_date_does_not_reach_a_clause_with_a_start_or_a_season_of_its_own():
    """10月10日前完成检修，10月15日起试供热: the second begins on its day and ends on none."""
    for sentence in ("10月10日前完成锅炉房检修，10月15日起试供热。", "5月31日前完成5座水库加固，汛期24小时值守。"):
        assert _rows(sentence)[-1].deadline is None


def test_an_office_plainly_named_acts_with_any_verb():
    """区督查室适时开展督查 is the supervision office's, also behind another office's clause."""
    rows = _rows("区住建局每周三向区政府办报送进度，区督查室适时开展督查。")
    assert [row.lead for row in rows] == [("区住建局",), ("区督查室",)]


def test_at_least_is_not_the_end_of_a_span():
    """6月10日前至少组织1次 has its date; the 至 of 至少 opens no interval."""
    (row,) = _rows("各镇（街道）要在6月10日前至少组织1次转移避险演练。")
    assert row.deadline is not None and row.deadline.iso_date == "2026-06-10"


def test_what_is_done_to_every_one_is_all_of_them():
    """对所有在建工地再排查一遍 is a hundred per cent."""
    assert _indicators("6月底前对所有在建工地再排查一遍。") == [("在建工地排查率", ">=", 100, "%")]
