"""Layout of plain text: lines as blocks, drawn tables (pipes, tabs) as cells.

File readers know the structure and hand it over; pasted text shows it only by lines. Every offset is into the text as read.
"""

from __future__ import annotations

import re
from dataclasses import replace

from mingze.documents import columns
from mingze.documents.decomposition import Block

_RULE = re.compile(r"^[\s|+:\-—─┄=┌┐└┘├┤┬┴┼]+$")


def blocks_of(text: str) -> list[Block]:
    """One block per line that has any sign; rows of pipe or tab tables become cells, their first row the header."""
    lines: list[tuple[int, int]] = []
    start = 0
    for line in text.splitlines(keepends=True):
        lines.append((start, start + len(line)))
        start += len(line)
    found: list[Block] = []
    table = 0
    index = 0
    while index < len(lines):
        begin, end = lines[index]
        separator = _separator(text[begin:end])
        if separator:
            stop = index
            rows: list[list[tuple[int, int]]] = []
            while stop < len(lines) and (
                _separator(text[slice(*lines[stop])]) == separator or _RULE.match(text[slice(*lines[stop])])
            ):
                if text[slice(*lines[stop])].strip() == "":
                    break
                cells = _cells(text, *lines[stop], separator)
                if cells:
                    rows.append(cells)
                stop += 1
                title = _title_between(text, lines, stop, separator)
                if rows and title is not None:
                    rows.append([title])
                    stop += 1
            if len(rows) >= 2:
                for number, cells in enumerate(rows):
                    for column, (a, b) in enumerate(cells):
                        if b > a:
                            found.append(
                                Block(a, b, "cell", table=table, row=number, column=column, header=number == 0)
                            )
                table += 1
                index = stop
                continue
        if text[begin:end].strip():
            found.append(Block(begin, end))
        index += 1
    return found


def _title_between(text: str, lines: list[tuple[int, int]], at: int, separator: str) -> tuple[int, int] | None:
    """A section title that stands alone between two rows (二、城乡建设) is a row of its own; one before a new header is not."""
    if at + 1 >= len(lines) or _separator(text[slice(*lines[at + 1])]) != separator:
        return None
    begin, end = lines[at]
    words = text[begin:end].strip()
    following = [text[a:b].strip() for a, b in _cells(text, *lines[at + 1], separator)]
    if not _SECTION_ROW.match(words) or columns.is_header(following):
        return None
    start = begin + len(text[begin:end]) - len(text[begin:end].lstrip())
    return start, start + len(words)


LONGEST_BLOCK = 3_000
"""Characters of a line that are read at once; a longer line is read in parts, cut at a stop or a comma."""


def bounded(text: str, blocks: list[Block]) -> list[Block]:
    """The blocks with over-long ones cut, so that no line, however long, takes more than its share of time."""
    if all(block.end - block.start <= LONGEST_BLOCK for block in blocks):
        return blocks
    found: list[Block] = []
    for block in blocks:
        start = block.start
        while block.end - start > LONGEST_BLOCK:
            limit = start + LONGEST_BLOCK
            cut = max(text.rfind(sign, start + LONGEST_BLOCK // 2, limit) for sign in "。；\n")
            if cut < 0:
                cut = max(text.rfind(sign, start + LONGEST_BLOCK // 2, limit) for sign in "，,")
            stop = cut + 1 if cut >= 0 else limit
            found.append(replace(block, start=start, end=stop))
            start = stop
        found.append(replace(block, start=start))
    return found


_NUMBER_COLUMN = re.compile(r"(?:序号|编号|序|项次)$")
_ROW_NUMBER = re.compile(r"\d{1,3}[.、]?$")
_SECTION_ROW = re.compile(r"(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)[^。；，]{1,30}$")


def tabled(text: str, blocks: list[Block]) -> list[Block]:
    """A table pasted cell by cell, one cell to a line, told by its header lines (序号, 任务, 牵头单位 …), made cells again.

    Only a table that counts its rows is taken, and only as far as every row has as many cells as the header: a missing cell would
    otherwise move an office to the task of another.
    """
    found = list(blocks)
    table = max((b.table for b in blocks if b.table is not None), default=-1) + 1
    words = [text[b.start : b.end].strip().rstrip("|｜").strip() if b.table is None else "" for b in blocks]
    index = 0
    while index < len(blocks):
        if not _NUMBER_COLUMN.match(words[index]):
            index += 1
            continue
        first = index
        while index < len(words) and 0 < len(words[index]) <= 16 and not _row_begins(words, index):
            index += 1
        header = words[first:index]
        width = len(header)
        roles = [columns.role_of(w) for w in header]
        if not 3 <= width <= 10 or not {"lead", "list", "deadline"} & set(roles) or "task" not in roles:
            index = first + 1
            continue
        cells: list[tuple[int, int, int, int]] = [(first + c, 0, c, 1) for c in range(width)]
        row = 1
        expected = 1
        while index < len(words):
            if _ROW_NUMBER.match(words[index]) and int(words[index].rstrip(".、")) == expected:
                stop = index + width
                if stop > len(words) or any(blocks[i].table is not None for i in range(index, stop)):
                    break
                if any(_row_begins(words, i, expected + 1) for i in range(index + 1, stop)):
                    break
                cells += [(index + c, row, c, 1) for c in range(width)]
                expected += 1
                index = stop
            elif index + 1 < len(words) and _counts(words[index + 1], expected) and blocks[index].table is None:
                cells.append((index, row, 0, width))
                index += 1
            else:
                break
            row += 1
        if expected > 2:
            for at, number, column, span in cells:
                block = blocks[at]
                end = block.end
                while end > block.start and text[end - 1] in "|｜ \u3000\r\n\t":
                    end -= 1
                found[at] = replace(
                    block,
                    end=end,
                    kind="cell",
                    table=table,
                    row=number,
                    column=column,
                    columns=span,
                    header=number == 0,
                )
            table += 1
    return found


def _counts(words: str, expected: int) -> bool:
    return bool(_ROW_NUMBER.match(words)) and int(words.rstrip(".、")) == expected


def _row_begins(words: list[str], index: int, expected: int = 1) -> bool:
    """The row of that number, or a section title that stands directly above it."""
    return _counts(words[index], expected) or bool(
        _SECTION_ROW.match(words[index]) and index + 1 < len(words) and _counts(words[index + 1], expected)
    )


def _separator(line: str) -> str:
    if line.count("|") >= 3 or line.count("｜") >= 3:
        stripped = line.strip()
        if stripped[:1] in "|｜" or stripped[-1:] in "|｜" or line.count("|") >= 4:
            return "|" if "|" in line else "｜"
    return "\t" if line.strip("\n").strip(" ").count("\t") >= 2 else ""


def _cells(text: str, begin: int, end: int, separator: str) -> list[tuple[int, int]]:
    line = text[begin:end]
    if _RULE.match(line):
        return []
    while end > begin and text[end - 1] in "\r\n":
        end -= 1
    if separator != "\t":
        while begin < end and text[begin].isspace():
            begin += 1
        if text[begin:end].startswith(separator):
            begin += 1
        while end > begin and text[end - 1].isspace():
            end -= 1
        if text[begin:end].endswith(separator):
            end -= 1
    cells: list[tuple[int, int]] = []
    start = begin
    for at in range(begin, end + 1):
        if at == end or text[at] == separator:
            cells.append((start, at))
            start = at + 1
    return cells
