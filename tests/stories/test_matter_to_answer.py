"""Story 2: from a matter to an answer the person can check.

Each story is lived through in four ways (`people.WAYS`): on a phone and at a desk, with scripts and without, on SQLite
and PostgreSQL, in Chinese and English.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import outside
from tests.stories.conftest import Town, on
from tests.stories.people import CODE, OPPOSITES, WAYS, Official, Resident, Way, flat

Found = Callable[[Way], Town]

MATTER = "青禾街道育才路口的斜坡太陡，轮椅上不去。希望把坡改缓，两边加扶手。"
ANSWER = "您的建议采纳。斜坡改为一比十二，两侧加扶手，2027年3月底前完工。"
REQUEST = "货车在厂门口装卸，每天被贴两次条。请在早上六点到八点给一段装卸时间。"
REFUSAL = "厂门口是消防车通道，依法不能停车装卸。可以用北侧两百米的公共装卸区。"

TOLD = {
    "zh-Hans": {
        "receipt": (
            "最迟这天登记并转承办单位",
            "2026年12月8日",
            "15日，当天不算",
            "《信访工作条例》第二十二条、第二十三条",
        ),
        "assigned": "区住建局最迟在2027年1月6日（星期三）答复。今天是第1个工作日，共30个。",
        "provisional": "这个日子是暂定的",
        "not_now": {
            "accept": "现在是“办理中”，要在“已收到”或“已退回”时才能做。",
            "answer": "由区住建局承办岗做。",
            "say_solved": "由建议人做。",
        },
        "used_up": "最多1次，已经做满。",
        "extended": "区住建局最迟在2027年1月27日（星期三）答复",
        "days": (
            "2026年11月28日–29日周六、周日周末，2天不计",
            "2027年1月1日周五工作日（放假安排还没有公布，按周末推算）27",
            "2027年1月27日周三工作日，最后一天（放假安排还没有公布，按周末推算）45",
            "45个工作日，18天休息日不计45",
        ),
        "read": ("2026年11月26日10:00", "区住建局承办岗", "您写的内容", "办理这一件"),
        "events": (
            "您：提交",
            "区政务服务中心：登记并转承办单位",
            "区住建局承办岗打开了您的内容",
            "区住建局：申请延期",
            "区住建局：批准延期",
            "区住建局：答复",
            "等您说解决了没有",
        ),
        "yours": "轮到您：请在2027年1月13日（星期三）前说一句，解决了没有。",
        "remedy": "请督查单位过问",
        "solved": "这件事在2026年12月14日（星期一）办结。您说：解决了。",
    },
    "en": {
        "receipt": (
            "By this day: register and assign",
            "8 December 2026",
            "15 calendar days; the first day is not counted",
            "Regulation on Petition Work, arts 22, 23",
        ),
        "assigned": "Housing Bureau must answer by Wednesday 6 January 2027, working day 1 of 30.",
        "provisional": "This date is provisional",
        "not_now": {
            "accept": "The case is in “Being handled”; this is possible only in “Received” or “Handed back”.",
            "answer": "For Handler, Housing Bureau.",
            "say_solved": "For Proposer.",
        },
        "used_up": "it has been used.",
        "extended": "Housing Bureau must answer by Wednesday 27 January 2027",
        "days": (
            "28–29 Nov 2026 Sat, Sun Weekend, 2 days not counted",
            "1 Jan 2027 Fri Working day (days off not announced yet, weekends assumed) 27",
            "27 Jan 2027 Wed Working day, the last day (days off not announced yet, weekends assumed) 45",
            "45 working days, 18 days off not counted 45",
        ),
        "read": ("26 November 2026 at 10:00", "Housing Bureau, Handler", "What you wrote", "To handle this case"),
        "events": (
            "File · you",
            "Register and assign · Service Centre",
            "Housing Bureau, Handler opened your content",
            "Ask for an extension · Housing Bureau",
            "Approve the extension · Housing Bureau",
            "Answer · Housing Bureau",
            "Waiting for you to say whether it is solved",
        ),
        "yours": "It is your turn: say by Wednesday 13 January 2027 whether it is solved.",
        "remedy": "Ask the supervision office to look into it",
        "solved": "This case was closed on Monday 14 December 2026. You said: solved.",
    },
}
"""What must stand on the pages, word for word. The dates are counted by hand: thirty working days after Wednesday 25
November 2026, by weekends alone from 2027 on, is Wednesday 6 January; fifteen more is Wednesday 27 January."""


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_suggestion_is_filed_followed_answered_and_verified(found_town: Found, way: Way, tmp_path: Path) -> None:
    """A resident files without an account, sees who must act until when and why, gets an answer, says it is solved, and
    proves with the receipt file alone that the matter was received."""
    town, told = found_town(way), TOLD[way.lang]
    resident = town.resident()
    code = resident.files("suggestion", {"matter": MATTER, "contact": "resident@mingyuan.example"})
    assert CODE.fullmatch(code)
    resident.sees(*told["receipt"])
    assert resident.page.locator(".slip .slip-foot svg").count() == 2, "QR and seal"
    number = resident.page.locator("#receipt-number").inner_text()
    key = resident.page.locator(".slip .fine .code").last.inner_text()
    proof = resident.saves("#download-proof", tmp_path)

    town.later(on(11, 25))
    clerk = town.official("zwzx.clerk")
    clerk.goes_to(number)
    assert clerk.may() == {"accept", "decline"}
    clerk.sees_not(MATTER)
    clerk.does("accept", {"competent_office": "zjj"})
    assert clerk.may() == set()
    why_not = clerk.may_not()
    assert {name: why for name, why in told["not_now"].items() if not why_not[name].startswith(why)} == {}

    town.later(on(11, 26))
    handler = town.official("zjj.handler")
    handler.goes_to(number)
    assert handler.may() == {"hand_back", "ask_extension", "answer", "refuse"}
    handler.sees_not(MATTER)
    handler.presses("#open-sealed")  # without a purpose nothing opens
    handler.sees_not(MATTER)
    assert handler.page.locator("#read-error").count() == 1
    handler.reads(["narrative"], "handle")
    handler.sees(MATTER, within="#opened")
    handler.sees_not("resident@mingyuan.example")

    resident.enters(code)
    resident.sees(told["assigned"], told["provisional"], within="#now")
    resident.sees(*told["read"], within="#reads")

    handler.does("ask_extension", {"reason": "要和路灯改造一起施工，避免挖两次路。"})
    assert handler.may() == {"hand_back", "answer", "refuse"}
    assert told["used_up"] in handler.may_not()["ask_extension"]
    head = town.official("zjj.head")
    head.goes_to(number)
    assert head.may() == {"hand_back", "extend"}
    head.does("extend", {"reason": "同意，一并施工。"})
    resident.enters(code)
    resident.sees(told["extended"], within="#now")
    _shows_days(resident, told["days"])
    resident.meets_no_barrier()  # a provisional date

    town.later(on(12, 14))
    handler = town.official("zjj.handler")
    handler.goes_to(number)
    handler.does("answer", {"result": "adopted", "answer_text": ANSWER})
    resident.enters(code)
    resident.sees(told["yours"], within="#now")
    resident.sees(ANSWER, told["remedy"], within="#answers")
    _in_order(resident, told["events"])
    resident.presses("#say-solved")
    resident.sees(told["solved"], within="#now")
    resident.meets_no_barrier()  # a closed case
    handler.goes_to(number)
    assert handler.page.locator(".facts-three dd.yes").count() == 2, "answered and solved are two facts"

    _notices_arrive(town, number, at_least=3)
    _receipt_verifies(proof, key)


def _shows_days(resident: Resident, rows: tuple[str, ...]) -> None:
    """The day-by-day table opens and has these rows."""
    table = resident.page.locator("#clock details").first
    if table.get_attribute("open") is None:
        table.locator("summary").click()
    shown = flat(table.inner_text())
    for row in rows:
        assert flat(row) in shown, f"{row!r} is not in {table.inner_text()}"


def _in_order(resident: Resident, events: tuple[str, ...]) -> None:
    """Everything that happened stands in the order in which it happened."""
    shown = flat(resident.page.locator("#events").inner_text())
    places = [shown.find(flat(event)) for event in events]
    assert -1 not in places and places == sorted(places), f"{events} in {shown}"


def _notices_arrive(town: Town, number: str, *, at_least: int) -> None:
    """The person who left an address is told by mail: of which case, where to look, and nothing of what it is about."""
    until = time.monotonic() + 40
    while len(town.mail.messages) < at_least and time.monotonic() < until:
        time.sleep(0.2)
    assert len(town.mail.messages) >= at_least
    for message in town.mail.messages:
        text = bytes(message.get_payload(decode=True)).decode()  # pyright: ignore[reportArgumentType]
        assert message["To"] == "resident@mingyuan.example"
        assert number in text and f"{town.url}/case/" in text
        assert MATTER[:8] not in text and ANSWER[:8] not in text


def _receipt_verifies(proof: Path, key: str) -> None:
    """A program of its own, without the server, accepts the file with the key printed on the slip; a changed byte it refuses."""
    accepted = outside.run_mingze("verify", str(proof), "--key", key)
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
    assert "Receipt verified" in accepted.stdout
    lines = proof.read_text(encoding="utf-8").split("\n")
    at = next(place for place, line in enumerate(lines) if line.startswith("extra "))
    leaf = bytearray(base64.b64decode(lines[at].removeprefix("extra ")))
    leaf[leaf.index(b"2026-12-08")] ^= 0x01  # the date the office has to keep
    lines[at] = "extra " + base64.b64encode(bytes(leaf)).decode()
    changed = proof.with_name("changed.tlog-proof")
    changed.write_text("\n".join(lines), encoding="utf-8")
    refused = outside.run_mingze("verify", str(changed), "--key", key)
    assert refused.returncode == 1
    assert "does not match" in refused.stdout + refused.stderr


@pytest.mark.parametrize("way", OPPOSITES, ids=str)
def test_an_enterprise_request_is_refused_with_reasons_and_contested(
    found_town: Found, way: Way, tmp_path: Path
) -> None:
    """A business files with a paper, is refused with reasons and told every remedy with its last day, says it is not
    solved, and the supervision office sends the case back to be answered again."""
    town, english = found_town(way), way.lang == "en"
    paper = tmp_path / "现场说明.txt"
    paper.write_text("每天六点到八点，三辆车。", encoding="utf-8")
    business = town.resident()
    fields = {"topic": "premises", "matter": REQUEST, "enterprise_name": "青禾纸箱厂"}
    code = business.files("enterprise-request", fields, [paper])
    number = business.page.locator("#receipt-number").inner_text()

    clerk = town.official("qyfw.clerk")
    clerk.goes_to(number)
    clerk.does("accept", {"competent_office": "jtj"})
    town.later(on(11, 24))
    handler = town.official("jtj.handler")
    handler.goes_to(number)
    handler.reads(["narrative", "attachment"], "handle")
    handler.sees(REQUEST, "现场说明.txt", within="#opened")
    assert _downloads(handler, "#opened button", tmp_path).read_bytes() == paper.read_bytes()
    handler.goes_to(number)
    handler.prepares("refuse")
    handler.sees("申请行政复议" if not english else "Apply for administrative reconsideration", within="#act-refuse")
    handler.presses("#submit-refuse")  # a refusal without reasons is not one
    assert handler.page.locator("#act-refuse .field-bad").count() == 1
    handler.does("refuse", {"reason": REFUSAL})
    assert handler.may() == set()

    business.enters(code)
    business.sees(REFUSAL, within="#answers")
    business.sees(
        *(
            (
                "If you do not accept this decision",
                "Apply for administrative reconsideration",
                "Monday 25 January 2027",
                "Administrative Reconsideration Law, arts 20, 88",
            )
            if english
            else ("不服", "申请行政复议", "2027年1月25日（星期一）", "《行政复议法》第二十条、第八十八条")
        ),
        within="#answers",
    )
    business.sees("现场说明.txt", within="#filed")
    assert business.page.locator("#reads tbody tr").count() == 2, (
        "opening the page and downloading the file are two readings"
    )
    business.page.locator("#outcome [name=own_words]").fill("公共装卸区早上是满的。")
    business.presses("#say-unsolved")
    business.meets_no_barrier()
    business.sees("you said: not solved" if english else "说：没解决", within="#now")

    town.later(on(11, 26))
    watch = town.official("dcs.supervisor")
    watch.goes_to(number)
    assert watch.may() == {"send_back", "uphold"}
    watch.reads(["narrative", "decision"], "supervise")
    watch.sees("公共装卸区早上是满的。", REFUSAL, within="#opened")
    watch.does("send_back", {"reason": "请到现场看早上的情况，再答复一次。"})
    handler = town.official("jtj.handler")
    handler.goes_to(number)
    assert "answer" in handler.may() and "ask_extension" in handler.may()
    business.enters(code)
    business.sees(
        "Transport Bureau must answer by Thursday 10 December 2026, working day 0 of 10."
        if english
        else "区交通局最迟在2026年12月10日（星期四）答复。今天是第0个工作日，共10个。",
        within="#now",
    )


def _downloads(official: Official, selector: str, folder: Path) -> Path:
    """Download a sealed file from the case that is open."""
    with official.page.expect_download() as waiting:
        official.page.locator(selector).first.click()
    target = folder / "downloaded"
    waiting.value.save_as(target)
    return target
