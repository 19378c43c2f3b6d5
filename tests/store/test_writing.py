"""One command is one transaction; repeated, it is one matter; two at once, one wins and the other is told."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from mingze.casework import Refused, replay
from mingze.ledger import Edge, parse_checkpoint, verify_receipt
from mingze.store import Register, Unavailable
from mingze.store.tree import fetch_nodes
from tests.store.town import CLERK, HANDLER, PROPOSER, SetClock, Town, writer_of

TABLES = (
    "case_file",
    "case_office",
    "event",
    "leaf",
    "slot",
    "idempotency",
    "receipt_code",
    "number_counter",
    "notice",
)


def counts(town: Town) -> dict[str, int]:
    return {table: town.sql(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}


def check_log(register: Register) -> int:
    """The checker: from storage alone, every leaf is there once, in order, and the stored tree is the tree of the leaves."""
    with register.readers() as connection:
        rows = connection.execute(
            "SELECT leaf_index, nodes FROM leaf WHERE authority = ? ORDER BY leaf_index", (register.authority,)
        ).fetchall()
        indices = [row[0] for row in rows]
        assert indices == list(range(len(rows)))
        edge, nodes = Edge().append([bytes(row[1])[:32] for row in rows])
        node = fetch_nodes(connection, register.authority, [(level, index) for level, index, _ in nodes])
        assert all(node(level, index) == value for level, index, value in nodes)
        assert sum(len(bytes(row[1])) for row in rows) == 32 * len(nodes)
        events = connection.execute("SELECT leaf_index FROM event ORDER BY leaf_index").fetchall()
        assert [row[0] for row in events] == indices
    return edge.size


def check_cases(register: Register) -> int:
    """Every case row is what its events add up to, and each event follows the one before."""
    page = register.cases(None, None, 200)
    for row in page.rows:
        file = register.case(row.case_id)
        assert file is not None
        assert replay(file.procedure, [stored.event for stored in file.events]) == file.case
        assert [stored.event.n for stored in file.events] == list(range(1, file.case.n + 1))
    return len(page.rows)


def test_a_filing_leaves_case_event_leaf_and_receipt_together(town: Town) -> None:
    """One filing is one case, one event, one leaf, one idempotency row and one receipt code."""
    register = town.open()
    filed = town.file(register, fields={"contact": "person@example.org"})
    assert counts(town) == {
        "case_file": 1, "case_office": 2, "event": 1, "leaf": 1, "slot": 2, "idempotency": 1, "receipt_code": 1,
        "number_counter": 1, "notice": 0,
    }  # fmt: skip
    assert register.by_code(filed.code) == filed.case_id
    assert filed.number == "明源建〔2026〕0001号"
    assert check_log(register) == 1


class _Fails:
    """A connection that breaks at one point, before or after the statement takes effect."""

    def __init__(self, inner, point: str, after: bool) -> None:
        self._inner, self._point, self._after = inner, point, after

    def __getattr__(self, name: str):
        found = getattr(self._inner, name)
        if name != self._point:
            return found

        def broken(*values):
            if self._after:
                found(*values)
            error = (
                psycopg.OperationalError("cut") if self._inner.kind == "postgres" else sqlite3.OperationalError("cut")
            )
            if isinstance(error, sqlite3.OperationalError):
                error.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise error

        return broken


@pytest.mark.parametrize("point", ["begin", "write_and_commit"])
def test_a_fault_before_the_commit_leaves_nothing(town: Town, point: str) -> None:
    """When writing or committing fails, no table has a row of the command, and repeating it is a first time."""
    register = town.open()
    before = counts(town)
    writer = writer_of(register)
    inner = writer._connection
    writer._connection = _Fails(inner, point, after=False)
    with pytest.raises(Unavailable):
        town.file(register, form_key="once")
    writer._connection = inner
    assert counts(town) == before
    filed = town.file(register, form_key="once")
    assert not filed.repeated and filed.number.endswith("0001号")
    assert check_log(register) == 1


def test_a_commit_whose_answer_is_lost_is_found_again_by_its_key(town: Town) -> None:
    """If the commit took effect but its answer never came, repeating the filing gives the same case and receipt."""
    register = town.open()
    writer = writer_of(register)
    inner = writer._connection
    writer._connection = _Fails(inner, "write_and_commit", after=True)
    with pytest.raises(Unavailable):
        town.file(register, form_key="once")
    writer._connection = inner
    register._book.forget()
    filed = town.file(register, form_key="once")
    assert filed.repeated and counts(town)["case_file"] == 1 and register.by_code(filed.code) == filed.case_id


def test_the_same_form_sent_by_many_threads_is_one_case_with_one_receipt(town: Town) -> None:
    """Twenty threads send one form: one case, one number, the same code for all, and exactly one of them was first."""
    register = town.open()
    with ThreadPoolExecutor(20) as pool:
        filed = list(pool.map(lambda _: town.file(register, form_key="once"), range(20)))
    assert len({(one.case_id, one.number, one.code) for one in filed}) == 1
    assert sum(not one.repeated for one in filed) == 1
    assert counts(town)["case_file"] == counts(town)["receipt_code"] == 1


def test_a_repeated_action_gets_the_first_answer(town: Town) -> None:
    """An action sent again with its key is not taken again, even after the case has moved on."""
    register = town.open()
    filed = town.file(register)
    first = town.accept(register, filed.case_id, idempotency="k", expected_n=1)
    town.answer(register, filed.case_id)
    again = town.accept(register, filed.case_id, idempotency="k", expected_n=1)
    assert again.repeated and not first.repeated
    assert (again.n, again.leaf_index) == (first.n, first.leaf_index)


def test_of_two_clerks_one_wins_and_the_other_is_told_what_happened(town: Town) -> None:
    """Both act on what they saw; the second is told which action came first, by which office and post, and when."""
    register = town.open()
    filed = town.file(register)
    results: list[object] = []
    ready = threading.Barrier(2)

    def act(office: str) -> None:
        ready.wait()
        try:
            results.append(town.accept(register, filed.case_id, expected_n=1, offices={"competent_office": office}))
        except Refused as refused:
            results.append(refused)

    threads = [threading.Thread(target=act, args=(office,)) for office in ("zjj", "jtj")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = next(result for result in results if isinstance(result, Refused))
    assert sum(isinstance(result, Refused) for result in results) == 1
    assert refused.code == "case_moved_on"
    assert refused.values["first_action"] == "accept"
    assert (refused.values["first_office"], refused.values["first_post"]) == ("zwzx", "zwzx.clerk")
    assert refused.values["first_at"] == town.clock.now()
    assert counts(town)["event"] == 2


def test_somebody_reading_the_case_does_not_make_an_action_fail(town: Town) -> None:
    """An access record between seeing and acting is no reason to refuse the action."""
    register = town.open()
    filed = town.file(register)
    town.accept(register, filed.case_id)
    register.open_slots(filed.case_id, actor=HANDLER, purpose="handle")
    assert town.answer(register, filed.case_id, expected_n=2).n == 4


def test_a_refused_command_in_a_batch_fails_alone(town: Town) -> None:
    """Of many commands in flight, those refused leave no trace and the others are all written."""
    register = town.open()
    cases = [town.file(register).case_id for _ in range(8)]

    def accept(number: int) -> str:
        wrong = number % 2
        try:
            office = {"competent_office": "zjj"} if not wrong else {"unknown_role": "zjj"}
            town.accept(register, cases[number // 2], offices=office, idempotency=f"{number}")
        except Refused as refused:
            return refused.code
        return "done"

    with ThreadPoolExecutor(16) as pool:
        done = list(pool.map(accept, range(16)))
    assert done.count("done") == 8
    assert counts(town)["event"] == 16
    assert check_log(register) == 16 and check_cases(register) == 8


def test_a_writer_whose_memory_is_stale_finds_its_place_again(town: Town) -> None:
    """When the database contradicts what the writer remembers of log and cases, it reads again and nothing is refused."""
    register = town.open()
    filed = town.file(register)
    frontier, cases = register._book.frontier, dict(register._book.cases)
    town.accept(register, filed.case_id)
    register.readers.up_to_date()
    town.sql("CREATE TABLE other (n INTEGER)")  # SQLite tells the writer that somebody else has written
    register._book.frontier = frontier
    register._book.cases.update(cases)
    assert town.file(register).leaf_index == 2
    town.sql("INSERT INTO other VALUES (1)")
    register._book.cases.update(cases)
    register.open_slots(filed.case_id, actor=CLERK, purpose="handle")
    file = register.case(filed.case_id)
    assert file is not None and [stored.event.type for stored in file.events] == ["acted", "acted", "read"]
    assert check_log(register) == 4 and check_cases(register) == 2


def test_leaf_indices_have_no_gap_and_the_tree_verifies_under_concurrency(town: Town) -> None:
    """Threads filing, accepting and being refused leave a dense log whose stored nodes are those of its leaves."""
    register = town.open()

    def life(number: int) -> None:
        filed = town.file(register, form_key=f"life-{number}")
        town.accept(register, filed.case_id, idempotency="a")
        with pytest.raises(Refused):
            town.accept(register, filed.case_id, idempotency="b")
        register.open_slots(filed.case_id, actor=HANDLER, purpose="handle")
        if number % 3 == 0:
            register.publish()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(life, range(24)))
    assert check_log(register) == 72
    assert check_cases(register) == 24
    numbers = sorted(row.number for row in register.cases(None, None, 200).rows)
    assert numbers == [f"明源建〔2026〕{count:04d}号" for count in range(1, 25)]


def test_every_event_has_a_proof_that_verifies(town: Town) -> None:
    """Whatever was published when, each event's proof file leads to a signed root."""
    register = town.open()
    cases = [town.file(register).case_id for _ in range(5)]
    register.publish()
    for case_id in cases:
        town.accept(register, case_id)
    for case_id in cases:
        for n in (1, 2):
            outcome = verify_receipt(register.proof(case_id, n))
            assert outcome.outcome == "unkeyed" and outcome.failed is None
    assert parse_checkpoint(register.checkpoint()).checkpoint.size == 10
    with pytest.raises(Refused, match="unknown_event"):
        register.proof(cases[0], 3)


def test_what_the_database_holds_survives_closing_and_opening(town: Town) -> None:
    """A register opened again goes on with the next number, the next leaf and the same tree."""
    register = town.open()
    first = town.file(register, form_key="a")
    town.close()
    register = town.open()
    assert town.file(register, form_key="a").case_id == first.case_id
    second = town.file(register, form_key="b")
    assert (second.number, second.leaf_index) == ("明源建〔2026〕0002号", 1)
    town.accept(register, first.case_id, expected_n=1)
    assert check_log(register) == 3 and check_cases(register) == 2


def test_events_cannot_be_changed_or_removed_even_by_the_database_owner(town: Town) -> None:
    """The database itself refuses UPDATE and DELETE on events, leaves and sealed texts."""
    register = town.open()
    town.file(register)
    for table in ("event", "leaf", "slot"):
        for statement in (f"UPDATE {table} SET authority = 'x'", f"DELETE FROM {table}"):
            with pytest.raises((sqlite3.Error, psycopg.Error), match="refused"):
                town.sql(statement)
    assert counts(town)["event"] == 1


def test_a_case_stays_pinned_to_the_procedure_it_was_opened_under(town: Town) -> None:
    """After the procedure's files change, old cases go on under the old text, and new ones get the new."""
    from mingze import resources
    from mingze.procedure import read_procedure

    register = town.open()
    old = town.file(register)
    town.close()
    folder = next(path for path in resources.procedure_folders() if path.name == "suggestion")
    texts = dict(resources.procedure_texts(folder))
    texts["procedure.yaml"] = texts["procedure.yaml"].replace("en: Being handled", "en: Under consideration")
    changed = dict(resources.load_procedures()) | {"suggestion": read_procedure(texts)}
    register = town.open(procedures=changed)
    register.library.install(changed.values())
    new = town.file(register)
    for filed, words in ((old, "Being handled"), (new, "Under consideration")):
        town.accept(register, filed.case_id)
        file = register.case(filed.case_id)
        assert file is not None and file.procedure.stages["handling"].en == words
        assert {stored.event.procedure["hash"] for stored in file.events} == {file.case.procedure_hash}
    town.close()
    reader = town.open(procedures=changed, write=False)
    file = reader.case(old.case_id)
    assert file is not None and file.procedure.stages["handling"].en == "Being handled"
    missing = "DELETE FROM procedure_version"
    with pytest.raises((sqlite3.Error, psycopg.Error), match="refused"):
        town.sql(missing)


def test_a_clock_set_back_does_not_stop_the_work(town: Town) -> None:
    """When the machine's clock jumps back, the next event is recorded at the time of the one before it."""
    register = town.open()
    filed = town.file(register)
    before = town.clock.now()
    town.clock.advance(days=-3)
    town.accept(register, filed.case_id)
    file = register.case(filed.case_id)
    assert file is not None and file.events[1].event.recorded_at == before


def test_a_code_is_read_however_it_is_typed_and_nothing_else_is_found(town: Town) -> None:
    """Lower case, spaces, O and I are forgiven; a wrong or malformed code finds nothing and raises nothing."""
    register = town.open()
    filed = town.file(register)
    typed = " ".join(filed.code[at : at + 4] for at in range(0, 24, 4)).lower().replace("0", "o").replace("1", "l")
    assert register.by_code(typed) == filed.case_id
    for wrong in ("", "x", "U" * 24, "0" * 24, filed.code[:-1], "'; DROP TABLE event", "\x00" * 24):
        assert register.by_code(wrong) is None


def test_one_authority_does_not_see_the_cases_of_another(town: Town) -> None:
    """Two authorities in one database have logs, numbers and cases of their own."""
    from mingze.store.register import Register as Opened

    register = town.open()
    filed = town.file(register)
    town.close()
    from tests.store.town import Mingyuan

    class Other(Mingyuan):
        pass

    other_register = Opened.open(
        town.place, Other("qinghe", "青禾"), keys=_keys(), clock=SetClock(), procedures=register.procedures,
        calendar=register.calendar, offices=register.offices, origin="log.qinghe.example/1", log_seed=b"q" * 32,
        folder=town.folder / "other",
    )  # fmt: skip
    try:
        assert other_register.case(filed.case_id) is None
        assert other_register.by_code(filed.code) is None
        assert other_register.cases().rows == ()
        made = town.file(other_register, form_key="new")
        assert (made.number, made.leaf_index) == ("青禾建〔2026〕0001号", 0)
        with pytest.raises(Refused, match="unknown_case"):
            other_register.act(filed.case_id, "accept", CLERK, idempotency="1")
        with pytest.raises(Refused, match="unknown_case"):
            other_register.open_slots(filed.case_id, actor=PROPOSER)
    finally:
        other_register.close()


def _keys():
    from mingze.store import Keys

    return Keys(receipt=b"o" * 32, kek=b"p" * 32)
