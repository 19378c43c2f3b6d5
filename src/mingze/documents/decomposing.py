"""Decomposing: the document read once from top to bottom, every character given one state.

The reader keeps the open sections with what they pass on (office, deadline, topic), reads each block into pieces, asks the verdicts
what a piece is not, joins the clauses of what remains into commitments, and writes the ledger of all of it. It is pure: equal
texts give equal results, and nothing outside the arguments is looked at.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mingze.documents import columns, lexicon
from mingze.documents.clauses import Clause, Group, drop_background, dutiful, groups, read_clauses
from mingze.documents.deadlines import field_deadline, this_month, times
from mingze.documents.decomposition import (
    Block,
    Commitment,
    CoverageEntry,
    Deadline,
    Decomposition,
    Indicator,
    Sentence,
)
from mingze.documents.exclusion import excluded_by
from mingze.documents.facts import Facts, facts
from mingze.documents.kinds import kind_of, measurable
from mingze.documents.layout import blocks_of, bounded, tabled
from mingze.documents.offices import NAME, Assignment, assignment, names
from mingze.documents.outline import Mark, Outline, Section, inline_mark, line_mark, mark_of
from mingze.documents.passages import Piece, pieces
from mingze.documents.signs import Guarded, signature
from mingze.documents.verdicts import (
    ADDRESSEE,
    DATE_LINE,
    FURNITURE,
    HEADLINE,
    LABEL_LINE,
    background_clause,
    retrospective,
    sentence_verdict,
)
from mingze.documents.view import View, fold

_KEY_VALUE = re.compile(
    r"^(?:牵头|责任|配合|主办|承办|协办|参与|落实|实施|主责|主要责任|第一责任|组织)(?:责任)?(?:单位|部门|主体|科室|"
    r"处室|领导)?：|^(?:完成|办理|办结|推进|整改|工作|时间)?(?:时限|期限|时间)(?:要求|安排|节点)?：|^(?:分管|包保|"
    r"牵头|责任)领导：|^责任人：|^单位："
)
_TASK_LABEL = re.compile(
    r"^(?:工作|主要|重点|年度|目标|具体|建设|整改)?(?:目标|任务|内容|措施|举措|要求|事项|目标任务|任务目标|"
    r"工作内容|主要内容)："
)
_LEAD_IN = re.compile(r"[^。；：“”（）]{1,64}(?:（[^（）]{0,12}）[^。；：“”（）]{0,20})?：")
_VALUE_SIGN = re.compile(r"\d|[全零]|第[一二三四]")
_PROHIBITION = re.compile(r"^(?:.{0,24}?)(?:严禁|禁止|不得|不准|不许|原则上不|杜绝|不能|严格禁止)")
_SCORED = re.compile(
    r"(?:，|。|；|：|^)?(?:每[^，。；]{0,16}?)?(?:的)?，?(?:得|计|加|扣|减|记|奖)(?:计|除|减|发)?(?:满)?\d*(?:\.\d+)?分"
)
_SCORE_TAIL = Guarded(r"(?:的)?，(?:每[^，。；]{1,14}，?)?(?:得|计|记)(?:满|基本|本项)?\d+(?:\.\d+)?分.*$")
_DEDUCTION_TAIL = Guarded(
    r"，(?:每|逾期|少|超|低|高|未|发现|发生|缺|出现|否则)[^。；]*(?:扣|减)[^。；]*分.*$|，(?:扣完为止|否则不得分|"
    r"不(?:达标|足)的?(?:不得分|扣).*)$"
)
_DEDUCTION = Guarded(
    r"扣(?:除)?\d|扣完为止|不得分|扣[^，。；]{0,6}分|得0分|酌情扣|倒扣|取消(?:年度|当年|本年度|该年度)?(?:评优|评先|考核优秀|评选)|"
    r"一票否决|不计分|减\d+(?:\.\d+)?分"
)
_STRIPPED = re.compile(r"^[^\d]*(?:取消[^，。；]{0,6}(?:评优|评先|评选|资格)|一票否决)[^\d]*$")
"""Loss of an award is a rule of points in scoring rules, elsewhere what will be done to those who fail."""
_NEGATIVE = re.compile(
    r"^(?P<what>(?:[^，。；]{0,16}?(?:虚假|转嫁|截留|推卸|吃拿卡要|摊派|变相|拖延|篡改|诱导|干扰|刁难|扯皮)"
    r"[^，。；]{0,24}?)(?=的)|(?:凡|对|因|经查|年内|当年|无正当理由|擅自)?[^，。；]{0,20}?(?:未|无|不|没有|拒|擅自|瞒报|迟报|"
    r"漏报|虚报|违规|违反|弄虚作假|逾期|推诿|敷衍)[^，。；]*?)(?:的)?，(?:每[^，。；]{1,12}，?)?(?:扣|"
    r"减)(?:除)?\d*(?:\.\d+)?分"
)
_BONUS = Guarded(
    r"加\d+(?:\.\d+)?分|加分|最高(?:不超过)?\d+分|奖励\d|给予[^，。；]{0,16}奖(?:励|补)[^，。；]{0,12}\d|"
    r"给予[^，。；]*\d[^，。；]*(?:奖励|奖补|奖金)|一次性奖|按比例计分|参照计分|见(?:考核|评分)"
)
_DUTY = Guarded(lexicon.DUTY_MODAL)
_WORD = re.compile(r"\w")
_BROAD_TIMES = ("yearbare", "half", "quarter", "yearend", "event")
_GREETING = re.compile(
    r"^(?:同志们|各位(?:代表|委员|领导|同志|来宾|朋友)|尊敬的[^，。]{2,12}|女士们|先生们|朋友们)[^，。]{0,12}[：，！:]$"
)
_SETUP = re.compile(r"，[^，。；]{0,20}办公室设在[^。；]*$")


@dataclass(slots=True)
class _Draft:
    """A commitment while later brackets and lines may still name its office or date."""

    start: int
    end: int
    path: tuple[str, ...]
    kind_text: str
    lead: tuple[str, ...]
    supporting: tuple[str, ...]
    lead_source: str
    indicators: list[Indicator]
    deadline: Deadline | None
    negated: bool
    conditional: bool
    excluded: str | None
    rules: list[str]
    own_date: bool = False
    own_lead: bool = False


@dataclass(slots=True)
class _Segment:
    start: int
    end: int
    state: str
    reason: str


@dataclass(slots=True)
class _Unit:
    """A sentence or cell for the review desk, in the making."""

    start: int
    end: int
    state: str
    reason: str
    path: tuple[str, ...]
    block: int
    drafts: list[int] = field(default_factory=list)


def decompose(
    text: str, blocks: Sequence[Block] | None = None, name: str = "text", year: int | None = None
) -> Decomposition:
    """The commitments of a text, each with its exact words, and the ledger in which every character has one state.

    `blocks` is the structure a file reader found; without it lines, numbering and drawn tables are read from the text itself.
    `year` overrides the year the document states. The digest is that of the text in UTF-8 unless a reader names the file's own.
    """
    structure = list(blocks) if blocks is not None else blocks_of(text)
    return _Reading(text, tabled(text, bounded(text, structure)), name, year).run()


class _Reading:
    """One pass over one document."""

    def __init__(self, text: str, blocks: list[Block], name: str, year: int | None) -> None:
        self.text = text
        self.blocks = blocks
        self.name = name
        self.views: list[View] = [fold(text, b.start, b.end) for b in blocks]
        self.facts: Facts = facts(
            [
                v.text
                for v, b in zip(self.views, blocks, strict=True)
                if b.kind != "furniture" and (b.table is None or b.row == 0)
            ],
            year,
        )
        self.year = self.facts.year
        self.outline = Outline()
        self.drafts: list[_Draft] = []
        self.segments: list[_Segment] = []
        self.units: list[_Unit] = []
        self.floor = 0
        self.parent_floor = 0
        """Where the section that holds the numbered items began."""
        self.carry: tuple[str, ...] = ()
        self.body_started = False
        self.index = 0
        self.clauses_read: dict[tuple[int, int], list[Clause]] = {}
        self.reporting = self.facts.genre in ("speech", "bulletin", "minutes", "other")
        self.default_lead = (self.facts.addressee,) if self.facts.addressee else ()

    # ------------------------------------------------------------------ the walk

    def run(self) -> Decomposition:
        index = 0
        while index < len(self.blocks):
            self.index = index
            block = self.blocks[index]
            if block.table is not None:
                stop = index
                while stop < len(self.blocks) and self.blocks[stop].table == block.table:
                    stop += 1
                self._table(index, stop)
                index = stop
                continue
            self._paragraph(index)
            index += 1
        return self._result()

    def _next(self, index: int) -> tuple[View, Block] | None:
        for later in range(index + 1, len(self.blocks)):
            if self.views[later].text and self.blocks[later].kind != "furniture":
                return self.views[later], self.blocks[later]
        return None

    # ------------------------------------------------------------------ paragraphs

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
        if _KEY_VALUE.match(text):
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

    def _widen(self, index: int) -> None:
        """A line of offices that closes a section of items none of which has its own covers all of them."""
        if not self.parent_floor < self.floor:
            return
        if any({"A2", "A3", "A4"} & set(d.rules) for d in self.drafts[self.parent_floor :]):
            return
        for later in range(index + 1, len(self.blocks)):
            words = self.views[later].text
            if words and not _KEY_VALUE.match(words):
                mark = line_mark(words)
                if mark is not None and mark.level >= 5:
                    return
                break
        self.floor = self.parent_floor

    def _field_line(self, text: str) -> bool:
        """A line that is nothing but offices, a date or a column header: a table pasted cell by cell."""
        if re.fullmatch(r"(?:完成|办理|推进)?时限|完成时间|责任单位|牵头单位|配合单位|责任部门|时间节点", text):
            return True
        if len(self.drafts) == self.floor:
            return False
        listing = names(text)
        if (
            listing
            and not lexicon.verb_first(text)
            and all(NAME.fullmatch(n) or re.search(r"（街道）$", n) for n in listing)
        ):
            covered = self.drafts[self.floor :]
            known = any(d.lead_source == "explicit" for d in covered)
            self._apply(Assignment((), listing) if known else Assignment(listing[:1], listing[1:]), "A4")
            return True
        expressions = times(text, self.year)
        if (
            len(expressions) == 1
            and expressions[0].deadline
            and (expressions[0].start, expressions[0].end) == (0, len(text))
        ):
            self._apply(Assignment(time=text), "A4")
            return True
        return False

    def _speaks(self, text: str) -> bool:
        """Whether a bare line has the form of a duty."""
        clauses = read_clauses(text[:120], 0, min(len(text), 120), self.year)
        return (
            any(c.valued or c.dated for c in clauses)
            or bool(lexicon.verb_first(text))
            or bool(lexicon.DUTY_MODAL.search(text))
        )

    def _read(self, view: View, start: int, stop: int, signed: int | None = None) -> list[Clause]:
        """The clauses of a piece, read once however often they are asked for."""
        key = (view.start_of(start), view.end_of(stop))
        if key not in self.clauses_read:
            self.clauses_read = {key: read_clauses(view.text, start, stop, self.year, signed)}
        return self.clauses_read[key]

    def _open(self, mark: Mark) -> None:
        self.outline.open(Section(mark.level, mark.name))

    def _whole(self, view: View, block: Block, state: str, reason: str) -> None:
        if not view.text:
            return
        start, end = view.start_of(0), view.end_of(len(view.text))
        self.segments.append(_Segment(start, end, state, reason))
        self.units.append(_Unit(start, end, state, reason, self.outline.path, self.index))

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
            if start >= end or not (text[start].isalnum() or _WORD.search(text, start, end)):
                self._extend(view, piece)
                continue
            label = self._lead_in(text, start, end)
            speaker: tuple[str, ...] = ()
            if label is not None:
                stop, speaker = label
                if stop >= end or not _WORD.search(text, stop, end):
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
            negative = _NEGATIVE.match(body) if _DEDUCTION.search(body, signed) else None
            if negative:
                stop = start + negative.end("what")
            else:
                tail = _SCORE_TAIL.search(body, signed) or _DEDUCTION_TAIL.search(body, signed)
                if tail:
                    stop = start + tail.start()
            clauses = self._read(view, start, stop, signed)
            kept, dropped, why = drop_background(clauses, self.reporting)
            evidence = "P8" if negative else self._evidence(kept, cell is not None)
            if not kept or evidence is None:
                reason = next((r for r in (_background(c, self.reporting) for c in clauses) if r), "N14")
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
        later = next((p for p in parts[number + 1 :] if p.kind == "text" and _WORD.search(text, p.start, p.end)), None)
        if (cell and mark is None) or _DEDUCTION.search(body, signed):
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
                if _PROHIBITION.match(body) or re.search(r"的$|^(?:凡|如)", body):
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
            or _PROHIBITION.match(body)
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
        if _KEY_VALUE.match(next_text) or LABEL_LINE.match(next_text):
            return False
        deeper = line_mark(next_text)
        if deeper is not None:
            return deeper.level > mark.level
        return block.kind != "furniture" and not FURNITURE.search(next_text) and not DATE_LINE.match(next_text)

    # ------------------------------------------------------------------ verdicts and evidence

    def _verdict(
        self, body: str, signed: int, piece: Piece, past_sentence: int, cell: bool, item_floor: int
    ) -> tuple[str, str] | None:
        if self.outline.retrospective and not cell:
            if not (self.facts.genre == "speech" and _DUTY.search(body, signed)):
                return "background", "L9"
        if _BONUS.search(body, signed) and not _DUTY.search(body, signed):
            return "rejected", "N11"
        if (
            _DEDUCTION.search(body, signed)
            and (self.facts.genre == "scoring" or cell or not _STRIPPED.search(body))
            and (_NEGATIVE.match(body) or not _DEDUCTION_TAIL.search(body))
        ):
            if (
                not _NEGATIVE.match(body)
                or (len(self.drafts) > item_floor and not self.drafts[-1].negated)
                or re.match(r"每|逾期|发生|发现|低于|少", body)
            ):
                return "rejected", "N11"
            return None
        found = sentence_verdict(body, signed)
        if found is not None:
            return found
        if piece.sentence == past_sentence and not _DUTY.search(body, signed):
            return "background", "N1"
        return None

    def _evidence(self, kept: list[Clause], cell: bool) -> str | None:
        found = [(c, dutiful(c)) for c in kept if _background(c) != "N15"]
        if not found and not cell:
            return None
        rules = [r for _, r in found if r]
        strong = [r for r in rules if r in ("P1", "P4", "P6")]
        if strong:
            return strong[0]
        for clause, rule in found:
            why = _background(clause, self.reporting)
            if why and not (rule == "P2" and lexicon.ADVERB_RUN.match(clause.text[clause.body :]) and why == "N1"):
                return "P9" if cell and why == "N15" else None
        if cell:
            return rules[0] if rules else "P9"
        if not rules:
            return None
        prospective = self.facts.genre in ("plan", "work_report", "decomposition", "scoring", "speech", "minutes")
        if not prospective and rules[0] == "P3" and not self.outline.sections:
            return None
        if rules[0] == "P10" and self.facts.genre not in ("plan", "work_report", "decomposition"):
            return None
        if self.facts.genre == "speech" and set(rules) <= {"P3", "P5"} and not any(c.valued or c.dated for c in kept):
            return None
        return rules[0]

    # ------------------------------------------------------------------ commitments

    def _commit(
        self,
        view: View,
        piece: Piece,
        kept: list[Clause],
        dropped: list[Clause],
        why: str,
        evidence: str,
        run_in: str | None,
        speaker: tuple[str, ...],
        negated: bool,
        cell: tuple[str, ...] | None,
        sentence_carry: tuple[tuple[str, ...], tuple[str, ...]] | None,
        governing_date: Deadline | None,
    ) -> None:
        text = view.text
        found = groups(kept)
        cursor = piece.start
        if dropped:
            edge = kept[0].start
            self._segment(view, piece.start, edge, "background", why)
            cursor = edge
        path = self.outline.path if cell is None else (*cell, *(s.name for s in self.outline.sections if s.level >= 5))
        carried = sentence_carry
        unnamed = False
        flag: str | None = None
        numbers: list[int] = []
        for position, group in enumerate(found):
            start, end = group.start, group.end
            quote = text[start:end]
            lead, supporting, source, lead_rule = self._lead(group, carried, speaker, quote, unnamed)
            unnamed = unnamed or not lead
            if lead_rule == "A1":
                carried = (lead, supporting)
            deadline, own_date, date_rules = self._deadline(view, group, governing_date)
            found_indicators = self._indicators(view, group)
            conditional = any(
                c.role == "condition" and c.text.endswith("的") for c in group.clauses
            ) or quote.startswith(("凡", "如", "若", "一旦"))
            excluded = (
                excluded_by(quote)
                or (None if any(c.subject for c in group.clauses) else flag)
                or run_in
                or ("X0" if any(s.excluded for s in self.outline.sections) else None)
            )
            flag = excluded if excluded and excluded not in ("X0", run_in) else flag
            rules = [evidence, *group.rules, *(i.rule for i in found_indicators), *date_rules, lead_rule]
            if negated:
                rules.append("P8")
            if excluded:
                rules.append(excluded)
            draft = _Draft(
                view.start_of(start),
                view.end_of(end),
                path,
                _without_times(group),
                lead,
                supporting,
                source,
                found_indicators,
                deadline,
                negated,
                conditional,
                excluded,
                [r for r in dict.fromkeys(rules) if r],
                own_date,
                lead_rule == "A1",
            )
            numbers.append(len(self.drafts))
            self.drafts.append(draft)
            edge = found[position + 1].start if position + 1 < len(found) else piece.end
            self._segment(view, cursor, edge, "excluded" if excluded else "commitment", excluded or evidence)
            cursor = edge
        state = "excluded" if all(self.drafts[n].excluded for n in numbers) else "commitment"
        self.units.append(
            _Unit(
                view.start_of(piece.start),
                view.end_of(piece.end),
                state,
                self.drafts[numbers[0]].excluded or evidence if state == "excluded" else evidence,
                path,
                self.index,
                numbers,
            )
        )

    def _lead(
        self,
        group: Group,
        carried: tuple[tuple[str, ...], tuple[str, ...]] | None,
        speaker: tuple[str, ...],
        quote: str,
        unnamed: bool = False,
    ) -> tuple[tuple[str, ...], tuple[str, ...], str, str]:
        for clause in group.clauses:
            if clause.subject:
                return clause.subject.lead, clause.subject.supporting, "explicit", "A1"
            if (
                clause.role == "body"
                and not re.match(r"对|将|把|给|向|为|与|由", clause.text[clause.body :])
                and re.search(r"(?:单位|部门|乡镇|街道|（街道）|村|社区)$", clause.text)
            ):
                return (clause.text[clause.body :],), (), "explicit", "A1"
        if speaker:
            return speaker, (), "explicit", "A4"
        if carried is not None:
            return carried[0], carried[1], "inherited", "A5"
        if self.carry and not unnamed and _inherits(quote, group):
            return self.carry, (), "inherited", "A6"
        for section in reversed(self.outline.sections):
            if section.lead:
                return section.lead, section.supporting, "explicit" if section.explicit else "inherited", "A7"
        if self.default_lead and (not self.facts.titled or _POINTS.search(self.views[self.index].text)):
            return self.default_lead, (), "inherited", "A8"
        return (), (), "none", ""

    def _deadline(
        self, view: View, group: Group, governing: Deadline | None
    ) -> tuple[Deadline | None, bool, list[str]]:
        own = [t for c in group.clauses for t in c.times if t.deadline is not None]
        dated = [t for t in own if t.kind != "event"]
        if dated:
            chosen = dated[0]
            return self._worded(view, group, chosen.deadline), True, [chosen.rule]
        if group.governed is not None and group.governed.deadline is not None and not own:
            return self._worded(view, group, group.governed.deadline), True, ["D6"]
        if governing is not None and not own:
            return governing, True, ["D6"]
        if own:
            return self._worded(view, group, own[0].deadline), False, [own[0].rule]
        for section in reversed(self.outline.sections):
            if section.deadline_text:
                return field_deadline(section.deadline_text, self.year), False, ["D7"]
        return None, False, []

    def _worded(self, view: View, group: Group, deadline: Deadline | None) -> Deadline | None:
        """The deadline with its words as they stand in the document."""
        if deadline is None:
            return None
        deadline = this_month(deadline, self.facts.dated)
        found = view.text.find(deadline.text, max(0, group.start - 40))
        if found < 0:
            found = view.text.find(deadline.text)
        if found < 0:
            return deadline
        return replace(deadline, text=self.text[view.start_of(found) : view.end_of(found + len(deadline.text))])

    def _indicators(self, view: View, group: Group) -> list[Indicator]:
        found: list[Indicator] = []
        for clause in group.clauses:
            for indicator in clause.indicators:
                if clause.role == "part" and not clause.text.startswith("其中"):
                    continue
                if clause.role == "finish" and indicator.rule == "I9" and any(i.value is not None for i in found):
                    continue
                found.append(indicator)
        if any(i.value is not None for i in found):
            found = [i for i in found if i.value is not None or i.ref or i.rule != "I11" or len(found) <= 4]
        return found

    # ------------------------------------------------------------------ scopes

    def _scope(self, scope: Assignment, block: Block) -> None:
        self._apply(scope, "A2")
        self.floor = len(self.drafts)

    def _apply(self, scope: Assignment, rule: str) -> None:
        covered = self.drafts[self.floor :]
        if not covered:
            if self.outline.sections and rule in ("A2", "A4"):
                section = self.outline.sections[-1]
                if scope.lead or scope.supporting:
                    section.lead = section.lead if rule == "A4" and section.explicit and not scope.lead else scope.lead
                    section.supporting = scope.supporting or section.supporting
                    section.explicit = True
                section.deadline_text = scope.time or section.deadline_text
            return
        for draft in covered:
            _assign(draft, scope, rule, self.year)

    # ------------------------------------------------------------------ tables

    def _table(self, start: int, stop: int) -> None:
        rows: dict[int, dict[int, int]] = {}
        for index in range(start, stop):
            block = self.blocks[index]
            for row in range(block.row or 0, (block.row or 0) + block.rows):
                for column in range(block.column or 0, (block.column or 0) + block.columns):
                    rows.setdefault(row, {}).setdefault(column, index)
        headers: dict[int, str] = {}
        header_rows: set[int] = set()
        for row in sorted(rows)[:6]:
            cells = [self.views[i].text for i in dict.fromkeys(rows[row].values())]
            flagged = all(self.blocks[i].header for i in rows[row].values())
            if (flagged or columns.is_header(cells)) and len(set(rows[row].values())) > 1:
                header_rows.add(row)
                for column, index in rows[row].items():
                    words = self.views[index].text
                    if words and words not in headers.get(column, ""):
                        headers[column] = headers.get(column, "") + words
            elif headers:
                break
        roles = columns.roles(headers) if headers else {}
        titles = "".join(
            self.views[i].text
            for r in sorted(rows)
            if r not in header_rows and (not header_rows or r < min(header_rows))
            for i in set(rows[r].values())
        )
        bonus = (
            bool(re.search(r"加分|减分|扣分项|奖惩|附加分", titles + "".join(headers.values())))
            and "criterion" not in roles.values()
        )
        report = bool(headers) and (columns.retrospective(headers) or self.outline.retrospective)
        seen: set[int] = set()
        section: tuple[str, ...] = ()
        fallback = tuple(s.name for s in self.outline.sections if s.level <= 5)
        saved = Outline(list(self.outline.sections))
        inherited: dict[str, str] = {}
        for row in sorted(rows):
            cells = rows[row]
            unique = list(dict.fromkeys(cells.values()))
            if row in header_rows:
                for index in unique:
                    if index not in seen:
                        seen.add(index)
                        self.index = index
                        self._whole(self.views[index], self.blocks[index], "heading", "L5")
                continue
            if not headers or (header_rows and row < min(header_rows)):
                for index in unique:
                    if index not in seen:
                        seen.add(index)
                        self.index = index
                        self._loose_cell(index, bool(headers))
                continue
            filled = [i for i in unique if self.views[i].text]
            if len(filled) == 1 and len(unique) <= max(1, len(cells) // 3):
                index = filled[0]
                if index not in seen:
                    seen.add(index)
                    self.index = index
                    mark = mark_of(self.views[index])
                    if mark is not None and len(self.views[index].text) <= 40:
                        section = (mark.name,)
                        self._whole(self.views[index], self.blocks[index], "heading", "L5")
                    else:
                        self.outline = Outline(list(saved.sections))
                        self._loose_cell(index, True)
                continue
            section = self._row(cells, roles, section, fallback, seen, bonus, report, inherited)
        self.outline = saved
        self.outline.close(8)
        self.floor = len(self.drafts)
        self.carry = ()

    def _loose_cell(self, index: int, framed: bool) -> None:
        """A cell outside the known columns is read as a paragraph; short ones are labels."""
        view, block = self.views[index], self.blocks[index]
        if not view.text:
            return
        if (
            len(view.text) <= 12
            or (framed and view.text[-1] not in "。；" and not self._speaks(view.text))
            or HEADLINE.search(view.text)
        ):
            note = LABEL_LINE.match(view.text)
            self._whole(view, block, "background" if note else "heading", "N6" if note else "L2")
            return
        self._paragraph(index)

    def _row(
        self,
        cells: dict[int, int],
        roles: dict[int, str],
        section: tuple[str, ...],
        fallback: tuple[str, ...],
        seen: set[int],
        bonus: bool,
        report: bool,
        inherited: dict[str, str],
    ) -> tuple[str, ...]:
        scope_lead: list[str] = []
        scope_support: list[str] = []
        plain: list[str] = []
        time = ""
        number = ""
        milestones: set[int] = set()
        for column in sorted(cells):
            role = roles.get(column, "other")
            words = self.views[cells[column]].text
            if role == "lead":
                inner = assignment(words)
                scope_lead += inner.lead if inner and inner.lead else names(words)
                scope_support += inner.supporting if inner else ()
            elif role == "support":
                scope_support += names(words)
            elif role == "list":
                inner = assignment(words)
                if inner and (inner.lead or inner.supporting):
                    scope_lead += inner.lead
                    scope_support += inner.supporting
                else:
                    plain += names(words)
            elif role == "deadline" and self._milestones(words):
                milestones.add(column)
            elif role == "deadline" and not time:
                time = words
            elif role == "number":
                number = words
            elif role == "category" and words:
                mark = line_mark(words)
                if mark is not None:
                    section = (mark.name,)
        if not scope_lead and plain:
            scope_lead, plain = plain[:1], plain[1:]
        scope = Assignment(
            tuple(dict.fromkeys(scope_lead)),
            tuple(n for n in dict.fromkeys(scope_support + plain) if n not in scope_lead),
            time,
        )
        base = section or fallback
        marker = re.sub(r"[.、。]$", "", number)
        path = (*base, marker) if marker else base
        for column in sorted(cells):
            index = cells[column]
            if index in seen:
                continue
            seen.add(index)
            self.index = index
            view, block = self.views[index], self.blocks[index]
            if not view.text:
                continue
            role = roles.get(column, "other")
            if role != "task" and column not in milestones:
                self._whole(
                    view,
                    block,
                    "heading" if role in ("category", "topic") else "rejected" if role == "criterion" else "background",
                    {"category": "L5", "topic": "L5", "criterion": "N11"}.get(role, "A3"),
                )
                continue
            if report:
                self._whole(view, block, "background", "L8")
                continue
            if bonus:
                self._whole(view, block, "rejected", "N11")
                continue
            floor = len(self.drafts)
            self.floor = floor
            self.carry = ()
            self.outline = Outline()
            mark = mark_of(view)
            if mark is not None and mark.level >= 5:
                self._open(mark)
            else:
                mark = None
            saved_default, self.default_lead = self.default_lead, self.default_lead
            self._pieces(view, block, index, mark, path)
            self.default_lead = saved_default
            for draft in self.drafts[floor:]:
                _assign(draft, scope, "A3", self.year)
        del inherited
        return section

    def _milestones(self, words: str) -> bool:
        """Whether a cell of the time column says what is to be done by each date (3月底前完成设计；8月底前投用)."""
        dated = [t for t in times(words, self.year) if t.deadline is not None]
        rest = len(re.sub(r"[，；。、]", "", words)) - sum(t.end - t.start for t in dated)
        return (len(dated) >= 2 and rest >= 6) or (len(dated) == 1 and rest >= 8 and "；" in words)

    # ------------------------------------------------------------------ the ledger

    def _segment(self, view: View, start: int, end: int, state: str, reason: str) -> None:
        if end > start:
            self.segments.append(_Segment(view.start_of(start), view.end_of(end), state, reason))

    def _note(self, view: View, piece: Piece, state: str, reason: str) -> None:
        self._segment(view, piece.start, piece.end, state, reason)
        self.units.append(
            _Unit(view.start_of(piece.start), view.end_of(piece.end), state, reason, self.outline.path, self.index)
        )

    def _extend(self, view: View, piece: Piece) -> None:
        """Marks and stray signs belong to what stands before them, or, alone, to the page."""
        start, end = view.start_of(piece.start), view.end_of(piece.end)
        if self.segments and self.segments[-1].end <= start and not self.text[self.segments[-1].end : start].strip():
            self.segments[-1].end = end
        else:
            self.segments.append(_Segment(start, end, "furniture", "L0"))

    def _result(self) -> Decomposition:
        commitments: list[Commitment] = []
        counted: dict[str, tuple[int, int]] = {}
        for number, draft in enumerate(self.drafts, 1):
            quote = self.text[draft.start : draft.end]
            kind, rule = kind_of(
                draft.kind_text,
                draft.indicators,
                draft.deadline,
                draft.conditional or draft.negated,
                bool(_PROHIBITION.match(draft.kind_text)),
            )
            occurrence, _ = counted[quote] = _occurrence(self.text, quote, draft.start, counted.get(quote, (0, 0)))
            commitments.append(
                Commitment(
                    f"c{number:03d}",
                    draft.path,
                    quote,
                    draft.start,
                    draft.end,
                    kind,
                    draft.lead,
                    draft.supporting,
                    draft.lead_source if draft.lead else "none",
                    tuple(draft.indicators),
                    draft.deadline,
                    measurable(kind, draft.indicators, draft.deadline),
                    draft.negated,
                    occurrence,
                    draft.excluded is not None,
                    (*draft.rules, rule),
                )
            )
        return Decomposition(
            self.name,
            hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest(),
            self.year,
            tuple(commitments),
            tuple(self._coverage()),
            tuple(
                Sentence(
                    n,
                    u.start,
                    u.end,
                    self.text[u.start : u.end],
                    u.state,
                    u.reason,
                    u.path,
                    tuple(f"c{d + 1:03d}" for d in u.drafts),
                    u.block,
                )
                for n, u in enumerate(self.units, 1)
            ),
            self.facts.title,
            self.facts.genre,
            dated=self.facts.dated,
        )

    def _coverage(self) -> list[CoverageEntry]:
        entries: list[CoverageEntry] = []
        at = 0
        text = self.text

        def claim(start: int, end: int, state: str, reason: str) -> None:
            words = text[start:end].lstrip()
            start = end - len(words)
            words = words.rstrip()
            if words:
                entries.append(CoverageEntry(start, start + len(words), words, state, reason))

        for segment in sorted(self.segments, key=lambda s: (s.start, s.end)):
            start = max(segment.start, at)
            if start > at:
                claim(at, start, "furniture", "L0")
            if segment.end > start:
                claim(start, segment.end, segment.state, segment.reason)
                at = segment.end
        claim(at, len(text), "furniture", "L0")
        return entries


_PREAMBLE_LABEL = re.compile(r"(?:总体思路|指导思想|总体要求|工作思路|基本原则|总体考虑)(?:是|为)?$")
"""总体思路是：… announces the spirit of a plan, not a duty."""
_POINTS = re.compile(r"\d分|扣|得分|计分")
_RANKED = re.compile(r"\S{2,14}(?:\s+[\d.,]+[%％]?){2,}\s*")
"""竹溪镇　120　131　109.2%: a line of results."""


def _bare_offices(text: str) -> bool:
    """A heading that is nothing but offices hands them to what stands below it."""
    offices = names(text)
    return bool(offices) and all(
        NAME.fullmatch(n) and (n[0] in "区县市镇" or n.endswith(("镇", "乡", "街道"))) for n in offices
    )


def _background(clause: Clause, reporting: bool = False) -> str | None:
    return background_clause(clause.text, reporting, clause.signature)


def _date_only(clause: Clause) -> bool:
    return clause.role == "date" and bool(clause.times)


def reread(text: str, view: View, group: Group, year: int | None) -> Commitment:
    """The fields a span states by itself, for a row whose boundaries a reviewer has moved."""
    reading = _Reading(text[view.start_of(0) : view.end], [], "span", year)
    reading.text = text
    reading.year = year
    lead, supporting, source, lead_rule = reading._lead(group, None, (), view.text)
    deadline, _, date_rules = reading._deadline(view, group, None)
    found = reading._indicators(view, group)
    conditional = any(c.role == "condition" and c.text.endswith("的") for c in group.clauses)
    words = _without_times(group)
    kind, rule = kind_of(words, found, deadline, conditional, bool(_PROHIBITION.match(words)))
    excluded = excluded_by(view.text)
    rules = [r for r in (*(i.rule for i in found), *date_rules, lead_rule, excluded or "", rule) if r]
    start, end = view.start_of(0), view.end
    return Commitment(
        "",
        (),
        text[start:end],
        start,
        end,
        kind,
        lead,
        supporting,
        source if lead else "none",
        tuple(found),
        deadline,
        measurable(kind, found, deadline),
        False,
        1,
        excluded is not None,
        tuple(dict.fromkeys(rules)),
    )


_GENERAL = re.compile(
    r"严禁|禁止|[^，。；]{0,12}原则上|[^，。；]{4,24}的[^，。；]{1,4}一律|对[^，。；]*的，(?:依法|依规|严肃|一律|从严)|"
    r"[^，。；]{4,24}?(?:一律)?不得"
)
_FOREIGN_TOPIC = re.compile(r"[^，。；]{2,10}方面，")
_CASES = re.compile(r"对[^，。；]*的(?:人员|个人)$|[^，。；要]{2,10}(?:不了|出来)的[^，。；]{0,6}$")
_FOREIGN_SUBJECT = re.compile(r"[^，。；]{2,24}?要")


def _inherits(quote: str, group: Group) -> bool:
    """Whether the office of the sentence before may be meant: not by a rule for everybody, a bare figure, or a new topic."""
    acting = lexicon.verb_first(quote)
    if _GENERAL.match(quote) and not (acting and not quote.startswith(("严禁", "禁止", "原则上"))):
        return False
    if group.valued and not acting and group.clauses[0].role not in ("condition", "body"):
        return False
    if _FOREIGN_TOPIC.match(quote) or (len(group.clauses) > 1 and _CASES.match(group.clauses[0].text)):
        return False
    return acting or quote.startswith("要") or not _FOREIGN_SUBJECT.match(quote)


def _without_times(group: Group) -> str:
    """The words of a group without its dates, which would look like acts (自印发之日起)."""
    words = "，".join(c.text for c in group.clauses)[group.clauses[0].body :]
    for clause in group.clauses:
        for expression in clause.times:
            if expression.deadline is not None:
                words = words.replace(expression.deadline.text, "", 1)
    return words


def _occurrence(text: str, quote: str, start: int, before: tuple[int, int]) -> tuple[int, int]:
    """Which occurrence of its words a quotation at `start` is, and where to look on, given the same of the one before."""
    count, at = before
    at = text.find(quote, at)
    while 0 <= at <= start:
        count += 1
        at = text.find(quote, at + 1)
    return max(1, count), at if at >= 0 else len(text)


def _assign(draft: _Draft, scope: Assignment, rule: str, year: int | None) -> None:
    """Give a draft what a row, bracket or line says, where its own words do not say it."""
    if scope.lead or scope.supporting:
        if draft.own_lead:
            if not draft.supporting and set(draft.lead) & set(scope.lead):
                draft.supporting = tuple(n for n in (*scope.lead, *scope.supporting) if n not in draft.lead)
        elif draft.lead_source != "explicit" or rule != "A4":
            draft.lead, draft.supporting, draft.lead_source = scope.lead, scope.supporting, "explicit"
            draft.rules.append(rule)
        else:
            draft.lead = draft.lead or scope.lead
            draft.supporting = tuple(
                dict.fromkeys((*draft.supporting, *scope.supporting, *(n for n in scope.lead if n not in draft.lead)))
            )
    if scope.time and not draft.own_date:
        stated = field_deadline(scope.time, year)
        if stated is not None:
            draft.deadline = stated
            draft.rules.append("D7")


__all__ = ["decompose"]
