"""`mingze due` prints a date with its reasons, and counts a file of bare rules line by line without stopping at a wrong one."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mingze.cli.due import due
from mingze.cli.main import main


def run(*words: str, given: str | bytes | None = None) -> Result:
    """The command as a user types it, in English unless the words say otherwise."""
    lang = [] if "--lang" in words else ["--lang", "en"]
    return CliRunner().invoke(due, [*words, *lang], input=given)


def line(id: Any, start: str, amount: int, unit: str, *events: dict[str, Any], **rule: str) -> str:
    """One line of a batch."""
    full = {"amount": amount, "unit": unit, "direction": "forward", "roll": "none", **rule}
    return json.dumps({"id": id, "start": start, "rule": full, "events": list(events)}, ensure_ascii=False)


# ---------------------------------------------------------------------------- one declared clock


def test_a_declared_clock_prints_its_date_its_table_and_its_basis() -> None:
    """The date comes first, then the days, then the rules applied, then the article or local rule and the parameter."""
    result = run("suggestion", "answer", "--start", "2026-09-18", "--on", "2026-10-10")
    assert result.exit_code == 0
    said = result.output
    assert said.splitlines()[0] == "By Thursday 5 November 2026 at the latest."
    assert "working day 11 of 30, 19 left" in said
    assert "National Day, 7 days not counted" in said
    assert "parameter answer_days: 30 working days" in said


def test_the_same_answer_in_chinese() -> None:
    """With --lang zh every sentence is Chinese."""
    result = run("suggestion", "answer", "--start", "2026-09-18", "--lang", "zh")
    assert result.output.splitlines()[0] == "最迟2026年11月5日（星期四）。"
    assert "法律没有规定天数，这是本地自定的期限。" in result.output


def test_json_is_the_explanation_itself() -> None:
    """--json prints the object every face shows: the date, the dates behind it, rule, basis, calendar, policy, rows and days."""
    data = json.loads(run("suggestion", "answer", "--start", "2026-09-18", "--on", "2026-10-10", "--json").output)
    assert (data["due"], data["provisional"]) == ("2026-11-05", False)
    assert data["calendar"]["version"] == "cn-2026.1"
    assert data["basis"]["clock"] == "answer"
    assert data["today"]["ordinal"] == 11
    assert data["days"][-1]["on"] == "2026-11-05"
    assert sum(row["days"] for row in data["rows"]) == len(data["days"])


def test_events_extend_suspend_and_resume_a_declared_clock() -> None:
    """Three suspended days and the declared extension of fifteen working days move the date; suspend and resume equal one range."""
    plain = json.loads(run("suggestion", "answer", "--start", "2026-09-18", "--json").output)
    extended = json.loads(
        run("suggestion", "answer", "--start", "2026-09-18", "--event", "extend@2026-10-30", "--json").output
    )
    range_ = ("--event", "suspend@2026-10-12..2026-10-14")
    pair = ("--event", "suspend@2026-10-12", "--event", "resume@2026-10-14")
    suspended = [
        json.loads(run("suggestion", "answer", "--start", "2026-09-18", *how, "--json").output)
        for how in (range_, pair)
    ]
    assert plain["due"] == "2026-11-05"
    assert extended["due"] == "2026-11-26"
    assert suspended[0]["due"] == suspended[1]["due"] == "2026-11-10"
    assert suspended[0]["days"] == suspended[1]["days"]


def test_a_suspended_clock_has_no_date_and_says_since_when() -> None:
    """A suspension without an end gives no due date, in words and as null."""
    words = ("suggestion", "answer", "--start", "2026-09-18", "--event", "suspend@2026-10-12")
    assert run(*words).output.startswith("Suspended since Monday 12 October 2026.")
    assert json.loads(run(*words, "--json").output)["due"] is None


@pytest.mark.parametrize(
    ("words", "exit_code", "says"),
    [
        ((), 2, "Give PROCEDURE CLOCK --start DATE, or --batch FILE"),
        (("suggestion", "answer"), 2, "Say with --start"),
        (
            ("nothing", "answer", "--start", "2026-09-18"),
            2,
            "There is no procedure “nothing”; there are: assessment, commitment",
        ),
        (("suggestion", "nothing", "--start", "2026-09-18"), 2, "has no clock “nothing”; it has: "),
        (("suggestion", "answer", "--start", "18.9.2026"), 1, "A date looks like 2026-09-18"),
        (("suggestion", "answer", "--start", "2026-09-18", "--event", "extend"), 2, "--event is KIND@DATE"),
        (("suggestion", "answer", "--start", "2026-09-18", "--event", "vanish@2026-10-01"), 2, "--event is KIND@DATE"),
        (
            ("suggestion", "answer", "--start", "2026-09-18", "--event", "resume@2026-10-01"),
            2,
            "There is no suspend before",
        ),
        (
            ("suggestion", "say", "--start", "2026-09-18", "--event", "extend@2026-10-01"),
            2,
            "cannot be extended like this",
        ),
        (("--batch", "/nowhere/rules.jsonl"), 2, "There is no file /nowhere/rules.jsonl"),
        (("suggestion", "answer", "--start", "2026-09-18", "--batch", "-"), 2, "not both"),
        (("suggestion", "answer", "--start", "1999-01-01"), 2, "has no number in force on"),
    ],
)
def test_wrong_use_is_told_in_one_sentence(words: tuple[str, ...], exit_code: int, says: str) -> None:
    """Whatever is missing or mistyped is named with what there is instead, on standard error, with the exit code of its kind."""
    result = run(*words)
    assert (result.exit_code, result.stdout) == (exit_code, "")
    assert says in result.stderr


def test_an_error_as_json_has_a_code_and_a_message() -> None:
    """With --json a refusal is an object too."""
    result = run("suggestion", "nothing", "--start", "2026-09-18", "--json")
    assert json.loads(result.stdout)["error"]["code"] == "unknown_clock"


def test_the_help_is_worded_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    """`mingze due --help` explains itself with an example in the reader's language."""
    for lang, words in (("zh_CN.UTF-8", "算出一个期限的最后一天"), ("en_GB.UTF-8", "Print the last day of a period")):
        monkeypatch.setenv("LC_ALL", lang)
        monkeypatch.setattr("sys.argv", ["mingze", "due", "--help"])
        said = CliRunner().invoke(main, ["due", "--help"]).output
        assert words in said and "mingze due" in said


# ---------------------------------------------------------------------------- bare rules in bulk


def test_a_batch_answers_each_line_in_order() -> None:
    """Working days, months, hours, backward periods, extensions, suspensions and restarts each give their date."""
    suspend = {"type": "suspend", "from": "2026-09-28", "to": "2026-09-30"}
    lines = [
        line("working", "2026-09-18", 15, "working_day"),
        line("suspended", "2026-09-18", 15, "working_day", suspend),
        line(
            "extended",
            "2025-08-08",
            60,
            "calendar_day",
            {"type": "extend", "at": "2025-09-20", "amount": 30, "unit": "calendar_day"},
        ),
        line("right", "2025-09-03", 30, "calendar_day", roll="forward"),
        line("month", "2026-01-31", 1, "month"),
        line("year", "2024-02-29", 1, "year"),
        line("hours", "2026-09-30T17:40:00+08:00", 24, "hour"),
        line("hours in UTC", "2026-09-30T09:40:00Z", 24, "hour"),
        line("back", "2026-10-09", 7, "calendar_day", direction="backward", roll="back"),
        line("restarted", "2026-11-02", 15, "working_day", {"type": "restart", "at": "2026-11-09"}),
        line("next year", "2026-12-25", 7, "working_day"),
        line("running", "2026-09-18", 15, "working_day", {"type": "suspend", "from": "2026-09-28", "to": None}),
    ]
    result = run("--batch", "-", given="\n".join(lines) + "\n")
    assert result.exit_code == 0
    answers = [json.loads(answer) for answer in result.stdout.splitlines()]
    assert [(answer["id"], answer["due"], answer["provisional"]) for answer in answers] == [
        ("working", "2026-10-15", False),
        ("suspended", "2026-10-20", False),
        ("extended", "2025-11-06", False),
        ("right", "2025-10-09", False),
        ("month", "2026-02-28", False),
        ("year", "2025-02-28", False),
        ("hours", "2026-10-01T17:40:00+08:00", False),
        ("hours in UTC", "2026-10-01T17:40:00+08:00", False),
        ("back", "2026-09-30", False),
        ("restarted", "2026-11-30", False),
        ("next year", "2027-01-05", True),
        ("running", None, False),
    ]
    assert all(set(answer) == {"id", "due", "provisional", "explanation"} for answer in answers)
    first = answers[0]["explanation"]
    assert [day["on"] for day in (first[0], first[-1])] == ["2026-09-18", "2026-10-15"]
    assert {"on": "2026-10-01", "kind": "holiday", "festival": {"zh": "国庆节", "en": "National Day"}}.items() <= first[
        13
    ].items()


def test_brief_leaves_the_explanations_out() -> None:
    """With --brief each answer is the id, the date and whether it is provisional."""
    result = run("--batch", "-", "--brief", given=line(1, "2026-09-18", 15, "working_day"))
    assert json.loads(result.stdout) == {"id": 1, "due": "2026-10-15", "provisional": False}


def test_direction_roll_and_events_may_be_left_out() -> None:
    """A rule of an amount and a unit counts forward and does not roll."""
    result = run(
        "--batch",
        "-",
        "--brief",
        given='{"id": "a", "start": "2025-08-08", "rule": {"amount": 60, "unit": "calendar_day"}}',
    )
    assert json.loads(result.stdout)["due"] == "2025-10-07"


WRONG: list[tuple[str, Any, str]] = [
    ("not json", None, "bad_line"),
    ("[1, 2]", None, "bad_line"),
    ("[" * 100_000, None, "bad_line"),
    ('{"start": "2026-09-18", "rule": {"amount": 1, "unit": "hour"}}', None, "id_missing"),
    ('{"id": [1], "start": "2026-09-18", "rule": {"amount": 1, "unit": "hour"}}', None, "id_wrong"),
    ('{"id": "a", "rule": {"amount": 1, "unit": "month"}}', "a", "key_missing"),
    ('{"id": "a", "start": "2026-09-18"}', "a", "key_missing"),
    ('{"id": "a", "start": "2026-09-18", "rule": {"unit": "month"}}', "a", "key_missing"),
    ('{"id": "a", "start": "2026-09-18", "rule": []}', "a", "not_an_object"),
    ('{"id": "a", "start": "2026-09-18", "rule": {"amount": 1, "unit": "month"}, "evnets": []}', "a", "key_unknown"),
    ('{"id": "a", "start": "2026-09-18", "rule": {"amount": 1, "unit": "month", "rolls": "none"}}', "a", "key_unknown"),
    ('{"id": "a", "start": "2026-09-18", "rule": {"amount": 1, "unit": "month"}, "events": "none"}', "a", "not_a_list"),
    ('{"id": "a", "start": "2026-09-18", "rule": {"amount": 1, "unit": "month"}, "events": [7]}', "a", "not_an_object"),
    (
        '{"id": "a", "start": "2026-09-18", "rule": {"amount": 1, "unit": "month"}, "events": [{"type": "pause"}]}',
        "a",
        "event_unknown",
    ),
    (
        '{"id": "a", "start": "2026-09-18", "rule": {"amount": 1, "unit": "month"}, "events": [{"type": "restart"}]}',
        "a",
        "key_missing",
    ),
    ('{"id": "a", "start": "2026-02-30", "rule": {"amount": 1, "unit": "month"}}', "a", "not_a_date"),
    ('{"id": "a", "start": 20260918, "rule": {"amount": 1, "unit": "month"}}', "a", "not_a_date"),
    ('{"id": "a", "start": "2026-09-18", "rule": {"amount": "15", "unit": "month"}}', "a", "amount_wrong"),
    ('{"id": "a", "start": "2026-09-18", "rule": {"amount": 99999, "unit": "month"}}', "a", "amount_too_long"),
    ('{"id": "a", "start": "2026-09-18", "rule": {"amount": 1, "unit": "week"}}', "a", "unit_unknown"),
    ('{"id": "a", "start": "2026-09-18", "rule": {"amount": 1, "unit": ["day"]}}', "a", "unit_unknown"),
    ('{"id": "a", "start": "2026-09-18", "rule": {"amount": 1, "unit": "hour"}}', "a", "hours_need_an_instant"),
    ('{"id": "a", "start": "9999-12-18", "rule": {"amount": 1, "unit": "month"}}', "a", "out_of_range"),
]


@pytest.mark.parametrize(("text", "id", "code"), WRONG, ids=[f"{number}-{row[2]}" for number, row in enumerate(WRONG)])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_wrong_line_gives_its_error_and_the_run_goes_on(text: str, id: Any, code: str, lang: str) -> None:
    """The line's own answer names the error in the reader's language, the lines around it are counted, and the exit code is 1."""
    good = line("good", "2026-09-18", 15, "working_day")
    result = run("--batch", "-", "--brief", "--lang", lang, given=f"{good}\n\n{text}\n{good}\n")
    assert result.exit_code == 1
    before, wrong, after = (json.loads(answer) for answer in result.stdout.splitlines())
    assert before == after == {"id": "good", "due": "2026-10-15", "provisional": False}
    assert (wrong["id"], wrong["error"]["code"]) == (id, code)
    assert wrong["error"]["message"]


def test_bytes_that_are_no_text_and_endless_lines_are_errors_of_their_lines() -> None:
    """Broken UTF-8 and a line of three million bytes are refused without being kept, and the last line is still counted."""
    good = line("good", "2026-09-18", 15, "working_day").encode()
    result = run("--batch", "-", "--brief", given=b"\xff\xfe\n" + b'"' + b"x" * 3_000_000 + b'"\n' + good)
    codes = [json.loads(answer).get("error", {}).get("code") for answer in result.stdout.splitlines()]
    assert codes == ["bad_line", "line_too_long", None]


def test_an_id_that_utf8_cannot_write_comes_back_as_it_was() -> None:
    """Half a surrogate pair in an id does not break the output."""
    result = run(
        "--batch",
        "-",
        "--brief",
        given='{"id": "\\ud800", "start": "2026-09-18", "rule": {"amount": 1, "unit": "month"}}',
    )
    assert json.loads(result.stdout)["id"] == "\ud800"


def test_a_batch_is_read_from_a_file_and_an_empty_one_is_no_error(tmp_path: Path) -> None:
    """A file works like standard input; nothing in, nothing out, exit code 0."""
    file = tmp_path / "rules.jsonl"
    file.write_text(line("a", "2026-09-18", 15, "working_day") + "\n", encoding="utf-8")
    assert json.loads(run("--batch", str(file), "--brief").stdout)["due"] == "2026-10-15"
    file.write_text("", encoding="utf-8")
    empty = run("--batch", str(file))
    assert (empty.exit_code, empty.stdout) == (0, "")


def test_a_folder_with_its_own_calendar_is_used(tmp_path: Path) -> None:
    """With --dir the calendar of that folder counts: without any year the same date is one of weekends alone, and provisional."""
    (tmp_path / "calendars" / "cn").mkdir(parents=True)
    result = run("--batch", "-", "--brief", "--dir", str(tmp_path), given=line("a", "2026-09-18", 15, "working_day"))
    assert json.loads(result.stdout) == {"id": "a", "due": "2026-10-09", "provisional": True}


def test_a_wrong_calendar_file_is_told_with_its_line(tmp_path: Path) -> None:
    """A calendar that cannot be trusted stops the command with file, line and what was expected."""
    folder = tmp_path / "calendars" / "cn"
    folder.mkdir(parents=True)
    (folder / "2026.yaml").write_text("calendar: cn\nyear: soon\n", encoding="utf-8")
    result = run("--batch", "-", "--dir", str(tmp_path), given="")
    assert result.exit_code == 2
    assert "2026.yaml:2:7: Expected a whole number, found soon." in result.stderr
