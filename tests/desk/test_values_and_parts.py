"""The desk's pages of a promise's life: values and requests, dividing, codes, draws; and that none has a barrier."""

from __future__ import annotations

import datetime as dt
import html
import os
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from mingze.store.promises import PartWanted
from tests.axe import barriers, sideways
from tests.desk.conftest import Desk

if TYPE_CHECKING:
    from django.test import Client
    from playwright.sync_api import Page

WORDS = "区交通运输局年底前在21所学校门口划定接送区。\n"


def promise(desk: Desk) -> str:
    """A published promise of 21 schools, accepted by the traffic office; its case."""
    document = desk.document(WORDS)
    row = next(iter(desk.rows(document).values()))
    desk.register.documents.accept(document, row.row_id, desk.actor("dcs.supervisor"), expected_n=row.n)
    desk.register.documents.confirm_all(document, desk.actor("dcs.head"))
    case_id = desk.register.documents.publish(document, desk.actor("dcs.supervisor"))[0].case_id
    desk.act(case_id, "accept", "jtj.handler")
    desk.act(case_id, "set_indicator", "dcs.supervisor", {
        "indicator_name": "划定接送区", "target": 21, "unit": "所", "evidence_kind": "tables", "evidence_most": 2, "reason": "口径",
    })  # fmt: skip
    return case_id


def text_of(answer: Any, status: int = 200) -> str:
    """The page, with its entities as characters."""
    assert answer.status_code == status, answer.content.decode()[:2000]
    return html.unescape(answer.content.decode())


def follow(client: Client, path: str, fields: dict[str, Any]) -> str:
    """A form that is taken, and the page it leads to."""
    answer = client.post(path, fields)
    assert answer.status_code == 303, html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))
    return text_of(client.get(answer["Location"].partition("#")[0]))


VALUE = {"name": "绿地面积", "scope": "", "amount": "12.5", "unit": "公顷", "as_of": "2026-11-20", "source": "航拍"}


def test_a_value_is_entered_found_and_corrected_and_a_second_number_is_refused_calmly(desk: Desk) -> None:
    """What is there is shown with its office; another number keeps what was typed and says who entered the first."""
    seat = desk.sit("zjj.handler")
    assert "12.5公顷" in follow(seat, "/desk/values/enter/", VALUE)
    other = text_of(desk.sit("jyj.handler").post("/desk/values/enter/", {**VALUE, "amount": "13"}), 409)
    assert "区住建局" in other and "12.5公顷" in other and 'value="13"' in other
    value = desk.register.values.recent()[0]
    corrected = follow(seat, "/desk/values/correct/", {"value": value.value_id, "amount": "12.8", "reason": "漏算一处"})
    assert "12.8公顷" in corrected and "漏算一处" in corrected
    assert "绿地面积" in text_of(seat.get("/desk/values/?q=绿地")) and 'id="none"' in text_of(
        seat.get("/desk/values/?q=没有")
    )


def test_asking_for_what_exists_shows_it_and_asks_nobody(desk: Desk) -> None:
    """The one who asks is shown the value; the office that has it sees no request; the meter counts it as spared."""
    follow(desk.sit("zjj.handler"), "/desk/values/enter/", VALUE)
    ask = {"kind": "data", "name": "绿地 面积", "as_of": "2026-11-20", "of": ["zjj"], "basis": "年报", "key": "k1"}
    page = follow(desk.sit("dcs.supervisor"), "/desk/values/ask/", ask)
    assert "12.5公顷" in page.partition('id="saved"')[2].partition("</p>")[0]
    assert desk.register.values.requests("zjj", waiting=True) == ()
    assert desk.register.values.burden(dt.date(2026, 11, 1), dt.date(2026, 11, 30))[0].spared == 1


def test_a_request_waits_at_the_office_asked_until_it_answers(desk: Desk) -> None:
    """The answer enters the register; asked again by another office while it waits, the refusal says who asked first."""
    ask = {
        "kind": "data",
        "name": "危房户数",
        "unit": "户",
        "of": ["zjj", "jyj"],
        "basis": "工作需要",
        "key": "k1",
        "due_on": "2026-12-01",
    }
    follow(desk.sit("tjj.verifier"), "/desk/values/ask/", ask)
    again = text_of(desk.sit("dcs.supervisor").post("/desk/values/ask/", {**ask, "of": ["zjj"], "key": "k2"}), 409)
    assert "区统计局" in again and "没有再问一遍" in again
    page = text_of(desk.sit("zjj.handler").get("/desk/values/"))
    (request,) = re.findall(r'name="request" value="([0-9a-f]+)"', page)
    done = follow(desk.sit("zjj.handler"), "/desk/values/answer/", {
        "request": request, "amount": "3", "as_of": "2026-11-01", "source": "排查",
    })  # fmt: skip
    assert "3户" in done and 'name="request"' not in done


def test_a_request_without_a_basis_or_a_bad_day_comes_back_with_what_was_typed(desk: Desk) -> None:
    """Nothing is asked, and the form is as it was."""
    ask = {"kind": "meeting", "subject": "推进会", "of": ["zjj", "jyj"], "key": "k1"}
    page = text_of(desk.sit("dcs.supervisor").post("/desk/values/ask/", ask), 409)
    assert "请写明依据" in page and 'value="推进会"' in page and page.count(" selected>") >= 2
    page = text_of(
        desk.sit("dcs.supervisor").post("/desk/values/ask/", {**ask, "basis": "例会", "due_on": "明天"}), 409
    )
    assert "日期没有看懂" in page and desk.register.values.requests() == ()


def test_a_promise_is_divided_in_one_form_whose_sum_is_told(desk: Desk) -> None:
    """A gap is refused with its size and everything typed; with a reason the parts are opened and stand on the page."""
    case_id = promise(desk)
    seat = desk.sit("dcs.supervisor")
    assert f'href="/desk/case/{case_id}/parts/"' in text_of(seat.get(f"/desk/case/{case_id}/"))
    rows = {
        "key": "k",
        "office-1": "qhjd",
        "title-1": "青禾街道12所",
        "target-1": "12",
        "office-2": "bsz",
        "title-2": "白石镇8所",
        "target-2": "8",
    }
    page = text_of(seat.post(f"/desk/case/{case_id}/parts/", rows), 422)
    assert "合计20所" in page and "少1所" in page and 'value="白石镇8所"' in page
    done = follow(seat, f"/desk/case/{case_id}/parts/", {**rows, "reason-2": "一所已并校"})
    assert "青禾街道12所" in done and "一所已并校" in done and "少1所" in done
    short = text_of(seat.post(f"/desk/case/{case_id}/parts/", {"key": "k2", "office-1": "zjj"}), 422)
    assert "子项名称" in short


def test_only_a_post_that_may_split_a_promise_reaches_the_form(desk: Desk) -> None:
    """For the lead office and for an office without a part the address is not there."""
    case_id = promise(desk)
    for post in ("jtj.handler", "jyj.handler"):
        assert desk.sit(post).get(f"/desk/case/{case_id}/parts/").status_code == 404
        assert desk.sit(post).post(f"/desk/case/{case_id}/parts/", {"office-1": "bsz"}).status_code == 404
    assert desk.register.case(case_id).case.links == ()


def test_codes_are_shown_once_to_the_supervision_office_only(desk: Desk) -> None:
    """The sheet has as many codes as asked; the office that is judged is refused and gets none."""
    case_id = promise(desk)
    sheet = text_of(desk.sit("dcs.supervisor").post(f"/desk/case/{case_id}/codes/", {"count": "7", "key": "k"}))
    assert len(set(re.findall(r"\b(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}\b", sheet))) == 7
    assert desk.sit("jtj.handler").post(f"/desk/case/{case_id}/codes/", {"count": "7", "key": "k"}).status_code == 409
    assert "已发7个" in text_of(desk.sit("dcs.supervisor").get(f"/desk/case/{case_id}/"))


def verified(desk: Desk) -> str:
    """A promise that was verified; its number."""
    case_id = promise(desk)
    desk.act(case_id, "report_done", "jtj.handler", {"progress": "完成"})
    desk.act(case_id, "verify", "tjj.verifier", {"findings": "属实"})
    return desk.register.case(case_id).number


def test_a_draw_is_announced_drawn_and_rechecked_at_the_desk(desk: Desk) -> None:
    """Only the supervision office announces and draws; too early it says how long the log is; another office checks."""
    number = verified(desk)
    seat = desk.sit("dcs.head")
    assert 'id="announce"' not in text_of(desk.sit("sfj.handler").get("/desk/draws/"))
    early = {"key": "k", "subject": "十一月抽查", "size": "1", "ahead": "1"}
    assert desk.sit("sfj.handler").post("/desk/draws/announce/", early).status_code == 409
    assert "十一月抽查" in follow(seat, "/desk/draws/announce/", early)
    (lot,) = desk.register.lots.list()
    assert "还没到时候" in text_of(seat.post("/desk/draws/draw/", {"lot": lot.lot_id}), 409)
    desk.suggestion()
    desk.suggestion()
    assert number in follow(seat, "/desk/draws/draw/", {"lot": lot.lot_id})
    finding = {"lot": lot.lot_id, "item": number, "finding": "holds", "words": "到三所学校看过"}
    assert "不能复查" in text_of(desk.sit("jtj.handler").post("/desk/draws/recheck/", finding), 409)
    assert "到三所学校看过" in follow(desk.sit("sfj.handler"), "/desk/draws/recheck/", finding)


@pytest.mark.parametrize(("size", "lang"), [("phone", "zh-CN")])
def test_no_page_of_a_promises_life_has_a_barrier(
    desk: Desk, live: Callable[..., Any], open_page: Callable[..., Page], size: str, lang: str
) -> None:
    """Values, case, parts, codes, draws at the desk; promise, confirming, meter and draws for everybody."""
    case_id, number = promise(desk), verified(desk)
    values = desk.register.values
    values.enter("划定接送区", "", dt.date(2026, 11, 20), "9", "所", "台账", desk.actor("jtj.handler"))
    values.ask(
        "data",
        ["dcs"],
        desk.actor("tjj.verifier"),
        subject="",
        basis="年报",
        indicator="督查件数",
        unit="件",
        idempotency="1",
    )
    values.ask("meeting", ["jtj", "jyj"], desk.actor("dcs.supervisor"), subject="推进会", basis="例会", idempotency="2")
    desk.act(
        case_id,
        "set_milestone",
        "dcs.supervisor",
        {"milestone": "首批", "milestone_due": "2026-11-25", "milestone_target": 9},
    )
    desk.act(case_id, "ask_extension", "jtj.handler", {"reason": "雨季停工。", "until": "2027-02-26"})
    desk.act(case_id, "extend", "dcs.head", {"reason": "属实，同意。", "until": "2027-01-29"})
    desk.register.promises.divide(
        case_id, [PartWanted("qhjd", "青禾街道12所", "12"), PartWanted("bsz", "白石镇8所", "8", reason="一所已并校")],
        desk.actor("dcs.supervisor"), idempotency="d",
    )  # fmt: skip
    lot = desk.register.lots.announce("十一月抽查", [number], 1, desk.actor("dcs.head"), ahead=1, idempotency="l")
    desk.suggestion()
    desk.suggestion()
    desk.register.lots.draw(lot.lot_id, desk.actor("dcs.head"))
    desk.register.lots.recheck(
        lot.lot_id, number, "partly", "到三所学校看过，一所标线已磨掉。", desk.actor("sfj.handler")
    )
    whole = desk.register.case(case_id).number
    desk.instance.close()
    url = live(desk.instance).url
    page = open_page(f"{url}/desk/sign-in/", size=size, lang=lang)
    page.click('button[value="dcs.supervisor"]')
    page.wait_for_url(f"{url}/desk/")
    folder, found = os.environ.get("PICTURES", ""), {}

    def look(name: str) -> None:
        found[name] = [*barriers(page), *([f"{sideways(page)} px too wide"] if sideways(page) > 0 else [])]
        if folder:
            page.screenshot(path=f"{folder}/{name}-{size}.png", full_page=True)

    for name, path in {
        "values": "/desk/values/", "case": f"/desk/case/{case_id}/", "parts": f"/desk/case/{case_id}/parts/",
        "desk-draws": "/desk/draws/", "promise": f"/board/{whole}/", "checked": f"/board/{number}/", "board": "/board/",
        "confirm": f"/board/{number}/confirm/", "meter": "/burden/", "draws": "/draws/",
    }.items():  # fmt: skip
        page.goto(f"{url}{path}")
        look(name)
    page.goto(f"{url}/desk/case/{case_id}/")
    page.click("#print-codes summary")
    page.click("#print-codes button")
    page.wait_for_selector("#codes")
    look("codes")
    assert {name: faults for name, faults in found.items() if faults} == {}
