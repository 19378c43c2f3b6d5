"""A calendar file with a mistake is refused, and the message names the line, what was expected and what was found."""

from datetime import date

import pytest

from mingze.resources import calendar_texts
from mingze.terms import CalendarErrors, read_calendar_year
from mingze.words.terms import calendar_problem_words

GOOD = """\
calendar: cn
year: 2026
version: 1
notice:
  number: 国办发明电〔2025〕7号
  title: {zh: 通知, en: Notice}
  issued_on: 2025-11-04
rest:
  - {from: 2026-01-01 Thu, to: 2026-01-03 Sat, days: 3, festival: {zh: 元旦, en: New Year's Day}}
  - {from: 2026-10-01 Thu, to: 2026-10-07 Wed, days: 7, festival: {zh: 国庆节, en: National Day}}
makeup:
  - {on: 2026-01-04 Sun, festival: {zh: 元旦, en: New Year's Day}}
"""


def test_a_good_file_gives_its_year() -> None:
    """The notice, the ranges and the make-up days come out as typed; a weekday after a date is optional."""
    year = read_calendar_year(GOOD.replace(" Thu,", ","), "2026.yaml")
    assert (year.calendar, year.year, year.version, year.notice.number) == ("cn", 2026, 1, "国办发明电〔2025〕7号")
    assert [(part.from_on, part.to_on, part.line) for part in year.rest] == [
        (date(2026, 1, 1), date(2026, 1, 3), 9),
        (date(2026, 10, 1), date(2026, 10, 7), 10),
    ]
    assert [part.festival for part in year.rest] == [
        {"zh": "元旦", "en": "New Year's Day"},
        {"zh": "国庆节", "en": "National Day"},
    ]
    assert (year.notice.title, year.notice.issued_on) == ({"zh": "通知", "en": "Notice"}, date(2025, 11, 4))
    assert [(day.on, day.festival["en"], day.line) for day in year.makeup] == [(date(2026, 1, 4), "New Year's Day", 12)]


def test_what_is_just_allowed_is_read() -> None:
    """Fifteen days off, no stated number of days, a day of the December before, and a notice issued in its own year."""
    text = (
        GOOD.replace("to: 2026-10-07 Wed, days: 7", "to: 2026-10-15 Thu, days: 15")
        .replace("from: 2026-01-01 Thu, to: 2026-01-03 Sat, days: 3", "from: 2025-12-31 Wed, to: 2026-01-03 Sat")
        .replace("issued_on: 2025-11-04", "issued_on: 2026-01-01")
    )
    year = read_calendar_year(text, "2026.yaml")
    assert [(part.from_on, part.to_on) for part in year.rest] == [
        (date(2025, 12, 31), date(2026, 1, 3)),
        (date(2026, 10, 1), date(2026, 10, 15)),
    ]
    assert year.notice.issued_on == date(2026, 1, 1)


def test_every_shipped_file_can_be_read() -> None:
    """The four files in the repository hold no mistake, and each is the year its name says."""
    assert [read_calendar_year(text, name).year for name, text in calendar_texts().items()] == [2023, 2024, 2025, 2026]


BAD: list[tuple[str, str, str, str, int]] = [
    ("an unknown key", "version: 1", "version: 1\nholidays: []", "key_unknown", 4),
    ("an unknown key in a row", "days: 3,", "day: 3,", "key_unknown", 9),
    ("a key written twice", "version: 1", "version: 1\nversion: 1", "key_twice", 4),
    ("a missing notice number", "  number: 国办发明电〔2025〕7号\n", "", "key_missing", 5),
    ("a year that is text", "year: 2026", "year: 二〇二六", "wrong_type", 2),
    ("a year in quotes", "year: 2026", 'year: "2026"', "wrong_type", 2),
    ("a version of nought", "version: 1", "version: 0", "wrong_type", 3),
    ("a festival in one language", ", en: National Day}", "}", "key_missing", 10),
    ("an empty name", "zh: 国庆节", 'zh: ""', "wrong_type", 10),
    ("a date that does not exist", "2026-10-07 Wed", "2026-02-30", "not_a_date", 10),
    ("a date written another way", "2026-10-07 Wed", "7.10.2026", "not_a_date", 10),
    ("a wrong weekday", "2026-10-01 Thu", "2026-10-01 Fri", "wrong_weekday", 10),
    ("a wrong number of days", "days: 7", "days: 8", "wrong_day_count", 10),
    ("a range that ends before it begins", "to: 2026-10-07 Wed", "to: 2026-09-30 Wed", "range_backwards", 10),
    ("three weeks off", "to: 2026-10-07 Wed, days: 7", "to: 2026-10-21 Wed, days: 21", "range_too_long", 10),
    ("a day of another year", "2026-01-04 Sun", "2025-11-30 Sun", "wrong_year", 12),
    (
        "a range in another year",
        "from: 2026-10-01 Thu, to: 2026-10-07 Wed",
        "from: 2025-10-01 Wed, to: 2025-10-07 Tue",
        "wrong_year",
        10,
    ),
    (
        "a range that begins too early",
        "from: 2026-01-01 Thu, to: 2026-01-03 Sat, days: 3",
        "from: 2025-11-28 Fri, to: 2025-12-03 Wed, days: 6",
        "wrong_year",
        9,
    ),
    (
        "a range that ends too late",
        "from: 2026-10-01 Thu, to: 2026-10-07 Wed, days: 7",
        "from: 2026-12-28 Mon, to: 2027-01-03 Sun, days: 7",
        "wrong_year",
        10,
    ),
    ("the December after", "2026-01-04 Sun", "2026-12-06 Sun}\n  - {on: 2027-12-05 Sun", "wrong_year", 13),
    ("sixteen days off", "to: 2026-10-07 Wed, days: 7", "to: 2026-10-16 Fri, days: 16", "range_too_long", 10),
    (
        "a day in two ranges",
        "from: 2026-10-01 Thu, to: 2026-10-07 Wed, days: 7",
        "from: 2026-01-03 Sat, to: 2026-01-03 Sat",
        "day_twice",
        10,
    ),
    ("a year before the Republic", "year: 2026", "year: 1911", "wrong_year", 2),
    ("a make-up day on a weekday", "2026-01-04 Sun", "2026-01-05 Mon", "makeup_not_weekend", 12),
    ("a day off that is also worked", "2026-01-04 Sun", "2026-01-03 Sat", "day_twice", 12),
    ("a notice later than its year", "issued_on: 2025-11-04", "issued_on: 2027-11-04", "notice_after_year", 7),
    ("a list where a mapping belongs", "notice:\n", "notice: []\nother:\n", "wrong_type", 4),
    (
        "a mapping where a list belongs",
        "makeup:\n  - {on: 2026-01-04 Sun, festival: {zh: 元旦, en: New Year's Day}}",
        "makeup: {}",
        "wrong_type",
        11,
    ),
    ("a bracket never closed", "en: Notice}", "en: Notice", "yaml", 7),
]


@pytest.mark.parametrize(("what", "old", "new", "code", "line"), BAD, ids=[row[0] for row in BAD])
def test_a_mistake_is_named_at_its_line(what: str, old: str, new: str, code: str, line: int) -> None:
    """Each mistake a person can make while typing a notice is refused with its own code at its own line."""
    assert old in GOOD
    with pytest.raises(CalendarErrors) as caught:
        read_calendar_year(GOOD.replace(old, new, 1), "2026.yaml")
    assert (code, line) in [(problem.code, problem.line) for problem in caught.value.problems], str(caught.value)
    for problem in caught.value.problems:
        for lang in ("zh-Hans", "en"):
            assert calendar_problem_words(problem, lang).startswith(f"2026.yaml:{problem.line}:{problem.column}: ")


@pytest.mark.parametrize("text", ["", "- 1\n", "just words\n", "a: &x [*x]\n"])
def test_a_text_that_is_no_calendar_is_refused(text: str) -> None:
    """An empty file, a list, plain words and a knot of references all give an error and no half-read year."""
    with pytest.raises(CalendarErrors):
        read_calendar_year(text, "2026.yaml")


def test_an_endless_text_is_refused_before_it_is_parsed() -> None:
    """A file a hundred times too long is not read at all."""
    with pytest.raises(CalendarErrors) as caught:
        read_calendar_year(GOOD + "#" * 1_000_000, "2026.yaml")
    assert caught.value.problems[0].code == "too_long"


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    """Whoever typed the file does not have to find one mistake after the other."""
    with pytest.raises(CalendarErrors) as caught:
        read_calendar_year(
            GOOD.replace("2026-10-01 Thu", "2026-10-01 Fri").replace("2026-01-04 Sun", "2026-01-05 Mon"), "f"
        )
    assert [(problem.line, problem.code) for problem in caught.value.problems] == [
        (10, "wrong_weekday"),
        (12, "makeup_not_weekend"),
    ]
