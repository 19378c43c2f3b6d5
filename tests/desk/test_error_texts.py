"""What staff and persons are told when something is not possible: golden texts in both languages, and no code without words."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from mingze.accounts.offices import read_offices
from mingze.casework import Actor, Refused
from mingze.desk.refusals import review_words, staff_words, why_words
from mingze.resources import load_procedures
from mingze.store import ReviewRefused, Unavailable
from mingze.words import LANGUAGES, has, refusal_words
from tests.outside import ROOT

SOURCE = ROOT / "src/mingze"
GOLDEN = Path(__file__).parent / "golden"
NUMBER = "明源建〔2026〕0418号"
ACTOR = Actor("post", post="jtj.handler", office="jtj", functions=("handler",))

CASES: dict[str, dict[str, Any]] = {
    "unknown_action": {"action": "vanish"},
    "already_open": {"action": "file"},
    "not_open": {"action": "answer"},
    "case_closed": {"action": "answer", "stage": "closed", "closed_at": "2026-11-20T16:00:00+08:00"},
    "case_moved_on": {"action": "answer", "expected_n": 2, "n": 3, "stage": "answered"},
    "not_yours": {"action": "extend", "role": "competent_office", "office": "jtj", "function": "head"},
    "not_from_here": {"action": "accept", "stage": "handling", "stages": ["received"]},
    "too_often": {"action": "ask_extension", "at_most": 1},
    "something_first": {"action": "extend", "first": "ask_extension"},
    "not_yet": {"action": "answer", "clock": "answer", "until": "2026-12-04"},
    "not_all_there": {"action": "answer", "stage": "handling", "stages": ["received"]},
    "office_missing": {"action": "accept", "role": "competent_office"},
    "office_not_bindable": {"action": "answer", "role": "competent_office"},
    "must_differ": {"action": "accept", "role": "competent_office", "other": "supervision_office", "office": "jtj"},
    "field_missing": {"action": "answer", "field": "answer_text"},
    "field_not_taken": {"action": "accept", "field": "answer_text"},
    "extension_not_later": {"action": "extend", "clock": "answer", "due": "2026-12-04", "until": "2026-12-01"},
    "in_the_future": {"occurred_at": "2026-11-24T10:00:00+08:00", "now": "2026-11-23T10:00:00+08:00"},
    "before_the_last": {
        "action": "answer", "occurred_at": "2026-11-20T10:00:00+08:00", "last_at": "2026-11-21T10:00:00+08:00",
    },
    "no_number_in_force": {"action": "accept", "parameter": "answer_days", "on": "2019-01-01"},
    "no_date": {"action": "accept", "detail": "…"},
    "not_your_case": {},
    "purpose_missing": {},
    "unknown_case": {},
    "unknown_file": {},
    "erased": {"destroyed_at": "2026-11-20T10:00:00+08:00"},
}  # fmt: skip
"""Every refusal with values as the engine gives them."""

REVIEW: dict[str, dict[str, Any]] = {
    "row_moved_on": {
        "row": "c007", "verb": "accept", "post": "dcs.head", "office": "dcs",
        "taken_at": datetime.fromisoformat("2026-11-23T10:00:00+08:00"),
    },
    "excluded_never": {"row": "c007"},
    "wrong_state": {"row": "c007", "state": "excluded", "verb": "accept"},
    "not_adjacent": {"row": "c007"},
    "bad_split": {"row": "c007"},
    "bad_span": {},
    "bad_date": {"found": "年底"},
    "not_in_text": {},
    "reason_missing": {},
    "nothing_to_undo": {},
    "published_already": {},
}  # fmt: skip


def offices() -> Any:
    """The fictional district."""
    return read_offices((SOURCE / "accounts/authority.yaml").read_text(encoding="utf-8"))


def told(lang: str) -> str:
    """Every text, one a paragraph, as the golden file holds them."""
    procedure, district = load_procedures()["suggestion"], offices()
    out = []
    for code, values in CASES.items():
        refused = Refused(code, **values)
        out.append(f"# {code}")
        out.append(f"person: {refusal_words(refused, lang)}")
        out.append(f"staff: {staff_words(refused, procedure, district, lang, number=NUMBER, actor=ACTOR)}")
        if has(f"refused-{code}-why", lang):
            out.append(f"why: {why_words(refused, procedure, district, lang)}")
        out.append("")
    for code, values in REVIEW.items():
        out += [f"# {code}", f"staff: {review_words(ReviewRefused(code, **values), {'c007': 7}, district, lang)}", ""]
    for code in ("busy", "read_only", "disk_full", "gone", "stopped", "second_writer"):
        away = Unavailable(code)  # type: ignore[arg-type]
        out += [f"# {code}", f"person: {refusal_words(away, lang)}", f"staff: {refusal_words(away, lang, 'staff')}", ""]
    return "\n".join(out)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_error_texts_are_the_golden_ones(lang: str) -> None:
    """A changed text shows as a changed line of tests/desk/golden, so that somebody reads it."""
    assert told(lang) == (GOLDEN / f"refusals.{lang}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_refusal_code_in_the_source_has_words(lang: str) -> None:
    """No room can refuse with a code that has no text for the person and for staff."""
    for folder in ("casework", "store", "desk"):
        for path in sorted((SOURCE / folder).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            for code in re.findall(r'\bRefused\(\s*"(\w+)"', text):
                assert has(f"refused-{code}", lang), (path.name, code)
                assert has(f"refused-{code}-staff", lang), (path.name, code)
            for code in re.findall(r'ReviewRefused\(\s*"(\w+)"', text):
                assert has(f"refused-{code}", lang), (path.name, code)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_shows_an_id(lang: str) -> None:
    """Names of actions, roles, offices, stages and fields are worded; no sentence shows an identifier or an empty quotation."""
    for line in told(lang).splitlines():
        if line.startswith(("person:", "staff:", "why:")):
            body = line.replace("answer_days", "that number")
            assert "_" not in body, line
            assert "“”" not in line, line


def test_a_person_is_never_told_ids_or_dates_as_the_engine_writes_them() -> None:
    """The texts for persons take no values at all, so nothing raw can stand in them."""
    from mingze.words import entries

    for lang in LANGUAGES:
        for entry in entries(lang):
            if entry.file == "errors.ftl" and f"{entry.id.removeprefix('refused-')}" in CASES:
                assert not entry.variables, entry.id
