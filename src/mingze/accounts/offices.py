"""Which offices an authority has, which posts they hold and which of them answers for which matter (权责清单).

What an office is for, and what the holder of a post may do, are words of the procedures (`found_by`, `by: role.word`),
so any may stand here; `mingze doctor` says which of those asked for nobody has.

`read_offices` reads the text of ``authority.yaml`` strictly: an unknown key, a name used twice or a superior that does
not exist is an error with its line. Nothing here touches a file, a database or Django.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from mingze.documents.resolving import FormerName, OfficeNames, RegisteredOffice, Resolution

_ID = re.compile(r"[a-z][a-z0-9_]{0,31}")


@dataclass(frozen=True)
class Fault:
    """One thing wrong in ``authority.yaml``: where (lines and columns count from 1), its code, expected and found."""

    line: int
    column: int
    code: str
    expected: str
    found: str


class OfficesError(Exception):
    """The register of competences cannot be used as it is written; every fault found is listed with its line."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"line {f.line}: {f.code}: expected {f.expected}, found {f.found}" for f in faults))
        self.faults = faults


@dataclass(frozen=True)
class Post:
    """A position in an office (岗位): duties bind to it, whoever holds it today."""

    id: str
    office: str
    name: Mapping[str, str]
    functions: tuple[str, ...]


@dataclass(frozen=True)
class Office:
    """A body that can hold a duty (单位); `former` are names it, or an office merged into it, bore until a day."""

    id: str
    name: Mapping[str, str]
    short: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    superior: str | None = None
    functions: tuple[str, ...] = ()
    former: tuple[FormerName, ...] = ()


@dataclass(frozen=True)
class Competence:
    """One row of the list of powers and responsibilities: who answers for a topic."""

    topic: str
    name: Mapping[str, str]
    office: str


@dataclass(frozen=True)
class Offices:
    """All offices, posts and competences of one authority, in the order they are written."""

    offices: tuple[Office, ...] = ()
    posts: tuple[Post, ...] = ()
    competences: tuple[Competence, ...] = ()
    _surfaces: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    place: str = ""
    """The district as documents write it out before the name of an office (明源区)."""

    @cached_property
    def _offices(self) -> dict[str, Office]:
        return {office.id: office for office in self.offices}

    @cached_property
    def _posts(self) -> dict[str, Post]:
        return {post.id: post for post in self.posts}

    def __iter__(self) -> Iterator[Office]:
        return iter(self.offices)

    def __contains__(self, office_id: object) -> bool:
        return office_id in self._offices

    def office(self, office_id: str) -> Office:
        """The office of an id; KeyError when the authority has none."""
        return self._offices[office_id]

    def post(self, post_id: str) -> Post:
        """The post of an id such as ``zjj.handler``; KeyError when there is none."""
        return self._posts[post_id]

    def posts_of(self, office_id: str) -> tuple[Post, ...]:
        """The posts of one office."""
        return tuple(post for post in self.posts if post.office == office_id)

    def by_name(self, surface: str) -> Office | None:
        """The office a document means by a name, short name or alias; None when no office is called so."""
        found = self._surfaces.get(_fold(surface))
        return self._offices[found] if found else None

    @cached_property
    def _names(self) -> OfficeNames:
        called = (
            RegisteredOffice(
                office.id,
                tuple(dict.fromkeys((*office.name.values(), *office.short.values(), *office.aliases))),
                office.former,
            )
            for office in self.offices
        )
        return OfficeNames(called, self.place)

    def resolve(self, surfaces: Sequence[str], on: date | None = None) -> tuple[Resolution, ...]:
        """What each name of a document's list means here, read within the list; `on` is the document's own day."""
        return self._names.resolve(surfaces, on)

    def for_function(self, function: str) -> Office | None:
        """The first office that serves a function such as ``intake`` or ``verification``."""
        return next((office for office in self.offices if function in office.functions), None)

    def competent_for(self, topic: str) -> Office | None:
        """The office that answers for a topic by the list of competences; None when the list is silent."""
        return next((self._offices[row.office] for row in self.competences if row.topic == topic), None)

    def superiors_of(self, office_id: str) -> tuple[Office, ...]:
        """The offices above one, nearest first."""
        above: list[Office] = []
        superior = self._offices[office_id].superior
        while superior is not None:
            above.append(self._offices[superior])
            superior = self._offices[superior].superior
        return tuple(above)


def _fold(surface: str) -> str:
    return "".join(unicodedata.normalize("NFKC", surface).split()).casefold()


def read_offices(text: str) -> Offices:
    """The offices that the text of ``authority.yaml`` declares.

    Raises:
        OfficesError: the text is not YAML, or something in it cannot be meant; all faults of the file together.
    """
    reading = _Reading()
    try:
        root = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        code = "duplicate_key" if "duplicate key" in str(error.problem or "") else "not_yaml"
        said = " ".join(str(error.problem or error.context or "").split())
        found = said.split('"')[1] if code == "duplicate_key" and '"' in said else said
        raise OfficesError([Fault(line, column, code, "YAML with each key once", found)]) from None
    offices = reading.offices(root)
    if reading.faults:
        raise OfficesError(sorted(reading.faults, key=lambda fault: (fault.line, fault.column)))
    return offices


class _Reading:
    """Walks the parsed file once and collects faults instead of stopping at the first."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, parent: Any, key: Any, code: str, expected: str, found: Any, at_key: bool = False) -> None:
        """Note a fault at a value of a mapping, or at its key."""
        line, column = 1, 1
        place = getattr(parent, "lc", None)
        if place is not None:
            try:
                line, column = place.key(key) if at_key else place.value(key)
            except (KeyError, TypeError, IndexError):  # the key is not there: the mapping itself is the place
                line, column = place.line, place.col
            line, column = line + 1, column + 1
        self.faults.append(Fault(line, column, code, expected, _shown(found)))

    def mapping(self, parent: Any, key: Any, known: Mapping[str, bool]) -> Mapping[str, Any]:
        """A mapping with exactly the known keys, of which those marked True must be there."""
        value = parent.get(key) if isinstance(parent, Mapping) else parent[key]
        if not isinstance(value, Mapping):
            self.fault(parent, key, "wrong_type", f"a mapping of {', '.join(known)}", value)
            return {}
        for name in value:
            if name not in known:
                self.fault(value, name, "unknown_key", f"one of {', '.join(known)}", name, at_key=True)
        for name, required in known.items():
            if required and name not in value:
                self.fault(parent, key, "missing_key", name, None, at_key=True)
        return value

    def names(self, parent: Any, key: str, default: Mapping[str, str] | None = None) -> Mapping[str, str]:
        if key not in parent:
            return default or {}
        value = self.mapping(parent, key, {"zh": True, "en": True})
        for lang, name in value.items():
            if not isinstance(name, str) or not name.strip():
                self.fault(value, lang, "wrong_type", "a name", name)
        return {lang: str(name) for lang, name in value.items()}

    def strings(self, parent: Any, key: str, *, ids: bool = False) -> tuple[str, ...]:
        value = parent.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.fault(parent, key, "wrong_type", "a list", value)
            return ()
        for item in value:
            if not isinstance(item, str):
                self.fault(parent, key, "unknown_value", "text", item)
            elif ids and not _ID.fullmatch(item):
                self.fault(parent, key, "bad_id", "lower-case letters, digits and _", item)
        return tuple(str(item) for item in value)

    def id(self, parent: Any, key: Any) -> str:
        if not isinstance(key, str) or not _ID.fullmatch(key):
            self.fault(parent, key, "bad_id", "lower-case letters, digits and _", key, at_key=True)
        return str(key)

    def offices(self, root: Any) -> Offices:
        if not isinstance(root, Mapping):
            self.faults.append(Fault(1, 1, "wrong_type", "a mapping of offices, competences", _shown(root)))
            return Offices()
        wrapped = {"file": root}
        self.mapping(wrapped, "file", {"place": False, "offices": True, "competences": False})
        place = root.get("place") or ""
        if not isinstance(place, str):
            self.fault(root, "place", "wrong_type", "a name", place)
        declared = root.get("offices")
        if not isinstance(declared, Mapping) or not declared:
            self.fault(root, "offices", "wrong_type", "a mapping of offices", declared)
            return Offices()
        offices: list[Office] = []
        posts: list[Post] = []
        surfaces: dict[str, str] = {}
        for key in declared:
            office = self.office(declared, key, posts)
            offices.append(office)
            called = [*office.name.values(), *office.short.values(), *office.aliases]
            for surface in dict.fromkeys(_fold(name) for name in called):
                if surfaces.setdefault(surface, office.id) != office.id:
                    self.fault(declared, key, "name_twice", "a name no other office has", surface, at_key=True)
        self.superiors(declared)
        return Offices(tuple(offices), tuple(posts), self.competences(root, declared), surfaces, str(place))

    def office(self, declared: Any, key: Any, posts: list[Post]) -> Office:
        known = ("name", "short", "aliases", "former", "superior", "functions", "posts")
        row = self.mapping(declared, key, {one: one == "name" for one in known})
        office_id = self.id(declared, key)
        name = self.names(row, "name")
        held = row.get("posts")
        if held is not None and not isinstance(held, Mapping):
            self.fault(row, "posts", "wrong_type", "a mapping of posts", held)
            held = None
        for post_key in held or ():
            post = self.mapping(held, post_key, {"name": True, "functions": True})
            post_id = f"{office_id}.{self.id(held, post_key)}"
            functions = self.strings(post, "functions", ids=True)
            posts.append(Post(post_id, office_id, self.names(post, "name"), functions))
        return Office(
            office_id,
            name,
            self.names(row, "short", name),
            self.strings(row, "aliases"),
            row.get("superior"),
            self.strings(row, "functions", ids=True),
            self.former(row),
        )

    def former(self, row: Any) -> tuple[FormerName, ...]:
        """Names no longer borne, each with the first day it was not, if anybody wrote it down."""
        listed = row.get("former")
        if listed is None:
            return ()
        if not isinstance(listed, list):
            self.fault(row, "former", "wrong_type", "a list", listed)
            return ()
        found: list[FormerName] = []
        for at in range(len(listed)):
            one = self.mapping(listed, at, {"name": True, "until": False})
            until = one.get("until")
            if until is not None and not isinstance(until, date):
                self.fault(one, "until", "wrong_type", "a day such as 2019-03-20", until)
                until = None
            found.append(FormerName(str(one.get("name") or ""), until))
        return tuple(found)

    def superiors(self, declared: Any) -> None:
        """Every superior exists and no office is above itself."""
        above = {key: row.get("superior") for key, row in declared.items() if isinstance(row, Mapping)}
        for key, superior in above.items():
            if superior is None:
                continue
            if superior not in above:
                self.fault(declared[key], "superior", "unknown_office", "an office of this file", superior)
                continue
            seen, step = {key}, superior
            while step is not None and step not in seen:
                seen.add(step)
                step = above.get(step)
            if step == key:  # offices that only hang below a circle are not at fault
                self.fault(declared[key], "superior", "superior_circle", "a line that ends", superior)

    def competences(self, root: Any, declared: Any) -> tuple[Competence, ...]:
        rows = root.get("competences")
        if rows is None:
            return ()
        if not isinstance(rows, Mapping):
            self.fault(root, "competences", "wrong_type", "a mapping of topics", rows)
            return ()
        found: list[Competence] = []
        for topic in rows:
            row = self.mapping(rows, topic, {"name": True, "office": True})
            if row and row.get("office") not in declared:
                self.fault(row, "office", "unknown_office", "an office of this file", row.get("office"))
            found.append(Competence(self.id(rows, topic), self.names(row, "name"), str(row.get("office"))))
        return tuple(found)


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return "nothing" if value is None else repr(value) if not isinstance(value, str) else value
