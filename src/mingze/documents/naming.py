"""Naming: what a value measures, by the words around it without modals, verbs of making and dates."""

from __future__ import annotations

import re

MAKING = (
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

MAKES_FIRST = re.compile(rf"^(?:{MAKING})(?:好|完|成)?(?:全部|累计|共|约|不少于|至少)*")

MAKES = re.compile(rf"(?:{MAKING})")

_NAME_TRIM = re.compile(
    r"^(?:(?:至少|不少于|不低于|的|请|并(?!网|联)|且|再(?!生)|又|还(?!款|贷)|要(?!素|点)|应当|应(?!急|用|届|付|收)|须|必须|务必|确保|力争|争取|努力|实现|使|让|做到|做好|将|把|对|推动|保证|"
    r"全年|全区|全县|全市|今年|年度|累计|共|每人|其中|同时|首先|其次|切实|进一步|不断|持续|加快|大力|积极|稳步|"
    r"有序|全面|深入)+)"
)

_NAME_TAIL = re.compile(
    r"(?:要|应|须|必须|务必|力争|争取|确保|(?<!平)均|平均|全部|分别|稳定|基本|总体|再|约|近|累计|至少|不少于|"
    r"均为|均达|为|较上年|比上年|较去年|比去年|同比|较\d+年|比\d+年|在法定时限基础上|的)+$"
)

_QUOTED = re.compile(r"“[^“”]*”|《[^《》]*》|（[^（）]*）")

_LATIN = re.compile(
    r"[A-Za-z][A-Za-z.+]*[\d.]+(?![\d]*(?:%|以))|\d+[A-Za-z]+\d*|\d+(?:\+\d+)+(?:\+[NXn])?|\d{4,5}(?=热线|平台|"
    r"政务|便民|市民)|〔\d+〕|\d+号(?=文|令|院|线|楼|地块)|\d+\.\d+\.\d+"
)

_MASKABLE = re.compile(r"[“《（A-Za-z〔]|\d[热平政便市号+.]|\d{4}")


def masked_of(text: str, spans: list[tuple[int, int]]) -> str:
    if not spans and not _MASKABLE.search(text):
        return text
    masked = list(text)
    for start, end in spans:
        masked[start:end] = "\x00" * (end - start)
    for pattern in (_QUOTED, _LATIN):
        for match in pattern.finditer(text):
            masked[match.start() : match.end()] = "\x00" * (match.end() - match.start())
    return "".join(masked)


def named_by(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
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


def object_named(name: str, following: str) -> str:
    stripped = MAKES_FIRST.sub("", name)
    if following:
        after = re.sub(r"^(?:的|余)", "", following)
        return (
            after
            if not stripped or (stripped == name and MAKES.match(name))
            else f"{stripped}{after}"
            if len(stripped) < 14
            else after
        )
    return stripped or name
