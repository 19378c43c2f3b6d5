"""The outline: numbering marks from 第一章 and 一、 down to 一是, and the path that leads to a passage.

Levels may be skipped, restarted or begin in the middle of a page; a mark closes every deeper or equal level before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mingze.documents.view import View

_CN = "一二三四五六七八九十百"

_LINE_MARKS = (
    (1, re.compile(rf"(?P<m>第[{_CN}\d]+(?:章|编|篇|部分))[、：\s]?")),
    (2, re.compile(rf"(?P<m>第[{_CN}\d]+节)[、：\s]?")),
    (3, re.compile(rf"(?P<m>第[{_CN}\d]+条)[、：\s]?")),
    (3, re.compile(rf"(?P<m>[{_CN}]+)(?:、|\.|。(?=[\u4e00-\u9fff]))")),
    (4, re.compile(rf"(?P<m>（[{_CN}]+）)[、.]?")),
    (
        5,
        re.compile(
            r"(?P<m>\d{1,3}(?:\.\d{1,3}){1,3})[.、]?(?=[\u4e00-\u9fff“《])(?!(?:个|家|所|万|亿|公里|元|米|吨|分|月|日|年|亩|户|人|倍|成))"
        ),
    ),
    (5, re.compile(r"(?P<m>\d{1,3})(?:\.(?!\d)|\.(?=\d{1,2}月|(?:19|20)\d\d年)|、|。(?=[\u4e00-\u9fff]))")),
    (6, re.compile(r"(?P<m>（\d{1,3}）)[、.]?")),
    (6, re.compile(r"(?P<m>\d{1,2})）[、.]?")),
    (7, re.compile(r"(?P<m>[①-⑳])[、.]?")),
    (7, re.compile(r"(?P<m>[·○□✓√>])(?=[\u4e00-\u9fff])")),
)
_INLINE_MARKS = (
    (8, re.compile(rf"(?P<m>[{_CN}]{{1,2}}是)(?!否|非|一)(?:要?在于)?")),
    (8, re.compile(rf"(?P<m>[{_CN}]{{1,2}}(?=要))")),
    (8, re.compile(r"(?P<m>首先|其次|再次|最后|再者)(?:，|是)")),
    (8, re.compile(rf"(?P<m>第[{_CN}]+)(?:，|、|是)")),
    (6, re.compile(r"(?P<m>（\d{1,2}）)")),
    (7, re.compile(r"(?P<m>[①-⑳])")),
    (5, re.compile(r"(?P<m>\d{1,2})\.(?![\d])(?=[\u4e00-\u9fff“])")),
)
INLINE_BREAK = re.compile(
    rf"(?<=[，。；：、！）])(?=(?:[{_CN}]{{1,2}}是(?!否|非)|[{_CN}]要(?!求|素|点)|第[{_CN}]，|[①-⑳]))"
)
"""Where an in-paragraph mark begins a new piece even after a comma."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbering mark: how deep it stands, how the path names it, and how many folded characters it takes."""

    level: int
    name: str
    width: int


_LINE_FIRST = frozenset(f"第{_CN}（0123456789·○□✓√>") | {chr(c) for c in range(ord("①"), ord("⑳") + 1)}
_INLINE_FIRST = frozenset(f"首其再最{''.join(_LINE_FIRST)}")
"""What a mark can begin with: most passages begin with none of it."""


def line_mark(text: str) -> Mark | None:
    """The numbering mark a line begins with."""
    if text[:1] not in _INLINE_FIRST:
        return None
    for level, pattern in _LINE_MARKS:
        found = pattern.match(text)
        if found:
            return Mark(level, found["m"], found.end())
    return inline_mark(text) if text[:1] in _CN + "第首其再最" else None


_COUNTED = re.compile(r"(?P<m>\d{1,3})[.、](?=[\d“])")


def mark_of(view: View) -> Mark | None:
    """The mark a line begins with, where the text as read still shows a space behind it: `1. 12345热线` is item 1."""
    found = _COUNTED.match(view.text)
    if found and view.start_of(found.end()) > view.end_of(found.end()):
        return Mark(5, found["m"], found.end())
    return line_mark(view.text)


def inline_mark(text: str) -> Mark | None:
    """The mark a sentence within a paragraph begins with: 一是, 首先，, 第一，, ①. In 一要 the 要 is the commitment's."""
    if text[:1] not in _INLINE_FIRST:
        return None
    for level, pattern in _INLINE_MARKS:
        found = pattern.match(text)
        if found:
            name = found["m"]
            if level == 8 and len(name) <= 2 and not name.endswith("是") and name[0] in _CN:
                name = f"{name}要"
            return Mark(level, name, found.end())
    return None


@dataclass(slots=True)
class Section:
    """A section open at some point of the reading: its mark, its words, and the slots its content inherits."""

    level: int
    name: str
    title: str = ""
    lead: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    explicit: bool = False
    deadline_text: str = ""
    retrospective: bool = False
    excluded: bool = False


@dataclass(slots=True)
class Outline:
    """The stack of open sections."""

    sections: list[Section] = field(default_factory=list)

    def open(self, section: Section) -> None:
        self.close(section.level)
        self.sections.append(section)

    def close(self, level: int) -> None:
        while self.sections and self.sections[-1].level >= level:
            self.sections.pop()

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(s.name for s in self.sections if s.name)

    @property
    def retrospective(self) -> bool:
        return any(s.retrospective for s in self.sections)
