"""Publication goes on beside whatever else the server's jobs are busy with, and soon after each answer."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest

from mingze.jobs import MailServer, Runner
from tests.store.conftest import sqlite_town as sqlite_town
from tests.store.town import Town


def published(folder: Path) -> int:
    path = folder / "ledger" / "checkpoint"
    return int(path.read_bytes().split(b"\n", 2)[1]) if path.exists() else 0


@pytest.mark.timeout(60)
def test_a_mail_server_that_never_speaks_holds_up_no_signature(sqlite_town: Town) -> None:
    """While the pass that sends letters waits for an answer, what is recorded is signed within the second or two it takes."""
    register = sqlite_town.open()
    filed = sqlite_town.file(register, fields={"contact": "person@example.org"})
    sqlite_town.accept(register, filed.case_id)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mail = MailServer("127.0.0.1", silent.getsockname()[1], "none@mingyuan.example")
        runner = Runner(register, mail, "https://mingyuan.example")
        runner.start()
        try:
            silent.settimeout(20)
            visitor, _ = silent.accept()  # the letter's pass waits for our greeting from here on
            with visitor:
                for number in range(3):
                    leaf = sqlite_town.file(register, form_key=f"beside {number}").leaf_index
                    until = time.monotonic() + 10
                    while published(sqlite_town.folder) <= leaf and time.monotonic() < until:
                        time.sleep(0.02)
                    assert published(sqlite_town.folder) > leaf
                assert "notices" not in runner.trouble  # it waits still
        finally:
            runner.stop()
