"""The pass that says publicly what the program runs on, and each morning what the day before has come to.

    key, release, verifier, calendar   whenever one is not what was last said
    vault_key                          when the key that wraps the vault's keys was changed
    statement                          once for each day that is over, also for days on which nothing happened

A statement counts the whole authority and nothing smaller, so that it tells of no one person: how many records a day had
can be seen in the log anyway. It is what a monitor outside holds the authority to: a day without a statement is a
register that stood still; one that counts a period run out and not marked says that itself.

Units: cases and records. `overdue_open` and `overdue_unmarked` are counted when the statement is made, the others of its
day. A repeated pass says nothing twice.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mingze import ledger
from mingze.casework import Case
from mingze.store import Register
from mingze.terms import local_day

DAYS_AT_ONCE = 400
"""Missing days that one pass makes good, at most."""


def verifier_digest() -> str:
    """The SHA-256 of the browser verifier that this program offers, in hexadecimal."""
    return sha256((Path(ledger.__file__).parent / "verifier.html").read_bytes()).hexdigest()


def declare(register: Register, vkey: str = "") -> int:
    """Record what the program runs on, where it is not what was last said; returns how many records were made.

    Raises Unavailable.
    """
    said: dict[str, dict[str, Any]] = {
        "release": {"program": "mingze", "version": version("mingze")},
        "verifier": {"file": "verifier.html", "sha256": verifier_digest()},
        "calendar": {"version": register.calendar.version, "sha256": str(register.calendar.digest)},
    }
    if vkey:
        said = {"key": {"origin": register.origin, "vkey": vkey}, **said}
    made = 0
    for kind, facts in said.items():
        last = register.governed(kind, limit=1)
        if not last or last[0].facts != facts:
            register.govern(kind, facts)
            made += 1
    return made


def state_rotation(register: Register) -> int:
    """Record that the key which wraps the vault's keys was changed, where that was not said yet; returns 1 if it was.

    Raises Unavailable.
    """
    first, now = register.vault.record_key_id.partition("/")[2], register.vault.kek_id()
    last = register.governed("vault_key", limit=1)
    before = last[0].facts["kek"] if last else first
    if now == before:
        return 0
    register.govern("vault_key", {"kek": now, "before": before}, idempotency=f"vault_key/{now}")
    return 1


def state_days(register: Register) -> int:
    """Make the statement of every day that is over and has none; returns how many were made.

    The first one is of yesterday, and only if something was recorded before today.

    Raises Unavailable: what was made stays, and the next pass goes on.
    """
    today = local_day(register.clock.now())
    last = register.governed("statement", limit=1)
    if last:
        on = date.fromisoformat(last[0].facts["on"]) + timedelta(days=1)
    elif _anything_before(register, today):
        on = today - timedelta(days=1)
    else:
        return 0
    made = 0
    while on < today and made < DAYS_AT_ONCE:
        register.govern("statement", {"on": on.isoformat(), **counts(register, on)}, idempotency=f"statement/{on}")
        on += timedelta(days=1)
        made += 1
    return made


def _anything_before(register: Register, today: date) -> bool:
    sql = "SELECT 1 FROM event WHERE authority = ? AND recorded_at < ? LIMIT 1"
    with register.readers() as connection:
        return connection.execute(sql, (register.authority, today.isoformat())).fetchone() is not None


def counts(register: Register, on: date) -> dict[str, int]:
    """What a day has come to. Raises Unavailable."""
    first, after = on.isoformat(), (on + timedelta(days=1)).isoformat()
    now = register.clock.now()
    mine = register.authority
    one = {
        "received": ("case_file WHERE authority = ? AND opened_at >= ? AND opened_at < ?", (mine, first, after)),
        "readings": (
            "event WHERE authority = ? AND type = 'read' AND recorded_at >= ? AND recorded_at < ?",
            (mine, first, after),
        ),
        "deferred": (
            "event WHERE authority = ? AND type = 'deferred' AND recorded_at >= ? AND recorded_at < ?",
            (mine, first, after),
        ),
        "overdue_open": ("case_file WHERE authority = ? AND is_open = 1 AND overdue = 1", (mine,)),
        "overdue_unmarked": (
            "case_file WHERE authority = ? AND is_open = 1 AND next_lapse < ?"
            " AND (length(next_lapse) > 10 OR next_lapse < ?)",
            (mine, now.isoformat(), local_day(now).isoformat()),
        ),
    }
    with register.readers() as connection:
        found = {
            name: int(connection.execute(f"SELECT count(*) FROM {sql}", values).fetchone()[0])
            for name, (sql, values) in one.items()
        }
        sql = "SELECT state FROM case_file WHERE authority = ? AND changed_at >= ?"
        states = [row[0] for row in connection.execute(sql, (mine, first)).fetchall()]
    answered = [
        fact for fact in (register.fact(Case.from_json(json.loads(it))) for it in states) if fact.answered_on == on
    ]
    found["answered_late"] = sum(1 for fact in answered if fact.answered_late)
    found["answered_in_time"] = len(answered) - found["answered_late"]
    found["erasures"] = register.vault.destroyed_between(first, after)
    return found
