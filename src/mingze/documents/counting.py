"""Counting: what each number of a clause promises, and which numbers promise nothing."""

from __future__ import annotations

import re
from dataclasses import replace

from mingze.documents.decomposition import Indicator
from mingze.documents.naming import MAKES, MAKES_FIRST, MAKING, named_by, object_named
from mingze.documents.numbers import Value, number
from mingze.documents.relations import AFTER, CHANGE_UNITS, FAR, NEAR, relation_to
from mingze.documents.values import COUNT_UNITS, values_of

_PRODUCED = re.compile(
    rf"(?:{MAKING})(?:好|完|成|了|出)?(?:全部|累计|共|约|不少于|至少|首批|第一批|各类|省级|市级|区级|国家级|一批|"
    rf"超|近|再|全区|全县|全市|全镇|辖区|乡镇|城区|城市|农村|城镇|老旧小区|重点|公办|的)*$"
)

_ACT_NOUN = re.compile(
    r"(?:改造|建设|整治|治理|修复|提升|溯源|排查|检测|培训|安装|绿化|硬化|清淤|拆除|更新|维修|改建|扩建|新建|铺设|"
    r"监测|整改|任务)$"
)

_FIXED_AFTER = re.compile(r"(?:以上|以下|以内|及以上|及以下|之内|范围内?|路程|车程|之间)(?=[^、，。；\s）])")

_FIXED_BEFORE = re.compile(
    r"(?:对|上述|现有|全区|全县|全市|辖区|区内|的|等|这|该|上报的|以|为|针对|围绕|聚焦|在|向|从|第|“|《|前|近|后)$"
)


def counts_of(
    text: str,
    masked: str,
    subject_end: int,
    used: list[tuple[int, int]],
    spans: list[tuple[int, int]],
    previous: str,
    measured: list[str],
) -> list[tuple[int, Indicator]]:
    values = [v for v in values_of(masked) if not any(a < v.end and v.start < b for a, b in used)]
    found: list[tuple[int, Indicator]] = []
    if not values:
        return found
    aligned = _respectively(text, masked, values, subject_end, spans, measured)
    if aligned:
        used.extend((v.start, v.end) for v in values)
        return aligned
    last_end = subject_end
    last_op: str | None = None
    for value in values:
        read = _one(text, masked, value, last_end, subject_end, last_op, spans, previous)
        if read is None:
            continue
        indicator, stop = read
        if found and _UNNAMED.fullmatch(indicator.name):
            indicator = replace(indicator, name=f"{indicator.name}{MAKES_FIRST.sub('', found[-1][1].name)}")
        last_op = indicator.op if indicator.op in ("+", "-") else None
        for each in _shared(indicator):
            found.append((value.start, each))
        used.append((value.start, value.end))
        last_end = stop
    return found


_UNNAMED = re.compile(rf"|(?:{MAKING}|竣工)")
"""改造小区12个、3200户, 开工住房500套、竣工300套: the later value counts what the first one named."""

_SHARED_RATE = re.compile(r"(?:率|比例|满意度|占比)$")


def _shared(indicator: Indicator) -> list[Indicator]:
    """办复率、满意率均达到100%: one value for several named rates."""
    parts = re.split(r"、|和|与", indicator.name)
    last = next((i for i, p in enumerate(parts) if _SHARED_RATE.search(p)), 0)
    if last and len(parts) - last > 1:
        head = indicator.name[: indicator.name.find(parts[last])]
        parts = [f"{head}{parts[last]}", *parts[last + 1 :]]
    if len(parts) > 1 and all(re.search(r"(?:率|比例|满意度|占比)$", p) and len(p) > 2 for p in parts):
        return [replace(indicator, name=p) for p in parts]
    return [indicator]


def _one(
    text: str,
    masked: str,
    value: Value,
    last_end: int,
    subject_end: int,
    last_op: str | None,
    spans: list[tuple[int, int]],
    previous: str,
) -> tuple[Indicator, int] | None:
    before, after = masked[: value.start], masked[value.end :]
    segment_start = last_end
    pause = max(masked.rfind("、", last_end, value.start), masked.rfind("，", last_end, value.start))
    if last_end > subject_end and pause >= 0:
        segment_start = pause + 1
    segment = masked[segment_start : value.start]
    if _no_value(text, value, before, after, segment):
        return None
    op, bound, width = relation_to(before, after, segment, value)
    tail = AFTER.match(after)
    stop = value.end + (tail.end() if tail else 0)
    name_end = value.start - width
    name = named_by(text, segment_start, name_end, spans)
    name = re.sub(r"[由从][\d.]+[^，。；\d]{0,6}$", "", name) or name
    rest = re.match(r"[^，。；、]*" if _DIGIT.search(masked, stop) else r"[^，。；]*", masked[stop:])
    following = text[stop : stop + (rest.end() if rest else 0)]
    if isinstance(value.value, tuple):
        return Indicator(object_named(name, following), "range", value.value, value.unit, bound, rule="I6"), stop
    if (
        re.match(
            r"回访|办结|落实|整改|覆盖|到位|完成|公开|受理|答复|见面|签订|上传|录入|入库|培训|检查|执行|达标", following
        )
        and value.unit == "%"
        and value.value == 100
    ):
        return Indicator(f"{name}{following}率", ">=", 100, "%", rule="I9"), stop + len(following)
    prefixed = bool(following) and not re.match(r"(?:的|，|。|；|、|）|（|并|且|和|及|以)", following)
    if op is None and prefixed:
        place = re.search(r"(?:^|[，。；])[^，。；]*在$", before) or before.endswith("在")
        if place:
            if not re.search(r"(?:安装|建设|设置|配备|布设|设立|投放|增设|新建|配置|开设|建成|建立|架设)", following):
                return None
            target = re.sub(
                r"(?:安装|建设|设置|配备|布设|设立|投放|增设|新建|配置|开设|建成|建立|架设)", "", following, count=1
            )
            return Indicator(target, "=", value.value, value.unit, rule="I3"), stop
        served = re.search(r"(?:^|为|给|向|帮助|支持|助力|推动|引导|组织)$", segment) and re.search(
            r"实施|提供|发放|配备|安装|开展|实现|完成|创建|建成|开工|上市|入规|升规|达标|转型|改造|签约|落实|解决|"
            r"办理|上门|纳入",
            following,
        )
        produced = (
            served
            or re.search(r"(?:^|[把将])(?:全部|全区全部)$", segment)
            or _PRODUCED.search(segment)
            or (MAKES.match(named_by(text, segment_start, value.start, spans)) and _ACT_NOUN.search(following))
            or (_FIRST_OF.search(segment) and _FINISHED.search(following))
        )
        if re.match(
            r"(?:项目|工程)(?:全部|全面|集中|陆续|顺利|尽快)?(?:开工|竣工|建成|投用|投产|完工|落地|签约)", following
        ) and segment.endswith("等"):
            produced = MAKES.match("建")
            segment = ""
        if not produced or re.search(r"(?:的|对)$", segment):
            if not (last_op == "+" and segment == "") and not re.fullmatch(r"", segment):
                return None
            if value.unit in CHANGE_UNITS:
                return None
            if not re.fullmatch(r".{0,24}", following) or segment_start == value.start == subject_end:
                return None
        if value.unit in ("吨", "千瓦", "兆瓦", "MW", "米", "分钟") and re.search(
            r"项目|工程|装置|机组|路程", following
        ):
            return None
    elif following.startswith("的") and (not name or (op is not None and MAKES.fullmatch(name))):
        name = following[1:]
    elif following.startswith("的") and value.unit == "%" and len(following) <= 12:
        name = f"{name}{following[1:]}"
    elif op is None:
        op = last_op if last_op == "+" and _continues(text, segment) else None
    over = _OVER.search(before) if value.unit == "个百分点" else None
    if over:
        name = named_by(text, segment_start, over.start(), spans) or previous
        op = "<=" if over["op"].startswith("低") else ">="
        return Indicator(name, op, value.value, value.unit, bound, over["ref"], rule="I10"), stop
    per = _PER_OF.search(before)
    if per:
        op = {"不超过": "<=", "为": "=", None: "="}.get(per["op"] or per["then"], ">=")
        value = Value(value.start, value.end, value.value, f"{value.unit}/{per['per']}", value.bound)
        name = named_by(text, segment_start, per.start(), spans)
    final = op or "="
    if (
        final == "+"
        and bound == ">="
        and re.search(r"[^，。；、\x00力争取确保要]新增", segment)
        and value.unit not in CHANGE_UNITS
    ):
        final, bound = ">=", None
    if final == "=" and re.search(r"累计", segment) and re.search(r"累计[^，。；、]*$", segment):
        final = ">="
    chosen = (
        object_named(name, following if prefixed else "")
        if value.unit not in (*CHANGE_UNITS, *COUNT_UNITS) or prefixed
        else name
    )
    if not chosen or re.fullmatch(
        r"(?:每(?:单位|部门|乡镇|镇|村|社区|街道|人|所|校|家)|面|总长|建成|安排|投入|比例|数量|总量|总额|总数|规模|全区|全年|平均|年均|每年|共|其中|全县|全市)+",
        chosen,
    ):
        chosen = previous if chosen and previous.endswith(chosen) else f"{previous}{chosen or name}"
    rule = {">=": "I1", "<=": "I2", "+": "I4", "-": "I4"}.get(final, "I3")
    chosen = re.sub(r"(?:平均|均|再|底线|完成)$", "", chosen) or chosen
    return Indicator(chosen, final, value.value, value.unit, bound, rule=rule), stop


_OVER = re.compile(r"(?P<op>高于|快于|优于|低于)(?P<ref>[^，。；、\d]{2,14})$")
"""增速高于全市平均水平2个百分点: so far from a named figure."""

_PER_OF = re.compile(
    r"(?P<op>不低于|不少于|不超过|达到|达|为|至少)?(?:按)?每(?P<per>百平方米|平方米|百户|千人|万人|亩|公里)(?P<then>不低于|不少于|不超过|达到|至少)?$"
)

_FIRST_OF = re.compile(r"(?:^|，|其中|首批|第一批|前期)$")

_FINISHED = re.compile(
    r"^[^，。；\d]{1,12}(?:\d.*前)(?:全部|全面|基本)?(?:通水|通车|完工|竣工|建成|投用|开工|达标|整改到位|完成[^，。；]{0,6}|投入使用|销号|启用)$"
)
"""其中5个小区6月底前通水: as many as are to be finished by then."""


def _continues(text: str, segment: str) -> bool:
    """In 新增A8家、B40个 the second value shares the verb: its segment has no verb of its own."""
    return not MAKES.match(segment)


_ACHIEVED = re.compile(
    r"(?:以上)?的[^，。；]{2,14}?(?:建成|达到|完成|实现|配备|纳入|创建|开展|建立|接入|参加|通上|用上|喝上|住上|接通|通达)"
)
"""90%的行政村建成绿美村庄: a share of all that is to be reached."""

_THRESHOLD = re.compile(
    r"(?:以上|以下)(?:的)?(?:[^，。；、\d]{0,6})?(?:项目|企业|产业|村|工程|农户|主体|地块|合同|贷款|订单)"
)
"""亿元以上项目40个: the sum says which projects, not how much."""

_DIGIT = re.compile(r"\d")

_POINTS = re.compile(r"(?:扣|得|加|计|减|满(?!意)|分值|最高|总|各|奖)[^，。；]{0,3}$")

_CIRCLE = re.compile(r"[^，。；、\d]{0,10}(?:圈|车程|路程|步行|可达|到达)")

_CARRIERS = "\x00全区县市，到让使确保力争"

_SHARE_OF = re.compile(r"(?:以上|以下)?的[^，。；、\d]{1,8}(?:占比|比例|比重|覆盖率)")
"""收入超过20万元的村占比达到60%: the sum says which villages."""


def _no_value(text: str, value: Value, before: str, after: str, segment: str) -> bool:
    """Numbers that promise nothing: ordinals, points, ages, thresholds, fixed sets, years, document numbers."""
    unit = value.unit
    if unit in ("元", "万元", "亩", "平方米", "吨") and _THRESHOLD.match(after):
        return True
    if unit == "%" and re.search(r"(?:覆盖|惠及|带动|预留)$", before):
        return False
    if unit in ("米", "公里") and before.endswith(("周边", "沿线", "两侧", "方圆", "半径")):
        return True
    if before.endswith("前") and unit in ("分钟", "小时", "天", "日", "个月"):
        return True
    if unit in ("分钟", "小时") and _CIRCLE.match(after):
        return True
    if unit in ("元", "人", "亩", "户", "分", "次", "件", "%") and _SHARE_OF.search(after):
        return True
    if before.endswith("第") or unit in ("周岁", "年", "级", "届", "类", "段", "链", "圈", "方"):
        return unit not in ("年",) or not re.search(r"(?:缩短|延长|压缩|不少于|不超过)(?:至|到)?$", before)
    if unit == "岁":
        return not NEAR.search(before)
    if unit == "分":
        return bool(_POINTS.search(before)) or not re.search(
            r"(?:达到?|不低于|得分|以上|提高|超过|平均分|保持在)$", before
        )
    if unit in ("日", "天", "周", "月") and before.endswith(("月", "每")):
        return True
    if unit in ("县", "社区", "镇", "村", "级") and not re.search(
        r"\d$", text[value.start : value.end].rstrip("个县社区镇村级")
    ):
        return True
    if re.search(r"(?:每|/|之)$", before) and unit in ("人", "户", "名", "个", "平方米", "公里", "亩", "次"):
        return True
    if (
        re.match(r"(?:以上|以下|以内)?的(?!$|，|；)", after)
        and not _PRODUCED.search(segment)
        and not FAR.search(segment)
        and not re.search(r"(?:覆盖|惠及|预留|带动|达到)$", before)
        and not (_ACHIEVED.search(after) and not segment.strip(_CARRIERS))
        and unit in ("%", "‰", "分", "个百分点")
    ):
        return True
    leading = not re.sub(r"^(?:要|应|须|力争|确保|争取|实现|使|让|推动|保证|\x00)+", "", segment)
    if (
        after.startswith("以上")
        and not after.startswith("以上的")
        and (
            _PRODUCED.search(segment)
            or (leading and unit not in ("平方米", "亩", "人", "元", "米", "吨", "公里", "平方公里", "千瓦"))
        )
    ):
        return False
    if unit == "%" and _ACHIEVED.match(after) and not segment.strip(_CARRIERS):
        return False
    if _FIXED_AFTER.match(after) and not re.match(r"(?:以上|以下|以内|之内)(?:$|[，。；、）])", after):
        if re.match(r"以内|之内", after) and re.search(r"控制在$|压缩至$|缩短至$", before):
            return False
        if NEAR.search(before):
            return False
        return True
    if re.search(
        r"(?:还剩|剩余|尚余|其中|惠及|涉及|全长|总投资|计划投资|投资额|投资约|受益|可容纳|占地|面积约|服务人口|辐射|"
        r"覆盖人口)[^，。；、]{0,4}$",
        before,
    ) and not re.search(r"完成投资$|固定资产投资$", before):
        return True
    if re.match(r"(?:热线|工程|行动|计划|模式|机制|战略)", after) and unit not in ("项", "个"):
        return True
    far_fixed = _FIXED_BEFORE.search(segment if segment else before[-4:])
    following = re.match(r"[^，。；、]+", after)
    if far_fixed and following and not re.match(r"以上|以内|以下|左右", after) and not NEAR.search(before):
        if (
            far_fixed[0] in ("为", "向")
            and re.search(r"实施|提供|发放|配备|安装|上门|解决|办理", following[0])
            and segment.endswith(far_fixed[0])
        ):
            return False
        if far_fixed[0] == "在" and re.search(r"安装|建设|设置|配备|布设|设立|投放|增设|配置|开设", following[0]):
            return False
        if (
            (
                far_fixed[0] == "等"
                and re.match(
                    r"(?:项目|工程)(?:全部|全面|集中|陆续|顺利|尽快)?(?:开工|竣工|建成|投用|投产|完工|落地|签约)",
                    following[0],
                )
            )
            or (
                far_fixed[0] == "等"
                and re.match(r"(?:全面|全部)?(?:完成|实施|启动)", segment)
                and re.search(r"(?:改造|整治|建设|修缮|治理|提升|更新)$", following[0])
            )
            or (
                far_fixed[0] in ("的", "等", "以", "为", "后", "近", "全区", "全县", "辖区")
                and _PRODUCED.search(segment)
            )
        ):
            return False
        return True
    return False


_LISTED = re.compile(r"(?P<n>\d+(?:\.\d+)?)(?P<u>个?)(?=[、和与及]\d)")


def _sharing(masked: str, at: int, values: list[Value]) -> list[Value]:
    """分别提高0.5和0.8个百分点, 分别不超过3个、1个工作日: the unit stands only behind the last."""
    last = values[-1]
    found = [last]
    for match in _LISTED.finditer(masked, at, last.end):
        value = number(match["n"])
        if value is not None:
            found.append(Value(match.start(), match.end(), value, last.unit, None))
    covered = {v.start for v in found}
    return sorted([*found, *(v for v in values if v.start not in covered)], key=lambda v: v.start)


def _respectively(
    text: str, masked: str, values: list[Value], subject_end: int, spans: list[tuple[int, int]], measured: list[str]
) -> list[tuple[int, Indicator]]:
    """`A、B分别达到85%、80%`: names and values aligned in order, one relation for all; without names those measured before."""
    at = masked.find("分别")
    after = [v for v in values if v.start > at]
    if at < 0 or not after:
        return []
    if after[-1].unit in ("工作日", "个百分点", "小时", "天", "日"):
        after = _sharing(masked, at, after)
    if len(after) < 2:
        return []
    head = text[subject_end:at]
    whole = named_by(text, subject_end, at, spans)
    names = [n for n in re.split(r"、|和|与|及|以及", whole) if n]
    if len(names) != len(after):
        names = [n for n in re.split(r"、", whole) if n]
    if not whole:
        thing = object_named(
            named_by(text, at + 2, after[0].start - relation_to(masked[: after[0].start], "", "", after[0])[2], spans),
            "",
        )
        if thing and thing != "分别":
            names = [thing] * len(after)
        elif len(measured) >= len(after):
            names = measured[-len(after) :]
    if len(names) != len(after):
        names = [head.strip("，、")] * len(after)
    common = ""
    first = re.match(r"(.+?)([^的]{2,10}(?:率|度|比例|数|量|面积|收入|投资|值|额))$", names[0])
    if first and len(names) > 1 and len(names[0]) > len(names[1]) + 3:
        common = names[0][: max(0, len(names[0]) - len(names[1]))]
    found: list[tuple[int, Indicator]] = []
    op, bound, _ = relation_to(
        masked[: after[0].start],
        masked[after[-1].end :] if AFTER.match(masked[after[-1].end :]) else "",
        masked[at : after[0].start],
        after[0],
    )
    for index, value in enumerate(after):
        name = (
            names[index]
            if index == 0
            else (common + names[index] if common and not names[index].startswith(common) else names[index])
        )
        if isinstance(value.value, tuple):
            found.append((value.start, Indicator(name, "range", value.value, value.unit, rule="I7")))
        else:
            whole_share = value.value == 100 and value.unit == "%" and index < len(after) - 1
            relation = "=" if whole_share and not NEAR.search(masked[: after[0].start]) else op or "="
            found.append((value.start, Indicator(name, relation, value.value, value.unit, bound, rule="I7")))
    return found
