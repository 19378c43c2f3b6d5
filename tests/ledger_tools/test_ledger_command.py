"""`mingze ledger` says from storage alone whether the log is whole, and writes it out for clients that are not ours."""

from __future__ import annotations

import base64
import json
import sqlite3
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from mingze.cli.ledger import fault_words, log_policy
from mingze.instance import Instance
from mingze.jobs.replay import Replay
from mingze.jobs.static_log import Exported, export, inspect
from mingze.ledger import parse_policy
from mingze.store import PublishRefused
from mingze.words import LANGUAGES, has
from tests.outside import run_mingze

Make = Callable[..., Instance]


def fill(instance: Instance, cases: int = 3) -> list[str]:
    """File some matters, publish, and let go of the databases; the ids of the cases."""
    register = instance.register()
    ids = [
        register.file("suggestion", {"matter": f"第{number}盏路灯不亮"}, form_key=f"form {number}").case_id
        for number in range(cases)
    ]
    register.publish()
    instance.close()
    return ids


@pytest.fixture
def filled(make_instance: Make) -> Instance:
    """An instance with three cases, published and closed."""
    instance = make_instance()
    fill(instance)
    return instance


def run(*arguments: object) -> tuple[int, dict[str, Any]]:
    done = run_mingze("ledger", *(str(argument) for argument in arguments), "--json")
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, json.loads(done.stdout) if done.stdout else {"stderr": done.stderr}


def break_database(instance: Instance, *statements: str) -> None:
    """Do what an insider with the database file can do: switch the guards off and change rows."""
    with sqlite3.connect(instance.dir / "register.sqlite3") as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(statement)
    connection.close()


def strangers_root(folder: Path) -> tuple[int, bytes, bytes]:
    """Size, signed root and computed root of a static log, read with nothing of ours."""
    origin, size, root, *_ = (folder / "checkpoint").read_text(encoding="utf-8").split("\n")
    assert origin == "log.mingyuan.example/mingze/1"
    count, hashes = int(size), []
    for index in range((count + 255) // 256):
        width = min(256, count - 256 * index)
        name = f"{index:03}" if width == 256 else f"{index:03}.p/{width}"
        data = (folder / "tile" / "entries" / name).read_bytes()
        while data:
            length = int.from_bytes(data[:2], "big")
            hashes.append(sha256(b"\0" + data[2 : 2 + length]).digest())
            data = data[2 + length :]

    def tree(part: list[bytes]) -> bytes:
        if len(part) == 1:
            return part[0]
        split = 1 << (len(part) - 1).bit_length() - 1
        return sha256(b"\1" + tree(part[:split]) + tree(part[split:])).digest()

    return count, base64.b64decode(root), tree(hashes)


def test_a_whole_log_is_said_to_be_whole(filled: Instance) -> None:
    """Every entry, record and case is counted, and the exit code is 0."""
    code, found = run("check", "--dir", filled.dir)
    assert (code, found["ok"], found["leaves"], found["events"], found["cases"]) == (0, True, 3, 3, 3), found
    assert (found["signed"], found["published"]) == (3, 3)
    done = run_mingze("ledger", "check", "--dir", str(filled.dir), "--lang", "zh")
    assert (done.returncode, "账本完整：3个条目" in done.stdout) == (0, True), done.stdout


def test_an_empty_log_is_whole_and_has_nothing_to_export(make_instance: Make, tmp_path: Path) -> None:
    """Before the first record there is nothing wrong, and nothing to write out."""
    instance = make_instance()
    assert Replay(instance.register(write=False), instance.log_keys).run().faults == ()
    code, said = run("export", tmp_path / "out", "--dir", instance.dir)
    assert (code, "no log" in said["stderr"]) == (1, True)
    assert not (tmp_path / "out").exists()


BROKEN = {
    # what an insider does to the database: the faults that must be found
    "a record taken out": (["DELETE FROM slot WHERE case_id = (SELECT case_id FROM event WHERE leaf_index = 1)", "DELETE FROM event WHERE leaf_index = 1"],
                           {"leaf_without_event", "case_row"}),
    "the last entry taken out": (["DELETE FROM leaf WHERE leaf_index = 2"], {"event_without_leaf", "log_shorter"}),
    "an entry in the middle taken out": (["DELETE FROM leaf WHERE leaf_index = 1"],
                                         {"leaf_gap", "event_without_leaf", "log_shorter"}),
    "a commitment replaced": (["UPDATE leaf SET commitment = zeroblob(32) WHERE leaf_index = 1"],
                              {"leaf_nodes", "root_differs", "event_not_committed", "case_row"}),
    "a tree node replaced": (["UPDATE leaf SET nodes = zeroblob(32) WHERE leaf_index = 0"], {"leaf_nodes"}),
    "a sealed record flipped": (["UPDATE event SET sealed = CAST(substr(sealed, 1, 40) || x'00' || substr(sealed, 42) AS BLOB)"
                                 " WHERE leaf_index = 1"], {"event_unopenable"}),
    "two records exchanged": (
        ["UPDATE event SET leaf_index = 9 WHERE leaf_index = 0", "UPDATE event SET leaf_index = 0 WHERE leaf_index = 1",
         "UPDATE event SET leaf_index = 1 WHERE leaf_index = 9"], {"event_not_committed", "case_row"}),
    "a sealed part taken out": (["DELETE FROM slot WHERE slot = 'narrative' AND case_id ="
                                 " (SELECT case_id FROM event WHERE leaf_index = 1)"], {"slot_missing"}),
    "a case's row turned back": (["UPDATE case_file SET n = 0 WHERE case_id ="
                                  " (SELECT case_id FROM event WHERE leaf_index = 1)"], {"case_row"}),
    "another root noted as signed": (["UPDATE checkpoint SET root = zeroblob(32)"],
                                     {"checkpoint_row", "root_differs", "head_differs"}),
    "the head turned back": (["UPDATE log_head SET size = 1"], {"head_differs"}),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_an_insider_changes_in_the_database_is_named(name: str, filled: Instance) -> None:
    """Each change made past the guards of the database is found from storage and named, in words."""
    statements, expected = BROKEN[name]
    break_database(filled, *statements)
    found = Replay(filled.register(write=False), filled.log_keys).run()
    assert {fault.code for fault in found.faults} == expected, found.faults
    for lang in LANGUAGES:
        assert all(fault_words(fault, lang) for fault in found.faults)


def test_a_changed_published_file_is_named(filled: Instance) -> None:
    """A flipped bit in a published tile, a lost bundle or a changed statement is found by check and by fsck."""
    folder = filled.dir / "ledger"
    tile, bundle = folder / "tile" / "0" / "000.p" / "3", folder / "tile" / "entries" / "000.p" / "3"
    good = tile.read_bytes()
    tile.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    code, said = run("check", "--dir", filled.dir)
    assert (code, [fault["code"] for fault in said["faults"]]) == (1, ["tile_differs"]), said
    policy = log_policy(filled)

    def found() -> list[str]:
        return [fault.code for fault in inspect(folder, policy).faults]

    assert found() == ["tile_differs"]
    tile.write_bytes(good)
    assert found() == []
    bundle.rename(bundle.with_name("elsewhere"))
    assert found() == ["file_missing"]
    bundle.with_name("elsewhere").rename(bundle)
    statement = (folder / "checkpoint").read_bytes()
    (folder / "checkpoint").write_bytes(statement.replace(b"\n3\n", b"\n2\n"))
    assert "signature_bad" in found()


def test_a_restored_old_database_is_refused_with_the_way_out(filled: Instance) -> None:
    """A database shorter than what was published is named by check, and publish refuses to sign it and says what to do."""
    old = (filled.dir / "register.sqlite3").read_bytes()
    register = filled.register()
    register.file("suggestion", {"matter": "后来的事"}, form_key="later")
    register.publish()
    filled.close()
    for name in ("register.sqlite3-wal", "register.sqlite3-shm"):
        (filled.dir / name).unlink(missing_ok=True)
    (filled.dir / "register.sqlite3").write_bytes(old)
    done = run_mingze("ledger", "publish", "--dir", str(filled.dir))
    assert (done.returncode, "Way out" in done.stderr) == (1, True), done.stderr
    assert (filled.dir / "ledger" / "checkpoint").read_bytes().split(b"\n")[1] == b"4"


def test_an_export_is_a_log_any_client_reads(filled: Instance, tmp_path: Path) -> None:
    """The leaves lead to the signed root by somebody else's arithmetic; policy.txt names the key and asks for no witness."""
    out = tmp_path / "out"
    code, found = run("export", out, "--dir", filled.dir)
    assert (code, found["size"], found["written"]) == (0, 3, 4), found
    size, signed, computed = strangers_root(out)
    assert (size, computed) == (3, signed)
    policy = parse_policy((out / "policy.txt").read_bytes())
    assert (policy.logs, policy.quorum) == ((filled.log_key,), "none")
    assert sorted(path.name for path in out.iterdir()) == ["checkpoint", "policy.txt", "tile"]
    assert run("fsck", out, "--key", policy.logs[0], "--dir", tmp_path / "nowhere")[0] == 0
    code, found = run("fsck", out, "--dir", tmp_path / "nowhere")
    assert (code, found["signature"]) == (0, "open")


def written(instance: Instance, out: Path) -> Exported:
    """Export an instance's log in this process."""
    register = instance.register(write=False)
    try:
        return export(register.checkpoint(), register.tile, log_policy(instance), out)
    finally:
        instance.close()


def test_an_export_is_continued_and_never_overwritten(filled: Instance, tmp_path: Path) -> None:
    """The same export again writes nothing; a longer log adds files; a changed file is left as it is and named."""
    out = tmp_path / "out"
    assert written(filled, out) == Exported(3, written=4, kept=0)
    assert written(filled, out) == Exported(3, written=0, kept=4)
    fill(filled, 5)  # two of them are new: the first three repeat their form keys
    assert written(filled, out).size == 5
    assert strangers_root(out)[1] == strangers_root(out)[2]
    entries = out / "tile" / "entries" / "000.p" / "5"
    changed = entries.read_bytes().replace(b'"e"', b'"g"', 1)
    entries.write_bytes(changed)
    code, found = run("export", out, "--dir", filled.dir)
    assert (code, "000.p/5" in found["stderr"], entries.read_bytes()) == (1, True, changed)


def test_an_export_over_another_log_is_refused(filled: Instance, make_instance: Make, tmp_path: Path) -> None:
    """A folder with a longer or another log is not touched."""
    out, other = tmp_path / "out", make_instance()
    fill(other, 4)
    written(other, out)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    with pytest.raises(PublishRefused) as shorter:
        written(filled, out)
    fill(filled, 4)
    with pytest.raises(PublishRefused) as forked:
        written(filled, out)
    assert (shorter.value.code, forked.value.code) == ("log_shorter", "log_forked")
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_a_log_of_several_bundles_is_exported_and_checked(make_instance: Make, tmp_path: Path) -> None:
    """Full tiles, partial ones and the level above them are all written, found again and lead to the root."""
    instance, out = make_instance(), tmp_path / "out"
    register = instance.register()
    case = register.file("suggestion", {"matter": "很多查阅"}, form_key="one").case_id
    from tests.store.town import CLERK

    register.act(case, "accept", CLERK, offices={"competent_office": "zjj"}, idempotency="accept")
    for _ in range(520):
        register.open_slots(case, actor=CLERK, purpose="assign")
    register.publish()
    instance.close()
    assert written(instance, out).size == 522
    assert sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()) == [
        "checkpoint", "policy.txt", "tile/0/000", "tile/0/001", "tile/0/002.p/10", "tile/1/000.p/2",
        "tile/entries/000", "tile/entries/001", "tile/entries/002.p/10",
    ]  # fmt: skip
    assert strangers_root(out)[1] == strangers_root(out)[2]
    assert Replay(instance.register(write=False), instance.log_keys).run().faults == ()
    (out / "tile" / "1" / "000.p" / "2").write_bytes(bytes(64))
    assert [fault.values["path"] for fault in inspect(out, log_policy(instance)).faults] == ["tile/1/000.p/2"]


def test_every_fault_has_words() -> None:
    """Each code that the checks can give is worded in both languages."""
    import re

    import mingze.jobs.monitor
    import mingze.jobs.replay
    import mingze.jobs.static_log

    codes: set[str] = set()
    for module in (mingze.jobs.replay, mingze.jobs.static_log, mingze.jobs.monitor):
        text = Path(str(module.__file__)).read_text(encoding="utf-8")
        codes.update(re.findall(r'(?:_say|Fault)\("([a-z_]+)"', text))
    assert len(codes) > 20
    assert [code for code in codes for lang in LANGUAGES if not has(f"ledger-fault-{code}", lang)] == []
