"""The keeper of the vault's keys: a process of its own, which reads the key-encryption keys and answers at a socket.

    web process ──wrap, unwrap──► keys.sock (0600) ──► this process ──► secrets/vault.kek

`mingze serve` starts one beside itself. Run it under an account of its own (`mingze keys --group …`), and a dump of the
database and of the web server's files opens nothing; a web process that is broken into while it runs can still ask for
every key it names, one by one, as long as it runs. It imports neither the database nor the web framework.
"""

from __future__ import annotations

import argparse
import contextlib
import socket
import threading
from collections.abc import Callable
from pathlib import Path

from mingze.beside import Taken, listening, live_as_child
from mingze.vault.keeping import FOLDER, SOCKET, FolderKeys, Frames, KeysRefused, answer


def serve(keys: FolderKeys, path: Path, ready: Callable[[], None], group: str = "") -> None:
    """Answer at a socket until the process ends.

    Raises KeysRefused when the keys cannot be read, or may be read by others; Taken; OSError.
    """
    keys.kek_id()
    with listening(path, group) as door:
        ready()
        while True:
            visitor, _ = door.accept()
            threading.Thread(target=_attend, args=(keys, visitor), daemon=True).start()


def _attend(keys: FolderKeys, visitor: socket.socket) -> None:
    with visitor, contextlib.suppress(OSError):
        frames = Frames(visitor)
        while (request := frames.next()) is not None:
            frames.send(answer(keys, request))


def main() -> None:
    """`python -m mingze.vault.serving DIR`: what `mingze serve` starts; it ends when its input ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    live_as_child()
    try:
        serve(FolderKeys(folder / "secrets"), folder / FOLDER / SOCKET, lambda: None)
    except Taken:
        raise SystemExit(0) from None
    except KeysRefused as refused:  # the server starts us again, and says in its own answers that the keys are down
        raise SystemExit(f"mingze keys: {refused}") from None


if __name__ == "__main__":
    main()
