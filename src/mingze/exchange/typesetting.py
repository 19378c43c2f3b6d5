"""Pages set by Typst, in this process: words reach the page as data, never as markup, and nothing is fetched.

    a fixed page + data ──► Typst ──► PDF, tagged for screen readers, equal bytes for equal data and time

A page needs a Chinese typeface of the system; without one there is none, because a page of empty boxes is worse than none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final, Literal

import typst

TYPEFACES: Final = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "PingFang SC",
    "Microsoft YaHei",
)
"""Chinese typefaces that are looked for, the first one found being used."""


class PdfUnavailable(Exception):
    """No page can be made: `no_font` (no Chinese typeface is installed); worded as ``receipt-pdf-<code>``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def typeset(page: str, name: str, data: Mapping[str, Any], made_at: datetime) -> bytes:
    """The PDF of a page that reads `name` (and the typeface in it) from its inputs.

    Raises PdfUnavailable.
    """
    fonts, typeface = _fonts()
    told = {name: json.dumps({**data, "typeface": typeface}, ensure_ascii=False)}
    try:
        made = _compiled(fonts, page, told, made_at, ["ua-1"])
    except typst.TypstError:  # a rare character that no typeface here has: PDF/UA refuses it, paper shows a box
        made = _compiled(fonts, page, told, made_at, [])
    if not isinstance(made, bytes):
        raise TypeError("one file was expected")
    return made


def _compiled(
    fonts: typst.Fonts, page: str, told: dict[str, str], made_at: datetime, standards: list[Literal["ua-1"]]
) -> object:
    return typst.compile(
        page.encode(), font_paths=fonts, sys_inputs=told, pdf_standards=list(standards), timestamp=made_at
    )


@cache
def _fonts() -> tuple[typst.Fonts, str]:
    """The system's typefaces, read once, and the Chinese one to use."""
    fonts = typst.Fonts()
    families = set(fonts.families())
    for name in TYPEFACES:
        if name in families:
            return fonts, name
    raise PdfUnavailable("no_font")
