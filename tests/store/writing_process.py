"""A process that files matters and says so on its standard output, to be killed while it writes.

python -m tests.store.writing_process PLACE FOLDER RUN
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.store.town import SetClock, Town


def main(place: str, folder: str, run: str) -> None:
    town = Town(place, Path(folder), SetClock())
    register = town.open()
    print("ready", flush=True)

    def work(number: int) -> None:
        key = f"{run}-{number}"
        filed = town.file(register, f"words of {key}", form_key=key)
        sys.stdout.write(f"filed {key} {filed.case_id} {filed.number} {filed.code}\n")
        sys.stdout.flush()
        acted = town.accept(register, filed.case_id, idempotency=key)
        sys.stdout.write(f"acted {key} {filed.case_id} {acted.n} {acted.leaf_index}\n")
        sys.stdout.flush()
        if number % 10 == 0:
            register.publish()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(100_000)))


if __name__ == "__main__":
    main(*sys.argv[1:])
