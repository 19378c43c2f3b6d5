"""Conditions: what is promised without a number: nothing, everything, in step with another figure, doubled, or a direction."""

from __future__ import annotations

import re

from mingze.documents.decomposition import Indicator
from mingze.documents.lexicon import VERBS
from mingze.documents.naming import named_by

_ALL = re.compile(r"全覆盖|全面覆盖|应[^，。；、]尽[^，。；、]|100%|百分之百")

_ALL_VERB = re.compile(
    r"全部(?!的|工作|任务|职责|内容|责任|环节|过程|流程|门类|人口|\d|为|是|在|由)(?P<v>[^，。；、]{2,})"
)

_EVERY = re.compile(
    r"(?:所有|全体)(?P<noun>[^，。；、]{2,14}?)(?P<verb>(?:均|都|全部)?(?:开设|设立|配备|建立|实行|实现|纳入|完成|"
    r"开通|接入|安装|达标|落实|开展|配齐|设置|公开|公示|通|建成|执行|推行))"
)

_TO_EVERY = re.compile(
    r"对(?:全[区县市镇])?(?:所有|全部)(?P<noun>[^，。；、]{2,12}?)(?:再|开展|进行|逐一|逐个|全面|集中|组织|实施|彻底|深入)*"
    r"(?P<verb>排查|检查|检测|评估|鉴定|整治|清理|走访|核查|摸排|体检|复查|督查|培训)(?:一遍|一次|1次|1遍|一轮|整改)?$"
)
"""对所有在建工地再排查一遍"""

_ZERO = (
    (
        re.compile(
            r"(?P<n>[^，。；]*?)(?:实现|保持|确保|力争|做到)?(?P<zero>零(?:发生|死亡|事故|伤亡|新增|积压|差错|投诉|"
            r"逾期|失误|遗漏|反弹|复发|违规|违纪|超标|增长|拖欠|欠薪|亡人|输入|失管|漏项|死角|溺亡|火灾|超期|库存))"
        ),
        ("零", "为0"),
    ),
    (
        re.compile(
            r"(?:实现|保持|确保|力争|做到)(?P<n>[^，。；、零]{0,10}?)(?P<zero>零(?!工|售|就业|距离|散|星|门槛|跑|碎|食|基础|接触|"
            r"成本|障碍|时差|费用|等待|收费)[\u4e00-\u9fff]{2})$"
        ),
        ("零",),
    ),
    (re.compile(r"(?P<zero>(?:动态|全部|彻底|基本|全面)?(?:清零|归零))(?P<n>[^，。；]*)"), ("清零", "归零")),
    (re.compile(r"(?P<n>[^，。；]*?)(?P<zero>为零|为0)(?![\d.])"), ("零", "为0")),
    (
        re.compile(
            r"(?P<zero>不发生|^(?:年内|全年|辖区)?未发生|(?:坚决)?(?:防止|避免|防范|杜绝|严防)发生|不造成|不再发生|不得发生|不出现|杜绝发生|严防发生)(?P<n>[^，。；]{2,40})"
        ),
        ("发生", "出现", "造成", "杜绝"),
    ),
    (
        re.compile(
            r"(?P<zero>(?:坚决|有效|切实|严格|全力|严)?(?:防止|防范|避免|杜绝|"
            r"严防))(?P<n>[^，。；]{2,40}?)(?:的)?(?:在我[区县市]|在辖区)?(?:发生|出现)$"
        ),
        ("发生", "出现", "造成", "杜绝"),
    ),
    (
        re.compile(
            r"(?P<zero>(?:坚决|有效|切实|全面|彻底)?杜绝)(?P<n>[^，。；、]{2,24}?(?:事故|事件|案件|火灾|伤亡|"
            r"溺亡))(?:的)?$"
        ),
        ("发生", "出现", "造成", "杜绝"),
    ),
)

_SYNC = re.compile(r"(?P<n>[^，。；]+?)(?:与|和|同)(?P<ref>[^，。；]+?)(?P<b>基本)?(?:保持)?(?:同步)(?:增长|提高)?$")

_AGAINST = re.compile(
    r"(?P<n>[^，。；]*?(?:率|增速|增幅|水平|标准|比例|指数|浓度|能耗|收入|质量|占比))(?:要|应|均)?(?P<op>不低于|"
    r"不高于|不超过|高于|低于|优于|快于|好于|不少于|达到|超过)(?P<ref>(?:全国|全省|全市|全区|全县|省|市|国家|上年|"
    r"去年|同期|各项|经济|国际|省级|市级|省定|市定|规定|行业)[^，。；\d]*(?:水平|平均|增速|标准|目标|增长|值|以上|"
    r"要求|率|均值|线|任务|指标)[^，。；\d]*)$"
)
"""增速不低于全省平均水平: a named benchmark."""

_AGAINST_BARE = re.compile(
    r"(?:要|力争|确保)?(?P<op>不低于|不高于|高于|低于|优于|快于|好于|达到|超过)(?P<ref>(?:全国|全省|全市|全区|省|市|城镇|"
    r"经济)[^，。；\d]{0,10}(?:增速|水平|平均|平均值|均值|增幅|目标|平均数))$"
)

_MULTIPLIED = re.compile(
    r"(?:(?:比|较)(?:\x00+|\d+年|上年|去年|[^，。；\d]{2,8}))?(?:力争|基本|实现|再|将)*(?:翻(?P<n>[一两二三])?番|(?:成倍|倍)增(?:长)?)(?:以上)?$"
)
"""比2024年翻一番 doubles: plus a hundred per cent; 翻两番 quadruples."""

_FRONT = re.compile(
    r"(?:要|力争|确保|争取)?(?:继续|稳定|稳步)*(?:保持|进入|跻身|位居|居于|居|处于|走在|排在|位列|稳居|挺进|迈入)(?:在)?"
    r"(?P<ref>全[国省市区县][^，。；\d]{0,8}(?:前列|上游|中上游))$"
)
"""保持全省前列: a named place without a number."""

_COMPARES = re.compile(r"[不高低优快好超达][低高少超于到过]")

_DOUBLE = re.compile(r"(?P<n>[^，。；]{2,40}?)(?:实现|继续|保持|持续)*“?双(?P<d>下降|降|提升|升|提高|增长)”?$")

_ONLY = re.compile(r"(?P<n>[^，。；]+?)只(?P<d>[减降增])不(?:增|减|升|降)")

_RATE_NOUN = (
    r"[^，。；、]{0,24}?(?:率|满意度|知晓度|安全感|指数|比例|占比|比重|频次|经费|支出|成本|浓度|能耗|强度|发案数|"
    r"警情|事故起数|死亡人数|投诉量|时间|时长|缺口|存量|次数|数量|总量|排放量|用水量|用能|人数|起数)"
)

_DIRECTION = re.compile(
    rf"(?P<n>{_RATE_NOUN}(?:、{_RATE_NOUN})*)(?:得到|实现|要|应|继续|均|都|较上年|比上年|较去年|比去年|同比|逐年|"
    rf"稳步|持续|明显|显著|进一步|有所|有效|双|大幅|不断)*(?P<d>下降|降低|减少|上升|提高|提升|增长|回落|缩短|压降)$"
)

_DIRECTION_FIRST = re.compile(
    r"^(?:[^，。；]{0,12}?)(?P<d>提升|提高|降低|压降|压减|减少|缩短)(?P<n>(?!到|至)[^，。；、\d]{2,20}?(?:率|"
    r"满意度|知晓度))$"
)

_DIRECTED = re.compile(r"提升|提高|下降|降低|减少|上升|增长|回落|缩短|压降|压减")

_NOTHING = re.compile(r"零|为0|发生|出现|造成|杜绝")


def conditions_of(
    text: str,
    masked: str,
    subject_end: int,
    used: list[tuple[int, int]],
    numeric: bool,
    spans: list[tuple[int, int]],
    previous: str,
) -> list[tuple[int, Indicator]]:
    """Zero conditions, everything-conditions, 同步 and 只减不增."""
    found: list[tuple[int, Indicator]] = []
    body = masked[subject_end:]
    nothings = list(_ZERO[0][0].finditer(body)) if "零" in body else []
    if len(nothings) > 1:
        for match in nothings:
            name = named_by(text, subject_end + match.start("n"), subject_end + match.end("n"), spans)
            found.append((subject_end + match.start(), Indicator(name, "=", 0, None, rule="I8")))
    for pattern, needs in _ZERO if _NOTHING.search(body) and not found else ():
        match = pattern.search(body) if any(sign in body for sign in needs) else None
        if match:
            start = subject_end + match.start("n")
            name = named_by(text, start, subject_end + match.end("n"), spans)
            if not name:
                name = named_by(text, subject_end, subject_end + match.start("zero"), spans)
            found.append((subject_end + match.start(), Indicator(name, "=", 0, None, rule="I8")))
            break
    against = _AGAINST.search(body) if not numeric and _COMPARES.search(body) else None
    if against:
        op = ">=" if against["op"] in ("不低于", "高于", "优于", "快于", "好于", "不少于", "超过", "达到") else "<="
        found.append(
            (
                subject_end,
                Indicator(
                    named_by(text, subject_end, subject_end + against.end("n"), spans),
                    op,
                    None,
                    None,
                    None,
                    against["ref"],
                    rule="I10",
                ),
            )
        )
    multiplied = _MULTIPLIED.search(body) if not numeric and ("翻" in body or "倍增" in body) else None
    if multiplied:
        name = named_by(text, subject_end, subject_end + multiplied.start(), spans) or previous
        times_over = {"两": 300, "二": 300, "三": 700}.get(multiplied["n"] or "", 100)
        found.append((subject_end, Indicator(name, "+", times_over, "%", rule="I4")))
    front = _FRONT.search(body) if not numeric and ("前列" in body or "上游" in body) else None
    if front:
        name = named_by(text, subject_end, subject_end + front.start(), spans) or previous
        found.append((subject_end, Indicator(name, "rank", None, None, None, front["ref"], rule="I5")))
    bare = _AGAINST_BARE.match(body) if not numeric and not against and previous else None
    if bare:
        op = "<=" if bare["op"] in ("低于", "不高于") else ">="
        found.append((subject_end, Indicator(previous, op, None, None, None, bare["ref"], rule="I10")))
    double = _DOUBLE.search(text[subject_end:]) if "双" in text else None
    if double:
        sign = "+" if double["d"] in ("升", "提升", "提高", "增长") else "-"
        for part in re.split(r"、|和|与", named_by(text, subject_end, subject_end + double.end("n"), spans)):
            found.append((subject_end, Indicator(part, sign, None, None, rule="I11")))
    sync = _SYNC.search(body) if "同步" in body else None
    if sync:
        name = named_by(text, subject_end, subject_end + sync.end("n"), spans)
        found.append(
            (
                subject_end,
                Indicator(
                    name, "=", None, None, "~" if sync["b"] else None, re.sub(r"基本$", "", sync["ref"]), rule="I10"
                ),
            )
        )
    only = _ONLY.search(text[subject_end:]) if "只" in text else None
    if only:
        found.append(
            (
                subject_end,
                Indicator(
                    named_by(text, subject_end, subject_end + only.end("n"), spans),
                    "+" if only["d"] == "增" else "-",
                    None,
                    None,
                    rule="I11",
                ),
            )
        )
    if numeric or found:
        return found
    for match in _ALL.finditer(masked, subject_end):
        if match[0] in ("100%", "百分之百"):
            continue
        name = named_by(text, subject_end, match.start(), spans)
        if not name:
            name = previous if match[0].startswith("应") and 0 < len(previous) <= 20 else match[0]
        found.append(
            (
                match.start(),
                Indicator(f"{name}覆盖率" if "覆盖" in match[0] else f"{name}{match[0]}", ">=", 100, "%", rule="I9"),
            )
        )
        break
    if not found:
        match = _ALL_VERB.search(masked, subject_end) if "全部" in masked else None
        if match and not match["v"].startswith("\x00"):
            name = named_by(text, subject_end, match.start(), spans)
            act = re.match(r"[^，。；]*", text[match.start("v") :])
            whole = act[0] if act else ""
            verb = whole[:2] if whole[:2] in VERBS or len(whole) > 4 else ""
            thing = re.sub(r"(?:完毕|到位|完成)$", "", whole.removeprefix(verb))
            found.append(
                (match.start(), Indicator(f"{re.sub(r'^对', '', name)}{thing}{verb}率", ">=", 100, "%", rule="I9"))
            )
    if not found and ("所有" in masked or "全部" in masked):
        match = _TO_EVERY.search(masked, subject_end)
        if match:
            found.append((match.start(), Indicator(f"{match['noun']}{match['verb']}率", ">=", 100, "%", rule="I9")))
    if not found:
        match = _EVERY.search(masked, subject_end) if "所有" in masked or "全体" in masked else None
        if match:
            rest = re.match(r"[^，。；、]*", text[match.end() :])
            found.append(
                (
                    match.start(),
                    Indicator(f"{match['noun']}{rest[0] if rest else ''}{match['verb']}率", ">=", 100, "%", rule="I9"),
                )
            )
    return found


def directions_of(text: str, subject_end: int, spans: list[tuple[int, int]]) -> list[tuple[int, Indicator]]:
    """A named rate that is to rise or fall, without a number: a direction, not a target."""
    body = text[subject_end:].rstrip("。；，")
    if not _DIRECTED.search(body):
        return []
    match = _DIRECTION.search(body)
    if match:
        op = "-" if match["d"] in ("下降", "降低", "减少", "回落", "缩短", "压降") else "+"
        shared = named_by(text, subject_end, subject_end + match.end("n"), spans)
        return [
            (subject_end + match.start(), Indicator(re.sub(r"^(?:使|让)?(?:人民)?", "", n), op, None, None, rule="I11"))
            for n in shared.split("、")
            if n
        ]
    match = _DIRECTION_FIRST.search(body)
    if match:
        op = "+" if match["d"] in ("提升", "提高") else "-"
        return [(subject_end + match.start(), Indicator(match["n"], op, None, None, rule="I11"))]
    return []
