"""A number of an indicator, entered once and read everywhere: what it counts, for which area, on which day, from where.

Two people write one indicator in two ways; `indicator_key` brings both to the same words, so that a number that exists
is found instead of asked for again. How old the last number is, is shown apart from how far the work is: a number that
is too old is not known, and what is not known is grey.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final, Literal

SCALES: Final = (("万亿", 10**12), ("亿", 10**8), ("万", 10**4))
"""How Chinese units carry their thousands; a thousand alone stays in the unit, because 千瓦 is one."""

_PLAIN: Final = re.compile(r"[-+]?[0-9]{1,15}(\.[0-9]{1,6})?")
_LEFT_OUT: Final = re.compile(r"[\s《》〈〉“”\"'‘’（）()、，,。；;：:·\-]+")


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount with its unit, as written; `plain` compares and adds what is written in two sizes of a unit.

    >>> Quantity(Decimal("1.2"), "万人").plain, Quantity(Decimal("95"), "％").plain
    ((Decimal('12000.0'), '人'), (Decimal('95'), '%'))
    """

    amount: Decimal
    unit: str = ""

    @property
    def plain(self) -> tuple[Decimal, str]:
        """The amount in the unit without 万 or 亿, and that unit."""
        unit = unicodedata.normalize("NFKC", self.unit).strip()
        for word, size in SCALES:
            if unit.startswith(word):
                return self.amount * size, unit.removeprefix(word)
        return self.amount, unit

    def __str__(self) -> str:
        return f"{number_words(self.amount)}{self.unit}"


def number_words(amount: Decimal) -> str:
    """A number without idle zeros and without an exponent.

    >>> number_words(Decimal("3000.50")), number_words(Decimal("1E+3"))
    ('3000.5', '1000')
    """
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount_of(text: object) -> Decimal | None:
    """A number as it was typed (full-width digits and thousands marks allowed); None for anything else.

    >>> amount_of("３,０００"), amount_of("about 3")
    (Decimal('3000'), None)
    """
    if isinstance(text, bool) or not isinstance(text, str | int | float | Decimal):
        return None
    plain = unicodedata.normalize("NFKC", str(text)).replace(",", "").strip()
    if not _PLAIN.fullmatch(plain):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:  # pragma: no cover - the pattern lets nothing else through
        return None


def indicator_key(name: str) -> str:
    """What an indicator is found by: width, case, blanks and punctuation do not make two of it.

    >>> indicator_key("新增 就业（人数）") == indicator_key("新增就业(人数)")
    True
    """
    return _LEFT_OUT.sub("", unicodedata.normalize("NFKC", name)).casefold()[:200]


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old what is known of a promise is: `current`, `old` (known once, not any more) or `none`; `days` since then."""

    state: Literal["current", "old", "none"]
    on: date | None
    days: int | None

    @property
    def known(self) -> bool:
        """Whether it may be shown as known; anything else is grey."""
        return self.state == "current"


def freshness(last_on: date | None, today: date, old_after_days: int) -> Freshness:
    """How fresh the last number or report is. Surprising: its own day counts, not the day on which it was typed in.

    >>> freshness(date(2026, 1, 1), date(2026, 4, 1), 90).state, freshness(date(2026, 1, 1), date(2026, 4, 2), 90).state
    ('current', 'old')
    """
    if last_on is None:
        return Freshness("none", None, None)
    days = max(0, (today - last_on).days)
    return Freshness("current" if days <= old_after_days else "old", last_on, days)
