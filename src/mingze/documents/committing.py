"""Committing: from the clauses of a passage to rows, with the evidence for each and the verdict on the rest."""

from __future__ import annotations

import re

from mingze.documents import lexicon
from mingze.documents.assigning import Assigning
from mingze.documents.clauses import Clause, dutiful, groups
from mingze.documents.decomposition import (
    Deadline,
)
from mingze.documents.drafts import Draft, Unit, without_times
from mingze.documents.exclusion import excluded_by
from mingze.documents.passages import Piece
from mingze.documents.scored import BONUS, DEDUCTION, DEDUCTION_TAIL, NEGATIVE, STRIPPED
from mingze.documents.signs import Guarded
from mingze.documents.verdicts import (
    background_clause,
    sentence_verdict,
)
from mingze.documents.view import View

DUTY = Guarded(lexicon.DUTY_MODAL)


class Committing(Assigning):
    """What speaks for a passage, what speaks against it, and the rows cut from it."""

    def _verdict(
        self, body: str, signed: int, piece: Piece, past_sentence: int, cell: bool, item_floor: int
    ) -> tuple[str, str] | None:
        if self.outline.retrospective and not cell:
            if not (self.facts.genre == "speech" and DUTY.search(body, signed)):
                return "background", "L9"
        if BONUS.search(body, signed) and not DUTY.search(body, signed):
            return "rejected", "N11"
        if (
            DEDUCTION.search(body, signed)
            and (self.facts.genre == "scoring" or cell or not STRIPPED.search(body))
            and (NEGATIVE.match(body) or not DEDUCTION_TAIL.search(body))
        ):
            if (
                not NEGATIVE.match(body)
                or (len(self.drafts) > item_floor and not self.drafts[-1].negated)
                or re.match(r"每|逾期|发生|发现|低于|少", body)
            ):
                return "rejected", "N11"
            return None
        found = sentence_verdict(body, signed)
        if found is not None:
            return found
        if piece.sentence == past_sentence and not DUTY.search(body, signed):
            return "background", "N1"
        return None

    def _evidence(self, kept: list[Clause], cell: bool) -> str | None:
        found = [(c, dutiful(c)) for c in kept if background_of(c) != "N15"]
        if not found and not cell:
            return None
        rules = [r for _, r in found if r]
        strong = [r for r in rules if r in ("P1", "P4", "P6")]
        if strong:
            return strong[0]
        for clause, rule in found:
            why = background_of(clause, self.reporting)
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
            draft = Draft(
                view.start_of(start),
                view.end_of(end),
                path,
                without_times(group),
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
            Unit(
                view.start_of(piece.start),
                view.end_of(piece.end),
                state,
                self.drafts[numbers[0]].excluded or evidence if state == "excluded" else evidence,
                path,
                self.index,
                numbers,
            )
        )


def background_of(clause: Clause, reporting: bool = False) -> str | None:
    return background_clause(clause.text, reporting, clause.signature)
