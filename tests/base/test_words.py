"""The words people read exist in both languages and agree with each other."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

import pytest

from mingze import words


def test_every_file_parses_and_ids_are_unique() -> None:
    """No line of a Fluent file is junk and no id of a language stands twice."""
    for lang in words.LANGUAGES:
        counted = Counter(entry.id for entry in words.entries(lang))
        assert counted, f"no words at all in {lang}"
        assert [word for word, times in counted.items() if times > 1] == []


def test_both_languages_have_the_same_ids_and_variables() -> None:
    """A text that exists in one language exists in the other, in the file of the same name, with the same variables."""
    zh, en = ({entry.id: entry for entry in words.entries(lang)} for lang in words.LANGUAGES)
    assert sorted(zh.keys() ^ en.keys()) == []
    assert {
        word: (zh[word].variables, en[word].variables) for word in zh if zh[word].variables != en[word].variables
    } == {}
    assert {word: (zh[word].file, en[word].file) for word in zh if zh[word].file != en[word].file} == {}


def test_every_text_can_be_said() -> None:
    """Each id formats without a problem when its variables are given, so no text refers to one that is not there."""
    for lang in words.LANGUAGES:
        for entry in words.entries(lang):
            assert words.say(entry.id, lang, **dict.fromkeys(entry.variables, 3)).strip() != ""


def test_a_missing_id_or_variable_is_a_fault() -> None:
    """Asking for a text that is not there, or leaving out its variable, raises instead of printing a hole."""
    with pytest.raises(words.WordMissing):
        words.say("no-such-text", "en")
    with pytest.raises(words.WordMissing):
        words.say("words-example", "en")
    with pytest.raises(words.WordMissing):
        words.say("words-example", "fr", amount=1)


def test_values_are_worded_for_the_language() -> None:
    """Days, instants, pairs and lists inside a sentence read as that language writes them, and a year has no comma."""
    day = dt.date(2026, 12, 4)
    assert words._value(day, "zh-Hans") == "2026年12月4日（星期五）"
    assert (
        words._value([{"zh": "区住建局", "en": "Housing"}, {"zh": "区水利局", "en": "Water"}], "zh-Hans")
        == "区住建局、区水利局"
    )
    assert words.say("words-example", "en", amount=2026) == "2026 offices answer"
    assert words.say("words-example", "en", amount=12026) == "12,026 offices answer"


def test_dates_carry_their_weekday() -> None:
    """A date is written with its weekday in both languages, an instant in China Standard Time."""
    assert words.date_words(dt.date(2026, 12, 4), "zh-Hans") == "2026年12月4日（星期五）"
    assert words.date_words(dt.date(2026, 12, 4), "en") == "Friday 4 December 2026"
    assert words.date_words(dt.date(2026, 12, 4), "en", weekday=False) == "4 December 2026"
    utc = dt.datetime(2026, 12, 3, 23, 30, tzinfo=dt.UTC)
    assert words.instant_words(utc, "zh-Hans") == "2026年12月4日07:30"
    assert words.instant_words(utc, "en", weekday=True) == "Friday 4 December 2026 at 07:30"
    with pytest.raises(ValueError):
        words.instant_words(dt.datetime(2026, 12, 4), "en")


def test_periods_name_their_unit() -> None:
    """Working days and calendar days are never confused, and one is singular in English."""
    assert words.period_words(15, "working_days", "zh-Hans") == "15个工作日"
    assert words.period_words(1, "working_days", "en") == "1 working day"
    assert words.period_words(60, "calendar_days", "en") == "60 calendar days"
    assert words.period_words(3, "months", "zh-Hans") == "3个月"
    with pytest.raises(words.WordMissing):
        words.period_words(1, "fortnights", "en")


def test_refusals_read_differently_for_staff_where_they_should() -> None:
    """A refusal has one text for people and, where it exists, another for staff."""

    @dataclass
    class Refused(Exception):
        code: str
        values: dict[str, object] = field(default_factory=dict)

    for lang in words.LANGUAGES:
        person = words.refusal_words(Refused("busy"), lang)
        staff = words.refusal_words(Refused("busy"), lang, audience="staff")
        assert person and staff and person != staff
        # An id that has no text for staff of its own: the one for staff, which has no second one beside it.
        same = Refused("busy-staff")
        assert words.refusal_words(same, lang) == words.refusal_words(same, lang, audience="staff") == staff


def test_language_tags() -> None:
    """Browser and shell language tags lead to one of the two languages."""
    assert words.language_of("zh_CN.UTF-8") == "zh-Hans"
    assert words.language_of("en-GB") == "en"
    assert words.language_of("C.UTF-8", default="en") == "en"
    assert words.language_of(None) == "zh-Hans"


def test_local_falls_back_to_the_other_language() -> None:
    """A name given in one language only is shown in that one rather than not at all."""
    assert words.local({"zh": "区住建局", "en": "Housing Bureau"}, "en") == "Housing Bureau"
    assert words.local({"zh": "区住建局"}, "en") == "区住建局"
    assert words.local(None, "en") == ""
