"""What is decrypted for the authority's own people, counted at the vault's door and held against the access records.

with watched() as opened:
    …                       # people file, staff read, notices are sent
    opened.equal(register)  # every part opened for a post or the program has its record, and every record its part
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import mingze.store.reading_sealed as door
from mingze.store import CaseFilter, Register

_reader: ContextVar[str] = ContextVar("reader", default="nobody")


class Openings:
    """How many sealed parts were decrypted, by the kind of whoever read."""

    def __init__(self) -> None:
        self.parts: dict[str, int] = {}

    def count(self, kind: str) -> None:
        self.parts[kind] = self.parts.get(kind, 0) + 1

    def equal(self, register: Register) -> int:
        """Holds decryptions against records; how many there were. A party, and anybody in an open record, leaves none."""
        recorded, after = 0, None
        while True:
            page = register.cases(CaseFilter("all"), after, 200)
            for row in page.rows:
                found = register.case(row.case_id)
                assert found is not None
                recorded += sum(len(stored.event.facts["slots"]) for stored in found.reads)
            after = page.next
            if after is None:
                break
        opened = self.parts.get("post", 0) + self.parts.get("system", 0)
        assert opened == recorded, f"{opened} parts opened for staff, {recorded} in access records"
        assert "nobody" not in self.parts, "a part was opened past the register's own door"
        return recorded


@contextmanager
def watched() -> Iterator[Openings]:
    """Count at the vault's door; what goes through it is left as it is."""
    opened = Openings()
    slot, way_in = door.open_slot, Register._open

    def counted_slot(*args: Any) -> Any:
        opened.count(_reader.get())
        return slot(*args)

    def opening(self: Any, case_id: str, n: Any, actor: Any, *rest: Any, **more: Any) -> Any:
        open_record = self._procedure_of(case_id).open_record
        token = _reader.set("everybody" if open_record else actor.kind if actor is not None else "nobody")
        try:
            return way_in(self, case_id, n, actor, *rest, **more)
        finally:
            _reader.reset(token)

    door.open_slot, Register._open = counted_slot, opening  # type: ignore[method-assign]
    try:
        yield opened
    finally:
        door.open_slot, Register._open = slot, way_in  # type: ignore[method-assign]
