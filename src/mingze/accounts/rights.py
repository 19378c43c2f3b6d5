"""Who may do what: the table of rights (`rights.yaml`), and the one question the doors, the desk and the register ask of it.

What no row allows is refused, and a `never` row wins over every other one. `read_rights` reads the table strictly: an
unknown key, role, object, verb or field is an error with its line. Nothing here touches a database or Django.

    >>> table().may({"anyone", "post", "part"}, "case", "see", SEALED)
    True
    >>> table().may({"anyone", "post", "part", "excluded"}, "case", "see", SEALED)
    False

Law: 信访工作条例 arts 28(3), 30(3) (who stands aside, whom the matter is about); 个人信息保护法 arts 6, 44, 45.
Not covered: whether an action may be taken now, and by which function of the office; that is the procedure's `by` and
`from`, asked by `casework.decide`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from mingze.accounts.offices import Fault, Offices
from mingze.casework import Actor

SEALED: Final = "sealed"
"""The state of a case whose content only its parties and the offices that work on it may read."""

OPEN_RECORD: Final = "open_record"
"""The state of a case whose procedure declares an open record."""

KNOWN_BY: Final = ("nothing", "sign_in", "code", "seat", "standing", "office_function", "post_function", "machine")
OBJECTS: Final[Mapping[str, tuple[str, ...]]] = {
    "page": ("see",),
    "approvals": ("see",),
    "ledger": ("see",),
    "procedure": ("see", "file", "open"),
    "document": ("see", "review"),
    "version": ("see", "propose", "approve"),
    "publication": ("see",),
    "seat": ("use", "leave", "choose"),
    "sign_in": ("use",),
    "case": ("see", "list", "find", "count", "act", "read", "download", "link", "take_away", "ask", "approve", "defer"),
}
"""The kinds of object and what can be asked of each."""

STATES: Final = (SEALED, OPEN_RECORD, "public", "published", "draft")
FIELDS: Final = (
    "envelope", "number", "procedure", "own", "told",
    "narrative", "identity", "decision", "note", "attachment", "evidence",
)  # fmt: skip
"""`envelope`: number, stage, dates, offices, public facts and the list of events; `own`, `told`: what a party gave, and
what an office wrote for it; the others are the kinds of sealed content."""

BEHIND: Final = ("nothing", "code", "seat")
DENIED: Final = ("absent", "refused", "code", "sign_in")


class RightsError(Exception):
    """The table cannot be used as it is written; every fault found is listed with its line."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"line {f.line}: {f.code}: expected {f.expected}, found {f.found}" for f in faults))
        self.faults = faults


@dataclass(frozen=True)
class Role:
    """Somebody the table speaks of, and how they are recognised."""

    name: str
    words: str
    known_by: str
    functions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Right:
    """One row: `states` and `fields` empty mean all of them; a `never` row takes away what another row gives."""

    role: str
    object: str
    verbs: tuple[str, ...]
    states: tuple[str, ...]
    fields: tuple[str, ...]
    never: bool
    record: bool
    why: str

    def meets(self, roles: AbstractSet[str], object_: str, verb: str, state: str, field: str) -> bool:
        """Whether this row speaks of what is asked."""
        return (
            self.object == object_
            and self.role in roles
            and verb in self.verbs
            and (not self.states or state in self.states)
            and (not field or not self.fields or field in self.fields)
        )


@dataclass(frozen=True)
class Door:
    """What an address or an operation asks for, who stands behind it, and how somebody without the right is answered."""

    name: str
    object: str
    verb: str
    behind: str
    denied: str


@dataclass(frozen=True)
class Rights:
    """The whole table."""

    roles: Mapping[str, Role]
    rights: tuple[Right, ...]
    doors: Mapping[str, Door]
    operations: Mapping[str, Door]

    def may(self, roles: AbstractSet[str], object_: str, verb: str, state: str = "", field: str = "") -> bool:
        """Whether somebody in these roles has the right. What the table does not name is refused."""
        rows = [row for row in self.rights if row.meets(roles, object_, verb, state, field)]
        return bool(rows) and not any(row.never for row in rows)

    def by_function(self, actor: Actor, offices: Offices | None = None) -> frozenset[str]:
        """The roles a post has wherever it acts: by its own functions and (with `offices`) by those of its office."""
        if actor.kind != "post":
            return frozenset({"anyone"})
        of_office = set(offices.office(actor.office).functions) if offices and actor.office in offices else set()
        held = {"office_function": of_office, "post_function": set(actor.functions)}
        found = {role.name for role in self.roles.values() if held.get(role.known_by, set()) & set(role.functions)}
        return frozenset({"anyone", "post", *found})


@lru_cache(maxsize=1)
def table() -> Rights:
    """The table this program ships; there is no other, and no setting changes it."""
    return read_rights(files("mingze.accounts").joinpath("rights.yaml").read_text(encoding="utf-8"))


def may_review(actor: Actor, offices: Offices) -> bool:
    """Whether a post may review documents (督查)."""
    return table().may(table().by_function(actor, offices), "document", "review", "draft")


def may_decide(actor: Actor) -> bool:
    """Whether a post may propose or approve a version of a procedure; that two persons are needed is the library's."""
    return table().may(table().by_function(actor), "version", "approve")


def read_rights(text: str) -> Rights:
    """The table that a text declares.

    Raises:
        RightsError: the text is not YAML, or something in it cannot be meant; all faults together.
    """
    try:
        root = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise RightsError([Fault(line, column, "not_yaml", "YAML with each key once", str(error.problem))]) from None
    reading = _Reading()
    found = reading.rights(root)
    if reading.faults:
        raise RightsError(sorted(reading.faults, key=lambda fault: (fault.line, fault.column)))
    return found


class _Reading:
    """Walks the parsed table once and collects faults instead of stopping at the first."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, parent: Any, key: Any, code: str, expected: str, found: Any) -> None:
        """Note a fault at a key of a mapping (or an item of a list)."""
        line, column = 0, 0
        place = getattr(parent, "lc", None)
        if place is not None:
            try:
                line, column = place.key(key) if isinstance(parent, Mapping) else place.item(key)
            except (KeyError, TypeError, IndexError):  # the key is not there: the mapping itself is the place
                line, column = place.line, place.col
        self.faults.append(Fault(line + 1, column + 1, code, expected, str(found)))

    def row(self, parent: Any, key: Any, needed: Sequence[str], allowed: Sequence[str] = ()) -> Mapping[str, Any]:
        """A mapping with every needed key and no unknown one; an empty one where there is none."""
        value = parent[key]
        if not isinstance(value, Mapping):
            self.fault(parent, key, "wrong_type", f"a mapping of {', '.join(needed)}", value)
            return {}
        for name in value:
            if name not in (*needed, *allowed):
                self.fault(value, name, "unknown_key", f"one of {', '.join((*needed, *allowed))}", name)
        missing = [name for name in needed if name not in value]
        for name in missing:
            self.fault(parent, key, "missing_key", name, "nothing")
        return {} if missing else value

    def known(self, row: Mapping[str, Any], key: str, words: Iterable[str]) -> str:
        """One word out of those there are."""
        value, allowed = row[key], tuple(words)
        if value not in allowed:
            self.fault(row, key, "unknown_word", f"one of {', '.join(allowed)}", value)
        return str(value)

    def several(self, row: Mapping[str, Any], key: str, words: Iterable[str] = ()) -> tuple[str, ...]:
        """One word, or a list of them; `words` empty means any."""
        value, allowed = row.get(key, []), tuple(words)
        given = value if isinstance(value, list) else [value]
        for item in given:
            if not isinstance(item, str) or (allowed and item not in allowed):
                self.fault(row, key, "unknown_word", f"one of {', '.join(allowed)}" if allowed else "a word", item)
        return tuple(str(item) for item in given)

    def flag(self, row: Mapping[str, Any], key: str, meant: Any) -> bool:
        """A key that is either left out or says the one thing it can say."""
        if key in row and row[key] != meant:
            self.fault(row, key, "unknown_word", str(meant), row[key])
        return key in row

    def words(self, row: Mapping[str, Any], key: str) -> str:
        """A sentence; an empty one is none."""
        if not isinstance(row[key], str) or not row[key].strip():
            self.fault(row, key, "wrong_type", "words", row[key])
        return str(row[key])

    def rights(self, root: Any) -> Rights:
        wrapped = {"table": root}
        parts = self.row(wrapped, "table", ("roles", "rights", "doors", "operations"))
        if not parts:
            return Rights({}, (), {}, {})
        roles = {role.name: role for role in self.roles(parts)}
        rights = tuple(self.right(parts["rights"], at, roles) for at in self.items(parts, "rights"))
        doors, operations = (
            {str(name): self.door(parts[kind], name) for name in self.names(parts, kind)}
            for kind in ("doors", "operations")
        )
        self.every_role_has_a_row(parts, roles, rights)
        return Rights(roles, tuple(one for one in rights if one), _whole(doors), _whole(operations))

    def items(self, parts: Mapping[str, Any], key: str) -> range:
        value = parts[key]
        if not isinstance(value, list):
            self.fault(parts, key, "wrong_type", "a list", value)
            return range(0)
        return range(len(value))

    def names(self, parts: Mapping[str, Any], key: str) -> list[Any]:
        value = parts[key]
        if not isinstance(value, Mapping):
            self.fault(parts, key, "wrong_type", "a mapping", value)
            return []
        return list(value)

    def roles(self, parts: Mapping[str, Any]) -> Iterable[Role]:
        for name in self.names(parts, "roles"):
            row = self.row(parts["roles"], name, ("is", "known_by"), ("functions",))
            if not row:
                continue
            known_by = self.known(row, "known_by", KNOWN_BY)
            if known_by.endswith("_function") != ("functions" in row):
                self.fault(parts["roles"], name, "missing_key", "functions where known by a function", known_by)
            yield Role(str(name), self.words(row, "is"), known_by, self.several(row, "functions"))

    def right(self, rows: Any, at: int, roles: Mapping[str, Role]) -> Right | None:
        row = self.row(rows, at, ("role", "object", "verb", "why"), ("state", "fields", "never", "with"))
        if not row:
            return None
        object_ = self.known(row, "object", OBJECTS)
        return Right(
            self.known(row, "role", roles),
            object_,
            self.several(row, "verb", OBJECTS.get(object_, ("see",))),
            self.several(row, "state", STATES),
            self.several(row, "fields", FIELDS),
            self.flag(row, "never", True),
            self.flag(row, "with", "record"),
            self.words(row, "why"),
        )

    def door(self, doors: Any, name: Any) -> Door | None:
        row = self.row(doors, name, ("asks", "behind"), ("denied",))
        if not row:
            return None
        object_, _, verb = str(row["asks"]).partition(".")
        if verb not in OBJECTS.get(object_, ()):
            self.fault(row, "asks", "unknown_word", "object.verb of the table", row["asks"])
        behind = self.known(row, "behind", BEHIND)
        denied = self.known(row, "denied", DENIED) if "denied" in row else ""
        if not denied and behind != "nothing":
            self.fault(doors, name, "missing_key", "denied", "nothing")
        return Door(str(name), object_, verb, behind, denied)

    def every_role_has_a_row(
        self, parts: Mapping[str, Any], roles: Mapping[str, Role], rights: Sequence[Right | None]
    ) -> None:
        """A role no row speaks of has no right at all, which is worth saying only of whoever runs the machine."""
        spoken = {right.role for right in rights if right is not None}
        for name, role in roles.items():
            if name not in spoken and role.known_by != "machine":
                self.fault(parts["roles"], name, "role_without_right", "a row in `rights`", name)


def _whole(doors: Mapping[str, Door | None]) -> dict[str, Door]:
    return {name: door for name, door in doors.items() if door is not None}
