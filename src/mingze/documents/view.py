"""A view is a passage folded for reading: widths, quotes and spaces unified, each character still knowing where it stood.

Official texts mix ASCII and full-width commas, brackets and digits inside one sentence, and converters sprinkle spaces
and zero-width marks between characters. The grammars below this room read the folded string; every span they find is
handed back in code points of the text as read, so that a quotation is always the document's own words.
"""

from __future__ import annotations

from dataclasses import dataclass

from mingze.documents.variants import SIMPLIFIED

_DROPPED = frozenset("\u200b\u200c\u200d\u2060\ufeff\xad")

_FOLDS: dict[str, str] = {
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
_CONTEXTUAL = frozenset(',:.，：．"＂')


@dataclass(frozen=True, slots=True)
class View:
    """Folded characters and, for each, its code point offset in the text as read."""

    text: str
    origin: tuple[int, ...] | list[int]
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
    folds = _FOLDS
    kept: list[str] = []
    origin: list[int] = []
    opened = False
    passage = text[start:stop]
    for offset, raw in enumerate(passage, start):
        if raw.isspace() or raw in _DROPPED:
            continue
        if raw in _CONTEXTUAL:
            sign = _contextual(raw, kept, text, offset, stop, opened)
            if sign in "“”":
                opened = sign == "“"
        else:
            sign = folds.get(raw, raw)
        kept.append(sign)
        origin.append(offset)
    return View("".join(kept), origin, stop)


def _contextual(raw: str, kept: list[str], text: str, offset: int, stop: int, opened: bool) -> str:
    if raw in '"＂':
        return "”" if opened else "“"
    before = kept[-1] if kept else ""
    after = text[offset + 1] if offset + 1 < stop else ""
    after = _FOLDS.get(after, after)
    between_digits = before.isdigit() and before.isascii() and after.isdigit() and after.isascii()
    if raw in ",，":
        digits = between_digits and raw == "," and text[offset + 1 : offset + 4].isdigit()
        return "," if digits else "，"
    if raw in ":：":
        return ":" if between_digits else "："
    if before and ("\u4e00" <= before <= "\u9fff" or before in "”）》%") and not (after.isascii() and after.isalnum()):
        return "。"
    return "."
