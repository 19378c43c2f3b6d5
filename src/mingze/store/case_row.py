"""A case as the writer holds it in memory, and the row that lists find it by: which columns change, and which need not.

The row is computed from the case alone, so a replay of the events gives it again, but for `next_lapse`, which may be
earlier (see `watched`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from msgspec import Struct, field

from mingze.casework import Case, duty
from mingze.procedure import Procedure

NEVER: Final = "9999"
"""Sorts after every date: what stands where no period runs."""

STATE_STEP: Final = 2_048
"""A case's state is filled up with blanks to a multiple of this, so that its row seldom outgrows its page: a row that
does drags its neighbours into the commit."""


class Known(NamedTuple):
    """What a command with this idempotency key was answered with."""

    case_id: str
    n: int
    leaf_index: int


class Held(Struct, frozen=True, gc=False):
    """A case as the writer knows it, with what stands beside it in its row and what its actions were answered with.

    `row` is the changing part of its row as the database has it; None for a case that is not there yet.
    """

    case: Case
    number: str
    last_leaf: str
    language: str = "zh-Hans"
    channel: str = ""
    reach: str = ""
    answers: Mapping[str, Known] = field(default_factory=dict)
    row: tuple[Any, ...] | None = None

    @classmethod
    def opened(cls, case: Case, last_leaf: str, answers: Mapping[str, Known], opening: Mapping[str, str]) -> Held:
        """A case that its first event has just made."""
        return cls(
            case, opening.get("number", ""), last_leaf, opening.get("language", "zh-Hans"),
            opening.get("channel", ""), opening.get("reach", ""), answers,
        )  # fmt: skip


CHANGING: Final = (
    "stage", "is_open", "n", "title", "duty_role", "duty_office", "duty_party", "due_clock", "due_on",
    "due_provisional", "overdue", "provisional", "next_lapse", "changed_at", "closed_at", "last_leaf", "state",
)  # fmt: skip
"""The columns of a case that its events change, as `projection` gives them."""

NEXT_LAPSE: Final = CHANGING.index("next_lapse")
LAST_LEAF: Final = CHANGING.index("last_leaf")
STATE: Final = CHANGING.index("state")


@lru_cache(maxsize=1024)
def update_case(columns: tuple[int, ...]) -> str:
    """Only what has changed is set: an index is written when a column of it stands in the statement, changed or not."""
    sets = ", ".join(f"{CHANGING[column]} = ?" for column in columns)
    return f"UPDATE case_file SET {sets} WHERE authority = ? AND case_id = ? AND n = ?"


def watched(stored: tuple[Any, ...], row: tuple[Any, ...], at: str) -> tuple[Any, ...]:
    """The row with the old day in `next_lapse` where that is earlier than the new one and still to come.

    `next_lapse` says when the pass over periods looks at a case next, never later than it must. Leaving an earlier day
    saves two index pages in almost every commit; the pass that then finds nothing run out moves the day on.
    """
    old = stored[NEXT_LAPSE]
    if at < old < row[NEXT_LAPSE] != NEVER:
        return (*row[:NEXT_LAPSE], old, *row[NEXT_LAPSE + 1 :])
    return row


def projection(procedure: Procedure, held: Held) -> tuple[Any, ...]:
    """What lists need of a case, computed from its state alone; a replay of its events gives the same row."""
    case = held.case
    now = duty(procedure, case)
    due = now.due if now is not None and now.due else NEVER
    lapse, provisional = NEVER, 0
    for name, state in case.clocks.items():
        if state.due is None or not case.open or not state.running:
            continue
        if state.provisional:
            provisional = 1
        if state.lapsed_on is None and state.due < lapse and not procedure.clocks[name].minimum:
            lapse = state.due
    title = case.facts.get("title")
    state = case.to_bytes().decode()
    return (
        case.stage,
        1 if case.open else 0,
        case.n,
        title if isinstance(title, str) else "",
        now.role if now else "",
        now.office if now else "",
        now.party if now else "",
        now.clock if now else "",
        due,
        1 if now is not None and now.provisional else 0,
        1 if case.overdue else 0,
        provisional,
        lapse,
        case.last_at,
        case.closed_at or "",
        held.last_leaf,
        state + " " * (-len(state) % STATE_STEP),
    )
