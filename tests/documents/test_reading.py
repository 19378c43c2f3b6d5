"""Files as people send them: read with their structure, or refused with a reason."""

from __future__ import annotations

import io
import tracemalloc
import zipfile

import pytest
from docx import Document
from openpyxl import Workbook
from pypdf import PdfWriter

from mingze.documents import decompose
from mingze.exchange.reading import LIMITS, ReadingError, read
from mingze.exchange.reading import archive as archive_room
from mingze.exchange.reading import word as word_room
from mingze.exchange.reading.limits import Limits
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


def test_the_furniture_of_a_page_is_masked_and_not_deleted():
    """Navigation and sharing bars stay in the text as read, in a state of their own; scripts are no text."""
    page = f"<html><head><title>t</title></head><body><nav>首页</nav><p>{PROMISE}</p><script>var a=1</script><div class='share'>分享到</div></body></html>"
    taken = read(page.encode(), "a.html")
    assert taken.text.split() == ["首页", PROMISE, "分享到"]
    found = decompose(taken.text, taken.blocks, "a.html")
    assert [(e.text, e.state) for e in found.coverage if e.state == "furniture"] == [
        ("首页", "furniture"),
        ("分享到", "furniture"),
    ]
    assert [row.quote for row in found.commitments] == [PROMISE.rstrip("。")]


def _portable(pages: list[list[str]]) -> bytes:
    """A PDF with a text layer: each page a list of lines."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    kids: list[bytes] = []
    for lines in pages:
        drawn = " ".join(f"1 0 0 1 40 {800 - 20 * at} Tm ({line}) Tj" for at, line in enumerate(lines))
        content = f"BT /F1 12 Tf {drawn} ET".encode()
        number = len(objects) + 1
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 %s >> >> >>"
            % (number + 1, font),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        ]
        kids.append(b"%d 0 R" % number)
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for at, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (at, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


def test_five_hundred_pages_are_read_whole_and_their_running_lines_masked():
    """Every page's words are there, headers and page numbers as furniture, none of it joined into a sentence."""
    pages = [["District work plan 2026", f"{n}. Task is done by June.", f"- {n} -"] for n in range(1, 501)]
    taken = read(_portable(pages), "plan.pdf")
    assert taken.blocks is not None
    kinds = [(taken.text[b.start : b.end], b.kind) for b in taken.blocks]
    assert sum(kind == "furniture" for _, kind in kinds) == 1_000
    assert [words for words, kind in kinds if kind == "paragraph"] == [
        f"{n}. Task is done by June." for n in range(1, 501)
    ]


def test_a_pdf_of_too_many_pages_is_refused_before_they_are_read():
    """The number of pages is looked at first."""
    writer = PdfWriter()
    for _ in range(LIMITS.pages + 1):
        writer.add_blank_page(20, 20)
    buffer = io.BytesIO()
    writer.write(buffer)
    error = refusal(buffer.getvalue(), "long.pdf")
    assert (error.code, error.values["limit"]) == ("too-long", LIMITS.pages)


@pytest.mark.parametrize("order", [1, -1])
def test_two_encodings_in_one_file_are_refused_and_nothing_is_half_read(order: int):
    """UTF-8 pasted into GB18030, or the other way round, is no text anybody wrote; the place of the first wrong byte is named."""
    parts = [PROMISE.encode("utf-8"), PROMISE.encode("gb18030")][::order]
    error = refusal(b"\n".join(parts), "a.txt")
    assert (error.code, error.values["offset"] >= 0) == ("encoding", True)


def test_a_file_named_as_another_kind_is_told_apart_by_its_content():
    """A sheet called .docx, a page called .docx and a Word file called .pdf each have their sentence."""
    book = io.BytesIO()
    Workbook().save(book)
    assert refusal(book.getvalue(), "a.docx").code in ("broken", "wrong-extension")
    assert refusal(b"<html><body>1</body></html>", "a.docx").code == "broken"
    assert refusal(book.getvalue(), "a.pdf").code == "wrong-extension"


def test_an_archive_with_a_password_is_refused():
    """The flag of the entry is enough; no password is tried."""
    packed = bytearray(archive({"word/document.xml": b"<x/>"}))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(sign) + offset] |= 1
    assert refusal(bytes(packed), "a.docx").code == "encrypted"


def test_an_archive_that_lies_about_its_size_is_stopped_while_unpacking(monkeypatch: pytest.MonkeyPatch):
    """What comes out is counted, whatever the directory says."""
    document = Document()
    document.add_paragraph("区教育局要新增学位300个。" * 400)
    buffer = io.BytesIO()
    document.save(buffer)
    small = Limits(unpacked_bytes=20_000)
    for module in (archive_room, word_room):
        if hasattr(module, "LIMITS"):
            monkeypatch.setattr(module, "LIMITS", small)
    assert refusal(buffer.getvalue(), "a.docx").code == "zip-bomb"


def test_a_paragraph_of_a_million_characters_is_read_in_bounded_memory():
    """A page with one line of 10⁶ characters keeps every character and takes no more than a small multiple of it."""
    line = "区住建局要在6月底前新建公园3个，" * 60_000
    tracemalloc.start()
    taken = read(f"<html><body><p>{line}</p></body></html>".encode(), "a.html")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(taken.text.strip()) == len(line) > 1_000_000
    assert peak < 64 * 1024 * 1024
