"""A view is a passage folded for reading: widths, quotes and spaces unified, each character still knowing where it stood.

Official texts mix ASCII and full-width commas, brackets and digits inside one sentence, and converters sprinkle spaces
and zero-width marks between characters. The grammars below this room read the folded string; every span they find is
handed back in code points of the text as read, so that a quotation is always the document's own words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mingze.documents.variants import SIMPLIFIED

_DROPPED = frozenset("\u200b\u200c\u200d\u2060\ufeff\xad")

_FOLDS: dict[str, str] = {
    **{chr(c): str(int(chr(c))) for c in (*range(0x660, 0xFF10), *range(0x1D7CE, 0x1D800)) if chr(c).isdecimal()},
    **{chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)},
    **SIMPLIFIED,
    **dict.fromkeys("“„‟「『〝", "“"),
    **dict.fromkeys("”」』〞", "”"),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("([（〔【［〖", "（"),
    **dict.fromkeys(")]）〕】］〗", "）"),
    **dict.fromkeys("‐‑‒–—―－﹣", "—"),
    **dict.fromkeys("~～〜∼", "～"),
    **dict.fromkeys(";；﹔", "；"),
    **dict.fromkeys("!！", "！"),
    **dict.fromkeys("?？", "？"),
    **dict.fromkeys("､﹑", "、"),
    **dict.fromkeys("•·●■◆▪‧・", "·"),
    "≧": "≥",
    "≦": "≤",
    "﹪": "%",
    "％": "%",
    "㎡": "㎡",
    "，": "，",
    "：": "：",
    "．": ".",
    "。": "。",
    "｡": "。",
}
_GAP = "\x00"
_TABLE = str.maketrans(
    {
        **_FOLDS,
        **dict.fromkeys((chr(c) for c in range(0x3001) if chr(c).isspace()), _GAP),
        **dict.fromkeys(_DROPPED, _GAP),
        _GAP: _GAP,
        "，": "，",
        "：": "：",
        "．": ".",
        "＂": '"',
    }
)
_SIGN = re.compile('[,:."“”]')
_TOUCHED = re.compile(f"[{re.escape(''.join(chr(c) for c, to in _TABLE.items() if to != chr(c)))}]")
"""Whatever folding changes; most passages hold none of it."""


@dataclass(frozen=True, slots=True)
class View:
    """Folded characters and, for each, its code point offset in the text as read."""

    text: str
    origin: Sequence[int]
    end: int
    """Offset in the text as read just past the passage."""

    def start_of(self, at: int) -> int:
        """Where the folded character `at` stands in the text as read."""
        return self.origin[at] if at < len(self.origin) else self.end

    def end_of(self, at: int) -> int:
        """Where a folded span ending before `at` ends in the text as read."""
        return self.origin[at - 1] + 1 if at > 0 else self.start_of(0)


def fold(text: str, start: int = 0, end: int | None = None) -> View:
    """Fold `text[start:end]` into a view. Nothing is reordered; spaces and invisible marks are left out.

    An ASCII comma, colon or full stop becomes its Chinese sign only where it is used as one: not between digits
    (`1,200`, `09:30`, `2.5`), and a full stop only after a Chinese character.
    """
    stop = len(text) if end is None else end
    folded = text[start:stop].rstrip()
    if _TOUCHED.search(folded):
        folded = folded.translate(_TABLE)
    if _GAP in folded:
        origin: range | list[int] = [start + at for at, sign in enumerate(folded) if sign != _GAP]
        kept = folded.replace(_GAP, "")
    else:
        origin, kept = range(start, start + len(folded)), folded
    if _SIGN.search(kept) is None:
        return View(kept, origin, stop)
    signs = list(kept)
    opened = False
    for found in _SIGN.finditer(kept):
        at = found.start()
        sign = _contextual(kept, at)
        if sign == "“":
            sign, opened = ("”", False) if opened and found[0] == '"' else ("“", True)
        elif sign == "”":
            opened = False
        signs[at] = sign
    return View("".join(signs), origin, stop)


def _contextual(kept: str, at: int) -> str:
    """What an ASCII comma, colon, stop or quotation mark stands for between its neighbours."""
    raw = kept[at]
    if raw in "“”":
        return raw
    if raw == '"':
        return "“"
    before = kept[at - 1] if at else ""
    after = kept[at + 1] if at + 1 < len(kept) else ""
    between_digits = before.isdigit() and after.isdigit()
    if raw == ",":
        return "," if between_digits and kept[at + 1 : at + 4].isdigit() else "，"
    if raw == ":":
        return ":" if between_digits else "："
    if before and ("\u4e00" <= before <= "\u9fff" or before in "”）》%") and not (after.isascii() and after.isalnum()):
        return "。"
    return "."
