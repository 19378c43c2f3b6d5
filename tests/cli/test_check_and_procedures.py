"""`mingze check` and `mingze procedures` as a jurist meets them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from mingze.cli.check import check
from mingze.cli.procedures import procedures
from mingze.resources import data_root, load_procedures, procedure_folders


@pytest.fixture
def suggestion(tmp_path: Path) -> Path:
    """A copy of the suggestion procedure that a test may spoil."""
    return Path(shutil.copytree(data_root() / "procedures" / "suggestion", tmp_path / "suggestion"))


def test_the_shipped_procedures_pass_and_say_so():
    """Without a path every shipped procedure is checked, and the exit code is 0."""
    result = CliRunner().invoke(check, ["--lang", "en"])
    assert result.exit_code == 0, result.output
    assert result.output.count("Passed ") == len(procedure_folders()) >= 3


@pytest.mark.parametrize(("lang", "words"), [("zh", "没有任何时限能结束等待"), ("en", "no clock ends the wait")])
def test_a_wait_without_clock_is_refused_with_line_and_path(suggestion: Path, lang: str, words: str):
    """The refusal names the line in the file and the actions that lead there, in the jurist's language; exit code 1."""
    file = suggestion / "procedure.yaml"
    file.write_text(
        file.read_text("utf-8").replace(", met_by: [send_back, uphold], cite: local", ", cite: local"), "utf-8"
    )
    line = next(n for n, text in enumerate(file.read_text("utf-8").splitlines(), 1) if text.startswith("  contested:"))
    result = CliRunner().invoke(check, [str(suggestion), "--lang", lang])
    assert result.exit_code == 1
    assert f"procedure.yaml:{line}:3: " in result.output and words in result.output
    assert "file → accept → answer → say_unsolved" in result.output


def test_a_scenario_that_no_longer_holds_is_a_refusal(suggestion: Path):
    """A changed number that contradicts a sentence of the scenarios refuses the procedure."""
    file = suggestion / "parameters.yaml"
    file.write_text(
        file.read_text("utf-8").replace("value: 15, unit: calendar_day", "value: 14, unit: calendar_day"), "utf-8"
    )
    result = CliRunner().invoke(check, [str(suggestion), "--json"])
    report = json.loads(result.output)["procedures"][0]
    assert result.exit_code == 1 and not report["passed"]
    assert {fault["code"] for fault in report["faults"]} == {"scenario_differs"}


def test_a_typing_mistake_is_named_with_what_was_expected(suggestion: Path):
    """An unknown stage is refused with the stages there are."""
    file = suggestion / "procedure.yaml"
    file.write_text(
        file.read_text("utf-8").replace(
            "from: [received, returned], into: handling", "from: [recieved, returned], into: handling"
        ),
        "utf-8",
    )
    result = CliRunner().invoke(check, [str(suggestion), "--lang", "en"])
    assert result.exit_code == 1 and "No such stage: recieved" in result.output and "received" in result.output


def test_a_folder_without_a_procedure_is_wrong_usage(tmp_path: Path):
    """Pointing at an empty folder is answered with how to do it, exit code 2."""
    result = CliRunner().invoke(check, [str(tmp_path), "--lang", "en"])
    assert result.exit_code == 2 and "procedures/suggestion" in result.output


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", list(load_procedures()))
def test_show_words_every_action_and_clock(name: str, lang: str):
    """A procedure can be read in either language from its tables, with its articles."""
    result = CliRunner().invoke(procedures, ["show", name, "--lang", lang])
    assert result.exit_code == 0, result.exception
    table = json.loads(CliRunner().invoke(procedures, ["show", name, "--json"]).output)
    key = lang
    for action in table["actions"].values():
        assert action[key] in result.output
    for clock in table["clocks"].values():
        assert clock[key] in result.output


def test_an_unknown_procedure_is_answered_with_those_there_are():
    """A wrong name gets the right ones, exit code 2."""
    result = CliRunner().invoke(procedures, ["show", "parking", "--lang", "en"])
    assert result.exit_code == 2 and "suggestion" in result.output


def test_a_passed_procedure_says_how_long_it_can_take():
    """The longest course is told in days, split into what the law sets and what is local; programs get each wait."""
    folder = str(data_root() / "procedures" / "suggestion")
    shown = CliRunner().invoke(check, [folder, "--lang", "en"]).output
    report = json.loads(CliRunner().invoke(check, [folder, "--json"]).output)["procedures"][0]
    found = report["durations"]
    assert found["worst_days"] == found["by_law_days"] + found["by_local_rule_days"] > 100
    assert found["worst_days"] == sum(wait["days"] for wait in found["course"]) and found["bounded"]
    assert f"Longest course: {found['worst_days']} days ({found['by_law_days']} set by law" in shown
    assert report["states"] > 20


def test_an_uncounted_repetition_is_shown_though_it_is_lawful():
    """A hazard may fail its check any number of times; the deadline it keeps holds it, and both are said."""
    folder = str(data_root() / "procedures" / "hazard")
    result = CliRunner().invoke(check, [folder, "--lang", "en"])
    assert result.exit_code == 0 and "Longest course without repeating not_removed" in result.output
    assert "[repeats_uncounted]" in result.output


def test_a_new_procedure_leads_on(tmp_path: Path):
    """The files written read without a mistake, and the check names what only the author can know."""
    made = CliRunner().invoke(procedures, ["new", "street-party", "--into", str(tmp_path), "--lang", "en"])
    assert made.exit_code == 0 and "Next: mingze check" in made.output
    report = json.loads(CliRunner().invoke(check, [str(tmp_path / "street-party"), "--json"]).output)["procedures"][0]
    assert {fault["code"] for fault in report["faults"]} == {
        "still_to_write", "without_source", "adverse_without_remedy", "wait_without_clock",
    }  # fmt: skip
    again = CliRunner().invoke(procedures, ["new", "street-party", "--into", str(tmp_path), "--lang", "en"])
    assert again.exit_code == 2 and "nothing was written" in again.output
    assert CliRunner().invoke(procedures, ["new", "Street Party", "--into", str(tmp_path)]).exit_code == 2


def test_draw_prints_a_picture_and_marks_a_stage():
    """The picture goes to standard output; a stage that is not there is answered with those that are."""
    result = CliRunner().invoke(procedures, ["draw", "suggestion", "--lang", "en", "--here", "handling"])
    assert result.exit_code == 0 and result.output.startswith("<svg ") and "● Being handled" in result.output
    wrong = CliRunner().invoke(procedures, ["draw", "suggestion", "--lang", "en", "--here", "nowhere"])
    assert wrong.exit_code == 2 and "handling" in wrong.output


def test_export_prints_bpmn():
    """The process goes to standard output in the language asked for; without a form the command says what it needs."""
    result = CliRunner().invoke(procedures, ["export", "suggestion", "--bpmn", "--lang", "zh"])
    assert result.exit_code == 0 and result.output.startswith("<?xml") and 'name="登记并转承办单位"' in result.output
    assert CliRunner().invoke(procedures, ["export", "suggestion"]).exit_code == 2
