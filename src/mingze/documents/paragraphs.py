"""Paragraphs: titles, labelled lines, sentences and brackets of running text, read in order."""

from __future__ import annotations

import re

from mingze.documents import lexicon
from mingze.documents.clauses import Clause, drop_background
from mingze.documents.committing import Committing, background_of
from mingze.documents.decomposition import (
    Block,
)
from mingze.documents.exclusion import excluded_by
from mingze.documents.heading import KEY_VALUE, WORD
from mingze.documents.offices import NAME, Assignment, assignment, names
from mingze.documents.outline import Mark, inline_mark, mark_of
from mingze.documents.passages import pieces
from mingze.documents.scored import DEDUCTION, DEDUCTION_TAIL, NEGATIVE, SCORE_TAIL
from mingze.documents.signs import signature
from mingze.documents.verdicts import (
    ADDRESSEE,
    DATE_LINE,
    FURNITURE,
    HEADLINE,
    LABEL_LINE,
    retrospective,
    sentence_verdict,
)
from mingze.documents.view import View

_LEAD_IN = re.compile(r"[^。；：“”（）]{1,64}(?:（[^（）]{0,12}）[^。；：“”（）]{0,20})?：")

_VALUE_SIGN = re.compile(r"\d|[全零]|第[一二三四]")

_GREETING = re.compile(
    r"^(?:同志们|各位(?:代表|委员|领导|同志|来宾|朋友)|尊敬的[^，。]{2,12}|女士们|先生们|朋友们)[^，。]{0,12}[：，！:]$"
)

_SETUP = re.compile(r"，[^，。；]{0,20}办公室设在[^。；]*$")


class Paragraphs(Committing):
    """Paragraphs and list items, sentence by sentence."""

    def _paragraph(self, index: int) -> None:
        view, block = self.views[index], self.blocks[index]
        text = view.text
        if not text:
            return
        if block.kind == "furniture" or FURNITURE.search(text):
            self._whole(view, block, "furniture", "L1")
            return
        if _RANKED.fullmatch(self.text[block.start : block.end].strip()):
            self._whole(view, block, "background", "L8")
            return
        mark = mark_of(view)
        if mark is None and self._frame(index, view, block, text):
            return
        if KEY_VALUE.match(text):
            scope = assignment(text.rstrip("。；"))
            if scope is not None:
                self._widen(index)
            if scope is not None or re.search(r"：(?:待定|（待定）|—|无)?$", text):
                self._apply(scope or Assignment(), "A4")
                self._whole(view, block, "background", "A4")
                return
        self.body_started = True
        if mark is not None:
            self._open(mark)
            self.floor = len(self.drafts)
            if mark.level <= 4:
                self.parent_floor = self.floor
            self.carry = ()
            title = text[mark.width :].strip("：、 ")
            if len(title) <= 40 and _bare_offices(title):
                self.outline.sections[-1].lead = names(title)
                self._whole(view, block, "heading", "L6")
                return
        else:
            self.outline.close(8)
            self.carry = ()
            if block.kind == "heading":
                self.outline.close(3 if (block.level or 1) <= 2 else 5)
            if not any(s.level >= 5 for s in self.outline.sections):
                self.floor = len(self.drafts)
        self._pieces(view, block, index, mark)

    def _frame(self, index: int, view: View, block: Block, text: str) -> bool:
        """Titles, date lines, addressees and labelled lines around the body."""
        if _GREETING.match(text):
            self._whole(view, block, "rejected", "N9")
            return True
        if DATE_LINE.match(text):
            self._whole(view, block, "furniture", "L3")
            return True
        if ADDRESSEE.match(text):
            self._whole(view, block, "furniture", "L4")
            return True
        if LABEL_LINE.match(text) and not re.match(r"单位：[^，]*$", text):
            if text.startswith("附"):
                self.outline.close(0)
            self._whole(
                view,
                block,
                "furniture" if not re.match(r"备注|说明|注", text) else "background",
                "L4" if not re.match(r"备注|说明|注", text) else "N6",
            )
            return True
        if sentence_verdict(text.rstrip("：。；")) is not None:
            return False
        following_line = self._next(index)
        if (
            self.body_started
            and following_line is not None
            and DATE_LINE.match(following_line[0].text)
            and len(text) <= 30
            and text[-1] not in "。；，"
        ):
            self._whole(view, block, "furniture", "L3")
            return True
        closed = text[-1] in "。；！？"
        if (
            not closed
            and HEADLINE.search(text)
            and len(text) <= 60
            and not lexicon.DUTY_MODAL.search(text)
            and "，" not in text
        ):
            if not self.body_started or not lexicon.verb_first(text):
                self._whole(view, block, "heading", "L2")
                return True
        if not closed and len(text) <= 40 and self._field_line(text):
            self._whole(view, block, "background", "A4")
            return True
        if not self.body_started and not closed and (index < 6 or len(text) < 24):
            following = self._next(index)
            drawn = following is not None and following[1].table is None
            if not self._speaks(text) or (index == 0 and drawn):
                self._whole(view, block, "heading", "L2")
                return True
            if re.search(r"第\d+期|人民政府[^，。]{0,14}(?:19|20)\d\d年", text):
                self._whole(view, block, "furniture", "L3")
                return True
        return False

    def _pieces(
        self, view: View, block: Block, index: int, mark: Mark | None, cell: tuple[str, ...] | None = None
    ) -> None:
        text = view.text
        parts = pieces(text)
        past_sentence = -1
        run_in: str | None = None
        sentence_carry: tuple[tuple[str, ...], tuple[str, ...]] | None = None
        sentence = -1
        governing_date = None
        item_floor = len(self.drafts)
        for number, piece in enumerate(parts):
            if piece.sentence != sentence:
                sentence = piece.sentence
                sentence_carry = None
                governing_date = None
            if piece.kind != "text":
                if piece.scope is not None:
                    self._scope(piece.scope, block)
                self._segment(
                    view,
                    piece.start,
                    piece.end,
                    "background" if piece.kind == "scope" else "furniture",
                    "A2" if piece.kind == "scope" else "L7",
                )
                continue
            start, end = piece.start, piece.end
            inline = None
            end = self._before_note(text, start, end)
            if number == 0 and mark is not None:
                start += mark.width
            else:
                inline = inline_mark(text[start:end])
                if inline is not None:
                    self._open(inline)
                    start += inline.width
                    run_in = None
                    self.carry = () if inline.level >= 6 else self.carry
            while start < end and text[start] in "，、；：。 ·":
                start += 1
            if start >= end or not (text[start].isalnum() or WORD.search(text, start, end)):
                self._extend(view, piece)
                continue
            label = self._lead_in(text, start, end)
            speaker: tuple[str, ...] = ()
            if label is not None:
                stop, speaker = label
                if stop >= end or not WORD.search(text, stop, end):
                    self._note(view, piece, "heading", "L6")
                    continue
                if _PREAMBLE_LABEL.search(text[start : stop - 1]):
                    self._note(view, piece, "background", "N4")
                    continue
                start = stop
                nested = inline_mark(text[start:end])
                if nested is not None and nested.level >= 6:
                    self._open(nested)
                    start += nested.width
            opener = lexicon.TAIL_OPENERS.match(text[start:end])
            if opener:
                start += opener.end()
            body = text[start:end].rstrip("。；！？，：、 ")
            stop = start + len(body)
            signed = signature(body)
            first = number == 0 and mark is not None
            if self._is_heading(
                view, block, index, parts, number, body, signed, start, stop, mark if first else inline, bool(cell)
            ):
                run_in = excluded_by(body)
                section = self.outline.sections[-1] if self.outline.sections and (first or inline) else None
                clauses = self._read(view, start, stop, signed)
                if section is not None:
                    section.title = body
                    section.retrospective = retrospective(body)
                    if run_in and run_in not in ("X2",):
                        section.excluded = True
                    named = next((c.subject for c in clauses if c.subject), None)
                    if named:
                        section.lead = named.lead
                    elif len(body) <= 40 and _bare_offices(body):
                        section.lead = names(body)
                self._note(view, piece, "excluded" if run_in else "heading", run_in or "S5")
                continue
            verdict = self._verdict(body, signed, piece, past_sentence, cell is not None, item_floor)
            if verdict is not None:
                state, reason = verdict
                if reason == "N1":
                    past_sentence = piece.sentence
                self._note(view, piece, state, reason)
                continue
            negative = NEGATIVE.match(body) if DEDUCTION.search(body, signed) else None
            if negative:
                stop = start + negative.end("what")
            else:
                tail = SCORE_TAIL.search(body, signed) or DEDUCTION_TAIL.search(body, signed)
                if tail:
                    stop = start + tail.start()
            clauses = self._read(view, start, stop, signed)
            kept, dropped, why = drop_background(clauses, self.reporting)
            evidence = "P8" if negative else self._evidence(kept, cell is not None)
            if not kept or evidence is None:
                reason = next((r for r in (background_of(c, self.reporting) for c in clauses) if r), "N14")
                if reason == "N1":
                    past_sentence = piece.sentence
                self._note(view, piece, "background", reason)
                continue
            self._commit(
                view,
                piece,
                kept,
                dropped,
                why,
                evidence,
                run_in,
                speaker,
                bool(negative),
                cell,
                sentence_carry,
                governing_date,
            )
            named = [c.subject for c in kept if c.subject]
            if named:
                sentence_carry = (named[-1].lead, named[-1].supporting)
                self.carry = named[-1].lead
            elif speaker:
                sentence_carry = (speaker, ())
                self.carry = speaker
            elif self.drafts and self.drafts[-1].lead_source == "none":
                self.carry = ()
            if kept[0].role == "date" or (kept and _date_only(kept[0])):
                governing_date = (
                    kept[0].times[0].deadline if kept[0].times and kept[0].times[0].absolute else governing_date
                )

    @staticmethod
    def _before_note(text: str, start: int, end: int) -> int:
        """Where a set-up note that trails a duty begins (…，办公室设在区民政局)."""
        if "办公室设在" not in text:
            return end
        note = _SETUP.search(text[start:end].rstrip("。；"))
        return start + note.start() if note and note.start() > 6 else end

    def _lead_in(self, text: str, start: int, end: int) -> tuple[int, tuple[str, ...]] | None:
        """A colon lead-in (主要预期目标是：, 工作目标：, 区住建局：): where the rest starts and the office it names."""
        found = _LEAD_IN.match(text, start, end) if "：" in text else None
        if not found:
            return None
        label = text[start : found.end() - 1]
        if label[-1].isdigit() and text[found.end() : found.end() + 1].isdigit():
            return None
        if NAME.fullmatch(label) and names(label):
            return found.end(), names(label)
        if (
            _VALUE_SIGN.search(label)
            and re.search(r"\d(?:%|个|家|项|条)", label)
            and not re.search(r"以下|如下|方面|要求", label)
        ):
            return None
        return found.end(), ()


_PREAMBLE_LABEL = re.compile(r"(?:总体思路|指导思想|总体要求|工作思路|基本原则|总体考虑)(?:是|为)?$")
"""总体思路是：… announces the spirit of a plan, not a duty."""

_RANKED = re.compile(r"\S{2,14}(?:\s+[\d.,]+[%％]?){2,}\s*")
"""竹溪镇　120　131　109.2%: a line of results."""


def _bare_offices(text: str) -> bool:
    """A heading that is nothing but offices hands them to what stands below it."""
    offices = names(text)
    return bool(offices) and all(
        NAME.fullmatch(n) and (n[0] in "区县市镇" or n.endswith(("镇", "乡", "街道"))) for n in offices
    )


def _date_only(clause: Clause) -> bool:
    return clause.role == "date" and bool(clause.times)
