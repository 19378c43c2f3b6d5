"""A document's review: nothing silently dropped, every step kept and undoable, one case for each accepted promise."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from mingze.casework import Refused
from mingze.store import Filed, Register, ReviewRefused, migrate
from mingze.store.documents import Document, ReviewRow
from mingze.store.schema import _migrate_part
from tests.store.town import CHIEF, CLERK, SUPERVISOR, Town

TEXT = (
    "2026年下半年工作安排\n"
    "一、出行\n"
    "10月底前，区交通运输局在21所学校门口划定接送区。区教育局9月20日前制定错峰放学方案。\n"
    "二、生活\n"
    "对经常投诉的住户建立画像，分级预警。\n"
    "区民政局年底前新开助餐点12个。\n"
)


def added(register: Register, **more: str) -> Document:
    document = register.documents.get(register.documents.add(TEXT, "2026年下半年工作安排", 2026, SUPERVISOR, **more))
    assert document is not None
    return document


def accept_all(register: Register, document: Document) -> None:
    for row in document.pending:
        register.documents.accept(document.head.document_id, row.row_id, SUPERVISOR, expected_n=row.n)


def confirm(register: Register, document: Document) -> None:
    register.documents.confirm_all(document.head.document_id, CHIEF)


def published(register: Register) -> list[Filed]:
    document = added(register)
    accept_all(register, document)
    confirm(register, document)
    return register.documents.publish(document.head.document_id, SUPERVISOR)


def again(register: Register, document: Document) -> Document:
    found = register.documents.get(document.head.document_id)
    assert found is not None
    return found


def row_with(document: Document, words: str) -> ReviewRow:
    return next(
        row for row in document.rows if words in row.quote and row.state in ("proposed", "accepted", "excluded")
    )


def test_a_document_is_kept_as_read_with_every_sentence_in_one_state(town: Town) -> None:
    """Text, machine's proposal and sentence states come back as they went in; offices are resolved where known."""
    register = town.open()
    document = added(register)
    assert document.text == TEXT
    assert "".join(one.text for one in document.sentences).replace("\n", "") == TEXT.replace("\n", "")
    for row in document.rows:
        assert TEXT[row.start : row.end] == row.quote
    row = row_with(document, "接送区")
    assert (row.row["lead_office"], row.row["deadline_on"], row.edited) == ("jtj", "2026-10-31", False)
    assert {one.state for one in document.sentences} >= {"heading", "commitment", "excluded"}
    assert register.documents.get("none") is None


def test_adding_twice_with_one_key_is_one_document(town: Town) -> None:
    """A form sent twice makes one document."""
    register = town.open()
    assert added(register, idempotency="k").head == added(register, idempotency="k").head
    assert len(register.documents.list().rows) == 1


def test_publishing_opens_one_case_for_each_accepted_row_in_one_step_and_once(town: Town) -> None:
    """Accepted rows become cases with the exact words, the lead office and the deadline; again, the same cases."""
    register = town.open()
    document = added(register)
    accept_all(register, document)
    confirm(register, document)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: register.documents.publish(document.head.document_id, SUPERVISOR), range(4)))
    assert len({tuple(filed.case_id for filed in answer) for answer in answers}) == 1
    assert sum(not answer[0].repeated for answer in answers) == 1
    filed = answers[0]
    rows = [row for row in again(register, document).rows if row.state == "accepted"]
    assert [row.case_id for row in rows] == [one.case_id for one in filed] and len(filed) == len(rows) >= 3
    board = register.commitments().rows
    assert {one.words for one in board} == {row.quote for row in rows}
    first = next(one for one in board if "接送区" in one.words)
    assert (first.lead_office, first.deadline, first.row.stage) == ("jtj", "2026-10-31", "assigned")
    assert TEXT[first.start : first.end] == first.words
    assert first.row.title
    source = register.documents.of_case(first.row.case_id)
    assert source is not None and source[1].quote == first.words
    assert town.sql("SELECT count(*) FROM case_file") == [(len(rows),)]


def test_a_row_of_an_excluded_topic_never_becomes_a_case(town: Town) -> None:
    """It cannot be accepted, edited, split, merged with others or proposed anew, and publishing passes it by."""
    register = town.open()
    document = added(register)
    key, documents = document.head.document_id, register.documents
    row = row_with(document, "画像")
    assert (row.state, row.excluded_topic) == ("excluded", True)
    attempts = [
        lambda: documents.accept(key, row.row_id, SUPERVISOR, expected_n=0),
        lambda: documents.edit_row(key, row.row_id, {"title": "x"}, SUPERVISOR, expected_n=0),
        lambda: documents.split(key, row.row_id, [row.start + 5], SUPERVISOR, expected_n=0),
        lambda: documents.add_row(key, row.start, row.end, SUPERVISOR),
    ]
    for attempt in attempts:
        with pytest.raises(ReviewRefused, match="excluded_never"):
            attempt()
    around = [row_with(document, "错峰"), row_with(document, "助餐")]
    with pytest.raises(ReviewRefused, match="excluded_never"):
        documents.merge(key, [one.row_id for one in around], SUPERVISOR, expected_n={one.row_id: 0 for one in around})
    accept_all(register, document)
    confirm(register, document)
    town.sql("UPDATE review_row SET state = 'accepted' WHERE row_id = ?", (row.row_id,))
    documents.publish(key, SUPERVISOR)
    assert row_with(again(register, document), "画像").case_id is None
    assert all("画像" not in one.words for one in register.commitments().rows)


def test_a_person_can_exclude_a_row_and_undo_it(town: Town) -> None:
    """What the machine missed a person can take out; undoing brings the row back as it was."""
    register = town.open()
    document = added(register)
    key, row = document.head.document_id, row_with(document, "接送区")
    register.documents.exclude(key, row.row_id, SUPERVISOR, expected_n=0, reason="不立项")
    with pytest.raises(ReviewRefused, match="excluded_never"):
        register.documents.accept(key, row.row_id, SUPERVISOR, expected_n=1)
    register.documents.undo(key, SUPERVISOR)
    back = row_with(again(register, document), "接送区")
    assert (back.state, back.excluded_topic, back.n) == ("proposed", False, 2)


def test_a_row_changed_meanwhile_is_not_overwritten(town: Town) -> None:
    """The second reviewer is told which post changed the row, how and when."""
    register = town.open()
    document = added(register)
    key, row = document.head.document_id, row_with(document, "接送区")
    register.documents.edit_row(key, row.row_id, {"lead_office": "zjj"}, SUPERVISOR, expected_n=0)
    with pytest.raises(ReviewRefused) as refused:
        register.documents.accept(key, row.row_id, SUPERVISOR, expected_n=0)
    assert refused.value.code == "row_moved_on"
    assert refused.value.values["verb"] == "edit" and refused.value.values["post"] == "dcs.supervisor"
    assert refused.value.values["taken_at"] == town.clock.now()
    changed = row_with(again(register, document), "接送区")
    assert changed.edited and changed.machine is not None
    assert changed.machine["lead_office"] == "jtj" and changed.row["lead_office"] == "zjj"


def test_splitting_and_merging_keep_the_words_and_can_be_undone(town: Town) -> None:
    """Parts and wholes are exact stretches of the text; undoing twice leaves the row as the machine proposed it."""
    register = town.open()
    document = added(register)
    key, row = document.head.document_id, row_with(document, "接送区")
    cut = TEXT.index("，区交通运输局")
    parts = register.documents.split(key, row.row_id, [cut], SUPERVISOR, expected_n=0)
    assert [part.quote for part in parts] == ["10月底前", row.quote.split("，", 1)[1]]
    whole = register.documents.merge(
        key, [part.row_id for part in parts], SUPERVISOR, expected_n={part.row_id: 0 for part in parts}
    )
    assert whole.quote == row.quote and whole.from_rows == tuple(part.row_id for part in parts)
    register.documents.undo(key, SUPERVISOR)
    register.documents.undo(key, SUPERVISOR)
    back = row_with(again(register, document), "接送区")
    assert (back.row_id, back.row, back.state) == (row.row_id, row.row, "proposed")
    shown = [
        one for one in again(register, document).rows if one.state in ("proposed", "accepted", "excluded", "rejected")
    ]
    assert len(shown) == len(document.rows)
    for at in (row.start, row.end, -1):
        with pytest.raises(ReviewRefused, match="bad_split"):
            register.documents.split(key, row.row_id, [at], SUPERVISOR, expected_n=back.n)


def test_undo_walks_back_to_the_beginning_and_then_says_so(town: Town) -> None:
    """Each undo takes back the last step not taken back; when none is left it is refused."""
    register = town.open()
    document = added(register)
    key = document.head.document_id
    accept_all(register, document)
    steps = len(again(register, document).steps)
    for _ in range(steps):
        register.documents.undo(key, SUPERVISOR)
    with pytest.raises(ReviewRefused, match="nothing_to_undo"):
        register.documents.undo(key, SUPERVISOR)
    assert [row.state for row in again(register, document).rows] == [row.state for row in document.rows]
    assert len(again(register, document).steps) == 2 * steps


def test_a_rejected_row_shows_its_reason_at_its_sentence(town: Town) -> None:
    """The words stay visible with the reason; a rejection without one is refused."""
    register = town.open()
    document = added(register)
    key, row = document.head.document_id, row_with(document, "助餐")
    with pytest.raises(ReviewRefused, match="reason_missing"):
        register.documents.reject(key, row.row_id, SUPERVISOR, expected_n=0, reason=" \u200b ")
    register.documents.reject(key, row.row_id, SUPERVISOR, expected_n=0, reason="已在上年文件中")
    sentence = next(one for one in again(register, document).sentences if "助餐" in one.text)
    assert (sentence.state, sentence.reason) == ("rejected", "已在上年文件中")


def test_a_promise_the_machine_missed_can_be_added(town: Town) -> None:
    """A stretch of the text becomes a row; one that overlaps another row, or lies outside the text, does not."""
    register = town.open()
    document = added(register)
    key = document.head.document_id
    start = TEXT.index("一、出行")
    row = register.documents.add_row(key, start, start + 5, SUPERVISOR)
    assert (row.quote, row.state, row.machine) == ("一、出行", "proposed", None)
    taken = row_with(document, "接送区")
    for span in ((taken.start + 2, taken.end), (0, 0), (5, len(TEXT) + 1)):
        with pytest.raises(ReviewRefused, match="bad_span"):
            register.documents.add_row(key, *span, SUPERVISOR)


def test_what_is_not_ready_is_not_published_and_says_why(town: Town) -> None:
    """Undecided rows and accepted rows without a lead office hold the whole document back; no case is opened."""
    register = town.open()
    document = added(register)
    key = document.head.document_id
    accept_all(register, document)
    row = row_with(again(register, document), "接送区")
    register.documents.edit_row(key, row.row_id, {"lead_office": ""}, SUPERVISOR, expected_n=row.n)
    with pytest.raises(ReviewRefused) as refused:
        register.documents.publish(key, SUPERVISOR)
    assert refused.value.code == "not_ready"
    assert (refused.value.values["pending"], refused.value.values["without_lead"]) == (0, 1)
    assert town.sql("SELECT count(*) FROM case_file") == [(0,)]


def test_if_one_case_is_refused_none_is_opened(town: Town) -> None:
    """A post that may not assign opens nothing at all; once published, the review is over."""
    register = town.open()
    document = added(register)
    key = document.head.document_id
    accept_all(register, document)
    confirm(register, document)
    with pytest.raises(Refused, match="not_yours"):
        register.documents.publish(key, CLERK)
    assert town.sql("SELECT count(*) FROM case_file") == [(0,)] and town.sql("SELECT count(*) FROM leaf") == [(0,)]
    assert again(register, document).head.state == "review"
    register.documents.publish(key, SUPERVISOR)
    with pytest.raises(ReviewRefused, match="published_already"):
        register.documents.undo(key, SUPERVISOR)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"quote": "other words"}, "not_editable"),
        ({"lead_office": "nowhere"}, "lead_not_an_office"),
        ({"deadline_on": "2026-02-30"}, "bad_date"),
        ({"title": "a\x07b"}, "control_character"),
    ],
)
def test_what_a_row_cannot_say_is_refused(sqlite_town: Town, changes: dict[str, str], code: str) -> None:
    """The words, unknown offices, impossible dates and control characters are refused by name, and nothing changes."""
    register = sqlite_town.open()
    document = added(register)
    row = row_with(document, "接送区")
    with pytest.raises(ReviewRefused) as refused:
        register.documents.edit_row(document.head.document_id, row.row_id, changes, SUPERVISOR, expected_n=0)
    assert refused.value.code == code
    assert row_with(again(register, document), "接送区") == row


def test_the_steps_of_a_review_cannot_be_changed(town: Town) -> None:
    """Who decided what, and when, is a fact the database keeps."""
    register = town.open()
    accept_all(register, added(register))
    for statement in ("UPDATE review_step SET post = 'x'", "DELETE FROM review_step"):
        with pytest.raises((sqlite3.Error, psycopg.Error), match="refused"):
            town.sql(statement)


def test_the_board_is_paged_and_filtered_by_document_and_office(town: Town) -> None:
    """Pages of one row each show every promise once; filters show those of one office or one document."""
    register = town.open()
    published(register)
    seen, after = [], None
    while True:
        page = register.commitments(after=after, limit=1)
        seen += [one.row.case_id for one in page.rows]
        after = page.next
        if after is None:
            break
    assert len(seen) == len(set(seen)) == town.sql("SELECT count(*) FROM case_file")[0][0]
    assert {one.lead_office for one in register.commitments(office="mzj").rows} == {"mzj"}
    assert register.commitments(document_id="none").rows == ()
    assert register.commitments(show="closed").rows == ()
    town.clock.advance(days=60)
    assert register.commitments(show="overdue").rows


def test_the_parts_of_a_split_row_say_what_their_own_words_say(sqlite_town: Town) -> None:
    """Each part is read anew: its own figure, no other's; what a person said of the whole is kept for both."""
    register = sqlite_town.open()
    text = "区民政局年底前新开助餐点12个、新建社区食堂3个。\n"
    key = register.documents.add(text, "2026年安排", 2026, SUPERVISOR)
    found = register.documents.get(key)
    assert found is not None
    rows = [row for row in found.rows if row.state == "proposed"]
    if len(rows) > 1:
        whole = register.documents.merge(
            key, [row.row_id for row in rows], SUPERVISOR, expected_n={row.row_id: row.n for row in rows}
        )
    else:
        whole = rows[0]
    said = {"evidence_rule": "公布地址", "supporting_offices": ["bsz"]}
    whole = register.documents.edit_row(key, whole.row_id, said, SUPERVISOR, expected_n=whole.n)
    cut = text.index("、新建") + 1
    first, second = register.documents.split(key, whole.row_id, [cut], SUPERVISOR, expected_n=whole.n)
    assert ("12" in first.row["indicator"], "3个" in first.row["indicator"]) == (True, False)
    assert ("12" in second.row["indicator"], "3" in second.row["indicator"]) == (False, True)
    assert first.row["lead_office"] == second.row["lead_office"] == "mzj"
    assert [part.row["evidence_rule"] for part in (first, second)] == ["公布地址", "公布地址"]
    assert [part.row["supporting_offices"] for part in (first, second)] == [["bsz"], ["bsz"]]


def test_a_review_begun_in_version_2_knows_who_decided_after_the_upgrade(database: str, tmp_path: Path) -> None:
    """A row decided on before two pairs of eyes waits for a second post, and nobody confirms their own decision."""
    place = database or str(tmp_path)
    for part in ("register", "vault"):
        _migrate_part(place, part, 2)
    town = Town(place, tmp_path)
    town.sql(
        "INSERT INTO document (authority, document_id, title, year, version, replaces, sha256, body, blocks, machine,"
        " state, n, added_at, added_by, published_at, published_by) VALUES ('mingyuan', 'd', 't', 2026, 1, '', '', ?,"
        " '[]', '{}', 'review', 0, '2026-09-01T10:00:00+08:00', 'dcs.supervisor', '', '')",
        (TEXT,),
    )
    told = '{"quote": "一、出行", "start": 12, "end": 16, "title": "x", "lead_office": "jtj"}'
    for row_id, state in (("r-1", "accepted"), ("r-2", "proposed")):
        town.sql(
            "INSERT INTO review_row (authority, document_id, row_id, start_char, end_char, n, state, excluded_topic,"
            " reason, machine, current_row, from_rows, case_id) VALUES ('mingyuan', 'd', ?, 12, 16, 1, ?, 0, '', ?, ?,"
            " '[]', NULL)",
            (row_id, state, told, told),
        )
        town.sql(
            "INSERT INTO review_step (authority, document_id, step, row_id, verb, post, office, taken_at, before_rows,"
            " after_rows, undoes) VALUES ('mingyuan', 'd', ?, ?, 'accept', 'dcs.supervisor', 'dcs',"
            " '2026-09-01T10:00:00+08:00', '[]', '[]', 0)",
            (1 if row_id == "r-1" else 2, row_id),
        )
    migrate(place)
    register = town.open()
    decided = {row.row_id: row.decided_by for row in register.documents.rows("d")}
    assert decided == {"r-1": "dcs.supervisor", "r-2": ""}
    with pytest.raises(ReviewRefused, match="bulk_refused"):
        register.documents.confirm("d", {"r-1": 1}, SUPERVISOR)
    assert register.documents.confirm("d", {"r-1": 1}, CHIEF)[0].confirmed_by == "dcs.head"
    town.close()
