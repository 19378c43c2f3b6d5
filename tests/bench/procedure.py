"""Procedures checked per second: every state walked, every rule judged, the longest course computed.

Run by itself it prints the numbers: ``python -m tests.bench.procedure``.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from mingze.procedure import read_procedure, survey
from mingze.procedure.reader import load_yaml
from mingze.resources import load_calendar, procedure_folders, procedure_texts


def _per_second(count: int, work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    for _ in range(count):
        work()
    return count / (time.perf_counter() - begun)


def bench_procedure(rounds: int = 3) -> dict[str, float]:
    """How many of the shipped procedures one core proves in a second, and the longest any of them takes.

    `yaml_per_second` is how fast this machine reads the same files as bare YAML in the same run; the ratio says what
    the proof costs beside it.
    """
    calendar = load_calendar()
    texts = [procedure_texts(folder) for folder in procedure_folders()]
    procedures = [read_procedure(files) for files in texts]
    walked, slowest = 0, 0.0
    for procedure in procedures:
        begun = time.perf_counter()
        walked += survey(procedure, calendar).states
        slowest = max(slowest, time.perf_counter() - begun)
    checked = _per_second(rounds, lambda: [survey(procedure, calendar) for procedure in procedures]) * len(procedures)
    yaml = _per_second(1, lambda: [load_yaml(files["procedure.yaml"], "procedure.yaml") for files in texts]) * len(
        texts
    )
    return {
        "checked_per_second": checked,
        "slowest_seconds": slowest,
        "states_per_second": checked * walked / len(procedures),
        "yaml_per_second": yaml,
        "ratio_checked_to_yaml": checked / yaml,
    }


if __name__ == "__main__":
    for name, value in bench_procedure().items():
        print(f"{name:28} {value:,.1f}")
