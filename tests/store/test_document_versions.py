"""A new version of a published document: promises go on in their cases, changes and drops are said with a reason."""

from __future__ import annotations

import pytest

from mingze.casework import Refused
from mingze.store import Register, ReviewRefused
from mingze.store.documents import Document, VersionChange
from tests.store.town import CHIEF, SUPERVISOR, Town

OLD = """2026年民生实事安排
一、生活
区民政局年底前新开助餐点12个。
区教育局9月20日前制定错峰放学方案。
区水利局10月底前清理河道8公里。
二、出行
区交通运输局12月底前在21所学校门口划定接送区。
"""
NEW = """2026年民生实事安排（调整）
一、出行
区交通运输局12月底前在21所学校门口划定接送区。
二、生活
区民政局年底前新开助餐点15个。
区教育局11月20日前制定错峰放学方案。
区住房城乡建设局年底前更换楼道灯300盏。
"""


def at_head(register: Register, document_id: str) -> Document:
    found = register.documents.get(document_id)
    assert found is not None
    return found


def publish(register: Register, document_id: str) -> list[str]:
    """Accept what is open, let the head confirm, and publish; the numbers of the cases that opened."""
    for row in at_head(register, document_id).pending:
        register.documents.accept(document_id, row.row_id, SUPERVISOR, expected_n=row.n)
    register.documents.confirm_all(document_id, CHIEF)
    return [one.case_id for one in register.documents.publish(document_id, CHIEF)]


def two_versions(register: Register) -> tuple[str, str]:
    """The first version published, the second one added."""
    first = register.documents.add(OLD, "2026年民生实事安排", 2026, SUPERVISOR)
    publish(register, first)
    return first, register.documents.add(NEW, "2026年民生实事安排（调整）", 2026, SUPERVISOR, replaces=first)


def change_of(register: Register, document_id: str, words: str) -> VersionChange:
    return next(
        one
        for one in register.documents.changes(document_id)
        if any(row is not None and words in row.quote for row in (one.old, one.new))
    )


def explain(register: Register, second: str) -> None:
    """Say why each promise changed and why one is gone."""
    for words in ("助餐点", "错峰"):
        change = change_of(register, second, words)
        assert change.old is not None and change.new is not None
        register.documents.continues(
            second, change.new.row_id, change.old.row_id, SUPERVISOR, expected_n=change.new.n, reason="资金到位后调整"
        )
    gone = change_of(register, second, "河道").old
    assert gone is not None
    register.documents.drop(second, gone.row_id, SUPERVISOR, reason="改由市里统一实施")


def test_every_promise_of_both_versions_is_listed_once_with_what_changed(town: Town) -> None:
    """Words that moved, a changed target, a changed date, a dropped and a new promise are told apart."""
    register = town.open()
    _, second = two_versions(register)
    kinds = {
        words: change_of(register, second, words).kinds for words in ("接送区", "助餐点", "错峰", "河道", "楼道灯")
    }
    assert kinds == {
        "接送区": ("moved",),
        "助餐点": ("target",),
        "错峰": ("date",),
        "河道": ("dropped",),
        "楼道灯": ("new",),
    }
    assert [one.waits for one in register.documents.changes(second)].count(True) == 3
    assert at_head(register, second).head.version == 2


def test_a_version_is_published_only_when_each_change_is_explained(town: Town) -> None:
    """Unexplained changes hold it back; a reason is asked for; what was said is undone before publishing."""
    register = town.open()
    _, second = two_versions(register)
    with pytest.raises(ReviewRefused) as refused:
        publish(register, second)
    assert (refused.value.code, refused.value.values["changes"]) == ("not_ready", 3)
    change = change_of(register, second, "助餐点")
    assert change.old is not None and change.new is not None
    with pytest.raises(ReviewRefused, match="reason_missing"):
        register.documents.continues(
            second, change.new.row_id, change.old.row_id, SUPERVISOR, expected_n=change.new.n, reason=" "
        )
    explain(register, second)
    assert not any(one.waits for one in register.documents.changes(second))
    register.documents.undo(second, SUPERVISOR)
    assert change_of(register, second, "河道").waits


def test_cases_go_on_with_the_change_beside_the_first_words(town: Town) -> None:
    """No promise gets a second case: a changed one has an event with reason and version, a moved one points to its new
    place, a dropped one says so and stays open."""
    register = town.open()
    first, second = two_versions(register)
    explain(register, second)
    opened = publish(register, second)
    assert len(opened) == 1, "only the new promise is a new case"
    cases = {row.words: register.case(row.row.case_id) for row in register.commitments().rows}
    assert len(cases) == 5
    meals = next(found for words, found in cases.items() if "助餐点15个" in words)
    assert meals is not None
    assert "12个" in meals.case.facts["words"] and "15" in meals.case.facts["new_indicator"]
    last = meals.events[-1].event
    assert (last.action, last.facts["reason"], last.facts["new_version"]) == ("amend", "资金到位后调整", 2)
    timetable = next(found for words, found in cases.items() if "错峰" in words)
    assert timetable is not None
    assert timetable.case.facts["deadline"] == "2026-09-20" and timetable.case.facts["new_until"] == "2026-11-20"
    assert timetable.case.clocks["deliver"].due == "2026-11-20"
    river = next(found for words, found in cases.items() if "河道" in words)
    assert river is not None and river.case.open and river.events[-1].event.action == "mark_dropped"
    moved = next(row for row in register.commitments().rows if "接送区" in row.words)
    assert moved.document_id == second and NEW[moved.start : moved.end] == moved.words
    place = register.documents.of_case(moved.row.case_id)
    assert place is not None and place[0].document_id == second
    assert len(register.commitments(document_id=first).rows) == 4, "the old version still shows what it promised"
    assert register.documents.newer(first) == second
    kept = {one.kinds for one in register.documents.changes(second)}
    assert kept == {("moved",), ("target",), ("date",), ("dropped",), ("new",)}, "told the same way afterwards"
    assert register.documents.publish(second, CHIEF)[0].case_id == opened[0], "publishing again gives the same case"


def test_a_later_date_needs_whoever_may_extend(town: Town) -> None:
    """If one change is refused nothing of the version is published."""
    register = town.open()
    _, second = two_versions(register)
    explain(register, second)
    for row in at_head(register, second).pending:
        register.documents.accept(second, row.row_id, SUPERVISOR, expected_n=row.n)
    register.documents.confirm_all(second, CHIEF)
    leaves = town.sql("SELECT count(*) FROM leaf")
    with pytest.raises(Refused, match="not_yours"):
        register.documents.publish(second, SUPERVISOR)
    assert town.sql("SELECT count(*) FROM leaf") == leaves
    assert at_head(register, second).head.state == "review"


def test_a_person_can_say_that_two_promises_are_not_the_same(town: Town) -> None:
    """Set apart, the old one is dropped and the new one gets a case of its own; no two rows go on from one promise."""
    register = town.open()
    _, second = two_versions(register)
    change = change_of(register, second, "助餐点")
    assert change.old is not None and change.new is not None
    register.documents.continues(second, change.new.row_id, "", SUPERVISOR, expected_n=change.new.n)
    assert [
        one.kinds for one in register.documents.changes(second) if one.old and one.old.row_id == change.old.row_id
    ] == [("dropped",)]
    lamps = change_of(register, second, "楼道灯").new
    assert lamps is not None
    register.documents.continues(
        second, lamps.row_id, change.old.row_id, SUPERVISOR, expected_n=lamps.n, reason="合并实施"
    )
    with pytest.raises(ReviewRefused, match="continued_twice"):
        register.documents.drop(second, change.old.row_id, SUPERVISOR, reason="不再做")
    with pytest.raises(ReviewRefused, match="continued_twice"):
        register.documents.continues(
            second, change.new.row_id, change.old.row_id, SUPERVISOR, expected_n=change.new.n + 1, reason="也算"
        )


def test_only_a_published_document_without_a_newer_version_is_replaced(town: Town) -> None:
    """A draft is changed in its review; a version that has a successor is not replaced twice."""
    register = town.open()
    first, second = two_versions(register)
    for replaces, code in ((second, "replaces_unpublished"), (first, "replaced_already"), ("none", "unknown_document")):
        with pytest.raises(ReviewRefused, match=code):
            register.documents.add(NEW, "又一版", 2026, SUPERVISOR, replaces=replaces)


def test_a_promise_that_goes_on_keeps_its_office_where_the_new_words_name_none(town: Town) -> None:
    """What the version before said and this one leaves out is taken over, and stands as a difference from the machine."""
    register = town.open()
    first, _ = two_versions(register)
    del first
    bare = register.documents.add(OLD, "另一份", 2026, SUPERVISOR)
    publish(register, bare)
    second = register.documents.add(
        OLD.replace("区民政局年底前", "年底前"), "另一份（二）", 2026, SUPERVISOR, replaces=bare
    )
    row = next(one for one in at_head(register, second).rows if "助餐点" in one.quote)
    assert row.row["lead_office"] == "mzj" and row.machine is not None and row.machine["lead_office"] == ""
    assert ("lead_office", "", "mzj") in row.differences
