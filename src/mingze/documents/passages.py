"""Passages: a block cut into pieces at 。；！？, at in-paragraph marks and around responsibility brackets.

A commitment never crosses such a boundary (rule S1). Signs inside brackets, quotations and titles of documents do not cut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mingze.documents.offices import Assignment, assignment, listed, names
from mingze.documents.outline import INLINE_BREAK

_OPEN = {"（": "）", "“": "”", "《": "》"}
_PAIRED = re.compile("[（）“”《》]")
_ROUND = re.compile("[（）]")
_LONGEST_BRACKET = 500
_LONGEST_PIECE = 800
"""Folded characters; no sentence of an office is longer, and what is gets cut at its commas so that time stays bounded."""
_STOPS = "。；！？"
_STOP = re.compile(f"[{_STOPS}]")
_SCOPE_WORDS = re.compile(r"牵头|责任|配合|负责|参与|完成时限|时限|主办|承办|协办|落实|协同|实施|单位：")
_SCORE = re.compile(r"^(?:满分|本项|共|计|分值|权重)?：?\d+(?:\.\d+)?分(?:值)?$|^\d+分$|^权重\d+%?$")
_OFFICE_LIST = re.compile(
    r"^(?:各|区|县|市|省|镇|有关|相关|团|人民|国网|属地|街道|乡镇|驻|中国|供电|社区)[^，。；]*(?:局|委|办|院|街道|"
    r"镇|乡|部|部门|单位|中心|大队|分局|政府|妇联|工会|公司|支行|分行|银行|集团|大学|学院|学校|医院|"
    r"乡镇（街道）)(?:等)?(?:有关|相关)?(?:部门|单位)?$"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a block's folded text that no commitment may cross.

    `sentence` numbers the full sentence (up to 。！？) it belongs to; `scope` is what a responsibility bracket says.
    """

    start: int
    end: int
    sentence: int
    kind: str = "text"
    scope: Assignment | None = None
    after_colon: bool = False


def pieces(text: str) -> list[Piece]:
    """The pieces of a folded block, in order, covering all of it."""
    brackets = _brackets(text)
    inside = _nesting(text)
    starts = {b[0]: b for b in brackets}
    result: list[Piece] = []
    sentence = 0
    start = 0
    resumed = 0
    breaks = {m.start() for m in INLINE_BREAK.finditer(text) if not inside[m.start()]}
    length = len(text)
    if length < _LONGEST_PIECE:
        positions = sorted({m.start() for m in _STOP.finditer(text)}.union(starts, breaks))
    else:
        positions = range(length)

    def flush(end: int) -> None:
        nonlocal start
        if end > start:
            result.append(Piece(start, end, sentence))
        start = end

    for index in positions:
        if index < resumed:
            continue
        if index in starts:
            begin, end, scope, kind = starts[index]
            flush(begin)
            stop = end
            while stop < length and text[stop] in "。；，！":
                stop += 1
            result.append(Piece(begin, stop, sentence, kind, scope))
            if "。" in text[end:stop] or kind == "scope":
                sentence += 1
            start = resumed = stop
            continue
        if index in breaks and index > start:
            flush(index)
        sign = text[index]
        if index - start >= _LONGEST_PIECE and (sign == "，" or index - start >= 2 * _LONGEST_PIECE):
            flush(index + 1)
            continue
        if sign in _STOPS and not inside[index]:
            stop = index + 1
            while stop < length and text[stop] in "。；！？”）" and (text[stop] in _STOPS or not inside[stop]):
                stop += 1
            flush(stop)
            if any(s in "。！？" for s in text[index:stop]):
                sentence += 1
            resumed = stop
    flush(length)
    return result


def _nesting(text: str) -> bytearray:
    """For each character 1 if it stands inside a bracket, quotation or document title that is closed again."""
    inside = bytearray(len(text) + 1)
    if not any(sign in text for sign in _OPEN):
        return inside
    stack: list[tuple[str, int]] = []
    for found in _PAIRED.finditer(text):
        index, sign = found.start(), found[0]
        if sign in _OPEN:
            stack.append((_OPEN[sign], index))
        elif stack and sign == stack[-1][0]:
            _, opened = stack.pop()
            if not stack and index - opened < 400:
                inside[opened : index + 1] = b"\x01" * (index + 1 - opened)
        elif len(stack) > 1 and sign in "）”》" and any(sign == s for s, _ in stack):
            while stack and stack[-1][0] != sign:
                stack.pop()
            stack.pop()
    return inside


def _brackets(text: str) -> list[tuple[int, int, Assignment | None, str]]:
    """Responsibility and score brackets with their extent; one cut off by the end of the block counts as far as it goes."""
    tail = _labelled_tail(text)
    if "（" not in text:
        return tail
    closing: dict[int, int] = {}
    opened: list[int] = []
    for sign in _ROUND.finditer(text):
        if sign[0] == "（":
            opened.append(sign.start())
        elif opened:
            closing[opened.pop()] = sign.end()
    cut_off = opened[-1] if opened else -1
    found: list[tuple[int, int, Assignment | None, str]] = []
    index = text.find("（")
    while index >= 0:
        end = closing.get(index, -1)
        closed = 0 < end <= index + _LONGEST_BRACKET
        if closed or index == cut_off:
            end = end if closed else len(text)
            body = text[index + 1 : end - 1] if closed else text[index + 1 : end].rstrip("。；")
            kind, scope = _classify(body, text[:index], text[end:], closed)
            if kind:
                found.append((index, end, scope, kind))
                index = text.find("（", end)
                continue
        index = text.find("（", index + 1)
    return [b for b in found if not tail or b[1] <= tail[0][0]] + tail


_TAIL_LABEL = re.compile(
    r"(?<=[。！）])(?=(?:牵头|责任|主责|主办|承办|实施|落实|配合|分管|包保|完成|办理)(?:责任)?(?:单位|部门|科室|处室|领导|主体|时限|时间)：)"
)


def _labelled_tail(text: str) -> list[tuple[int, int, Assignment | None, str]]:
    """…清退。责任领导：分管副镇长；责任部门：经济发展办 at the end of a paragraph says who answers, without a bracket."""
    if "：" not in text:
        return []
    found = _TAIL_LABEL.search(text)
    if not found or found.start() < 4 or text.count("（", 0, found.start()) > text.count("）", 0, found.start()):
        return []
    body = text[found.start() :]
    if any(
        "：" not in part
        for part in re.split(r"[。；]", body.rstrip("。；"))
        if not re.search(r"(?:配合|参与|协助)$", part)
    ):
        return []
    scope = assignment(body.rstrip("。；").replace("。", "；"))
    return [(found.start(), len(text), scope, "scope")] if scope else []


_SHORT_OFFICE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}?(?:办|办公室|中心|所|站|大队|中队|支队|专班|局|委|院|部|公司|集团|学校|医院)|各[\u4e00-\u9fff（）]{1,8}|"
    r"[\u4e00-\u9fff]{2,6}(?:镇|乡|街道|村|社区))"
)


_LIST_AND_TIME = re.compile(
    r"(?P<list>[^；]+)[；，](?P<time>[^；，]*(?:\d月|\d日|年底|年内|年末|季度|上半年|下半年|长期|持续|每[年月季周])[^；，]*)"
)
"""（区林业局、团区委；年底前）"""


def _office_list(text: str) -> bool:
    return bool(_OFFICE_LIST.match(text)) or all(_SHORT_OFFICE.fullmatch(p) for p in re.split(r"[、，]", text))


def _classify(body: str, before: str, after: str, closed: bool) -> tuple[str, Assignment | None]:
    if _SCORE.match(body):
        return "score", None
    ends = not after or after[0] in "。；，！（、" or bool(re.match(r"[一二三四五六七八九十①-⑳\d]", after))
    if _SCOPE_WORDS.search(body) and len(body) < 400 and (ends or not closed):
        found = assignment(body)
        if found:
            return "scope", found
        if re.fullmatch(r".*(?:单位|部门|牵头)：(?:待定|（待定）)?", body):
            return "scope", Assignment()
    if (
        closed
        and ends
        and (not after or after[0] in "。；")
        and (before.endswith(("。", "；")) or not after or after[0] in "。；")
    ):
        if (
            _OFFICE_LIST.match(body)
            and names(body)
            and not re.search(r"不含|除外|含|包括|以下简称|简称", body)
            and len(before) > 6
        ):
            if len(body) >= 3 and not re.match(r"区（|村（", body):
                return "scope", listed(body)
        dated = _LIST_AND_TIME.fullmatch(body)
        if dated and _office_list(dated["list"]):
            found = listed(dated["list"])
            return "scope", Assignment(found.lead, found.supporting, dated["time"])
        parts = re.split(r"[、，；]", body)
        if before.endswith(("。", "；")) and all(_SHORT_OFFICE.fullmatch(p) for p in parts):
            return "scope", listed(body)
        if re.fullmatch(r"待定|责任单位待定|责任单位：待定", body):
            return "scope", Assignment()
        if re.match(r"(?:完成)?(?:时限|时间)：", body):
            return "scope", assignment(body)
    return "", None
