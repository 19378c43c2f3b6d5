"""Hostile and honest files at the door, and what is handed to whoever may look at them."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from mingze.exchange.pictures import CannotRedraw, viewing_copy
from mingze.exchange.uploads import KINDS, PIXEL_LIMIT, UploadRefused, examine
from mingze.instance import Instance
from mingze.store import Invalid, Upload

PLACE = b"GPS planted place 45.1 N"
XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), **saved: Any) -> bytes:
    """A small picture of two colours."""
    drawn = Image.new("RGB", size, (200, 30, 30))
    drawn.paste((20, 20, 220), (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    drawn.save(out, form, **saved)
    return out.getvalue()


def with_place(form: str = "JPEG") -> bytes:
    """A picture that says where it was made, by which telephone, in every place that a picture can say it."""
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()  # description
    exif[0x0110] = "planted telephone"
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825).update({1: "N", 2: (45.0, 6.0, 0.0), 29: "2026:11:20"})
    saved: dict[str, Any] = {"exif": exif}
    if form == "JPEG":
        saved["comment"] = PLACE
    if form in ("JPEG", "WEBP"):
        saved["xmp"] = b"<x:xmpmeta>" + PLACE + b"</x:xmpmeta>"
    return picture(form, **saved)


def archive(*members: tuple[str, bytes], first: str = "word/document.xml", comment: bytes = b"") -> bytes:
    """An office file with these members besides the one it must have."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(first, b"<x/>")
        for name, content in members:
            made.writestr(name, content)
        made.comment = comment
    return out.getvalue()


def link_inside() -> bytes:
    """An office file with a member that is a symbolic link out of it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("word/document.xml", b"<x/>")
        link = zipfile.ZipInfo("word/media/a.png")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
    return out.getvalue()


def flood(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that claims millions of pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "a bomb": ("a.docx", archive(("word/media/a.bin", b"\0" * 30_000_000)), "file_unsafe"),
    "a thousand and one members": ("a.docx", archive(*((f"m/{n}", b"") for n in range(1_001))), "file_unsafe"),
    "a name that climbs out": ("a.docx", archive(("../../etc/cron.d/x", b"x")), "file_unsafe"),
    "an absolute name": ("a.xlsx", archive(("/etc/x", b"x"), first="xl/workbook.xml"), "file_unsafe"),
    "a name for another system": ("a.docx", archive(("C:\\x", b"x")), "file_unsafe"),
    "a link": ("a.docx", link_inside(), "file_unsafe"),
    "an archive in the archive": ("a.docx", archive(("word/embeddings/b.zip", b"PK")), "file_unsafe"),
    "a macro": ("a.docx", archive(("word/vbaProject.bin", b"x")), "file_unsafe"),
    "a page before the archive": ("a.docx", b"<script>alert(1)</script>" + archive(), "file_differs"),
    "a page behind the archive": ("a.docx", archive(comment=b"<script>alert(1)</script>"), "file_unsafe"),
    "an archive that is no document": ("a.docx", archive(first="x.xml"), "file_differs"),
    "half an archive": ("a.docx", archive()[:60] + b"PK\x05\x06" + b"\xff" * 18, "file_differs"),
    "a drawing with a script": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "file_kind"),
    "a drawing called a photo": ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "file_differs"),
    "a page": ("a.html", b"<script>alert(1)</script>", "file_kind"),
    "a program": ("a.exe", b"MZ\x90\x00", "file_kind"),
    "a program called a paper": ("a.pdf", b"MZ\x90\x00", "file_differs"),
    "two endings": ("a.pdf.exe", b"%PDF-1.7", "file_kind"),
    "no ending": ("a", b"%PDF-1.7", "file_kind"),
    "bytes called words": ("a.txt", b"MZ\x90\x00\x03\x00\x00\x00\xff\xff", "file_differs"),
    "a telephone's own format": ("a.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "file_differs"),
    "too many pixels": ("a.png", flood(60_000, 60_000), "picture_too_large"),
    "just too many pixels": ("a.png", flood(8_001, PIXEL_LIMIT // 8_000), "picture_too_large"),
    "a picture that stops": ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "picture_broken"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_by_its_content(case: str) -> None:
    """Each is refused with its own code, whatever its name says, and none is unpacked or drawn for that."""
    name, data, code = HOSTILE[case]
    with pytest.raises(UploadRefused) as raised:
        examine(name, data)
    assert raised.value.code == code


HONEST: dict[str, bytes] = {
    "照片.JPG": picture(),
    "图.png": picture("PNG"),
    "图.webp": picture("WEBP"),
    "材料.docx": archive(("word/media/image1.png", picture("PNG")), ("word/embeddings/sheet1.xlsx", archive())),
    "表.xlsx": archive(first="xl/workbook.xml"),
    "公文.ofd": archive(first="OFD.xml"),
    "来信.txt": "路口没有红绿灯。".encode("gb18030"),
    "记录.txt": "路口没有红绿灯。".encode("utf-16"),
    "清单.csv": b"=1+1,2\n",
    "批复.pdf": b"%PDF-1.7 and a document",
    "旧表.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "录像.mp4": b"\0\0\0\x20ftypisom" + b"\0" * 40,
    "录音.m4a": b"\0\0\0\x20ftypM4A " + b"\0" * 40,
    "录音.mp3": b"ID3\x03" + b"\0" * 40,
    "录音.amr": b"#!AMR\n" + b"\0" * 40,
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_file_is_taken_with_the_type_of_its_content(name: str) -> None:
    """What people hand in every day is taken, and its type comes from the table and not from the browser."""
    assert examine(name, HONEST[name]) is KINDS[name.rpartition(".")[2].lower()]


def test_an_office_file_stays_closed() -> None:
    """A document whose XML asks for a file of the server is kept as it is: nothing here parses it, nothing is fetched."""
    hostile = archive(("word/settings.xml", XXE))
    assert examine("a.docx", hostile).family == "archive"
    assert viewing_copy("a.docx", hostile) == hostile


def test_the_reader_of_documents_resolves_nothing_from_outside() -> None:
    """A plan whose XML names a file of the server is read without that file's words, or not at all."""
    from mingze.exchange.reading import ReadingError, read

    body = (
        b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        b"<w:t>planted &e;</w:t></w:r></w:p></w:body></w:document>"
    )
    from docx import Document

    kept = io.BytesIO()
    Document().save(kept)
    out = io.BytesIO()
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, body if name == "word/document.xml" else old.read(name))
    try:
        text = read(out.getvalue(), "a.docx").text
    except ReadingError:
        text = ""
    assert "root:" not in text


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_copy_people_see_says_no_place(form: str) -> None:
    """Place, telephone, comment and XMP are in the original and in no byte of the copy; the picture stands upright."""
    name, original = f"a.{form.lower()}", with_place(form)
    with Image.open(io.BytesIO(original)) as before:
        assert before.getexif().get_ifd(0x8825)
    assert b"planted" in original
    copy = viewing_copy(name, original)
    assert b"planted" not in copy and b"Exif" not in copy and b"xmp" not in copy.lower()
    with Image.open(io.BytesIO(copy)) as after:
        assert after.format == form and not after.getexif() and after.size == (40, 60)


def test_what_hides_behind_a_picture_is_not_passed_on() -> None:
    """A picture that is also an archive and a page at once comes out as a picture alone."""
    both = picture() + archive(("evil.js", b"x")) + b"<script>alert(1)</script>"
    assert examine("a.jpg", both).family == "picture"
    copy = viewing_copy("a.jpg", both)
    assert b"script" not in copy and not zipfile.is_zipfile(io.BytesIO(copy))


def test_a_picture_that_cannot_be_redrawn_is_not_passed_on() -> None:
    """One that lies about its size, or is none, breaks only the process that tried, and nobody is given it."""
    for data in (flood(60_000, 60_000), b"\x89PNG\r\n\x1a\n" + b"\0" * 40):
        with pytest.raises(CannotRedraw):
            viewing_copy("a.png", data)


def test_every_form_refuses_a_hostile_file_in_words(
    make_instance: Callable[..., Instance], browse: Callable[..., Client]
) -> None:
    """At the portal the file is named with what to do about it, what was typed is kept, and no case is opened."""
    instance = make_instance(demo=True)
    client = browse(instance, **{"accept-language": "en"})
    form = {
        "form_key": "a" * 30,
        "matter": "The lamp is out.",
        "name": "Somebody",
        "contact": "0451-00000001",
        "attachments": SimpleUploadedFile("photo.jpg", b"<svg onload='x()'/>", "image/jpeg"),
    }
    answer = client.post("/file/suggestion/", form)
    page = answer.content.decode()
    assert answer.status_code == 422 and "photo.jpg" in page and "The lamp is out." in page
    assert "is not what the end of its name says" in page


def test_staff_get_the_copy_and_the_person_gets_the_original(
    make_instance: Callable[..., Instance], browse: Callable[..., Client]
) -> None:
    """The same attachment: redrawn for the post that handles it, byte for byte for whoever handed it in; its name acts nowhere."""
    instance = make_instance(demo=True)
    client = browse(instance)
    register, original = instance.register(), with_place()
    upload = Upload("attachments", '../照"片\r\nSet-Cookie: a=b;.jpg', "text/html", original)
    fields = {"matter": "路灯不亮。", "name": "甲某某", "contact": "0451-00000001"}
    filed = register.file("suggestion", fields, (upload,), form_key="k" * 30)
    client.post("/desk/sign-in/", {"post": "zwzx.clerk"})
    answer = client.post(f"/desk/case/{filed.case_id}/file/1/attachment:1/", {"purpose": "handle"})
    assert answer.status_code == 200 and b"planted" not in answer.content and answer.content[:3] == b"\xff\xd8\xff"
    own = Client(headers={"host": "127.0.0.1"})
    own.post("/case/", {"code": filed.code})
    mine = own.get("/case/file/1/attachment:1/")
    assert mine.content == original
    for sent in (answer, mine):
        assert sent["Content-Type"] == "application/octet-stream" and sent["X-Content-Type-Options"] == "nosniff"
        assert sent["Content-Disposition"].startswith("attachment;") and sent["Content-Disposition"].isprintable()
        assert "sandbox" in sent["Content-Security-Policy"] and "Set-Cookie" not in sent.headers
        assert "no-store" in sent["Cache-Control"]


def test_no_way_in_leads_past_the_door(make_instance: Callable[..., Instance]) -> None:
    """The register itself refuses: whatever page or program hands a file over, it is examined."""
    register = make_instance(demo=True).register()
    fields = {"matter": "路灯不亮。", "name": "甲某某", "contact": "0451-00000001"}
    with pytest.raises(Invalid) as raised:
        register.file(
            "suggestion", fields, (Upload("attachments", "a.svg", "image/png", b"<svg/>"),), form_key="k" * 30
        )
    assert [problem.code for problem in raised.value.problems] == ["file_kind"]
