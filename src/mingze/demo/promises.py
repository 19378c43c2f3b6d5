"""How the demo's commitments go, from the assignment to where each stands today.

A course is a list of turns; the moment of each is counted in working days from the assignment (`A`), the deadline (`D`)
or today (`N`), or is a share of the way between assignment and deadline (`F`). A course that today has not reached
simply stops there. Figures in progress reports follow the row's indicator, so that they grow and never pass the mark.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from mingze.accounts.offices import Offices
from mingze.casework import Actor
from mingze.demo.diary import Diary, day_words, month_end
from mingze.demo.evidence import bars, photo, table
from mingze.demo.steps import Act, post_of
from mingze.measures.evidence import EVIDENCE_MOST
from mingze.store import Upload
from mingze.store.documents import ReviewRow


@dataclass(frozen=True)
class Promise:
    """A published commitment: its case, its row, when it was assigned, and what `promises.toml` tells of it."""

    case_id: str
    row: ReviewRow
    assigned_at: dt.datetime
    told: Mapping[str, Any]


type Moment = tuple[str, str, float]
"""(action, counted from, amount)."""

_BEGUN: tuple[Moment, ...] = (("accept", "A", 2), ("report_progress", "F", 0.25))


def _disputed_before(counted: str, day: float) -> tuple[Moment, ...]:
    """Reported done four times and three times not verified, the last report twelve days before a day."""
    return tuple(
        (action, counted, day - before)
        for action, before in (
            ("report_done", 72), ("dispute", 65), ("report_done", 52), ("dispute", 45),
            ("report_done", 32), ("dispute", 25), ("report_done", 12),
        )
    )  # fmt: skip


COURSES: dict[str, tuple[Moment, ...]] = {
    "assigned": (),
    "accepted": (("accept", "N", -2),),
    "just_begun": (("accept", "N", -3), ("report_progress", "A", 4)),
    "returned": (("hand_back", "N", -2),),
    "under_way": (
        *_BEGUN, ("report_progress", "F", 0.5), ("report_progress", "F", 0.75), ("report_progress", "N", -12),
    ),
    "milestones": (
        ("accept", "A", 2), ("set_indicator", "A", 4), ("set_milestone", "A", 5), ("report_progress", "F", 0.25),
        ("reach_milestone", "F", 0.5), ("report_progress", "F", 0.75), ("report_progress", "N", -12),
    ),
    "split": (*_BEGUN, ("report_progress", "F", 0.6), ("report_progress", "N", -12), ("split", "N", -1)),
    "overdue": (*_BEGUN, ("report_progress", "F", 0.6), ("why_late", "N", -14)),
    "refused": (
        *_BEGUN, ("report_progress", "F", 0.6), ("ask_extension", "D", -9), ("refuse_extension", "D", -6),
        ("why_late", "N", -14),
    ),
    "closed": (*_BEGUN, ("report_progress", "F", 0.6), ("report_done", "D", -6), ("verify", "D", 4), ("close", "D", 6)),
    "quick": (("accept", "A", 1), ("report_done", "D", -1), ("verify", "D", 3), ("close", "D", 5)),
    "late": (
        *_BEGUN, ("report_progress", "F", 0.7), ("why_late", "D", 4), ("report_done", "D", 15), ("verify", "D", 27),
        ("close", "D", 30),
    ),
    "disputed": (
        *_BEGUN, ("report_progress", "F", 0.6), ("report_done", "D", -8), ("dispute", "D", 4),
        ("report_progress", "D", 12), ("report_done", "D", 19), ("verify", "D", 31), ("close", "D", 33),
    ),
    "objected": (
        *_BEGUN, ("report_progress", "F", 0.6), ("report_done", "D", -8), ("dispute", "D", 4), ("object", "D", 6),
        ("answer_objection", "D", 10), ("report_progress", "D", 12), ("report_done", "D", 19), ("verify", "D", 31),
        ("close", "D", 33),
    ),
    "objected_now": (
        *_BEGUN, ("report_progress", "F", 0.7), ("report_done", "N", -19), ("dispute", "N", -6), ("object", "N", -3),
    ),
    "disputed_now": (*_BEGUN, ("report_progress", "F", 0.7), ("report_done", "N", -19), ("dispute", "N", -6)),
    "reported": (*_BEGUN, ("report_progress", "F", 0.55), ("report_done", "N", -7)),
    "reported_overdue": (*_BEGUN, ("report_progress", "F", 0.6), ("report_done", "N", -26)),
    "verified": (*_BEGUN, ("report_progress", "F", 0.7), ("report_done", "N", -15), ("verify", "N", -2)),
    "asked": (*_BEGUN, ("report_progress", "F", 0.5), ("ask_extension", "N", -4)),
    "extended": (
        *_BEGUN, ("report_progress", "F", 0.5), ("ask_extension", "D", -19), ("take_back", "D", -17),
        ("ask_extension", "D", -13), ("extend", "D", -11),
        ("report_progress", "N", -9),
    ),
    "extended_closed": (
        *_BEGUN, ("ask_extension", "D", -12), ("extend", "D", -10), ("report_progress", "D", 3),
        ("report_done", "D", 14), ("verify", "D", 25), ("close", "D", 27),
    ),
    "ruled": (
        ("hand_back", "A", 3), ("reassign", "A", 6), ("hand_back", "A", 9), ("arbitrate", "A", 12), ("accept", "A", 14),
        ("report_progress", "F", 0.4), ("report_progress", "F", 0.7),
    ),
    "failed": (*_BEGUN, *_disputed_before("N", -2), ("fail", "N", -2)),
    "unfulfilled": (*_BEGUN, *_disputed_before("N", -30), ("fail", "N", -30), ("conclude", "N", -24)),
    "withdrawn": (("accept", "A", 3), ("report_progress", "F", 0.1), ("withdraw", "A", 20)),
}  # fmt: skip

_BESIDE = {
    ("accept", "A"): (-1, 2),
    ("report_progress", "N"): (-5, 5),
    ("why_late", "N"): (-6, 4),
    ("report_done", "D"): (-3, 3),
    ("verify", "D"): (-2, 3),
    ("dispute", "D"): (-2, 2),
}
"""How many working days beside the stated one an action may fall, so that offices do not move in step."""

_EARLY = (
    "已印发实施方案，明确了责任岗位、点位和时间表。",
    "完成前期踏勘和点位确认，资金来源已落实。",
    "已成立专班，逐项列出清单，每两周碰一次进展。",
)
_MID = (
    "方案已落实过半，问题清单逐条销号，进展与计划一致。",
    "主体工作基本完成，正在逐个点位查漏补缺。",
    "两处难点已会商解决，其余按周推进。",
)
_PACE = ("进度与计划一致。", "其余点位已排定时间。", "受天气影响略慢于计划，正在补。", "剩余部分按周推进。")
_DONE = ("任务全部完成，验收记录和清单附后。", "全部完成，点位清单附后，欢迎现场查看。")
_AGAIN = ("核验指出的问题已逐项整改，附整改前后对照，申请重新核验。",)
_FINDINGS = (
    "按清单随机抽查{count}处，全部与台账一致；核对了验收记录，核验通过。",
    "到现场看了{count}处，询问了使用的居民，情况属实，核验通过。",
)
_LATE = "受前期手续影响晚于计划，正在加快。"
_ASK = "前期手续和材料到货比计划晚，按原期限完不成。"
_EXTEND = "情况属实，同意延期；延期后仍须按季公开进展。"
_TO_SUPERVISION = ("close", "reassign", "set_indicator", "split")
_BY_HEAD = ("extend", "refuse_extension", "answer_objection", "withdraw", "arbitrate", "conclude")


def promise_steps(promise: Promise, offices: Offices, diary: Diary, draw: Random) -> Iterator[Act]:
    """The steps of one commitment, in time order."""
    course = COURSES[promise.told.get("course", "under_way")]
    teller = _Teller(promise, offices, diary, draw)
    for number, (action, moment) in enumerate(_moments(course, promise, diary, draw)):
        yield teller.act(action, moment, number)


def _moments(
    course: Sequence[Moment], promise: Promise, diary: Diary, draw: Random
) -> Iterator[tuple[str, dt.datetime]]:
    assigned = promise.assigned_at.date()
    stated = promise.row.row.get("deadline_on")
    deadline = dt.date.fromisoformat(stated) if stated else month_end(assigned, 12)
    until = max(min(deadline, diary.today), assigned + dt.timedelta(days=1))
    last = promise.assigned_at
    for action, counted, amount in course:
        if counted == "F":
            share = amount + draw.uniform(-0.05, 0.05)
            day = diary.working(assigned + dt.timedelta(days=round((until - assigned).days * share)))
        else:
            beside = draw.randint(*_BESIDE.get((action, counted), (0, 0)))
            day = diary.working({"A": assigned, "D": deadline, "N": diary.today}[counted], round(amount) + beside)
        at = diary.office_hour(day, draw)
        if at <= last:
            at = last + dt.timedelta(minutes=draw.randint(40, 200))
            if not diary.works(at.date()) or not 8 <= at.hour < 18:
                at = diary.office_hour(diary.working(last.date(), 1), draw)
        yield action, at
        last = at


class _Teller:
    """Who does each step of one commitment, and what they say and show."""

    def __init__(self, promise: Promise, offices: Offices, diary: Diary, draw: Random) -> None:
        self._promise, self._offices, self._diary, self._draw = promise, offices, diary, draw
        self._told = promise.told
        self._lead = str(promise.row.row.get("lead_office"))
        self._done = 0
        self._left = EVIDENCE_MOST
        self._share = 0.0
        self._mark = _mark_of(promise.row.row)

    def act(self, action: str, at: dt.datetime, number: int) -> Act:
        """One step; `why_late` is a progress report that says why the day was missed."""
        lead = self._lead
        if action in ("reassign", "arbitrate"):
            self._lead = str(self._told.get("to" if action == "reassign" else "ruled_to", lead))
        late = action == "why_late"
        taken = "report_progress" if late else action
        fields = self._fields(action, at)
        files = self._allowed(self._files(taken, at))
        offices = {"lead_office": self._lead} if action in ("reassign", "arbitrate") else {}
        key = f"{self._promise.case_id}/{number}"
        return Act(at, key, taken, self._actor(action, lead), fields, files, offices, self._promise.case_id)

    def _actor(self, action: str, lead: str) -> Actor:
        for function, actions in (
            ("supervision", (*_TO_SUPERVISION, *_BY_HEAD)),
            ("verification", ("verify", "dispute", "fail")),
        ):
            if action in actions:
                office = self._offices.for_function(function)
                post = "verifier" if function == "verification" else "head" if action in _BY_HEAD else "supervisor"
                return post_of(self._offices, office.id if office else "", post)
        return post_of(self._offices, lead)

    def _fields(self, action: str, at: dt.datetime) -> dict[str, Any]:
        told, draw = self._told, self._draw
        until = month_end(max(self._diary.today, self._deadline()), 2 if action == "ask_extension" else 1)
        if told.get("course") == "extended_closed":
            until = month_end(self._deadline(), 1)
        match action:
            case "report_progress" | "why_late" | "report_done":
                return self._progress(action, at)
            case "verify":
                return {"findings": told.get("findings", draw.choice(_FINDINGS).format(count=draw.randint(6, 15)))}
            case "dispute":
                return {"findings": told.get("dispute", "抽查发现与所报不符，请整改后再报。")}
            case "fail":
                return {"findings": told.get("fail", "第四次核验，前三次指出的问题仍未整改到位。")}
            case "conclude":
                return {"reason": told.get("conclude", "四次核验均未通过，按未完成结项并公开。")}
            case "arbitrate":
                return {"reason": told.get("arbitrate", "两次退办，现裁定由本单位牵头，不得再退。")}
            case "hand_back" if self._lead == told.get("to"):
                return {"reason": told.get("hand_back_again", "不属本单位职责，请裁定牵头单位。")}
            case "hand_back":
                return {"reason": told.get("hand_back", "不属本单位职责，请重新交办。")}
            case "reassign":
                return {"reason": "退办理由成立，改由实际实施的单位牵头，原单位配合。"}
            case "withdraw":
                return {"reason": told.get("withdraw", "与其他事项重复，合并督办。")}
            case "object":
                return {"objection": told.get("object", "抽查的点位不在本项任务清单内，请按清单复核。")}
            case "answer_objection":
                return {
                    "answer": told.get("answer", "经核对，清单内确有未完成的点位，核验结论维持；清单外的点位不计。")
                }
            case "refuse_extension":
                return {"reason": told.get("refuse", "所述原因在立项时已经知道，不批准延期，请加快。")}
            case "set_indicator":
                return {**told.get("counted", {}), "reason": "立项时没有写明按什么计数，现予明确。"}
            case "set_milestone":
                assigned = self._promise.assigned_at.date()
                due = assigned + (self._deadline() - assigned) * 3 // 5
                return {**told.get("milestone", {}), "milestone_due": due.isoformat()}
            case "reach_milestone":
                return {
                    "milestone": told.get("milestone", {}).get("milestone"),
                    "progress": "节点任务已完成，清单附后。",
                }
            case "split":
                return dict(told.get("part", {}))
            case "ask_extension":
                return {"reason": told.get("ask", _ASK), "until": until.isoformat()}
            case "extend":
                return {"reason": told.get("extend", _EXTEND), "until": until.isoformat()}
        return {}

    def _deadline(self) -> dt.date:
        stated = self._promise.row.row.get("deadline_on")
        return dt.date.fromisoformat(stated) if stated else month_end(self._promise.assigned_at.date(), 12)

    def _progress(self, action: str, at: dt.datetime) -> dict[str, Any]:
        told, draw, mark = self._told, self._draw, self._mark
        office = self._offices.office(self._lead).short["zh"]
        as_of = at.date() - dt.timedelta(days=draw.randint(1, 4))
        as_of = max(as_of, self._promise.assigned_at.date())
        shown = {"as_of": as_of.isoformat(), "source": f"{office}工作台账"}
        if action == "report_done":
            self._done += 1
            again = self._done > 1
            said = draw.choice(_AGAIN if again else _DONE)
            self._share = 1.0
            return {"progress": said, **({"value": mark[1], **shown} if mark else {})}
        if self._done:  # the verifier found it was not so
            return {"progress": "已按核验意见逐项整改，正在复查。"}
        first, self._share = not self._share, min(0.94, self._share + draw.uniform(0.18, 0.32))
        if action == "why_late":
            said = told.get("late", _LATE)
            self._share = max(self._share, 0.68)
            return {"progress": said, **({"value": _counted(mark[1], self._share), **shown} if mark else {})}
        if mark is None or (first and draw.random() < 0.5):
            said = draw.choice(_EARLY) if first else told.get("mid", draw.choice(_MID))
            return {"progress": said}
        unit, target = mark
        value = _counted(target, self._share)
        head = f"截至{day_words(as_of)}，已完成{value}{unit}（任务{target}{unit}）。"
        return {"progress": head + draw.choice(_PACE), "value": value, **shown}

    def _allowed(self, files: tuple[Upload, ...]) -> tuple[Upload, ...]:
        """No more evidence than a commitment takes over its whole life."""
        if any(file.field == "evidence" for file in files):
            files = files[: self._left]
            self._left -= len(files)
        return files

    def _files(self, action: str, at: dt.datetime) -> tuple[Upload, ...]:
        draw = self._draw
        if action == "report_progress" and draw.random() < 0.25:
            return (
                Upload("evidence", f"进展图{at.month}月.png", "image/png", bars([0.1, self._share / 2, self._share])),
            )
        if action == "report_done":
            count = draw.randint(5, 14)
            rows = [(f"第{n}处", "已完成", (at.date() - dt.timedelta(days=2 * n)).isoformat()) for n in range(1, count)]
            files = [Upload("evidence", "点位清单.csv", "text/csv", table(("点位", "状态", "完成日期"), rows))]
            if draw.random() < 0.6:
                files.append(Upload("evidence", "完工照片.png", "image/png", photo(draw)))
            if draw.random() < 0.4:
                record = f"验收记录（示例）\n日期：{at.date().isoformat()}\n结论：与点位清单一致，验收合格。\n"
                files.append(Upload("evidence", "验收记录.txt", "text/plain", record.encode()))
            return tuple(files)
        if action in ("verify", "dispute", "fail") and draw.random() < 0.5:
            passed = "一致" if action == "verify" else "部分不一致"
            record = f"核验记录（示例）\n日期：{at.date().isoformat()}\n方法：随机抽查，现场查看\n结果：{passed}\n"
            return (Upload("finding_files", "核验记录.txt", "text/plain", record.encode()),)
        return ()


def _mark_of(row: Mapping[str, Any]) -> tuple[str, int | float] | None:
    """Unit and amount of a row whose first indicator is a plain quantity; None for rates, ranks and directions."""
    for indicator in row.get("indicators") or ():
        value, unit = indicator.get("value"), str(indicator.get("unit") or "")
        if (
            indicator.get("op") in ("=", "+")
            and isinstance(value, int | float)
            and value >= 2
            and unit not in ("", "%")
        ):
            return unit, value
    return None


def _counted(target: int | float, share: float) -> int | float:
    """A share of a quantity, as somebody counts it."""
    return max(1, int(target * share))
