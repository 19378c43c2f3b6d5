"""What the checker says, whole, of each right and each spoiled procedure of these tests: what it finds with the values
and the way there, its notes, how many states it walked, and the longest course.

`verdicts.json` keeps it; `python -m tests.procedure.verdicts` writes it anew after a change that was meant. The rows of
`procedures-bad/table.md` say by hand which reason stands at which line; this file holds the rest still.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from mingze.procedure import Finding, Procedure, ProcedureErrors, read_procedure, survey
from mingze.resources import load_calendar, procedure_texts
from tests.procedure.spoiling import FOLDER, VARIATIONS, texts_of

KEPT = Path(__file__).parent / "verdicts.json"


@cache
def procedures() -> dict[str, Procedure]:
    """The right procedures by their folder, and the spoiled ones that can be read by their file."""
    found = {path.parent.name: read_procedure(procedure_texts(path.parent)) for path in FOLDER.glob("*/procedure.yaml")}
    for path in (*FOLDER.glob("*.yaml"), *VARIATIONS.glob("*.yaml")):
        try:
            found[path.stem] = read_procedure(texts_of(path))
        except (ProcedureErrors, UnicodeDecodeError):  # refused before the checker sees it
            continue
    return dict(sorted(found.items()))


@cache
def others() -> dict[str, Procedure | None]:
    """The procedures by the name under which cases are opened; None for one that there is not."""
    opened = {
        row.opens
        for procedure in procedures().values()
        for row in (*procedure.actions.values(), *procedure.remedies.values())
        if row.opens
    }
    return {name: procedures().get(name) for name in opened}


def verdict(procedure: Procedure) -> dict[str, Any]:
    """All that checking one procedure says, as plain data."""
    found = survey(procedure, load_calendar(), others())
    return {
        "findings": [_plain(finding) for finding in found.findings],
        "notes": [_plain(note) for note in found.notes],
        "states": found.states,
        "durations": found.durations and found.durations.to_json(),
    }


def _plain(finding: Finding) -> list[Any]:
    place = [finding.file, *finding.at]
    return [finding.code, place, dict(finding.values), list(finding.path)]


@cache
def kept() -> dict[str, dict[str, Any]]:
    """The verdicts as they were last meant."""
    return json.loads(KEPT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    rows = (
        f"{json.dumps(name)}: {json.dumps(verdict(procedure), ensure_ascii=False)}"
        for name, procedure in procedures().items()
    )
    KEPT.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
