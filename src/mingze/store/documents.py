"""Documents and their review: from a text with promises in it to one case for each promise that was accepted.

    proposed ──accept──► accepted ──publish──► a case under `commitment`, tied to the exact words
        │  └──reject (with the reason)──► rejected         split, merged: replaced by other rows, and kept
        └──exclude──► excluded: stays text for ever; the store itself opens no case for it

The text as read and what the machine proposed are kept as they were; what people make of a row stands beside it. Every
step says which post took it and when, holds the rows before and after, and can be undone; undoing is a step too. A row
that changed since the reviewer saw it is not overwritten: they are told who changed it and when.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from mingze.casework import Actor, Command, Refused
from mingze.documents.exclusion import excluded_by
from mingze.store import pages
from mingze.store.case_row import NEVER
from mingze.store.errors import ReviewRefused
from mingze.store.fields import check_form, clean_text
from mingze.store.pages import CaseRow, Page
from mingze.store.recording import Draft
from mingze.terms import local_day

if TYPE_CHECKING:
    from mingze.store.register import Filed, Register

PROCEDURE: Final = "commitment"
OPEN_STATES: Final = ("proposed", "accepted", "rejected")
"""States a reviewer can still change; `excluded`, `split`, `merged` and `withdrawn` only undoing changes."""

EDITABLE: Final = (
    "title", "kind", "lead", "supporting", "lead_office", "supporting_offices",
    "indicators", "indicator", "deadline", "deadline_on", "deadline_words", "evidence_rule",
)  # fmt: skip
"""What a reviewer may change of a row. Its words are those of the document: only splitting and merging move their
ends.
"""


@dataclass(frozen=True)
class Sentence:
    """One sentence (or table cell) and its one visible state, with the reason."""

    position: int
    start: int
    end: int
    text: str
    state: str
    reason: str


@dataclass(frozen=True)
class ReviewRow:
    """A proposed promise: `machine` is what the program found, `row` what it says now, `edited` whether they differ."""

    row_id: str
    start: int
    end: int
    n: int
    state: str
    excluded_topic: bool
    reason: str
    machine: Mapping[str, Any] | None
    row: Mapping[str, Any]
    from_rows: tuple[str, ...]
    case_id: str | None

    @property
    def quote(self) -> str:
        """The exact words."""
        return str(self.row.get("quote", ""))

    @property
    def edited(self) -> bool:
        """Whether a person changed what the program proposed."""
        return self.machine is not None and any(self.machine.get(key) != value for key, value in self.row.items())

    def to_json(self) -> dict[str, Any]:
        """The row as a step remembers it."""
        return {
            "row_id": self.row_id, "start": self.start, "end": self.end, "n": self.n, "state": self.state,
            "excluded_topic": self.excluded_topic, "reason": self.reason, "machine": self.machine, "row": dict(self.row),
            "from_rows": list(self.from_rows), "case_id": self.case_id,
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ReviewRow:
        """The row a step remembers."""
        return cls(**{**data, "from_rows": tuple(data["from_rows"])})


@dataclass(frozen=True)
class Step:
    """One thing a reviewer did: the post and office, when, and the rows before and after."""

    step: int
    row_id: str
    verb: str
    post: str
    office: str
    taken_at: datetime
    undoes: int


@dataclass(frozen=True)
class DocumentHead:
    """A document in a list."""

    document_id: str
    title: str
    year: int
    version: int
    state: str
    added_at: datetime
    added_by: str
    published_at: str


@dataclass(frozen=True)
class Document:
    """A document with its text as read, every sentence's state, and the rows under review in reading order."""

    head: DocumentHead
    text: str
    sha256: str
    blocks: Sequence[Any]
    machine: Mapping[str, Any]
    sentences: tuple[Sentence, ...]
    rows: tuple[ReviewRow, ...]
    steps: tuple[Step, ...]

    @property
    def pending(self) -> tuple[ReviewRow, ...]:
        """Rows nobody has decided on yet; the document cannot be published while there are any."""
        return tuple(row for row in self.rows if row.state == "proposed")

    @property
    def without_lead(self) -> tuple[ReviewRow, ...]:
        """Accepted rows that no office answers for yet."""
        return tuple(row for row in self.rows if row.state == "accepted" and not row.row.get("lead_office"))


@dataclass(frozen=True)
class CommitmentRow:
    """One promise on the public board: its words in their document, and the case that shows what became of it.

    `deadline` is the promise's own (with extensions granted), "" where it has none; the row's `due` is whatever period
    runs now, such as the one for accepting it.
    """

    row: CaseRow
    document_id: str
    document_title: str
    start: int
    end: int
    words: str
    lead_office: str
    supporting_offices: tuple[str, ...]
    deadline: str


_HEAD: Final = "document_id, title, year, version, state, added_at, added_by, published_at"
_ROW: Final = "row_id, start_char, end_char, n, state, excluded_topic, reason, machine, current_row, from_rows, case_id"
_STATES_OF: Final = {"proposed": "commitment", "accepted": "commitment", "rejected": "rejected", "excluded": "excluded"}


class Documents:
    """The documents of one register. Every change passes through its one writer."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._authority = register.authority

    # -- reading -------------------------------------------------------------------------------------------------

    def list(self, after: str | None = None, limit: int = 50, published: bool = False) -> Page[DocumentHead]:
        """Documents, the newest first."""
        mark = pages.read_mark(after, 2)
        where = " AND state = 'published'" if published else ""
        where += " AND (added_at, document_id) < (?, ?)" if mark else ""
        sql = (
            f"SELECT {_HEAD} FROM document WHERE authority = ?{where} ORDER BY added_at DESC, document_id DESC LIMIT ?"
        )
        with self._register.readers() as connection:
            rows = connection.execute(sql, (self._authority, *(mark or ()), limit + 1)).fetchall()
        heads = [_head(row) for row in rows]
        return pages.page_of(heads, limit, lambda head: pages.write_mark(head.added_at.isoformat(), head.document_id))

    def get(self, document_id: str) -> Document | None:
        """A document with everything about its review, of one moment; None when there is none."""
        with self._register.readers() as connection:
            return self._document(connection, document_id)

    def rows(self, document_id: str) -> tuple[ReviewRow, ...]:
        """The rows of a document in reading order, replaced ones included."""
        with self._register.readers() as connection:
            return self._rows(connection, document_id)

    def counts(self, document_ids: Sequence[str]) -> dict[str, dict[str, int]]:
        """How many rows of each document stand in each state, for a list of documents, in one query."""
        if not document_ids:
            return {}
        marks = ", ".join("?" for _ in document_ids)
        sql = (
            "SELECT document_id, state, count(*) FROM review_row WHERE authority = ?"
            f" AND document_id IN ({marks}) GROUP BY document_id, state"
        )
        out: dict[str, dict[str, int]] = {}
        with self._register.readers() as connection:
            for document_id, state, count in connection.execute(sql, (self._authority, *document_ids)).fetchall():
                out.setdefault(document_id, {})[state] = count
        return out

    def of_case(self, case_id: str) -> tuple[DocumentHead, ReviewRow] | None:
        """The document and row a commitment's case came from."""
        sql = "SELECT document_id, row_id FROM review_row WHERE authority = ? AND case_id = ?"
        with self._register.readers() as connection:
            found = connection.execute(sql, (self._authority, case_id)).fetchone()
            if found is None:
                return None
            head = connection.execute(
                f"SELECT {_HEAD} FROM document WHERE authority = ? AND document_id = ?", (self._authority, found[0])
            ).fetchone()
            return _head(head), self._row(connection, found[0], found[1])

    def board(
        self, show: str = "all", document_id: str = "", office: str = "", after: str | None = None, limit: int = 50
    ) -> Page[CommitmentRow]:
        """The public board: promises with their documents, what is due first at the top, closed ones last.

        `show`: all, open, closed, overdue. `office` is the lead office.
        """
        now = self._register.clock.now()
        conditions, values = ["c.authority = ?"], [self._authority]
        if show in ("open", "overdue"):
            conditions.append("c.is_open = 1")
        elif show == "closed":
            conditions.append("c.is_open = 0")
        if show == "overdue":
            conditions.append("(c.overdue = 1 OR c.due_on < ?)")
            values.append(local_day(now).isoformat())
        if document_id:
            conditions.append("r.document_id = ?")
            values.append(document_id)
        if office:
            conditions.append(
                "EXISTS (SELECT 1 FROM case_office o WHERE o.authority = c.authority AND o.office = ?"
                " AND o.case_id = c.case_id AND o.role = 'lead_office')"
            )
            values.append(office)
        mark = pages.read_mark(after, 2)
        if mark:
            conditions.append("(c.due_on, c.case_id) > (?, ?)")
            values += mark
        sql = (
            f"SELECT r.document_id, d.title, r.start_char, r.end_char, r.current_row, {pages.COLUMNS}"
            " FROM review_row r JOIN document d ON d.authority = r.authority AND d.document_id = r.document_id"
            " JOIN case_file c ON c.authority = r.authority AND c.case_id = r.case_id"
            f" WHERE {' AND '.join(conditions)} ORDER BY c.due_on, c.case_id LIMIT ?"
        )
        with self._register.readers() as connection:
            found = connection.execute(sql, (*values, limit + 1)).fetchall()
        rows = []
        for doc, title, start, end, current, *case in found:
            row, told = pages.read_row(case), json.loads(current)
            state = row.case
            own = next((clock.due for clock in state.clocks.values() if clock.parameter == "fact deadline"), None)
            rows.append(
                CommitmentRow(
                    row, doc, title, start, end, told.get("quote", ""), state.offices.get("lead_office", ""),
                    tuple(told.get("supporting_offices") or ()), own or "",
                )
            )  # fmt: skip
        return pages.page_of(rows, limit, lambda r: pages.write_mark(r.row.due or NEVER, r.row.case_id))

    # -- adding --------------------------------------------------------------------------------------------------

    def add(
        self,
        text: str,
        title: str,
        year: int | None,
        actor: Actor,
        *,
        decomposition: Any = None,
        blocks: Sequence[Any] = (),
        replaces: str = "",
        idempotency: str = "",
    ) -> str:
        """Keep a document's text as it was read, with what the machine proposes, for review; returns its id.

        `decomposition` is a `mingze.documents.Decomposition`; without one the text is read now. Added twice with one
        idempotency key, it is one document.

        Raises Unavailable; ReviewRefused `title_missing`.
        """
        register = self._register
        try:
            title = clean_text(title).replace("\n", " ")[:300]
        except ValueError:
            title = ""
        if not title:
            raise ReviewRefused("title_missing")
        if decomposition is None:
            from mingze.documents.decomposing import decompose

            decomposition = decompose(text, blocks or None, title, year)
        machine = decomposition.to_json()
        known_year = year or decomposition.year or register.clock.now().year
        document_id = _document_id(idempotency)
        digest = machine.get("sha256") or sha256(text.encode()).hexdigest()
        at = register.clock.now().isoformat()

        def work(draft: Draft) -> str:
            there = draft.connection.execute(
                "SELECT 1 FROM document WHERE authority = ? AND document_id = ?", (self._authority, document_id)
            ).fetchone()
            if there:
                return document_id
            version = 1
            if replaces:
                found = draft.connection.execute(
                    "SELECT version FROM document WHERE authority = ? AND document_id = ?", (self._authority, replaces)
                ).fetchone()
                version = found[0] + 1 if found else 1
            draft.connection.execute(
                "INSERT INTO document (authority, document_id, title, year, version, replaces, sha256, body, blocks,"
                " machine, state, n, added_at, added_by, published_at, published_by)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'review', 0, ?, ?, '', '')",
                (self._authority, document_id, title, known_year, version, replaces, digest, text,
                 _json([_plain(block) for block in blocks]), _json(machine), at, actor.post),
            )  # fmt: skip
            sentences = [
                (self._authority, document_id, at_, s.start, s.end, s.state, s.reason)
                for at_, s in enumerate(decomposition.sentences, 1)
            ]
            proposed = [self._proposed(found) for found in machine["commitments"]]
            writes = [
                (
                    "INSERT INTO document_sentence (authority, document_id, position, start_char, end_char, state, reason)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    sentences,
                    False,
                ),
                (_INSERT_ROW, [self._values(document_id, row) for row in proposed], False),
            ]
            draft.connection.write_all([write for write in writes if write[1]])
            return document_id

        return register.submit(work, alone=True)

    def _proposed(self, found: Mapping[str, Any]) -> ReviewRow:
        """The machine's row, with the names it read resolved to offices where the register of competences knows
        them.
        """
        by_name = self._register.offices.by_name
        lead = [office.id for office in map(by_name, found.get("lead") or ()) if office]
        supporting = [office.id for office in map(by_name, found.get("supporting") or ()) if office]
        deadline = found.get("deadline") or {}
        due = str(deadline.get("iso_date") or "")
        machine = {
            **found,
            "title": _title(str(found["quote"])),
            "lead_office": lead[0] if lead else "",
            "supporting_offices": [*lead[1:], *supporting],
            "deadline_on": due if len(due) == 10 and not due.startswith("-") else "",
            "deadline_words": str(deadline.get("text") or ""),
            "indicator": "；".join(_indicator_words(one) for one in found.get("indicators") or ()),
            "evidence_rule": "",
        }
        excluded = bool(found.get("excluded_topic"))
        state = "excluded" if excluded else "proposed"
        return ReviewRow(
            str(found["id"]), int(found["start"]), int(found["end"]), 0, state, excluded, "", machine, machine, (), None
        )

    # -- reviewing -----------------------------------------------------------------------------------------------

    def accept(self, document_id: str, row_id: str, actor: Actor, *, expected_n: int) -> ReviewRow:
        """Take a row as a commitment. Raises ReviewRefused `excluded_never`, `row_moved_on`, `wrong_state`,
        `published_already`, `unknown_row`."""
        return self._change(
            document_id, row_id, "accept", actor, expected_n, lambda row: replace(row, state="accepted", reason="")
        )

    def reject(self, document_id: str, row_id: str, actor: Actor, *, expected_n: int, reason: str) -> ReviewRow:
        """Say that a row is no commitment, and why; the words stay visible with the reason. Raises also
        `reason_missing`.
        """
        words = _reason(reason)
        return self._change(
            document_id, row_id, "reject", actor, expected_n, lambda row: replace(row, state="rejected", reason=words)
        )

    def exclude(self, document_id: str, row_id: str, actor: Actor, *, expected_n: int, reason: str = "") -> ReviewRow:
        """Mark a row as a task that would profile or control people: it stays text and opens no case."""
        words = _reason(reason) if reason else ""
        return self._change(
            document_id, row_id, "exclude", actor, expected_n,
            lambda row: replace(row, state="excluded", excluded_topic=True, reason=words),
        )  # fmt: skip

    def edit_row(
        self, document_id: str, row_id: str, changes: Mapping[str, Any], actor: Actor, *, expected_n: int
    ) -> ReviewRow:
        """Correct what a row says (title, offices, indicator, deadline …), never its words.

        Raises ReviewRefused `not_editable` (which part), `lead_not_an_office`, `bad_date`, and as `accept`.
        """
        clean = self._checked(row_id, changes)
        return self._change(
            document_id, row_id, "edit", actor, expected_n, lambda row: replace(row, row={**row.row, **clean})
        )

    def split(
        self, document_id: str, row_id: str, at: Sequence[int], actor: Actor, *, expected_n: int
    ) -> tuple[ReviewRow, ...]:
        """Cut a row at these places of the text (code points) into two or more, each proposed anew.

        Raises ReviewRefused `bad_split`, and as `accept`.
        """

        def work(draft: Draft) -> tuple[ReviewRow, ...]:
            document = self._for_change(draft, document_id)
            row = self._open_row(draft, document_id, row_id, expected_n, "split")
            cuts = sorted(set(at))
            if not cuts or cuts[0] <= row.start or cuts[-1] >= row.end:
                raise ReviewRefused("bad_split", row=row_id)
            text = document["body"]
            ends = list(zip([row.start, *cuts], [*cuts, row.end], strict=True))
            parts = [part for part in (_trimmed(text, start, end) for start, end in ends) if part[0] < part[1]]
            if len(parts) < 2:
                raise ReviewRefused("bad_split", row=row_id)
            made = [self._made(row, text, start, end, (row_id,)) for start, end in parts]
            return self._record(draft, document_id, row_id, "split", actor, [replace(row, state="split")], made)

        return self._register.submit(work, alone=True)

    def merge(
        self, document_id: str, row_ids: Sequence[str], actor: Actor, *, expected_n: Mapping[str, int]
    ) -> ReviewRow:
        """Join rows into one that spans them, proposed anew. Raises ReviewRefused `not_adjacent`, `bad_span`,
        `excluded_never` when words of an excluded row lie between, and as `accept`."""

        def work(draft: Draft) -> tuple[ReviewRow, ...]:
            document = self._for_change(draft, document_id)
            rows = [
                self._open_row(draft, document_id, row_id, expected_n[row_id], "merge")
                for row_id in dict.fromkeys(row_ids)
            ]
            if len(rows) < 2:
                raise ReviewRefused("not_adjacent", row=row_ids[0] if row_ids else "")
            rows.sort(key=lambda row: row.start)
            start, end = rows[0].start, max(row.end for row in rows)
            self._keep_clear(draft, document_id, start, end, {row.row_id for row in rows})
            made = self._made(rows[0], document["body"], start, end, tuple(row.row_id for row in rows))
            whole = {**made.row}
            for key in ("indicators", "supporting", "supporting_offices"):
                whole[key] = [value for row in rows for value in row.row.get(key) or ()]
            whole["indicator"] = "；".join(row.row["indicator"] for row in rows if row.row.get("indicator"))
            whole["supporting_offices"] = list(dict.fromkeys(whole["supporting_offices"]))
            made = replace(made, row=whole)
            before = [replace(row, state="merged") for row in rows]
            return self._record(draft, document_id, rows[0].row_id, "merge", actor, before, [made])

        return self._register.submit(work, alone=True)[0]

    def add_row(self, document_id: str, start: int, end: int, actor: Actor) -> ReviewRow:
        """Propose a row the machine did not find, from a stretch of the text. Raises ReviewRefused `bad_span`,
        `excluded_never`."""

        def work(draft: Draft) -> tuple[ReviewRow, ...]:
            document = self._for_change(draft, document_id)
            text = document["body"]
            if not 0 <= start < end <= len(text):
                raise ReviewRefused("bad_span")
            first, last = _trimmed(text, start, end)
            if first >= last:
                raise ReviewRefused("bad_span")
            self._keep_clear(draft, document_id, first, last, set())
            blank = ReviewRow(
                "", first, last, 0, "proposed", False, "", None, {"kind": "continuing", "path": []}, (), None
            )
            return self._record(draft, document_id, "", "add", actor, [], [self._made(blank, text, first, last, ())])

        return self._register.submit(work, alone=True)[0]

    def annotate(self, document_id: str, row_id: str, note: str, actor: Actor, *, expected_n: int) -> ReviewRow:
        """Put a note beside a row, also beside one that must stay text: its state and its words do not change.

        Raises ReviewRefused `row_moved_on`, `published_already`, `control_character`.
        """
        words = self._checked(row_id, {"evidence_rule": note})["evidence_rule"]

        def work(draft: Draft) -> tuple[ReviewRow, ...]:
            self._for_change(draft, document_id)
            row = self._unchanged_row(draft, document_id, row_id, expected_n)
            noted = replace(row, row={**row.row, "note": words})
            return self._record(draft, document_id, row_id, "annotate", actor, [noted], [])

        return self._register.submit(work, alone=True)[0]

    def move(self, document_id: str, row_id: str, start: int, end: int, actor: Actor, *, expected_n: int) -> ReviewRow:
        """Give a row other ends in the text; what it says besides its words stays.

        Raises ReviewRefused `bad_span`, `excluded_never` where the new words would profile or control people or
        belong to a row that must stay text, and as `accept`.
        """
        from mingze.documents import EditError, read_span

        def work(draft: Draft) -> tuple[ReviewRow, ...]:
            text = self._for_change(draft, document_id)["body"]
            row = self._open_row(draft, document_id, row_id, expected_n, "move")
            try:
                found = read_span(text, start, end)
            except EditError:
                raise ReviewRefused("bad_span") from None
            if found.excluded_topic:
                raise ReviewRefused("excluded_never", row=row_id)
            self._keep_clear(draft, document_id, found.start, found.end, {row_id})
            told = {**row.row, "quote": found.quote, "start": found.start, "end": found.end}
            moved = replace(row, start=found.start, end=found.end, row=told)
            return self._record(draft, document_id, row_id, "move", actor, [moved], [])

        return self._register.submit(work, alone=True)[0]

    def undo(self, document_id: str, actor: Actor, expected_step: int | None = None) -> Step:
        """Take back the last step that has not been taken back; undoing is a step as well.

        `expected_step` is the step the reviewer saw as the last one; another one since is not taken back unseen.

        Raises ReviewRefused `nothing_to_undo`, `step_moved_on`, `published_already`.
        """

        def work(draft: Draft) -> Step:
            self._for_change(draft, document_id)
            sql = (
                "SELECT s.step, s.row_id, s.before_rows, s.after_rows, s.verb, s.post, s.taken_at FROM review_step s"
                " WHERE s.authority = ? AND s.document_id = ? AND s.undoes = 0 AND NOT EXISTS (SELECT 1 FROM review_step u WHERE"
                " u.authority = s.authority AND u.document_id = s.document_id AND u.undoes = s.step)"
                " ORDER BY s.step DESC LIMIT 1"
            )
            found = draft.connection.execute(sql, (self._authority, document_id)).fetchone()
            if found is None:
                raise ReviewRefused("nothing_to_undo")
            step, row_id, before, after, verb, post, taken_at = found
            if expected_step is not None and step != expected_step:
                at = datetime.fromisoformat(taken_at)
                raise ReviewRefused("step_moved_on", step=step, row=row_id, verb=verb, post=post, taken_at=at)
            back = {row["row_id"]: ReviewRow.from_json(row) for row in json.loads(before)}
            changed = []
            for row in json.loads(after):
                now = self._row(draft.connection, document_id, row["row_id"])
                old = back.get(now.row_id)
                changed.append(replace(old, n=now.n) if old else replace(now, state="withdrawn"))
            self._record(draft, document_id, row_id, "undo", actor, changed, [], undoes=step)
            return Step(step, row_id, "undo", actor.post, actor.office, self._register.clock.now(), step)

        return self._register.submit(work, alone=True)

    # -- publishing ----------------------------------------------------------------------------------------------

    def publish(self, document_id: str, actor: Actor) -> list[Filed]:
        """Open one case for each accepted row, all in one transaction; doing it again answers with the same cases.

        A row of an excluded topic opens none, whatever its state says.

        Raises:
            ReviewRefused: `not_ready` (how many are undecided, how many have no lead office), `nothing_accepted`,
                `unknown_document`.
            Refused: the procedure does not let this post assign commitments.
        """
        from mingze.store.register import Filed

        register = self._register
        procedure = register.procedures.get(PROCEDURE)
        if procedure is None:
            raise Refused("unknown_procedure", procedure=PROCEDURE)

        def work(draft: Draft) -> list[Filed]:
            document = self._get(draft.connection, document_id)
            rows = [row for row in self._rows(draft.connection, document_id) if row.state in OPEN_STATES]
            accepted = [row for row in rows if row.state == "accepted" and not row.excluded_topic]
            if document["state"] == "published":
                return [self._filed(draft, row) for row in accepted if row.case_id]
            pending = [row.row_id for row in rows if row.state == "proposed"]
            missing = [row.row_id for row in accepted if not row.row.get("lead_office")]
            if pending or missing:
                raise ReviewRefused(
                    "not_ready", pending=len(pending), without_lead=len(missing), rows=[*pending, *missing]
                )
            if not accepted:
                raise ReviewRefused("nothing_accepted")
            at = register.clock.now().isoformat()
            filed, ties = [], []
            for row in accepted:
                case_id = secrets.token_hex(16)
                fields = {
                    "words": row.quote,
                    "title": row.row.get("title") or _title(row.quote),
                    "document": document["title"],
                    "supporting": row.row.get("supporting_offices") or [],
                    "indicator": (row.row.get("indicator") or "")[:400],
                    "deadline": row.row.get("deadline_on") or "",
                    "deadline_words": (row.row.get("deadline_words") or "")[:200],
                    "evidence_rule": row.row.get("evidence_rule") or "",
                }
                taken = {name: value for name, value in fields.items() if name in procedure.opening.takes}
                entered = check_form(procedure, procedure.opening, taken, (), register.offices, records=True)
                key = f"document/{document_id}/{row.row_id}"
                offices = {"lead_office": row.row["lead_office"]}
                command = Command(procedure.opening_name, actor, entered.facts, (), offices, key)
                known = register.open_case(draft, procedure, command, case_id, opening={"channel": "document"})
                number = draft.cases[case_id].number
                filed.append(Filed(case_id, number, "", known.n, known.leaf_index, False))
                ties.append((case_id, self._authority, document_id, row.row_id))
            tie = (
                "UPDATE review_row SET case_id = ? WHERE authority = ? AND document_id = ? AND row_id = ?"
                " AND case_id IS NULL AND excluded_topic = 0"
            )
            done = (
                "UPDATE document SET state = 'published', published_at = ?, published_by = ?"
                " WHERE authority = ? AND document_id = ? AND state = 'review'"
            )
            draft.after += [(tie, ties, True)] if ties else []
            draft.after.append((done, [(at, actor.post, self._authority, document_id)], True))
            return filed

        return register.submit(work, alone=True)

    # -- inside a transaction ------------------------------------------------------------------------------------

    def _change(
        self, document_id: str, row_id: str, verb: str, actor: Actor, expected_n: int, change: Any
    ) -> ReviewRow:
        def work(draft: Draft) -> tuple[ReviewRow, ...]:
            self._for_change(draft, document_id)
            row = self._open_row(draft, document_id, row_id, expected_n, verb)
            return self._record(draft, document_id, row_id, verb, actor, [change(row)], [])

        return self._register.submit(work, alone=True)[0]

    def _for_change(self, draft: Draft, document_id: str) -> Mapping[str, Any]:
        document = self._get(draft.connection, document_id)
        if document["state"] == "published":
            raise ReviewRefused("published_already")
        return document

    def _open_row(self, draft: Draft, document_id: str, row_id: str, expected_n: int, doing: str) -> ReviewRow:
        """A row as the reviewer saw it that may still be decided on."""
        row = self._unchanged_row(draft, document_id, row_id, expected_n)
        if row.excluded_topic:
            raise ReviewRefused("excluded_never", row=row_id)
        if row.state not in OPEN_STATES:
            raise ReviewRefused("wrong_state", row=row_id, state=row.state, verb=doing)
        return row

    def _unchanged_row(self, draft: Draft, document_id: str, row_id: str, expected_n: int) -> ReviewRow:
        """A row as the reviewer saw it; who changed it since is told."""
        row = self._row(draft.connection, document_id, row_id)
        if row.n != expected_n:
            sql = (
                "SELECT verb, post, office, taken_at FROM review_step WHERE authority = ? AND document_id = ?"
                " AND (row_id = ? OR after_rows LIKE ?) ORDER BY step DESC LIMIT 1"
            )
            last = draft.connection.execute(
                sql, (self._authority, document_id, row_id, f'%"row_id":"{row_id}"%')
            ).fetchone()
            verb, post, office, taken_at = last or ("", "", "", "")
            at = datetime.fromisoformat(taken_at) if taken_at else None
            raise ReviewRefused("row_moved_on", row=row_id, verb=verb, post=post, office=office, taken_at=at)
        return row

    def _keep_clear(self, draft: Draft, document_id: str, start: int, end: int, own: set[str]) -> None:
        """No new row may take in words of another row, least of all of one that must stay text."""
        for row in self._rows(draft.connection, document_id):
            live = row.row_id not in own and row.state in (*OPEN_STATES, "excluded")
            if live and row.start < end and start < row.end:
                raise ReviewRefused("excluded_never" if row.excluded_topic else "bad_span", row=row.row_id)

    def _record(
        self,
        draft: Draft,
        document_id: str,
        row_id: str,
        verb: str,
        actor: Actor,
        changed: Sequence[ReviewRow],
        made: Sequence[ReviewRow],
        undoes: int = 0,
    ) -> tuple[ReviewRow, ...]:
        """Write rows and the step; each changed row only if nobody changed it since it was read."""
        before = [self._row(draft.connection, document_id, row.row_id) for row in changed]
        after = [replace(row, n=row.n + 1) for row in changed]
        last = draft.connection.execute(
            "SELECT max(step) FROM review_step WHERE authority = ? AND document_id = ?", (self._authority, document_id)
        ).fetchone()[0]
        step = (
            self._authority, document_id, (last or 0) + 1, row_id or made[0].row_id, verb, actor.post, actor.office,
            self._register.clock.now().isoformat(), _json([row.to_json() for row in before]),
            _json([row.to_json() for row in (*after, *made)]), undoes,
        )  # fmt: skip
        updates = [
            (row.start, row.end, row.n, row.state, int(row.excluded_topic), row.reason, _json(row.row),
             self._authority, document_id, row.row_id, row.n - 1)
            for row in after
        ]  # fmt: skip
        writes = [
            (_UPDATE_ROW, updates, True),
            (_INSERT_ROW, [self._values(document_id, row) for row in made], False),
            (_INSERT_STEP, [step], False),
        ]
        draft.connection.write_all([write for write in writes if write[1]])
        return tuple(made) if made else tuple(after)

    def _made(self, parent: ReviewRow, text: str, start: int, end: int, from_rows: tuple[str, ...]) -> ReviewRow:
        quote = text[start:end]
        row = {**parent.row, "quote": quote, "start": start, "end": end, "title": _title(quote)}
        row_id = f"r-{secrets.token_hex(5)}"
        excluded = excluded_by(quote) is not None  # what the machine must not propose, people cannot propose either
        row |= {"id": row_id, "excluded_topic": excluded}
        state = "excluded" if excluded else "proposed"
        return ReviewRow(row_id, start, end, 0, state, excluded, "", None, row, from_rows, None)

    def _checked(self, row_id: str, changes: Mapping[str, Any]) -> dict[str, Any]:
        clean: dict[str, Any] = {}
        for name, value in changes.items():
            if name not in EDITABLE:
                raise ReviewRefused("not_editable", part=name)
            if name in ("lead_office", "supporting_offices"):
                for office in [value] if isinstance(value, str) else value:
                    if office and office not in self._register.offices:
                        raise ReviewRefused("lead_not_an_office", row=row_id, office=office)
            elif name == "deadline_on" and value:
                try:
                    value = date.fromisoformat(value).isoformat()
                except (TypeError, ValueError):
                    raise ReviewRefused("bad_date", found=str(value)[:40]) from None
            elif isinstance(value, str):
                try:
                    value = clean_text(value)[:1000]
                except ValueError as error:
                    raise ReviewRefused("control_character", part=name, position=error.args[0]) from None
            clean[name] = value
        return clean

    def _filed(self, draft: Draft, row: ReviewRow) -> Filed:
        from mingze.store.register import Filed

        known = draft.known(f"document/{self._document_of(draft, row)}/{row.row_id}")
        held = draft.held(row.case_id or "")
        if known is None or held is None:
            raise ReviewRefused("unknown_document")
        return Filed(known.case_id, held.number, "", known.n, known.leaf_index, True)

    def _document_of(self, draft: Draft, row: ReviewRow) -> str:
        sql = "SELECT document_id FROM review_row WHERE authority = ? AND case_id = ?"
        return draft.connection.execute(sql, (self._authority, row.case_id)).fetchone()[0]

    def _get(self, connection: Any, document_id: str) -> dict[str, Any]:
        sql = "SELECT title, state, body, sha256, blocks, machine FROM document WHERE authority = ? AND document_id = ?"
        row = connection.execute(sql, (self._authority, document_id)).fetchone()
        if row is None:
            raise ReviewRefused("unknown_document")
        return dict(zip(("title", "state", "body", "sha256", "blocks", "machine"), row, strict=True))

    def _row(self, connection: Any, document_id: str, row_id: str) -> ReviewRow:
        sql = f"SELECT {_ROW} FROM review_row WHERE authority = ? AND document_id = ? AND row_id = ?"
        row = connection.execute(sql, (self._authority, document_id, row_id)).fetchone()
        if row is None:
            raise ReviewRefused("unknown_row", row=row_id)
        return _review_row(row)

    def _rows(self, connection: Any, document_id: str) -> tuple[ReviewRow, ...]:
        sql = (
            f"SELECT {_ROW} FROM review_row WHERE authority = ? AND document_id = ?"
            " ORDER BY start_char, end_char, row_id"
        )
        return tuple(_review_row(row) for row in connection.execute(sql, (self._authority, document_id)).fetchall())

    def _document(self, connection: Any, document_id: str) -> Document | None:
        sql = f"SELECT {_HEAD}, body, sha256, blocks, machine FROM document WHERE authority = ? AND document_id = ?"
        found = connection.execute(sql, (self._authority, document_id)).fetchone()
        if found is None:
            return None
        text, digest, blocks, machine = found[8:]
        rows = self._rows(connection, document_id)
        sql = (
            "SELECT position, start_char, end_char, state, reason FROM document_sentence"
            " WHERE authority = ? AND document_id = ? ORDER BY position"
        )
        sentences = tuple(
            _sentence(position, start, end, text, state, reason, rows)
            for position, start, end, state, reason in connection.execute(
                sql, (self._authority, document_id)
            ).fetchall()
        )
        sql = (
            "SELECT step, row_id, verb, post, office, taken_at, undoes FROM review_step"
            " WHERE authority = ? AND document_id = ? ORDER BY step"
        )
        steps = tuple(
            Step(step, row_id, verb, post, office, datetime.fromisoformat(at), undoes)
            for step, row_id, verb, post, office, at, undoes in connection.execute(
                sql, (self._authority, document_id)
            ).fetchall()
        )
        return Document(_head(found[:8]), text, digest, json.loads(blocks), json.loads(machine), sentences, rows, steps)

    def _values(self, document_id: str, row: ReviewRow) -> tuple[Any, ...]:
        return (
            self._authority, document_id, row.row_id, row.start, row.end, row.n, row.state, int(row.excluded_topic),
            row.reason, _json(row.machine), _json(row.row), _json(row.from_rows), row.case_id,
        )  # fmt: skip


_INSERT_ROW: Final = (
    "INSERT INTO review_row (authority, document_id, row_id, start_char, end_char, n, state, excluded_topic, reason,"
    " machine, current_row, from_rows, case_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_UPDATE_ROW: Final = (
    "UPDATE review_row SET start_char = ?, end_char = ?, n = ?, state = ?, excluded_topic = ?, reason = ?,"
    " current_row = ? WHERE authority = ? AND document_id = ? AND row_id = ? AND n = ?"
)
_INSERT_STEP: Final = (
    "INSERT INTO review_step (authority, document_id, step, row_id, verb, post, office, taken_at, before_rows,"
    " after_rows, undoes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _head(row: Sequence[Any]) -> DocumentHead:
    document_id, title, year, version, state, added_at, added_by, published_at = row
    return DocumentHead(
        document_id, title, year, version, state, datetime.fromisoformat(added_at), added_by, published_at
    )


def _review_row(row: Sequence[Any]) -> ReviewRow:
    row_id, start, end, n, state, excluded, reason, machine, current, from_rows, case_id = row
    return ReviewRow(
        row_id, start, end, n, state, bool(excluded), reason, json.loads(machine), json.loads(current),
        tuple(json.loads(from_rows)), case_id,
    )  # fmt: skip


def _sentence(
    position: int, start: int, end: int, text: str, state: str, reason: str, rows: Sequence[ReviewRow]
) -> Sentence:
    """A sentence's one visible state: what people decided of the rows in it, else what the machine said of it."""
    inside = [row for row in rows if row.state in _STATES_OF and row.start < end and start < row.end]
    order = ("excluded", "commitment", "rejected")
    states = {_STATES_OF[row.state]: row for row in inside}
    for told in order:
        if told in states:
            words = states[told].reason if told == "rejected" else reason if told == state else ""
            return Sentence(position, start, end, text[start:end], told, words)
    return Sentence(position, start, end, text[start:end], state, reason)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the blanks and the punctuation at its ends that belong to neither side of a cut."""
    while start < end and (text[start].isspace() or text[start] in "，,；;。、"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in "，,；;。、"):
        end -= 1
    return start, end


def _title(quote: str) -> str:
    """A short name for a row: its words, cut at a comma where they run long."""
    words = " ".join(quote.split())
    if len(words) <= 60:
        return words
    cut = max((words.rfind(mark, 20, 60) for mark in "，、；,"), default=-1)
    return words[: cut if cut > 0 else 59] + "…"


def _indicator_words(indicator: Mapping[str, Any]) -> str:
    """An indicator as people write it: name, sign, value, unit."""
    sign = {">=": "≥", "<=": "≤", "=": "", "+": "+", "-": "-", "rank": "", "range": ""}.get(
        indicator.get("op") or "", ""
    )
    value = indicator.get("value")
    if isinstance(value, list | tuple):
        value = "-".join(str(one) for one in value)
    told = "" if value is None else f"{sign}{value}{indicator.get('unit') or ''}"
    return " ".join(part for part in (str(indicator.get("name") or ""), told) if part)


def _reason(reason: str) -> str:
    try:
        words = clean_text(reason)[:1000]
    except ValueError as error:
        raise ReviewRefused("control_character", part="reason", position=error.args[0]) from None
    if not words:
        raise ReviewRefused("reason_missing")
    return words


def _document_id(idempotency: str) -> str:
    if idempotency:
        return sha256(b"mingze/document/v1\x00" + idempotency.encode()).hexdigest()[:16]
    return secrets.token_hex(8)


def _plain(block: Any) -> Any:
    slots = getattr(block, "__slots__", None)
    return {name: getattr(block, name) for name in slots} if slots else block
