"""A file from outside is held until the virus scanner has answered: a small real server speaking its protocol."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from mingze.casework import Actor, Refused
from mingze.cli.doctor import _scanner
from mingze.exchange.scanning import Scanner
from mingze.instance import Instance, InstanceError
from mingze.store import Upload

HARMFUL = "X5O!-harmful"
"""What the little server takes for a virus."""


class Clamd(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """clamd's two commands, as its manual says: INSTREAM and PING."""

    daemon_threads = True
    limit = 1 << 20
    silent = False
    asked = 0


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        """Answer one command."""
        server = self.server
        assert isinstance(server, Clamd)
        command = bytearray()
        while (byte := self.rfile.read(1)) not in (b"\0", b""):
            command += byte
        if server.silent:
            return
        if command == b"zPING":
            self.wfile.write(b"PONG\0")
            return
        assert command == b"zINSTREAM", command
        server.asked += 1
        content = bytearray()
        while size := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(size)
            if len(content) > server.limit:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.wfile.write(b"stream: Test.Harmful FOUND\0" if HARMFUL.encode() in content else b"stream: OK\0")


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[Clamd]:
    """A scanner at a Unix socket."""
    with Clamd(str(tmp_path / "clamd.ctl"), _Talk) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_clean_harmful_too_large_and_silent_are_told_apart(clamd: Clamd, tmp_path: Path) -> None:
    """Only "OK" is clean; what is found is said; too large, an error and silence are "not scanned". What was clean is not
    asked again for an hour."""
    seconds = [0.0]
    scanner = Scanner(f"unix:{tmp_path / 'clamd.ctl'}", lambda: seconds[0])
    scanner.require_clean("a.txt", b"a" * 200_000)
    scanner.require_clean("a.txt", b"a" * 200_000)
    assert clamd.asked == 1
    seconds[0] = 3601
    scanner.require_clean("a.txt", b"a" * 200_000)
    assert clamd.asked == 2
    for data, code in ((HARMFUL.encode(), "virus_found"), (b"b" * (clamd.limit + 1), "not_scanned")):
        with pytest.raises(Refused) as refused:
            scanner.require_clean("b.txt", data)
        assert (refused.value.code, refused.value.values) == (code, {"name": "b.txt"})
    assert scanner.answers()
    clamd.silent = True
    assert not scanner.answers()
    with pytest.raises(Refused, match="not_scanned"):
        scanner.require_clean("c.txt", b"c")
    with pytest.raises(Refused, match="not_scanned"):
        Scanner("tcp:127.0.0.1:9").require_clean("c.txt", b"c")


def with_scanner(instance: Instance, address: str) -> Instance:
    """The same instance with a scanner set."""
    path = instance.dir / "mingze.toml"
    path.write_text(path.read_text("utf-8") + f'\n[files]\nclamd = "{address}"\n', "utf-8")
    again = Instance.open(instance.dir)
    again.clock = instance.clock
    return again


def test_staff_get_a_file_only_when_it_is_clean_and_a_filing_never_waits(
    make_instance: Callable[..., Instance], browse: Callable[..., Client], clamd: Clamd, tmp_path: Path
) -> None:
    """Filed while the scanner is away, the file is sealed and held; when it answers, a clean one is handed out and a
    harmful one is not, and the desk says which it was. Whoever sent it still has it."""
    instance = with_scanner(make_instance(demo=True), f"unix:{tmp_path / 'clamd.ctl'}")
    client = browse(instance)
    clamd.silent = True
    fields = {"matter": "路口没有红绿灯。", "name": "甲某某", "contact": "0451-00000001"}
    files = [
        Upload("attachments", name, "text/plain", text.encode()) for name, text in (("a.txt", "好"), ("b.txt", HARMFUL))
    ]
    filed = instance.register().file("suggestion", fields, files, form_key="scan-0000000000000001")
    actor = Actor("post", post="zwzx.clerk", office="zwzx", functions=("clerk",))
    instance.register().act(filed.case_id, "accept", actor, {}, offices={"competent_office": "zjj"}, idempotency="k1")
    client.post("/desk/sign-in/", {"post": "zjj.handler"})

    def get(slot: str) -> Any:
        return client.post(f"/desk/case/{filed.case_id}/file/1/{slot}/", {"purpose": "handle"})

    held = get("attachment:1")
    assert held.status_code == 503 and "还没有扫描" in held.content.decode()
    assert [finding.state for finding in _scanner(instance)] == ["mend"]
    clamd.silent = False
    assert [finding.state for finding in _scanner(instance)] == ["ok"]
    assert get("attachment:1").content == "好".encode()
    harmful = get("attachment:2")
    assert harmful.status_code == 403 and "有害" in harmful.content.decode() and HARMFUL not in harmful.content.decode()
    person = Client(headers={"host": "127.0.0.1"})
    person.post("/case/", {"code": filed.code})
    assert person.get("/case/file/1/attachment:2/").content == HARMFUL.encode()


def test_without_the_setting_nobody_is_asked(make_instance: Callable[..., Instance]) -> None:
    """Off by default; an address that is none is refused when the instance is opened."""
    instance = make_instance()
    assert instance.scanner is None and list(_scanner(instance)) == []
    with pytest.raises(InstanceError, match="bad_settings"):
        with_scanner(instance, "http://clamd.example/")
