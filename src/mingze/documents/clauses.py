"""Clauses: a piece cut at its commas, each clause read once, and neighbours joined into commitments (rules S2 and S3).

A clause with its own value, its own date for a different act, or its own office stands alone; dates, conditions, topics and
manners attach forward; finishing acts, results and bare measures attach backward; what is left of a sentence is one commitment.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from mingze.documents import lexicon
from mingze.documents.deadlines import TimeExpression, times
from mingze.documents.decomposition import Indicator
from mingze.documents.indicators import indicators
from mingze.documents.offices import NAME, Subject, names, subject
from mingze.documents.signs import ANY, Guarded, signature
from mingze.documents.verdicts import background_clause


@dataclass(slots=True)
class Clause:
    """One comma clause in folded offsets of its block, and what the grammars found in it."""

    start: int
    end: int
    text: str
    body: int
    """Where the clause begins without its opener, relative to its start."""
    subject: Subject | None = None
    times: list[TimeExpression] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    """The words of each time expression."""
    indicators: list[Indicator] = field(default_factory=list)
    role: str = "plain"
    predicate: int = 0
    """Where the predicate starts, relative to the clause's start, after subject, leading date and modal."""
    speaks: str | None = None
    """The rule by which it speaks for a duty, once asked; empty if none does."""
    valued: bool = False
    """Whether it holds a value, a rank, a zero or everything condition, or a comparison."""
    signature: int = ANY
    """Which guarded patterns can match in the words of its piece."""

    @property
    def dated(self) -> bool:
        return any(t.deadline is not None and t.kind != "event" for t in self.times)


@dataclass(slots=True)
class Group:
    """Clauses that form one commitment, the rules that joined or cut them, and the date that governs them from before."""

    clauses: list[Clause]
    rules: list[str] = field(default_factory=list)
    governed: TimeExpression | None = None

    @property
    def start(self) -> int:
        return self.clauses[0].start + self.clauses[0].body

    @property
    def end(self) -> int:
        return self.clauses[-1].end

    @property
    def valued(self) -> bool:
        return any(c.valued for c in self.clauses)

    @property
    def dated(self) -> bool:
        return any(c.dated for c in self.clauses)


_QUOTED = re.compile(r"“[^“”]*”|《[^《》]*》|（[^（）]*）")
_BARE_OPENERS = ("其中", "同时", "此外", "另外")
_TRIM = "，、；。：！？ ·|"
_ACTS = (
    r"印发|到位|完成|完工|开工|建成|投用|竣工|办结|达标|启用|投入使用|投入运行|上报|公布|启动|上线|见效|通车|交付|"
    r"验收|达产|投产|实施|执行|销号|补齐|配齐|装齐|备齐|下达|拨付|兑现|反馈|报送|整改到位|落实到位|拆除|开放|开业|"
    r"开学|挂牌|运行|试运行|入驻|交房|"
    r"签约|落地|公示|兑付|到户|到账|到人|发放|封顶|投放|发布|出台|形成|结束|清零|清零见底|见底|收官|验收合格|建成投用|建成投入使用|"
    r"建成启用|完成整改|完成验收|完成任务|整改完成|全部完成|受理|答复|回复|办理|处置|处理|移交|移送|转办|交办|评估|"
    r"总结|复核|回访|归档|备案"
)
_FINISH = re.compile(
    rf"^(?:并|且|要|应|须|必须|务必|力争|争取|确保|保证|实现|能够|可|全部|全面|基本|率先|逐步|陆续|如期|按期|按时|"
    rf"提前|正式|予以|完成|陆续|抓紧)*(?:{_ACTS})(?:完毕|完成|到位|到户|到账|到人|使用|运行|实施|结束|验收)?$"
)
_REPORT = re.compile(
    r"^(?:并)?(?:书面|统一|及时|同步|如实|集中|一并)*(?:反馈|报送|上报|报告|报备|函告|报)(?:至|给|到|"
    r"送)?(?:[^，。；]{0,14}(?:局|委|办|室|院|中心|政府|部|组|办公室|平台))?(?:备案|备查|审核|汇总|审定)?$|"
    r"^(?:并)?(?:统一|及时)*(?:印发|下发|分发|发至|转发|反馈)(?:至|到|给)?(?:各|有关|相关)[^，。；]{1,10}$"
)
_CADENCED = re.compile(
    r"^(?:要|应|将)?(?:(?:定期)?(?:调度|通报|会商|研判|分析|更新|公示|公布|汇总|督查|督办|盘点|晾晒|排名|点评|复盘|"
    r"总结)(?:、|并|$))+$"
)
_ONCE = re.compile(
    r"^(?:要|应|至少|定期|集中|统一)*(?:召开|开展|通报|调度|更新|检查|组织|举办|分析|研究|调整|公布|报送|报告|汇总|"
    r"进行|举行|轮换|评估)(?:一次|1次|一轮|一遍)$"
)
_BARE_VALUE = re.compile(
    r"^每(?:个)?(?:单位|部门|乡镇|镇|村|社区|街道|人|所|校|点|家|县|区|批|站|片区|网格|班|学校|企业|路口|路段|岗位|点位|窗口|小区|单元|楼|项目|组)"
    r"(?:不少于|不低于|至少|不超过)\d+[^，。；\d]{1,2}$|^(?:每年)?(?:安排|投入|拨付|补助)[\d.]+[万亿]*元(?:以上)?$|"
    r"^(?:并|且|要|应|须|力争|确保|争取|全区|全年|总数|总量|总计|累计|共|平均|均|每年|年均|共计|合计|安排|投入|"
    r"完成|权重|占比|比重|比例|数量|总额|规模)*(?:达到|达|不低于|不少于|不得少于|不得低于|提高到|提升到|提高至|"
    r"超过|突破|控制在|降至|降到|保持在|稳定在|不超过|至少|增加到|以上)+(?!各?(?:建成|新建|建设|打造|培育|完成|组织|开展|推出|创建|配备|改造|建立))[^，。；、]{0,14}$"
)
_BARE_CHANGE = re.compile(
    r"^(?:同比|比上年|较上年|比去年|较去年|年均|平均|再|分别)*分别(?:增长|提高|提升|上升|下降|降低|减少|压减)[\d.%‰、和与及个百分点]+(?:以上|左右|以内)?$|"
    r"^(?:同比|比上年|较上年|比去年|较去年|年均|平均|再)*(?:增长|提高|提升|上升|下降|降低|减少|压减|增幅|降幅)(?:达到?|不低于|"
    r"不少于|不超过|约)?[\d.]+(?:%|个百分点|倍|‰)(?:以上|左右|以内)?$|"
    r"^(?:要|力争|确保)?(?:高于|快于|优于|好于|低于|不低于|不高于|达到|超过)(?:全国|全省|全市|全区|省|市|城镇|经济)[^，。；\d]{0,10}(?:增速|水平|平均|"
    r"平均值|均值|增幅|目标|平均数)$"
)
"""完成投资20亿元，增长12%: a change without a name of its own measures the clause before."""
_RATE_WORDS = (
    r"合法性|审查|抽查|检查|复查|核查|覆盖|完成|办结|整改|合格|达标|接入|参与|知晓|班次|满意|回访|签收|培训|受理|调解|成功|"
    r"及时|准确|按期|按时|到位|普及|入学|使用|配备|巩固|履约|响应|解决|反馈|公开|执行|落实|通过|评查|优良|利用|"
    r"处置|销号|建档|更新|备案|足额|"
    r"工作|任务|总体|综合|全部|年度|问题|比例|频次|投资|资金|项目|化解|建成|开工|竣工|入户|上户|录入"
)
_BARE_RATE = re.compile(
    rf"^(?:要|应|其|力争|确保)?(?:{_RATE_WORDS})*(?:率|比例|频次|满意度|间隔|时长|面)(?:要|应|须|必须)?(?:达到|达|不低于|不少于|"
    rf"保持|保持在|为|在|≥|不得低于|提高到|提升到|提升至|超过|稳定在)*[^，。；、]{{1,12}}$"
)
_OF_RANK = re.compile(
    r"^(?:并|且|要|力争|争取|确保)*(?:在|进入|跻身|保持|位居|挤进|迈入|位次|排名|名次|排位|稳居)[^，。；]*(?:位次|"
    r"排名|名次|前移|前进|前[\d一二三四五六七八九十]+|方阵|梯队|第[一二三四五])[^，。；]*$"
)
_OBJECT_OF_TOPIC = re.compile(
    r"开展|进行|实施|落实|提供|给予|实行|加强|建立|采取|予以|做到|加大|全面|逐|再|依法|严[格肃查]|及时|积极|定期|"
    r"全部|100%|强化|组织|做好|抓|完成|制定|整治|检查|治理|改造|列出|实现|安装|设置|配备|化解|处理|整改|复核|监管|"
    r"监督|管理|取消|约谈|通报|问责|追究|从严|分类|一律|坚持|持续|推进|查处|打击|倾斜|补助|奖励|支持|帮扶|救助|"
    r"回访|给|分级|安排|拨付|兑现|登记|公示|公开|跟踪|督办"
)
_BODY_OF = Guarded(
    r"的(?:单位|部门|乡镇|街道|乡镇（街道）|责任人|责任单位|村|社区|企业|干部|人员|项目|事项|问题|工单)$"
)
_CAMPAIGN = re.compile(
    rf"^(?:要|应|(?:{lexicon.ADVERB}))*(?:实施|开展|推进|组织|启动|打好|深化|组织实施)[^，。；]*(?:攻坚|行动|工程|"
    rf"计划|攻坚战|战役|专项)$"
)
_ENDED = re.compile(
    r"(?:统一|集中|全面|免费|就近)[^，。；]{2,3}$|(?:整改|提速|增效|提质|扩面|见效|达标|取缔|停用|闭环|销号|升级|降本|好转|加速)$"
)
_INSTALLED = re.compile(r"(?:安装|改造|覆盖|服务|培训|配备)[\d.]+万?(?:户|人次|人|家|台|套|处)(?:以上|左右)?$")
"""推动烟感进家庭，安装2.4万户: a count without its own object measures the clause before."""
_LEFT = re.compile(r"(?:去年|上年|往年)[^，。；了]{1,12}的[^，。；的]{2,20}$")
"""去年欠下的3家企业手续，…: what is left from last year is what the duty is about."""
_SINCE = re.compile(
    r"^(?:近年来?|近[两三几]年来?|去年(?!底前)|上年|过去[^，]{1,6}|截至[^，]{2,14}|[^，]{1,12}以来)(?:$|，|[^，]*(?:持续|已|累计))"
)
_LATE = re.compile(r"(?<![及限同平准按随临适定实\d])时$")
_ACHIEVES = re.compile(r"实现|完成|达到|做到|纳入|覆盖|开展|建立|推进|落实|到位|公开|全部|均|都|一律")
_MASK = "\x00"


def commas(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The comma clauses of `text[start:end]`; commas inside brackets, quotations and titles do not cut."""
    passage = text[start:end]
    if "，" not in passage:
        return [(start, end)]
    masked = unquoted(passage, _masked)
    found: list[tuple[int, int]] = []
    at = 0
    while True:
        comma = masked.find("，", at)
        if comma < 0:
            break
        if comma > at:
            found.append((start + at, start + comma))
        at = comma + 1
    if at < len(passage):
        found.append((start + at, end))
    return found


def _masked(quoted: re.Match[str]) -> str:
    return _MASK * len(quoted[0])


def unquoted(text: str, instead: Callable[[re.Match[str]], str] | str = "") -> str:
    """The text without its quotations, document titles and brackets; the very text if it has none."""
    return _QUOTED.sub(instead, text) if "“" in text or "《" in text or "（" in text else text


def read_clauses(text: str, start: int, end: int, year: int | None, signed: int | None = None) -> list[Clause]:
    """Every clause of a piece with its subject, times, indicators and role; `signed` is the piece's signature if known."""
    passage = text[start:end]
    if signed is None:
        signed = signature(passage)
    expressions = times(passage, year, signed)
    clauses: list[Clause] = []
    previous = ""
    measured: list[str] = []
    for clause_start, clause_end in commas(text, start, end):
        while clause_end > clause_start and text[clause_end - 1] in _TRIM:
            clause_end -= 1
        clause_end = _without_note(text, clause_start, clause_end)
        while clause_start < clause_end and text[clause_start] in _TRIM:
            clause_start += 1
        if clause_end <= clause_start or text[clause_start:clause_end] in _BARE_OPENERS:
            continue
        clause = _read(text, clause_start, clause_end, expressions, start, previous, signed, measured)
        clauses.append(clause)
        if clause.valued:
            previous = clause.indicators[-1].name
            measured = [*measured, previous][-3:]
        else:
            previous = clause.text
    for index, clause in enumerate(clauses):
        clause.role = _role(clause, index, clauses)
    return clauses


_NOTE = re.compile(r"（[^（）]*(?:联系|电话|传真|附件|见附|详见|邮箱|下同|略|单位：|表\d|略）)[^（）]*）$")


def _without_note(text: str, start: int, end: int) -> int:
    """A closing bracket with contact or reference notes is no part of the words promised."""
    if end <= start or text[end - 1] != "）":
        return end
    note = _NOTE.search(text[start:end])
    return start + note.start() if note else end


def _read(
    text: str,
    start: int,
    end: int,
    expressions: list[TimeExpression],
    origin: int,
    previous: str,
    signed: int,
    measured: list[str],
) -> Clause:
    words = text[start:end]
    opener = lexicon.OPENER.match(words)
    body = opener.end() if opener and opener.end() < len(words) else 0
    clause = Clause(start, end, words, body, signature=signed)
    local: list[tuple[int, int]] = []
    for expression in expressions:
        if start < origin + expression.end <= end and origin + expression.start < end:
            span = (max(0, origin + expression.start - start), origin + expression.end - start)
            clause.times.append(expression)
            clause.written.append(words[span[0] : span[1]])
            local.append(span)
    at = body
    if local:
        leading = next((span for span in local if span[0] <= at + 1 and span[1] > at), None)
        if leading and leading[1] < len(words):
            at = leading[1]
    clause.subject = subject(words, at, signed)
    if clause.subject is None and at != body and clause.times[0].kind == "relative":
        clause.subject = subject(words, body, signed)
    if clause.subject is None:
        clause.subject = (
            _requested(words, body, clause.signature)
            or _described(words, body, clause.signature)
            or _handed(words, body, clause.signature)
        )
    clause.predicate = clause.subject.end if clause.subject else at
    clause.indicators = indicators(words, local, clause.predicate if clause.subject else body, previous, measured)
    if clause.indicators:
        clause.valued = any(i.value is not None or i.ref for i in clause.indicators)
    return clause


_ASKED = Guarded(r"请(?:于|在|及时|按|务必|尽快)")


def _requested(words: str, body: int, signed: int) -> Subject | None:
    """各责任单位整改情况请于8月5日前报…: the office named first is asked."""
    asked = _ASKED.search(words, signed)
    if not asked or asked.start() <= body:
        return None
    head = NAME.match(words, body)
    if head and head.end() <= asked.start():
        return Subject(names(head[0]), (), asked.start(), False)
    return None


_JOINT = re.compile(
    r"(?:要|应|应当|须|必须|将)?(?:(?:牵头)?(?:会同|联合|商)[^，。；]*"
    r"(?:局|委|办|院|镇|乡|街道|）|大队|中心|部门|单位|公司|政府|部|企业|机构|学校|站|所|队|村|社区|等))?|"
    r"(?:牵头|负责|主办|组织|主责)(?:、[^，。；]{2,40}?(?:参与|配合|协助|协同|落实|跟进))?|"
    r"(?:要|应|须)?(?:按照|按|根据|依据|结合|依照)(?:各自)?[^，。；]{0,12}(?:权限|职责|分工|职能|实际|要求|规定|范围|原则)(?:分工)?|"
    r"(?:要|应|须)?(?:委托|聘请|邀请)[^，。；]{0,10}(?:机构|专家|单位|公司|团队|第三方)"
)
"""区教育局会同…, 区水利局牵头、…配合, 各单位按职责分工: a clause that only says who acts."""
_COOPERATES = re.compile(r"(?P<names>[^，。；]{2,60}?)(?:共同)?(?:参与|配合|协助|协同|跟进)$")
_TOGETHER = re.compile(r"(?:会同|联合)(?P<names>[^，。；]{2,60})")
_PREPOSED = re.compile(r"对|将|把|给|向|为|与|在|就|从")
_DESCRIBED_ACTING = re.compile(
    r"(?P<whole>[^，。；]{2,24}的(?P<name>(?:主要|[^，。；的要应须将]){2,16}?(?:单位|部门|乡镇|街道|负责同志|"
    r"负责人|局|委|办|镇|乡)))(?=要|应|须|必须|务必|不得)"
)
_DESCRIBED = re.compile(
    r"(?<!^对)[^，。；]{2,40}的(?P<names>(?:各|区|县|市|镇|全)?[^，。；的]{1,40}(?:局|委|办|院|街道|镇|乡|公司|"
    r"中心|大队))$"
)


_FOUND_DESCRIBED, _ACTING = Guarded(_DESCRIBED), Guarded(_DESCRIBED_ACTING)
_LOCAL = re.compile(r"区|县|市")
_GIVEN = re.compile(r"对|将|把|给|向|为|与")


def _described(words: str, body: int, signed: int) -> Subject | None:
    """满意率低于85%的区城管局、东关街道，: offices singled out by a description."""
    found = _DESCRIBED.match(words, body) if signed & _FOUND_DESCRIBED.bit else None
    if not found:
        acting = _DESCRIBED_ACTING.match(words, body) if signed & _ACTING.bit else None
        if acting and NAME.fullmatch(acting["name"]) and not _PREPOSED.match(words, body):
            whole = acting["name"] if _LOCAL.match(acting["name"]) else acting["whole"]
            return Subject((whole,), (), acting.end("whole"), True)
    if found and not _GIVEN.match(words[body:]):
        listed = names(found["names"])
        if listed and all(NAME.fullmatch(n) for n in listed):
            return Subject(listed, (), len(words), False)
    return None


_HANDED = Guarded(r"(?<![理自缘])由(?=[区县市镇乡各属本])")


def _handed(words: str, body: int, signed: int) -> Subject | None:
    """防汛信息统一由区防汛办归口收集: the office stands behind the matter it is given."""
    if not signed & _HANDED.bit:
        return None
    for found in _HANDED.pattern.finditer(words, body + 2):
        office = subject(words, found.end() - 1)
        if office is not None:
            return office
    return None


_LEFT_OVER = re.compile(r"(?:要|应当|应|须|必须|务必|将|并|且|，)+")


def _rest(clause: Clause) -> str:
    """The clause without opener, subject, times and modal."""
    words = clause.text[clause.body :]
    if clause.subject:
        words = clause.text[clause.subject.end :]
    for expression, written in zip(clause.times, clause.written, strict=True):
        stated = expression.deadline.text if expression.deadline else written
        words = words.replace(stated, "", 1)
    opening = _LEFT_OVER.match(words)
    return words[opening.end() :] if opening else words


_VALUE_BIT = Guarded(_BARE_VALUE).bit
_PARTS_BIT = Guarded(lexicon.PARTS).bit
_FINISH_BIT = Guarded(_FINISH).bit | Guarded(_ONCE).bit | Guarded(_REPORT).bit | Guarded(_CADENCED).bit
_RESULT_BIT = Guarded(lexicon.RESULT).bit
_SOME_OF = re.compile(r"[^，。；\d]{2,16}的\d+[^，。；\d]{1,2}$")
"""同步加装电梯的6部，: those the next clause is about."""
_MEASURED = re.compile(
    r"[^，。；\d]{0,16}?(?P<stem>[\u4e00-\u9fff]{2})(?:数量|金额|额度|规模|时长|标准|量)(?:要|应)?(?:分别|均|每(?:人|户|个|名|月|年))?(?:要|应)?"
    r"(?:不低于|不少于|不超过|达到|控制在|提高到|保持在|为)?(?:\d|[^，。；\d]{0,8}的?[一二三四五六七八九十]+分之)"
)
"""落实储煤，储煤量不低于…: the amount of what the clause before does."""
_TOWARDS = re.compile(r"(?:对|针对)[^，。；]*的[^，。；的]{1,10}$")
_PAPERS = ("情况", "方案", "名单", "材料", "结果", "意见", "计划", "报告", "清单", "总结")
_FIELD = re.compile(r"[^，。；]{2,12}(?:方面|领域|环节)$")
_PURPOSE = re.compile(r"(?:为|为了)[^，。；]{2,}")


def _role(clause: Clause, index: int, clauses: list[Clause]) -> str:
    words = clause.text[clause.body :]
    rest = _rest(clause)
    last = index == len(clauses) - 1
    if not rest and (clause.times or clause.subject) and not last:
        return "date" if clause.times else "subject"
    if clause.subject and not last and not clause.valued:
        tail = clause.text[clause.subject.end :]
        if _JOINT.fullmatch(tail) or (
            tail.startswith(("对", "就", "针对"))
            and clauses[index + 1].text.startswith(("要", "应", "须", "必须", "将"))
        ):
            return "subject"
    if index and not clause.valued and clauses[index - 1].role == "subject":
        partners = _COOPERATES.fullmatch(words) or _TOGETHER.fullmatch(words)
        lead = clauses[index - 1].subject
        if partners and lead and not lead.supporting and all(NAME.fullmatch(n) for n in names(partners["names"])):
            clauses[index - 1].subject = replace(lead, supporting=names(partners["names"]))
            clause.subject = None
            return "manner" if not last else "finish"
    if not last and not clause.valued and words.startswith(("对", "针对")) and _TOWARDS.match(words):
        return "topic"
    if not last and not clause.subject and not clause.dated and _SOME_OF.match(words):
        return "topic"
    if not last and _BODY_OF.search(words, clause.signature) and not clause.valued and not lexicon.verb_first(words):
        return "body"
    if not last and not clause.valued and lexicon.CONDITION.match(words) and not words.endswith("目的"):
        if not words.endswith("时") or words[-2:-1].isdecimal() or _LATE.search(words):
            return "condition"
    if index and not clauses[index - 1].valued and not clause.dated and _INSTALLED.fullmatch(rest):
        return "measure"
    signed = clause.signature
    if (signed & _VALUE_BIT and _BARE_VALUE.match(rest)) or (clause.valued and _OF_RANK.match(rest)):
        return "measure"
    if index and clause.valued and _BARE_CHANGE.match(rest):
        return "measure"
    if not last and words.endswith(_PAPERS) and clauses[index + 1].text.startswith("请"):
        return "topic"
    if signed & _PARTS_BIT and lexicon.PARTS.match(words) and not (clause.valued and words.startswith("其中")):
        return "part"
    if signed & _FINISH_BIT and (
        _FINISH.match(rest) or _ONCE.match(rest) or (index and (_REPORT.match(rest) or _CADENCED.match(rest)))
    ):
        return "finish"
    if signed & _RESULT_BIT and lexicon.RESULT.match(words) and not clause.subject:
        return "result"
    if clause.valued and _BARE_RATE.match(rest):
        return "rate"
    if index and clause.valued and not clause.subject:
        amount = _MEASURED.match(rest)
        if amount and amount["stem"] in clauses[index - 1].text and not clauses[index - 1].valued:
            return "measure"
    if not last and not clause.valued and words.endswith(("方面", "领域", "环节")) and _FIELD.match(words):
        return "topic"
    if not last and not clause.valued and not clause.subject:
        if lexicon.MANNER.match(words):
            return "manner"
        if words.startswith(
            ("对", "针对", "围绕", "聚焦", "就", "关于", "在", "把", "将")
        ) and not _OBJECT_OF_TOPIC.search(words[1:]):
            return "topic"
        if (
            words.startswith("为")
            and _PURPOSE.match(words)
            and not clause.dated
            and not _OBJECT_OF_TOPIC.search(words[1:])
        ):
            return "topic"
        if (
            len(words) <= 26
            and dutiful(clause) is None
            and not _ACHIEVES.search(words)
            and not _ENDED.search(words)
            and not background_clause(words, signature=clause.signature)
            and any(_dutiful(c) for c in clauses[index + 1 :])
        ):
            return "topic"
    return "plain"


_FORWARD = {"date": "S3d", "subject": "S3d", "body": "S3c", "condition": "S3c", "manner": "S3m", "topic": "S3t"}
_BACKWARD = {"measure": "S3b", "part": "S3n", "finish": "S3b", "result": "S3e", "rate": "S3r"}


def groups(clauses: list[Clause]) -> list[Group]:
    """Clauses joined into commitments by S2 and S3, each group with the rules applied and its governing date."""
    found: list[Group] = []
    waiting: list[Clause] = []
    governing: TimeExpression | None = None
    for index, clause in enumerate(clauses):
        if clause.role in _FORWARD and index < len(clauses) - 1:
            waiting.append(clause)
            continue
        unit = [*waiting, clause]
        waiting = []
        rules = [_FORWARD[c.role] for c in unit[:-1]]
        own_subject = any(c.subject for c in unit)
        own_date = any(c.dated for c in unit)
        opening = _opening(unit)
        last = found[-1] if found else None
        joined, rule = _joins(last, unit, clause, own_subject, own_date)
        if joined and last is not None:
            last.clauses.extend(unit)
            last.rules.extend([*rules, rule])
        else:
            group = Group(unit, [*rules, rule] if rule else rules)
            if not own_date and not _timed_otherwise(unit):
                group.governed = governing
            found.append(group)
        if opening is not None:
            governing = opening
    if waiting:
        if found:
            found[-1].clauses.extend(waiting)
        else:
            found.append(Group(waiting))
    return found


_STARTS = re.compile(r"(?:起|开始)$")


def _timed_otherwise(unit: list[Clause]) -> bool:
    """10月15日起试供热, 汛期24小时值守: a start or a season of its own, to which the date before does not reach."""
    return any(
        any(t.kind == "none" for t in c.times) or (len(_season(c)) > 0 and c.role not in ("condition", "body"))
        for c in unit
    )


def _season(clause: Clause) -> str:
    found = _SEASON.match(clause.text, clause.body)
    return found[0] if found else ""


def _joins(
    last: Group | None, unit: list[Clause], clause: Clause, own_subject: bool, own_date: bool
) -> tuple[bool, str]:
    if last is None:
        return False, ""
    valued = any(c.valued for c in unit)
    conditional = any(c.role in ("condition", "body") for c in unit[:-1])
    if own_subject:
        return False, "S2c"
    role = clause.role
    if role in _BACKWARD and not conditional:
        if role == "finish":
            if (own_date and last.dated) or (
                last.valued
                and any(
                    len(t.deadline.relative.origin or "") > 4
                    for t in clause.times
                    if t.deadline and t.deadline.relative
                )
            ):
                return False, "S2b"
            return True, "S3b"
        if role == "measure":
            if own_date and last.dated:
                return False, "S2b"
            return True, "S3b"
        if role == "part":
            if own_date and last.dated:
                return False, "S2b"
            if own_date and clause.text.startswith("其中"):
                return False, "S2b"
            return True, "S3n"
        if role == "rate":
            if not last.valued and not own_date:
                return True, "S3r"
        if role == "result":
            if valued and last.valued:
                return False, "S2a"
            if own_date and last.dated:
                return False, "S2b"
            return True, "S3e"
    if (
        own_date
        and not valued
        and not last.dated
        and not last.valued
        and re.match(r"(?:并|且|于|并于|并在)(?![^，。；]*[将把对])", unit[0].text[unit[0].body :])
    ):
        return True, "S3b"
    if own_date and (last.clauses[0].start != clause.start):
        return False, "S2b"
    if last.dated and any(
        _STARTS.search(w) for c in unit for t, w in zip(c.times, c.written, strict=True) if t.kind == "none"
    ):
        return False, "S2b"
    if valued:
        if not last.valued and not last.dated and _campaign(last, clause):
            return True, "S3m"
        return False, "S2a"
    if last.clauses[-1].role == "result" and dutiful(clause) is None:
        return True, "S3e"
    if last.valued:
        return False, "S2a"
    if conditional:
        return (False, "S2a") if any(c.dated for c in last.clauses) else (True, "S3c")
    return True, "S3j"


def _campaign(last: Group, clause: Clause) -> bool:
    """实施“十百千”停车攻坚，新增公共停车泊位3600个: the named campaign is the manner of what it counts."""
    named = last.clauses[-1].text
    if not _CAMPAIGN.match(named):
        return False
    grams = {named[i : i + 2] for i in range(2, len(named) - 3)}
    words = clause.text
    return any(words[i : i + 2] in grams for i in range(len(words) - 1))


def _opening(unit: list[Clause]) -> TimeExpression | None:
    """The calendar date that opens the unit and therefore governs what follows in the sentence."""
    for clause in unit:
        for expression in clause.times:
            if (
                expression.deadline is not None
                and (expression.deadline.iso_date or expression.kind in ("event", "monthof"))
                and (expression.kind != "yearbare" or clause.role == "date")
            ):
                before = clause.text[: max(0, clause.text.find(expression.deadline.text))]
                opener = clause.subject.end if clause.subject else clause.body
                if len(before) <= max(opener, clause.body) + 3:
                    return expression
    return None


def drop_background(clauses: list[Clause], reporting: bool = False) -> tuple[list[Clause], list[Clause], str]:
    """Clauses of background in front of the duty cut away: (kept, dropped, reason). Nothing is dropped without a duty after it."""
    if len(clauses) < 2:
        return clauses, [], ""
    cut = 0
    reason = ""
    for index, clause in enumerate(clauses[:-1]):
        words = clause.text
        why = (
            None
            if (words.endswith("的") and words[-2:-1] not in ("", "目") and not words.startswith("已"))
            or _LEFT.match(words)
            else background_clause(words, reporting, clause.signature)
        )
        following = clauses[index + 1]
        if following.text.startswith("是") and background_clause(following.text, signature=following.signature):
            why = "N15"
        if why and (why == "N15" or not _modal(clause)):
            if any(_dutiful(c) for c in clauses[index + 1 :]):
                cut, reason = index + 1, why
    blamed = reason == "N2" and re.match(r"(?:有的|个别|少数|部分|一些|有些)", clauses[0].text)
    if (reason == "N1" and (reporting or _SINCE.match(clauses[0].text))) or blamed:
        while cut < len(clauses) and not _modal(clauses[cut]):
            cut += 1
        return clauses[cut:], clauses[:cut], reason
    while (
        cut
        and cut < len(clauses)
        and background_clause(clauses[cut].text, signature=clauses[cut].signature)
        and not lexicon.DUTY_MODAL.search(clauses[cut].text)
    ):
        if not any(_dutiful(c) for c in clauses[cut + 1 :]):
            break
        cut += 1
    return clauses[cut:], clauses[:cut], reason


_ACTS_ON = re.compile(
    rf"(?:(?:{lexicon.ADVERB}))*(?:把|将|对|为|向|就|从|以|按|按照|在|给|让|用|由|围绕|聚焦|针对|依托|通过|结合)"
)


_DUTY = Guarded(lexicon.DUTY_MODAL)


def _modal(clause: Clause, at: int = 0) -> re.Match[str] | None:
    """The modal word of a clause, outside its quotations and brackets."""
    if not clause.signature & _DUTY.bit:
        return None
    return lexicon.DUTY_MODAL.search(unquoted(clause.text[at:] if at else clause.text))


def _dutiful(clause: Clause) -> bool:
    words = clause.text[clause.body :]
    if background_clause(words, signature=clause.signature):
        return False
    return bool(
        clause.subject or clause.valued or clause.dated or _modal(clause, clause.body) or lexicon.verb_first(words)
    )


_COMPLETES = Guarded(
    r"[\u4e00-\u9fff]{2}(?:全线|全面|全部|顺利|如期|主体|基本|正式)?(?:建成|竣工|完工|投用|投入(?:使用|运行|运营)|通车|通水|贯通|开工(?:建设)?|启用|"
    r"落成|投产|达产|封顶|开业|上线|交付|合龙|挂牌|通过验收|开放至\d+[时点])(?:投用|使用|运行|通车|启用|交付|投产)*$"
)
"""新院区建成投用: what will be finished, said without a verb in front."""
_AS_CAN = re.compile(r"[能应该需可][^，。；的]{1,8}的(?!单位|部门|人|事)[^，。；的]{2,10}$")
"""能当场改的当场改: whatever can be done is to be done."""
_SEASON = re.compile(
    r"(?:在|于|每逢|逢)?(?:(?:主?汛|雨|旱|冰冻|台风)[期季]?|[春夏秋冬]{1,2}(?:季|春)?(?:季节)?|节假日|双休日|周末|夜间|早晚高峰|平时|日常|"
    r"[^，。；\d]{0,6}(?:期间|时期|季节|时段|阶段|高峰期|前后|当天|当日))"
)
"""汛期实行24小时值班: the season stands before the verb."""
_BETTER = Guarded(
    r"发现一[处起例个家件]、|(?:持续|稳步|不断|进一步|明显|显著|更加|逐步)(?:改善|提升|提高|增强|优化|好转|向好|扩大|壮大|见效)$|正增长$|稳中(?:提质|向好|有进|有升)$"
)
"""生态环境质量持续改善: what is to become better, said without a verb in front."""


def _holds_verb(words: str, at: int) -> bool:
    return any(words[i : i + 2] in lexicon.VERBS for i in range(at, len(words) - 1))


def dutiful(clause: Clause) -> str | None:
    """The rule by which a clause alone speaks for a duty: modal, office, verb first, value, date."""
    if clause.speaks is None:
        clause.speaks = _spoken(clause) or ""
    return clause.speaks or None


def _spoken(clause: Clause) -> str | None:
    words = clause.text[clause.body :]
    modal = _modal(clause, clause.body)
    if modal:
        return "P4" if modal[0] in ("不得", "严禁", "禁止", "不准", "不许", "原则上") else "P1"
    if clause.subject:
        return "P6" if words.startswith("请") else "P7"
    if lexicon.verb_first(
        words, clause.predicate - clause.body if clause.predicate >= clause.body else 0
    ) or lexicon.verb_first(words):
        return "P2"
    season = _SEASON.match(words)
    if season and lexicon.verb_first(words, season.end()):
        return "P2"
    acts = _ACTS_ON.match(words)
    if acts and (
        _OBJECT_OF_TOPIC.search(words)
        or _holds_verb(words, acts.end())
        or (acts[0][-1] in "把将对" and len(acts[0]) > 1)
    ):
        return "P2"
    if clause.valued:
        return "P3"
    if clause.dated or clause.indicators or _BETTER.search(words, clause.signature):
        return "P3"
    if _AS_CAN.match(words):
        return "P1"
    if clause.role in ("condition", "body"):
        return "P5"
    return "P10" if _COMPLETES.search(words, clause.signature) else None
