"""The course of a promise on its public page: milestones, parts, applications, data, voices, re-checks, the meter."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from mingze.store.promises import PartWanted
from tests.portal.conftest import Portal
from tests.portal.matters import post
from tests.portal.promises import Promised, promised


@pytest.fixture
def board(portal: Portal) -> Promised:
    """A published plan with two promises: 12 playgrounds by 20 December, 3 km of road by 28 December."""
    return promised(portal)


def page(board: Promised, case: int = 0) -> str:
    """The page of a promise."""
    answer = board.portal.client.get(f"/board/{board.numbers[case]}/")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def named(board: Promised, case: int = 0) -> None:
    """The supervision office says what is counted."""
    board.act(case, "set_indicator", "dcs.supervisor", {
        "indicator_name": "操场改造", "target": 12, "unit": "所", "evidence_kind": "tables", "evidence_most": 2, "reason": "口径",
    })  # fmt: skip


def test_milestones_stand_with_their_first_day_and_what_is_stricter_with_its_reason(board: Promised) -> None:
    """A milestone set again shows both days; the whole early shows why; one that passed unreported is grey, not late."""
    named(board)
    board.act(0, "set_milestone", "dcs.supervisor", {"milestone": "首批", "milestone_due": "2026-11-01"})
    board.act(0, "set_milestone", "dcs.supervisor", {"milestone": "首批", "milestone_due": "2026-11-20"})
    board.act(0, "set_milestone", "dcs.supervisor", {"milestone": "全部", "milestone_due": "2026-12-10", "milestone_target": 12,
              "stricter_reason": "寒假前交付"})  # fmt: skip
    html = page(board)
    table = html.partition('id="milestones"')[2].partition("</table>")[0]
    assert "20 November 2026" in table and "first set for 1 November 2026" in table
    assert "寒假前交付" in table and '<span class="unknown">the day has passed and nothing was reported</span>' in table


def test_parts_show_their_offices_and_whether_they_add_up(board: Promised) -> None:
    """The whole names its parts, the sum and the public reason; each part names the whole and is a promise of its own."""
    named(board)
    register = board.portal.instance.register()
    parts = register.promises.divide(
        board.cases[0],
        [PartWanted("qhjd", "青禾街道8所", "8"), PartWanted("bsz", "白石镇3所", "3", reason="一所由区直管")],
        post("dcs.supervisor"), idempotency="parts",
    )  # fmt: skip
    html = page(board)
    assert "The parts come to 11所; 1所 of the commitment are missing." in html and "一所由区直管" in html
    child = board.portal.client.get(f"/board/{parts[0].number}/").content.decode()
    assert f"This is a part of {board.numbers[0]}." in child


def test_an_extension_and_an_objection_show_with_their_answers_beside_the_first_day(board: Promised) -> None:
    """Who approved, why, from which day to which; the first deadline stays on the page."""
    board.extend(0, "2027-01-29")
    board.report_done(0)
    board.act(0, "dispute", "tjj.verifier", {"findings": "少一所。"})
    board.act(0, "object", "jyj.handler", {"objection": "当日正在收尾。"})
    board.act(0, "answer_objection", "dcs.head", {"answer": "按现场为准。"})
    html = page(board)
    assert "first set for 20 December 2026" in html
    assert "asked to move from 20 December 2026 to 29 January 2027. Reason: 雨季停工。" in html
    assert "until 29 January 2027. Reason: 属实，同意。" in html
    assert "当日正在收尾。" in html and "按现场为准。" in html


def test_old_data_are_grey_apart_from_the_last_number(board: Promised) -> None:
    """On the ninetieth day the number is still known; on the next it is shown with its day and said to be unknown."""
    named(board)
    board.report_progress(0, value="5", source="台账", as_of="2026-11-20")
    assert "5所 of 12所 (41 %)" in page(board) and '<span class="yes">Data are recent' in page(board)
    board.portal.at(2027, 2, 18, 10)
    assert '<span class="yes">Data are recent: as of 20 November 2026, 90 days ago' in page(board)
    board.portal.at(2027, 2, 19, 10)
    html = page(board)
    assert '<span class="unknown">Data are old: as of 20 November 2026, 91 days ago. Progress is not known' in html
    assert "5所 of 12所" in html


def test_a_value_another_office_entered_is_shown_with_its_office(board: Promised) -> None:
    """What the statistics office entered once is read here; nobody has to report it again."""
    named(board)
    register = board.portal.instance.register()
    register.values.enter("操场改造", "", dt.date(2026, 11, 21), "7", "所", "年度统计", post("tjj.verifier"))
    html = page(board)
    assert "7所 of 12所" in html and "年度统计" in html and "entered by" in html


def test_confirming_takes_one_voice_a_code_and_shows_nothing_before_the_fifth(board: Promised) -> None:
    """The form takes a choice and a code; a spent code is refused; the page tells counts only in whole groups."""
    client, number = board.portal.client, board.numbers[0]
    path = f"/board/{number}/confirm/"
    assert 'id="early"' in client.get(path).content.decode()
    board.report_done(0)
    register = board.portal.instance.register()
    codes = register.voices.give(board.cases[0], 5, post("dcs.supervisor"), idempotency="sheet")
    for code in codes[:4]:
        assert client.post(path, {"says": "yes", "code": code}).status_code == 303
    assert "fewer than 5 people" in page(board)
    again = client.post(path, {"says": "no", "code": codes[0]})
    assert again.status_code == 422 and "This code has been used" in again.content.decode()
    assert client.post(path, {"says": "no", "code": codes[4]}).status_code == 303
    html = page(board)
    assert "5 by code: 4 confirm, 0 in part, 1 do not, 0 cannot tell" in html and "5 codes given" in html


def test_a_code_of_another_promise_is_unknown_and_no_choice_is_a_problem_of_the_form(board: Promised) -> None:
    """A code speaks of its own promise only, and stays unspent; sending nothing chosen keeps the code that was typed."""
    board.report_done(0)
    board.report_done(1)
    register = board.portal.instance.register()
    (code,) = register.voices.give(board.cases[1], 1, post("dcs.supervisor"), idempotency="sheet")
    wrong = board.portal.client.post(f"/board/{board.numbers[0]}/confirm/", {"says": "yes", "code": code})
    assert wrong.status_code == 422 and "We do not know this code" in wrong.content.decode()
    nothing = board.portal.client.post(f"/board/{board.numbers[1]}/confirm/", {"code": code})
    assert nothing.status_code == 422 and f'value="{code}"' in nothing.content.decode()
    assert (
        board.portal.client.post(f"/board/{board.numbers[1]}/confirm/", {"says": "yes", "code": code}).status_code
        == 303
    )


def test_views_without_a_code_are_counted_apart_and_give_no_yes(board: Promised) -> None:
    """Five people who say it was done, without a code, do not make the promise confirmed."""
    board.report_done(0)
    for _ in range(5):
        assert board.portal.client.post(f"/board/{board.numbers[0]}/confirm/", {"says": "yes"}).status_code == 303
    html = page(board)
    assert "5 others without a code: done 5" in html and "nobody has said yet" in html


def test_the_meter_and_the_draws_are_public(board: Promised) -> None:
    """Each office with its month and counts; each draw with its list and what it waits for."""
    register, client = board.portal.instance.register(), board.portal.client
    assert "No office has asked another" in client.get("/burden/").content.decode()
    register.values.ask(
        "meeting", ["zjj", "jyj"], post("dcs.supervisor"), subject="推进会", basis="例会", idempotency="1"
    )
    html = client.get("/burden/").content.decode()
    assert html.count("<tr>") == 2 and "November 2026" in html
    assert "No draw has been announced" in client.get("/draws/").content.decode()
    lot = register.lots.announce("抽查", board.numbers, 1, post("dcs.head"), ahead=1, idempotency="l")
    assert "it is too early" in client.get("/draws/").content.decode()
    board.report_progress(0)
    board.report_progress(0)
    drawn = register.lots.draw(lot.lot_id, post("dcs.head"))
    register.lots.recheck(lot.lot_id, drawn.drawn[0], "holds", "现场看过", post("sfj.handler"))
    html = client.get("/draws/").content.decode()
    assert drawn.seed in html and f"--lot {lot.lot_id}" in html and "it holds" in html
    assert "现场看过" in page(board, board.numbers.index(drawn.drawn[0]))
