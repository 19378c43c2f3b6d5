"""`mingze due`: when a period ends, whether that is provisional, and why, day by day; or thousands of bare rules at
once.

The batch form takes one JSON object a line and gives one back for each, in the same order; a line that cannot be
counted gives its error in its place and the run goes on.
"""

from __future__ import annotations

import json
import re
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

import click

from mingze.cli.main import language as spoken_language
from mingze.terms import (
    Basis,
    Calendar,
    CalendarErrors,
    Event,
    Explanation,
    Extend,
    Restart,
    Rule,
    Suspend,
    TermError,
    compute,
    events_from_json,
    explain,
    local_day,
    read_calendar_year,
    when_from_json,
)
from mingze.words import date_words, language_of, local, period_words, say
from mingze.words.terms import (
    calendar_problem_words,
    caption_words,
    lead_words,
    policy_words,
    rows_words,
    term_error_words,
    total_words,
)

if TYPE_CHECKING:
    from mingze.procedure import Procedure
    from mingze.procedure.model import Clock

LONGEST_LINE = 1_000_000
"""Bytes; a rule with a thousand events has under 100,000."""

_PROGRESS_SECONDS = 2.0
_BLOCK = 1_000
_LINE_KEYS = ("id", "start", "rule", "events")
_EVENT = re.compile(r"([A-Za-z][\w-]*)@(.+)")


class _Stopped(Exception):
    """The command cannot be carried out as it was given; the text says what to change."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


@click.command(
    short_help="Say when a period ends, and why.",
)
@click.argument("procedure", required=False)
@click.argument("clock", required=False)
@click.option("--start", metavar="ISO", help="The day (or, for hours, the moment) the period starts.")
@click.option(
    "--event",
    "events",
    multiple=True,
    metavar="KIND@ISO",
    help="What happened: suspend@DAY..DAY, suspend@DAY, resume@DAY, restart@DAY, extend@DAY, or ACTION@DAY.",
)
@click.option("--on", metavar="DATE", help="The day to look from: marks it and says how many days are left.")
@click.option("--batch", metavar="FILE", help="One bare rule a line as JSON; - reads standard input.")
@click.option("--brief", is_flag=True, help="In a batch, leave the explanations out (much faster).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    help="Use this folder's procedures/ and calendars/ if it has them.",
)
@click.option("--lang", type=click.Choice(["zh", "en", "zh-Hans"]), help="Language of the sentences.")
def due(
    procedure: str | None,
    clock: str | None,
    start: str | None,
    events: tuple[str, ...],
    on: str | None,
    batch: str | None,
    brief: bool,
    as_json: bool,
    folder: Path | None,
    lang: str | None,
) -> None:
    """Print the last day of CLOCK of PROCEDURE, counted from --start, and how it came about.

    With --batch, count bare rules: {"id", "start", "rule": {"amount", "unit", "direction", "roll"}, "events": [...]}
    a line.
    """
    language = language_of(lang) if lang else spoken_language()
    try:
        if batch is not None:
            if procedure or clock or start or events or on:
                raise _Stopped("one_form", say("due-one-form", language))
            raise SystemExit(_run_batch(batch, folder, brief, language))
        explanation = _explained(procedure, clock, start, events, on, folder, language)
    except _Stopped as stopped:
        _stop(stopped.code, stopped.text, as_json, 2)
    except CalendarErrors as wrong:
        _stop(
            wrong.code, "\n".join(calendar_problem_words(problem, language) for problem in wrong.problems), as_json, 2
        )
    except TermError as error:
        _stop(error.code, term_error_words(error, language), as_json, 1)
    if as_json:
        click.echo(json.dumps(explanation.to_json(), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(explanation_lines(explanation, language)))


def _stop(code: str, text: str, as_json: bool, exit_code: int) -> NoReturn:
    if as_json:
        click.echo(json.dumps({"error": {"code": code, "message": text}}, ensure_ascii=False, indent=2))
    else:
        click.echo(text, err=True)
    raise SystemExit(exit_code)


# ---------------------------------------------------------------------------- one declared clock


def rule_of_clock(procedure: Procedure, name: str, on: date, lang: str) -> tuple[Rule, Basis]:
    """The rule of a declared clock as it stands on a day, and what it rests on, ready for `explain`."""
    from mingze.casework import rule_of

    clock = procedure.clocks.get(name)
    if clock is None:
        raise _Stopped(
            "unknown_clock",
            say("due-unknown-clock", lang, procedure=procedure.name, name=name, known=list(procedure.clocks)),
        )
    if clock.kind == "due" and clock.otherwise is None:
        raise _Stopped("fixed_date", say("due-fixed-date", lang, name=name))
    try:
        rule, parameter = rule_of(procedure, name, on)
        number = procedure.parameter_on(parameter, on)
    except LookupError:
        raise _Stopped("no_number", say("due-no-number", lang, name=name, on=on)) from None
    basis = Basis(
        article=procedure.cite_text(clock.cite),
        parameter=parameter,
        borne_by=clock.borne_by,
        kind="limit" if clock.kind == "due" else clock.kind,
        local=number.local,
        procedure=procedure.name,
        clock=name,
    )
    return rule, basis


def _explained(
    name: str | None,
    clock: str | None,
    start: str | None,
    events: tuple[str, ...],
    on: str | None,
    folder: Path | None,
    lang: str,
) -> Explanation:
    if not name or not clock:
        raise _Stopped("one_form", say("due-one-form", lang))
    if not start:
        raise _Stopped("start_missing", say("due-start-missing", lang))
    procedure = _procedure(name, folder, lang)
    begun = when_from_json(start)
    today = None if on is None else local_day(when_from_json(on))
    rule, basis = rule_of_clock(procedure, clock, local_day(begun), lang)
    happened = _events(events, procedure, clock, lang)
    return explain(begun, rule, _calendar(folder), happened, basis=basis, today_on=today)


def _procedure(name: str, folder: Path | None, lang: str) -> Procedure:
    """The procedure of that name: from the folder if it has procedures of its own, else the one shipped."""
    from mingze.procedure import ProcedureErrors, read_procedure
    from mingze.resources import data_root, procedure_texts

    root = _own(folder, "procedures") or data_root() / "procedures"
    known = sorted(path.parent.name for path in root.glob("*/procedure.yaml"))
    if name not in known:
        raise _Stopped("unknown_procedure", say("due-unknown-procedure", lang, name=name, known=known))
    try:
        return read_procedure(procedure_texts(root / name))
    except ProcedureErrors as wrong:
        raise _Stopped("procedure_wrong", str(wrong)) from wrong


def _calendar(folder: Path | None) -> Calendar:
    from mingze.resources import load_calendar

    own = _own(folder, "calendars")
    if own is None or not (own / "cn").is_dir():
        return load_calendar()
    files = sorted((own / "cn").glob("*.yaml"))
    return Calendar([read_calendar_year(path.read_text(encoding="utf-8"), path.name) for path in files])


def _own(folder: Path | None, part: str) -> Path | None:
    return folder / part if folder is not None and (folder / part).is_dir() else None


def _events(given: tuple[str, ...], procedure: Procedure, clock_name: str, lang: str) -> list[Event]:
    """`--event` options as events, in the order given; a `resume` ends the suspension before it."""
    clock = procedure.clocks[clock_name]
    events: list[Event] = []
    for text in given:
        match = _EVENT.fullmatch(text)
        kind = _kind_of(match[1], clock) if match else None
        if match is None or kind is None:
            raise _Stopped("bad_event", say("due-bad-event", lang, found=text))
        if kind == "extend":
            events.append(_extension(match[1], when_from_json(match[2]), procedure, clock_name, lang))
        elif kind == "restart":
            events.append(Restart(when_from_json(match[2])))
        elif kind == "suspend":
            first, _, last = match[2].partition("..")
            events.append(Suspend(when_from_json(first), when_from_json(last) if last else None))
        else:
            open_ = next(
                (place for place, event in enumerate(events) if isinstance(event, Suspend) and event.to is None), None
            )
            if open_ is None:
                raise _Stopped("not_suspended", say("due-not-suspended", lang))
            suspended = events[open_]
            assert isinstance(suspended, Suspend)
            events[open_] = Suspend(suspended.from_, when_from_json(match[2]))
    return events


def _kind_of(name: str, clock: Clock) -> str | None:
    """What an event name does to a clock: one of the four kinds, or an action the clock's declaration knows."""
    declared: Mapping[str, Iterable[str]] = {
        "extend": clock.extended_by,
        "suspend": clock.suspended_by,
        "resume": clock.resumed_by,
        "restart": clock.restarted_by,
    }
    return next((kind for kind, actions in declared.items() if name in actions), name if name in declared else None)


def _extension(name: str, at: date | datetime, procedure: Procedure, clock_name: str, lang: str) -> Extend:
    extended_by = procedure.clocks[clock_name].extended_by
    action = name if name in extended_by else (next(iter(extended_by)) if len(extended_by) == 1 else None)
    if action is None:
        known = list(extended_by) or say("terms-none", lang)
        raise _Stopped("no_extension", say("due-no-extension", lang, name=clock_name, known=known))
    if not extended_by[action].startswith("$"):
        raise _Stopped("extension_stated", say("due-extension-stated", lang, action=action))
    on = local_day(at)
    try:
        number = procedure.parameter_on(extended_by[action], on)
    except LookupError:
        raise _Stopped("no_number", say("due-no-number", lang, name=action, on=on)) from None
    return Extend(number.value, number.unit, at)


def explanation_lines(explanation: Explanation, lang: str) -> list[str]:
    """An explanation as a terminal shows it: the date first, then the table, then the rules and the basis."""
    basis = explanation.basis
    lines = [*lead_words(explanation, lang), *_today_lines(explanation, lang), "", say("due-heading-how", lang)]
    lines += ["  " + caption_words(explanation, lang)]
    rows = [(row.dates, row.weekdays, row.count, row.how) for row in rows_words(explanation, lang)]
    days, what, count = total_words(explanation, lang)
    rows.append((days, "", count, what))
    widths = [max(_columns(row[place]) for row in rows) for place in range(3)]
    for dates, weekdays, number, how in rows:
        lines.append(
            f"  {_pad(dates, widths[0])}  {_pad(weekdays, widths[1])}  {_pad(number, widths[2], right=True)}  {how}"
        )
    lines += ["", say("due-heading-policy", lang), *(f"  · {text}" for text in policy_words(explanation, lang))]
    if basis.article is not None:
        number = period_words(explanation.rule.amount, explanation.rule.unit + "s", lang)
        parameter = say("due-basis-parameter", lang, parameter=basis.parameter, period=number)
        lines += ["", say("due-heading-basis", lang), f"  · {local(basis.article, lang)}", f"  · {parameter}"]
    return lines


def _today_lines(explanation: Explanation, lang: str) -> list[str]:
    today, due_on = explanation.today_on, explanation.due.last_on
    if today is None or due_on is None or explanation.rule.unit == "hour":
        return []
    progress = explanation.progress(today)
    day = date_words(today, lang)
    if progress.overdue_days:
        return [say("due-today-over", lang, today=day, days=progress.overdue_days)]
    if today < explanation.due.started_on or explanation.rule.direction == "backward":
        return []
    unit = say("terms-unit-working" if explanation.units[-1] == "working_day" else "terms-unit-calendar", lang)
    return [say("due-today", lang, today=day, ordinal=progress.ordinal, of=progress.of, left=progress.left, unit=unit)]


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _pad(text: str, width: int, right: bool = False) -> str:
    space = " " * (width - _columns(text))
    return space + text if right else text + space


# ---------------------------------------------------------------------------- bare rules in bulk


@dataclass(frozen=True, slots=True)
class Answer:
    """What one line of a batch gives back; `error` is a code with its message."""

    id: object
    due: str | None = None
    provisional: bool = False
    explanation: list[dict[str, object]] | None = None
    error: tuple[str, str] | None = None

    def to_json(self) -> dict[str, object]:
        """The answer as it is printed."""
        if self.error is not None:
            return {"id": self.id, "error": {"code": self.error[0], "message": self.error[1]}}
        answer: dict[str, object] = {"id": self.id, "due": self.due, "provisional": self.provisional}
        return answer if self.explanation is None else {**answer, "explanation": self.explanation}


def answers(lines: Iterable[bytes], calendar: Calendar, lang: str, brief: bool = False) -> Iterator[Answer]:
    """One answer for each line that is not blank, in the same order; a line that is wrong gives its error and nothing
    stops."""
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            yield Answer(None, error=("line_too_long", say("due-line-too-long", lang, line=number, limit=LONGEST_LINE)))
        elif line.strip():
            yield _answer(line, number, calendar, lang, brief)


def _answer(line: bytes, number: int, calendar: Calendar, lang: str, brief: bool) -> Answer:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        return Answer(None, error=("bad_line", say("due-bad-line", lang, line=number)))
    id = data.get("id")
    if "id" not in data:
        return Answer(None, error=("id_missing", say("due-id-missing", lang, line=number)))
    if not isinstance(id, str | int) or isinstance(id, bool):
        return Answer(None, error=("id_wrong", say("due-id-wrong", lang, line=number)))
    try:
        return _counted(data, id, calendar, brief)
    except TermError as error:
        return Answer(id, error=(error.code, term_error_words(error, lang)))


def _counted(data: dict[str, Any], id: object, calendar: Calendar, brief: bool) -> Answer:
    for key in data:
        if key not in _LINE_KEYS:
            raise TermError("key_unknown", where="line", expected=" | ".join(_LINE_KEYS), found=key[:60])
    for key in ("start", "rule"):
        if key not in data:
            raise TermError("key_missing", where="line", expected=key, found=" ".join(data))
    start, rule = when_from_json(data["start"]), Rule.from_json(data["rule"])
    events = events_from_json(data["events"]) if data.get("events") else ()
    if brief:
        result, days = compute(start, rule, calendar, events), None
    else:
        explained = explain(start, rule, calendar, events)
        result, days = explained.due, [day.to_json() for day in explained.days]
    last = result.due
    return Answer(id, None if last is None else last.isoformat(), result.provisional, days)


def _run_batch(source: str, folder: Path | None, brief: bool, lang: str) -> int:
    """Answers every line of a file or of standard input; 1 if a line was wrong."""
    calendar = _calendar(folder)
    if source == "-":
        return _print_answers(_lines(sys.stdin.buffer), calendar, lang, brief)
    try:
        with Path(source).open("rb") as file:
            return _print_answers(_lines(file), calendar, lang, brief)
    except FileNotFoundError:
        raise _Stopped("no_file", say("due-no-file", lang, file=source)) from None
    except OSError as problem:
        why = problem.strerror or type(problem).__name__
        raise _Stopped("unreadable", say("due-unreadable", lang, file=source, why=why)) from None


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file; of a line that is far too long only so much that the refusal is certain is kept."""
    while line := file.readline(LONGEST_LINE + 1):
        kept = line
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = file.readline(LONGEST_LINE + 1)
            if not line:
                break
        yield kept


def _print_answers(lines: Iterable[bytes], calendar: Calendar, lang: str, brief: bool) -> int:
    out = sys.stdout.buffer
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    progress = _progress(lang)
    wrong = 0
    block: list[str] = []
    for count, answer in enumerate(answers(lines, calendar, lang, brief), start=1):
        wrong += answer.error is not None
        block.append(encode(answer.to_json()))
        if len(block) == _BLOCK:
            out.write(_bytes(block))
            block.clear()
            progress(count)
    if block:
        out.write(_bytes(block))
    out.flush()
    return 1 if wrong else 0


def _bytes(lines: list[str]) -> bytes:
    """Lines as UTF-8; half of a surrogate pair, which UTF-8 cannot write, stays the JSON escape it came in as."""
    return ("\n".join(lines) + "\n").encode("utf-8", errors="backslashreplace")


def _progress(lang: str) -> Callable[[int], None]:
    """Says every two seconds how far a long run is, where somebody watches."""
    if not sys.stderr.isatty():
        return lambda count: None
    said = time.monotonic()

    def tell(count: int) -> None:
        nonlocal said
        if time.monotonic() - said >= _PROGRESS_SECONDS:
            said = time.monotonic()
            click.echo(say("due-batch-progress", lang, count=count), err=True)

    return tell
