"""What a period is before it runs: how much of which unit, in which direction, and what happens to its last day.

Beside the rule stand the three things that may happen to a running period: it is extended, suspended, or begins anew.
All of them have a plain JSON form (the one of `mingze due --batch`) that is read strictly.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args

from mingze.terms.instants import SHANGHAI, local_day, local_instant
from mingze.terms.refusal import TermError

type Unit = Literal["calendar_day", "working_day", "hour", "month", "year"]
type Direction = Literal["forward", "backward"]
type Roll = Literal["none", "forward", "back"]

UNITS: tuple[str, ...] = get_args(Unit.__value__)
DIRECTIONS: tuple[str, ...] = get_args(Direction.__value__)
ROLLS: tuple[str, ...] = get_args(Roll.__value__)

LONGEST = {"calendar_day": 40_000, "working_day": 30_000, "hour": 1_000_000, "month": 1_300, "year": 110}
"""More than a century of any unit is a slip of the pen, not a period."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A period: `amount` of `unit`, counted `forward` from its start or `backward` from an event, its last day rolled
    or not.

    `roll` says what the period itself does when its last day is a rest day: `none` keeps it, `forward` moves it to
    the next working day, `back` to the one before. Who may rely on which is a reading of the law (`docs/readings/`):
    a person's right rolls forward, an office's own limit does not, a backward period rolls back. Hours never roll:
    民法典 203 speaks of a last *day*.

    Units: a whole number of the unit; 0 means the same day (or instant).
    Law: 民法典 200-204.
    Raises: `TermError` `amount_wrong`, `amount_too_long`, `unit_unknown`, `direction_unknown`, `roll_unknown`.

    >>> Rule(15, "working_day").to_json()
    {'amount': 15, 'unit': 'working_day', 'direction': 'forward', 'roll': 'none'}
    """

    amount: int
    unit: Unit
    direction: Direction = "forward"
    roll: Roll = "none"

    def __post_init__(self) -> None:
        _check_amount(self.amount, self.unit)
        if self.direction not in DIRECTIONS:
            raise TermError("direction_unknown", expected=" | ".join(DIRECTIONS), found=str(self.direction))
        if self.roll not in ROLLS:
            raise TermError("roll_unknown", expected=" | ".join(ROLLS), found=str(self.roll))

    def to_json(self) -> dict[str, str | int]:
        """The rule as plain data."""
        return {"amount": self.amount, "unit": self.unit, "direction": self.direction, "roll": self.roll}

    @classmethod
    def from_json(cls, data: object) -> "Rule":
        """The rule plain data states; `direction` and `roll` may be left out and are then forward and none.

        Raises: `TermError` as the constructor, and `key_unknown`, `key_missing`, `not_an_object`.
        """
        fields = _fields(data, "rule", required=("amount", "unit"), optional=("direction", "roll"))
        return cls(**fields)


@dataclass(frozen=True, slots=True)
class Extend:
    """The period is made longer: `amount` of `unit` after its raw end, before any roll.

    Surprising: an extension of a period whose last day was a Saturday is counted from that Saturday, not from the
    Monday the period had rolled to. A period in days can be extended in any unit but hours; a period in hours in any
    unit.

    Law: e.g. 信访工作条例 34 (延长期限不得超过三十日). Reading: `docs/readings/extension-base.md`.
    """

    amount: int
    unit: Unit
    at: date | datetime | None = None

    def __post_init__(self) -> None:
        _check_amount(self.amount, self.unit)

    def to_json(self) -> dict[str, str | int | None]:
        """The event as plain data."""
        return {"type": "extend", "at": _iso(self.at), "amount": self.amount, "unit": self.unit}


@dataclass(frozen=True, slots=True)
class Suspend:
    """The period stands still from one day to another; both days are left out of the count, whole.

    `to` None means that the suspension still runs: then there is no last day, because nobody can know it.

    Reading: `docs/readings/suspension-ends.md`.
    Raises: `TermError` `suspension_ends_before_it_begins`.
    """

    from_: date | datetime
    to: date | datetime | None = None

    def __post_init__(self) -> None:
        if self.to is not None and local_day(self.to) < local_day(self.from_):
            raise TermError("suspension_ends_before_it_begins", begins=str(_iso(self.from_)), ends=str(_iso(self.to)))

    @property
    def from_on(self) -> date:
        """The first day left out."""
        return local_day(self.from_)

    @property
    def to_on(self) -> date | None:
        """The last day left out, None while the suspension runs."""
        return None if self.to is None else local_day(self.to)

    def to_json(self) -> dict[str, str | int | None]:
        """The event as plain data."""
        return {"type": "suspend", "from": _iso(self.from_), "to": _iso(self.to)}


@dataclass(frozen=True, slots=True)
class Restart:
    """The whole period begins anew: `at` takes the place of its start, and that day is again not counted.

    What was granted before falls away: earlier extensions, and a suspension that still ran. Days of a suspension with
    an end stay left out wherever they fall.
    """

    at: date | datetime

    def to_json(self) -> dict[str, str | int | None]:
        """The event as plain data."""
        return {"type": "restart", "at": _iso(self.at)}


type Event = Extend | Suspend | Restart


def event_from_json(data: object) -> Event:
    """The event plain data states, in the form of `mingze due --batch`.

    Raises: `TermError` `event_unknown`, `key_unknown`, `key_missing`, `not_an_object`, `not_a_date`, and those of the
    events.
    """
    if not isinstance(data, Mapping):
        raise TermError("not_an_object", where="event", found=_shown(data))
    match data.get("type"):
        case "extend":
            fields = _fields(data, "extend", required=("type", "amount", "unit"), optional=("at",))
            at = fields.get("at")
            return Extend(fields["amount"], fields["unit"], None if at is None else when_from_json(at))
        case "suspend":
            fields = _fields(data, "suspend", required=("type", "from"), optional=("to",))
            to = fields.get("to")
            return Suspend(when_from_json(fields["from"]), None if to is None else when_from_json(to))
        case "restart":
            return Restart(when_from_json(_fields(data, "restart", required=("type", "at"), optional=())["at"]))
        case other:
            raise TermError("event_unknown", expected="extend | suspend | restart", found=_shown(other))


def events_from_json(data: object) -> tuple[Event, ...]:
    """The events of a list of plain data. Raises: `TermError` as `event_from_json`, `not_a_list`."""
    if not isinstance(data, Iterable) or isinstance(data, str | bytes | Mapping):
        raise TermError("not_a_list", where="events", found=_shown(data))
    return tuple(event_from_json(item) for item in data)


def when_from_json(data: object) -> date | datetime:
    """A local day (``2026-09-18``) or an instant with its offset (``2026-09-18T10:12:00+08:00``), told in
    Asia/Shanghai time.

    An instant without an offset is read as Beijing time: in a file about Chinese law nothing else can be meant.

    Raises: `TermError` `not_a_date`.
    """
    if isinstance(data, str):
        try:
            if len(data) == 10:
                return date.fromisoformat(data)
            at = datetime.fromisoformat(data)
            return at.replace(tzinfo=SHANGHAI) if at.tzinfo is None else local_instant(at)
        except (ValueError, OverflowError):
            pass
    raise TermError("not_a_date", expected="2026-09-18 | 2026-09-18T10:12:00+08:00", found=_shown(data))


def _check_amount(amount: object, unit: object) -> None:
    if not isinstance(unit, str) or unit not in UNITS:
        raise TermError("unit_unknown", expected=" | ".join(UNITS), found=_shown(unit))
    if type(amount) is not int or amount < 0:
        raise TermError("amount_wrong", expected="0, 1, 2, …", found=_shown(amount))
    if amount > LONGEST[unit]:
        raise TermError("amount_too_long", expected=LONGEST[unit], found=amount)


def _fields(data: object, where: str, required: tuple[str, ...], optional: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        raise TermError("not_an_object", where=where, found=_shown(data))
    fields: dict[str, Any] = {str(key): value for key, value in data.items()}
    for key in fields:
        if key not in required and key not in optional:
            raise TermError("key_unknown", where=where, expected=" | ".join(required + optional), found=_shown(key))
    for key in required:
        if key not in fields:
            raise TermError("key_missing", where=where, expected=key, found=" ".join(fields))
    return fields


def _shown(value: object) -> str:
    """What was found, short enough to show."""
    text = str(value) if isinstance(value, str | int | float) else type(value).__name__
    return text if len(text) <= 60 else text[:60] + "…"


def _iso(when: date | datetime | None) -> str | None:
    if isinstance(when, datetime):
        return local_instant(when).isoformat()
    return None if when is None else when.isoformat()
