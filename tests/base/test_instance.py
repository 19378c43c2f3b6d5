"""An instance folder is made once, kept private, and read strictly."""

import datetime as dt
import stat
from pathlib import Path

import pytest

from mingze import instance as instances
from mingze import words
from mingze.accounts.offices import OfficesError, read_offices
from mingze.instance import SECRETS, DemoClock, Instance, InstanceError, SystemClock, create

SEED = (Path(instances.__file__).parent / "accounts" / "authority.yaml").read_text(encoding="utf-8")


def code_of(raised: pytest.ExceptionInfo[InstanceError]) -> str:
    """The code of the error, after making sure both languages can say it."""
    for lang in words.LANGUAGES:
        assert words.say(f"instance-{raised.value.code}", lang, **raised.value.values)
    return raised.value.code


def test_making_an_instance_twice_changes_nothing(tmp_path: Path) -> None:
    """`create` is idempotent: keys, settings and offices of the first time stay as they are."""
    create(tmp_path / "i")
    before = {path: path.read_bytes() for path in (tmp_path / "i").rglob("*") if path.is_file()}
    again = create(tmp_path / "i")
    assert {path: path.read_bytes() for path in (tmp_path / "i").rglob("*") if path.is_file()} == before
    assert (again.demo, again.authority.id, again.authority.mark) == (False, "mingyuan", "明源")


def test_keys_are_private_and_long_enough(tmp_path: Path) -> None:
    """Each key is readable by its owner only, and one that others can read is refused."""
    made = create(tmp_path / "i")
    assert stat.S_IMODE((made.dir / "secrets").stat().st_mode) == 0o700
    for name, length in SECRETS.items():
        assert stat.S_IMODE((made.dir / "secrets" / name).stat().st_mode) == 0o600
        assert len(made.secret(name)) >= length
    (made.dir / "secrets" / "vault.kek").chmod(0o640)
    with pytest.raises(InstanceError) as raised:
        made.secret("vault.kek")
    assert code_of(raised) == "secret_open"


def test_a_lost_key_is_never_silently_replaced(tmp_path: Path) -> None:
    """Completing an instance whose key is gone refuses, because a new key would make every record unreadable."""
    made = create(tmp_path / "i")
    (made.dir / "secrets" / "vault.kek").unlink()
    with pytest.raises(InstanceError) as raised:
        create(made.dir)
    assert code_of(raised) == "secret_missing"
    assert not (made.dir / "secrets" / "vault.kek").exists()


def test_an_interrupted_start_can_be_completed(tmp_path: Path) -> None:
    """A folder that was begun but has no settings yet keeps its keys and is completed."""
    made = create(tmp_path / "i")
    key = made.secret("log.key")
    (made.dir / "mingze.toml").unlink()
    assert create(made.dir).secret("log.key") == key


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    """An instance is never made among somebody's other files."""
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(InstanceError) as raised:
        create(tmp_path)
    assert code_of(raised) == "occupied"
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_real_instance_never_becomes_a_demo(tmp_path: Path) -> None:
    """Asking for a demo in the folder of a real instance is refused."""
    create(tmp_path / "i")
    with pytest.raises(InstanceError) as raised:
        create(tmp_path / "i", demo=True)
    assert code_of(raised) == "not_demo"
    assert create(tmp_path / "d", demo=True).demo and create(tmp_path / "d").demo


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("format = 1", "format = 99", "upgrade_needed", ""),
        ("demo = false", "demo = maybe", "bad_settings", ""),
        ("[staff]", "[stuff]", "bad_settings", "stuff"),
        ("port = 25", 'port = "25"', "bad_settings", "mail.port"),
        ('id = "mingyuan"', 'id = "明源"', "bad_settings", "authority.id"),
        ('url = ""', 'url = "mysql://x/y"', "bad_database", ""),
    ],
)
def test_settings_are_read_strictly(tmp_path: Path, old: str, new: str, code: str, place: str) -> None:
    """A wrong line in mingze.toml is named with what is wrong, and nothing is guessed."""
    made = create(tmp_path / "i")
    path = made.dir / "mingze.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InstanceError) as raised:
        Instance.open(made.dir)
    assert code_of(raised) == code
    assert raised.value.values.get("place", "") == place


def test_a_missing_instance_says_what_to_do(tmp_path: Path) -> None:
    """Opening a folder without an instance names the command that makes one."""
    with pytest.raises(InstanceError) as raised:
        Instance.open(tmp_path / "none")
    assert code_of(raised) == "missing"
    assert "mingze init" in words.say("instance-missing", "en", **raised.value.values)


def test_only_one_process_holds_an_instance(tmp_path: Path) -> None:
    """A second server on the same instance is refused and told who holds it; afterwards the lock is free."""
    made = create(tmp_path / "i")
    with made.locked():
        with pytest.raises(InstanceError) as raised, Instance.open(made.dir).locked():
            raise AssertionError("two holders")
        assert code_of(raised) == "locked"
    with Instance.open(made.dir).locked():
        pass


def test_the_clock_can_be_set_in_a_demo_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """MINGZE_NOW freezes a demo's clock and has no effect on a real instance; times are China Standard Time."""
    monkeypatch.setenv("MINGZE_NOW", "2026-11-22T02:00:00.123456+00:00")
    demo, real = create(tmp_path / "d", demo=True), create(tmp_path / "r")
    assert demo.clock.now().isoformat() == "2026-11-22T10:00:00.123000+08:00"
    assert isinstance(real.clock, SystemClock)
    assert abs(real.clock.now() - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)


def test_the_clock_of_a_running_demo_can_move(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file `now` of a demo folder is read at each call, so time can pass while a server runs."""
    monkeypatch.delenv("MINGZE_NOW", raising=False)
    clock = DemoClock(tmp_path)
    for said in ("2026-11-22T10:00:00+08:00", "2026-12-31T10:00:00+08:00"):
        (tmp_path / "now").write_text(said)
        assert clock.now() == dt.datetime.fromisoformat(said)
    (tmp_path / "now").write_text("2026-11-22 at ten")
    with pytest.raises(InstanceError) as raised:
        clock.now()
    assert code_of(raised) == "not_an_instant"


def test_the_district_of_the_demo_reads() -> None:
    """The offices shipped are found by name, alias, function and topic, and their posts by id."""
    offices = read_offices(SEED)
    housing = offices.by_name("区住建局")
    assert housing is not None and housing.id == "zjj"
    assert offices.by_name(" 住房城乡建设局 ") == housing
    assert offices.by_name("区气象局") is None
    assert [getattr(offices.for_function(name), "id", None) for name in ("intake", "supervision", "verification")] == [
        "zwzx",
        "dcs",
        "tjj",
    ]
    assert getattr(offices.competent_for("water"), "id", None) == "slj"
    assert offices.competent_for("weather") is None
    assert offices.post("zjj.handler").functions == ("handler",)
    assert [office.id for office in offices.superiors_of("zjj")] == ["qzf"]


@pytest.mark.parametrize(
    ("old", "new", "code", "quoted"),
    [
        ("superior: qzf", "superior: qzx", "unknown_office", "superior: qzx"),
        ("functions: [intake]", "functionz: [intake]", "unknown_key", "functionz: [intake]"),
        ("functions: [intake]", "functions: [Spying on]", "bad_id", "functions: [Spying on]"),
        ("\ncompetences:", "\noffices: {}\ncompetences:", "duplicate_key", "offices: {}"),
        ("office: jyj}", "office: nope}", "unknown_office", "office: nope}"),
        ("  jyj:\n", "  jyj-2:\n", "bad_id", "  jyj-2:"),
        ("aliases: [教育局]", "aliases: [民政局]", "name_twice", None),
        ("aliases: [政府办]", "aliases: [政府办]\n    superior: dcs", "superior_circle", "superior: dcs"),
        ("aliases: [教育局]", "aliases: 教育局", "wrong_type", "aliases: 教育局"),
    ],
)
def test_a_wrong_line_in_the_offices_is_named(old: str, new: str, code: str, quoted: str | None) -> None:
    """Each kind of mistake in authority.yaml is reported with the very line it stands on."""
    text = SEED.replace(old, new, 1)
    with pytest.raises(OfficesError) as raised:
        read_offices(text)
    first = next(fault for fault in raised.value.faults if fault.code == code)
    if quoted is not None:
        assert quoted in text.splitlines()[first.line - 1]
