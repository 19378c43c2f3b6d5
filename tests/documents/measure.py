"""How well every labelled document is read: `just score` prints it per genre and overall, seen and held-out documents apart."""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from mingze.documents import decompose
from mingze.exchange.reading import read
from tests.documents import score

HERE = Path(__file__).parent
HELD_OUT = (
    "c2_work_report.txt", "c3_plan.txt", "c5_bulletin.txt", "c8_workpoints.txt",
    "e1_workpoints.txt", "e3_plan.txt",
)  # fmt: skip
"""Documents whose errors nobody has read since they were labelled: they decide."""


def labels(*sets: str) -> dict[str, Path]:
    """The label file of each document of the named sets, by the document's name."""
    return {path.stem: path for name in sets for path in sorted((HERE / name / "labels").glob("*.json"))}


SETS = {
    "dev": tuple(labels("dev")),
    "seen": tuple(name for name in labels("unseen", "unseen2", "unseen3") if name not in HELD_OUT),
    "held out": HELD_OUT,
}


def measured(names: Iterable[str], *, errors: bool = False, shown: bool = False) -> dict[str, dict[str, float]]:
    """The scorer's figures for these documents and OVERALL, from a fresh reading of each."""
    found = labels("dev", "unseen", "unseen2", "unseen3")
    with tempfile.TemporaryDirectory() as folder:
        gold, out = Path(folder) / "gold", Path(folder) / "out"
        for each in (gold / "labels", gold / "text", out):
            each.mkdir(parents=True)
        for name in names:
            label = found[name]
            source = label.parent.parent
            as_read = read((source / name).read_bytes(), name)
            answer = decompose(as_read.text, as_read.blocks, name).to_json()
            (out / f"{name}.json").write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
            (gold / "labels" / label.name).write_bytes(label.read_bytes())
            canonical = source / "text" / f"{name}.txt"
            text = canonical if canonical.exists() else source / name
            (gold / "text" / f"{name}.txt").write_bytes(text.read_bytes())
        return score.run(str(gold), str(out), errors=errors, quiet=not shown)


def by_genre() -> dict[str, list[str]]:
    """The documents of each genre."""
    genres: defaultdict[str, list[str]] = defaultdict(list)
    for name, label in labels("dev", "unseen", "unseen2", "unseen3").items():
        genres[json.loads(label.read_text(encoding="utf-8"))["genre"]].append(name)
    return dict(genres)


def main(arguments: list[str]) -> None:
    """Print the table; with document names, print these documents and every disagreement in them."""
    if arguments:
        measured(arguments, errors=True, shown=True)
        return
    for title, groups in (("set", SETS), ("genre", by_genre())):
        for group, names in groups.items():
            score.show(f"{title} {group}", measured(names)["OVERALL"])
    score.show("all", measured(labels("dev", "unseen", "unseen2", "unseen3"))["OVERALL"])


if __name__ == "__main__":
    main(sys.argv[1:])
