"""Spreadsheets: each sheet a table, merged cells once, numbers as they are shown, formulas by their stored result."""

from __future__ import annotations

import datetime
import io
from typing import Any

from openpyxl import load_workbook

from mingze.exchange.reading.archive import examined
from mingze.exchange.reading.errors import ReadingError
from mingze.exchange.reading.layout import Layout
from mingze.exchange.reading.limits import LIMITS


def read_sheet(data: bytes) -> Layout:
    """The visible sheets of an .xlsx in order. Raises `broken`, `too-long` and what `examined` raises."""
    archive = examined(data)
    if "xl/workbook.xml" not in archive.namelist():
        raise ReadingError("wrong-extension", found="zip")
    try:
        book: Any = load_workbook(io.BytesIO(data), data_only=True, keep_links=False, keep_vba=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except Exception as error:  # openpyxl raises whatever the XML makes it meet
        raise ReadingError("broken") from error
    layout = Layout()
    for sheet in sheets:
        if sheet.max_row * sheet.max_column > LIMITS.cells * 20:
            raise ReadingError("too-long", limit=LIMITS.cells)
        merged = {
            (r.min_row, r.min_col): (r.max_row - r.min_row + 1, r.max_col - r.min_col + 1)
            for r in sheet.merged_cells.ranges
        }
        number = layout.new_table()
        written = 0
        for row_index, row in enumerate(sheet.iter_rows()):
            for cell in row:
                if cell.value is None:
                    continue
                written += 1
                if written > LIMITS.cells:
                    raise ReadingError("too-long", limit=LIMITS.cells)
                rows, columns = merged.get((cell.row, cell.column), (1, 1))
                layout.add(_shown(cell), "cell", None, number, row_index, cell.column - 1, rows, columns)
    return layout


def _shown(cell: Any) -> str:
    value = cell.value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        if "%" in (cell.number_format or ""):
            return f"{value * 100:.10g}%"
        return f"{value:.10g}"
    if isinstance(value, int) and "%" in (cell.number_format or ""):
        return f"{value * 100}%"
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)
