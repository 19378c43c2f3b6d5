"""The monthly bulletin: made from the records of the month, the same words on the page and in three files, never a ranking."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import docx
import openpyxl
import pypdf
import pytest
from click.testing import CliRunner

from mingze.cli.main import main
from mingze.measures.bulletin import Extended, Standing, bulletin
from tests.portal.conftest import Portal
from tests.portal.promises import Promised, promised

OCTOBER = date(2026, 10, 1)
OFFICES = ["qzf", "jyj", "jtj"]


def standing(number: str, **told: Any) -> Standing:
    """One promise of the education bureau from September, due at the end of October."""
    known: dict[str, Any] = {
        "title": "x", "lead_office": "jyj", "document": "d", "state": "open", "assigned_on": date(2026, 9, 1),
        "first_deadline": date(2026, 10, 31), "deadline": date(2026, 10, 31), "reported_on": None, "verified_on": None,
        "ended_on": None, "last_on": date(2026, 10, 5), "extended": (),
    }  # fmt: skip
    return Standing(number, **(known | told))


def october(*promises: Standing, today: date = date(2026, 11, 23)) -> Any:
    """The bulletin of October."""
    return bulletin(promises, OCTOBER, today, OFFICES, 30)


@pytest.mark.parametrize(("deadline", "late"), [(date(2026, 10, 30), 1), (date(2026, 10, 31), 0), (None, 0)])
def test_a_promise_is_late_the_day_after_its_deadline(deadline: date | None, late: int) -> None:
    """On the last day of the month a deadline of that day is still in time; without a deadline nothing is late."""
    assert october(standing("1", deadline=deadline)).total.late == late


@pytest.mark.parametrize(("days", "silent"), [(30, 0), (31, 1)])
def test_how_a_promise_stands_is_unknown_after_so_many_days_without_news(days: int, silent: int) -> None:
    """Calendar days from the last record to the end of the month; one that is reported done is not silent."""
    last = date(2026, 10, 31) - timedelta(days=days)
    assert october(standing("1", last_on=last)).total.silent == silent
    assert october(standing("1", last_on=last, state="reported")).total.silent == 0


def test_what_had_ended_before_the_month_is_not_counted_in_it() -> None:
    """Closed in September: not among October's; closed in October: one of them, and listed as ended."""
    made = october(
        standing("1", state="closed", ended_on=date(2026, 9, 30)),
        standing("2", state="closed", ended_on=date(2026, 10, 1)),
    )
    assert (made.total.of, made.total.closed, made.total.ended_before) == (1, 1, 1)
    assert [one.number for one in made.closed] == ["2"]


def test_what_happens_in_a_month_is_what_its_days_say() -> None:
    """First and last day inside, the days around outside."""
    days = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 1)]
    made = october(
        *(standing(str(n), reported_on=day, assigned_on=day, state="reported") for n, day in enumerate(days))
    )
    assert [one.number for one in made.reported] == ["1", "2"] == [one.number for one in made.new]


def test_due_next_month_is_what_is_open_and_falls_in_it() -> None:
    """November's first and last day, not December's first; what is reported done is not waited for."""
    days = [date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 1)]
    made = october(
        *(standing(str(n), deadline=day) for n, day in enumerate(days)),
        standing("9", deadline=days[1], state="reported"),
    )
    assert [one.number for one in made.due_next] == ["1", "2"]


def test_offices_stand_in_the_order_of_the_register_whatever_their_figures() -> None:
    """An order by figures would be a ranking."""
    made = october(
        standing("1", lead_office="jtj"), *(standing(str(n), deadline=date(2026, 10, 1)) for n in range(2, 6))
    )
    assert [line.office for line in made.offices] == ["jyj", "jtj"]
    assert [(line.of, line.late) for line in made.offices] == [(4, 4), (1, 0)]
    assert sum(line.of for line in made.offices) == made.total.of


def test_an_extension_is_listed_with_its_reason_in_the_month_it_was_granted() -> None:
    """The first deadline stays beside the new one."""
    more = Extended(date(2026, 10, 9), date(2026, 12, 31), "雨季停工", "dcs")
    older = Extended(date(2026, 9, 9), date(2026, 10, 31), "x", "dcs")
    made = october(standing("1", extended=(older, more), deadline=date(2026, 12, 31)))
    [(one, listed)] = made.extended
    assert listed == more and one.first_deadline == date(2026, 10, 31) != one.deadline


def test_a_month_that_has_not_begun_has_no_bulletin() -> None:
    """And one that runs is of today."""
    with pytest.raises(ValueError, match="has not begun"):
        october(standing("1"), today=date(2026, 9, 30))
    assert october(standing("1"), today=date(2026, 10, 7)).as_of == date(2026, 10, 7)


@pytest.fixture
def board(portal: Portal) -> Promised:
    """Two promises published on 23 November 2026."""
    return promised(portal)


def test_an_old_month_never_changes(board: Promised) -> None:
    """What is recorded in December is not in November's bulletin, made before or after."""
    board.report_progress(0)
    board.portal.at(2026, 12, 1, 9, 0)
    before = board.portal.client.get("/board/bulletin/2026-11/").content.decode()
    assert "As of the end of 30 November 2026" in before and "2</b> promises" in before
    board.report_done(0)
    board.extend(1, "2027-01-29")
    board.portal.instance.register().publish()
    after = board.portal.client.get("/board/bulletin/2026-11/").content.decode()
    start, end = 'id="words"', 'id="source"'
    assert after[after.index(start) : after.index(end)] == before[before.index(start) : before.index(end)]
    december = board.portal.client.get("/board/bulletin/2026-12/").content.decode()
    assert ("29 January 2027" in december and "雨季停工" in december) or "属实" in december


def test_page_word_file_pdf_and_workbook_say_the_same(board: Promised) -> None:
    """Every paragraph and every cell of the page stands in each file; the workbook's cells are text."""
    board.report_progress(0, source="=1+1", value="3", as_of="2026-11-20")
    board.extend(1, "2027-01-29")
    client = board.portal.client
    word = docx.Document(io.BytesIO(client.get("/board/bulletin/2026-11.docx").content))
    in_word = [each.text for each in word.paragraphs] + [c.text for t in word.tables for r in t.rows for c in r.cells]
    book = openpyxl.load_workbook(io.BytesIO(client.get("/board/bulletin/2026-11.xlsx").content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    pdf = pypdf.PdfReader(io.BytesIO(client.get("/board/bulletin/2026-11.pdf").content))
    in_pdf = "".join("".join(page.extract_text().split()) for page in pdf.pages)
    for words in (
        "Promises in November 2026",
        "2 promises stood in November 2026, 2 of them new.",
        board.numbers[1],
        "29 January 2027",
    ):
        assert words in in_word and "".join(words.split()) in in_pdf, words
        assert any(words == cell.value for cell in cells), words
    assert {cell.data_type for cell in cells} == {"s"}
    assert any(table.rows[0]._tr.trPr is not None for table in word.tables)


@pytest.mark.parametrize("month", ["2026-12", "2026-13", "2026-1", "nonsense", "0000-01", "9999-99"])
def test_what_is_no_month_is_not_there(board: Promised, month: str) -> None:
    """A month that has not begun, or none at all."""
    assert board.portal.client.get(f"/board/bulletin/{month}/").status_code == 404
    assert board.portal.client.get(f"/board/bulletin/{month}.docx").status_code == 404


def test_a_month_before_the_first_promise_says_so(board: Promised) -> None:
    """Nothing stood in it: one sentence, no empty tables."""
    html = board.portal.client.get("/board/bulletin/2026-01/").content.decode()
    assert "No promise stood in January <b>2026</b>." in html and "<table" not in html


def test_the_months_are_listed_from_the_first_document_on(board: Promised) -> None:
    """The newest first; the one that runs says so."""
    board.portal.at(2027, 1, 5, 9, 0)
    html = board.portal.client.get("/board/bulletin/").content.decode()
    assert (
        html.index("January 2027") < html.index("December 2026") < html.index("November 2026") and "October" not in html
    )
    assert 'id="bulletins"' in board.portal.client.get("/board/").content.decode()


def test_the_command_writes_the_file_by_its_ending(board: Promised, tmp_path: Any) -> None:
    """Text without a file; an ending it does not know, or a month that is none, is refused in words."""
    board.portal.instance.close()
    folder = str(board.portal.instance.dir)
    run = CliRunner().invoke
    said = run(main, ["bulletin", "2026-11", "--dir", folder, "--lang", "en"])
    assert said.exit_code == 0 and "Promises in November 2026" in said.output, said.output
    there = tmp_path / "b.docx"
    assert run(main, ["bulletin", "2026-11", "--to", str(there), "--dir", folder, "--lang", "en"]).exit_code == 0
    assert docx.Document(str(there)).paragraphs[1].text == "Promises in November 2026"
    for wrong in (["2026-11", "--to", str(tmp_path / "b.txt")], ["2027-01"], ["November"]):
        said = run(main, ["bulletin", *wrong, "--dir", folder, "--lang", "en"])
        assert said.exit_code == 1 and "Traceback" not in said.output, wrong
