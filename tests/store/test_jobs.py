"""The passes over facts: run twice they do nothing twice, and what they could not do they do later."""

from __future__ import annotations

import datetime as dt
import sqlite3
import time

import pytest

from mingze import resources
from mingze.jobs import MailServer, Runner, mark_overdue, send_notices, settle_dates
from mingze.ledger import Edge, parse_checkpoint, parse_entry_bundle, parse_policy, tiles_of, verify_receipt, vkey
from mingze.store import PublishRefused, Unavailable
from mingze.store.outbox import BACKOFF_MINUTES
from mingze.terms import Calendar
from tests.outside import MailSink, free_port
from tests.store.test_writing import check_log
from tests.store.town import ORIGIN, PROPOSER, SEED, SHANGHAI, Town

ADDRESS = "person.17@example.org"
URL = "https://mingyuan.example"


def answered(town: Town, register, **fields: str) -> str:
    case_id = town.file(register, fields=fields).case_id
    town.accept(register, case_id)
    town.answer(register, case_id)
    return case_id


def test_a_notice_reaches_the_mail_server_exactly_once(
    town: Town, smtp: MailSink, caplog: pytest.LogCaptureFixture
) -> None:
    """Each event that tells the person is one message; passing again sends nothing; nothing of the matter is in it."""
    register = town.open()
    case_id = answered(town, register, contact=ADDRESS)
    server = MailServer(smtp.host, smtp.port, "noreply@mingyuan.example")
    assert send_notices(register, server, URL) == 2
    assert send_notices(register, server, URL) == 0
    assert len(smtp.messages) == 2 and len({message["Message-ID"] for message in smtp.messages}) == 2
    message = smtp.messages[0]
    payload = message.get_payload(decode=True)
    assert isinstance(payload, bytes)
    text = payload.decode()
    assert message["To"] == ADDRESS and "明源建〔2026〕0001号" in text and f"{URL}/case/" in text
    assert "路口" not in text and "已经修好" not in text
    assert [notice.state for notice in register.outbox.of_case(case_id)] == ["sent", "sent"]
    file = register.case(case_id)
    assert file is not None and [read.event.actor["kind"] for read in file.reads] == ["system"]
    # The sink in this process logs what it receives; what must be silent is our own log.
    ours = "".join(record.getMessage() for record in caplog.records if not record.name.startswith("mail."))
    assert ADDRESS not in ours and case_id not in ours


def test_without_an_address_nothing_is_owed(town: Town, smtp: MailSink) -> None:
    """A person who left a telephone number or nothing gets no message, and nothing of theirs is opened."""
    register = town.open()
    cases = [answered(town, register), answered(town, register, contact="13812345678")]
    assert send_notices(register, MailServer(smtp.host, smtp.port, "x@mingyuan.example"), URL) == 0
    for case_id in cases:
        file = register.case(case_id)
        assert file is not None and file.reads == () and register.outbox.of_case(case_id) == []


def test_a_mail_server_that_is_away_is_asked_again_later_and_in_the_end_given_up(town: Town, smtp: MailSink) -> None:
    """Nothing is lost while it is away; when it comes back the notice goes out; after the last attempt it is `failed`."""
    register = town.open()
    case_id = answered(town, register, contact=ADDRESS)
    away = MailServer("127.0.0.1", free_port(), "x@mingyuan.example")
    assert send_notices(register, away, URL) == 0
    server = MailServer(smtp.host, smtp.port, "x@mingyuan.example")
    assert send_notices(register, server, URL) == 0  # not before its time
    town.clock.advance(minutes=BACKOFF_MINUTES[0])
    assert send_notices(register, server, URL) == 2
    other = answered(town, register, contact=ADDRESS)
    for minutes in (*BACKOFF_MINUTES, 1):
        send_notices(register, away, URL)
        town.clock.advance(minutes=minutes)
    assert {notice.state for notice in register.outbox.of_case(other)} == {"failed"}
    assert {notice.state for notice in register.outbox.of_case(case_id)} == {"sent"}
    assert send_notices(register, MailServer(), URL) == 0


def test_a_period_that_has_run_out_is_recorded_once_on_the_day_after(town: Town) -> None:
    """On the last day nothing is recorded; the day after one event is, and passing again records no other."""
    register = town.open()
    case_id = town.file(register).case_id
    due = register.cases(None).rows[0].due
    town.clock.at = dt.datetime.fromisoformat(due + "T23:59:00+08:00")
    assert mark_overdue(register) == 0
    town.clock.advance(minutes=2)
    assert mark_overdue(register) == 1
    assert mark_overdue(register) == 0
    file = register.case(case_id)
    assert file is not None and file.case.overdue and file.row.marked_overdue
    assert file.events[-1].event.type == "lapsed" and file.events[-1].event.facts["due"] == due
    town.accept(register, case_id)
    after = register.case(case_id)
    assert after is not None and not after.case.overdue


def test_a_clock_the_procedure_ties_an_action_to_takes_that_action(town: Town) -> None:
    """When the person's time to reply has run, the case is closed by the clock, as the procedure says."""
    register = town.open()
    case_id = answered(town, register)
    town.clock.advance(days=200)
    assert mark_overdue(register) == 1
    file = register.case(case_id)
    assert file is not None and (file.row.stage, file.row.open) == ("closed", False)
    assert (file.events[-1].event.action, dict(file.events[-1].event.actor)) == (
        "rest",
        {"kind": "clock", "clock": "say"},
    )


def test_many_overdue_cases_are_marked_in_few_transactions(town: Town) -> None:
    """The pass works through more cases than fit one transaction."""
    from concurrent.futures import ThreadPoolExecutor

    register = town.open()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: town.file(register, form_key=f"many-{n}"), range(130)))
    town.clock.advance(days=90)
    assert mark_overdue(register) == 130
    assert check_log(register) == 260


def test_a_provisional_date_is_settled_when_the_calendar_covers_it(town: Town) -> None:
    """With a calendar up to 2025 a date in 2026 is provisional; with 2026 known it is settled once, by an event."""
    full = resources.load_calendar()
    short = Calendar([year for year in full.years if year.year < 2026], "cn")
    town.clock.at = dt.datetime(2025, 12, 24, 10, tzinfo=SHANGHAI)
    register = town.open(calendar=short)
    case_id = town.file(register).case_id
    town.accept(register, case_id)
    file = register.case(case_id)
    assert file is not None and file.row.provisional
    assert settle_dates(register) == 0
    town.close()
    town.clock.at = dt.datetime(2026, 1, 5, 10, tzinfo=SHANGHAI)
    register = town.open()
    assert settle_dates(register) == 1
    assert settle_dates(register) == 0
    settled = register.case(case_id)
    assert settled is not None and not settled.row.provisional and settled.events[-1].event.type == "settled"
    assert settled.row.due != file.row.due


def read_log(town: Town) -> int:
    """The checker: from the published files alone, every leaf leads to the signed root. Returns the size."""
    ledger = town.folder / "ledger"
    head = parse_checkpoint((ledger / "checkpoint").read_bytes())
    size = head.checkpoint.size
    leaves: list[bytes] = []
    nodes: dict[tuple[int, int], bytes] = {}
    for tile in tiles_of(size):
        content = (ledger / tile.path()).read_bytes()
        nodes |= {place: content[32 * at : 32 * at + 32] for at, place in enumerate(tile.nodes())}
        if tile.level == 0:
            entries = tile.path().replace("tile/0/", "tile/entries/")
            leaves += parse_entry_bundle((ledger / entries).read_bytes())
    from mingze.ledger import leaf_hash

    edge, complete = Edge().append([leaf_hash(leaf) for leaf in leaves])
    assert len(leaves) == size and edge.root() == head.checkpoint.root
    assert all(nodes.get((level, index), value) == value for level, index, value in complete)
    return size


def test_the_published_files_are_the_log(town: Town) -> None:
    """Tiles, entry bundles and checkpoint on disk verify alone; publishing again changes no byte; old partial tiles go."""
    register = town.open()
    assert register.publish() == 0 and register.checkpoint() == b""
    from concurrent.futures import ThreadPoolExecutor

    for size in (1, 3, 40, 256, 260):
        there = register.publish()
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda n: town.file(register, form_key=f"log-{n}"), range(there, size)))
        assert register.publish() == size == read_log(town)
    before = {path: path.stat().st_mtime_ns for path in (town.folder / "ledger").rglob("*")}
    register.publish()
    assert {path: path.stat().st_mtime_ns for path in (town.folder / "ledger").rglob("*")} == before
    assert not list((town.folder / "ledger").rglob("tile/0/000.p/*"))
    assert register.tile(0, 0) == (town.folder / "ledger/tile/0/000").read_bytes()
    assert register.entries(1, 4) == (town.folder / "ledger/tile/entries/001.p/4").read_bytes()
    assert register.tile(0, 1, 5) is None and register.tile(7, 0) is None


def test_a_proof_is_signed_by_the_authoritys_key(town: Town) -> None:
    """A reader who knows the log's key gets the answer `verified`."""
    register = town.open()
    case_id = answered(town, register)
    policy = parse_policy(f"log {vkey(ORIGIN, SEED)}\nquorum none\n".encode())
    assert verify_receipt(register.proof(case_id, 3), policy).outcome == "verified"


@pytest.mark.parametrize("after", [False, True], ids=["fails", "fails after taking effect"])
@pytest.mark.parametrize("step", ["durable_write", "signed", "record", "make_folders"])
def test_publishing_that_fails_at_any_step_is_made_good_by_the_next(
    sqlite_town: Town, monkeypatch: pytest.MonkeyPatch, step: str, after: bool
) -> None:
    """Each step fails, or fails after its effect: what is public verifies at once, and the next pass publishes the rest."""
    from mingze.store import publishing

    register = sqlite_town.open()
    sqlite_town.file(register)
    register.publish()
    for _ in range(3):
        sqlite_town.file(register)
    owner, name = {
        "record": (publishing.Publisher, "_record"),
        "signed": (publishing.Publisher, "_signed"),
        "make_folders": (publishing.Publisher, "_make_folders"),
    }.get(step, (publishing, step))
    real, times = getattr(owner, name), 0
    for wanted in range(1, 5):
        count = 0

        def broken(*values, wanted=wanted):
            nonlocal count, times
            count += 1
            if count < wanted:
                return real(*values)
            times += 1
            if after:
                real(*values)
            raise Unavailable("disk_full")

        with monkeypatch.context() as patch:
            patch.setattr(owner, name, broken)
            sqlite_town.file(register)
            try:
                register.publish()
            except Unavailable:
                assert read_log(sqlite_town) < 5 + wanted
        assert register.publish() == 4 + wanted == read_log(sqlite_town)
    assert times


def test_a_restored_older_database_is_not_signed(sqlite_town: Town) -> None:
    """When the database is shorter than what was published, nothing is signed and the published log stays as it is."""
    register = sqlite_town.open()
    sqlite_town.file(register)
    register.publish()
    copy = sqlite3.connect(sqlite_town.folder / "old.sqlite3")
    with sqlite3.connect(sqlite_town.folder / "register.sqlite3") as source:
        source.backup(copy)
    copy.close()
    sqlite_town.file(register)
    register.publish()
    sqlite_town.close()
    for name in ("register.sqlite3-wal", "register.sqlite3-shm"):
        (sqlite_town.folder / name).unlink(missing_ok=True)
    (sqlite_town.folder / "old.sqlite3").replace(sqlite_town.folder / "register.sqlite3")
    shown = (sqlite_town.folder / "ledger/checkpoint").read_bytes()
    register = sqlite_town.open()
    with pytest.raises(PublishRefused, match="log_shorter"):
        register.publish()
    sqlite_town.file(register, form_key="a different second leaf")
    with pytest.raises(PublishRefused, match="log_forked"):
        register.publish()
    assert (sqlite_town.folder / "ledger/checkpoint").read_bytes() == shown


def test_a_changed_public_file_is_named_and_nothing_is_signed(sqlite_town: Town) -> None:
    """A tile that is not what the database says is never overwritten in silence."""
    register = sqlite_town.open()
    sqlite_town.file(register)
    register.publish()
    (sqlite_town.folder / "ledger/checkpoint").unlink()
    (sqlite_town.folder / "ledger/tile/0/000.p/1").write_bytes(b"x" * 32)
    with pytest.raises(PublishRefused, match="tile_differs"):
        register.publish()


def test_the_runner_publishes_new_leaves_within_a_second(town: Town) -> None:
    """While it runs, what is acknowledged is under a signed checkpoint within a second; a failing pass is named."""
    register = town.open()
    runner = Runner(register, MailServer("127.0.0.1", free_port(), "x@mingyuan.example"), URL)
    runner.start()
    try:
        for _ in range(3):
            filed = town.file(register)
            began = time.monotonic()
            while parse_size(register) <= filed.leaf_index:
                assert time.monotonic() - began < 5
                time.sleep(0.02)
            assert time.monotonic() - began < 1.5
    finally:
        runner.stop()
    assert runner.trouble == {}
    done = runner.run_once()  # beside the three filings the register has declared how it is run
    assert done.items() >= {"settle": 0, "overdue": 0, "notices": 0}.items() and done["publish"] >= 3
    (town.folder / "ledger/checkpoint").write_bytes(b"not a checkpoint")
    runner.run_once()
    assert runner.trouble == {"publish": "log_forked"}
    assert PROPOSER.kind == "party"


def parse_size(register) -> int:
    note = register.checkpoint()
    return parse_checkpoint(note).checkpoint.size if note else 0
