"""The door for files: what kind a file is by its content, and the text as read with its structure and digest."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from mingze.documents import Block
from mingze.exchange.reading.errors import ReadingError
from mingze.exchange.reading.layout import Layout
from mingze.exchange.reading.limits import LIMITS
from mingze.exchange.reading.page import read_page
from mingze.exchange.reading.plain import decode
from mingze.exchange.reading.portable import read_portable
from mingze.exchange.reading.sheet import read_sheet
from mingze.exchange.reading.word import read_word

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT = ("txt", "md", "markdown", "text", "")
_PAGE = ("html", "htm", "xhtml")
_MACRO = ("docm", "xlsm", "dotm", "xltm", "pptm")
_OLD = ("doc", "xls", "ppt", "wps", "et")


@dataclass(frozen=True, slots=True)
class TextAsRead:
    """A file as text. Every offset in this project refers to `text`; `sha256` is the digest of the bytes that were given.

    `blocks` is the structure found, `None` for plain text, whose lines the documents room reads itself.
    """

    text: str
    sha256: str
    kind: str
    blocks: Sequence[Block] | None = None


def read(data: bytes, name: str) -> TextAsRead:
    """Read a file of at most 20 MB.

    Raises `ReadingError` with code `empty`, `too-large`, `binary`, `encoding`, `encrypted`, `macros`, `zip-bomb`, `broken`, `image-only`,
    `unsupported`, `wrong-extension`, `too-long` or `no-text`.
    """
    if not data:
        raise ReadingError("empty")
    if len(data) > LIMITS.file_bytes:
        raise ReadingError("too-large", megabytes=len(data) // 1_048_576, limit=LIMITS.file_bytes // 1_048_576)
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    digest = hashlib.sha256(data).hexdigest()
    if extension in _MACRO:
        raise ReadingError("macros")
    if data.startswith(_OLE):
        raise ReadingError("encrypted" if extension in ("docx", "xlsx") else "unsupported", extension=extension)
    kind, layout, text = _by_content(data, extension)
    if layout is not None:
        if not layout.blocks:
            raise ReadingError("no-text")
        return TextAsRead(layout.text, digest, kind, tuple(layout.blocks))
    if len(text) > LIMITS.characters:
        raise ReadingError("too-long", limit=LIMITS.characters)
    return TextAsRead(text, digest, kind)


def _by_content(data: bytes, extension: str) -> tuple[str, Layout | None, str]:
    head = data[:1024].lstrip()
    if head.startswith(b"%PDF-"):
        if extension not in ("pdf", ""):
            raise ReadingError("wrong-extension", extension=extension, found="pdf")
        return "pdf", read_portable(data), ""
    if data.startswith(b"PK\x03\x04"):
        if extension == "docx":
            return "docx", read_word(data), ""
        if extension == "xlsx":
            return "xlsx", read_sheet(data), ""
        raise ReadingError("wrong-extension", extension=extension, found="zip")
    if extension in ("docx", "xlsx", "pdf"):
        raise ReadingError("broken")
    if extension in _OLD:
        raise ReadingError("unsupported", extension=extension)
    if extension in _PAGE:
        return "html", read_page(decode(data)), ""
    if extension in _TEXT:
        return "txt", None, decode(data)
    if extension.isalnum() and len(extension) <= 5 and extension not in _TEXT:
        raise ReadingError("unsupported", extension=extension)
    return "txt", None, decode(data)
