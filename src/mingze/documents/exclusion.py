"""The excluded topics: tasks that would profile, track or control persons or groups. They stay text and open no work item.

Each rule names a group and a manner of control together, or a body of work that consists of it. Words that ordinary work shares
(管控 of a road section, 排查 of hazards, 监督 of offices, 稳定 of prices) never suffice alone. The gate reads the passage itself and
the run-in heading that it elaborates; a human confirms or lifts the flag at the review desk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CONTROL = (
    r"稳控|管控|控制|管住|盯防|盯住|盯牢|稳住|看住|看管|监控|跟踪|动态掌握|动态管理|动态排查|掌握动向|掌握动态|"
    r"列管|布控|摸排|摸清|排查|研判|预警|画像|建档|台账|分级|分类管理|包保|包联|劝返|劝阻|"
    r"吸附|教育转化|帮教转化|转化|帮教管控|训诫|打击|盯人|见面|落地|信息采集|轨迹|行踪|四包一|五包一|一人一策|"
    r"一人一档|责任到人|人盯人|稳定工作|基本情况|家庭情况|底数|动向|动态|苗头|控得住|不脱管|脱管|失控|漏管|不漏管"
)
_PETITION = (
    r"上访(?:人员|对象|群众|户|老户|人)|信访(?:人员|对象|老户|人|重点人|户|当事人)|缠访|闹访|非访|越级访|进京访|"
    r"赴省访|涉访人员|访民|重复信访人|信访积案当事人"
)
_GROUP = (
    r"特定(?:利益)?群体|特殊(?:利益)?群体|利益(?:诉求)?群体|涉稳(?:群体|人员|对象)|不稳定(?:群体|人员)|涉军群体|"
    r"失独群体|维权(?:群体|人员)|(?:涉众)?投资受损(?:群体|人员)|敏感群体|特殊人群|高危人群|五失人员|"
    r"三失(?:一偏)?人员|四失五类|肇事肇祸|扬言(?:报复|极端)"
)
_KEY = (
    r"重点(?:管控)?(?:人员|人头|对象|人)(?!才|口|群)|关注(?:人员|对象)|管控对象|敏感人员|危险人员|可疑人员|"
    r"高危人员|刑满释放人员|社区矫正对象|吸毒人员"
)
_BELIEF = r"宗教|信教|教徒|信众|信仰|教职人员|朝觐|清真|家庭教会|聚会点|传教|邪教|民间信仰"
_BELIEF_WORK = (
    r"管理|规范|取缔|打击|抵御|渗透|治理|管控|整治|摸排|排查|稳控|严打|监管|监督|防范|法治化|中国化|政策|遏制|清理|"
    r"非法|教育引导|引导|转化|登记|信息|台账|防止|查处|工作"
)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A numbered rule of the gate: the words that must occur together for a passage to be flagged."""

    id: str
    pattern: re.Pattern[str]


def _near(first: str, second: str) -> str:
    return rf"(?:{first})[^。]{{0,60}}(?:{second})|(?:{second})[^。]{{0,40}}(?:{first})"


EXCLUSIONS: tuple[Exclusion, ...] = (
    Exclusion("X1", re.compile(_near(_PETITION, _CONTROL))),
    Exclusion("X2", re.compile(_near(_BELIEF, _BELIEF_WORK))),
    Exclusion("X3", re.compile(_near(_GROUP, _CONTROL + r"|稳定|工作|责任"))),
    Exclusion("X4", re.compile(_near(_KEY, _CONTROL))),
    Exclusion(
        "X4",
        re.compile(
            r"人员信息采集|(?:流动人口|外来人员|租住人员|租户)[^。]{0,30}(?:管控|信息采集|列管|分级|摸排)|(?:管控|"
            r"信息采集|列管|摸排)[^。]{0,20}(?:流动人口|外来人员|租住人员)"
        ),
    ),
    Exclusion(
        "X5",
        re.compile(
            r"反渗透|反窃密|反策反|反颠覆|渗透颠覆|颠覆(?:破坏)?活动|颜色革命|境外(?:势力|非政府组织|宗教)|"
            r"抵御渗透|敌对势力|维护国家政治安全|政治安全[^。]{0,30}(?:斗争|打击|防范)"
        ),
    ),
    Exclusion("X6", re.compile(r"邪教|法轮功|全能神")),
    Exclusion(
        "X7",
        re.compile(
            r"管住人|反暴恐|涉恐人员|涉恐涉稳|(?:反恐|暴恐|防恐|涉恐)[^。]{0,50}(?:以人|管住|重点人|"
            r"人员(?:的)?(?:管控|排查|摸排|稳控)|管控|稳控|摸排)"
        ),
    ),
    Exclusion(
        "X8",
        re.compile(
            r"雪亮工程|天网工程|人脸(?:识别|抓拍|比对|卡口)|步态识别|人像(?:识别|比对|卡口)|"
            r"身份识别[^。]{0,20}(?:预警|追踪|比对)|天眼(?:工程|系统)|电子围栏[^。]{0,20}人|手机(?:信号|轨迹)|"
            r"人员轨迹|轨迹(?:分析|追踪|比对)|"
            r"(?:视频|监控|感知)[^。]{0,30}(?:预测|预警|追踪|识别)[^。]{0,12}(?:人员|违法犯罪|嫌疑|个人|行为人)|"
            r"预测(?:预警)?预防?[^。]{0,6}(?:预警)?[^。]{0,8}打击违法犯罪|预测预警预防|预测[^。]{0,10}(?:个人|人员|"
            r"居民|住户|群众|上访|信访人|犯罪嫌疑)|"
            r"(?:人员|居民|住户|群众|个人|信访人|投诉人|当事人|家长|业主|租户|流动人口)[^。]{0,16}(?:画像|风险评分|"
            r"风险等级|信用评分|贴标签|标签化|打标签|积分预警|分级预警|行为预测|轨迹)"
        ),
    ),
    Exclusion(
        "X9",
        re.compile(
            r"(?:投诉|反映|来电|举报|信访|上访)[^。]{0,14}(?:人|户|者|群众|住户|居民)[^。]{0,24}(?:画像|建立档案|"
            r"一人一档|重点关注|列为重点|黑名单|标记|稳控|盯|分级预警|家庭情况|亲属)|"
            r"(?:亲属|家属|家庭成员|社会关系)[^。]{0,20}(?:摸排|排查|掌握|稳控|做工作|谈话|施压)|(?:维稳|"
            r"稳控)[^。]{0,12}(?:人员|对象|群体|到人|到位)|落实稳控|稳控措施|稳控责任|就地稳控|截访|拦访|接返|"
            r"劝返(?:上访|信访|进京)"
        ),
    ),
)

_ORDINARY = re.compile(
    r"(?:精神障碍患者|社区矫正对象|刑满释放人员|戒毒康复人员|吸毒人员)[^。]{0,20}(?:救治|救助|就业|技能|培训|帮扶|"
    r"服务)(?![^。]{0,20}(?:稳控|管控|脱管))|宗教活动场所[^，。]{0,12}(?:消防|用电|燃气|建筑)|重点(?:人群|"
    r"群体)[^。]{0,20}(?:就业|签约|健康|服务|接种)"
)
"""Services for people who are also the object of control elsewhere: help is not control."""


_FORBIDS = re.compile(r"(?:不得|严禁|禁止|不准|不许)[^，。；]{0,14}(?:画像|预测|人脸|标签|采集|评分|黑名单|轨迹|标记)")
"""A duty not to profile protects people; it is ordinary work."""

_SIGN_WORDS = (
    "访 宗教 教徒 信教 信众 信仰 教职 朝觐 清真 教会 聚会点 传教 邪教 群体 重点 关注 "
    "人员 对象 人群 渗透 窃密 策反 颠覆 颜色革命 境外 敌对 政治安全 法轮 全能神 管住 "
    "恐 雪亮 天网 人脸 步态 人像 识别 天眼 围栏 手机 轨迹 预测 画像 评分 等级 标签 "
    "预警 投诉 反映 来电 举报 亲属 家属 家庭成员 社会关系 维稳 稳控 接返 劝返 流动人口 "
    "租户 采集 管控 摸排 肇事 扬言 积分"
)
_SIGN = re.compile("|".join(_SIGN_WORDS.split()))
"""Without one of these no rule can match: looked for first, because most passages hold none."""


def excluded_by(passage: str) -> str | None:
    """The number of the rule that makes the passage an excluded topic, or `None`."""
    if not _SIGN.search(passage):
        return None
    for exclusion in EXCLUSIONS:
        found = exclusion.pattern.search(passage)
        if found and _FORBIDS.search(passage) and exclusion.id in ("X4", "X8", "X9"):
            continue
        if found and not (exclusion.id in ("X2", "X3", "X4") and _ORDINARY.search(passage)):
            return exclusion.id
    return None
