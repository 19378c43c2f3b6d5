"""Web pages: the document inside the page. Navigation and sharing bars are kept as furniture; scripts and styles are no text."""

from __future__ import annotations

import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from mingze.exchange.reading.layout import Layout

_SILENT = "script, style, noscript, template, select, iframe, svg, head"
_FURNITURE = (
    "nav, header, footer, aside, form, button, .share"
    ", .nav, .menu, .breadcrumb, .crumb, .position, .footer, .header, .sidebar, .related, .xgwd, .print, .bdsharebu"
    "ttonbox, #footer, #header, #nav"
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "center",
        "td",
        "th",
        "tr",
        "table",
        "tbody",
        "thead",
        "body",
        "html",
        "address",
        "figure",
        "figcaption",
    ]
)
_SPACE = re.compile(r"[ \t\r\n\f]+")


def read_page(markup: str) -> Layout:
    """The visible document of an HTML page, one block per line, tables as cells with their header rows."""
    tree = LexborHTMLParser(markup)
    for node in tree.css(_SILENT):
        node.decompose()
    layout = Layout()
    root = tree.body or tree.root
    if root is not None:
        _walk(root, layout, frozenset(node.mem_id for node in tree.css(_FURNITURE)))
    return layout


def _walk(node: Any, layout: Layout, furniture: frozenset[int]) -> None:
    buffer: list[str] = []

    def flush(kind: str = "paragraph", level: int | None = None) -> None:
        text = "".join(buffer)
        buffer.clear()
        for line in text.split("\n"):
            layout.add(_SPACE.sub(" ", line), kind, level)

    def visit(current: Any) -> None:
        child = current.child
        while child is not None:
            tag = child.tag
            if child.mem_id in furniture:
                flush()
                aside = Layout()
                _walk(child, aside, frozenset())
                for line in aside.text.split("\n"):
                    layout.add(line, "furniture")
            elif tag == "-text":
                buffer.append(
                    _SPACE.sub(" ", child.text(deep=False) if child.text(deep=False) else child.text_content or "")
                )
            elif tag == "br":
                buffer.append("\n")
            elif tag == "table":
                flush()
                _table(child, layout, furniture)
            elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                flush()
                visit(child)
                flush("heading", int(tag[1]))
            elif tag in _BLOCKS:
                flush()
                number = _place(child) if tag == "li" and child.parent is not None and child.parent.tag == "ol" else ""
                buffer.append(number)
                visit(child)
                if buffer == [number]:
                    buffer.clear()
                flush("list_item" if tag == "li" else "paragraph")
            elif tag and not tag.startswith(("-", "!", "_")):
                visit(child)
            child = child.next

    visit(node)
    flush()


def _place(item: Any) -> str:
    """The number a browser shows before an item of an ordered list."""
    place, earlier = 1, item.prev
    while earlier is not None:
        place += earlier.tag == "li"
        earlier = earlier.prev
    return f"{place}."


def _table(table: Any, layout: Layout, furniture: frozenset[int]) -> None:
    rows = [r for r in table.css("tr") if _own(r, table)]
    width = max((len([c for c in r.iter() if c.tag in ("td", "th")]) for r in rows), default=0)
    if width <= 1 or len(rows) <= 1:
        for row in rows:
            for cell in row.iter():
                if cell.tag in ("td", "th"):
                    _walk(cell, layout, furniture)
        return
    number = layout.new_table()
    taken: set[tuple[int, int]] = set()
    for row_index, row in enumerate(rows):
        column = 0
        cells = [c for c in row.iter() if c.tag in ("td", "th")]
        for cell in cells:
            while (row_index, column) in taken:
                column += 1
            across, down = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - row_index)
            for r in range(row_index, row_index + down):
                for c in range(column, column + across):
                    taken.add((r, c))
            inner = Layout()
            _walk(cell, inner, furniture)
            layout.add(
                inner.text.strip(),
                "cell",
                None,
                number,
                row_index,
                column,
                down,
                across,
                all(c.tag == "th" for c in cells),
            )
            column += across


def _own(row: Any, table: Any) -> bool:
    parent = row.parent
    while parent is not None and parent.tag != "table":
        parent = parent.parent
    return parent is not None and parent.mem_id == table.mem_id


def _span(cell: Any, name: str) -> int:
    value = (cell.attributes.get(name) or "1").strip()
    return max(1, min(int(value), 1000)) if value.isdigit() else 1
