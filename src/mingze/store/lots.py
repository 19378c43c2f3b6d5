"""Random re-checks of what was verified, drawn so that nobody can choose them and anybody can draw them again.

    announced   the list of promises, how many, and a tree size still to come; a public record of the log
    drawn       once the log has that size: the root of that size is the seed (see `measures.lots`); again on record
    re-checked  by an office that neither leads nor verified the promise; its finding stands beside the others

The list is fixed with the announcement. Only the supervision office announces and draws, and it can do neither twice.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from mingze.casework import Actor, Case, Refused
from mingze.measures.lots import draw, items_digest, listed, seed_of
from mingze.store.fields import clean_text
from mingze.store.tree import edge_of, log_size

if TYPE_CHECKING:
    from mingze.store.recording import Draft
    from mingze.store.register import Register

type Finding = Literal["holds", "partly", "does_not_hold"]

FINDINGS: Final[tuple[Finding, ...]] = ("holds", "partly", "does_not_hold")

AHEAD: Final = 16
"""Leaves between the end of the log at the announcement and the size whose root is the seed, unless more are asked."""

LIST_MOST: Final = 2_000


@dataclass(frozen=True)
class Recheck:
    """What another office found when it looked again at a promise that was drawn."""

    lot_id: str
    item: str
    finding: Finding
    words: str
    office: str
    post: str
    checked_at: datetime


@dataclass(frozen=True)
class Lot:
    """A draw: announced, perhaps drawn, perhaps re-checked."""

    lot_id: str
    subject: str
    size: int
    tree_size: int
    outside: str
    items: tuple[str, ...]
    digest: str
    office: str
    post: str
    announced_at: datetime
    root: str = ""
    outside_word: str = ""
    seed: str = ""
    drawn: tuple[str, ...] = ()
    drawn_at: datetime | None = None
    rechecks: tuple[Recheck, ...] = ()

    @property
    def waiting(self) -> tuple[str, ...]:
        """What was drawn and nobody has looked at again yet."""
        done = {one.item for one in self.rechecks}
        return tuple(item for item in self.drawn if item not in done)


_LOT: Final = (
    "SELECT l.lot_id, l.subject, l.size, l.tree_size, l.outside, l.items, l.digest, l.office, l.post, l.announced_at,"
    " d.root, d.outside_word, d.seed, d.drawn, d.drawn_at FROM lot l LEFT JOIN lot_drawn d"
    " ON d.authority = l.authority AND d.lot_id = l.lot_id WHERE l.authority = ?"
)


class Lots:
    """The draws of one register."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._authority = register.authority

    # -- reading -------------------------------------------------------------------------------------------------

    def list(self, limit: int = 50) -> tuple[Lot, ...]:
        """Every draw, newest first."""
        with self._register.readers() as connection:
            rows = connection.execute(
                f"{_LOT} ORDER BY l.announced_at DESC, l.lot_id LIMIT ?", (self._authority, limit)
            ).fetchall()
            return tuple(self._lot(connection, row) for row in rows)

    def get(self, lot_id: str) -> Lot | None:
        """One draw."""
        with self._register.readers() as connection:
            return self._get(connection, lot_id)

    def of_promise(self, number: str) -> tuple[tuple[Lot, Recheck | None], ...]:
        """The draws that drew a promise, each with what was found, if anybody has looked yet."""
        return tuple(
            (lot, next((one for one in lot.rechecks if one.item == number), None))
            for lot in self.list(500)
            if number in lot.drawn
        )

    def population(self) -> tuple[str, ...]:
        """The promises that can be drawn: verified, and not drawn for a re-check before."""
        drawn = {item for lot in self.list(500) for item in lot.drawn}
        out: list[str] = []
        after: str | None = None
        while len(out) < LIST_MOST:
            page = self._register.commitments("all", after=after, limit=200)
            for row in page.rows:
                if row.row.case.verified_at and row.row.number not in drawn:
                    out.append(row.row.number)
            after = page.next
            if after is None:
                break
        return listed(out[:LIST_MOST])

    def log_size(self) -> int:
        """How many leaves the log has now."""
        with self._register.readers() as connection:
            return log_size(connection, self._authority)

    # -- writing -------------------------------------------------------------------------------------------------

    def announce(
        self, subject: str, items: Sequence[str], size: int, actor: Actor, *, outside: str = "", ahead: int = AHEAD,
        idempotency: str,
    ) -> Lot:  # fmt: skip
        """Fix a list and the place its seed will come from. The same key again is the same draw.

        Raises Refused `lot_not_yours`, `lot_subject`, `lot_items`, `lot_size` (most), `lot_ahead`.
        """
        self._supervision(actor)
        what, number = _words(subject), _words(outside)
        if not what:
            raise Refused("lot_subject")
        try:
            names = listed(items)
        except ValueError:
            raise Refused("lot_items") from None
        if not names or len(names) > LIST_MOST:
            raise Refused("lot_items")
        if not 1 <= size <= len(names):
            raise Refused("lot_size", most=len(names))
        if not 1 <= ahead <= 100_000:
            raise Refused("lot_ahead")
        lot_id = sha256(b"mingze/lot/v1\x00" + idempotency.encode()).hexdigest()[:16]

        def work(draft: Draft) -> None:
            if self._get(draft.connection, lot_id) is not None:
                return
            now = self._register.clock.now()
            tree_size = log_size(draft.connection, self._authority) + 1 + ahead
            digest = items_digest(names)
            facts = {
                "step": "announced", "lot": lot_id, "subject": what, "size": size, "of": len(names), "sha256": digest,
                "items": list(names), "tree_size": tree_size, "outside": number,
            }  # fmt: skip
            draft.govern("draw", facts, actor, now, f"draw/{lot_id}")
            sql = (
                "INSERT INTO lot (authority, lot_id, subject, size, tree_size, outside, items, digest, office, post,"
                " announced_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            )
            row = (
                self._authority, lot_id, what, size, tree_size, number, json.dumps(names, ensure_ascii=False), digest,
                actor.office, actor.post, now.isoformat(),
            )  # fmt: skip
            draft.after.append((sql, [row], False))

        self._register.submit(work, alone=True)
        return self._known(lot_id)

    def draw(self, lot_id: str, actor: Actor, *, outside_word: str = "") -> Lot:
        """Draw, once the log is long enough. What was drawn stays drawn, whoever asks again.

        Raises Refused `lot_unknown`, `lot_not_yours`, `lot_too_early` (have, need), `lot_outside_missing`.
        """
        self._supervision(actor)
        word = _words(outside_word)

        def work(draft: Draft) -> None:
            lot = self._get(draft.connection, lot_id)
            if lot is None:
                raise Refused("lot_unknown")
            if lot.drawn:
                return
            have = log_size(draft.connection, self._authority)
            if have < lot.tree_size:
                raise Refused("lot_too_early", have=have, need=lot.tree_size)
            if lot.outside and not word:
                raise Refused("lot_outside_missing", outside=lot.outside)
            now = self._register.clock.now()
            root = edge_of(draft.connection, self._authority, lot.tree_size).root()
            told = word if lot.outside else ""
            seed = seed_of(root, lot_id, told)
            drawn = draw(seed, lot.items, lot.size)
            facts = {
                "step": "drawn", "lot": lot_id, "subject": lot.subject, "size": lot.size, "of": len(lot.items),
                "tree_size": lot.tree_size, "root": root.hex(), "outside_word": told, "seed": seed, "drawn": list(drawn),
            }  # fmt: skip
            draft.govern("draw", facts, actor, now, f"drawn/{lot_id}")
            sql = (
                "INSERT INTO lot_drawn (authority, lot_id, root, outside_word, seed, drawn, office, post, drawn_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            )
            row = (
                self._authority, lot_id, root.hex(), told, seed, json.dumps(drawn, ensure_ascii=False), actor.office,
                actor.post, now.isoformat(),
            )  # fmt: skip
            draft.after.append((sql, [row], False))

        self._register.submit(work, alone=True)
        return self._known(lot_id)

    def recheck(self, lot_id: str, item: str, finding: str, words: str, actor: Actor) -> Lot:
        """Record what another office found. Once for each promise drawn.

        Raises Refused `lot_unknown`, `lot_not_drawn`, `recheck_same_office` to the office that leads or verified it,
        `recheck_done`, `recheck_finding`, `recheck_words`.
        """
        said = _words(words, 1000)
        if finding not in FINDINGS:
            raise Refused("recheck_finding")
        if not said:
            raise Refused("recheck_words")
        case = self._promise(item)

        def work(draft: Draft) -> None:
            lot = self._get(draft.connection, lot_id)
            if lot is None:
                raise Refused("lot_unknown")
            if item not in lot.drawn:
                raise Refused("lot_not_drawn", number=item)
            if case is not None and actor.office in (
                case.offices.get("lead_office"), case.offices.get("verifying_office")
            ):  # fmt: skip
                raise Refused("recheck_same_office", office=actor.office)
            if item not in lot.waiting:
                raise Refused("recheck_done", number=item)
            now = self._register.clock.now()
            facts = {"lot": lot_id, "number": item, "finding": finding, "words": said}
            draft.govern("recheck", facts, actor, now, f"recheck/{lot_id}/{item}")
            sql = (
                "INSERT INTO recheck (authority, lot_id, item, finding, words, office, post, checked_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            )
            row = (self._authority, lot_id, item, finding, said, actor.office, actor.post, now.isoformat())
            draft.after.append((sql, [row], False))

        self._register.submit(work, alone=True)
        return self._known(lot_id)

    # -- inside --------------------------------------------------------------------------------------------------

    def _supervision(self, actor: Actor) -> None:
        offices = self._register.offices
        if actor.office not in offices or "supervision" not in offices.office(actor.office).functions:
            raise Refused("lot_not_yours")

    def _promise(self, number: str) -> Case | None:
        case_id = self._register.by_number(number)
        found = self._register.case(case_id) if case_id else None
        return found.case if found is not None else None

    def _known(self, lot_id: str) -> Lot:
        found = self.get(lot_id)
        assert found is not None
        return found

    def _get(self, connection: Any, lot_id: str) -> Lot | None:
        row = connection.execute(f"{_LOT} AND l.lot_id = ?", (self._authority, lot_id)).fetchone()
        return self._lot(connection, row) if row is not None else None

    def _lot(self, connection: Any, row: Sequence[Any]) -> Lot:
        lot_id, subject, size, tree_size, outside, items, digest, office, post, announced_at, *rest = row
        root, outside_word, seed, drawn, drawn_at = rest
        sql = (
            "SELECT item, finding, words, office, post, checked_at FROM recheck WHERE authority = ? AND lot_id = ?"
            " ORDER BY checked_at, item"
        )
        done = connection.execute(sql, (self._authority, lot_id)).fetchall() if drawn else ()
        return Lot(
            lot_id, subject, size, tree_size, outside, tuple(json.loads(items)), digest, office, post,
            datetime.fromisoformat(announced_at), root or "", outside_word or "", seed or "",
            tuple(json.loads(drawn)) if drawn else (), datetime.fromisoformat(drawn_at) if drawn_at else None,
            tuple(
                Recheck(lot_id, item, cast("Finding", finding), words, by, who, datetime.fromisoformat(at))
                for item, finding, words, by, who, at in done
            ),
        )  # fmt: skip


def _words(text: str, most: int = 400) -> str:
    try:
        return clean_text(text)[:most]
    except ValueError as error:
        raise Refused("control_character", position=error.args[0]) from None
