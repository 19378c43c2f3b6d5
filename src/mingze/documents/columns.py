"""Columns: what each column of a responsibility table holds, told from its header words."""

from __future__ import annotations

import re
from functools import cache

_ROLES = (
    ("number", r"^(?:序号|编号|序|No\.?|项次)$"),
    ("lead", r"牵头|主办|主责|承办|第一责任"),
    ("support", r"配合|协办|参与|参加|协同|协作|协助"),
    ("leader", r"领导|责任人|负责人|联系人|联络|电话|姓名|职务"),
    ("list", r"责任(?:单位|部门|主体|分工|科室|处室)?$|落实单位|实施(?:单位|主体)|负责单位|单位$|部门$"),
    ("deadline", r"时限|期限|完成(?:时间|日期)|时间(?:节点|要求|安排)?$|节点|进度(?:安排|要求)?$"),
    ("source", r"数据来源|来源|考核单位|评价单位|考评单位|采集"),
    ("score", r"分值|权重|得分|满分|分数|标准分"),
    ("criterion", r"评分|计分|扣分|评价(?:标准|办法|方法)|考核(?:标准|办法|方法|方式)|得分标准"),
    ("period", r"周期|频次|考核时间"),
    ("category", r"类别|分类|领域|板块|一级指标|二级指标|指标类别|考核项目|大类|专题|方面|工作类别|目标类别"),
    (
        "actual",
        r"实际|完成(?:情况|率|进度|数|值)|进展(?:情况)?|存在问题|现状|上年|上半年|得分情况|排名|滞后|原因|工作情况|"
        r"是否",
    ),
    ("task", r"任务|目标|内容|事项|措施|举措|要求|考核内容|指标|项目|工作|实事|要点|标准|承诺|做法|清单|条款"),
    ("name", r"名称"),
    ("note", r"备注|说明|依据|资金|投资|地点|规模"),
)
_COMPILED = tuple((role, re.compile(pattern)) for role, pattern in _ROLES)
_NAMING = re.compile(
    r"(?:项目|任务|事项|实事|指标|工作|工程)?名称|^(?:项目|任务|事项|工作事项|实事项目|重点工作|重点任务|指标|"
    r"三级指标|工作任务|工作项目)$"
)


@cache
def role_of(header: str) -> str:
    """The role of a column by its folded header; `other` if the words are unknown."""
    for role, pattern in _COMPILED:
        if pattern.search(header):
            return role
    return "other"


def roles(headers: dict[int, str]) -> dict[int, str]:
    """The role of every column. Where a content column stands beside a naming one, the name is only a topic."""
    found = {column: role_of(header) for column, header in headers.items()}
    for column, header in headers.items():
        if found[column] == "name" or (found[column] == "task" and _NAMING.search(header)):
            found[column] = "naming"
    contents = [c for c, r in found.items() if r == "task"]
    for column, role in found.items():
        if role == "naming":
            found[column] = "topic" if contents else "task"
    if not any(r == "task" for r in found.values()) and "criterion" in found.values():
        first = next(c for c, r in found.items() if r == "criterion")
        found[first] = "task"
    return found


def is_header(cells: list[str]) -> bool:
    """Whether the cells of a row are column headers: most are short and at least two name a known role."""
    known = [role_of(cell) for cell in cells if cell]
    named = [r for r in known if r not in ("other", "task")]
    short = all(len(cell) <= 16 and not re.search(r"[。；，]|\d{2,}", cell) for cell in cells if cell)
    return short and len(known) >= 2 and (len(named) >= 2 or (len(named) >= 1 and "task" in known))


def retrospective(headers: dict[int, str]) -> bool:
    """A table that reports results (实际完成, 得分, 存在问题) promises nothing."""
    return any(role_of(h) == "actual" for h in headers.values()) and not any(
        role_of(h) in ("deadline",) for h in headers.values()
    )
