"""The portal's pages against a real register: they answer, they keep what was typed, they tell nobody a code."""

from __future__ import annotations

import re
from typing import Any

import pytest

from mingze.ledger import Policy, parse_vkey, verify_receipt
from mingze.store import Unavailable
from mingze.words import say
from tests.portal.conftest import Portal

OPEN = (
    "/", "/file/", "/file/suggestion/", "/file/enterprise-request/", "/case/", "/board/", "/procedures/",
    "/procedures/suggestion/", "/procedures/enterprise-request/", "/procedures/commitment/", "/ledger/", "/verify/",
)  # fmt: skip


@pytest.mark.parametrize("path", OPEN)
def test_every_open_page_answers_get_and_head_under_a_strict_policy(portal: Portal, path: str) -> None:
    """GET and HEAD answer 200; the policy allows no inline style or script and the page has none; the demo says it is one."""
    for lang in ("zh-Hans", "en"):
        page = portal.client.get(path, headers={"accept-language": lang})
        assert page.status_code == 200, page.content[:300]
        assert portal.client.head(path).status_code == 200
        policy = page["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        html = page.content.decode()
        assert f'<html lang="{lang}">' in html
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", html)
        assert say("portal-sample-word", lang) in html
        assert html.count("<h1") == 1


def test_a_matter_is_filed_and_its_receipt_says_what_it_must(portal: Portal) -> None:
    """Filing leads to a slip with code, number, due date, article, ledger place and a QR that holds the code after a #."""
    answer = portal.client.post("/file/suggestion/", {"form_key": portal.form_key(), "matter": "路灯不亮。"})
    assert (answer.status_code, answer["Location"]) == (303, "/case/receipt/")
    html = portal.client.get("/case/receipt/").content.decode()
    code = portal.code()
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{24}", code)
    assert "明源建〔2026〕0001号" in html
    assert '<p class="big" id="receipt-due">8 December 2026 <small>Tuesday</small>' in html
    assert "Regulation on Petition Work, arts 22, 23" in html
    assert 'class="qr"' in html and "mingze verify" in html
    assert code not in answer["Location"] and "no-store" in portal.client.get("/case/receipt/")["Cache-Control"]


def test_sending_a_form_twice_is_one_case_with_the_same_receipt(portal: Portal) -> None:
    """The same form key gives the same code, and the second receipt says that nothing was doubled."""
    form = {"form_key": portal.form_key(), "matter": "路灯不亮。"}
    portal.client.post("/file/suggestion/", form)
    first = portal.code()
    portal.client.post("/file/suggestion/", form)
    assert portal.code() == first
    assert say("portal-repeated", "en") in portal.client.get("/case/receipt/").content.decode()
    assert len(portal.instance.register().cases().rows) == 1


def test_a_form_with_errors_loses_nothing_that_was_typed(portal: Portal) -> None:
    """The errors stand first and at their fields; the texts, the choice and the form key are still there; nothing was filed."""
    key = portal.form_key("/file/enterprise-request/")
    typed = {"form_key": key, "topic": "fees", "matter": "收费 <b>不清楚</b>", "enterprise_name": "", "contact": "abc"}
    page = portal.client.post("/file/enterprise-request/", typed)
    html = page.content.decode()
    assert page.status_code == 422
    assert html.index('id="error-summary"') < html.index("<h1")
    assert '<a href="#f-enterprise_name">' in html and 'id="f-enterprise_name-error"' in html
    assert "收费 &lt;b&gt;不清楚&lt;/b&gt;" in html and 'value="abc"' in html and f'value="{key}"' in html
    assert re.search(r'value="fees" checked', html)
    assert html.count('aria-invalid="true"') == 2
    assert portal.instance.register().cases().rows == ()


def test_a_form_without_its_key_is_not_filed(portal: Portal) -> None:
    """A filing that could not be told from its repetition gets a key first; what was typed stays."""
    page = portal.client.post("/file/suggestion/", {"matter": "路灯不亮。"})
    assert page.status_code == 400 and "路灯不亮。" in page.content.decode()
    assert re.search(r'name="form_key" value="[^"]{20,}"', page.content.decode())


def test_what_was_written_on_the_start_page_arrives_in_the_form(portal: Portal) -> None:
    """The words come by POST, so they stand in no address; nothing is filed by it and nothing is an error yet."""
    page = portal.client.post("/file/enterprise-request/", {"step": "start", "what": "门口修路三个月了"})
    html = page.content.decode()
    assert page.status_code == 200 and "门口修路三个月了</textarea>" in html and "error-summary" not in html


def test_a_register_that_cannot_be_written_keeps_the_form(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full the person is told so in their words, with status 503, and the text is still in the form."""
    key = portal.form_key()
    register = portal.instance.register()

    def full(*args: Any, **more: Any) -> None:
        raise Unavailable("disk_full")

    monkeypatch.setattr(register, "submit", full)
    page = portal.client.post("/file/suggestion/", {"form_key": key, "matter": "路灯不亮。"})
    assert page.status_code == 503 and page["Retry-After"]
    html = page.content.decode()
    assert say("refused-disk_full", "en") in html and "路灯不亮。" in html and key in html


def test_the_cookie_is_private_and_does_not_show_the_code(portal: Portal) -> None:
    """HttpOnly, SameSite=Lax, only for /case/, ending with the session; its value does not contain the code."""
    code = portal.file()
    cookie = portal.client.cookies["mz_case"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/case/" and not cookie["max-age"]
    assert code not in cookie.value


@pytest.mark.parametrize("typed", ["0123-4567-89AB-CDEF-GHJK-MNPQ", "ABC", "你好", "O" * 24, "x" * 500])
def test_absent_mistyped_and_impossible_codes_get_one_answer(portal: Portal, typed: str) -> None:
    """Whatever is wrong with a code, status, headline and sentence are the same, and no cookie is set."""
    portal.file()
    portal.client.cookies.clear()
    page = portal.client.post("/case/", {"code": typed})
    html = page.content.decode()
    assert page.status_code == 404
    assert say("portal-code-absent", "en") in html and "mz_case" not in page.cookies


def test_an_absent_code_takes_the_same_work_as_a_known_one(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are hashed and looked up once: the register is asked exactly one query either way."""
    code = portal.file()
    portal.client.cookies.clear()
    register, asked = portal.instance.register(), []
    real = register.by_code
    monkeypatch.setattr(register, "by_code", lambda typed: (asked.append(typed), real(typed))[1])
    portal.client.post("/case/", {"code": "not a code"})
    portal.client.post("/case/", {"code": code})
    assert asked == ["not a code", code]


def test_a_code_is_read_as_people_type_it(portal: Portal) -> None:
    """Small letters, hyphens, spaces, O for zero and l for one all lead to the case."""
    code = portal.file()
    portal.client.cookies.clear()
    typed = "-".join(code[n : n + 4] for n in range(0, 24, 4)).lower().replace("0", "o").replace("1", "l")
    answer = portal.client.post("/case/", {"code": f"  {typed} "})
    assert (answer.status_code, answer["Location"]) == (303, "/case/")
    assert "明源建〔2026〕0001号" in portal.client.get("/case/").content.decode()


def test_the_person_answers_whether_it_is_solved(portal: Portal) -> None:
    """After the answer the person says “not solved” in their own words; it is recorded once and stands on the page."""
    code = portal.file()
    portal.act(code, "accept", "zwzx.clerk", competent_office="jtj")
    portal.act(code, "answer", "jtj.handler", {"result": "adopted", "answer_text": "十二月装好。"})
    html = portal.client.get("/case/").content.decode()
    assert "十二月装好。" in html and 'id="say-solved"' in html
    hidden = dict(re.findall(r'name="(expected_n|key)" value="([^"]+)"', html))
    form = {**hidden, "own_words": "还没有装。"}
    assert portal.client.post("/case/act/say_unsolved/", form).status_code == 303
    assert portal.client.post("/case/act/say_unsolved/", form).status_code == 303, "sent twice, recorded once"
    page = portal.client.get("/case/").content.decode()
    assert say("portal-recorded", "en") in page and "not solved" in page and 'id="say-solved"' not in page
    assert say("portal-recorded", "en") not in portal.client.get("/case/").content.decode(), "a notice is shown once"
    case_id = portal.instance.register().by_code(code)
    assert case_id is not None
    found = portal.instance.register().case(case_id)
    assert found is not None and [stored.event.action for stored in found.events] == [
        "file",
        "accept",
        "answer",
        "say_unsolved",
    ]


def test_an_action_that_is_not_allowed_now_says_so_and_changes_nothing(portal: Portal) -> None:
    """Saying “solved” before there is an answer is refused in plain words with status 409."""
    code = portal.file()
    page = portal.client.post("/case/act/say_solved/", {"key": "k" * 30, "expected_n": "1"})
    assert page.status_code == 409
    assert say("refused-not_from_here", "en") in page.content.decode()
    for action in ("accept", "nonsense", "file"):
        assert portal.client.post(f"/case/act/{action}/", {"key": "k" * 30, "expected_n": "1"}).status_code == 409
    case_id = portal.instance.register().by_code(code)
    assert case_id is not None
    found = portal.instance.register().case(case_id)
    assert found is not None and found.case.n == 1


def test_leaving_forgets_the_code(portal: Portal) -> None:
    """After leaving, the case, its receipt, its proof and its calendar all ask for the code again."""
    portal.file()
    assert portal.client.post("/case/leave/")["Location"] == "/case/?left"
    assert 'id="code-form"' in portal.client.get("/case/").content.decode()
    for path in ("/case/receipt/", "/case/receipt.tlog-proof", "/case/clock.ics"):
        assert portal.client.get(path)["Location"] == "/case/"
    assert portal.client.post("/case/act/say_solved/", {})["Location"] == "/case/"


def test_the_receipt_file_verifies_against_the_published_key(portal: Portal) -> None:
    """The downloaded proof and the key from /ledger/key verify offline; the download is never opened by the browser."""
    portal.file()
    answer = portal.client.get("/case/receipt.tlog-proof")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith('attachment; filename="receipt.tlog-proof"; ')
    assert "sandbox" in answer["Content-Security-Policy"]
    key = parse_vkey(portal.client.get("/ledger/key").content.decode().strip())
    assert verify_receipt(answer.content, Policy(logs=(key,))).outcome == "verified"


def test_the_ledger_serves_what_a_monitor_needs(portal: Portal) -> None:
    """Checkpoint, key, tile and entries are raw and open to every origin; a tile that does not exist is 404."""
    portal.file()
    page = portal.client.get("/ledger/").content.decode()
    note = portal.client.get("/ledger/checkpoint")
    assert note["Access-Control-Allow-Origin"] == "*" and note.content.decode() in page.replace("&#x27;", "'")
    assert len(portal.client.get("/ledger/tile/0/000.p/1").content) == 32
    assert "immutable" in portal.client.get("/ledger/tile/entries/000.p/1")["Cache-Control"]
    for wrong in ("0/000", "0/0", "9/000.p/1", "../../mingze.toml", "0/000.p/2"):
        assert portal.client.get(f"/ledger/tile/{wrong}").status_code == 404, wrong


def test_the_calendar_entry_names_office_and_day_and_not_the_matter(portal: Portal) -> None:
    """The entry carries the due date and the number; the words of the matter and the code are not in it."""
    code = portal.file()
    answer = portal.client.get("/case/clock.ics")
    text = answer.content.decode().replace("\r\n ", "")
    assert answer["Content-Type"].startswith("text/calendar")
    assert "DTSTART;VALUE=DATE:20261208" in text and "红绿灯" not in text and code not in text


def test_an_overdue_case_says_so(portal: Portal) -> None:
    """The day after the last day the page says plainly how many days overdue the office is."""
    code = portal.file()
    portal.at(2026, 12, 11, 9, 0)
    portal.client.post("/case/", {"code": code})
    html = portal.client.get("/case/").content.decode()
    assert '<em class="late">3 days overdue</em>' in html and "tag-late" in html


def test_a_procedure_or_document_or_promise_that_is_not_there_is_404(portal: Portal) -> None:
    """Unknown names, and a case that is not public, do not exist for the portal."""
    portal.file()
    paths = (
        "/file/commitment/",
        "/file/none/",
        "/procedures/none/",
        "/documents/none/",
        "/board/明源建〔2026〕0001号/",
        "/board/x/",
    )
    for path in paths:
        page = portal.client.get(path)
        assert page.status_code == 404, path
        assert 'class="masthead"' in page.content.decode()


def test_the_board_shows_words_office_deadline_and_three_facts(portal: Portal) -> None:
    """A published promise stands on the board, in its document with its sentence marked, and on a page of its own."""
    from tests.portal.matters import post

    register = portal.instance.register()
    supervisor = post("dcs.supervisor")
    text = (
        "民生实事安排（示例）\n一、出行\n区住建局要在2026年12月底前完成18处学校路口过街设施改造。改造图纸在校门口张贴。"
    )
    document = register.documents.add(text, "民生实事安排（示例）", 2026, supervisor)
    for row in register.documents.rows(document):
        if row.state == "proposed" and "18处" in row.quote:
            row = register.documents.edit_row(
                document, row.row_id, {"lead_office": "zjj", "deadline_on": "2026-12-31"}, supervisor, expected_n=row.n
            )
            register.documents.accept(document, row.row_id, supervisor, expected_n=row.n)
        elif row.state == "proposed":
            register.documents.reject(document, row.row_id, supervisor, expected_n=row.n, reason="不是承诺")
    assert portal.client.get(f"/documents/{document}/").status_code == 404, "not published yet"
    register.documents.confirm_all(document, post("dcs.head"))
    (filed,) = register.documents.publish(document, supervisor)
    html = portal.client.get("/board/").content.decode()
    assert filed.number in html and "Housing Bureau" in html and "31 December 2026" in html
    assert say("portal-fact-no-report", "en") in html and say("portal-fact-not-asked", "en") in html
    page = portal.client.get(f"/documents/{document}/").content.decode()
    assert re.search(r'<a class="said" id="s-c-2026-0001" href="#c-2026-0001">[^<]*18处', page)
    own = portal.client.get(f"/board/{filed.number}/").content.decode()
    assert "18处" in own and 'class="said is-current"' in own and say("portal-evidence-none-title", "en") in own
    assert filed.number not in portal.client.get("/board/?office=jyj").content.decode()
    assert say("portal-board-none-filtered-title", "en") in portal.client.get("/board/?state=overdue").content.decode()


def test_last_month_is_two_sentences_with_their_denominators(portal: Portal) -> None:
    """Without a case the start page says that there is nothing to count; with cases each number says of how many."""
    assert say("portal-month-empty-title", "en") in portal.client.get("/").content.decode()
    code = portal.file()
    portal.act(code, "accept", "zwzx.clerk", competent_office="jtj")
    portal.act(code, "answer", "jtj.handler", {"result": "adopted", "answer_text": "好。"})
    portal.at(2026, 12, 5, 9, 0)
    html = re.sub(r"</?b>", "", portal.client.get("/").content.decode())
    assert "In November, 1 case was received: 1 answered in time, 0 answered late, 0 not answered yet" in html
    assert "Of the 1 answered, 0 people said how it turned out" in html


def test_the_language_switch_keeps_the_page(portal: Portal) -> None:
    """?lang= sets a cookie and leads back to the same page in the other language."""
    answer = portal.client.get("/verify/?lang=zh-Hans")
    assert answer["Location"] == "/verify/"
    assert '<html lang="zh-Hans">' in portal.client.get("/verify/").content.decode()
