"""Word files: paragraphs with their list numbers written out, headings, and tables whose merged cells appear once."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from mingze.exchange.reading.archive import examined
from mingze.exchange.reading.errors import ReadingError
from mingze.exchange.reading.layout import Layout

_CHINESE = "零一二三四五六七八九"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_word(data: bytes) -> Layout:
    """The body of a .docx in reading order; headers, footers, comments and deleted text are left out.

    Raises: `ReadingError` `broken`, and what `examined` raises.
    """
    archive = examined(data)
    if "word/document.xml" not in archive.namelist():
        raise ReadingError("wrong-extension", found="zip")
    try:
        document: Any = Document(io.BytesIO(data))
        body = document.element.body
        numbering = _Numbering(document)
        styles = {style.style_id: style.name or "" for style in document.styles}
    except ReadingError:
        raise
    except Exception as error:  # python-docx raises whatever its XML parser meets
        raise ReadingError("broken") from error
    layout = Layout()
    _children(body, layout, numbering, styles)
    return layout


def _children(parent: Any, layout: Layout, numbering: _Numbering, styles: dict[str, str]) -> None:
    for element in parent.iterchildren():
        if element.tag == qn("w:p"):
            _paragraph(element, layout, numbering, styles)
        elif element.tag == qn("w:tbl"):
            _table(element, layout, numbering)
        elif element.tag == qn("w:sdt"):
            content = element.find(qn("w:sdtContent"))
            if content is not None:
                _children(content, layout, numbering, styles)


def _paragraph(element: Any, layout: Layout, numbering: _Numbering, styles: dict[str, str]) -> None:
    style_element = element.find(f"{_W}pPr/{_W}pStyle")
    style_id = style_element.get(qn("w:val")) if style_element is not None else ""
    style = styles.get(style_id, "")
    marker = numbering.marker(element, style_id)
    text = _text(element)
    if not text.strip():
        return
    level = _heading_level(style)
    kind = "heading" if level is not None else "list_item" if marker else "paragraph"
    for number, line in enumerate(text.split("\n")):
        layout.add(
            (marker if number == 0 else "") + line.strip(),
            kind if number == 0 else "paragraph",
            level if number == 0 else None,
        )


def _heading_level(style: str) -> int | None:
    lowered = style.lower()
    if lowered in ("title", "标题"):
        return 0
    for prefix in ("heading ", "标题 "):
        if lowered.startswith(prefix) and lowered[len(prefix) :].strip().isdigit():
            return int(lowered[len(prefix) :])
    return None


def _text(element: Any) -> str:
    """Runs, breaks and tabs of a paragraph; text deleted under tracked changes and field codes are left out, text boxes kept."""
    parts: list[str] = []
    for node in element.iter():
        tag = node.tag
        if tag == qn("w:t"):
            parts.append(node.text or "")
        elif tag == qn("w:tab"):
            if node.getparent() is not None and node.getparent().tag == qn("w:r"):
                parts.append(" ")
        elif tag in (qn("w:br"), qn("w:cr")):
            parts.append("\n" if node.get(qn("w:type")) in (None, "textWrapping") else "")
        elif tag == qn("w:noBreakHyphen"):
            parts.append("-")
    return "".join(parts)


def _table(table: Any, layout: Layout, numbering: _Numbering) -> None:
    number = layout.new_table()
    spans: dict[int, list[Any]] = {}
    cells: list[list[Any]] = []
    for row_index, row in enumerate(table.findall(qn("w:tr"))):
        properties = row.find(qn("w:trPr"))
        header = properties is not None and properties.find(qn("w:tblHeader")) is not None
        before = properties.find(qn("w:gridBefore")) if properties is not None else None
        column = int(before.get(qn("w:val"))) if before is not None else 0
        for cell in _cells_of(row):
            cell_properties = cell.find(qn("w:tcPr"))
            width = 1
            merge = None
            if cell_properties is not None:
                span = cell_properties.find(qn("w:gridSpan"))
                width = int(span.get(qn("w:val"))) if span is not None else 1
                merge = cell_properties.find(qn("w:vMerge"))
            if merge is not None and merge.get(qn("w:val")) != "restart" and column in spans:
                spans[column][3] += 1
            else:
                entry: list[Any] = [cell, row_index, column, 1, width, header]
                cells.append(entry)
                if merge is not None:
                    spans[column] = entry
                else:
                    spans.pop(column, None)
            column += width
    for cell, row_index, column, rows, width, header in cells:
        inner = cell.findall(qn("w:tbl"))
        lines = []
        for paragraph in cell.iter(qn("w:p")):
            if any(paragraph in list(t.iter(qn("w:p"))) for t in inner):
                continue
            marker = numbering.marker(paragraph, "")
            line = _text(paragraph).strip()
            if line:
                lines.append(marker + line)
        layout.add("\n".join(lines), "cell", None, number, row_index, column, rows, width, header)
        for nested in inner:
            _table(nested, layout, numbering)


def _cells_of(row: Any) -> list[Any]:
    found = []
    for element in row.iterchildren():
        if element.tag == qn("w:tc"):
            found.append(element)
        elif element.tag == qn("w:sdt"):
            content = element.find(qn("w:sdtContent"))
            if content is not None:
                found.extend(content.findall(qn("w:tc")))
    return found


class _Numbering:
    """List numbers that Word computes and never stores: written out as the reader sees them."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self.abstract: dict[str, str] = {}
        self.counts: dict[tuple[str, int], int] = {}
        self.style_numbers: dict[str, tuple[str, int]] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            root = None
        if root is not None:
            for abstract in root.findall(qn("w:abstractNum")):
                key = abstract.get(qn("w:abstractNumId"))
                for level in abstract.findall(qn("w:lvl")):
                    depth = int(level.get(qn("w:ilvl")))
                    form, words, first = (
                        level.find(qn("w:numFmt")),
                        level.find(qn("w:lvlText")),
                        level.find(qn("w:start")),
                    )
                    self.levels[key, depth] = (
                        form.get(qn("w:val")) if form is not None else "decimal",
                        words.get(qn("w:val")) or "" if words is not None else "",
                        int(first.get(qn("w:val"))) if first is not None else 1,
                    )
            for concrete in root.findall(qn("w:num")):
                link = concrete.find(qn("w:abstractNumId"))
                if link is not None:
                    self.abstract[concrete.get(qn("w:numId"))] = link.get(qn("w:val"))
        for style in document.styles.element.findall(qn("w:style")):
            properties = style.find(f"{_W}pPr/{_W}numPr")
            if properties is not None:
                identity, depth = properties.find(qn("w:numId")), properties.find(qn("w:ilvl"))
                if identity is not None:
                    self.style_numbers[style.get(qn("w:styleId"))] = (
                        identity.get(qn("w:val")),
                        int(depth.get(qn("w:val"))) if depth is not None else 0,
                    )

    def marker(self, paragraph: Any, style: str) -> str:
        properties = paragraph.find(f"{_W}pPr/{_W}numPr")
        if properties is not None:
            identity, depth_element = properties.find(qn("w:numId")), properties.find(qn("w:ilvl"))
            number = identity.get(qn("w:val")) if identity is not None else self.style_numbers.get(style, ("", 0))[0]
            depth = int(depth_element.get(qn("w:val"))) if depth_element is not None else 0
        elif style in self.style_numbers:
            number, depth = self.style_numbers[style]
        else:
            return ""
        abstract = self.abstract.get(number or "")
        if abstract is None or (abstract, depth) not in self.levels or not _text(paragraph).strip():
            return ""
        _, words, first = self.levels[abstract, depth]
        key = (abstract, depth)
        self.counts[key] = self.counts.get(key, first - 1) + 1
        for deeper in [k for k in self.counts if k[0] == abstract and k[1] > depth]:
            del self.counts[deeper]
        rendered = words
        for place in range(depth + 1):
            level = self.levels.get((abstract, place))
            if level is not None:
                rendered = rendered.replace(
                    f"%{place + 1}", _numeral(self.counts.get((abstract, place), level[2]), level[0])
                )
        return rendered if any(sign.isalnum() for sign in rendered) else ""


def _numeral(count: int, form: str) -> str:
    if form in (
        "chineseCounting",
        "chineseCountingThousand",
        "ideographTraditional",
        "taiwaneseCountingThousand",
        "japaneseCounting",
        "chineseLegalSimplified",
        "taiwaneseCounting",
    ):
        return _chinese(count)
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= count <= 20:
        return chr(0x245F + count)
    if form == "lowerLetter":
        return chr(96 + count) if count <= 26 else str(count)
    if form == "upperLetter":
        return chr(64 + count) if count <= 26 else str(count)
    if form in ("bullet", "none"):
        return ""
    if form == "decimalFullWidth":
        return "".join(chr(ord(c) + 0xFEE0) for c in str(count))
    return str(count)


def _chinese(count: int) -> str:
    if count < 10:
        return _CHINESE[count]
    if count < 100:
        tens, rest = divmod(count, 10)
        return (_CHINESE[tens] if tens > 1 else "") + "十" + (_CHINESE[rest] if rest else "")
    return str(count)
