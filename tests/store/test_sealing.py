"""Personal text: sealed under a key of one party in one case, opened only after the access record is durable."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mingze.casework import Actor, Refused
from mingze.store import Unavailable, Upload
from mingze.vault import KeyDestroyed, SealBroken, open_sealed, seal
from mingze.vault.sealing import derive, place
from tests.store.town import HANDLER, PROPOSER, SUPERVISOR, Town, writer_of

WORDS = {
    "matter": "植入的叙述七号：河边第三盏灯",
    "name": "植入的称呼十二",
    "contact": "planted.person.31@example.org",
}
FILE = Upload("attachments", "planted-file-name-88.txt", "text/plain", b"planted bytes of the file 5501")
ANSWER = "植入的答复四十四"


def everything_on_disk(town: Town) -> bytes:
    """Every byte the instance keeps: databases, write-ahead logs, evidence, ledger; for PostgreSQL every row as text."""
    out = [path.read_bytes() for path in sorted(town.folder.rglob("*")) if path.is_file()]
    if town.postgres:
        tables = town.sql(
            "SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema IN ('register', 'vault')"
        )
        for schema, table in tables:
            rows = town.sql(f"SELECT t::text FROM {schema}.{table} t")
            out += [row[0].encode() for row in rows]
            out += [
                value
                for row in town.sql(f"SELECT * FROM {schema}.{table}")
                for value in row
                if isinstance(value, bytes)
            ]
    return b"\n".join(out)


def test_no_narrative_contact_file_or_answer_is_on_the_disk_in_plaintext(town: Town) -> None:
    """Planted strings are found in no database file, log, evidence or ledger file, while they are in use or after."""
    register = town.open()
    filed = town.file(register, WORDS["matter"], fields={k: v for k, v in WORDS.items() if k != "matter"}, files=[FILE])
    town.accept(register, filed.case_id)
    town.answer(register, filed.case_id)
    register.act(filed.case_id, "say_unsolved", PROPOSER, {"own_words": ANSWER}, idempotency="say")
    register.publish()
    kept = everything_on_disk(town)
    town.close()
    kept += everything_on_disk(town)
    planted = [*WORDS.values(), FILE.name, FILE.data.decode(), ANSWER, "已经修好", filed.code]
    for text in planted:
        for form in (
            text.encode(),
            text.encode("utf-16-le"),
            text.encode("unicode_escape"),
            text.encode().hex().encode(),
        ):
            assert form not in kept, text
    assert filed.number.encode() in kept  # the search does find what is there in plaintext


def test_staff_reading_leaves_a_record_before_the_text_is_given(town: Town) -> None:
    """Opening sealed content records office, post, purpose and parts as an event with its leaf; the person sees it."""
    register = town.open()
    filed = town.file(register, WORDS["matter"], fields={"contact": WORDS["contact"]})
    town.accept(register, filed.case_id)
    opened = register.open_slots(filed.case_id, actor=HANDLER, purpose="handle", slots=["narrative"])
    assert opened == {(1, "narrative"): {"matter": WORDS["matter"]}}
    file = register.case(filed.case_id)
    assert file is not None
    [record] = file.reads
    assert (record.event.office, record.event.post) == ("zjj", "zjj.handler")
    assert record.event.facts == {"slots": ["1/narrative"], "purpose": "handle"}
    assert record.leaf_index == 2


def test_without_a_record_there_is_no_plaintext(town: Town) -> None:
    """When the access record cannot be written, nothing is opened."""
    register = town.open()
    filed = town.file(register)
    town.accept(register, filed.case_id)
    connection = writer_of(register)._connection
    connection.execute("SET default_transaction_read_only = on" if town.postgres else "PRAGMA query_only = on")
    with pytest.raises(Unavailable, match="read_only"):
        register.open_slots(filed.case_id, actor=HANDLER, purpose="handle")
    reader = town.open(write=False)
    with pytest.raises(Unavailable):
        reader.open_slots(filed.case_id, actor=HANDLER, purpose="handle")


@pytest.mark.parametrize(
    ("actor", "purpose", "code"),
    [
        (HANDLER, "", "purpose_missing"),
        (HANDLER, "  ", "purpose_missing"),
        (Actor("post", post="jyj.handler", office="jyj", functions=("handler",)), "look", "not_yours"),
        (None, "look", "not_yours"),
    ],
)
def test_who_has_no_part_or_no_purpose_opens_nothing(sqlite_town: Town, actor: Actor, purpose: str, code: str) -> None:
    """An office without a part in the case, or a post without a purpose, is refused and leaves no record."""
    register = sqlite_town.open()
    filed = sqlite_town.file(register)
    sqlite_town.accept(register, filed.case_id)
    with pytest.raises(Refused) as refused:
        register.open_slots(filed.case_id, actor=actor, purpose=purpose)
    assert refused.value.code == code
    file = register.case(filed.case_id)
    assert file is not None and file.reads == ()


def test_a_party_reads_its_own_content_without_a_record_and_nothing_of_another_party(town: Town) -> None:
    """The person who holds the code reads what is sealed under their key; another party of the procedure reads nothing."""
    register = town.open()
    filed = town.file(register, WORDS["matter"])
    assert register.open_slots(filed.case_id, actor=PROPOSER) == {(1, "narrative"): {"matter": WORDS["matter"]}}
    assert register.open_slots(filed.case_id, actor=Actor("party", party="somebody")) == {}
    file = register.case(filed.case_id)
    assert file is not None and file.reads == ()


def test_an_attachment_comes_back_as_it_was(town: Town) -> None:
    """A file is opened with its name, type and bytes; on the disk it stands under the digest of its ciphertext."""
    register = town.open()
    filed = town.file(register, files=[FILE, Upload("attachments", "../../etc/第二份.pdf", "application/pdf", b"%PDF")])
    opened = register.open_file(filed.case_id, 1, "attachment:1", PROPOSER)
    assert (opened.name, opened.type, opened.data) == (FILE.name, "text/plain", FILE.data)
    assert register.open_file(filed.case_id, 1, "attachment:2", PROPOSER).name == "第二份.pdf"
    with pytest.raises(Refused, match="unknown_file"):
        register.open_file(filed.case_id, 1, "attachment:3", PROPOSER)


def test_a_changed_or_missing_attachment_is_never_given_out(sqlite_town: Town) -> None:
    """A flipped bit in a stored file is found by its digest; a missing file is said to be gone."""
    register = sqlite_town.open()
    filed = sqlite_town.file(register, files=[FILE])
    [path] = [path for path in (sqlite_town.folder / "evidence").rglob("*") if path.is_file()]
    kept = path.read_bytes()
    path.write_bytes(kept[:40] + bytes([kept[40] ^ 1]) + kept[41:])
    with pytest.raises(Unavailable, match="gone"):
        register.open_file(filed.case_id, 1, "attachment:1", PROPOSER)
    path.unlink()
    with pytest.raises(Unavailable, match="gone"):
        register.open_file(filed.case_id, 1, "attachment:1", PROPOSER)


def test_destroying_a_partys_key_ends_its_content_for_ever_and_nothing_else(town: Town) -> None:
    """After erasure neither the person nor staff read the text; the case, its dates and its proof stay."""
    register = town.open()
    filed = town.file(register, WORDS["matter"])
    other = town.file(register, "another matter")
    town.accept(register, filed.case_id)
    assert register.vault.destroy(filed.case_id, "proposer", town.clock.now().isoformat())
    assert not register.vault.destroy(filed.case_id, "proposer", town.clock.now().isoformat())
    assert register.open_slots(filed.case_id, actor=PROPOSER) == {(1, "narrative"): None}
    assert register.open_slots(other.case_id, actor=PROPOSER) == {(1, "narrative"): {"matter": "another matter"}}
    with pytest.raises(Refused, match="erased"):
        town.answer(register, filed.case_id)
    assert register.proof(filed.case_id, 1)
    assert register.by_code(filed.code) == filed.case_id


def test_a_destroyed_key_is_not_left_in_the_vaults_file_or_its_log(sqlite_town: Town) -> None:
    """The wrapped key is overwritten, in the database file and in the write-ahead log."""
    register = sqlite_town.open()
    filed = sqlite_town.file(register)
    vault = sqlite3.connect(sqlite_town.folder / "vault.sqlite3")
    row = vault.execute("SELECT wrapped FROM data_key WHERE case_id = ?", (filed.case_id,)).fetchone()
    wrapped = row[0]
    vault.close()
    register.vault.destroy(filed.case_id, "proposer", "2026-09-14")
    for path in sqlite_town.folder.glob("vault.sqlite3*"):
        assert wrapped not in path.read_bytes()


def test_a_sealed_text_moved_to_another_place_does_not_open(sqlite_town: Town) -> None:
    """Ciphertext is bound to its table, row, column, key and suite; a bit changed anywhere is refused too."""
    key = AESGCM(derive(b"k" * 32, b"test"))
    where = place("slot", "a/b/c", "sealed", "key1")
    sealed = seal(key, b"text", where)
    assert open_sealed(key, sealed, where) == b"text"
    moved = [
        place("event", "a/b/c", "sealed", "key1"), place("slot", "a/b/d", "sealed", "key1"),
        place("slot", "a/b/c", "body", "key1"), place("slot", "a/b/c", "sealed", "key2"),
    ]  # fmt: skip
    for other in moved:
        with pytest.raises(SealBroken, match="seal_broken"):
            open_sealed(key, sealed, other)
    for at in range(1, len(sealed)):
        with pytest.raises(SealBroken, match="seal_broken"):
            open_sealed(key, sealed[:at] + bytes([sealed[at] ^ 4]) + sealed[at + 1 :], where)
    for wrong in (b"", b"\x01", b"\x02" + sealed[1:]):
        with pytest.raises(SealBroken, match="suite_unknown"):
            open_sealed(key, wrong, where)


def test_two_threads_that_need_the_same_new_key_get_one(town: Town) -> None:
    """However many ask at once for a party's first key, one is made and all seal under it."""
    register = town.open()
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: register.vault.ensure("case", "record", "now").key_id, range(16)))
    assert len(set(keys)) == 1
    register.vault.destroy("case", "record", "now")
    with pytest.raises(KeyDestroyed):
        register.vault.ensure("case", "record", "now")


def test_another_kek_opens_nothing(sqlite_town: Town) -> None:
    """With the wrong key-encryption key neither events nor texts can be read, and nothing is guessed."""
    from mingze.store import Keys

    filed = sqlite_town.file(sqlite_town.open())
    sqlite_town.close()
    register = sqlite_town.open(keys=Keys(receipt=b"r" * 32, kek=b"x" * 32))
    with pytest.raises(SealBroken):
        register.case(filed.case_id)


def test_evidence_of_a_commitment_is_open_to_everyone(sqlite_town: Town) -> None:
    """A case of an open procedure has no person in it: its evidence is opened without a record."""
    from tests.store.test_documents import published

    register = sqlite_town.open()
    [filed, *_] = published(register)
    lead = Actor("post", post="jtj.handler", office="jtj", functions=("handler",))
    register.act(filed.case_id, "accept", lead, idempotency="1")
    evidence = Upload("evidence", "record.pdf", "application/pdf", b"%PDF-1.7")
    register.act(filed.case_id, "report_progress", lead, {"progress": "完成9处"}, [evidence], idempotency="2")
    assert register.open_file(filed.case_id, 3, "attachment:1").data == b"%PDF-1.7"
    file = register.case(filed.case_id)
    assert file is not None and file.reads == ()
    assert SUPERVISOR.office in file.case.offices.values()
    assert Path(sqlite_town.folder / "evidence").is_dir()
