"""A document comes in: from a file or pasted, and each thing that is wrong with it has its sentence."""

from __future__ import annotations

import io
import re

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mingze.desk.document_intake import Intake, read_intake
from mingze.words import LANGUAGES
from tests.desk.conftest import TEXT, Desk, text_of


def word_file(text: str) -> bytes:
    """A .docx with a paragraph for each line."""
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [("安排.txt", TEXT.encode("gb18030")), ("安排.docx", word_file(TEXT)), ("安排.txt", TEXT.encode())],
)
def test_a_file_is_read_and_leads_to_its_review(desk: Desk, name: str, data: bytes) -> None:
    """A text in either Chinese encoding and a Word file become a document under review, once even when sent twice."""
    client = desk.sit("dcs.supervisor")
    key = re.search(r'name="key" value="([^"]+)"', text_of(client.get("/desk/documents/new/")))
    assert key
    sent = {"key": key[1], "title": "社区服务安排", "year": "2026"}
    first = client.post("/desk/documents/new/", {**sent, "file": SimpleUploadedFile(name, data)})
    again = client.post("/desk/documents/new/", {**sent, "file": SimpleUploadedFile(name, data)})
    assert first.status_code == 303
    assert first["Location"] == again["Location"]
    assert len(desk.register.documents.list().rows) == 1
    document = desk.register.documents.get(first["Location"].split("/")[3])
    assert "区交通运输局在21所学校门口划定接送区" in document.text
    assert document.rows


def test_pasted_text_is_taken_and_named_by_its_title(desk: Desk) -> None:
    """Without a name the document is called as its text calls itself."""
    answer = desk.sit("dcs.supervisor").post("/desk/documents/new/", {"key": "k", "text": TEXT})
    assert answer.status_code == 303
    assert desk.register.documents.list().rows[0].title == "2026年下半年社区服务安排"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("intake", "field"),
    [
        (Intake(), "file"),
        (Intake(file_name="a.txt", data=b""), "file"),
        (Intake(file_name="a.txt", data=bytes(range(256)) * 40), "file"),
        (Intake(file_name="a.docx", data=b"PK\x03\x04broken"), "file"),
        (Intake(file_name="a.txt", data=b"x" * (20 * 1024 * 1024 + 1)), "file"),
        (Intake(file_name="a.txt", data=TEXT.encode(), text=TEXT), "file"),
        (Intake(text="天气很好。"), "text"),
        (Intake(text="年底前新开助餐点12个\x07。"), "text"),
        (Intake(text=TEXT, year="26"), "year"),
    ],
)
def test_what_cannot_be_taken_has_its_sentence(intake: Intake, field: str, lang: str) -> None:
    """Nothing given, empty, binary, broken, too large, both, without a commitment, control characters, a bad year."""
    taken, problems = read_intake(intake, lang)
    assert taken is None
    assert len(problems[field]) > 8


def test_what_was_typed_stands_after_a_refusal(desk: Desk) -> None:
    """A refused form comes back with its text, title, year and key, and nothing was kept."""
    sent = {"key": "the-first-key", "text": "天气很好。", "title": "我写的名称", "year": "2026"}
    answer = desk.sit("dcs.supervisor").post("/desk/documents/new/", sent)
    page = text_of(answer)
    assert answer.status_code == 422
    for told in ("天气很好。", 'value="我写的名称"', 'value="2026"', 'value="the-first-key"', 'name="keep"'):
        assert told in page
    assert desk.register.documents.list().rows == ()
    kept = desk.sit("dcs.supervisor").post("/desk/documents/new/", {**sent, "keep": "1"})
    assert kept.status_code == 303
