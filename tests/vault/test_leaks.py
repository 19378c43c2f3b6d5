"""The leak hunt: words planted in every sealed field of many cases stand nowhere in plaintext, and after an erasure no key
that is left opens them."""

from __future__ import annotations

import base64
import itertools
import logging
import re
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mingze.casework import Actor, Refused
from mingze.instance import SECRETS, Instance
from mingze.jobs import Runner
from mingze.jobs.backup import back_up
from mingze.procedure import Procedure
from mingze.store import Filed, Register, Upload
from mingze.vault import SealBroken, open_sealed
from mingze.vault.sealing import derive, place
from tests.outside import NOW
from tests.store.town import CLERK, HANDLER, PROPOSER, SUPERVISOR

PUBLIC = {"number": 3, "date": "2026-09-01", "office": "jtj", "offices": ["jtj"], "post": "zjj.handler"}


class Planter:
    """Makes words that stand nowhere else, and keeps them."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._count = itertools.count(1)

    def word(self, form: str = "植入{}号河边的灯") -> str:
        self.words.append(form.format(f"Q{next(self._count):04d}Z"))
        return self.words[-1]

    def fields(self, procedure: Procedure, action: str) -> tuple[dict[str, Any], list[Upload]]:
        """Everything an action takes, each sealed field with words of its own."""
        fields: dict[str, Any] = {}
        files = []
        for name in procedure.actions[action].takes:
            field = procedure.fields[name]
            if field.type == "files":
                data = self.word("planted bytes {} of a file").encode()
                files.append(Upload(name, self.word("planted-{}-name.txt"), "text/plain", data))
            elif field.type == "choice":
                fields[name] = next(iter(field.choices))
            elif field.seals and field.type == "email_or_phone":
                fields[name] = self.word("planted.{}@example.org")
            elif field.seals:
                fields[name] = self.word()
            else:
                fields[name] = PUBLIC.get(field.type, "公开的话")
        return fields, files


def planted_cases(register: Register, planter: Planter) -> list[tuple[Filed, str]]:
    """Cases of every procedure that people open, filled in whole, and many suggestions up to their end."""
    made = []
    for name, procedure in register.procedures.items():
        party = next((by for by in procedure.opening.by if by in procedure.parties), "")
        if not procedure.public or not party:
            continue
        fields, files = planter.fields(procedure, procedure.opening_name)
        try:
            made.append((register.file(name, fields, files, form_key=f"form of {name} 123456"), party))
        except Refused as refused:
            assert refused.code in ("excluded_office", "office_excluded", "no_office_yet"), (name, refused)
    suggestion = register.procedures["suggestion"]
    for count in range(19):
        fields, files = planter.fields(suggestion, "file")
        filed = register.file("suggestion", fields, files, form_key=f"form number {count} 123456")
        made.append((filed, "proposer"))
        _act(register, planter, filed, "accept", CLERK, offices={"competent_office": "zjj"})
        register.open_slots(filed.case_id, actor=HANDLER, purpose="handle", slots=["narrative", "attachment:1"])
        unseal(register, filed.case_id)
        _act(register, planter, filed, "answer", HANDLER)
        _act(register, planter, filed, "say_solved", PROPOSER)
    return made


def unseal(register: Register, case_id: str) -> None:
    """Who it is, opened on the word of two people."""
    n = register.unsealing.ask(
        case_id,
        HANDLER,
        ["identity"],
        purpose="contact",
        stage="handling",
        reason="补页",
        account="1",
        idempotency="ask",
    )
    register.unsealing.answer(case_id, n, SUPERVISOR, True, reason="", account="2", idempotency="say")
    assert register.open_slots(case_id, actor=HANDLER, purpose="contact", slots=["identity"])


def _act(register: Register, planter: Planter, filed: Filed, action: str, actor: Actor, **more: Any) -> None:
    fields, files = planter.fields(register.procedures["suggestion"], action)
    register.act(filed.case_id, action, actor, fields, files, idempotency=f"{action} {filed.case_id}", **more)


MARK = re.compile(rb"Q\d{4}Z|Q\0(?:\d\0){4}Z|51(?:3\d){4}5a", re.IGNORECASE)
"""What every planted word has in it, as itself, in UTF-16 and in hexadecimal: most files need no closer look."""


def forms(word: str) -> Iterator[bytes]:
    """How a word could stand in a file: as itself, or as programs write it."""
    plain = word.encode()
    yield from (plain, word.encode("utf-16-le"), word.encode("unicode_escape"), plain.hex().encode())
    yield from encoded(plain)


def encoded(plain: bytes) -> Iterator[bytes]:
    """In base64, wherever in a longer text it begins."""
    for shift in range(3):
        yield base64.b64encode(bytes(shift) + plain)[4:-4]


def bytes_under(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder, archives opened."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_socket():
            yield str(path), path.read_bytes()
            if path.name.endswith(".tar.gz"):
                with tarfile.open(path) as archive:
                    for member in archive:
                        file = archive.extractfile(member)
                        yield f"{path}/{member.name}", file.read() if file else b""


def found_in(folder: Path, words: list[str], more: bytes = b"") -> list[tuple[str, str]]:
    """Where any of the words stands, in any of its forms."""
    found = []
    for name, data in [*bytes_under(folder), ("logs", more)]:
        look = forms if MARK.search(data) else lambda word: encoded(word.encode())
        found += [(name, word) for word in words if any(form in data for form in look(word))]
    return found


@pytest.fixture
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of the process's own, so that what is left in it can be searched."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_two_hundred_planted_words_stand_nowhere_and_after_an_erasure_no_key_opens_them(
    make_instance: Callable[..., Instance], tmp_path: Path, temp: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Databases, write-ahead logs, backups, logs, tiles, evidence and temporary files; then with every key that is left."""
    caplog.set_level(logging.DEBUG)
    instance, planter = make_instance(), Planter()
    register = instance.register()
    made = planted_cases(register, planter)
    assert len(planter.words) >= 200, len(planter.words)
    Runner(register, instance.mail, instance.base_url, str(instance.log_key)).run_once()
    back_up(instance, tmp_path / "backups")
    said = caplog.text.encode()
    assert found_in(tmp_path, planter.words, said) == []
    for form in forms(planter.words[0]):
        (temp / "seen").write_bytes(b"x" + form + b"x")
        assert found_in(temp, planter.words[:1]), f"the search would not find {form!r}"
    (temp / "seen").unlink()

    kept, kept_party = made[-1]
    for filed, party in made[:-1]:
        if party == "proposer" and filed.case_id != made[0][0].case_id and _closed(register, filed):
            assert register.erasing.erase(filed.case_id, party, Actor("party", party=party)).done
        else:  # still running: what is shown here is what its key's destruction means
            register.vault.destroy(filed.case_id, party, NOW.isoformat())
    keys = every_key_left(instance, register, [(kept.case_id, kept_party)])
    instance.close()
    opened = list(opened_with(instance.dir, register.authority, keys))
    gone = {word for word in planter.words if any(form in text for _, text in opened for form in forms(word))}
    still = {case for case, _ in opened if case}
    assert still == {kept.case_id}, "only the one case whose key is left opens"
    assert len(gone) < 20 and gone <= set(planter.words[-20:])
    assert found_in(instance.dir, planter.words) == []


def _closed(register: Register, filed: Filed) -> bool:
    found = register.case(filed.case_id)
    return found is not None and not found.case.open


def every_key_left(instance: Instance, register: Register, living: list[tuple[str, str]]) -> list[bytes]:
    """Every key that the installation still has, whatever it is for."""
    secrets = [instance.secret(name)[:32] for name in SECRETS]
    derived = [derive(secret, use) for secret in secrets for use in (b"mingze/wrap/v1", b"mingze/record/v1")]
    root = register.vault.root()[1]
    with sqlite3.connect(instance.dir / "register.sqlite3") as connection:
        cases = [row[0] for row in connection.execute("SELECT case_id FROM case_file")]
    records = [derive(root, f"{register.authority}\x00{case}".encode()) for case in cases]
    data = []
    for case, party in living:
        vault = register.vault
        row = vault._row(case, party)
        assert row is not None and not row[3]
        data.append(vault._unwrapped(case, party, row))
    return [*secrets, *derived, root, *records, *data]


def opened_with(folder: Path, authority: str, keys: list[bytes]) -> Iterator[tuple[str, bytes]]:
    """(case, text) of every sealed text that any of the keys opens in its own place; of a wrapped key case is ""."""
    ciphers = [AESGCM(key) for key in keys]
    with sqlite3.connect(folder / "register.sqlite3") as connection:
        sql = "SELECT case_id, slot_id, key_id, sealed, digest FROM slot"
        slots = connection.execute(sql).fetchall()
    with sqlite3.connect(folder / "vault.sqlite3") as connection:
        wrapped = connection.execute("SELECT case_id, party, key_id, wrapped, destroyed_at FROM data_key").fetchall()
    tried = []
    for case, slot, key, sealed, digest in slots:
        tried.append((case, sealed, place("slot", f"{authority}/{case}/{slot}", "sealed", key)))
        if digest:
            [path] = [path for path in (folder / "evidence").rglob("*") if path.name == digest]
            tried.append((case, path.read_bytes(), place("evidence", f"{authority}/{case}/{slot}", "content", key)))
    for case, party, key, sealed, destroyed in wrapped:
        assert bool(destroyed) == (sealed == b"")
        if sealed:
            tried.append(("", sealed, place("data_key", f"{authority}/{case}/{party}", "wrapped", key)))
    for case, sealed, where in tried:
        for cipher in ciphers:
            try:
                yield case, open_sealed(cipher, sealed, where)
            except SealBroken:
                continue
