"""A promise divided: milestones on the way, parts for other offices, and what keeps both from growing on the way down.

    parent 3,000 homes by 30 September
      ├─ milestone  1,000 by 30 June            on the way: nothing to explain
      ├─ milestone  3,000 by 31 August          the whole, a month early: stricter than the promise, needs a public reason
      └─ parts      1,800 + 1,300 = 3,100       100 too many: refused, unless a public reason says why

A target that becomes stricter with each level it passes (层层加码) is nobody's decision and everybody's burden. So
nothing here is forbidden; what is stricter, and a sum that does not come out, must be explained in public.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from mingze.measures.values import Quantity

type Sense = Literal["at_least", "at_most", "exactly"]

SENSES: Final[tuple[Sense, ...]] = ("at_least", "at_most", "exactly")

RATES: Final = frozenset({"%", "‰", "个百分点", "百分点", "名", "位", "级", "分", "倍"})
"""Units whose parts do not add up to the whole: each office has the same standard to meet."""

Strictness = Literal["earlier", "further"]


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached, and by when; either may be open."""

    quantity: Quantity | None
    due_on: date | None
    sense: Sense = "at_least"


def adds_up(quantity: Quantity) -> bool:
    """Whether the parts of such an amount add up to the whole: people and kilometres do, a rate does not."""
    return quantity.plain[1] not in RATES


def same_unit(one: Quantity, other: Quantity) -> bool:
    """Whether two amounts can be compared."""
    return one.plain[1] == other.plain[1]


def _further(child: Quantity, parent: Quantity, sense: Sense) -> bool:
    mine, whole = child.plain[0], parent.plain[0]
    return mine < whole if sense == "at_most" else mine > whole


def _whole(child: Quantity, parent: Quantity, sense: Sense) -> bool:
    mine, whole = child.plain[0], parent.plain[0]
    return mine <= whole if sense == "at_most" else mine >= whole


def stricter_milestone(milestone: Target, parent: Target) -> tuple[Strictness, ...]:
    """In what a milestone is stricter than its promise: it asks for more than the whole, or for the whole earlier.

    Surprising: an earlier day alone is not stricter, a milestone lies on the way by its nature; the whole target on an
    earlier day is.
    """
    if milestone.quantity is None or parent.quantity is None or not same_unit(milestone.quantity, parent.quantity):
        return ()
    found: list[Strictness] = []
    early = milestone.due_on is not None and parent.due_on is not None and milestone.due_on < parent.due_on
    if early and _whole(milestone.quantity, parent.quantity, parent.sense):
        found.append("earlier")
    if _further(milestone.quantity, parent.quantity, parent.sense):
        found.append("further")
    return tuple(found)


def stricter_part(part: Target, parent: Target) -> tuple[Strictness, ...]:
    """In what a part for another office is stricter than the promise: an earlier last day, or (for a rate, which is the
    same for everybody) a further target. An amount that adds up is judged by the sum, see `divided`.
    """
    found: list[Strictness] = []
    if part.due_on is not None and parent.due_on is not None and part.due_on < parent.due_on:
        found.append("earlier")
    whole, mine = parent.quantity, part.quantity
    if whole is not None and mine is not None and same_unit(mine, whole) and not adds_up(whole):
        if _further(mine, whole, parent.sense):
            found.append("further")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Division:
    """How the parts stand to the whole: `sum` (they add up to `total`), `each` (one standard for all), or `open` (the
    promise states no amount). `other_units` are the places of parts written in a unit that cannot be added.
    """

    kind: Literal["sum", "each", "open"]
    total: Decimal = Decimal(0)
    gap: Decimal = Decimal(0)
    excess: Decimal = Decimal(0)
    unit: str = ""
    other_units: tuple[int, ...] = ()
    without_amount: tuple[int, ...] = ()

    @property
    def comes_out(self) -> bool:
        """Whether nothing is missing, too much or in another unit."""
        return not (self.gap or self.excess or self.other_units)


def divided(whole: Quantity | None, parts: Sequence[Quantity | None]) -> Division:
    """What the parts of a promise come to.

    >>> found = divided(Quantity(Decimal("1.2"), "万人"), [Quantity(Decimal(7000), "人"), Quantity(Decimal(4000), "人")])
    >>> found.kind, str(found.gap), found.unit
    ('sum', '1000.0', '人')
    """
    if whole is None:
        return Division("open")
    amount, unit = whole.plain
    others = tuple(place for place, part in enumerate(parts) if part is not None and part.plain[1] != unit)
    without = tuple(place for place, part in enumerate(parts) if part is None)
    if not adds_up(whole):
        return Division("each", unit=unit, other_units=others, without_amount=without)
    total = sum((part.plain[0] for part in parts if part is not None and part.plain[1] == unit), Decimal(0))
    gap, excess = max(amount - total, Decimal(0)), max(total - amount, Decimal(0))
    return Division("sum", total, gap, excess, unit, others, without)
