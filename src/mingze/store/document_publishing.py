"""Publishing a reviewed document, all in one transaction: one case for each new promise, an event in the case of each
changed or dropped one.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from mingze.casework import Actor, Case, Command, Refused, decide
from mingze.procedure import Procedure
from mingze.store.document_confirming import DocumentConfirming
from mingze.store.document_doubts import indicator_words, open_doubts
from mingze.store.document_rows import ReviewRow, as_json, title_of
from mingze.store.document_versions import DocumentVersions, VersionChange
from mingze.store.errors import ReviewRefused
from mingze.store.fields import check_form
from mingze.store.recording import Draft

if TYPE_CHECKING:
    from mingze.store.register import Filed

PROCEDURE: Final = "commitment"
DELIVER: Final = "deliver"
"""The clock of the promise itself."""

_SENSES: Final = {">=": "at_least", "<=": "at_most", "=": "exactly"}


class DocumentPublishing(DocumentVersions, DocumentConfirming):
    """From accepted rows to cases."""

    def publish(self, document_id: str, actor: Actor) -> list[Filed]:
        """Open one case for each accepted row, all in one transaction; doing it again answers with the same cases.

        A row that goes on from the version before opens none: its case says what changed. One of an excluded topic
        opens none, whatever its state says.

        Raises:
            ReviewRefused: `not_ready` (how many are undecided, have no lead office, wait for a second post, have open
                doubts, and how many promises of the version before nobody accounted for), `nothing_accepted`,
                `unknown_document`; `case_on_old_procedure` where a promise's case has to be moved first.
            Refused: the procedure does not let this post assign commitments, or change a promise.
        """
        procedure = self._register.procedures.get(PROCEDURE)
        if procedure is None:
            raise Refused("unknown_procedure", procedure=PROCEDURE)
        return self._register.submit(lambda draft: self._published(draft, document_id, actor, procedure), alone=True)

    def _published(self, draft: Draft, document_id: str, actor: Actor, procedure: Procedure) -> list[Filed]:
        from mingze.store.register import Filed

        document = self._get(draft.connection, document_id)
        rows = self._rows(draft.connection, document_id)
        accepted = [row for row in rows if row.state == "accepted" and not row.excluded_topic]
        if document["state"] == "published":
            return [again for row in accepted if (again := self._filed(draft, document_id, row))]
        changes = self._changes(draft.connection, document, document_id)
        self._ready(document, rows, accepted, changes)
        by_row = {change.new.row_id: change for change in changes if change.new}
        filed: list[Filed] = []
        ties: list[tuple[Any, ...]] = []
        for row in accepted:
            key, change = f"document/{document_id}/{row.row_id}", by_row.get(row.row_id)
            told = row.row
            if change is not None and change.old is not None:
                told = {**told, "continues": change.old.row_id, "change": list(change.kinds)}
            if change is not None and change.goes_on and change.case is not None:
                case_id = change.case.id
                self._amend(draft, document, row, change, actor, key)
            else:
                case_id = secrets.token_hex(16)
                facts = self._opening_facts(document, row, procedure)
                offices = {"lead_office": row.row["lead_office"]}
                command = Command(procedure.opening_name, actor, facts, (), offices, key)
                known = self._register.open_case(draft, procedure, command, case_id, opening={"channel": "document"})
                filed.append(Filed(case_id, draft.cases[case_id].number, "", known.n, known.leaf_index, False))
            ties.append((case_id, as_json(told), self._authority, document_id, row.row_id))
        for change in changes:
            if change.dropped is not None and change.case is not None and change.case.open:
                facts = {"reason": change.reason, "new_document": document["title"], **_version(document)}
                self._act(
                    draft, change.case, "mark_dropped", facts, actor, f"document/{document_id}/{change.dropped.row_id}"
                )
        over = [
            (self._authority, document["replaces"], change.old.row_id)
            for change in changes
            if change.old and change.new
        ]
        self._tie(draft, document_id, actor, ties, over)
        return filed

    def _ready(
        self,
        document: Mapping[str, Any],
        rows: tuple[ReviewRow, ...],
        accepted: list[ReviewRow],
        changes: tuple[VersionChange, ...],
    ) -> None:
        """Raises ReviewRefused while anything is open."""
        open_rows = {
            "pending": [row.row_id for row in rows if row.state == "proposed"],
            "without_lead": [row.row_id for row in accepted if not row.row.get("lead_office")],
            "doubts": [row.row_id for row in accepted if open_doubts(row, document["dated_on"])],
            "changes": [(change.new or change.old or rows[0]).row_id for change in changes if change.waits],
            "unconfirmed": [row.row_id for row in rows if self.second_eyes and row.waits_for_second],
        }
        if any(open_rows.values()):
            counts = {name: len(found) for name, found in open_rows.items()}
            raise ReviewRefused(
                "not_ready", rows=[row_id for found in open_rows.values() for row_id in found], **counts
            )
        if not accepted and not changes:
            raise ReviewRefused("nothing_accepted")

    def _opening_facts(self, document: Mapping[str, Any], row: ReviewRow, procedure: Procedure) -> Mapping[str, Any]:
        """The facts a promise's case opens with: only what the procedure asks for."""
        fields = {
            "words": row.quote,
            "title": row.row.get("title") or title_of(row.quote),
            "document": document["title"],
            "supporting": row.row.get("supporting_offices") or [],
            "indicator": (row.row.get("indicator") or "")[:400],
            "deadline": row.row.get("deadline_on") or "",
            "deadline_words": (row.row.get("deadline_words") or "")[:200],
            "evidence_rule": row.row.get("evidence_rule") or "",
            **_measured(row.row),
        }
        taken = {name: value for name, value in fields.items() if name in procedure.opening.takes}
        return check_form(procedure, procedure.opening, taken, (), self._register.offices, records=True).facts

    def _amend(
        self, draft: Draft, document: Mapping[str, Any], row: ReviewRow, change: VersionChange, actor: Actor, key: str
    ) -> None:
        """The event of a changed promise in its case; what stayed the same needs none."""
        case, old = change.case, change.old
        if case is None or old is None or not case.open or change.kinds[0] in ("kept", "moved"):
            return
        due = str(row.row.get("deadline_on") or "")
        given = {
            "reason": change.reason,
            "new_document": document["title"],
            **_version(document),
            "new_words": row.quote if row.quote != old.quote else "",
            "new_indicator": str(row.row.get("indicator") or "")[:400] if "target" in change.kinds else "",
            "new_deadline": due if "date" in change.kinds else "",
            "new_deadline_words": str(row.row.get("deadline_words") or "")[:200] if "date" in change.kinds else "",
        }
        if "offices" in change.kinds:
            given["new_lead"] = str(row.row.get("lead_office") or "")
            given["new_supporting"] = list(row.row.get("supporting_offices") or ())
        clock = case.clocks.get(DELIVER)
        present = max(clock.raw or "", clock.started.isoformat()) if clock is not None and clock.running else ""
        later = bool(given["new_deadline"]) and bool(present) and due > present
        facts = {name: value for name, value in given.items() if value not in ("", [])}
        if later:
            facts["new_until"] = due
        self._act(draft, case, "amend_later" if later else "amend", facts, actor, key)

    def _act(self, draft: Draft, case: Case, action: str, fields: Mapping[str, Any], actor: Actor, key: str) -> None:
        """An act in a running case, in this transaction. Raises Refused, ReviewRefused `case_on_old_procedure`."""
        register, held = self._register, draft.held(case.id)
        if held is None:
            raise Refused("unknown_case")
        procedure = register.procedure_version(held.case.procedure, held.case.procedure_hash)
        if action not in procedure.actions:
            raise ReviewRefused("case_on_old_procedure", number=held.number)
        facts = check_form(procedure, procedure.actions[action], fields, (), register.offices).facts
        event = decide(
            procedure, held.case, Command(action, actor, facts, (), {}, key), register.now_of(held.case),
            register.calendar, authority=self._authority, case_id=case.id, previous=held.last_leaf,
        )  # fmt: skip
        draft.record(procedure, held, event)

    def _tie(
        self, draft: Draft, document_id: str, actor: Actor, ties: list[tuple[Any, ...]], over: list[tuple[Any, ...]]
    ) -> None:
        """After the events: each row points to its case, the rows it takes over say so, the document is published."""
        tie = (
            "UPDATE review_row SET case_id = ?, current_row = ? WHERE authority = ? AND document_id = ? AND row_id = ?"
            " AND case_id IS NULL AND excluded_topic = 0"
        )
        taken_over = "UPDATE review_row SET superseded = 1 WHERE authority = ? AND document_id = ? AND row_id = ?"
        done = (
            "UPDATE document SET state = 'published', published_at = ?, published_by = ?"
            " WHERE authority = ? AND document_id = ? AND state = 'review'"
        )
        at = self._register.clock.now().isoformat()
        draft.after += [(tie, ties, True)] if ties else []
        draft.after += [(taken_over, over, True)] if over else []
        draft.after.append((done, [(at, actor.post, self._authority, document_id)], True))

    def _filed(self, draft: Draft, document_id: str, row: ReviewRow) -> Filed | None:
        """The case a row opened when the document was published; None for one that went on from a version before."""
        from mingze.store.register import Filed

        known = draft.known(f"document/{document_id}/{row.row_id}")
        held = draft.held(row.case_id or "")
        if known is None or held is None:
            return None
        return Filed(known.case_id, held.number, "", known.n, known.leaf_index, True)


def _version(document: Mapping[str, Any]) -> dict[str, int]:
    return {"new_version": int(document["version"])}


def _measured(row: Mapping[str, Any]) -> dict[str, Any]:
    """The one figure a promise states, as the procedure keeps figures; nothing where it states none or several."""
    read = row.get("indicators") or ()
    if len(read) != 1 or indicator_words(read) != str(row.get("indicator") or ""):
        return {}
    value, sense = read[0].get("value"), _SENSES.get(str(read[0].get("op") or ""))
    if sense is None or isinstance(value, bool) or not isinstance(value, int | float):
        return {}
    name, unit = str(read[0].get("name") or "")[:200], str(read[0].get("unit") or "")[:20]
    return {"indicator_name": name, "target": value, "sense": sense, "unit": unit}
