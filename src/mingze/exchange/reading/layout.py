"""Laying out: pieces of a structured file written one under the other, each remembered as a block with its offsets."""

from __future__ import annotations

from mingze.documents import Block
from mingze.exchange.reading.errors import ReadingError
from mingze.exchange.reading.limits import LIMITS


class Layout:
    """The text as read, growing: a paragraph or table cell per line, in reading order."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self.length = 0
        self.tables = 0

    def add(
        self,
        text: str,
        kind: str = "paragraph",
        level: int | None = None,
        table: int | None = None,
        row: int | None = None,
        column: int | None = None,
        rows: int = 1,
        columns: int = 1,
        header: bool = False,
    ) -> None:
        """Append one block; an empty one is not written (a merged or blank cell leaves no line)."""
        body = "\n".join(line.strip(" \t\r\u3000\xa0") for line in text.split("\n")).strip()
        if not body:
            return
        start = self.length
        self.parts.append(body + "\n")
        self.length += len(body) + 1
        if self.length > LIMITS.characters:
            raise ReadingError("too-long", limit=LIMITS.characters)
        self.blocks.append(Block(start, start + len(body), kind, level, table, row, column, rows, columns, header))

    def new_table(self) -> int:
        self.tables += 1
        return self.tables - 1

    @property
    def text(self) -> str:
        return "".join(self.parts)
