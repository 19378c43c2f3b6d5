"""Values: every number of a clause with its measure, ranges, ratios and shares included; numerals that only count are left alone."""

from __future__ import annotations

import re

from mingze.documents.numbers import ARABIC, DIGITS, NUMBER, Number, Value, number
from mingze.documents.relations import NEAR

_UNIT_WORDS = [
    "微克/立方米",
    "毫克/立方米",
    "μg/m3",
    "毫克/升",
    "吨标准煤",
    "万千瓦时",
    "亿千瓦时",
    "千瓦时",
    "平方公里",
    "平方千米",
    "平方米",
    "立方米",
    "公里",
    "千米",
    "千瓦",
    "兆瓦",
    "MW",
    "英亩",
    "个工作日",
    "工作日",
    "个小时",
    "小时",
    "分钟",
    "个月",
    "个季度",
    "个工作小时",
    "工作小时",
    "摄氏度",
    "℃",
    "°C",
    "分贝",
    "毫米",
    "厘米",
    "万人次",
    "卷",
    "秒",
    "束",
    "羽",
    "尾",
    "盒",
    "筐",
    "瓶",
    "车",
    "趟",
    "遍",
    "个学时",
    "个课时",
    "学时",
    "课时",
    "个点位",
    "个点",
    "点位",
    "个床位",
    "床位",
    "张床位",
    "个泊位",
    "个学位",
    "个席位",
    "人次",
    "家次",
    "户次",
    "件次",
    "车次",
    "班次",
    "场次",
    "批次",
    "轮次",
    "条次",
    "期次",
    "台件",
    "台次",
    "台套",
    "台（套）",
    "车位",
    "吨",
    "元",
    "美元",
    "公顷",
    "公斤",
    "亩次",
    "亩",
    "米",
    "个",
    "家",
    "所",
    "条",
    "座",
    "处",
    "户",
    "名",
    "位",
    "人",
    "件",
    "起",
    "次",
    "场",
    "批",
    "项",
    "台",
    "套",
    "辆",
    "张",
    "份",
    "期",
    "轮",
    "部",
    "支",
    "间",
    "栋",
    "幢",
    "种",
    "类",
    "门",
    "节",
    "册",
    "页",
    "盏",
    "口",
    "眼",
    "根",
    "对",
    "只",
    "头",
    "株",
    "棵",
    "片",
    "块",
    "款",
    "幅",
    "篇",
    "首",
    "本",
    "站",
    "例",
    "宗",
    "颗",
    "列",
    "班",
    "组",
    "队",
    "单",
    "镇",
    "村",
    "倍",
    "度",
    "级",
    "岁",
    "周岁",
    "天",
    "日",
    "年",
    "周",
    "分",
    "席",
    "顶",
    "艘",
    "架",
    "门",
    "道",
    "枚",
    "把",
    "床",
    "亿次",
    "克",
    "升",
    "届",
    "堂",
    "孔",
    "方",
    "管",
    "段",
    "链",
    "圈",
    "县",
    "社区",
]

_UNITS = "|".join(re.escape(u) for u in sorted(set(_UNIT_WORDS), key=len, reverse=True))

_PER = r"(?:/(?:人|户|年|月|日|天|百平方米|平方公里|平方米|亩|公里|千人|万人|次|件|户均))?"

_PERCENT = (
    rf"(?:{NUMBER}(?:个百分点|%|‰|成|倍)|百分之[零一二三四五六七八九十百点\d.]+|"
    rf"[一二三四五六七八九十]分之[一二三四五六七八九十]+)"
)

_VALUE = rf"{_PERCENT}|{NUMBER}(?:{_UNITS}){_PER}"

_RANGE = re.compile(
    rf"(?P<lo>{ARABIC}|{'[一二两三四五六七八九十]+'})(?P<lu>[万亿]?(?:{_UNITS}|%|‰)?)(?:—|-|～|至|"
    rf"到)(?P<hi>{NUMBER}(?:%|‰|个百分点|成|(?:{_UNITS}){_PER}))"
)

_TOKEN = re.compile(_VALUE)

_PIECES = re.compile(rf"(?P<n>{NUMBER})(?P<u>个百分点|%|‰|成|倍|(?:{_UNITS}){_PER})$")

_AMONG = re.compile(r"(?P<n>\d+(?:\.\d+)?)(?P<u>/10+万?)")
"""9/10万: so many among a hundred thousand."""

_RATIO_VALUE = re.compile(r"\d+(?:\.\d+)?[:：∶]\d+(?:\.\d+)?(?![\d:：])")
"""2.1:1"""

_BARE_UNIT = re.compile(rf"(?:{_UNITS}|%|‰)$")

COUNT_UNITS = ("次", "场", "轮", "期", "场次", "批次", "堂", "倍", "遍", "人次", "课时", "学时")

_FRACTION = re.compile(r"([一二三四五六七八九十]+)分之([一二三四五六七八九十]+)")


def quantity(text: str) -> tuple[Number | str, str | None] | None:
    """`1.9万户` → (19000, 户); `六成` → (60, %); `三分之一` → ("1/3", None)."""
    if text.startswith("百分之"):
        value = number(text[3:])
        return (value, "%") if value is not None else None
    fraction = _FRACTION.fullmatch(text) if "分之" in text else None
    if fraction:
        return f"{number(fraction[2])}/{number(fraction[1])}", None
    found = _PIECES.match(text)
    if not found:
        return None
    value = number(found["n"])
    if value is None:
        return None
    unit = found["u"]
    if unit == "成":
        scaled = value * 10
        return (int(scaled) if scaled == int(scaled) else scaled), "%"
    if unit in ("个工作日",):
        unit = "工作日"
    elif unit in ("个工作小时",):
        unit = "工作小时"
    elif unit in ("个小时", "个月", "个季度", "个学时", "个课时") or (
        unit.startswith("个") and unit != "个百分点" and len(unit) > 1 and unit[1] != "/"
    ):
        unit = unit[1:] if unit in ("个小时", "个学时", "个课时", "个月", "个季度") else "个"
    elif unit in ("张床位",):
        unit = "张"
    return value, unit


_COUNTS = re.compile(r"[\d二两三四五六七八九十百千半]|一(?:成|个百分点|%|‰)")
"""A numeral that can be a value: 一次 and 统一 hold none."""

_TO = re.compile(r"[—\-～至到]")

_RATIO = re.compile(r"[比值数分]")


def values_of(masked: str) -> list[Value]:
    """Every number with a measure, ranges first; Chinese numerals only where they can be counts."""
    if not _COUNTS.search(masked):
        return []
    found: list[Value] = []
    taken: list[tuple[int, int]] = []
    for match in _RATIO_VALUE.finditer(masked) if "比" in masked else ():
        found.append(Value(match.start(), match.end(), match[0].replace("：", ":").replace("∶", ":"), None, None))
        taken.append(match.span())
    for match in _AMONG.finditer(masked) if "/1" in masked else ():
        value = number(match["n"])
        if value is not None:
            found.append(Value(match.start(), match.end(), value, match["u"], None))
            taken.append(match.span())
    for match in _RANGE.finditer(masked) if _TO.search(masked) else ():
        low = number(_BARE_UNIT.sub("", match["lo"] + match["lu"]))
        high = quantity(match["hi"])
        if low is None or high is None or not isinstance(high[0], int | float):
            continue
        if match["lo"][0] not in "0123456789" and match["hi"][0] in "0123456789":
            continue
        if "万" in match["hi"] and "万" not in match["lu"] and isinstance(low, int | float):
            low = low * 10000
        found.append(Value(match.start(), match.end(), (low, high[0]), high[1], None))
        taken.append(match.span())
    for match in _TOKEN.finditer(masked):
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        written = match[0]
        measured = quantity(written)
        if measured is None:
            continue
        value, unit = measured
        arabic = written[0].isdigit() and written[0].isascii()
        if not arabic and not _countable(written, unit, masked[: match.start()], masked[match.end() :]):
            continue
        found.append(Value(match.start(), match.end(), value, unit, None))
    for match in _BARE_NUMBER.finditer(masked) if _RATIO.search(masked) else ():
        if not any(v.start < match.end("n") and match.start("n") < v.end for v in found):
            value = number(match["n"])
            if value is not None:
                found.append(Value(match.start("n"), match.end("n"), value, None, None))
    found.sort(key=lambda v: v.start)
    return found


_BARE_NUMBER = re.compile(
    r"(?:比|值|系数|指数|得分|倍数)[^，。；、]{0,8}?(?:[至到于在]|超过|突破|达)(?P<n>\d+(?:\.\d+)?)(?=以内|以下|以上|左右|$|，|。|；|、)"
)
"""PUE值降至1.4以下, 收入比缩小到2.05以内: a ratio has no unit."""

_NO_SHARE = tuple("立员果效本功都为熟品长型套绩就")

_COUNTED = re.compile(
    r"(?:开展|组织|召开|举办|进行|检查|巡查|走访|完成|每年|每季度?|每月|每周|全年|年内|不少于|累计|再|安排|"
    r"集中|培训|轮训|演练|评选|发布|通报)(?:各|共|约|近)?$"
)

_STRONG = ("至少", "不少于", "不低于", "不超过", "达到", "增加到", "压缩至", "缩短至", "控制在", "不多于", "最多")


def _countable(written: str, unit: str | None, before: str, after: str) -> bool:
    """A Chinese numeral is a target beside 成, 分之, 半, or with a word of degree; 一次 and 三类 are not."""
    if unit in ("%", "个百分点") or "分之" in written:
        return not (unit == "%" and written.endswith("成") and after[:1] in _NO_SHARE)
    if written.startswith("半"):
        return bool(NEAR.search(before)) or after.startswith(("以内", "之内"))
    if written[0] in "一" and (len(written) < 2 or written[1] not in "十百千万"):
        return False
    if written[0] not in DIGITS and written[0] not in "十百千":
        return False
    if unit == "倍":
        return True
    strong = before.endswith(_STRONG)
    return strong or (unit in COUNT_UNITS and bool(_COUNTED.search(before[-8:])))
