"""The register of values: each number of an indicator is entered once, and whoever asks for it is answered from here.

    report with a value ──► entered with its case          ask an office for a value ──► it is here: answered, not asked
    entered at the desk ──► a public record of the log                        └── it is not: one request, once for all

A value is of an indicator, an area (an office; "" is the whole district) and a day. Another number for the same three is
refused; a correction stands beside what it corrects, with its reason. Requests are acts of offices, and the burden
meter counts them; nothing here is of a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, cast

from mingze.casework import Actor, Refused
from mingze.measures.burden import ASKS, Ask, Asked, Burden, burden
from mingze.measures.values import Quantity, amount_of, indicator_key, number_words
from mingze.store.connection import Write
from mingze.store.fields import clean_text
from mingze.terms import local_day

if TYPE_CHECKING:
    from mingze.store.recording import Draft
    from mingze.store.register import Register

_COLUMNS: Final = (
    "v.value_id, v.scope, v.as_of, v.amount, v.unit, v.source, v.case_id, v.n, v.corrects, v.reason, v.office, v.post,"
    " v.entered_at, v.name, v.indicator"
)
_CURRENT: Final = (
    "NOT EXISTS (SELECT 1 FROM indicator_value c WHERE c.authority = v.authority AND c.corrects = v.value_id)"
)
_INSERT: Final = (
    "INSERT INTO indicator_value (authority, value_id, indicator, name, scope, as_of, amount, unit, source, case_id, n,"
    " corrects, reason, office, post, entered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ASK: Final = (
    "INSERT INTO data_request (authority, request_id, kind, asked_by, asked_of, indicator, name, scope, as_of, unit,"
    " subject, basis, due_on, found, post, asked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ANSWER: Final = (
    "INSERT INTO request_answer (authority, request_id, value_id, words, office, post, answered_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_REQUEST: Final = (
    "SELECT r.request_id, r.kind, r.asked_by, r.asked_of, r.name, r.scope, r.as_of, r.unit, r.subject, r.basis,"
    " r.due_on, r.found, r.asked_at, a.value_id, a.words, a.answered_at FROM data_request r LEFT JOIN request_answer a"
    " ON a.authority = r.authority AND a.request_id = r.request_id WHERE r.authority = ?"
)


@dataclass(frozen=True)
class Value:
    """A number as it was entered, by which office, and where it came from."""

    value_id: str
    scope: str
    as_of: date
    quantity: Quantity
    source: str
    case_id: str
    n: int
    corrects: str
    reason: str
    office: str
    post: str
    entered_at: datetime
    name: str


@dataclass(frozen=True)
class Request:
    """What one office asked of another. `found` is the value that answered it at once, `value_id` the one given later."""

    request_id: str
    kind: Ask
    asked_by: str
    asked_of: str
    indicator: str
    scope: str
    as_of: str
    unit: str
    subject: str
    basis: str
    due_on: str
    found: str
    asked_at: datetime
    value_id: str
    words: str
    answered_at: datetime | None

    @property
    def open(self) -> bool:
        """Whether somebody still has to answer."""
        return not self.found and self.answered_at is None


class Values:
    """The values and the requests of one register."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._authority = register.authority

    # -- reading -------------------------------------------------------------------------------------------------

    def latest(self, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Value]:
        """The newest value of each (indicator name, scope), by what was asked for; what has none is not in it."""
        keys = {(name, scope): indicator_key(name) for name, scope in wanted if name}
        out: dict[tuple[str, str], Value] = {}
        if not keys:
            return out
        names = sorted(set(keys.values()))
        marks = ", ".join("?" * len(names))
        sql = (
            f"SELECT {_COLUMNS} FROM indicator_value v WHERE v.authority = ? AND v.indicator IN ({marks}) AND {_CURRENT}"
            " ORDER BY v.as_of"
        )
        with self._register.readers() as connection:
            rows = connection.execute(sql, (self._authority, *names)).fetchall()
        newest = {(row[14], row[1]): _value(row) for row in rows}  # the last of each is the newest
        for asked, key in keys.items():
            found = newest.get((key, asked[1]))
            if found is not None:
                out[asked] = found
        return out

    def series(self, name: str, scope: str = "") -> tuple[Value, ...]:
        """Every value of an indicator in an area, the oldest first; a corrected one only as its correction."""
        sql = (
            f"SELECT {_COLUMNS} FROM indicator_value v WHERE v.authority = ? AND v.indicator = ? AND v.scope = ?"
            f" AND {_CURRENT} ORDER BY v.as_of"
        )
        with self._register.readers() as connection:
            rows = connection.execute(sql, (self._authority, indicator_key(name), scope)).fetchall()
        return tuple(_value(row) for row in rows)

    def get(self, value_id: str) -> Value | None:
        """One value."""
        with self._register.readers() as connection:
            return self._one(connection, "v.value_id = ?", value_id)

    def recent(self, limit: int = 100, name: str = "") -> tuple[Value, ...]:
        """The values that were entered last; with a `name`, only those whose indicator contains it."""
        sql = f"SELECT {_COLUMNS} FROM indicator_value v WHERE v.authority = ? AND {_CURRENT}"
        values: list[Any] = [self._authority]
        if name:
            sql += " AND v.indicator LIKE ?"
            values.append(f"%{indicator_key(name).replace('%', '').replace('_', '')}%")
        with self._register.readers() as connection:
            rows = connection.execute(f"{sql} ORDER BY v.entered_at DESC, v.value_id LIMIT ?", (*values, limit))
            return tuple(_value(row) for row in rows.fetchall())

    def requests(self, office: str = "", waiting: bool = False, limit: int = 100) -> tuple[Request, ...]:
        """What was asked of an office, or by it, newest first; `waiting`: only of it, and not answered yet."""
        sql, values = _REQUEST, [self._authority]
        if waiting:
            sql += " AND r.asked_of = ? AND r.found = '' AND a.request_id IS NULL"
            values.append(office)
        elif office:
            sql += " AND (r.asked_of = ? OR r.asked_by = ?)"
            values += [office, office]
        with self._register.readers() as connection:
            rows = connection.execute(f"{sql} ORDER BY r.asked_at DESC, r.request_id LIMIT ?", (*values, limit))
            return tuple(_request(row) for row in rows.fetchall())

    def burden(self, from_on: date, to_on: date) -> tuple[Burden, ...]:
        """The burden meter over some days, both included."""
        sql = (
            "SELECT kind, asked_by, asked_of, asked_at, found FROM data_request WHERE authority = ? AND asked_at >= ?"
            " AND asked_at < ?"
        )
        values = (self._authority, from_on.isoformat(), to_on.isoformat() + "~")
        with self._register.readers() as connection:
            rows = connection.execute(sql, values).fetchall()
        return burden(
            Asked(kind, by, of, local_day(datetime.fromisoformat(at)), bool(found)) for kind, by, of, at, found in rows
        )

    # -- writing -------------------------------------------------------------------------------------------------

    def enter(self, name: str, scope: str, as_of: date, amount: object, unit: str, source: str, actor: Actor) -> Value:
        """Enter a number that comes with no case, as a public record of the log. The same again changes nothing.

        Raises Refused `value_exists` (value, office, day), `value_in_future`, `value_unreadable`, `value_incomplete`,
        `value_scope`.
        """
        number, told = self._checked(name, scope, as_of, amount, unit, source)

        def work(draft: Draft) -> str:
            now = self._register.clock.now()
            known = self.known(draft.connection, name, scope, as_of, number)
            if known is not None:
                return known.value_id
            row = self.row(name, scope, as_of, number, told, "", 0, actor, now)
            facts = {
                "indicator": name, "scope": scope, "as_of": as_of.isoformat(), "value": str(number), "source": told,
            }  # fmt: skip
            draft.govern("value", facts, actor, now, f"value/{row[1][0][1]}")
            draft.after.append(row)
            return row[1][0][1]

        return self._value(self._register.submit(work, alone=True))

    def correct(self, value_id: str, amount: object, reason: str, actor: Actor) -> Value:
        """Put a corrected number in the place of another, which stays on record with the reason.

        Raises Refused `value_unknown`, `value_not_yours` to an office that neither entered nor verifies it,
        `value_corrected` when somebody already did, `value_reason`, `value_unreadable`.
        """
        words = _words(reason)
        if not words:
            raise Refused("value_reason")
        changed = amount_of(amount)
        if changed is None:
            raise Refused("value_unreadable", found=str(amount)[:40])

        def work(draft: Draft) -> str:
            old = self._one(draft.connection, "v.value_id = ?", value_id)
            if old is None:
                raise Refused("value_unknown")
            verifies = "verification" in self._functions(actor.office)
            if actor.office != old.office and not verifies:
                raise Refused("value_not_yours", office=old.office)
            if self._one(draft.connection, "v.corrects = ?", value_id) is not None:
                raise Refused("value_corrected")
            now = self._register.clock.now()
            made = Quantity(changed, old.quantity.unit)
            row = self.row(old.name, old.scope, old.as_of, made, old.source, "", 0, actor, now, value_id, words)
            facts = {
                "indicator": old.name, "scope": old.scope, "as_of": old.as_of.isoformat(), "value": str(made),
                "before": str(old.quantity), "source": old.source, "reason": words,
            }  # fmt: skip
            draft.govern("value", facts, actor, now, f"value/{row[1][0][1]}")
            draft.after.append(row)
            return row[1][0][1]

        return self._value(self._register.submit(work, alone=True))

    def ask(
        self,
        kind: str,
        asked_of: Sequence[str],
        actor: Actor,
        *,
        subject: str,
        basis: str,
        indicator: str = "",
        scope: str = "",
        as_of: date | None = None,
        unit: str = "",
        due_on: date | None = None,
        idempotency: str,
    ) -> tuple[Request, ...]:
        """Ask other offices for a value, a report or a meeting, once each. A value that is here already answers it:
        nobody is asked, and the meter counts it as spared.

        Without `as_of` the newest value answers if it is no older than the procedure lets a value be.

        Raises Refused `ask_kind`, `ask_nobody`, `ask_yourself`, `ask_basis`, `ask_subject`, `ask_indicator`,
        `asked_already` (office, day) for data that somebody has already asked of the same office and that waits.
        """
        why, what = _words(basis), _words(subject)
        named = _words(indicator)
        if kind not in ASKS:
            raise Refused("ask_kind", kind=kind[:20])
        if not asked_of or any(office not in self._register.offices for office in asked_of):
            raise Refused("ask_nobody")
        if actor.office in asked_of:
            raise Refused("ask_yourself")
        if not why:
            raise Refused("ask_basis")
        if kind == "data" and not named:
            raise Refused("ask_indicator")
        if kind != "data" and not what:
            raise Refused("ask_subject")
        if scope and scope not in self._register.offices:
            raise Refused("value_scope", office=scope)
        ids = [_id(f"{idempotency}/{office}") for office in dict.fromkeys(asked_of)]

        def work(draft: Draft) -> list[str]:
            now = self._register.clock.now()
            rows = []
            answered = self._answering(draft.connection, named, scope, as_of, now) if kind == "data" else None
            for request_id, office in zip(ids, dict.fromkeys(asked_of), strict=True):
                if self._requested(draft.connection, "r.request_id = ?", request_id) is not None:
                    continue
                if kind == "data" and answered is None:
                    self._refuse_second(draft.connection, named, scope, as_of, office)
                rows.append((
                    self._authority, request_id, kind, actor.office, office, indicator_key(named), named, scope,
                    as_of.isoformat() if as_of else "", _words(unit), what or named, why,
                    due_on.isoformat() if due_on else "", answered.value_id if answered else "", actor.post,
                    now.isoformat(),
                ))  # fmt: skip
            if rows:
                facts = {
                    "ask": kind, "of": [row[4] for row in rows], "subject": what or named, "basis": why,
                    "spared": answered is not None, "by": actor.office,
                }  # fmt: skip
                draft.govern("request", facts, actor, now, f"request/{ids[0]}")
                draft.after.append((_ASK, rows, False))
            return ids

        self._register.submit(work, alone=True)
        with self._register.readers() as connection:
            found = [self._requested(connection, "r.request_id = ?", request_id) for request_id in ids]
        return tuple(one for one in found if one is not None)

    def answer(
        self,
        request_id: str,
        actor: Actor,
        *,
        amount: object = None,
        as_of: date | None = None,
        source: str = "",
        words: str = "",
    ) -> Request:
        """Answer what was asked of this office: a value is entered for everybody, else a sentence.

        Raises Refused `request_unknown`, `request_not_yours`, `request_answered`, `answer_words`, and as `enter`.
        """
        said = _words(words)
        with self._register.readers() as connection:
            asked = self._requested(connection, "r.request_id = ?", request_id)
        if asked is None:
            raise Refused("request_unknown")
        if asked.asked_of != actor.office:
            raise Refused("request_not_yours", office=asked.asked_of)
        day = as_of or (date.fromisoformat(asked.as_of) if asked.as_of else None)
        number, told = None, _words(source)
        if asked.kind == "data":
            if day is None:
                raise Refused("value_incomplete", part="as_of")
            number, told = self._checked(asked.indicator, asked.scope, day, amount, asked.unit, source)
        elif not said:
            raise Refused("answer_words")

        def work(draft: Draft) -> None:
            now = self._register.clock.now()
            again = self._requested(draft.connection, "r.request_id = ?", request_id)
            if again is None or not again.open:
                raise Refused("request_answered")
            value_id = ""
            if number is not None and day is not None:
                known = self.known(draft.connection, asked.indicator, asked.scope, day, number)
                row = self.row(asked.indicator, asked.scope, day, number, told, "", 0, actor, now)
                value_id = known.value_id if known is not None else row[1][0][1]
                if known is None:
                    facts = {
                        "indicator": asked.indicator, "scope": asked.scope, "as_of": day.isoformat(),
                        "value": str(number), "source": told,
                    }  # fmt: skip
                    draft.govern("value", facts, actor, now, f"value/{value_id}")
                    draft.after.append(row)
            answer = (self._authority, request_id, value_id, said, actor.office, actor.post, now.isoformat())
            draft.after.append((_ANSWER, [answer], False))

        self._register.submit(work, alone=True)
        with self._register.readers() as connection:
            done = self._requested(connection, "r.request_id = ?", request_id)
        assert done is not None
        return done

    # -- inside a transaction ------------------------------------------------------------------------------------

    def known(self, connection: Any, name: str, scope: str, as_of: date, number: Quantity) -> Value | None:
        """The value that is there for an indicator, an area and a day. Raises Refused `value_exists` for another
        number than this one.
        """
        where = "v.indicator = ? AND v.scope = ? AND v.as_of = ?"
        found = self._one(connection, f"{where} AND {_CURRENT}", indicator_key(name), scope, as_of.isoformat())
        if found is not None and found.quantity.plain != number.plain:
            raise Refused(
                "value_exists", value=str(found.quantity), given=str(number), office=found.office,
                on=as_of.isoformat(), field="value",
            )  # fmt: skip
        return found

    def row(
        self,
        name: str,
        scope: str,
        as_of: date,
        number: Quantity,
        source: str,
        case_id: str,
        n: int,
        actor: Actor,
        now: datetime,
        corrects: str = "",
        reason: str = "",
    ) -> Write:
        """The row of a value."""
        key = indicator_key(name)
        value_id = _id(f"{key}/{scope}/{as_of.isoformat()}/{corrects}/{number_words(number.amount)}")
        values = (
            self._authority, value_id, key, name, scope, as_of.isoformat(), number_words(number.amount), number.unit, source,
            case_id, n, corrects, reason, actor.office, actor.post, now.isoformat(),
        )  # fmt: skip
        return _INSERT, [values], False

    def _checked(
        self, name: str, scope: str, as_of: date, amount: object, unit: str, source: str
    ) -> tuple[Quantity, str]:
        if not indicator_key(name):
            raise Refused("value_incomplete", part="indicator")
        told = _words(source)
        if not told:
            raise Refused("value_incomplete", part="source")
        if scope and scope not in self._register.offices:
            raise Refused("value_scope", office=scope)
        if as_of > local_day(self._register.clock.now()):
            raise Refused("value_in_future", on=as_of.isoformat())
        number = amount_of(amount)
        if number is None:
            raise Refused("value_unreadable", found=str(amount)[:40])
        return Quantity(number, _words(unit)[:20]), told

    def _answering(self, connection: Any, name: str, scope: str, as_of: date | None, now: datetime) -> Value | None:
        where = f"v.indicator = ? AND v.scope = ? AND {_CURRENT}"
        values: tuple[Any, ...] = (indicator_key(name), scope)
        if as_of is not None:
            return self._one(connection, f"{where} AND v.as_of = ?", *values, as_of.isoformat())
        found = self._one(connection, f"{where} ORDER BY v.as_of DESC", *values)
        today = local_day(now)
        if found is None or (today - found.as_of).days > self._register.promises.old_after_days(today):
            return None
        return found

    def _refuse_second(self, connection: Any, name: str, scope: str, as_of: date | None, office: str) -> None:
        where = (
            "r.kind = 'data' AND r.indicator = ? AND r.scope = ? AND r.as_of = ? AND r.asked_of = ? AND r.found = ''"
            " AND a.request_id IS NULL"
        )
        day = as_of.isoformat() if as_of else ""
        waiting = self._requested(connection, where, indicator_key(name), scope, day, office)
        if waiting is not None:
            raise Refused("asked_already", office=waiting.asked_by, on=local_day(waiting.asked_at).isoformat())

    def _one(self, connection: Any, where: str, *values: Any) -> Value | None:
        sql = f"SELECT {_COLUMNS} FROM indicator_value v WHERE v.authority = ? AND {where} LIMIT 1"
        row = connection.execute(sql, (self._authority, *values)).fetchone()
        return _value(row) if row is not None else None

    def _requested(self, connection: Any, where: str, *values: Any) -> Request | None:
        row = connection.execute(f"{_REQUEST} AND {where} LIMIT 1", (self._authority, *values)).fetchone()
        return _request(row) if row is not None else None

    def _value(self, value_id: str) -> Value:
        found = self.get(value_id)
        assert found is not None
        return found

    def _functions(self, office: str) -> Sequence[str]:
        return self._register.offices.office(office).functions if office in self._register.offices else ()


def _value(row: Sequence[Any]) -> Value:
    value_id, scope, as_of, amount, unit, source, case_id, n, corrects, reason, office, post, entered_at, name, _ = row
    return Value(
        value_id, scope, date.fromisoformat(as_of), Quantity(Decimal(amount), unit), source, case_id, n, corrects, reason,
        office, post, datetime.fromisoformat(entered_at), name,
    )  # fmt: skip


def _request(row: Sequence[Any]) -> Request:
    request_id, kind, by, of, name, scope, as_of, unit, subject, basis, due_on, found, asked_at, value_id, words, at = (
        row
    )
    return Request(
        request_id, cast("Ask", kind), by, of, name, scope, as_of, unit, subject, basis, due_on, found,
        datetime.fromisoformat(asked_at), value_id or "", words or "", datetime.fromisoformat(at) if at else None,
    )  # fmt: skip


def _id(words: str) -> str:
    return sha256(b"mingze/value/v1\x00" + words.encode()).hexdigest()[:24]


def _words(text: str) -> str:
    try:
        return clean_text(text)[:400]
    except ValueError as error:
        raise Refused("control_character", position=error.args[0]) from None
