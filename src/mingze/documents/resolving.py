"""Resolving: which office of the district's register a document means by a name, and why; what is not known stays unresolved.

Documents shorten within a list (区行政审批局、住建局 is 区住建局; 市公安局、住建局 is not ours), write the district out
(明源区教育局), drop the ending (住建、交通等部门) and use names that an office bore until some day. A name that two offices could mean
resolves to neither.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mingze.documents.variants import SIMPLIFIED


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name an office, or one merged into it, bore through the day before `until`; `None` if nobody wrote the day down."""

    name: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class RegisteredOffice:
    """An office as documents may call it: its id, what it is called today, and what it was called."""

    id: str
    names: tuple[str, ...]
    former: tuple[FormerName, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of one name: the office it means or `None`, how that is known, and the offices it might mean.

    `how` is `name` (so called), `place` (with the district written out), `list` (shortened within a list), `ending` (without its
    ending), `part` (named with a bracket or a post), `former` (called so until `until`), `class` (各乡镇, 有关部门: no single office),
    `several` (two offices may be meant) or `unknown`. The words are `documents-resolved-<how>`.
    """

    surface: str
    office: str | None
    how: str
    candidates: tuple[str, ...] = ()
    until: date | None = None


HOWS = ("name", "place", "list", "ending", "part", "former", "class", "several", "unknown")

_LEVEL = re.compile(r"(?P<level>区委|县委|市委|省委|区政府|县政府|市政府|区|县|市|省|州|镇|乡)(?=.{2,})")
_CLASS = re.compile(
    r"(?:各|有关|相关|其他|其它|其余|全区|全县|全市|辖区|属地|以上|上述|被|承办|责任|牵头|配合|成员|主管|行业主管)"
)
_ENDINGS = ("局", "委", "办", "办公室", "中心", "院", "部", "队")
_BRACKET = re.compile(r"（([^（）]{2,20})）$")
_POST = re.compile(
    r"(?:党组书记|党委书记|主要负责同志|主要负责人|分管负责同志|分管负责人|负责同志|负责人|主要领导|分管领导|领导班子|局长|主任|院长|队长|书记|镇长|"
    r"区长|县长)$"
)
_TRADITIONAL = str.maketrans(SIMPLIFIED)


def folded(name: str) -> str:
    """A name as it is compared: widths, spaces, brackets and traditional characters told apart no more."""
    plain = "".join(unicodedata.normalize("NFKC", name).split()).translate(_TRADITIONAL).casefold()
    return plain.replace("(", "（").replace(")", "）")


class OfficeNames:
    """The register of offices made ready to be asked; `place` is the district as documents write it out (明源区)."""

    def __init__(self, offices: Iterable[RegisteredOffice], place: str = "") -> None:
        self._place = folded(place)
        self._current: dict[str, set[str]] = {}
        self._former: dict[str, list[tuple[str, date | None]]] = {}
        for office in offices:
            for name in office.names:
                self._current.setdefault(folded(name), set()).add(office.id)
            for former in office.former:
                self._former.setdefault(folded(former.name), []).append((office.id, former.until))

    def resolve(self, surfaces: Sequence[str], on: date | None = None) -> tuple[Resolution, ...]:
        """Each name of a list, in its order: a name shortened within the list is read with the level of the one before it.

        `on` is the day the document states as its own: before the day a name was given up it means whoever bore it then.
        """
        level = ""
        found: list[Resolution] = []
        for surface in surfaces:
            name = folded(surface)
            own = _LEVEL.match(name)
            one = self._one(surface, name, "" if own else level, on)
            found.append(one)
            if own and one.how != "class":
                level = own["level"][:1] if own["level"][:1] in "区县市省州" else ""
        return tuple(found)

    def _one(self, surface: str, name: str, level: str, on: date | None) -> Resolution:
        if _CLASS.match(name) and name not in self._current:
            return Resolution(surface, None, "class")
        if level:
            shortened = self._called(surface, f"{level}{name}", "list", on)
            if shortened is not None:
                return shortened
            if not self._of_level(level):
                return Resolution(surface, None, "unknown", tuple(sorted(self._current.get(name, ()))))
        exact = self._called(surface, name, "name", on)
        if exact is not None:
            return exact
        if self._place and name.startswith(self._place):
            rest = name.removeprefix(self._place)
            for tried in (f"{self._place[-1]}{rest}", rest):
                placed = self._called(surface, tried, "place", on)
                if placed is not None:
                    return placed
        parted = self._part(surface, name, on)
        if parted is not None:
            return parted
        if not name.endswith(_ENDINGS) and len(name) <= 6:
            tried = {f"{prefix}{name}{ending}" for prefix in ("", level, self._level_of_names()) for ending in _ENDINGS}
            meant = sorted({office for one in tried for office in self._current.get(one, ())})
            if meant:
                alone = meant[0] if len(meant) == 1 else None
                return Resolution(surface, alone, "ending" if alone else "several", tuple(meant))
        return Resolution(surface, None, "unknown")

    def _called(self, surface: str, name: str, how: str, on: date | None) -> Resolution | None:
        bore = [(office, until) for office, until in self._former.get(name, ()) if on and until and on < until]
        today = self._current.get(name, set())
        if bore and not (today and on is None):
            meant, how, until = {office for office, _ in bore}, "former", bore[0][1]
        elif today:
            meant, until = today, None
        elif name in self._former:
            meant, how, until = {office for office, _ in self._former[name]}, "former", self._former[name][0][1]
        else:
            return None
        candidates = sorted(meant)
        if len(candidates) > 1:
            return Resolution(surface, None, "several", tuple(candidates), until)
        return Resolution(surface, candidates[0], how, tuple(candidates), until)

    def _part(self, surface: str, name: str, on: date | None) -> Resolution | None:
        """区城管局（区综合执法局） by either name, 区教育局主要负责人 by the office."""
        bracket = _BRACKET.search(name)
        parts = [name[: bracket.start()], bracket[1]] if bracket else []
        post = _POST.search(name)
        if post and post.start() >= 2:
            parts.append(name[: post.start()])
        known = [one for one in (self._called(surface, part, "part", on) for part in parts) if one is not None]
        offices = {one.office for one in known}
        if not known:
            return None
        if len(offices) == 1:
            return known[0]
        return Resolution(surface, None, "several", tuple(sorted({c for one in known for c in one.candidates})))

    def _of_level(self, level: str) -> bool:
        return any(name.startswith(level) for name in self._current)

    def _level_of_names(self) -> str:
        """The level most of the offices carry in their names: 区 in a district, 县 in a county."""
        counted = {level: sum(name.startswith(level) for name in self._current) for level in "区县市省"}
        return max(counted, key=lambda level: counted[level])
