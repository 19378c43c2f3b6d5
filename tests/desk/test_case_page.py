"""The case page: what a post may do, what it is told, and what it sees only after that is recorded."""

from __future__ import annotations

import re
from typing import Any

from mingze.store import Upload
from tests.desk.conftest import Desk, text_of

WORDS = "青禾路小学门口没有红绿灯，早晚高峰过马路危险。"


def hidden(page: str, name: str, form: str) -> str:
    """The value of a hidden field in the form of one action."""
    part = page.split(f'id="act-{form}"')[1].split("</details>")[0]
    found = re.search(rf'name="{name}" value="([^"]*)"', part)
    assert found, part
    return found[1]


def test_sealed_content_is_not_in_the_page_before_its_reading_is_recorded(desk: Desk) -> None:
    """Neither words nor name stand in the page or its source until a purpose was chosen, and then the record is there first."""
    case_id = desk.suggestion(WORDS)
    clerk = desk.sit("zwzx.clerk")
    page = text_of(clerk.get(f"/desk/case/{case_id}/"))
    assert WORDS not in page
    assert "甲某某" not in page
    assert 'id="sealed"' in page
    refused = clerk.post(f"/desk/case/{case_id}/read/", {"part": "narrative"})
    assert refused.status_code == 422
    assert WORDS not in text_of(refused)
    assert desk.register.case(case_id).reads == ()
    opened = clerk.post(f"/desk/case/{case_id}/read/", {"part": "narrative", "purpose": "assign"})
    assert WORDS in text_of(opened)
    assert "甲某某" not in text_of(opened)
    (read,) = desk.register.case(case_id).reads
    assert (read.event.post, read.event.facts["purpose"], read.event.facts["slots"]) == (
        "zwzx.clerk",
        "assign",
        ["1/narrative"],
    )
    assert WORDS not in text_of(clerk.get(f"/desk/case/{case_id}/"))


def test_sealed_content_stays_closed_when_the_record_cannot_be_written(desk: Desk, monkeypatch: Any) -> None:
    """If the access record cannot be committed the page answers 503 and shows nothing of the content."""
    from mingze.store import Unavailable

    case_id = desk.suggestion(WORDS)
    clerk = desk.sit("zwzx.clerk")

    def full(*_: Any, **__: Any) -> Any:
        raise Unavailable("disk_full")

    monkeypatch.setattr(desk.register, "submit", full)
    answer = clerk.post(f"/desk/case/{case_id}/read/", {"part": "narrative", "purpose": "assign"})
    assert answer.status_code == 503
    assert WORDS not in text_of(answer)


def test_an_office_without_a_part_in_the_case_sees_nothing(desk: Desk) -> None:
    """Another office gets the page for a case that is not there, for reading, acting and opening; nothing is recorded."""
    case_id = desk.suggestion(WORDS)
    other = desk.sit("slj.handler")
    for answer in (
        other.get(f"/desk/case/{case_id}/"),
        other.post(f"/desk/case/{case_id}/read/", {"part": "narrative", "purpose": "handle"}),
        other.post(f"/desk/case/{case_id}/act/accept/", {"n": "1", "key": "k"}),
    ):
        assert answer.status_code == 404
        assert WORDS not in text_of(answer)
    assert desk.register.case(case_id).case.n == 1


def test_a_clerk_registers_and_assigns_through_the_form_once(desk: Desk) -> None:
    """The form binds the office that was chosen; sending it twice is one action; the page then says what was recorded."""
    case_id = desk.suggestion()
    clerk = desk.sit("zwzx.clerk")
    page = text_of(clerk.get(f"/desk/case/{case_id}/?do=accept"))
    fields = {"n": hidden(page, "n", "accept"), "key": hidden(page, "key", "accept"), "office-competent_office": "jtj"}
    first = clerk.post(f"/desk/case/{case_id}/act/accept/", fields)
    again = clerk.post(f"/desk/case/{case_id}/act/accept/", fields)
    assert (first.status_code, first["Location"]) == (303, f"/desk/case/{case_id}/?done=2")
    assert again["Location"] == first["Location"]
    found = desk.register.case(case_id)
    assert (found.case.n, found.case.stage, found.case.offices["competent_office"]) == (2, "handling", "jtj")
    assert "已记下第2条：登记并转承办单位" in text_of(clerk.get(first["Location"]))


def test_a_form_that_is_not_right_comes_back_with_everything_and_its_key(desk: Desk) -> None:
    """A missing answer is told in the label's words, what was typed stands, and the key is the one of the first attempt."""
    case_id = desk.suggestion()
    desk.act(case_id, "accept", "zwzx.clerk", offices={"competent_office": "jtj"})
    handler = desk.sit("jtj.handler")
    fields = {"n": "2", "key": "the-first-key", "answer_text": "已列入今年计划。"}
    answer = handler.post(f"/desk/case/{case_id}/act/answer/", fields)
    page = text_of(answer)
    assert answer.status_code == 422
    assert "研究结果" in page.split('id="error-summary"')[1].split("</div>")[0]
    assert "已列入今年计划。" in page
    assert hidden(page, "key", "answer") == "the-first-key"
    no_office = desk.sit("zwzx.clerk").post(f"/desk/case/{desk.suggestion()}/act/accept/", {"n": "1", "key": "k"})
    assert no_office.status_code == 422
    assert 'href="#accept-f-office-competent_office"' in text_of(no_office)


def test_the_loser_of_a_race_is_told_what_happened_and_loses_no_word(desk: Desk) -> None:
    """Of two handlers at once one wins; the other is told which action, by which office and post, and keeps what was typed."""
    case_id = desk.suggestion()
    desk.act(case_id, "accept", "zwzx.clerk", offices={"competent_office": "jtj"})
    desk.act(case_id, "answer", "jtj.handler", {"result": "adopted", "answer_text": "年内装好。"})
    loser = desk.sit("jtj.handler").post(
        f"/desk/case/{case_id}/act/refuse/", {"n": "2", "key": "k", "reason": "这条路今年要改造，建成后再装。"}
    )
    page = text_of(loser)
    assert loser.status_code == 409
    told = page.split('id="lost-race"')[1].split("</div>")[0]
    assert "“不采纳并说明理由”没有写入" in told
    assert "第3条：区交通局承办岗于2026年11月23日10:00“答复”" in told
    assert "这条路今年要改造，建成后再装。" in page
    assert desk.register.case(case_id).case.n == 3


def test_the_loser_whose_step_is_still_possible_can_send_it_again(desk: Desk) -> None:
    """When the step is still possible, its form stands open, filled in, with the new number of events and a working key."""
    case_id = desk.suggestion()
    desk.act(case_id, "accept", "zwzx.clerk", offices={"competent_office": "jtj"})
    desk.act(case_id, "ask_extension", "jtj.handler", {"reason": "要等设计。"})
    handler = desk.sit("jtj.handler")
    sent = {"n": "2", "key": "k", "result": "adopted", "answer_text": "年内装好。"}
    loser = handler.post(f"/desk/case/{case_id}/act/answer/", sent)
    page = text_of(loser)
    assert loser.status_code == 409
    assert "现在还可以“答复”" in page
    again = handler.post(
        f"/desk/case/{case_id}/act/answer/",
        {**sent, "n": hidden(page, "n", "answer"), "key": hidden(page, "key", "answer")},
    )
    assert again.status_code == 303
    assert desk.register.case(case_id).case.stage == "answered"


def test_an_access_record_since_does_not_make_a_step_lose(desk: Desk) -> None:
    """A colleague who only opened the content has not moved the case on."""
    case_id = desk.suggestion()
    desk.sit("zwzx.head").post(f"/desk/case/{case_id}/read/", {"part": "narrative", "purpose": "supervise"})
    sent = {"n": "1", "key": "k", "office-competent_office": "jtj"}
    assert desk.sit("zwzx.clerk").post(f"/desk/case/{case_id}/act/accept/", sent).status_code == 303


def test_an_attachment_is_a_download_and_leaves_a_record(desk: Desk) -> None:
    """A sealed file comes as an octet stream to be saved, never inline, only with a purpose, and each download is recorded."""
    upload = Upload("attachments", "现场 说明.txt", "text/html", b"<script>alert(1)</script>")
    case_id = desk.suggestion(files=(upload,))
    clerk = desk.sit("zwzx.clerk")
    address = f"/desk/case/{case_id}/file/1/attachment:1/"
    assert clerk.get(address).status_code == 403
    assert desk.register.case(case_id).reads == ()
    answer = clerk.post(address, {"purpose": "handle"})
    assert answer.content == upload.data
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert len(desk.register.case(case_id).reads) == 1


def test_what_is_not_possible_stands_with_its_reason(desk: Desk) -> None:
    """The page lists each other step with why it is not possible: who it belongs to, or which stage it needs."""
    case_id = desk.suggestion()
    desk.act(case_id, "accept", "zwzx.clerk", offices={"competent_office": "jtj"})
    page = text_of(desk.sit("jtj.handler").get(f"/desk/case/{case_id}/"))
    assert 'id="act-answer"' in page
    assert 'id="act-extend"' not in page
    others = page.split('id="by-others"')[1]
    assert "由区交通局负责人岗做。" in others.split('id="not-extend"')[1].split("</dd>")[0]
    clerk = text_of(desk.sit("zwzx.clerk").get(f"/desk/case/{case_id}/"))
    assert "现在是“办理中”，要在“已收到”或“已退回”时才能做。" in clerk.split('id="not-accept"')[1].split("</dd>")[0]


def test_every_page_of_the_desk_needs_a_post(desk: Desk) -> None:
    """Whoever is not signed in is led to the sign-in page and back; nothing of a case is shown."""
    case_id = desk.suggestion()
    for address in ("/desk/", f"/desk/case/{case_id}/", "/desk/documents/"):
        answer = desk.client.get(address)
        assert answer.status_code == 303
        assert answer["Location"].startswith("/desk/sign-in/?next=")
