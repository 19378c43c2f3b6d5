"""What a procedure may never ask, keep or show: the never-list of the design, as words that a field must not have.

Nothing here can be argued away but the first: a sensitive field is possible with purpose, legal basis and retention
(PIPL 28). Scores, labels and predictions about a person, watch-lists, profiles across cases and feeds that follow
people are not, whatever a procedure says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingze.procedure.finding import PROCEDURE, Finding
from mingze.procedure.model import FormField, Procedure

SENSITIVE = re.compile(
    r"宗教|信仰|信教|教派|民族|种族|血缘|政治面貌|政治立场|党派|是否党员|家庭|婚姻|配偶|子女|亲属|健康|疾病|病史|病历|诊断|残疾|怀孕|基因"
    r"|生物识别|指纹|人脸"
    r"|\breligio|\bfaith\b|\bchurch|\bethnic|\brace\b|\bracial|\bpolitical|\bparty member|\bfamily|\bmarital|\bmarriage|\bspouse"
    r"|\brelatives?\b|\bhealth|\bmedical|\bdisease|\billness|\bdiagnos|\bdisabilit|\bpregnan|\bgenetic|\bbiometric|\bfingerprint",
    re.IGNORECASE,
)
"""What no field may ask about without a declared basis, purpose and retention (PIPL 28; the design's never-list)."""

_PERSON_ZH = r"(?:个人|人员|本人|信访人|上访人|举报人|投诉人|申请人|居民|群众|当事人|家长|学生)"
_PERSON_EN = r"(?:person|people|petitioner|complainant|applicant|resident|citizen|individual|pupil|student)"
NEVER: dict[str, re.Pattern[str]] = {
    "score": re.compile(
        rf"信用分|{_PERSON_ZH}[^，。]{{0,6}}(?:评分|打分|积分|得分|评级|等级|分级|信用)"
        rf"|\b(?:score|scoring|rating|grade|ranking|credit)\b[^,.]{{0,16}}\b{_PERSON_EN}s?\b"
        rf"|\b{_PERSON_EN}(?:'s|’s|s)?\b[^,.]{{0,16}}\b(?:score|rating|grade|rank|ranking|credit)\b|\bsocial credit\b",
        re.IGNORECASE,
    ),
    "prediction": re.compile(
        rf"预测|预警对象|{_PERSON_ZH}[^，。]{{0,6}}风险|\bpredict|\bforecast|\brisk\b[^,.]{{0,16}}\b{_PERSON_EN}s?\b"
        rf"|\b{_PERSON_EN}(?:'s|’s)?\b[^,.]{{0,16}}\brisk\b",
        re.IGNORECASE,
    ),
    "watch_list": re.compile(
        r"黑名单|重点人员|重点对象|特定群体|特殊人群|稳控|布控|失信名单|\bblack ?list|\bwatch.?list|\bpersons? of interest\b"
        r"|\btarget group",
        re.IGNORECASE,
    ),
    "profile": re.compile(
        r"画像|历史信访|信访次数|以往(?:信访|投诉|办件)|其他办件|关联人员|社会关系|\bprofil(?:e|ing)\b"
        r"|\bprevious (?:cases|petitions|complaints)\b"
        r"|\bother cases\b|\bassociates\b|\bhow often\b[^,.]{0,24}\b(?:petitioned|complained)\b",
        re.IGNORECASE,
    ),
    "surveillance": re.compile(
        r"视频监控|监控(?:视频|录像|画面|数据)|摄像头|行踪|轨迹|实时(?:定位|位置)|手机定位|社交(?:媒体|账号)|朋友圈|聊天记录|通话记录"
        r"|\bsurveillance\b|\bcctv\b|\bcamera (?:feed|footage)|\bgeolocation|\blocation (?:history|track)"
        r"|\bsocial media|\bcall records|\bchat (?:log|histor)",
        re.IGNORECASE,
    ),
}
"""What no procedure has, whatever its basis, by kind."""

IDENTITY = re.compile(
    r"身份证|公民身份号码|证件号码|手机号|联系电话|家庭住址|住址|\bID (?:card|number)|\bidentity (?:card|number)|\bpassport"
    r"|\b(?:phone|mobile) number|\bhome address",
    re.IGNORECASE,
)
"""What tells who a person is and therefore never stands in a public fact."""


def privacy_faults(procedure: Procedure) -> Iterator[Finding]:
    """Fields that may not be asked, asked so, or shown."""
    for name, field in procedure.fields.items():
        at, words = ("fields", name), _words(name, field)
        match = SENSITIVE.search(words)
        if match and not (field.basis and field.purpose and field.retention_months):
            yield Finding("sensitive_field", PROCEDURE, at, {"field": name, "found": match.group(0)})
        for kind, pattern in NEVER.items():
            match = pattern.search(words)
            if match:
                yield Finding("never_asked", PROCEDURE, at, {"field": name, "found": match.group(0), "kind": kind})
        match = IDENTITY.search(words) if field.public else None
        if match:
            yield Finding("identity_public", PROCEDURE, at, {"field": name, "found": match.group(0)})
    for name, row in procedure.publication.items():
        for shown in row.shows:
            if not procedure.fields[shown].public:
                yield Finding("publishes_sealed", PROCEDURE, ("publication", name), {"row": name, "field": shown})


def _words(name: str, field: FormField) -> str:
    choices = " ".join(f"{choice.zh} {choice.en}" for choice in field.choices.values())
    return f"{name.replace('_', ' ')} {field.zh} {field.en} {choices}"
