"""The board taken elsewhere: data, feeds, calendars and the frame say what the page says, narrowed the same way."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any
from xml.etree import ElementTree as XML

import icalendar
import openpyxl
import pytest

from mingze.exchange.open_promises import COLUMNS, plain_cell
from mingze.exchange.task_sheet import read_sheet_lines
from tests.portal.conftest import Portal
from tests.portal.promises import Promised, promised

FORMULA = "=HYPERLINK"


@pytest.fixture
def board(portal: Portal) -> Promised:
    """A published plan with two promises: schools by 20 December, roads by 28 December; the second asked for more time."""
    return promised(portal)


def rows(portal: Portal, query: str = "") -> list[dict[str, str]]:
    """The lines of the CSV file."""
    answer = portal.client.get(f"/board/data.csv{query}")
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/csv")
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def entries(portal: Portal, path: str = "/board/calendar.ics") -> dict[str, date]:
    """The day of each entry of a calendar by the entry's id."""
    calendar: Any = icalendar.Calendar.from_ical(portal.client.get(path).content)
    return {str(event.uid): event.DTSTART for event in calendar.events}


def test_the_table_has_one_line_for_each_promise_with_the_three_facts_apart(board: Promised) -> None:
    """Number, words, office, deadline first and now, and what is reported, verified: as the case has them."""
    board.report_done(0)
    one = {row["number"]: row for row in rows(board.portal)}[board.numbers[0]]
    assert list(one) == list(COLUMNS)
    assert one["lead_office"] == "jyj" and one["lead_office_name"] == "区教育局"
    assert one["deadline"] == one["first_deadline"] == "2026-12-20"
    assert (one["reported_done_on"], one["verified_on"], one["open"]) == ("2026-11-23", "", "yes")
    assert one["words"] in board.text and one["url"].endswith("/")


def test_an_extension_shows_beside_the_first_deadline(board: Promised) -> None:
    """`deadline` moves with an approved extension; `first_deadline` never does."""
    board.extend(1, "2027-01-29")
    one = {row["number"]: row for row in rows(board.portal)}[board.numbers[1]]
    assert (one["first_deadline"], one["deadline"]) == ("2026-12-28", "2027-01-29")


@pytest.mark.parametrize(
    ("query", "found"),
    [("", 2), ("?office=jyj", 1), ("?topic=schools", 1), ("?topic=roads&office=jyj", 0), ("?topic=none", 0), ("?state=closed", 0),
     ("?state=nonsense", 2), ("?document=none", 0)],
)  # fmt: skip
def test_page_table_data_feed_and_calendar_are_narrowed_alike(board: Promised, query: str, found: int) -> None:
    """The same filter leaves the same promises everywhere."""
    portal = board.portal
    assert len(rows(portal, query)) == found
    assert len(json.loads(portal.client.get(f"/board/data.json{query}").content)["commitments"]) == found
    page = portal.client.get(f"/board/{query}").content.decode()
    assert page.count('<article class="promise"') == found
    assert len(entries(portal, f"/board/calendar.ics{query}")) == found
    if not query.startswith("?state"):
        items = XML.fromstring(portal.client.get(f"/board/feed.xml{query}").content).findall("./channel/item")
        assert len({item.findtext("link") for item in items}) == found
    assert portal.client.get(f"/board/embed/{query}").content.decode().count("<li>") == found


def test_the_table_of_responsibilities_has_the_form_offices_use(board: Promised) -> None:
    """Words, offices, deadline and how each stands, in the language asked for; narrowed like everything else."""
    board.report_done(0)
    answer = board.portal.client.get("/board/tasks.xlsx?office=jyj&words=zh-Hans")
    [line] = read_sheet_lines(answer.content)
    assert line.id == board.numbers[0] and line.cells["lead"] == "区教育局" and line.cells["deadline"] == "2026-12-20"
    sheet: Any = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [cell.value for cell in sheet[3]][7:10] == ["现状", "报完成", "核验通过"] and sheet[
        "I4"
    ].value == "2026-11-23"


def test_the_data_say_whose_they_are_what_each_column_means_and_how_far_the_log_reached(board: Promised) -> None:
    """Every column is explained in both languages; the size of the log is the one of the signed checkpoint."""
    board.portal.instance.register().publish()
    said: dict[str, Any] = json.loads(board.portal.client.get("/board/data.json").content)
    assert set(said["columns"]) == set(COLUMNS) == set(said["commitments"][0])
    assert all(set(words) == {"zh-Hans", "en"} for words in said["columns"].values())
    size = int(board.portal.instance.register().checkpoint().split(b"\n")[1])
    assert said["log"] == {"origin": board.portal.instance.origin, "size": size} and size > 0


def test_no_cell_is_run_by_a_spreadsheet(board: Promised) -> None:
    """A source that begins like a formula comes with an apostrophe; a plain negative number stays a number."""
    board.report_progress(0, value="-3.5", source=f'{FORMULA}("x")', as_of="2026-11-20")
    one = {row["number"]: row for row in rows(board.portal)}[board.numbers[0]]
    assert one["value_source"] == f'\'{FORMULA}("x")' and float(one["value"]) == -3.5
    for wicked in ("=1", "+1+1", "-1+cmd", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\u3000＝1", "＋1", "－cmd", "＠SUM"):
        assert plain_cell(wicked) == f"'{wicked}"


def test_the_feed_tells_each_record_once_newest_first(board: Promised) -> None:
    """RSS 2.0: an item has a lasting id, the promise and what happened; a new record is the first item."""
    portal = board.portal
    board.accept(0)
    before = XML.fromstring(portal.client.get("/board/feed.xml?words=en").content)
    ids = [item.findtext("guid") for item in before.findall("./channel/item")]
    assert len(ids) == len(set(ids)) > 0
    portal.at(2026, 11, 24, 9, 0)
    board.report_progress(0)
    after = XML.fromstring(portal.client.get("/board/feed.xml?words=en").content).findall("./channel/item")
    assert [item.findtext("guid") for item in after][1:] == ids
    assert "report progress" in (after[0].findtext("title") or "").lower()
    assert (after[0].findtext("pubDate") or "").startswith("Tue, 24 Nov 2026 09:00:00 +0800")


def test_a_feed_speaks_the_language_of_its_address(board: Promised) -> None:
    """A program has no cookie: `words=` says the language, and both languages are there."""
    for words, tag, said in (("en", "en", "all promises"), ("zh-Hans", "zh-CN", "全部承诺")):
        channel = XML.fromstring(board.portal.client.get(f"/board/feed.xml?words={words}").content).find("channel")
        assert channel is not None and channel.findtext("language") == tag and said in (channel.findtext("title") or "")


def test_one_promise_has_a_feed_and_a_calendar_of_its_own(board: Promised) -> None:
    """Only its own records and its own day; a case that is not public has neither."""
    number = board.numbers[1]
    board.accept(0)
    items = XML.fromstring(board.portal.client.get(f"/board/{number}/feed.xml").content).findall("./channel/item")
    assert len(items) == 1 and f"/{board.cases[1]}/1" in (items[0].findtext("guid") or "")
    assert list(entries(board.portal, f"/board/{number}/calendar.ics").values()) == [date(2026, 12, 28)]
    board.portal.file()
    for closed in ("明源建〔2026〕0001号", "none"):
        assert board.portal.client.get(f"/board/{closed}/feed.xml").status_code == 404
        assert board.portal.client.get(f"/board/{closed}/calendar.ics").status_code == 404


def test_an_extension_moves_the_entry_of_the_calendar_and_adds_none(board: Promised) -> None:
    """The entry keeps its id; a promise that is reported done leaves the calendar."""
    portal = board.portal

    before = entries(portal)
    board.extend(1, "2027-01-29")
    after = entries(portal)
    assert set(before) == set(after) and date(2027, 1, 29) in after.values()
    board.report_done(0)
    assert len(entries(portal)) == 1


def test_the_frame_may_stand_on_any_site_and_nothing_else_may(board: Promised) -> None:
    """The embedded list allows framing, runs no script, sets no cookie; the board itself still refuses to be framed."""
    answer = board.portal.client.get("/board/embed/?words=en")
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors *" in policy and "script-src 'none'" in policy and "form-action 'none'" in policy
    assert "X-Frame-Options" not in answer and not answer.cookies
    html = answer.content.decode()
    assert "<script" not in html and "<form" not in html and html.count('target="_blank" rel="noopener"') == 3
    whole = board.portal.client.get("/board/")
    assert whole["X-Frame-Options"] == "DENY" and "frame-ancestors 'none'" in whole["Content-Security-Policy"]


def test_the_page_of_ways_keeps_the_choice_in_every_address(board: Promised) -> None:
    """Looking at one office, every address for programs and the line of HTML ask for that office."""
    html = board.portal.client.get("/board/follow/?office=jyj").content.decode()
    for name in ("feed.xml", "calendar.ics", "data.csv", "data.json", "embed/"):
        assert f"/board/{name}?office=jyj" in html, name
    assert "&lt;iframe src=" in html
    assert 'href="/board/follow/?office=jyj"' in board.portal.client.get("/board/?office=jyj").content.decode()
