"""Whether the offices can play the parts a procedure gives out, and what people are told where they cannot."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from mingze import resources
from mingze.accounts.offices import read_offices
from mingze.accounts.staffing import Gap, cannot_open, gaps, unasked
from mingze.casework import Refused
from mingze.instance import Instance
from tests.outside import run_mingze

SEED = (Path(resources.__file__).parent / "accounts" / "authority.yaml").read_text(encoding="utf-8")
NOBODY = SEED.replace("functions: [intake]", "functions: [mailroom]")
SUGGESTION = resources.load_procedures()["suggestion"]


def test_the_district_shipped_can_open_every_procedure_shipped() -> None:
    """Whoever starts with the offices we give can use each procedure we give, down to the posts that must act."""
    offices = read_offices(SEED)
    assert [gap for each in resources.load_procedures().values() for gap in gaps(each, offices)] == []
    assert unasked(resources.load_procedures().values(), offices) == []


def test_a_missing_office_or_post_is_named_with_what_it_is_missing_for() -> None:
    """Without an intake office nothing can be opened; without a clerk's post in it, what is opened goes no further."""
    gap = Gap("suggestion", "intake_office", "office", "intake")
    assert cannot_open(SUGGESTION, read_offices(NOBODY)) == gap
    clerkless = read_offices(SEED.replace("functions: [clerk]", "functions: [porter]"))
    assert Gap("suggestion", "intake_office", "post", "clerk") in gaps(SUGGESTION, clerkless)
    assert cannot_open(SUGGESTION, clerkless) is None
    assert unasked([SUGGESTION], clerkless)[-1] == "verifier" and "porter" in unasked([SUGGESTION], clerkless)


def test_an_office_that_steps_in_has_somebody_who_may_act() -> None:
    """Where a matter is about the office first asked, the one in its place needs a post for every act of that part."""
    headless = SEED.replace(
        "clerk: {name: {zh: 登记岗, en: Registration clerk}, functions: [clerk]}\n      head: {name: {zh: 负责人岗, en: Head of office}, functions: [head]}",
        "clerk: {name: {zh: 登记岗, en: Registration clerk}, functions: [clerk]}",
        1,
    )
    assert headless != SEED
    hazard = resources.load_procedures()["hazard"]
    assert Gap("hazard", "safety_office", "post", "head") in gaps(hazard, read_offices(headless))


@pytest.fixture
def unstaffed(make_instance: Callable[..., Instance]) -> Instance:
    """An instance whose list of offices names nobody for taking matters in."""
    made = make_instance()
    (made.dir / "authority.yaml").write_text(NOBODY, encoding="utf-8")
    instance = Instance.open(made.dir)
    instance.clock = made.clock
    return instance


def test_the_filing_page_says_so_before_anybody_types(unstaffed: Instance, browse: Callable[..., object]) -> None:
    """The form is not offered; a form sent all the same is refused in the same words, by the API with a code."""
    client = browse(unstaffed)
    shown = client.get("/file/suggestion/?lang=en", follow=True)  # type: ignore[attr-defined]
    page = shown.content.decode()
    assert shown.status_code == 200 and "has no office for this part" in page and 'id="filing"' not in page
    sent = {"procedure": "suggestion", "fields": {"matter": "路口的灯不亮"}}
    answer = client.post(  # type: ignore[attr-defined]
        "/api/v1/cases",
        json.dumps(sent),
        content_type="application/json",
        headers={"Idempotency-Key": "0123456789abcdef-no-office"},
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "no_office_yet")
    with pytest.raises(Refused) as refused:
        unstaffed.register().file("suggestion", {"matter": "路口的灯不亮"}, form_key="no-office")
    assert (refused.value.code, refused.value.values["function"]) == ("no_office_yet", "intake")
    unstaffed.close()


def test_the_command_line_says_which_function_nobody_has(unstaffed: Instance) -> None:
    """`mingze file` refuses with the function's name, and the doctor lists it."""
    done = run_mingze(
        "file", "suggestion", "--field", "matter=路口的灯不亮", "--dir", str(unstaffed.dir), "--lang", "en"
    )
    assert done.returncode != 0 and "“intake”" in done.stderr, done.stderr
    report = json.loads(run_mingze("doctor", "--json", "--dir", str(unstaffed.dir)).stdout)
    rows = [row for row in report["findings"] if row["check"] == "staffing-office"]
    assert [row["names"] for row in rows if row["function"] == "intake" and "suggestion" in row["names"]]
