"""Spoiling one thing of a right procedure, as a file of `procedures-bad/` says.

`instead_of` stands once in the file `in` and is replaced by what `stands`, written `times` times; without `instead_of`
the whole file is replaced, and without `stands` either it is taken away. `encoding` is that of a careless editor.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mingze.procedure.reader import load_yaml

FOLDER = Path(__file__).parent / "procedures-bad"


def change_in(name: str) -> dict[str, Any]:
    """What a spoiled procedure changes."""
    return load_yaml((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), name)


def spoiled(change: dict[str, Any], right: str) -> bytes | None:
    """The file that is changed, as bytes; None where it is taken away."""
    if "stands" not in change and "instead_of" not in change:
        return None
    stands = change["stands"] * change.get("times", 1)
    if "instead_of" in change:
        assert right.count(change["instead_of"]) == 1, "the change must be one change"
        stands = right.replace(change["instead_of"], stands)
    return stands.encode(change.get("encoding", "utf-8"))
