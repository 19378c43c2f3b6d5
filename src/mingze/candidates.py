"""The procedure versions that lie in an instance's folders: shipped, its own, or with its own numbers.

    <package>/procedures/<name>/                    shipped with the program
    <instance>/procedures/<name>/                   the authority's own, or its own text of a shipped one
    <instance>/overlays/<name>/parameters.yaml      its own numbers for parameters the procedure marks `local`

Nothing here is in force because it lies there: a version is proposed and approved by two persons, and from then on the
register's stored copy is what runs (`mingze.store.library`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from mingze.procedure import Procedure, ProcedureErrors, read_procedure
from mingze.resources import procedure_folders, procedure_texts
from mingze.words import say

if TYPE_CHECKING:
    from mingze.store.library import Version

OWN = "procedures"
OVERLAYS = "overlays"
OVERLAY_FILE = "parameters.yaml"


@dataclass(frozen=True)
class Candidate:
    """One version as it lies in the folders: the procedure, or why it cannot be read."""

    name: str
    origin: str
    folder: Path
    texts: Mapping[str, str]
    overlay: Mapping[str, str] | None
    procedure: Procedure | None
    error: ProcedureErrors | None = None

    @property
    def hash(self) -> str:
        """What two persons put in force; "" for texts that cannot be read."""
        return self.procedure.hash if self.procedure else ""


def candidates(instance_dir: Path) -> list[Candidate]:
    """One version a procedure, in name order: the instance's own text before the shipped one, with its own numbers."""
    folders = {folder.name: ("shipped", folder) for folder in procedure_folders()}
    own = sorted(path.parent for path in (instance_dir / OWN).glob("*/procedure.yaml"))
    folders |= {folder.name: ("instance", folder) for folder in own}
    out = []
    for name, (origin, folder) in sorted(folders.items()):
        overlay_file = instance_dir / OVERLAYS / name / OVERLAY_FILE
        overlay = overlay_file.read_text(encoding="utf-8") if overlay_file.is_file() else ""
        out.append(_candidate(name, "overlay" if overlay else origin, folder, overlay))
    return out


def all_versions(known: Iterable[Version], instance_dir: Path) -> list[Version]:
    """Every version of an instance: those on record, and those that lie in its folders and nobody has proposed yet,
    which are `proposed` by nobody.
    """
    from mingze.store.library import Version

    versions = list(known)
    there = {each.hash for each in versions}
    found = [
        Version(each.name, each.hash, each.origin, "proposed", "", "")
        for each in candidates(instance_dir)
        if each.hash and each.hash not in there
    ]
    return sorted([*versions, *found], key=lambda each: each.name)


def state_words(version: Version, lang: str, called: Callable[[str], str] = str) -> str:
    """What became of a version, and who stands for it, in one phrase; `called` names a post."""
    values = {
        "origin": version.origin,
        "proposed_by": called(version.proposed_by) if version.proposed_by else "",
        "approved_by": called(version.approved_by) if version.approved_by else "",
        "on": (version.approved_at or version.proposed_at)[:10],
        "retired_on": version.retired_at[:10],
    }
    which = "found" if version.state == "proposed" and not version.proposed_by else version.state
    which = "installed" if version.state == "active" and not version.approved_by else which
    return say(f"procedures-version-{which}", lang, **values)


def stray_overlays(instance_dir: Path) -> list[str]:
    """Folders of numbers for a procedure there is none of: usually a typing mistake."""
    names = {found.name for found in candidates(instance_dir)}
    return sorted(
        path.parent.name
        for path in (instance_dir / OVERLAYS).glob(f"*/{OVERLAY_FILE}")
        if path.parent.name not in names
    )


def _candidate(name: str, origin: str, folder: Path, overlay: str) -> Candidate:
    texts = procedure_texts(folder)
    return _read(name, origin, folder, tuple(texts.items()), overlay)


@lru_cache(maxsize=128)
def _read(name: str, origin: str, folder: Path, texts: tuple[tuple[str, str], ...], overlay: str) -> Candidate:
    """The same texts are read once a process, however often a page asks."""
    numbers = {OVERLAY_FILE: overlay} if overlay else None
    try:
        procedure = read_procedure(dict(texts), numbers)
    except ProcedureErrors as error:
        return Candidate(name, origin, folder, dict(texts), numbers, None, error)
    return Candidate(procedure.name, origin, folder, dict(texts), numbers, procedure)
