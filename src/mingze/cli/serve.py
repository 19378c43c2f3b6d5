"""`mingze serve`: one process with several threads answers for one instance; a second on the same instance is refused.

Granian runs the WSGI application. One worker process, because the register has exactly one writer; threads, because
a waiting commit must not keep others from reading.
"""

from __future__ import annotations

import multiprocessing
import os
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from mingze.beside import Beside
from mingze.cli.main import Said, language
from mingze.cli.options import folder_option, lang_option, opened, show
from mingze.instance import Instance
from mingze.signing import listens as signer_listens
from mingze.vault.keeping import listens as keys_listen
from mingze.words import say

THREADS = 8
_ANSWER_WITHIN = 60  # seconds


@click.command()
@folder_option()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port to listen on.")
@click.option("--threads", type=click.IntRange(1, 64), default=THREADS, show_default=True, help="Threads that answer.")
@lang_option()
def serve(folder: Path, host: str, port: int, threads: int) -> None:
    """Serve an instance until it is stopped."""
    run(opened(folder), host, port, threads, lambda address: show("cli-serve-ready", address=address))


def run(instance: Instance, host: str, port: int, threads: int, ready: Callable[[str], None]) -> None:
    """Hold the instance and serve it; `ready` is called with the address once it answers."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    with instance.locked(f"http://{_shown(host)}:{port}"):
        require_free(host, port)
        if sys.platform == "linux":
            # A forked worker inherits the lock: should the parent be killed, the instance stays held while it serves.
            multiprocessing.set_start_method("fork", force=True)
        from django.db import connections

        instance.close()  # what is open must not be shared with the worker
        connections.close_all()
        server = Granian(
            "mingze.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=1,
            blocking_threads=threads,
            websockets=False,
            log_level=LogLevels.error,
            workers_kill_timeout=10,
        )
        announcing = threading.Timer(0.2, _announce, (f"http://{_shown(host)}:{port}", instance, ready))
        announcing.daemon = True
        server.on_startup(announcing.start)
        with _beside(instance, server):
            server.serve()


@contextmanager
def _beside(instance: Instance, server: Any) -> Iterator[None]:
    """The signer and the keeper of keys beside the server, but for one that answers or runs elsewhere by the settings."""
    os.environ["MINGZE_SIGNER"] = os.environ["MINGZE_KEYS"] = "process"  # the worker reads neither key
    children = []
    if not (instance.keys_elsewhere or keys_listen(instance.keys_socket)):
        children.append(Beside("mingze.vault.serving", instance.dir))
    if not (instance.signer_elsewhere or signer_listens(instance.signer_socket)):
        children.append(Beside("mingze.signing", instance.dir))
    for child in children:
        server.on_startup(child.watch)
    try:
        yield
    finally:
        for child in children:
            child.stop()


def _announce(address: str, instance: Instance, ready: Callable[[str], None]) -> None:
    """Wait until the server answers, whatever it answers, and say so."""
    began = time.monotonic()
    while time.monotonic() - began < _ANSWER_WITHIN:
        try:
            urllib.request.urlopen(f"{address.replace('0.0.0.0', '127.0.0.1')}/health", timeout=5).close()
        except urllib.error.HTTPError:
            pass
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
            continue
        ready(address)
        sys.stdout.flush()
        return


def require_free(host: str, port: int) -> None:
    """Refuse, in a sentence, a port that something else listens on."""
    if not is_free(host, port):
        raise Said(say("cli-port-taken", language(), port=str(port)))


def is_free(host: str, port: int) -> bool:
    """Whether the port can be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
