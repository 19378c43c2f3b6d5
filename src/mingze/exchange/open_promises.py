"""Promises as open data: one flat row each, the same in CSV and JSON, for whoever wants to count for themselves.

    OpenPromise, … ──► CSV (UTF-8 with a mark, one line a promise)        names of columns never change meaning
                   └─► JSON (the same rows, the words of each column in both languages, and how far the log reached)

Only what the public board shows is in a row. A cell that a spreadsheet would run as a formula is given as text.
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from mingze.accounts.offices import Offices
from mingze.casework import Case
from mingze.procedure.model import Procedure
from mingze.terms import local_day
from mingze.words import LANGUAGES, local, say


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """One promise. Days are ISO days of the place; what is not known or has not happened is empty.

    `deadline` is the day the promise stands under now, `first_deadline` the one it was given; `reported_done_on`,
    `verified_on` and what people affected say are separate facts. `value` is as the office reported it.
    """

    number: str
    title: str
    words: str
    document_id: str
    document: str
    lead_office: str
    lead_office_name: str
    supporting_offices: str
    indicator: str
    evidence_rule: str
    value: str
    value_as_of: str
    value_source: str
    first_deadline: str
    deadline: str
    stage: str
    stage_name: str
    open: bool
    overdue: bool
    reported_done_on: str
    verified_on: str
    verified_by: str
    last_news_on: str
    url: str


COLUMNS = tuple(field.name for field in fields(OpenPromise))
"""The columns in the order of the file."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def open_promise(
    procedure: Procedure,
    case: Case,
    number: str,
    words: str,
    document_id: str,
    document: str,
    supporting: Sequence[str],
    deadline: str,
    overdue: bool,
    offices: Offices,
    url: str,
) -> OpenPromise:
    """One promise from its case; names of offices and stages are the Chinese ones, which are the official ones."""

    def name(office: str) -> str:
        return local(offices.office(office).name, LANGUAGES[0]) if office in offices else office

    def fact(key: str) -> str:
        value = case.facts.get(key)
        return "" if value is None else str(value)

    return OpenPromise(
        number=number,
        title=fact("title") or words,
        words=words,
        document_id=document_id,
        document=document,
        lead_office=case.offices.get("lead_office", ""),
        lead_office_name=name(case.offices.get("lead_office", "")),
        supporting_offices="、".join(name(each) for each in supporting),
        indicator=fact("indicator"),
        evidence_rule=fact("evidence_rule"),
        value=fact("value"),
        value_as_of=fact("as_of"),
        value_source=fact("source"),
        first_deadline=fact("deadline"),
        deadline=deadline[:10],
        stage=case.stage,
        stage_name=local(procedure.stages[case.stage].text, LANGUAGES[0]),
        open=case.open,
        overdue=overdue,
        reported_done_on=_day(case.done_at),
        verified_on=_day(case.verified_at),
        verified_by=name(case.offices.get("verifying_office", "")) if case.verified_at else "",
        last_news_on=_day(case.last_at),
        url=url,
    )


def _day(at: str | None) -> str:
    return local_day(datetime.fromisoformat(at)).isoformat() if at else ""


def to_csv(rows: Iterable[OpenPromise]) -> bytes:
    """The rows as CSV (RFC 4180) with a byte order mark, which Chinese spreadsheets need to read UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([plain_cell(_cell(getattr(row, name))) for name in COLUMNS])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def plain_cell(text: str) -> str:
    """A cell no spreadsheet runs: one that begins like a formula, also after blanks or in full width, gets an apostrophe
    before it (OWASP, CSV injection).

    Surprising: a plain negative number stays a number.

    >>> plain_cell("=HYPERLINK(1)"), plain_cell("-3.5"), plain_cell("-1+cmd")
    ("'=HYPERLINK(1)", '-3.5', "'-1+cmd")
    """
    if not unicodedata.normalize("NFKC", text).lstrip(" ").startswith(_FORMULA):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text


def to_json(rows: Iterable[OpenPromise], about: Mapping[str, Any]) -> bytes:
    """The rows as JSON, with what each column means; `about` says whose they are, of when, and how far the log reached."""
    meaning = {name: {lang: say(f"open-column-{name}", lang) for lang in LANGUAGES} for name in COLUMNS}
    found = [{name: getattr(row, name) for name in COLUMNS} for row in rows]
    return json.dumps({**about, "columns": meaning, "commitments": found}, ensure_ascii=False, indent=1).encode()
