"""The files jurists own, found and read: procedures and calendars, from a checkout or from inside the wheel."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mingze.procedure import Procedure
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


@cache
def load_procedures() -> Mapping[str, Procedure]:
    """Every procedure shipped, by name; a fault in one raises its ProcedureErrors with file, line and column."""
    from mingze.procedure import read_procedure

    read = (read_procedure(procedure_texts(folder)) for folder in procedure_folders())
    return {procedure.name: procedure for procedure in read}
