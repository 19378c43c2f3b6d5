"""What people enter: kept as meant, or refused with the field and the reason before anything is sealed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingze import resources
from mingze.casework import Refused
from mingze.store import Invalid, Upload
from mingze.store.fields import FILE_LIMIT, clean_text
from tests.store.town import HANDLER, PROPOSER, Town

LONG = "字" * 4001


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({}, "matter", "missing"),
        ({"matter": ""}, "matter", "missing"),
        ({"matter": "   \n "}, "matter", "missing"),
        ({"matter": "\u200b\ufeff\u2060"}, "matter", "invisible_only"),
        ({"matter": "\u200d\u200c"}, "matter", "invisible_only"),
        ({"matter": LONG}, "matter", "too_long"),
        ({"matter": "钱\x00包"}, "matter", "control_character"),
        ({"matter": "钱\x1b[31m包"}, "matter", "control_character"),
        ({"matter": "钱\u202e包"}, "matter", "control_character"),
        ({"matter": "钱\ud800包"}, "matter", "control_character"),
        ({"matter": ["钱"]}, "matter", "not_text"),
        ({"matter": {"a": 1}}, "matter", "not_text"),
        ({"matter": "事", "name": "两\n行"}, "name", "line_break"),
        ({"matter": "事", "contact": "not an address"}, "contact", "bad_contact"),
        ({"matter": "事", "contact": "a@b.example\nBcc: c@d.example"}, "contact", "line_break"),
        ({"matter": "事", "contact": "12"}, "contact", "bad_contact"),
        ({"matter": "事", "religion": "x"}, "religion", "unknown_field"),
        ({"matter": "事", "attachments": "x"}, "attachments", "unknown_field"),
    ],
)
def test_what_does_not_fit_is_refused_by_field_and_code(
    sqlite_town: Town, fields: dict[str, Any], field: str, code: str
) -> None:
    """Each kind of bad input has its own code at its own field, and no case, key or file is made of it."""
    register = sqlite_town.open()
    with pytest.raises(Invalid) as refused:
        register.file("suggestion", fields, form_key="k")
    assert [(problem.field, problem.code) for problem in refused.value.problems] == [(field, code)]
    assert sqlite_town.sql("SELECT count(*) FROM case_file") == [(0,)]
    assert not register.file("suggestion", {"matter": "事"}, form_key="k").repeated


def test_all_problems_of_a_form_are_told_at_once(sqlite_town: Town) -> None:
    """Three wrong fields are three problems with the values their sentences need."""
    register = sqlite_town.open()
    with pytest.raises(Invalid) as refused:
        register.file(
            "enterprise-request",
            {"topic": "gossip", "matter": LONG, "enterprise_name": "", "contact": "x"},
            form_key="k",
        )
    found = {problem.field: (problem.code, dict(problem.values)) for problem in refused.value.problems}
    assert found == {
        "topic": ("bad_choice", {}),
        "matter": ("too_long", {"limit": 4000, "length": 4001}),
        "enterprise_name": ("missing", {}),
        "contact": ("bad_contact", {}),
    }


@pytest.mark.parametrize(
    ("entered", "kept"),
    [
        ("  路灯\r\n不亮  ", "路灯\n不亮"),
        ("cafe\u0301", "caf\u00e9"),
        ("路\u200b灯\ufeff", "路灯"),
        ("a\tb", "a b"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("一\u2028二", "一\n二"),
        ("𠮷野家", "𠮷野家"),
    ],
)
def test_text_is_kept_as_meant(entered: str, kept: str) -> None:
    """Line ends and composed letters are made one way, invisible marks go, everything readable stays."""
    assert clean_text(entered) == kept


@given(st.text())
def test_cleaning_is_done_once_or_refused(text: str) -> None:
    """Cleaning a cleaned text changes nothing, and what remains can always be stored."""
    try:
        clean = clean_text(text)
    except ValueError as refused:
        assert refused.args[0] >= 1
        return
    assert clean_text(clean) == clean
    clean.encode()


@pytest.mark.parametrize(
    "good", ["13812345678", "0451-12345678", "+86 138 1234 5678", "a.b+c@sub.example.cn", "１３８１２３４５６７８"]
)
def test_ordinary_telephones_and_addresses_are_taken(sqlite_town: Town, good: str) -> None:
    """Numbers with blanks, hyphens, country codes or full-width digits, and ordinary e-mail addresses, are accepted."""
    register = sqlite_town.open()
    filed = register.file("suggestion", {"matter": "事", "contact": good}, form_key="k")
    assert register.open_slots(filed.case_id, actor=PROPOSER)[1, "identity"]["contact"]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([Upload("attachments", f"{n}.txt", "text/plain", b"x") for n in range(6)], "too_many_files"),
        ([Upload("attachments", "big.bin", "application/x", b"x" * (FILE_LIMIT + 1))], "file_too_large"),
        ([Upload("attachments", "empty", "text/plain", b"")], "file_empty"),
        ([Upload("elsewhere", "a.txt", "text/plain", b"x")], "unknown_field"),
    ],
)
def test_files_that_do_not_fit_are_refused(sqlite_town: Town, files: list[Upload], code: str) -> None:
    """Too many, too large, empty, or sent for another field: refused with that code, and none is kept."""
    register = sqlite_town.open()
    with pytest.raises(Invalid) as refused:
        register.file("suggestion", {"matter": "事"}, files, form_key="k")
    assert code in {problem.code for problem in refused.value.problems}
    assert not (sqlite_town.folder / "evidence").exists()


def test_numbers_and_dates_are_kept_as_numbers_and_dates(sqlite_town: Town) -> None:
    """A commitment's value and its date come back as entered; impossible ones are refused."""
    from mingze.casework import Actor
    from tests.store.test_documents import published

    register = sqlite_town.open()
    filed = next(
        one for one in published(register)
        if register.case(one.case_id).case.offices["lead_office"] == "jtj"  # type: ignore[union-attr]
    )  # fmt: skip
    lead = Actor("post", post="jtj.handler", office="jtj", functions=("handler",))
    register.act(filed.case_id, "accept", lead, idempotency="1")
    good = {"progress": "已完成", "value": "1,200.50", "as_of": "2026-09-10"}
    register.act(filed.case_id, "report_progress", lead, good, idempotency="2")
    facts = register.case(filed.case_id).case.facts  # type: ignore[union-attr]
    assert (facts["value"], facts["as_of"]) == (1200.5, "2026-09-10")
    for wrong, code in (
        ("value", "nan"),
        ("value", "1e400"),
        ("value", "十"),
        ("as_of", "2026-13-01"),
        ("as_of", "昨天"),
    ):
        with pytest.raises(Invalid):
            register.act(filed.case_id, "report_progress", lead, good | {wrong: code}, idempotency=code)


def test_a_procedure_or_action_that_is_not_there_is_refused(sqlite_town: Town) -> None:
    """Unknown names are refusals with a code, not errors of the program."""
    register = sqlite_town.open()
    filed = sqlite_town.file(register)
    with pytest.raises(Refused, match="unknown_procedure"):
        register.file("watch-list", {}, form_key="k")
    with pytest.raises(Refused, match="unknown_action"):
        register.act(filed.case_id, "erase_everything", HANDLER, idempotency="k")
    with pytest.raises(Refused, match="unknown_case"):
        register.act("0" * 32, "accept", HANDLER, idempotency="k")
    assert set(resources.load_procedures()) >= {"commitment", "suggestion", "enterprise-request"}
