"""How long it takes from the answer to a command to a published, signed checkpoint that includes it, with a server's jobs beside it.

Two loads: `ordinary`, 50 commands a second that arrive at random, and `saturated`, 64 threads that write as fast as they
are answered. What is watched is the file `checkpoint` that anyone may fetch, so tiles, the signer's step and the record
of the signature are all in the figure.
"""

from __future__ import annotations

import random
import statistics
import threading
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from mingze.jobs import MailServer, Runner
from mingze.store import Register, migrate
from tests.store.town import CLERK, Town

COMMANDS_A_SECOND = 50
COMMANDS = 400
THREADS = 64
CASES = 2_000
POLL_SECONDS = 0.004


def bench_publishing() -> dict[str, float]:
    """Milliseconds at the median and at p99 under each load, and the commands a second that were answered meanwhile."""
    with TemporaryDirectory() as folder:
        migrate(folder)
        town = Town(folder, Path(folder))
        register = town.open()
        register.publish()
        calm, _ = _waits(register, Path(folder), _ordinary)
        busy, rate = _waits(register, Path(folder), _saturated)
        town.close()
    return {
        "ordinary_acknowledged_to_signed_p50_ms": 1000 * statistics.median(calm),
        "ordinary_acknowledged_to_signed_p99_ms": 1000 * statistics.quantiles(calm, n=100)[98],
        "saturated_acknowledged_to_signed_p50_ms": 1000 * statistics.median(busy),
        "saturated_acknowledged_to_signed_p99_ms": 1000 * statistics.quantiles(busy, n=100)[98],
        "saturated_commands_a_second": rate,
    }


type Answered = list[tuple[float, int]]


def _waits(register: Register, folder: Path, load: Callable[[Register, Answered], None]) -> tuple[list[float], float]:
    """Seconds from each answer to the first published checkpoint with its leaf, and answers a second."""
    answered: Answered = []
    with _served(register), _watched(folder / "ledger" / "checkpoint") as signed:
        began = time.perf_counter()
        load(register, answered)
        rate = len(answered) / (time.perf_counter() - began)
        last, until = max(leaf for _, leaf in answered), time.perf_counter() + 10
        while (not signed or signed[-1][1] <= last) and time.perf_counter() < until:
            time.sleep(0.01)
    sizes = [size for _, size in signed]
    return [max(signed[bisect_right(sizes, leaf)][0] - at, 0.0) for at, leaf in answered], rate


def _ordinary(register: Register, answered: Answered) -> None:
    chosen, due = random.Random(50), time.perf_counter()
    with ThreadPoolExecutor(8) as pool:
        for number in range(COMMANDS):
            due += chosen.expovariate(COMMANDS_A_SECOND)
            time.sleep(max(due - time.perf_counter(), 0.0))
            pool.submit(_file, register, f"calm-{number}", answered)


def _saturated(register: Register, answered: Answered) -> None:
    def work(number: int) -> None:
        case_id = _file(register, f"busy-{number}", answered)
        office = {"competent_office": "zjj"}
        acted = register.act(case_id, "accept", CLERK, offices=office, idempotency="a", expected_n=1)
        answered.append((time.perf_counter(), acted.leaf_index))

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(CASES)))


def _file(register: Register, key: str, answered: Answered) -> str:
    filed = register.file("suggestion", {"matter": "灯"}, form_key=key)
    answered.append((time.perf_counter(), filed.leaf_index))
    return filed.case_id


@contextmanager
def _served(register: Register) -> Iterator[None]:
    runner = Runner(register, MailServer("127.0.0.1", 9, "none@mingyuan.example"), "https://mingyuan.example")
    runner.start()
    try:
        yield
    finally:
        runner.stop()


@contextmanager
def _watched(path: Path) -> Iterator[Answered]:
    """When each size was first seen published."""
    seen: Answered = []
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(POLL_SECONDS):
            size = int(path.read_bytes().split(b"\n", 2)[1]) if path.exists() else 0
            if size > (seen[-1][1] if seen else 0):
                seen.append((time.perf_counter(), size))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        stop.set()
        watcher.join()


if __name__ == "__main__":
    for name, value in bench_publishing().items():
        print(f"{name:42} {value:10.1f}")
