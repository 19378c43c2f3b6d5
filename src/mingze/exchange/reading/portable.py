"""PDF: the text layer with its hard line breaks joined again; a scan without one is said to be a scan."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from mingze.exchange.reading.errors import ReadingError
from mingze.exchange.reading.layout import Layout
from mingze.exchange.reading.limits import LIMITS

_MARK = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\([一二三四五六七八九十]+\)|\d{1,3}[.．、](?!\d)|（\d+）|\(\d+\)|[①-⑳]|第[一二三四五六七八九十百]+[章节条]|(?:牵头|责任|配合)单位[：:]|附件)"
)
_PAGE = re.compile(
    r"^\s*(?:[-—–－]\s*)?(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[-—–－])?(?:\s*/\s*\d+|\s*页?[，,]?\s*共\s*\d+\s*页)?\s*$"
)


def read_portable(data: bytes) -> Layout:
    """The paragraphs of a PDF. Running headers, footers and page numbers are furniture, each behind the paragraph it stood in.

    Raises: `encrypted`, `broken`, `image-only` (pages without a text layer), `too-long` (pages).
    """
    try:
        reader: Any = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadingError("encrypted")
        count = len(reader.pages)
        if count > LIMITS.pages:
            raise ReadingError("too-long", limit=LIMITS.pages)
        pages = []
        length = 0
        for page in reader.pages:
            pages.append((page.extract_text() or "").split("\n"))
            length += sum(len(line) for line in pages[-1])
            if length > LIMITS.characters:
                raise ReadingError("too-long", limit=LIMITS.characters)
    except ReadingError:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        RecursionError,
        OSError,
        NotImplementedError,
    ) as error:
        raise ReadingError("broken") from error
    characters = sum(len(line.strip()) for lines in pages for line in lines)
    if characters < 8 * max(1, count):
        raise ReadingError("image-only", pages=count)
    layout = Layout()
    for paragraph, kind in _paragraphs(_lines(pages)):
        layout.add(paragraph, kind)
    return layout


def _lines(pages: list[list[str]]) -> list[tuple[str, bool]]:
    """Every line, and whether it belongs to the page and not to the document."""
    edges = Counter(line.strip() for lines in pages for line in {*lines[:2], *lines[-2:]} if line.strip())
    kept: list[tuple[str, bool]] = []
    for lines in pages:
        last = len(lines) - 1
        for place, line in enumerate(lines):
            edge = place < 2 or place > last - 2
            repeated = edge and len(pages) > 2 and edges[line.strip()] > max(2, len(pages) // 2)
            kept.append((line, repeated or bool(edge and _PAGE.match(line))))
    return kept


def _paragraphs(lines: list[tuple[str, bool]]) -> list[tuple[str, str]]:
    """Lines joined where the line before is full and unfinished and the next begins nothing new, over the page's own lines."""
    widths = sorted(len(line.strip()) for line, of_page in lines if len(line.strip()) > 8 and not of_page)
    full = widths[int(len(widths) * 0.8)] if widths else 0
    paragraphs: list[tuple[str, str]] = []
    found: list[str] = []
    furniture: list[str] = []

    def close() -> None:
        paragraphs.extend((one, "paragraph") for one in found)
        paragraphs.extend((one, "furniture") for one in furniture)
        found.clear()
        furniture.clear()

    previous_full = False
    for line, of_page in lines:
        body = line.strip()
        if of_page:
            if body:
                furniture.append(body)
            continue
        if not body:
            previous_full = False
            continue
        joins = (
            bool(found)
            and previous_full
            and not _MARK.match(body)
            and found[-1][-1] not in "。！？"
            and not line.startswith(("\u3000\u3000", "    "))
        )
        if joins:
            found[-1] += body
        else:
            close()
            found.append(body)
        previous_full = len(body) >= full * 0.85 and full >= 14
    close()
    return paragraphs
