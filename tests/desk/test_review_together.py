"""Several reviewers and several rows: filters, one step for many rows, the second post, doubts, and who else is here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mingze.desk.views import review
from tests.desk.conftest import Desk, text_of

LONG = """2026年下半年社区服务安排
2026年6月1日
一、学校周边
10月底前，区交通运输局在21所学校门口划定接送区。
区教育局9月20日前制定错峰放学方案。
二、助餐
年底前新开助餐点12个。
年底前新建社区食堂3个。
区民政局3月底前培训送餐员60名。
"""
SECOND = "dcs.head"


def row_with(desk: Desk, document_id: str, words: str) -> Any:
    return next(row for quote, row in desk.rows(document_id).items() if words in quote)


def page_of(desk: Desk, document_id: str, query: str = "", post: str = "dcs.supervisor") -> str:
    return text_of(desk.sit(post).get(f"/desk/documents/{document_id}/{query}"))


def shown(page: str) -> set[str]:
    """The rows that stand on a page."""
    return set(re.findall(r'id="row-([\w-]+)"', page))


def seen_step(page: str) -> str:
    found = re.search(r'id="bulk-step"><input type="hidden" name="step" form="bulk" value="(\d+)"', page)
    assert found
    return found[1]


def test_rows_are_filtered_by_section_office_and_words(desk: Desk) -> None:
    """Only what the filter asks for stands on the right, beside the row that is open; the text on the left stands whole."""
    document_id = desk.document(LONG)
    rows = {row.row_id: row for row in desk.rows(document_id).values()}
    meals = next(row for row in rows.values() if "助餐点" in row.quote)
    section = meals.row["path"][0]
    opened = f"row={meals.row_id}"
    of_section = shown(page_of(desk, document_id, f"?{opened}&section={section}"))
    assert of_section == {row_id for row_id, row in rows.items() if row.row["path"][0] == section}
    nobody = shown(page_of(desk, document_id, f"?{opened}&office=-"))
    assert nobody == {row_id for row_id, row in rows.items() if not row.row["lead_office"]}
    page = page_of(desk, document_id, f"?{opened}&words_in=食堂")
    assert {rows[row_id].quote for row_id in shown(page)} == {meals.quote, row_with(desk, document_id, "食堂").quote}
    assert "接送区" in page, "the document stands whole"


def test_all_that_is_shown_gets_an_office_and_is_accepted_in_one_step(desk: Desk) -> None:
    """The rows of a filter are handled together; one undo takes all of it back."""
    document_id = desk.document(LONG)
    before = {row.row_id: (row.state, dict(row.row)) for row in desk.rows(document_id).values()}
    page = page_of(desk, document_id, "?office=-")
    sent = {
        "scope": "shown", "step": seen_step(page), "office": "-",
        "bulk_lead": "mzj", "bulk_supporting": "bsz", "bulk_accept": "1",
    }  # fmt: skip
    answer = desk.sit("dcs.supervisor").post(f"/desk/documents/{document_id}/bulk/", sent)
    assert answer.status_code == 303
    changed = [row for row in desk.rows(document_id).values() if row.state == "accepted"]
    assert {row.quote for row in changed} == {"年底前新开助餐点12个", "年底前新建社区食堂3个"}
    assert all((row.row["lead_office"], row.row["supporting_offices"]) == ("mzj", ["bsz"]) for row in changed)
    assert "2项已一起办好" in text_of(desk.sit("dcs.supervisor").get(answer["Location"]))
    steps = desk.register.documents.get(document_id).steps
    assert [step.verb for step in steps] == ["bulk"]
    desk.sit("dcs.supervisor").post(f"/desk/documents/{document_id}/undo/", {"step": str(steps[-1].step)})
    after = {row.row_id: (row.state, dict(row.row)) for row in desk.rows(document_id).values()}
    assert after == before


def test_if_one_ticked_row_refuses_none_is_changed_and_each_refusal_is_told(desk: Desk) -> None:
    """A row somebody changed meanwhile and one that was turned down hold the step back; the others stay ticked."""
    document_id = desk.document(LONG)
    first, second, third = (row_with(desk, document_id, words) for words in ("接送区", "错峰", "助餐点"))
    desk.step(document_id, first, "edit", post=SECOND, title="改过的名称", words=first.quote)
    desk.step(document_id, second, "reject", reason="与另一项重复")
    refused = row_with(desk, document_id, "错峰")
    ticked = [f"{first.row_id}:{first.n}", f"{refused.row_id}:{refused.n}", f"{third.row_id}:{third.n}"]
    sent = {"scope": "ticked", "row": ticked, "bulk_accept": "1"}
    answer = desk.sit("dcs.supervisor").post(f"/desk/documents/{document_id}/bulk/", sent)
    page = text_of(answer)
    assert answer.status_code == 409
    told = page[page.index('id="bulk-refusals"') :]
    assert "区督查室负责人岗" in told and "已经定为不立项" in told
    assert row_with(desk, document_id, "助餐点").state == "proposed"
    assert re.findall(r'name="row" value="([\w-]+):\d+" checked', page) == [third.row_id]


def test_what_is_shown_must_be_what_was_seen(desk: Desk) -> None:
    """If somebody took a step since the page was drawn, “all shown” changes nothing and says who did what."""
    document_id = desk.document(LONG)
    step = seen_step(page_of(desk, document_id))
    desk.step(document_id, row_with(desk, document_id, "接送区"), "accept", post=SECOND)
    sent = {"scope": "shown", "step": step, "bulk_lead": "mzj"}
    answer = desk.sit("dcs.supervisor").post(f"/desk/documents/{document_id}/bulk/", sent)
    assert answer.status_code == 409
    assert "区督查室负责人岗" in text_of(answer)
    nothing = desk.sit("dcs.supervisor").post(f"/desk/documents/{document_id}/bulk/", {"scope": "ticked"})
    assert nothing.status_code == 409


def accept_all(desk: Desk, document_id: str) -> None:
    """The supervisor gives each open row an office, answers its doubts and accepts it."""
    actor, documents = desk.actor("dcs.supervisor"), desk.register.documents
    rows = {row.row_id: row.n for row in desk.rows(document_id).values() if row.state == "proposed"}
    missing = {row.row_id: row.n for row in desk.rows(document_id).values() if not row.row.get("lead_office")}
    documents.assign(document_id, {id_: n for id_, n in missing.items() if id_ in rows}, actor, lead_office="mzj")
    rows = {row.row_id: row.n for row in desk.rows(document_id).values() if row.state == "proposed"}
    documents.assign(document_id, rows, actor, accept=True)
    for row in desk.rows(document_id).values():
        if row.state == "accepted" and "3月底" in row.quote:
            documents.as_written(document_id, row.row_id, ["deadline-before"], actor, expected_n=row.n)


def test_nobody_confirms_their_own_decision(desk: Desk) -> None:
    """Who decided is offered no button, is refused when asking all the same, and sees that a second post is needed."""
    document_id = desk.document(LONG)
    accept_all(desk, document_id)
    row = row_with(desk, document_id, "接送区")
    page = page_of(desk, document_id, f"?row={row.row_id}")
    assert 'id="confirm"' not in page and 'id="confirm-all"' not in page
    assert "等另一个岗位复核" in page and "项等第二个岗位复核" in page
    forged = desk.step(document_id, row, "confirm")
    assert forged.status_code == 409 and "要由另一个人" in text_of(forged)
    every = desk.sit("dcs.supervisor").post(
        f"/desk/documents/{document_id}/confirm/", {"scope": "ticked", "row": [f"{row.row_id}:{row.n}"]}
    )
    assert every.status_code == 409
    assert desk.sit("dcs.supervisor").post(f"/desk/documents/{document_id}/publish/").status_code == 409
    assert row_with(desk, document_id, "接送区").confirmed_by == ""


def test_the_second_post_confirms_or_sends_back_and_a_change_asks_again(desk: Desk) -> None:
    """Sent back, a row is open with the reason; confirmed and then changed it waits again; all confirmed, it is published."""
    document_id = desk.document(LONG)
    accept_all(desk, document_id)
    row = row_with(desk, document_id, "错峰")
    without = desk.step(document_id, row, "send_back", post=SECOND, back_reason=" ")
    assert without.status_code == 409
    assert desk.step(document_id, row, "send_back", post=SECOND, back_reason="期限要与学校商量").status_code == 303
    back = row_with(desk, document_id, "错峰")
    assert (back.state, back.decided_by) == ("proposed", "")
    assert "区督查室负责人岗退回：期限要与学校商量" in page_of(desk, document_id)
    desk.step(document_id, back, "accept")
    page = page_of(desk, document_id, post=SECOND)
    sent = {"scope": "all", "step": seen_step(page)}
    assert desk.sit(SECOND).post(f"/desk/documents/{document_id}/confirm/", sent).status_code == 303
    assert all(row.confirmed_by == SECOND for row in desk.rows(document_id).values() if row.state == "accepted")
    changed = row_with(desk, document_id, "错峰")
    assert "sent_back" not in changed.row
    desk.step(document_id, changed, "edit", title="错峰放学", words=changed.quote)
    assert row_with(desk, document_id, "错峰").confirmed_by == ""
    assert desk.sit("dcs.supervisor").post(f"/desk/documents/{document_id}/publish/").status_code == 409
    desk.step(document_id, row_with(desk, document_id, "错峰"), "confirm", post=SECOND)
    assert desk.sit("dcs.supervisor").post(f"/desk/documents/{document_id}/publish/").status_code == 303


def test_an_authority_can_do_without_the_second_post(desk: Desk) -> None:
    """Where the settings say so nothing waits for it and no page speaks of it."""
    desk.register.documents.second_eyes = False
    document_id = desk.document(LONG)
    accept_all(desk, document_id)
    assert "第二个岗位" not in page_of(desk, document_id)
    assert desk.sit("dcs.supervisor").post(f"/desk/documents/{document_id}/publish/").status_code == 303


def test_a_doubt_is_answered_before_publishing(desk: Desk) -> None:
    """A deadline before the document's own day stands beside its row; as written, or with another day, it is answered."""
    document_id = desk.document(LONG)
    row = row_with(desk, document_id, "送餐员")
    page = page_of(desk, document_id, f"?row={row.row_id}")
    assert "时限2026年3月31日早于文件日期2026年6月1日" in page
    desk.step(document_id, row, "accept")
    page = page_of(desk, document_id)
    assert "1项有疑点没有答复" in page
    row = row_with(desk, document_id, "送餐员")
    assert desk.step(document_id, row, "as_written", doubt="share-above").status_code == 409
    assert desk.step(document_id, row, "as_written", doubt="deadline-before").status_code == 303
    assert "项有疑点没有答复" not in page_of(desk, document_id)
    row = row_with(desk, document_id, "送餐员")
    desk.step(document_id, row, "edit", title=row.row["title"], words=row.quote, deadline_on="2027-03-31")
    assert "早于文件日期" not in page_of(desk, document_id, f"?row={row.row_id}")


def test_the_machine_s_original_stands_beside_what_people_made_of_it(desk: Desk) -> None:
    """The open row says part by part what the program read and what stands now; what a person cut or added says so."""
    document_id = desk.document(LONG)
    row = row_with(desk, document_id, "接送区")
    desk.step(
        document_id, row, "edit", title="划定接送区", words=row.quote, lead_office="zjj", deadline_on="2026-11-30"
    )
    page = page_of(desk, document_id, f"?row={row.row_id}")
    table = page[page.index('id="differences"') :].split("</details>")[0]
    for told in ("区交通局", "区住建局", "2026-10-31", "2026-11-30", "划定接送区"):
        assert told in table
    desk.sit("dcs.supervisor").post(f"/desk/documents/{document_id}/add/", {"words": "一、学校周边"})
    added = row_with(desk, document_id, "学校周边")
    assert "这一项是人补的" in page_of(desk, document_id, f"?row={added.row_id}")


def test_each_post_goes_on_where_it_left_off(desk: Desk) -> None:
    """The page opens after the row this post handled last, not where somebody else is; and says from what it goes on."""
    document_id = desk.document(LONG)
    rows = sorted(desk.rows(document_id).values(), key=lambda row: row.start)
    desk.step(document_id, rows[2], "accept")
    desk.step(document_id, rows[0], "accept", post=SECOND)
    mine, theirs = page_of(desk, document_id), page_of(desk, document_id, post=SECOND)
    assert f'<form class="row is-now" id="row-{rows[3].row_id}"' in mine
    assert f'<form class="row is-now" id="row-{rows[1].row_id}"' in theirs
    assert "接着上次" in mine and "采纳第3项" in mine


def test_another_reviewer_is_shown_by_post_and_only_for_a_while(desk: Desk) -> None:
    """Whoever else moves in the document is named by post with the row; nothing of it is kept, and it fades."""
    document_id = desk.document(LONG)
    rows = sorted(desk.rows(document_id).values(), key=lambda row: row.start)
    page_of(desk, document_id, f"?row={rows[1].row_id}", post=SECOND)
    assert "区督查室负责人岗也在看，在第2项" in page_of(desk, document_id)
    assert "也在看" not in page_of(desk, document_id, post="jtj.handler")
    desk.at("2026-11-23T10:06:00")
    assert "区督查室负责人岗也在看" not in page_of(desk, document_id)


def test_the_list_of_keys_is_what_the_script_has() -> None:
    """Every key of the page's list does something, and no key does something the list does not tell."""
    script = (Path(review.__file__).parents[1] / "static" / "desk" / "review.js").read_text(encoding="utf-8")
    table = script[script.index("const KEYS = {") :].split("\n};")[0]
    keys = {key.strip('"').upper() for key in re.findall(r'^  (\w|"\?"):', table, re.M)}
    assert keys | {"ESC"} == {key.upper() for key, _ in review.KEYS}


def test_every_step_of_the_review_has_its_key_and_its_plain_form(desk: Desk) -> None:
    """What a key presses is a button or a field of a form on the page, so that nothing needs the script."""
    document_id = desk.document(LONG)
    row = row_with(desk, document_id, "接送区")
    desk.step(document_id, row, "accept", post=SECOND)
    page = page_of(desk, document_id, f"?row={row.row_id}")
    for element in (
        "accept", "f-reason", "f-title", "f-words", "f-lead", "split-box", "merge", "exclude", "f-note", "confirm",
        "f-back", "bulk-box", "undo", "publish-panel",
    ):  # fmt: skip
        assert f'id="{element}"' in page, element
