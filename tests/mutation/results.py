"""What trying has shown so far, and the reasons why changes that no test notices change no date and no verdict."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from tests.mutation.changing import ROOT, Change

REMEMBERED = ROOT / "mutants" / "outcomes.jsonl"
REASONS = Path(__file__).parent / "equivalent.yaml"
RECORD = Path(__file__).parent / "record.tsv"


class Outcomes:
    """What noticed each change, remembered line by line so that a run can be broken off and gone on with.

    An outcome is of one text of the function: when the function is edited it is tried again.
    """

    def __init__(self, file: Path = REMEMBERED) -> None:
        self._file = file
        self._known: dict[tuple[str, str], str | None] = {}
        if file.exists():
            for line in file.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                self._known[row["where"], row["digest"]] = row["noticed_by"]

    def __contains__(self, change: Change) -> bool:
        return (change.where, change.digest) in self._known

    def noticed_by(self, change: Change) -> str | None:
        """The test that noticed a change; None if none did, or it was never tried."""
        return self._known.get((change.where, change.digest))

    def remember(self, change: Change, noticed_by: str | None) -> None:
        """Keep what came of a change."""
        self._known[change.where, change.digest] = noticed_by
        self._file.parent.mkdir(exist_ok=True)
        row = {"where": change.where, "digest": change.digest, "noticed_by": noticed_by}
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


@dataclass
class Reason:
    """Why some changes change nothing: of one line, to others (`to`), or of a family by what the texts match.

    In a family `where`, `from` and `to` are patterns for the whole of each.
    """

    where: str
    gone: str
    came: list[str]
    why: str
    family: bool = False
    used: Counter[str] = field(default_factory=Counter)

    def explains(self, change: Change) -> bool:
        """Whether this is the reason for a change; a line listed once explains one change, listed twice two."""
        gone, came = change.lines
        if self.family:
            texts = zip((self.where, self.gone, self.came[0]), (change.where, gone, came), strict=True)
            fits = all(re.fullmatch(pattern, text, re.DOTALL) for pattern, text in texts)
        else:
            fits = (self.where, self.gone) == (change.where, gone) and self.used[came] < self.came.count(came)
        self.used[came] += fits
        return fits

    @property
    def idle(self) -> list[str]:
        """What it explains that needs no reason any more."""
        if self.family:
            return [] if self.used else self.came
        return [came for came, times in Counter(self.came).items() if self.used[came] < times]


def reasons() -> list[Reason]:
    """The rows of `equivalent.yaml`."""
    rows: list[dict[str, Any]] = YAML(typ="safe").load(REASONS.read_text(encoding="utf-8")) or []
    return [
        Reason(
            row["where"], row["from"].strip(), [each.strip() for each in _list(row["to"])], row["why"], "family" in row
        )
        for row in rows
    ]


def _list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


@dataclass
class Tally:
    """What is to be said at the end of a run. `record` holds each function's text, changes and noticed ones."""

    noticed: int = 0
    explained: int = 0
    untried: list[Change] = field(default_factory=list)
    left: list[Change] = field(default_factory=list)
    record: dict[str, Recorded] = field(default_factory=dict)
    from_record: bool = False


class Recorded(NamedTuple):
    """What the last whole run showed of a function: a digest of its text, how many changes, how many noticed."""

    digest: str
    changes: int
    noticed: int


def recorded() -> dict[str, Recorded]:
    """The record of the last whole run, by function; it is kept with the project, the outcomes one by one are not."""
    if not RECORD.exists():
        return {}
    rows = (line.split("\t") for line in RECORD.read_text(encoding="utf-8").splitlines())
    return {where: Recorded(digest, int(changes), int(noticed)) for where, digest, changes, noticed in rows}


def write_record(record: Mapping[str, Recorded]) -> None:
    """Keep what a whole run showed."""
    rows = (f"{where}\t{row.digest}\t{row.changes}\t{row.noticed}\n" for where, row in record.items())
    RECORD.write_text("".join(rows), encoding="utf-8")


def tally(changes: Iterable[Change], outcomes: Outcomes, known: list[Reason]) -> Tally:
    """Count what was noticed, explained, left or never tried. A function that was not tried here since it was last
    edited counts as the record has it.
    """
    found, record = Tally(), recorded()
    for where, group in groupby(changes, key=lambda change: change.where):
        here = list(group)
        digest = hashlib.sha256(here[0].before.encode()).hexdigest()[:12]
        row = record.get(where)
        if row and (row.digest, row.changes) == (digest, len(here)) and not any(each in outcomes for each in here):
            found.noticed += row.noticed
            found.explained += row.changes - row.noticed
            found.record[where], found.from_record = row, True
            continue
        noticed = sum(outcomes.noticed_by(change) is not None for change in here)
        found.noticed += noticed
        found.record[where] = Recorded(digest, len(here), noticed)
        for change in here:
            if change not in outcomes:
                found.untried.append(change)
            elif outcomes.noticed_by(change) is None:
                if any(reason.explains(change) for reason in known):
                    found.explained += 1
                else:
                    found.left.append(change)
    return found
