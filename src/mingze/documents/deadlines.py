"""Deadlines: calendar dates, recurring periods, periods that run from an event, and events that have no date.

The grammar finds every time expression of a clause, says what it is, and leaves to the caller which clause it governs.
A start date (自…起), a span (6月15日至30日), opening hours, and cadences inside names or slogans are not deadlines.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace

from mingze.documents.decomposition import Deadline, Relative
from mingze.documents.numbers import NUMBER, number
from mingze.documents.signs import Guarded, signature

_UNIT = {
    "分钟": "minute",
    "个小时": "hour",
    "小时": "hour",
    "个工作日": "workday",
    "工作日": "workday",
    "日": "day",
    "天": "day",
    "个自然日": "day",
    "自然日": "day",
    "周": "week",
    "个星期": "week",
    "星期": "week",
    "个月": "month",
    "月": "month",
    "年": "year",
    "个季度": "quarter",
}
_UNITS = "|".join(sorted(_UNIT, key=len, reverse=True))

_RECURRING = (
    (r"两个?月", "bimonthly"),
    (r"半个?月", "semimonthly"),
    (r"半年|学期", "halfyearly"),
    (r"(?:个)?季度?", "quarterly"),
    (r"旬|十天|10天", "tenday"),
    (r"(?:个)?月度?", "monthly"),
    (r"(?:个)?(?:星期|周)", "weekly"),
    (r"(?:个)?(?:工作日|日|天|晚)", "daily"),
    (r"年度?|学年", "yearly"),
)
_CADENCE = "|".join(f"(?P<r{i}>{p})" for i, (p, _) in enumerate(_RECURRING))

_YEAR = r"(?:(?P<year>(?:19|20)\d\d)年度?|(?P<this>今年|本年|当年)|(?P<next>明年|次年|翌年)|(?P<after>后年))"
_LEAD = r"(?:力争)?(?:到|在|于|至|截至|截止到?)?"
_CLOSE = r"(?:之前|以前|前|止|之内|以内|内)"

_PATTERNS = (
    # the whole of an interval is no deadline
    (
        "none",
        rf"(?:{_YEAR})?\d{{1,2}}月(?:\d{{1,2}}日)?(?:起)?(?:至|到|—|～)(?:次年|"
        rf"当年)?(?:\d{{1,2}}月)?(?:\d{{1,2}}日|底|末)",
    ),
    ("none", r"(?:从|自)?(?:(?:19|20)\d\d年)?\d{1,2}月(?:\d{1,2}日|份|底)?(?:起|以来|开始|以后|之后|后)"),
    (
        "none",
        rf"(?:每年|{_YEAR})?\d{{1,2}}月(?:\d{{1,2}}日)?(?:份)?(?:至|到|—|～)(?:次年|当年|翌年)?\d{{1,2}}月(?:份)?(?!底|末|\d|前|中|上|下|初|之前|以前)",
    ),
    (
        "none",
        r"(?:从|自)(?:现在|今天|今日|即日|本月|今年)起(?:，)?(?:到|至|直到)[^，。；]{2,12}?[月日底末年](?:底|末)?",
    ),
    ("none", r"(?:自|从)?(?:即日起|今日起|即日)"),
    ("none", r"(?:19|20)\d\d(?:年)?(?:—|～|至|到)(?:(?:19|20)\d\d)年(?:底)?(?:期间)?"),
    # 自印发之日起15日内, 会后5个工作日内, 接到清单后，应在10个工作日内
    (
        "relative",
        rf"(?P<origin>(?:自|从)[^，。；]{{1,24}}?之?日起)，?(?:应|要|须|必须)?(?:在|"
        rf"于)?(?P<n>{NUMBER})(?P<u>{_UNITS})(?:之内|以内|内|前)",
    ),
    (
        "relative",
        rf"(?P<origin>(?:[^，。；：、“”\d]{{1,10}}后|[^，。；：、“”]{{0,14}}?(?:接到|收到|受理|接报|发现|会|会议|事发|事故发生|立案|签收|交办|"
        rf"转办|签订|验收|申请|审批|办结|竣工|结束|公示|发布|印发|下发)"
        rf"[^，。；：“”]{{0,10}}?(?:之?后|的|起)))，?(?:应|要|须|必须|应当)?(?:在|"
        rf"于)?(?P<n>{NUMBER})(?P<u>{_UNITS})(?:之内|以内|内)",
    ),
    ("within", rf"(?:未来|今后)?(?P<n>{NUMBER})(?P<u>{_UNITS})(?:之内|以内|内)(?!容|部|外|涝|河|需|控|循|生)"),
    # every quarter's last month, on the 25th
    (
        "recurring",
        rf"每(?:{_CADENCE})(?:度)?(?:首月|末月|第[一二三]个?月|末|底|初|的)?(?:\d{{1,2}}(?:日|号)|\d{{1,2}}月(?:底|"
        rf"\d{{1,2}}日)?|[上中下]旬|月底|月末)?(?:之前|以前|前)?(?!人|户|万)",
    ),
    (
        "recurring_by",
        r"(?:按|逐)(?P<by>半年|季度|季|月度|月|旬|周|日|天|年度|年)(?!计|龄|代|薪|票|照|久|内|底|末|度|份|常|历|利|度)",
    ),
    # calendar dates
    ("day", rf"{_LEAD}(?:{_YEAR})?(?<!\d)(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})(?:日|号)(?P<close>{_CLOSE}|)"),
    ("monthend", rf"{_LEAD}(?:{_YEAR})?(?<!\d)(?P<m>\d{{1,2}})月份?(?:底|末|下旬)(?:{_CLOSE}|)"),
    ("monthmid", rf"{_LEAD}(?:{_YEAR})?(?<!\d)(?P<m>\d{{1,2}})月份?(?P<part>上旬|中旬|初|中)(?:{_CLOSE}|)"),
    ("monthbefore", rf"{_LEAD}(?:{_YEAR})?(?<!\d)(?P<m>\d{{1,2}})月份?(?:之前|以前|前)"),
    ("month", rf"{_LEAD}(?:{_YEAR})?(?<!\d)(?P<m>\d{{1,2}})月(?:份内?|内|之内)?(?!度|\d{{1,2}}[日号])"),
    ("half", rf"{_LEAD}(?:{_YEAR})?(?P<half>上半年|下半年)(?:末|底)?(?:{_CLOSE}|)"),
    ("quarter", rf"{_LEAD}(?:{_YEAR})?第?(?P<q>[一二三四1-4])季度(?:末|底)?(?:{_CLOSE}|)"),
    ("autumn", rf"{_LEAD}(?:{_YEAR})?秋季(?:学期)?(?:开学|学期)(?:之前|以前|前)"),
    ("national", rf"{_LEAD}(?:{_YEAR})?(?:国庆节?|“?十一”?(?:黄金周|假期))(?:假期)?(?:之前|以前|前)"),
    ("newyear", rf"{_LEAD}(?:{_YEAR})?元旦(?:节|假期)?(?:之前|以前|前)"),
    ("mayday", rf"{_LEAD}(?:{_YEAR})?(?:“?五一”?(?:国际)?(?:劳动节|小长假|假期|节)?|劳动节)(?:之前|以前|前)"),
    ("monthof", rf"{_LEAD}(?P<of>本月|当月|下月|下个月)(?:(?P<md>\d{{1,2}})(?:日|号)|底|末|内)(?:之前|以前|前|内)?"),
    ("summer", rf"{_LEAD}(?:{_YEAR})?(?:今年)?(?:暑假|暑期|放暑假)(?:来临|到来)?(?:之前|以前|前)"),
    ("yearend", rf"{_LEAD}(?:(?:{_YEAR})(?:年?底|年?末)|年底|年末|岁末)(?:{_CLOSE}|)"),
    ("yearin", rf"{_LEAD}(?:(?P<year>(?:19|20)\d\d)年|今年|本年度?|年)(?:之内|以内|内)"),
    ("plan", rf"{_LEAD}“?(?P<plan>十四五|十五五|十六五)”?(?:时期)?(?:期末|末|期间)"),
    ("yearto", r"(?:力争)?(?:到|至)(?P<year>(?:19|20)\d\d)年(?!度?(?:考核|工作))"),
    ("yearbare", r"(?P<year>(?:19|20)\d\d)年(?!度|版|以来|至|到|—|～|的|全国|政府|区政府|第|工作|重点|中央)(?:全年)?"),
    (
        "event",
        rf"{_LEAD}(?:月底|节|近期|主汛期|汛期|入汛|汛|入冬|入夏|采暖季|采暖期|供暖季?|春节|清明节?|"
        rf"端午节?|中秋节?|两节|“?两会”?|春耕|三夏|高考|中考|寒假|春季(?:学期)?开学|开学|节假日|全会|换届|重大活动|"
        rf"冬季|雨季|台风季|火灾高发期|春运|放假|返校|封冻|上冻|开工|施工|竣工|投用|秋收|秋种|夏收|梅雨季|开业|复工|复产)"
        rf"(?:来临|到来|开始|启动)?(?:之前|以前|前)(?!\d|期|提|后|置|述|往|夕|一|两|三)",
    ),
)
_SCANNER = tuple(
    (name, guarded.bit, guarded.pattern.finditer) for name, pattern in _PATTERNS for guarded in (Guarded(pattern),)
)
_ANY_TIME = sum({bit for _, bit, _ in _SCANNER})
"""The bits of a signature without which a passage holds no time."""
_QUOTED = re.compile(r"“[^“”]*”")
_SERVICE_TIME = re.compile(
    r"(?:(?:压缩|缩短|压减)至[\d.]+个?(?:工作日|小时|天|日|分钟|月)(?:以内|之内|内)?[、和及与]|控制在|压缩(?:至|到|为|在)|缩短(?:至|到|为)|压减(?:至|到|为)|减至|降至|降到|提速至|不超过|不得超过|不高于|"
    r"少于|低于|限定在|压降至)$"
)
_CONTINUOUS = re.compile(
    r"长期坚持|长期推进|长期|持续推进|持续开展|持续|常年|常态化(?:推进|开展)?|全年推进|全年持续|贯穿全年"
)

_RECURRING_BY = {
    "半年": "halfyearly",
    "季度": "quarterly",
    "季": "quarterly",
    "月度": "monthly",
    "月": "monthly",
    "旬": "tenday",
    "周": "weekly",
    "日": "daily",
    "天": "daily",
    "年度": "yearly",
    "年": "yearly",
}
_QUARTER_END = {"一": (3, 31), "二": (6, 30), "三": (9, 30), "四": (12, 31)}
_QUARTER_END |= dict(zip("1234", _QUARTER_END.values(), strict=True))
_FIXED = {
    "autumn": (8, 31),
    "national": (9, 30),
    "newyear": (12, 31),
    "mayday": (4, 30),
    "summer": (6, 30),
    "yearend": (12, 31),
    "yearin": (12, 31),
    "yearto": (12, 31),
    "yearbare": (12, 31),
}
_PLAN_END = {"十四五": 2025, "十五五": 2030, "十六五": 2035}
_RULE = {
    "relative": "D5",
    "within": "D5",
    "recurring": "D4",
    "recurring_by": "D4",
    "event": "D9",
    "half": "D2",
    "quarter": "D2",
    "yearend": "D2",
    "yearin": "D2",
    "yearto": "D2",
    "yearbare": "D2",
    "plan": "D2",
    "autumn": "D3",
    "national": "D3",
    "newyear": "D3",
    "mayday": "D3",
    "summer": "D3",
}


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """One time expression of a passage: where it stands (folded offsets) and the deadline it states, if it states one."""

    start: int
    end: int
    kind: str
    deadline: Deadline | None
    rule: str

    @property
    def absolute(self) -> bool:
        """A calendar date, or an event that stands for one."""
        return self.deadline is not None and (self.deadline.iso_date is not None or self.kind in ("event", "monthof"))

    @property
    def running(self) -> bool:
        """A period counted from an event."""
        return self.deadline is not None and self.deadline.relative is not None

    @property
    def cadence(self) -> bool:
        """A recurring period."""
        return self.deadline is not None and self.deadline.recurring is not None


def times(text: str, year: int | None, signed: int | None = None) -> list[TimeExpression]:
    """Every time expression of a folded passage, left to right, longest and earliest first; `signed` is its signature if known."""
    if signed is None:
        signed = signature(text)
    if not signed & _ANY_TIME:
        return []
    masked = text
    if "“" in text and "五五" not in text and "四五" not in text:
        masked = _QUOTED.sub(lambda m: "“" + "\x00" * (len(m[0]) - 2) + "”" if "五一" not in m[0] else m[0], text)
    found: list[TimeExpression] = []
    free = 0
    candidates: list[tuple[int, int, int, str, re.Match[str]]] = []
    for rank, (name, bit, matches) in enumerate(_SCANNER):
        if signed & bit:
            for match in matches(masked):
                if match.end() > match.start():
                    candidates.append((match.start(), -match.end(), rank, name, match))
    candidates.sort(key=lambda c: c[:3])
    for start, _, _, name, match in candidates:
        if start < free:
            continue
        expression = _expression(name, match, text, year)
        if expression is None:
            continue
        found.append(expression)
        free = match.end()
    return found


def _expression(name: str, match: re.Match[str], text: str, year: int | None) -> TimeExpression | None:
    start, end = match.span()
    before = text[:start]
    if name == "none":
        return TimeExpression(start, end, name, None, "D0")
    if name in ("day", "month", "monthend", "half", "quarter") and _is_past_or_start(before, text[end:], name):
        return TimeExpression(start, end, "none", None, "D0")
    if _DATED_THING.match(text[end:]):
        return TimeExpression(start, end, "none", None, "D0")
    if name == "yearbare" and not _numbered_year(before, text[end:]):
        return None
    if name in ("within", "relative"):
        return _running(name, match, text)
    if name == "recurring":
        cadence = next(_RECURRING[int(k[1:])][1] for k, v in match.groupdict().items() if k[0] == "r" and v)
        if _RATE_OF_MONEY.search(before) and re.match(r"[\d.]+万?元", text[end:]):
            return TimeExpression(start, end, "none", None, "D0")
        if text[end : end + 1] == "个" or re.match(r"[次件]\b", text[end:]):
            return None
        return TimeExpression(start, end, name, Deadline(match[0], recurring=cadence), "D4")
    if name == "recurring_by":
        return TimeExpression(start, end, name, Deadline(match[0], recurring=_RECURRING_BY[match["by"]]), "D4")
    if name == "monthof":
        return TimeExpression(start, end, name, Deadline(re.sub(r"^(?:在|于|到)", "", match[0])), "D1")
    if name == "event":
        return TimeExpression(start, end, name, Deadline(match[0].lstrip("在于到")), "D9")
    iso = _iso(name, match, year)
    if iso is None:
        return None
    written = match[0]
    if (name not in ("yearto",) and written[:1] in "在于") or written.startswith(("截至", "截止")):
        written = re.sub(r"^(?:在|于|截至|截止到?)", "", written)
    written = written.removeprefix("力争")
    if name not in ("yearto", "yearend", "monthend", "day", "quarter", "half", "plan"):
        written = written if written.startswith("到") else written.removeprefix("到")
    return TimeExpression(start, end, name, Deadline(written, iso_date=iso), _RULE.get(name, "D1"))


_RATE_OF_MONEY = re.compile(r"(?:每人|每户|每名|每床|每生|由|从|到|至|为)$")
"""提高到每人每月170元: so much a month, not something to do each month."""
_DATED_THING = re.compile(
    r"(?:以?前)?(?:已)?(?:发现|查出|反馈|交办|排查|受理|摸排|梳理|形成|产生|发生|建成|开工|认定|签订|登记|注册|出台|入库|列入|确定|下达|审批|立项|交付|"
    r"竣工|施工|结转|备案)[^，。；]{0,16}的(?!，)[^，。；]|(?:以?前)?完成的(?!，)[^，。；\d]"
)
"""2025年底前形成的欠款: a date that describes a thing, not when to act."""


def _is_past_or_start(before: str, after: str, name: str) -> bool:
    """A bare date without 前 or 底 may be a start, an origin or part of an interval rather than a limit."""
    if re.match(r"(?:起|至(?!少|多)|—|～|以来|以后|之后|后|到\d|开始|的|召开的|出台的|印发的|施行)", after):
        return True
    if name in ("half", "quarter", "month") and re.match(
        r"(?:全区|全县|全市|共|累计|以来|目标|工作|实际|完成情况|的)", after
    ):
        return True
    return bool(re.search(r"(?:比|较|与|同|自|从|去年|上年|截至目前)$", before))


def _numbered_year(before: str, after: str) -> bool:
    """`2026年新增…` is a deadline; `《2026年…》`, `较2025年` and `2026年度` are not."""
    if re.search(r"(?:比|较|与|同|自|从|以|《[^》]*|截至|于)$", before):
        return False
    return not re.match(r"(?:\d{1,2}[月—至]|\d{4}|同期|相比|基础|起|目标任务|计划)", after)


def _running(name: str, match: re.Match[str], text: str) -> TimeExpression | None:
    start, end = match.span()
    before = text[:start]
    amount = number(match["n"])
    if amount is None or (match["n"] in ("一", "百", "千") and match["u"] in ("日", "月")) or match["n"] == "":
        return None
    unit = _UNIT[match["u"]]
    if unit in ("month", "day") and match["u"] == "月" and not match["n"].isdigit():
        return None
    if name == "within":
        if match["u"] == "月" or (match["u"] == "日" and re.search(r"月$", before)):
            return None
        if _SERVICE_TIME.search(before) or re.match(r"(?:的|路程|范围|车程|服务圈|生活圈|到达圈|可达)", text[end:]):
            return None
        if unit == "quarter":
            unit, amount = "month", amount * 3
        condition = re.search(r"(?:^|[，；])(?:凡是?|对于?|如|若)?([^，；]{2,24}?)的，$", before)
        origin = condition[1] if condition else None
        written = re.sub(r"^(?:在|于)", "", match[0])
        return TimeExpression(start, end, name, Deadline(written, relative=Relative(amount, unit, origin)), "D5")
    origin = re.sub(r"^[^，。；]*?(?:要|应|须|应当)?于(?=[^，。；]{2,})", "", match["origin"].strip("，"))
    if unit == "quarter":
        unit, amount = "month", amount * 3
    source = re.sub(r"^(?:自|从)|起$", "", origin) if re.match(r"自|从", origin) else origin
    return TimeExpression(start, end, name, Deadline(match[0], relative=Relative(amount, unit, source)), "D5")


def _iso(name: str, match: re.Match[str], year: int | None) -> str | None:
    groups = match.groupdict()
    stated = groups.get("year")
    base = int(stated) if stated else year
    if base is not None and groups.get("next"):
        base += 1
    if base is not None and groups.get("after"):
        base += 2
    if name == "plan":
        return f"{_PLAN_END[match['plan']]}-12-31"
    if name in _FIXED:
        month, day = _FIXED[name]
    elif name == "half":
        month, day = (6, 30) if match["half"] == "上半年" else (12, 31)
    elif name == "quarter":
        month, day = _QUARTER_END[match["q"]]
    else:
        month = int(match["m"])
        if not 1 <= month <= 12:
            return None
        last = calendar.monthrange(base or 2025, month)[1]
        if name == "day":
            day = int(match["d"])
            if not 1 <= day <= last:
                return None
        elif name == "monthmid":
            day = 20 if match["part"] in ("中旬", "中") else 10
        elif name == "monthbefore":
            month, base = (month - 1, base) if month > 1 else (12, base - 1 if base else None)
            day = calendar.monthrange(base or 2025, month)[1]
        else:
            day = last
    return f"{base:04d}-{month:02d}-{day:02d}" if base else f"--{month:02d}-{day:02d}"


def field_deadline(text: str, year: int | None) -> Deadline | None:
    """The deadline a column, bracket or line states: its first date, cadence or period, or that the work is continuous."""
    bare = text.strip("，。；：—-/ 无")
    if not bare:
        return None
    for expression in times(text, year):
        if expression.deadline is not None:
            return expression.deadline
    bare_month = re.fullmatch(r"(?:((?:19|20)\d\d)[.年/—])?(\d{1,2})(?:月|[./—](\d{1,2}))?", bare)
    if bare_month and (bare_month[1] or bare.endswith("月")):
        month, base = int(bare_month[2]), int(bare_month[1]) if bare_month[1] else year
        if 1 <= month <= 12:
            day = int(bare_month[3]) if bare_month[3] else calendar.monthrange(base or 2025, month)[1]
            return Deadline(bare, iso_date=f"{base:04d}-{month:02d}-{day:02d}" if base else f"--{month:02d}-{day:02d}")
    stated = re.fullmatch(r"((?:19|20)\d\d)年?", bare)
    if stated:
        return Deadline(bare, iso_date=f"{stated[1]}-12-31")
    continuous = _CONTINUOUS.search(bare)
    if continuous:
        return Deadline(bare if len(bare) <= 8 else continuous[0], continuous=True)
    return None


_MONTH_OF = re.compile(r"(?P<of>本月|当月|下月|下个月)(?:(?P<d>\d{1,2})(?:日|号)|底|末|内)")


def this_month(deadline: Deadline, dated: str | None) -> Deadline:
    """本月底前 and 下月10日前 against the day the document states as its own; unchanged if it states none."""
    found = _MONTH_OF.match(deadline.text) if dated and deadline.iso_date is None else None
    if found is None or dated is None:
        return deadline
    year, month = int(dated[:4]), int(dated[5:7])
    if found["of"].startswith("下"):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    last = calendar.monthrange(year, month)[1]
    day = int(found["d"]) if found["d"] else last
    return replace(deadline, iso_date=f"{year:04d}-{month:02d}-{day:02d}") if 1 <= day <= last else deadline
