"""A paper of paragraphs and tables, as offices send them: one content, as Word file, PDF and workbook.

    Paper ──► to_docx   editable, in the measures of official documents (GB/T 9704-2012: A4, 156 × 225 mm of type)
          ├─► to_pdf    the same page, set and tagged
          └─► to_xlsx   a sheet of the words and one for each table, for those who count further

The same paper gives the same words in all three. A cell that a spreadsheet would run is text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from mingze.exchange.typesetting import typeset

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF: Final = "application/pdf"

_SHEET_NAME: Final = re.compile(r"[\[\]:*?/\\']")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class Table:
    """A table with its caption; `empty` is said in its place when it has no rows. `widths` are shares of the line."""

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    empty: str
    widths: Sequence[int]

    @property
    def labelled(self) -> list[list[tuple[str, str]]]:
        """The rows, each cell with the head of its column: a phone shows them one under the other."""
        return [list(zip(row, self.header, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Paper:
    """What stands on the paper, in the language of the reader, from top to bottom."""

    lang: str
    over: str
    title: str
    under: str
    paragraphs: Sequence[str]
    tables: Sequence[Table]
    foot: Sequence[str]


def to_pdf(paper: Paper, made_at: datetime) -> bytes:
    """The paper as PDF. Equal papers and times give equal bytes. Raises PdfUnavailable."""
    return typeset(_PAGE, "paper", asdict(paper), made_at)


def to_docx(paper: Paper, made_at: datetime) -> bytes:
    """The paper as a Word file; headings are headings and header rows repeat on each page."""
    made = docx.Document()
    _properties(made.core_properties, paper, made_at)
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(37),
        Mm(35),
        Mm(28),
        Mm(26),
    )
    _face(made.styles["Normal"], "FangSong", "仿宋_GB2312", 14 if paper.lang == "en" else 16)
    for level, size in ((0, 22), (1, 16)):
        name = "Title" if level == 0 else f"Heading {level}"
        _face(made.styles[name], "SimHei", "黑体", size)
    over = made.add_paragraph(paper.over)
    over.alignment = WD_ALIGN_PARAGRAPH.CENTER
    made.add_paragraph(paper.title, style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    made.add_paragraph(paper.under).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words in paper.paragraphs:
        made.add_paragraph(_clean(words))
    for table in paper.tables:
        made.add_heading(_clean(table.caption), level=1)
        if not table.rows:
            made.add_paragraph(table.empty)
            continue
        _table(made, table)
    for words in paper.foot:
        for run in made.add_paragraph(_clean(words)).runs:
            run.font.size = Pt(10.5)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _table(made: Any, table: Table) -> None:
    grid = made.add_table(rows=1, cols=len(table.header), style="Table Grid")
    total, room = sum(table.widths), 156
    for place, words in enumerate(table.header):
        _cell(grid.rows[0].cells[place], words, bold=True)
    repeated = grid.rows[0]._tr.get_or_add_trPr().makeelement(qn("w:tblHeader"), {qn("w:val"): "true"})
    grid.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in table.rows:
        cells = grid.add_row().cells
        for place, words in enumerate(row):
            _cell(cells[place], words)
    for place, share in enumerate(table.widths):
        for row in grid.rows:
            row.cells[place].width = Mm(room * share / total)


def _cell(cell: Any, words: str, bold: bool = False) -> None:
    cell.text = _clean(words)
    for run in cell.paragraphs[0].runs:
        run.font.size, run.font.bold = Pt(10.5), bold


def _face(style: Any, latin: str, chinese: str, points: float) -> None:
    style.font.name, style.font.size = latin, Pt(points)
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), chinese)


def _properties(properties: Any, paper: Paper, made_at: datetime) -> None:
    when = made_at.astimezone(UTC).replace(tzinfo=None)
    properties.author, properties.title = paper.over, paper.title
    properties.created = properties.modified = when
    properties.language = "en" if paper.lang == "en" else "zh-CN"


def to_xlsx(paper: Paper, made_at: datetime) -> bytes:
    """The paper as a workbook: first the words, then a sheet for each table with its header frozen."""
    book = Workbook()
    when = made_at.astimezone(UTC).replace(tzinfo=None)
    book.properties.creator, book.properties.title = paper.over, paper.title
    book.properties.created = book.properties.modified = when
    sheet: Any = book.active
    sheet.title = _sheet_name(paper.title, set())
    sheet.column_dimensions["A"].width = 100
    for place, words in enumerate((paper.over, paper.title, paper.under, *paper.paragraphs, "", *paper.foot), 1):
        cell = text_cell(sheet.cell(place, 1), words)
        cell.font = Font(bold=place == 2, size=16 if place == 2 else 11)
    taken = {sheet.title}
    for table in paper.tables:
        fill_sheet(book.create_sheet(_sheet_name(table.caption, taken)), table)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def fill_sheet(sheet: Any, table: Table) -> None:
    """Write a table into a sheet: caption, header, rows, all of them text."""
    thin = Side(style="thin", color="999999")
    text_cell(sheet.cell(1, 1), table.caption).font = Font(bold=True, size=14)
    for at, row in enumerate([table.header, *table.rows], 2):
        for place, words in enumerate(row, 1):
            cell = text_cell(sheet.cell(at, place), words)
            cell.border = Border(thin, thin, thin, thin)
            cell.font = Font(bold=at == 2)
    if not table.rows:
        text_cell(sheet.cell(3, 1), table.empty)
    for place, share in enumerate(table.widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = max(8, share * 2)
    sheet.freeze_panes = "A3"


def text_cell(cell: Any, words: str) -> Any:
    """Put words into a cell as text: nothing in it is ever a formula."""
    cell.value = _clean(words)
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _clean(words: str) -> str:
    """Words without the control characters that no office file can hold."""
    return _CONTROL.sub("", words)


def _sheet_name(words: str, taken: set[str]) -> str:
    """A name a workbook allows (31 characters, some signs not), unlike those taken."""
    name = _SHEET_NAME.sub(" ", words)[:28].strip() or "1"
    found = next(each for each in (name, *(f"{name} {n}" for n in range(2, 100))) if each not in taken)
    taken.add(found)
    return found


_PAGE: Final = r"""
#let p = json(bytes(sys.inputs.paper))
#let quiet = rgb("#5b5b5b")
#set document(title: p.title, author: p.over)
#set text(font: (p.typeface,), lang: if p.lang == "en" { "en" } else { "zh" }, size: 11pt, cjk-latin-spacing: none)
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), numbering: "— 1 —")
#set par(leading: 0.85em, justify: true)
#show heading: it => text(size: if it.level == 1 { 20pt } else { 13pt }, weight: "bold", it.body)
#show table.cell: set text(size: 9.5pt)
#show table.cell: set par(justify: false)

#align(center)[
  #p.over
  #v(2pt)
  #heading(level: 1, p.title)
  #v(2pt)
  #text(fill: quiet, p.under)
]
#v(8pt)
#for words in p.paragraphs [
  #words
  #parbreak()
]
#for t in p.tables [
  #v(10pt)
  #heading(level: 2, t.caption)
  #v(4pt)
  #if t.rows.len() == 0 [
    #t.empty
  ] else {
    table(
      columns: t.widths.map(w => w * 1fr),
      stroke: 0.4pt + quiet,
      inset: (x: 5pt, y: 5pt),
      align: left,
      table.header(..t.header.map(h => table.cell(fill: rgb("#f2f4f2"))[#strong(h)])),
      ..t.rows.flatten().map(c => [#c]),
    )
  }
]
#v(12pt)
#for words in p.foot [
  #text(size: 8.5pt, fill: quiet, words)
  #parbreak()
]
"""
