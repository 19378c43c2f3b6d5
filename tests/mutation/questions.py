"""What is asked after each change: the very assertions of ordinary tests, the quickest that reach the function first.

A change counts as noticed only when something of the ordinary test run would fail: the verdict on a procedure is not
the one kept (`tests/procedure/test_verdicts.py`), a shipped procedure no longer passes
(`tests/procedure/test_procedure_files.py`), the table of computations differs (`tests/terms/test_computations.py`), or a
file of tests fails.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pytest
from hypothesis import Phase, settings

from mingze.procedure import Procedure, check
from mingze.resources import load_calendar, load_procedures
from tests.mutation.changing import ROOT
from tests.procedure import verdicts
from tests.terms import computations

FILES = {
    "tests/procedure": ("test_branches.py", "test_durations.py", "test_people_and_days.py", "test_reading.py"),
    "tests/terms": None,
}
"""The files of tests to ask, room by room (None: all). Of the checker's the other ones ask no verdict, or the ones above."""


@dataclass(frozen=True)
class Question:
    """One question: whether all is as an ordinary test wants it. `name` says which test; a whole file of tests needs
    pytest and a moment to begin.
    """

    name: str
    as_wanted: Callable[[], bool]
    is_a_file: bool = False


def of_the_checker() -> Iterator[Question]:
    """Each kept verdict, each shipped procedure, and the tests of the room. What is read is read here, once."""
    load_calendar()
    for name, procedure in verdicts.procedures().items():
        yield Question(f"verdict on {name}", partial(_verdict_is_kept, name, procedure))
    for read_once in (verdicts.others, verdicts.kept):
        read_once()
    for name, procedure in load_procedures().items():
        yield Question(f"{name} passes", partial(_passes, procedure))
    yield from _files("tests/procedure")


def of_terms() -> Iterator[Question]:
    """The table of computations, and each file of tests of the room."""
    for read_once in (computations.kept, computations.calendars, load_calendar):
        read_once()
    yield Question("the table of computations", _computations_are_kept)
    yield from _files("tests/terms")


def _verdict_is_kept(name: str, procedure: Procedure) -> bool:
    return json.loads(json.dumps(verdicts.verdict(procedure))) == verdicts.kept()[name]


def _passes(procedure: Procedure) -> bool:
    return check(procedure) == []


def _computations_are_kept() -> bool:
    kept = computations.kept()
    return all(kept[name] == lines for name, lines in computations.computations())


def _files(folder: str) -> Iterator[Question]:
    chosen = FILES[folder]
    for path in sorted((ROOT / folder).glob("test_*.py")):
        if chosen is None or path.name in chosen:
            yield Question(f"{folder}/{path.name}", partial(_tests_pass, str(path)), is_a_file=True)


def _tests_pass(path: str) -> bool:
    """Whether a file of tests passes here and now, in this process, with the same examples every time."""
    settings.register_profile("mutate", database=None, derandomize=True, phases=[Phase.explicit, Phase.generate])
    settings.load_profile("mutate")
    return pytest.main(["-x", "-q", "--no-header", "--tb=no", "-p", "no:cacheprovider", path]) == pytest.ExitCode.OK
