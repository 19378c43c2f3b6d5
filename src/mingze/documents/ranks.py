"""Ranks: places, tiers and moves among others (前三名, 第一方阵, 前移2位)."""

from __future__ import annotations

import re

from mingze.documents.decomposition import Indicator
from mingze.documents.naming import named_by
from mingze.documents.numbers import number

_RANK_SIGN = re.compile(
    r"第[一二三四五]?(?:梯队|方阵|位|名|档)|前[\d一二两三四五六七八九十]|[前上进提]移?\w?[\d一二三四五六七八九十]+位|"
    r"第一|首位|位次|排名"
)

_RANK = (
    (re.compile(r"第(?P<v>[一二三四五])(?P<u>梯队|方阵|档|名|位|等次)"), "rank"),
    (
        re.compile(
            r"(?P<u2>前)(?P<v>\d+|[一二两三四五六七八九十]+)(?P<u>名|位|强)?(?!个|月|天|年|日|期|端|季|批|小时|分钟|"
            r"周|置|沿|移|款|项|述|后|往|条|类|家|次)"
        ),
        "rank",
    ),
    (
        re.compile(r"(?:前移|上升|提升|前进|进位|上移|提高)(?P<v>\d+|[一二两三四五六七八九十]+)个?(?P<u>位次|位|名)"),
        "+",
    ),
    (
        re.compile(
            r"(?:全[国省市区县]|同类[^，。；]{0,6})(?P<u>第)(?P<v>一)(?!书记|时间|线|个|人|批|届|次|责任|轮|季)"
        ),
        "rank",
    ),
)

_RANK_VERBS = re.compile(
    r"(?:进入|跻身|保持|位居|位列|居|列|稳居|挤进|迈入|争取|力争|达到|排名|排|名次|位次|处于|名列|稳定在|进位|冲刺|"
    r"在|确保|入围|争)?(?:到|至|在)?(?:全[国省市区县][^，。；]{0,8}?|同类[^，。；]{0,8}?|本[省市区县])?$"
)


def ranks_of(text: str, masked: str, used: list[tuple[int, int]], previous: str) -> list[tuple[int, Indicator]]:
    if not _RANK_SIGN.search(text):
        return []
    found: list[tuple[int, Indicator]] = []
    for pattern, op in _RANK:
        for match in pattern.finditer(masked):
            if any(a < match.end() and match.start() < b for a, b in used):
                continue
            before = text[: match.start()]
            if (
                op == "rank"
                and match["u"] in ("位", "名", None, "第")
                and not re.search(
                    r"全[国省市区县]|排名|位次|进入|跻身|保持|位居|位列|名列|稳居|挤进|居|列|同类|排|争", before
                )
            ):
                continue
            value = number(match["v"])
            if value is None:
                continue
            unit = "位" if match["u"] in (None, "第", "强", "位次") else match["u"]
            verb = _RANK_VERBS.search(before)
            name = named_by(text, 0, verb.start() if verb else match.start(), [])
            name = re.sub(r"(?:进入|跻身|保持|位居|位列|力争|在)*(?:全[国省市区县].{0,4})?$", "", name) or name
            own = re.search(r"(?:全[国省市区县][^，。；]{0,6}?)?(?:排名|位次|名次|排位)", before)
            if not name or re.match(r"(?:在|进入|跻身|全)", name) or (own and own[0].endswith(name)):
                name = f"{named_by(previous, 0, len(previous), [])}{own[0] if own else ''}" or before
            found.append((match.start(), Indicator(name or before, op, value, unit, rule="I5")))
            used.append(match.span())
    return found
