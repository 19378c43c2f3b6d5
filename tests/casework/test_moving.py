"""Moving a running case to a new version: tried out first, explained, told, and no date rewritten."""

from __future__ import annotations

import pytest

from mingze.casework import (
    Case,
    Command,
    Refused,
    decode,
    encode,
    evolve,
    explanation,
    migrate,
    offers,
    plan_move,
    published,
    replay,
)
from mingze.procedure import Procedure
from mingze.words import say
from tests.casework.drafts import CALENDAR, after, at, did, drafted, party, post

TABLES = """
parties: {person: {zh: 申请人, en: Applicant}}
offices: {office: {zh: 单位, en: Office, found_by: intake}}
publication:
  answers: {zh: 答复公开, en: Published answers, on: answer, shows: [summary, topic], until: withdraw, cite: law 9}
fields:
  topic:   {zh: 事项, en: Topic, type: line, public: true}
  summary: {zh: 答复要点, en: What was answered, type: line, public: true, required: false}
stages:
  open:     {zh: 办理中, en: Open, bearer: office}
  answered: {zh: 已答复, en: Answered, bearer: person}
  closed:   {zh: 已办结, en: Closed, end: true}
remedies:
  review: {zh: 申请复查, en: Ask for review, to: {zh: 上一级, en: the office above}, cite: law 35}
actions:
  file:     {zh: 提交, en: File, by: person, into: open, takes: topic, cite: law 1}
  refuse:   {zh: 不予支持, en: Refuse, by: office, from: open, into: closed, tell: person, adverse: true, remedies: review, cite: law 2}
  answer:   {zh: 答复, en: Answer, by: office, from: [open, answered], into: answered, takes: summary, tell: person, cite: law 2}
  withdraw: {zh: 撤回答复, en: Withdraw the answer, by: office, from: answered, into: open, cite: law 2}
  agree:    {zh: 认可, en: Agree, by: person, from: answered, into: closed, cite: law 3}
clocks:
  answer: {zh: 答复期限, en: Time to answer, limit: $days, borne_by: office, starts: [file, withdraw], met_by: [answer, refuse], cite: law 2}
  reply:  {zh: 表态期限, en: Time to reply, limit: $reply, borne_by: person, starts: answer, met_by: agree, cite: law 3}
"""
NUMBERS = {"days": (20, "calendar_day"), "reply": (15, "calendar_day")}
OLD = drafted(TABLES, NUMBERS, "answers")
OFFICE = post("zjj")


def version(*changes: tuple[str, str], days: int = 10) -> Procedure:
    """A later version: ten days instead of twenty, and what else is changed."""
    text = TABLES
    for was, stands in changes:
        assert was in text
        text = text.replace(was, stands)
    return drafted(text, {**NUMBERS, "days": (days, "calendar_day")}, "answers")


def filed() -> Case:
    """A case at the office."""
    return after(
        OLD, None, Command("file", party("person"), {"topic": "路灯"}, offices={"office": "zjj"}), "2026-03-02"
    )


def moved(new: Procedure, case: Case, **more: object) -> Case:
    """The case under the new version."""
    event, _ = migrate(case, OLD, new, post("sfj", "head"), at("2026-03-09"), CALENDAR, reason="办法修订", authority="t", previous="x", **more)  # type: ignore[arg-type]  # fmt: skip
    return evolve(new, case, event)


def test_a_moved_case_keeps_the_date_people_were_told():
    """The new version gives ten days; the twenty that were told stay, and only a period that begins later has ten."""
    new = version()
    case = moved(new, filed())
    clock = case.clocks["answer"]
    assert (case.procedure_hash, clock.due) == (new.hash, "2026-03-22")
    told = explanation(new, clock, CALENDAR)
    assert told.due.due_on is not None and told.due.due_on.isoformat() == "2026-03-22"
    again = after(new, case, Command("answer", OFFICE), "2026-03-10")
    again = after(new, again, Command("withdraw", OFFICE), "2026-03-11")
    assert again.clocks["answer"].due == "2026-03-21"


def test_the_dry_run_says_what_changes():
    """Stages, the periods kept with their dates, other rules from now on, and which steps and remedies are new or gone."""
    new = version(
        ("  agree: ", "  object:   {zh: 不认可, en: Object, by: person, from: answered, into: open, at_most: 1, cite: law 3}\n  agree: "),
        ("  open:     {zh: 办理中", "  handling: {zh: 办理中"),
        ("into: open", "into: handling"), ("from: open", "from: handling"), ("from: [open, answered]", "from: [handling, answered]"),
        ("  review: {zh", "  court: {zh"), ("remedies: review", "remedies: court"),
    )  # fmt: skip
    move = plan_move(filed(), OLD, new, stages={"open": "handling"})
    assert move.possible and move.to_json() == {
        "case": "c1", "procedure": "answers", "from": OLD.hash, "to": new.hash, "stages": {"open": "handling"},
        "clocks_kept": {"answer": "2026-03-22"}, "clocks_with_another_rule_from_now_on": ["answer"],
        "new_actions": ["object"], "gone_actions": [], "new_remedies": ["court"], "gone_remedies": ["review"],
        "excluded": [], "obstacles": [],
    }  # fmt: skip
    assert moved(new, filed(), stages={"open": "handling"}).stage == "handling"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ([("  open:     {zh", "  handling: {zh"), ("into: open", "into: handling"), ("from: open", "from: handling"), ("from: [open, answered]", "from: [handling, answered]")], "stage_unknown"),
        ([("office: {zh: 单位, en: Office, found_by: intake}", "office: {zh: 单位, en: Office, found_by: intake}, other: {zh: 别处, en: Other}"), ("bearer: office}", "bearer: other}")], "bearer_not_bound"),
        ([("starts: [file, withdraw], met_by: [answer, refuse]", "starts: [file, withdraw], met_by: agree")], "wait_without_clock"),
        ([("  topic: ", "  subject: "), ("takes: topic", "takes: subject"), ("[summary, topic]", "[summary, subject]")], "fact_unknown"),
        ([("  file:  ", "  apply: "), ("starts: [file, withdraw]", "starts: [apply, withdraw]")], "action_taken_unknown"),
        ([("  answer: {zh: 答复期限", "  respond: {zh: 答复期限")], "clock_unknown"),
        ([("limit: $days, borne_by: office", "limit: $days, borne_by: outside")], "clock_of_another"),
        ([("office: {zh: 单位", "bureau: {zh: 单位"), ("bearer: office", "bearer: bureau"), (" by: office", " by: bureau")], "office_unknown"),
        ([("bearer: office}", "end: true}")], "stage_is_an_end"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_the_new_version_does_not_know_keeps_the_case_where_it_is(changes: list[tuple[str, str]], code: str):
    """The move is refused with its reason, which both languages can say, and nothing has changed."""
    case = filed()
    before = case.to_json()
    with pytest.raises(Refused) as caught:
        moved(version(*changes), case)
    assert caught.value.code == "cannot_move" and code in {found for found, _ in caught.value.values["obstacles"]}
    assert case.to_json() == before
    for lang in ("zh-Hans", "en"):
        assert "名称" in say(f"move-{code}", lang, name="名称")


def test_an_office_the_new_version_excludes_stops_the_move():
    """A rule of exclusion that comes later is not got round by a case that was opened before it."""
    change = [
        ("fields:\n", "excluded:\n  about: {zh: 不办, en: No part, field: about, line: false, cite: law 9}\nfields:\n  about: {zh: 单位, en: Office, type: office, public: true, required: false}\n"),
        ("takes: topic", "takes: [topic, about]"),
    ]  # fmt: skip
    before = drafted(TABLES.replace("fields:\n", "fields:\n  about: {zh: 单位, en: Office, type: office, public: true, required: false}\n").replace("takes: topic", "takes: [topic, about]"), NUMBERS, "answers")  # fmt: skip
    command = Command("file", party("person"), {"topic": "…", "about": "zjj"}, offices={"office": "zjj"})
    case = after(before, None, command, "2026-03-02")
    move = plan_move(case, before, version(*change))
    assert move.excluded == ("zjj",) and [each.code for each in move.obstacles] == ["office_would_be_excluded"]


def test_a_period_that_has_ended_binds_nobody_any_more():
    """Who bears a period in the new version matters only for one that still runs."""
    case = after(OLD, filed(), Command("answer", OFFICE), "2026-03-05")
    assert (
        moved(version(("limit: $days, borne_by: office", "limit: $days, borne_by: outside")), case).stage == "answered"
    )


def test_a_case_is_moved_once_and_only_while_open():
    """Not to the version it has, not to another procedure, not after its end."""
    case = filed()
    for new, code in ((OLD, "already_there"), (drafted(TABLES, NUMBERS, "another"), "other_procedure")):
        with pytest.raises(Refused) as caught:
            moved(new, case)
        assert caught.value.code == code
    closed = after(OLD, case, Command("refuse", OFFICE), "2026-03-03")
    with pytest.raises(Refused) as caught:
        moved(version(), closed)
    assert caught.value.code == "case_closed"


def test_the_move_is_an_event_told_to_every_party_and_read_back_with_both_versions():
    """It says from which version, why and by which post; a replay reads each event by the version it was decided under."""
    new = version(("  agree: ", "  object: {zh: 不认可, en: Object, by: person, from: answered, into: open, at_most: 1, cite: law 3}\n  agree: "))  # fmt: skip
    first = did(OLD, None, Command("file", party("person"), {"topic": "路灯"}, offices={"office": "zjj"}), "2026-03-02")
    case = evolve(OLD, None, first)
    event, move = migrate(
        case, OLD, new, post("sfj", "head"), at("2026-03-09"), CALENDAR, reason="办法修订", authority="t", previous="x"
    )
    assert (event.type, event.tell, event.office, event.facts) == ("moved", ("person",), "sfj", {"reason": "办法修订"})
    assert event.moved == {"from": OLD.hash, "stages": {"open": "open"}} and move.new_actions == ("object",)
    case = evolve(new, case, event)
    answer = did(new, case, Command("answer", OFFICE), "2026-03-10")
    case = evolve(new, case, answer)
    read_back = [decode(encode(each)) for each in (first, event, answer)]
    assert replay(new, read_back, {OLD.hash: OLD, new.hash: new}) == case
    assert "object" in {offer.name for offer in offers(new, case, party("person"), at("2026-03-10")) if offer.allowed}


def test_a_row_of_publication_stands_from_one_act_to_another():
    """Before the answer nothing is published; with it only what the row shows; withdrawn, nothing; answered again, again."""
    case = filed()
    assert published(OLD, case) == []
    case = after(OLD, case, Command("answer", OFFICE, {"summary": "已修"}), "2026-03-05")
    assert published(OLD, case) == [("answers", {"summary": "已修", "topic": "路灯"})]
    case = after(OLD, case, Command("withdraw", OFFICE), "2026-03-06")
    assert published(OLD, case) == []
    case = after(OLD, case, Command("answer", OFFICE, {"summary": "已换灯头"}), "2026-03-07")
    assert published(OLD, case) == [("answers", {"summary": "已换灯头", "topic": "路灯"})]


def test_what_was_not_stated_is_not_published():
    """A row shows the facts there are."""
    case = after(OLD, filed(), Command("answer", OFFICE), "2026-03-05")
    assert published(OLD, case) == [("answers", {"topic": "路灯"})]
