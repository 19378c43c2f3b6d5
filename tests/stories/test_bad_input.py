"""What people and machines do wrong, over real HTTP: each gets a clear answer, and nothing is lost or half-written."""

from __future__ import annotations

import http.client
import random
import re
import sqlite3
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from mingze.instance import Instance, create
from mingze.store import CaseFilter
from mingze.words import say
from tests import outside
from tests.axe import barriers
from tests.stories.conftest import Town
from tests.stories.people import CODE, Official, Resident, Way, fill

Found = Callable[[Way], Town]
PHONE = Way("phone", False, "sqlite", "zh-Hans")
DESK = Way("desktop", True, "sqlite", "zh-Hans")
MATTER = "学校门口没有斑马线，孩子过街要绕三百米。"


def cases(town: Town) -> int:
    """How many cases the register holds, read beside the server."""
    found = len(town.instance.register(write=False).cases(CaseFilter("all"), limit=100).rows)
    town.instance.close()
    return found


# ---------------------------------------------------------------------------- sending twice


def test_a_form_sent_twice_is_one_case_with_one_receipt(found_town: Found) -> None:
    """From a duplicated tab at the same moment, and once more later: always the same receipt."""
    town = found_town(PHONE)
    resident = town.resident()
    first = resident.opens("/file/suggestion/")
    fill(first.locator("#filing"), {"matter": MATTER})
    second = resident.new_tab()
    second.opens("/file/suggestion/")  # a duplicated tab carries the same form with the same key
    key = first.locator("[name=form_key]").input_value()
    second.page.locator("[name=form_key]").evaluate("(field, key) => { field.value = key; }", key)
    fill(second.page.locator("#filing"), {"matter": MATTER})
    first.locator("#submit").click(no_wait_after=True)
    second.page.locator("#submit").click(no_wait_after=True)
    for page in (first, second.page):
        page.wait_for_url("**/case/receipt/")
    code = resident.code()
    assert second.code() == code
    again = resident.new_tab()
    again.opens("/file/suggestion/")
    again.page.locator("[name=form_key]").evaluate("(field, key) => { field.value = key; }", key)
    fill(again.page.locator("#filing"), {"matter": MATTER})
    again.presses("#submit")
    assert again.code() == code
    again.sees(say("portal-repeated", "zh-Hans"))
    assert cases(town) == 1


@pytest.mark.parametrize("javascript", [False, True], ids=["nojs", "js"])
def test_the_back_button_does_not_make_a_second_case(found_town: Found, javascript: bool) -> None:
    """Whoever goes back to the form and sends the same words again gets the receipt they have; other words are a new case."""
    town = found_town(PHONE)
    resident = town.resident(javascript=javascript)
    code = resident.files("suggestion", {"matter": MATTER})
    resident.page.go_back()
    fill(resident.page.locator("#filing"), {"matter": MATTER})
    resident.presses("#submit")
    assert resident.code() == code
    resident.sees(say("portal-repeated", "zh-Hans"))
    assert cases(town) == 1
    resident.page.go_back()
    fill(resident.page.locator("#filing"), {"matter": MATTER + "请先画一条。"})
    resident.presses("#submit")
    assert resident.code() != code


def test_a_step_taken_twice_is_recorded_once(found_town: Found) -> None:
    """The same form of the desk sent twice, as on a slow network, leaves one record."""
    town = found_town(DESK)
    resident = town.resident()
    resident.files("suggestion", {"matter": MATTER})
    number = resident.page.locator("#receipt-number").inner_text()
    clerk = town.official("zwzx.clerk")
    page = clerk.goes_to(number)
    clerk.prepares("accept", {"competent_office": "zjj"})
    form = {
        name: page.locator(f"#act-accept [name='{name}']").input_value()
        for name in ("csrfmiddlewaretoken", "n", "key", "office-competent_office")
    }
    address = clerk.url + (page.locator("#act-accept form").get_attribute("action") or "").partition("#")[0]
    answers = [page.request.post(address, form={**form}, headers={"Referer": page.url}) for _ in range(2)]
    assert [answer.status for answer in answers] == [200, 200]
    clerk.goes_to(number)
    assert len(page.locator("#timeline li:not(.next)").all()) == 2


# ---------------------------------------------------------------------------- two at once


def test_the_second_of_two_clerks_is_told_what_happened_and_loses_no_word(found_town: Found) -> None:
    """One registers while the other writes a refusal: the second sees who did what and when, and what was typed."""
    town = found_town(DESK)
    resident = town.resident()
    resident.files("suggestion", {"matter": MATTER})
    number = resident.page.locator("#receipt-number").inner_text()
    first, second = town.official("zwzx.clerk"), town.official("zwzx.clerk")
    first.goes_to(number)
    second.goes_to(number)
    second.prepares("decline", {"reason": "这件事与去年的一件重复，请看那一件的答复。"})
    first.does("accept", {"competent_office": "zjj"})
    second.presses("#submit-decline")
    second.sees("不予受理", "区政务服务中心登记岗", "2026年11月23日10:00", "登记并转承办单位", within="#lost-race")
    kept = [field.input_value() for field in second.page.locator("#lost-race textarea").all()]
    assert kept == ["这件事与去年的一件重复，请看那一件的答复。"]
    assert barriers(second.page) == []

    handler, colleague = town.official("zjj.handler"), town.official("zjj.handler")
    handler.goes_to(number)
    colleague.goes_to(number)
    colleague.prepares("answer", {"result": "adopted", "answer_text": "采纳，下月划线。"})
    handler.does("ask_extension", {"reason": "要先和学校商量位置。"})
    colleague.presses("#submit-answer")
    colleague.sees("申请延期", "区住建局承办岗", within="#lost-race")
    assert colleague.page.locator("#act-answer [name=answer_text]").input_value() == "采纳，下月划线。"
    colleague.presses("#submit-answer")
    assert "answer" not in colleague.may()
    assert "answer" in colleague.may_not()


def test_a_step_that_is_not_possible_now_is_refused_with_the_reason(found_town: Found) -> None:
    """A request made by hand for another's step, or for one out of its time, is refused in words and changes nothing."""
    town = found_town(DESK)
    resident = town.resident()
    resident.files("suggestion", {"matter": MATTER})
    number = resident.page.locator("#receipt-number").inner_text()
    clerk = town.official("zwzx.clerk")
    page = clerk.goes_to(number)
    address = page.url.partition("?")[0].partition("#")[0]
    token = page.locator("#act-accept [name=csrfmiddlewaretoken]").input_value()
    form = {"csrfmiddlewaretoken": token, "n": "1", "key": "k" * 22, "result": "adopted", "answer_text": "好。"}
    said = page.request.post(
        f"{address}act/answer/", form={**form}, headers={"Referer": page.url, "Accept-Language": "zh-CN"}
    )
    assert said.status in (403, 409)
    assert say("desk-refused-title", "zh-Hans") in said.text()
    gone = page.request.post(f"{address}act/nothing/", form={**form}, headers={"Referer": page.url})
    assert gone.status in (403, 404, 409)
    clerk.goes_to(number)
    assert clerk.may() == {"accept", "decline"}


# ---------------------------------------------------------------------------- codes


def test_a_wrong_code_gives_one_answer_after_one_time(found_town: Found) -> None:
    """Mistyped, never given, given by nobody, of another length: the same page, and no difference in time that could be told."""
    town = found_town(PHONE)
    real = town.resident().files("suggestion", {"matter": MATTER}).replace(" ", "")
    draw = random.Random(7)
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

    def absent() -> str:
        return "".join(draw.choice(letters) for _ in range(24))

    def near() -> str:  # one character beside a code that exists
        place = draw.randrange(24)
        other = draw.choice([letter for letter in letters if letter != real[place]])
        return real[:place] + other + real[place + 1 :]

    kinds: dict[str, Callable[[], str]] = {"absent": absent, "near": near, "short": lambda: absent()[:20]}
    page = town.resident().opens("/case/")
    token = page.locator("[name=csrfmiddlewaretoken]").input_value()
    took: dict[str, list[float]] = {kind: [] for kind in kinds}
    pages: dict[str, set[str]] = {kind: set() for kind in kinds}
    for _ in range(40):
        for kind, make in kinds.items():
            typed = make()
            began = time.perf_counter()
            answer = page.request.post(
                f"{town.url}/case/",
                form={"csrfmiddlewaretoken": token, "code": typed},
                headers={"Referer": f"{town.url}/case/"},
            )
            took[kind].append(time.perf_counter() - began)
            assert answer.status == 404
            pages[kind].add(_without_what_changes(answer.text(), typed))
    assert len(set.union(*pages.values())) == 1
    usual = {kind: statistics.median(times) for kind, times in took.items()}
    assert max(usual.values()) < 1.5 * min(usual.values()), usual
    later = sum(a > b for a, b in zip(took["near"], took["absent"], strict=True))
    assert 5 <= later <= 35, f"of 40 pairs the code beside a real one took longer {later} times"


def _without_what_changes(text: str, typed: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text.replace(typed, ""))


def test_a_code_is_read_as_people_write_it(found_town: Found) -> None:
    """Small letters, hyphens, O for zero and I for one lead to the case."""
    town = found_town(PHONE)
    resident = town.resident()
    code = resident.files("suggestion", {"matter": MATTER})
    assert CODE.fullmatch(code)
    typed = code.lower().replace(" ", "-").replace("0", "o").replace("1", "i")
    another = town.resident()
    another.enters(f"  {typed} ")
    assert another.page.locator("#credentials").count() == 1


# ---------------------------------------------------------------------------- forms


@pytest.mark.parametrize(
    ("fields", "word", "values"),
    [
        ({"matter": ""}, "missing", {}),
        ({"matter": "\u200b\u200b\u2060"}, "invisible_only", {}),
        ({"matter": "灯不亮\x07请修"}, "control_character", {"position": 4}),
        ({"matter": "路" * 4001}, "too_long", {"limit": 4000, "length": 4001}),
    ],
    ids=["empty", "invisible", "control", "long"],
)
@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_a_form_that_cannot_be_taken_says_why_and_keeps_every_word(
    bare_town: Town, fields: dict[str, str], word: str, values: dict[str, int], lang: str
) -> None:
    """The label's own words say what to do; what was typed stands where it was typed."""
    resident = bare_town.resident(lang=lang, javascript=False)
    resident.opens("/file/suggestion/")
    fill(resident.page.locator("#filing"), {**fields, "name": "一位住户"})
    resident.page.locator("#f-matter").evaluate("(field, text) => { field.value = text; }", fields["matter"])
    resident.presses("#submit")
    label = {"zh-Hans": "您的建议", "en": "Your suggestion"}[lang]
    resident.sees(say(f"portal-problem-{word}", lang, label=label, **values), within="#error-summary")
    assert resident.page.locator("#f-matter").get_attribute("aria-invalid") == "true"
    assert resident.page.locator("#f-matter").input_value() == fields["matter"]
    assert resident.page.locator("#f-name").input_value() == "一位住户"


@pytest.fixture(scope="module")
def bare_town(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Any:
    """A served town without cases, for tests that leave none behind."""
    folder = tmp_path_factory.mktemp("bare") / "instance"
    create(folder, demo=True)
    done = outside.run_mingze("upgrade", "--dir", str(folder))
    assert done.returncode == 0, done.stderr
    instance = Instance.open(folder)
    with outside.serving(instance) as server, outside.mail_sink() as mail:
        town = Town(instance, server, mail, browser, DESK)
        yield town
        town.leave()


# ---------------------------------------------------------------------------- documents


DOCUMENTS: dict[str, tuple[str, bytes, str]] = {
    "empty": ("空.txt", b"", "reading-empty"),
    "binary": ("讲话.txt", bytes(range(256)) * 40, "reading-binary"),
    "encoding": ("讲话.txt", "全区年内完成改造。".encode() + b"\xff\xff\x80\x80" * 8, "reading-encoding"),
    "not what it says": ("讲话.docx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "reading-"),
    "no promise": ("通知.txt", "今天下午开会。\n请带笔记本。\n".encode(), "desk-new-problem-none"),
    "too large": ("讲话.txt", "全区年内完成改造四十处。\n".encode() * 640_000, "reading-too-large"),
}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_document_that_cannot_be_read_is_refused_in_words_and_leaves_nothing(
    bare_town: Town, kind: str, tmp_path: Path
) -> None:
    """Empty, binary, wrongly encoded, misnamed, without a promise, too large: what to do is said, nothing is kept."""
    name, data, word = DOCUMENTS[kind]
    path = tmp_path / name
    path.write_bytes(data)
    supervisor: Official = bare_town.official("dcs.supervisor")
    page = supervisor.opens("/desk/documents/new/")
    page.fill("#f-title", "冬季安排")
    page.set_input_files("#f-file", path)
    supervisor.presses("#submit")
    said = page.locator("#error-summary").inner_text()
    begins = _beginning(word)
    assert any(text in said for text in begins), f"{said!r} says none of {begins}"
    assert page.locator("#f-title").input_value() == "冬季安排"
    supervisor.opens("/desk/documents/")
    assert page.locator("#empty").count() == 1


def _beginning(word: str) -> list[str]:
    """What a refusal begins with, up to its first value; for a family of words, of each of them."""
    catalogue = (outside.ROOT / "src/mingze/words/zh-Hans").glob("*.ftl")
    lines = [line for file in catalogue for line in file.read_text(encoding="utf-8").splitlines()]
    found = [line.partition(" = ")[2].partition("{")[0] for line in lines if line.startswith(word)]
    return [text for text in found if len(text) >= 3]


def test_a_request_beyond_the_limit_is_answered_and_not_read(bare_town: Town) -> None:
    """A gigabyte announced is refused with 413 and what the limit is, before a byte of it is taken."""
    place = urlsplit(bare_town.url)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=20)
    connection.putrequest("POST", "/file/suggestion/")
    connection.putheader("Content-Length", str(10**9))
    connection.putheader("Content-Type", "multipart/form-data; boundary=x")
    connection.putheader("Accept-Language", "zh-CN")
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 413
    assert say("error-413-next", "zh-Hans") in answer.read().decode()
    connection.close()


# ---------------------------------------------------------------------------- the machine


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_a_read_only_database_is_said_and_what_was_typed_stays(found_town: Found, lang: str) -> None:
    """While the database takes no writes the form comes back as 503 with every word and what to do; afterwards it is taken."""
    town = found_town(Way("phone", True, "postgres", lang))
    resident = town.resident()
    resident.opens("/file/suggestion/")
    fill(resident.page.locator("#filing"), {"matter": MATTER})
    with psycopg.connect(town.instance.database_url, autocommit=True) as database:
        database.execute("SET default_transaction_read_only = off")  # for this session, which has to end it
        try:
            database.execute("ALTER SYSTEM SET default_transaction_read_only = on")
            database.execute("SELECT pg_reload_conf()")
            with resident.page.expect_response(lambda answer: answer.request.method == "POST") as waiting:
                resident.presses("#submit")
        finally:
            database.execute("ALTER SYSTEM RESET default_transaction_read_only")
            database.execute("SELECT pg_reload_conf()")
    assert waiting.value.status == 503
    assert waiting.value.headers["retry-after"]
    resident.sees(say("portal-not-sent", lang), say("refused-read_only", lang), within="#error-summary")
    assert resident.page.locator("#f-matter").input_value() == MATTER
    assert barriers(resident.page) == []
    resident.presses("#submit")
    assert CODE.fullmatch(resident.code())


def test_a_locked_database_is_answered_with_503_and_nothing_is_half_written(found_town: Found) -> None:
    """Another program holds the SQLite file: the person is told to try again, and the retry is the first and only case."""
    town = found_town(PHONE)
    resident = town.resident()
    resident.context.set_default_timeout(30_000)
    resident.opens("/file/suggestion/")
    fill(resident.page.locator("#filing"), {"matter": MATTER})
    other = sqlite3.connect(town.instance.dir / "register.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with resident.page.expect_response(lambda answer: answer.request.method == "POST") as waiting:
        resident.presses("#submit")
    assert waiting.value.status == 503
    resident.sees(say("refused-busy", "zh-Hans"), within="#error-summary")
    assert resident.page.locator("#f-matter").input_value() == MATTER
    other.execute("ROLLBACK")
    other.close()
    resident.presses("#submit")
    assert CODE.fullmatch(resident.code())
    assert cases(town) == 1


def test_an_acknowledged_matter_survives_the_power_cut(found_town: Found, live: Any, tmp_path: Path) -> None:
    """The server is killed the moment the receipt is shown; after a restart the case is there, and its receipt verifies."""
    town = found_town(PHONE)
    resident = town.resident()
    code = resident.files("suggestion", {"matter": MATTER})
    town.server.kill()
    number = resident.page.locator("#receipt-number").inner_text()
    again = live(town.instance)
    town.server = again
    somebody: Resident = town.resident()
    somebody.enters(code)
    somebody.sees(number, within="#now")
    somebody.sees(MATTER, within="#filed")
    somebody.opens("/case/receipt/")
    key = somebody.page.locator(".slip .fine .code").last.inner_text()
    proof = somebody.saves("#download-proof", tmp_path)
    verified = outside.run_mingze("verify", str(proof), "--key", key)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert cases(town) == 1
