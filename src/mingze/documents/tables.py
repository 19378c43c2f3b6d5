"""Tables: header rows, columns by their role, and the scope of offices and dates along a row."""

from __future__ import annotations

import re

from mingze.documents import columns
from mingze.documents.assigning import assign
from mingze.documents.deadlines import times
from mingze.documents.offices import Assignment, assignment, names
from mingze.documents.outline import Outline, line_mark, mark_of
from mingze.documents.paragraphs import Paragraphs
from mingze.documents.verdicts import (
    HEADLINE,
    LABEL_LINE,
)


class Tables(Paragraphs):
    """Tables, row by row."""

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
                assign(draft, scope, "A3", self.year)
        del inherited
        return section

    def _milestones(self, words: str) -> bool:
        """Whether a cell of the time column says what is to be done by each date (3月底前完成设计；8月底前投用)."""
        dated = [t for t in times(words, self.year) if t.deadline is not None]
        rest = len(re.sub(r"[，；。、]", "", words)) - sum(t.end - t.start for t in dated)
        return (len(dated) >= 2 and rest >= 6) or (len(dated) == 1 and rest >= 8 and "；" in words)
