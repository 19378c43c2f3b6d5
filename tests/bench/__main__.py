"""`just bench`: every room's benchmark in one run, printed and written to docs/benchmarks.md as ratios.

Each module of this folder has a function ``bench_<module>`` that gives a number or named numbers. Rates depend on the
machine, so what is kept beside them is a ratio measured in the same run.
"""

from __future__ import annotations

import datetime as dt
import importlib
import os
import platform
from pathlib import Path

from mingze.instance import SHANGHAI

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "benchmarks.md"


def measured() -> dict[str, dict[str, float]]:
    """What each module of this folder measures, by its name."""
    found: dict[str, dict[str, float]] = {}
    for path in sorted(HERE.glob("[a-z]*.py")):
        module = importlib.import_module(f"tests.bench.{path.stem}")
        said = getattr(module, f"bench_{path.stem}")()
        found[path.stem] = dict(said) if isinstance(said, dict) else {"per_second": float(said)}
        for name, value in found[path.stem].items():
            print(f"{path.stem:12} {name:32} {_shown(value)}", flush=True)
    return found


def _shown(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def page(found: dict[str, dict[str, float]]) -> str:
    """The page of results: ratios first, the rates of this machine beside them."""
    on = dt.datetime.now(SHANGHAI).date()
    lines = [
        "# Benchmarks",
        "",
        f"One run of `just bench` on {on}, CPython {platform.python_version()}, {os.cpu_count()} cores. A ratio compares two",
        "rates of the same run and means something on another machine; a rate alone does not.",
        "",
        "| room | measure | value |",
        "|---|---|---|",
    ]
    rows = [(room, name, value) for room, values in found.items() for name, value in values.items()]
    for room, name, value in sorted(rows, key=lambda row: ("ratio" not in row[1], row[0])):
        lines.append(f"| {room} | {name.replace('_', ' ')} | {_shown(value)} |")
    return "\n".join(lines) + "\n"


LEARNED = "## What was learned"
"""From this heading on the page is written by hand and kept."""


def kept(text: str) -> str:
    """What a person wrote on the page, to stand below the next run's figures."""
    return "\n" + text[text.index(LEARNED) :] if LEARNED in text else ""


if __name__ == "__main__":
    before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    PAGE.write_text(page(measured()) + kept(before), encoding="utf-8")
