"""The commands of an operator: each can be repeated, refuses clearly, and says what to do next."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from mingze import installation, words
from mingze.cli.frame import FRAME
from mingze.cli.main import COMMANDS, main
from mingze.cli.options import working
from mingze.installation import FILES
from mingze.instance import Instance
from tests.outside import Server, clean_environment, free_port, run_mingze

Make = Callable[..., Instance]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`mingze COMMAND --help` explains it and shows an example, in both languages."""
    monkeypatch.setenv("LANG", {"zh": "zh_CN.UTF-8", "en": "en_GB.UTF-8"}[lang])
    done = CliRunner().invoke(main, [command, "--help"])
    assert done.exit_code == 0, done.output
    assert re.search(r"例：|Example", done.output), done.output
    if lang == "zh":
        assert words.say(f"cli-{command}-short", "zh-Hans")


def test_the_help_lists_every_command_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first page of help names each command, the exit codes and the language switch."""
    for shell, lang in (("zh_CN.UTF-8", "zh-Hans"), ("C", "en")):
        monkeypatch.setenv("LANG", shell)
        output = CliRunner().invoke(main, ["--help"]).output
        for command in COMMANDS:
            assert re.search(rf"^  {command}\s", output, re.MULTILINE), command
        assert words.say("cli-commands", lang) in output and "130" in output


@pytest.mark.parametrize(
    "words_given", [["due", "--help"], ["due", "--nope"], ["nope"], ["verify", "--key"], ["--lang", "zh", "--nope"]]
)
def test_the_frame_of_a_command_is_chinese_too(words_given: list[str]) -> None:
    """What click itself says around our words (usage, options, what is wrong) stands in the reader's language."""
    done = run_mingze(*words_given, LANG="zh_CN.UTF-8", LC_ALL="zh_CN.UTF-8")
    said = done.stdout + done.stderr
    assert re.search(r"用法：|选项", said), said
    assert not re.search(r"Usage|Options|Error|Try |No such|requires|Did you mean|Show this", said), said


def test_every_text_of_the_frame_is_one_click_has() -> None:
    """The table translates nothing that click does not say: a new version of click cannot leave it behind unseen."""
    folder = Path(click.__file__).parent
    source = "".join((folder / f"{name}.py").read_text(encoding="utf-8") for name in (
        "core", "decorators", "exceptions", "formatting", "parser", "types"
    ))  # fmt: skip
    assert [text for text in FRAME if f'"{text}"' not in source] == []


def test_init_twice_changes_nothing(tmp_path: Path) -> None:
    """`mingze init` makes an instance that the second run leaves byte for byte as it is."""
    folder = tmp_path / "i"
    first = run_mingze("init", "--dir", str(folder), "--json")
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout)["demo"] is False
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"}
    assert run_mingze("init", "--dir", str(folder)).returncode == 0
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"}
    assert {str(path) for path in before if before[path] != after.get(path)} == set()


def test_errors_are_sentences_without_traceback(tmp_path: Path, make_instance: Make) -> None:
    """A missing folder, a broken settings file and a lost key end in one sentence and exit code 3."""
    broken, keyless = make_instance(), make_instance()
    (broken.dir / "mingze.toml").write_text("demo = perhaps", encoding="utf-8")
    (keyless.dir / "secrets" / "django.key").unlink()
    for folder, said in ((tmp_path / "none", "mingze init"), (broken.dir, "mingze.toml"), (keyless.dir, "django.key")):
        done = run_mingze("staff", "list", "--dir", str(folder))
        assert (done.returncode, said in done.stderr, "Traceback" in done.stderr) == (3, True, False), done.stderr


def test_another_version_is_refused_and_upgrade_is_named(make_instance: Make) -> None:
    """Databases of another version are refused by every command but upgrade, which backs them up first."""
    instance = make_instance()
    older = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "mfa", "0002", "--settings", "mingze.settings"],
        env=clean_environment(MINGZE_DIR=str(instance.dir)),
        capture_output=True,
        check=False,
    )
    assert older.returncode == 0, older.stderr
    for command in (["serve", "--port", str(free_port())], ["staff", "list"], ["init"]):
        done = run_mingze(*command, "--dir", str(instance.dir))
        assert (done.returncode, "mingze upgrade" in done.stderr) == (3, True), done.stderr
    done = run_mingze("upgrade", "--dir", str(instance.dir), "--json")
    assert done.returncode == 0, done.stderr
    backup = Path(json.loads(done.stdout)["backup"])
    assert sorted(path.name for path in backup.iterdir()) == sorted(
        [*FILES, "authority.yaml", "mingze.toml", "overlays", "procedures"]
    )
    assert run_mingze("staff", "list", "--dir", str(instance.dir)).returncode == 0
    again = run_mingze("upgrade", "--dir", str(instance.dir))
    assert (again.returncode, "nothing to do" in again.stdout) == (0, True)


def test_a_newer_database_is_left_as_it_is(make_instance: Make) -> None:
    """A register that a newer program made is refused, by upgrade too, and not touched."""
    instance = make_instance()
    with sqlite3.connect(instance.dir / "register.sqlite3") as connection:
        connection.execute("INSERT INTO schema_version (version) VALUES (99)")
    connection.close()
    before = (instance.dir / "register.sqlite3").read_bytes()
    for command in ("upgrade", "init"):
        done = run_mingze(command, "--dir", str(instance.dir))
        assert (done.returncode, "newer" in done.stderr) == (3, True), done.stderr
    assert (instance.dir / "register.sqlite3").read_bytes() == before


def test_a_register_that_is_lost_is_not_replaced_by_an_empty_one(make_instance: Make) -> None:
    """When the ledger was published and the register is gone, init refuses and names the backup."""
    instance = make_instance()
    (instance.dir / "ledger" / "checkpoint").write_text("published")
    for name in installation.FILES[:2]:
        (instance.dir / name).unlink()
    done = run_mingze("init", "--dir", str(instance.dir))
    assert (done.returncode, "backup" in done.stderr) == (3, True), done.stderr
    assert not (instance.dir / "register.sqlite3").exists()


def test_a_second_server_is_refused(make_instance: Make, live: Callable[..., Server]) -> None:
    """While one server holds an instance, another and an upgrade are refused and told which process it is."""
    instance = make_instance(demo=True)
    server = live(instance)
    for command in (["serve", "--port", str(free_port())], ["upgrade"]):
        done = run_mingze(*command, "--dir", str(instance.dir))
        assert (done.returncode, str(server.process.pid) in done.stderr) == (3, True), done.stderr
    assert server.stop() == 0
    assert run_mingze("upgrade", "--dir", str(instance.dir)).returncode == 0


def test_a_worker_never_outlives_the_hold_on_its_instance(make_instance: Make, live: Callable[..., Server]) -> None:
    """If only the parent process is killed, whatever still serves still holds the instance."""
    instance = make_instance(demo=True)
    server = live(instance)
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait(10)
    try:
        urllib.request.urlopen(f"{server.url}/health", timeout=2).close()
        serving = True
    except OSError:
        serving = False
    done = run_mingze("upgrade", "--dir", str(instance.dir))
    assert (done.returncode == 3) is serving, (serving, done.stderr)


def test_a_taken_port_is_said_in_a_sentence(make_instance: Make, live: Callable[..., Server]) -> None:
    """Serving on a port that something else listens on ends in a sentence that names --port."""
    server = live(make_instance(demo=True))
    done = run_mingze("serve", "--port", str(server.port), "--dir", str(make_instance().dir))
    assert (done.returncode, "--port" in done.stderr) == (3, True), done.stderr


def test_the_demo_starts_answers_and_starts_again(tmp_path: Path) -> None:
    """`mingze demo` prints its address and how to stop; run again meanwhile it says it is there."""
    folder, port = tmp_path / "demo", free_port()
    command = [sys.executable, "-c", "from mingze.cli.main import main; main()", "demo", "--dir", str(folder)]
    with subprocess.Popen(
        [*command, "--port", str(port), "--no-browser"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=clean_environment(),
        start_new_session=True,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            said = next(line for line in process.stdout if "http://" in line)
            assert f"http://127.0.0.1:{port}" in said and "Ctrl+C" in said
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health") as response:
                assert json.load(response)["status"] == "ok"
            again = run_mingze("demo", "--dir", str(folder), "--no-browser")
            assert (again.returncode, f"http://127.0.0.1:{port}" in again.stdout) == (0, True), again.stderr
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(15)


def test_doctor_finds_what_would_cost_a_record(make_instance: Make) -> None:
    """A sound instance passes; an open key, a missing key or a missing database is found, named and exits with 1."""
    sound, open_key, lost = make_instance(), make_instance(), make_instance()
    (open_key.dir / "secrets" / "vault.kek").chmod(0o644)
    (lost.dir / "vault.sqlite3").unlink()
    for instance, code, found in ((sound, 0, None), (open_key, 1, "vault.kek"), (lost, 1, "vault.sqlite3")):
        done = run_mingze("doctor", "--json", "--dir", str(instance.dir))
        report = json.loads(done.stdout)
        assert done.returncode == code, done.stdout
        mend = [row for row in report["findings"] if row["state"] == "mend"]
        assert bool(mend) is bool(found)
        assert found is None or any(row.get("name") == found for row in mend), mend


def test_doctor_refuses_a_postgres_that_can_forget(make_instance: Make, postgres: str) -> None:
    """Synchronous commit switched off is found as something to mend, with its value."""
    import psycopg

    instance = make_instance(database=postgres)
    assert run_mingze("doctor", "--dir", str(instance.dir)).returncode == 0
    with psycopg.connect(postgres, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')  # type: ignore[arg-type]
    done = run_mingze("doctor", "--json", "--dir", str(instance.dir))
    rows = [row for row in json.loads(done.stdout)["findings"] if row["state"] == "mend"]
    assert (done.returncode, [(row["name"], row["value"]) for row in rows]) == (1, [("synchronous_commit", "off")])


def test_long_work_shows_that_it_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    """Work of more than two seconds says on standard error what it is doing."""
    with working("cli-init-working"):
        time.sleep(2.2)
    assert words.say("cli-init-working", "en") in capsys.readouterr().err


def test_postgres_holds_a_whole_instance(make_instance: Make, postgres: str, live: Callable[..., Server]) -> None:
    """With one setting the databases are schemas of a PostgreSQL server, and the server answers from them."""
    instance = make_instance(demo=True, database=postgres)
    assert not list(instance.dir.glob("*.sqlite3"))
    with urllib.request.urlopen(f"{live(instance).url}/health") as response:
        assert json.load(response)["status"] == "ok"
