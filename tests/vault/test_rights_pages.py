"""What a person can do about their data on the pages: see what they may, and have it erased."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mingze.instance import Instance
from mingze.portal.case_cookie import Held
from mingze.portal.own_case import case_cookie
from mingze.store import Filed, Upload
from tests.desk.conftest import Desk
from tests.desk.conftest import desk as desk
from tests.outside import NOW
from tests.store.town import CLERK, PROPOSER


@pytest.fixture
def here(make_instance: Callable[..., Instance], browse: Callable[..., Any]) -> tuple[Instance, Any]:
    """An instance and a browser on it."""
    instance = make_instance(demo=True)
    return instance, browse(instance)


def filed_by(instance: Instance, client: Any, *, closed: bool) -> Filed:
    """A case whose code this browser holds."""
    register = instance.register()
    fields = {"matter": "河边的灯不亮", "contact": "someone@example.org"}
    paper = Upload("attachments", "photo.txt", "text/plain", b"dark")
    filed = register.file("suggestion", fields, [paper], form_key=f"one {closed} 1234567890")
    if closed:
        register.act(filed.case_id, "decline", CLERK, {"reason": "不属本区的事"}, idempotency="no")
    held = Held(filed.code, int(NOW.timestamp()), "")
    client.cookies[case_cookie.NAME] = case_cookie.seal(instance.secret("django.key"), held)
    return filed


def test_a_person_erases_on_their_page_and_every_page_still_answers(here: tuple[Instance, Any]) -> None:
    """Ticked and sent, it is erased; the case page, the receipt, its proof, the bundle and the verifier still stand."""
    instance, client = here
    filed = filed_by(instance, client, closed=True)
    assert "河边的灯不亮" in client.get("/case/").content.decode()
    page = client.get("/case/rights/").content.decode()
    assert 'id="form-erase"' in page and "/file/personal-data/" in page
    assert client.get("/file/personal-data/").status_code == 200
    assert client.post("/case/erase/", {}).status_code == 422
    assert client.post("/case/erase/", {"sure": "yes"}).status_code == 303
    for lang, words in (("zh-CN", "已清除"), ("en", "erased")):
        page = client.get("/case/", headers={"accept-language": lang}).content.decode()
        assert "河边的灯不亮" not in page and "不属本区的事" not in page and words in page
        for address in (
            "/case/receipt/",
            "/case/receipt.tlog-proof",
            "/case/receipt.pdf",
            "/case/bundle",
            "/case/rights/",
        ):
            assert client.get(address, headers={"accept-language": lang}).status_code == 200, address
    assert client.get("/case/file/1/attachment:1/").status_code == 404
    assert client.post("/case/erase/", {"sure": "yes"}).status_code == 409
    assert 'id="erased"' in client.get("/case/rights/").content.decode()
    assert instance.register().proof(filed.case_id, 1)
    assert set(instance.register().open_slots(filed.case_id, actor=PROPOSER).values()) == {None}


def test_staff_see_that_it_was_erased_and_their_page_still_answers(desk: Desk) -> None:
    """The desk names the erasure in the course of the case, and opening a part says that it has been destroyed."""
    case = desk.suggestion()
    desk.act(case, "decline", "zwzx.clerk", {"reason": "不归本区管"})
    desk.register.erasing.erase(case, "proposer", PROPOSER)
    clerk = desk.sit("zwzx.clerk")
    assert "已清除" in clerk.get(f"/desk/case/{case}/").content.decode()
    opened = clerk.post(f"/desk/case/{case}/read/", {"part": "narrative", "purpose": "handle"}, follow=True)
    page = opened.content.decode()
    assert opened.status_code == 200 and "已按规定销毁" in page and "青禾路小学" not in page


def test_a_case_that_runs_is_not_erased_and_the_page_says_why(here: tuple[Instance, Any]) -> None:
    """There is no button, and sending the form all the same is refused with the reason and the remedy."""
    instance, client = here
    filed = filed_by(instance, client, closed=False)
    page = client.get("/case/rights/").content.decode()
    assert 'id="why-not"' in page and 'id="form-erase"' not in page and "人民法院" in page
    answer = client.post("/case/erase/", {"sure": "yes"})
    assert answer.status_code == 409 and 'id="refused"' in answer.content.decode()
    assert instance.register().open_slots(filed.case_id, 1, PROPOSER)[1, "narrative"] == {"matter": "河边的灯不亮"}


def test_without_a_code_there_is_only_the_form_that_asks_for_it(here: tuple[Instance, Any]) -> None:
    """Neither page tells anything to whoever holds no code."""
    _, client = here
    assert client.get("/case/rights/").headers["Location"] == "/case/"
    assert client.post("/case/erase/", {"sure": "yes"}).headers["Location"] == "/case/"
