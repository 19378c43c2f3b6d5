"""Indicators: what a clause promises in numbers, ranks, zero conditions or as a direction.

Every number of a clause is looked at; those that are dates, names, fixed sets, thresholds, sizes or points are left alone.
`万` and `亿` are folded into the value. Cadence counts (每季度不少于1次) are indicators; a Chinese 一 with a measure is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from mingze.documents.decomposition import Indicator
from mingze.documents.lexicon import VERBS
from mingze.documents.numbers import ARABIC, DIGITS, NUMBER, Number, number

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

_GE = (
    r"不低于|不少于|不得低于|不得少于|不小于|达到|达|提高到|提升到|提高至|提升至|增加到|增加至|增长到|增至|上升到|"
    r"上升至|升至|扩大到|扩大至|扩至|突破|超过|超|高于|大于|多于|稳定在|稳定保持在|保持在|保持|维持在|提到|≥|＞|>|"
    r"不下于|恢复到|发展到|扩展到|稳在|守在|增加为|提升为"
)
_LE = (
    r"不超过|不得超过|不高于|不得高于|不多于|不大于|低于|少于|小于|控制在|控制到|降至|降到|降低到|降低至|下降到|"
    r"下降至|压缩至|压缩到|压缩在|压缩为|缩短至|缩短到|缩短为|压减至|压减到|压降至|减少到|减少至|减至|限定在|缩小到|缩小至|收窄到|收窄至|压到|压至|压降到|降为|减为|减到|缩至|低至|≤|＜|<"
)
_PLUS = r"新增|净增|增加|增长|提高|提升|上升|增幅|增|上浮"
_MINUS = r"下降|降低|压减|压缩|减少|缩短|精简|压降|下调|核减|递减|减|降"
_OPS = ((">=", _GE), ("<=", _LE), ("+", _PLUS), ("-", _MINUS))
_NEAR = re.compile(
    rf"(?:(?P<ge>{_GE})|(?P<le>{_LE})|(?P<plus>{_PLUS})|(?P<minus>{_MINUS}))(?:再|约|近|了|基本|大约|均|各|累计|"
    rf"人均|其)*$"
)
_FAR = re.compile(
    r"(?P<ge>至少|不少于|不低于)|(?P<le>最多|不超过)|(?P<plus>新增|净增|增加(?!值))|(?P<minus>压减|压缩|减少|精简|"
    r"核减|缩短|降低)"
)
_AMONG = re.compile(r"(?P<n>\d+(?:\.\d+)?)(?P<u>/10+万?)")
"""9/10万: so many among a hundred thousand."""
_RATIO_VALUE = re.compile(r"\d+(?:\.\d+)?[:：∶]\d+(?:\.\d+)?(?![\d:：])")
"""2.1:1"""
_AFTER = re.compile(r"(?:及|或)?(?P<b>以上|以内|以下|之内|左右|上下|之间|内)")
_CHANGE_UNITS = ("%", "个百分点", "‰")

_PRODUCE = (
    r"新建、改扩建|新建、改建|新建和改扩建|新建、续建|新建改建|新改建|新、改、扩建|新改扩建|改扩建|新建|改建|扩建|"
    r"续建|建设|建成投用|建成|建立|打造|培育|引进|引育|招引|实施|组织实施|组织|开展|举办|承办|培训|轮训|化解|创建|"
    r"创成|打通|"
    r"改造提升|提升改造|更新改造|改造|整治|治理|安装|购置|采购|配备|配置|发展|扶持|选派|招聘|招录|签约|启动|开工|"
    r"落地|清理|办理|办好|办成|解决|处置|新设|增设|设立|布设|设置|投放|投用|新投放|开放|开通|开行|"
    r"拆除|修复|修缮|完成|完工|争取|申报|获批|认定|评选|选树|命名|遴选|编制|制定|出台|发布|推出|推送|组建|成立|"
    r"建好|栽植|种植|绿化|造林|植树|盘活|消除|销号|整改|排查|检查|抽查|巡查|走访|"
    r"慰问|救助|帮扶|资助|资助|发放|投入|安排|筹集|筹措|拨付|争取|落实|减免|兑现|供应|交付|回迁|安置|分配|征收|"
    r"流转|储备|处理|查办|立案|侦办|破获|调解|接待|回访|督查|督办|推进|推动|服务|覆盖|举行|召开|上线|推广|复制|"
    r"推行|归集|开发|实现|力争|帮助|助力|支持|引导|推荐|指导|新推出|推出|新签约|吸纳|带动|转移|输送|吸引|入库|入驻|联系|包联|结对|包抓|认领|领办|加装|更换|添置|增开|评定|命名|清退|"
    r"孵化|转化|攻克|研发|申请|授权|新认定|净增|新增|维修|硬化|亮化|架设|铺设|疏浚|清淤|增殖|补种|增|建|修|改|办|"
    r"造|植|清|调|访"
)
_PRODUCED = re.compile(
    rf"(?:{_PRODUCE})(?:好|完|成|了|出)?(?:全部|累计|共|约|不少于|至少|首批|第一批|各类|省级|市级|区级|国家级|一批|"
    rf"超|近|再|全区|全县|全市|全镇|辖区|乡镇|城区|城市|农村|城镇|老旧小区|重点|公办|的)*$"
)
_PRODUCED_PREFIX = re.compile(rf"^(?:{_PRODUCE})(?:好|完|成)?(?:全部|累计|共|约|不少于|至少)*")
_BARE_UNIT = re.compile(rf"(?:{_UNITS}|%|‰)$")
_PRODUCED_FAR = re.compile(rf"(?:{_PRODUCE})")
_ACT_NOUN = re.compile(
    r"(?:改造|建设|整治|治理|修复|提升|溯源|排查|检测|培训|安装|绿化|硬化|清淤|拆除|更新|维修|改建|扩建|新建|铺设|"
    r"监测|整改|任务)$"
)
_FIXED_AFTER = re.compile(r"(?:以上|以下|以内|及以上|及以下|之内|范围内?|路程|车程|之间)(?=[^、，。；\s）])")
_FIXED_BEFORE = re.compile(
    r"(?:对|上述|现有|全区|全县|全市|辖区|区内|的|等|这|该|上报的|以|为|针对|围绕|聚焦|在|向|从|第|“|《|前|近|后)$"
)
_SIZE_CLAUSE = re.compile(
    r"^(?:项目)?(?:全长|总长|总投资|总面积|占地|建筑面积|概算|惠及|涉及|覆盖人口|服务人口|可容纳|可提供|年产|"
    r"日处理|受益|受惠|辐射|估算|其中涉及)"
)
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
_NAME_TRIM = re.compile(
    r"^(?:(?:至少|不少于|不低于|的|请|并(?!网|联)|且|再(?!生)|又|还(?!款|贷)|要(?!素|点)|应当|应(?!急|用|届|付|收)|须|必须|务必|确保|力争|争取|努力|实现|使|让|做到|做好|将|把|对|推动|保证|"
    r"全年|全区|全县|全市|今年|年度|累计|共|每人|其中|同时|首先|其次|切实|进一步|不断|持续|加快|大力|积极|稳步|"
    r"有序|全面|深入)+)"
)
_NAME_TAIL = re.compile(
    r"(?:要|应|须|必须|务必|力争|争取|确保|(?<!平)均|平均|全部|分别|稳定|基本|总体|再|约|近|累计|至少|不少于|"
    r"均为|均达|为|较上年|比上年|较去年|比去年|同比|较\d+年|比\d+年|在法定时限基础上|的)+$"
)
_CHINESE_COUNT_UNITS = ("次", "场", "轮", "期", "场次", "批次", "堂", "倍", "遍", "人次", "课时", "学时")
_QUOTED = re.compile(r"“[^“”]*”|《[^《》]*》|（[^（）]*）")
_LATIN = re.compile(
    r"[A-Za-z][A-Za-z.+]*[\d.]+(?![\d]*(?:%|以))|\d+[A-Za-z]+\d*|\d+(?:\+\d+)+(?:\+[NXn])?|\d{4,5}(?=热线|平台|"
    r"政务|便民|市民)|〔\d+〕|\d+号(?=文|令|院|线|楼|地块)|\d+\.\d+\.\d+"
)


@dataclass(frozen=True, slots=True)
class _Value:
    start: int
    end: int
    value: Number | str | tuple[Number, Number]
    unit: str | None
    bound: str | None
    op: str | None = None


_FRACTION = re.compile(r"([一二三四五六七八九十]+)分之([一二三四五六七八九十]+)")


def _measure(text: str) -> tuple[Number | str, str | None] | None:
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


_HINT = re.compile(
    r"翻|倍增|前列|上游|[\d一二两三四五六七八九十百千半零全所只双尽]|同步|发生|出现|造成|杜绝|归零|第|提升|提高|下降|降低|减少|上升|"
    r"增长|回落|缩短|压降|压减|[低高优快好少超]于|超过|达到"
)
_NOTHING = re.compile(r"零|为0|发生|出现|造成|杜绝")
_COUNTS = re.compile(r"[\d二两三四五六七八九十百千半]|一(?:成|个百分点|%|‰)")
"""A numeral that can be a value: 一次 and 统一 hold none."""


_TO = re.compile(r"[—\-～至到]")
_RATIO = re.compile(r"[比值数分]")


def _values(masked: str) -> list[_Value]:
    """Every number with a measure, ranges first; Chinese numerals only where they can be counts."""
    if not _COUNTS.search(masked):
        return []
    found: list[_Value] = []
    taken: list[tuple[int, int]] = []
    for match in _RATIO_VALUE.finditer(masked) if "比" in masked else ():
        found.append(_Value(match.start(), match.end(), match[0].replace("：", ":").replace("∶", ":"), None, None))
        taken.append(match.span())
    for match in _AMONG.finditer(masked) if "/1" in masked else ():
        value = number(match["n"])
        if value is not None:
            found.append(_Value(match.start(), match.end(), value, match["u"], None))
            taken.append(match.span())
    for match in _RANGE.finditer(masked) if _TO.search(masked) else ():
        low = number(_BARE_UNIT.sub("", match["lo"] + match["lu"]))
        high = _measure(match["hi"])
        if low is None or high is None or not isinstance(high[0], int | float):
            continue
        if match["lo"][0] not in "0123456789" and match["hi"][0] in "0123456789":
            continue
        if "万" in match["hi"] and "万" not in match["lu"] and isinstance(low, int | float):
            low = low * 10000
        found.append(_Value(match.start(), match.end(), (low, high[0]), high[1], None))
        taken.append(match.span())
    for match in _TOKEN.finditer(masked):
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        written = match[0]
        measured = _measure(written)
        if measured is None:
            continue
        value, unit = measured
        arabic = written[0].isdigit() and written[0].isascii()
        if not arabic and not _countable(written, unit, masked[: match.start()], masked[match.end() :]):
            continue
        found.append(_Value(match.start(), match.end(), value, unit, None))
    for match in _BARE_NUMBER.finditer(masked) if _RATIO.search(masked) else ():
        if not any(v.start < match.end("n") and match.start("n") < v.end for v in found):
            value = number(match["n"])
            if value is not None:
                found.append(_Value(match.start("n"), match.end("n"), value, None, None))
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
        return bool(_NEAR.search(before)) or after.startswith(("以内", "之内"))
    if written[0] in "一" and (len(written) < 2 or written[1] not in "十百千万"):
        return False
    if written[0] not in DIGITS and written[0] not in "十百千":
        return False
    if unit == "倍":
        return True
    strong = before.endswith(_STRONG)
    return strong or (unit in _CHINESE_COUNT_UNITS and bool(_COUNTED.search(before[-8:])))


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
    masked = _mask(text, spans)
    found: list[tuple[int, Indicator]] = []
    used: list[tuple[int, int]] = []
    measured = measured or []
    found += _ranks(text, masked, used, previous)
    numeric = _numeric(text, masked, subject_end, used, spans, previous, measured)
    found += numeric
    found += _conditions(text, masked, subject_end, used, bool(numeric), spans, previous)
    if not found:
        found += _directions(text, subject_end, spans)
    found.sort(key=lambda f: f[0])
    unique: list[Indicator] = []
    for _, indicator in found:
        if not any(
            (i.name, i.op, i.value, i.unit) == (indicator.name, indicator.op, indicator.value, indicator.unit)
            for i in unique
        ):
            unique.append(indicator)
    return unique


_MASKABLE = re.compile(r"[“《（A-Za-z〔]|\d[热平政便市号+.]|\d{4}")


def _mask(text: str, spans: list[tuple[int, int]]) -> str:
    if not spans and not _MASKABLE.search(text):
        return text
    masked = list(text)
    for start, end in spans:
        masked[start:end] = "\x00" * (end - start)
    for pattern in (_QUOTED, _LATIN):
        for match in pattern.finditer(text):
            masked[match.start() : match.end()] = "\x00" * (match.end() - match.start())
    return "".join(masked)


def _name(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
    kept = text[start:end]
    for a, b in sorted(spans, reverse=True):
        if a < end and b > start:
            kept = kept[: max(0, a - start)] + kept[max(0, b - start) :]
    kept = kept.strip("，、；：。 ")
    for _ in range(3):
        kept = _NAME_TRIM.sub("", kept)
        kept = _NAME_TAIL.sub("", kept)
        kept = kept.strip("，、；：。 和与及")
    return kept


def _ranks(text: str, masked: str, used: list[tuple[int, int]], previous: str) -> list[tuple[int, Indicator]]:
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
            name = _name(text, 0, verb.start() if verb else match.start(), [])
            name = re.sub(r"(?:进入|跻身|保持|位居|位列|力争|在)*(?:全[国省市区县].{0,4})?$", "", name) or name
            own = re.search(r"(?:全[国省市区县][^，。；]{0,6}?)?(?:排名|位次|名次|排位)", before)
            if not name or re.match(r"(?:在|进入|跻身|全)", name) or (own and own[0].endswith(name)):
                name = f"{_name(previous, 0, len(previous), [])}{own[0] if own else ''}" or before
            found.append((match.start(), Indicator(name or before, op, value, unit, rule="I5")))
            used.append(match.span())
    return found


def _numeric(
    text: str,
    masked: str,
    subject_end: int,
    used: list[tuple[int, int]],
    spans: list[tuple[int, int]],
    previous: str,
    measured: list[str],
) -> list[tuple[int, Indicator]]:
    values = [v for v in _values(masked) if not any(a < v.end and v.start < b for a, b in used)]
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
            indicator = replace(indicator, name=f"{indicator.name}{_PRODUCED_PREFIX.sub('', found[-1][1].name)}")
        last_op = indicator.op if indicator.op in ("+", "-") else None
        for each in _shared(indicator):
            found.append((value.start, each))
        used.append((value.start, value.end))
        last_end = stop
    return found


_UNNAMED = re.compile(rf"|(?:{_PRODUCE}|竣工)")
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


_MOVED = re.compile(r"(?:增长|上升|提高|提升|下降|降低|压减|减少|压降)$")
"""增长不低于10%: the floor is of the growth, not of the figure."""
_OF_BASE = re.compile(r"(?:(?P<le>不超过|不高于|控制在)|不少于|不低于|达到|超过|占)[^，。；、\d]{2,14}的$")
"""检查面不少于在建项目总数的三分之二"""


def _operator(before: str, after: str, segment: str, value: _Value) -> tuple[str | None, str | None, int]:
    """The relation, the bound and how many characters before the number belong to the relation."""
    near = _NEAR.search(before)
    bound = _AFTER.match(after)
    word = bound["b"] if bound else ""
    approximate = "~" if word in ("左右", "上下") or re.search(r"(?:约|近|基本|大约)$", before) else None
    op: str | None = None
    width = 0
    if near:
        op = next(o for o, g in ((">=", "ge"), ("<=", "le"), ("+", "plus"), ("-", "minus")) if near[g])
        width = len(before) - near.start()
        moved = _MOVED.search(before[: near.start()]) if op in (">=", "<=") and value.unit in _CHANGE_UNITS else None
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
        far = list(_FAR.finditer(segment))
        if far:
            last = far[-1]
            if last["ge"]:
                op = ">="
            elif last["le"]:
                op = "<="
            elif last["plus"]:
                op = "+"
            elif (last["minus"] and value.unit in (*_CHANGE_UNITS, "倍")) or (last["minus"] and last.start() < 3):
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


def _one(
    text: str,
    masked: str,
    value: _Value,
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
    op, bound, width = _operator(before, after, segment, value)
    tail = _AFTER.match(after)
    stop = value.end + (tail.end() if tail else 0)
    name_end = value.start - width
    name = _name(text, segment_start, name_end, spans)
    name = re.sub(r"[由从][\d.]+[^，。；\d]{0,6}$", "", name) or name
    rest = re.match(r"[^，。；、]*" if _DIGIT.search(masked, stop) else r"[^，。；]*", masked[stop:])
    following = text[stop : stop + (rest.end() if rest else 0)]
    if isinstance(value.value, tuple):
        return Indicator(_object_name(name, following), "range", value.value, value.unit, bound, rule="I6"), stop
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
            or (_PRODUCED_FAR.match(_name(text, segment_start, value.start, spans)) and _ACT_NOUN.search(following))
            or (_FIRST_OF.search(segment) and _FINISHED.search(following))
        )
        if re.match(
            r"(?:项目|工程)(?:全部|全面|集中|陆续|顺利|尽快)?(?:开工|竣工|建成|投用|投产|完工|落地|签约)", following
        ) and segment.endswith("等"):
            produced = _PRODUCED_FAR.match("建")
            segment = ""
        if not produced or re.search(r"(?:的|对)$", segment):
            if not (last_op == "+" and segment == "") and not re.fullmatch(r"", segment):
                return None
            if value.unit in _CHANGE_UNITS:
                return None
            if not re.fullmatch(r".{0,24}", following) or segment_start == value.start == subject_end:
                return None
        if value.unit in ("吨", "千瓦", "兆瓦", "MW", "米", "分钟") and re.search(
            r"项目|工程|装置|机组|路程", following
        ):
            return None
    elif following.startswith("的") and (not name or (op is not None and _PRODUCED_FAR.fullmatch(name))):
        name = following[1:]
    elif following.startswith("的") and value.unit == "%" and len(following) <= 12:
        name = f"{name}{following[1:]}"
    elif op is None:
        op = last_op if last_op == "+" and _continues(text, segment) else None
    over = _OVER.search(before) if value.unit == "个百分点" else None
    if over:
        name = _name(text, segment_start, over.start(), spans) or previous
        op = "<=" if over["op"].startswith("低") else ">="
        return Indicator(name, op, value.value, value.unit, bound, over["ref"], rule="I10"), stop
    per = _PER_OF.search(before)
    if per:
        op = {"不超过": "<=", "为": "=", None: "="}.get(per["op"] or per["then"], ">=")
        value = _Value(value.start, value.end, value.value, f"{value.unit}/{per['per']}", value.bound)
        name = _name(text, segment_start, per.start(), spans)
    final = op or "="
    if (
        final == "+"
        and bound == ">="
        and re.search(r"[^，。；、\x00力争取确保要]新增", segment)
        and value.unit not in _CHANGE_UNITS
    ):
        final, bound = ">=", None
    if final == "=" and re.search(r"累计", segment) and re.search(r"累计[^，。；、]*$", segment):
        final = ">="
    chosen = (
        _object_name(name, following if prefixed else "")
        if value.unit not in (*_CHANGE_UNITS, *_CHINESE_COUNT_UNITS) or prefixed
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
    return not _PRODUCED_FAR.match(segment)


def _object_name(name: str, following: str) -> str:
    stripped = _PRODUCED_PREFIX.sub("", name)
    if following:
        after = re.sub(r"^(?:的|余)", "", following)
        return (
            after
            if not stripped or (stripped == name and _PRODUCED_FAR.match(name))
            else f"{stripped}{after}"
            if len(stripped) < 14
            else after
        )
    return stripped or name


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


def _no_value(text: str, value: _Value, before: str, after: str, segment: str) -> bool:
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
        return not _NEAR.search(before)
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
        and not _FAR.search(segment)
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
        if _NEAR.search(before):
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
    if far_fixed and following and not re.match(r"以上|以内|以下|左右", after) and not _NEAR.search(before):
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


def _sharing(masked: str, at: int, values: list[_Value]) -> list[_Value]:
    """分别提高0.5和0.8个百分点, 分别不超过3个、1个工作日: the unit stands only behind the last."""
    last = values[-1]
    found = [last]
    for match in _LISTED.finditer(masked, at, last.end):
        value = number(match["n"])
        if value is not None:
            found.append(_Value(match.start(), match.end(), value, last.unit, None))
    covered = {v.start for v in found}
    return sorted([*found, *(v for v in values if v.start not in covered)], key=lambda v: v.start)


def _respectively(
    text: str, masked: str, values: list[_Value], subject_end: int, spans: list[tuple[int, int]], measured: list[str]
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
    whole = _name(text, subject_end, at, spans)
    names = [n for n in re.split(r"、|和|与|及|以及", whole) if n]
    if len(names) != len(after):
        names = [n for n in re.split(r"、", whole) if n]
    if not whole:
        thing = _object_name(
            _name(text, at + 2, after[0].start - _operator(masked[: after[0].start], "", "", after[0])[2], spans), ""
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
    op, bound, _ = _operator(
        masked[: after[0].start],
        masked[after[-1].end :] if _AFTER.match(masked[after[-1].end :]) else "",
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
            relation = "=" if whole_share and not _NEAR.search(masked[: after[0].start]) else op or "="
            found.append((value.start, Indicator(name, relation, value.value, value.unit, bound, rule="I7")))
    return found


def _conditions(
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
            name = _name(text, subject_end + match.start("n"), subject_end + match.end("n"), spans)
            found.append((subject_end + match.start(), Indicator(name, "=", 0, None, rule="I8")))
    for pattern, needs in _ZERO if _NOTHING.search(body) and not found else ():
        match = pattern.search(body) if any(sign in body for sign in needs) else None
        if match:
            start = subject_end + match.start("n")
            name = _name(text, start, subject_end + match.end("n"), spans)
            if not name:
                name = _name(text, subject_end, subject_end + match.start("zero"), spans)
            found.append((subject_end + match.start(), Indicator(name, "=", 0, None, rule="I8")))
            break
    against = _AGAINST.search(body) if not numeric and _COMPARES.search(body) else None
    if against:
        op = ">=" if against["op"] in ("不低于", "高于", "优于", "快于", "好于", "不少于", "超过", "达到") else "<="
        found.append(
            (
                subject_end,
                Indicator(
                    _name(text, subject_end, subject_end + against.end("n"), spans),
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
        name = _name(text, subject_end, subject_end + multiplied.start(), spans) or previous
        times_over = {"两": 300, "二": 300, "三": 700}.get(multiplied["n"] or "", 100)
        found.append((subject_end, Indicator(name, "+", times_over, "%", rule="I4")))
    front = _FRONT.search(body) if not numeric and ("前列" in body or "上游" in body) else None
    if front:
        name = _name(text, subject_end, subject_end + front.start(), spans) or previous
        found.append((subject_end, Indicator(name, "rank", None, None, None, front["ref"], rule="I5")))
    bare = _AGAINST_BARE.match(body) if not numeric and not against and previous else None
    if bare:
        op = "<=" if bare["op"] in ("低于", "不高于") else ">="
        found.append((subject_end, Indicator(previous, op, None, None, None, bare["ref"], rule="I10")))
    double = _DOUBLE.search(text[subject_end:]) if "双" in text else None
    if double:
        sign = "+" if double["d"] in ("升", "提升", "提高", "增长") else "-"
        for part in re.split(r"、|和|与", _name(text, subject_end, subject_end + double.end("n"), spans)):
            found.append((subject_end, Indicator(part, sign, None, None, rule="I11")))
    sync = _SYNC.search(body) if "同步" in body else None
    if sync:
        name = _name(text, subject_end, subject_end + sync.end("n"), spans)
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
                    _name(text, subject_end, subject_end + only.end("n"), spans),
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
        name = _name(text, subject_end, match.start(), spans)
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
            name = _name(text, subject_end, match.start(), spans)
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


def _directions(text: str, subject_end: int, spans: list[tuple[int, int]]) -> list[tuple[int, Indicator]]:
    """A named rate that is to rise or fall, without a number: a direction, not a target."""
    body = text[subject_end:].rstrip("。；，")
    if not _DIRECTED.search(body):
        return []
    match = _DIRECTION.search(body)
    if match:
        op = "-" if match["d"] in ("下降", "降低", "减少", "回落", "缩短", "压降") else "+"
        shared = _name(text, subject_end, subject_end + match.end("n"), spans)
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
