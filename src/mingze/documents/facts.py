"""What a document says about itself: its genre, its year, and whom it addresses as a whole."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from dataclasses import dataclass

_GENRES = (
    ("speech", r"讲话|发言|致辞|讲稿|动员会上|推进会上|会议上的"),
    ("work_report", r"工作报告"),
    ("bulletin", r"通报|督查专报|督查简报|督查情况"),
    ("minutes", r"纪要"),
    (
        "scoring",
        r"(?:考核|考评|评价|评分|测评|评估)[^。]{0,14}(?:细则|办法|标准|指标|方案|实施|体系|表|内容)|评分(?:细则|"
        r"标准|表)|计分",
    ),
    ("decomposition", r"分解|责任分工|任务(?:清单|台账|表|书)|责任(?:清单|表|制清单)|任务分工|实事项目|目标任务"),
    ("plan", r"方案|计划|要点|意见|措施|规划|安排|行动|办法|通知|决定"),
)
_FULL_DATE = re.compile(r"((?:19|20)\d\d)年\d{1,2}月\d{1,2}日|(?:发布)?时间：?((?:19|20)\d\d)[—./年\-]\d")
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_APPLIES = re.compile(r"（?(?:适用于|考核对象：?|适用范围：?|适用对象：?)(?P<to>[^。；]{2,30}?)）?$")
_ASSESSED = re.compile(
    r"(?:[^，。；]{2,5}?[区县市])?(?P<to>(?:[区县市镇乡]级|[区县市镇]直|各)[^，。；\d]{0,12}?(?:部门|单位|机关|乡镇（街道）|乡镇|街道|村（社区）))"
    r"(?:(?:19|20)\d\d年|年度|[^，。；]{0,12}(?:考核|考评|评价|评估))"
)
"""区级部门2026年度…考核办法: the title names whom it assesses."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Genre, year (of the plan for plans, of the date line for speeches and bulletins), and the addressee of the title."""

    genre: str
    year: int | None
    title: str
    addressee: str
    dated: str | None = None
    titled: bool = False
    """Whether only the title names the addressee, who then answers for the criteria but not for how they are applied."""


def facts(lines: list[str], year: int | None = None) -> Facts:
    """Read from the folded lines of the document; a given year wins over any stated one."""
    head = [line for line in lines[:12] if line]
    title = next((line for line in head if not line.startswith("（") and len(line) >= 4), head[0] if head else "")
    top = "".join(head[:4])
    genre = "other"
    for name, pattern in _GENRES:
        if re.search(pattern, head[0] if head else "") or re.search(pattern, title):
            genre = name
            break
    if genre == "other":
        for name, pattern in _GENRES[:6]:
            if re.search(pattern, top) and len(top) < 200:
                genre = name
                break
    if genre in ("plan", "bulletin") and any(
        "评分标准" in line or ("扣分" in line and "分值" in line) for line in lines[:40]
    ):
        genre = "scoring"
    applies = _APPLIES.search(head[0]) if head else None
    if applies is None and genre == "scoring":
        applies = next((m for m in (_APPLIES.search(line.rstrip("。")) for line in lines[:30]) if m), None)
    addressee = ""
    assessed = _ASSESSED.match(title) if genre == "scoring" and applies is None else None
    if assessed:
        addressee = assessed["to"]
    if applies:
        addressee = applies["to"]
        if addressee.count("（") < addressee.count("）"):
            addressee = addressee.rstrip("）")
        elif addressee.count("（") > addressee.count("）"):
            addressee += "）"
    return Facts(
        genre,
        year if year is not None else _year(lines, head, genre),
        title,
        addressee,
        _dated(lines, head),
        bool(assessed),
    )


_DATE_LINE = re.compile(r"^（?(?:——)?[^，。；]{0,24}?((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日(?:在[^。]{2,40})?）?$")


def _dated(lines: list[str], head: list[str]) -> str | None:
    """The date line of the head, or of the close, as an ISO day."""
    for line in (*head, *lines[-12:]):
        found = _DATE_LINE.match(line)
        if found:
            year, month, day = (int(g) for g in found.groups())
            if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
                return f"{year:04d}-{month:02d}-{day:02d}"
    return None


def _year(lines: list[str], head: list[str], genre: str) -> int | None:
    dated = [int(m[1] or m[2]) for line in head for m in _FULL_DATE.finditer(line)]
    titled = [int(m[1]) for line in head[:3] for m in _YEAR.finditer(line) if not _FULL_DATE.match(line[m.start() :])]
    span = next(
        (m for line in head[:3] for m in re.finditer(r"((?:19|20)\d\d)年?[—～至到](?:(?:19|20)\d\d)年", line)), None
    )
    if genre in ("speech", "bulletin", "work_report") and dated:
        return dated[0]
    if span:
        return int(span[1])
    if titled:
        return titled[0]
    if dated:
        return dated[0]
    for line in reversed(lines[-12:]):
        found = re.search(r"^((?:19|20)\d\d)年\d{1,2}月\d{1,2}日$", line)
        if found:
            return int(found[1])
    counted = Counter(int(m[1]) for line in lines for m in _YEAR.finditer(line))
    return counted.most_common(1)[0][0] if counted and genre in ("plan", "decomposition", "scoring") else None
