"""Versions of a document for everybody: compared promise by promise, the first words kept beside the new ones."""

from __future__ import annotations

from tests.desk.conftest import Desk, text_of
from tests.desk.conftest import desk as desk

OLD = """2026年民生实事安排
区民政局年底前新开助餐点12个。
区教育局9月20日前制定错峰放学方案。
区水利局10月底前清理河道8公里。
"""
NEW = """2026年民生实事安排
区民政局年底前新开助餐点15个。
区教育局2027年3月20日前制定错峰放学方案。
"""


def published(desk: Desk, document_id: str) -> None:
    """Everything accepted by one post, confirmed and published by the other."""
    documents, actor, head = desk.register.documents, desk.actor("dcs.supervisor"), desk.actor("dcs.head")
    rows = {row.row_id: row.n for row in documents.get(document_id).pending}
    if rows:
        documents.assign(document_id, rows, actor, accept=True)
    documents.confirm_all(document_id, head)
    documents.publish(document_id, head)


def two_versions(desk: Desk) -> tuple[str, str]:
    documents, actor = desk.register.documents, desk.actor("dcs.supervisor")
    first = documents.add(OLD, "2026年民生实事安排", 2026, actor)
    published(desk, first)
    return first, documents.add(NEW, "2026年民生实事安排（调整）", 2026, actor, replaces=first)


def say_of(desk: Desk, second: str, words: str, said: str, reason: str, post: str = "dcs.supervisor") -> int:
    """Answer one change through its page."""
    change = next(one for one in desk.register.documents.changes(second) if words in (one.old.quote if one.old else ""))
    row = f"{change.new.row_id}:{change.new.n}" if change.new else ""
    sent = {"say": said, "reason": reason, "row": row}
    return desk.sit(post).post(f"/desk/documents/{second}/changes/{change.old.row_id}/", sent).status_code


def test_changes_are_explained_row_by_row_and_undone_before_publishing(desk: Desk) -> None:
    """Each changed or dropped promise asks why; without a reason nothing is written; the last answer can be taken back."""
    _, second = two_versions(desk)
    client = desk.sit("dcs.supervisor")
    page = text_of(client.get(f"/desk/documents/{second}/changes/"))
    assert "3项等您说明" in page and page.count('class="say-why') == 3
    assert "新开助餐点12个" in page and "新开助餐点15个" in page
    assert say_of(desk, second, "助餐点", "same", " ") == 409
    assert say_of(desk, second, "助餐点", "same", "资金到位") == 303
    assert say_of(desk, second, "错峰", "same", "与学校商定") == 303
    assert say_of(desk, second, "河道", "dropped", "由市里实施") == 303
    page = text_of(client.get(f"/desk/documents/{second}/changes/"))
    assert "与上一版的不同都已说明" in page
    step = desk.register.documents.get(second).steps[-1].step
    back = client.post(f"/desk/documents/{second}/undo/", {"step": str(step), "back": "changes"})
    assert back["Location"].startswith(f"/desk/documents/{second}/changes/")
    assert "1项等您说明" in text_of(client.get(f"/desk/documents/{second}/changes/"))
    assert "1项与上一版不同，还没有说明" in text_of(client.get(f"/desk/documents/{second}/"))
    assert desk.sit("jtj.handler").get(f"/desk/documents/{second}/changes/").status_code == 200
    assert say_of(desk, second, "河道", "dropped", "由市里实施", post="jtj.handler") == 403


def test_the_second_post_can_send_a_dropped_promise_back(desk: Desk) -> None:
    """A drop is a decision like any other: it waits for another post, who may refuse it with a reason."""
    _, second = two_versions(desk)
    say_of(desk, second, "河道", "dropped", "由市里实施")
    row = next(one for one in desk.register.documents.get(second).rows if one.state == "dropped")
    assert row.waits_for_second
    sent = {"n": row.n, "back_reason": "先问市里", "back": "changes"}
    address = f"/desk/documents/{second}/rows/{row.row_id}/send_back/"
    assert desk.sit("dcs.supervisor").post(address, sent).status_code == 409
    assert "send_back" in text_of(desk.sit("dcs.head").get(f"/desk/documents/{second}/changes/"))
    assert desk.sit("dcs.head").post(address, sent).status_code == 303
    assert "3项等您说明" in text_of(desk.sit("dcs.supervisor").get(f"/desk/documents/{second}/changes/"))


def test_everybody_sees_what_the_new_version_changed_and_what_was_said_first(desk: Desk) -> None:
    """The comparison, the board, the promise's page and both documents say it; before publishing nothing does."""
    first, second = two_versions(desk)
    client = desk.client
    assert client.get(f"/documents/{second}/changes/").status_code == 404, "not published yet"
    assert client.get(f"/documents/{first}/changes/").status_code == 404, "a first version changed nothing"
    say_of(desk, second, "助餐点", "same", "资金到位")
    say_of(desk, second, "错峰", "same", "与学校商定")
    say_of(desk, second, "河道", "dropped", "由市里实施")
    published(desk, second)
    compared = text_of(client.get(f"/documents/{second}/changes/"))
    for told in (
        "有改动2项",
        "不再写入1项",
        "新开助餐点12个",
        "新开助餐点15个",
        "2027年3月20日",
        "理由：资金到位",
        "由市里实施",
    ):
        assert told in compared, told
    old_page, new_page = text_of(client.get(f"/documents/{first}/")), text_of(client.get(f"/documents/{second}/"))
    assert f"/documents/{second}/changes/" in old_page and "旧版" in old_page
    assert "这是第2版" in new_page
    board = text_of(client.get("/board/"))
    assert board.count('class="promise"') == 3, "each promise stands once"
    assert "（原定2026年9月20日）" in board and "不再写入这一项。这一件仍在办" in board
    rows = {row.words: row for row in desk.register.commitments().rows}
    meals = next(row for words, row in rows.items() if "助餐点15个" in words)
    page = text_of(client.get(f"/board/{meals.row.number}/"))
    assert "改过这一项，原来的留在旁边" in page
    assert "新开助餐点12个" in page and "新开助餐点15个" in page and "资金到位" in page
    case_page = text_of(desk.sit("mzj.handler").get(f"/desk/case/{meals.row.case_id}/"))
    assert "改过这一项，原来的留在旁边" in case_page and "新开助餐点15个" in case_page
    river = next(row for words, row in rows.items() if "河道" in words)
    assert desk.register.case(river.row.case_id).case.open
    desk.act(river.row.case_id, "withdraw", "dcs.head", {"reason": "市里已立项实施"})
    assert desk.register.case(river.row.case_id).case.stage == "withdrawn"
