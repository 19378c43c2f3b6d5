"""Cases that open others, parties with a code of their own, and who can never hold a case nor see that it is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mingze.casework import Actor, Refused
from mingze.procedure import Procedure, read_procedure
from mingze.store import CaseFilter, Upload
from mingze.store.codes import party_code, receipt_code
from mingze.store.register import Register
from tests.store.town import OFFICES, Town

HEAD = """
in_force: 2026-01-01
about: {zh: 测试, en: Test}
public: true
sources: {rule: {zh: 本区规则, en: District rule, local: true}}
parties:
  claimant: {zh: 申请人, en: Claimant}
  neighbour: {zh: 邻居, en: Neighbour}
"""
FIELDS = """
fields:
  about_office: {zh: 反映的单位, en: Office complained about, type: office, required: false, public: true}
  matter: {zh: 事情, en: The matter, seals: narrative, purpose: {zh: 办理, en: To act}, retention_months: 12}
  contact: {zh: 联系方式, en: Contact, type: email_or_phone, required: false, seals: identity, purpose: {zh: 告知, en: To tell}, retention_months: 12}
  papers: {zh: 材料, en: Papers, type: files, required: false, seals: attachment, purpose: {zh: 办理, en: To act}, retention_months: 12}
  words: {zh: 决定, en: The decision, seals: decision, purpose: {zh: 告知, en: To tell}, retention_months: 12}
  aside: {zh: 回避岗位, en: Post that stands aside, type: post, public: true}
"""
CLAIM = f"""procedure: claim
mark: 试
title: {{zh: 申请, en: Claim}}{HEAD}
offices:
  intake_office: {{zh: 受理单位, en: Intake office, found_by: intake, otherwise: legal}}
  competent_office: {{zh: 承办单位, en: Competent office}}
excluded:
  named: {{zh: 被反映单位, en: The office complained about, field: about_office, line: true, cite: rule}}{FIELDS}
stages:
  received: {{zh: 已收到, en: Received, bearer: intake_office}}
  handling: {{zh: 办理中, en: Being handled, bearer: competent_office}}
  answered: {{zh: 已答复, en: Answered, bearer: claimant}}
  closed: {{zh: 已办结, en: Closed, end: true}}
actions:
  file: {{zh: 申请, en: Claim, by: [claimant, intake_office.clerk], into: received, takes: [about_office, matter, contact, papers], cite: rule}}
  accept: {{zh: 受理, en: Accept, by: [intake_office.clerk, intake_office.handler], from: received, into: handling, binds: competent_office, tell: claimant, cite: rule}}
  stand_aside: {{zh: 回避, en: Stand aside, by: competent_office.head, from: handling, takes: aside, recuses: aside, cite: rule}}
  invite: {{zh: 请邻居, en: Ask the neighbour, by: competent_office.handler, from: handling, invites: neighbour, tell: neighbour, at_most: 2, cite: rule}}
  object: {{zh: 我反对, en: I object, by: neighbour, from: handling, takes: matter, cite: rule}}
  answer: {{zh: 答复, en: Answer, by: competent_office.handler, from: handling, into: answered, takes: words, tell: [claimant, neighbour], cite: rule}}
  ask_review: {{zh: 申请复查, en: Ask for review, by: claimant, from: answered, into: closed, takes: [matter, contact, papers], opens: claim-review, cite: rule}}
clocks:
  handle: {{zh: 办理期限, en: Time to handle, limit: $days, borne_by: office, starts: file, met_by: answer, cite: rule}}
"""
REVIEW = f"""procedure: claim-review
mark: 复
title: {{zh: 复查, en: Review}}{HEAD}
offices:
  review_office: {{zh: 复查单位, en: Reviewing office, found_by: supervision}}{FIELDS}
stages:
  received: {{zh: 已收到, en: Received, bearer: review_office}}
  closed: {{zh: 已办结, en: Closed, end: true}}
actions:
  file: {{zh: 申请复查, en: Ask for review, by: claimant, into: received, takes: [matter, contact, papers], cite: rule}}
  close: {{zh: 办结, en: Close, by: review_office.supervisor, from: received, into: closed, takes: words, tell: claimant, cite: rule}}
clocks:
  review: {{zh: 复查期限, en: Time to review, limit: $days, borne_by: office, starts: file, met_by: close, cite: rule}}
"""
NUMBERS = "days:\n  - {from: 2026-01-01, value: 15, unit: working_day, local: true, why: {zh: 试, en: t}}\n"

CLAIMANT, NEIGHBOUR = Actor("party", party="claimant"), Actor("party", party="neighbour")


def post(of: str) -> Actor:
    """The actor of a post of the district."""
    found = OFFICES.post(of)
    return Actor("post", post=found.id, office=found.office, functions=found.functions)


def procedures() -> dict[str, Procedure]:
    """The two test procedures by name."""
    made = (read_procedure({"procedure.yaml": text, "parameters.yaml": NUMBERS}) for text in (CLAIM, REVIEW))
    return {each.name: each for each in made}


@pytest.fixture
def register(town: Town) -> Register:
    """A register whose only procedures are these."""
    return town.open(procedures=procedures())


def answered(register: Register, key: str = "claim-1", about: str = "") -> Any:
    """A claim answered by the housing bureau."""
    fields = {"matter": "屋顶漏水", "contact": "13800000000", **({"about_office": about} if about else {})}
    filed = register.file("claim", fields, form_key=key)
    case = register.case(filed.case_id)
    assert case is not None
    intake = case.case.offices["intake_office"]
    by = post("zwzx.clerk") if intake == "zwzx" else post(f"{intake}.handler")
    register.act(filed.case_id, "accept", by, offices={"competent_office": "slj"}, idempotency="a")
    register.act(filed.case_id, "answer", post("slj.handler"), {"words": "不归我们修"}, idempotency="b")
    return filed


def ask_review(register: Register, case_id: str, key: str = "review") -> Any:
    """The claimant asks for a review, with a paper."""
    paper = Upload("papers", "letter.txt", "text/plain", b"a letter")
    return register.act(
        case_id, "ask_review", CLAIMANT, {"matter": "还是漏", "contact": "13900000000"}, [paper], idempotency=key
    )


def test_an_action_opens_a_linked_case_with_its_own_number_code_and_keys(town: Town, register: Register) -> None:
    """Both cases stand after one commit, name each other, and what the person gave is sealed anew under the child's key."""
    filed = answered(register)
    acted = ask_review(register, filed.case_id)
    opened = acted.opened
    assert opened is not None and not opened.repeated and opened.number.startswith("明源复〔2026〕")
    assert register.by_code(opened.code) == opened.case_id != filed.case_id and opened.code != filed.code
    [child] = register.links(filed.case_id)
    [parent] = register.links(opened.case_id)
    assert (child.case_id, child.way, child.number) == (opened.case_id, "child", opened.number)
    assert (parent.case_id, parent.way, parent.number) == (filed.case_id, "parent", filed.number)
    texts = register.open_slots(opened.case_id, actor=CLAIMANT)
    assert texts[(1, "narrative")] == {"matter": "还是漏"} and texts[(1, "identity")] == {"contact": "13900000000"}
    assert register.open_file(opened.case_id, 1, "attachment:1", CLAIMANT).data == b"a letter"
    keys = town.sql("SELECT case_id, count(*) FROM slot GROUP BY case_id, key_id")
    assert len({case_id for case_id, _ in keys}) == len(keys) == 2
    assert opened.leaf_index == acted.leaf_index + 1


def test_a_retry_opens_no_second_case_and_gives_the_same_code(town: Town, register: Register) -> None:
    """Sent again, also after a restart, the answer is the same child with the same number and code."""
    filed = answered(register)
    first = ask_review(register, filed.case_id).opened
    again = ask_review(register, filed.case_id)
    assert again.repeated and again.opened == replace(first, repeated=True)
    town.close()
    later = ask_review(town.open(procedures=procedures()), filed.case_id)
    assert later.opened == replace(first, repeated=True)
    assert town.sql("SELECT count(*) FROM case_file") == [(2,)]


def test_a_refused_opening_leaves_neither_event(town: Town, register: Register) -> None:
    """Where the linked case cannot be opened, the action has not happened either."""
    filed = answered(register)
    nobody = tuple(replace(each, functions=()) if each.id == "dcs" else each for each in OFFICES.offices)
    town.close()
    register = town.open(procedures=procedures(), offices=replace(OFFICES, offices=nobody))
    before = town.sql("SELECT count(*) FROM event")
    with pytest.raises(Refused, match="no_office_yet"):
        ask_review(register, filed.case_id)
    assert town.sql("SELECT count(*) FROM event") == before and register.links(filed.case_id) == []


def test_an_invited_party_has_a_code_of_its_own_and_sees_only_what_is_theirs(register: Register) -> None:
    """The neighbour's code opens the case as the neighbour: what they said and what they were told, not the claim."""
    filed = register.file("claim", {"matter": "屋顶漏水", "contact": "13800000000"}, form_key="claim-1")
    register.act(filed.case_id, "accept", post("zwzx.clerk"), offices={"competent_office": "slj"}, idempotency="a")
    with pytest.raises(Refused, match="not_invited"):
        register.act(filed.case_id, "object", NEIGHBOUR, {"matter": "不是我"}, idempotency="o")
    asked = register.act(filed.case_id, "invite", post("slj.handler"), idempotency="i")
    code = asked.invited.code  # type: ignore[union-attr]
    again = register.act(filed.case_id, "invite", post("slj.handler"), idempotency="i")
    assert again.repeated and again.invited == asked.invited
    held, own = register.holder(code), register.holder(filed.code)
    assert held is not None and own is not None
    assert (held.case_id, held.party, own.party) == (filed.case_id, "neighbour", "claimant")
    register.act(filed.case_id, "object", NEIGHBOUR, {"matter": "不是我"}, idempotency="o")
    register.act(filed.case_id, "answer", post("slj.handler"), {"words": "各修一半"}, idempotency="b")
    seen = list(register.open_slots(filed.case_id, actor=NEIGHBOUR).values())
    assert seen == [{"matter": "不是我"}, {"words": "各修一半"}]
    assert {"matter": "不是我"} not in register.open_slots(filed.case_id, actor=CLAIMANT).values()


def test_nobody_can_choose_a_form_key_that_gives_another_partys_code() -> None:
    """Codes of invited parties come from a domain of their own."""
    key = b"k" * 32
    assert party_code(key, "c", "neighbour") not in {
        receipt_code(key, "c/neighbour"),
        receipt_code(key, "party/c/neighbour"),
    }


def everything(register: Register, viewer: Actor) -> list[Any]:
    """All that the register tells a post: every list, count, statistic, and each case it can find."""
    rows = [
        register.inbox(viewer.office, viewer.functions, CaseFilter(show), viewer=viewer).rows
        for show in ("turn", "today", "overdue", "waiting", "open", "closed", "all")
    ]
    whole = register.cases(CaseFilter("all"), viewer=viewer).rows
    figures = register.statistics(date(2026, 1, 1), date(2026, 12, 31), viewer=viewer)
    return [rows, whole, register.counts(viewer.office, viewer), figures]


def test_the_office_complained_about_and_those_above_it_cannot_tell_that_there_is_a_case(register: Register) -> None:
    """Before and after the complaint, and for each thing that can be asked, they get the same answers."""
    barred = [post("zjj.handler"), post("zjj.head"), post("qzf.head")]
    before = [everything(register, viewer) for viewer in barred]
    filed = answered(register, about="zjj")
    assert [everything(register, viewer) for viewer in barred] == before
    for viewer in barred:
        assert register.by_number(filed.number, viewer) is None is register.by_number("明源试〔2026〕0009号", viewer)
        assert register.case(filed.case_id, viewer) is None is register.case("0" * 32, viewer)
        tries: list[Callable[[str], Any]] = [
            lambda case_id, viewer=viewer: register.open_slots(case_id, actor=viewer, purpose="handle"),
            lambda case_id, viewer=viewer: register.open_file(case_id, 1, "attachment:1", viewer, "handle"),
            lambda case_id, viewer=viewer: register.act(case_id, "answer", viewer, {}, idempotency="x"),
        ]
        for attempt in tries:
            told = []
            for case_id in (filed.case_id, "0" * 32):
                with pytest.raises(Refused) as refused:
                    attempt(case_id)
                told.append((refused.value.code, refused.value.values))
            assert told[0] == told[1]
    assert register.by_number(filed.number, post("slj.handler")) == filed.case_id


def test_an_excluded_office_is_never_given_a_part(register: Register) -> None:
    """The register looks for another office by function, and nobody can assign the case to the excluded one."""
    filed = register.file("claim", {"matter": "窗口推诿", "about_office": "zwzx"}, form_key="about-intake")
    found = register.case(filed.case_id)
    assert found is not None and found.case.offices["intake_office"] == "sfj"
    assert set(found.case.excluded) == {"zwzx", "qzf"}
    for office in ("zwzx", "qzf"):
        with pytest.raises(Refused, match="excluded_office"):
            register.act(
                filed.case_id, "accept", post("sfj.handler"), offices={"competent_office": office}, idempotency=office
            )


def test_a_linked_case_is_hidden_from_the_same_offices(register: Register) -> None:
    """The review of a complaint is as closed to the office complained about as the complaint."""
    filed = answered(register, about="zjj")
    opened = ask_review(register, filed.case_id).opened
    assert opened is not None
    assert register.case(opened.case_id, post("zjj.head")) is None
    assert register.links(filed.case_id, post("zjj.head")) == []


def test_where_nobody_else_could_do_it_the_opening_is_refused(town: Town) -> None:
    """With no other office of the function, the filing is refused with a code and nothing is written."""
    texts = CLAIM.replace(", otherwise: legal", "")
    made = read_procedure({"procedure.yaml": texts, "parameters.yaml": NUMBERS})
    register = town.open(procedures={"claim": made})
    with pytest.raises(Refused, match="office_excluded"):
        register.file("claim", {"matter": "窗口推诿", "about_office": "zwzx"}, form_key="about-intake")
    assert town.sql("SELECT count(*) FROM case_file") == [(0,)]


def test_a_post_that_stands_aside_sees_the_case_no_more_and_its_colleagues_still_do(register: Register) -> None:
    """Lists, search and sealed parts are closed to the one post, for good."""
    filed = register.file("claim", {"matter": "屋顶漏水"}, form_key="claim-1")
    register.act(filed.case_id, "accept", post("zwzx.clerk"), offices={"competent_office": "slj"}, idempotency="a")
    handler, head = post("slj.handler"), post("slj.head")
    assert register.inbox("slj", handler.functions, CaseFilter("all"), viewer=handler).rows != ()
    register.act(filed.case_id, "stand_aside", head, {"aside": "slj.handler"}, idempotency="r")
    assert register.inbox("slj", handler.functions, CaseFilter("all"), viewer=handler).rows == ()
    assert register.counts("slj", handler)["turn"] == 0 < register.counts("slj", head)["turn"]
    assert register.by_number(filed.number, handler) is None
    with pytest.raises(Refused):
        register.open_slots(filed.case_id, actor=handler, purpose="handle")
    assert register.open_slots(filed.case_id, actor=head, purpose="approve")
