"""The life of a promise in a real register: values, requests, milestones, parts, evidence, voices, re-checks."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from typing import Any

import pytest

from mingze.casework import Actor, Refused
from mingze.measures.lots import draw, items_digest, seed_of
from mingze.measures.promised import last_report_on
from mingze.store import Upload
from mingze.store.promises import PartWanted
from tests.store.town import OFFICES, Town

DAY = dt.date
HOMES = {
    "title": "开工安置房", "words": "开工安置房3000套。", "document": "工作报告", "deadline": "2026-12-31",
    "indicator_name": "安置房开工", "target": 3000, "unit": "套", "sense": "at_least",
}  # fmt: skip


def post(of: str) -> Actor:
    """The actor of a post of the district."""
    found = OFFICES.post(of)
    return Actor("post", post=found.id, office=found.office, functions=found.functions)


class Desk:
    """One promise and short words for what is done with it."""

    def __init__(self, town: Town) -> None:
        self.town, self.register = town, town.open()
        self.keys = itertools.count()
        self.case_id = self.assign()

    def assign(self, lead: str = "zjj", **facts: Any) -> str:
        from mingze.casework import Command

        told = {name: value for name, value in {**HOMES, **facts}.items() if value is not None}
        procedure, case_id = self.register.procedures["commitment"], f"{next(self.keys):032x}"
        command = Command("assign", post("dcs.supervisor"), told, (), {"lead_office": lead}, f"assign/{case_id}")
        self.register.submit(lambda draft: self.register.open_case(draft, procedure, command, case_id))
        self.do("accept", f"{lead}.handler", case_id=case_id)
        return case_id

    def do(self, action: str, by: str, fields: Any = None, files: Any = (), case_id: str = "", key: str = "") -> Any:
        self.town.clock.advance(hours=1)
        return self.register.act(
            case_id or self.case_id, action, post(by), fields or {}, files, idempotency=key or f"k{next(self.keys)}"
        )

    def found(self, case_id: str = "") -> Any:
        known = self.register.case(case_id or self.case_id)
        assert known is not None
        return known

    def promised(self) -> Any:
        return self.register.promises.promised(self.found())

    def value(self, name: str = "安置房开工", scope: str = "") -> Any:
        return self.register.values.latest([(name, scope)]).get((name, scope))


@pytest.fixture
def desk(sqlite_town: Town) -> Desk:
    """A promise of 3,000 homes until the end of the year, accepted by the housing bureau."""
    return Desk(sqlite_town)


def refused(code: str) -> Any:
    """A refusal with this code."""
    return pytest.raises(Refused, match=rf"^{code}( |$)")


# -- values ------------------------------------------------------------------------------------------------------


def test_a_reported_value_is_in_the_register_once_and_read_by_every_promise_with_that_indicator(desk: Desk) -> None:
    """The number stands with its day, source and case; the same again adds nothing, another one is refused with the
    number that is there and the office that entered it.
    """
    report = {"progress": "已开工1200套。", "value": 1200, "as_of": "2026-09-10", "source": "施工许可台账"}
    done = desk.do("report_progress", "zjj.handler", report)
    value = desk.value()
    assert (str(value.quantity), value.as_of, value.source) == ("1200套", DAY(2026, 9, 10), "施工许可台账")
    assert (value.case_id, value.n, value.office) == (desk.case_id, done.n, "zjj")
    other = desk.assign("jtj", title="另一份文件里的同一件事")
    desk.do("report_progress", "jtj.handler", report, case_id=other)
    assert len(desk.register.values.series("安置房 开工")) == 1
    with refused("value_exists") as told:
        desk.do("report_progress", "jtj.handler", {**report, "value": 1300}, case_id=other)
    assert (told.value.values["value"], told.value.values["office"]) == ("1200套", "zjj")
    assert desk.found(other).case.counts["report_progress"] == 1


def test_a_correction_stands_beside_what_it_corrects_and_only_its_office_or_the_verifier_makes_it(desk: Desk) -> None:
    """The newest reading is the corrected one; the first is still in the table; a second correction of it is refused."""
    values, day = desk.register.values, DAY(2026, 9, 1)
    first = values.enter("绿地面积", "", day, "12.5", "公顷", "航拍", post("zjj.handler"))
    with refused("value_not_yours"):
        values.correct(first.value_id, "13", "我觉得", post("jyj.handler"))
    with refused("value_reason"):
        values.correct(first.value_id, "13", " ", post("zjj.handler"))
    fixed = values.correct(first.value_id, "12.7", "漏算一处", post("tjj.verifier"))
    assert fixed.corrects == first.value_id and str(desk.value("绿地面积").quantity) == "12.7公顷"
    with refused("value_corrected"):
        values.correct(first.value_id, "12.9", "又漏一处", post("zjj.handler"))
    assert desk.town.sql("SELECT count(*) FROM indicator_value WHERE name = '绿地面积'")[0][0] == 2
    kinds = [one.kind for one in desk.register.governed("value")]
    assert kinds == ["value", "value"], "numbers without a case are public records of the log"


@pytest.mark.parametrize(("change", "code"), [
    ({"as_of": DAY(2026, 9, 15)}, "value_in_future"), ({"amount": "很多"}, "value_unreadable"),
    ({"source": ""}, "value_incomplete"), ({"name": " 。"}, "value_incomplete"), ({"scope": "nowhere"}, "value_scope"),
])  # fmt: skip
def test_a_value_needs_its_day_its_source_and_its_name(desk: Desk, change: dict[str, Any], code: str) -> None:
    """A value of tomorrow, without source or of no indicator is not entered."""
    told = {
        "name": "绿地面积",
        "scope": "",
        "as_of": DAY(2026, 9, 14),
        "amount": "1",
        "unit": "公顷",
        "source": "航拍",
        **change,
    }
    with refused(code):
        desk.register.values.enter(actor=post("zjj.handler"), **told)
    assert desk.register.values.recent() == ()


def test_a_value_that_exists_answers_a_request_and_nobody_is_asked(desk: Desk) -> None:
    """The request is answered from the register at once, waits for nobody, and counts as spared in the meter."""
    values, day = desk.register.values, DAY(2026, 9, 1)
    known = values.enter("绿地面积", "", day, "12", "公顷", "航拍", post("zjj.handler"))
    (asked,) = values.ask("data", ["zjj"], post("tjj.verifier"), subject="", basis="统计年报", indicator="绿地面积",
                          as_of=day, idempotency="1")  # fmt: skip
    assert asked.found == known.value_id and not asked.open
    assert values.requests("zjj", waiting=True) == ()
    (row,) = values.burden(DAY(2026, 9, 1), DAY(2026, 9, 30))
    assert (row.office, row.asked, row.spared) == ("tjj", 0, 1)


def test_the_same_data_are_asked_of_an_office_once_and_the_answer_is_everybodys(desk: Desk) -> None:
    """A second office that asks is told who asked first; the answer enters the register; the request is then closed."""
    values, day = desk.register.values, DAY(2026, 8, 31)
    ask = {"subject": "", "basis": "工作需要", "indicator": "危房户数", "as_of": day, "unit": "户"}
    (asked,) = values.ask("data", ["zjj"], post("tjj.verifier"), **ask, idempotency="1")
    assert values.ask("data", ["zjj"], post("tjj.verifier"), **ask, idempotency="1") == (asked,), (
        "sent twice, asked once"
    )
    with refused("asked_already") as told:
        values.ask("data", ["zjj"], post("dcs.supervisor"), **ask, idempotency="2")
    assert told.value.values["office"] == "tjj"
    with refused("request_not_yours"):
        values.answer(asked.request_id, post("jyj.handler"), amount="3", source="排查")
    done = values.answer(asked.request_id, post("zjj.handler"), amount="3", source="排查")
    assert not done.open and str(desk.value("危房户数").quantity) == "3户"
    with refused("request_answered"):
        values.answer(asked.request_id, post("zjj.handler"), amount="3", source="排查")
    (spared,) = values.ask("data", ["zjj"], post("dcs.supervisor"), **ask, idempotency="3")
    assert spared.found == done.value_id
    assert [(row.office, row.asked, row.spared) for row in values.burden(DAY(2026, 9, 1), DAY(2026, 9, 30))] == [
        ("dcs", 0, 1), ("tjj", 1, 0),
    ]  # fmt: skip


def test_reports_and_meetings_count_once_for_each_office_asked_and_need_a_basis(desk: Desk) -> None:
    """One meeting for three offices weighs three times; without a legal or working basis nothing can be asked."""
    values = desk.register.values
    with refused("ask_basis"):
        values.ask("meeting", ["zjj"], post("dcs.supervisor"), subject="推进会", basis="", idempotency="0")
    with refused("ask_yourself"):
        values.ask("meeting", ["dcs"], post("dcs.supervisor"), subject="推进会", basis="例会", idempotency="0")
    asked = values.ask(
        "meeting", ["zjj", "jyj", "jtj"], post("dcs.supervisor"), subject="推进会", basis="例会", idempotency="1"
    )
    values.ask("report", ["zjj"], post("dcs.supervisor"), subject="书面情况", basis="例会", idempotency="2")
    (row,) = values.burden(DAY(2026, 9, 1), DAY(2026, 9, 30))
    assert (row.meeting, row.report, row.offices_asked, len(asked)) == (3, 1, 3, 3)
    assert values.answer(asked[0].request_id, post("zjj.handler"), words="派人参加").words == "派人参加"


def test_nothing_asked_or_answered_can_be_changed_in_the_database(desk: Desk) -> None:
    """The tables of values, requests and answers refuse UPDATE and DELETE, whoever asks through SQL."""
    desk.register.values.enter("绿地面积", "", DAY(2026, 9, 1), "12", "公顷", "航拍", post("zjj.handler"))
    for statement in ("UPDATE indicator_value SET amount = '1'", "DELETE FROM indicator_value"):
        with pytest.raises(Exception, match="refused"):
            desk.town.sql(statement)


# -- milestones --------------------------------------------------------------------------------------------------


def test_a_milestone_on_the_way_needs_no_reason_the_whole_earlier_does(desk: Desk) -> None:
    """1,000 by October is a step; all 3,000 by November, or 3,200, is stricter than promised and needs public words."""
    step = {"milestone": "首批开工", "milestone_due": "2026-10-31", "milestone_target": 1000}
    desk.do("set_milestone", "zjj.handler", step)
    for stricter in ({"milestone_due": "2026-11-30", "milestone_target": 3000}, {"milestone_target": 3200}):
        wanted = {**step, "milestone": "全部", **stricter}
        with refused("stricter_without_reason"):
            desk.do("set_milestone", "dcs.supervisor", wanted)
    desk.do("set_milestone", "dcs.supervisor", {**step, "milestone": "全部", "milestone_due": "2026-11-30",
            "milestone_target": 3000, "stricter_reason": "冬季停工，须提前"})  # fmt: skip
    first, second = desk.promised().milestones
    assert (first.name, first.reason, second.reason) == ("首批开工", "", "冬季停工，须提前")


def test_a_milestone_after_the_deadline_is_refused_and_on_the_deadline_is_not(desk: Desk) -> None:
    """The last day of the promise is the last day of a milestone."""
    with refused("milestone_after_deadline"):
        desk.do("set_milestone", "zjj.handler", {"milestone": "收尾", "milestone_due": "2027-01-01"})
    desk.do("set_milestone", "zjj.handler", {"milestone": "收尾", "milestone_due": "2026-12-31"})


def test_a_milestone_moved_keeps_its_first_day_and_one_reached_says_when(desk: Desk) -> None:
    """Set again under its name it has the new day and the old beside it; one nobody set cannot be reported reached."""
    desk.do("set_milestone", "zjj.handler", {"milestone": "首批", "milestone_due": "2026-09-30"})
    desk.do("set_milestone", "zjj.handler", {"milestone": "首批", "milestone_due": "2026-10-15"})
    with refused("milestone_unknown"):
        desk.do("reach_milestone", "zjj.handler", {"milestone": "第二批", "progress": "完成。"})
    (set_,) = desk.promised().milestones
    assert (set_.due_on, set_.before, set_.state(DAY(2026, 10, 16))) == (
        DAY(2026, 10, 15),
        (DAY(2026, 9, 30),),
        "passed",
    )
    desk.do("reach_milestone", "zjj.handler", {"milestone": "首批", "progress": "完成。", "value": 900})
    (reached,) = desk.promised().milestones
    assert reached.state(DAY(2026, 12, 1)) == "reached" and str(desk.value().quantity) == "900套"


# -- parts -------------------------------------------------------------------------------------------------------


def test_parts_that_add_up_become_commitments_of_their_offices_all_at_once(desk: Desk) -> None:
    """Each has its own lead, its own share, the words and the deadline of the whole, and names the whole."""
    filed = desk.register.promises.divide(
        desk.case_id,
        [PartWanted("qhjd", "青禾街道1800套", "1800"), PartWanted("bsz", "白石镇1200套", "1,200")],
        post("dcs.supervisor"), idempotency="d1",
    )  # fmt: skip
    whole = desk.found()
    parts = desk.register.promises.parts(whole.case)
    assert [(part.office, part.case.facts["target"], part.number) for part in parts] == [
        ("qhjd", 1800, filed[0].number), ("bsz", 1200, filed[1].number),
    ]  # fmt: skip
    child = parts[0].case
    assert (
        child.facts["words"] == HOMES["words"]
        and child.facts["deadline"] == "2026-12-31"
        and child.facts["scope"] == "qhjd"
    )
    assert child.offices["verifying_office"] != "qhjd" and child.stage == "assigned"
    assert whole.case.facts["title"] == HOMES["title"], "the whole keeps its own words"
    above = desk.register.promises.whole_of(child)
    assert above is not None and above.case.id == desk.case_id
    assert desk.register.promises.division(whole.case, parts).comes_out
    again = desk.register.promises.divide(
        desk.case_id, [PartWanted("qhjd", "青禾街道1800套", "1800"), PartWanted("bsz", "白石镇1200套", "1200")],
        post("dcs.supervisor"), idempotency="d1",
    )  # fmt: skip
    assert [one.case_id for one in again] == [one.case_id for one in filed] and len(desk.found().case.links) == 2


@pytest.mark.parametrize(
    ("amounts", "way", "difference"), [(("1800", "1100"), "gap", "100套"), (("1800", "1300"), "excess", "100套")]
)
def test_a_sum_that_does_not_come_out_is_refused_until_a_public_reason_says_why(
    desk: Desk, amounts: tuple[str, str], way: str, difference: str
) -> None:
    """The refusal names the gap or the excess and nothing is opened; with a reason all parts are."""
    wanted = [PartWanted(office, office, amount) for office, amount in zip(("qhjd", "bsz"), amounts, strict=True)]
    with refused("parts_differ") as told:
        desk.register.promises.divide(desk.case_id, wanted, post("dcs.supervisor"), idempotency="d")
    assert (told.value.values["way"], told.value.values["difference"]) == (way, difference)
    assert desk.found().case.links == ()
    reasoned = [*wanted[:1], PartWanted("bsz", "bsz", amounts[1], reason="按实有户数核定")]
    assert len(desk.register.promises.divide(desk.case_id, reasoned, post("dcs.supervisor"), idempotency="e")) == 2
    events = [stored.event.facts.get("part_reason") for stored in desk.found().events if stored.event.action == "split"]
    assert events == [None, "按实有户数核定"]


def test_a_part_due_a_day_earlier_needs_a_reason(desk: Desk) -> None:
    """The deadline does not become stricter on its way down unless somebody says in public why."""
    early = PartWanted("bsz", "全部", "3000", DAY(2026, 12, 30))
    with refused("stricter_without_reason"):
        desk.register.promises.divide(desk.case_id, [early], post("dcs.supervisor"), idempotency="d")
    same = PartWanted("bsz", "全部", "3000", DAY(2026, 12, 31))
    assert desk.register.promises.divide(desk.case_id, [same], post("dcs.supervisor"), idempotency="e")


def test_the_act_behind_one_part_holds_the_same_rules(desk: Desk) -> None:
    """Split off by the plain action, a single part counts what is missing; the lead office cannot split at all."""
    part = {"part_title": "白石镇", "part_office": "bsz", "part_target": 1000}
    with refused("not_yours"):
        desk.do("split", "zjj.handler", {**part, "part_reason": "先分一块"})
    with refused("parts_differ"):
        desk.do("split", "dcs.supervisor", part)
    done = desk.do("split", "dcs.supervisor", {**part, "part_reason": "其余由本局直接实施"}, key="one")
    again = desk.do("split", "dcs.supervisor", {**part, "part_reason": "其余由本局直接实施"}, key="one")
    assert done.opened.case_id == again.opened.case_id and again.repeated
    assert desk.found(done.opened.case_id).case.offices["lead_office"] == "bsz"


def test_the_register_replays_to_the_same_cases_after_a_division(desk: Desk) -> None:
    """Whole and parts are what their events add up to."""
    from mingze.casework import replay

    wanted = [PartWanted("bsz", "白石镇", "3000")]
    (filed,) = desk.register.promises.divide(desk.case_id, wanted, post("dcs.supervisor"), idempotency="d")
    for case_id in (desk.case_id, filed.case_id):
        found = desk.found(case_id)
        assert replay(found.procedure, [stored.event for stored in found.events]) == found.case


# -- evidence ----------------------------------------------------------------------------------------------------


def paper(name: str) -> Upload:
    """A file of evidence."""
    return Upload("evidence", name, "", b"a,b\n1,2\n" if name.endswith("csv") else b"%PDF-1.7 x")


def test_evidence_beyond_its_cap_or_kind_is_not_taken(desk: Desk) -> None:
    """Two tables at most over the whole life: the third is refused calmly, and so is a picture; nothing is written."""
    rule = {
        "indicator_name": "安置房开工",
        "target": 3000,
        "unit": "套",
        "evidence_kind": "tables",
        "evidence_most": 2,
        "reason": "数据为准",
    }
    desk.do("set_indicator", "dcs.supervisor", rule)
    desk.do("report_progress", "zjj.handler", {"progress": "一"}, [paper("a.csv")])
    desk.do("report_progress", "zjj.handler", {"progress": "二"}, [paper("b.csv")])
    n = desk.found().case.n
    with refused("evidence_full") as told:
        desk.do("report_done", "zjj.handler", {"progress": "三"}, [paper("c.csv")])
    assert told.value.values["most"] == told.value.values["had"] == 2 and desk.found().case.n == n
    desk.do("report_done", "zjj.handler", {"progress": "三"})
    desk.do("verify", "tjj.verifier", {"findings": "属实"}, [Upload("finding_files", "核验.pdf", "", b"%PDF-1.7 x")])


def test_where_no_evidence_is_needed_none_is_taken(desk: Desk) -> None:
    """An indicator may say that the number is enough."""
    desk.do("set_indicator", "dcs.supervisor", {"evidence_kind": "none", "reason": "有统计数据"})
    with refused("evidence_not_needed"):
        desk.do("report_progress", "zjj.handler", {"progress": "一"}, [paper("a.csv")])


# -- extensions and objections -----------------------------------------------------------------------------------


def test_an_extension_stands_beside_the_first_day_with_reason_and_approver(desk: Desk) -> None:
    """Asked, refused, asked again, granted: every step, its reason and the post that answered stay to be read."""
    ask = {"reason": "管线迁改", "until": "2027-03-31"}
    desk.do("ask_extension", "zjj.handler", ask)
    desk.do("refuse_extension", "dcs.head", {"reason": "理由不足"})
    desk.do("ask_extension", "zjj.handler", ask)
    desk.do("extend", "dcs.head", {"reason": "情况属实", "until": "2027-02-28"})
    promised = desk.promised()
    assert promised.first_due_on == DAY(2026, 12, 31) and promised.target.due_on == DAY(2027, 2, 28)
    refused_, granted = promised.applications
    assert (refused_.answer, refused_.answered_by, refused_.answer_reason) == ("refused", "dcs.head", "理由不足")
    assert (granted.from_on, granted.until_on, granted.granted_until_on) == (
        DAY(2026, 12, 31),
        DAY(2027, 3, 31),
        DAY(2027, 2, 28),
    )


def test_an_objection_to_a_finding_is_kept_with_its_answer(desk: Desk) -> None:
    """What the office said, to which finding, and what it was told; one taken back says so."""
    desk.do("report_done", "zjj.handler", {"progress": "完成"})
    found = desk.do("dispute", "tjj.verifier", {"findings": "少20套"})
    desk.do("object", "zjj.handler", {"objection": "已补齐"})
    desk.do("answer_objection", "dcs.head", {"answer": "以抽查当日为准"})
    (one,) = desk.promised().objections
    assert (one.finding_n, one.words, one.answer, one.answered_by) == (found.n, "已补齐", "以抽查当日为准", "dcs.head")
    assert last_report_on(desk.found().case) == desk.promised().reported_on == DAY(2026, 9, 14)


# -- voices ------------------------------------------------------------------------------------------------------


def test_a_code_has_one_voice_and_nobody_can_look_up_what_it_said(desk: Desk) -> None:
    """Spent codes are refused; counts are told from the fifth voice on; no row holds a code beside what it said."""
    voices = desk.register.voices
    codes = voices.give(desk.case_id, 6, post("dcs.supervisor"), idempotency="b")
    with refused("voice_too_early"):
        voices.say(codes[0], "yes")
    desk.do("report_done", "zjj.handler", {"progress": "完成"})
    for code in codes[:4]:
        voices.say(code, "yes")
    told = voices.tallies([desk.case_id])[desk.case_id]["code"]
    assert (told.voices, told.given) == (0, 6), "four voices are not told"
    with refused("voice_code_spent"):
        voices.say(codes[0], "no")
    voices.say(codes[4].lower(), "no")
    told = voices.tallies([desk.case_id])[desk.case_id]["code"]
    assert (dict(told.counts), told.given) == ({"yes": 4, "no": 1}, 6)
    with refused("voice_code_unknown"):
        voices.say("0" * 24, "yes")
    assert list(desk.town.sql("SELECT count(*), sum(spent) FROM voice_code")) == [(6, 5)]
    columns = {row[1] for row in desk.town.sql("PRAGMA table_info(voice_code)")}
    assert columns == {"authority", "digest", "case_id", "spent"}


def test_only_the_supervision_office_gives_codes_and_the_same_sheet_has_the_same_codes(desk: Desk) -> None:
    """The office that is judged does not choose who speaks; printing again makes no new codes."""
    voices = desk.register.voices
    with refused("not_yours"):
        voices.give(desk.case_id, 5, post("zjj.handler"), idempotency="b")
    first = voices.give(desk.case_id, 5, post("dcs.supervisor"), idempotency="b")
    assert voices.give(desk.case_id, 5, post("dcs.supervisor"), idempotency="b") == first
    assert desk.town.sql("SELECT count(*) FROM voice_code")[0][0] == 5
    with refused("voice_codes_count"):
        voices.give(desk.case_id, 501, post("dcs.supervisor"), idempotency="c")


def test_voices_without_a_code_are_counted_apart(desk: Desk) -> None:
    """What anybody sees never mixes with what those affected say."""
    voices = desk.register.voices
    desk.do("report_done", "zjj.handler", {"progress": "完成"})
    for says in ("yes", "yes", "partly", "no", "cannot_tell"):
        voices.say_openly(desk.case_id, says)
    told = voices.tallies([desk.case_id])[desk.case_id]
    assert "code" not in told and told["open"].voices == 5
    with refused("voice_says"):
        voices.say_openly(desk.case_id, "very_happy")
    (record,) = desk.register.governed("voices")
    assert record.facts["yes"] == 2 and "code" not in json.dumps(dict(record.facts))


# -- draws -------------------------------------------------------------------------------------------------------


def verified(desk: Desk, count: int) -> list[str]:
    """Numbers of promises that were verified."""
    out = []
    for n in range(count):
        case_id = desk.assign(title=f"第{n}件", indicator_name=None, target=None)
        desk.do("report_done", "zjj.handler", {"progress": "完成"}, case_id=case_id)
        desk.do("verify", "tjj.verifier", {"findings": "属实"}, case_id=case_id)
        out.append(desk.found(case_id).number)
    return out


def test_a_draw_is_announced_before_its_seed_exists_and_can_be_done_again_by_anybody(desk: Desk) -> None:
    """It waits for the tree size it named; what it draws follows from the public root, the lot and the list alone."""
    numbers, lots, chief = verified(desk, 4), desk.register.lots, post("dcs.head")
    with refused("lot_not_yours"):
        lots.announce("抽查", numbers, 2, post("zjj.head"), idempotency="x")
    lot = lots.announce("九月抽查", numbers, 2, chief, ahead=3, idempotency="x")
    assert lots.announce("另一次", numbers[:2], 1, chief, ahead=3, idempotency="x") == lot
    assert lot.tree_size == lots.log_size() + 3
    with refused("lot_too_early"):
        lots.draw(lot.lot_id, chief)
    for n in range(3):
        desk.do("report_progress", "zjj.handler", {"progress": f"{n}"})
    drawn = lots.draw(lot.lot_id, chief)
    desk.register.publish()
    announced, result = sorted(desk.register.governed("draw"), key=lambda one: one.n)
    assert announced.leaf_index < lot.tree_size and result.leaf_index >= lot.tree_size
    assert announced.facts["sha256"] == items_digest(sorted(numbers)) and announced.facts["items"] == sorted(numbers)
    seed = seed_of(bytes.fromhex(result.facts["root"]), lot.lot_id)
    assert tuple(result.facts["drawn"]) == drawn.drawn == draw(seed, announced.facts["items"], 2)
    assert lots.draw(lot.lot_id, chief) == drawn, "asked again, the same are drawn"


def test_an_outside_word_that_was_announced_is_needed_and_changes_the_seed(desk: Desk) -> None:
    """Where the announcement names a public lottery its result goes into the seed; without it nothing is drawn."""
    numbers, lots, chief = verified(desk, 3), desk.register.lots, post("dcs.head")
    lot = lots.announce("抽查", numbers, 1, chief, ahead=1, outside="双色球第2026120期", idempotency="x")
    desk.do("report_progress", "zjj.handler", {"progress": "一"})
    with refused("lot_outside_missing"):
        lots.draw(lot.lot_id, chief)
    drawn = lots.draw(lot.lot_id, chief, outside_word="03 07 11")
    assert drawn.seed == seed_of(bytes.fromhex(drawn.root), lot.lot_id, "03 07 11")


def test_what_was_drawn_is_checked_again_by_an_office_that_neither_leads_nor_verified_it(desk: Desk) -> None:
    """The lead and the verifier are refused; another office's finding stands once, and beside the promise."""
    numbers, lots, chief = verified(desk, 1), desk.register.lots, post("dcs.head")
    lot = lots.announce("抽查", numbers, 1, chief, ahead=1, idempotency="x")
    with refused("lot_not_drawn"):
        lots.recheck(lot.lot_id, numbers[0], "holds", "现场看过", post("sfj.handler"))
    desk.do("report_progress", "zjj.handler", {"progress": "一"})
    lots.draw(lot.lot_id, chief)
    for same in ("zjj.head", "tjj.verifier"):
        with refused("recheck_same_office"):
            lots.recheck(lot.lot_id, numbers[0], "holds", "现场看过", post(same))
    lots.recheck(lot.lot_id, numbers[0], "does_not_hold", "三处未完工", post("sfj.handler"))
    with refused("recheck_done"):
        lots.recheck(lot.lot_id, numbers[0], "holds", "现场看过", post("sfj.handler"))
    ((_, found),) = lots.of_promise(numbers[0])
    assert found is not None and (found.finding, found.office) == ("does_not_hold", "sfj")
    assert lots.get(lot.lot_id).waiting == ()  # type: ignore[union-attr]


# -- on each database --------------------------------------------------------------------------------------------


def test_values_parts_voices_and_a_draw_hold_on_each_database(town: Town) -> None:
    """The same course on SQLite and on PostgreSQL: entered once, divided at once, told from the fifth voice, drawn."""
    desk = Desk(town)
    desk.do("set_indicator", "dcs.supervisor", {"evidence_most": 1, "reason": "一份就够"})
    desk.do("report_progress", "zjj.handler", {"progress": "一", "value": 900, "as_of": "2026-09-01"}, [paper("a.csv")])
    with refused("evidence_full"):
        desk.do("report_progress", "zjj.handler", {"progress": "二"}, [paper("b.csv")])
    values = desk.register.values
    fixed = values.correct(desk.value().value_id, "950", "漏算一处", post("zjj.handler"))
    assert fixed.corrects and str(desk.value().quantity) == "950套"
    (asked,) = values.ask(
        "data", ["zjj"], post("tjj.verifier"), subject="", basis="年报", indicator="安置房开工", idempotency="1"
    )
    assert asked.found == fixed.value_id
    parts = [PartWanted("qhjd", "青禾街道", "1800"), PartWanted("bsz", "白石镇", "1200")]
    assert len(desk.register.promises.divide(desk.case_id, parts, post("dcs.supervisor"), idempotency="d")) == 2
    codes = desk.register.voices.give(desk.case_id, 5, post("dcs.supervisor"), idempotency="b")
    desk.do("report_done", "zjj.handler", {"progress": "完成"})
    for code in codes:
        desk.register.voices.say(code, "yes")
    assert desk.register.voices.tallies([desk.case_id])[desk.case_id]["code"].voices == 5
    desk.do("verify", "tjj.verifier", {"findings": "属实"})
    number, chief = desk.found().number, post("dcs.head")
    lot = desk.register.lots.announce("抽查", [number], 1, chief, ahead=1, idempotency="x")
    desk.do("close", "dcs.supervisor")
    desk.register.publish()
    assert desk.register.lots.draw(lot.lot_id, chief).drawn == (number,)
    assert desk.register.lots.recheck(lot.lot_id, number, "holds", "现场看过", post("sfj.handler")).waiting == ()
    with pytest.raises(Exception, match="refused"):
        town.sql("DELETE FROM voice_tally")
