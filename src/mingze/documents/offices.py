"""Offices as documents name them: the subject of a clause, a responsibility bracket, a line, a table cell.

Surface names only: nothing is expanded, abbreviated or looked up. A name is recognised by how it begins (各, 区, 县, 有关 …) and
how it ends (局, 委, 街道, 负责同志 …), because no list knows the offices of the next district.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from mingze.documents.lexicon import VERBS, verb_first
from mingze.documents.signs import ANY, Guarded

_SUFFIX = (
    r"人民政府|政府办公室|办公室|委办|政府办|政府|办事处|街道办|街道|党工委|管委会|党委|党组|党组织|党支部|党总支|"
    r"基层党组织|党办"
    r"|委员会|领导小组|工作组|小组|专班|指挥部|联席会议|常委会|常务会议|协会|商会|联合会|工商联|总工会|工会|妇联|"
    r"团委|团区委|团县委|残联|科协|文联|侨联|红十字会"
    r"|分局|监管局|管理局|局机关|局|发改委|卫健委|纪委监委|纪委|监委|委|检察院|法院|人民法院|人民检察院|研究院|"
    r"卫生院|学院|医院|院"
    r"|总队|支队|大队|中队|消防队|执法队|队|督查室|研究室|室|中心|平台公司|公司|集团|支行|分行|银行|电信|移动|联通|"
    r"供电所|派出所|司法所|卫生所|所|馆|供销社|合作社|总站|站|处|科|股"
    r"|统战部|组织部|宣传部|武装部|政法委|编办|信访办|党校|部门|单位|机关|部|办|乡镇办|乡镇|镇街|镇乡|街镇|镇|乡|"
    r"开发区|园区|产业园|高新区|经开区"
    r"|县市区|市县区|县区|区县|社区|村居|行政村|村"
)
_POST = (
    r"主要负责同志|主要负责人|分管负责同志|分管负责人|负责同志|负责人|主要领导|分管领导|班子成员|领导班子|领导干部|"
    r"党员干部|责任人|所长|书记|领导|局长|主任|镇长|乡长|区长|县长|校长|院长|站长|河长|湖长|林长|田长|路长|段长|"
    r"街长|楼长|"
    r"网格长|网格员|护林员|护路员|调解员|安全员|信息员|监督员|管理员|巡查员|保洁员|宣传员|村医|乡村医生|民警|首席数据官|数据官|第一书记|联络员|专员|督学|法治副校长|班主任|驻村干部|干部"
)
_WHOLE = (
    r"各级各部门|各级各单位|各地各部门|各地各单位|各镇街|各镇办|各乡镇办|各地|各级|各方面|各相关方|各条线|有关方面|"
    r"督查组|检查组|巡查组|考核组|分管[^，。；、要]{1,8}的(?:同志|领导|负责人|负责同志)|"
    r"(?:(?:区|县|镇|乡|乡镇|街道)、)+(?:村|社区|村（社区）)(?:两级)?干部|"
    r"双方|镇村两级|区镇两级|区、镇、村三级|区乡两级|相关责任方|大家"
)
_INSTITUTION = (
    r"学校|幼儿园|中小学校?|医疗机构|养老机构|企业|施工单位|建设单位|监理单位|物业企业|物业服务企业|高校|院校|"
    r"银行机构|金融机构|窗口|食堂|家长|媒体"
)
_PREFIX = (
    r"全区各?|全县各?|全市各?|全镇各?|全系统各?|区直|县直|市直|省直|区级|县级|市级|区委|县委|市委|省委|区政府|"
    r"县政府|市政府|区|县|市|省|镇|乡|团区|团县"
    r"|各级|各有关|各相关|各牵头|各责任|各配合|各参与|各|有关|相关|其他|其它|其余|以上|上述|牵头|主责|责任|承办|"
    r"主办|协办|配合|参与|成员|主管|主要|分管|"
    r"被通报|被督查|被检查|被考核|被约谈|属地|驻区|驻县|辖区|行业主管|业务|职能|本|乡镇|街道|村|社区|双拥|国家税务|国网|中国|人民|公安|司法|消防|政法|"
    r"统战|组织|宣传|纪检监察|党委|党组|党政|行政执法|执法|监管|信访|财政|教育|民政|人社|住建|农业农村|应急|审批|"
    r"政务服务"
)
_BODY = r"(?:应急|[^，。；：！？、“”《》（）的了是要应须将需把对在于每按请从由并\d\s])"
_QUALIFIER = r"（[^（）；：]{1,12}）"
_NAME = (
    rf"(?:{_WHOLE}"
    rf"|(?:{_PREFIX})(?:{_BODY}|"
    rf"{_QUALIFIER}){{0,14}}?(?:{_SUFFIX})(?:{_QUALIFIER})?(?:{_BODY}{{0,4}}?(?:{_POST}))?(?:成员单位)?"
    rf"|{_BODY}{{1,8}}?(?:镇|乡|街道|街道办事处|局|分局|馆|大队|支队|中心|委员会|管委会|公司|集团|领导小组|专班|"
    rf"指挥部|部门|机关|督查室|检察院|法院|司法所|派出所|开发区|"
    rf"管理处)(?:{_QUALIFIER})?(?:{_BODY}{{0,4}}?(?:{_POST}))?"
    rf"|(?:{_PREFIX})?{_BODY}{{0,8}}?(?:{_QUALIFIER})?(?:{_POST})"
    rf"|(?:各|全区|全县|全市|所有)?(?:{_INSTITUTION}))"
)
NAME = re.compile(_NAME)
_ONE_POST = re.compile(r"(?:(?:区|县|镇|乡|乡镇|街道)、)+(?:村|社区|村（社区）)(?:两级)?干部")
"""镇、村干部: one kind of post at several levels stays one name."""
_CUT = re.compile(r"[（）]|、|，|以及|与|及|和|\s+|/|；")
_ENDS = re.compile(rf"(?:{_SUFFIX}|{_POST}|{_WHOLE}|{_INSTITUTION}|单位|（[^）]*）)$")

_MODAL = r"(?:都|也|还|均)(?:要|应|须|必须)|要|应当|应该|应|须|必须|务必|务须|需要|需|将|一律|不得|严禁|不能|可以|可|均"
_AFTER = (
    r"下月|下个月|本月|当月|次月|就(?!业|近|地|医|学|餐|诊|职)|跟踪|购置|采购|从|商(?=[区县市镇各省]|属地|有关|相关)|会同|牵头|负责|配合|联合|限(?=\d|期|于)|会后|对|把|将|于|在|每(?!个|名|户|家|一)|按|至少|及时|认真|切实|严格|结合|根据|依据|围绕|"
    r"通过|统筹|积极|主动|全面|加强|加快|强化|制定|组织|开展|建立|完善|"
    r"定期|报送|报|上报|接到|收到|提供|落实|做好|抓好|推进|推动|实行|实施|跟进|抓紧|立即|不定期|作出|向|为|年底|"
    r"年内|\d|全部|逐|采取|完成|出台|印发|编制|公布|公开|"
    r"召开|设立|成立|督促|指导|监督|履行|承担|依法|依托|从严|分别|共同|同步|带头|亲自|协同|协助|提出|拿出|安排|"
    r"排查|整改|研究|汇总|梳理|细化|明确|督导|调度|通报|同志|持续|深入|新增|新建|改造|建成|投入|确保|参加|参与|"
    r"包联|包保|挂钩|带队|挂牌|牵线|是(?=[^，。；]*(?:责任人|责任主体|主责|第一责任))|督查(?!室|组|办)|调查(?!队|"
    r"组)|起草|收集|建好|管好|守住|盯紧|紧盯|压紧|扛起|担负|肩负|办好|筑牢|帮助|服务|宣传|教育|引领|动员|发动|给予|"
    r"具体|继续|坚持|实现|自|当|凡|引导|健全|优化|推行|探索|打造|到|用|利用|以|聚焦|针对|紧盯|压实|严肃|支持|增强|"
    r"提升|提高|发挥|履职|拨付|受理|办理|处置|核查|回访|检查|巡查|走访|上门|进驻|派驻|派|入驻"
)
_HEAD = re.compile(
    rf"(?P<names>(?:{_NAME})(?:(?:、|和|与|及|以及|，(?=(?:各|区|县|市|镇|有关)))(?:{_NAME}|社区|村（社区）|街道|"
    rf"乡镇|村居|企业|学校))*)(?:等(?:有关|"
    rf"相关)?(?:部门|单位)?)?"
)
_MODAL_RE = re.compile(rf"(?:{_MODAL})")
_AFTER_RE = re.compile(rf"(?:{_AFTER})")
_NOT_A_SUBJECT = re.compile(
    r"(?:每|同一|任何|任一|单个|所有|全部|该|这|那|某|一些|有的|个别|部分|全社会|凡|如|若|对|把|将|在|以|为|与|和|"
    r"按|从|由|向|使|让|实现|确保|推动|推进|加强|加快|完善|开展|建立|支持|鼓励|引导|督促|组织|指导|压实|落实|强化|"
    r"健全|深化|提升|优化|打造|建设|新建|改造|培育|坚持|充分|积极|大力|持续|深入|全面|严格|配备|设立|成立|召开|"
    r"新增|完成|力争|争取|做到|做好|抓好|通过|依托|围绕|聚焦|统筹|发挥|规范|整治|查处|打击|严禁|不得|切实|着力|"
    r"扎实|稳步|有序|探索|推行|实施|利用|采取|根据|结合|不断|进一步|努力|始终|牢固|自觉|主动|善于|科学|广泛|认真|"
    r"同步|重点)"
)
_NO_OFFICE = frozenset(
    (
        "城镇",
        "集镇",
        "村镇",
        "市镇",
        "小城镇",
        "全社会",
        "各镇村",
        "重点镇",
        "机关",
        "社区",
        "城市社区",
        "农村社区",
        "部门",
        "单位",
        "工作组",
        "公办幼儿园",
        "社会",
    )
)
_OFFICE_TAIL = re.compile(
    r"^(?:总|分|主管|执法|职能|工作)?(?:组(?!织|建)|部|局|委|办|院|中心|机关|单位|窗口|队|大队|支队|所|站|处|科|室)"
)
_WEAK = re.compile(
    rf"(?:各|全区|全县|全市|所有)?(?:{_INSTITUTION})|.{{0,6}}(?:村|社区|站|所|处|室|部|队|会|科|院|企业)"
)
_POST_END = re.compile(rf"(?:{_POST})$")
_SUBJECT_BLOCKERS = re.compile(r"工作$|建设$|改革$|服务$|管理$|机制$")

_LABEL = re.compile(
    r"(?P<lead>牵头(?:责任)?(?:单位|部门|科室|处室|领导单位)?|主责(?:单位|部门)|主办(?:单位|部门)|承办(?:单位|"
    r"部门)|第一责任单位|主要责任单位|负责单位|组织单位)"
    r"|(?P<list>责任(?:单位|部门|主体|科室|处室)|落实(?:单位|部门)|实施(?:单位|主体)|责任分工|单位|职责分工)"
    r"|(?P<support>(?:配合|协办|参与|参加|协同|协作|协助|参建)(?:责任)?(?:单位|部门)?)"
    r"|(?P<time>(?:完成|办理|办结|时间|推进|整改|工作|落实)?(?:时限|时间|期限|节点|进度)(?:要求|安排|节点)?)"
    r"|(?P<other>(?:分管|牵头|责任|包保|包联|挂牌|挂钩|联系|督办)(?:区)?领导|责任人|联系人|联系电话|数据来源|"
    r"考核单位|备注|分值|资金来源|项目类别)"
)
_LABEL_AT = re.compile(rf"(?:{_LABEL.pattern})：")
_ROLE_AFTER = re.compile(
    r"(?P<names>[^，；。]*?)(?P<role>牵头(?:负责|组织|抓总|实施|落实|推进|办理|会同)?|主办|主责|(?:按|根据|"
    r"依据)?(?:照)?(?:各自)?(?:职责|职能)(?:分工)?(?:分别)?(?:抓好)?(?:负责|落实)|分别负责|负责(?:落实|实施|组织)?|"
    r"具体落实|落实|承办|组织实施|实施|(?:共同)?配合(?:落实)?|参与|参加|协同|协助|协办|跟进|会同)$"
)
_SUPPORT_ROLES = ("配合", "共同配合", "参与", "参加", "协同", "协助", "协办", "跟进")


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who leads and who supports, and until when if the same words say so (folded text of the time field)."""

    lead: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    time: str = ""

    def __bool__(self) -> bool:
        return bool(self.lead or self.supporting or self.time)


_TRAILING = "。；，、： \t\r\n\u3000"
_PENDING = re.compile(r"(?:等)?(?:有关|相关)?(?:部门|单位)?(?:（待定）)$")
_NONE = re.compile(r"[—\-/无－\s]*|待定|（待定）|待明确|另行通知")
_NO_NAME = re.compile(r"[—\-－/无]+|待定|（待定）|等")
_NOBODY = ("", *"—-/无－待（另等 ")
_BEFORE_NAME = tuple("由请及和与")
_AND_OTHERS = re.compile(r"等(?:有关|相关)?(?:部门|单位|地|乡镇)?$")


@lru_cache(maxsize=2048)
def names(text: str) -> tuple[str, ...]:
    """The offices of a list, in order. 和, 及 and 与 split only between two names; an empty or pending field names none."""
    bare = text.strip().rstrip(_TRAILING)
    if "待" in bare:
        bare = _PENDING.sub("", bare)
    if bare[:1] in _NOBODY and _NONE.fullmatch(bare):
        return ()
    if bare.endswith("干部") and _ONE_POST.fullmatch(bare):
        return (bare,)
    parts: list[str] = []
    depth = 0
    start = index = 0
    while found := _CUT.search(bare, index):
        index = found.start() + 1
        if found[0] == "（":
            depth += 1
        elif found[0] == "）":
            depth = max(0, depth - 1)
        elif depth == 0:
            joined = found[0] in ("与", "及", "和", "以及")
            if not joined or (_ENDS.search(bare[start : found.start()]) and _looks_like_name(bare[found.end() :])):
                parts.append(bare[start : found.start()])
                start = index = found.end()
    parts.append(bare[start:])
    cleaned: list[str] = []
    for part in parts:
        name = part[1:] if part[:1] in _BEFORE_NAME else part
        if "等" in name:
            name = _AND_OTHERS.sub("", name)
        name = name.strip("：、，；。 ")
        if name and len(name) <= 30 and not (name[0] in _NOBODY and _NO_NAME.fullmatch(name)):
            cleaned.append(name)
    return tuple(dict.fromkeys(cleaned))


def _looks_like_name(text: str) -> bool:
    head = re.split(r"[、，；和与及]", text, maxsplit=1)[0]
    return bool(_ENDS.search(re.sub(r"等$", "", head))) and len(head) >= 2


def assignment(text: str) -> Assignment | None:
    """What a responsibility bracket, line or phrase says; `None` if the words are no assignment.

    Labels (牵头单位：…；责任单位：…) and roles after the names (…牵头，…配合) are read alike; after a 牵头 the 责任单位 support.
    """
    body = text.strip("（）。； ")
    if body.count("（") > body.count("）") and text.rstrip("。； ").endswith("）"):
        body += "）"
    labels = list(_LABEL_AT.finditer(body))
    if labels:
        return _labelled(body, labels)
    lead: list[str] = []
    supporting: list[str] = []
    plain: list[str] = []
    unclear: list[str] = []
    time = ""
    seen_role = False
    for part in re.split(r"[，；。]", body):
        if not part:
            continue
        role = _ROLE_AFTER.match(part)
        if role is None:
            if seen_role and _TIMED.search(part):
                time = time or part
            else:
                unclear.extend(names(part))
            continue
        listed = names("、".join(filter(None, ["、".join(unclear), role["names"].removeprefix("由")])))
        unclear = []
        if not listed and not role["names"]:
            continue
        seen_role = True
        if role["role"].startswith(("牵头", "主办", "主责", "承办")):
            joint = re.split(r"会同|联合", role["names"])
            lead.extend(names(joint[0].removeprefix("由")) if len(joint) > 1 else listed)
            if len(joint) > 1:
                supporting.extend(names(joint[1]))
        elif role["role"] in _SUPPORT_ROLES or role["role"].startswith("配合"):
            supporting.extend(listed)
        else:
            plain.extend(listed)
    if not seen_role:
        return None
    plain.extend(unclear)
    return _merged(lead, supporting, plain, time)


def _labelled(body: str, labels: list[re.Match[str]]) -> Assignment | None:
    lead: list[str] = []
    supporting: list[str] = []
    plain: list[str] = []
    time = ""
    head = body[: labels[0].start()].strip("，；。 ")
    if head:
        first = assignment(head)
        if first:
            lead.extend(first.lead)
            supporting.extend(first.supporting)
    for label, following in zip(labels, [*labels[1:], None], strict=False):
        value = body[label.end() : following.start() if following else len(body)].strip("，；。 ")
        if label["lead"]:
            lead.extend(names(value))
        elif label["list"] and "；" in value and _TAILED.search(value):
            first, *others = value.split("；")
            plain.extend(names(first))
            for other in others:
                inner = assignment(other)
                if inner:
                    supporting.extend((*inner.lead, *inner.supporting))
                elif _TIMED.search(other):
                    time = time or other
        elif label["list"]:
            inner = assignment(value) if _ROLE_AFTER.search(re.split(r"[，；]", value)[0]) else None
            if inner:
                lead.extend(inner.lead)
                supporting.extend(inner.supporting)
            else:
                plain.extend(names(value))
        elif label["support"]:
            supporting.extend(names(value))
        elif label["time"]:
            time = time or value
    return _merged(lead, supporting, plain, time)


_TIMED = re.compile(r"\d{1,2}月|年底|年内|季度|长期|持续")
_TAILED = re.compile(r"；[^；]*(?:\d{1,2}月|年底|年内|季度|(?:配合|参与|协助|协同|负责|落实)$)")
"""责任单位：A、B；C配合；12月底前完成: roles and a date after the list."""


def _merged(lead: list[str], supporting: list[str], plain: list[str], time: str = "") -> Assignment | None:
    if lead:
        supporting = supporting + plain
    elif plain:
        lead, supporting = plain[:1], plain[1:] + supporting
    leads = tuple(dict.fromkeys(lead))
    found = Assignment(leads, tuple(n for n in dict.fromkeys(supporting) if n not in leads), time)
    return found if found else None


def listed(text: str) -> Assignment:
    """An unlabelled list: the first office leads, the others support."""
    all_names = names(text)
    return Assignment(all_names[:1], all_names[1:])


@dataclass(frozen=True, slots=True)
class Subject:
    """The office a clause begins with: its names, those it acts with (会同 …), and where the predicate starts (folded)."""

    lead: tuple[str, ...]
    supporting: tuple[str, ...]
    end: int
    modal: bool


def subject(text: str, at: int = 0, signature: int = ANY) -> Subject | None:
    """The office or post that the clause beginning at `at` is addressed to, or `None`; `signature` is that of the text if known.

    A generic body (学校, 企业) counts only before a modal word; 每个… and 所有… name no one.
    """
    asked = text.startswith("请", at) and not text.startswith(("请示", "请求"), at)
    start = at + 1 if asked else at
    if text.startswith("由", start):
        return _by(text, start)
    described = _ASKED.match(text, start) if asked else None
    if described:
        return Subject((described["name"],), (), described.end(), False)
    if _NOT_A_SUBJECT.match(text, start, start + 8):
        return None
    short = _SHORTENED.match(text, start) if signature & _SHORT_LISTS.bit else None
    if short:
        return _with_partners(text, names(short["names"]), short.end(), True)
    head = _POSTS.match(text, start) if signature & _SOME_POST.bit else None
    if not head and signature & _SOME_HEAD.bit:
        head = _HEAD.match(text, start)
    while head:
        end = head.end()
        if end >= len(text):
            return Subject(names(head["names"]), (), end, False) if asked else None
        tail = text[end:]
        modal = _MODAL_RE.match(tail)
        acting = _AFTER_RE.match(tail)
        title = names(head["names"])
        weak = any(_WEAK.fullmatch(n) and not _POST_END.search(n) for n in title)
        if title and (title[0] in _NO_OFFICE or _verbal(title[0])):
            return None
        official = (
            asked or not weak or bool(re.match(r"各|全|区|县|市|省|有关|相关|本|其他", title[0])) if title else False
        )
        plain = len(title) == 1 and bool(_BODY_NAMED.fullmatch(title[0])) and not _GOES_ON.match(tail)
        acts = bool(acting) or (plain and verb_first(tail))
        if title and (modal or (acts and official) or (asked and (acting or official or tail[:1] == "，"))):
            if any(_SUBJECT_BLOCKERS.search(n) for n in title):
                return None
            if (
                modal
                and re.match(
                    r"将(?:其|该|此|所|有|全|回|这|上|各)|要求|要素|要点|要闻|应急|应对|需求|可(?:能|持续|靠)", tail
                )
                and not acting
            ):
                return None
            return _with_partners(text, title, end, bool(modal))
        longer = _longer(text, start, end)
        if longer is None:
            return None
        head = longer
    return None


_BODY_NAMED = re.compile(
    r"(?:区|县|市|省|各)(?!域|内|里)[^所全的，。；]{0,9}?(?:局|委|(?<![帮代督经])办|办公室|督查室|研究室|检察院|法院|中心|街道|镇|乡|大队|支队|公司)"
)
"""An office so plainly named that any verb behind it makes it the subject (区督查室适时开展督查)."""
_GOES_ON = re.compile(r"(?:建设|管理|服务|发展|改革|规划|监督|综合)[^，。；]{0,6}?(?:局|委|办|中心|大队)")
"""A verb behind it that only goes on with the name (区住房城乡|建设局)."""
_POSTS = re.compile(
    rf"(?P<names>(?:(?:{_PREFIX})(?:{_BODY}){{0,6}}?(?:{_POST}))(?:(?:、|和|与|"
    rf"及)(?:{_PREFIX})?(?:{_BODY}){{0,6}}?(?:{_POST}))*)(?={_AFTER}|{_MODAL})"
)


_ASKED = re.compile(
    r"(?P<name>[^，。；]{2,24}的(?:单位|部门|乡镇（街道）|乡镇|街道|企业))(?=于|在|对|将|按|认真|尽快|抓紧|立即|，|\d)"
)
"""请未完成进度的单位于…: those described are asked."""


def _verbal(name: str) -> bool:
    """带动全区行政机关 is a verb with its object, 审批部门 an office."""
    return name[:2] in VERBS and not _OFFICE_TAIL.match(name[2:])


_SHORTENED = re.compile(
    r"(?P<names>(?:[\u4e00-\u9fff]{2,8}、){1,8}[\u4e00-\u9fff]{2,6}?(?:等)?(?:有关|相关|行业主管|行业|主管|"
    r"职能)?(?:部门|单位|乡镇|街道))(?=要|应|须|必须|务必|会同|将|负责|按)"
)
"""气象、水文部门要…, 住建、交通等部门要…: names shortened within a list."""


_SHORT_LISTS, _SOME_POST, _SOME_HEAD = Guarded(_SHORTENED), Guarded(_POSTS), Guarded(_HEAD)

_LAST = frozenset(
    re.findall(r"([\u4e00-\u9fff）])(?=\||$|\)|\[)", f"{_SUFFIX}|{_POST}|{_WHOLE}|{_INSTITUTION}")
) | frozenset("）部位等门道区街镇乡居业校会")
"""The characters a name of an office can end with."""


def _longer(text: str, start: int, end: int) -> re.Match[str] | None:
    """The lazy name stopped too early (区 … 部 | 门): try the next ending within the clause."""
    for stop in range(end + 1, min(len(text), start + 60) + 1):
        if text[stop - 1] in "，。；：":
            return None
        if text[stop - 1] not in _LAST:
            continue
        found = _HEAD.fullmatch(text, start, stop)
        if found:
            return found
    return None


def _by(text: str, at: int) -> Subject | None:
    """由A牵头、B配合, 由A负责"""
    inner = subject(text, at + 1) if not text.startswith("由", at + 1) else None
    if inner is not None:
        return inner
    found = re.compile(
        r"由(?P<names>[^，。；]{2,40}?)(?P<role>牵头|负责|牵线|主办|会同|组织|统筹|承担|指定|确定|审核|汇总|受理|"
        r"办理|提出|制定|拟定|归口|约谈|督办|核查|通报|统一|收集|管理|监管|解释|落实|实施|查处|处置|督促)"
    ).match(text, at)
    if not found:
        return None
    lead = names(found["names"])
    if not lead or not all(_ENDS.search(n) for n in lead):
        return None
    return _with_partners(text, lead, found.start("role"), False)


_SHORT_PARTNERS = re.compile(
    r"(?:要|应|须|负责|将)?(?:牵头)?(?:会同|联合|商|"
    r"协同)(?P<names>(?:[\u4e00-\u9fff]{2,8}、){0,8}[\u4e00-\u9fff]{2,8}?)(?:等)(?:有关|相关)?(?:部门|单位)"
)
_PARTNERS = re.compile(r"(?:要|应|须|负责|将)?(?:牵头)?(?:会同|联合|商|协同)(?P<names>[^。；]{2,60})")
_COOPERATORS = re.compile(
    r"(?:牵头|牵线|负责|主办)[^，、。；]{0,12}[，、](?P<names>[^，。；]{2,40}?)(?:配合|协助|参与|协同|跟进)"
)


def _with_partners(text: str, lead: tuple[str, ...], end: int, modal: bool) -> Subject:
    supporting: list[str] = []
    short = _SHORT_PARTNERS.match(text, end)
    if short:
        return Subject(lead, names(short["names"]), end, modal)
    found = _PARTNERS.match(text, end)
    if found:
        at = found.start("names")
        while True:
            partner = NAME.match(text, at)
            if not partner or partner.end() == at:
                break
            stop = partner.end()
            while stop < len(text) and not _boundary(text, stop):
                longer = next(
                    (s for s in range(stop + 1, min(len(text), at + 24) + 1) if NAME.fullmatch(text, at, s)), None
                )
                if longer is None:
                    break
                stop = longer
            supporting.append(text[at:stop])
            joint = re.compile(r"、|和|与|及|以及").match(text, stop)
            if not joint:
                break
            at = joint.end()
    else:
        found = _COOPERATORS.match(text, end)
        if found:
            supporting.extend(names(found["names"].removeprefix("由")))
    return Subject(lead, tuple(n.removesuffix("等") for n in supporting), end, modal)


def _boundary(text: str, at: int) -> bool:
    return (
        text[at] in "、，。；：和与及"
        or text.startswith(("以及", "等"), at)
        or bool(_AFTER_RE.match(text, at) or _MODAL_RE.match(text, at))
    )
