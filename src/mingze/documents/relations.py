"""Relations: the words before and behind a number that say whether it is a floor, a ceiling, a change, or about so much."""

from __future__ import annotations

import re

from mingze.documents.numbers import Value

AT_LEAST = (
    r"不低于|不少于|不得低于|不得少于|不小于|达到|达|提高到|提升到|提高至|提升至|增加到|增加至|增长到|增至|上升到|"
    r"上升至|升至|扩大到|扩大至|扩至|突破|超过|超|高于|大于|多于|稳定在|稳定保持在|保持在|保持|维持在|提到|≥|＞|>|"
    r"不下于|恢复到|发展到|扩展到|稳在|守在|增加为|提升为"
)

AT_MOST = (
    r"不超过|不得超过|不高于|不得高于|不多于|不大于|低于|少于|小于|控制在|控制到|降至|降到|降低到|降低至|下降到|"
    r"下降至|压缩至|压缩到|压缩在|压缩为|缩短至|缩短到|缩短为|压减至|压减到|压降至|减少到|减少至|减至|限定在|缩小到|缩小至|收窄到|收窄至|压到|压至|压降到|降为|减为|减到|缩至|低至|≤|＜|<"
)

RISES = r"新增|净增|增加|增长|提高|提升|上升|增幅|增|上浮"

FALLS = r"下降|降低|压减|压缩|减少|缩短|精简|压降|下调|核减|递减|减|降"

NEAR = re.compile(
    rf"(?:(?P<ge>{AT_LEAST})|(?P<le>{AT_MOST})|(?P<plus>{RISES})|(?P<minus>{FALLS}))(?:再|约|近|了|基本|大约|均|各|累计|"
    rf"人均|其)*$"
)

FAR = re.compile(
    r"(?P<ge>至少|不少于|不低于)|(?P<le>最多|不超过)|(?P<plus>新增|净增|增加(?!值))|(?P<minus>压减|压缩|减少|精简|"
    r"核减|缩短|降低)"
)

AFTER = re.compile(r"(?:及|或)?(?P<b>以上|以内|以下|之内|左右|上下|之间|内)")

CHANGE_UNITS = ("%", "个百分点", "‰")

_MOVED = re.compile(r"(?:增长|上升|提高|提升|下降|降低|压减|减少|压降)$")
"""增长不低于10%: the floor is of the growth, not of the figure."""

_OF_BASE = re.compile(r"(?:(?P<le>不超过|不高于|控制在)|不少于|不低于|达到|超过|占)[^，。；、\d]{2,14}的$")
"""检查面不少于在建项目总数的三分之二"""


def relation_to(before: str, after: str, segment: str, value: Value) -> tuple[str | None, str | None, int]:
    """The relation, the bound and how many characters before the number belong to the relation."""
    near = NEAR.search(before)
    bound = AFTER.match(after)
    word = bound["b"] if bound else ""
    approximate = "~" if word in ("左右", "上下") or re.search(r"(?:约|近|基本|大约)$", before) else None
    op: str | None = None
    width = 0
    if near:
        op = next(o for o, g in ((">=", "ge"), ("<=", "le"), ("+", "plus"), ("-", "minus")) if near[g])
        width = len(before) - near.start()
        moved = _MOVED.search(before[: near.start()]) if op in (">=", "<=") and value.unit in CHANGE_UNITS else None
        if moved:
            rising = moved[0] in ("增长", "上升", "提高", "提升")
            return "+" if rising else "-", op, width + len(moved[0])
        if (
            op == "+"
            and near["plus"] in ("提升", "提高")
            and re.search(r"(?:改造|提质|更新|整治|优化|扩容)$", before[: near.start()])
        ):
            op, width = None, 0
    elif (based := _OF_BASE.search(before)) and (value.unit == "%" or isinstance(value.value, str)):
        op, width = "<=" if based["le"] else ">=", len(before) - based.start()
    else:
        far = list(FAR.finditer(segment))
        if far:
            last = far[-1]
            if last["ge"]:
                op = ">="
            elif last["le"]:
                op = "<="
            elif last["plus"]:
                op = "+"
            elif (last["minus"] and value.unit in (*CHANGE_UNITS, "倍")) or (last["minus"] and last.start() < 3):
                op = "-"
        percent = re.search(r"(?:提高|提升|增长|上升|下降|降低|压减|减少)", segment)
        if op is None and percent and value.unit == "个百分点":
            op = "-" if percent[0] in ("下降", "降低", "压减", "减少") else "+"
    if word in ("以上",):
        if op in ("+", "-"):
            return op, ">=", width
        return ">=" if op is None or op == ">=" else op, None, width
    if word in ("以内", "以下", "之内", "内"):
        if op in ("+", "-"):
            return op, "<=", width
        return "<=", None, width
    if approximate:
        if op in ("+", "-"):
            return op, "~", width
        return ("=" if op in (None, ">=") else op), "~", width
    return op, None, width
