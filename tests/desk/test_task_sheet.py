"""任务分解表: taken away from the review, changed as offices do, brought back, looked at, taken in as one step."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl.utils import get_column_letter

from mingze.documents import decompose
from mingze.exchange.reading import read
from mingze.exchange.task_sheet import PARTS, Line, SheetError, read_sheet_lines, write_sheet
from tests.desk.conftest import TEXT, Desk

COLUMN = {"words": 2, "indicator": 3, "lead": 4, "supporting": 5, "deadline": 6, "evidence_rule": 7, "id": 8}


def seated(post: str) -> Client:
    """A client that reads English, signed in at a post."""
    client = Client(headers={"host": "127.0.0.1", "accept-language": "en"})
    assert client.post("/desk/sign-in/", {"post": post}).status_code == 303
    return client


class Sheet:
    """The table of one document as an office has it on its machine."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        documents = desk.register.documents
        self.document = documents.add(TEXT, "社区服务安排", 2026, desk.actor("dcs.supervisor"))
        self.client = seated("dcs.supervisor")
        answer = self.client.get(f"/desk/documents/{self.document}/tasks.xlsx")
        assert answer.status_code == 200
        self.book = openpyxl.load_workbook(io.BytesIO(answer.content))
        self.sheet: Any = self.book.worksheets[0]

    def put(self, line: int, part: str, value: Any) -> None:
        """Type into a cell of a line, counted from 1."""
        self.sheet.cell(3 + line, COLUMN[part]).value = value

    def data(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()

    def bring(self, data: bytes | None = None) -> Any:
        """Bring it back."""
        file = SimpleUploadedFile("t.xlsx", self.data() if data is None else data)
        return self.client.post(f"/desk/documents/{self.document}/tasks/", {"sheet": file})

    def take(self, page: Any) -> Any:
        """Press the button under what it would change."""
        found = re.search(r'name="changes" value="([^"]*)"', page.content.decode())
        assert found is not None
        told = found[1].replace("&quot;", '"').replace("&#x27;", "'")
        return self.client.post(f"/desk/documents/{self.document}/tasks/", {"changes": told})

    def rows(self) -> list[dict[str, Any]]:
        """What the rows say now, in reading order."""
        found = self.desk.register.documents.get(self.document)
        live = [row for row in found.rows if row.state in ("proposed", "accepted")]
        return [dict(row.row) for row in sorted(live, key=lambda row: row.start)]


@pytest.fixture
def sheet(desk: Desk) -> Sheet:
    """The table of a fresh document."""
    return Sheet(desk)


def test_the_table_has_each_row_once_and_no_words_that_must_stay_text(sheet: Sheet) -> None:
    """Words, offices by name, days as days; what the design forbids to follow up is in no line; every cell is text."""
    lines = read_sheet_lines(sheet.data())
    assert len(lines) == len(sheet.rows()) > 1
    assert lines[0].cells["lead"] == "区交通运输局" and all(line.cells["words"] in TEXT for line in lines)
    assert "画像" not in json.dumps([dict(line.cells) for line in lines], ensure_ascii=False)
    assert {cell.data_type for row in sheet.sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}


def test_a_table_that_comes_back_unchanged_changes_nothing(sheet: Sheet) -> None:
    """It says so, and offers no button."""
    html = sheet.bring().content.decode()
    assert 'id="no-change"' in html and 'id="take"' not in html


def test_changes_are_shown_first_then_taken_in_one_step_and_undone_in_one(sheet: Sheet) -> None:
    """Lead, supporting offices, a day as Excel keeps it, and what counts as done, over two lines."""
    import datetime as dt

    before = sheet.rows()
    sheet.put(1, "lead", "区教育局")
    sheet.put(1, "supporting", "区交通运输局，区民政局")
    sheet.put(2, "deadline", dt.datetime(2026, 12, 5))
    sheet.put(2, "evidence_rule", "12个助餐点都开门")
    page = sheet.bring()
    html = page.content.decode()
    assert page.status_code == 200 and sheet.rows() == before and html.count("<tr>") == 5
    assert sheet.take(page).status_code == 303
    first, second = sheet.rows()[:2]
    assert (first["lead_office"], first["supporting_offices"]) == ("jyj", ["jtj", "mzj"])
    assert (second["deadline_on"], second["evidence_rule"]) == ("2026-12-05", "12个助餐点都开门")
    step = sheet.desk.register.documents.undo(sheet.document, sheet.desk.actor("dcs.supervisor"))
    assert step.verb == "undo" and sheet.rows() == before


def test_lines_may_be_sorted_and_left_out(sheet: Sheet) -> None:
    """A line is known by its id, never by its place."""
    last = sheet.sheet.max_row
    cells = [sheet.sheet.cell(last, column).value for column in range(1, 9)]
    sheet.sheet.delete_rows(4, last - 3)
    for column, value in enumerate(cells, 1):
        sheet.sheet.cell(4, column).value = value
    sheet.put(1, "lead", "区水利局")
    assert sheet.take(sheet.bring()).status_code == 303
    assert [row.get("lead_office") for row in sheet.rows()].count("slj") == 1
    assert sheet.rows()[-1]["lead_office"] == "slj"


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [("lead", "区幸福局", "区幸福局"), ("supporting", "区教育局、幸福办", "幸福办"), ("deadline", "年底前后", "年底前后"),
     ("deadline", "2026-13-01", "2026-13-01"), ("words", "别的话", "words"), ("id", "no-such@1", "under review")],
)  # fmt: skip
def test_a_line_that_cannot_be_taken_in_says_why_and_the_others_go_on(
    sheet: Sheet, part: str, value: str, said: str
) -> None:
    """The line of the file and what is wrong with it; the other line's change is still offered."""
    sheet.put(1, part, value)
    sheet.put(2, "lead", "区教育局")
    page = sheet.bring()
    html = page.content.decode()
    assert "Line 4" in html and said in html
    assert sheet.take(page).status_code == 303
    assert sheet.rows()[1]["lead_office"] == "jyj" and sheet.rows()[0]["lead_office"] == "jtj"


def test_an_item_that_somebody_changed_meanwhile_is_not_overwritten(sheet: Sheet) -> None:
    """The whole table is refused, with who changed which item; nothing is half done."""
    sheet.put(1, "lead", "区教育局")
    sheet.put(2, "lead", "区教育局")
    page = sheet.bring()
    documents = sheet.desk.register.documents
    row = next(row for row in documents.get(sheet.document).rows if row.row.get("lead_office") == "mzj")
    documents.edit_row(sheet.document, row.row_id, {"title": "x"}, sheet.desk.actor("dcs.head"), expected_n=row.n)
    answer = sheet.take(page)
    assert answer.status_code == 422 and 'id="refused"' in answer.content.decode()
    assert sheet.rows()[0]["lead_office"] == "jtj"


def test_what_is_no_such_table_is_refused_in_words(sheet: Sheet) -> None:
    """Not a workbook, an empty one, other columns, an id twice, no file at all, changes nobody made."""
    empty = io.BytesIO()
    openpyxl.Workbook().save(empty)
    twice = Sheet(sheet.desk)
    twice.put(2, "id", twice.sheet.cell(4, COLUMN["id"]).value)
    for data, said in (
        (b"not a workbook", "cannot be read"), (empty.getvalue(), "lacks these columns"), (twice.data(), "same id as line 4"),
    ):  # fmt: skip
        answer = sheet.bring(data)
        assert answer.status_code == 422 and said in answer.content.decode()
    nothing = sheet.client.post(f"/desk/documents/{sheet.document}/tasks/")
    assert nothing.status_code == 422 and "No file was chosen" in nothing.content.decode()
    for made_up in ("", "[]", '{"x": 1}', '{"x": [1, {"words": "y"}]}', "{"):
        answer = sheet.client.post(f"/desk/documents/{sheet.document}/tasks/", {"changes": made_up})
        assert answer.status_code == 422, made_up


def test_another_office_takes_the_table_away_but_brings_none_back(sheet: Sheet) -> None:
    """An office sees what is proposed for it; only the office that watches promises changes it."""
    other = seated("jyj.handler")
    assert other.get(f"/desk/documents/{sheet.document}/tasks.xlsx").status_code == 200
    assert other.post(f"/desk/documents/{sheet.document}/tasks/", {"changes": "{}"}).status_code == 403
    assert sheet.client.get("/desk/documents/none/tasks.xlsx").status_code == 404


def test_a_cell_that_looks_like_a_formula_is_text() -> None:
    """Whoever opens the table runs nothing."""
    import datetime as dt

    line = Line("a@1", {**dict.fromkeys(PARTS, "x"), "words": '=HYPERLINK("x")'})
    data = write_sheet("t", "u", [line], "en", dt.datetime(2026, 11, 23, tzinfo=dt.UTC))
    cell = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0][f"{get_column_letter(2)}4"]
    assert cell.data_type == "s" and read_sheet_lines(data)[0].cells["words"] == '=HYPERLINK("x")'


def test_a_table_without_lines_is_refused() -> None:
    """A header alone is no table."""
    import datetime as dt

    data = write_sheet("t", "u", [], "zh-Hans", dt.datetime(2026, 11, 23, tzinfo=dt.UTC))
    with pytest.raises(SheetError, match="no_lines"):
        read_sheet_lines(data)


def test_a_table_of_another_authority_is_read_as_a_document() -> None:
    """The form offices use, taken in as a new document: lead, supporting offices and deadline of each line are found."""
    import datetime as dt

    said = {"words": "新建社区食堂12个", "lead": "区民政局", "supporting": "区教育局、区财政局", "deadline": "2026年12月底前",
            "indicator": "", "evidence_rule": ""}  # fmt: skip
    data = write_sheet("任务分解表", "", [Line("1", said)], "zh-Hans", dt.datetime(2026, 11, 23, tzinfo=dt.UTC))
    told = read(data, "任务分解表.xlsx")
    [row] = decompose(told.text, told.blocks, "任务分解表", 2026).commitments
    assert row.lead == ("区民政局",) and set(row.supporting) == {"区教育局", "区财政局"}
    assert row.deadline is not None and row.deadline.iso_date == "2026-12-31"
