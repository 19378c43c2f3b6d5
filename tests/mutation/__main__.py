"""`just mutate [NAME…] [--jobs N] [--again] [--afresh]`: each expression that decides a date or a checker's verdict is
changed in every small way, one at a time, and an ordinary test must notice.

Tried is what was edited since it was last tried, and what no test noticed and no reason explains; with names everything
whose function contains one. `--again` tries nothing and says what is remembered, `--afresh` forgets it first. A change nobody notices
must stand in `equivalent.yaml` with the reason why it changes no date and no verdict; one that stands there without
being needed any more is named too.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator

from tests.mutation.changing import Change, changes
from tests.mutation.questions import Question, of_terms, of_the_checker
from tests.mutation.results import RECORD, REMEMBERED, Outcomes, reasons, tally, write_record
from tests.mutation.trying import outcomes, reaches

ROOMS: dict[str, Callable[[], Iterator[Question]]] = {"mingze.terms": of_terms, "mingze.procedure": of_the_checker}


def main() -> int:
    """Try, compare, and say what is left; 1 if a change is left that nobody noticed and nobody explained, or tried."""
    parser = argparse.ArgumentParser(prog="just mutate", description=(__doc__ or "").partition("\n\n")[2])
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--afresh", action="store_true")
    asked = parser.parse_args()
    if os.environ.get("PYTHONHASHSEED") != "0":  # the same order of everything in each run
        os.execve(
            sys.executable,
            [sys.executable, "-m", "tests.mutation", *sys.argv[1:]],
            {**os.environ, "PYTHONHASHSEED": "0"},
        )
    if asked.afresh:
        for file in (REMEMBERED, RECORD):
            file.unlink(missing_ok=True)
    everything, remembered = list(changes()), Outcomes()
    if not asked.again:
        now = tally(everything, remembered, reasons())
        named = [change for change in everything if any(name in change.where for name in asked.names)]
        try_out(named if asked.names else [*now.untried, *now.left], remembered, asked.jobs)
    return say(everything, remembered)


def try_out(wanted: list[Change], remembered: Outcomes, jobs: int) -> None:
    """Try changes room by room, remembering each outcome as it comes. Whole files of tests are asked only of what nothing
    quicker noticed and no reason explains.
    """
    for room, questions in ROOMS.items():
        here = [change for change in wanted if change.module.startswith(room)]
        if not here:
            continue
        known = reaches(questions())
        for files in (False, True):
            asked = [reach for reach in known if reach.question.is_a_file == files]
            print(f"{room}: {len(here)} changes, {len(asked)} {'files of tests' if files else 'questions'}", flush=True)
            begun = time.monotonic()
            for number, (change, noticed_by) in enumerate(outcomes(here, asked, jobs), 1):
                remembered.remember(change, noticed_by)
                if number % 100 == 0:
                    print(f"  {number} after {time.monotonic() - begun:.0f} seconds", flush=True)
            here = tally(here, remembered, reasons()).left


def say(everything: list[Change], remembered: Outcomes) -> int:
    """What is left, function by function, and the sums; a whole run with nothing left is recorded."""
    known = reasons()
    found = tally(everything, remembered, known)
    for change in found.left:
        gone, came = change.lines
        print(f"{change.name}\n  from: {gone}\n  to:   {came}\n")
    if not found.from_record:
        for reason in known:
            for came in reason.idle:
                print(f"no longer needed in equivalent.yaml: {reason.where}: {reason.gone} -> {came}")
    print(f"{len(everything)} changes: {found.noticed} noticed by a test, {len(found.untried)} not tried")
    print(f"{len(found.left)} changes noticed by no test, {found.explained} explained")
    if found.left or found.untried:
        return 1
    write_record(found.record)
    return 0


if __name__ == "__main__":
    sys.exit(main())
