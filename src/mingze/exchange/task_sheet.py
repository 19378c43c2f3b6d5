"""任务分解表: the table of responsibilities that offices pass round, written from the review and read back into it.

    序号 | 任务内容 | 量化指标 | 牵头单位 | 配合单位 | 完成时限 | 什么算完成 | … | 编号

A sheet that comes back is matched by its last column, never by the order of its lines: lines may be sorted, filtered or
left out. Only cells that differ from what was written count as changes. All cells are text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter

from mingze.exchange.paper import text_cell
from mingze.exchange.reading import LIMITS, ReadingError
from mingze.exchange.reading.archive import examined
from mingze.words import LANGUAGES, say

PARTS: Final = ("words", "indicator", "lead", "supporting", "deadline", "evidence_rule")
"""What a line says, in the order of the columns; everything but the words may be changed in the sheet."""

PROGRESS: Final = ("stage", "reported", "verified")
_WIDTHS: Final = {"number": 6, "words": 52, "indicator": 26, "lead": 18, "supporting": 24, "deadline": 16, "evidence_rule": 26,
                  "stage": 16, "reported": 14, "verified": 14, "id": 24}  # fmt: skip
_SPLIT: Final = re.compile(r"[、,，;；\s]+")
_DAY: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


class SheetError(Exception):
    """The file is not such a table: `no_columns` (which are missing), `no_lines`, `twice` (an id on two lines), or a
    code of `ReadingError`; worded as ``task-sheet-<code>`` or ``reading-<code>``."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(f"{code} {values}")
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: its place in the file (0 before it is in one), its id and its cells by part."""

    id: str
    cells: Mapping[str, str]
    at: int = 0


def write_sheet(
    title: str, under: str, lines: Iterable[Line], lang: str, made_at: datetime, progress: bool = False
) -> bytes:
    """The workbook: title, header, one line each, the id last in quiet ink. `progress` adds where each stands."""
    book = Workbook()
    when = made_at.replace(tzinfo=None)
    book.properties.created = book.properties.modified = when
    book.properties.title = title
    sheet: Any = book.active
    sheet.title = say("task-sheet-name", lang)
    columns = ("number", *PARTS, *(PROGRESS if progress else ()), "id")
    for row, words in ((1, title), (2, under)):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(columns))
        cell = text_cell(sheet.cell(row, 1), words)
        cell.font = Font(name="SimHei" if row == 1 else "FangSong", size=18 if row == 1 else 11, bold=row == 1)
        cell.alignment = Alignment(horizontal="center", wrap_text=True)
    thin = Side(style="thin", color="808080")
    for place, name in enumerate(columns, 1):
        cell = text_cell(sheet.cell(3, place), say(f"task-sheet-{name}", lang))
        cell.font, cell.border = Font(name="SimHei", bold=True), Border(thin, thin, thin, thin)
        cell.fill = PatternFill("solid", fgColor="F2F4F2")
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS[name]
    for row, line in enumerate(lines, 4):
        for place, name in enumerate(columns, 1):
            words = str(row - 3) if name == "number" else line.id if name == "id" else line.cells.get(name, "")
            cell = text_cell(sheet.cell(row, place), words)
            cell.border = Border(thin, thin, thin, thin)
            cell.font = Font(name="FangSong", size=11, color="808080" if name == "id" else "000000")
            cell.protection = Protection(locked=name in ("number", "words", "id"))
    sheet.freeze_panes = "C4"
    sheet.print_title_rows = "3:3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def read_sheet_lines(data: bytes) -> list[Line]:
    """The lines of a table that came back, those with an id, in the order of the file. Raises SheetError."""
    try:
        archive = examined(data)
    except ReadingError as error:
        raise SheetError(error.code, **error.values) from error
    if "xl/workbook.xml" not in archive.namelist():
        raise SheetError("wrong-extension", found="zip")
    try:
        book: Any = load_workbook(BytesIO(data), data_only=True, keep_links=False, keep_vba=False, read_only=True)
        grid = [list(row) for row in _rows(book.worksheets[0])]
    except SheetError:
        raise
    except Exception as error:  # openpyxl raises whatever the XML makes it meet
        raise SheetError("broken") from error
    header, places = _header(grid)
    lines: dict[str, Line] = {}
    for at, row in enumerate(grid[header + 1 :], header + 2):
        cells = {name: _text(row[place]) if place < len(row) else "" for name, place in places.items()}
        if not cells["id"]:
            continue
        if cells["id"] in lines:
            raise SheetError("twice", line=at, first=lines[cells["id"]].at)
        lines[cells["id"]] = Line(cells["id"], {part: cells[part] for part in PARTS}, at)
    if not lines:
        raise SheetError("no_lines")
    return list(lines.values())


def _rows(sheet: Any) -> Iterable[Sequence[Any]]:
    written = 0
    for row in sheet.iter_rows(values_only=True, max_col=40):
        written += sum(value is not None for value in row)
        if written > LIMITS.cells:
            raise SheetError("too-long", limit=LIMITS.cells)
        yield row


def _header(grid: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]]:
    """The line that names the columns, in either language, and where each stands."""
    known = {say(f"task-sheet-{name}", lang): name for lang in LANGUAGES for name in (*PARTS, "id")}
    best: dict[str, int] = {}
    for at, row in enumerate(grid[:20]):
        places = {known[text]: place for place, value in enumerate(row) if (text := _text(value)) in known}
        if len(places) == len(PARTS) + 1:
            return at, places
        best = max(best, places, key=len)
    missing = [name for name in (*PARTS, "id") if name not in best]
    raise SheetError("no_columns", missing=missing)


def _text(value: Any) -> str:
    if isinstance(value, datetime | date):
        return f"{value.year}-{value.month:02}-{value.day:02}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def names_in(cell: str) -> list[str]:
    """The offices a cell names: separated by 、 or commas, semicolons, spaces or line ends.

    >>> names_in("区教育局、区民政局，白石镇")
    ['区教育局', '区民政局', '白石镇']
    """
    return [name for name in _SPLIT.split(cell.strip()) if name]


def day_in(cell: str) -> date | None:
    """The day a cell says, as people and spreadsheets write it; None for anything else.

    >>> day_in("2026年12月5日"), day_in("2026-12-05"), day_in("年底前")
    (datetime.date(2026, 12, 5), datetime.date(2026, 12, 5), None)
    """
    found = _DAY.fullmatch(cell.strip())
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
