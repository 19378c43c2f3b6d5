"""`mingze decompose FILE`: the commitments of a document with their exact words, and what became of every other sentence.

Exit codes: 0 the document was read (also when it holds no commitment, which is said); 2 the file cannot be used.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import NoReturn

import click

from mingze.cli.main import language
from mingze.cli.options import folder_option, opened
from mingze.documents import Commitment, Deadline, Decomposition, Indicator, doubts
from mingze.documents import decompose as decompose_text
from mingze.documents.learning import Learned, apply_learned, source_of
from mingze.exchange.learned import LearnedError, read_learned
from mingze.exchange.reading import LIMITS, ReadingError, read
from mingze.exchange.suggesting import SuggestingError, Suggestions, suggest
from mingze.words import say
from mingze.words.documents import rule_words

EXIT_UNUSABLE = 2


@click.command(short_help="Find the commitments in a document.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--year", type=click.IntRange(1949, 2200), help="The year the document speaks of, if it does not say so.")
@click.option(
    "--learned",
    "learned_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Apply the office's own rules from this file; every row they touch says so.",
)
@click.option("--suggest", "asked", is_flag=True, help="Also ask the address in [suggestions] of mingze.toml.")
@click.option("--public-document", is_flag=True, help="This document is published; only such a one may be sent.")
@folder_option()
@click.option("--lang", type=click.Choice(["zh", "en"]), expose_value=False, help="Language of the output.")
@click.option("--coverage", is_flag=True, help="Show what became of every sentence.")
def decompose(
    file: Path,
    as_json: bool,
    year: int | None,
    coverage: bool,
    learned_file: Path | None,
    asked: bool,
    public_document: bool,
    folder: Path,
) -> None:
    """Find the commitments in a document (.txt .md .docx .html .xlsx .pdf) and account for every sentence."""
    lang = language()
    learned = _learned(learned_file, lang, as_json) if learned_file else Learned()
    try:
        data, name = _bytes_of(file)
        taken = read(data, name)
    except ReadingError as error:
        _refuse(error, lang, as_json)
    found = decompose_text(taken.text, taken.blocks, name, year).with_sha256(taken.sha256)
    found = apply_learned(found, learned)
    suggested = _suggested(taken.text, found, folder, public_document, lang) if asked else None
    if as_json:
        told = found.to_json()
        if isinstance(suggested, Suggestions):
            told["suggestions"] = suggested.to_json()
        elif suggested is not None:
            told["suggestions"] = {"error": {"code": suggested.code}}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    lines = _report(found, lang, coverage)
    if isinstance(suggested, Suggestions):
        lines += ["", *_suggestion_lines(suggested, lang)]
    click.echo("\n".join(lines))


def _suggested(text: str, found: Decomposition, folder: Path, public: bool, lang: str) -> Suggestions | SuggestingError:
    """What another program suggests, or why there is nothing; the reading stands either way, and the reason is said."""
    instance = opened(folder)
    try:
        return suggest(text, found, instance.suggestions, public=public)
    except SuggestingError as error:
        click.echo(f"mingze: {say(f'documents-suggest-{error.code}', lang, **error.values)}", err=True)
        return error
    finally:
        instance.close()


def _suggestion_lines(suggested: Suggestions, lang: str) -> list[str]:
    head = say("documents-suggest-found", lang, rows=len(suggested.rows), dropped=suggested.dropped)
    return [head, *(f"  ? {_one_line(row.quote)}" for row in suggested.rows)]


def _bytes_of(file: Path) -> tuple[bytes, str]:
    if str(file) == "-":
        return sys.stdin.buffer.read(LIMITS.file_bytes + 1), "stdin.txt"
    try:
        if file.stat().st_size > LIMITS.file_bytes:
            raise ReadingError(
                "too-large", megabytes=file.stat().st_size // 1_048_576, limit=LIMITS.file_bytes // 1_048_576
            )
        return file.read_bytes(), file.name
    except FileNotFoundError as error:
        raise ReadingError("missing", name=str(file)) from error
    except OSError as error:
        raise ReadingError("unreadable", name=str(file)) from error


def _learned(file: Path, lang: str, as_json: bool) -> Learned:
    try:
        return read_learned(file.read_text(encoding="utf-8"))
    except LearnedError as error:
        _say_no(error.code, say(f"documents-learned-{error.code}", lang, file=str(file), **error.values), as_json)
    except (OSError, UnicodeDecodeError):
        _say_no("unreadable", say("reading-unreadable", lang, name=str(file)), as_json)


def _refuse(error: ReadingError, lang: str, as_json: bool) -> NoReturn:
    _say_no(error.code, say(f"reading-{error.code}", lang, **error.values), as_json)


def _say_no(code: str, words: str, as_json: bool) -> NoReturn:
    if as_json:
        click.echo(json.dumps({"error": {"code": code, "message": words}}, ensure_ascii=False))
    click.echo(f"mingze: {words}", err=True)
    raise SystemExit(EXIT_UNUSABLE)


def _report(found: Decomposition, lang: str, coverage: bool) -> list[str]:
    lines: list[str] = []
    if found.title:
        lines += [found.title, ""]
    width = len(str(len(found.commitments)))
    dated = date.fromisoformat(found.dated) if found.dated else None
    for number, commitment in enumerate(found.commitments, 1):
        indent = " " * (width + 2)
        lines.append(f"{number:>{width}}  {_one_line(commitment.quote)}")
        lines += [f"{indent}{line}" for line in commitment_lines(commitment, lang)]
        lines += [
            f"{indent}{say('documents-line-doubt', lang, words=say(f'documents-doubt-{d.code}', lang, **d.values))}"
            for d in doubts(commitment, dated)
        ]
        lines.append("")
    lines.append(_summary(found, lang))
    if coverage:
        lines.append("")
        lines += [
            f"{say(f'documents-state-{e.state}', lang)}  {_one_line(e.text)}  ({say(f'documents-rule-{e.reason}', lang)})"
            for e in found.coverage
        ]
    return lines


def commitment_lines(commitment: Commitment, lang: str) -> list[str]:
    """What stands under the words of a commitment: path and kind, offices, indicators, deadline, flag."""
    lines = [
        say(
            "documents-line-path",
            lang,
            path=" ".join(commitment.path),
            kind=say(f"documents-kind-{commitment.kind}", lang),
        )
        if commitment.path
        else say(f"documents-kind-{commitment.kind}", lang)
    ]
    if commitment.negated:
        lines.append(say("documents-line-negated", lang))
    if commitment.lead:
        lines.append(
            say(
                "documents-line-lead",
                lang,
                offices=list(commitment.lead),
                source=say(f"documents-lead-source-{commitment.lead_source}", lang),
            )
        )
    else:
        lines.append(say("documents-line-no-lead", lang))
    if commitment.supporting:
        lines.append(say("documents-line-supporting", lang, offices=list(commitment.supporting)))
    lines += [say("documents-line-indicator", lang, words=indicator_words(i, lang)) for i in commitment.indicators]
    if commitment.deadline is not None:
        lines.append(say("documents-line-deadline", lang, words=deadline_words(commitment.deadline, lang)))
    lines += [rule_words(rule, lang) for rule in commitment.rules if source_of(rule)]
    if commitment.excluded_topic:
        rule = next((r for r in commitment.rules if r.startswith("X")), "X0")
        lines.append(say("documents-line-excluded", lang, why=say(f"documents-rule-{rule}", lang)))
    return lines


def indicator_words(indicator: Indicator, lang: str) -> str:
    """An indicator in a short line: name, relation, value, unit."""
    if isinstance(indicator.value, tuple):
        value = "–".join(f"{v:g}" if isinstance(v, float) else str(v) for v in indicator.value)
    else:
        value = "" if indicator.value is None else str(indicator.value)
    relation = say(f"documents-op-{_OP[indicator.op]}", lang)
    tail = (
        say("documents-bound-about", lang)
        if indicator.bound == "~"
        else say("documents-bound-least", lang)
        if indicator.bound == ">="
        else ""
    )
    glue = " " if tail and lang == "en" else ""
    parts = [
        indicator.name,
        relation,
        f"{value}{indicator.unit or ''}{glue}{tail}",
        say("documents-ref", lang, ref=indicator.ref) if indicator.ref else "",
    ]
    return " ".join(p for p in parts if p)


_OP = {">=": "least", "<=": "most", "=": "equal", "+": "up", "-": "down", "rank": "rank", "range": "range"}


def deadline_words(deadline: Deadline, lang: str) -> str:
    """A deadline in its own words, and what it means."""
    meaning = ""
    if deadline.iso_date:
        meaning = (
            deadline.iso_date
            if not deadline.iso_date.startswith("--")
            else say("documents-deadline-no-year", lang, day=deadline.iso_date[2:])
        )
    elif deadline.recurring:
        meaning = say(f"documents-recurring-{deadline.recurring}", lang)
    elif deadline.relative:
        meaning = say(f"documents-relative-{deadline.relative.unit}", lang, amount=deadline.relative.amount)
    elif deadline.continuous:
        meaning = say("documents-deadline-continuous", lang)
    return say("documents-deadline", lang, text=deadline.text, meaning=meaning) if meaning else deadline.text


def _summary(found: Decomposition, lang: str) -> str:
    counted = {
        state: sum(s.state == state for s in found.sentences)
        for state in ("commitment", "excluded", "heading", "background", "rejected", "furniture")
    }
    said = say("documents-summary", lang, sentences=len(found.sentences), **counted)
    if not found.commitments:
        return f"{say('documents-none', lang)}\n{said}"
    flagged = sum(c.excluded_topic for c in found.commitments)
    return f"{say('documents-found', lang, commitments=len(found.commitments), flagged=flagged)}\n{said}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
