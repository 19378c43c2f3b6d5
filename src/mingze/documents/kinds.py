"""The kind of a commitment, by the first rule that applies: target, deliverable, exhortation, else continuing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mingze.documents.decomposition import Deadline, Indicator
from mingze.documents.signs import Guarded

_NAMED = (
    r"台账|清单|名单|名录|目录|档案|制度|办法|方案|规划|机制|平台|系统|中心|专班|队伍|数据库|基地|责任制|一人一档|"
    r"一企一策|办公室|联盟|基金|库|窗口|专区|专窗|站|网络|联席会议|协会|委员会|领导小组|一张图|一本账|专项组|名册"
)
_DELIVERABLE = re.compile(
    r"制定|制订|出台|编制|编印|公布|公示结果|建成|完工|竣工|交付|开工|启动|上线|成立|组建|设立|拨付|修订|印发|投用|"
    r"投入使用|开通|挂牌(?!督办|整治|销号)|通车|并网|达产|投产|列出[^，。]*清单|拿出[^，。]*方案|"
    r"提出[^，。]*(?:方案|意见|计划)|拿出《|编出|编写|合龙|贯通(?!融合)|通水|启用|发布|"
    r"签订|签约|创成|创建成|"
    r"报送|上报|报备|书面反馈|反馈[^，。]{0,8}(?:办公室|督查室|政府)|形成[^，。]*(?:报告|清单|台账|方案|办法|意见)|"
    r"落成|揭牌|封顶|验收|撰写|起草|提交|"
    rf"逐[个一户家项处](?:建档|建立档案)|向[^，。]{{2,16}}报告|"
    rf"建立(?!健全|完善)[^，。]*(?:{_NAMED})|建好[^，。]*(?:{_NAMED})|搭建[^，。]*(?:平台|系统|中心)|"
    rf"召开[^，。]*(?:大会|动员会|发布会|座谈会)|举办[^，。]*(?:节|大赛|论坛|活动|会)|(?<!未)完成(?!情况|任务|时限|率|"
    rf"质量)[^，。]{{2,}}|(?:报|向)[^，。]{{2,16}}备案|报(?:至|给|到)?[^，。]{{1,10}}(?:督查室|办公室|政府办|局|委|"
    rf"办|政府|部)$"
)
_NOT_DELIVERABLE = re.compile(r"建立健全|建立完善|健全|推进|推动|加快|探索|逐步")
_EXHORTATION = re.compile(
    r"主动担当|主动作为|密切配合|密切协作|通力协作|"
    r"增强[^，。]{0,12}(?:意识|自觉|本领|观念|信心|使命感|责任感|主动性)|提高[^，。]{0,6}(?:认识|站位)|统一思想|"
    r"高度重视|亲自抓|带头(?!人)|亲自过问|学起来|主动认领|密切协同|营造[^，。]{0,14}氛围|学习(?:领会|贯彻|宣传|好|"
    r"先进|借鉴)?(?!班|机)|"
    r"强化[^，。]{0,6}(?:责任)?担当|狠抓责任落实|牢固树立|树牢|树立[^，。]{0,10}(?:理念|意识|观念|观)|真抓实干|"
    r"担当作为|转变作风|改进作风|发扬[^，。]{0,12}(?:精神|作风)|弘扬|放在心上|放在[^，。]{0,6}(?:位置|首位)|落到实处|真心实意|守土有责|守土尽责|"
    r"思想认识|政治责任感|紧迫感|使命感|敢于|勇于|敢担当|敢作为|戒骄戒躁|再接再厉|齐心协力|凝心聚力|上下同心|"
    r"撸起袖子|不忘初心|牢记[^，。]{0,8}(?:使命|嘱托|宗旨)|坚定[^，。]{0,8}(?:信心|决心|信念)|"
    r"绷紧[^，。]{0,16}弦|沉下[心身]|(?:心思|精力)[^，。]{0,8}(?:用在|沉到|放在)|不等不靠|"
    r"保持[^，。]{0,10}(?:状态|定力|干劲|清醒)|以身作则|率先垂范|提振[^，。]{0,6}(?:精神|信心)|深刻(?:认识|领会|"
    r"把握)|充分认识|切实负起"
)
_STRONG_DUTY = re.compile(
    r"建立|制定|出台|开展|实施|推进|完成|整治|排查|健全|落实[^，。]{0,10}(?:责任制|制度)|贯彻落实[^，。]{0,12}制度|"
    r"压实|监管|执法|检查"
)

_EXHORTING, _DELIVERING = Guarded(_EXHORTATION), Guarded(_DELIVERABLE)


def kind_of(
    text: str, indicators: Sequence[Indicator], deadline: Deadline | None, conditional: bool, prohibition: bool
) -> tuple[str, str]:
    """The kind and the number of the rule that gives it."""
    if any(i.value is not None or i.ref for i in indicators):
        return "target", "K1"
    exhorting = bool(_EXHORTING.search(text))
    recurring = deadline is not None and deadline.recurring is not None
    if not prohibition and not conditional:
        found = _DELIVERING.search(text)
        if found and not _weak(text, found):
            if not (recurring and not re.search(r"报送|上报|建立|成立|向[^，。]{2,16}报告", text)):
                if not _per_case(deadline):
                    return "deliverable", "K2"
        if (
            deadline is not None
            and deadline.iso_date
            and re.search(r"“回头看”|选址|验收|销号|完成|到位|(?:开展|组织|举行|召开)(?:一轮|一次|首次)", text)
            and not re.search(r"联合检查|专项检查", text)
        ):
            return "deliverable", "K2"
    if exhorting and not prohibition and not _STRONG_DUTY.search(text):
        return "exhortation", "K3"
    return "continuing", "K4"


def _per_case(deadline: Deadline | None) -> bool:
    """A period that runs anew for each matter (自印发之日起15日内, 24小时内), unlike one counted from this meeting or notice."""
    if deadline is None or deadline.relative is None:
        return False
    origin = deadline.relative.origin or ""
    return deadline.relative.unit in ("minute", "hour", "day", "workday") and not re.search(
        r"本|会|接到|收到|通知|清单|演练|活动|结束|竣工", origin
    )


def _weak(text: str, found: re.Match[str]) -> bool:
    """推进X建成 and 加快…启动 announce a direction, unless the naming verb itself leads the clause."""
    before = text[: found.start()]
    if found[0].startswith(("开工", "竣工", "投用", "建成", "上线", "达产", "投产", "通车")):
        return bool(re.search(r"尽早|尽快|早日|推动[^，]*项目$", before))
    return bool(_NOT_DELIVERABLE.search(before[-6:]) and found[0][:2] not in ("建立", "成立")) or bool(
        re.search(r"(?:规范|加强|严格|落实|执行|推进|按照|强化|健全|完善|做好|优化)$", before)
    )


def measurable(kind: str, indicators: Sequence[Indicator], deadline: Deadline | None) -> bool:
    """Whether an outsider could say if it was kept: a target, a thing to deliver, a direction, or a cadence or running period."""
    timed = deadline is not None and (deadline.recurring is not None or deadline.relative is not None)
    return kind in ("target", "deliverable") or bool(indicators) or timed
