"""The decomposition desk over HTTP: every sentence accounted for, every step a plain form, nothing excluded ever accepted."""

from __future__ import annotations

import re
from typing import Any

import pytest

from mingze.store import ReviewRefused
from tests.desk.conftest import TEXT, Desk, text_of

TARGET = "区交通运输局在21所学校门口划定接送区"
MEALS = "区民政局年底前新开助餐点12个"
MONTHLY = "每月10日前公布各点用餐人次和菜价"
PROFILE = "对经常上访的住户建立画像，分级管控"


def row_with(desk: Desk, document_id: str, words: str) -> Any:
    """The row whose words hold these."""
    return next(row for quote, row in desk.rows(document_id).items() if words in quote)


def decide_all(desk: Desk, document_id: str) -> None:
    """Give every open row a lead office and accept it; the head of the office confirms."""
    for row in desk.rows(document_id).values():
        if row.state == "proposed":
            lead = row.row.get("lead_office") or "mzj"
            fields = {"title": row.row["title"], "lead_office": lead, "words": row.quote}
            assert desk.step(document_id, row, "accept", **fields).status_code == 303
    desk.register.documents.confirm_all(document_id, desk.actor("dcs.head"))


def test_every_sentence_has_exactly_one_visible_state(desk: Desk) -> None:
    """Each sentence of the document stands on the page once, in order, with one state in words and the row it belongs to."""
    document_id = desk.document()
    document = desk.register.documents.get(document_id)
    page = text_of(desk.sit("dcs.supervisor").get(f"/desk/documents/{document_id}/"))
    lines = re.findall(r'<li class="([\w -]+)" id="s(\d+)".*?<span class="state">(.*?)</li>', page, re.S)
    assert [int(position) for _, position, _ in lines] == [sentence.position for sentence in document.sentences]
    words = {
        "s-promise": "承诺",
        "s-head": "标题",
        "s-back": "背景",
        "s-out": "不立项",
        "s-text": "保留为原文",
        "s-furn": "版式文字",
    }
    for shape, _, state in lines:
        said = [word for word in words.values() if re.search(rf">(?:<b>)?{word}|^{word}", state)]
        assert said == [words[shape.split()[0]]], (shape, state)
    assert f"全文{len(lines)}句，每句都有去处，没有归类的0句。" in page


def test_text_and_rows_lead_to_each_other_without_a_script(desk: Desk) -> None:
    """Every link between a sentence and a row leads to an element that is on the page."""
    document_id = desk.document()
    page = text_of(desk.sit("dcs.supervisor").get(f"/desk/documents/{document_id}/"))
    ids = set(re.findall(r'id="([^"]+)"', page))
    targets = re.findall(r'href="[^"]*#(s\d+|row-[\w-]+)"', page)
    assert len(targets) >= 2 * len(desk.rows(document_id)) - 1
    assert set(targets) <= ids


def test_a_row_is_edited_and_accepted_with_one_form(desk: Desk) -> None:
    """What was changed in the form is saved and the row accepted; the next undecided row stands open."""
    document_id = desk.document()
    row = row_with(desk, document_id, MEALS)
    answer = desk.step(
        document_id, row, "accept",
        title="新开助餐点12个", words=row.quote, lead_office="mzj", supporting_offices=["qhjd", "bsz"],
        indicator="助餐点 ≥12个", deadline_on="2026-12-31", evidence_rule="名单和地址公布",
    )  # fmt: skip
    assert answer.status_code == 303
    now = row_with(desk, document_id, MEALS)
    assert (now.state, now.row["title"], now.row["supporting_offices"], now.row["indicator"]) == (
        "accepted", "新开助餐点12个", ["qhjd", "bsz"], "助餐点 ≥12个",
    )  # fmt: skip
    assert now.machine["title"] != now.row["title"]
    page = text_of(desk.sit("dcs.supervisor").get(answer["Location"]))
    assert "已采纳第" in page


def test_a_row_is_rejected_only_with_a_reason_that_its_sentence_then_shows(desk: Desk) -> None:
    """Without a reason nothing is written and what was typed is kept; with one the sentence says why it is not taken up."""
    document_id = desk.document()
    row = row_with(desk, document_id, MONTHLY)
    without = desk.step(document_id, row, "reject", reason=" ", title="我改过的名称", words=row.quote)
    assert without.status_code == 409
    assert "请写明理由" in text_of(without)
    assert "我改过的名称" in text_of(without)
    assert row_with(desk, document_id, MONTHLY).state == "proposed"
    assert desk.step(document_id, row, "reject", reason="与另一项重复").status_code == 303
    page = text_of(desk.sit("dcs.supervisor").get(f"/desk/documents/{document_id}/"))
    sentence = next(part for part in page.split("<li ")[1:] if MONTHLY in part)
    assert "不立项" in sentence
    assert "与另一项重复" in sentence


@pytest.mark.parametrize("verb", ["accept", "edit", "split", "reject", "merge"])
def test_an_excluded_passage_can_never_become_a_task(desk: Desk, verb: str) -> None:
    """The page offers no such button, and a forged request is refused by the server and by the store; a note is possible."""
    document_id = desk.document()
    row = row_with(desk, document_id, PROFILE)
    assert row.state == "excluded"
    page = text_of(desk.sit("dcs.supervisor").get(f"/desk/documents/{document_id}/?row={row.row_id}"))
    assert f"/rows/{row.row_id}/accept/" not in page
    assert "只保留为原文，任何岗位都不能采纳" in page
    fields = {"title": "改名", "lead_office": "mzj", "words": row.quote, "reason": "试试", "at": str(row.start + 5)}
    forged = desk.step(document_id, row, verb, **fields)
    assert forged.status_code == 409
    assert row_with(desk, document_id, PROFILE).state == "excluded"
    assert row_with(desk, document_id, PROFILE).n == row.n
    with pytest.raises(ReviewRefused) as refused:
        desk.register.documents.accept(document_id, row.row_id, desk.actor("dcs.supervisor"), expected_n=row.n)
    assert refused.value.code == "excluded_never"


def test_an_excluded_passage_can_be_annotated(desk: Desk) -> None:
    """A note stands beside it for everybody to see; its state does not change."""
    document_id = desk.document()
    row = row_with(desk, document_id, PROFILE)
    assert desk.step(document_id, row, "annotate", note="已告知起草单位").status_code == 303
    now = row_with(desk, document_id, PROFILE)
    assert (now.state, now.row["note"]) == ("excluded", "已告知起草单位")
    assert "附注：已告知起草单位" in text_of(desk.sit("jyj.handler").get(f"/desk/documents/{document_id}/"))


def test_excluded_words_cannot_come_in_by_another_door(desk: Desk) -> None:
    """Adding them as a new item, or moving a row's ends over them, is refused."""
    document_id = desk.document()
    client = desk.sit("dcs.supervisor")
    added = client.post(f"/desk/documents/{document_id}/add/", {"words": PROFILE})
    assert added.status_code == 409
    row = row_with(desk, document_id, MONTHLY)
    moved = desk.step(document_id, row, "edit", title=row.row["title"], words=f"{row.quote}。\n{PROFILE}")
    assert moved.status_code == 409
    assert row_with(desk, document_id, MONTHLY).quote == row.quote


def test_a_row_is_split_where_the_reviewer_says_and_undone(desk: Desk) -> None:
    """Splitting makes two undecided rows of the same sentence; undo, by another post too, brings the one back."""
    document_id = desk.document("区民政局牵头制定助餐点名单并公布开放时间。\n")
    row = next(iter(desk.rows(document_id).values()))
    cut = row.start + row.quote.index("并")
    answer = desk.step(document_id, row, "split", at=str(cut))
    assert answer.status_code == 303
    assert len([one for one in desk.rows(document_id).values() if one.state == "proposed"]) >= 2
    page = text_of(desk.sit("dcs.head").get(f"/desk/documents/{document_id}/"))
    assert re.search(r'id="last-step">上一步：区督查室督查岗于2026年11月23日10:00拆开', page)
    step = re.search(r'name="step" value="(\d+)"', page)
    assert step
    undone = desk.sit("dcs.head").post(f"/desk/documents/{document_id}/undo/", {"step": step[1]})
    assert undone.status_code == 303
    assert row.quote in desk.rows(document_id)


def test_undo_takes_back_only_the_step_that_was_seen(desk: Desk) -> None:
    """If somebody took another step since, undo changes nothing and says who did what."""
    document_id = desk.document()
    first, second = row_with(desk, document_id, TARGET), row_with(desk, document_id, MEALS)
    desk.step(document_id, first, "accept")
    seen = desk.register.documents.get(document_id).steps[-1].step
    desk.step(document_id, second, "accept", post="dcs.head")
    answer = desk.sit("dcs.supervisor").post(f"/desk/documents/{document_id}/undo/", {"step": str(seen)})
    assert answer.status_code == 409
    assert "区督查室负责人岗" in text_of(answer)
    assert row_with(desk, document_id, MEALS).state == "accepted"


def test_two_reviewers_at_once_and_the_second_is_told(desk: Desk) -> None:
    """A step on a row that changed meanwhile is not taken; the page names the step, the post and the time and keeps the words."""
    document_id = desk.document()
    row = row_with(desk, document_id, TARGET)
    desk.step(document_id, row, "accept", post="dcs.head")
    late = desk.step(document_id, row, "edit", title="我改的名称", words=row.quote, lead_office="jtj")
    page = text_of(late)
    assert late.status_code == 409
    assert "区督查室负责人岗于2026年11月23日10:00“采纳”" in page
    assert 'value="我改的名称"' in page
    assert row_with(desk, document_id, TARGET).row["title"] != "我改的名称"


def test_two_rows_are_merged_only_when_they_stand_together(desk: Desk) -> None:
    """The next row of the same page can be merged; any other pair is refused."""
    document_id = desk.document("区民政局年底前新开助餐点12个，每个街道至少1个。\n区教育局10月底前公布名单。\n")
    rows = sorted(desk.rows(document_id).values(), key=lambda row: row.start)
    if len(rows) > 2:
        far = desk.step(document_id, rows[0], "merge", **{"with": f"{rows[2].row_id}:{rows[2].n}"})
        assert far.status_code == 409
    near = desk.step(document_id, rows[0], "merge", **{"with": f"{rows[1].row_id}:{rows[1].n}"})
    assert near.status_code == 303
    assert len(desk.rows(document_id)) == len(rows) - 1


def test_the_ends_of_the_words_are_moved_within_the_text(desk: Desk) -> None:
    """Words that stand in the text become the row's words; words that do not are refused and kept in the form."""
    document_id = desk.document()
    row = row_with(desk, document_id, TARGET)
    shorter = "区交通运输局在21所学校门口划定接送区"
    assert desk.step(document_id, row, "edit", title=row.row["title"], words=shorter).status_code == 303
    now = row_with(desk, document_id, TARGET)
    assert now.quote == TEXT[now.start : now.end] == shorter
    wrong = desk.step(document_id, now, "edit", title=now.row["title"], words="区交通运输局在所有学校门口划定接送区")
    assert wrong.status_code == 409
    assert "原文里没有连着的这些字" in text_of(wrong)
    assert "区交通运输局在所有学校门口划定接送区" in text_of(wrong)


def test_publishing_says_why_not_yet_and_then_opens_one_case_each(desk: Desk) -> None:
    """While rows are undecided or without an office the button says so; then each accepted row is a case, once, at its lead office."""
    document_id = desk.document()
    supervisor = desk.sit("dcs.supervisor")
    page = text_of(supervisor.get(f"/desk/documents/{document_id}/"))
    pending = len([row for row in desk.rows(document_id).values() if row.state == "proposed"])
    assert f"还不能公布：{pending}项待定" in page
    assert "没有牵头单位" in page
    too_early = supervisor.post(f"/desk/documents/{document_id}/publish/")
    assert too_early.status_code == 409
    assert f"{pending}项待定" in text_of(too_early)
    decide_all(desk, document_id)
    done = supervisor.post(f"/desk/documents/{document_id}/publish/")
    assert done.status_code == 303
    again = supervisor.post(f"/desk/documents/{document_id}/publish/")
    assert again["Location"] == done["Location"]
    rows = [row for row in desk.rows(document_id).values() if row.state == "accepted"]
    cases = [desk.register.case(row.case_id).case for row in rows]
    assert len({case.id for case in cases}) == len(rows) == pending
    assert all(case.stage == "assigned" and case.offices["verifying_office"] == "tjj" for case in cases)
    assert row_with(desk, document_id, PROFILE).case_id is None
    page = text_of(supervisor.get(f"/desk/documents/{document_id}/"))
    assert f"/board/?document={document_id}" in page
    assert 'id="accept"' not in page


def test_a_published_commitment_is_handled_at_its_case_page(desk: Desk) -> None:
    """Accept, progress, report done, verify by another office and close: each by its own post, with the same panel."""
    document_id = desk.document()
    decide_all(desk, document_id)
    desk.sit("dcs.supervisor").post(f"/desk/documents/{document_id}/publish/")
    case_id = row_with(desk, document_id, TARGET).case_id
    course = (
        ("jtj.handler", "accept", {}),
        ("jtj.handler", "report_progress", {"progress": "已划定9所。", "value": "9", "as_of": "2026-11-20"}),
        ("jtj.handler", "ask_extension", {"reason": "材料未到。", "until": "2027-01-31"}),
        ("dcs.head", "extend", {"reason": "属实。", "until": "2027-01-31"}),
        ("jtj.handler", "report_done", {"progress": "21所全部划定。"}),
        ("tjj.verifier", "verify", {"findings": "抽查6所，均已划定。"}),
        ("dcs.supervisor", "close", {}),
    )
    for post, action, fields in course:
        client = desk.sit(post)
        page = text_of(client.get(f"/desk/case/{case_id}/"))
        assert f'id="act-{action}"' in page, (post, action)
        n = desk.register.case(case_id).case.n
        answer = client.post(f"/desk/case/{case_id}/act/{action}/", {"n": n, "key": f"{action}", **fields})
        assert answer.status_code == 303, (action, text_of(answer))
    assert desk.register.case(case_id).case.stage == "closed"


def test_only_the_supervision_office_reviews(desk: Desk) -> None:
    """Another office may read a document under review; every step of it is refused and nothing is written."""
    document_id = desk.document()
    row = row_with(desk, document_id, TARGET)
    other = desk.sit("jtj.handler")
    page = text_of(other.get(f"/desk/documents/{document_id}/"))
    assert "您可以看，不能改" in page
    assert "/accept/" not in page
    assert desk.step(document_id, row, "accept", post="jtj.handler").status_code == 403
    assert other.get("/desk/documents/new/").status_code == 403
    assert row_with(desk, document_id, TARGET).n == row.n


def test_the_script_gets_only_what_changed(desk: Desk) -> None:
    """A fragment answer holds the row, its sentence, the counts and the next row: no other row and no frame of the page."""
    document_id = desk.document()
    row = row_with(desk, document_id, TARGET)
    address = f"/desk/documents/{document_id}/rows/{row.row_id}/accept/"
    answer = desk.sit("dcs.supervisor").post(address, {"n": row.n}, headers={"x-desk": "fragment"})
    part = text_of(answer)
    assert answer.status_code == 200
    assert "<html" not in part
    assert f'id="row-{row.row_id}"' in part
    assert 'id="cover"' in part
    assert len(re.findall(r'id="row-[\w-]+"', part)) == 2


def test_a_document_of_three_hundred_rows_costs_few_queries_and_little_time(desk: Desk) -> None:
    """The page of a long document asks the register as often as that of a short one, and one step answers with a small part."""
    short, long = (
        desk.document(),
        desk.document("".join(f"区民政局{1 + n % 12}月底前新开助餐点{n + 2}个。\n" for n in range(300))),
    )
    supervisor = desk.sit("dcs.supervisor")
    asked: dict[str, int] = {}
    readers = desk.register.readers

    class Counting:
        """A reader that counts what it is asked."""

        def __init__(self, connection: Any, name: str) -> None:
            self.connection, self.name = connection, name

        def execute(self, *arguments: Any) -> Any:
            asked[self.name] = asked.get(self.name, 0) + 1
            return self.connection.execute(*arguments)

    import contextlib

    for document_id in (short, long):

        @contextlib.contextmanager
        def counted(name: str = document_id) -> Any:
            with readers() as connection:
                yield Counting(connection, name)

        desk.register.readers = counted
        assert supervisor.get(f"/desk/documents/{document_id}/").status_code == 200
    desk.register.readers = readers
    assert asked[long] == asked[short]
    row = next(iter(desk.rows(long).values()))
    address = f"/desk/documents/{long}/rows/{row.row_id}/accept/"
    part = supervisor.post(address, {"n": row.n}, headers={"x-desk": "fragment"})
    assert len(part.content) < 40_000
