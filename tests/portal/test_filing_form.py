"""A form comes from the procedure's table alone, and says what is wrong in the label's own words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mingze import resources
from mingze.portal.filing_form import bind
from mingze.store import FieldProblem, Invalid, Upload
from mingze.store.fields import check_form
from mingze.words import LANGUAGES
from tests.portal.matters import OFFICES

GOLDEN = Path(__file__).parent / "golden"
TODAY = date(2026, 11, 23)

WRONG: list[tuple[str, dict[str, object], list[Upload]]] = [
    ("enterprise-request", {}, []),
    ("enterprise-request", {"topic": "gold", "matter": "\u200b", "enterprise_name": "a\nb", "contact": "0451"}, []),
    ("enterprise-request", {"topic": "fees", "matter": "长" * 4001, "enterprise_name": "a\x07b", "contact": ""}, []),
    ("suggestion", {"matter": "x\u202ey", "name": "n" * 61}, [Upload("attachments", "空.pdf", "application/pdf", b"")]),
    ("suggestion", {"matter": "ok"}, [Upload("attachments", f"{n}.png", "image/png", b"x") for n in range(6)]),
    ("suggestion", {"matter": "ok"}, [Upload("attachments", "大.mp4", "video/mp4", bytes(20 * 1024 * 1024 + 1))]),
]


def _problems(name: str, values: dict[str, object], files: list[Upload]) -> list[FieldProblem]:
    procedure = resources.load_procedures()[name]
    with pytest.raises(Invalid) as refused:
        check_form(procedure, procedure.opening, values, files, OFFICES)
    return refused.value.problems


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_error_is_worded_with_its_label(lang: str) -> None:
    """Every problem the store finds in these forms reads as the golden file says, in both languages."""
    lines = []
    for name, values, files in WRONG:
        procedure = resources.load_procedures()[name]
        problems = _problems(name, values, files)
        for field in bind(procedure, procedure.opening.takes, lang, values, problems, today=TODAY):
            if field.error:
                lines.append(f"{name} {field.name}: {field.error}")
    expected = (GOLDEN / f"form-errors.{lang}.txt").read_text(encoding="utf-8")
    assert "\n".join(lines) + "\n" == expected


def test_no_error_falls_back_to_the_general_sentence() -> None:
    """Each code the store can give for these forms has words of its own."""
    for name, values, files in WRONG:
        procedure = resources.load_procedures()[name]
        problems = _problems(name, values, files)
        for field in bind(procedure, procedure.opening.takes, "en", values, problems, today=TODAY):
            assert "is not right yet" not in field.error, (field.name, problems)


def test_what_was_typed_stays() -> None:
    """A field with an error keeps its value, and a choice stays chosen."""
    procedure = resources.load_procedures()["enterprise-request"]
    typed = {"topic": "fees", "matter": "一句话", "enterprise_name": ""}
    problems = _problems("enterprise-request", dict(typed), [])
    fields = {field.name: field for field in bind(procedure, procedure.opening.takes, "zh-Hans", typed, problems)}
    assert fields["matter"].value == "一句话"
    assert [choice.value for choice in fields["topic"].choices if choice.chosen] == ["fees"]
    assert fields["enterprise_name"].error == "请填写“企业或个体工商户名称”。"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_personal_data_says_why_and_how_long(lang: str) -> None:
    """Beside every sealed field stand its purpose and its retention; a public field has neither."""
    for procedure in resources.load_procedures().values():
        if not procedure.public:
            continue
        for field in bind(procedure, procedure.opening.takes, lang):
            declared = procedure.fields[field.name]
            assert bool(field.why) == (declared.seals is not None)
            if declared.seals is not None:
                assert str(declared.retention_months) in field.why
                assert f"{field.id}-why" in field.described_by.split()


def test_optional_is_said_once() -> None:
    """A label that already says optional does not say it twice."""
    procedure = resources.load_procedures()["suggestion"]
    labels = {field.name: field.label for field in bind(procedure, ("name", "contact"), "en")}
    assert labels == {"name": "What we may call you", "contact": "Mobile number or e-mail"}
