"""Filling a demo instance once, so that its year ends on the day it is made; resumed where it was interrupted.

The folder's ``demo.json`` says which seed and which now the year was planned with. It is written before the first case
and marked `done` after the last, so a fill that was killed goes on with the same plan, and a finished one is left
alone whatever day it is.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from mingze import resources
from mingze.demo.courses import drawn_steps, standing_steps
from mingze.demo.diary import Diary
from mingze.demo.matters import Matter, read_matters
from mingze.demo.papers import PAPERS, paper_steps
from mingze.demo.playing import MovingClock, Progress, form_key, play
from mingze.demo.steps import File, Step
from mingze.instance import Instance
from mingze.store import CaseFilter
from mingze.store.codes import receipt_code
from mingze.terms import Calendar
from mingze.words import LANGUAGES, say

SEED = 20260101
"""The seed of the demo everybody sees; another one gives another year."""

MATTERS = (("suggestion", "suggestions.toml", 84), ("enterprise-request", "requests.toml", 42))
"""Procedure, sentences, and how many matters a year brings beside the standing ones."""

KNOWN = ("received", "extended", "answered", "overdue", "refused")
"""The cases whose codes the start page of a demo lists."""

_FILE = "demo.json"


class NotDemo(Exception):
    """A real instance is never filled with invented cases."""


class DemoCode(NamedTuple):
    """A case worth looking at: what it shows, in both languages, and its receipt code (ungrouped)."""

    title: Mapping[str, str]
    code: str


@dataclass(frozen=True)
class _Plan:
    """What a year was made from."""

    seed: int
    scale: float
    now: dt.datetime
    done: bool
    known: tuple[str, ...] = ()

    def write(self, path: Path) -> None:
        """Keep the plan, whole or not at all."""
        words: dict[str, object] = {
            "seed": self.seed,
            "scale": self.scale,
            "now": self.now.isoformat(),
            "done": self.done,
        }
        words["known"] = self.known
        draft = path.with_name(path.name + ".draft")
        draft.write_text(json.dumps(words, indent=2) + "\n", encoding="ascii")
        draft.rename(path)

    @classmethod
    def read(cls, path: Path) -> _Plan | None:
        """The plan kept in a folder; None when there is none."""
        try:
            words = json.loads(path.read_text(encoding="ascii"))
        except FileNotFoundError:
            return None
        now, known = dt.datetime.fromisoformat(words["now"]), tuple(words["known"])
        return cls(words["seed"], words["scale"], now, words["done"], known)


def fill(instance: Instance, progress: Progress | None = None, *, seed: int = SEED, scale: float = 1.0) -> bool:
    """Play the fictional year into a demo instance; False when it was there already.

    `scale` shrinks the number of matters drawn from the year (the documents and the standing cases stay). The
    instance's register is closed before and after, because it is written with a clock of its own meanwhile.

    Raises:
        NotDemo: the instance is a real one.
        Unavailable: its databases cannot be written; calling again goes on where it stopped.
    """
    if not instance.demo:
        raise NotDemo(str(instance.dir))
    path = instance.dir / _FILE
    plan = _Plan.read(path)
    resumed = plan is not None
    if plan is None:
        plan = _Plan(seed, scale, instance.clock.now(), done=_has_cases(instance))
        plan.write(path)
    if plan.done:
        return False
    steps = year(instance, plan.now, plan.seed, plan.scale)
    clock = MovingClock(min((step.at for step in steps), default=plan.now))
    instance.close()
    before, instance.clock = instance.clock, clock
    try:
        play(instance.register(), clock, steps, plan.now, progress, resumed=resumed)
    finally:
        instance.close()
        instance.clock = before
    filed = {step.key for step in steps if isinstance(step, File)}
    known = tuple(name for name in KNOWN if f"known/{name}" in filed)
    _Plan(plan.seed, plan.scale, plan.now, True, known).write(path)
    return True


def _has_cases(instance: Instance) -> bool:
    return bool(instance.register(write=False).cases(CaseFilter("all"), limit=1).rows)


def year(instance: Instance, now: dt.datetime, seed: int = SEED, scale: float = 1.0) -> list[Step]:
    """Every step of the year up to `now` that can be planned beforehand; equal arguments give equal steps."""
    diary = Diary(now, _calendar())
    offices, procedures = instance.offices, resources.load_procedures()
    steps: list[Step] = []
    for paper in PAPERS:
        steps += paper_steps(paper, offices, diary, seed)
    for name, file, count in MATTERS:
        matters, used, since = read_matters(name, file), set[Matter](), procedures[name].in_force
        for matter, standing in standing_steps(matters, offices, diary, seed):
            used.add(matter)
            if standing[0].at.date() > since:
                steps += standing
        steps += drawn_steps(matters, offices, diary, seed, round(count * scale), used, since)
    return sorted((step for step in steps if step.at <= now), key=lambda step: step.at)


def _calendar() -> Calendar:
    return resources.load_calendar()


def demo_codes(instance: Instance) -> list[DemoCode]:
    """The codes of the cases worth looking at; none for a real instance, and none before it was filled.

    A code leads to its case only in the instance it is asked for: it is computed with that instance's own key.
    """
    plan = _Plan.read(instance.dir / _FILE) if instance.demo else None
    if plan is None:
        return []
    key = instance.secret("receipt.key")
    return [
        DemoCode(
            {"zh": say(f"demo-case-{name}", LANGUAGES[0]), "en": say(f"demo-case-{name}", LANGUAGES[1])},
            receipt_code(key, form_key(f"known/{name}")),
        )
        for name in plan.known
    ]
