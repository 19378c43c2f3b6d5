"""Who can never act in a case, who not yet, and what one case opens beside itself."""

from __future__ import annotations

from typing import Any

import pytest

from mingze.casework import (
    Actor,
    Case,
    Command,
    Following,
    Refused,
    decide,
    decide_linked,
    decode,
    encode,
    evolve,
    excluded_offices,
    offers,
    record_read,
    replay,
)
from tests.casework.drafts import CALENDAR, after, at, did, drafted, party, post, sealed

COMPLAINT = drafted(
    """
parties:
  person:     {zh: 反映人, en: Complainant}
  respondent: {zh: 相对人, en: Other side}
offices:
  intake: {zh: 受理单位, en: Intake office, found_by: intake, otherwise: government}
  bureau: {zh: 承办单位, en: Office in charge}
excluded:
  about: {zh: 被反映的单位不办也不看, en: The office complained about has no part, field: about, cite: law 30(3)}
fields:
  about:   {zh: 反映的单位, en: Office complained about, type: office, public: true, required: false}
  matter:  {zh: 反映的事, en: Your complaint, seals: narrative, purpose: {zh: 查清, en: To look into it}, retention_months: 12}
  aside:   {zh: 回避的岗位, en: Post that stands aside, type: post, public: true}
  grounds: {zh: 理由, en: Grounds, seals: narrative, purpose: {zh: 查清, en: To look into it}, retention_months: 12}
  point:   {zh: 不服的一项, en: Point disputed, type: line, public: true}
stages:
  received: {zh: 已收到, en: Received, bearer: intake}
  handling: {zh: 办理中, en: Being handled, bearer: bureau}
  heard:    {zh: 等对方说明, en: Waiting for the other side, bearer: respondent}
  answered: {zh: 已答复, en: Answered, bearer: person}
  closed:   {zh: 已办结, en: Closed, end: true}
actions:
  file:    {zh: 提交, en: File, by: person, into: received, takes: [about, matter], cite: law 1}
  assign:  {zh: 转办, en: Assign, by: intake.clerk, from: received, into: handling, binds: bureau, cite: law 2}
  recuse:  {zh: 回避, en: Stand aside, by: bureau.head, from: handling, takes: aside, recuses: aside, cite: law 3}
  invite:  {zh: 请对方说明, en: Ask the other side, by: bureau.handler, from: handling, into: heard, invites: respondent, cite: law 4}
  reply:   {zh: 说明, en: Reply, by: respondent, from: [handling, heard], into: handling, cite: law 4}
  answer:  {zh: 答复, en: Answer, by: bureau.handler, from: handling, into: answered, tell: person, cite: law 5}
  dispute: {zh: 申请复查, en: Ask for review, by: person, from: answered, into: closed, takes: [grounds, point], opens: review, cite: law 35}
clocks:
  all: {zh: 办理期限, en: Time to handle, limit: $days, borne_by: office, starts: file, met_by: [answer, dispute], cite: law 5}
""",
    {"days": (60, "calendar_day")},
    "complaint",
)
REVIEW = drafted(
    """
parties: {applicant: {zh: 申请人, en: Applicant}}
offices: {above: {zh: 上一级单位, en: Office above, found_by: government}}
fields:
  grounds: {zh: 理由, en: Grounds, seals: narrative, purpose: {zh: 复查, en: To review}, retention_months: 12}
  point:   {zh: 不服的一项, en: Point disputed, type: line, public: true}
stages:
  asked:  {zh: 已申请, en: Asked, bearer: above}
  closed: {zh: 已办结, en: Closed, end: true}
actions:
  ask:    {zh: 申请复查, en: Ask for review, by: applicant, into: asked, takes: [grounds, point], cite: law 35}
  decide: {zh: 复查, en: Decide, by: above, from: asked, into: closed, tell: applicant, cite: law 35}
clocks:
  review: {zh: 复查期限, en: Time to review, limit: $days, borne_by: office, starts: ask, met_by: decide, cite: law 35}
""",
    {"days": (30, "calendar_day")},
    "review",
)
SUPERIORS: dict[str, str | None] = {"xx": "jyj", "jyj": "qzf", "zjj": "qzf", "zwzx": "qzf", "qzf": None}


def filed(about: str = "") -> Case:
    """A complaint, about an office if one is named."""
    facts = {"about": about} if about else {}
    command = Command("file", party("person"), facts, sealed("narrative"), {"intake": "zwzx"})
    return after(COMPLAINT, None, command, "2026-03-02", superiors=SUPERIORS)


def handled(about: str = "", *, assigned: str = "zjj") -> Case:
    """A complaint at the office in charge."""
    return after(
        COMPLAINT, filed(about), Command("assign", post("zwzx", "clerk"), offices={"bureau": assigned}), "2026-03-03"
    )


def refused(case: Case | None, command: Command, **more: Any) -> Refused:
    """The refusal of a command that must be refused."""
    with pytest.raises(Refused) as caught:
        did(COMPLAINT, case, command, "2026-03-20", **more)
    return caught.value


def test_the_office_complained_about_and_its_line_are_excluded():
    """A school, the bureau above it and the government above both; the facts and the events both say so."""
    assert excluded_offices(COMPLAINT, {"about": "xx"}, SUPERIORS) == ("xx", "jyj", "qzf")
    assert filed("xx").excluded == ("xx", "jyj", "qzf") and filed().excluded == ()


def test_a_line_that_runs_in_a_circle_ends():
    """A register with a slip of the pen in it does not stop the filing."""
    assert excluded_offices(COMPLAINT, {"about": "a"}, {"a": "b", "b": "a"}) == ("a", "b")


def test_without_the_superiors_nothing_is_opened():
    """Who must not see the case has to be known before anybody can."""
    command = Command("file", party("person"), {"about": "xx"}, sealed("narrative"), {"intake": "zwzx"})
    assert refused(None, command).code == "superiors_unknown"


@pytest.mark.parametrize("office", ["xx", "jyj", "qzf"])
def test_an_excluded_office_is_never_bound(office: str):
    """Neither the office complained about nor one above it can be named to handle the matter."""
    why = refused(filed("xx"), Command("assign", post("zwzx", "clerk"), offices={"bureau": office}))
    assert (why.code, why.values["role"], why.values["office"]) == ("excluded_office", "bureau", office)


def test_the_office_the_register_finds_must_be_another_one():
    """A complaint about the intake office itself names the role that needs another office."""
    command = Command("file", party("person"), {"about": "zwzx"}, sealed("narrative"), {"intake": "zwzx"})
    why = refused(None, command, superiors=SUPERIORS)
    assert (why.code, why.values["role"]) == ("office_excluded", "intake")


def test_to_an_excluded_office_everything_is_somebody_elses():
    """No action and no reading, and not even the name of the office in charge."""
    case = handled("xx")
    for office in ("xx", "jyj"):
        for offer in offers(COMPLAINT, case, post(office), at("2026-03-04")):
            assert offer.why is not None and offer.why.code == "not_yours" and not offer.why.values["office"]
        with pytest.raises(Refused) as caught:
            read(case, post(office))
        assert caught.value.code == "not_your_case"


def test_an_excluded_office_does_not_even_learn_that_the_case_moved_on():
    """Whatever it sends, however old or wrong, the answer is the same and names no stage and no office."""
    case = handled("xx")
    for command in (
        Command("answer", post("jyj"), expected_n=1),
        Command("vanish", post("jyj")),
        Command("answer", post("jyj"), occurred_at=at("2026-01-01")),
    ):
        why = refused(case, command)
        assert why.code == "not_yours" and set(why.values) == {"action", "role", "office", "function"}
        assert why.values["office"] == ""


def read(case: Case, actor: Actor) -> Any:
    """Somebody opens what is sealed."""
    return record_read(
        COMPLAINT, case, actor, at("2026-03-05"), CALENDAR, slots=("narrative",), purpose="handle", authority="t", previous=None
    )  # fmt: skip


def test_a_post_that_stands_aside_neither_acts_nor_reads():
    """The recusal holds for good and for that post alone."""
    case = handled()
    assert read(case, post("zjj")).type == "read"
    head = post("zjj", "head")
    case = after(COMPLAINT, case, Command("recuse", head, {"aside": "zjj.handler"}), "2026-03-04")
    assert refused(case, Command("answer", post("zjj"))).code == "recused"
    with pytest.raises(Refused) as caught:
        read(case, post("zjj"))
    assert caught.value.code == "recused"
    other = Actor("post", post="zjj.second", office="zjj", functions=("handler",))
    assert after(COMPLAINT, case, Command("answer", other), "2026-03-06").stage == "answered"


def test_the_other_side_acts_only_once_invited():
    """Whoever opened the case acts; the other side gets a code and a say by being asked."""
    case = handled()
    assert refused(case, Command("reply", party("respondent"))).code == "not_invited"
    invited = after(COMPLAINT, case, Command("invite", post("zjj")), "2026-03-04")
    assert (invited.invited, case.opened_by) == (("respondent",), "person")
    assert after(COMPLAINT, invited, Command("reply", party("respondent")), "2026-03-05").stage == "handling"


def linked(about: str = "", **changes: Any) -> tuple[Any, Any]:
    """The two events of a person's request for review."""
    case = after(COMPLAINT, handled(about), Command("answer", post("zjj")), "2026-03-10")
    command = Command("dispute", party("person"), {"point": "第二项"}, sealed("narrative"), idempotency="k1")
    prepared: dict[str, Any] = {
        "procedure": REVIEW, "case_id": "c2", "sealed": sealed("narrative", party="applicant"), "offices": {"above": "sfj"},
        "idempotency": "k2",
    }  # fmt: skip
    following = Following(**{**prepared, **changes})
    return decide_linked(
        COMPLAINT, case, command, at("2026-03-11"), CALENDAR, authority="t", following=following, superiors=SUPERIORS
    )


def test_an_action_opens_a_case_under_another_procedure():
    """Both events name the other case, the common facts stand in both, and the new clock starts with the new case."""
    event, first = linked()
    assert event.opens == {"procedure": "review", "case": "c2"}
    assert first.follows == {"procedure": "complaint", "case": "c1", "n": event.n, "action": "dispute"}
    assert (first.case, first.n, first.previous, first.facts) == ("c2", 1, None, {"point": "第二项"})
    assert first.actor == {"kind": "party", "party": "applicant"} and first.occurred_at == event.occurred_at
    review = evolve(REVIEW, None, decode(encode(first)))
    assert review.clocks["review"].due == "2026-04-10" and review.opened_by == "applicant"
    assert review.follows is not None and review.follows["case"] == "c1"


def test_the_first_case_keeps_its_link():
    """The link stands in the case, also when it is read back from its events."""
    event, _ = linked()
    case = after(COMPLAINT, handled(), Command("answer", post("zjj")), "2026-03-10")
    case = evolve(COMPLAINT, case, decode(encode(event)))
    assert case.links == ({"procedure": "review", "case": "c2", "action": "dispute", "n": case.n},)
    assert Case.from_json(case.to_json()) == case


def test_what_is_excluded_stays_excluded_in_the_linked_case():
    """The office complained about does not handle the review either, nor does one above it."""
    _, first = linked("xx", offices={"above": "sfj"})
    assert list(first.excluded) == ["xx", "jyj", "qzf"]
    with pytest.raises(Refused) as caught:
        linked("xx", offices={"above": "qzf"})
    assert caught.value.code == "office_excluded"


def test_neither_case_changes_when_the_other_is_refused():
    """Another procedure than the one the action opens, a missing office, or no case prepared at all: nothing happens."""
    with pytest.raises(Refused) as caught:
        linked(procedure=COMPLAINT)
    assert caught.value.code == "other_procedure"
    with pytest.raises(Refused) as caught:
        linked(offices={})
    assert caught.value.code == "office_missing"
    case = after(COMPLAINT, handled(), Command("answer", post("zjj")), "2026-03-10")
    command = Command("dispute", party("person"), {"point": "…"}, sealed("narrative"))
    with pytest.raises(Refused) as caught:
        decide(COMPLAINT, case, command, at("2026-03-11"), CALENDAR, authority="t", case_id="c1")
    assert caught.value.code == "opens_a_case"


def test_a_case_with_all_of_it_is_read_back_from_its_events():
    """Exclusion, recusal, invitation and link stand in the events, so a replay gives the same case."""
    events, case = [], None
    for day, command in enumerate(
        (
            Command("file", party("person"), {"about": "xx"}, sealed("narrative"), {"intake": "zwzx"}),
            Command("assign", post("zwzx", "clerk"), offices={"bureau": "zjj"}),
            Command("recuse", post("zjj", "head"), {"aside": "zjj.second"}),
            Command("invite", post("zjj")),
            Command("reply", party("respondent")),
        ),
        2,
    ):
        events.append(did(COMPLAINT, case, command, f"2026-03-0{day}", superiors=SUPERIORS))
        case = evolve(COMPLAINT, case, events[-1])
    assert replay(COMPLAINT, [decode(encode(event)) for event in events]) == case
    assert case is not None and (case.recused, case.invited) == (("zjj.second",), ("respondent",))
