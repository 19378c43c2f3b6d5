"""One byte changes on the disk: it is found, said by name, and what it was part of is never shown as if it were whole."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from mingze.jobs.replay import Replay
from mingze.ledger import parse_vkey
from mingze.store import Unavailable, Upload
from mingze.vault import SealBroken
from tests.chaos import FULL
from tests.chaos.checking import KEY
from tests.store.town import HANDLER, PROPOSER, Town

FLIPS = 500 if FULL else 50

FACTS = {
    "event": "SELECT sealed, case_id, n FROM event",
    "leaf": "SELECT commitment, leaf_index, leaf_index FROM leaf",
    "tree": "SELECT nodes, leaf_index, leaf_index FROM leaf",
}
"""Bytes whose change the replay of the log must find, each with how its place is named."""


def filled(town: Town) -> list[str]:
    """Twelve matters, each with a file and acted on; the register closed, so that all of it is in the database file."""
    register = town.open()
    ids = []
    for number in range(12):
        files = [Upload("attachments", "plan.pdf", "application/pdf", b"%PDF " + bytes([number]) * 200)]
        ids.append(town.file(register, f"路口的灯不亮，第{number}处", files=files).case_id)
        town.accept(register, ids[-1])
    register.publish()
    town.close()
    return ids


def flip(path: Path, part: bytes, chance: random.Random) -> Any:
    """Change one bit of one byte of a part of a file; calling the answer changes it back."""
    at = path.read_bytes().index(part) + chance.randrange(len(part))
    with path.open("r+b") as file:
        file.seek(at)
        old = file.read(1)
        file.seek(at)
        file.write(bytes([old[0] ^ 1 << chance.randrange(8)]))

    def back() -> None:
        with path.open("r+b") as file:
            file.seek(at)
            file.write(old)

    return back


def test_a_changed_byte_of_an_event_or_of_the_log_is_found_and_its_place_is_said(sqlite_town: Town) -> None:
    """Bits flipped in stored events, leaves and tree nodes: each is a fault that names the case or the leaf."""
    filled(sqlite_town)
    chance = random.Random(20261122)
    database = sqlite_town.folder / "register.sqlite3"
    parts = [(kind, row) for kind, sql in FACTS.items() for row in sqlite_town.sql(sql)]
    register = sqlite_town.open(write=False)
    assert Replay(register, parse_vkey(KEY)).run().faults == ()
    for _ in range(FLIPS):
        kind, (part, name, n) = chance.choice(parts)
        back = flip(database, bytes(part)[:300], chance)
        sqlite_town.close()
        register = sqlite_town.open(write=False)
        faults = Replay(register, parse_vkey(KEY)).run().faults
        named = [fault for fault in faults if name in fault.values.values()]
        assert named, (kind, name, n, faults)
        assert kind != "event" or named[0].values["n"] == n
        back()
    sqlite_town.close()
    assert Replay(sqlite_town.open(write=False), parse_vkey(KEY)).run().faults == ()


@pytest.mark.parametrize("kind", ["slot", "wrapped key", "evidence"])
def test_a_changed_byte_of_sealed_content_is_never_shown(sqlite_town: Town, kind: str) -> None:
    """A bit flipped in sealed text, in a wrapped key or in an attachment: opening it is refused, and back it opens."""
    ids = filled(sqlite_town)
    chance = random.Random(20261122)
    folder = sqlite_town.folder
    for case_id in ids[: max(4, FLIPS // 40)]:
        if kind == "evidence":
            digest = sqlite_town.sql("SELECT digest FROM slot WHERE case_id = ? AND digest <> ''", (case_id,))[0][0]
            path = folder / "evidence" / digest[:2] / digest
            part = path.read_bytes()
        elif kind == "slot":
            path = folder / "register.sqlite3"
            part = sqlite_town.sql("SELECT sealed FROM slot WHERE case_id = ? AND slot = 'narrative'", (case_id,))[0][0]
        else:
            path = folder / "vault.sqlite3"
            with sqlite3.connect(path) as connection:
                part = connection.execute("SELECT wrapped FROM data_key WHERE case_id = ?", (case_id,)).fetchone()[0]
            connection.close()
        back = flip(path, bytes(part), chance)
        with pytest.raises((SealBroken, Unavailable)):
            shown(sqlite_town, case_id)
        back()
        assert shown(sqlite_town, case_id)[0]["matter"].startswith("路口的灯不亮")
        sqlite_town.close()


def shown(town: Town, case_id: str) -> tuple[Any, bytes]:
    """What its own party sees of a case: words and attachment."""
    town.close()
    register = town.open()
    words = register.open_slots(case_id, 1, PROPOSER)[1, "narrative"]
    assert register.open_slots(case_id, 1, HANDLER, "handle")[1, "narrative"] == words
    return words, register.open_file(case_id, 1, "attachment:1", PROPOSER).data
