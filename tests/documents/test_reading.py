"""Files as people send them: read with their structure, or refused with a reason."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from openpyxl import Workbook
from pypdf import PdfWriter

from mingze.documents import decompose
from mingze.exchange.reading import LIMITS, ReadingError, read
from mingze.words import LANGUAGES, say

PROMISE = "区水利局要在5月底前完成12座小型水库除险加固。"


def refusal(data: bytes, name: str) -> ReadingError:
    with pytest.raises(ReadingError) as refused:
        read(data, name)
    for lang in LANGUAGES:
        assert say(f"reading-{refused.value.code}", lang, **refused.value.values)
    return refused.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_chinese_text_is_read_in_the_encodings_in_use(encoding: str):
    """UTF-8 with or without a mark, UTF-16 with one, and GB18030 give the same characters."""
    assert read(PROMISE.encode(encoding), "a.txt").text == PROMISE


def test_a_text_cut_within_its_last_character_is_read_up_to_there():
    """A truncated UTF-8 file loses one character, not the document."""
    assert read(PROMISE.encode()[:-1], "a.txt").text == PROMISE[:-1]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\t\n", "a.txt", "empty"),
        (bytes(range(256)) * 40, "a.txt", "binary"),
        (b"\xff\xfe\xfd" * 40, "a.txt", "encoding"),
        (b"x" * (LIMITS.file_bytes + 1), "a.txt", "too-large"),
        (b"not a zip", "a.docx", "broken"),
        (b"PK\x03\x04" + b"\x00" * 60, "a.docx", "broken"),
        (b"PK\x03\x04" + b"\x00" * 60, "a.txt", "wrong-extension"),
        (b"%PDF-1.7\nbroken", "a.pdf", "broken"),
        (b"%PDF-1.7\nbroken", "a.txt", "wrong-extension"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "a.docx", "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "a.doc", "unsupported"),
        (b"anything", "a.docm", "macros"),
        (b"<html><body><script>x()</script></body></html>", "a.html", "no-text"),
    ],
)
def test_an_unusable_file_is_refused_with_its_reason(data: bytes, name: str, code: str):
    """Each unusable file has its own code, worded in both languages."""
    assert refusal(data, name).code == code


def archive(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def test_a_zip_bomb_is_not_unpacked():
    """An archive that would grow two hundred times is refused by its directory alone."""
    bomb = archive({"word/document.xml": b"\x00" * (LIMITS.unpacked_bytes // 4)})
    assert refusal(bomb, "a.docx").code == "zip-bomb"


def test_a_file_with_macros_is_not_opened():
    """A macro hidden in a file that calls itself .docx is found."""
    assert refusal(archive({"word/document.xml": b"<x/>", "word/vbaProject.bin": b"x"}), "a.docx").code == "macros"


def test_a_pdf_of_pictures_says_that_it_is_one():
    """Pages without a text layer are called images, with their number."""
    writer = PdfWriter()
    for _ in range(3):
        writer.add_blank_page(200, 200)
    buffer = io.BytesIO()
    writer.write(buffer)
    error = refusal(buffer.getvalue(), "scan.pdf")
    assert (error.code, error.values["pages"]) == ("image-only", 3)


def test_an_encrypted_pdf_asks_for_one_without_a_password():
    """A password is never guessed."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    assert refusal(buffer.getvalue(), "locked.pdf").code == "encrypted"


def test_a_word_table_keeps_its_rows_and_a_merged_cell_appears_once():
    """Every task of a Word table takes office and date from its own row; the merged category is written once."""
    document = Document()
    document.add_paragraph("2026年重点工作任务分解表")
    table = document.add_table(rows=3, cols=4)
    for cell, words in zip(table.rows[0].cells, ("类别", "工作任务", "牵头单位", "完成时限"), strict=True):
        cell.text = words
    for row, words in zip(
        table.rows[1:], (("新建公厕6座", "区城管局", "9月底前"), ("修订防汛预案", "区应急局", "5月底前")), strict=True
    ):
        for cell, word in zip(row.cells[1:], words, strict=True):
            cell.text = word
    table.cell(1, 0).merge(table.cell(2, 0)).text = "一、城市管理"
    buffer = io.BytesIO()
    document.save(buffer)
    taken = read(buffer.getvalue(), "a.docx")
    assert taken.text.count("一、城市管理") == 1
    rows = decompose(taken.text, taken.blocks, "a.docx").commitments
    assert [(c.quote, c.lead, c.deadline.iso_date if c.deadline else "") for c in rows] == [
        ("新建公厕6座", ("区城管局",), "2026-09-30"),
        ("修订防汛预案", ("区应急局",), "2026-05-31"),
    ]


def test_word_list_numbers_are_written_out():
    """A number that Word only computes stands in the text and in the path."""
    document = Document()
    for words in ("完成危桥改造3座。", "新建农村公路20公里。"):
        document.add_paragraph(words, style="List Number")
    buffer = io.BytesIO()
    document.save(buffer)
    taken = read(buffer.getvalue(), "a.docx")
    assert taken.text.splitlines()[:2] == ["1.完成危桥改造3座。", "2.新建农村公路20公里。"]
    assert [c.path for c in decompose(taken.text, taken.blocks).commitments] == [("1",), ("2",)]


def test_a_sheet_is_read_as_the_table_it_is():
    """The header names the columns; the unlabelled list of offices gives its first as lead."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2026年民生实事责任清单"])
    sheet.append(["序号", "任务", "责任单位", "时限"])
    sheet.append([1, "新增公共停车泊位500个", "区城管局、区住建局", "年底前"])
    sheet.merge_cells("A1:D1")
    buffer = io.BytesIO()
    book.save(buffer)
    taken = read(buffer.getvalue(), "a.xlsx")
    (row,) = decompose(taken.text, taken.blocks, "a.xlsx").commitments
    assert (row.path, row.lead, row.supporting) == (("1",), ("区城管局",), ("区住建局",))
    assert row.deadline and row.deadline.iso_date == "2026-12-31"


def test_a_page_is_read_without_its_furniture():
    """Navigation, scripts and sharing bars are not part of the document."""
    page = f"<html><head><title>t</title></head><body><nav>首页</nav><p>{PROMISE}</p><script>var a=1</script><div class='share'>分享到</div></body></html>"
    assert read(page.encode(), "a.html").text.strip() == PROMISE
