"""The log as a stranger's program fetches it: each file with the headers that C2SP tlog-tiles asks for, and nothing more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mingze.instance import Instance
from mingze.jobs.monitor import fetch_from
from mingze.jobs.static_log import export, inspect
from mingze.ledger import Tile, parse_checkpoint

TEXT, BYTES = "text/plain; charset=utf-8", "application/octet-stream"
FOREVER = "public, max-age=31536000, immutable"


@pytest.fixture
def log(make_instance: Callable[..., Instance]) -> Instance:
    """A log of a full tile and a partial one: 258 public records."""
    instance = make_instance()
    register = instance.register()
    for number in range(258):
        register.govern("release", {"program": "mingze", "version": str(number)})
    register.publish()
    return instance


def test_files_have_their_headers_and_nothing_of_a_session(
    log: Instance, browse: Callable[..., Any], tmp_path: Path
) -> None:
    """Tiles may be kept for ever, the checkpoint must be asked for; all are open to every origin, cookies or not."""
    client = browse(log, HTTP_ACCEPT_LANGUAGE="en")
    client.get("/?lang=en")  # a visitor with a cookie
    kinds = {
        "checkpoint": (TEXT, "no-cache"),
        "key": (TEXT, "no-cache"),
        "policy.txt": (TEXT, "no-cache"),
        "governance": (TEXT, "no-cache"),
        "tile/0/000": (BYTES, FOREVER),
        "tile/0/001.p/2": (BYTES, FOREVER),
        "tile/1/000.p/1": (BYTES, FOREVER),
        "tile/0/000.p/255": (BYTES, FOREVER),  # older readers may still ask for it
        "tile/entries/000": (BYTES, FOREVER),
        "tile/entries/001.p/2": (BYTES, FOREVER),
    }
    files = {}
    for path, (kind, keep) in kinds.items():
        answer = client.get(f"/ledger/{path}")
        assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, kind, keep), path
        assert answer["Access-Control-Allow-Origin"] == "*" and answer["X-Content-Type-Options"] == "nosniff", path
        assert not answer.cookies and "Vary" not in answer.headers, path
        head = client.head(f"/ledger/{path}")
        assert (head.status_code, head.content, head["Cache-Control"]) == (200, b"", keep), path
        assert client.post(f"/ledger/{path}").status_code in (403, 405)
        files[path] = answer.content
    assert [len(files[path]) for path in ("tile/0/000", "tile/0/001.p/2", "tile/1/000.p/1")] == [8192, 64, 32]
    assert files["tile/0/000.p/255"] == files["tile/0/000"][:-32]
    for wrong in ("0/0", "0/000.p/256", "0/000.p/0", "0/001", "0/001.p/3", "0/x000/000", "2/000.p/1", "entries/001"):
        answer = client.get(f"/ledger/tile/{wrong}")
        assert (answer.status_code, answer.headers.get("Cache-Control", "")) != (200, FOREVER), wrong
        assert answer.status_code == 404 and "immutable" not in answer.headers.get("Cache-Control", "")

    # what is fetched file by file is the log itself
    def fetch(level: Any, index: int, width: int) -> bytes | None:
        answer = client.get(f"/ledger/{Tile(level, index, width).path()}")
        return answer.content if answer.status_code == 200 else None

    export(files["checkpoint"], fetch, log.log_policy, tmp_path / "copy", files["governance"])
    found = inspect(tmp_path / "copy", log.log_policy)
    assert (found.size, found.faults) == (258, ())
    assert parse_checkpoint(fetch_from(str(log.dir / "ledger"))("checkpoint")).checkpoint.size == 258
    log.close()
