"""The files jurists own, found and read: procedures and calendars, from a checkout or from inside the wheel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mingze.procedure import Procedure, ProcedureErrors
    from mingze.terms import Calendar

COUNTRY = "cn"


class ResourcesMissing(FileNotFoundError):
    """Neither a checkout nor an installed package holds the procedures and calendars: the installation is broken."""


@cache
def data_root() -> Path:
    """The folder of ``procedures/`` and ``calendars/``: the package's data in a wheel, else the checkout's root."""
    package = Path(__file__).resolve().parent
    for root in (package / "data", package.parents[1]):
        if (root / "procedures").is_dir() and (root / "calendars").is_dir():
            return root
    raise ResourcesMissing(f"no procedures/ and calendars/ beside {package}")


@cache
def load_calendar(country: str = COUNTRY) -> Calendar:
    """The official calendar of all years there is a notice for; days of later years are provisional."""
    from mingze.terms import Calendar, read_calendar_year

    return Calendar([read_calendar_year(text, file) for file, text in calendar_texts(country).items()], country)


def calendar_texts(country: str = COUNTRY) -> Mapping[str, str]:
    """The calendar files of a country by file name, as they are."""
    folder = data_root() / "calendars" / country
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))}


def procedure_texts(folder: Path) -> Mapping[str, str]:
    """The files of one procedure's folder by path inside it (``procedure.yaml``, ``scenarios/answer.yaml`` …)."""
    wanted = (path for path in sorted(folder.rglob("*")) if path.suffix in {".yaml", ".md"} and path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in wanted}


def procedure_folders() -> list[Path]:
    """The folders of the procedures shipped, in name order."""
    root = data_root() / "procedures"
    return sorted(path.parent for path in root.glob("*/procedure.yaml"))


@dataclass(frozen=True)
class Read:
    """What folders of procedures hold: those that can be read, by name, and the faults of the others, by folder."""

    procedures: Mapping[str, Procedure]
    unreadable: Mapping[Path, ProcedureErrors]


def read_folders(folders: Iterable[Path]) -> Read:
    """Each folder read by itself: a fault in one takes no other away."""
    from mingze.procedure import ProcedureErrors, read_procedure

    procedures: dict[str, Procedure] = {}
    unreadable: dict[Path, ProcedureErrors] = {}
    for folder in folders:
        try:
            procedure = read_procedure(procedure_texts(folder))
        except ProcedureErrors as error:
            unreadable[folder] = error
        else:
            procedures[procedure.name] = procedure
    return Read(procedures, unreadable)


@cache
def shipped() -> Read:
    """The procedures shipped, read once a process; `mingze doctor` and `mingze check` tell the faults of one that is
    not as it was made.
    """
    return read_folders(procedure_folders())


def load_procedures() -> Mapping[str, Procedure]:
    """Every shipped procedure that can be read, by name."""
    return shipped().procedures
