"""Assigning: the office, the deadline and the values of a row, by its own words and by what governs it."""

from __future__ import annotations

import re
from dataclasses import replace

from mingze.documents import lexicon
from mingze.documents.clauses import Group
from mingze.documents.deadlines import field_deadline, this_month, times
from mingze.documents.decomposition import (
    Block,
    Deadline,
    Indicator,
)
from mingze.documents.drafts import Draft
from mingze.documents.heading import KEY_VALUE, Heading
from mingze.documents.offices import NAME, Assignment, names
from mingze.documents.outline import line_mark
from mingze.documents.view import View


class Assigning(Heading):
    """Who leads, by when and how much: from the words themselves, from what stands above, and from brackets and lines behind."""

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
            assign(draft, scope, rule, self.year)

    def _widen(self, index: int) -> None:
        """A line of offices that closes a section of items none of which has its own covers all of them."""
        if not self.parent_floor < self.floor:
            return
        if any({"A2", "A3", "A4"} & set(d.rules) for d in self.drafts[self.parent_floor :]):
            return
        for later in range(index + 1, len(self.blocks)):
            words = self.views[later].text
            if words and not KEY_VALUE.match(words):
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


_POINTS = re.compile(r"\d分|扣|得分|计分")

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


def assign(draft: Draft, scope: Assignment, rule: str, year: int | None) -> None:
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
