"""Headings: words that only announce what the next sentence, item or paragraph says (rule S5)."""

from __future__ import annotations

import re

from mingze.documents import lexicon
from mingze.documents.clauses import Clause, read_clauses
from mingze.documents.decomposition import (
    Block,
)
from mingze.documents.outline import Mark, inline_mark, line_mark, mark_of
from mingze.documents.passages import Piece
from mingze.documents.recording import PROHIBITION, Recording
from mingze.documents.scored import DEDUCTION
from mingze.documents.verdicts import (
    DATE_LINE,
    FURNITURE,
    LABEL_LINE,
    retrospective,
    sentence_verdict,
)
from mingze.documents.view import View

KEY_VALUE = re.compile(
    r"^(?:牵头|责任|配合|主办|承办|协办|参与|落实|实施|主责|主要责任|第一责任|组织)(?:责任)?(?:单位|部门|主体|科室|"
    r"处室|领导)?：|^(?:完成|办理|办结|推进|整改|工作|时间)?(?:时限|期限|时间)(?:要求|安排|节点)?：|^(?:分管|包保|"
    r"牵头|责任)领导：|^责任人：|^单位："
)

WORD = re.compile(r"\w")

_BROAD_TIMES = ("yearbare", "half", "quarter", "yearend", "event")


class Heading(Recording):
    """Which passages only announce what the next ones say."""

    def _speaks(self, text: str) -> bool:
        """Whether a bare line has the form of a duty."""
        clauses = read_clauses(text[:120], 0, min(len(text), 120), self.year)
        return (
            any(c.valued or c.dated for c in clauses)
            or bool(lexicon.verb_first(text))
            or bool(lexicon.DUTY_MODAL.search(text))
        )

    def _is_heading(
        self,
        view: View,
        block: Block,
        index: int,
        parts: list[Piece],
        number: int,
        body: str,
        signed: int,
        start: int,
        stop: int,
        mark: Mark | None,
        cell: bool,
    ) -> bool:
        """S5: words that only announce what the next sentence, item or paragraph says."""
        text = view.text
        piece = parts[number]
        closed = text[piece.end - 1] in "。；！？"
        later = next((p for p in parts[number + 1 :] if p.kind == "text" and WORD.search(text, p.start, p.end)), None)
        if (cell and mark is None) or DEDUCTION.search(body, signed):
            return False
        clauses = self._read(view, start, stop, signed)
        if any(c.valued for c in clauses) or any(
            (t.absolute and t.kind not in (("yearbare",) if closed else _BROAD_TIMES)) or t.cadence or t.running
            for c in clauses
            for t in c.times
        ):
            if not (later is None and not closed and retrospective(body)):
                return False
        subject = any(c.subject for c in clauses)
        if later is not None:
            following = text[later.start : later.end]
            if later.sentence == piece.sentence and not inline_mark(following):
                return False
            if text[piece.end - 1] == "；":
                return False
            if mark is not None and mark.level <= 8:
                if inline_mark(following) and mark.level >= 8:
                    return False
                if subject:
                    return len(body) <= 70 and mark.level <= 4 and self._children(index, mark)
                if PROHIBITION.match(body) or re.search(r"的$|^(?:凡|如)", body):
                    return False
                return len(body) <= 36 and len(clauses) <= 2 and all(len(c.text) <= 24 for c in clauses)
            return self._runs_in(text, body, clauses, subject, following, parts, number)
        if mark is not None and number == 0:
            if self.facts.genre == "scoring" and closed:
                return False
            if closed and not self._children(index, mark):
                return False
            if not closed and (text.endswith("：")):
                return True
            if self._elaborated(index, mark):
                return len(body) <= 60 and (not subject or self._children(index, mark))
            if not closed and not self._speaks(body):
                return True
            return False
        if number == 0 and mark is None and not closed and not cell:
            if block.kind == "heading":
                following_block = self._next(index)
                return following_block is None or following_block[1].kind != "heading" or not self._speaks(body)
            if subject:
                return False
            following_block = self._next(index)
            if following_block is None:
                return not self._speaks(body)
            if len(body) <= 30 and "，" not in body:
                next_text = following_block[0].text
                return not self._speaks(body) or next_text[-1] in "。；" or line_mark(next_text) is not None
        return False

    def _runs_in(
        self,
        text: str,
        body: str,
        clauses: list[Clause],
        subject: bool,
        following: str,
        parts: list[Piece],
        number: int,
    ) -> bool:
        if (
            len(clauses) != 1
            or subject
            or len(body) > 30
            or PROHIBITION.match(body)
            or re.search(r"的$|^(?:凡|如|若|对|请|原则上)", body)
        ):
            return False
        if not re.match(r"要|必须", body) and not lexicon.verb_first(body):
            return False
        if sentence_verdict(body) or sentence_verdict(following.rstrip("。；")):
            return False
        if re.match(r"要|必须", body) and re.match(r"要|必须", following):
            return False
        if inline_mark(following):
            return False
        long = len(following) >= len(body) * 1.25 and "，" in following
        if self.facts.genre in ("speech", "minutes", "other"):
            return long
        grams = {body[i : i + 2] for i in range(2, len(body) - 1)} - {
            "工作",
            "建设",
            "推进",
            "加强",
            "管理",
            "发展",
            "服务",
        }
        return (
            long
            and len(body) <= 18
            and number == 0
            and any(following[i : i + 2] in grams for i in range(len(following) - 1))
        )

    def _children(self, index: int, mark: Mark) -> bool:
        following = self._next(index)
        if following is None:
            return False
        deeper = mark_of(following[0])
        return deeper is not None and deeper.level > mark.level

    def _elaborated(self, index: int, mark: Mark) -> bool:
        following = self._next(index)
        if following is None:
            return False
        next_text, block = following[0].text, following[1]
        if block.table is not None:
            return True
        if KEY_VALUE.match(next_text) or LABEL_LINE.match(next_text):
            return False
        deeper = line_mark(next_text)
        if deeper is not None:
            return deeper.level > mark.level
        return block.kind != "furniture" and not FURNITURE.search(next_text) and not DATE_LINE.match(next_text)
