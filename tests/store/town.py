"""A whole register with its clock, on a real database, and short words for what the tests do most."""

from __future__ import annotations

import datetime as dt
import itertools
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from mingze import resources
from mingze.accounts.offices import read_offices
from mingze.casework import Actor
from mingze.store import Filed, Keys, Register

SHANGHAI = dt.timezone(dt.timedelta(hours=8))
OFFICES = read_offices((Path(resources.__file__).parent / "accounts" / "authority.yaml").read_text(encoding="utf-8"))
PROPOSER = Actor("party", party="proposer")
CLERK = Actor("post", post="zwzx.clerk", office="zwzx", functions=("clerk",))
HANDLER = Actor("post", post="zjj.handler", office="zjj", functions=("handler",))
HEAD = Actor("post", post="zjj.head", office="zjj", functions=("head",))
SUPERVISOR = Actor("post", post="dcs.supervisor", office="dcs", functions=("supervisor",))
CHIEF = Actor("post", post="dcs.head", office="dcs", functions=("head",))
ORIGIN = "log.mingyuan.example/mingze/1"
SEED = b"log seed of the tests, 32 bytes!"


@dataclass
class SetClock:
    """A clock that shows what the test says, and moves when told."""

    at: dt.datetime = dt.datetime(2026, 9, 14, 10, 0, tzinfo=SHANGHAI)

    def now(self) -> dt.datetime:
        return self.at

    def advance(self, **period: int) -> None:
        self.at += dt.timedelta(**period)


@dataclass(frozen=True)
class Mingyuan:
    """The fictional authority."""

    id: str = "mingyuan"
    mark: str = "明源"


@dataclass
class Town:
    """A place to keep a register, the clock of it, and short words for what the tests do most."""

    place: str
    folder: Path
    clock: SetClock = field(default_factory=SetClock)
    _open: list[Register] = field(default_factory=list)
    _keys: Any = field(default_factory=itertools.count)

    @property
    def postgres(self) -> bool:
        return self.place.startswith("postgres")

    def open(self, **changes: Any) -> Register:
        wanted: dict[str, Any] = {
            "keys": Keys(receipt=b"r" * 32, kek=b"k" * 32),
            "clock": self.clock,
            "procedures": resources.load_procedures(),
            "calendar": resources.load_calendar(),
            "offices": OFFICES,
            "origin": ORIGIN,
            "log_seed": SEED,
            "folder": self.folder,
        }
        register = Register.open(self.place, Mingyuan(), **(wanted | changes))
        self._open.append(register)
        return register

    def close(self) -> None:
        while self._open:
            self._open.pop().close()

    def sql(self, statement: str, values: Any = ()) -> list[tuple[Any, ...]]:
        """Ask the database itself, past the store, once everything acknowledged stands in its tables."""
        for register in self._open:
            register.readers.up_to_date()
        if self.postgres:
            with psycopg.connect(self.place, autocommit=True) as connection:
                connection.execute("SET search_path TO register")
                cursor = connection.execute(statement.replace("?", "%s").encode(), values)
                return cursor.fetchall() if cursor.description else []
        connection = sqlite3.connect(self.folder / "register.sqlite3", isolation_level=None)
        try:
            return connection.execute(statement, values).fetchall()
        finally:
            connection.close()

    def file(self, register: Register, words: str = "路口的灯不亮", **more: Any) -> Filed:
        key = more.pop("form_key", f"form-{next(self._keys)}")
        return register.file("suggestion", {"matter": words, **more.pop("fields", {})}, form_key=key, **more)

    def accept(self, register: Register, case_id: str, **more: Any) -> Any:
        wanted: dict[str, Any] = {"offices": {"competent_office": "zjj"}, "idempotency": f"accept-{next(self._keys)}"}
        return register.act(case_id, "accept", CLERK, **(wanted | more))

    def answer(self, register: Register, case_id: str, **more: Any) -> Any:
        fields = {"result": "adopted", "answer_text": "已经修好"}
        wanted: dict[str, Any] = {"idempotency": f"answer-{next(self._keys)}"}
        return register.act(case_id, "answer", HANDLER, fields, **(wanted | more))


def writer_of(register: Register) -> Any:
    """The writer inside a register, for tests that break what is under it."""
    return register._writer
