"""A witness and a monitor, each in a process of its own over real HTTP, cannot be made to bless a rewritten log."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from mingze.jobs.monitor import fetch_from, visit
from mingze.jobs.static_log import export
from mingze.jobs.witness import Witness, WitnessStateBroken, origin_hash
from mingze.ledger import (
    AddCheckpoint,
    Policy,
    entry_bundle,
    event_commitment,
    format_note,
    leaf_bytes,
    parse_note,
    parse_vkey,
    tile_bytes,
)
from mingze.ledger.note import VerifierKey
from mingze.ledger.tile import Tile
from tests.ledger.conftest import LOG_SEED, ORIGIN, a_log, an_event
from tests.outside import clean_environment, free_port, run_mingze

NAME = "witness.test.example/w1"


def ask(log: Any, old: int) -> bytes:
    return AddCheckpoint(old, tuple(log.consistency(old)), log.checkpoint()).to_bytes()


def post(url: str, body: bytes) -> tuple[int, str, bytes]:
    try:
        with urllib.request.urlopen(urllib.request.Request(f"{url}/add-checkpoint", body), timeout=20) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers["Content-Type"], refused.read()


@contextlib.contextmanager
def witnessing(state: Path, *logs: VerifierKey) -> Iterator[tuple[str, subprocess.Popen[bytes], VerifierKey]]:
    """`mingze witness` in a process of its own: its address, the process, its key."""
    port = free_port()
    command = [sys.executable, "-c", "from mingze.cli.main import main; main()", "witness", "--state", str(state)]
    command += ["--name", NAME, "--port", str(port), *(word for log in logs for word in ("--log", str(log)))]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=clean_environment())
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(400):
            with contextlib.suppress(OSError):
                key = urllib.request.urlopen(f"{url}/key", timeout=5).read().decode().strip()
                break
            assert process.poll() is None
            time.sleep(0.05)
        else:
            raise AssertionError("the witness did not answer")
        yield url, process, parse_vkey(key)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGKILL)
        process.wait(10)


@pytest.fixture(scope="module")
def log() -> Any:
    return a_log(5)


def signed(key: VerifierKey, log: Any, line: bytes) -> int:
    """When this line of a witness says it saw the log; fails when the signature is false."""
    note = parse_note(log.checkpoint())
    cosigned = parse_note(note.to_bytes() + line)
    return cosigned.signers([key])[key].timestamp


def test_a_witness_follows_the_protocol_over_http(log: Any, tmp_path: Path) -> None:
    """200 with a cosignature, 409 with the size, 422, 404, 403, 400; killed and started again, it remembers."""
    grown, forged = a_log(9), a_log(9, lambda n: an_event(n, facts={}))
    with witnessing(tmp_path, log.key) as (url, process, key):
        status, _, line = post(url, ask(log, 0))
        assert (status, abs(signed(key, log, line) - time.time()) < 60) == (200, True)
        assert post(url, ask(log, 0)) == (409, "text/x.tlog.size", b"5\n")
        assert post(url, ask(log, 5))[0] == 200  # the same tree again: a fresh time
        assert post(url, ask(forged, 5))[0] == 422
        assert post(url, ask(a_log(5, lambda n: an_event(n, facts={})), 5))[0] == 409
        shorter = AddCheckpoint(5, (), a_log(3).checkpoint()).to_bytes()
        assert post(url, shorter)[0] == 400
        assert post(url, b"old five\n\nnothing\n")[0] == 400
        unsigned = ask(grown, 5).replace(b"\n9\n", b"\n8\n")
        assert post(url, unsigned)[0] == 403
        assert post(url, ask(grown, 5).replace(b"mingze/1", b"mingze/2"))[0] == 404
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
    with witnessing(tmp_path, log.key) as (url, _, again):
        assert again == key
        assert post(url, ask(grown, 0)) == (409, "text/x.tlog.size", b"5\n")
        assert post(url, ask(grown, 5))[0] == 200
        shown = urllib.request.urlopen(f"{url}/{origin_hash(ORIGIN)}/checkpoint", timeout=5).read()
        assert key in parse_note(shown).signers([key])
        for path in ("/", "/0000/checkpoint", "/../witness.key", "/add-checkpoint"):
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(f"{url}{path}", timeout=5)
            assert refused.value.code == 404
    assert list(tmp_path.glob("conflict-*.checkpoint"))


def test_racing_requests_never_sign_two_histories(log: Any, tmp_path: Path) -> None:
    """Of two different continuations sent at once by many, only one is ever cosigned."""
    witness = Witness(tmp_path, NAME, [log.key], lambda: 1)
    assert witness.add(ask(log, 0)).status == 200

    def other(n: int) -> bytes:
        return an_event(n, facts={"other": 1}) if n >= 5 else an_event(n)

    bodies = [ask(a_log(8), 5), ask(a_log(8, other), 5)] * 8
    answers: list[int] = []
    threads = [threading.Thread(target=lambda body=body: answers.append(witness.add(body).status)) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200] + [409] * 15


def test_what_cannot_be_stored_is_not_signed(log: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk refuses, no signature leaves the witness, and it still remembers the tree before."""
    from mingze.store import Unavailable

    witness = Witness(tmp_path, NAME, [log.key], lambda: 1)
    witness.add(ask(log, 0))
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, hard))
    try:
        with pytest.raises(Unavailable):
            witness.add(ask(a_log(9), 5))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert witness.add(ask(log, 0)).body == b"5\n"


def test_a_clock_set_back_does_not_date_a_signature_earlier(log: Any, tmp_path: Path) -> None:
    """The time in a cosignature never goes back, whatever the machine's clock does."""
    times = iter([100, 50])
    witness = Witness(tmp_path, NAME, [log.key], lambda: next(times))
    witness.add(ask(log, 0))
    assert signed(witness.key, a_log(9), witness.add(ask(a_log(9), 5)).body) == 100


def test_a_witness_that_lost_its_memory_does_not_start(log: Any, tmp_path: Path) -> None:
    """A damaged memory stops the witness with the file's name; it never begins anew."""
    Witness(tmp_path, NAME, [log.key], lambda: 1).add(ask(log, 0))
    memory = tmp_path / f"{origin_hash(ORIGIN)}.checkpoint"
    memory.write_bytes(memory.read_bytes()[:-20])
    with pytest.raises(WitnessStateBroken):
        Witness(tmp_path, NAME, [log.key], lambda: 1)
    done = run_mingze("witness", "--state", str(tmp_path), "--name", NAME, "--log", str(log.key), "--port", "0")
    assert (done.returncode, str(memory) in done.stderr) == (3, True), done.stderr


# -- the monitor -----------------------------------------------------------------------------------------------------------


def published(log: Any, out: Path, note: bytes | None = None) -> Path:
    """Write a log's files, replacing what was there, as a dishonest authority can."""

    def content(level: Any, index: int, width: int) -> bytes:
        tile = Tile(level, index, width)
        if level == "entries":
            return entry_bundle([leaf_bytes(event_commitment(*log.records[place])) for _, place in tile.nodes()])
        return tile_bytes(tile, log.node)

    import shutil

    shutil.rmtree(out, ignore_errors=True)
    export(note or log.checkpoint(), content, log.policy, out)
    return out


@pytest.fixture
def watch(log: Any, tmp_path: Path) -> Callable[..., Any]:
    """One visit to the files of a log with the monitor's own memory."""

    def watch_(shown: Any, policy: Policy | None = None, now: int = 1_795_401_700, **more: Any) -> Any:
        note = more.pop("note", None)
        source = published(shown, tmp_path / "log", note)
        return visit(fetch_from(str(source)), policy or log.policy, tmp_path / "state", now, **more)

    (tmp_path / "state").mkdir()
    return watch_


def codes(visited: Any) -> list[str]:
    return [fault.code for fault in visited.faults]


@pytest.mark.parametrize("sizes", [(1, 2, 5), (255, 256, 257, 600), (300, 300, 511, 512, 513)])
def test_a_log_that_grows_is_well(sizes: tuple[int, ...], watch: Callable[..., Any]) -> None:
    """At each visit the monitor replays what came since and finds the kept tree at its beginning."""
    before = 0
    for size in sizes:
        found = watch(a_log(size))
        assert (found.before, found.size, found.faults) == (before, size, ())
        before = size


def test_a_rewritten_log_is_found_and_the_evidence_kept(watch: Callable[..., Any], tmp_path: Path) -> None:
    """Shorter, same size with another tree, or longer with another beginning, signed by the log: each is named."""

    def rewritten(n: int) -> bytes:
        return an_event(n, facts={"late": True}) if n == 280 else an_event(n)

    assert codes(watch(a_log(300))) == []
    memory = {path: path.read_bytes() for path in (tmp_path / "state").iterdir()}
    assert codes(watch(a_log(299))) == ["monitor_shorter"]
    assert codes(watch(a_log(300, rewritten))) == ["monitor_other_tree"]
    assert codes(watch(a_log(600, rewritten))) == ["monitor_forked"]
    assert {path: path.read_bytes() for path in memory} == memory
    assert len(list((tmp_path / "state").glob("evidence-*.checkpoint"))) == 3
    assert codes(watch(a_log(600))) == []


def test_what_a_log_shows_is_held_against_its_signature(watch: Callable[..., Any], log: Any, tmp_path: Path) -> None:
    """A foreign signature, a false root, a missing bundle, lacking or old witnesses are named; silence when asked."""
    other = parse_vkey(str(log.key).split("+")[0] + "+" + str(parse_vkey(_vkey(bytes(32)))).split("+", 1)[1])
    assert codes(watch(log, Policy.of_log(other))) == ["unsigned"]
    asking = log.policy_asking("any")
    assert codes(watch(log, asking)) == ["quorum_unmet"]
    cosigned = log.checkpoint("audit")
    assert codes(watch(log, asking, note=cosigned)) == []
    assert codes(watch(log, asking, note=cosigned, now=1_795_401_600 + 90_000)) == ["monitor_cosignature_old"]
    assert codes(watch(log, asking, note=cosigned, now=1_795_401_600 - 900)) == ["monitor_future"]
    assert codes(watch(log, now=1_795_401_700 + 7200, max_age=3600)) == ["monitor_stale"]
    grown = published(a_log(9), tmp_path / "log")
    (grown / "tile" / "entries" / "000.p" / "9").unlink()
    found = visit(fetch_from(str(grown)), log.policy, tmp_path / "state", 1_795_401_700)
    assert codes(found) == ["file_missing"]
    assert codes(visit(fetch_from(str(tmp_path / "no")), log.policy, tmp_path / "state", 1)) == ["unreachable"]


def _vkey(seed: bytes) -> str:
    from mingze.ledger import vkey

    assert seed != LOG_SEED
    return vkey(ORIGIN, seed)


def test_log_witness_and_monitor_over_http(tmp_path: Path) -> None:
    """Three processes: a log served as files, a witness that cosigns it, a monitor that asks for that witness."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None: ...

    (tmp_path / "log").mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "log")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    source = f"http://127.0.0.1:{server.server_address[1]}"
    first, second = a_log(5), a_log(300)
    try:
        with witnessing(tmp_path / "witness", first.key) as (url, _, key):
            policy = tmp_path / "policy.txt"
            policy.write_text(f"log {first.key}\nwitness w {key}\nquorum w\n")

            def monitor() -> tuple[int, dict[str, Any]]:
                state = str(tmp_path / "state")
                done = run_mingze("monitor", source, "--policy", str(policy), "--state", state, "--json")
                return done.returncode, json.loads(done.stdout)

            old = 0
            for log in (first, second):
                _, _, line = post(url, ask(log, old))
                note = parse_note(log.checkpoint())
                published(log, tmp_path / "log", format_note(note.text, parse_note(note.to_bytes() + line).signatures))
                code, found = monitor()
                assert (code, found["before"], found["size"]) == (0, old, log.edge.size), found
                assert found["cosigned_seconds"] < 60
                old = log.edge.size
            published(a_log(301), tmp_path / "log")
            code, found = monitor()
            assert (code, [fault["code"] for fault in found["faults"]]) == (1, ["quorum_unmet"])
    finally:
        server.shutdown()
        server.server_close()
