"""Who may open what is sealed is declared lawfully: two people of two offices, or an article for the step that needs it."""

from __future__ import annotations

from typing import Any

import pytest

from mingze import resources
from mingze.procedure import ProcedureErrors, check, read_procedure
from mingze.proving import report_on


def files_of(name: str) -> dict[str, str]:
    """A procedure that ships, as texts."""
    folder = resources.data_root() / "procedures" / name
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()
    }


def changed(name: str, *changes: tuple[str, str]) -> dict[str, str]:
    """The same with some words changed, each of which stands in it once."""
    files = files_of(name)
    for before, after in changes:
        [file] = [
            file
            for file, text in files.items()
            if before in text and file.endswith(("procedure.yaml", "parameters.yaml"))
        ]
        assert files[file].count(before) == 1, before
        files[file] = files[file].replace(before, after)
    return files


IDENTITY = "  identity: {approved_by: supervision, otherwise: legal, lasts: $identity_days, cite: reg 30(3); pipl 6}\n"
CIRCLE = "office: protection_office, handler: handler, approver: head"
SPOILED: dict[str, tuple[str, tuple[tuple[str, str], ...], str]] = {
    "nobody-may-read-who-it-is": (
        "information-request",
        (("  needed:\n    answer: {zh: 申请要写明姓名、身份证明和联系方式，答复也要送到申请人, en: \"A request states name, proof of identity and contact, and the answer reaches that person\", at: [received, handling], cite: reg 29(2)}\n", "  needed: {}\n"),),
        "identity_without_reader",
    ),
    "an-approval-without-a-source": ("suggestion", (("cite: reg 30(3); pipl 6}", "cite: unread 30}"),), "unknown_source"),
    "an-approval-of-a-month": (
        "suggestion", (("value: 3, unit: working_day, local: true, why: {zh: 条例和法律没有规定", "value: 30, unit: calendar_day, local: true, why: {zh: 条例和法律没有规定"),), "approval_too_long",
    ),
    "whoever-asks-approves": (
        "suggestion", (("approved_by: supervision, otherwise: legal", "approved_by: supervision"),), "approves_own_asking",
    ),
    "who-it-is-in-a-file": (
        "hazard", (("type: email_or_phone", "type: files"),), "identity_in_files",
    ),
    "needed-where-nobody-works": (
        "enterprise-request", (("at: [received, handling], cite: env 48; local", "at: [answered], cite: env 48; local"),), "need_without_office",
    ),
    "needed-by-no-article": (
        "sme-arrears", (("at: [received, assigned, handling], cite: sme 25}", "at: [received], cite: ''}"),), "without_source",
    ),
    "a-circle-of-one": ("minor-protection", ((CIRCLE, CIRCLE.replace("approver: head", "approver: handler")),), "circle_of_one"),
    "a-circle-not-yet-there": (
        "minor-protection", (("found_by: child_protection, otherwise: child_protection_deputy", "outside: false"),), "circle_not_at_once",
    ),
    "a-circle-with-another-office": (
        "minor-protection", (("en: Procuratorate, found_by: procuratorate, outside: true", "en: Procuratorate, found_by: procuratorate"),), "circle_too_wide",
    ),
    "at-once-by-no-article": ("minor-protection", (("at_once_cite: minors 11(2); opinions 4, ", ""),), "without_source"),
    "deferred-for-a-year": (
        "minor-protection", (("value: 60, unit: calendar_day", "value: 366, unit: calendar_day"),), "deferral_too_long",
    ),
    "deferred-by-no-article": ("minor-protection", (("cite: pipl 18 35}", "cite: ''}"),), "without_source"),
}  # fmt: skip
"""A procedure that ships, one thing changed in it, and what must be said of that."""


@pytest.mark.parametrize(("name", "changes", "code"), SPOILED.values(), ids=SPOILED)
def test_refused_for_its_own_reason(name: str, changes: tuple[tuple[str, str], ...], code: str) -> None:
    """Each is refused, and the reason is among what is said."""
    found = check(read_procedure(changed(name, *changes)))
    assert code in {finding.code for finding in found}, [finding.code for finding in found]


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_each_reason_has_words_and_a_place(tmp_path: Any, lang: str) -> None:
    """What is said names what to mend, at a line of the file."""
    for spoiled, (name, changes, code) in SPOILED.items():
        folder = tmp_path / spoiled / name
        for file, text in changed(name, *changes).items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(text, encoding="utf-8")
        faults = [fault for fault in report_on(folder, lang).faults if fault.code == code]
        assert faults and all(fault.line > 0 and "{" not in fault.said(lang) for fault in faults), spoiled


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("at: [received, handling], cite: env 48", "at: [nowhere], cite: env 48", "unknown_stage"),
        ("  needed:\n    answer:", "  wanted:\n    answer:", "unknown_key"),
    ],
)
def test_a_name_that_points_nowhere_is_an_error_at_its_line(before: str, after: str, code: str) -> None:
    """The tables of reading name stages, offices and parameters of their own file, and know their keys."""
    with pytest.raises(ProcedureErrors) as caught:
        read_procedure(changed("enterprise-request", (before, after)))
    assert [problem.code for problem in caught.value.problems] == [code]
    assert all(problem.line > 0 for problem in caught.value.problems)


def test_every_procedure_that_asks_who_it_is_says_who_may_read_it() -> None:
    """Of those that ship: complaints, petitions, reports and suggestions by two people; the others name the step."""
    two, needed = set[str](), set[str]()
    for name, procedure in resources.load_procedures().items():
        if any(field.seals == "identity" for field in procedure.fields.values()):
            assert procedure.reading.identity or procedure.reading.needed, name
            (two if procedure.reading.identity else needed).add(name)
    assert two == {
        "petition", "petition-review", "petition-re-review", "enforcement-complaint", "hazard", "suggestion",
        "decision-proposal", "minor-protection",
    }  # fmt: skip
    assert needed == {
        "information-request", "enterprise-request", "sme-arrears", "mediation", "personal-data", "demonstration-site",
    }  # fmt: skip
