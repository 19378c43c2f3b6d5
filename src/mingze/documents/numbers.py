"""Numbers as official Chinese writes them: 1.9万, 百分之五, 六成, 三分之一, 半, 十二.

Values are exact where the text is exact: `4312万` is the integer 43120000, `18.4` the decimal 18.4. 万 and 亿 are folded
into the value, never into the unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

Number = int | float


@dataclass(frozen=True, slots=True)
class Value:
    """A number as it stands in a clause (folded offsets): its value, a range or a share, and its measure."""

    start: int
    end: int
    value: Number | str | tuple[Number, Number]
    unit: str | None
    bound: str | None = None


DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}

ARABIC = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
CHINESE = r"[零〇一二两三四五六七八九十百千]+"
NUMBER = rf"(?:{ARABIC}|{CHINESE}|半)(?:多|余)?[十百千]?[万亿]?(?:亿)?(?:多|余)?"

_ARABIC = re.compile(rf"({ARABIC})[多余]?([十百千]?)([万亿]*)[多余]?$")


def plain(value: Decimal) -> Number:
    """The number a JSON reader expects: an integer where the value is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def chinese(text: str) -> int | None:
    """`十二` → 12, `一百零五` → 105, `两万` → 20000; `None` for anything that is not such a number."""
    total = section = digit = 0
    seen = False
    for sign in text:
        if sign in DIGITS:
            digit = digit * 10 + DIGITS[sign] if digit else DIGITS[sign]
        elif sign in _TENS:
            section += (digit or 1) * _TENS[sign]
            digit = 0
        elif sign in _MYRIADS:
            total = (total + section + digit) * _MYRIADS[sign]
            section = digit = 0
        else:
            return None
        seen = True
    return total + section + digit if seen else None


def number(text: str) -> Number | None:
    """The value of an Arabic or Chinese numeral with its 万, 亿, 余 or 多; `None` if it is not one."""
    found = _ARABIC.match(text)
    if found:
        value = Decimal(found[1].replace(",", ""))
        for sign in found[2] + found[3]:
            value *= _TENS.get(sign) or _MYRIADS[sign]
        return plain(value)
    bare = text.replace("余", "").replace("多", "")
    if bare.startswith("半"):
        return 0.5
    return chinese(bare)
