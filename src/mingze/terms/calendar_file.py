"""Reads one year of the official calendar from the text of its file, strictly.

The file is typed by a person beside the notice, so everything that can be checked is: unknown and repeated keys, a
weekday written after a date, the number of days the notice states, days named twice, a make-up day that is no
weekend, a day of another year. All that is wrong is reported at once, each with file, line and column.

    calendar: cn
    year: 2026
    version: 1
    notice: {number: …, title: {zh: …, en: …}, issued_on: 2025-11-04}
    rest:
      - {from: 2026-01-01 Thu, to: 2026-01-03 Sat, days: 3, festival: {zh: 元旦, en: New Year's Day}}
    makeup:
      - {on: 2026-01-04 Sun, festival: {zh: 元旦, en: New Year's Day}}

The notice of a year may also name days of the December before it (the one for 2023 named 2022-12-31); those belong in
the year's file.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mingze.terms.calendar import CalendarYear, MakeupDay, Notice, RestRange
from mingze.terms.refusal import CalendarErrors, CalendarProblem

LONGEST_TEXT = 100_000
"""Characters; a year of notices is under 3,000."""

LONGEST_REST_DAYS = 15
"""Days in a row; the longest break so far had nine."""

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?: (\w+))?")


def read_calendar_year(text: str, file: str = "") -> CalendarYear:
    """The year a calendar file states. `file` is the name errors carry.

    Raises: `CalendarErrors` with one `CalendarProblem` for everything that is wrong: `yaml`, `too_long`,
    `key_unknown`, `key_twice`, `key_missing`, `wrong_type`, `not_a_date`, `wrong_weekday`, `wrong_year`,
    `range_backwards`, `range_too_long`, `wrong_day_count`, `day_twice`, `makeup_not_weekend`,
    `notice_after_year`.
    """
    return _Reader(file).read(text)


class _Reader:
    """Walks the YAML nodes, which know their lines, and gathers problems instead of stopping at the first."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[CalendarProblem] = []

    def read(self, text: str) -> CalendarYear:
        node = self._compose(text)
        top = self._mapping(node, "a calendar", ("calendar", "year", "version", "notice", "rest", "makeup"))
        calendar = self._scalar(top, "calendar", str)
        year = self._scalar(top, "year", int)
        version = self._scalar(top, "version", int)
        if isinstance(year, int) and not 1950 <= year <= 9000:
            self._wrong(top["year"], "wrong_year", "a year like 2026", str(year))
        if isinstance(version, int) and version < 1:
            self._wrong(top["version"], "wrong_type", "1, 2, 3, …", str(version))
        notice = self._notice(top.get("notice"), year)
        rest = [part for item in self._items(top, "rest") if (part := self._rest(item, year))]
        makeup = [day for item in self._items(top, "makeup") if (day := self._makeup(item, year))]
        self._no_day_twice(rest, makeup)
        if self.problems or notice is None or calendar is None or year is None or version is None:
            raise CalendarErrors(self.problems)
        return CalendarYear(
            calendar=str(calendar),
            year=int(year),
            version=int(version),
            notice=notice,
            rest=tuple(sorted(rest, key=lambda part: part.from_on)),
            makeup=tuple(sorted(makeup, key=lambda day: day.on)),
            file=self.file,
        )

    # ------------------------------------------------------------------ the parts of the file

    def _notice(self, node: Node | None, year: int | str | None) -> Notice | None:
        if node is None:
            return None
        parts = self._mapping(node, "a notice", ("number", "title", "issued_on"))
        number = self._scalar(parts, "number", str)
        title = self._name(parts.get("title"))
        issued_on = self._date(parts.get("issued_on"))
        if issued_on and isinstance(year, int) and issued_on.year > year:
            self._wrong(parts["issued_on"], "notice_after_year", f"a day before or in {year}", issued_on.isoformat())
        if number is None or title is None or issued_on is None:
            return None
        return Notice(str(number), title, issued_on)

    def _rest(self, node: Node, year: int | str | None) -> RestRange | None:
        parts = self._mapping(node, "a range of days off", ("from", "to", "days", "festival"), optional=("days",))
        from_on, to_on = self._date(parts.get("from")), self._date(parts.get("to"))
        festival = self._name(parts.get("festival"))
        if from_on is None or to_on is None or festival is None:
            return None
        if to_on < from_on:
            self._wrong(parts["to"], "range_backwards", f"{from_on.isoformat()} or later", to_on.isoformat())
            return None
        days = (to_on - from_on).days + 1
        if days > LONGEST_REST_DAYS:
            self._wrong(parts["to"], "range_too_long", f"at most {LONGEST_REST_DAYS} days", f"{days} days")
            return None
        stated = self._scalar(parts, "days", int) if "days" in parts else days
        if stated is not None and stated != days:
            self._wrong(parts["days"], "wrong_day_count", f"{days}, counted from the two dates", str(stated))
        self._in_year(parts["from"], from_on, year)
        self._in_year(parts["to"], to_on, year)
        return RestRange(from_on, to_on, festival, node.start_mark.line + 1)

    def _makeup(self, node: Node, year: int | str | None) -> MakeupDay | None:
        parts = self._mapping(node, "a make-up working day", ("on", "festival"))
        on, festival = self._date(parts.get("on")), self._name(parts.get("festival"))
        if on is None or festival is None:
            return None
        if on.weekday() < 5:
            self._wrong(
                parts["on"], "makeup_not_weekend", "a Saturday or Sunday", f"{on.isoformat()} {_WEEKDAYS[on.weekday()]}"
            )
        self._in_year(parts["on"], on, year)
        return MakeupDay(on, festival, node.start_mark.line + 1)

    def _no_day_twice(self, rest: list[RestRange], makeup: list[MakeupDay]) -> None:
        lines: dict[date, int] = {}
        named = [
            (part.from_on + timedelta(days=offset), part.line)
            for part in rest
            for offset in range((part.to_on - part.from_on).days + 1)
        ]
        named += [(day.on, day.line) for day in makeup]
        for day, line in sorted(named, key=lambda entry: (entry[1], entry[0])):
            if day in lines:
                found = f"{day.isoformat()} already in line {lines[day]}"
                self.problems.append(CalendarProblem(self.file, line, 1, "day_twice", "each day named once", found))
            lines.setdefault(day, line)

    def _in_year(self, node: Node, day: date, year: int | str | None) -> None:
        """A notice may name the last days of December before its year, no others outside it."""
        if isinstance(year, int) and day.year != year and (day.year, day.month) != (year - 1, 12):
            self._wrong(node, "wrong_year", f"a day of {year} or December {year - 1}", day.isoformat())

    # ------------------------------------------------------------------ nodes

    def _compose(self, text: str) -> Node:
        if len(text) > LONGEST_TEXT:
            problem = CalendarProblem(self.file, 1, 1, "too_long", f"at most {LONGEST_TEXT} characters", str(len(text)))
            raise CalendarErrors([problem])
        try:
            node = YAML(typ="safe", pure=True).compose(text)
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            found = error.problem or "something else"
            raise CalendarErrors([CalendarProblem(self.file, line, column, "yaml", "YAML", found)]) from error
        except (YAMLError, ValueError) as error:
            raise CalendarErrors(
                [CalendarProblem(self.file, 1, 1, "yaml", "YAML", str(error).splitlines()[0])]
            ) from error
        if node is None:
            raise CalendarErrors([CalendarProblem(self.file, 1, 1, "wrong_type", "a calendar", "nothing")])
        return node

    def _mapping(
        self, node: Node, what: str, keys: tuple[str, ...], optional: tuple[str, ...] = ()
    ) -> Mapping[str, Node]:
        if not isinstance(node, MappingNode):
            self._wrong(node, "wrong_type", what, _shown(node))
            return {}
        parts: dict[str, Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else _shown(key)
            if name not in keys:
                self._wrong(key, "key_unknown", ", ".join(keys), name)
            elif name in parts:
                self._wrong(key, "key_twice", "each key once", name)
            else:
                parts[name] = value
        for name in keys:
            if name not in parts and name not in optional:
                self._wrong(node, "key_missing", name, ", ".join(parts) or "nothing")
        return parts

    def _items(self, parts: Mapping[str, Node], key: str) -> list[Node]:
        node = parts.get(key)
        if node is None:
            return []
        if not isinstance(node, SequenceNode):
            self._wrong(node, "wrong_type", "a list", _shown(node))
            return []
        return list(node.value)

    def _scalar(self, parts: Mapping[str, Node], key: str, kind: type[str] | type[int]) -> str | int | None:
        node = parts.get(key)
        if node is None:
            return None
        read = _SCALARS[kind]
        value = read(node) if isinstance(node, ScalarNode) else None
        if value is None:
            self._wrong(node, "wrong_type", "a whole number" if kind is int else "text", _shown(node))
        return value

    def _name(self, node: Node | None) -> Mapping[str, str] | None:
        if node is None:
            return None
        parts = self._mapping(node, "a name in both languages", ("zh", "en"))
        zh, en = self._scalar(parts, "zh", str), self._scalar(parts, "en", str)
        return None if zh is None or en is None else {"zh": str(zh), "en": str(en)}

    def _date(self, node: Node | None) -> date | None:
        """A date, with the weekday after it checked if one is written."""
        if node is None:
            return None
        match = _DATE.fullmatch(node.value) if isinstance(node, ScalarNode) else None
        try:
            day = date.fromisoformat(match[1]) if match else None
        except ValueError:
            day = None
        if match is None or day is None:
            self._wrong(node, "not_a_date", "a date like 2026-01-01 or 2026-01-01 Thu", _shown(node))
            return None
        if match[2] is not None and match[2] != _WEEKDAYS[day.weekday()]:
            self._wrong(node, "wrong_weekday", _WEEKDAYS[day.weekday()], match[2])
        return day

    def _wrong(self, node: Node, code: str, expected: str, found: str) -> None:
        mark = node.start_mark
        self.problems.append(CalendarProblem(self.file, mark.line + 1, mark.column + 1, code, expected, found))


def _text_of(node: ScalarNode) -> str | None:
    return node.value if node.tag == "tag:yaml.org,2002:str" and node.value.strip() else None


def _number_of(node: ScalarNode) -> int | None:
    return int(node.value) if re.fullmatch(r"[0-9]{1,9}", node.value) and node.tag == "tag:yaml.org,2002:int" else None


_SCALARS: Mapping[type, Callable[[ScalarNode], str | int | None]] = {str: _text_of, int: _number_of}


def _shown(node: Node) -> str:
    """What stands there, short enough to show."""
    if isinstance(node, ScalarNode):
        return node.value[:60] or "nothing"
    return "a list" if isinstance(node, SequenceNode) else "a mapping"
