"""`mingze witness`: a small server that any outside body can run to see that a log is never rewritten.

It needs no instance and no database: a folder with its key and what it remembers. C2SP tlog-witness over HTTP; put a
reverse proxy with TLS before it.
"""

from __future__ import annotations

import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click

from mingze.cli.main import EXIT_INSTANCE, Said, language
from mingze.cli.options import lang_option, show
from mingze.jobs.witness import Answer, Witness, WitnessStateBroken
from mingze.ledger import LedgerError, VerifierKey, parse_vkey
from mingze.ledger.note import ED25519, NOTE_LIMIT
from mingze.store import Unavailable
from mingze.words import say

_SECONDS = 10
"""How long a client may take to send its request."""


def handler_of(witness: Witness) -> type[BaseHTTPRequestHandler]:
    """The HTTP side of a witness."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "mingze-witness"
        sys_version = ""
        timeout = _SECONDS

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if self.path != "/add-checkpoint":
                self._answer(Answer(404, b"not here\n"))
            elif not length.isascii() or not length.isdigit() or int(length) > NOTE_LIMIT:
                self.close_connection = True
                self._answer(Answer(400, b"no length, or too long\n"))
            else:
                try:
                    self._answer(witness.add(self.rfile.read(int(length))))
                except (Unavailable, WitnessStateBroken) as error:
                    self._answer(Answer(503, error.code.encode() + b"\n"))

        def do_GET(self) -> None:
            name, _, kind = self.path.strip("/").partition("/")
            note = witness.checkpoint(name) if kind == "checkpoint" else None
            if self.path == "/key":
                self._answer(Answer(200, f"{witness.key}\n".encode()))
            elif note is not None:
                self._answer(Answer(200, note))
            else:
                self._answer(Answer(404, b"not here\n"))

        def _answer(self, answer: Answer) -> None:
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.media_type)
            self.send_header("Content-Length", str(len(answer.body)))
            self.send_header("Cache-Control", "no-store")
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is logged: who asks is nobody's business, and every decision is in the folder."""

    return Handler


@click.command()
@click.option("--state", type=click.Path(path_type=Path, file_okay=False), required=True, help="The witness's folder.")
@click.option("--name", required=True, help="The name the witness signs under, e.g. witness.audit.example/w1.")
@click.option("--log", "logs", multiple=True, required=True, metavar="VKEY", help="A log to watch; may be repeated.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="Port to listen on.")
@lang_option()
def witness(state: Path, name: str, logs: tuple[str, ...], host: str, port: int) -> None:
    """Cosign the checkpoints of a log, each only if it continues the last one."""
    lang = language()
    try:
        keys = [_log(text) for text in logs]
        ours = Witness(state, name, keys, lambda: int(time.time()))
    except LedgerError as problem:
        raise click.UsageError(say(f"ledger-error-{problem.code}", lang, **problem.values)) from None
    except WitnessStateBroken as broken:
        raise Said(say(f"witness-{broken.code}", lang, **broken.values), EXIT_INSTANCE) from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Said(say("witness-unwritable", lang, dir=str(state), why=why), EXIT_INSTANCE) from None
    try:
        server = ThreadingHTTPServer((host, port), handler_of(ours))
    except OSError:
        raise Said(say("cli-port-taken", lang, port=str(port)), EXIT_INSTANCE) from None
    server.daemon_threads = True
    with server:
        show("witness-ready", address=f"http://{host}:{server.server_address[1]}", key=str(ours.key))
        server.serve_forever()


def _log(text: str) -> VerifierKey:
    key = parse_vkey(text.strip())
    if key.type != ED25519:
        raise LedgerError("key_type", found=text[:120])
    return key
