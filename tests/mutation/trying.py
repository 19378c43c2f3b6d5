"""Trying changes: each in a process of its own, forked from one that has read everything, so that it costs milliseconds.

The function is changed in place, by its code; nothing is written to a file and whoever holds the function holds the
changed one. Questions that never reach the function are not asked: which ones do is recorded once, without a change.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import FunctionType, ModuleType
from typing import Any

from mingze.resources import load_calendar
from tests.mutation.changing import Change
from tests.mutation.questions import Question

TOO_LONG = 3.0, 8.0
"""Seconds of the processor that a question may take at least, and how many times what it takes without a change."""

CORE = ("mingze.terms.", "mingze.procedure.", "mingze.casework.")
BEFORE = "before any question"
"""What is remembered of a change that cannot even be put in place, as a default that cannot be computed."""

LARGEST = 6 * 2**30
"""Bytes of memory a change may use before it counts as noticed."""


@dataclass(frozen=True)
class Reach:
    """What a question takes without a change, and the functions it comes to, as (file, qualified name)."""

    question: Question
    seconds: float
    functions: frozenset[tuple[str, str]]


def reaches(questions: Iterable[Question]) -> list[Reach]:
    """Each question asked once without a change; the quickest first.

    Raises: `RuntimeError` if one is not as wanted: then nothing could be learned from changes.
    """
    found = []
    for question in questions:
        answer = json.loads(_in_a_process(lambda question=question: _recorded(question)))
        if not answer["as_wanted"]:
            raise RuntimeError(f"without any change: {question.name} is not as wanted")
        functions = frozenset((file, name) for file, name in answer["functions"])
        found.append(Reach(question, answer["seconds"], functions))
    return sorted(found, key=lambda reach: reach.seconds)


def outcomes(changes: Iterable[Change], known: Sequence[Reach], jobs: int) -> Iterator[tuple[Change, str | None]]:
    """For each change the name of the question that noticed it, or None; as many at a time as `jobs`."""
    gc.freeze()
    running: dict[int, tuple[Change, int]] = {}
    for change in changes:
        asked = [reach for reach in known if reach_of(change) in reach.functions]
        pid, pipe = _begin(lambda change=change, asked=asked: _noticed_by(change, asked))
        running[pid] = change, pipe
        if len(running) >= jobs:
            yield _ended(running)
    while running:
        yield _ended(running)


def reach_of(change: Change) -> tuple[str, str]:
    """The function of a change as `Reach.functions` has it."""
    return str(import_module(change.module).__file__), change.function


def apply(change: Change) -> None:
    """Put a change in place, and forget what was computed without it."""
    module = import_module(change.module)
    owner, _, name = change.function.rpartition(".")
    namespace = dict(vars(module))
    exec(compile(change.after, str(module.__file__), "exec", dont_inherit=True, flags=_flags(module)), namespace)
    changed = vars(namespace[owner])[name] if owner else namespace[name]
    changed = _function(changed)
    target = _function(vars(getattr(module, owner) if owner else module)[name])
    target.__code__, target.__defaults__ = changed.__code__, changed.__defaults__
    target.__kwdefaults__ = changed.__kwdefaults__
    _forget(calendar=change.module.startswith("mingze.terms.calendar"))


def _forget(calendar: bool) -> None:
    """Empty what functions of the core remember; the official calendar is read again only where that could differ."""
    for name in [name for name in sys.modules if name.startswith(CORE)]:
        for remembering in vars(sys.modules[name]).values():
            if hasattr(remembering, "cache_clear"):
                remembering.cache_clear()
    if calendar:
        load_calendar.cache_clear()


def _flags(module: ModuleType) -> int:
    """How a module is compiled: whether its annotations stay text (`from __future__ import annotations`)."""
    return getattr(vars(module).get("annotations"), "compiler_flag", 0)


def _function(found: Any) -> FunctionType:
    """The function behind a property, a class method or a memory."""
    for inner in ("fget", "func", "__func__", "__wrapped__"):
        found = getattr(found, inner, None) or found
    assert isinstance(found, FunctionType)
    return found


def _noticed_by(change: Change, asked: Sequence[Reach]) -> str:
    apply(change)
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST, resource.RLIM_INFINITY))
    for reach in asked:
        least, times = TOO_LONG
        until = time.process_time() + max(least, times * reach.seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (int(until) + 1, resource.RLIM_INFINITY))
        try:
            noticed = not reach.question.as_wanted()
        except BaseException:  # whatever the change made of it, an ordinary test would fail as well
            noticed = True
        if noticed:
            return reach.question.name
    return ""


def _recorded(question: Question) -> str:
    """Ask without a change, noting each function that is entered."""
    _forget(calendar=True)
    entered: set[tuple[str, str]] = set()

    def enter(code: Any, _: int) -> object:
        entered.add((code.co_filename, code.co_qualname))
        return sys.monitoring.DISABLE

    sys.monitoring.use_tool_id(sys.monitoring.PROFILER_ID, "reach")
    sys.monitoring.register_callback(sys.monitoring.PROFILER_ID, sys.monitoring.events.PY_START, enter)
    sys.monitoring.set_events(sys.monitoring.PROFILER_ID, sys.monitoring.events.PY_START)
    begun = time.process_time()
    as_wanted = question.as_wanted()
    seconds = time.process_time() - begun
    sys.monitoring.set_events(sys.monitoring.PROFILER_ID, sys.monitoring.events.NO_EVENTS)
    functions = sorted(each for each in entered if "/mingze/" in each[0])
    return json.dumps({"as_wanted": as_wanted, "seconds": seconds, "functions": functions})


def _begin(work: Callable[[], str]) -> tuple[int, int]:
    """A forked process that does some work silently and writes what comes of it into a pipe."""
    read, write = os.pipe()
    pid = os.fork()
    if pid:
        os.close(write)
        return pid, read
    os.close(read)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    try:
        said = work().encode()
    except BaseException as error:
        said = f"{BEFORE}: {type(error).__name__} {error}".encode()
    with os.fdopen(write, "wb") as pipe:
        pipe.write(said)
        pipe.flush()
    os._exit(0)


def _ended(running: dict[int, tuple[Change, int]]) -> tuple[Change, str | None]:
    """The next change whose process has ended. One that had to be stopped ran without end, which a test notices too."""
    pid, status = os.waitpid(-1, 0)
    change, pipe = running.pop(pid)
    with os.fdopen(pipe, "rb") as file:
        said = file.read().decode()
    return change, ("no end" if status else said or None)


def _in_a_process(work: Callable[[], str]) -> str:
    pid, pipe = _begin(work)
    with os.fdopen(pipe, "rb") as file:
        said = file.read().decode()
    os.waitpid(pid, 0)
    return said
