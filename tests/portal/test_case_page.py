"""The case page says in each state who must act, until when, and what the person can do."""

from __future__ import annotations

from datetime import datetime

import pytest

from mingze.portal.case_page import CasePage, case_page
from mingze.words import LANGUAGES
from tests.portal.matters import CALENDAR, OFFICES, Matter, at, request

ANSWER = {"decision": {"answer_text": "同意设临时卸货位。\n全天占用不同意。"}}


def page(matter: Matter, now: datetime, lang: str = "en") -> CasePage:
    """The page of a matter as it stands at a moment."""
    assert matter.case is not None
    return case_page(
        matter.procedure, matter.case, "明源企〔2026〕0001号", matter.events, matter.texts, CALENDAR, OFFICES, now, lang
    )


def sentence(shown: CasePage) -> str:
    """The leading sentence as it reads."""
    return shown.lead.before + shown.lead.marked + shown.lead.after


def test_a_running_case_leads_with_office_act_date_and_day() -> None:
    """Office, what it must do, the date with its weekday, and the how-manieth day of how many."""
    shown = page(request(), at(2026, 10, 10, 9, 0))
    assert sentence(shown) == "Housing Bureau must answer by Thursday 15 October 2026, working day 11 of 15."
    assert shown.lead.more == ("4 working days left.",) and not shown.lead.late and shown.tag == "now"
    chinese = page(request(), at(2026, 10, 10, 9, 0), "zh-Hans")
    assert sentence(chinese) == "区住建局最迟在2026年10月15日（星期四）答复。今天是第11个工作日，共15个。"
    assert shown.picture is not None and len(shown.picture.cells) == 28
    assert shown.clock_local and "district’s own" in shown.clock_basis


def test_the_last_day_is_in_time_and_the_next_is_overdue() -> None:
    """On the last day the case is not late; one day later the sentence says so plainly and the strip is red."""
    last = page(request(), at(2026, 10, 15, 23, 59))
    assert not last.lead.late and "Today is the last day." in last.lead.more
    after = page(request().lapse((2026, 10, 16, 0, 5)), at(2026, 10, 16, 9, 0))
    assert after.lead.late and after.tag == "late"
    assert sentence(after) == "Housing Bureau had to answer by Thursday 15 October 2026 and is 1 day overdue."
    assert any(entry.late and entry.title == "Overdue: Time to answer" for entry in after.timeline)


def test_an_answer_shows_its_words_and_each_remedy_with_its_own_last_day() -> None:
    """The answer stands in full; every remedy has a last day counted from the day of the answer, a person's right rolled forward."""
    matter = request().do((2026, 10, 9, 16, 40), "answer", "zjj.handler", {"result": "partly"}, ANSWER)
    shown = page(matter, at(2026, 10, 10, 9, 0))
    assert sentence(shown) == "It is your turn: say by Monday 9 November 2026 whether it is solved."
    (answer,) = shown.answers
    assert answer.paragraphs[0][1] == ("同意设临时卸货位。", "全天占用不同意。")
    assert answer.result == (("Result", "Partly done"),)
    assert {remedy.title: remedy.last_day for remedy in answer.remedies} == {
        "Ask the supervision office to look into it": "Monday 9 November 2026",
        "Apply for administrative reconsideration": "Tuesday 8 December 2026",
    }
    assert shown.outcome_form is not None
    assert (shown.outcome_form.solved, shown.outcome_form.unsolved) == ("say_solved", "say_unsolved")


def test_what_the_person_says_is_a_fact_beside_the_offices() -> None:
    """After “not solved” the office's answer stays answered, the person's word stands apart, and supervision must act."""
    matter = (
        request()
        .do((2026, 10, 9, 16, 40), "answer", "zjj.handler", {"result": "partly"}, ANSWER)
        .do((2026, 10, 14, 9, 0), "say_unsolved", words={"narrative": {"own_words": "没有说明原因。"}})
    )
    shown = page(matter, at(2026, 10, 14, 9, 10))
    assert shown.outcome == "On 14 October 2026 at 09:00 you said: not solved."
    assert len(shown.answers) == 1 and shown.outcome_form is None
    assert sentence(shown).startswith("Supervision Office must ")


def test_a_closed_case_says_how_it_ended_and_keeps_everything() -> None:
    """A closed case leads with its end, draws the clock its answer met, and offers nothing more to do."""
    matter = (
        request()
        .do((2026, 10, 9, 16, 40), "answer", "zjj.handler", {"result": "done"}, ANSWER)
        .do((2026, 10, 14, 9, 0), "say_solved")
    )
    shown = page(matter, at(2026, 12, 1, 9, 0))
    assert sentence(shown) == "This case was closed on Wednesday 14 October 2026. You said: solved."
    assert shown.clock_title == "Time to answer" and shown.due_on is None and shown.forms == ()
    assert shown.picture is not None and not any("over" in cell.classes.split() for cell in shown.picture.cells)


def test_a_refusal_to_accept_has_reasons_and_a_remedy() -> None:
    """Not being accepted is a decision: its reasons and what can be done stand on the page."""
    matter = Matter("enterprise-request").do(
        (2026, 9, 18, 10, 0),
        "file",
        facts={"topic": "fees"},
        words={"narrative": {"matter": "x"}, "identity": {"enterprise_name": "y"}},
    )
    matter.do((2026, 9, 18, 17, 0), "decline", "qyfw.clerk", words={"decision": {"reason": "法院正在审理。"}})
    shown = page(matter, at(2026, 9, 19, 9, 0), "zh-Hans")
    (answer,) = shown.answers
    assert answer.adverse and answer.paragraphs[0][1] == ("法院正在审理。",)
    assert [remedy.title for remedy in answer.remedies] == ["投诉营商环境问题"]


def test_a_date_beyond_the_calendar_is_called_provisional() -> None:
    """A clock that reaches a year without a holiday notice says so in the lead."""
    matter = Matter("suggestion").do((2026, 11, 23, 10, 0), "file", words={"narrative": {"matter": "x"}})
    matter.do((2026, 11, 23, 11, 0), "accept", "zwzx.clerk", offices={"competent_office": "jtj"})
    shown = page(matter, at(2026, 11, 26, 9, 0))
    assert shown.picture is not None and shown.picture.provisional
    assert any("provisional" in more for more in shown.lead.more)


def test_the_person_sees_who_read_their_words() -> None:
    """A read is listed with time, post, what and why, and stands quietly among the events."""
    shown = page(request().read((2026, 9, 21, 9, 30), "zjj.handler", "开始办理"), at(2026, 9, 22, 9, 0))
    (read,) = shown.reads
    assert (read.post, read.what, read.why) == (
        "Housing Bureau, Handler",
        "What you wrote, Name and contact",
        "开始办理",
    )
    assert [entry.quiet for entry in shown.timeline] == [False, False, True, False]
    assert shown.timeline[-1].next


def test_what_was_filed_is_shown_back() -> None:
    """The person reads their own words again, line by line, and the choice by its label."""
    shown = page(request(), at(2026, 9, 21, 9, 0))
    assert shown.filed == (
        ("Kind of request", ("Water, power, gas, heat and roads",)),
        ("Your request", ("店前路面没有恢复。", "请恢复。")),
        ("Name of the business", ("青禾小馆（示例）",)),
    )


def test_an_extension_shows_the_new_date_and_its_reason() -> None:
    """An approved extension moves the date in the lead and stands among the events with its words."""
    matter = (
        request()
        .do((2026, 10, 9, 9, 0), "ask_extension", "zjj.handler", words={"decision": {"reason": "等图纸。"}})
        .do((2026, 10, 9, 10, 0), "extend", "zjj.head", words={"decision": {"reason": "同意。"}})
    )
    shown = page(matter, at(2026, 10, 12, 9, 0))
    assert "of 30." in sentence(shown) or "of 25." in sentence(shown)
    assert any("extended to" in entry.text and "同意。" in entry.text for entry in shown.timeline)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_state_leaves_a_hole_in_the_words(lang: str) -> None:
    """In every state each sentence on the page is whole in both languages."""
    answered = request().do((2026, 10, 9, 16, 40), "answer", "zjj.handler", {"result": "partly"}, ANSWER)
    for matter, now in (
        (request(), at(2026, 9, 21, 9, 0)),
        (answered, at(2026, 10, 12, 9, 0)),
        (request(), at(2026, 11, 1, 9, 0)),
    ):
        shown = page(matter, now, lang)
        for words in (
            sentence(shown),
            *shown.lead.more,
            *(entry.title + entry.text for entry in shown.timeline),
            shown.stage,
        ):
            assert words.strip() and "{" not in words and "\x1f" not in words
