"""Changing a right procedure, as a file of `procedures-bad/` (one thing, refused for one reason) or of `variations/`
(one or several, with whatever must be said of it) has it.

`instead_of` stands once in the file `in` and is replaced by what `stands`, written `times` times; without `instead_of`
the whole file is replaced, and without `stands` either it is taken away. `encoding` is that of a careless editor. A
variation lists such rows as its `changes`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mingze.procedure.reader import load_yaml
from mingze.resources import procedure_texts

FOLDER = Path(__file__).parent / "procedures-bad"
VARIATIONS = Path(__file__).parent / "variations"


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


def texts_of(path: Path) -> Mapping[str, str]:
    """The files of a right procedure with the changes of one spoiled procedure or variation.

    Raises: UnicodeDecodeError where the careless editor's encoding is not UTF-8.
    """
    rows = load_yaml(path.read_text(encoding="utf-8"), path.stem)
    texts = dict(procedure_texts(FOLDER / rows.get("of", "good")))
    for change in rows.get("changes", [rows]):
        content = spoiled(change, texts.pop(change.get("in", "procedure.yaml")))
        if content is not None:
            texts[change.get("in", "procedure.yaml")] = content.decode()
    return texts
