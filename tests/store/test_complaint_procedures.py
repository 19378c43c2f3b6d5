"""The shipped procedures in which a person complains or settles, in a real register: to their end, with its own offices."""

from __future__ import annotations

from typing import Any

import pytest

from mingze.casework import Actor, Refused
from mingze.store import Register
from tests.store.town import OFFICES, Town

PETITIONER = Actor("party", party="petitioner")
PETITION = {"claim": "退还多收的费用", "facts_and_reasons": "三月二日多收二百元", "name": "信访人"}


def post(of: str) -> Actor:
    """The actor of a post of the district."""
    found = OFFICES.post(of)
    return Actor("post", post=found.id, office=found.office, functions=found.functions)


class Course:
    """One case after another, an act a day."""

    def __init__(self, town: Town, register: Register) -> None:
        self.town, self.register, self.case_id, self.acts = town, register, "", 0

    def file(self, procedure: str, fields: dict[str, Any]) -> Course:
        self.case_id = self.register.file(procedure, fields, form_key=f"{procedure}-1").case_id
        return self

    def do(self, action: str, by: Actor | str, fields: dict[str, Any] | None = None, **offices: str) -> Any:
        self.acts += 1
        self.town.clock.advance(days=1)
        actor = post(by) if isinstance(by, str) else by
        done = self.register.act(
            self.case_id, action, actor, fields or {}, offices=offices, idempotency=f"{self.case_id}-{self.acts}"
        )
        if done.opened is not None:
            self.case_id = done.opened.case_id
        return done

    @property
    def case(self) -> Any:
        known = self.register.case(self.case_id)
        assert known is not None
        return known.case


@pytest.fixture
def course(sqlite_town: Town) -> Course:
    """A register with all shipped procedures."""
    return Course(sqlite_town, sqlite_town.open())


def refused_petition(course: Course, accused: str = "") -> None:
    """A petition refused by the housing bureau and served."""
    course.file("petition", {**PETITION, **({"accused_office": accused} if accused else {})})
    clerk = "qzf.handler" if accused == "xfj" else "xfj.clerk"
    course.do("transfer", clerk, competent_office="zjj")
    course.do("accept", "zjj.handler")
    course.do("refuse", "zjj.handler", {"ground": "no_basis", "opinion": "没有多收"})
    course.do("serve", PETITIONER)


def test_a_petition_goes_through_review_and_re_review_as_three_cases(course: Course) -> None:
    """Each has its own bearer and clocks; the hearing takes its days off the last; after it there is nothing more."""
    refused_petition(course)
    first = course.case_id
    course.do("ask_review", PETITIONER, {"grounds": "有收据"})
    assert course.case_id != first and course.case.stage == "received"
    course.do("register", "qzf.handler", deciding_office="zjj")
    course.do("uphold", "qzf.handler", {"review_opinion": "维持"})
    course.do("serve", "qzf.handler")
    course.do("ask_re_review", PETITIONER, {"grounds": "收据没有看"})
    course.do("pass_on", "xfj.clerk")
    due = course.case.clocks["decide"].due
    course.do("open_hearing", "xfj.clerk", {"hearing_notice": "在信访接待大厅"})
    assert course.case.clocks["decide"].due is None
    course.do("end_hearing", "xfj.clerk")
    assert course.case.clocks["decide"].due > due
    course.do("uphold", "xfj.clerk", {"re_review_opinion": "维持"})
    course.do("serve", "xfj.clerk")
    assert (course.case.stage, course.case.open) == ("closed", False)


def test_an_office_that_decided_is_not_its_own_reviewer(course: Course) -> None:
    """The reviewing body cannot name itself as the one that decided."""
    refused_petition(course)
    course.do("ask_review", PETITIONER, {"grounds": "有收据"})
    with pytest.raises(Refused, match="must_differ"):
        course.do("register", "qzf.handler", deciding_office="qzf")


@pytest.mark.parametrize(("accused", "petition_office", "reviewing_office"), [
    ("jtj", "xfj", "qzf"), ("xfj", "qzf", "qzf"), ("qzf", "xfj", "sfh"),
])  # fmt: skip
def test_an_office_reported_is_replaced_in_the_petition_and_in_its_review(
    course: Course, accused: str, petition_office: str, reviewing_office: str
) -> None:
    """Whoever is reported, somebody else takes its place, and the right to review is never lost by it."""
    refused_petition(course, accused)
    assert course.case.offices["petition_office"] == petition_office
    course.do("ask_review", PETITIONER, {"grounds": "有收据"})
    assert course.case.offices["reviewing_office"] == reviewing_office


@pytest.mark.parametrize(("about", "body", "office"), [
    ("scj", "sfj", "dcs"), ("sfj", "ssf", "dcs"), ("dcs", "sfj", "xfj"),
])  # fmt: skip
def test_no_office_looks_into_a_complaint_about_itself(course: Course, about: str, body: str, office: str) -> None:
    """A complaint about the supervision body, or about the supervision office, is looked into by another one."""
    course.file("enforcement-complaint", {"about_office": about, "kind": "fines", "matter": "没有出示证件"})
    assert course.case.offices == {"supervision_body": body, "supervision_office": office}
    course.do("accept", f"{body}.handler")
    course.do("find_fault", f"{body}.handler", {"instrument": "opinion", "finding": "程序有误"})
    with pytest.raises(Refused, match="unknown_case"):
        course.do("put_right", f"{about}.head", {"answer_text": "已经改正"})
    course.do("put_right", f"{body}.handler", {"answer_text": "已经改正"})
    assert course.case.stage == "answered"


@pytest.mark.parametrize(("owing", "intake"), [("", "qyfw"), ("qyfw", "qzf")])
def test_an_office_that_owes_does_not_handle_the_complaint(course: Course, owing: str, intake: str) -> None:
    """The department answers within ninety days at the most; the office that owes has no part."""
    fields = {"debtor": "某单位", "contract": "三月签订", "sum_owed": "1000", "enterprise_name": "某公司"}
    course.file("sme-arrears", {**fields, **({"debtor_office": owing} if owing else {})})
    clerk = "qzf.handler" if owing else "qyfw.clerk"
    if owing:
        with pytest.raises(Refused, match="excluded_office"):
            received_on = course.town.clock.now().date().isoformat()
            course.do("take_over", clerk, {"materials_on": received_on}, handling_department=owing)
    received_on = course.town.clock.now().date().isoformat()
    course.do("take_over", clerk, {"materials_on": received_on}, handling_department="zjj")
    assert course.case.offices["intake_office"] == intake
    course.do("take_on", "zjj.handler")
    course.do("answer", "zjj.handler", {"result": "paid", "answer_text": "已经付清"})
    course.do("say_solved", Actor("party", party="enterprise"))
    assert not course.case.open


def test_two_sides_settle_and_a_court_confirms(course: Course) -> None:
    """The other side has no part before it is invited, both sign side by side, and both must ask the court."""
    applicant, respondent = Actor("party", party="applicant"), Actor("party", party="respondent")
    course.file("mediation", {"dispute": "漏水", "other_side": "楼上邻居", "name": "申请人"})
    with pytest.raises(Refused, match="not_invited"):
        course.do("consent", respondent)
    invited = course.do("invite", "tjw.mediator").invited
    assert invited is not None and invited.party == "respondent"
    course.do("consent", respondent)
    course.do("ask_change", respondent)
    course.do("change_mediator", "tjw.head", {"mediator": "tjw.mediator"})
    with pytest.raises(Refused, match="unknown_case"):
        course.do("conclude", "tjw.mediator", {"agreement": "修好并赔偿"})
    course.do("conclude", "tjw.second", {"agreement": "修好并赔偿"})
    course.do("sign_b", respondent)
    course.do("sign_a", applicant)
    in_force_on = course.town.clock.now().date().isoformat()
    course.do("seal", "tjw.second", {"effective_on": in_force_on})
    course.do("ask_b", respondent)
    course.do("join_a", applicant)
    course.do("docket", "tjw.second")
    course.do("confirm", "tjw.second")
    assert (course.case.stage, course.case.open) == ("closed", False)
