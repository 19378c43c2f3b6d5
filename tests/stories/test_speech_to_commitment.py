"""Story 1: from a speech to an answered commitment.

Lived through in four ways (`people.WAYS`), like story 2.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.stories.conftest import Town, on
from tests.stories.people import WAYS, Resident, Reviewer, Way, flat

Found = Callable[[Way], Town]
SPEECH = Path(__file__).with_name("speech.txt")
"""A fictional speech with five promises, one of them two in one sentence, and a passage that would keep files on people."""


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_speech_is_reviewed_published_carried_out_and_verified(found_town: Found, way: Way, tmp_path: Path) -> None:
    """A supervisor turns a speech into promises, each with its words, office and date; the offices carry them out, one
    is late, one is handed back; what is reported done is verified by another office, and everybody can see it."""
    town = found_town(way)
    reviewer = town.reviewer("dcs.supervisor")
    _every_sentence_has_its_place(reviewer)
    _rows_are_decided(reviewer)
    document = _confirmed_by_another_post(town, reviewer)
    _published(reviewer)
    numbers = _numbers_on_the_board(town)
    assert len(numbers) == 5

    _accepted_and_handed_back(town, numbers)
    _carried_out(town, numbers["更换楼道灯"], tmp_path)
    _verified_by_another_office(town, numbers["更换楼道灯"])
    _overdue_is_shown(town, numbers["公交站台"])
    _everybody_can_see(town, document, numbers["更换楼道灯"], tmp_path)


# ---------------------------------------------------------------------------- the review desk


def _every_sentence_has_its_place(reviewer: Reviewer) -> None:
    """The document is uploaded; the text stands left with one state for each sentence, the rows stand right."""
    reviewer.opens("/desk/documents/")
    reviewer.presses("#new-document")
    reviewer.page.set_input_files("#f-file", SPEECH)
    reviewer.presses("#submit")
    lines = reviewer.page.locator("#sentences > li").all()
    states = [line.locator(".state").inner_text().strip() for line in lines]
    assert len(states) == 14 and all(states), "every sentence has a state that can be seen"
    text = flat("".join(line.locator(".words").inner_text() for line in lines))
    assert text == flat(SPEECH.read_text(encoding="utf-8")), "and no character of the document is missing"
    assert len(reviewer.rows()) == 6
    left, right = (
        reviewer.page.locator(".review > section").first.bounding_box(),
        reviewer.page.locator(".review > section").last.bounding_box(),
    )
    assert left and right
    if (reviewer.page.viewport_size or {})["width"] > 1000:
        assert left["x"] + left["width"] <= right["x"], "text left, rows right"


def _rows_are_decided(reviewer: Reviewer) -> None:
    """Edit, accept, split, merge, undo, reject with a reason; what would keep files on people cannot be accepted."""
    page = reviewer.page
    assert page.locator("#publish").is_disabled()

    reviewer.opens_row(1)
    page.fill("#f-title", "老旧公交站台改造40处")
    page.select_option("#f-lead", "jtj")
    page.select_option("#f-supporting", ["zjj", "slj"])
    page.fill("#f-indicator", "改造完成40处")
    page.fill("#f-deadline", "2026-12-10")
    page.fill("#f-evidence", "每处有改造前后照片")
    reviewer.steps("#accept")

    reviewer.opens_row(2)
    page.locator("#split-box summary").click()
    reviewer.steps(".cut >> nth=0")
    assert len(reviewer.rows()) == 7
    reviewer.opens_row(2)
    reviewer.steps("#merge")
    assert len(reviewer.rows()) == 6
    reviewer.steps("#undo")
    assert len(reviewer.rows()) == 7, "the merge is taken back"
    for number in (2, 3, 4):
        reviewer.opens_row(number)
        reviewer.steps("#accept")

    reviewer.opens_row(5)
    page.select_option("#f-lead", "jyj")
    reviewer.steps("#accept")

    reviewer.opens_row(6)
    said = reviewer.steps("#reject")
    assert page.locator("#refused").count() == 1, f"a rejection without a reason is refused: {said}"
    page.fill("#f-reason", "没有可以检验的内容")
    reviewer.steps("#reject")
    reviewer.sees("没有可以检验的内容", within="#sentences li:nth-child(11)")

    _excluded_passage_stays_text(reviewer)


def _excluded_passage_stays_text(reviewer: Reviewer) -> None:
    """No button accepts it, and a request made by hand is refused with the reason."""
    page = reviewer.page
    row = reviewer.row(7)
    assert row.locator("button[formaction$='/accept/']").count() == 0
    reviewer.opens_row(7)
    assert page.locator("#accept").count() == 0
    token = page.locator("#rows form.row [name=csrfmiddlewaretoken]").input_value()
    address = (page.locator("#rows form.row").get_attribute("action") or "").replace("annotate", "accept")
    forged: dict[str, str | float | bool] = {"csrfmiddlewaretoken": token, "n": "0"}
    answer = page.request.post(
        reviewer.url + address, form=forged, headers={"Referer": page.url, "Accept-Language": reviewer.lang}
    )
    assert answer.status == 409
    assert reviewer.says("refused-excluded_never", row=7) in answer.text()
    reviewer.opens(page.url.removeprefix(reviewer.url))
    assert sorted(reviewer.rows()) == [1, 2, 3, 4, 5, 6, 7]


def _confirmed_by_another_post(town: Town, reviewer: Reviewer) -> str:
    """Nothing is published on one person's word: the head of the office sends one decision back and confirms the rest;
    the document's id."""
    page = reviewer.page
    found = re.search(r"/desk/documents/(\w+)/", page.url)
    assert found
    address = f"/desk/documents/{found[1]}/"
    reviewer.opens(address)
    assert page.locator("#publish").is_disabled()
    assert page.locator("#confirm-all").count() == 0, "nobody confirms their own decisions"
    head = town.reviewer("dcs.head")
    head.opens(address)
    head.opens_row(5)
    head.page.fill("#f-back", "接送区应由区交通局牵头，请核对")
    head.steps("#send-back")
    head.opens(f"{address}?view=second")
    head.presses("#confirm-all")
    reviewer.opens(address)
    reviewer.opens_row(5)
    reviewer.sees("接送区应由区交通局牵头，请核对", within="#sent-back")
    reviewer.steps("#accept")
    head.opens(address)
    head.opens_row(5)
    head.steps("#confirm")
    reviewer.opens(address)
    return found[1]


def _published(reviewer: Reviewer) -> None:
    """Published: one case for each accepted row."""
    reviewer.presses("#publish")
    reviewer.sees(reviewer.says("desk-done-publish", count=5))
    reviewer.meets_no_barrier()


def _numbers_on_the_board(town: Town) -> dict[str, str]:
    """The number of each published promise, by some of its words."""
    anybody = town.resident()
    anybody.opens("/board/")
    rows = [
        (link.inner_text(), link.get_attribute("href") or "") for link in anybody.page.locator(".promise h3 a").all()
    ]
    keys = ("公交站台", "加装电梯", "更换楼道灯", "接送区", "安全教育")
    return {key: unquote(address).split("/")[2] for title, address in rows for key in keys if key in title}


# ---------------------------------------------------------------------------- the offices


def _accepted_and_handed_back(town: Town, numbers: dict[str, str]) -> None:
    """One lead office accepts; another hands back with reasons, and the supervision office assigns again."""
    town.later(on(11, 24))
    housing = town.official("zjj.handler")
    housing.goes_to(numbers["更换楼道灯"])
    assert housing.may() >= {"accept", "hand_back"}
    housing.does("accept")
    assert housing.may() >= {"report_progress", "ask_extension", "report_done"}
    schools = town.official("jyj.handler")
    schools.goes_to(numbers["接送区"])
    schools.does("hand_back", {"reason": "划线由交通部门施工，请改由区交通局牵头。"})
    supervisor = town.official("dcs.supervisor")
    supervisor.goes_to(numbers["接送区"])
    supervisor.sees("划线由交通部门施工")
    supervisor.does("reassign", {"lead_office": "jtj", "reason": "同意，由区交通局牵头。"})
    transport = town.official("jtj.handler")
    transport.goes_to(numbers["接送区"])
    assert transport.may() >= {"accept", "hand_back"}
    transport.goes_to(numbers["公交站台"])
    transport.does("accept")


def _carried_out(town: Town, number: str, folder: Path) -> None:
    """Progress with evidence, an extension with reason and approver, then reported done."""
    paper = folder / "换灯验收表.txt"
    paper.write_text("楼道灯已换1200盏。", encoding="utf-8")
    town.later(on(12, 1))
    housing = town.official("zjj.handler")
    housing.goes_to(number)
    housing.does(
        "report_progress",
        {"progress": "已换1200盏。", "value": "1200", "as_of": "2026-11-30", "source": "验收表"},
        [paper],
    )
    housing.does("ask_extension", {"reason": "两个小区要先改线路。", "until": "2027-12-31"})
    head = town.official("dcs.head")
    head.goes_to(number)
    assert "extend" in head.may()
    head.does("extend", {"reason": "情况属实，同意。", "until": "2027-12-31"})
    assert "extend" not in head.may(), "the application is answered"
    town.later(on(12, 8))
    housing = town.official("zjj.handler")
    housing.goes_to(number)
    housing.does("report_done", {"progress": "2000盏全部换完。", "value": "2000", "as_of": "2026-12-07"}, [paper])
    assert not housing.may() & {"verify", "close"}, "who reports done does not verify"


def _verified_by_another_office(town: Town, number: str) -> None:
    """The statistics office checks; then the supervision office closes."""
    town.later(on(12, 10))
    verifier = town.official("tjj.verifier")
    verifier.goes_to(number)
    assert verifier.may() == {"verify", "dispute"}
    verifier.does("verify", {"findings": "抽查四个小区160盏，全部已换、能亮。"})
    supervisor = town.official("dcs.supervisor")
    supervisor.goes_to(number)
    assert "close" in supervisor.may()
    supervisor.does("close")
    assert supervisor.may() == set()


def _overdue_is_shown(town: Town, number: str) -> None:
    """Four days after its date the promise is shown as overdue, at the desk and to everybody."""
    town.later(on(12, 14))
    transport = town.official("jtj.handler")
    transport.opens("/desk/?view=overdue")
    transport.sees("老旧公交站台改造40处", within="#group-overdue")
    anybody = town.resident()
    anybody.opens("/board/?state=overdue")
    anybody.sees("老旧公交站台改造40处")
    anybody.presses(".promise h3 a:has-text('老旧公交站台改造40处')")
    assert number in unquote(anybody.page.url)
    english = town.way.lang == "en"
    anybody.sees("4 days overdue" if english else "逾期4天", within="#now")


# ---------------------------------------------------------------------------- everybody


def _everybody_can_see(town: Town, document: str, number: str, folder: Path) -> None:
    """Words, office, indicator, evidence, state; and the sentence highlighted in its document."""
    anybody: Resident = town.resident()
    anybody.opens(f"/board/{number}/")
    anybody.sees("更换楼道灯2000盏", within="#words .said.is-current")
    english = town.way.lang == "en"
    anybody.sees("Housing Bureau" if english else "区住建局", "2000盏", within="#words")
    anybody.meets_no_barrier()
    facts = anybody.page.locator("#facts dl.three > div")
    assert facts.count() == 3
    anybody.sees("抽查四个小区160盏", "情况属实，同意", "已换1200盏", within="#events")
    with anybody.page.expect_download() as waiting:
        anybody.page.locator("#evidence a").first.click()
    waiting.value.save_as(folder / "evidence")
    assert "楼道灯已换1200盏" in (folder / "evidence").read_text(encoding="utf-8")

    anybody.opens(f"/documents/{document}/")
    anybody.meets_no_barrier()
    marked = [mark.inner_text() for mark in anybody.page.locator(".doc-text .said").all()]
    assert len(marked) == 5
    assert flat("区住建局年内完成老旧小区加装电梯30部") in flat("".join(marked))
    anybody.sees("对重点上访人员逐人建档、分级管控。", within=".doc-text")
    anybody.sees_not("对重点上访人员", within=".board > section:last-child")
