"""What may come in as an attachment: told by its content, never by the type a browser claims, and never unpacked here.

    name's ending ──► Kind ──► does the content begin as that kind must? ──► is it harmless to keep and to pass on?

Pictures must be of a size that can be redrawn (`mingze.exchange.pictures`); office files are opaque and only the directory
of their archive is looked at; everything else is opaque. A page or a drawing that can carry a script (HTML, SVG) is no kind.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

PIXEL_LIMIT: Final = 64_000_000
"""Pixels in one picture; a telephone's camera makes 12 to 50 million."""

MEMBER_LIMIT: Final = 1_000
UNPACKED_LIMIT: Final = 200 * 1024 * 1024
RATIO_LIMIT: Final = 100
_RATIO_FROM = 10 * 1024 * 1024  # bytes unpacked; a small, very regular file may shrink more than a hundredfold

type Family = Literal["picture", "archive", "text", "opaque"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its media type, how it is treated, how its content begins, and what its archive must hold."""

    media_type: str
    family: Family
    begins: re.Pattern[bytes]
    holds: str = ""


class UploadRefused(Exception):
    """A file that is not taken. `code` is worded as `portal-problem-<code>`; the file's name is added by who asks.

    `file_kind` (its ending is not among those taken), `file_differs` (the content is something else), `file_unsafe` (an
    archive that grows too much, hides programs or names paths), `picture_too_large` (`limit_mp`), `picture_broken`.
    """

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def _kind(media_type: str, family: Family, begins: bytes, holds: str = "") -> Kind:
    return Kind(media_type, family, re.compile(begins, re.DOTALL), holds)


_OFFICE = "application/vnd.openxmlformats-officedocument."
_JPEG = _kind("image/jpeg", "picture", rb"\xff\xd8\xff")
_OLE = rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = rb"PK\x03\x04"
_MOVIE = rb".{4}(?:ftyp(?!hei|mif|avif)|moov|mdat|wide|free)"

KINDS: Final[Mapping[str, Kind]] = {
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "png": _kind("image/png", "picture", rb"\x89PNG\r\n\x1a\n"),
    "webp": _kind("image/webp", "picture", rb"RIFF.{4}WEBP"),
    "pdf": _kind("application/pdf", "opaque", rb"%PDF"),
    "docx": _kind(f"{_OFFICE}wordprocessingml.document", "archive", _ZIP, "word/document.xml"),
    "xlsx": _kind(f"{_OFFICE}spreadsheetml.sheet", "archive", _ZIP, "xl/workbook.xml"),
    "pptx": _kind(f"{_OFFICE}presentationml.presentation", "archive", _ZIP, "ppt/presentation.xml"),
    "odt": _kind("application/vnd.oasis.opendocument.text", "archive", _ZIP, "content.xml"),
    "ods": _kind("application/vnd.oasis.opendocument.spreadsheet", "archive", _ZIP, "content.xml"),
    "ofd": _kind("application/ofd", "archive", _ZIP, "OFD.xml"),
    "doc": _kind("application/msword", "opaque", _OLE),
    "xls": _kind("application/vnd.ms-excel", "opaque", _OLE),
    "ppt": _kind("application/vnd.ms-powerpoint", "opaque", _OLE),
    "wps": _kind("application/vnd.ms-works", "opaque", _OLE),
    "et": _kind("application/vnd.ms-excel", "opaque", _OLE),
    "txt": _kind("text/plain", "text", rb""),
    "csv": _kind("text/csv", "text", rb""),
    "mp4": _kind("video/mp4", "opaque", _MOVIE),
    "mov": _kind("video/quicktime", "opaque", _MOVIE),
    "m4a": _kind("audio/mp4", "opaque", _MOVIE),
    "mp3": _kind("audio/mpeg", "opaque", rb"ID3|\xff[\xe0-\xff]"),
    "wav": _kind("audio/wav", "opaque", rb"RIFF.{4}WAVE"),
    "amr": _kind("audio/amr", "opaque", rb"#!AMR"),
}
"""What is taken, by the ending of the file's name. HEIC is not: nothing here can take the place it was made at out of it."""

_CARRIES_A_PROGRAM = re.compile(
    r"(?:vbaproject\.bin|\.(?:exe|dll|com|scr|bat|cmd|ps1|vbs|js|jse|wsf|hta|lnk|msi|jar|zip|rar|7z|gz|tar|iso))$"
)
_LEADS_OUT = re.compile(r"^[/\\]|^[A-Za-z]:|\\|(?:^|/)\.\.(?:/|$)|[\x00-\x1f\x7f]")
_ENCRYPTED = 1


def kind_of(name: str) -> Kind | None:
    """The kind a file's name says it is; None for an ending that is not taken."""
    return KINDS.get(name.rpartition(".")[2].lower()) if "." in name else None


def examine(name: str, data: bytes) -> Kind:
    """The kind of a file whose content is what its name says and which is harmless to keep.

    Raises UploadRefused.
    """
    kind = kind_of(name)
    if kind is None:
        raise UploadRefused("file_kind", kinds=", ".join(KINDS))
    if not kind.begins.match(data):
        raise UploadRefused("file_differs")
    if kind.family == "archive":
        _examine_archive(data, kind)
    elif kind.family == "picture":
        _examine_picture(data, kind)
    elif kind.family == "text" and not _is_text(data):
        raise UploadRefused("file_differs")
    return kind


def _is_text(data: bytes) -> bool:
    for encoding in ("utf-8", "gb18030", "utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8", "gb18030"):
        try:
            return "\x00" not in data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return False


def _examine_archive(data: bytes, kind: Kind) -> None:
    """The directory alone is read: no member is unpacked and no XML parsed, so there is nothing for either to attack."""
    if data[-22:-18] != b"PK\x05\x06":  # something stands behind the archive, or a comment that is another file
        raise UploadRefused("file_unsafe")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, UnicodeDecodeError) as error:
        raise UploadRefused("file_differs") from error
    names = [member.filename for member in members]
    if kind.holds not in names:
        raise UploadRefused("file_differs")
    unpacked, packed = sum(member.file_size for member in members), sum(member.compress_size for member in members)
    if (
        len(members) > MEMBER_LIMIT
        or len(set(names)) != len(names)
        or unpacked > UNPACKED_LIMIT
        or (unpacked > _RATIO_FROM and unpacked > RATIO_LIMIT * max(packed, 1))
        or packed > len(data)  # members that lie over one another
        or min(member.header_offset for member in members) != 0  # something stands before the archive
        or any(_harms(member) for member in members)
    ):
        raise UploadRefused("file_unsafe")


def _harms(member: zipfile.ZipInfo) -> bool:
    return bool(
        _LEADS_OUT.search(member.orig_filename)
        or _CARRIES_A_PROGRAM.search(member.filename.lower())
        or member.flag_bits & _ENCRYPTED
        or stat.S_ISLNK(member.external_attr >> 16)
    )


def _examine_picture(data: bytes, kind: Kind) -> None:
    """The head alone is read: the size a picture claims decides, before a single pixel has been made of it."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=[kind.media_type.partition("/")[2].upper()]) as picture:
            width, height = picture.size
    except Image.DecompressionBombError:
        raise UploadRefused("picture_too_large", limit_mp=PIXEL_LIMIT // 1_000_000) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise UploadRefused("picture_broken") from error
    if width * height > PIXEL_LIMIT:
        raise UploadRefused("picture_too_large", limit_mp=PIXEL_LIMIT // 1_000_000)
