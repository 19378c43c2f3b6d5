"""Indicators: what a clause promises in numbers, ranks, zero conditions or as a direction.

Every number of a clause is looked at; those that are dates, names, fixed sets, thresholds, sizes or points are left alone.
`万` and `亿` are folded into the value. Cadence counts (每季度不少于1次) are indicators; a Chinese 一 with a measure is not.
"""

from __future__ import annotations

import re

from mingze.documents.conditions import conditions_of, directions_of
from mingze.documents.counting import counts_of
from mingze.documents.decomposition import Indicator
from mingze.documents.naming import masked_of
from mingze.documents.ranks import ranks_of

_SIZE_CLAUSE = re.compile(
    r"^(?:项目)?(?:全长|总长|总投资|总面积|占地|建筑面积|概算|惠及|涉及|覆盖人口|服务人口|可容纳|可提供|年产|"
    r"日处理|受益|受惠|辐射|估算|其中涉及)"
)

_HINT = re.compile(
    r"翻|倍增|前列|上游|[\d一二两三四五六七八九十百千半零全所只双尽]|同步|发生|出现|造成|杜绝|归零|第|提升|提高|下降|降低|减少|上升|"
    r"增长|回落|缩短|压降|压减|[低高优快好少超]于|超过|达到"
)


def indicators(
    text: str,
    spans: list[tuple[int, int]],
    subject_end: int = 0,
    previous: str = "",
    measured: list[str] | None = None,
) -> list[Indicator]:
    """The indicators of a folded clause.

    `spans` are its time expressions (never values); `subject_end` is where its predicate starts; `previous` is the clause
    before it, which names what a bare rate or rank measures; `measured` are the names of the indicators before.
    """
    if not _HINT.search(text) or _SIZE_CLAUSE.match(text[subject_end:]):
        return []
    masked = masked_of(text, spans)
    found: list[tuple[int, Indicator]] = []
    used: list[tuple[int, int]] = []
    measured = measured or []
    found += ranks_of(text, masked, used, previous)
    numeric = counts_of(text, masked, subject_end, used, spans, previous, measured)
    found += numeric
    found += conditions_of(text, masked, subject_end, used, bool(numeric), spans, previous)
    if not found:
        found += directions_of(text, subject_end, spans)
    found.sort(key=lambda f: f[0])
    unique: list[Indicator] = []
    for _, indicator in found:
        if not any(
            (i.name, i.op, i.value, i.unit) == (indicator.name, indicator.op, indicator.value, indicator.unit)
            for i in unique
        ):
            unique.append(indicator)
    return unique
