"""`just mutate`: each expression that decides a date or a checker's verdict is changed in every small way, one at a
time, and the tests of its room must notice. A change nobody notices must stand in `equivalent.yaml` with the reason
why it changes no date and no verdict; one that stands there without being needed any more is named too.

What is changed stands in `[tool.mutmut]` of pyproject.toml; lines that only word a message are left alone there.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from ruamel.yaml import YAML

type Change = tuple[str, str, str]

HERE = Path(__file__).parent
SURVIVED = re.compile(r"^\s*(\S+): (survived|no tests|suspicious|timeout)\s*$", re.MULTILINE)


def said(*arguments: str) -> str:
    """What mutmut says to a command."""
    return subprocess.run(["mutmut", *arguments], capture_output=True, text=True, check=True).stdout


def unnoticed() -> Iterator[tuple[str, Change]]:
    """Each change no test noticed: its name in mutmut, and where, what stood there, and what stood there instead."""
    for name, how in SURVIVED.findall(said("results")):
        if how == "timeout":
            continue
        lines = [line for line in said("show", name).splitlines() if not line.startswith(("+++", "---"))]
        gone = "\n".join(line[1:].strip() for line in lines if line.startswith("-"))
        came = "\n".join(line[1:].strip() for line in lines if line.startswith("+"))
        yield (
            name,
            (re.sub(r"__mutmut_\d+$", "", name).replace("ǁ", ".").replace(".x_", ".").replace(".x.", "."), gone, came),
        )


def equivalent() -> dict[Change, str]:
    """The changes that are known to change no date and no verdict, with the reason."""
    rows = YAML(typ="safe").load((HERE / "equivalent.yaml").read_text(encoding="utf-8")) or []
    return {(row["where"], row["from"].strip(), change.strip()): row["why"] for row in rows for change in row["to"]}


def main() -> int:
    """Run, compare, and say what is left; 1 if a change is left that nobody noticed and nobody explained."""
    if "--again" not in sys.argv:
        subprocess.run(["mutmut", "run"], check=False)
    known, left, used = equivalent(), 0, set[Change]()
    for name, change in unnoticed():
        if change in known:
            used.add(change)
            continue
        left += 1
        print(f"{name}\n  where: {change[0]}\n  from: {change[1]}\n  to:   {change[2]}\n")
    for where, gone, came in known.keys() - used:
        print(f"no longer needed in equivalent.yaml: {where}: {gone} -> {came}")
    print(f"{left} changes noticed by no test, {len(used)} explained")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
