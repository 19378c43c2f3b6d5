"""Periods counted from a stated day: papers served so many days before a hearing, and a hearing that may not be held without."""

from __future__ import annotations

from datetime import date

import pytest

from mingze.casework import Case, Command, Refused, evolve, explanation, mark_lapsed, offers
from mingze.words.terms import policy_words
from tests.casework.drafts import CALENDAR, after, at, did, drafted, party, post

HEARING = drafted(
    """
offices:
  organ: {zh: 承办单位, en: Drafting office, found_by: intake}
fields:
  hearing_on: {zh: 听证日, en: Day of the hearing, type: date, public: true}
stages:
  drafted: {zh: 草案, en: Draft, bearer: organ}
  called:  {zh: 已定听证, en: Hearing called, bearer: organ}
  heard:   {zh: 已听证, en: Heard, end: true}
actions:
  draft:    {zh: 起草, en: Draft, by: organ, into: drafted, cite: law 1}
  call:     {zh: 定听证日, en: Call a hearing, by: organ, from: drafted, into: called, takes: hearing_on, cite: law 16}
  serve:    {zh: 送达听证材料, en: Serve the papers, by: organ, from: called, cite: law 16(3)}
  postpone: {zh: 改期, en: Postpone, by: organ, from: called, takes: hearing_on, at_most: 2, cite: law 16}
  hold:     {zh: 举行听证, en: Hold the hearing, by: organ, from: called, into: heard, cite: law 16}
clocks:
  call:   {zh: 定日期限, en: Time to call, limit: $call_days, borne_by: office, starts: draft, met_by: call, cite: law 1}
  papers: {zh: 听证材料送达, en: Service of papers, backward: $paper_days, counts_from: hearing_on, borne_by: office,
           roll: back, starts: call, restarted_by: postpone, met_by: serve, holds: hold, cite: law 16(3)}
  held:   {zh: 听证日, en: Day of the hearing, due: hearing_on, borne_by: office, starts: call, met_by: hold, cite: law 16}
""",
    {"call_days": (30, "calendar_day"), "paper_days": (7, "calendar_day")},
)
ORGAN = post("sfj")


def called(hearing_on: str = "2026-10-09", on: str = "2026-09-18") -> Case:
    """A draft for which a hearing has been called."""
    case = after(HEARING, None, Command("draft", ORGAN, offices={"organ": "sfj"}), "2026-09-01")
    return after(HEARING, case, Command("call", ORGAN, {"hearing_on": hearing_on}), on)


def test_the_papers_are_due_seven_days_before_the_hearing_and_before_the_holiday():
    """Counted back from the stated day, which is not counted, and rolled back off the National Day break."""
    clock = called().clocks["papers"]
    assert (clock.started_on, clock.raw, clock.due) == ("2026-10-09", "2026-10-02", "2026-09-30")


def test_papers_served_on_the_last_day_let_the_hearing_be_held():
    """In time: on the day stated the hearing may be held."""
    case = after(HEARING, called(), Command("serve", ORGAN), "2026-09-30")
    assert not case.clocks["papers"].late
    assert not after(HEARING, case, Command("hold", ORGAN), "2026-10-09").open


def test_papers_served_one_day_late_keep_the_hearing_from_being_held():
    """One day late: the service stands in the case as late, and the hearing is refused on its day."""
    case = after(HEARING, called(), Command("serve", ORGAN), "2026-10-01")
    assert case.clocks["papers"].late
    with pytest.raises(Refused) as caught:
        did(HEARING, case, Command("hold", ORGAN), "2026-10-09")
    assert (caught.value.code, caught.value.values["until"]) == ("not_in_time", "2026-09-30")


@pytest.mark.parametrize(("on", "code"), [("2026-09-25", "not_served"), ("2026-10-09", "not_in_time")])
def test_without_papers_there_is_no_hearing(on: str, code: str):
    """While there is time the papers come first; afterwards the day can no longer be kept."""
    with pytest.raises(Refused) as caught:
        did(HEARING, called(), Command("hold", ORGAN), on)
    assert caught.value.code == code


def test_a_hearing_is_not_held_before_its_day():
    """Papers in time for the ninth are not seven days before the eighth."""
    case = after(HEARING, called(), Command("serve", ORGAN), "2026-09-28")
    with pytest.raises(Refused) as caught:
        did(HEARING, case, Command("hold", ORGAN), "2026-10-08")
    assert (caught.value.code, caught.value.values["until"]) == ("not_yet", "2026-10-08")


def test_a_day_that_leaves_no_time_for_the_papers_is_refused_when_it_is_stated():
    """Who names a hearing six days ahead is told at once, not on the day."""
    with pytest.raises(Refused) as caught:
        called("2026-09-24")
    assert caught.value.code == "date_too_soon"
    assert caught.value.values == {"clock": "papers", "field": "hearing_on", "on": "2026-09-24", "until": "2026-09-17"}


def test_a_day_for_which_the_papers_are_due_today_can_still_be_stated():
    """On the last day there is still time: the papers are served the same day."""
    case = called("2026-09-25")
    assert case.clocks["papers"].due == "2026-09-18"
    assert not after(HEARING, case, Command("serve", ORGAN), "2026-09-18").clocks["papers"].late


def test_a_postponed_hearing_begins_its_period_anew():
    """The period is counted back from the new day; papers served for the old one have to be served again."""
    case = after(HEARING, called(), Command("postpone", ORGAN, {"hearing_on": "2026-11-20"}), "2026-09-29")
    assert case.clocks["papers"].due == "2026-11-13"
    served = after(HEARING, called(), Command("serve", ORGAN), "2026-09-28")
    moved = after(HEARING, served, Command("postpone", ORGAN, {"hearing_on": "2026-11-20"}), "2026-09-29")
    clock = moved.clocks["papers"]
    assert (clock.started_on, clock.due, clock.met_at) == ("2026-11-20", "2026-11-13", None)
    with pytest.raises(Refused) as caught:
        did(HEARING, moved, Command("hold", ORGAN), "2026-11-10")
    assert caught.value.code == "not_served"


def test_papers_nobody_served_make_the_case_overdue():
    """A backward period that ran out is marked like any other, the day after."""
    case = called()
    assert mark_lapsed(HEARING, case, at("2026-09-30"), CALENDAR, authority="t", previous=None) is None
    event = mark_lapsed(HEARING, case, at("2026-10-01"), CALENDAR, authority="t", previous=None)
    assert event is not None and event.facts["clock"] == "papers" and evolve(HEARING, case, event).overdue


def test_the_offer_says_why_the_hearing_is_not_possible():
    """What decide would refuse is not offered, and the reason is the same."""
    why = {offer.name: offer.why for offer in offers(HEARING, called(), ORGAN, at("2026-09-25"))}
    hold = why["hold"]
    assert hold is not None and hold.code == "not_served" and why["serve"] is None


@pytest.mark.parametrize("postponed", [False, True])
def test_the_explanation_says_that_it_is_counted_from_the_stated_day(postponed: bool):
    """The day-by-day table begins at the stated day, ends on the date told, and names the field it was counted from."""
    case = called()
    if postponed:
        case = after(HEARING, case, Command("postpone", ORGAN, {"hearing_on": "2026-11-20"}), "2026-09-29")
    clock = case.clocks["papers"]
    told = explanation(HEARING, clock, CALENDAR, date(2026, 9, 25))
    assert told.due.due_on is not None and told.due.due_on.isoformat() == clock.due
    assert told.days[0].on == date(2026, 11, 20) if postponed else date(2026, 10, 9)
    assert told.basis.counts_from == {"zh": "听证日", "en": "Day of the hearing"}
    assert any("stated in the case" in sentence for sentence in policy_words(told, "en"))


def test_a_forward_period_counts_from_the_stated_day_too():
    """What was received on a day stated by the clerk is answered from that day, not from the entry."""
    procedure = drafted(
        """
parties: {person: {zh: 申请人, en: Applicant}}
offices: {office: {zh: 单位, en: Office, found_by: intake}}
fields: {received_on: {zh: 收到日, en: Received on, type: date, public: true, required: false}}
stages:
  received: {zh: 已收到, en: Received, bearer: office}
  closed:   {zh: 已办结, en: Closed, end: true}
actions:
  enter:  {zh: 登记, en: Enter, by: office, into: received, takes: received_on, cite: law 1}
  answer: {zh: 答复, en: Answer, by: office, from: received, into: closed, tell: person, cite: law 1}
clocks:
  answer: {zh: 答复期限, en: Time to answer, limit: $days, counts_from: received_on, borne_by: office, starts: enter, met_by: answer, cite: law 1}
""",
        {"days": (20, "working_day")},
    )
    enter = Command("enter", ORGAN, {"received_on": "2026-09-01"}, offices={"office": "sfj"})
    clock = after(procedure, None, enter, "2026-09-03").clocks["answer"]
    assert (clock.started_on, clock.due) == ("2026-09-01", "2026-09-29")
    with pytest.raises(Refused) as caught:
        did(procedure, None, Command("enter", ORGAN, offices={"office": "sfj"}), "2026-09-03")
    assert caught.value.code == "date_not_stated"


SUSPENDED = drafted(
    """
parties: {person: {zh: 申请人, en: Applicant}}
offices: {office: {zh: 单位, en: Office, found_by: intake}}
fields: {}
stages:
  open:   {zh: 办理中, en: Open, bearer: office}
  closed: {zh: 已办结, en: Closed, end: true}
actions:
  file:    {zh: 提交, en: File, by: person, into: open, cite: law 1}
  pause:   {zh: 中止, en: Suspend, by: office, from: open, cite: law 1}
  resume:  {zh: 恢复, en: Resume, by: office, from: open, cite: law 1}
  renew:   {zh: 重新起算, en: Begin anew, by: office, from: open, cite: law 1}
  extend:  {zh: 延长, en: Extend, by: office.head, from: open, cite: law 1}
  answer:  {zh: 答复, en: Answer, by: office, from: open, into: closed, cite: law 1}
clocks:
  answer: {zh: 答复期限, en: Time to answer, limit: $days, borne_by: office, starts: file, met_by: answer,
           suspended_by: pause, resumed_by: resume, restarted_by: renew, extended_by: {extend: $more}, cite: law 1}
""",
    {"days": (10, "calendar_day"), "more": (5, "calendar_day")},
)


def run_course(*actions: str) -> Case:
    """A case in which one action a day was taken from the second of March on."""
    case = after(SUSPENDED, None, Command("file", party("person"), offices={"office": "sfj"}), "2026-03-02")
    for day, name in enumerate(actions, 3):
        head = post("sfj", "head" if name == "extend" else "handler")
        case = after(SUSPENDED, case, Command(name, head), f"2026-03-{day:02}")
    return case


@pytest.mark.parametrize(
    ("actions", "due"),
    [
        (("resume",), "2026-03-12"),
        (("pause", "pause", "resume"), "2026-03-15"),
        (("pause", "extend", "resume"), "2026-03-20"),
        (("pause", "renew", "resume"), "2026-03-14"),
        (("pause", "resume", "resume"), "2026-03-14"),
    ],
    ids=["resumed only", "suspended twice", "extended meanwhile", "begun anew meanwhile", "resumed twice"],
)
def test_what_runs_is_not_resumed_and_what_stands_still_is_not_stopped_again(actions: tuple[str, ...], due: str):
    """Each course gives one date and never an error: a resumption ends the suspension that runs, if one does."""
    clock = run_course(*actions).clocks["answer"]
    assert clock.due == due
    told = explanation(SUSPENDED, clock, CALENDAR)
    assert told.due.due_on is not None and told.due.due_on.isoformat() == due


def test_a_persons_right_that_rolls_is_explained_to_the_rolled_day():
    """A right that ends in a break runs to the first working day after it, in the case as in its explanation."""
    procedure = drafted(
        """
parties: {person: {zh: 申请人, en: Applicant}}
offices: {office: {zh: 单位, en: Office, found_by: intake}}
fields: {}
stages:
  answered: {zh: 已答复, en: Answered, bearer: person}
  closed:   {zh: 已办结, en: Closed, end: true}
actions:
  answer: {zh: 答复, en: Answer, by: office, into: answered, tell: person, cite: law 1}
  object: {zh: 申请复查, en: Ask for review, by: person, from: answered, into: closed, cite: law 35}
clocks:
  right: {zh: 申请复查的期限, en: Time to ask, limit: $days, borne_by: person, starts: answer, met_by: object, cite: law 35}
""",
        {"days": (30, "calendar_day")},
    )
    case = after(procedure, None, Command("answer", ORGAN, offices={"office": "sfj"}), "2025-09-03")
    clock = case.clocks["right"]
    told = explanation(procedure, clock, CALENDAR)
    assert (clock.raw, clock.due) == ("2025-10-03", "2025-10-09")
    assert told.days[-1].on == date(2025, 10, 9) and "person_right_rolls" in {policy.code for policy in told.policy}
    late = mark_lapsed(procedure, case, at("2025-10-09"), CALENDAR, authority="t", previous=None)
    assert late is None


@pytest.mark.parametrize("effect", ["none", "deemed_refused", "may_turn_elsewhere"])
def test_what_silence_means_stands_in_the_explanation_and_in_the_overdue_mark(effect: str):
    """Before the end the person reads what follows if nobody acts; after it the record says so, with where to turn."""
    procedure = drafted(
        f"""
parties: {{person: {{zh: 申请人, en: Applicant}}}}
offices: {{office: {{zh: 单位, en: Office, found_by: intake}}}}
fields: {{}}
stages:
  open:   {{zh: 办理中, en: Open, bearer: office}}
  closed: {{zh: 已办结, en: Closed, end: true}}
remedies:
  above: {{zh: 请上级复查, en: Ask the office above, to: {{zh: 上级, en: the office above}}, cite: law 40}}
actions:
  file:   {{zh: 提交, en: File, by: person, into: open, cite: law 1}}
  answer: {{zh: 答复, en: Answer, by: office, from: open, into: closed, tell: person, adverse: true, remedies: above, cite: law 1}}
clocks:
  answer: {{zh: 答复期限, en: Time to answer, limit: $days, borne_by: office, starts: file, met_by: answer, cite: law 1,
           silence: {{zh: 视为不同意, en: Taken as refused, effect: {effect}, remedies: above, cite: law 30}}}}
""",
        {"days": (10, "calendar_day")},
    )
    case = after(procedure, None, Command("file", party("person"), offices={"office": "sfj"}), "2026-03-02")
    told = explanation(procedure, case.clocks["answer"], CALENDAR)
    assert told.basis.silence == {
        "effect": effect, "zh": "视为不同意", "en": "Taken as refused", "remedies": ["above"],
        "article": {"zh": "《样板法》第三十条", "en": "Model Law, art 30"},
    }  # fmt: skip
    assert f"silence_{effect}" in {policy.code for policy in told.policy}
    event = mark_lapsed(procedure, case, at("2026-03-13"), CALENDAR, authority="t", previous=None)
    assert event is not None and event.facts == {
        "clock": "answer", "due": "2026-03-12", "silence": effect, "remedies": ["above"],
    }  # fmt: skip
