"""What sealing costs: filing and reading with the vault, its keys in another process, beside the same without sealing.

"Without" is the same register whose texts are neither encrypted nor opened and whose keys are never wrapped: sealing is
replaced by copying, and a key by nothing. Everything else is the same: the law, the leaf, the tree, the access record, the
commit. Rounds alternate; medians are kept.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from mingze.beside import Beside
from mingze.store import Keys, Register, migrate
from mingze.vault.keeping import FOLDER, SOCKET, SocketKeys
from tests.store.town import HANDLER, PROPOSER, Town

ROUNDS = 5
CASES = 120
FIELDS = {"matter": "路口的灯不亮，晚上看不清路。" * 8, "contact": "someone@example.org"}


def bench_vault() -> dict[str, float]:
    """Rates with and without, and their ratios."""
    rates: dict[str, list[float]] = {}
    with TemporaryDirectory() as scratch, ExitStack() as stack:
        towns = {name: _town(Path(scratch) / name, stack, sealed=name == "with") for name in ("with", "without")}
        for round_ in range(ROUNDS):
            for name, town in towns.items():
                with _plain(name == "without"):
                    for what, rate in _round(town, round_).items():
                        rates.setdefault(f"{what}_{name}", []).append(rate)
        for town in towns.values():
            town.close()
    median = {name: statistics.median(found) for name, found in rates.items()}
    ratios = {
        f"{what}_ratio_to_without": median[f"{what}_a_second_with"] / median[f"{what}_a_second_without"]
        for what in ("filings", "readings", "first_readings", "staff_readings")
    }
    return ratios | median


def _town(folder: Path, stack: ExitStack, *, sealed: bool) -> Town:
    secrets = folder / "secrets"
    secrets.mkdir(parents=True, mode=0o700)
    (secrets / "vault.kek").write_bytes(b"k" * 32)
    (secrets / "vault.kek").chmod(0o600)
    migrate(folder)
    keys: Any = b"k" * 32
    if sealed:
        process = Beside("mingze.vault.serving", folder)
        stack.callback(process.stop)
        keys = SocketKeys(folder / FOLDER / SOCKET)
        keys.kek_id()  # waits until it answers
    town = Town(str(folder), folder)
    with _plain(not sealed):
        town.open(keys=Keys(receipt=b"r" * 32, kek=keys))
    return town


def _round(town: Town, round_: int) -> dict[str, float]:
    register: Register = town._open[0]
    began = time.perf_counter()
    filed = [register.file("suggestion", FIELDS, form_key=f"{round_}-{n}-123456789012") for n in range(CASES)]
    filing = CASES / (time.perf_counter() - began)
    for each in filed[: CASES // 2]:
        town.accept(register, each.case_id)
    rates = {"filings_a_second": filing}
    register.vault.forget()
    for what in ("first_readings", "readings"):  # the first asks the keeper for the key of each case, the second has it
        began = time.perf_counter()
        for each in filed:
            assert register.open_slots(each.case_id, 1, PROPOSER)
        rates[f"{what}_a_second"] = CASES / (time.perf_counter() - began)
    began = time.perf_counter()
    for each in filed[: CASES // 2]:
        assert register.open_slots(
            each.case_id, 1, HANDLER, "handle", ["narrative"]
        )  # who it is needs two people's word
    return rates | {"staff_readings_a_second": CASES // 2 / (time.perf_counter() - began)}


@contextmanager
def _plain(without: bool) -> Iterator[None]:
    """Where asked for, sealing copies instead of encrypting."""
    if not without:
        yield
        return

    def seal(key: Any, text: bytes, where: bytes) -> bytes:
        return b"\x01" + bytes(12) + text + bytes(16)

    def open_sealed(key: Any, sealed: bytes, where: bytes) -> bytes:
        return sealed[13:-16]

    with (
        patch("mingze.store.sealing.seal", seal), patch("mingze.store.sealing.open_sealed", open_sealed),
        patch("mingze.store.recording.seal", seal), patch("mingze.store.recording.open_sealed", open_sealed),
        patch("mingze.vault.keeping.seal", seal), patch("mingze.vault.keeping.open_sealed", open_sealed),
    ):  # fmt: skip
        yield
