"""The office's own rules at the desk: drawn from what it reviewed, applied to the next document, and shown where they were."""

from __future__ import annotations

from mingze.exchange.learned import FILE_NAME
from tests import outside
from tests.desk.conftest import Desk, text_of

TEXT = "2026年工作要点\n1. 完成老旧小区改造8个。\n2. 抓好老旧小区改造质量。\n3. 老旧小区改造项目6月底前开工。\n4. 建设绿道3公里（区建委牵头）。\n"
NEXT = "2027年工作要点\n1. 完成老旧小区改造12个。\n2. 区建委要建设口袋公园3个。\n3. 区教育局要新增学位300个。\n"


def _reviewed(desk: Desk) -> str:
    document_id = desk.document(TEXT)
    for row in desk.rows(document_id).values():
        fields = {"title": row.row["title"], "lead_office": "zjj", "words": row.quote}
        assert desk.step(document_id, row, "accept", **fields).status_code == 303
    return document_id


def test_rules_come_from_accepted_rows_and_say_so_on_the_next_document(desk: Desk) -> None:
    """Accepted rows give a file; with it in the instance's folder the next document shows the lead, the rule and the row."""
    document_id = _reviewed(desk)
    folder = desk.instance.dir
    asked = ("documents", "learned", "--dir", str(folder), "--out", str(folder / FILE_NAME))
    written = outside.run_mingze(*asked)
    assert written.returncode == 0, written.stderr
    rules = (folder / FILE_NAME).read_text(encoding="utf-8")
    assert "老旧小区改造" in rules and "区建委" in rules and document_id in rules
    assert outside.run_mingze(*asked).returncode == 2  # what the office edited is never written over

    answer = desk.sit("dcs.supervisor").post("/desk/documents/new/", {"text": NEXT, "title": "明年", "key": desk.key()})
    assert answer.status_code == 303
    new_id = answer["Location"].split("/")[3]
    rows = desk.rows(new_id)
    assert [row.row.get("lead_office") for row in rows.values()] == ["zjj", "zjj", "jyj"]
    first = next(iter(rows.values()))
    page = text_of(desk.sit("dcs.supervisor").get(f"/desk/documents/{new_id}/?row={first.row_id}"))
    assert f"按本单位此类事项的规则牵头，出自文件{document_id}第" in page
    assert "按本单位规则由“区住房和城乡建设局”牵头" in page


def test_a_broken_file_of_rules_is_named_and_nothing_is_taken_in(desk: Desk) -> None:
    """Half of the rules are worse than none: the form comes back with the line, and with what was typed."""
    (desk.instance.dir / FILE_NAME).write_text("leads:\n- {topic: 改造}\n", encoding="utf-8")
    answer = desk.sit("dcs.supervisor").post("/desk/documents/new/", {"text": NEXT, "title": "明年", "key": desk.key()})
    assert answer.status_code == 422
    page = text_of(answer)
    assert "learned.yaml第2行" in page and "口袋公园" in page
